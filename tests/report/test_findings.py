"""Findings are sentences computed from tables: no difference where an interval includes zero, and what is missing is said."""

import re
from dataclasses import replace
from string import Formatter

import pandas as pd
import pytest
from tiny_study import keep_articles, make_study

from lesart.report.checks import list_agreement
from lesart.report.findings import list_findings, tell_differences, tell_topic_contrast, tell_topic_heatmap, tell_topic_positions
from lesart.report.measuring import measure_study
from lesart.study import list_missing, load_study
from lesart.wording import read_words

KEYS = ("contrast_de", "contrast_en", "contrast_none")
NAMES = {0: "sport", 1: "money", 2: "law"}


def table(*rows):
    return pd.DataFrame(rows, columns=["difference", "low", "high"])


@pytest.mark.parametrize("name", ["report", "study"])
def test_words_are_there_in_both_languages_with_the_same_braces(name):
    for key, told in read_words(name).items():
        assert set(told) == {"en", "de"}, key
        fields = [sorted({field for _, field, _, _ in Formatter().parse(words) if field}) for words in told.values()]
        assert fields[0] == fields[1], key


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(0.1, -0.1, 0.3), (0.0, 0.0, 0.0), (-0.2, -0.4, 0.0)], ["No difference shown: all 95% intervals of German minus English include zero (topics compared: 3)."]),
        ([(0.2, 0.1, 0.3), (0.0, -0.1, 0.1), (-0.1, -0.2, 0.1)],
         ["German articles give more attention to sport, by 20.0 points [10.0; 30.0].", "No difference shown for money and law."]),
        ([(0.2, 0.1, 0.3), (-0.25, -0.4, -0.05), (0.3, 0.2, 0.4)],
         ["German articles give more attention to sport, by 20.0 points [10.0; 30.0].", "English articles give more attention to money, by 25.0 points [5.0; 40.0].",
          "German articles give more attention to law, by 30.0 points [20.0; 40.0]."]),
    ],
)  # fmt: skip
def test_a_difference_is_told_only_where_its_interval_excludes_zero(rows, told):
    assert tell_differences(table(*rows), NAMES, KEYS, "en") == told


def test_a_clear_difference_is_told_with_its_chance(measured):
    comparison = measured.comparison.assign(difference=[0.3, 0.0, 0.0], low=[0.1, -0.1, -0.2], high=[0.5, 0.1, 0.2], n_de=10, n_en=10)
    told = tell_topic_contrast(replace(measured, comparison=comparison), "de")
    assert told.answer == "Deutschsprachige Artikel widmen dem Thema sport mehr Aufmerksamkeit, um 30,0 Punkte [10,0; 50,0]. Kein Unterschied gezeigt bei money und law."
    assert told.sure.endswith("betrachtet wurden 3.")


@pytest.mark.parametrize("labels", ["en", "de"])
def test_every_figure_has_its_finding_and_every_finding_is_whole(measured, labels):
    told = list_findings(measured, labels)
    assert [finding.name for finding in told] == [
        "topic_contrast", "stance_shares", "topic_stances", "stance_map", "topic_heatmap", "topic_positions", "stance_explanation", "agreement", "robustness",
    ]  # fmt: skip
    for finding in told:
        assert finding.question.endswith("?") and finding.answer.endswith((".", "?")) and not re.search(r"\bnan\b|[{}]", finding.answer + finding.sure)


def test_few_articles_show_no_difference_whatever_their_interval_says(measured):
    """Two promotional articles that agree have a narrow interval, and it says nothing."""
    comparison = measured.comparison.assign(difference=0.3, low=0.2, high=0.4, n_de=10, n_en=9)
    by_stance = measured.by_stance.assign(difference=0.3, low=0.2, high=0.4, n_critical=3, n_promotional=2)
    told = {finding.name: finding.answer for finding in list_findings(replace(measured, comparison=comparison, by_stance=by_stance), "en")}
    assert told["topic_contrast"].startswith("Whether the languages differ cannot be said") and "10 German and 9 English" in told["topic_contrast"]
    assert told["topic_stances"].startswith("That cannot be said") and "3 critical and 2 promotional" in told["topic_stances"]


