"""Compiles lexicons for one language into what the hot loop needs: an automaton and tables of integers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import ahocorasick_rs
import numpy as np
import pandas as pd

from .lexicon import Lexicon, parse_lexicon
from .patterns import NUMBER, Pattern, parse_pattern


@dataclass(frozen=True)
class Compiled:
    """The patterns of some lexicons in one language, ready for matching.

    ``table``: a row is a pattern; columns ``lexicon``, ``category``, ``concept``, ``pattern``.
    ``group``, ``concept_id``: for each pattern, the number of its lexicon and category, and of its concept.
    ``exception``, ``cased``: flags for each pattern.
    ``automaton`` finds literals; ``uses`` lists, for each literal, the single-part patterns it completes, as two
    arrays (``use_from`` and ``use_pattern``); ``chains`` are the patterns of several parts.
    ``signs``: code point → patterns that are that sign; ``numbers``: patterns that are any number.
    """

    table: pd.DataFrame
    group: np.ndarray
    concept_id: np.ndarray
    exception: np.ndarray
    cased: np.ndarray
    automaton: ahocorasick_rs.BytesAhoCorasick | None
    n_literals: int
    open_left: np.ndarray
    open_right: np.ndarray
    use_from: np.ndarray
    use_pattern: np.ndarray
    chains: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    signs: dict[int, list[int]]
    numbers: list[int]
    parsed: tuple[Pattern, ...]


@cache
def voice_lexicon() -> Lexicon:
    """The marks of voice and negation, which every tagging needs."""
    return parse_lexicon(files("lesart").joinpath("data/voice.yaml").read_text(encoding="utf-8"), "voice.yaml")


_COMPILED: dict[tuple[str, ...], Compiled] = {}


def compile_lexicons(lexicons: Iterable[Lexicon], language: str) -> Compiled:
    """The lexicons' patterns in one language, with the marks of voice, compiled; kept for the next call."""
    lexicons = (voice_lexicon(), *lexicons)
    key = (language, *(lexicon.fingerprint for lexicon in lexicons))
    if key not in _COMPILED:
        if len(_COMPILED) >= 16:  # an editing session compiles many versions; the oldest goes
            _COMPILED.pop(next(iter(_COMPILED)))
        _COMPILED[key] = _compile(lexicons, language)
    return _COMPILED[key]


@lru_cache(maxsize=50_000)
def _parse(text: str) -> Pattern:
    return parse_pattern(text)


def _compile(lexicons: Iterable[Lexicon], language: str) -> Compiled:
    table = pd.concat([lexicon.patterns.assign(lexicon=lexicon.name) for lexicon in lexicons], ignore_index=True)
    table = table.loc[table["language"] == language, ["lexicon", "category", "concept", "pattern"]].reset_index(drop=True)
    parsed = tuple(_parse(text) for text in table["pattern"])
    literals: dict[bytes, int] = {}
    singles: list[tuple[int, int]] = []
    chains, signs, numbers = [], {}, []
    for number, pattern in enumerate(parsed):
        steps = tuple((literals.setdefault(part.literal, len(literals)), part.step) for part in pattern.parts)
        if pattern.sign == NUMBER:
            numbers.append(number)
        elif pattern.sign:
            signs.setdefault(ord(pattern.sign), []).append(number)
        elif len(steps) == 1:
            singles.append((steps[0][0], number))
        else:
            chains.append((number, steps))
    singles.sort()
    use = np.array(singles, np.int64).reshape(-1, 2)
    return Compiled(
        table=table,
        group=table.groupby(["lexicon", "category"], sort=False).ngroup().to_numpy(np.int64),
        concept_id=table.groupby(["lexicon", "category", "concept"], sort=False).ngroup().to_numpy(np.int64),
        exception=np.array([pattern.exception for pattern in parsed], bool),
        cased=np.array([pattern.cased for pattern in parsed], bool),
        automaton=ahocorasick_rs.BytesAhoCorasick(list(literals)) if literals else None,
        n_literals=len(literals),
        open_left=np.array([not literal.startswith(b" ") for literal in literals], bool),
        open_right=np.array([not literal.endswith(b" ") for literal in literals], bool),
        use_from=np.searchsorted(use[:, 0], np.arange(len(literals) + 1)),
        use_pattern=use[:, 1],
        chains=tuple(chains),
        signs=signs,
        numbers=numbers,
        parsed=parsed,
    )
