"""German against English on cases that a person can add up."""

import pandas as pd
import pytest

from lesart.contrast import compare_concepts, compare_languages, compare_stance_topics, compare_stances

ARTICLES = pd.DataFrame({"article": ["d1", "d2", "e1", "e2"], "language": ["de", "de", "en", "en"]})


def make_weights(labor):
    rows = [(article, topic, weight) for article, share in labor.items() for topic, weight in (("labor", share), ("finance", 1 - share))]
    return pd.DataFrame(rows, columns=["article", "topic", "weight"])


def test_compare_languages_means_and_difference():
    table = compare_languages(make_weights({"d1": 0.6, "d2": 0.8, "e1": 0.1, "e2": 0.3}), ARTICLES).set_index("topic")
    assert table.loc["labor", ["de", "en", "difference"]].tolist() == pytest.approx([0.7, 0.2, 0.5])
    assert table.loc["finance", "difference"] == pytest.approx(-0.5)
    assert table.loc["labor", ["n_de", "n_en"]].tolist() == [2, 2]


def test_compare_languages_intervals_hold_the_means_and_resample_articles():
    table = compare_languages(make_weights({"d1": 0.6, "d2": 0.8, "e1": 0.2, "e2": 0.2}), ARTICLES).set_index("topic")
    labor = table.loc["labor"]
    assert (labor["de_low"], labor["de_high"]) == pytest.approx((0.6, 0.8))  # two articles: all resamples lie between them
    assert (labor["en_low"], labor["en_high"]) == pytest.approx((0.2, 0.2))
    assert (labor["low"], labor["high"]) == pytest.approx((0.4, 0.6))


def test_compare_languages_says_nothing_of_one_article():
    table = compare_languages(make_weights({"d1": 0.6, "e1": 0.2, "e2": 0.2}), ARTICLES)
    assert table["de_low"].isna().all()
    assert table["low"].isna().all()
    assert table["en_low"].notna().all()


def test_compare_languages_with_one_language_only():
    table = compare_languages(make_weights({"d1": 0.6, "d2": 0.2}), ARTICLES)
    assert table["en"].isna().all()
    assert table["difference"].isna().all()


def test_compare_languages_leaves_out_articles_without_topics():
    weights = make_weights({"d1": 0.6, "d2": 0.6, "e1": 0.2, "e2": 0.2})
    weights.loc[weights["article"] == "d2", "weight"] = 0
    assert compare_languages(weights, ARTICLES)["n_de"].tolist() == [1, 1]


def test_compare_concepts_shares_and_articles():
    rows = [("d1", "pay"), ("d1", "price"), ("d2", "pay"), ("d2", "pay"), ("e1", "price"), ("e2", "price")]
    hits = pd.DataFrame(rows, columns=["article", "concept"]).assign(lexicon="topics", category=lambda h: h["concept"].map({"pay": "labor", "price": "finance"}))
    table = compare_concepts(hits, ARTICLES, least_articles=1).set_index("concept")
    assert table.loc["pay", ["de", "en", "difference"]].tolist() == pytest.approx([0.75, 0, 0.75])
    assert table.loc["price", ["articles_de", "articles_en"]].tolist() == [1, 2]
    assert table["category"].to_dict() == {"pay": "labor", "price": "finance"}


def test_compare_concepts_leaves_out_what_few_articles_have():
    hits = pd.DataFrame({"article": ["d1", "e1", "e2"], "concept": ["pay", "price", "price"], "category": "c", "lexicon": "topics"})
    assert compare_concepts(hits, ARTICLES, least_articles=2)["concept"].tolist() == ["price"]


def test_compare_stances_gives_newcombes_interval():
    """Newcombe (1998), Table II, case (a): 56/70 − 48/80 = 0.2, method 10 gives 0.0524 to 0.3339."""
    n_de, n_en, yes_de, yes_en = 70, 80, 56, 48
    articles = pd.DataFrame({"article": range(n_de + n_en), "language": ["de"] * n_de + ["en"] * n_en})
    given = ["critical"] * yes_de + ["reportorial"] * (n_de - yes_de) + ["critical"] * yes_en + ["reportorial"] * (n_en - yes_en)
    row = compare_stances(pd.DataFrame({"article": range(n_de + n_en), "stance": given}), articles).set_index("stance").loc["critical"]
    assert [round(row[name], 4) for name in ("difference", "low", "high")] == [0.2, 0.0524, 0.3339]


def test_compare_stances_without_a_language_gives_no_difference():
    table = compare_stances(pd.DataFrame({"article": ["a", "b"], "stance": ["critical", ""]}), pd.DataFrame({"article": ["a", "b"], "language": "de"}))
    assert table["de"].tolist() == [0.0, 1.0, 0.0] and table[["en", "difference", "low", "high"]].isna().all(axis=None)
    assert table[["n_de", "n_en"]].iloc[0].tolist() == [1, 0]


def test_compare_stance_topics_takes_critical_from_promotional():
    weights = pd.DataFrame({"article": ["a", "a", "b", "b", "c", "c"], "topic": ["x", "y"] * 3, "hits": 1, "weight": [1.0, 0.0, 0.5, 0.5, 0.25, 0.75]})
    table = compare_stance_topics(weights, pd.DataFrame({"article": list("abc"), "stance": ["critical", "critical", "promotional"]}))
    assert table["topic"].tolist() == ["x", "y"]
    assert table[["critical", "promotional", "difference"]].values.tolist() == [[0.75, 0.25, 0.5], [0.25, 0.75, -0.5]]
    assert table[["n_critical", "n_promotional"]].iloc[0].tolist() == [2, 1] and table["low"].isna().all()
