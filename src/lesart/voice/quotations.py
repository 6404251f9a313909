"""Finds direct speech: what stands in quotation marks, of either language's kind.

A quotation that is never closed in its paragraph goes on to its end when the next paragraph opens with a quotation mark again (a
speech in several paragraphs); else it takes the words of its own sentence. Names, titles and scare quotes in quotation marks count too: to tell them from what
somebody said takes more than signs. A mark opens only where it does not face back, so that one too many turns nothing round; and one
that closes speech that was never opened takes the words of its own sentence too, if nothing else is quoted there.
"""

import re
from dataclasses import dataclass
from itertools import islice

import numpy as np

from ..sentences import Layout
from .spans import NO_SPANS, Spans

# Opening sign → the signs that close it. “ closes a German quotation and opens an English one.
PAIRS = {
    "de": {"„": "“”\"", "»": "«", "«": "»", "“": "”", "\"": "\"“”", "‚": "‘’", "›": "‹", "‹": "›"},
    "en": {"“": "”", "„": "”“", "«": "»", "»": "«", "\"": "\"”", "‘": "’", "'": "'"},
}
# Signs that are apostrophes too: they open only at a word's beginning and close only at a word's end.
_SINGLE = "‘’'‚"
# What stands before a mark that opens, where no white space does; after one that closes; and before one that closes speech.
_BEFORE_OPENING, _AFTER_CLOSING, _ENDS_SPEECH = "([{–—/", ".,;:!?…)]}–—/", ".,!?…"
_LONGEST_QUOTATION = 4000  # characters; what is longer is an unclosed mark
_LONGEST_SNIPPET = 5  # words; on coded articles 4 to 7 did as well
_WORD = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*")


@dataclass
class _Opened:
    """A quotation that is open: its place and paragraph, the signs that close it, where it ends should it never close (with its
    sentence, or with the last inner one that closed), how many of its kind are open, and whether an inner one closed."""

    place: int
    block: int
    closers: str
    end: int
    depth: int = 1
    closed: bool = False


def find_quotations(layout: Layout) -> Spans:
    """The quotations of a layout: start and end, quotation marks included, in order and not nested.

    No speech goes on into the next article.

    >>> from lesart.sentences import lay_out
    >>> text = 'Er nennt es „ein ‚faires‘ Angebot“ und geht.'
    >>> starts, ends = find_quotations(lay_out([text], [""], "de"))
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['„ein ‚faires‘ Angebot“']
    >>> text = "It's the workers' “gold rush”, she said."
    >>> starts, ends = find_quotations(lay_out([text], [""], "en"))
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['“gold rush”']
    """
    pairs = PAIRS[layout.language]
    places = layout.characters.find("".join(pairs) + "".join(pairs.values()))
    places = places[~_is_apostrophe(layout.codes, places)]
    paragraph = np.searchsorted(layout.paragraph_starts, places, side="right")
    walls = frozenset(layout.start[layout.number == 0].tolist())
    number = layout.sentence_at(places)
    sentences = list(zip(layout.start[number].tolist(), layout.end[number].tolist(), strict=True)) if len(layout.start) else []
    spans = _pair_signs(layout.text, places.tolist(), sentences, paragraph.tolist(), layout.paragraph_starts.tolist(), pairs, walls)
    if not spans:
        return NO_SPANS
    table = np.array(spans, np.int64)
    return table[:, 0], table[:, 1]


def find_snippets(layout: Layout) -> Spans:
    """The quotations of at most five words: a text that takes them from somebody and keeps its distance.

    Start and end, quotation marks included, in order; a hyphen joins two words to one. Where each word begins with a capital
    or a digit ("Der Spiegel", "Phase 2") it is a name or a title; so a single German noun in quotation marks is left out too.

    >>> from lesart.sentences import lay_out
    >>> text = 'Der Chef nennt es „faire Teilung“, so die „Neue Post“: „Wir wollen, dass alle etwas davon haben.“'
    >>> starts, ends = find_snippets(lay_out([text], [""], "de"))
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['„faire Teilung“']
    """
    starts, ends = find_quotations(layout)
    signs = frozenset(PAIRS[layout.language]) | frozenset("".join(PAIRS[layout.language].values()))
    kept = np.array([_is_snippet(layout.text[a:b], signs) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], bool)
    return starts[kept], ends[kept]


