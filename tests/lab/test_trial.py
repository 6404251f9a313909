"""What is tried, as a value: lines become patterns, differences are kept, lexicons and models are made of them."""

import numpy as np
import pytest

from lesart.errors import LexiconError
from lesart.lab.trial import MOST_LINES, Trial, add_patterns, apply_patterns, apply_weights, change_patterns, change_weight, drop_patterns, list_patterns, read_lines
from lesart.lexicon import parse_lexicon
from lesart.sealing import format_lexicon
from lesart.stance import Feature, StanceModel

PAY = ("topics", "labor", "pay")


@pytest.mark.parametrize(
    ("text", "patterns", "faults"),
    [
        ("wage*\nLöhn*", ("wage*", "Löhn*"), []),
        ("", (), []),
        ("\n  \n\twage  rise \n", ("wage rise",), []),
        ("wage\n*", ("wage",), [(2, "'*' has no letters or digits to find")]),
        ("w*ge", (), [(1, "'w*ge' has a * inside")]),
        ("#MeToo\nfee", ("fee",), [(1, "'#MeToo' has a # at a word")]),
        ("x" * 50_000 + "\nfee", ("fee",), [(1, "pattern of 50000 characters; at most 200 are allowed")]),
        ("x\n" * (MOST_LINES + 5), ("x",) * MOST_LINES, [(MOST_LINES + 1, "more than 2,000 patterns; take some out")]),
        ("fee\n" * 200_000, (), [(1, "800,000 characters; at most 400,000 are read; take some out")]),
        ("<script>alert(1)</script>", ("<script>alert(1)</script>",), []),
    ],
    ids=["both languages", "empty", "blanks", "a lone star", "a star inside", "a hash at a word", "too long", "too many", "too much", "markup is text"],
)
def test_lines_are_patterns_or_say_what_is_wrong(text, patterns, faults):
    read, found = read_lines(text)
    assert read == patterns
    assert [(fault.line, fault.told[: len(told)]) for fault, (_, told) in zip(found, faults, strict=True)] == faults


def test_a_trial_holds_what_differs_alone(lexicons):
    trial = add_patterns(Trial(), lexicons, PAY, en=["salary"])
    assert trial.patterns == {PAY: {"de": ("Lohn*", "Löhn*"), "en": ("wage*", "salary")}}
    assert drop_patterns(trial, lexicons, PAY, en=["salary"]) == Trial()
    assert change_patterns(trial, lexicons, PAY, list_patterns(lexicons[1], *PAY[1:])) == Trial()


def test_patterns_come_at_the_place_of_their_concept(lexicons):
    trial = add_patterns(drop_patterns(Trial(), lexicons, PAY, de=["Lohn*"]), lexicons, PAY, en=["salary"])
    after = apply_patterns(lexicons[1], trial)
    assert after.patterns[["concept", "language", "pattern"]].values.tolist() == [
        ["pay", "en", "wage*"], ["pay", "en", "salary"], ["pay", "de", "Löhn*"], ["price", "en", "price*"], ["price", "de", "Preis*"],
    ]  # fmt: skip
    assert apply_patterns(lexicons[0], trial) is lexicons[0]
    assert parse_lexicon(format_lexicon(after)).fingerprint == after.fingerprint


def test_a_concept_may_lose_all_its_patterns_and_comes_back(lexicons):
    none = change_patterns(Trial(), lexicons, PAY, {"de": (), "en": ()})
    after = apply_patterns(lexicons[1], none)
    assert after.concepts["concept"].tolist() == ["pay", "price"]
    assert parse_lexicon(format_lexicon(after)).fingerprint == after.fingerprint
    back = change_patterns(none, lexicons, PAY, list_patterns(lexicons[1], *PAY[1:]))
    assert apply_patterns(lexicons[1], back) is lexicons[1]


def test_a_weight_that_is_the_models_own_is_no_difference():
    model = StanceModel((Feature("praise"), Feature("harm")), {}, np.array([[1.0, 0.25], [0.0, 0.5], [-1.0, 0.0]]), np.zeros(3))
    trial = change_weight(Trial(), model, 1, "critical", 2.00049)
    assert trial.weights == {(1, "critical"): 2.0}
    assert apply_weights(model, trial).weights.tolist() == [[1.0, 0.25], [0.0, 2.0], [-1.0, 0.0]]
    assert model.weights[1, 1] == 0.5
    assert change_weight(trial, model, 1, "critical", 0.5) == Trial()


@pytest.mark.parametrize(
    ("place", "patterns", "told"),
    [
        (("topix", "labor", "pay"), {}, r"no lexicon 'topix'; there are stance, topics"),
        (("topics", "labour", "pay"), {}, r"topics: no category 'labour'; there are labor, finance"),
        (("topics", "labor", "wages"), {}, r"topics: labor: no concept 'wages'; there are pay"),
        (PAY, {"en": ["fee"]}, r"labor: pay: has no en pattern 'fee'; patterns are spelled as in the lexicon"),
    ],
)
def test_what_is_not_there_cannot_be_dropped(lexicons, place, patterns, told):
    with pytest.raises(LexiconError, match=told):
        drop_patterns(Trial(), lexicons, place, **patterns)


def test_what_is_no_pattern_cannot_be_added(lexicons):
    with pytest.raises(LexiconError, match=r"'w\*ge' has a \* inside"):
        add_patterns(Trial(), lexicons, PAY, en=["w*ge"])
