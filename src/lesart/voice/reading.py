"""Lays the marks of speech over the clauses of a text, so that a rule is one line over all clauses at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pandas as pd

from .clauses import Clauses, among, cut_clauses, word_sets
from ..sentences import Layout
from .spans import NO_SPANS, Spans, count_up_to, inside


_SLOT_BITS = 16  # of the hash table of words


@dataclass(frozen=True)
class Marks:
    """Matches of ``voice.yaml``'s category attribution outside quotations, in the order of the text."""

    kinds: tuple[str, ...]
    kind: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def are(self, *kinds: str) -> np.ndarray:
        """Whether each mark is of one of the kinds."""
        return _are(self.kinds, kinds)[self.kind]

    def begin_with(self, name: str) -> np.ndarray:
        """Whether the name of each mark's kind begins so."""
        return self.are(*(kind for kind in self.kinds if kind.startswith(name)))

    def take(self, chosen: np.ndarray) -> "Marks":
        return Marks(self.kinds, self.kind[chosen], self.start[chosen], self.end[chosen])


@cache
def _are(every: tuple[str, ...], chosen: tuple[str, ...]) -> np.ndarray:
    """For each of the kinds whether it is one of the chosen."""
    return np.array([kind in chosen for kind in every], bool)


def collect_marks(names: Iterable[str], start: np.ndarray, end: np.ndarray, quotations: Spans) -> Marks:
    """The marks of attribution ("attribution.say" and so on) among all marks of the tagger."""
    names = pd.Categorical(names)
    kinds = tuple(name.partition("attribution.")[2] for name in names.categories)
    marks = Marks(kinds, names.codes, np.asarray(start, np.int64), np.asarray(end, np.int64))
    kept = np.flatnonzero(~marks.are("") & ~inside(marks.start, quotations))
    return marks.take(kept[np.argsort(marks.start[kept], kind="stable")])


@dataclass(frozen=True)
class Reading:
    """Clauses with their marks. A rule asks for arrays with one entry per clause and combines them."""

    layout: Layout
    clauses: Clauses
    marks: Marks
    words: dict[str, np.ndarray]
    quotations: Spans

    @cached_property
    def mark_at(self) -> np.ndarray:
        """The clause of each mark."""
        return self.clauses.at(self.marks.start)

    @cached_property
    def follows(self) -> np.ndarray:
        """Whether the clause before is of the same unit."""
        unit = self.clauses.unit
        return np.concatenate(([False], unit[1:] == unit[:-1]))

    @cached_property
    def unit_first(self) -> np.ndarray:
        """For each unit, its first clause."""
        return np.flatnonzero(~self.follows)

    @cached_property
    def unit_last(self) -> np.ndarray:
        """For each unit, its last clause."""
        return np.append(self.unit_first[1:], len(self.clauses)) - 1

    @cached_property
    def lower(self) -> np.ndarray:
        """Whether the clause begins with a small letter."""
        return self.clauses.is_lower(self.clauses.start)

    def with_marks(self, kept: np.ndarray) -> "Reading":
        """The same clauses with the chosen marks only."""
        return Reading(self.layout, self.clauses, self.marks.take(np.flatnonzero(kept)), self.words, self.quotations)

    def opens(self, *names: str) -> np.ndarray:
        """Whether the clause's first word is in one of the word sets."""
        return self._sets_of(self.clauses.first) & self._mask(names) != 0

    def second_is(self, *names: str) -> np.ndarray:
        """Whether the clause's second word is in one of the word sets."""
        return self._sets_of(self.clauses.second) & self._mask(names) != 0

    def closes(self, *names: str) -> np.ndarray:
        """Whether the clause's last word is in one of the word sets, which have it read backwards."""
        return self._sets_of(self.clauses.last) & self._mask(names) != 0

    def _mask(self, names: tuple[str, ...]) -> int:
        return sum(1 << list(self.words).index(name) for name in names)

    def _sets_of(self, numbers: np.ndarray) -> np.ndarray:
        """For each word, which of the word sets have it, as bits in their order; kept, since every rule asks."""
        key = id(numbers)
        if key not in self._known:
            factor, words, bits = _index_words(self.layout.language)
            slot = _slot(numbers, factor)
            self._known[key] = bits[slot] * (words[slot] == numbers)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[int, np.ndarray]:
        return {}

    @cached_property
    def last_is_lower(self) -> np.ndarray:
        """Whether the clause's last word begins with a small letter."""
        return self.clauses.is_lower(self.last_start)

    @cached_property
    def last_start(self) -> np.ndarray:
        """Where the clause's last word begins."""
        return self.clauses.letters.start_of_word(self.clauses.end)

    def has(self, marks: np.ndarray) -> np.ndarray:
        """Whether one of the chosen marks is in the clause."""
        found = np.zeros(len(self.clauses), bool)
        found[self.mark_at[marks]] = True
        return found

    def after(self, values: np.ndarray) -> np.ndarray:
        """For each clause the value of the clause before it in its unit, or 0."""
        return np.concatenate((np.zeros(1, values.dtype), values[:-1])) * self.follows

    def before(self, values: np.ndarray) -> np.ndarray:
        """For each clause the value of the clause after it in its unit, or 0."""
        return np.concatenate((values[1:] * self.follows[1:], np.zeros(1, values.dtype)))

    def in_unit(self, values: np.ndarray) -> np.ndarray:
        """Whether any clause of the clause's unit has it."""
        found = np.zeros(len(self.unit_first), bool)
        found[self.clauses.unit[np.flatnonzero(values)]] = True
        return found[self.clauses.unit]

    def earlier(self, values: np.ndarray) -> np.ndarray:
        """Whether a clause before this one in its unit has it."""
        found = np.flatnonzero(values)[::-1]
        first = np.full(len(self.unit_first), len(values))
        first[self.clauses.unit[found]] = found  # of several in a unit the one given last stays
        return first[self.clauses.unit] < np.arange(len(values))

    def later(self, values: np.ndarray) -> np.ndarray:
        """Whether a clause after this one in its unit has it."""
        found = np.flatnonzero(values)
        last = np.full(len(self.unit_first), -1)
        last[self.clauses.unit[found]] = found
        return last[self.clauses.unit] > np.arange(len(values))

    def chain(self, weak: np.ndarray, spoken: np.ndarray) -> np.ndarray:
        """Which of the weak units (one entry per unit) go on with what was reported in the unit before them.

        ``spoken`` says of each unit whether it ends in reported speech; the chain stops at a paragraph's end.
        """
        paragraph = np.searchsorted(self.layout.paragraph_starts, self.clauses.start[self.unit_first], side="right")
        source = np.maximum.accumulate(np.where(weak, -1, np.arange(len(weak))))
        origin = np.maximum(source, 0)
        return weak & (source >= 0) & spoken[origin] & (paragraph == paragraph[origin])

    def join(self, kept: np.ndarray) -> Spans:
        """The places of the chosen clauses, neighbours joined; a whole sentence takes its final sign with it."""
        joined = kept[1:] & kept[:-1] & self.follows[1:]
        first = np.flatnonzero(kept & ~np.concatenate(([False], joined)))
        last = np.flatnonzero(kept & ~np.concatenate((joined, [False])))
        sentence = self.layout.sentence_at(self.clauses.start)
        change = sentence[1:] != sentence[:-1]
        whole = np.concatenate(([True], change))[first] & np.concatenate((change, [True]))[last]
        return self.clauses.start[first], np.where(whole, self.layout.end[sentence[last]], self.clauses.end[last])


