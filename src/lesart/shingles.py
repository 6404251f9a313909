"""Finds articles that share most of their words in the same order: copies, and cuts of one another.

Runs of five words (shingles) are compared as sets, and the share of the shorter article's runs that the longer one has tells
both a copy and a cut (Broder 1997, "On the resemblance and containment of documents": containment). No pair is looked at that
shares no run: runs are the columns of a sparse matrix. Of a large corpus the matrix holds a sample of the runs, the same for
all articles (Broder's "mod m"); pairs found there are then compared by all of theirs.

Why not MinHash with locality-sensitive hashing: that estimates resemblance, and of a cut to a quarter resembles a quarter only;
tables that find so little hold many strangers, and some gigabytes for 100,000 articles.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from .characters import BARRIER, WALL, fold_text
from .progress import track

# Words in a run: five in a row are seldom the same by chance.
WORDS_IN_A_RUN = 5
# The share of the shorter article's runs that the longer one must have. Two articles with the same statement of 40 words in
# 160 share a quarter; a copy with a word changed in every second sentence keeps two thirds.
LEAST_CONTAINED = 0.5
# Fewer shared runs than this are a quotation or a heading, whatever their share.
_LEAST_SHARED = 10
# Runs in the matrix; beyond, every second, fourth … is kept.
_MOST_RUNS = 12_000_000
# A run that many articles have (an agency's line, a page's foot) leads to the first of them only.
_MOST_HOLDERS = 50
# The sample is rough: what is nearly contained there is looked at in full.
_TOLERANCE = 0.6
_ROWS = 2_000
_MIX = np.uint64(0x9E3779B97F4A7C15)  # an odd number with its bits well spread
_PUNCTUATION = bytes.maketrans(BARRIER + WALL, b" " * len(BARRIER + WALL))


def hash_runs(text: str) -> np.ndarray:
    """The distinct runs of a text as sorted numbers of 64 bits; words are folded as for matching, punctuation is left out.

    >>> len(hash_runs("Die Größe zählt nicht immer, sagt er.")), len(hash_runs("Zu kurz."))
    (3, 0)
    >>> bool((hash_runs("Für alle, die größer sind!") == hash_runs("für ALLE die GRÖSSER sind")).all())
    True
    """
    words = np.array([crc32(word) for word in fold_text(text).translate(_PUNCTUATION).split()], np.uint64)
    n_runs = len(words) - WORDS_IN_A_RUN + 1
    if n_runs < 1:
        return np.empty(0, np.uint64)
    runs = np.zeros(n_runs, np.uint64)
    for k in range(WORDS_IN_A_RUN):
        runs = (runs ^ words[k : k + n_runs]) * _MIX
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def find_copies(texts: Iterable[str], *, progress: bool = False) -> pd.DataFrame:
    """The pairs of texts of which one has at least half of the other's runs.

    A row is a pair; columns ``first``, ``second`` (numbers of the texts, ``first`` < ``second``), ``n_shared`` (runs),
    ``contained`` (share of the runs of the one with fewer, 0 to 1), ``size_ratio`` (runs of the one with fewer by those of the
    other); ordered by the numbers. Where more than 50 texts have the same runs, each is paired with the first 50 of them.
    """
    runs = [hash_runs(text) for text in track(list(texts), "copies", "article", shown=progress)]
    groups, members = _group_identical(runs)
    rows = []
    for first, second in _find_candidates([runs[i] for i in groups]):
        i, j = groups[first], groups[second]
        n_shared = len(np.intersect1d(runs[i], runs[j], assume_unique=True))
        if n_shared >= max(_LEAST_SHARED, LEAST_CONTAINED * min(len(runs[i]), len(runs[j]))):
            rows += [(*sorted((a, b)), n_shared) for a in members[i][:_MOST_HOLDERS] for b in members[j][:_MOST_HOLDERS]]
    for same in members.values():
        if len(runs[same[0]]) >= _LEAST_SHARED:
            rows += [(a, b, len(runs[a])) for k, b in enumerate(same) for a in same[: min(k, _MOST_HOLDERS)]]
    pairs = pd.DataFrame(sorted(set(rows)), columns=["first", "second", "n_shared"]).astype(np.int64)
    lengths = np.array([len(own) for own in runs], np.int64)
    sizes = np.sort(np.stack([lengths[pairs["first"]], lengths[pairs["second"]]]), axis=0)
    return pairs.assign(contained=pairs["n_shared"] / sizes[0], size_ratio=sizes[0] / sizes[1])


def _group_identical(runs: list[np.ndarray]) -> tuple[list[int], dict[int, list[int]]]:
    """Texts with the very same runs are compared once: the first of each group, and for each first its group."""
    seen: dict[bytes, int] = {}
    members: dict[int, list[int]] = {}
    for i, own in enumerate(runs):
        first = seen.setdefault(own.tobytes(), i) if len(own) else i
        members.setdefault(first, []).append(i)
    return sorted(members), members


def _find_candidates(runs: list[np.ndarray]) -> Iterator[tuple[int, int]]:
    """The pairs (earlier, later) that share enough of a sample of their runs."""
    total = sum(map(len, runs))
    step = 1 << max(0, int(np.ceil(np.log2(max(total, 1) / _MOST_RUNS))))
    kept = [own[own % np.uint64(step) == 0] for own in runs]
    sizes = np.array([len(own) for own in kept], np.int64)
    if not sizes.sum():
        return
    rows = np.repeat(np.arange(len(kept)), sizes)
    columns, distinct = pd.factorize(np.concatenate(kept))
    shared = np.bincount(columns) > 1
    rows, columns = rows[shared[columns]], columns[shared[columns]]
    yield from _multiply(rows, columns, (len(kept), len(distinct)), sizes)


def _multiply(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int], sizes: np.ndarray) -> Iterator[tuple[int, int]]:
    """Count shared columns of all rows with those that hold them first, some rows at a time."""
    order = np.argsort(columns, kind="stable")  # rows stay in order within a column
    by_column = columns[order]
    rank = np.arange(len(order)) - np.searchsorted(by_column, by_column)
    early = order[rank < _MOST_HOLDERS]
    ones = np.ones(len(rows), np.int32)
    matrix = csr_array((ones, (rows, columns)), shape=shape)
    holders = csr_array((ones[: len(early)], (columns[early], rows[early])), shape=shape[::-1])
    for start, end in pairwise([*range(0, shape[0], _ROWS), shape[0]]):
        overlap = (matrix[start:end] @ holders).tocoo()
        later, earlier = overlap.coords[0] + start, overlap.coords[1]
        enough = overlap.data >= _TOLERANCE * LEAST_CONTAINED * np.minimum(sizes[later], sizes[earlier])
        chosen = np.flatnonzero((earlier < later) & enough)
        yield from zip(earlier[chosen].tolist(), later[chosen].tolist(), strict=True)
