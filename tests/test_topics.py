"""Topic weights on cases that a person can add up."""

import pandas as pd
import pytest

from lesart.topics import SHARPEN, TOPIC_FACTORS, TOPICS, pivot_weights, topic_weights


def make_hits(rows):
    """Hits from (article, sentence, part, topic)."""
    hits = pd.DataFrame(rows, columns=["article", "sentence", "part", "category"])
    return hits.assign(lexicon="topics")


ARTICLES = pd.DataFrame({"article": ["a", "b", "none"]})
HITS = make_hits(
    [
        ("a", 0, "headline", "finance"),
        ("a", 1, "lead", "labor"),
        ("a", 1, "lead", "labor"),
        ("a", 2, "body", "labor"),
        ("b", 0, "body", "ethics"),
    ]
)


def test_topics_weight_counts_headline_twice_and_lead_one_and_a_half_times_and_shares_out_a_sentence():
    weights = topic_weights(HITS, ARTICLES, topic_factors={}).set_index(["article", "topic"])
    labor, finance = (2 * 1.5 / 2**0.5 + 1) ** SHARPEN, 2**SHARPEN
    assert weights.loc[("a", "labor"), "weight"] == pytest.approx(labor / (labor + finance))
    assert weights.loc[("a", "finance"), "weight"] == pytest.approx(finance / (labor + finance))
    assert weights.loc[("a", "labor"), "hits"] == 3


def test_topics_weight_counts_a_hit_as_often_as_its_topics_factor_says():
    level = topic_weights(HITS, ARTICLES, topic_factors={}).set_index(["article", "topic"])["weight"]["a"]
    powers = level * pd.Series(TOPIC_FACTORS).reindex(level.index, fill_value=1.0) ** SHARPEN
    weights = topic_weights(HITS, ARTICLES).set_index(["article", "topic"])["weight"]["a"]
    assert weights.to_dict() == pytest.approx((powers / powers.sum()).to_dict())
    assert weights["labor"] > level["labor"] and weights["finance"] < level["finance"]


def test_topics_weight_knows_no_factor_of_other_topics():
    hits = make_hits([("a", 0, "body", "sport"), ("a", 1, "body", "money")])
    assert topic_weights(hits, ARTICLES[:1], ["money", "sport"], intervals=False)["weight"].tolist() == [0.5, 0.5]


def test_topics_of_an_article_sum_to_one_and_of_an_article_without_hits_to_zero():
    sums = topic_weights(HITS, ARTICLES).groupby("article")["weight"].sum()
    assert sums.to_dict() == pytest.approx({"a": 1, "b": 1, "none": 0})


def test_topics_table_has_every_article_and_topic_in_order():
    weights = topic_weights(HITS, ARTICLES)
    assert weights["article"].tolist() == ["a"] * 7 + ["b"] * 7 + ["none"] * 7
    assert weights["topic"].tolist() == list(TOPICS) * 3


def test_topics_interval_holds_the_weight_and_is_a_point_where_one_topic_has_all():
    weights = topic_weights(HITS, ARTICLES)
    assert ((weights["low"] <= weights["weight"]) & (weights["weight"] <= weights["high"])).all()
    ethics = weights[(weights["article"] == "b") & (weights["topic"] == "ethics")].iloc[0]
    assert (ethics["low"], ethics["high"]) == (1, 1)


def test_topics_interval_of_an_article_does_not_depend_on_the_others():
    alone = topic_weights(HITS, ARTICLES[:1])
    together = topic_weights(HITS, ARTICLES)
    pd.testing.assert_frame_equal(alone, together[together["article"] == "a"])


def test_topics_interval_is_narrow_with_many_sentences():
    few = make_hits([("a", s, "body", t) for s, t in enumerate(["labor", "finance"] * 2)])
    many = make_hits([("a", s, "body", t) for s, t in enumerate(["labor", "finance"] * 100)])
    one = pd.DataFrame({"article": ["a"]})
    widths = [(table["high"] - table["low"]).max() for table in (topic_weights(few, one), topic_weights(many, one))]
    assert widths[1] < widths[0] / 3


def test_topics_can_be_others_than_the_codebooks():
    hits = make_hits([("a", 0, "body", "sport"), ("a", 0, "body", "money")])
    assert topic_weights(hits, ARTICLES[:1])["topic"].tolist() == ["money", "sport"]
    assert topic_weights(hits, ARTICLES[:1], ["sport", "money", "rights"])["weight"].tolist() == [0.5, 0.5, 0]


def test_topics_ignore_hits_of_other_lexicons():
    hits = pd.concat([HITS, HITS.assign(lexicon="stance", category="labor")])
    pd.testing.assert_frame_equal(topic_weights(hits, ARTICLES), topic_weights(HITS, ARTICLES))


def test_topics_without_any_hit_are_all_zero():
    assert (topic_weights(HITS[:0], ARTICLES)[["weight", "low", "high"]] == 0).all(axis=None)


def test_pivot_weights_keeps_the_order_of_articles_and_topics():
    wide = pivot_weights(topic_weights(HITS, ARTICLES, intervals=False))
    assert list(wide.index) == ["a", "b", "none"]
    assert list(wide.columns) == list(TOPICS)
