"""Stretches of a text as two arrays, where each starts and where each ends: joined, cut out, looked up."""

import numpy as np

Spans = tuple[np.ndarray, np.ndarray]
NO_SPANS: Spans = (np.empty(0, np.int64), np.empty(0, np.int64))


def merge_spans(*spans: Spans) -> Spans:
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


def subtract_spans(spans: Spans, holes: Spans) -> Spans:
    """What merged spans keep outside merged holes.

    >>> subtract_spans((np.array([0, 20]), np.array([10, 30])), (np.array([4]), np.array([22])))
    (array([ 0, 22]), array([ 4, 30]))
    """
    bounds = np.unique(np.concatenate((*spans, *holes)))
    starts, ends = bounds[:-1], bounds[1:]
    kept = inside(starts, spans) & ~inside(starts, holes)
    return merge_spans((starts[kept], ends[kept]))


def inside(places: np.ndarray, spans: Spans) -> np.ndarray:
    """Whether each place lies in one of the merged spans.

    >>> inside(np.array([1, 4, 6]), (np.array([0, 5]), np.array([4, 9])))
    array([ True, False,  True])
    """
    starts, ends = spans
    if not len(starts):
        return np.zeros(len(places), bool)
    before = np.searchsorted(starts, places, side="right") - 1
    return (before >= 0) & (places < ends[np.maximum(before, 0)])


def count_up_to(bounds: np.ndarray, places: np.ndarray) -> np.ndarray:
    """For each place how many of the bounds are not beyond it, both in order: ``np.searchsorted`` with the few sought in the many.

    >>> count_up_to(np.array([2, 5]), np.array([0, 2, 3, 9]))
    array([0, 1, 1, 2])
    """
    begin = np.bincount(np.searchsorted(places, bounds), minlength=len(places) + 1)
    return np.cumsum(begin[: len(places)])
