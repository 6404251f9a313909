"""Finds whose voice a passage is in: the narrator's, or somebody's who is quoted or reported.

Direct speech is found in ``quotations.py``, the turns of interviews in ``turns.py``, reported speech in ``reported_de.py``
and ``reported_en.py`` by the marks of ``data/voice.yaml``; who speaks, in ``speakers.py``. This module joins them for the
tagger.
"""

from collections.abc import Iterable

import numpy as np

from .quotations import find_quotations, find_snippets
from .reading import collect_marks
from .reported_de import find_reported_de
from .reported_en import find_reported_en
from ..sentences import Layout
from .spans import Spans, inside, merge_spans
from .turns import find_turns

__all__ = ["find_quotations", "find_reported", "find_snippets", "find_turns", "inside", "merge_spans"]

_FINDERS = {"de": find_reported_de, "en": find_reported_en}


def find_reported(kinds: Iterable[str], starts: np.ndarray, ends: np.ndarray, layout: Layout, quotations: Spans) -> Spans:
    """The passages of reported speech, as merged spans; frames ("sagte Müller") are not in them.

    ``kinds``, ``starts``, ``ends``: all marks of the tagger, in any order ("attribution.say", "negation.before" …).
    ``quotations``: the direct speech, in which no mark counts.

    >>> from lesart.sentences import lay_out
    >>> layout = lay_out(["Müller sagte am Montag, er werde gehen. Es regnet."], [""], "de")
    >>> kinds, none = ["attribution.say", "attribution.subjunctive"], (np.array([], int), np.array([], int))
    >>> starts, ends = find_reported(kinds, np.array([7, 27]), np.array([12, 32]), layout, none)
    >>> [layout.text[a:b] for a, b in zip(starts, ends)]
    ['er werde gehen']
    >>> layout = lay_out(["Meyer said on Monday that he would go. It rains."], [""], "en")
    >>> kinds = ["attribution.say", "attribution.that"]
    >>> starts, ends = find_reported(kinds, np.array([6, 21]), np.array([10, 25]), layout, none)
    >>> [layout.text[a:b] for a, b in zip(starts, ends)]
    ['that he would go']
    """
    return merge_spans(_FINDERS[layout.language](layout, collect_marks(kinds, starts, ends, quotations), quotations))
