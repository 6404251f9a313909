"""Progress bars show where somebody can see them."""

import sys

import pytest

from lesart.progress import track


@pytest.mark.parametrize(("terminal", "notebook", "shown", "bar"), [(True, False, True, True), (False, True, True, True), (False, False, True, False), (True, True, False, False)])
def test_track_shows_a_bar_only_where_somebody_can_see_one(monkeypatch, terminal, notebook, shown, bar):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    if notebook:
        monkeypatch.setitem(sys.modules, "ipykernel", sys)
    items = [1, 2, 3]
    tracked = track(items, "counting", "item", shown=shown)
    assert (tracked is not items) == bar
    assert list(tracked) == items
