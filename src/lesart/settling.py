"""Settles which matches are hits: step 5 of the tagger (``tagging.py``).

Exceptions cancel the matches of their concept that they cover; of overlapping matches of one category the longest stays.
"""

from bisect import bisect_left

import numpy as np

from .compiling import Compiled
from .matching import BIG, Matches

# More than the letters of any pattern (MAX_LENGTH, each ß as two).
_MORE_THAN_LETTERS = 512
# Rounds in which the longest of overlapping matches is chosen everywhere at once; what is left then goes one by one.
_ROUNDS = 6


def settle(matches: Matches, compiled: Compiled) -> Matches:
    """Step 5: exceptions cancel hits of their concept that they cover; the longest of overlapping hits wins."""
    is_exception = compiled.exception[matches.pattern]
    rows = np.flatnonzero(~is_exception)
    if len(rows) < len(is_exception):
        exceptions = matches.take(np.flatnonzero(is_exception))
        excepted = np.zeros(len(compiled.table), bool)  # for each concept
        excepted[compiled.concept_id[exceptions.pattern]] = True
        kept = ~excepted[compiled.concept_id[matches.pattern[rows]]]
        doubtful = np.flatnonzero(~kept)
        kept[doubtful] = ~_is_cancelled(matches.take(rows[doubtful]), exceptions, compiled)
        rows = rows[np.flatnonzero(kept)]
    group = compiled.group[matches.pattern[rows]]
    order = np.argsort(group * BIG + matches.start[rows])  # not stable, which is slower: no rule asks how equals are ordered
    matches, base = matches.take(rows[order]), group[order] * BIG
    begin, end = base + matches.start, base + matches.head_end
    keep = np.ones(len(begin), bool)
    rows, firsts = _overlapping(begin, end, np.arange(len(begin)))
    for _ in range(_ROUNDS):
        if not len(rows):
            break
        best = np.repeat(_longest(matches, rows, firsts[:-1], compiled), np.diff(firsts))
        loses = (begin[rows] < end[best]) & (begin[best] < end[rows]) & (rows != best)
        keep[rows[loses]] = False
        rows, firsts = _overlapping(begin, end, rows[~loses & (rows != best)])
    for a, b in zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        _keep_longest(matches, rows[a:b], compiled, keep)
    return matches.take(np.flatnonzero(keep))


def _overlapping(begin: np.ndarray, end: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the rows that overlap others of them, and where each cluster of them begins (and the last ends)."""
    if not len(rows):
        return rows, np.zeros(1, np.int64)
    fresh = np.concatenate(([True], begin[rows[1:]] >= np.maximum.accumulate(end[rows])[:-1]))
    size = np.diff(np.flatnonzero(np.append(fresh, True)))
    return rows[np.repeat(size > 1, size)], np.concatenate(([0], np.cumsum(size[size > 1])))


def _longest(matches: Matches, rows: np.ndarray, firsts: np.ndarray, compiled: Compiled) -> np.ndarray:
    """Of each cluster of rows the longest; of equals the one whose pattern spells out most, then the earlier, then the one
    listed first."""
    pattern = matches.pattern[rows]
    length = matches.covered[rows] * _MORE_THAN_LETTERS + compiled.n_letters[pattern]
    size = np.diff(firsts, append=len(rows))
    is_longest = length == np.repeat(np.maximum.reduceat(length, firsts), size)
    late = np.where(is_longest, matches.start[rows] * len(compiled.table) + pattern, np.iinfo(np.int64).max)
    return rows[late == np.repeat(np.minimum.reduceat(late, firsts), size)]


def _is_cancelled(matches: Matches, exceptions: Matches, compiled: Compiled) -> np.ndarray:
    key = compiled.concept_id[exceptions.pattern] * BIG + exceptions.start
    order = np.argsort(key, kind="stable")
    key = key[order]
    reach = np.maximum.accumulate((compiled.concept_id[exceptions.pattern] * BIG + exceptions.end)[order])
    concept = compiled.concept_id[matches.pattern] * BIG
    before = np.searchsorted(key, concept + matches.start, side="right") - 1
    return (before >= 0) & (key[before] >= concept) & (reach[before] >= concept + matches.end)


def _keep_longest(matches: Matches, rows: np.ndarray, compiled: Compiled, keep: np.ndarray) -> None:
    """Among overlapping matches of one category keep the longest (see ``_longest``), one after the other."""
    pattern, start, covered = matches.pattern[rows], matches.start[rows], matches.covered[rows]
    rank = rows[np.lexsort((pattern, start, -compiled.n_letters[pattern], -covered))]
    starts: list[int] = []  # of those kept so far, which do not overlap
    ends: list[int] = []
    for i in rank.tolist():
        before = bisect_left(starts, matches.head_end[i])
        keep[i] = before == 0 or ends[before - 1] <= matches.start[i]
        if keep[i]:
            starts.insert(before, matches.start[i])
            ends.insert(before, matches.head_end[i])
