"""Measuring a trial is the same as reading the whole study with the lexicons that the trial makes."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesart.contrast import compare_languages
from lesart.errors import CorpusError
from lesart.lab import Bench, Trial, add_patterns, choose_articles, drop_patterns
from lesart.lab.trial import apply_patterns, apply_weights, change_patterns
from lesart.sealing import write_lexicons
from lesart.stance import STANCES, stances
from lesart.study import load_study
from lesart.tagging import tag_articles
from lesart.topics import topic_weights

GAME, PRICE, SUCCESS = ("topics", "sport", "game"), ("topics", "money", "price"), ("stance", "praise", "success")
TABLES = ("hits", "stances", "weights")


def assert_same(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(*(getattr(outcome, name).drop(columns=["low", "high"], errors="ignore") for outcome in (one, other)))


def read_anew(folder, study, trial, tmp_path):
    """The study as everything reads it with the trial's lexicons."""
    write_lexicons([apply_patterns(lexicon, trial) for lexicon in study.lexicons], tmp_path / "lexicons")
    (tmp_path / "lexicons" / "stance_model.yaml").write_bytes((folder / "lexicons" / "stance_model.yaml").read_bytes())
    (tmp_path / "corpus").symlink_to(folder / "corpus")
    return load_study(tmp_path)


def try_some(lexicons):
    trial = add_patterns(Trial(), lexicons, GAME, de=["*nde", "Karten"], en=["good", "a* the"])
    trial = drop_patterns(trial, lexicons, PRICE, de=["Preis*"])
    return add_patterns(trial, lexicons, SUCCESS, en=["good", "success … good"])


def test_nothing_tried_is_the_study(bench):
    assert_same(bench.measure(Trial()), bench.study)
    assert_same(bench.before, bench.study)


def test_a_trial_is_what_the_study_read_anew_gives(opened, tmp_path):
    study = load_study(opened)
    trial = try_some(study.lexicons)
    outcome = Bench(study).measure(trial)
    assert len(outcome.hits) != len(study.hits)
    assert outcome.remarks == {}
    assert_same(outcome, read_anew(opened, study, trial, tmp_path))


def test_a_sealed_article_loses_hits_of_lost_patterns_and_gains_none(folder, tmp_path):
    study = load_study(folder)
    trial = try_some(study.lexicons)
    outcome = Bench(study).measure(trial)
    assert_same(outcome, read_anew(folder, study, trial, tmp_path))
    own = outcome.hits[outcome.hits["article"] == "de-press"]
    assert own["pattern"].tolist() == ["Spiel*", "Tor", "sagte"]
    assert outcome.remarks["de-press"].count("sealed with another version") == 2
    assert "where '*nde', 'Karten' would match, added since" in outcome.remarks["de-press"]


def test_only_articles_of_the_edited_language_are_concerned(folder):
    study = load_study(folder)
    outcome = Bench(study).measure(add_patterns(Trial(), study.lexicons, GAME, en=["good"]))
    assert outcome.remarks == {}  # the sealed article is German
    assert set(outcome.hits.loc[outcome.hits["pattern"] == "good", "article"]) == {"en-club"}


def test_a_trial_gives_the_same_whatever_was_measured_before(folder):
    study = load_study(folder)
    bench, trial = Bench(study), try_some(study.lexicons)
    first = bench.measure(trial)
    bench.measure(drop_patterns(trial, study.lexicons, GAME, de=["Karten"]))
    assert_same(bench.measure(Trial()), study)
    assert_same(bench.measure(trial), first)
    assert_same(Bench(study).measure(trial), first)


def test_weights_and_thresholds_are_what_the_measures_give_with_them(bench):
    trial = Trial(weights={(0, "critical"): 2.5}, sure=(0.01, 0.02), power=2.0, headline=5.0, lead=0.0)
    outcome, study = bench.measure(trial), bench.study
    expected = stances(study.hits, study.articles, apply_weights(study.model, trial), sure_margins=(0.01, 0.02))
    pd.testing.assert_frame_equal(outcome.stances, expected)
    assert not outcome.stances[list(STANCES)].equals(study.stances[list(STANCES)])
    weights = topic_weights(study.hits, study.articles, bench.topics, intervals=False, part_weights={"headline": 5.0, "lead": 0.0, "body": 1.0, "heading": 1.0}, power=2.0)
    pd.testing.assert_frame_equal(outcome.weights, weights)
    pd.testing.assert_frame_equal(outcome.contrast, compare_languages(weights, study.articles))


