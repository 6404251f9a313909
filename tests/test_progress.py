"""Progress bars show where somebody can see them."""

import sys
from types import SimpleNamespace

import pytest

from lesart.progress import track


@pytest.mark.parametrize(("terminal", "notebook", "shown", "bar"), [(True, False, True, True), (False, True, True, True), (False, False, True, False), (True, True, False, False)])
def test_track_shows_a_bar_only_where_somebody_can_see_one(monkeypatch, terminal, notebook, shown, bar):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    shell = SimpleNamespace(kernel=None) if notebook else None  # IPython is imported in either case
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    items = [1, 2, 3]
    tracked = track(items, "counting", "item", shown=shown)
    assert (tracked is not items) == bar
    assert list(tracked) == items
