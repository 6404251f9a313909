"""Every sample is told by its content, and its reader finds every title."""

from samples_web import build

from lesart.sources import read_source


def test_samples_are_read_with_their_titles(tmp_path):
    expected = build(tmp_path)
    assert len(expected) == 10
    found = list(read_source(tmp_path))
    assert [item.problem for item in found if not item.place.endswith("s")] == [""] * len(found)
    assert sorted(item.record["title"] for item in found) == expected
