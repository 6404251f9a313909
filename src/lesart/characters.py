"""Reads text as an array of code points and folds it for matching.

Why: both sides of a match, the article and the pattern, must be folded by the same rules, and fast. The folded
text is bytes in which every word stands between single borders, so that a whole word is the literal ``b" word "``
and no match needs a second look at its neighbours. Every folded byte knows the place it came from.

What it does not do: stem, strip accents from German or English letters, or decide what a sentence is.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from unicodedata import category, normalize

import numpy as np

# How a code point behaves in matching: up to STOP it parts words, up to POINT it is a sign, from LETTER on it is in a word.
BLANK, SPACE, STOP, DROPPED, APOSTROPHE, POINT, LETTER, DIGIT, SHARP_S = range(9)

BORDER = b" "  # between two words of one phrase: white space, hyphen, per cent and currency signs
BARRIER = b" \x1f "  # between two words that only a phrase with punctuation joins: any other punctuation
WALL = b" \x1e "  # between two words that nothing joins: a blank line
OTHER_SCRIPT = b"\x80"  # stands for any letter of another script

_TABLE_SIZE = 0x10000  # beyond the basic plane there are emoji and rare scripts: all read as punctuation
_JOINING = "-\u2010\u2011&%$€£¥\u00a0\u202f"
_APOSTROPHES = "'\u2019\u2018\u02bc`\u00b4"
_CLITICS = ("s", "re", "ve", "ll", "d", "m")


@cache
def tables() -> tuple[np.ndarray, np.ndarray]:
    """The kind and the folded byte of every code point below 0x10000."""
    kinds = np.full(_TABLE_SIZE, STOP, np.uint8)
    folds = np.full(_TABLE_SIZE, 0x1F, np.uint8)
    for code in range(_TABLE_SIZE):
        sign = chr(code)
        group = category(sign)
        if group[0] == "L":
            kinds[code], folds[code] = LETTER, _fold_letter(sign)
        elif group == "Nd":
            kinds[code], folds[code] = DIGIT, ord(normalize("NFKC", sign)) if code < 0x3000 and normalize("NFKC", sign).isascii() else 0x30
        elif group[0] == "M" or group == "Cf":  # stray combining marks, soft hyphens, direction marks
            kinds[code] = DROPPED
        elif sign.isspace() or sign in _JOINING:
            kinds[code] = SPACE
    kinds[ord("\n")] = SPACE
    kinds[0x20], folds[0x20] = BLANK, 0x20
    for sign in "ßẞ":
        kinds[ord(sign)], folds[ord(sign)] = SHARP_S, ord("s")
    for sign in _APOSTROPHES:
        kinds[ord(sign)] = APOSTROPHE
    for sign in ".,":
        kinds[ord(sign)], folds[ord(sign)] = POINT, ord(sign)
    return kinds, folds


@cache
def capitals() -> np.ndarray:
    """Whether each code point below 0x10000 is a capital letter."""
    return _is_letter(tables()[0]) & np.array([chr(code).isupper() for code in range(_TABLE_SIZE)], bool)


def is_capital(codes: np.ndarray) -> np.ndarray:
    """Whether each code point is a capital letter; all beyond the basic plane are not."""
    return capitals()[np.minimum(codes, _TABLE_SIZE - 1)]


def _fold_letter(sign: str) -> int:
    lower = sign.lower()
    if len(lower) == 1 and ord(lower) <= 0xFF:
        return ord(lower)
    base = normalize("NFD", lower)[0]
    return ord(base) if "a" <= base <= "z" else OTHER_SCRIPT[0]


@dataclass(frozen=True)
class Folded:
    """A text folded for matching.

    ``haystack``: the folded bytes, beginning and ending with a border.
    ``origin``: for each folded byte, the index of the character it came from.
    ``word_of``: for each folded byte, the number of the word it is in, or of the last word before it (-1: none).
    ``word_start``, ``word_end``: for each word, its place in the haystack.
    """

    haystack: np.ndarray
    origin: np.ndarray
    word_of: np.ndarray
    word_start: np.ndarray
    word_end: np.ndarray


@dataclass(frozen=True)
class Characters:
    """The characters of a text and what is asked of all of them, each once.

    ``codes``: their code points. Nearly all of a German or English text is letters and blanks of Latin-1. So tables are looked
    up by ``bytes.translate``, which is three times as fast as an array's ``take``, and the few code points beyond one by one;
    and whatever is asked of points, commas, quotation marks or line breaks is asked of the few ``signs`` and not of the text.
    """

    codes: np.ndarray

    @cached_property
    def low(self) -> np.ndarray:
        """The lowest byte of each code point."""
        return self.codes.astype(np.uint8)

    @cached_property
    def high(self) -> np.ndarray:
        """Where code points beyond Latin-1 stand."""
        return np.flatnonzero(self.codes > 0xFF)

    @cached_property
    def signs(self) -> np.ndarray:
        """Where everything stands that is neither letter, digit nor blank, in order."""
        return np.flatnonzero(self._raw_kinds - np.uint8(SPACE) < LETTER - SPACE)  # BLANK becomes 255

    @cached_property
    def kinds(self) -> np.ndarray:
        """The kind of each, points and apostrophes settled by what stands beside them."""
        kinds = self._raw_kinds.copy()
        _settle_points(kinds, self.signs)
        _settle_apostrophes(self.codes, kinds, self.signs)
        return kinds

    def look_up(self, table: np.ndarray) -> np.ndarray:
        """The byte that the table has for each code point; its last one stands for all beyond it."""
        found = np.frombuffer(bytearray(self.low).translate(table[:0x100].tobytes()), np.uint8)
        found[self.high] = table.take(self.codes[self.high], mode="clip")
        return found

    def find(self, signs: str) -> np.ndarray:
        """Where one of these signs stands, in order; letters, digits and blanks are none."""
        return self.signs[np.flatnonzero(np.logical_or.reduce([self._sign_codes == ord(sign) for sign in signs]))]

    @cached_property
    def _raw_kinds(self) -> np.ndarray:
        return self.look_up(tables()[0])

    @cached_property
    def _sign_codes(self) -> np.ndarray:
        return self.codes[self.signs]


def read_characters(text: str) -> Characters:
    return Characters(code_points(text))


def code_points(text: str) -> np.ndarray:
    """The code points of ``text`` as an array of uint32; lone surrogates are kept."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def fold(codes: np.ndarray) -> Folded:
    """Fold an array of code points; see the module's docstring for the rules.

    >>> fold(code_points("„Größe“ zählt nicht: U.S.-Firmen don't.")).haystack.tobytes().decode("latin-1")
    ' \\x1f grösse \\x1f zählt nicht \\x1f u \\x1f s \\x1f firmen dont \\x1f '
    >>> fold(code_points("Meta's 14.3 billion")).haystack.tobytes().decode("latin-1")
    ' meta s 14.3 billion '
    >>> fold(code_points("Gold\\n\\nrush")).haystack.tobytes()
    b' gold \\x1e rush '
    """
    kinds = Characters(codes).kinds
    border = kinds <= STOP
    widths = np.where(border, 0, 1).astype(np.uint8)
    widths[kinds == DROPPED] = 0
    widths[kinds == SHARP_S] = 2
    # Runs of border signs: dropped signs inside a run belong to it, so runs are taken over what is kept.
    kept = np.flatnonzero(kinds != DROPPED)
    kept_border = border[kept]
    begins = kept_border & ~np.concatenate(([False], kept_border[:-1]))
    barrier, wall = _judge_runs(codes, kinds, kept[kept_border], np.flatnonzero(begins[kept_border]))
    first = kept[begins]
    widths[first] = np.where(barrier | wall, 3, 1)
    origin = np.repeat(np.arange(len(codes), dtype=np.int32), widths)
    signs = fold_signs(codes)
    signs[border] = 0x20
    haystack = signs[origin]
    run_starts = np.cumsum(widths, dtype=np.int32) - widths
    haystack[run_starts[first[barrier]] + 1] = BARRIER[1]
    haystack[run_starts[first[wall]] + 1] = WALL[1]
    return _with_edges(haystack, origin, len(codes))


