"""Tells German from English, and either from anything else: not knowing is an answer.

langdetect alone is sure of itself on three words ("Zuckerberg's Superintelligence Team" is German to it), so a language
must also show its function words. Where these are plain, they decide alone, which is a hundred times faster.
"""

from collections.abc import Iterable
from functools import cache
from itertools import repeat

import pandas as pd

from .points import language_data
from .sentences import LANGUAGES

UNKNOWN = "unknown"
# Below this probability a text's language is unknown and the text is not coded.
THRESHOLD = 0.8
# What is looked at: an article's first 3,000 characters are ample.
_LOOK_AT = 3_000
_MANY = 2 * _LOOK_AT  # more words than are looked at
# Function words decide alone when there are so many of one language, making up so much of the text, and so few of the
# other (Dutch shares "die", "is" and "in" with both, but never reaches a fifth).
_CLEAR_COUNT, _CLEAR_SHARE, _CLEAR_RATIO = 8, 0.2, 0.1
# With more of the other language than this, a text is a mixture of both, of which langdetect is as sure as of any other.
_MIXED_RATIO = 0.45
# Probability that a single function word stands in a text of another language (a name, a title, a quotation).
_CHANCE = 0.5

# Words are told apart as bytes of cp1252, three times as fast as by a regular expression: it has all letters of both
# languages and their punctuation. What it lacks becomes "?", which is read as a letter; a real one is blanked before.
_CODEC = "cp1252"
_LETTERS = bytes(code if chr(code) == "?" or bytes([code]).decode(_CODEC, "replace").isalpha() else 0x20 for code in range(256))


def detect_languages(texts: Iterable[str]) -> pd.DataFrame:
    """The language of each text.

    A row is a text, in order; columns ``language`` (de, en, unknown) and ``probability`` (0 to 1, of the likelier of
    the two languages: langdetect's, times the chance that the text's function words are no accident). Below 0.8 the
    language is unknown. Deterministic: langdetect is seeded anew for each text.

    >>> detect_languages(["Der Konzern hat die Übernahme nicht bestätigt.", "The company has not confirmed that it would.",
    ...     "Zuckerberg's Superintelligence Team"])["language"].tolist()
    ['de', 'en', 'unknown']
    """
    rows = [_detect(text[:_LOOK_AT]) for text in texts]
    return pd.DataFrame(rows, columns=["language", "probability"])


def _detect(text: str) -> tuple[str, float]:
    words = _split_words(text)
    both = sum(map(_function_words().get, words, repeat(0)))
    counts = dict(zip(LANGUAGES, divmod(both, _MANY), strict=True))
    likely = max(LANGUAGES, key=lambda language: counts[language])
    count, other = counts[likely], sum(counts.values()) - counts[likely]
    if count >= _CLEAR_COUNT and count >= _CLEAR_SHARE * len(words) and other <= _CLEAR_RATIO * count:
        return likely, 1.0
    if not count or other > _MIXED_RATIO * count:  # no evidence, or much for either: langdetect would guess
        return UNKNOWN, 0.0
    probability = round(_ask_langdetect(text, likely) * (1 - _CHANCE ** (count - other)), 4)
    return (likely, probability) if probability >= THRESHOLD else (UNKNOWN, probability)


def _split_words(text: str) -> list[bytes]:
    """The words of a text in lower case, as bytes.

    >>> b" ".join(_split_words("„Größe“ zählt, z.\u00a0B. im 2. Jahr?")).decode("cp1252")
    'größe zählt z b im jahr'
    """
    return text.lower().replace("?", " ").encode(_CODEC, "replace").translate(_LETTERS).split()


@cache
def _function_words() -> dict[bytes, int]:
    """What each function word counts: ``_MANY`` for German, 1 for English; so one sum, which is fast, counts both."""
    german, english = (language_data()["function_words"][language] for language in LANGUAGES)
    return {word.encode(_CODEC): _MANY * (word in german) + (word in english) for word in german | english}


def _ask_langdetect(text: str, language: str) -> float:
    """langdetect's probability for one language; 0 where it finds nothing to go by."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        return next((guess.prob for guess in detect_langs(text) if guess.lang == language), 0.0)
    except LangDetectException:
        return 0.0
