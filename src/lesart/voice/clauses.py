"""Cuts text into clauses and reads their first and last words, for the rules of reported speech.

A clause here is what stands between two signs (comma, colon, dash, bracket, quotation mark, sentence end): cruder than
grammar, but found without a parser, for many articles at once.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import yaml

from ..characters import Characters
from ..sentences import Layout
from .spans import Spans, count_up_to, inside

# The sign before a clause, the stronger the greater: of several signs in a row the strongest counts.
QUOTATION, BRACKET, DASH, COMMA, SEMICOLON, COLON = range(1, 7)
_SIGNS = {"(": BRACKET, ")": BRACKET, "[": BRACKET, "]": BRACKET, "-": DASH, "–": DASH, "—": DASH, ",": COMMA, ";": SEMICOLON, ":": COLON}
_TABLE_SIZE = 0x2040  # the last sign looked for is the long dash
_COMPARED = 8  # letters of a word that are compared: as many as one integer holds; no two words of the rules agree in them
_PADDING = 32
_STRIPPED = 6
_FEW = 16  # up to so many values are compared one by one, which is faster than a search
_HIGH = np.uint64(0x8080808080808080)


@cache
def _table() -> np.ndarray:
    """For each code point one byte: a sign's kind, 0x30 for a digit, 0x40 to 0x7F for a letter (small or not), or 0."""
    table = np.zeros(_TABLE_SIZE, np.uint8)
    for code in range(_TABLE_SIZE - 1):
        lower = ord(chr(code).lower()[0])
        if chr(code).isalpha():
            table[code] = lower if lower <= 0x7F else lower - 0x9F if 0xDF <= lower <= 0xFF else 0x7F
        elif chr(code).isdigit():
            table[code] = 0x30
    for sign, kind in _SIGNS.items():
        table[ord(sign)] = kind
    return table


