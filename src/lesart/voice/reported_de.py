"""Finds German reported speech: what stands under a verb of saying, under a source, or in the subjunctive of report.

What is said is opened by dass or ob, stands in the subjunctive, is an infinitive with zu, or a plain main clause; it goes
on until a frame or a narrator's main clause stops it. Each rule is a few lines over all clauses at once.

What it gets wrong: it knows no grammar but the order of words, so a narrator's clause joined to what is said counts as said
("Der Minister sagte, die Lage sei ernst, und der Kanzler schwieg dazu").
"""

from dataclasses import dataclass

import numpy as np

from .clauses import BRACKET, COLON, QUOTATION, among, word_number, word_numbers
from .clauses_de import RELATIVE, VERBS, Shape, drop_homographs, is_split, letters_before, read_shape
from .frames_de import SO, Frames, drop_torn_verbs, find_frames
from .reading import Marks, Reading, carry, carry_back, keep_near_marks, read_text
from ..sentences import Layout
from .sources import find_sources
from .spans import NO_SPANS, Spans, inside

# What a clause is to the one after it, looking past what is put in between.
_PUT_IN, _STRONG, _WEAK, _BACK, _OTHER = range(5)
# Characters: a clause that begins with a capital and is no longer is a name put in ("Christian Wulff").
_NAME = 30
# What points to the sentence before; and the marks that go on with what was reported there.
_THIS, _RUNNING = word_numbers("das", "dies"), ("subjunctive2", "hearsay")


def find_reported_de(layout: Layout, marks: Marks, quotations: Spans) -> Spans:
    """The passages of reported speech in a German layout."""
    sources = find_sources(marks, layout)
    reading = read_text(layout, marks, quotations, sources)
    if not len(reading.clauses):
        return NO_SPANS
    reading = drop_torn_verbs(drop_homographs(reading))
    # "Das sagte er" says whose the sentence before is, and "Sie würde …" goes on with what was said there.
    back = np.concatenate((reading.clauses.begin_with(*_THIS), reading.mark_at[reading.marks.are(*_RUNNING)]))
    reading = keep_near_marks(reading, sources, reading.clauses.begin_with(SO), back)
    if not len(reading.clauses):
        return NO_SPANS
    shape = read_shape(reading)
    sourced = _source_clauses(reading, sources)
    frames = find_frames(reading, shape, sourced.clause)
    spoken = _under_frames(reading, shape, frames)
    spoken |= _under_sources(reading, shape, frames, sourced)
    spoken |= _hearsay(reading, shape, frames)
    spoken |= _acts(reading, shape, frames, spoken)
    spoken |= _runs(reading, shape, frames, spoken)
    spoken |= _said_after(reading, frames)
    return reading.join(spoken & ~sourced.phrase)


@dataclass(frozen=True)
class _Sourced:
    """For each clause: whether it is a source phrase, the first piece of what the phrase was cut out of, whether a source
    stands in that, and whether nothing else does."""

    phrase: np.ndarray
    head: np.ndarray
    clause: np.ndarray
    alone: np.ndarray


def _source_clauses(reading: Reading, sources: Spans) -> _Sourced:
    """The clauses a source stands in; the phrase is cut out, so one clause may be several pieces."""
    clauses = reading.clauses
    phrase = inside(clauses.start, sources)
    begins = ~((clauses.sign <= QUOTATION) & reading.follows)
    head = np.maximum.accumulate(np.where(begins, np.arange(len(clauses)), 0))
    firsts = np.flatnonzero(begins)
    number = np.cumsum(begins) - 1
    return _Sourced(phrase, head, np.logical_or.reduceat(phrase, firsts)[number], np.logical_and.reduceat(phrase, firsts)[number])


def _under_frames(reading: Reading, shape: Shape, frames: Frames) -> np.ndarray:
    """What a frame, or a subjunctive without one, marks as said."""
    clauses = reading.clauses
    decision = _decide(reading, shape, frames)
    onward = carry(decision, clauses.unit) == 1
    part = clauses.unit + np.cumsum(clauses.sign == COLON)  # looking back stops at a colon
    resumed = shape.subjunctive_first | shape.unreal_first & reading.in_unit(shape.subjunctive)
    stop = np.where(frames.back | resumed & reading.follows & ~frames.all, 1, np.where(frames.forward & ~frames.back, -1, 0))
    backward = carry_back(stop, part) == 1
    around = np.isin(part, part[frames.around_word])
    return (onward | backward | around) & ~frames.all


