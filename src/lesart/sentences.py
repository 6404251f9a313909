"""Splits texts into paragraphs and sentences, in German and English, many texts at once.

What it gets wrong: a sentence that begins with a lower-case name ("iPhone") is joined to the one before it, and
"auf Platz 3. Danach" is taken for an ordinal only when a noun of ``language.yaml`` follows.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from .characters import Characters, read_characters
from .points import abbreviation_ends, pack, point_ends_sentence
from .words import find_words

LANGUAGES = ("de", "en")

_ENDERS = ".!?…"
_CLOSERS = "\"'”“’‘»«›‹)]"
_OPENERS = "\"'„“”‚‘’»«›‹([–—-•*"
_TABLE_SIZE = 0x10000
# Blanks in a row that are looked at one after the other; more are rare and cost a pass over the text.
_MOST_BLANKS = 3
_BLANK, _ENDER, _CLOSER, _BEGINNER, _SMALL, _LETTER = (1 << k for k in range(6))


def split_sentences(text: str, characters: Characters, language: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The sentences of a text: where each starts, where it ends (white space stripped), and its paragraph's number.

    ``characters`` are those of ``text``. A blank line ends a paragraph and with it a sentence; a single line
    break does not.

    >>> from lesart.characters import read_characters
    >>> text = "Es geht um 14,3 Mrd. US-Dollar, z. B. in Aktien. „Gut so!“ Dr. Kern schweigt."
    >>> starts, ends, _ = split_sentences(text, read_characters(text), "de")
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['Es geht um 14,3 Mrd. US-Dollar, z. B. in Aktien.', '„Gut so!“', 'Dr. Kern schweigt.']
    >>> text = "The U.S. Department of Labor met Mr. Wang at 3 p.m. The deal closed."
    >>> starts, ends, _ = split_sentences(text, read_characters(text), "en")
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['The U.S. Department of Labor met Mr. Wang at 3 p.m.', 'The deal closed.']
    """
    breaks = _paragraph_breaks(characters)
    cuts = _sort_distinct(np.concatenate((_sentence_cuts(text, characters, language), breaks)))
    # Strip: the first and the last inked character of each stretch; stretches without ink are dropped.
    starts = _next_ink(characters, np.concatenate(([0], cuts)).astype(np.int64))
    ends = np.concatenate((cuts, [len(text)])).astype(np.int64)
    full = starts < ends
    starts, ends = starts[full], _last_ink(characters, ends[full]) + 1
    block = np.searchsorted(breaks, starts, side="right")
    return starts, ends, np.cumsum(np.diff(block, prepend=block[:1]) != 0)  # many blank lines are one break


@cache
def _traits() -> np.ndarray:
    """What each code point below 0x10000 is for sentences, as bits; looked up once for the whole text."""
    traits = np.zeros(_TABLE_SIZE, np.uint8)
    blank = (*range(0x21), 0xA0, *range(0x2000, 0x200C), 0x202F, 0x3000)
    for signs, bit in ((_ENDERS, _ENDER), (_CLOSERS + _ENDERS, _CLOSER), (_OPENERS + "0123456789", _BEGINNER), (map(chr, blank), _BLANK)):
        traits[[ord(sign) for sign in signs]] |= bit
    for code in range(_TABLE_SIZE):
        sign = chr(code)
        traits[code] |= _BEGINNER * sign.isupper() | _SMALL * sign.islower() | _LETTER * sign.isalpha()
    return traits


def _are(codes: np.ndarray, trait: int) -> np.ndarray:
    """Whether each code point has the trait."""
    return _traits().take(codes, mode="clip") & trait != 0


def _next_ink(characters: Characters, places: np.ndarray) -> np.ndarray:
    """The first character from each place on that is not blank, the text's length where there is none."""
    places, rest = places.copy(), np.arange(len(places))
    for n_blanks in range(_MOST_BLANKS + 1):
        rest = rest[places[rest] < len(characters.codes)]
        rest = rest[_are(characters.codes[places[rest]], _BLANK)]
        places[rest] += n_blanks < _MOST_BLANKS
    if len(rest):
        ink = np.append(np.flatnonzero(characters.look_up(_traits()) & _BLANK == 0), len(characters.codes))
        places[rest] = ink[np.searchsorted(ink, places[rest])]
    return places


