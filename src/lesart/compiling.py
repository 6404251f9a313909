"""Compiles lexicons for one language into what the hot loop needs: an automaton and tables of integers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise

import ahocorasick_rs
import numpy as np
import pandas as pd
import pyarrow as pa

from .characters import BARRIER, BORDER
from .errors import LexiconError
from .lexicon import Lexicon, parse_lexicon
from .patterns import NUMBER_LITERAL, Part, Pattern, parse_pattern

ANY_WORD = -1  # stands for a literal where a run has a lone *
_PUNCTUATION = BARRIER.strip(BORDER)


@dataclass(frozen=True)
class Runs:
    """What stands together in the patterns of several words: a phrase is one run, a pattern with gaps has several.

    One row per distinct run: ``literal``: its words' literals, ``ANY_WORD`` for a lone ``*``, the row filled up with
    ``ANY_WORD``; ``border``: whether punctuation stands between each of its words and the next; ``length``: how many words it
    has. One row per use, in order: the ``run``, the ``pattern`` it belongs to, ``position``: how many gaps of it are before.
    Hundreds of German verbs share the few runs that follow their gap ("teilte … mit", "brachte … mit").
    """

    literal: np.ndarray
    border: np.ndarray
    length: np.ndarray
    run: np.ndarray
    pattern: np.ndarray
    position: np.ndarray


@dataclass(frozen=True)
class Compiled:
    """The patterns of some lexicons in one language, ready for matching.

    ``table``: a row is a pattern; columns ``lexicon``, ``category``, ``concept``, ``pattern``; ``texts``: the same for Arrow.
    ``group``, ``concept_id``: for each pattern, the number of its lexicon and category (alphabetical), and of its concept;
    ``kind``: its category and concept in words; ``is_mark``: whether it is one of the tagger's own marks of voice.
    ``exception``, ``n_letters``: for each pattern, whether it is an exception, and how many letters it spells out.
    ``automaton`` finds literals, each a word or a piece of one; ``open_left``: those that need not begin a word;
    ``capitals_from``, ``capitals`` list, for each literal whose case is kept, which of its bytes are capitals.
    ``use_from``, ``use_pattern`` list, for each literal, the patterns of one word that it is; ``runs`` are the others.
    ``number_literal``: the number of the literal that stands for any number, None without one; ``signs``: sign → the
    patterns that are that sign.
    """

    table: pd.DataFrame
    texts: dict[str, pa.Array]
    group: np.ndarray
    concept_id: np.ndarray
    kind: pd.Categorical
    is_mark: np.ndarray
    exception: np.ndarray
    n_letters: np.ndarray
    automaton: ahocorasick_rs.BytesAhoCorasick | None
    n_literals: int
    open_left: np.ndarray
    capitals_from: np.ndarray
    capitals: np.ndarray
    use_from: np.ndarray
    use_pattern: np.ndarray
    runs: Runs
    signs: dict[str, list[int]]
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
    numbered: dict[_Literal, int] = {}
    singles: list[tuple[int, int]] = []
    runs: list[_Run] = []
    signs: dict[str, list[int]] = {}
    for number, pattern in enumerate(parsed):
        own = _list_runs(pattern, number, numbered)
        if pattern.sign:
            signs.setdefault(pattern.sign, []).append(number)
        elif len(own) == 1 and len(own[0].literals) == 1:
            singles.append((own[0].literals[0], number))
        else:
            runs += own
    kinds = (table["category"] + "." + table["concept"]).tolist()
    literals = [literal for literal, _ in numbered]
    singles.sort()
    use = np.array(singles, np.int64).reshape(-1, 2)
    capitals = [() if case is None else case for _, case in numbered]
    return Compiled(
        table=table,
        texts={name: pa.array(table[name].tolist(), pa.large_string()) for name in table},
        group=table.groupby(["lexicon", "category"]).ngroup().to_numpy(np.int64),
        concept_id=table.groupby(["lexicon", "category", "concept"], sort=False).ngroup().to_numpy(np.int64),
        kind=pd.Categorical(kinds, categories=pd.Index(sorted(set(kinds)), dtype=object)),
        is_mark=(table["lexicon"] == "voice").to_numpy(bool),
        exception=np.array([pattern.exception for pattern in parsed], bool),
        n_letters=np.array([pattern.n_letters for pattern in parsed], np.int64),
        automaton=ahocorasick_rs.BytesAhoCorasick(literals) if literals else None,
        n_literals=len(literals),
        open_left=np.array([not literal.startswith(BORDER) for literal in literals], bool),
        capitals_from=np.cumsum([0, *map(len, capitals)]),
        capitals=np.array(list(chain.from_iterable(capitals)), bool),
        use_from=np.searchsorted(use[:, 0], np.arange(len(literals) + 1)),
        use_pattern=use[:, 1],
        runs=_stack_runs(runs),
        signs=signs,
        number_literal=numbered.get((NUMBER_LITERAL, None)),
    )


_Literal = tuple[bytes, tuple[bool, ...] | None]  # and its capitals, if they matter


@dataclass
class _Run:
    pattern: int
    position: int
    literals: list[int]
    borders: list[bool]  # between its words, one fewer


def _list_runs(pattern: Pattern, number: int, numbered: dict[_Literal, int]) -> list[_Run]:
    """The runs of a pattern, cut at its gaps; its literals are numbered as they come."""
    runs: list[_Run] = []
    for part in pattern.parts:
        if not runs or not part.borders:
            runs.append(_Run(number, len(runs), [ANY_WORD] * len(part.borders[1:]), list(part.borders[1:])))
        else:
            runs[-1].literals += [ANY_WORD] * len(part.borders[1:])
            runs[-1].borders += part.borders
        words, borders = _split_part(part)
        runs[-1].literals += [numbered.setdefault(word, len(numbered)) for word in words]
        runs[-1].borders += borders
    if pattern.borders_after:
        runs[-1].literals += [ANY_WORD] * len(pattern.borders_after)
        runs[-1].borders += pattern.borders_after
    return runs


def _split_part(part: Part) -> tuple[list[_Literal], list[bool]]:
    """The words of a part, each a literal, and whether punctuation stands between each and the next."""
    if part.literal == NUMBER_LITERAL:
        return [(NUMBER_LITERAL, None)], []
    words: list[_Literal] = []
    borders: list[bool] = []
    pieces = part.literal.strip(BORDER).split(BORDER)
    place = 0
    for before, piece in pairwise([b"", *pieces]):
        if piece != _PUNCTUATION:
            borders.append(before == _PUNCTUATION)
            words.append((BORDER + piece + BORDER, part.capitals and part.capitals[place : place + len(piece)]))
        place += len(piece) + 1
    if not part.literal.startswith(BORDER):
        words[0] = (words[0][0].removeprefix(BORDER), words[0][1])
    if not part.literal.endswith(BORDER):
        words[-1] = (words[-1][0].removesuffix(BORDER), words[-1][1])
    return words, borders[1:]


def _stack_runs(runs: list[_Run]) -> Runs:
    """The runs as arrays, as wide as the longest of them, and no narrower than two words."""
    distinct: dict[tuple[tuple[int, ...], tuple[bool, ...]], int] = {}
    uses = [(distinct.setdefault((tuple(run.literals), tuple(run.borders)), len(distinct)), run.pattern, run.position) for run in runs]
    length = np.array([len(literals) for literals, _ in distinct], np.int64)
    width = int(length.max(initial=2))
    literal = np.full((len(distinct), width), ANY_WORD, np.int64, order="F")  # asked for word by word
    border = np.zeros((len(distinct), width), np.uint8)
    for row, (literals, borders) in enumerate(distinct):
        literal[row, : len(literals)] = literals
        border[row, : len(borders)] = borders
    return Runs(literal, border, length, *np.array(sorted(uses), np.int64).reshape(-1, 3).T)