def _decide(reading: Reading, shape: Shape, frames: Frames) -> np.ndarray:
    """1 where reported speech begins, -1 where it ends, 0 where a clause goes on as the one before."""
    clauses = reading.clauses
    name = ~reading.lower & (clauses.end - clauses.start < _NAME) & ~reading.opens("article") & ~reading.before(shape.subjunctive)
    put_in = shape.relative | shape.circumstance | name | (clauses.sign == BRACKET) & ~clauses.quoted
    put_in &= ~frames.all & ~shape.subjunctive & ~shape.said & ~shape.zu
    role = np.where(put_in, _PUT_IN, _OTHER)
    role[frames.all] = _BACK
    role[frames.forward] = np.where(frames.strong & ~frames.low, _STRONG, _WEAK)[frames.forward]
    last = reading.after(carry(role, clauses.unit))
    goes_on = ~put_in & ~reading.opens("joining") | shape.subjunctive | ~put_in & shape.unreal
    open_ = goes_on & ~shape.verb_first
    colon = clauses.sign == COLON
    content = reading.opens("content")
    plain = (reading.opens("article") | ~reading.lower) & ~shape.relative
    begins = shape.subjunctive & ~frames.all | shape.said & reading.earlier(frames.all)
    begins |= (last == _STRONG) & (open_ & (content | shape.unreal | shape.zu | colon | plain) | shape.verb_first & shape.unreal & ~put_in)
    begins |= (last == _WEAK) & open_ & (content & ~shape.relative | shape.unreal | shape.zu | colon)
    begins |= (last == _BACK) & ~put_in & (shape.unreal | shape.verb_first | colon | reading.lower & ~shape.known)
    by_noun = _after_noun(reading, shape)
    begins |= by_noun
    ends = ~begins & ~put_in & (last >= _STRONG) & (last <= _BACK)
    weakly = by_noun & (last != _STRONG) | (last == _WEAK)
    under = carry(np.where(begins, np.where(weakly, 2, 1), np.where(ends, 3, 0)), clauses.unit)
    # "Der Vorwurf, er sei geflohen, ist neu": the narrator's clause goes on with its verb
    ends |= (reading.after(under) == 2) & shape.verb_first & ~shape.subjunctive & ~begins
    ends |= _drops_subject(reading, shape) & ~begins & reading.earlier(frames.forward)
    decision = np.where(begins, 1, np.where(ends, -1, 0))
    decision[frames.all & ~frames.low] = -1
    decision[frames.low & ~shape.said & (decision == 1)] = 0
    return decision


def _drops_subject(reading: Reading, shape: Shape) -> np.ndarray:
    """Clauses such as "und verließ den Saal": no subject and no subjunctive, so they go on with who speaks."""
    clauses = reading.clauses
    found = reading.opens("joining") & clauses.is_lower(clauses.second_start) & ~shape.unreal & ~shape.zu
    found &= ~reading.second_is("article", "preposition", "adverb", "content", "relative", "circumstance")
    here = np.flatnonzero(found)
    end = clauses.letters.end_of_word(clauses.second_start[here])
    found[here] = ~letters_before(reading, end, "en", "er", "em", "es")  # "und neue Stellen": a noun phrase
    return found


def _after_noun(reading: Reading, shape: Shape) -> np.ndarray:
    """Clauses that say what a noun before them names: "der Vorwurf, er habe …", "die Bitte, zu gehen"."""
    clauses, marks = reading.clauses, reading.marks
    held = ~clauses.quoted & ~shape.subjunctive
    open_noun, noun = reading.has(marks.are("noun_zu")) & held, reading.has(marks.are("noun", "noun_zu")) & held
    pronoun = (clauses.first == word_number("nach")) & among(clauses.second, RELATIVE)
    clause = shape.said | shape.subjunctive | shape.unreal_inner & ~shape.verb_first | pronoun
    return reading.after(noun) & clause | reading.after(open_noun) & shape.zu


