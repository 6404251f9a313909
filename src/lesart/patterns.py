"""The pattern language of the lexicons: what a pattern means, as parts that plain string matching can find.

Forms: ``word`` · ``stem*`` · ``*stem`` · ``*stem*`` · ``two words`` (each may carry ``*``) · ``Dollar * Stunde`` (a lone
``*`` is one word) · ``teilte … mit`` (a gap inside one sentence) · ``=Meta`` (case kept) · ``-pattern`` (an exception) ·
one punctuation sign (``?``) · ``#`` (a word that begins with a digit: 14,3 or 20th; also in a phrase: ``# Prozent``) ·
``„…“`` (a few words in quotation marks, see ``voice.find_snippets``). All literal: nothing in a pattern is ever executed.
Punctuation at the ends of a pattern is not looked at (``Inc.`` is ``Inc``); between two of its words it asks for
punctuation there, of whatever kind.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from unicodedata import category, normalize

from .characters import BARRIER, BORDER, OTHER_SCRIPT, code_points, fold, fold_literal, fold_text, is_capital
from .errors import LexiconError

GAP = "…"
NUMBER = "#"
SNIPPET = "„…“"
NUMBER_LITERAL = b"#"  # no folded text has this byte: numbers are found by what words begin with
# A pattern is a phrase, not a text; the bound keeps a stranger's lexicon from making the automaton huge.
MAX_LENGTH = 200


@dataclass(frozen=True)
class Part:
    """A run of letters to be found, with borders where a word begins or ends there.

    ``literal``: the folded bytes, borders included.
    ``borders``: the borders between the part before and this one, as whether punctuation stands there: one border is the
    next word, two are one word between; no border is a gap, anywhere later in the sentence. A first part with two
    borders has one word before it (the first border says nothing).
    ``capitals``: for each byte between the outer borders, whether it must be a capital; None: case does not matter.
    """

    literal: bytes
    borders: tuple[bool, ...] = (False,)
    capitals: tuple[bool, ...] | None = None


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern. ``sign`` is set for a punctuation sign and for ``SNIPPET``, and ``parts`` is then empty.

    ``borders_after``: the borders of the words, whatever they are, that stand after the last part.
    """

    text: str
    parts: tuple[Part, ...] = ()
    sign: str = ""
    exception: bool = False
    borders_after: tuple[bool, ...] = ()

    @property
    def n_letters(self) -> int:
        """How many letters and digits the pattern spells out."""
        return sum(len(part.literal.translate(None, BARRIER)) for part in self.parts)


@lru_cache(maxsize=100_000)
def parse_pattern(text: str) -> Pattern:
    """The parsed pattern.

    Raises LexiconError for a pattern that is empty, longer than 200 characters, has nothing to find beside ``*``, or
    means less than it seems to: a ``*`` inside a word, at a sign or at a gap, a ``#`` at a word (``#MeToo``), a word in
    another script than Latin.

    >>> parse_pattern("Lohn*").parts[0].literal
    b' lohn'
    >>> [part.literal for part in parse_pattern("low* wage*").parts]
    [b' low', b' wage']
    >>> [(part.literal, part.borders) for part in parse_pattern("Dollar * Stunde").parts]
    [(b' dollar ', (False,)), (b' stunde ', (False, False))]
    >>> [(part.literal, part.borders) for part in parse_pattern("teilte … mit").parts]
    [(b' teilte ', (False,)), (b' mit ', ())]
    >>> parse_pattern("=US").parts[0].capitals
    (True, True)
    """
    body = normalize("NFC", text).strip()
    if len(body) > MAX_LENGTH:
        raise LexiconError(f"pattern of {len(body)} characters; at most {MAX_LENGTH} are allowed")
    exception = len(body) > 1 and body.startswith("-")
    body = body[1:].strip() if exception else body
    cased = len(body) > 1 and body.startswith("=")
    body = body[1:].strip() if cased else body
    _refuse_unclear_snippet(body, cased)
    if body == SNIPPET or len(body) == 1 and body not in ("*", NUMBER) and category(body)[0] in "PS":
        return Pattern(text, sign=body, exception=exception)
    _refuse_unclear_number(body)
    tokens = body.replace("...", GAP).replace(GAP, f" {GAP} ").replace(NUMBER, f" {NUMBER} ").split()
    _refuse_unclear(tokens)
    parts, borders_after = _split_parts(tokens, cased)
    if not parts:
        raise LexiconError(f"{text!r} has no letters or digits to find; write a word, a stem* or one sign")
    return Pattern(text, tuple(parts), exception=exception, borders_after=borders_after)


