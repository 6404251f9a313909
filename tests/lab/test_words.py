"""The words of the lab: both languages, the same braces, every fault of a pattern in German, every step by name."""

import re
import tomllib
from pathlib import Path, PurePath
from string import Formatter

import numpy as np
import pytest
from conftest import ROOT

from lesart.errors import LexiconError
from lesart.lab import trial as trial_module
from lesart.lab.steps import Step
from lesart.lab.trial import MOST_LINES, Trial, add_patterns, drop_patterns, read_lines
from lesart.lab.words import list_faults, name_place, name_step, say_fault, spell_feature
from lesart.lexicon import parse_lexicon, read_lexicons
from lesart.patterns import parse_pattern
from lesart.stance import Feature, StanceModel, read_model
from lesart.wording import read_words

TEXTS = read_words("lab")
FAULTY = ["", "*", "w*ge", "#MeToo", "teilte … * mit", "wort-*", "слово", "x" * 300, "**wort", "-=*"]


@pytest.mark.parametrize("key", TEXTS)
def test_each_text_has_both_languages_and_the_same_braces(key):
    assert set(TEXTS[key]) == {"en", "de"}
    braces = [{name for _, name, _, _ in Formatter().parse(TEXTS[key][language]) if name} for language in ("en", "de")]
    assert braces[0] == braces[1]


def test_each_text_is_said_somewhere():
    """A key that the modules spell, or the beginning of one that they put together."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(trial_module.__file__).parent.glob("*.py")))
    spelled = set(re.findall(r"""["']([a-z0-9_]+)["']""", code))
    begun = set(re.findall(r'f"([a-z]+_)\{', code)) | {"stance_count", "sure_count"}
    assert [key for key in TEXTS if key not in spelled and not any(key.startswith(start) for start in begun)] == []


@pytest.mark.parametrize("pattern", FAULTY)
def test_each_fault_of_a_pattern_has_german_words(pattern):
    with pytest.raises(LexiconError) as fault:
        parse_pattern(pattern)
    assert say_fault(str(fault.value), "en") == str(fault.value)
    assert re.search(r"[äöüß]|\b(?:ist|steht|ein|Ein)\b", say_fault(str(fault.value), "de"))


@pytest.mark.parametrize("text", ["x\n" * (MOST_LINES + 1), "x\n" * 500_000])
def test_bounds_are_told_in_german(text):
    ((fault),) = read_lines(text)[1]
    assert say_fault(fault.told, "de") != fault.told


def test_no_fault_is_told_by_words_that_no_message_has():
    told = []
    for pattern in FAULTY:
        with pytest.raises(LexiconError) as fault:
            parse_pattern(pattern)
        told.append(str(fault.value))
    told += [fault.told for text in ("x\n" * (MOST_LINES + 1), "x\n" * 500_000) for fault in read_lines(text)[1]]
    assert [entry["has"] for entry in list_faults() if not any(entry["has"] in message for message in told)] == []


def test_what_the_lab_reads_comes_with_the_package():
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]["lesart"]
    assert [name for name in ("data/lab/faults.yaml", "data/lab/panel.css", "data/lab/words.yaml") if not any(PurePath(name).match(glob) for glob in globs)] == []


MODEL = StanceModel((Feature("praise"), Feature("harm", "quoted")), {}, np.array([[1.0, 0.25], [0.0, 0.5], [-1.0, 0.0]]), np.zeros(3))
PAY = ("topics", "labor", "pay")


@pytest.mark.parametrize(
    ("make", "english", "german"),
    [
        (lambda lex: add_patterns(Trial(), lex, PAY, en=["fee"]), "pay (English): + fee", "pay (Englisch): + fee"),
        (lambda lex: drop_patterns(Trial(), lex, PAY, de=["Lohn*"]), "pay (German): − Lohn*", "pay (Deutsch): − Lohn*"),
        (lambda lex: add_patterns(Trial(), lex, PAY, en=list("abcde")), "pay (English): + a, + b, + c and 2 more", "pay (Englisch): + a, + b, + c und 2 weitere"),
        (lambda _: Trial(patterns={PAY: {"de": ("Löhn*", "Lohn*"), "en": ("wage*",)}}), "pay (German): another order", "pay (Deutsch): andere Reihenfolge"),
        (lambda _: Trial(weights={(1, "critical"): -1.0}), "harm (quoted) → critical: 0.500 → −1.000", "Schaden (zitiert) → kritisch: 0,500 → −1,000"),
        (lambda _: Trial(sure=(0.1, 0.4), power=2.0), "sure from 0.10 and 0.40; power 2.00", "sicher ab 0,10 und 0,40; Exponent 2,00"),
        (lambda _: Trial(headline=1.0, lead=1.0), "headline counts 1.00; lead counts 1.00", "Überschrift zählt 1,00; Vorspann zählt 1,00"),
    ],
)
def test_a_step_is_called_by_what_it_changes(lexicons, make, english, german):
    step = Step(make(lexicons))
    assert name_step(Trial(), step, lexicons, MODEL, "en") == english
    assert name_step(Trial(), step, lexicons, MODEL, "de") == german
    assert name_step(step.trial, Step(Trial(), "mine"), lexicons, MODEL) == "mine"
    assert name_step(step.trial, step, lexicons, MODEL, "de") == "Alles wie in der Studie"


def test_features_of_some_concepts_are_spelt_in_the_language_of_the_reader(lexicons):
    """In the shipped model too no name of a feature is left in the words of the lexicon's file."""
    some = Feature("harm", concepts=("danger", "worn_out"))
    assert spell_feature(some, lexicons, "en") == "harm: danger, worn out"
    assert spell_feature(Feature("harm", "quoted"), lexicons, "de") == "Schaden (zitiert)"
    shipped, model = read_lexicons(ROOT / "lexicons"), read_model(ROOT / "lexicons" / "stance_model.yaml")
    named = {spell_feature(feature, shipped, "de") for feature in model.features}
    assert len(named) == len(model.features)
    assert "Urteil: Pauschalaussagen" in named and "Aufbruch (zitiert)" in named
    assert not [name for name in named if any(family in name for family in ("judgement", "outlook", "reporting"))]


def test_places_have_the_names_of_figures(lexicons):
    assert name_place(("topics", "labor", "low_pay"), lexicons, "de")[0] == "Arbeit"
    assert name_place(("stance", "harm", "x"), lexicons, "de")[0] == "Schaden"


LOW_PAY = ("topics", "labor", "low_pay")


@pytest.mark.parametrize(("name", "english", "german"), [("name: {en: poor pay, de: Niedriglohn}, ", "poor pay", "Niedriglohn"), ("", "low pay", "low pay")])
def test_a_concept_has_the_name_that_its_lexicon_gives_it(name, english, german):
    lexicons = [parse_lexicon(f"{{lexicon: topics, categories: {{labor: {{low_pay: {{{name}en: [minimum wage], de: [Hungerlohn]}}}}}}}}")]
    assert [name_place(LOW_PAY, lexicons, labels)[1] for labels in ("en", "de")] == [english, german]
    step = Step(drop_patterns(Trial(), lexicons, LOW_PAY, de=["Hungerlohn"]))
    assert name_step(Trial(), step, lexicons, MODEL, "de") == f"{german} (Deutsch): − Hungerlohn"


def test_a_name_that_turns_the_writing_keeps_to_itself():
    lexicons = [parse_lexicon('{lexicon: topics, categories: {labor: {pay: {name: {en: "a\\u202eb"}, en: [wage]}}}}')]
    assert name_place(("topics", "labor", "pay"), lexicons, "en")[1] == "\u2068a\u202eb\u2069"
