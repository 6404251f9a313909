"""Finds articles that retell one another, in one language or two, by the evidence they share (``evidence.py``).

A piece of evidence speaks for kinship as far as it is rare: in the corpus (inverse document frequency; Spärck Jones 1972, "A
statistical interpretation of term specificity"), and among the articles on the same event, which all have its names and sums.
Two articles are kin when what they share weighs enough, and leaves little of the shorter one's evidence over: who reports
an event by himself has voices and figures of his own.

What it gets wrong: two reports written from one long press release and nothing else look like one retelling the other; a
retelling that drops all names and figures is not found.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

# What a piece of evidence weighs when no other article has it. A name in full is two words. A quoted person says most: the
# voices are what reports of one event differ in most. A year says next to nothing.
WEIGHTS = {"word": 0.5, "name": 1.0, "voice": 1.2, "date": 0.5, "month": 0.3, "institution": 0.3, "year": 0.1}
# Figures and shares by their digits other than zeros at the end: "20" is met by chance, "14.3 billion" hardly.
_DIGITS = {1: 0.25, 2: 0.5}
_MANY_DIGITS = 0.8
# Least weight of what is shared, times the square of its share in the evidence of the one that has less. Chosen between the
# weakest kin and the strongest others of the texts of corpus/same_story marked "tuning" (4.9 and 0.4 across languages, 6.9 and
# 1.0 within one), the teaching articles (others: 2.0 and 3.4), those on other events (2.5 and 1.5), and the press (kin: 6.8
# among five, 3.4 among five and the teaching articles). Within a language more who only write of one event look alike.
LEAST_ACROSS = 3.0
LEAST_WITHIN = 4.5
# More is asked of two articles whose event no third is on: nothing shows then what all who write of it know.
_LEAST_MORE = 2.4
# In a smaller corpus no frequency can tell what is rare.
_SMALL_CORPUS = 20
# Articles that share this weight are taken to be on the same event, at most so many of them.
_NEAR = 1.0
_MOST_NEAR = 100
# Evidence that more articles have leads from none to another, though it still counts.
_MOST_HOLDERS = 200
_ROWS = 1_000


@dataclass(frozen=True)
class _Corpus:
    """The evidence of a corpus: a row per article, a column per key; what each column weighs, and whether it is a name in full
    (counted in what is shared, but not in an article's own evidence: in German any two nouns may look like one)."""

    table: csr_array
    weights: np.ndarray
    full_names: np.ndarray

    def columns_of(self, row: int) -> np.ndarray:
        return self.table.indices[self.table.indptr[row] : self.table.indptr[row + 1]]


def find_retellings(evidence: Iterable[dict[str, str]], languages: Sequence[str]) -> pd.DataFrame:
    """The pairs of articles that tell the same story by their evidence.

    ``evidence``: for each article key → surface, as ``read_evidence`` gives it. A row is a pair; columns ``first``, ``second``
    (numbers of the articles, ``first`` < ``second``), ``contained`` (weight of what is shared by that of all evidence of the
    article that has less, 0 to 1), ``weight`` (of what is shared; a rare name of one word is 0.5), ``n_shared`` (pieces);
    ordered by the numbers.
    """
    corpus = _tabulate(evidence, languages)
    near = _find_near(corpus)
    candidates = near[near["weight"] >= LEAST_ACROSS]
    near_of = _group_near(near)
    cache: dict[int, tuple[np.ndarray, np.ndarray, float]] = {}
    rows = []
    for first, second in candidates[["first", "second"]].itertuples(index=False):
        sides = []
        for row in (first, second):
            if row not in cache:
                cache[row] = _weigh(corpus, row, near_of[row])
            sides.append(cache[row])
        weight, contained, n_shared = _compare(corpus, *sides)
        n_others = len(np.union1d(near_of[first], near_of[second])) - 2
        least = (LEAST_ACROSS if languages[first] != languages[second] else LEAST_WITHIN) + _LEAST_MORE / (1 + n_others)
        if weight * contained**2 >= least:
            rows.append((first, second, contained, weight, n_shared))
    return pd.DataFrame(rows, columns=["first", "second", "contained", "weight", "n_shared"])


def _tabulate(evidence: Iterable[dict[str, str]], languages: Sequence[str]) -> _Corpus:
    """Number the keys and weigh them; of German words those are kept that an English article has for a name."""
    numbers: dict[str, int] = {}
    rows = [np.array([numbers.setdefault(key, len(numbers)) for key in pieces], np.int64) for pieces in evidence]
    keys = list(numbers)
    of_word = np.array([key.startswith(("word:", "voice:")) for key in keys], bool)
    english = np.zeros(len(keys), bool)
    for row, language in zip(rows, languages, strict=True):
        if language == "en":
            english[row] = True
    words = {key[5:] for key, here in zip(keys, english, strict=True) if here and key.startswith("word:")}
    full_names = np.array([key.startswith("name:") for key in keys], bool)
    kept = np.array([_is_kept(key, words) for key in keys], bool) if keys else of_word
    rows = [np.sort(row[kept[row]]) for row in rows]
    indptr = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    indices = np.concatenate([*rows, np.empty(0, np.int64)]).astype(np.int64)
    table = csr_array((np.ones(len(indices), np.float32), indices, indptr), shape=(len(rows), max(len(keys), 1)))
    held = np.maximum(np.bincount(indices, minlength=max(len(keys), 1)), 2)
    size = max(len(rows), _SMALL_CORPUS)
    rarity = np.clip(np.log(size / held) / np.log(size / 2), 0, 1)
    priors = np.array([weigh_key(key) for key in keys] or [0.0])
    return _Corpus(table, priors * rarity, full_names if keys else np.zeros(1, bool))


def _is_kept(key: str, words: set[str]) -> bool:
    """Whether a key counts: a word or voice that is a name in English, a full name whose words do not count by themselves."""
    kind, _, value = key.partition(":")
    if kind == "name":
        return not words.issuperset(value.split())
    return kind not in ("word", "voice") or value in words


def weigh_key(key: str) -> float:
    """What a piece of evidence weighs that nobody else has.

    >>> [weigh_key(key) for key in ("figure:14300000000", "percent:49", "figure:20", "word:wang", "voice:cant", "date:06-12")]
    [0.8, 0.5, 0.25, 0.5, 1.2, 0.5]
    """
    kind, _, value = key.partition(":")
    if kind in WEIGHTS:
        return WEIGHTS[kind]
    digits = re.sub(r"e.*|\.", "", value).strip("0")
    return _DIGITS.get(len(digits), _MANY_DIGITS)


def _find_near(corpus: _Corpus) -> pd.DataFrame:
    """The pairs of articles that share some weight of evidence, by a product of sparse matrices, some rows at a time."""
    held = np.bincount(corpus.table.indices, minlength=corpus.table.shape[1])
    links = (held > 1) & (held <= _MOST_HOLDERS)
    weights = np.where(links, corpus.weights, 0.0).astype(np.float32)
    left, right = corpus.table.multiply(weights[None, :]).tocsr(), corpus.table.T.tocsr()
    left.eliminate_zeros()
    pieces = []
    for start, end in pairwise([*range(0, left.shape[0], _ROWS), left.shape[0]]):
        product = (left[start:end] @ right).tocoo()
        first, second = product.coords[0] + start, product.coords[1]
        chosen = (first < second) & (product.data >= _NEAR)
        pieces.append(pd.DataFrame({"first": first[chosen], "second": second[chosen], "weight": product.data[chosen]}))
    if not pieces:
        return pd.DataFrame({"first": [], "second": [], "weight": []})
    return pd.concat(pieces, ignore_index=True).sort_values(["first", "second"], kind="stable", ignore_index=True)


def _group_near(near: pd.DataFrame) -> dict[int, np.ndarray]:
    """For each article those on the same event, the nearest first, at most a hundred."""
    turned = near.rename(columns={"first": "second", "second": "first"})
    both = pd.concat([near, turned], ignore_index=True)
    both = both.sort_values(["first", "weight", "second"], ascending=[True, False, True], kind="stable")
    both = both[both.groupby("first").cumcount() < _MOST_NEAR]
    return {int(first): rows.to_numpy(np.int64) for first, rows in both.groupby("first")["second"]}


def _weigh(corpus: _Corpus, row: int, near: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """The columns of an article, how many on the same event have each (itself counted), and the weight of its own evidence."""
    columns = corpus.columns_of(row)
    held = np.ones(len(columns), np.int64)
    if len(columns):
        others = np.concatenate([corpus.columns_of(other) for other in near.tolist()])
        places = np.minimum(np.searchsorted(columns, others), len(columns) - 1)
        held += np.bincount(places[columns[places] == others], minlength=len(columns))
    own = ~corpus.full_names[columns]
    return columns, held, float((corpus.weights[columns] * _rarity(held))[own].sum())


def _rarity(held: np.ndarray) -> np.ndarray:
    """What two share alone counts in full, what six have a third."""
    return 2 / np.maximum(held, 2)


def _compare(corpus: _Corpus, one: tuple[np.ndarray, np.ndarray, float], other: tuple[np.ndarray, np.ndarray, float]) -> tuple[float, float, int]:
    """Weight of what two articles share, its share in the evidence of the one that has less, and its pieces."""
    shared, here, there = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    weights = corpus.weights[shared] * _rarity(np.maximum(one[1][here], other[1][there]))
    own = ~corpus.full_names[shared]
    return float(weights.sum()), min(1.0, float(weights[own].sum()) / max(min(one[2], other[2]), 1e-9)), len(shared)
