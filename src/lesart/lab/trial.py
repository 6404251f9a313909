"""What is tried in the lab, as a value: patterns of concepts, weights and thresholds that differ from the study's own.

A trial holds the differences alone, so that it can be named, compared, undone, and applied to lexicons and model at any time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from ..errors import LexiconError
from ..lexicon import Lexicon
from ..patterns import parse_pattern
from ..sentences import LANGUAGES
from ..stance import STANCES, SURE_MARGINS, StanceModel
from ..topics import PART_WEIGHTS, SHARPEN

# A concept of the shipped lexicons has some 150 patterns in a language.
MOST_LINES = 2_000
_MOST_SIGNS = 400_000
# The model file has so many places.
_PLACES = 3

# Lexicon, category and concept.
Place = tuple[str, str, str]
# Language → patterns, in order.
Patterns = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Trial:
    """What differs from the study: nothing, unless said.

    ``patterns``: for each concept edited, those of both languages. ``weights``: (number of the feature, stance) → logits.
    ``sure``: the margins from which a tag is sure 2 and 3. ``power``: what sharpens topic weights. ``headline``, ``lead``:
    what a topic hit there counts.
    """

    patterns: dict[Place, Patterns] = field(default_factory=dict)
    weights: dict[tuple[int, str], float] = field(default_factory=dict)
    sure: tuple[float, float] = SURE_MARGINS
    power: float = SHARPEN
    headline: float = PART_WEIGHTS["headline"]
    lead: float = PART_WEIGHTS["lead"]

    @property
    def part_weights(self) -> dict[str, float]:
        """What a topic hit in each part counts."""
        return PART_WEIGHTS | {"headline": self.headline, "lead": self.lead}


@dataclass(frozen=True)
class Fault:
    """A line that is no pattern: its number from 1, what stands there, and what is wrong with it and helps."""

    line: int
    text: str
    told: str


def read_lines(text: str) -> tuple[tuple[str, ...], list[Fault]]:
    """The patterns of a text with one on each line, and the lines that are none; empty lines say nothing.

    >>> read_lines("wage*\\n\\n  two   words \\nw*ge")
    (('wage*', 'two words'), [Fault(line=4, text='w*ge', told="'w*ge' has a * inside; a * stands at the beginning or the end of a word, or alone")])
    """
    if len(text) > _MOST_SIGNS:
        return (), [Fault(1, "", f"{len(text):,} characters; at most {_MOST_SIGNS:,} are read; take some out")]
    patterns, faults = [], []
    for number, line in enumerate(text.split("\n"), 1):
        pattern = " ".join(line.split())
        if len(patterns) == MOST_LINES and pattern:
            faults.append(Fault(number, pattern, f"more than {MOST_LINES:,} patterns; take some out"))
            break
        try:
            if pattern and parse_pattern(pattern):
                patterns.append(pattern)
        except LexiconError as fault:
            faults.append(Fault(number, pattern, str(fault)))
    return tuple(patterns), faults


def list_patterns(lexicon: Lexicon, category: str, concept: str) -> Patterns:
    """The patterns of a concept in each language, in order."""
    rows = lexicon.patterns[(lexicon.patterns["category"] == category) & (lexicon.patterns["concept"] == concept)]
    return {language: tuple(rows.loc[rows["language"] == language, "pattern"]) for language in LANGUAGES}


def patterns_of(trial: Trial, lexicons: Iterable[Lexicon], place: Place) -> Patterns:
    """The patterns of a concept as the trial has them."""
    return trial.patterns.get(place) or list_patterns(find_lexicon(lexicons, place[0]), *place[1:])


def find_lexicon(lexicons: Iterable[Lexicon], name: str) -> Lexicon:
    return next(lexicon for lexicon in lexicons if lexicon.name == name)


def change_patterns(trial: Trial, lexicons: Iterable[Lexicon], place: Place, patterns: Patterns) -> Trial:
    """The trial with other patterns for a concept; those of the study's own lexicon are no difference."""
    own = {name: value for name, value in trial.patterns.items() if name != place}
    if patterns != list_patterns(find_lexicon(lexicons, place[0]), *place[1:]):
        own[place] = patterns
    return replace(trial, patterns=own)