def test_counts_in_sentences_are_those_of_the_tables(measured):
    told = {finding.name: finding for finding in list_findings(measured, "en")}
    # Two German and two English articles, and a German one from the press.
    assert "3 German and 2 English ones" in told["topic_contrast"].answer
    counts = measured.study.stances["stance"].value_counts()
    assert f"Of {counts.sum()} articles" in told["stance_map"].answer


def test_agreement_is_that_of_the_codes(measured):
    told = next(finding for finding in list_findings(measured, "en") if finding.name == "agreement")
    n_same = (measured.judged["stance"] == measured.judged["coded"]).sum()
    assert told.answer.startswith(f"The lexicon gives the coders’ stance in {n_same} of 4 articles")
    rows = list_agreement(measured, "de")
    assert (rows[0]["who"], rows[0]["language"], rows[0]["articles"], rows[0]["alpha"]) == ("Codierende unter sich", "beide", "4", "1,00 [1,00; 1,00]")


def test_without_codes_agreement_is_not_known(tmp_path):
    folder = make_study(tmp_path / "s")
    measured = measure_study(load_study(folder), folder)
    told = next(finding for finding in list_findings(measured, "en") if finding.name == "agreement")
    assert told.answer == "Not known: nobody’s codes of these articles are here (corpus/codes.csv)." and list_agreement(measured, "en") == []


@pytest.mark.parametrize("kept", [("de-club", "de-klage"), ("en-fee",)])
def test_a_study_in_one_language_says_what_it_cannot_say(tmp_path, kept):
    folder = keep_articles(make_study(tmp_path / "s", press=False), kept)
    study = load_study(folder)
    measured = measure_study(study, folder)
    for labels in ("en", "de"):
        told = list_findings(measured, labels)
        assert "topic_contrast" not in [finding.name for finding in told]
        assert not re.search(r"\bnan\b", " ".join(finding.answer + finding.sure for finding in told))
    missing = "no English articles" if kept[0].startswith("de") else "no German articles"
    assert missing in list_missing(study, folder)[0] and "keine" in list_missing(study, folder, "de")[0]


def test_topics_that_are_even_are_not_ranked(measured):
    """One article with one topic in front and two behind it: nothing is earliest, and two topics have the least."""
    places = pd.DataFrame({"topic": ["sport", "money"], "tenth": [5, 6], "hits": [2, 1]})
    heat = pd.DataFrame({"article": "a", "topic": ["sport", "money", "law"], "weight_pct": [80.0, 10.0, 10.0], "hits": [4, 1, 1], "low_pct": 0.0, "high_pct": 50.0})
    made = replace(measured, figures=measured.figures | {"topic_positions": places, "topic_heatmap": heat})
    told = tell_topic_positions(made, "en")
    assert told.answer == "No topic comes earlier than another: 0% of the hits of each stand in the first three tenths." and "rests on 3 hits" in told.sure
    assert tell_topic_heatmap(made, "en").answer.startswith("On average sport takes the most attention (80%), money and law the least (10%).")
    assert "die geringste gilt money und law (10\u00a0%)" in tell_topic_heatmap(made, "de").answer
    even = replace(made, figures=made.figures | {"topic_heatmap": heat.assign(weight_pct=25.0)})
    assert tell_topic_heatmap(even, "en").answer == "On average all topics take the same attention: 25% each."


def test_another_topic_that_leads_in_more_articles_is_named(measured):
    """Sport has 40 percent on average, all of it in one article of three; money leads in the other two."""
    rows = [("a", "sport", 100.0), ("a", "money", 0.0), ("b", "sport", 10.0), ("b", "money", 45.0), ("b", "law", 45.0), ("c", "sport", 10.0), ("c", "money", 60.0)]
    heat = pd.DataFrame(rows, columns=["article", "topic", "weight_pct"]).assign(hits=1, low_pct=0.0, high_pct=100.0)
    made = replace(measured, figures=measured.figures | {"topic_heatmap": heat})
    assert "Most often it is money that has the largest share, in 2 of 3 articles" in tell_topic_heatmap(made, "en").answer
    assert "Am häufigsten hat money den größten Anteil, in 2 von 3 Artikeln" in tell_topic_heatmap(made, "de").answer
