"""What a trial changes, counted by hand on the tiny study, and said in a sentence in both languages."""

import pandas as pd
import pytest

from lesart.lab import Trial, add_patterns, compare_contrasts, compare_counts, compare_forms, conclude, drop_patterns, list_changed_tags
from lesart.lab.measuring import Outcome

GAME = ("topics", "sport", "game")


def make_contrast(difference=0.0, low=0.0, high=0.0, n_de=3, n_en=3):
    return pd.DataFrame({"topic": ["labor"], "difference": [difference], "low": [low], "high": [high], "n_de": [n_de], "n_en": [n_en]})


NAN = float("nan")
SENTENCES = [
    (
        make_contrast(0.009, -0.117, 0.126),
        "German articles weigh labor more by 0.9 points; the interval [−11.7, +12.6] includes zero: no difference shown.",
        "Deutsche Artikel gewichten Arbeit um 0,9 Punkte stärker; das Intervall [−11,7; +12,6] schließt die Null ein: kein Unterschied gezeigt.",
    ),
    (
        make_contrast(-0.2, -0.3, -0.1),
        "English articles weigh labor more by 20.0 points; the interval [−30.0, −10.0] leaves zero out: these articles differ.",
        "Englische Artikel gewichten Arbeit um 20,0 Punkte stärker; das Intervall [−30,0; −10,0] schließt die Null aus: Diese Artikel unterscheiden sich.",
    ),
    (
        make_contrast(0.0004, -0.1, 0.1),
        "German and English articles weigh labor alike (0.0 points apart); the interval [−10.0, +10.0] includes zero: no difference shown.",
        "Deutsche und englische Artikel gewichten Arbeit gleich (0,0 Punkte Abstand); das Intervall [−10,0; +10,0] schließt die Null ein: kein Unterschied gezeigt.",
    ),
    (
        make_contrast(0.1, NAN, NAN, n_en=1),
        "German articles weigh labor more by 10.0 points; with one article in a language there is no interval: nothing can be concluded.",
        "Deutsche Artikel gewichten Arbeit um 10,0 Punkte stärker; mit nur einem Artikel in einer Sprache gibt es kein Intervall: Daraus folgt nichts.",
    ),
    (
        make_contrast(NAN, NAN, NAN, n_en=0),
        "There are no English articles with a topic hit: the languages cannot be compared.",
        "Es gibt keine englischen Artikel mit Thementreffer: Die Sprachen lassen sich nicht vergleichen.",
    ),
    (make_contrast(NAN, NAN, NAN, 0, 0), "No article has a topic hit.", "Kein Artikel enthält einen Thementreffer."),
]


@pytest.mark.parametrize(("contrast", "english", "german"), SENTENCES, ids=["zero inside", "apart", "even", "one article", "no English", "no hit"])
def test_the_conclusion_is_a_sentence(contrast, english, german):
    assert conclude(contrast, "labor", "en") == english
    assert conclude(contrast, "labor", "de") == german


def test_counts_are_those_of_the_articles(bench):
    """Added: gut in one German article, good in one English; the words of game are five in German and two in English."""
    trial = add_patterns(Trial(), bench.study.lexicons, GAME, de=["gut"], en=["good"])
    table = compare_counts(bench.before, bench.measure(trial), bench.study.articles, GAME).set_index(["what", "of"])
    assert table.loc["concept_hits"].values.tolist() == [[4, 5], [2, 3]]
    assert table.loc["concept_articles"].values.tolist() == [[3, 3]]
    assert table.loc["category_hits"].values.tolist() == [[6, 8]]
    assert (table.loc["all_hits", "after"] - table.loc["all_hits", "before"]).tolist() == [2]
    assert table.loc["stance", "before"].sum() == table.loc["stance", "after"].sum() == len(bench.study.articles)
    assert table.loc["sure", "before"].sum() == len(bench.study.articles)


def test_forms_are_the_words_caught_otherwise(bench):
    trial = drop_patterns(add_patterns(Trial(), bench.study.lexicons, GAME, en=["THE"]), bench.study.lexicons, GAME, de=["Tor"])
    forms = compare_forms(bench.before, bench.measure(trial), bench.study.articles, GAME)
    assert forms.values.tolist() == [["en", "the", 0, 9], ["de", "tor", 1, 0]]


def test_tags_that_change_are_listed_with_margins():
    outcomes = [
        Outcome(pd.DataFrame(), pd.DataFrame({"article": ["a", "b"], "stance": ["critical", stance], "margin": [0.4, margin]}), pd.DataFrame(), pd.DataFrame(), {})
        for stance, margin in (("reportorial", 0.1), ("promotional", 0.3))
    ]
    assert list_changed_tags(*outcomes).values.tolist() == [["b", "reportorial", "promotional", 0.1, 0.3]]
    assert list_changed_tags(outcomes[0], outcomes[0]).empty


def test_contrasts_stand_side_by_side_in_points():
    outcomes = [Outcome(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), make_contrast(d, d - 0.1, d + 0.1), {}) for d in (0.25, -0.5)]
    assert compare_contrasts(*outcomes).round(6).values.tolist() == [["labor", 25.0, 15.0, 35.0, -50.0, -60.0, -40.0, 3, 3]]
