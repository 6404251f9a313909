"""A progress bar for long work: in a terminal and in a notebook, never in a file or a pipe."""

import sys
from collections.abc import Iterable

# Work shorter than this shows no bar.
_SECONDS = 2


def track(items: Iterable, what: str, unit: str, *, shown: bool = True, total: int | None = None) -> Iterable:
    """The items, one by one, with a progress bar after two seconds where somebody can see one."""
    if not shown or not (_in_notebook() or sys.stderr.isatty()):
        return items
    from tqdm.auto import tqdm

    return tqdm(items, desc=what, unit=unit, total=total, delay=_SECONDS, leave=False)


def _in_notebook() -> bool:
    """Whether a notebook's kernel runs this; that IPython was imported, as by what runs notebooks, is not enough."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")
