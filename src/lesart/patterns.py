"""The pattern language of the lexicons: what a pattern means, as parts that plain string matching can find.

Forms: ``word`` · ``stem*`` · ``*stem`` · ``*stem*`` · ``two words`` (each may carry ``*``) · ``Dollar * Stunde`` (a lone
``*`` is one word) · ``teilte … mit`` (a gap inside one sentence) · ``=Meta`` (case kept) · ``-pattern`` (an exception) ·
one punctuation sign (``?``) · ``#`` (a number in digits). All literal: nothing in a pattern is ever executed.
"""

from dataclasses import dataclass
from unicodedata import normalize

from .characters import fold_literal
from .errors import LexiconError

GAP = "…"
NUMBER = "#"
# A pattern is a phrase, not a text; the bound keeps a stranger's lexicon from making the automaton huge.
MAX_LENGTH = 200
# How far apart two parts stand: the next word, a number of words later, or anywhere later in the sentence.
ANYWHERE = 0


@dataclass(frozen=True)
class Part:
    """A run of letters to be found, with borders where a word begins or ends there.

    ``literal``: the folded bytes, borders included. ``step``: how many words after the part before it begins
    (1 = the next word, 2 = one word between, ANYWHERE = later in the sentence).
    """

    literal: bytes
    step: int = 1


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern. ``sign`` is set for a punctuation sign or ``#``, and ``parts`` is then empty."""

    text: str
    parts: tuple[Part, ...] = ()
    sign: str = ""
    cased: bool = False
    exception: bool = False

    def same_case(self, surface: str) -> bool:
        """Whether the surface has the capitals of this ``=pattern``: each of its parts stands there as spelled.

        >>> parse_pattern("=Macht").same_case("Macht"), parse_pattern("=Macht").same_case("macht")
        (True, False)
        """
        place = 0
        plain = _plain(surface)
        for piece in _plain(self.text.lstrip("-=").replace("*", " ").replace(GAP, " ")).split():
            place = plain.find(piece, place)
            if place < 0:
                return False
            place += len(piece)
        return True


def parse_pattern(text: str) -> Pattern:
    """The parsed pattern.

    Raises LexiconError for a pattern that is empty, longer than 200 characters, or has nothing to find beside ``*``.

    >>> parse_pattern("Lohn*").parts
    (Part(literal=b' lohn', step=1),)
    >>> [part.literal for part in parse_pattern("low* wage*").parts]
    [b' low', b' wage']
    >>> [(part.literal, part.step) for part in parse_pattern("Dollar * Stunde").parts]
    [(b' dollar ', 1), (b' stunde ', 2)]
    >>> [(part.literal, part.step) for part in parse_pattern("teilte … mit").parts]
    [(b' teilte ', 1), (b' mit ', 0)]
    """
    body = normalize("NFC", text).strip()
    if len(body) > MAX_LENGTH:
        raise LexiconError(f"pattern of {len(body)} characters; at most {MAX_LENGTH} are allowed")
    exception = len(body) > 1 and body.startswith("-")
    body = body[1:].strip() if exception else body
    cased = len(body) > 1 and body.startswith("=")
    body = body[1:].strip() if cased else body
    if len(body) == 1 and body != "*" and not body.isalnum():
        return Pattern(text, sign=body, exception=exception)
    parts = _split_parts(body)
    if not parts:
        raise LexiconError(f"pattern {text!r} has no letters or digits to find; write a word, a stem* or one sign")
    return Pattern(text, parts=tuple(parts), cased=cased, exception=exception)


def _split_parts(body: str) -> list[Part]:
    """The parts of a pattern, runs of plain words joined into one literal."""
    parts: list[Part] = []
    step = 1
    run: list[str] = []  # words of the phrase so far, between which there is no wildcard

    def close() -> None:
        nonlocal step
        if run:
            part = _make_part(run, step)
            if part:
                parts.append(part)
                step = 1
            run.clear()

    for word in body.replace("...", GAP).replace(GAP, f" {GAP} ").split():
        if word == GAP:
            close()
            step = ANYWHERE
        elif word == "*":
            close()
            step = step + 1 if step != ANYWHERE else ANYWHERE
        else:
            if run and (run[-1].endswith("*") or word.startswith("*")):
                close()
            run.append(word)
    close()
    return parts


def _make_part(words: list[str], step: int) -> Part | None:
    core = fold_literal(" ".join(words).strip("*"))
    if not core or b"\x80" * len(core) == core:
        return None
    open_left, open_right = words[0].startswith("*"), words[-1].endswith("*")
    return Part((b"" if open_left else b" ") + core + (b"" if open_right else b" "), step)


def _plain(text: str) -> str:
    """Hyphens as spaces, apostrophes gone and ß as ss, so that spellings that fold alike compare alike."""
    return text.translate({ord("-"): " ", ord("'"): None, ord("’"): None, ord("ß"): "ss", 0xAD: None})
