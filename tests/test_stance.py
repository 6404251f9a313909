"""Stance on models and hits that a person can add up."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lesart.errors import LexiconError
from lesart.stance import (
    SHRINK_WORDS,
    STANCES,
    Feature,
    StanceModel,
    explain_stance,
    measure_densities,
    read_model,
    scale_densities,
    stances,
    write_model,
)

FEATURES = (Feature("praise"), Feature("praise", "quoted"), Feature("reporting"))
NORM = np.array([[1.0, 1.0, 1.0], [1.0, 2.0, 0.5]])
# Rows are promotional, critical, reportorial.
WEIGHTS = np.array([[1.0, 0.0, -1.0], [0.0, 0.0, 0.0], [-1.0, 0.0, 1.0]])
MODEL = StanceModel(FEATURES, {"de": NORM, "en": NORM}, WEIGHTS, np.zeros(3))


def make_hits(rows):
    """Stance hits from (article, category, voice, negated)."""
    hits = pd.DataFrame(rows, columns=["article", "category", "voice", "negated"])
    return hits.assign(lexicon="stance", surface="Wort", concept="c", part="body")


def make_articles(*languages, words=100 - SHRINK_WORDS):
    return pd.DataFrame({"article": [f"a{n}" for n in range(len(languages))], "language": languages, "words": words})


def test_density_is_the_steadied_number_of_hits_per_hundred_words_of_an_article_taken_as_longer_than_it_is():
    hits = make_hits([("a0", "praise", "narrator", False)] * 4 + [("a0", "praise", "quoted", False)])
    assert measure_densities(hits, make_articles("en"), FEATURES).iloc[0].tolist() == pytest.approx(np.log([5, 2, 1]))


def test_density_counts_a_mark_for_its_family_and_for_the_group_that_names_its_concept():
    hits = make_hits([("a0", "praise", "narrator", False)] * 4)
    features = (Feature("praise"), Feature("praise", concepts=("c",)), Feature("praise", concepts=("other",)))
    assert measure_densities(hits, make_articles("en"), features).iloc[0].tolist() == pytest.approx(np.log([5, 5, 1]))


def test_density_in_any_voice_is_that_of_both_together():
    hits = make_hits([("a0", "reporting", "narrator", False), ("a0", "reporting", "quoted", False)] * 2)
    features = (Feature("reporting"), Feature("reporting", "quoted"), Feature("reporting", "any"))
    assert measure_densities(hits, make_articles("de"), features).iloc[0].tolist() == pytest.approx(np.log([3, 3, 5]))


@pytest.mark.parametrize(("part", "counted"), [("headline", 1.5), ("lead", 1.5), ("last", 1.5), ("body", 1), ("heading", 1), ("caption", 1)])
def test_density_counts_more_where_the_codebook_looks_first_and_last(part, counted):
    hits = make_hits([("a0", "praise", "narrator", False)] * 2).assign(part=["body", part])
    assert measure_densities(hits, make_articles("de"), (Feature("praise"),)).iloc[0, 0] == pytest.approx(np.log(2 + counted))


@pytest.mark.parametrize(("family", "expected"), [("praise", 0), ("reporting", 1)])
def test_density_leaves_out_denied_praise_but_not_denied_reporting(family, expected):
    hits = make_hits([("a0", family, "narrator", True)])
    assert measure_densities(hits, make_articles("de"), (Feature(family),)).iloc[0, 0] == pytest.approx(np.log(1 + expected))


def test_scale_is_distance_from_the_norm_in_spreads_cut_off_where_no_mark_decides_alone():
    densities = pd.DataFrame([[2.0, 3.0, 50.0]], index=["a0"])
    assert scale_densities(densities, pd.Series(["de"]), MODEL).iloc[0].tolist() == [1, 1, 4]


def test_stances_are_the_softmax_of_the_weighed_distances():
    hits = make_hits([("a0", "praise", "narrator", False)] * 4 + [("a0", "praise", "quoted", False), ("a0", "reporting", "narrator", False)])
    table = stances(hits, make_articles("en"), MODEL).iloc[0]
    praise, reporting = np.log(5) - 1, (np.log(2) - 1) / 0.5  # distances from the norm
    logits = [praise - reporting, 0, reporting - praise]
    expected = np.exp(logits) / np.exp(logits).sum()
    assert table[list(STANCES)].to_numpy(float) == pytest.approx(expected, abs=1e-4)
    assert table["stance"] == "promotional"
    assert table["margin"] == pytest.approx(expected[0] - expected[1], abs=1e-4)


def test_stances_same_marks_same_stance_in_both_languages():
    rows = [(article, "praise", "narrator", False) for article in ("a0", "a1")]
    table = stances(make_hits(rows), make_articles("de", "en"), MODEL)
    assert table.iloc[0, 1:].tolist() == table.iloc[1, 1:].tolist()


def test_stances_of_an_unknown_language_or_an_empty_text_are_not_made_up():
    articles = make_articles("unknown", "de")
    articles.loc[1, "words"] = 0
    table = stances(make_hits([]), articles, MODEL)
    assert table["stance"].tolist() == ["", ""]
    assert (table[[*STANCES, "margin", "sure"]] == 0).all(axis=None)


def test_stances_probabilities_sum_to_one():
    hits = make_hits([("a0", "praise", "narrator", False)] * 7)
    table = stances(hits, make_articles("en", "de"), MODEL)
    assert table[list(STANCES)].sum(axis=1).tolist() == pytest.approx([1, 1], abs=2e-4)


@pytest.mark.parametrize(("n_praise", "sure"), [(1, 1), (12, 3)])
def test_stances_sure_grows_with_the_margin(n_praise, sure):
    hits = make_hits([("a0", "praise", "narrator", False)] * n_praise + [("a0", "reporting", "narrator", False)])
    assert stances(hits, make_articles("en"), MODEL)["sure"].tolist() == [sure]


def test_explain_stance_pushes_add_up_to_the_odds():
    hits = make_hits([("a0", "praise", "narrator", False)] * 4)
    table = explain_stance(hits, make_articles("en"), "a0", MODEL)
    odds = stances(hits, make_articles("en"), MODEL).iloc[0]
    assert table["promotional"].sum() - table["reportorial"].sum() == pytest.approx(np.log(odds["promotional"] / odds["reportorial"]), abs=2e-2)
    assert table["feature"].tolist()[-1] == "praise (quoted)"  # weighs nothing
    assert table.set_index("feature").loc["praise", "words"] == "Wort ×4"


def test_explain_stance_writes_a_word_as_it_is_written_most_often():
    written = ["Erfolg", "Erfolg", "Erstmals", "erstmals", "Nun", "nun", "nun"]
    hits = make_hits([("a0", "praise", "narrator", False)] * len(written)).assign(surface=written)
    assert explain_stance(hits, make_articles("de"), "a0", MODEL).set_index("feature").loc["praise", "words"] == "nun ×3, Erfolg ×2, erstmals ×2"


def test_explain_stance_counts_quoted_words_with_a_feature_of_any_voice():
    model = StanceModel((Feature("praise", "any"),), {"en": NORM[:, :1]}, WEIGHTS[:, :1], np.zeros(3))
    hits = make_hits([("a0", "praise", "narrator", False)] * 2 + [("a0", "praise", "quoted", False)])
    table = explain_stance(hits, make_articles("en"), "a0", model)
    assert table[["feature", "hits"]].values.tolist() == [["praise", 3]]


def test_explain_stance_names_the_article_that_is_not_there():
    with pytest.raises(KeyError, match="no article 'x'"):
        explain_stance(make_hits([]), make_articles("en"), "x", MODEL)


def test_model_written_and_read_is_the_same(tmp_path):
    write_model(MODEL, tmp_path / "model.yaml")
    again = read_model(tmp_path / "model.yaml")
    assert again.features == MODEL.features
    assert again.weights.tolist() == WEIGHTS.tolist()
    assert again.norms["de"].tolist() == NORM.tolist()
    assert again.gains == ()
    write_model(replace(MODEL, gains=(0.1, -0.02, 0.0)), tmp_path / "model.yaml")
    assert read_model(tmp_path / "model.yaml").gains == (0.1, -0.02, 0.0)
    features = (Feature("praise", questions=("direction",)), Feature("praise", "quoted", questions=("evaluating",)), Feature("reporting"))
    write_model(replace(MODEL, features=features), tmp_path / "model.yaml")
    assert read_model(tmp_path / "model.yaml").features == features
    assert [file.name for file in tmp_path.iterdir()] == ["model.yaml"]


@pytest.mark.parametrize("questions", ["[]", "[mood]", "[evaluating, mood]", "evaluating", "[[]]"])
def test_model_with_a_question_that_the_codebook_does_not_ask_is_refused(tmp_path, questions):
    write_model(replace(MODEL, features=(replace(FEATURES[0], questions=("evaluating",)), *FEATURES[1:])), tmp_path / "model.yaml")
    text = (tmp_path / "model.yaml").read_text(encoding="utf-8")
    (tmp_path / "model.yaml").write_text(text.replace("questions: [evaluating]", f"questions: {questions}"), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"model\.yaml: not a stance model"):
        read_model(tmp_path / "model.yaml")


@pytest.mark.parametrize("text", ["", "[1, 2]", "features: []", "features: [{family: x}]", "a: [", "!!python/object/apply:os.system [ls]", "[" * 5000])
def test_model_that_is_none_is_refused_with_its_name(tmp_path, text):
    (tmp_path / "model.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"model\.yaml: not a stance model"):
        read_model(tmp_path / "model.yaml")