@cache
def _index_words(language: str) -> tuple[np.uint64, np.ndarray, np.ndarray]:
    """The words of the word sets in a hash table: its factor, the word in each slot, and the sets that it is in, as bits.

    No two words share a slot, so a look-up is a multiplication and no search, which would be ten times as slow.
    """
    sets = word_sets(language)
    every = np.unique(np.concatenate(list(sets.values())))
    dice = np.random.default_rng(0)
    while True:  # some factor tells all words apart: there are far fewer of them than slots
        factor = dice.integers(1, 1 << 63, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        slot = _slot(every, factor)
        if len(np.unique(slot)) == len(every):
            break
    words, bits = np.zeros(1 << _SLOT_BITS, np.uint64), np.zeros(1 << _SLOT_BITS, np.int64)
    words[slot], bits[slot] = every, sum(among(every, some).astype(np.int64) << k for k, some in enumerate(sets.values()))
    return factor, words, bits


def _slot(numbers: np.ndarray, factor: np.uint64) -> np.ndarray:
    """The slot of each word's number: the highest bits of a product."""
    return (numbers * factor >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)


def carry(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Each value that is not 0 carried on over the zeros after it, within its group.

    >>> carry(np.array([0, 1, 0, 0, -1, 0]), np.array([0, 0, 0, 1, 1, 1]))
    array([ 0,  1,  1,  0, -1, -1])
    """
    last = np.maximum.accumulate(np.arange(len(values)) * (values != 0))
    return values[last] * (group[last] == group)


def carry_back(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """As ``carry``, over the zeros before it."""
    return carry(values[::-1], group[::-1])[::-1]


def keep_near_marks(reading: Reading, sources: Spans, frames: np.ndarray, back: np.ndarray) -> Reading:
    """The reading without the sentences that no rule looks at: those that have no mark, no source and no clause of ``frames``,
    and are not right before one that has, and that has a clause of ``back``.

    Only for rules that start from these, and reach no farther than their sentence, and from ``back`` no farther than the one before.
    """
    clauses = reading.clauses
    sentence = count_up_to(reading.layout.start, clauses.start)
    number = np.cumsum(np.diff(sentence, prepend=sentence[0]) != 0)
    marked, looks_back = np.zeros((2, number[-1] + 2), bool)
    for chosen in (reading.mark_at, clauses.at(sources[0]), frames):
        marked[number[chosen]] = True
    looks_back[number[back]] = True
    kept = marked[:-1] | marked[1:] & looks_back[1:]
    return replace(reading, clauses=clauses.take(np.flatnonzero(kept[number])))


def read_text(layout: Layout, marks: Marks, quotations: Spans, cuts: Spans = NO_SPANS) -> Reading:
    """A layout's clauses with their marks; ``cuts`` are phrases that are clauses of their own."""
    clauses = cut_clauses(layout, quotations, np.concatenate(cuts))
    return Reading(layout, clauses, marks, word_sets(layout.language), quotations)


