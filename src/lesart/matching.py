"""Turns the words of a text into matches of patterns: steps 3 and 4 of the tagger (``tagging.py``).

What a word may be by itself is asked of each distinct word once. A phrase is looked for where its rarest word stands, which
most often is nowhere; so little is left to look at, and all of it goes through whole arrays.
"""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from .characters import is_capital
from .compiling import ANY_WORD, Compiled
from .patterns import SNIPPET
from .sentences import Layout
from .voice import find_snippets
from .words import Vocabulary, Words

# Larger than any place in a chunk: makes one sortable number of a group and a place.
BIG = 1 << 40
_TRACE_OF_ANY = np.uint64(1 << 63)  # see ``_trace``


@dataclass
class Matches:
    """Arrays with one entry per match: its pattern, its place in the text, the end of what stands together (before
    the first gap), and how much of the text it covers without its gaps."""

    pattern: np.ndarray
    start: np.ndarray
    end: np.ndarray
    head_end: np.ndarray
    covered: np.ndarray

    def take(self, chosen: np.ndarray) -> "Matches":
        return Matches(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass
class Found:
    """Which literals fit which distinct words, as pairs in the order of the words.

    ``pair``: each pair as one number, sorted; ``n_of``: for each literal how many words of the text it fits, and in the last place
    ``BIG`` for ``ANY_WORD``; ``traces``: for each word of the text 64 bits, of which each of its literals has set one. A phrase's
    next word is nearly always another, and a look at one bit mostly says so.
    """

    word: np.ndarray
    literal: np.ndarray
    pair: np.ndarray
    n_of: np.ndarray
    traces: np.ndarray

    def fits(self, word: np.ndarray, literal: np.ndarray, n_literals: int) -> np.ndarray:
        """Whether each literal fits the distinct word beside it."""
        if not len(self.pair):
            return np.zeros(len(word), bool)
        wanted = word * n_literals + literal
        return self.pair[np.minimum(np.searchsorted(self.pair, wanted), len(self.pair) - 1)] == wanted


def _trace(literal: np.ndarray) -> np.ndarray:
    """The bit that a literal sets; the highest stands for any word."""
    return np.where(literal == ANY_WORD, _TRACE_OF_ANY, np.uint64(1) << (literal % 63).astype(np.uint64))


def find_literals(words: Words, compiled: Compiled) -> Found:
    """Step 3: which literals fit each distinct word."""
    vocabulary = words.vocabulary
    raw = compiled.automaton.find_matches_as_indexes(vocabulary.haystack.tobytes(), overlapping=True) if compiled.automaton else []
    flat = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
    literal = flat[:, 0]
    place = flat[:, 1] + ~compiled.open_left[literal]
    if len(compiled.capitals):
        kept = _keep_case(literal, place, vocabulary, compiled)
        literal, place = literal[kept], place[kept]
    word = vocabulary.word_at(place)
    if compiled.number_literal is not None:
        first = vocabulary.haystack[vocabulary.first]
        numbers = np.flatnonzero((first >= ord("0")) & (first <= ord("9")))
        word = np.concatenate((word, numbers))
        literal = np.concatenate((literal, np.full(len(numbers), compiled.number_literal)))
    pair = np.unique(word * compiled.n_literals + literal)  # a stem may fit a word twice
    word, literal = np.divmod(pair, max(compiled.n_literals, 1))
    n_of_word = np.bincount(words.distinct, minlength=len(vocabulary))
    n_of = np.bincount(literal, n_of_word[word], compiled.n_literals + 1).astype(np.int64)
    n_of[ANY_WORD] = BIG
    traces = _TRACE_OF_ANY | _join_bits(word, _trace(literal), len(vocabulary))
    return Found(word, literal, pair, n_of, traces[words.distinct])


def _join_bits(word: np.ndarray, bits: np.ndarray, n_words: int) -> np.ndarray:
    """For each distinct word all bits that it is given; the words are in order."""
    joined = np.zeros(n_words, np.uint64)
    first = np.flatnonzero(np.diff(word, prepend=-1))
    if len(first):
        joined[word[first]] = np.bitwise_or.reduceat(bits, first)
    return joined


def _keep_case(literal: np.ndarray, place: np.ndarray, vocabulary: Vocabulary, compiled: Compiled) -> np.ndarray:
    """Which finds stay: those of ``=patterns`` only where the word has the same capitals."""
    first = compiled.capitals_from[literal]
    which, wanted = spread(first, compiled.capitals_from[literal + 1])
    shown = vocabulary.shown[(place - first)[which] + wanted]
    keep = np.ones(len(literal), bool)
    keep[which[is_capital(shown) != compiled.capitals[wanted]]] = False
    return keep


def assemble(found: Found, words: Words, layout: Layout, compiled: Compiled) -> Matches:
    """Step 4: words become matches of patterns."""
    pieces = [_single_matches(found, words, compiled)]
    pieces += _run_matches(found, words, layout, compiled)
    pieces += _sign_matches(layout, compiled)
    return Matches(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in Matches.__dataclass_fields__))