def add_patterns(trial: Trial, lexicons: Iterable[Lexicon], place: Place, **patterns: Iterable[str]) -> Trial:
    """The trial with more patterns for a concept: ``add_patterns(trial, lexicons, place, de=["*arbeit*"], en=["work*"])``.

    Raises LexiconError for a concept that is not there, and for what is no pattern.
    """
    before = patterns_of(trial, lexicons, check_place(lexicons, place))
    for pattern in (pattern for own in patterns.values() for pattern in own):
        parse_pattern(pattern)
    return change_patterns(trial, lexicons, place, {lang: (*own, *patterns.get(lang, ())) for lang, own in before.items()})


def drop_patterns(trial: Trial, lexicons: Iterable[Lexicon], place: Place, **patterns: Iterable[str]) -> Trial:
    """The trial without these patterns of a concept: ``drop_patterns(trial, lexicons, place, de=["aber"], en=["but"])``.

    Raises LexiconError for a concept or a pattern that is not there.
    """
    before = patterns_of(trial, lexicons, check_place(lexicons, place))
    for lang, pattern in ((lang, pattern) for lang, own in patterns.items() for pattern in own):
        if pattern not in before[lang]:
            raise LexiconError(f"{place[1]}: {place[2]}: has no {lang} pattern {pattern!r}; patterns are spelled as in the lexicon")
    return change_patterns(trial, lexicons, place, {lang: tuple(p for p in own if p not in patterns.get(lang, ())) for lang, own in before.items()})


def check_place(lexicons: Iterable[Lexicon], place: Place) -> Place:
    """The place itself. Raises LexiconError for one that is not in the lexicons, naming what is there."""
    names = {lexicon.name: lexicon for lexicon in lexicons}
    if place[0] not in names:
        raise LexiconError(f"no lexicon {place[0]!r}; there are {', '.join(names)}")
    concepts = names[place[0]].concepts
    if place[1] not in set(concepts["category"]):
        raise LexiconError(f"{place[0]}: no category {place[1]!r}; there are {', '.join(names[place[0]].categories)}")
    own = concepts.loc[concepts["category"] == place[1], "concept"].tolist()
    if place[2] not in own:
        raise LexiconError(f"{place[0]}: {place[1]}: no concept {place[2]!r}; there are {', '.join(own)}")
    return place


def change_weight(trial: Trial, model: StanceModel, feature: int, stance: str, weight: float) -> Trial:
    """The trial with another weight of a feature for a stance; the model's own is no difference."""
    weight = round(weight, _PLACES)
    own = {key: value for key, value in trial.weights.items() if key != (feature, stance)}
    if weight != round(float(model.weights[STANCES.index(stance), feature]), _PLACES):
        own[feature, stance] = weight
    return replace(trial, weights=own)


def apply_patterns(lexicon: Lexicon, trial: Trial) -> Lexicon:
    """The lexicon with the trial's patterns, each concept at its place; the lexicon itself where none is its own."""
    edited = {place[1:]: patterns for place, patterns in trial.patterns.items() if place[0] == lexicon.name}
    if not edited:
        return lexicon
    own = dict(list(lexicon.patterns.groupby(["category", "concept"], sort=False)))
    keys = lexicon.concepts[["category", "concept"]].itertuples(index=False, name=None)
    pieces = [_respell(own.get(key, lexicon.patterns[:0]), key, edited[key]) if key in edited else own.get(key, lexicon.patterns[:0]) for key in keys]
    return replace(lexicon, patterns=pd.concat(pieces, ignore_index=True))


def _respell(rows: pd.DataFrame, key: tuple[str, str], patterns: Patterns) -> pd.DataFrame:
    """The rows of a concept with other patterns; its languages stay in their order."""
    languages = dict.fromkeys([*rows["language"], *LANGUAGES])
    spelled = [(*key, language, pattern, 0) for language in languages for pattern in patterns[language]]
    return pd.DataFrame(spelled, columns=list(rows)).astype(dict(rows.dtypes))


def apply_weights(model: StanceModel, trial: Trial) -> StanceModel:
    """The model with the trial's weights; the model itself where it has none."""
    if not trial.weights:
        return model
    weights = np.array(model.weights, float)
    for (feature, stance), weight in trial.weights.items():
        weights[STANCES.index(stance), feature] = weight
    return replace(model, weights=weights)
