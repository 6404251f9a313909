"""Which articles tell the same story: the hand-made set, the study's own articles, families, and what is odd."""

from unicodedata import normalize

import pandas as pd
import pytest
from conftest import ROOT, TEXTS, needs_press_texts

from lesart.articles import read_corpus
from lesart.lineage import COLUMNS, find_kin, keep_one_per_family, list_families, tell_evidence, weigh_families
from lesart.press import REGISTER

SET = ROOT / "corpus" / "same_story"
KEY = pd.read_csv(SET / "key.csv")
SPLIT = pd.read_csv(SET / "split.csv").set_index("event")["part"]


@pytest.fixture(scope="module")
def texts():
    return read_corpus(SET / "texts", progress=False)


def tell(pairs):
    return {(*sorted((article, kin)), kind) for article, kin, kind in pairs[["article", "kin", "kind"]].itertuples(index=False)}


def choose(texts, part):
    return texts[texts["event"].map(SPLIT).isin({"all": ["tuning", "held_back", "later"]}.get(part, [part]))].reset_index(drop=True)


def test_the_set_is_what_it_says(texts):
    assert len(texts) >= 40
    assert (texts["problem"] == "").all()
    assert texts["words"].between(80, 250).all()
    assert set(texts["event"]) == set(SPLIT.index)
    assert set(KEY["article"]) | set(KEY["kin"]) <= set(texts["article"])
    assert (KEY["article"] < KEY["kin"]).all()
    assert not KEY.duplicated(["article", "kin"]).any()
    event = texts.set_index("article")["event"]
    assert (KEY["article"].map(event) == KEY["kin"].map(event)).all()
    assert (SPLIT != "tuning").mean() > 1 / 3


@pytest.mark.parametrize("part", ["tuning", "held_back", "later", "all"])
def test_find_kin_finds_the_pairs_of_the_set_and_no_others(texts, part):
    chosen = choose(texts, part)
    expected = tell(KEY[KEY["article"].isin(chosen["article"])])
    found = tell(find_kin(chosen))
    assert found - expected == set()
    assert len(found & expected) >= 0.9 * len(expected)


# Of 1,965 pairs of one event three are linked: what one writer made of one list of facts in two languages, every name and sum in
# both (fusion, museumfund, utilitychief). Who mends it takes the marks off.
LINKED = pytest.mark.xfail(strict=True, reason="linked by one list of facts: three pairs")
FIRST_TWELVE = "airline|bank|building|campus|factory|football|grocer|leak|medicine|platformlaw|robotaxi|windpark"


def read_development(events):
    articles = read_corpus(ROOT / "corpus/other_events/development", progress=False)
    return articles[articles["event"].str.fullmatch(events)].reset_index(drop=True)


def test_find_kin_links_no_teaching_articles_by_their_event_alone():
    articles = read_corpus(ROOT / "corpus/articles", progress=False)
    assert len(articles) == 36
    assert find_kin(articles).empty


@pytest.mark.parametrize(("events", "n_articles"), [(FIRST_TWELVE, 72), pytest.param(".*", 786, marks=LINKED)])
def test_find_kin_links_no_articles_by_their_event_alone(events, n_articles):
    articles = read_development(events)
    assert len(articles) == n_articles
    assert find_kin(articles).empty


@pytest.mark.parametrize("events", ["airline|bank|building|football|leak|platformlaw", FIRST_TWELVE, pytest.param(".*", marks=LINKED)])
def test_find_kin_keeps_to_the_key_among_other_articles(texts, events):
    teaching = read_corpus(ROOT / "corpus/articles", progress=False)
    found = tell(find_kin(pd.concat([teaching, read_development(events), texts], ignore_index=True)))
    assert len(found) >= 0.9 * len(KEY)
    assert found <= tell(KEY)


@needs_press_texts
@pytest.mark.parametrize("teaching", [False, True])
def test_find_kin_finds_the_press_article_that_retells_another(teaching):
    ids = pd.read_csv(ROOT / "corpus" / "press" / REGISTER).assign(file=lambda table: table["file"].str.removesuffix(".txt"))
    articles = read_corpus([TEXTS, ROOT / "corpus" / "articles"] if teaching else TEXTS, progress=False)
    articles["article"] = articles["article"].replace(dict(zip(ids["file"], ids["id"], strict=True)))
    (pair,) = find_kin(articles).itertuples(index=False)
    assert (pair.article, pair.kin, pair.kind) == ("de-retailnews", "en-pressbee-time", "adaptation")
    assert {"Callum Cant (quoted)", "15 Milliarden US-Dollar = $15 billion", "49 Prozent = 49%", "RemoTasks"} <= set(pair.evidence.split("; "))


def test_find_kin_does_not_hang_on_order_and_unicode_form(texts):
    chosen = choose(texts, "tuning")
    turned = chosen.iloc[::-1].reset_index(drop=True).assign(text=lambda table: [normalize("NFD", text) for text in table["text"]])
    assert tell(find_kin(turned)) == tell(find_kin(chosen))
    assert find_kin(chosen).equals(find_kin(chosen))


