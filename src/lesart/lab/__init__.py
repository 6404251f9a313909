"""The lab: change patterns, weights or thresholds, and see at once what the conclusions owe to them.

``open_lab(study)`` is the panel for a notebook. All that it does is in plain functions too: a ``Trial`` holds what is
changed, ``Bench(study).measure(trial)`` gives the tables, ``comparing`` puts two outcomes beside one another.
"""

from typing import TYPE_CHECKING

from ..errors import LesartError
from ..study import Study
from .comparing import compare_contrasts, compare_counts, compare_forms, conclude, list_changed_tags
from .measuring import Bench, Outcome, choose_articles
from .picture import draw_trial
from .saving import save_trial
from .trial import Trial, add_patterns, drop_patterns, list_patterns

if TYPE_CHECKING:
    from .panel import Panel


def open_lab(study: Study, labels: str | None = None, *, place: tuple[str, str, str] | None = None) -> "Panel":
    """The panel for a notebook, to be the last line of a cell; ``place``: the lexicon, category and concept to begin with.

    ``labels`` (en, de) is that of the notebook's edition unless given; the panel can change it.

    Raises LesartError where ipywidgets is not installed, and for a place that is not in the study's lexicons.
    """
    try:
        from .panel import Panel
    except ImportError:
        raise LesartError("ipywidgets: not installed, and the lab needs it; run: pip install 'lesart[notebooks]'") from None
    return Panel(study, labels, place=place)


__all__ = [
    "Bench", "Outcome", "Trial", "add_patterns", "choose_articles", "compare_contrasts", "compare_counts", "compare_forms", "conclude",
    "draw_trial", "drop_patterns", "list_changed_tags", "list_patterns", "open_lab", "save_trial",
]  # fmt: skip
