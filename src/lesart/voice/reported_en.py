"""Finds English reported speech: what stands under a verb or a noun of saying, under a source, or under "allegedly".

English sets no comma before what is said, so the rules go over the verbs of saying and not over the clauses: a *forward*
verb has what is said after it ("Meyer said (that) …"), a *back* verb before it ("…, Meyer said"), an *around* verb on
both sides ("as Meyer put it").

What it gets wrong: it cannot see where a clause with "that" ends when the sentence goes on without a comma ("His claim that
he knew nothing convinced nobody").
"""

import re
from dataclasses import dataclass, replace

import numpy as np

from .clauses import among, word_number, word_numbers
from .reading import Marks, Reading, read_text
from ..sentences import Layout
from .spans import NO_SPANS, Spans, inside, merge_spans, subtract_spans

_VERBS = ("say", "tell", "weak")
# Characters: how far after its verb "that" may stand ("said on Tuesday in a statement that"), how long the subject of a back
# frame may be, and what may follow its verb ("said on Monday in Berlin").
_THAT_REACH, _SUBJECT, _TAIL = 90, 70, 45
# Characters between a noun of saying and its "that" ("the claim of the minister that").
_NOUN_REACH = 40
_AUXILIARY = r"(?:is|are|was|were|be|has|have|had|will|would|can|could|may|might|must|should|does|did|do|won|cannot|ain)\b|\w+n['’]t\b|['’](?:s|re|ve|ll|d)\s"
# A verb of saying has a clause for its object when an auxiliary comes before any word that would make it a mere noun phrase.
_CLAUSE = re.compile(rf"(?:(?!\b(?:that|which|who|whose|where|when|to)\b)[^,;:])*?\b(?:{_AUXILIARY})")
# Whom somebody tells something.
_HEARER = re.compile(
    r"\s+(?:me|us|him|her|them|you|it|reporters|journalists|(?:the|a|an|his|her|its|their|our)\s+[\w’'-]+|[A-Z][\w.’'-]*(?:\s+(?:of\s+)?[A-Z][\w.’'-]*)*)\b"
)


@dataclass(frozen=True)
class _Verbs:
    """The verbs and nouns of saying, one entry each: its place, its clause, the ``rest`` of the clause begins.

    ``that``: where "that" follows in the clause (a place beyond the text: nowhere); ``next``: the word after it;
    ``is_noun``, ``is_weak``; ``own``: it is the author who says; ``clausal``: its object is a clause without "that".
    """

    start: np.ndarray
    rest: np.ndarray
    clause: np.ndarray
    unit: np.ndarray
    that: np.ndarray
    has_that: np.ndarray
    next: np.ndarray
    is_noun: np.ndarray
    is_weak: np.ndarray
    own: np.ndarray
    clausal: np.ndarray


def find_reported_en(layout: Layout, marks: Marks, quotations: Spans) -> Spans:
    """The passages of reported speech in an English layout."""
    reading = read_text(layout, marks, quotations)
    if not len(reading.clauses):
        return NO_SPANS
    reading = _keep_reported(reading)
    if not len(reading.clauses):
        return NO_SPANS
    clauses = reading.clauses
    verbs = _read_verbs(reading)
    forward, back, around = _sort_verbs(reading, verbs)
    unit_start, unit_end = clauses.start[reading.unit_first], clauses.end[reading.unit_last]
    start = np.where(verbs.has_that, verbs.that, verbs.rest)
    on = [(start[forward], unit_end[verbs.unit[forward]])]
    saying = forward & ~verbs.is_noun
    off = [(clauses.start[verbs.clause[saying]], start[saying])]
    for chosen in (back, around):
        framed = verbs.clause[chosen]
        off.append((clauses.start[framed], clauses.end[framed]))
        finish = clauses.start[framed] if chosen is back else unit_end[verbs.unit[chosen]]
        on.append((unit_start[verbs.unit[chosen]], finish))
    resumed, closed = _after_back(reading, verbs, back)
    on.append((clauses.start[resumed], unit_end[clauses.unit[resumed]]))
    off.append((clauses.start[closed], unit_end[clauses.unit[closed]]))
    source_on, source_off = _under_sources(reading, unit_start, unit_end)
    spoken = subtract_spans(merge_spans(*on, *source_on), merge_spans(*off, source_off))
    start, end = clauses.letters.strip(*merge_spans(spoken, _runs(reading, verbs, forward | back, spoken)))
    return start[start < end], end[start < end]


def _keep_reported(reading: Reading) -> Reading:
    """The reading without the units that no rule looks at: those that have no mark, could not go on with what was said ("She
    would …"), and are not right before one that could, where they end what was said.

    It changes nothing in what is found: all rules but the last start from marks and stay in their units.
    """
    clauses = reading.clauses
    opening = clauses.take(reading.unit_first)
    kept = np.zeros(len(opening) + 1, bool)
    kept[clauses.unit[reading.mark_at]] = True
    weak = opening.begin_with(*reading.words["pronoun"])
    weak = weak[among(opening.take(weak).second, reading.words["backshift"])]
    kept[weak] = kept[weak - 1] = True
    return replace(reading, clauses=clauses.take(np.flatnonzero(kept[clauses.unit])))


