"""The left side of the panel: which concept, its patterns in both languages, weights and thresholds."""

from collections.abc import Callable
from dataclasses import replace

import ipywidgets as widgets
import numpy as np

from ..figures.labels import name_of
from ..lexicon import Lexicon
from ..sentences import LANGUAGES
from ..stance import STANCES, StanceModel
from .rendering import foreign, render_faults
from .trial import Place, Trial, change_patterns, change_weight, find_lexicon, patterns_of, read_lines
from .words import name_place, say, spell_feature

_WIDE = {"description_width": "initial"}
# Bounds and step of each threshold.
_THRESHOLDS = {"sure2": (0, 1, 0.05), "sure3": (0, 1, 0.05), "power": (0.5, 3, 0.1), "headline": (0, 5, 0.25), "lead": (0, 5, 0.25)}
_MOST_WEIGHT, _WEIGHT_STEP = 3.0, 0.05


def full(**layout: str) -> widgets.Layout:
    return widgets.Layout(width="auto", min_width="0", **layout)


class Chooser:
    """Three lists, each from what the one before it holds: lexicon, category, concept."""

    def __init__(self, lexicons: list[Lexicon], chosen: Callable[[], None]) -> None:
        self._lexicons, self._chosen, self._filling = lexicons, chosen, False
        self._labels = "en"
        self.lists = [widgets.Dropdown(layout=full(), style=_WIDE) for _ in range(3)]
        self.rule = widgets.HTML()
        self.box = widgets.VBox([*self.lists, self.rule], layout=full())
        for one in self.lists:
            one.observe(self._choose, "value")

    @property
    def place(self) -> Place:
        return tuple(one.value for one in self.lists)

    def show(self, place: Place, labels: str) -> None:
        """Choose a concept, and call everything in the label language."""
        self._labels, self._filling = labels, True
        lexicon = find_lexicon(self._lexicons, place[0])
        concepts = lexicon.concepts.loc[lexicon.concepts["category"] == place[1], "concept"]
        choices = [
            [(say(one.name, labels), one.name) for one in self._lexicons],
            [(name_place((place[0], name, ""), self._lexicons, labels)[0], name) for name in lexicon.categories],
            [(name_place((*place[:2], name), self._lexicons, labels)[1], name) for name in concepts],
        ]
        for one, key, options, value in zip(self.lists, ("lexicon", f"category_{place[0]}", "concept"), choices, place, strict=True):
            one.description = say(key, labels)
            one.options, one.value = options, value
        rule = lexicon.rule_of(*place[1:], labels)
        self.rule.value = f'<p class="lesart-note">{say("rule", labels, rule=foreign(rule, 300))}</p>' if rule else ""
        self._filling = False

    def _choose(self, change: dict) -> None:
        if self._filling:
            return
        name, category, concept = self.place
        lexicon = find_lexicon(self._lexicons, name)
        level = self.lists.index(change["owner"])
        if level == 0:
            category = lexicon.categories[0]
        if level < 2:
            concept = lexicon.concepts.loc[lexicon.concepts["category"] == category, "concept"].iloc[0]
        self.show((name, category, concept), self._labels)
        self._chosen()


