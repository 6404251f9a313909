"""Reads the shape of German clauses: what is subordinate, what is an infinitive, what stands in the subjunctive of report.

There is no grammar here, only first words, last words and endings, which is what makes it fast. What it gets wrong: a
clause with neither ("Er floh gestern die Stadt") is any clause.
"""

from dataclasses import dataclass

import numpy as np

from .clauses import BRACKET, COMMA, among, word_number, word_numbers
from .reading import Marks, Reading

VERBS = ("say", "act", "weak")
# Words after which a clause is a relative one even where a preposition stands before ("in der", "nach dem").
RELATIVE = word_numbers("der", "die", "das", "dem", "den", "deren", "dessen", "denen", "welche", "welcher", "welchem", "welchen", "welches")
_HÄTTEN = word_numbers("hätten")
_CONDITION = word_numbers("hätte", "hätten", "wäre", "wären", "wenn", "falls")


@dataclass
class Shape:
    """What a clause looks like; arrays with one entry per clause.

    ``subjunctive``: has the subjunctive of report; ``unreal``: the other one, which may stand for it. Each with ``_first``:
    the clause begins with that verb; ``unreal_inner``: it does not end with it.
    ``said``: opened by dass or ob; ``zu``: an infinitive with zu; ``relative_word``: opened like a relative clause;
    ``relative``: one; ``subordinate``: one by its last word, whatever its mood; ``circumstance``: opened by weil, als …;
    ``verb_first``: goes on with the main clause before; ``known``: its first word is in one of the word sets.
    """

    subjunctive: np.ndarray
    subjunctive_first: np.ndarray
    unreal: np.ndarray
    unreal_first: np.ndarray
    unreal_inner: np.ndarray
    said: np.ndarray
    zu: np.ndarray
    relative_word: np.ndarray
    relative: np.ndarray
    subordinate: np.ndarray
    circumstance: np.ndarray
    verb_first: np.ndarray
    known: np.ndarray


def drop_homographs(reading: Reading) -> Reading:
    """Without verbs written as nouns ("das Schreiben"), nouns as verbs ("sorgen"), infinitives with zu, "Sei" and "Habe"."""
    marks, clauses = reading.marks, reading.clauses
    lower = clauses.is_lower(marks.start)
    zu = (clauses.letters.words_to(marks.start - 1) == word_number("uz")) & (marks.start > clauses.start[reading.mark_at])
    verb = marks.are(*VERBS) | is_split(marks)
    begins = among(marks.start, reading.layout.start)
    dropped = verb & (zu | ~lower & ~begins) | marks.are("noun", "noun_zu") & lower | marks.are("subjunctive", "hearsay") & ~lower
    return reading.with_marks(~dropped)


def is_split(marks: Marks) -> np.ndarray:
    """Whether each mark is a verb that may be split ("teilte … mit")."""
    return marks.begin_with("split_")


def read_shape(reading: Reading) -> Shape:
    """The shapes of all clauses."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    opening, closing = marks.start == clauses.start[at], marks.end == clauses.end[at]
    as_if = clauses.first == word_number("als")
    report, unreal = marks.are("subjunctive"), marks.are("subjunctive2")
    author = reading.in_unit(reading.has(marks.are("author")))
    if_clause = among(clauses.first, _CONDITION)
    counted = reading.has(report) & ~as_if & ~author
    # "Die Leute hätten gewartet" outside any condition is report: the narrator would say "haben" or "hatten".
    plural = reading.has(unreal & ~closing & among(clauses.letters.words_from(marks.start), _HÄTTEN) & clauses.is_lower(marks.start))
    relative_word = reading.opens("relative") | reading.opens("preposition") & among(clauses.second, RELATIVE)
    relative_word &= reading.lower & reading.follows
    counted |= plural & ~as_if & ~clauses.quoted & _ends_in(reading, "t", "en") & ~reading.in_unit(if_clause) & ~reading.opens("relative")
    softened = reading.has(unreal) & ~as_if & (clauses.first != word_number("wenn"))
    zu = _is_zu_infinitive(reading) & ~reading.opens("purpose")
    inner = reading.has(unreal & ~closing) & softened
    verb_last = reading.closes("last_finite") | _ends_in(reading, "t", "te", "ten")
    relative = relative_word & (verb_last & ~zu & ~inner | reading.opens("preposition")) & ~counted
    known = reading.opens("article", "relative", "circumstance", "joining", "content", "preposition", "adverb", "that", "purpose")
    put_in = (clauses.sign >= BRACKET) & (clauses.sign <= COMMA)
    report_first = reading.has(report & opening) & counted
    unreal_first = reading.has(unreal & opening)
    verb_first = reading.opens("finite") | ~known & _first_ends_in_t(reading) | report_first & put_in | unreal_first
    return Shape(
        counted, report_first & put_in, softened, unreal_first & put_in, inner, reading.opens("that"), zu, relative_word, relative,
        relative_word & verb_last, reading.opens("circumstance") & ~counted, verb_first & reading.lower, known,
    )  # fmt: skip


def letters_before(reading: Reading, places: np.ndarray, *endings: str) -> np.ndarray:
    """Whether one of the endings stands before each place."""
    before = reading.clauses.letters.eight_to(places)
    found = np.zeros(len(places), bool)
    for ending in endings:
        found |= before & np.uint64((1 << 8 * len(ending)) - 1) == word_number(ending[::-1])
    return found


def _ends_in(reading: Reading, *endings: str) -> np.ndarray:
    """Whether the clause's last word, in small letters, has one of the endings."""
    return letters_before(reading, reading.clauses.end, *endings) & reading.last_is_lower


def _first_ends_in_t(reading: Reading) -> np.ndarray:
    """Whether the clause's first word ends like a finite verb."""
    return letters_before(reading, reading.clauses.second_start - 1, "t", "te", "ten")


def _is_zu_infinitive(reading: Reading) -> np.ndarray:
    """Whether the clause ends in an infinitive with zu before it ("zu gehen") or in it ("wegzugehen")."""
    clauses = reading.clauses
    maybe = np.flatnonzero(_ends_in(reading, "n"))
    begin, end = reading.last_start[maybe], clauses.end[maybe]
    found = clauses.letters.words_to(begin - 1) == word_number("uz")
    behind = clauses.letters.eight_from(begin + 2)
    for k in range(2, 8):  # a prefix has two to seven letters: abzugeben, entgegenzunehmen is cut at the end
        found |= ((behind >> np.uint64(8 * (k - 2))) & np.uint64(0xFFFF) == word_number("zu")) & (begin + k + 3 < end)
    held = np.zeros(len(clauses), bool)
    held[maybe[found]] = True
    return held