def _last_ink(characters: Characters, places: np.ndarray) -> np.ndarray:
    """The last character before each place that is not blank; there must be one."""
    places, rest = places - 1, np.arange(len(places))
    for n_blanks in range(_MOST_BLANKS + 1):
        rest = rest[_are(characters.codes[places[rest]], _BLANK)]
        places[rest] -= n_blanks < _MOST_BLANKS
    if len(rest):
        ink = np.flatnonzero(characters.look_up(_traits()) & _BLANK == 0)
        places[rest] = ink[np.searchsorted(ink, places[rest]) - 1]
    return places


def _paragraph_breaks(characters: Characters) -> np.ndarray:
    """Where a paragraph may begin: after each blank line."""
    lines = characters.find("\n")
    return lines[1:][_next_ink(characters, lines[:-1]) > lines[1:]] + 1


def _sentence_cuts(text: str, characters: Characters, language: str) -> np.ndarray:
    """Where a new sentence begins inside a paragraph (the white space before it included)."""
    codes, n_codes = characters.codes, len(characters.codes)
    enders = characters.find(_ENDERS)
    after = enders + 1
    for _ in range(4):  # "Gut.“)" and the like: at most four signs close a sentence
        closing = np.flatnonzero(after < n_codes)
        after[closing[_are(characters.codes[after[closing]], _CLOSER)]] += 1
    open_ended = np.flatnonzero(after < n_codes)
    open_ended = open_ended[_are(characters.codes[after[open_ended]], _BLANK)]
    enders, after = enders[open_ended], after[open_ended]
    nexts = _next_ink(characters, after)
    good = np.flatnonzero(nexts < n_codes)
    good = good[_begins_sentence(codes, nexts[good])]
    enders, after, nexts = enders[good], after[good], nexts[good]
    keep = np.ones(len(enders), bool)
    points = np.flatnonzero((codes[enders] == ord(".")) & (after - enders == 1))
    doubtful = points[~_ends_plainly(codes, enders[points], language)]
    for i, point, next_ in zip(doubtful.tolist(), enders[doubtful].tolist(), nexts[doubtful].tolist(), strict=True):
        keep[i] = point_ends_sentence(text, point, next_, language)
    return after[keep]


def _sort_distinct(values: np.ndarray) -> np.ndarray:
    """The distinct values in order; ``np.unique`` is slower on what is nearly sorted."""
    values = np.sort(values, kind="stable")
    return values[np.diff(values, prepend=-1) > 0]