def _refuse_unclear_snippet(body: str, cased: bool) -> None:
    """Raise LexiconError for quotation marks around a gap that are not written as ``SNIPPET`` is, and for its case."""
    if cased and body == SNIPPET:
        raise LexiconError(f"'={body}' asks for capitals where no letter stands; leave out the =")
    bare = body.replace("...", GAP).replace(" ", "")
    if body != SNIPPET and GAP in bare and bare.strip(GAP) and not bare.strip(GAP + "\"'„“”‚‘’«»‹›"):
        raise LexiconError(f"{body!r} has no letters or digits to find; a few words in quotation marks of any kind are {SNIPPET}")


def _refuse_unclear_number(body: str) -> None:
    """Raise LexiconError for a ``#`` that touches a letter, a digit or a ``*``."""
    for before, sign, after in zip(f" {body}", body, f"{body[1:]} ", strict=False):
        if sign == NUMBER and ("*" in (before, after) or fold_literal(before) or fold_literal(after)):
            raise LexiconError(f"{body!r} has a {NUMBER} at a word; it is any number: put a blank between them, or leave it out")


def _refuse_unclear(tokens: list[str]) -> None:
    """Raise LexiconError for a word that would be read as something else than is written."""
    for before, word, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        inner = word.strip("*")
        if "*" in inner or word.startswith("**"):
            raise LexiconError(f"{word!r} has a * inside; a * stands at the beginning or the end of a word, or alone")
        if word == "*" and GAP in (before, after):
            raise LexiconError(f"a * beside a gap ({GAP}) asks for nothing; leave it out")
        at_sign = (word[0] == "*" and not fold_literal(inner[:1])) or (word[-1] == "*" and not fold_literal(inner[-1:]))
        if inner and at_sign:
            raise LexiconError(f"{word!r} has a * at a sign; leave the sign out, or put a blank between them")


def _split_parts(tokens: list[str], cased: bool) -> tuple[list[Part], tuple[bool, ...]]:
    """The parts of a pattern, and the borders of the words after them."""
    parts: list[Part] = []
    borders_after: tuple[bool, ...] = ()
    for is_gap, stretch in groupby(tokens, key=lambda token: token == GAP):
        if not is_gap:
            more, borders_after = _make_stretch(list(stretch), cased)
            parts += more if not parts else [replace(more[0], borders=()), *more[1:]]
    return parts, borders_after


def _make_stretch(tokens: list[str], cased: bool) -> tuple[list[Part], tuple[bool, ...]]:
    """The parts of what stands together, and the borders of the words after them."""
    parts: list[Part] = []
    borders: list[bool] = []  # since the last part
    punctuation = False  # since the last word
    for run in _join_runs(tokens):
        if run == [NUMBER]:
            parts.append(Part(NUMBER_LITERAL, (*borders, punctuation and bool(parts or borders))))
            borders, punctuation = [], False
            continue
        text = " ".join(run).strip("*")
        folded = fold_text(text)
        core = folded.strip(BARRIER)
        if run == ["*"] or core:
            borders.append((punctuation or folded.startswith(BARRIER)) and bool(parts or borders))
            punctuation = folded.endswith(BARRIER)
        else:
            punctuation |= BARRIER in folded
        if core:
            _refuse_other_script(core, text)
            left, right = (b"" if star else BORDER for star in (run[0].startswith("*"), run[-1].endswith("*")))
            parts.append(Part(left + core + right, tuple(borders), _find_capitals(text) if cased else None))
            borders = []
    if not parts:
        raise LexiconError(f"{' '.join(tokens)!r} has no letters or digits to find; write a word, a stem* or one sign")
    return parts, tuple(borders)


def _join_runs(tokens: list[str]) -> list[list[str]]:
    """Words between which there is no wildcard, together; a lone ``*`` or ``#`` by itself."""
    runs = [tokens[:1]]
    for before, word in pairwise(tokens):
        if before.endswith("*") or word.startswith("*") or NUMBER in (before, word):
            runs.append([])
        runs[-1].append(word)
    return runs


def _refuse_other_script(core: bytes, text: str) -> None:
    if any(not word.strip(OTHER_SCRIPT) for word in core.split()):
        raise LexiconError(f"{text!r} has a word in another script; only Latin letters can be told apart")


def _find_capitals(text: str) -> tuple[bool, ...]:
    """For each folded byte of a pattern's words whether it is a capital."""
    codes = code_points(text)
    folded = fold(codes)
    core = slice(folded.word_start[0], folded.word_end[-1])
    return tuple(is_capital(codes[folded.origin[core]]).tolist())
