"""The steps of a session in the lab, which can be undone and done again: values, never changed in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ..lexicon import Lexicon
from ..sentences import LANGUAGES
from .trial import Place, Trial, patterns_of

# The thresholds of a trial.
FIELDS = ("sure", "power", "headline", "lead")


@dataclass(frozen=True)
class Step:
    """A trial, and the name somebody gave it; without one it is called by what it changes."""

    trial: Trial
    name: str = ""


@dataclass(frozen=True)
class Steps:
    """The steps so far and which of them is looked at; the first one is the study as it is."""

    steps: tuple[Step, ...] = (Step(Trial()),)
    now: int = 0

    @property
    def trial(self) -> Trial:
        return self.steps[self.now].trial

    @property
    def can_undo(self) -> bool:
        return self.now > 0

    @property
    def can_redo(self) -> bool:
        return self.now < len(self.steps) - 1


def take_step(steps: Steps, trial: Trial, lexicons: Sequence[Lexicon]) -> Steps:
    """The steps with one more; what was undone before is forgotten. ``lexicons``: the study's own.

    While one goes on changing the same pattern or the same number, it stays one step; what is typed and taken back is none.
    """
    if trial == steps.trial:
        return steps
    done = steps.steps[: steps.now + 1]
    if steps.now and not done[-1].name:
        before = done[-2].trial
        spot = find_spot(before, done[-1].trial, lexicons)
        if spot is not None and (trial == before or find_spot(before, trial, lexicons) == spot):
            done = done[:-1]
    done = done if trial == done[-1].trial else (*done, Step(trial))
    return Steps(done, len(done) - 1)


def go_to(steps: Steps, number: int) -> Steps:
    """The steps with another one looked at; the nearest there is."""
    return replace(steps, now=min(max(number, 0), len(steps.steps) - 1))


def name_now(steps: Steps, name: str) -> Steps:
    """The steps, the one looked at called by a name; an empty one gives it back its own."""
    named = replace(steps.steps[steps.now], name=" ".join(name.split())[:80])
    return replace(steps, steps=(*steps.steps[: steps.now], named, *steps.steps[steps.now + 1 :]))


def find_spot(before: Trial, after: Trial, lexicons: Sequence[Lexicon]) -> tuple | None:
    """What alone differs: a pattern of a concept by its place in the list, a weight or a threshold; None where more does."""
    spots: list[tuple] = [(name,) for name in FIELDS if getattr(before, name) != getattr(after, name)]
    spots += [key for key in {*before.weights, *after.weights} if before.weights.get(key) != after.weights.get(key)]
    for place, language, old, new in list_changes(before, after, lexicons):
        first, n_old, n_new = find_stretch(old, new)
        spots.append((place, language, first) if max(n_old, n_new) == 1 else (None,))
    return spots[0] if len(spots) == 1 and spots[0] != (None,) else None


def list_changes(before: Trial, after: Trial, lexicons: Sequence[Lexicon]) -> list[tuple[Place, str, tuple[str, ...], tuple[str, ...]]]:
    """The concepts and languages whose patterns differ, in order of name, with the patterns before and after."""
    changes = []
    for place in sorted({*before.patterns, *after.patterns}):
        old, new = (patterns_of(trial, lexicons, place) for trial in (before, after))
        changes += [(place, language, old[language], new[language]) for language in LANGUAGES if old[language] != new[language]]
    return changes


def find_stretch(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int, int]:
    """Where two lists of patterns begin to differ, and how many of each differ from there to where they agree again.

    >>> find_stretch(("a", "b", "c"), ("a", "x", "y", "c"))
    (1, 1, 2)
    """
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = list(zip(reversed(old[first:]), reversed(new[first:]), strict=False))
    last = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    return first, len(old) - first - last, len(new) - first - last