def _begins_sentence(codes: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Whether a sentence can begin there: a capital, a digit or an opening sign."""
    first = codes[places]
    good = _are(first, _BEGINNER)
    for i in np.flatnonzero(first >= _TABLE_SIZE).tolist():
        good[i] = chr(first[i]).isupper()
    return good


def _ends_plainly(codes: np.ndarray, points: np.ndarray, language: str) -> np.ndarray:
    """Points that end a sentence without a look at the words around them, and these are most: before them stand three letters,
    or a blank and two, the last one small, and no abbreviation ends with these three."""
    last, middle, first = (codes[np.maximum(points - k, 0)] for k in (1, 2, 3))
    plain = (points >= 3) & _are(last, _SMALL) & _are(last, _LETTER) & _are(middle, _LETTER) & (_are(first, _LETTER) | (first == 0x20))
    packed, ends = pack(last, middle, first), abbreviation_ends(language)
    return plain & (ends[np.minimum(np.searchsorted(ends, packed), len(ends) - 1)] != packed)


# The codebook lets headline, lead and last paragraph decide, so the last one is a part of its own.
PARTS = ("headline", "lead", "body", "heading", "last")
HEADLINE, LEAD, BODY, HEADING, LAST = range(5)
# A section head is a paragraph of one line, no longer than a headline, that ends without a sign and has another below it.
LONGEST_HEADING, _ENDS = 130, np.array([ord(sign) for sign in ".…!?:;,\"'“”’»«)"])
# The lead is the first paragraph, and of a long one the first sentences: some outlets write no paragraphs at all.
LEAD_SENTENCES = 3


@dataclass(frozen=True)
class Layout:
    """Many articles of one language joined into one text and split.

    All places are indices into ``text``. For each article ``article_start``; for each sentence ``start``, ``end``,
    ``article`` (number in this layout), ``number`` and ``paragraph`` (counted within the article, from 0), ``part``.
    ``paragraph_starts`` is where each paragraph begins.
    """

    language: str
    text: str
    characters: Characters
    article_start: np.ndarray
    start: np.ndarray
    end: np.ndarray
    article: np.ndarray
    number: np.ndarray
    paragraph: np.ndarray
    part: np.ndarray
    paragraph_starts: np.ndarray

    @property
    def codes(self) -> np.ndarray:
        """The code points of the text."""
        return self.characters.codes

    def sentence_at(self, places: np.ndarray) -> np.ndarray:
        """The sentence that each place is in, or the last one before it."""
        return np.maximum(np.searchsorted(self.start, places, side="right") - 1, 0)


def lay_out(texts: list[str], titles: list[str], language: str) -> Layout:
    """Join the texts of one language and split them; an article whose text begins with its title has a headline."""
    lengths = np.array([len(text) + 2 for text in texts], np.int64)
    article_start = np.cumsum(lengths) - lengths
    text = "\n\n".join(texts)
    characters = read_characters(text)
    start, end, block = split_sentences(text, characters, language)
    article = np.searchsorted(article_start, start, side="right") - 1
    first = np.searchsorted(article, np.arange(len(texts)))
    first_of = np.minimum(first, max(len(start) - 1, 0))[article]
    number = np.arange(len(start)) - first_of
    paragraph = block - block[first_of]
    titled = np.array([bool(title) and body.startswith(title) for title, body in zip(titles, texts, strict=True)], bool)
    new_block = np.flatnonzero(np.concatenate(([True], block[1:] != block[:-1]))) if len(start) else np.empty(0, np.int64)
    in_block = np.arange(len(start)) - new_block[np.searchsorted(new_block, np.arange(len(start)), side="right") - 1]
    story = paragraph >= titled[article]
    followed = np.zeros(len(start), bool)  # the last sentence of a paragraph that is not the article's last
    followed[:-1] = (article[1:] == article[:-1]) & (block[1:] != block[:-1])
    heading = story & (paragraph > 0) & followed & (in_block == 0) & (end - start <= LONGEST_HEADING) & ~np.isin(characters.codes[end - 1], _ENDS)
    told = np.flatnonzero(story & ~heading)  # the lead is the first paragraph of the story that is no heading
    lead = np.full(len(texts), -1)
    lead[article[told[::-1]]] = paragraph[told[::-1]]
    last = np.zeros(len(texts), np.int64)
    last[article] = paragraph  # the paragraph of the article's last sentence, which is written last
    part = np.where(story, BODY, HEADLINE)
    part[story & (paragraph == last[article]) & (paragraph > lead[article])] = LAST
    part[(paragraph == lead[article]) & (in_block < LEAD_SENTENCES) & story] = LEAD
    part[heading] = HEADING
    return Layout(language, text, characters, article_start, start, end, article, number, paragraph, part, start[new_block])


def list_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the articles.

    A row is a sentence; columns ``article``, ``sentence`` and ``paragraph`` (numbers within the article, from 0),
    ``part`` (headline, lead, body, heading, last), ``start``, ``end`` (``text[start:end]`` is the sentence), ``words``; ordered as the
    articles, then by place. Articles whose language is not German or English have no rows.
    """
    articles = articles.reset_index(drop=True)
    pieces = []
    for language in LANGUAGES:
        chosen = articles[articles["language"] == language]
        if len(chosen):
            layout = lay_out(chosen["text"].tolist(), chosen["title"].tolist(), language)
            pieces.append(_sentence_rows(layout, chosen))
    columns = ["article", "sentence", "paragraph", "part", "start", "end", "words"]
    if not pieces:
        return pd.DataFrame(columns=columns)
    table = pd.concat(pieces).sort_values(["_row", "sentence"], kind="stable")
    return table[columns].reset_index(drop=True)


def _sentence_rows(layout: Layout, chosen: pd.DataFrame) -> pd.DataFrame:
    word_places, _ = find_words(layout.characters)
    words = np.searchsorted(word_places, layout.end) - np.searchsorted(word_places, layout.start)
    base = layout.article_start[layout.article]
    return pd.DataFrame(
        {
            "_row": chosen.index.to_numpy()[layout.article],
            "article": chosen["article"].to_numpy()[layout.article],
            "sentence": layout.number,
            "paragraph": layout.paragraph,
            "part": np.array(PARTS, object)[layout.part],
            "start": layout.start - base,
            "end": layout.end - base,
            "words": words,
        }
    )