def _under_sources(reading: Reading, shape: Shape, frames: Frames, sourced: _Sourced) -> np.ndarray:
    """What stands under "laut X": its clause, and of a main clause the rest of the sentence too."""
    clauses, head, here = reading.clauses, sourced.head, sourced.clause
    subordinate = shape.said | shape.relative_word | shape.circumstance | reading.opens("content")
    subordinate |= sourced.phrase & (clauses.first == word_number("laut")) & among(clauses.second, RELATIVE)
    low = here & (subordinate & reading.follows & (clauses.sign != 0))[head]
    name = ~reading.lower & (clauses.end - clauses.start < _NAME) & ~reading.opens("article") & ~reading.before(shape.subjunctive)
    put_in = (shape.relative | shape.circumstance | name | (clauses.sign == BRACKET)) & ~shape.subjunctive & ~frames.all
    # "Laut Müller, dem Chef, sei er …": after a phrase that fills its clause the sentence begins anew
    alone = reading.after(carry(np.where(sourced.alone, 1, np.where(put_in, 0, 2)), clauses.unit)) == 1
    closes = (reading.after(carry(np.where(here, np.where(low, 2, 1), 0), clauses.unit)) == 2) & shape.verb_first
    decision = np.where(sourced.alone, -1, np.where(alone & ~put_in | here, 1, np.where(closes, -1, 0)))
    onward = (carry(decision, clauses.unit) == 1) & ~(frames.all & (frames.back | frames.around))
    # "Weil es regnet, ist laut Müller …": a main clause that begins with its verb goes back to the sentence's beginning
    inverted = here & ~low & (shape.verb_first & reading.follows)[head]
    backward = carry_back(np.where(inverted, 1, np.where(frames.all, -1, 0)), clauses.unit) == 1
    return onward | backward & ~frames.all


def _hearsay(reading: Reading, shape: Shape, frames: Frames) -> np.ndarray:
    """"Er soll geflohen sein", "sie will ihn gesehen haben"."""
    clauses = reading.clauses
    begin = reading.last_start
    have, be = (clauses.last == word_number(word[::-1]) for word in ("haben", "sein"))
    # before sein only -en: "soll geeignet sein" is no perfect, "soll gekommen sein" is
    perfect = have & letters_before(reading, begin - 1, "t", "en") | be & letters_before(reading, begin - 1, "en")
    heard = reading.has(reading.marks.are("hearsay")) & perfect & ~clauses.quoted
    decision = np.where(heard, 1, np.where(frames.all | shape.verb_first, -1, 0))
    return ((carry(decision, clauses.unit) == 1) | reading.has(reading.marks.are("adverb"))) & ~frames.all


def _acts(reading: Reading, shape: Shape, frames: Frames, spoken: np.ndarray) -> np.ndarray:
    """Sentences whose object is what is said ("Sie fordern ein Verbot"), when no clause or long quotation is."""
    clauses = reading.clauses
    size = clauses.end - clauses.start
    total, quoted = (np.add.reduceat(values, reading.unit_first)[clauses.unit] for values in (size, size * clauses.quoted))
    said = spoken | clauses.quoted & ((2 * quoted > total) | (clauses.sign == COLON))
    act = frames.forward & frames.act & ~frames.low & ~reading.in_unit(said)
    return reading.in_unit(act) & ~shape.circumstance


def _runs(reading: Reading, shape: Shape, frames: Frames, spoken: np.ndarray) -> np.ndarray:
    """Sentences that go on with reported speech by "würde", "hätte" or "soll", which by themselves would not mark it."""
    clauses, marks = reading.clauses, reading.marks
    weak = shape.unreal | reading.has(marks.are("hearsay"))
    lower = clauses.is_lower(marks.start)
    either = marks.are("subjunctive2")
    condition = reading.has(either & ~lower) | (clauses.first == word_number("wenn")) & reading.has(either)
    strong = frames.all | reading.in_unit(condition)
    units = [np.logical_or.reduceat(values, reading.unit_first) for values in (weak, strong)]
    ends_spoken = spoken[reading.unit_last]
    goes_on = reading.chain(units[0] & ~units[1] & ~ends_spoken, ends_spoken)[clauses.unit]
    return goes_on & ((carry(weak.astype(np.int8), clauses.unit) == 1) | reading.in_unit(weak & shape.verb_first))


def _said_after(reading: Reading, frames: Frames) -> np.ndarray:
    """The sentence before "Das teilte ein Sprecher mit"."""
    clauses, marks, at = reading.clauses, reading.marks, reading.mark_at
    verb_second = reading.has((marks.are(*VERBS) | is_split(marks)) & (marks.start == clauses.second_start[at]))
    this = among(clauses.first, _THIS) & verb_second & frames.all & ~reading.follows
    first = reading.unit_first
    article = np.searchsorted(reading.layout.article_start, clauses.start[first], side="right")
    named = np.append(this[first[1:]] & (article[1:] == article[:-1]), False)
    return named[clauses.unit] & ~frames.all