def _is_snippet(quotation: str, signs: frozenset[str]) -> bool:
    if quotation[0] not in signs or quotation[-1] not in signs:  # speech that was never opened or closed
        return False
    first = [found.group()[0] for found in islice(_WORD.finditer(quotation), _LONGEST_SNIPPET + 1)]
    return len(first) <= _LONGEST_SNIPPET and not all(sign.isupper() or sign.isdigit() for sign in first)


def _pair_signs(
    text: str, places: list[int], sentences: list[tuple[int, int]], paragraphs: list[int], paragraph_starts: list[int],
    pairs: dict[str, str], walls: frozenset[int],
) -> list[tuple[int, int]]:  # fmt: skip
    """The quotations that the signs at ``places`` open and close; ``sentences``: start and end of the sentence of each sign."""
    spans: list[tuple[int, int]] = []
    opened: _Opened | None = None
    all_closers = frozenset("".join(pairs.values()))
    for place, (start, end), block in zip(places, sentences, paragraphs, strict=True):
        sign = text[place]
        if opened and opened.block != block:
            paragraph = paragraph_starts[block - 1]
            goes_on = block == opened.block + 1 and paragraph not in walls and sign in pairs and not text[paragraph:place].strip()
            spans += _end_unclosed(text, opened, paragraph if goes_on and not opened.closed else 0)
            opened = None
        if opened:
            if sign in opened.closers and _may_close(text, place, sign) and place - opened.place < _LONGEST_QUOTATION:
                opened.depth, opened.closed, opened.end = opened.depth - 1, True, place + 1
                if not opened.depth:
                    spans.append((opened.place, place + 1))
                    opened = None
            elif set(pairs.get(sign, "")) & set(opened.closers) and not _follows_sentence(text, place):
                opened.depth += 1  # opens inside, and what closes it would close the outer one too
        elif sign in pairs and _may_open(text, place, sign):
            opened = _Opened(place, block, pairs[sign], end)
        elif sign in all_closers and _ends_speech(text, place, sign) and not (spans and spans[-1][1] > start):
            spans.append((start, place + 1))
    return spans + (_end_unclosed(text, opened) if opened else [])


def _end_unclosed(text: str, opened: _Opened, goes_on_to: int = 0) -> list[tuple[int, int]]:
    """What a quotation takes that never closes; nothing where the sign may be an apostrophe."""
    end = goes_on_to or (opened.end if opened.closed or text[opened.place] not in _SINGLE else 0)
    return [(opened.place, end)] if end else []


def _is_apostrophe(codes: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Whether a sign that may be an apostrophe stands between two Latin letters ("don't")."""
    limit = max(len(codes) - 1, 0)
    before, after = codes[np.maximum(places - 1, 0)], codes[np.minimum(places + 1, limit)]
    return np.isin(codes[places], [ord(sign) for sign in _SINGLE]) & ((before | 0x20) - 0x61 < 26) & ((after | 0x20) - 0x61 < 26)


def _follows_sentence(text: str, place: int) -> bool:
    """Whether a sentence ended right before: who opens again there goes on speaking, in what was a new paragraph once."""
    return text[max(place - 3, 0) : place].rstrip()[-1:] in tuple(".!?…:")


def _ends_speech(text: str, place: int, sign: str) -> bool:
    """Whether a closing mark that nothing opened stands where speech ends: beside a comma, or after the end of a sentence."""
    return sign not in _SINGLE and (text[place - 1 : place] in tuple(_ENDS_SPEECH) or text[place + 1 : place + 2] == ",")


def _may_open(text: str, place: int, sign: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign in _SINGLE:
        return not before.isalnum() and not after.isspace()
    ends = not after or after.isspace() or after in _AFTER_CLOSING
    return not (sign == '"' and before.isdigit()) and (not ends or not before or before.isspace())  # a digit: inches, a 12" pipe


def _may_close(text: str, place: int, sign: str) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign == '"':
        return not (after.isalnum() and (not before or before.isspace() or before in _BEFORE_OPENING))
    return sign not in _SINGLE or not after.isalnum()
