"""Finds whose voice a passage is in: the narrator's, or somebody's who is quoted or reported.

Direct speech stands in quotation marks of either language's kind; a quotation that is never closed in its paragraph
counts only when the next paragraph opens with a quotation mark again (a speech in several paragraphs). Reported speech
is found by its marks: a source phrase, a verb of saying with its clause, the German subjunctive.
"""

import numpy as np

# Opening sign → the signs that close it. “ closes a German quotation and opens an English one.
PAIRS = {
    "de": {"„": "“”\"", "»": "«", "«": "»", "“": "”", "\"": "\"", "‚": "‘’", "›": "‹", "‹": "›"},
    "en": {"“": "”", "„": "”“", "«": "»", "»": "«", "\"": "\"", "‘": "’", "'": "'"},
}
# Signs that are apostrophes too: they open only at a word's beginning and close only at a word's end.
_SINGLE = "‘’'‚"
_LONGEST_QUOTATION = 4000  # characters; what is longer is an unclosed mark


def find_quotations(text: str, codes: np.ndarray, paragraph_starts: np.ndarray, language: str) -> tuple[np.ndarray, np.ndarray]:
    """The quotations of a text: start and end, quotation marks included, in order and not nested.

    >>> from lesart.characters import code_points
    >>> text = 'Er nennt es „ein ‚faires‘ Angebot“ und geht.'
    >>> starts, ends = find_quotations(text, code_points(text), np.array([0]), "de")
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['„ein ‚faires‘ Angebot“']
    >>> text = "It's the workers' “gold rush”, she said."
    >>> starts, ends = find_quotations(text, code_points(text), np.array([0]), "en")
    >>> [text[a:b] for a, b in zip(starts, ends)]
    ['“gold rush”']
    """
    pairs = PAIRS[language]
    signs = np.array(sorted({ord(s) for s in "".join(pairs) + "".join(pairs.values())}), np.uint32)
    places = np.flatnonzero(np.isin(codes, signs))
    paragraph = np.searchsorted(paragraph_starts, places, side="right")
    spans: list[tuple[int, int]] = []
    opened: tuple[int, int, str] | None = None  # place, paragraph, closing signs
    for place, block in zip(places.tolist(), paragraph.tolist(), strict=True):
        sign = text[place]
        if opened and opened[1] != block:
            if block == opened[1] + 1 and sign in pairs and not text[int(paragraph_starts[block - 1]) : place].strip():
                spans.append((opened[0], int(paragraph_starts[block - 1])))
            opened = None
        if opened:
            if sign in opened[2] and _may_close(text, place, sign) and place - opened[0] < _LONGEST_QUOTATION:
                spans.append((opened[0], place + 1))
                opened = None
        elif sign in pairs and _may_open(text, place, sign):
            opened = (place, block, pairs[sign])
    if not spans:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    table = np.array(spans, np.int64)
    return table[:, 0], table[:, 1]


def _may_open(text: str, place: int, sign: str) -> bool:
    if sign not in _SINGLE:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isalnum() and not after.isspace()


def _may_close(text: str, place: int, sign: str) -> bool:
    return sign not in _SINGLE or not text[place + 1 : place + 2].isalnum()


def find_reported(
    kinds: np.ndarray, starts: np.ndarray, ends: np.ndarray, sentence_starts: np.ndarray, sentence_ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The passages of reported speech: start and end.

    ``kinds``, ``starts``, ``ends``: the attribution marks (source, verb, that, subjunctive) in the order of the text.
    A source phrase or a subjunctive attributes its sentence, a verb of saying what follows it in the sentence.
    """
    if not len(kinds):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    sentence = np.searchsorted(sentence_starts, starts, side="right") - 1
    whole = np.isin(kinds, ("source", "subjunctive"))
    verb = kinds == "verb"
    begin = np.concatenate((sentence_starts[sentence[whole]], ends[verb]))
    finish = np.concatenate((sentence_ends[sentence[whole]], sentence_ends[sentence[verb]]))
    return begin, finish


def merge_spans(*spans: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The union of spans as sorted spans that do not touch.

    >>> merge_spans((np.array([5, 0]), np.array([9, 3])), (np.array([2]), np.array([4])))
    (array([0, 5]), array([4, 9]))
    """
    starts = np.concatenate([np.asarray(s, np.int64) for s, _ in spans])
    ends = np.concatenate([np.asarray(e, np.int64) for _, e in spans])
    if not len(starts):
        return starts, ends
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    fresh = np.concatenate(([True], starts[1:] > reach[:-1]))
    last = np.concatenate((np.flatnonzero(fresh)[1:] - 1, [len(starts) - 1]))
    return starts[fresh], reach[last]


def inside(places: np.ndarray, spans: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Whether each place lies in one of the merged spans."""
    starts, ends = spans
    if not len(starts):
        return np.zeros(len(places), bool)
    before = np.searchsorted(starts, places, side="right") - 1
    return (before >= 0) & (places < ends[np.maximum(before, 0)])
