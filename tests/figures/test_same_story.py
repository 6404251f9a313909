"""The picture of families: its table, and that nothing is cut with long names, many families and a crowd in one."""

import pandas as pd
import pytest
from conftest import ROOT
from lesart.articles import read_corpus
from lesart.figures import describe_same_story, draw_same_story, tabulate_same_story
from lesart.figures.plate import measure
from lesart.figures.same_story import wrap_text
from lesart.lineage import find_kin

from .test_figures import assert_nothing_is_cut, drawn_texts

EVIDENCE = "Callum Cant (quoted); 15 Mrd. US-Dollar = $15 billion; RemoTasks"


def make_pairs(rows):
    return pd.DataFrame(rows, columns=["article", "kin", "kind", "score", "evidence"])


def make_articles(names):
    return pd.DataFrame({"article": names, "language": [name[:2] for name in names], "text": "x"})


def test_table_numbers_families_in_the_order_of_the_articles():
    articles = make_articles(["de-x", "de-a", "en-a", "de-b", "en-b"])
    pairs = make_pairs([("de-b", "en-b", "adaptation", 0.75, EVIDENCE), ("de-a", "en-a", "adaptation", 1.0, EVIDENCE), ("en-b", "gone", "copy", 1.0, "")])
    table = tabulate_same_story(pairs, articles)
    assert table[["family", "article", "kin", "article_language", "kin_language", "score_pct"]].to_numpy().tolist() == [
        [1, "de-a", "en-a", "de", "en", 100.0],
        [2, "de-b", "en-b", "de", "en", 75.0],
    ]
    assert (table["n_articles"].unique().tolist(), table["n_families"].unique().tolist()) == ([5], [2])


@pytest.fixture(scope="module")
def shipped():
    articles = read_corpus(ROOT / "corpus" / "same_story" / "texts", progress=False)
    return tabulate_same_story(find_kin(articles), articles)


@pytest.mark.parametrize("labels", ["en", "de"])
def test_figure_of_the_set_is_whole(shipped, labels):
    plate = draw_same_story(shipped, labels)
    assert_nothing_is_cut(plate)
    told = " ".join(text.get_text() for text in drawn_texts(plate))
    assert {"en": "adaptation", "de": "Nacherzählung"}[labels] in told
    assert {"en": "(zitiert)", "de": "(quoted)"}[labels] not in told
    assert {"en": "Articles: 62; families: 15", "de": "Artikel: 62; Familien: 15"}[labels] in describe_same_story(shipped, labels)


def test_figure_in_the_repository_is_that_of_the_set(shipped):
    for labels in ("en", "de"):
        kept = pd.read_csv(ROOT / "figures" / labels / f"same_story_{labels}.csv")
        pd.testing.assert_frame_equal(kept, shipped.round(8), check_dtype=False)


@pytest.mark.parametrize("labels", ["en", "de"])
def test_figure_of_odd_families_is_whole(labels):
    crowd = [f"de-crowd-{n:02d}" for n in range(30)]
    long = ["de-" + "ein-sehr-langer-name-" * 9, "en-<b>$cost$</b>-" + "x" * 200]
    others = [f"{language}-{n}" for n in range(40) for language in ("de", "en")]
    rows = [(one, other, "copy", 1.0, "") for k, one in enumerate(crowd) for other in crowd[k + 1 :]]
    rows += [(long[0], long[1], "adaptation", 0.5, "Wort " * 400 + "x" * 900)]
    rows += [(f"de-{n}", f"en-{n}", "cut", 0.5, "") for n in range(40)]
    plate = draw_same_story(tabulate_same_story(make_pairs(rows), make_articles([*crowd, *long, *others])), labels)
    assert_nothing_is_cut(plate)
    told = [text.get_text() for text in drawn_texts(plate)]
    assert {"en": "and 22 more", "de": "und 22 weitere"}[labels] in told
    assert {"en": "Families not shown: 18", "de": "Nicht gezeigte Familien: 18"}[labels] in told


@pytest.mark.parametrize("labels", ["en", "de"])
def test_figure_without_kin_says_so(labels):
    table = tabulate_same_story(make_pairs([]), make_articles(["de-a"]))
    assert_nothing_is_cut(draw_same_story(table, labels))
    assert describe_same_story(table, labels) == {"en": "No two articles tell the same story.", "de": "Keine zwei Artikel erzählen dieselbe Geschichte."}[labels]


def test_wrapped_text_keeps_to_its_width_and_lines():
    lines = wrap_text("eins zwei drei vier fünf sechs sieben acht neun zehn " * 9, 40, 8, 3)
    assert len(lines) == 3
    assert all(measure(line, 8) <= 40.01 for line in lines)
    assert lines[-1].count("…") == 1
    assert wrap_text("eins zwei", 40, 8, 3) == ["eins zwei"]
