"""Agreement with the coders does not fall below what is pinned in gate.json, and is not pinned lower in silence."""

import json

import pytest
from gate import PINNED, find_falls, fingerprint, measure, pin

FLOOR = {"teaching de critical f1": 0.9, "teaching de labor mae": 4.0}


@pytest.fixture(scope="module")
def pinned():
    return json.loads(PINNED.read_text(encoding="utf-8"))


def test_gate_is_pinned_for_the_articles_and_codes_that_are_here(pinned):
    changed = [name for name, digest in fingerprint().items() if pinned["articles"][name] != digest]
    assert not changed, f"coded articles or codes of {', '.join(changed)} are others than pinned; look at the figures, then run: python tests/gate.py --pin"


def test_gate_no_figure_fell(pinned):
    falls = find_falls(measure(), pinned["figures"])
    assert not falls, "agreement fell below the floor (tests/gate.json):\n" + "\n".join(falls)


def test_gate_has_every_language_stance_and_topic_of_each_set_and_the_press(pinned):
    figures = pinned["figures"]
    for group in ("teaching", "development"):
        for language in ("de", "en", "both"):
            assert {f"{group} {language} {name}" for name in ("promotional f1", "critical f1", "reportorial f1", "stance alpha", "governance r", "labor mae")} <= set(figures)
    assert "press both stance agreement" in figures
    assert not [name for name in figures if "held" in name]


@pytest.mark.parametrize(
    ("now", "fallen"),
    [
        ({"teaching de critical f1": 0.9, "teaching de labor mae": 4.0}, []),
        ({"teaching de critical f1": 0.895, "teaching de labor mae": 4.005}, []),
        ({"teaching de critical f1": 0.894, "teaching de labor mae": 3.0}, ["teaching de critical f1: 0.894, pinned 0.9"]),
        ({"teaching de critical f1": 1.0, "teaching de labor mae": 4.006}, ["teaching de labor mae: 4.006, pinned 4"]),
        ({"teaching de critical f1": 1.0}, ["teaching de labor mae: nan, pinned 4"]),
        ({"teaching de critical f1": float("nan"), "teaching de labor mae": 4.0}, ["teaching de critical f1: nan, pinned 0.9"]),
    ],
)
def test_gate_names_the_figure_that_fell_beyond_the_slack(now, fallen):
    assert find_falls(now, FLOOR) == fallen


def test_gate_pins_lower_only_with_a_reason_and_keeps_it(tmp_path):
    path = tmp_path / "gate.json"
    pin(FLOOR, {"teaching": "a"}, path)
    lower = {**FLOOR, "teaching de critical f1": 0.899}  # within the slack: many small steps would fall as far as one large
    with pytest.raises(ValueError, match='needs --lower "reason"; lower are:\nteaching de critical f1: 0.899, pinned 0.9'):
        pin(lower, {"teaching": "a"}, path)
    assert json.loads(path.read_text())["figures"] == FLOOR
    pin(lower, {"teaching": "b"}, path, "two codes were mistaken")
    pin(FLOOR, {"teaching": "b"}, path)
    content = json.loads(path.read_text())
    assert content["figures"] == FLOOR
    assert content["lowered"] == [{"reason": "two codes were mistaken", "figures": ["teaching de critical f1: 0.899, pinned 0.9"]}]
