"""Gives each hit its place: article, sentence, part, surface, voice and negation; step 6 of the tagger (``tagging.py``)."""

import numpy as np
import pyarrow as pa

from .compiling import Compiled
from .matching import Matches
from .patterns import SNIPPET
from .sentences import Layout
from .voice import find_quotations, find_reported, find_turns, inside, merge_spans
from .voice.spans import count_up_to

VOICES = ("narrator", "quoted")


def place(matches: Matches, layout: Layout, compiled: Compiled) -> dict[str, np.ndarray | pa.Array]:
    """Step 6: the columns of the hits of a layout, texts as numbers; ``row`` is the number of the article in it."""
    is_mark = compiled.is_mark[matches.pattern]
    marks, rows = matches.take(np.flatnonzero(is_mark)), np.flatnonzero(~is_mark)
    order = _order(matches.start[rows], matches.end[rows], compiled.group[matches.pattern[rows]], len(layout.codes) + 1)
    hits = matches.take(rows[order])
    kinds = compiled.kind[marks.pattern]
    sentence = np.maximum(count_up_to(layout.start, hits.start) - 1, 0)
    article = layout.article[sentence] if len(layout.article) else sentence
    base = layout.article_start[article]
    is_snippet = np.isin(hits.pattern, compiled.signs.get(SNIPPET, []))
    return {
        "row": article,
        "sentence": layout.number[sentence] if len(sentence) else sentence,
        "part": layout.part[sentence] if len(sentence) else sentence,
        "start": hits.start - base,
        "end": hits.end - base,
        "surface": _cut_surfaces(layout.codes, hits.start, hits.end),
        "voice": is_quoted(hits.start, marks, kinds, layout, is_snippet).astype(np.int64),
        "negated": _is_negated(hits, marks, kinds, layout),
        "pattern": hits.pattern,
    }


def _order(start: np.ndarray, end: np.ndarray, group: np.ndarray, beyond: int) -> np.ndarray:
    """The order of hits by start, end and group; all places are less than ``beyond``.

    One number has it all, which is sorted three times as fast as one after the other; no two hits have the same.
    """
    return np.argsort((start * beyond + end) * (group.max(initial=0) + 1) + group)


def _cut_surfaces(codes: np.ndarray, start: np.ndarray, end: np.ndarray) -> pa.Array:
    """The text from each start to its end, cut out all together: their UTF-8 bytes in a row, and where each begins."""
    length = end - start
    stop = np.cumsum(length)
    signs = codes[np.repeat(start - stop + length, length) + np.arange(length.sum())]
    long = np.flatnonzero(signs > 0x7F)
    n_more = 1 + (signs[long] > 0x7FF) + (signs[long] > 0xFFFF)  # bytes beyond the one that each sign has
    n_bytes = length + np.bincount(np.searchsorted(stop, long, side="right"), n_more, len(start)).astype(np.int64)
    data = signs.tobytes().decode("utf-32-le").encode()
    return pa.LargeStringArray.from_buffers(len(start), pa.py_buffer(np.append(0, np.cumsum(n_bytes))), pa.py_buffer(data))


def is_quoted(places: np.ndarray, marks: Matches, kinds: np.ndarray, layout: Layout, is_snippet: np.ndarray) -> np.ndarray:
    """Whether each place is in a quotation, in a turn of an interview or in reported speech.

    Who puts a few words into quotation marks is whoever speaks around them: for a snippet its own marks are none.
    """
    quotations = find_quotations(layout)
    told = merge_spans(find_turns(layout)[0], find_reported(kinds, marks.start, marks.end, layout, quotations))
    return inside(places, told) | inside(places, quotations) & ~is_snippet


def _is_negated(hits: Matches, marks: Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether a negation stands before the hit in its clause or, for German nicht, after it or in its gap."""
    commas = layout.characters.find(",;:")
    commas = commas[(commas == len(layout.codes) - 1) | (layout.codes.take(commas + 1, mode="clip") <= 0x20)]
    cuts = np.sort(np.concatenate((layout.start, commas, layout.characters.find("–—"))))
    around = kinds == "negation.around"
    return _mark_before(hits, marks.end[around | (kinds == "negation.before")], cuts) | _mark_after(hits, marks.start[around], cuts)


def _mark_before(hits: Matches, ends: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Whether the last mark that ends before the hit does so in its clause: no cut between."""
    ends = np.sort(ends)
    reach = np.append(cuts, np.iinfo(np.int64).max)[np.searchsorted(cuts, ends - 1, side="right")]  # the cut after each mark
    return np.append(0, reach)[count_up_to(ends, hits.start)] > hits.start


def _mark_after(hits: Matches, starts: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Whether the first mark that starts behind the hit does so in its clause."""
    starts = np.sort(starts)
    reach = np.append(-1, cuts)[np.searchsorted(cuts, starts, side="right")]  # the cut before each mark
    return np.append(reach, np.iinfo(np.int64).max)[np.searchsorted(starts, hits.head_end)] <= hits.start
