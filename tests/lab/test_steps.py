"""Steps: done, undone, done again, named; while one types it is one step."""

import pytest

from lesart.lab.steps import Steps, find_stretch, go_to, name_now, take_step
from lesart.lab.trial import Trial, add_patterns, change_patterns

PAY, PRICE = ("topics", "labor", "pay"), ("topics", "finance", "price")


def type_in(lexicons, *lists, language="en"):
    """The steps after a concept's patterns were each of these lists in turn."""
    steps, own = Steps(), {"de": ("Lohn*", "Löhn*"), "en": ("wage*",)}
    for patterns in lists:
        steps = take_step(steps, change_patterns(steps.trial, lexicons, PAY, own | {language: tuple(patterns)}), lexicons)
    return steps


@pytest.mark.parametrize(
    ("lists", "n_steps"),
    [
        ([["wage*", "f"], ["wage*", "fe"], ["wage*", "fee"]], 1),
        ([["wage*", "fee"], ["wage*", "fee", "r"], ["wage*", "fee", "rent"]], 2),
        ([["wag"], ["wages"], ["wage"]], 1),
        ([["wage*", "f"], ["wage*"]], 0),
        ([["wage*", "f"], ["wage*"], ["wage*", "g"]], 1),
        ([[], ["fee"]], 1),
        ([["wage*", "fee", "rent", "tip"], ["wage*", "fee", "rent"]], 2),
        ([["wage*"]], 0),
    ],
    ids=["typing one", "then another", "changing one", "typed and taken back", "taken back and another", "taken out, another at its place", "pasted, then one out", "nothing"],
)
def test_typing_one_pattern_is_one_step(lexicons, lists, n_steps):
    assert len(type_in(lexicons, *lists).steps) - 1 == n_steps


def test_another_language_or_concept_is_another_step(lexicons):
    steps = type_in(lexicons, ["wage*", "fee"])
    steps = take_step(steps, add_patterns(steps.trial, lexicons, PAY, de=["Gehalt"]), lexicons)
    steps = take_step(steps, add_patterns(steps.trial, lexicons, PRICE, en=["cost*"]), lexicons)
    assert len(steps.steps) == 4


def test_a_number_that_goes_on_changing_is_one_step_and_another_number_another(lexicons):
    steps = Steps()
    for trial in (Trial(power=1.4), Trial(power=1.5), Trial(power=1.5, lead=2.0), Trial(power=1.5, lead=2.0, weights={(0, "critical"): 1.0})):
        steps = take_step(steps, trial, lexicons)
    assert [step.trial.power for step in steps.steps] == [1.3, 1.5, 1.5, 1.5]


def test_undone_steps_can_be_done_again_until_another_is_taken(lexicons):
    steps = type_in(lexicons, ["wage*", "fee"], ["wage*", "fee", "rent"])
    back = go_to(steps, 1)
    assert (back.trial, back.can_undo, back.can_redo) == (steps.steps[1].trial, True, True)
    assert go_to(back, 2) == steps
    assert (go_to(steps, -1).now, go_to(steps, 99).now) == (0, 2)
    other = take_step(go_to(steps, 0), Trial(power=2.0), lexicons)
    assert [step.trial for step in other.steps] == [Trial(), Trial(power=2.0)]
    assert not other.can_redo


def test_a_step_with_a_name_is_kept_as_it_is(lexicons):
    named = name_now(type_in(lexicons, ["wage*", "f"]), "  my   idea ")
    assert named.steps[1].name == "my idea"
    on = take_step(named, add_patterns(Trial(), lexicons, PAY, en=["fee"]), lexicons)
    assert [step.name for step in on.steps] == ["", "my idea", ""]
    assert name_now(named, "x" * 200).steps[1].name == "x" * 80


@pytest.mark.parametrize(
    ("old", "new", "stretch"),
    [(("a",), ("a", "b"), (1, 0, 1)), (("a", "b"), ("b",), (0, 1, 0)), (("a", "a"), ("a",), (1, 1, 0)), ((), (), (0, 0, 0)), (("a", "b"), ("b", "a"), (0, 2, 2))],
)
def test_stretch_is_where_lists_differ(old, new, stretch):
    assert find_stretch(old, new) == stretch
