"""Compiles lexicons for one language into what the hot loop needs: an automaton and tables of integers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

import ahocorasick_rs
import numpy as np
import pandas as pd

from .errors import LexiconError
from .lexicon import Lexicon, parse_lexicon
from .patterns import NUMBER_LITERAL, parse_pattern


@dataclass(frozen=True)
class Stretch:
    """What stands together between the gaps of a pattern: the literal of each part and the borders before it.

    ``borders_after``: the borders of the words, whatever they are, that stand after the last part.
    """

    steps: tuple[tuple[int, tuple[bool, ...]], ...]
    borders_after: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Compiled:
    """The patterns of some lexicons in one language, ready for matching.

    ``table``: a row is a pattern; columns ``lexicon``, ``category``, ``concept``, ``pattern``.
    ``group``, ``concept_id``: for each pattern, the number of its lexicon and category, and of its concept.
    ``exception``, ``n_letters``: for each pattern, whether it is an exception, and how many letters it spells out.
    ``automaton`` finds literals; ``capitals``: number of a literal whose case is kept → which of its bytes are capitals.
    ``use_from``, ``use_pattern`` list, for each literal, the patterns it completes alone; ``chains`` are the others.
    ``number_literal``: the number of the literal that stands for any number, None without one; ``signs``: code point →
    patterns that are that sign.
    """

    table: pd.DataFrame
    group: np.ndarray
    concept_id: np.ndarray
    exception: np.ndarray
    n_letters: np.ndarray
    automaton: ahocorasick_rs.BytesAhoCorasick | None
    n_literals: int
    open_left: np.ndarray
    open_right: np.ndarray
    capitals: dict[int, np.ndarray]
    use_from: np.ndarray
    use_pattern: np.ndarray
    chains: tuple[tuple[int, tuple[Stretch, ...]], ...]
    signs: dict[int, list[int]]
    number_literal: int | None


@cache
def voice_lexicon() -> Lexicon:
    """The marks of voice and negation, which every tagging needs."""
    return parse_lexicon(files("lesart").joinpath("data/voice.yaml").read_text(encoding="utf-8"), "voice.yaml")


_COMPILED: dict[tuple[str, ...], Compiled] = {}


def compile_lexicons(lexicons: Iterable[Lexicon], language: str) -> Compiled:
    """The lexicons' patterns in one language, with the marks of voice, compiled; kept for the next call.

    Raises LexiconError for two lexicons of one name: their hits could not be told apart.
    """
    lexicons = (voice_lexicon(), *lexicons)
    names = [lexicon.name for lexicon in lexicons]
    for name in names:
        if names.count(name) > 1:
            raise LexiconError(f"two lexicons are named {name!r}; give each its own name ('voice' is the tagger's own)")
    key = (language, *(lexicon.fingerprint for lexicon in lexicons))
    if key not in _COMPILED:
        if len(_COMPILED) >= 16:  # an editing session compiles many versions; the oldest goes
            _COMPILED.pop(next(iter(_COMPILED)))
        _COMPILED[key] = _compile(lexicons, language)
    return _COMPILED[key]


def _compile(lexicons: Iterable[Lexicon], language: str) -> Compiled:
    table = pd.concat([lexicon.patterns.assign(lexicon=lexicon.name) for lexicon in lexicons], ignore_index=True)
    table = table.loc[table["language"] == language, ["lexicon", "category", "concept", "pattern"]].reset_index(drop=True)
    parsed = [parse_pattern(text) for text in table["pattern"]]
    numbered: dict[tuple, int] = {}  # a literal and its capitals, if they matter → its number
    singles: list[tuple[int, int]] = []
    chains, signs = [], {}
    for number, pattern in enumerate(parsed):
        steps = [(numbered.setdefault((part.literal, part.capitals), len(numbered)), part.borders) for part in pattern.parts]
        if pattern.sign:
            signs.setdefault(ord(pattern.sign), []).append(number)
        elif len(steps) == 1 and len(steps[0][1]) == 1 and not pattern.borders_after:
            singles.append((steps[0][0], number))
        else:
            chains.append((number, _make_stretches(steps, pattern.borders_after)))
    literals = [literal for literal, _ in numbered]
    singles.sort()
    use = np.array(singles, np.int64).reshape(-1, 2)
    return Compiled(
        table=table,
        group=table.groupby(["lexicon", "category"], sort=False).ngroup().to_numpy(np.int64),
        concept_id=table.groupby(["lexicon", "category", "concept"], sort=False).ngroup().to_numpy(np.int64),
        exception=np.array([pattern.exception for pattern in parsed], bool),
        n_letters=np.array([pattern.n_letters for pattern in parsed], np.int64),
        automaton=ahocorasick_rs.BytesAhoCorasick(literals) if literals else None,
        n_literals=len(literals),
        open_left=np.array([not literal.startswith(b" ") for literal in literals], bool),
        open_right=np.array([not literal.endswith(b" ") for literal in literals], bool),
        capitals={number: np.array(capitals) for (_, capitals), number in numbered.items() if capitals is not None},
        use_from=np.searchsorted(use[:, 0], np.arange(len(literals) + 1)),
        use_pattern=use[:, 1],
        chains=tuple(chains),
        signs=signs,
        number_literal=numbered.get((NUMBER_LITERAL, None)),
    )


def _make_stretches(steps: list[tuple[int, tuple[bool, ...]]], borders_after: tuple[bool, ...]) -> tuple[Stretch, ...]:
    """The steps of a pattern, cut at its gaps."""
    cuts = [0, *(k for k, (_, borders) in enumerate(steps) if not borders), len(steps)]
    stretches = [Stretch(tuple(steps[a:b])) for a, b in pairwise(cuts)]
    return (*stretches[:-1], replace(stretches[-1], borders_after=borders_after))