class PatternFields:
    """The patterns of a concept as text, German left, English right, and under each what is wrong with its lines."""

    def __init__(self, lexicons: list[Lexicon], tried: Callable[[Trial], None]) -> None:
        self._lexicons, self._tried, self._filling = lexicons, tried, False
        self._trial, self._place, self._labels = Trial(), None, "en"
        self.texts = {language: widgets.Textarea(rows=12, layout=full(), style=_WIDE) for language in LANGUAGES}
        self.faults = {language: widgets.HTML() for language in LANGUAGES}
        columns = [widgets.VBox([self.texts[language], self.faults[language]], layout=full(flex="1 1 220px")) for language in LANGUAGES]
        self.box = widgets.HBox(columns, layout=full(flex_flow="row wrap"))
        for language, text in self.texts.items():
            text.add_class("lesart-above")
            text.observe(lambda _, language=language: self._edit(language), "value")

    def show(self, trial: Trial, place: Place, labels: str) -> None:
        """Spell a concept's patterns; what is being typed stays as it is where it says the same."""
        moved = place != self._place
        self._trial, self._place, self._labels, self._filling = trial, place, labels, True
        for language, patterns in patterns_of(trial, self._lexicons, place).items():
            field = self.texts[language]
            field.description = say(f"patterns_{language}", labels)
            if moved or read_lines(field.value)[0] != patterns:
                field.value = "\n".join(patterns)
            self._tell(language)
        self._filling = False

    def respell(self) -> None:
        """Throw away what cannot be read, as after undoing."""
        self._place, place = None, self._place
        self.show(self._trial, place, self._labels)

    def _tell(self, language: str) -> tuple[str, ...]:
        """Say what is wrong with the lines; the patterns of the others, which count."""
        patterns, faults = read_lines(self.texts[language].value)
        self.faults[language].value = render_faults(faults, len(patterns), self._labels)
        return patterns

    def _edit(self, language: str) -> None:
        if self._filling:
            return
        both = patterns_of(self._trial, self._lexicons, self._place) | {language: self._tell(language)}
        trial = change_patterns(self._trial, self._lexicons, self._place, both)
        if trial != self._trial:
            self._trial = trial
            self._tried(trial)


class NumberFields:
    """The weights of a feature of the stance model, and the thresholds, as numbers."""

    def __init__(self, model: StanceModel, lexicons: list[Lexicon], tried: Callable[[Trial], None]) -> None:
        self._model, self._lexicons, self._tried, self._filling = model, lexicons, tried, False
        self._trial, self._labels = Trial(), "en"
        self.feature = widgets.Dropdown(layout=full(), style=_WIDE)
        # A field pulls what is beyond its bounds to them: a study's own weights must lie within.
        most = max(_MOST_WEIGHT, float(np.abs(model.weights).max(initial=0)))
        self.weights = {stance: self._field(-most, most, _WEIGHT_STEP) for stance in STANCES}
        self.thresholds = {name: self._field(*bounds) for name, bounds in _THRESHOLDS.items()}
        parts = [self.feature, widgets.HBox([*self.weights.values()], layout=full(flex_flow="row wrap"))]
        self.box = widgets.VBox([*parts, widgets.HBox([*self.thresholds.values()], layout=full(flex_flow="row wrap"))], layout=full())
        self.feature.observe(lambda _: self._filling or self.show(self._trial, self._labels), "value")

    def _field(self, least: float, most: float, step: float) -> widgets.BoundedFloatText:
        field = widgets.BoundedFloatText(value=least, min=least, max=most, step=step, layout=full(flex="1 1 130px"), style=_WIDE)
        field.add_class("lesart-above")
        field.observe(lambda _: self._edit(), "value")
        return field

    def show(self, trial: Trial, labels: str, family: str = "") -> None:
        """The numbers of a trial; ``family``: whose feature is to be chosen, if it is not already."""
        self._trial, self._labels, self._filling = trial, labels, True
        chosen = self.feature.value or 0
        self.feature.description = say("feature", labels)
        self.feature.options = [(spell_feature(feature, self._lexicons, labels), number) for number, feature in enumerate(self._model.features)]
        own = [number for number, feature in enumerate(self._model.features) if feature.family == family]
        self.feature.value = own[0] if own and chosen not in own else chosen
        for stance, field in self.weights.items():
            field.description = say("weight", labels, stance=name_of("stances", stance, labels))
            field.value = trial.weights.get((self.feature.value, stance), float(self._model.weights[STANCES.index(stance), self.feature.value]))
        values = {"sure2": trial.sure[0], "sure3": trial.sure[1], "power": trial.power, "headline": trial.headline, "lead": trial.lead}
        for name, field in self.thresholds.items():
            field.description, field.value = say(name, labels), values[name]
        self._filling = False

    def _edit(self) -> None:
        if self._filling:
            return
        trial = self._trial
        for stance, field in self.weights.items():
            trial = change_weight(trial, self._model, self.feature.value, stance, field.value)
        told = {name: field.value for name, field in self.thresholds.items()}
        sure = (told.pop("sure2"), told.pop("sure3"))
        self._trial = replace(trial, sure=(sure[0], max(sure)), **told)
        self._tried(self._trial)