def _read_verbs(reading: Reading) -> _Verbs:
    clauses, marks = reading.clauses, reading.marks
    chosen = np.flatnonzero(marks.are(*_VERBS, "noun") & (clauses.is_lower(marks.start) | among(marks.start, clauses.start)))
    start, rest, clause = marks.start[chosen], marks.end[chosen] + 1, reading.mark_at[chosen]
    is_noun, is_weak, tell = marks.are("noun")[chosen], marks.are("weak")[chosen], marks.are("tell")[chosen]
    end = clauses.end[clause]
    places = np.append(marks.start[marks.are("that")], np.iinfo(np.int64).max)
    that = places[np.searchsorted(places, rest - 1)]
    has_that = (that < end) & (that - rest < np.where(is_noun, _NOUN_REACH, _THAT_REACH))
    text = reading.layout.text
    for i in np.flatnonzero(tell & ~has_that).tolist():
        match = _HEARER.match(text, rest[i] - 1, end[i])
        rest[i] = match.end() + 1 if match else rest[i]
    clausal = np.zeros(len(chosen), bool)
    for i in np.flatnonzero(~is_noun & ~has_that & (rest < end)).tolist():
        clausal[i] = _CLAUSE.match(text, rest[i], end[i]) is not None
    before = clauses.letters.words_to(start - 1)
    own = among(before, word_numbers("i", "we"[::-1]))
    following = np.where(rest < end, clauses.letters.words_from(np.minimum(rest, len(reading.layout.codes) - 1)), 0)
    return _Verbs(start, rest, clause, clauses.unit[clause], that, has_that, following.astype(np.uint64), is_noun, is_weak, own, clausal)


def _sort_verbs(reading: Reading, verbs: _Verbs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which verbs are forward, back, around."""
    clauses, words, clause = reading.clauses, reading.words, verbs.clause
    left = clauses.end[clause] - verbs.rest  # characters after the verb in its clause; less than 1: none
    subject = verbs.start - clauses.start[clause]
    put_in = reading.follows[clause] & (clauses.sign[clause] != 0)
    opens = {name: among(clauses.first[clause], words[name]) for name in ("relative", "circumstance")}
    around = (clauses.first[clause] == word_number("as")) & ~verbs.is_noun
    tail = (left < 1) | among(verbs.next, words["tail"])
    quote_next = np.append(clauses.quoted[1:], False)[clause] & reading.before(np.ones(len(clauses), bool))[clause] & (left < 60)
    # "said the minister, who …": the verb before its subject, and no second verb
    inverted = (subject == 0) & put_in & reading.lower[clause] & ~verbs.clausal
    nested = np.concatenate(([False], (clause[1:] == clause[:-1]) & ~verbs.is_noun[:-1]))
    ends_there = (subject < _SUBJECT) & tail & ~verbs.clausal & (~verbs.is_weak | (left < _TAIL))
    back = ~verbs.is_noun & ~around & ~opens["relative"] & ~opens["circumstance"] & put_in & ~verbs.has_that
    back &= ~quote_next & ~nested & (inverted | ends_there) & ~verbs.own
    asks = among(verbs.next, words["content"]) & ~verbs.is_noun
    speaks = ~verbs.is_noun & ~verbs.is_weak & (left >= 1) & ~(tail & ~verbs.clausal & (left < _TAIL))
    forward = (verbs.has_that | asks | speaks | verbs.clausal) & ~back & ~around & ~verbs.own & ~nested
    return forward, back, around & ~nested & ~verbs.own


def _after_back(reading: Reading, verbs: _Verbs, back: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The clauses after back frames: those that go on with what is said, and those that go on with who says it."""
    clauses, words = reading.clauses, reading.words
    framed = verbs.clause[back]
    inverted = verbs.start[back] == clauses.start[framed]
    after = np.minimum(framed + 1, len(clauses) - 1)
    exists = (framed + 1 < len(clauses)) & reading.follows[after]
    aside = (among(clauses.first[after], words["relative"]) | among(clauses.first[after], words["circumstance"]))
    # "said Meyer, the minister, …": an apposition; "Meyer said, the plan …" is what he said
    aside |= inverted & (~reading.lower[after] | among(clauses.first[after], words["article"]))
    return after[exists & ~aside], after[exists & aside]


def _under_sources(reading: Reading, unit_start: np.ndarray, unit_end: np.ndarray) -> tuple[list[Spans], Spans]:
    """What stands under a source, "allegedly" or "is said to"; and the source phrases themselves."""
    clauses, marks = reading.clauses, reading.marks
    on, off = [], []
    for kind in ("source", "source_alone"):
        chosen = marks.are(kind)
        clause = reading.mark_at[chosen]
        low = among(clauses.first[clause], reading.words["relative"]) & reading.follows[clause]
        unit = clauses.unit[clause]
        on.append((np.where(low, clauses.start[clause], unit_start[unit]), np.where(low, clauses.end[clause], unit_end[unit])))
        off.append((marks.start[chosen], clauses.end[clause] if kind == "source" else marks.end[chosen]))
    clause = reading.mark_at[marks.are("adverb", "hearsay")]
    on.append((clauses.start[clause], clauses.end[clause]))
    return on, merge_spans(*off)


def _runs(reading: Reading, verbs: _Verbs, frame: np.ndarray, spoken: Spans) -> Spans:
    """Sentences that go on with reported speech in the tense of report: "She would not resign.", "It had lost money."."""
    clauses, words = reading.clauses, reading.words
    first, last = reading.unit_first, reading.unit_last
    weak = among(clauses.first[first], words["pronoun"]) & among(clauses.second[first], words["backshift"])
    framed = np.zeros(len(first), bool)
    framed[verbs.unit[frame]] = True
    ends_spoken = inside(clauses.end[last] - 1, spoken)
    goes_on = reading.chain(weak & ~framed & ~ends_spoken & ~clauses.quoted[first], ends_spoken & ~clauses.quoted[last])
    return clauses.start[first[goes_on]], clauses.end[last[goes_on]]
