"""A study's tables fit one another, on the repository and on a small study with topics of its own."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_study import ARTICLES, PRESS, make_study

from lesart.errors import CorpusError, LexiconError
from lesart.stance import STANCES, Feature, StanceModel
from lesart.sealing import reduce_surfaces
from lesart.study import code_articles, find_study, load_study
from lesart.topics import SHARPEN, TOPICS, topic_weights

MODEL = StanceModel((Feature("praise"),), {lang: np.array([[1.0], [1.0]]) for lang in ("de", "en")}, np.array([[1.0], [0.0], [-1.0]]), np.zeros(3))
PRESS_IDS = ["de-boersenzeitung", "de-dasgeld", "de-retailnews", "en-platformer", "en-pressbee-time"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return load_study(make_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(params=["repository", "tiny"])
def either(request):
    return request.getfixturevalue("study" if request.param == "repository" else "tiny")


def test_study_of_the_repository_has_36_teaching_and_5_press_articles(study):
    counts = study.articles.groupby(["corpus", "language"]).size().to_dict()
    assert counts == {("teaching", "de"): 18, ("teaching", "en"): 18, ("press", "de"): 3, ("press", "en"): 2}
    assert study.articles["article"].tolist()[36:] == PRESS_IDS
    assert (study.articles["problem"] == "").all()


def test_study_articles_have_unique_ids(either):
    assert either.articles["article"].is_unique


def test_study_articles_without_text_are_the_sealed_ones_and_are_press(either):
    assert ((either.articles["text"] == "") == either.articles["sealed"]).all()
    assert set(either.articles.loc[either.articles["sealed"], "corpus"]) <= {"press"}
    assert (either.articles["words"] > 0).all()


def test_study_hits_and_sentences_are_of_its_articles_in_their_order(either):
    for table in (either.hits, either.sentences):
        assert list(dict.fromkeys(table["article"])) == either.articles["article"].tolist()


def test_study_hits_lie_in_their_sentence_and_part(either):
    joined = either.hits.merge(either.sentences, on=["article", "sentence"], suffixes=("", "_of_sentence"), how="left")
    assert len(joined) == len(either.hits)
    assert (joined["start_of_sentence"] <= joined["start"]).all()
    assert (joined["end"] <= joined["end_of_sentence"]).all()
    assert (joined["part"] == joined["part_of_sentence"]).all()


def test_study_surface_is_the_text_at_its_place_where_the_text_is_here(either):
    texts = either.articles[~either.articles["sealed"]].set_index("article")["text"]
    open_hits = either.hits[either.hits["article"].isin(texts.index)]
    assert len(open_hits) > 0
    in_text = open_hits.assign(surface=[texts[article][start:end] for article, start, end in open_hits[["article", "start", "end"]].itertuples(index=False)])
    is_press = open_hits["article"].map(either.articles.set_index("article")["corpus"]) == "press"
    assert in_text.loc[~is_press, "surface"].tolist() == open_hits.loc[~is_press, "surface"].tolist()
    # Press articles have the surfaces of their sheets, with their texts here or not.
    assert reduce_surfaces(in_text)["surface"][is_press].tolist() == open_hits.loc[is_press, "surface"].tolist()


def test_study_hits_are_of_concepts_of_its_lexicons(either):
    known = {(lexicon.name, *row) for lexicon in either.lexicons for row in lexicon.concepts[["category", "concept"]].itertuples(index=False)}
    assert set(either.hits[["lexicon", "category", "concept"]].itertuples(index=False, name=None)) <= known


def test_study_stances_are_one_row_per_article_with_probabilities_that_sum_to_one(either):
    assert either.stances["article"].tolist() == either.articles["article"].tolist()
    assert either.stances[list(STANCES)].sum(axis=1).to_numpy() == pytest.approx(1, abs=1.6e-4)
    assert (either.stances[list(STANCES)].idxmax(axis=1) == either.stances["stance"]).all()


def test_study_weights_are_one_row_per_article_and_topic_and_sum_to_one(either):
    topics = next(lexicon for lexicon in either.lexicons if lexicon.name == "topics").categories
    assert either.weights["article"].tolist() == list(np.repeat(either.articles["article"], len(topics)))
    assert either.weights["topic"].tolist() == topics * len(either.articles)
    assert either.weights.groupby("article")["weight"].sum().to_numpy() == pytest.approx(1)
    assert (either.weights["low"] <= either.weights["high"]).all()


def test_study_weights_count_the_hits_of_the_hits_table(either):
    counted = either.hits[either.hits["lexicon"] == "topics"].groupby(["article", "category"]).size()
    weights = either.weights[either.weights["hits"] > 0].set_index(["article", "topic"])["hits"]
    assert weights.sort_index().to_dict() == counted.sort_index().to_dict()


def test_study_of_the_repository_has_the_codebooks_topics_in_order(study):
    assert list(dict.fromkeys(study.weights["topic"])) == list(TOPICS)


def test_study_with_topics_of_its_own_by_hand(tiny):
    assert tiny.articles["article"].tolist() == [*ARTICLES, "de-press"]
    # de-press: one mark of reporting, in the lead, in 19 + 60 words is above the norm, (ln(1 + 150/79) − 1) / 0.5 = 0.13; no
    # praise and no harm leave 0 and 0 for the others.
    assert dict(zip(tiny.stances["article"], tiny.stances["stance"], strict=True)) == {
        "de-club": "promotional", "de-klage": "critical", "en-club": "promotional", "en-fee": "reportorial", "de-press": "reportorial",
    }  # fmt: skip
    hits = tiny.weights.pivot(index="article", columns="topic", values="hits")[["sport", "money", "law"]]
    assert {name: row.tolist() for name, row in hits.iterrows()} == {
        "de-club": [2, 1, 0], "de-klage": [0, 2, 1], "en-club": [2, 1, 0], "en-fee": [0, 2, 1], "de-press": [2, 1, 0],
    }  # fmt: skip


def test_study_weights_by_hand(tiny):
    """A headline counts 2, the lead 1.5, divided by the root of the hits in the sentence; then the 1.3th power."""
    sport, money = 1.5 + 1.5 / 2**0.5, 1.5 / 2**0.5
    club = tiny.weights[tiny.weights["article"] == "de-club"].set_index("topic")["weight"]
    assert club["sport"] == pytest.approx(sport**SHARPEN / (sport**SHARPEN + money**SHARPEN))
    assert club["law"] == 0


def test_study_says_the_same_of_what_is_the_same_in_both_languages(tiny):
    weights = tiny.weights.pivot(index="topic", columns="article", values="weight")
    assert weights["de-club"].tolist() == weights["en-club"].tolist()


def test_study_without_press_has_tables_of_the_same_types(tiny, tmp_path):
    without = load_study(make_study(tmp_path, press=False))
    assert without.articles["article"].tolist() == list(ARTICLES)
    for table in ("hits", "sentences", "stances", "weights"):
        ours, theirs = getattr(without, table), getattr(tiny, table)
        assert ours.dtypes.to_dict() == theirs.dtypes.to_dict(), table
        pd.testing.assert_frame_equal(ours, theirs[theirs["article"] != "de-press"].reset_index(drop=True))


@pytest.mark.parametrize("beside", ["", ".DS_Store", "README.md", "scan.pdf"])
def test_study_press_article_is_sealed_without_its_text_whatever_else_lies_there(tmp_path, beside):
    folder = make_study(tmp_path)
    (folder / "corpus/press/texts").mkdir()
    if beside:
        (folder / "corpus/press/texts" / beside).write_text("x", encoding="utf-8")
    press = load_study(folder).articles.set_index("article").loc["de-press"]
    assert (bool(press["sealed"]), press["text"], press["note"]) == (True, "", "")


def test_study_press_article_has_its_text_where_it_is_and_the_same_measures(tiny, tmp_path):
    folder = make_study(tmp_path)
    (folder / "corpus/press/texts").mkdir()
    (folder / "corpus/press/texts/any name.txt").write_text(PRESS, encoding="utf-8")
    opened = load_study(folder)
    press = opened.articles.set_index("article").loc["de-press"]
    assert (bool(press["sealed"]), press["text"]) == (False, PRESS.strip())
    pd.testing.assert_frame_equal(opened.stances, tiny.stances)
    pd.testing.assert_frame_equal(opened.weights, tiny.weights)


def test_study_of_the_repository_measures_the_same_from_the_sheets_alone(study, tmp_path):
    for name in ("corpus/articles", "corpus/press", "lexicons"):
        (tmp_path / name).mkdir(parents=True)
        for file in (ROOT / name).iterdir():
            if file.is_file() and (name != "corpus/articles" or file.stem == "de-deal-a"):
                (tmp_path / name / file.name).write_bytes(file.read_bytes())
    sealed = load_study(tmp_path)
    assert sealed.articles["article"].tolist() == ["de-deal-a", *PRESS_IDS]
    assert sealed.articles["sealed"].tolist() == [False] + [True] * 5
    assert (sealed.articles["note"] == "").all(), "the sheets are stale: run 'lesart seal' where the texts are"
    for table in ("stances", "weights"):
        whole = getattr(study, table)
        whole = whole[whole["article"].isin(sealed.articles["article"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(sealed, table), whole)


def test_study_twice_is_the_same(tiny, tmp_path):
    again = load_study(make_study(tmp_path))
    for table in ("articles", "sentences", "hits", "stances", "weights"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(tiny, table))


def test_study_that_misses_a_folder_names_it(tmp_path):
    make_study(tmp_path)
    (tmp_path / "corpus/articles").rename(tmp_path / "corpus/other")
    with pytest.raises(CorpusError, match=r"corpus/articles: no such file or folder; check the path"):
        load_study(tmp_path)
    (tmp_path / "lexicons").rename(tmp_path / "words")
    with pytest.raises(LexiconError, match=r"stance\.yaml: cannot be read .*; check the path"):
        load_study(tmp_path)


@pytest.mark.parametrize("below", ["", "corpus", "corpus/articles", "notebooks/a"])
def test_find_study_finds_the_folder_from_below(tmp_path, below):
    make_study(tmp_path)
    (tmp_path / "notebooks/a").mkdir(parents=True)
    assert find_study(tmp_path / below) == tmp_path.resolve()


def test_find_study_starts_where_one_is(tmp_path, monkeypatch):
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path / "lexicons")
    assert find_study() == tmp_path.resolve()


def test_find_study_says_where_it_looked_and_what_to_do(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match=r"^empty: no folder 'corpus' here or above; run inside a study folder$"):
        find_study(tmp_path / "empty")


def make_hits(counts):
    """One topic hit per sentence, in the body, so that amounts are counts."""
    rows = [("a", topic) for topic, count in counts.items() for _ in range(count)]
    hits = pd.DataFrame(rows, columns=["article", "category"])
    return hits.assign(sentence=range(len(hits)), part="body", lexicon="topics", concept="c", voice="narrator", negated=False)


ONE = pd.DataFrame({"article": ["a"], "language": ["de"], "words": [100]})


def code_one(counts):
    return code_articles(ONE, make_hits(counts), MODEL, list(counts)).iloc[0]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"x": 1, "y": 1, "z": 1}, [33.34, 33.33, 33.33]),
        ({"x": 1, "y": 1, "z": 1, "u": 1, "v": 1, "w": 1}, [16.67] * 4 + [16.66] * 2),
        ({"x": 1, "y": 1}, [50, 50]),
        ({"x": 0, "y": 3}, [0, 100]),
        ({"x": 0, "y": 0}, [0, 0]),
        ({"x": 8, "y": 1}, [93.72, 6.28]),  # 8^1.3 = 14.929: 93.7221 and 6.2779, the larger remainder is the second's
    ],
)
def test_codes_shares_are_rounded_by_largest_remainder(counts, expected):
    assert code_one(counts)[list(counts)].tolist() == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_codes_shares_sum_to_exactly_100_and_are_less_than_a_hundredth_off(counts):
    counts = {f"t{n}": count for n, count in enumerate(counts)}
    row = code_one(counts)[list(counts)]
    exact = topic_weights(make_hits(counts), ONE, list(counts), intervals=False)["weight"].to_numpy()
    assert sum(Decimal(str(share)) for share in row) == (100 if sum(counts.values()) else 0)
    assert (np.abs(row.to_numpy(float) - 100 * exact) < 0.01 + 1e-9).all()
    assert all(row[a] >= row[b] for a in counts for b in counts if counts[a] > counts[b])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12))
def test_codes_rounding_is_that_of_a_second_way(parts):
    """Hare's method in exact fractions; where two remainders are equal, floats may choose the other."""
    from lesart.study import _to_percent

    units = [Fraction(part * 10_000, sum(parts)) for part in parts]
    floors = [int(unit) for unit in units]
    rest = [unit - floor for unit, floor in zip(units, floors, strict=True)]
    ours = [round(share * 100) for share in _to_percent(np.array([parts]) / sum(parts))[0]]
    up = [n for n, (mine, floor) in enumerate(zip(ours, floors, strict=True)) if mine > floor]
    assert sum(ours) == 10_000
    assert all(0 <= mine - floor <= 1 for mine, floor in zip(ours, floors, strict=True))
    assert min([rest[n] for n in up], default=1) >= max([r for n, r in enumerate(rest) if n not in up], default=0) - Fraction(1, 10**8)


def test_codes_of_what_cannot_be_coded_are_empty_and_zero():
    articles = pd.DataFrame({"article": ["a", "b"], "language": ["unknown", "de"], "words": [9, 0]})
    codes = code_articles(articles, make_hits({"x": 0}), MODEL, ["x", "y"])
    assert codes.columns.tolist() == ["article", "language", "stance", "sure", *STANCES, "margin", "x", "y"]
    assert codes.drop(columns=["article", "language"]).values.tolist() == [["", 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]] * 2


def test_codes_of_the_study_have_a_row_per_article_sealed_ones_too(study):
    codes = code_articles(study.articles, study.hits, study.model, list(TOPICS))
    assert codes["article"].tolist() == study.articles["article"].tolist()
    assert codes["stance"].isin(STANCES).all()
    assert ((codes[list(TOPICS)] * 100).round().sum(axis=1) == 10_000).all()
    assert codes["sure"].between(1, 3).all()
