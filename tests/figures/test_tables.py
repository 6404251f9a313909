"""The tables behind the figures, on cases that a person can add up."""

import pandas as pd
import pytest

from lesart.figures import (
    tabulate_corpus,
    tabulate_dispersion,
    tabulate_explanation,
    tabulate_positions,
    tabulate_stance_map,
    tabulate_stance_shares,
    tabulate_topic_contrast,
    tabulate_topic_heatmap,
    tabulate_topic_stances,
)

ARTICLES = pd.DataFrame(
    {
        "article": ["en-1", "de-1", "de-2", "fr-1"],
        "language": ["en", "de", "de", "unknown"],
        "corpus": ["teaching", "press", "teaching", "teaching"],
        "genre": ["column", "column", "", "column"],
        "words": [100, 200, 50, 1],
    }
)
STANCES = pd.DataFrame(
    {
        "article": ["en-1", "de-1", "de-2", "fr-1"],
        "stance": ["critical", "critical", "promotional", ""],
        "promotional": [0.0, 0.3, 1.0, 0.0],
        "critical": [1.0, 0.5, 0.0, 0.0],
        "reportorial": [0.0, 0.2, 0.0, 0.0],
        "margin": [1.0, 0.1, 1.0, 0.0],
        "sure": [3, 1, 3, 0],
    }
)
WEIGHTS = pd.DataFrame(
    {
        "article": ["en-1", "en-1", "de-1", "de-1", "de-2", "de-2"],
        "topic": ["labor", "finance"] * 3,
        "hits": [1, 3, 1, 1, 0, 0],
        "weight": [0.25, 0.75, 0.5, 0.5, 0.0, 0.0],
    }
)
HITS = pd.DataFrame(
    {
        "article": ["de-1", "de-1", "de-1", "en-1", "fr-1"],
        "start": [0, 99, 50, 30, 1],
        "lexicon": ["topics", "topics", "stance", "topics", "topics"],
        "category": ["labor", "labor", "harm", "finance", "labor"],
        "surface": ["Lohn", "Löhne", "Schaden", "price", "salaire"],
        "voice": ["narrator", "quoted", "narrator", "narrator", "narrator"],
        "part": ["headline", "body", "body", "lead", "body"],
    }
)
SENTENCES = pd.DataFrame(
    {
        "article": ["de-1", "de-1", "de-1", "en-1"],
        "part": ["headline", "lead", "body", "lead"],
        "start": [0, 12, 32, 0],
        "end": [10, 30, 100, 60],
    }
)


def test_corpus_orders_genres_by_frequency_and_leaves_other_languages_out() -> None:
    table = tabulate_corpus(ARTICLES)
    assert table["article"].tolist() == ["de-1", "en-1", "de-2"]
    assert table["genre"].tolist() == ["column", "column", ""]
    assert table["words"].tolist() == [200, 100, 50]


def test_corpus_puts_rare_genres_together() -> None:
    articles = pd.DataFrame({"article": [f"a{k:02d}" for k in range(20)], "language": "de", "genre": [f"g{k:02d}" for k in range(20)], "words": 1})
    genres = tabulate_corpus(articles)["genre"]
    assert genres.nunique() == 14
    assert (genres == "other genres").sum() == 7


def test_stance_map_places_corners_and_middle() -> None:
    table = tabulate_stance_map(ARTICLES, STANCES).set_index("article")
    assert list(table.index) == ["de-2", "de-1", "en-1"]
    assert table.loc["de-2", ["x", "y"]].tolist() == [0, 0]
    assert table.loc["en-1", ["x", "y"]].tolist() == [1, 0]
    assert table.loc["de-1", ["x", "y"]].tolist() == pytest.approx([0.6, 0.2 * 3**0.5 / 2])


def test_stance_shares_count_articles_and_close_calls() -> None:
    table = tabulate_stance_shares(ARTICLES, STANCES)
    assert len(table) == 2 * 2 * 3
    rows = table.set_index(["corpus", "language", "stance"])
    assert rows.loc[("press", "de", "critical")].tolist() == [1, 1, 1, 100.0]
    assert rows.loc[("press", "en", "critical")].tolist() == [0, 0, 0, 0.0]
    assert rows.loc[("teaching", "de", "promotional")].tolist() == [1, 0, 1, 100.0]
    assert table["n_articles"].sum() == 3