@dataclass(frozen=True)
class Letters:
    """A text as bytes (see ``_table``), padded at both ends, so that words are compared eight letters at a time."""

    padded: np.ndarray

    @property
    def bytes(self) -> np.ndarray:
        return self.padded[_PADDING:-_PADDING]

    def words_from(self, places: np.ndarray) -> np.ndarray:
        """The word that begins at each place, as a number."""
        return _cut_word(self.eight_from(places))

    def words_to(self, places: np.ndarray) -> np.ndarray:
        """The word that ends before each place, as a number, read backwards."""
        return _cut_word(self.eight_to(places))

    def end_of_word(self, places: np.ndarray) -> np.ndarray:
        """Where the word that begins at each place ends."""
        ends = np.minimum(places, len(self.bytes))
        rest = np.arange(len(ends))
        while len(rest):  # eight letters at a time, and few words are longer
            n_letters = _count_letters(self.eight_from(ends[rest]))
            ends[rest] += n_letters
            rest = rest[n_letters == _COMPARED]
        return ends

    def start_of_word(self, places: np.ndarray) -> np.ndarray:
        """Where the word that ends before each place begins."""
        starts = places.copy()
        rest = np.arange(len(starts))
        while len(rest):
            n_letters = _count_letters(self.eight_to(starts[rest]))
            starts[rest] -= n_letters
            rest = rest[n_letters == _COMPARED]
        return starts

    def strip(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The stretches without the signs and white space at their ends (at most six: '.“) – “'); of those without anything else
        the end is not behind the start."""
        n_before, n_after = (np.minimum(_count_signs(eight), _STRIPPED) for eight in (self.eight_from(start), self.eight_to(end)))
        return start + n_before, end - n_after

    def eight_from(self, places: np.ndarray) -> np.ndarray:
        """The eight bytes from each place on, as a number, the first the lowest."""
        return self._windows[places + _PADDING]

    def eight_to(self, places: np.ndarray) -> np.ndarray:
        """The eight bytes before each place, as a number, the last the lowest."""
        return self.eight_from(places - _COMPARED).byteswap()

    @cached_property
    def _windows(self) -> np.ndarray:
        return np.ndarray((len(self.padded) - _COMPARED + 1,), np.uint64, self.padded, strides=(1,))


def _count_letters(eight: np.ndarray) -> np.ndarray:
    """How many of eight bytes are letters before the first that is none."""
    foreign = ~(eight << np.uint64(1)) & _HIGH
    before = (foreign & (~foreign + np.uint64(1))) - np.uint64(1)  # all bits below the lowest that is set
    return np.bitwise_count(before).astype(np.int64) >> 3


def _count_signs(eight: np.ndarray) -> np.ndarray:
    """How many of eight bytes are neither letters nor digits before the first that is one (these have the bit 0x40 or 0x20)."""
    ink = (eight << np.uint64(1) | eight << np.uint64(2)) & _HIGH
    return np.bitwise_count((ink & (~ink + np.uint64(1))) - np.uint64(1)).astype(np.int64) >> 3


def _cut_word(eight: np.ndarray) -> np.ndarray:
    """Eight bytes cut before the first that is no letter (letters have the bit 0x40, and no byte has the bit 0x80)."""
    foreign = ~(eight << np.uint64(1)) & _HIGH
    return eight & (((foreign & (~foreign + np.uint64(1))) >> np.uint64(7)) - np.uint64(1))  # the bytes below the lowest that is set


@cache
def word_number(word: str) -> int:
    """The number that stands for a word.

    >>> letters = Letters(np.concatenate((np.zeros(32, np.uint8), _table()[[ord(c) for c in "Daß, that"]], np.zeros(32, np.uint8))))
    >>> letters.words_from(np.array([0, 5])) == [word_number("daß"), word_number("that")]
    array([ True,  True])
    >>> letters.words_to(np.array([3])) == word_number("daß"[::-1])
    array([ True])
    """
    return int.from_bytes(bytes(_table()[ord(letter)] for letter in word[:_COMPARED]), "little")


def word_numbers(*words: str) -> np.ndarray:
    return np.array(sorted(map(word_number, words)), np.uint64)


@cache
def word_sets(language: str) -> dict[str, np.ndarray]:
    """The word sets of ``data/clauses.yaml`` as numbers; "last_" before a name has the words read backwards."""
    raw = yaml.load(files("lesart").joinpath("data/clauses.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    forward = {name: word_numbers(*sides[language]) for name, sides in raw.items()}
    return forward | {f"last_{name}": word_numbers(*(word[::-1] for word in sides[language])) for name, sides in raw.items()}


def among(values: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Whether each value is among the chosen ones, which are sorted: ``np.isin`` without its overhead."""
    if len(chosen) <= _FEW:
        return np.logical_or.reduce([values == one for one in chosen]) if len(chosen) else np.zeros(len(values), bool)
    return chosen[np.minimum(np.searchsorted(chosen, values), len(chosen) - 1)] == values


def read_letters(characters: Characters) -> Letters:
    """The bytes of a text's characters."""
    padded = np.zeros(len(characters.codes) + 2 * _PADDING, np.uint8)
    padded[_PADDING:-_PADDING] = characters.look_up(_table())
    return Letters(padded)


@dataclass(frozen=True)
class Clauses:
    """The clauses of a layout, in order; each array has one entry per clause.

    ``raw``: where it begins with the signs and white space around it; ``start``, ``end``: its place without them. ``unit``: the
    number of its sentence, counted from 0, where a semicolon ends one too. ``sign``: the strongest sign before it, 0 at a
    sentence's beginning. ``first``, ``second``, ``last``: its words as numbers, the last one read backwards. ``quoted``: in a
    quotation. Words are read when they are asked for, since most rules look at few of the clauses (see ``take``).
    """

    letters: Letters
    codes: np.ndarray
    quotations: Spans
    raw: np.ndarray
    start: np.ndarray
    end: np.ndarray
    unit: np.ndarray
    sign: np.ndarray

    @cached_property
    def first(self) -> np.ndarray:
        return self.letters.words_from(self.start)

    @cached_property
    def second_start(self) -> np.ndarray:
        return self.letters.end_of_word(self.start) + 1

    @cached_property
    def second(self) -> np.ndarray:
        return self.letters.words_from(self.second_start) * (self.second_start < self.end)

    @cached_property
    def last(self) -> np.ndarray:
        return self.letters.words_to(self.end)

    @cached_property
    def quoted(self) -> np.ndarray:
        return inside(self.raw, self.quotations)

    def begin_with(self, *words: np.uint64) -> np.ndarray:
        """The numbers of the clauses that begin with one of the words; few begin with its letter, so few are read."""
        initials = np.unique([word & np.uint64(0xFF) for word in words]).astype(np.uint8)
        maybe = np.flatnonzero(among(self.letters.bytes[self.start], initials))
        return maybe[among(self.letters.words_from(self.start[maybe]), np.sort(words))]

    def take(self, kept: np.ndarray) -> "Clauses":
        """The chosen clauses; their units are counted anew."""
        raw, start, end, unit, sign = (values[kept] for values in (self.raw, self.start, self.end, self.unit, self.sign))
        return Clauses(self.letters, self.codes, self.quotations, raw, start, end, _count_anew(unit), sign)

    def __len__(self) -> int:
        return len(self.start)

    def at(self, places: np.ndarray) -> np.ndarray:
        """The clause that each place is in, or the last one before it."""
        return np.maximum(np.searchsorted(self.start, places, side="right") - 1, 0)

    def is_lower(self, places: np.ndarray) -> np.ndarray:
        """Whether a small letter stands at each place."""
        code = self.codes[np.minimum(places, len(self.codes) - 1)]
        return (code >= 0x61) & ~((code >= 0xC0) & (code <= 0xDE))

    def is_capital(self, places: np.ndarray) -> np.ndarray:
        """Whether a capital letter stands at each place."""
        code = self.codes[np.minimum(places, len(self.codes) - 1)]
        return ((code >= 0x41) & (code <= 0x5A)) | ((code >= 0xC0) & (code <= 0xDE))


def cut_clauses(layout: Layout, quotations: Spans, cuts: np.ndarray) -> Clauses:
    """The clauses of a layout; ``cuts`` are places where one ends besides. No clause where the text has no letter."""
    letters = read_letters(layout.characters)
    places = layout.characters.find("".join(_SIGNS))
    kinds = letters.bytes[places]
    kept = np.flatnonzero(_is_cut(layout.codes, places, kinds))
    places, kinds = places[kept], kinds[kept]
    bounds = np.concatenate((layout.start, layout.end, cuts, *quotations, places))
    signs = np.zeros(len(bounds), np.uint8)
    signs[len(bounds) - len(places) - 2 * len(quotations[0]) :] = QUOTATION
    signs[len(bounds) - len(places) :] = kinds
    order = np.argsort(bounds, kind="stable")
    bounds, signs = bounds[order], signs[order]
    start, end = letters.strip(bounds, np.append(bounds[1:], len(layout.codes))[: len(bounds)])
    full = np.flatnonzero(end > start)
    # What stands after the last clause opens none, as what stands after the last of an article opens none of the next one.
    signs = np.maximum.reduceat(signs[: full[-1] + 1], np.append(0, full[:-1] + 1)) if len(full) else signs[:0]
    raw, start, end = bounds[full], start[full], end[full]
    unit_starts = np.sort(np.concatenate((layout.start, places[kinds == SEMICOLON])))
    unit = count_up_to(unit_starts, start)
    opening = np.searchsorted(raw, layout.start)
    signs[opening[raw.take(opening, mode="clip") == layout.start] if len(raw) else opening[:0]] = 0
    return Clauses(letters, layout.codes, quotations, raw, start, end, _count_anew(unit), signs)


def _count_anew(unit: np.ndarray) -> np.ndarray:
    """Numbers in order, counted from 0 without a gap."""
    return np.cumsum(np.diff(unit, prepend=unit[:1]) != 0)


def _is_cut(codes: np.ndarray, places: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """A bracket always cuts, a dash with white space on both sides, any other sign with white space after it."""
    spaced = codes[np.minimum(places + 1, len(codes) - 1)] <= 0x20
    free_dash = (codes[places] == ord("—")) | (spaced & (codes[np.maximum(places - 1, 0)] <= 0x20))
    return np.where(kinds == DASH, free_dash, spaced | (kinds == BRACKET))
