"""Finds who says that somebody speaks: the German clauses that frame reported speech, and what each frames.

A frame is *forward* (what is said follows: "Müller sagte, …"), *back* (it went before: "…, sagte Müller"), both, or
*around* ("wie Müller sagte").
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .clauses import BRACKET, COLON, COMMA, QUOTATION, among, word_number, word_numbers
from .clauses_de import VERBS, Shape, is_split
from .reading import Marks, Reading, carry

# Characters: what is longer is no mere name put in ("Frank-Jürgen Weise, Chef der Behörde"), no rest of a split verb's clause.
_NAMED, _REST = 50, 60
# Clauses between a split verb and its particle, or between "wie" and its verb, at most ("wie Weise, der Chef (CDU), sagte").
_REACH = 4
SO = word_number("so")  # the only word that makes a frame without a verb: ", so Müller"
_HAVE = word_numbers("hat", "hatte", "haben", "hatten")


@dataclass
class Frames:
    """Which clauses say that somebody says something: ``all`` of them, and which are ``forward``, ``back``, ``around``.

    ``around_word``: the clause that begins with "wie"; ``low``: a forward frame that is itself subordinate; ``strong``: with
    a verb of saying and nothing else; ``act``: with a verb whose object, too, is what is said. The last two of all clauses.
    """

    all: np.ndarray
    forward: np.ndarray
    back: np.ndarray
    around: np.ndarray
    around_word: np.ndarray
    low: np.ndarray
    strong: np.ndarray
    act: np.ndarray


def drop_torn_verbs(reading: Reading) -> Reading:
    """Without the verbs that may be split but whose particle does not stand where it could ("stellte" without "fest"), which are
    most of them: no rule asks for these, and their sentences need not be looked at."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    chosen = np.flatnonzero(is_split(marks))
    home, kept = at[chosen], np.ones(len(marks.start), bool)
    kept[chosen] = False
    for k in range(_REACH):
        there = np.minimum(home + k, len(clauses) - 1)
        near = np.flatnonzero(clauses.unit[there] == clauses.unit[home])
        last = clauses.letters.words_to(clauses.end[there[near]])
        kept[chosen[near[_are_particles(marks.take(chosen[near]), last)]]] = True
    return reading.with_marks(kept)


