"""Saves what was tried as lexicon files, which every other part of Lesart reads."""

from itertools import pairwise
from pathlib import Path

from ..errors import LesartError
from ..files import write_whole
from ..lexicon import Lexicon, read_lexicon
from ..sealing import write_lexicons
from ..stance import write_model
from ..study import Study, find_study
from .steps import Steps
from .trial import apply_patterns, apply_weights
from .words import name_step, say

MODEL, STEPS = "stance_model.yaml", "steps.txt"


def save_trial(study: Study, steps: Steps, folder: str | Path, *, over: bool = False, labels: str | None = None) -> list[Path]:
    """Write the lexicons and the stance model of the step looked at into a folder, and return the paths of what was written.

    ``folder`` is one of the study's own, or a path; ``read_lexicons(folder)`` and ``read_model`` read it back and give the
    same tables. ``steps.txt`` lists the steps in words, thresholds among them, which no lexicon holds. Files that are there
    stay, save with ``over``; then those that say the same already keep their remarks. Raises LesartError for a folder
    without a name, one that holds lexicons and ``over`` is not given, and one that cannot be written.
    """
    if not str(folder).strip():
        raise LesartError("no folder to save into; name one, as lexicons-tried")
    path = find_study() / folder
    lexicons = [apply_patterns(lexicon, steps.trial) for lexicon in study.lexicons]
    try:
        path.mkdir(parents=True, exist_ok=True)
        there = [name for name in (*(f"{lexicon.name}.yaml" for lexicon in lexicons), MODEL) if (path / name).exists()]
        if there and not over:
            raise LesartError(f"{folder}: holds {there[0]} already; name another folder, or say that it may be replaced")
        written = write_lexicons([lexicon for lexicon in lexicons if not _says_the_same(path / f"{lexicon.name}.yaml", lexicon)], path)
        if steps.trial.weights or not (path / MODEL).exists():
            write_model(apply_weights(study.model, steps.trial), path / MODEL)
            written.append(path / MODEL)
        write_whole(path / STEPS, "\n".join(list_names(steps, study, labels)[: steps.now + 1]) + "\n")
    except (OSError, ValueError) as fault:  # a name with a zero byte is a ValueError
        raise LesartError(f"{str(folder)[:80]}: cannot be written ({getattr(fault, 'strerror', None) or fault}); check name and rights") from None
    return [*written, path / STEPS]


def _says_the_same(path: Path, lexicon: Lexicon) -> bool:
    return path.exists() and read_lexicon(path).fingerprint == lexicon.fingerprint


def list_names(steps: Steps, study: Study, labels: str | None = None) -> list[str]:
    """The names of all steps, the first of which is the study as it is."""
    names = [name_step(before.trial, step, study.lexicons, study.model, labels) for before, step in pairwise(steps.steps)]
    return [say("step_first", labels), *names]