def test_find_kin_columns_order_and_scores(texts):
    pairs = find_kin(texts)
    assert list(pairs.columns) == COLUMNS
    assert pairs["score"].between(0, 1).all()
    assert (pairs["evidence"].str.len() > 10).all()
    place = pd.Index(texts["article"])
    first, second = place.get_indexer(pairs["article"]), place.get_indexer(pairs["kin"])
    assert (first < second).all()
    assert list(zip(first, second, strict=True)) == sorted(zip(first, second, strict=True))


GERMAN = "Die Werft baut {} Fähren. „Das ist ein guter Tag“, sagte Ingrid Solheim. Es geht um 412 Mio. Euro und 1.400 Stellen, so Tomasz Wilk am 12. Juni."
ENGLISH = "The yard builds {} ferries. “This is a good day,” said Ingrid Solheim. It is about €412m and 1,400 jobs, Tomasz Wilk said on June 12."


@pytest.mark.parametrize(
    "articles",
    [
        pd.DataFrame({"article": [], "text": [], "language": []}),
        pd.DataFrame({"article": ["a"], "text": [GERMAN], "language": ["de"]}),
        pd.DataFrame({"article": ["a", "b"], "text": ["", ""], "language": ["de", "de"]}),
        pd.DataFrame({"article": ["a", "b"], "text": [GERMAN, GERMAN], "language": ["unknown", "fr"]}),
        pd.DataFrame({"article": ["a", "b"], "text": ["Kurz.", "Kurz."], "language": ["de", "de"]}),
        pd.DataFrame({"article": ["a", "b"], "text": [None, None], "language": ["de", "en"], "title": [None, "x"]}),
    ],
    ids=["none", "one", "empty", "other languages", "short", "missing"],
)
def test_find_kin_of_what_cannot_be_kin_is_an_empty_table(articles):
    pairs = find_kin(articles)
    assert pairs.empty
    assert list(pairs.columns) == COLUMNS


def test_find_kin_spreads_an_adaptation_over_the_copies():
    frame = pd.DataFrame({"article": ["x", "y", "z"], "language": ["de", "de", "en"], "text": [GERMAN.format("drei"), GERMAN.format("drei neue"), ENGLISH.format("three")]})
    assert tell(find_kin(frame)) == {("x", "y", "copy"), ("x", "z", "adaptation"), ("y", "z", "adaptation")}


def test_find_kin_of_many_copies_is_bounded():
    frame = pd.DataFrame({"article": [f"a{n:03d}" for n in range(150)], "language": "de", "text": [GERMAN.format(f"drei {n}") for n in range(150)]})
    pairs = find_kin(frame)
    assert len(pairs) <= 150 * 51
    assert list_families(pairs, frame)["family"].unique().tolist() == ["a000"]


def test_tell_evidence_names_a_quoted_person_once_and_both_writings():
    one = {"voice:wang": "Wang", "word:wang": "Wangs", "word:alexandr": "Alexandr", "name:alexandr wang": "Alexandr Wang", "figure:1400": "1.400", "year:2016": "2016"}
    assert tell_evidence(one, one | {"figure:1400": "1,400"}) == "Alexandr Wang (quoted); 1.400 = 1,400; 2016"
    assert tell_evidence(one, {}) == ""


PAIRS = pd.DataFrame({"article": ["a", "b", "e"], "kin": ["b", "c", "gone"]})
FRAME = pd.DataFrame({"article": list("abcde"), "language": ["de", "en", "de", "de", "en"], "text": ["xx", "xxxx", "xxx", "x", "x"]}, index=[5, 3, 9, 1, 0])


def test_families_are_kin_of_kin():
    assert list_families(PAIRS, FRAME).to_numpy().tolist() == [["a", "a"], ["b", "a"], ["c", "a"], ["d", "d"], ["e", "e"]]


def test_weights_of_a_family_sum_to_one():
    weights = weigh_families(PAIRS, FRAME)
    assert weights.to_dict() == {5: 1 / 3, 3: 1 / 3, 9: 1 / 3, 1: 1.0, 0: 1.0}
    assert weights.groupby(list_families(PAIRS, FRAME)["family"].to_numpy()).sum().round(12).eq(1).all()


def test_one_of_each_family_is_the_longest():
    assert keep_one_per_family(FRAME, PAIRS)["article"].tolist() == ["b", "d", "e"]
    assert keep_one_per_family(FRAME, PAIRS, by_language=True)["article"].tolist() == ["b", "c", "d", "e"]
    assert keep_one_per_family(FRAME, PAIRS).index.tolist() == [3, 1, 0]


def test_families_of_no_articles():
    none = FRAME.iloc[:0]
    assert list_families(PAIRS, none).empty
    assert weigh_families(PAIRS, none).empty
    assert keep_one_per_family(none, PAIRS).empty
