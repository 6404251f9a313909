"""A folder of everything: each good article arrives once, each bad file stands in the report, nothing else happens."""

from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import samples_nexis
import samples_plain as plain
import samples_press
import samples_web
from pieces_press import PIECES

from lesart.articles import read_corpus
from lesart.importing import ADDED, COUNT, LEFT_OUT, REPORT, SAME, add_sources

# Files without an article: what they hold, and a part of the reason.
BROKEN = plain.list_broken() | samples_press.list_broken() | samples_web.list_broken()
BUILDERS = sorted(file.stem for file in Path(__file__).parent.glob("samples_*.py"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Where the folder and the corpus are, the titles that must arrive (the same article may be there in many formats), and
    the report of adding them."""
    place = tmp_path_factory.mktemp("mixed")
    titles = []
    for name in BUILDERS:
        builder = import_module(name)
        if hasattr(builder, "build"):
            (place / "in" / name).mkdir(parents=True)
            titles += builder.build(place / "in" / name)
    plain.write(place / "in", {name: content for name, (content, _) in BROKEN.items()})
    plain.write(place / "in", {"torn/announced.rtf": samples_nexis.nexis_rtf(announced=5), "torn/row.csv": plain.comma_table([0]) + b"A,B\n"})
    plain.write_large(place / "in" / "bad" / "large.txt")
    before = list_files(place)
    report = add_sources([place / "in"], place / "corpus" / "articles", progress=False)
    return place, before, set(titles), report


def list_files(folder):
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def test_the_folder_is_as_mixed_as_promised(mixed):
    _, before, _, _ = mixed
    assert {"samples_plain", "samples_press", "samples_web"} <= {name.split("/")[1] for name in before}
    assert len(before) >= 100
    assert sum("bad/" in name for name in before) == len(BROKEN) + 1 >= 30


def test_each_good_article_arrives_once(mixed):
    place, _, titles, report = mixed
    articles = read_corpus(place / "corpus" / "articles", progress=False)
    assert sorted(articles["title"]) == sorted(titles)
    assert set(articles["problem"]) == {""}
    assert sorted(report.loc[report["outcome"] == ADDED, "article"]) == sorted(articles["article"])


def test_the_text_is_the_text_whatever_it_came_in(mixed):
    place, _, _, _ = mixed
    articles = read_corpus(place / "corpus" / "articles", progress=False).set_index("title")
    for n in range(75):
        title, _, _, paragraphs = plain.article(n)
        body = " ".join(articles.loc[title, "text"].removeprefix(title).split())
        assert body == " ".join(paragraphs), articles.loc[title, "source"]


def test_the_text_of_an_export_is_the_text_whatever_it_came_in(mixed):
    place, _, _, _ = mixed
    articles = read_corpus(place / "corpus" / "articles", progress=False).set_index("title")
    for piece in PIECES:
        assert articles.loc[piece.title, "text"] == f"{piece.title}\n\n{piece.text}"
        assert (articles.loc[piece.title, "date"], articles.loc[piece.title, "outlet"], articles.loc[piece.title, "language"]) == (piece.iso, piece.outlet, piece.language)


@pytest.mark.parametrize("kind", samples_web.MAKES)
def test_the_text_of_a_page_is_the_text_whatever_it_came_in(mixed, kind):
    place, _, _, _ = mixed
    articles = read_corpus(place / "corpus" / "articles", progress=False).set_index("title")
    for page in samples_web.list_pages(kind):
        assert articles.loc[page.title, "text"].split("\n\n") == [page.title, *page.paragraphs]
        assert (articles.loc[page.title, "date"], articles.loc[page.title, "url"]) == ("2025-06-13", page.url)


def test_what_is_good_in_a_half_broken_file_counts_and_the_rest_is_said(mixed):
    """Their good articles are there already, from other files of the folder, which come first."""
    _, _, _, report = mixed
    rows = report[report["source"].str.endswith("torn/announced.rtf")]
    assert rows["reason"].tolist()[-1] == "announces 5 documents, 2 found (cover)"
    assert rows["outcome"].tolist()[-1] == COUNT and set(rows["outcome"][:-1]) <= {ADDED, SAME} and len(rows) == 3
    rows = report[report["source"].str.endswith("torn/row.csv")]
    assert rows["place"].tolist() == ["row 2", "row 3"]
    assert rows["outcome"].tolist()[-1] == LEFT_OUT and "cells: 2, but columns: 4" in rows["reason"].tolist()[-1]


def test_copies_are_the_same_as_the_article_they_copy(mixed):
    """Articles 0 and 1 stand in "again" once more, 0 twice; which copy comes first, the names of the files decide."""
    _, _, _, report = mixed
    own = report[report["source"].str.contains("/samples_plain/")]
    same = own[own["outcome"] == SAME]
    assert len(same) == 3
    assert set(same["article"]) <= set(own.loc[own["outcome"] == ADDED, "article"])
    assert set(same["reason"]) == {f"same as {article}" for article in same["article"]}


@pytest.mark.parametrize("name", [*BROKEN, "bad/large.txt"])
def test_each_bad_file_stands_in_the_report_with_its_reason(mixed, name):
    _, _, _, report = mixed
    reason = BROKEN.get(name, (b"", "200 MB, and no table"))[1]
    rows = report[report["source"].str.endswith(f"/in/{name}")]
    assert rows["outcome"].tolist() == [LEFT_OUT]
    assert reason in rows["reason"].item()
    assert "\n" not in rows["reason"].item()


def test_nothing_is_written_outside_the_corpus(mixed):
    place, before, _, report = mixed
    after = list_files(place)
    new = set(after) - set(before)
    assert {name: after[name] for name in before} == before
    assert new == {f"corpus/{REPORT}", *(f"corpus/articles/{name}.md" for name in report.loc[report["outcome"] == ADDED, "article"])}
    assert not (place.parent / "climbed.txt").exists()


def test_the_report_on_disk_is_the_table(mixed):
    place, _, _, report = mixed
    written = pd.read_csv(place / "corpus" / REPORT, dtype=str, keep_default_na=False)
    expected = report.sort_values("source", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)


def test_adding_all_of_it_again_adds_nothing(mixed):
    place, _, _, _ = mixed
    files = list_files(place / "corpus" / "articles")
    before = mixed[3]["outcome"]
    report = add_sources([place / "in"], place / "corpus" / "articles", progress=False)
    assert report["outcome"].tolist() == before.replace(ADDED, SAME).tolist()
    assert list_files(place / "corpus" / "articles") == files
