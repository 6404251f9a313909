"""A folder of everything: each good article arrives once, each bad file stands in the report, nothing else happens."""

from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import samples_plain as plain

from lesart.articles import read_corpus
from lesart.importing import ADDED, LEFT_OUT, REPORT, SAME, add_sources

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
    plain.write(place / "in", {name: content for name, (content, _) in plain.list_broken().items()})
    plain.write_large(place / "in" / "bad" / "large.txt")
    before = list_files(place)
    report = add_sources([place / "in"], place / "corpus" / "articles", progress=False)
    return place, before, set(titles), report


def list_files(folder):
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def test_the_folder_is_as_mixed_as_promised(mixed):
    _, before, _, _ = mixed
    assert len(before) >= 60
    assert sum("bad/" in name for name in before) >= 15


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


def test_copies_are_the_same_as_the_article_they_copy(mixed):
    """Articles 0 and 1 stand in "again" once more, 0 twice; which copy comes first, the names of the files decide."""
    _, _, _, report = mixed
    own = report[report["source"].str.contains("/samples_plain/")]
    same = own[own["outcome"] == SAME]
    assert len(same) == 3
    assert set(same["article"]) <= set(own.loc[own["outcome"] == ADDED, "article"])
    assert set(same["reason"]) == {f"same as {article}" for article in same["article"]}


@pytest.mark.parametrize("name", [*plain.list_broken(), "bad/large.txt"])
def test_each_bad_file_stands_in_the_report_with_its_reason(mixed, name):
    _, _, _, report = mixed
    reason = plain.list_broken().get(name, (b"", "200 MB, and no table"))[1]
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
