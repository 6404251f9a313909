"""Lists what an article says that could be looked up elsewhere: who is named and quoted, figures, dates, institutions.

Such evidence is the same in German and English, so two articles can be compared by it though they share no word. A key is
a piece of evidence by the same name in both languages: "Wangs" and "Wang's" are ``word:wang``, "Callum Cant" is
``name:callum cant`` besides. What it does not do: tell persons from companies or know that two names mean one person. A
single German noun looks like a name; ``lineage.py`` counts it only where the corpus shows that it is one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from unicodedata import combining, normalize

import pandas as pd
from babel import Locale

from .quantities import evidence_data, list_quantities, number_words
from .points import language_data
from .sentences import HEADLINE, LANGUAGES, Layout, lay_out
from .voice import find_quotations

COLUMNS = ["article", "kind", "key", "surface"]
# Pieces of evidence that are read of one article; a long read has some 300. What comes later is left out.
MOST_PIECES = 2_000
# Signs of an article that are read; a long read has 60,000.
_MOST_SIGNS = 200_000
# Articles joined for one pass of the finders.
_BATCH = 200
# What stands in quotation marks is somebody's words from so many words on; what is shorter may be a title or a scare quote.
_LEAST_QUOTED = 4
# Quotations of one sentence that are looked at.
_MOST_SPEECH = 9
# Letters of any script; an apostrophe or a point only inside ("O'Brien", "U.S").
_WORD = re.compile(r"[^\W\d_](?:\w|[’'](?=\w)|\.(?=[^\W\d_]\b))*")
_CLITIC = re.compile(r"[’'](?:[sS]|re|m|ve|ll|d|t)?$")
# What may stand between two words of a name. Bounded, so that no text makes it slow.
_HYPHENS = ("-", "\u2011")
_JOINTS = (" ", "\u00a0", *_HYPHENS)
_PRONOUNS = {"en": frozenset({"he", "she"}), "de": frozenset({"er", "sie"})}


@dataclass
class _Reader:
    """What is found while the sentences of one article are read: key → surface; and the words of the last two full names."""

    language: str
    pieces: dict[str, str] = field(default_factory=dict)
    named: tuple[int, list[tuple[str, str]]] = (-1, [])

    def add(self, key: str, surface: str) -> None:
        if key not in self.pieces and len(self.pieces) < MOST_PIECES:
            self.pieces[key] = surface


def list_evidence(articles: pd.DataFrame) -> pd.DataFrame:
    """The evidence of each article.

    A row is a piece of evidence; columns ``article``, ``kind`` (name: two words, word: one of them or one by itself, voice:
    such a word for somebody who is quoted directly, institution, figure, percent, date, month, year), ``key`` (the same in
    both languages), ``surface`` (as it stands first); ordered as the articles, then by key. Of an article with more than 2,000
    pieces or 200,000 signs the first are read. Articles that are neither German nor English have no rows.

    What it gets wrong: whoever is named in a sentence that quotes counts as quoted.

    >>> articles = pd.DataFrame({"article": ["a", "b"], "title": "", "language": ["de", "en"], "text": [
    ...     "Callum Cant lobt Metas 15 Mrd. Dollar.", "“It is $15 billion for Meta's arm,” said Cant."]})
    >>> list_evidence(articles)[["article", "key", "surface"]].values.tolist()
    [['a', 'figure:15000000000', '15 Mrd. Dollar'], ['a', 'name:callum cant', 'Callum Cant'], ['a', 'word:callum', 'Callum'],
     ['a', 'word:cant', 'Cant'], ['a', 'word:meta', 'Metas'],
     ['b', 'figure:15000000000', '$15 billion'], ['b', 'voice:cant', 'Cant'], ['b', 'word:cant', 'Cant'], ['b', 'word:meta', 'Meta']]
    """
    rows = []
    for article, pieces in zip(articles["article"], read_evidence(articles), strict=True):
        rows += [(article, key.partition(":")[0], key, surface) for key, surface in sorted(pieces.items())]
    return pd.DataFrame(rows, columns=COLUMNS)


def read_evidence(articles: pd.DataFrame) -> Iterator[dict[str, str]]:
    """The evidence of each article, in order: key → surface."""
    languages = articles["language"].tolist()
    texts = [normalize("NFC", text[:_MOST_SIGNS]) for text in articles["text"]]
    titles = [normalize("NFC", title) for title in articles["title"]]
    for first in range(0, len(texts), _BATCH):
        batch = range(first, min(first + _BATCH, len(texts)))
        found: dict[int, dict[str, str]] = {}
        for language in LANGUAGES:
            chosen = [i for i in batch if languages[i] == language]
            if chosen:
                layout = lay_out([texts[i] for i in chosen], [titles[i] for i in chosen], language)
                found |= dict(zip(chosen, _read_layout(layout), strict=True))
        yield from (found.get(i, {}) for i in batch)


def _read_layout(layout: Layout) -> list[dict[str, str]]:
    """The evidence of the articles of one layout."""
    readers = [_Reader(layout.language) for _ in layout.article_start]
    articles = layout.article.tolist()
    untitled = set(layout.article[layout.part != HEADLINE].tolist())
    quotations = _find_speech(layout)
    opens = [start for start, _ in quotations]
    for number, (start, end) in enumerate(zip(layout.start.tolist(), layout.end.tolist(), strict=True)):
        article = articles[number]
        # An English headline has capitals throughout, and tells nothing that its story does not.
        if layout.language == "en" and layout.part[number] == HEADLINE and article in untitled:
            continue
        first = max(bisect_right(opens, start) - 1, 0)
        speech = [(opened - start, closed - start) for opened, closed in quotations[first : bisect_right(opens, end)] if closed > start]
        _read_sentence(readers[article], layout.text[start:end], speech, int(layout.paragraph[number]))
    return [reader.pieces for reader in readers]


def _find_speech(layout: Layout) -> list[tuple[int, int]]:
    """The quotations in which somebody speaks, as places in the layout's text."""
    starts, ends = find_quotations(layout)
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    return [(a, b) for a, b in spans if len(layout.text[a:b].split(maxsplit=_LEAST_QUOTED)) >= _LEAST_QUOTED]


