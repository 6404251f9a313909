"""The words of the lab, English and German side by side: ``data/lab``."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import yaml

from .. import wording
from ..figures.labels import check_labels, name_feature, name_of, number
from ..lexicon import Lexicon
from ..stance import STANCES, Feature, StanceModel
from .steps import Step, find_stretch, list_changes
from .trial import Place, Trial, find_lexicon

# So many patterns of a step are named, the others counted.
_NAMED = 3
# Signs of a name that are shown in a sentence or a list.
MOST_SIGNS = 60
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def list_faults() -> list[dict[str, str]]:
    """What may be wrong with a pattern: ``has``, a part of the English message, and ``de``, what is said instead in German."""
    return yaml.load(files("lesart").joinpath("data/lab/faults.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def say(key: str, labels: str | None = None, **values: object) -> str:
    """A text of the lab with its values put in.

    >>> say("step_pattern", "de", concept="pay", language="Deutsch", what="+ Geld*")
    'pay (Deutsch): + Geld*'
    """
    return wording.say("lab", key, check_labels(labels), **values)


def isolate(name: str) -> str:
    """A stranger's name for a sentence: cut, and where it turns the direction of writing, kept from turning the rest (UAX 9).

    >>> isolate("pay"), isolate("a\u202eb")
    ('pay', '\u2068a\u202eb\u2069')
    """
    name = name if len(name) <= MOST_SIGNS else f"{name[:MOST_SIGNS]}…"
    return f"\u2068{name}\u2069" if _TURNS.search(name) else name


def say_fault(told: str, labels: str | None = None) -> str:
    """What is wrong with a pattern, in the label language; in English where German has no words for it yet.

    >>> say_fault("'w*ge' has a * inside; a * stands at the beginning or the end of a word, or alone", "de")
    'Ein * steht mitten im Wort; es steht am Anfang oder am Ende eines Wortes oder allein.'
    """
    if check_labels(labels) == "en":
        return told
    return next((entry["de"] for entry in list_faults() if entry["has"] in told), told)


def name_place(place: Place, lexicons: Iterable[Lexicon], labels: str | None = None) -> tuple[str, str]:
    """The names of a category and of a concept, as people read them; a concept's are those of its lexicon."""
    section = "topics" if place[0] == "topics" else "families"
    concept = find_lexicon(lexicons, place[0]).name_concept(*place[1:], check_labels(labels))
    return isolate(name_of(section, place[1], labels)), isolate(concept)


def spell_feature(feature: Feature, lexicons: Iterable[Lexicon], labels: str | None = None) -> str:
    """A feature of the stance model as people read it: the family, the voice where it is not the narrator's, and the concepts
    where not all of the family are counted."""
    whole = name_feature(str(Feature(feature.family, feature.voice)), labels)
    if not feature.concepts:
        return isolate(whole)
    stance = find_lexicon(lexicons, "stance")
    return isolate(f"{whole}: {', '.join(stance.name_concept(feature.family, concept, check_labels(labels)) for concept in feature.concepts)}")


def name_step(before: Trial, step: Step, lexicons: list[Lexicon], model: StanceModel, labels: str | None = None) -> str:
    """What a step is called: by somebody, or by what it changes."""
    if step.name:
        return step.name
    after, told = step.trial, []
    for place, language, old, new in list_changes(before, after, lexicons):
        what = _name_patterns(old, new, labels)
        told.append(say("step_pattern", labels, concept=name_place(place, lexicons, labels)[1], language=name_of("languages", language, labels), what=what))
    for feature, stance in sorted({*before.weights, *after.weights}, key=str):
        old, new = (_weight(model, trial, feature, stance) for trial in (before, after))
        if old != new:
            values = {"feature": spell_feature(model.features[feature], lexicons, labels), "stance": name_of("stances", stance, labels)}
            told.append(say("step_weight", labels, **values, before=number(old, labels, 3), after=number(new, labels, 3)))
    if before.sure != after.sure:
        told.append(say("step_sure", labels, two=number(after.sure[0], labels, 2), three=number(after.sure[1], labels, 2)))
    told += [say(f"step_{name}", labels, value=number(getattr(after, name), labels, 2)) for name in ("power", "headline", "lead") if getattr(before, name) != getattr(after, name)]
    return "; ".join(told) or say("step_none", labels)


def _weight(model: StanceModel, trial: Trial, feature: int, stance: str) -> float:
    return trial.weights.get((feature, stance), float(model.weights[STANCES.index(stance), feature]))


def _name_patterns(old: tuple[str, ...], new: tuple[str, ...], labels: str) -> str:
    first, n_old, n_new = find_stretch(old, new)
    gone, come = old[first : first + n_old], new[first : first + n_new]
    changed = [f"− {isolate(pattern)}" for pattern in gone if pattern not in come] + [f"+ {isolate(pattern)}" for pattern in come if pattern not in gone]
    if len(changed) > _NAMED:
        more = say("and_more", labels, n=len(changed) - _NAMED)
        return f"{', '.join(changed[:_NAMED])} {more}"
    return ", ".join(changed) or say("step_order", labels)