def fold_signs(codes: np.ndarray) -> np.ndarray:
    """The folded byte of each code point that is part of a word, and of a blank."""
    return tables()[1].take(codes, mode="clip")


def _judge_runs(codes: np.ndarray, kinds: np.ndarray, signs: np.ndarray, begins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which runs of border signs are barriers (they hold punctuation) and which are walls (two line breaks)."""
    if not len(signs):
        return np.empty(0, bool), np.empty(0, bool)
    barrier = np.logical_or.reduceat(kinds[signs] == STOP, begins)
    wall = np.add.reduceat(codes[signs] == 0x0A, begins, dtype=np.int32) > 1
    return barrier & ~wall, wall


def _settle_points(kinds: np.ndarray, signs: np.ndarray) -> None:
    """A point or comma between digits is part of the number; any other is punctuation."""
    points = signs[kinds[signs] == POINT]
    inside = points[(points > 0) & (points < len(kinds) - 1)]
    inside = inside[(kinds[inside - 1] == DIGIT) & (kinds[inside + 1] == DIGIT)]
    kinds[points] = STOP
    kinds[inside] = DIGIT


def _settle_apostrophes(codes: np.ndarray, kinds: np.ndarray, signs: np.ndarray) -> None:
    """Inside a word an apostrophe is dropped (don't → dont), before a clitic it is a border (Meta's → meta s)."""
    apostrophes = signs[kinds[signs] == APOSTROPHE]
    kinds[apostrophes] = STOP
    inner = apostrophes[(apostrophes > 0) & (apostrophes < len(kinds) - 1)]
    inner = inner[_is_letter(kinds[inner - 1]) & _is_letter(kinds[inner + 1])]
    if not len(inner):
        return
    after = [_sign(codes, inner, k) for k in (1, 2, 3)]
    letter_after = [_is_letter(_kind(kinds, inner, k)) for k in (1, 2, 3)]
    clitic = np.zeros(len(inner), bool)
    for ending in _CLITICS:
        fits = ~letter_after[len(ending)]
        for k, sign in enumerate(ending):
            fits &= (after[k] | 0x20) == ord(sign)
        clitic |= fits
    kinds[inner] = np.where(clitic, SPACE, DROPPED)


def _sign(codes: np.ndarray, places: np.ndarray, step: int) -> np.ndarray:
    beyond = places + step >= len(codes)
    return np.where(beyond, 0, codes[np.minimum(places + step, len(codes) - 1)])


def _kind(kinds: np.ndarray, places: np.ndarray, step: int) -> np.ndarray:
    beyond = places + step >= len(kinds)
    return np.where(beyond, STOP, kinds[np.minimum(places + step, len(kinds) - 1)])


def _is_letter(kinds: np.ndarray) -> np.ndarray:
    return (kinds == LETTER) | (kinds == SHARP_S)


def _with_edges(haystack: np.ndarray, origin: np.ndarray, length: int) -> Folded:
    """Give the haystack a border at both ends and number its words."""
    edge = np.array([0x20], np.uint8)
    if not len(haystack) or haystack[0] != 0x20:
        haystack, origin = np.concatenate((edge, haystack)), np.concatenate((np.zeros(1, np.int32), origin))
    if haystack[-1] != 0x20 or len(haystack) == 1:
        haystack = np.concatenate((haystack, edge))
        origin = np.concatenate((origin, np.array([max(length - 1, 0)], np.int32)))
    in_word = haystack > 0x20
    change = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    starts, ends = change[0::2], change[1::2]
    begins = np.zeros(len(haystack), np.int32)
    begins[starts] = 1
    return Folded(haystack, origin, np.cumsum(begins, dtype=np.int32) - 1, starts, ends)


# Most patterns are such words; folding them by string methods is thirty times faster than building arrays for each.
_PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]+(?:[ -]+[A-Za-z0-9À-ÖØ-öø-ÿ]+)*")


def fold_text(text: str) -> bytes:
    """The folded bytes of a text; the same as ``fold``'s haystack.

    >>> fold_text("low-wage") == fold(code_points("low-wage")).haystack.tobytes() == b" low wage "
    True
    """
    if _PLAIN.fullmatch(text):
        words = text.lower().replace("ß", "ss").replace("-", " ").split()
        return f" {' '.join(words)} ".encode("latin-1")
    return fold(code_points(text)).haystack.tobytes()


def fold_literal(text: str) -> bytes:
    """The folded bytes of a pattern's words, without the borders at its ends.

    >>> fold_literal("low-wage"), fold_literal("große Lösung").decode("latin-1")
    (b'low wage', 'grosse lösung')
    """
    return fold_text(normalize("NFC", text)).strip(BARRIER + WALL)