def _read_sentence(reader: _Reader, sentence: str, speech: list[tuple[int, int]], paragraph: int) -> None:
    """Add what a sentence says; ``speech``: the direct speech in it."""
    if len(reader.pieces) >= MOST_PIECES:
        return
    for quantity in list_quantities(sentence, reader.language):
        reader.add(quantity.key, sentence[quantity.start : quantity.end].rstrip("."))
    pattern, rows = _institutions(reader.language)
    for found in pattern.finditer(sentence):
        reader.add(f"institution:{rows[found.group()]}", found.group())
    words, full = _list_names(reader, sentence, speech)
    if speech:
        if not full and reader.named[0] == paragraph and _PRONOUNS[reader.language].intersection(_WORD.findall(sentence.casefold())):
            words = reader.named[1]  # "said he": one of the last two who were named in full, in the same paragraph
        for key, surface in words:
            reader.add(f"voice:{key}", surface)
    if full:
        before = reader.named[1] if reader.named[0] == paragraph else []
        reader.named = paragraph, [*before, *full][-4:]


def _list_names(reader: _Reader, sentence: str, speech: list[tuple[int, int]]) -> tuple[list, list]:
    """Add the capitalised words of a sentence, and each two neighbours as a name; return those that stand outside the direct
    speech: all, and those of names in full."""
    said, full = [], []
    before = None
    for found in _WORD.finditer(sentence):
        word = found.group()
        if not word[0].isupper() or not _may_be_name(word, found.start(), reader.language):
            before = None
            continue
        told = (fold_name(word), _CLITIC.sub("", word))
        reader.add(f"word:{told[0]}", told[1])
        outside = not any(start <= found.start() < end for start, end in speech[:_MOST_SPEECH])
        doubled = bool(before) and sentence[before[0] : found.start()] in _HYPHENS  # "Tewes-Krohn" is one voice
        said += [told] if outside and not doubled else []
        if before and sentence[before[0] : found.start()] in _JOINTS:
            reader.add(f"name:{before[1][0]} {told[0]}", f"{before[1][1]} {told[1]}")
            full += [before[1], told] if outside else []
        # After a genitive another name begins: "Norlund's Ingrid Solheim".
        before = None if _CLITIC.search(word) else (found.end(), told)
    return said, full


def _may_be_name(word: str, place: int, language: str) -> bool:
    """Whether a capitalised word may be part of a name: no function word, no title, no weekday."""
    bare = _CLITIC.sub("", word)
    if len(bare) < 2 or bare in _no_names(language) or bare.casefold() in number_words(language):
        return False
    return place > 2 or bare.casefold() not in language_data()["function_words"][language]


@lru_cache(maxsize=200_000)
def fold_name(word: str) -> str:
    """A word of a name as it is compared: without genitive, accents and case; a country by its English name.

    >>> fold_name("Wangs"), fold_name("Wang's"), fold_name("Müller"), fold_name("Kenia"), fold_name("James")
    ('wang', 'wang', 'muller', 'kenya', 'jame')
    """
    word = _CLITIC.sub("", word)
    word = _places().get(word, word)
    plain = "".join(sign for sign in normalize("NFD", word) if not combining(sign)).casefold()
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") else plain


@cache
def _no_names(language: str) -> frozenset[str]:
    data, months = evidence_data(), Locale.parse(language).months["format"]
    named = {name.rstrip(".") for width in ("wide", "abbreviated") for name in months[width].values()}
    lists = (data["no_names"], data["scales"], data["currencies"], language_data()["sentence_starters"])
    return frozenset(named).union(*(words[language] for words in lists))


@cache
def _places() -> dict[str, str]:
    """The English name of each country (CLDR) and town that has another one in German, where both are one word."""
    english, german = Locale.parse("en").territories, Locale.parse("de").territories
    names = {german[code]: english[code] for code in english if code in german}
    names |= dict(zip(evidence_data()["places"]["de"], evidence_data()["places"]["en"], strict=True))
    return {ours: theirs for ours, theirs in names.items() if ours != theirs and " " not in ours + theirs}


@cache
def _institutions(language: str) -> tuple[re.Pattern, dict[str, int]]:
    """An expression for all names of institutions, and for each name which one it is."""
    names = {name: number for number, row in enumerate(evidence_data()["institutions"][language]) for name in row.split("|")}
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), names