@cache
def _particles(kinds: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The particles of all kinds of verbs that may be split, read backwards, in order; and for each kind which of them are its."""
    own = [word_numbers(*(word[::-1] for word in kind.split("_")[2:])) if kind.startswith("split_") else word_numbers() for kind in kinds]
    every = np.unique(np.concatenate([*own, word_numbers("")]))
    return every, np.array([among(every, words) for words in own], bool).reshape(len(own), len(every))


def _are_particles(marks: Marks, words: np.ndarray) -> np.ndarray:
    """Whether each word, read backwards, is a particle of the verb beside it."""
    every, own = _particles(marks.kinds)
    nth = np.minimum(np.searchsorted(every, words), len(every) - 1)
    return (every[nth] == words) & own[marks.kind, nth]


def _split_verbs(reading: Reading, shape: Shape) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Where split verbs are ("teilte … mit"): clauses of verbs, of such that open their clause, of acts, of particles."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    verb, first, act, rest = (np.zeros(len(clauses), bool) for _ in range(4))
    short = ~reading.opens("article") & (clauses.end - clauses.start < _REST)
    put_in = shape.relative | shape.circumstance | (clauses.sign == BRACKET) | clauses.quoted
    put_in |= ~reading.lower & (clauses.end - clauses.start < _NAMED)
    chosen = np.flatnonzero(is_split(marks))
    split, home = marks.take(chosen), at[chosen]
    is_act, open_ = split.begin_with("split_act"), np.ones(len(chosen), bool)
    for k in range(_REACH):
        there = np.minimum(home + k, len(clauses) - 1)
        hit = open_ & (clauses.unit[there] == clauses.unit[home]) & _are_particles(split, clauses.last[there])
        if k:
            beside = (k == 1) & (clauses.sign[there] <= BRACKET)
            hit &= short[there] & (put_in[np.minimum(home + 1, len(clauses) - 1)] | beside)
            rest[there[hit]] = True
        open_ &= ~hit
        verb[home[hit]] = True
        first[home[hit & (split.start == clauses.start[home])]] = True
        act[home[hit & is_act]] = True
    return verb, first, act, rest


def find_frames(reading: Reading, shape: Shape, in_source: np.ndarray) -> Frames:
    """The frames of a reading; ``in_source``: clauses under "laut X", whose verbs of saying belong to what X says."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    is_verb = marks.are(*VERBS)
    split, split_first, split_act, rest = _split_verbs(reading, shape)
    saying = reading.has(is_verb) | split
    strong = reading.has(marks.are("say")) | split
    act = reading.has(marks.are("act") & (marks.end < clauses.end[at])) | split_act
    have = among(clauses.first, _HAVE)
    first = (reading.has(is_verb & (marks.start == clauses.start[at])) | split_first | have & saying) & reading.lower & (clauses.second != 0)
    last = reading.has(is_verb & (marks.end == clauses.end[at])) & saying
    frame = (saying | rest) & ~shape.said & ~shape.subjunctive & ~clauses.quoted
    frame &= ~reading.in_unit(reading.has(marks.are("author")))
    around_word, around = _find_around(reading, shape, frame, saying, last)
    subject_next = reading.second_is("article") | clauses.is_capital(clauses.second_start)
    said = shape.subjunctive | clauses.quoted
    said_before = reading.after(shape.subjunctive) | reading.after(clauses.quoted) & ((clauses.sign != QUOTATION) | _quote_ends(reading))
    complement = (shape.said | shape.subjunctive | shape.zu | clauses.quoted | (clauses.sign == COLON)) & ~shape.relative
    follows = reading.before(complement)
    # ", erklärte Müller." after a plain clause is a back frame, but not after a name: "Müller, der Chef, erklärte …"
    named = reading.after(shape.relative | ~reading.lower & reading.follows & (clauses.end - clauses.start < _NAMED))
    plain = strong & subject_next & ~have & ~follows & ~reading.later(said) & (clauses.sign == COMMA) & ~named
    inverted = frame & first & reading.follows & (clauses.sign != 0)
    back = _is_so(reading, shape) | inverted & (said_before | reading.earlier(said) & subject_next | plain)
    frame &= ~(in_source & ~back & ~around_word)
    forward = frame & ~around & ~(back & ~follows)
    low = (shape.relative | shape.circumstance | shape.subordinate) & forward
    return Frames(frame | back | around, forward, back, around, around_word, low, strong, act)


def _quote_ends(reading: Reading) -> np.ndarray:
    """Whether the quotation before the clause ends like a sentence ("„Wer?“ fragte er"), so that it is no name."""
    ends = np.append(reading.quotations[1], 0)
    before = ends[np.searchsorted(reading.quotations[1], reading.clauses.start, side="right") - 1]
    return np.isin(reading.layout.codes[np.maximum(before - 2, 0)], [ord(sign) for sign in "!?.,"])


def _is_so(reading: Reading, shape: Shape) -> np.ndarray:
    """", so Müller", ", so die Polizei", ", so sagte er"."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    verb_next = reading.has(marks.are(*VERBS) & (marks.start == clauses.second_start[at]))
    named = reading.second_is("article") | clauses.is_capital(clauses.second_start) | verb_next
    so = (clauses.first == SO) & reading.lower & reading.follows
    return so & named & ~shape.subjunctive & ~shape.unreal & ~clauses.quoted


def _find_around(
    reading: Reading, shape: Shape, frame: np.ndarray, saying: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Clauses that begin "wie Müller sagte", and all that belongs to them ("wie Müller, der Chef, sagte")."""
    clauses = reading.clauses
    how = (clauses.first == word_number("wie")) & ~shape.subjunctive & ~clauses.quoted
    word = how & saying
    for k in range(1, _REACH):
        there = np.minimum(np.arange(len(clauses)) + k, len(clauses) - 1)
        word |= how & (clauses.unit[there] == clauses.unit) & (last & frame & ~shape.verb_first)[there]
    word &= ~reading.after(frame & ~last)  # "erklärte, wie …" is an object
    zone = carry(np.where(word, 1, np.where(reading.after(last), -1, 0)), clauses.unit) == 1
    return word, zone