def _single_matches(found: Found, words: Words, compiled: Compiled) -> Matches:
    """Matches of patterns of one word: those of the distinct words, wherever these stand."""
    which, use = spread(compiled.use_from[found.literal], compiled.use_from[found.literal + 1])
    token, nth = _spread_words(found.word[which], words)
    start, end = words.start[token], words.end[token]
    return Matches(compiled.use_pattern[use[nth]], start, end, end, end - start)


def _spread_words(distinct: np.ndarray, words: Words, token: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """All words of the text, or of the given ones, that are one of the distinct ones (which are in order), and the place of each
    in these."""
    slices = np.append(0, np.cumsum(np.bincount(distinct, minlength=len(words.vocabulary))))
    token = np.flatnonzero((slices[1:] > slices[:-1])[words.distinct]) if token is None else token
    which, nth = spread(slices[words.distinct[token]], slices[words.distinct[token] + 1])
    return token[which], nth


def spread(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For all numbers of the ranges from ``first`` to before ``last``: which range it is of, and the number."""
    full = np.flatnonzero(last > first)
    width = last[full] - first[full]
    number = np.repeat(first[full] - np.cumsum(width) + width, width)
    number += np.arange(len(number))
    return np.repeat(full, width), number


def _run_matches(found: Found, words: Words, layout: Layout, compiled: Compiled) -> list[Matches]:
    """Matches of patterns of several words: a run of them is one, or begins one that goes on behind a gap in its sentence."""
    runs = compiled.runs
    n_runs = np.bincount(runs.pattern, minlength=len(compiled.table))
    pieces, matches, last = [], None, None
    for n_gaps in range(int(n_runs.max(initial=0))):
        use = np.flatnonzero(runs.position == n_gaps)
        if matches:  # after a gap only what goes on from something
            use = use[np.bincount(matches.pattern, minlength=len(n_runs))[runs.pattern[use]] > 0]
        run, first, final = _find_runs(np.flatnonzero(np.bincount(runs.run[use])), found, words, compiled)
        start, end = words.start[first], words.end[final]
        if matches:
            next_run = np.zeros(len(n_runs), np.int64)
            next_run[runs.pattern[use]] = runs.run[use]
            kept, target = _later_in_sentence(matches.pattern, next_run[matches.pattern], last, run, first, words, layout)
            matches, last, end = matches.take(kept), final[target], end[target]
            matches = Matches(matches.pattern, matches.start, end, matches.head_end, matches.covered + end - start[target])
        else:
            of_run = runs.run[use]
            which, nth = spread(np.searchsorted(of_run, run), np.searchsorted(of_run, run, side="right"))
            start, end, last = start[which], end[which], final[which]
            matches = Matches(runs.pattern[use[nth]], start, end, end, end - start)
        done = n_runs[matches.pattern] == n_gaps + 1
        pieces.append(matches.take(np.flatnonzero(done)))
        order = np.argsort(matches.pattern[~done] * BIG + last[~done], kind="stable")
        matches, last = matches.take(np.flatnonzero(~done)[order]), last[~done][order]
    return pieces


def _find_runs(rows: np.ndarray, found: Found, words: Words, compiled: Compiled) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where runs of words stand: number of the run, its first and its last word, in the order of the first two.

    Each run is looked for only where its rarest word stands, which most often is nowhere; there its other words are looked for,
    one beside it first and then the rarest, so that little is left to look at.
    """
    is_there = found.n_of > 0  # ANY_WORD, which the words beyond a run's end are too, is everywhere
    rows = rows[np.logical_and.reduce([is_there[column] for column in compiled.runs.literal.T])[rows]]
    literals = compiled.runs.literal[rows]
    order = _order_words(found.n_of[literals])
    literals = np.ascontiguousarray(np.take_along_axis(literals, order, axis=1).T)  # a row for the first words to look for, the next …
    offset, length = np.ascontiguousarray((order - order[:, :1]).T), compiled.runs.length[rows]
    token, slices = _list_tokens(found, words, literals, offset)
    which, nth = spread(slices[literals[0]], slices[literals[0] + 1])
    token = token[nth]
    for k in range(1, len(literals)):
        # Beyond a run's end any word fits, and what goes on beyond the text's is dropped below, when little is left.
        there = token + offset[k][which]
        maybe = np.flatnonzero((found.traces.take(there, mode="clip") & _trace(literals[k])[which]) != 0)
        which, token, there = which[maybe], token[maybe], there[maybe]
        literal = literals[k][which]
        asked = np.flatnonzero(literal != ANY_WORD)
        if not len(asked):
            break
        good = np.ones(len(literal), bool)
        good[asked] = found.fits(words.distinct.take(there[asked], mode="clip"), literal[asked], compiled.n_literals)
        kept = np.flatnonzero(good)
        which, token = which[kept], token[kept]
    first = token - order[which, 0]
    kept = np.flatnonzero((first >= 0) & (first + length[which] <= len(words)))
    kept = kept[_has_borders(rows[which[kept]], first[kept], words, compiled)]
    which, first = which[kept], first[kept]
    return rows[which], first, first + length[which] - 1


def _order_words(n_of: np.ndarray) -> np.ndarray:
    """The order in which the words of each run are looked for, by how many there are of each: the rarest, the rarer one of the two
    beside it, then the others, the rarest first."""
    rank = np.full((len(n_of), n_of.shape[1] + 2), BIG)  # so that each has two beside it
    rank[:, 1:-1] = n_of
    row, rarest = np.arange(len(n_of)), 1 + n_of.argmin(axis=1)
    beside = np.where(rank[row, rarest - 1] < rank[row, rarest + 1], rarest - 1, rarest + 1)
    known = np.flatnonzero(rank[row, beside] < BIG)
    rank[known, beside[known]] = -1
    rank[row, rarest] = -2
    return np.argsort(rank[:, 1:-1], axis=1)


def _list_tokens(found: Found, words: Words, literals: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The words that the first literals fit, in order, by literal; and where each literal's begin in this list.

    Without those beside which, by their traces, none of the second literals may stand. A second one that stands farther away rules
    out nothing.
    """
    first, bits = literals[0], np.where(np.abs(offset[1]) == 1, _trace(literals[1]), _TRACE_OF_ANY)
    n_literals = len(found.literal) and int(found.literal.max()) + 1
    before, after = np.zeros((2, n_literals), np.uint64)
    np.bitwise_or.at(before, first[offset[1] < 0], bits[offset[1] < 0])
    np.bitwise_or.at(after, first[offset[1] > 0], bits[offset[1] > 0])
    pair = np.flatnonzero((before | after)[found.literal] != 0)
    word, literal = found.word[pair], found.literal[pair]
    before, after = (_join_bits(word, side[literal], len(words.vocabulary)) for side in (before, after))
    token = np.flatnonzero(((before | after) != 0)[words.distinct])
    here = words.distinct[token]
    fits = before[here] & found.traces.take(token - 1, mode="clip") | after[here] & found.traces.take(token + 1, mode="clip")
    token, nth = _spread_words(word, words, token[np.flatnonzero(fits != 0)])
    literal = literal.astype(np.min_scalar_type(n_literals))[nth]  # 16 bits are sorted without comparing
    order = np.argsort(literal, kind="stable")
    return token[order], np.append(0, np.cumsum(np.bincount(literal, minlength=n_literals)))


def _has_borders(run: np.ndarray, first: np.ndarray, words: Words, compiled: Compiled) -> np.ndarray:
    """Which of the runs that begin at these words have punctuation between their words where they ask for it, and nowhere else."""
    good, length, rest = np.ones(len(run), bool), compiled.runs.length[run], np.arange(len(run))
    for k, border in enumerate(compiled.runs.border.T):
        rest = rest[np.flatnonzero(length[rest] > k + 1)]  # few runs are long
        good[rest] &= words.border[first[rest] + k] == border[run[rest]]
    return np.flatnonzero(good)


def _later_in_sentence(
    pattern: np.ndarray, wanted: np.ndarray, last: np.ndarray, run: np.ndarray, first: np.ndarray, words: Words, layout: Layout
) -> tuple[np.ndarray, np.ndarray]:
    """Which matches, ending with words ``last``, have the wanted run, beginning with words ``first``, later in their sentence.

    Gives the numbers of the matches and of their runs; of several of a pattern that share a run, the nearest has it.
    """
    target = np.searchsorted(run * BIG + first, wanted * BIG + last, side="right")
    kept = np.flatnonzero(target < len(run))
    kept = kept[run[target[kept]] == wanted[kept]]
    target = target[kept]
    here, there = layout.sentence_at(words.start[last[kept]]), layout.sentence_at(words.start[first[target]])
    kept, target = kept[here == there], target[here == there]
    nearest = (np.diff(target, append=-1) != 0) | (np.diff(pattern[kept], append=-1) != 0)
    return kept[nearest], target[nearest]


def _sign_matches(layout: Layout, compiled: Compiled) -> list[Matches]:
    """Matches of single punctuation signs and of a few words in quotation marks."""
    pieces = []
    for sign, patterns in compiled.signs.items():
        if sign == SNIPPET:
            start, end = find_snippets(layout)
        else:
            start = layout.characters.find(sign)
            end = start + 1
        for pattern in patterns:
            pieces.append(Matches(np.full(len(start), pattern), start, end, end, end - start))
    return pieces