def test_topic_heatmap_keeps_weights_and_order() -> None:
    table = tabulate_topic_heatmap(ARTICLES, STANCES, WEIGHTS)
    assert table["article"].tolist() == ["de-2", "de-2", "de-1", "de-1", "en-1", "en-1"]
    assert table["topic"].tolist() == ["labor", "finance"] * 3
    assert table["weight_pct"].tolist() == [0, 0, 50, 50, 25, 75]
    assert table["stance"].tolist() == ["promotional"] * 2 + ["critical"] * 4


def test_topic_contrast_turns_shares_into_percent() -> None:
    comparison = pd.DataFrame(
        {"topic": ["labor"], "de": [0.5], "en": [0.25], "de_low": [0.4], "de_high": [0.6], "en_low": [0.2], "en_high": [0.3],
         "difference": [0.25], "low": [0.1], "high": [0.4], "n_de": [3], "n_en": [4]}
    )  # fmt: skip
    row = tabulate_topic_contrast(comparison).iloc[0]
    assert row[["de_pct", "en_pct", "difference_points", "low_points", "n_de", "n_en"]].tolist() == [50, 25, 25, 10, 3, 4]


def test_topic_stances_have_means_and_leave_articles_without_hits_out() -> None:
    table = tabulate_topic_stances(ARTICLES, STANCES, WEIGHTS)
    assert table["article"].tolist() == ["de-1", "en-1"] * 2
    assert table["weight_pct"].tolist() == [50, 25, 50, 75]
    assert table["mean_pct"].tolist() == [37.5, 37.5, 62.5, 62.5]
    assert table["n_articles"].tolist() == [2] * 4


def test_explanation_sums_the_rest() -> None:
    explanation = pd.DataFrame(
        {"feature": [f"f{k:02d}" for k in range(13)], "hits": 1, "density": 0.5, "distance": 1.0, "promotional": 0.5, "critical": -0.25,
         "reportorial": -0.25, "words": "w"}
    )  # fmt: skip
    table = tabulate_explanation(explanation, STANCES, "de-1")
    assert len(table) == 11
    rest = table.iloc[-1]
    assert (rest["feature"], rest["n_features"], rest["hits"]) == ("rest", 3, 3)
    assert rest[["promotional", "critical", "reportorial"]].tolist() == [1.5, -0.75, -0.75]
    assert rest["p_critical"] == 0.5


def test_explanation_of_an_article_without_stance_is_refused() -> None:
    with pytest.raises(KeyError, match="there are en-1"):
        tabulate_explanation(pd.DataFrame(), STANCES, "fr-1")


def test_dispersion_places_hits_in_percent_and_names_topics_without() -> None:
    table = tabulate_dispersion(HITS, SENTENCES, ["labor", "finance"], "de-1")
    assert table["topic"].tolist() == ["labor", "labor", "finance"]
    assert table["position_pct"].fillna(-1).tolist() == [0, 99, -1]
    assert table[["headline_end_pct", "lead_end_pct"]].iloc[0].tolist() == [10, 30]


def test_dispersion_of_an_unknown_article_is_refused() -> None:
    with pytest.raises(KeyError, match="there are de-1, en-1"):
        tabulate_dispersion(HITS, SENTENCES, ["labor"], "de-9")


def test_positions_count_hits_in_tenths() -> None:
    table = tabulate_positions(HITS, SENTENCES, ARTICLES, ["labor", "finance"])
    assert len(table) == 2 * 2 * 10
    found = table[table["hits"] > 0]
    assert found[["topic", "language", "tenth", "share_pct", "n_hits"]].to_numpy().tolist() == [
        ["labor", "de", 1, 50.0, 2],
        ["labor", "de", 10, 50.0, 2],
        ["finance", "en", 6, 100.0, 1],
    ]