def test_a_power_can_be_added_up_by_hand():
    hits = pd.DataFrame({"article": "a", "sentence": [0, 1, 2], "part": ["headline", "body", "body"], "lexicon": "topics", "category": ["sport", "sport", "money"]})
    told = topic_weights(hits, pd.DataFrame({"article": ["a"]}), ["sport", "money"], intervals=False, part_weights={"headline": 3.0, "body": 1.0}, power=1.0)
    assert told["weight"].tolist() == [0.8, 0.2]  # 3 + 1 against 1


def test_the_studys_own_articles_are_tagged_as_if_all_were_new(study):
    """On the 36 teaching articles: a word added, one taken out, in both lexicons."""
    teaching = choose_articles(study, study.articles[study.articles["corpus"] == "teaching"])
    but = ("stance", "contrast", "but")
    trial = add_patterns(Trial(), study.lexicons, ("topics", "labor", "pay"), de=["*arbeit*"], en=["work*"])
    trial = drop_patterns(trial, study.lexicons, but, de=["aber"], en=["but"])
    outcome = Bench(teaching).measure(trial)
    again = tag_articles(teaching.articles, [apply_patterns(lexicon, trial) for lexicon in study.lexicons], progress=False)
    pd.testing.assert_frame_equal(outcome.hits, again)
    pd.testing.assert_frame_equal(outcome.stances, stances(again, teaching.articles, study.model))


def test_a_study_of_chosen_articles_has_their_rows_alone(bench):
    some = choose_articles(bench.study, bench.study.articles.head(2))
    assert some.articles["article"].tolist() == ["de-club", "de-klage"]
    assert {name: set(getattr(some, name)["article"]) for name in ("sentences", "hits", "stances", "weights")} == dict.fromkeys(("sentences", "hits", "stances", "weights"), {"de-club", "de-klage"})


def test_a_study_without_one_language_can_be_tried(folder):
    study = load_study(folder)
    german = choose_articles(study, study.articles[study.articles["language"] == "de"])
    outcome = Bench(german).measure(add_patterns(Trial(), study.lexicons, GAME, de=["Preis*"], en=["good"]))
    assert outcome.contrast["n_en"].tolist() == [0, 0, 0]


PATTERNS = ["Spiel", "Spiel*", "Tor", "*ore", "der Preis", "-der Preis", "ist * hoch", "und … gut", "=Gebühr", "?"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PATTERNS), unique=True), st.lists(st.sampled_from(PATTERNS), unique=True))
def test_any_patterns_give_what_tagging_anew_gives(opened_bench, sport, money):
    study = opened_bench.study
    trial = change_patterns(Trial(), study.lexicons, GAME, {"de": tuple(sport), "en": ()})
    trial = change_patterns(trial, study.lexicons, PRICE, {"de": tuple(money), "en": ("fee*",)})
    lexicons = [apply_patterns(lexicon, trial) for lexicon in study.lexicons]
    pd.testing.assert_frame_equal(opened_bench.measure(trial).hits, tag_articles(study.articles, lexicons, progress=False))


@pytest.fixture(scope="module")
def opened_bench(folder):
    """The articles whose surfaces are whole: those that are no press."""
    study = load_study(folder)
    return Bench(choose_articles(study, study.articles[~study.articles["sealed"]]))


def test_a_study_is_not_changed(study):
    before = study.hits.copy()
    Bench(study).measure(add_patterns(Trial(), study.lexicons, ("topics", "labor", "pay"), de=["*arbeit*"]))
    pd.testing.assert_frame_equal(study.hits, before)


def test_a_study_without_articles_is_refused(bench):
    with pytest.raises(CorpusError, match="^no article to measure; choose at least one$"):
        Bench(choose_articles(bench.study, bench.study.articles[:0]))
