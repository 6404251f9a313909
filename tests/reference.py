"""A plain, slow tagging that the vectorised one is held against: one article, one word, one pattern at a time.

It is written from the documented meaning of patterns and rules, not from the vectorised code. Folding, word borders,
wildcards, phrases, gaps, kept case, signs, numbers, exceptions, the longest match and negation are all done here with
ordinary loops. Only three things are taken from the package: where sentences are (``lay_out``), where quotations are
(``find_quotations``) and whose voice a place is in (``is_quoted``), for which see ``test_sentences.py`` and ``test_voice.py``.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from lesart.compiling import voice_lexicon
from lesart.lexicon import Lexicon
from lesart.matching import Matches
from lesart.placing import VOICES, is_quoted
from lesart.sentences import PARTS, Layout, lay_out
from lesart.tagging import HIT_COLUMNS
from lesart.voice import find_quotations

JOINING_SIGNS = "-‐‑&%$€£¥\u00a0\u202f"  # a phrase goes on across these, as across white space
APOSTROPHES = "'’‘ʼ`´"
CLITICS = ("s", "re", "ve", "ll", "d", "m")
OTHER_SCRIPT = "\x80"  # stands for any letter that is neither German nor English nor made of one of theirs


# --- Characters and words ------------------------------------------------------------------------------------------


@dataclass
class Word:
    """A folded word, where it stands in its text, and what stands between it and the word before: "", "." or "¶"."""

    letters: str = ""
    capitals: list[bool] = field(default_factory=list)
    start: int = 0
    end: int = 0
    border: str = ""


def is_letter(sign: str) -> bool:
    return len(sign) == 1 and sign <= "\uffff" and sign not in APOSTROPHES and unicodedata.category(sign)[0] == "L"


def is_digit(sign: str) -> bool:
    return len(sign) == 1 and sign <= "\uffff" and unicodedata.category(sign) == "Nd"


def is_dropped(sign: str) -> bool:
    """Soft hyphens, direction marks and combining marks are not there for matching."""
    kind = unicodedata.category(sign)
    return sign <= "\uffff" and (kind == "Cf" or kind[0] == "M")


def is_joining(sign: str) -> bool:
    return sign.isspace() or sign in JOINING_SIGNS


def is_clitic(text: str, place: int) -> bool:
    """Whether 's, 're, 've, 'll, 'd or 'm stands at ``place``, and no letter after it."""
    return any(text[place + 1 :][: len(c)].lower() == c and not is_letter(text[place + 1 + len(c) :][:1]) for c in CLITICS)


def fold_sign(text: str, place: int) -> str:
    """What the sign at ``place`` is for matching: letters or digits, "" (dropped), " " (joins) or "." (parts)."""
    sign, before, after = text[place], text[:place][-1:], text[place + 1 :][:1]
    if is_letter(sign):
        return fold_letter(sign)
    if is_digit(sign):
        return sign if sign in "0123456789" else "0"
    if sign in ".," and is_digit(before) and is_digit(after):
        return sign + "#"  # marked: part of a number, not punctuation
    if sign in APOSTROPHES and is_letter(before) and is_letter(after):
        return " " if is_clitic(text, place) else ""
    if sign not in APOSTROPHES and is_dropped(sign):
        return ""
    return " " if is_joining(sign) else "."


def fold_letter(sign: str) -> str:
    lower = sign.lower()
    if lower == "ß":
        return "ss"
    if len(lower) == 1 and lower <= "\u00ff":
        return lower
    base = unicodedata.normalize("NFD", lower)[0]
    return base if "a" <= base <= "z" else OTHER_SCRIPT


def read_words(text: str) -> list[Word]:
    """The folded words of a text. Between two of them there is punctuation ("."), a blank line ("¶") or neither ("")."""
    words: list[Word] = []
    between = ""  # the signs between the last word and the next
    for place, sign in enumerate(text):
        folded = fold_sign(text, place)
        if folded in (" ", "."):
            between += "\n" if sign == "\n" else folded
        elif folded:
            if between or not words:
                border = "¶" if between.count("\n") > 1 else "." if "." in between else ""
                words.append(Word(start=place, border=border))
            folded = folded.rstrip("#")
            words[-1].letters += folded
            words[-1].capitals += [sign.isupper()] * len(folded)
            words[-1].end = place + 1
            between = ""
    return words


# --- Patterns ------------------------------------------------------------------------------------------------------


@dataclass
class Piece:
    """One word that a pattern asks for; ``letters`` of "" is the lone ``*``: any word, "#" any number."""

    letters: str = ""
    capitals: list[bool] = field(default_factory=list)
    open_left: bool = False
    open_right: bool = False
    border: str = ""

    def fits(self, word: Word, cased: bool) -> bool:
        if self.letters == "#":
            return word.letters[0] in "0123456789"
        size = len(self.letters)
        last = len(word.letters) - size
        places = range(last + 1)
        if not self.open_left:
            places = [place for place in places if place == 0]
        if not self.open_right:
            places = [place for place in places if place == last]
        return any(
            word.letters[place : place + size] == self.letters
            and (not cased or word.capitals[place : place + size] == self.capitals)
            for place in places
        )


@dataclass(frozen=True)
class Form:
    """A pattern, read: the stretches of words it asks for, between which there are gaps; or one sign."""

    exception: bool = False
    cased: bool = False
    sign: str = ""
    stretches: tuple[list[Piece], ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        return [piece for stretch in self.stretches for piece in stretch]

    @property
    def spelled(self) -> int:
        """How many letters the pattern spells out."""
        return sum(len(piece.letters) for piece in self.pieces)

    def may_match(self, letters: str) -> bool:
        """Whether all its letters stand in the text somewhere; spares a look at each word of the text for most patterns."""
        return all(piece.letters in letters or piece.letters == "#" for piece in self.pieces)


@dataclass(frozen=True)
class Rule:
    """A pattern in its place in a lexicon; ``number`` counts all patterns of all lexicons in one language."""

    lexicon: str
    category: str
    concept: str
    text: str
    number: int
    form: Form


def read_rules(lexicons: Iterable[Lexicon], language: str) -> list[Rule]:
    """The patterns of the lexicons in one language, after the marks of voice."""
    rules = list(read_marks(language))
    for lexicon in lexicons:
        rules += read_lexicon(lexicon, language, len(rules))
    return rules


@cache
def read_marks(language: str) -> list[Rule]:
    return read_lexicon(voice_lexicon(), language, 0)


def read_lexicon(lexicon: Lexicon, language: str, first_number: int) -> list[Rule]:
    patterns = lexicon.patterns[lexicon.patterns["language"] == language]
    return [
        Rule(lexicon.name, row.category, row.concept, row.pattern, number, read_form(row.pattern))
        for number, row in enumerate(patterns.itertuples(), first_number)
    ]


@cache
def read_form(text: str) -> Form:
    body = unicodedata.normalize("NFC", text).strip()
    exception = body.startswith("-") and len(body) > 1
    body = body[1:].strip() if exception else body
    cased = body.startswith("=") and len(body) > 1
    body = body[1:].strip() if cased else body
    if body == "„…“" or len(body) == 1 and not body.isalnum() and body != "#":
        return Form(exception, cased, sign=body)
    stretches = [read_stretch(stretch) for stretch in body.replace("...", "…").split("…")]
    return Form(exception, cased, stretches=tuple(pieces for pieces in stretches if pieces))


def read_stretch(stretch: str) -> list[Piece]:
    """The words that stand together in a pattern, and between which of them it has punctuation."""
    pieces: list[Piece] = []
    border = ""
    for chunk in stretch.replace("#", " # ").split():
        if chunk == "#":
            pieces.append(Piece("#", border=border))
            border = ""
            continue
        bare = chunk.strip("*")
        words = read_words(bare) if bare else [Word()]
        for k, word in enumerate(words):
            open_left, open_right = k == 0 and chunk.startswith("*"), k == len(words) - 1 and chunk.endswith("*")
            pieces.append(Piece(word.letters, word.capitals, open_left, open_right, word.border or border))
            border = ""
        border = "." if ends_in_punctuation(bare) else border
    return pieces


def ends_in_punctuation(chunk: str) -> bool:
    for place in reversed(range(len(chunk))):
        folded = fold_sign(chunk, place)
        if folded == ".":
            return True
        if folded not in ("", " "):
            return False
    return False


# --- Matches -------------------------------------------------------------------------------------------------------


@dataclass
class Match:
    """A place where a rule matches; ``head_end`` is where it ends before its first gap, ``covered`` its letters."""

    rule: Rule
    start: int
    end: int
    head_end: int
    covered: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return -self.covered, -self.rule.form.spelled, self.start, self.rule.number


def find_matches(rule: Rule, text: str, words: list[Word], layout: Layout) -> Iterator[Match]:
    if rule.form.sign == "„…“":
        for start, end in zip(*find_quotations(layout), strict=True):
            if not text[end - 1].isspace() and is_snippet(split_words(text[start:end])):
                yield Match(rule, int(start), int(end), int(end), int(end - start))
    elif rule.form.sign:
        for place, sign in enumerate(text):
            if sign == rule.form.sign:
                yield Match(rule, place, place + 1, place + 1, 1)
    else:
        for chain in find_chains(rule.form, words, layout):
            spans = [(words[first].start, words[last].end) for first, last in chain]
            covered = sum(end - start for start, end in spans)
            yield Match(rule, spans[0][0], spans[-1][1], spans[0][1], covered)


def split_words(quotation: str) -> list[str]:
    """The words of a quotation; a hyphen or an apostrophe between letters joins them."""
    words, before = [""], ""
    for place, sign in enumerate(quotation):
        joins = sign in "-‑’'" and before.isalnum() and quotation[place + 1 : place + 2].isalnum()
        words += [] if sign.isalnum() or joins else [""]
        words[-1] += sign if sign.isalnum() or joins else ""
        before = sign
    return [word for word in words if word]


def is_snippet(words: list[str]) -> bool:
    """Whether quoted words are a few, and not a name: one of them begins small."""
    return len(words) <= 5 and any(not (word[0].isupper() or word[0].isdigit()) for word in words)


def find_chains(form: Form, words: list[Word], layout: Layout) -> list[list[tuple[int, int]]]:
    """Each match of a pattern of words, as the first and last word of each of its stretches."""
    chains = [[span] for span in find_stretches(form.stretches[0], form.cased, words)]
    for stretch in form.stretches[1:]:
        followers = find_stretches(stretch, form.cased, words)
        nearest: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for chain in chains:
            after = [span for span in followers if span[0] > chain[-1][1]]
            if after and sentence_of(words[chain[-1][1]].start, layout) == sentence_of(words[after[0][0]].start, layout):
                nearest[after[0]] = [*chain, after[0]]  # of several that share a follower, the last one is the nearest
        chains = list(nearest.values())
    return chains


def find_stretches(stretch: list[Piece], cased: bool, words: list[Word]) -> list[tuple[int, int]]:
    found = []
    for first in range(len(words) - len(stretch) + 1):
        candidates = words[first : first + len(stretch)]
        fits = all(piece.fits(word, cased) for piece, word in zip(stretch, candidates, strict=True))
        if fits and all(piece.border == word.border for piece, word in list(zip(stretch, candidates, strict=True))[1:]):
            found.append((first, first + len(stretch) - 1))
    return found


def sentence_of(place: int, layout: Layout) -> int:
    return max(sum(1 for start in layout.start if start <= place) - 1, 0)


# --- Rules between matches -----------------------------------------------------------------------------------------


def settle(matches: list[Match]) -> list[Match]:
    """The matches that stay: exceptions cancel, then the longest of those that overlap in a category wins."""
    exceptions = [match for match in matches if match.rule.form.exception]
    taken: list[Match] = []
    for match in sorted((match for match in matches if not match.rule.form.exception), key=lambda match: match.rank):
        cancelled = any(covers(exception, match) for exception in exceptions)
        if not cancelled and not any(compete(match, other) for other in taken):
            taken.append(match)
    return taken


def covers(exception: Match, match: Match) -> bool:
    mine, theirs = exception.rule, match.rule
    same_concept = (mine.lexicon, mine.category, mine.concept) == (theirs.lexicon, theirs.category, theirs.concept)
    return same_concept and exception.start <= match.start and match.end <= exception.end


def compete(one: Match, other: Match) -> bool:
    same_category = (one.rule.lexicon, one.rule.category) == (other.rule.lexicon, other.rule.category)
    return same_category and one.start < other.head_end and other.start < one.head_end


def is_negated(hit: Match, marks: list[Match], cuts: list[int]) -> bool:
    """A mark of negation stands before the hit in its clause or, for nicht, after it or in its gap."""
    clause = clause_of(hit.start, cuts)
    for mark in marks:
        if mark.rule.category == "negation":
            if mark.end <= hit.start and clause_of(mark.end - 1, cuts) == clause:
                return True
            if mark.rule.concept == "around" and mark.start >= hit.head_end and clause_of(mark.start, cuts) == clause:
                return True
    return False


def cut_clauses(text: str, layout: Layout) -> list[int]:
    """Where clauses begin: with each sentence, at each dash, and at , ; : before white space or the end."""
    dashes = [place for place, sign in enumerate(text) if sign in "–—"]
    commas = [place for place, sign in enumerate(text) if sign in ",;:" and text[place + 1 :][:1] <= " "]
    return sorted({*layout.start.tolist(), *dashes, *commas})


def clause_of(place: int, cuts: list[int]) -> int:
    return sum(1 for cut in cuts if cut <= place)


# --- The table -----------------------------------------------------------------------------------------------------


def tag_plainly(articles: pd.DataFrame, lexicons: Lexicon | Iterable[Lexicon]) -> pd.DataFrame:
    """The hits of the lexicons in the articles; the same table as ``tag_articles``."""
    lexicons = [lexicons] if isinstance(lexicons, Lexicon) else list(lexicons)
    rows: list[tuple] = []
    for article in articles.itertuples():
        if article.language in ("de", "en"):
            rows += tag_one(article, lexicons)
    return pd.DataFrame(rows, columns=HIT_COLUMNS)


def tag_one(article, lexicons: list[Lexicon]) -> list[tuple]:
    text = article.text
    layout = lay_out([text], [article.title], article.language)
    words = read_words(text)
    letters = " ".join(word.letters for word in words)
    rules = [rule for rule in read_rules(lexicons, article.language) if rule.form.may_match(letters)]
    matches = settle([match for rule in rules for match in find_matches(rule, text, words, layout)])
    marks = [match for match in matches if match.rule.lexicon == "voice"]
    hits = [match for match in matches if match.rule.lexicon != "voice"]
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.rule.lexicon, hit.rule.category))
    voices = find_voices(hits, marks, layout)
    cuts = cut_clauses(text, layout)
    rows = []
    for hit, voice in zip(hits, voices, strict=True):
        sentence = sentence_of(hit.start, layout)
        rule, surface = hit.rule, text[hit.start : hit.end]
        place = (article.article, int(layout.number[sentence]), PARTS[layout.part[sentence]], hit.start, hit.end, surface)
        meaning = (rule.lexicon, rule.category, rule.concept, voice, is_negated(hit, marks, cuts), rule.text)
        rows.append(place + meaning)
    return rows


def find_voices(hits: list[Match], marks: list[Match], layout: Layout) -> list[str]:
    """The voice of each hit, asked of the package."""
    columns = [
        np.array([getattr(mark, name) for mark in marks], np.int64) for name in ("start", "end", "head_end", "covered")
    ]
    numbers = np.array([mark.rule.number for mark in marks], np.int64)
    kinds = np.array([f"{mark.rule.category}.{mark.rule.concept}" for mark in marks], object)
    places = np.array([hit.start for hit in hits], np.int64)
    snippets = np.array([hit.rule.form.sign == "„…“" for hit in hits], bool)
    quoted = is_quoted(places, Matches(numbers, *columns), kinds, layout, snippets)
    return [VOICES[int(q)] for q in quoted]
