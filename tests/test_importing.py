"""Each article once, the raw text kept, and a report whose sum closes."""

import os
from pathlib import Path

import pandas as pd
import pytest

from lesart import importing, storing
from lesart.articles import read_corpus
from lesart.importing import COLUMNS, REPORT, add_sources, sum_up
from lesart.sources import Found

GERMAN = "Die Firma zahlt jedes Bild einzeln, nicht nach Stunden, sagte sie.\n\nDer Preis ist hoch, und die Löhne steigen auch in diesem Jahr nicht."
ENGLISH = "The firm pays by the piece and not by the hour, she said on Monday.\n\nThe price is high, and the wages will not rise this year either."


@pytest.fixture
def add(tmp_path, monkeypatch):
    """Adds sources of ``tmp_path`` to its corpus/articles; outcome, article and reason of each row."""
    monkeypatch.chdir(tmp_path)

    def add(*sources, **options):
        report = add_sources(sources, "corpus/articles", progress=False, **options)
        assert report.columns.tolist() == COLUMNS
        return report[["outcome", "article", "reason"]].values.tolist()

    return add


def write(name, text, **columns):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in columns.items())
    path.write_text(f"---\n{head}---\n{text}" if head else text, encoding="utf-8")
    return path


def close(monkeypatch, *names):
    """Takes the right to read folders and files so called; root, who runs tests in a container, may read all."""
    may, opened = os.access, Path.open

    def open_(path, *args, **options):
        if path.name in names:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **options)

    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name not in names and may(path, mode))
    monkeypatch.setattr(Path, "open", open_)


def test_what_may_not_be_read_is_listed_as_such(add, monkeypatch):
    for name in ("news/a.txt", "news/locked.txt"):
        write(name, GERMAN + name)
    Path("news/closed").mkdir()
    close(monkeypatch, "closed", "locked.txt")
    reason = "cannot be read (Permission denied); check its rights"
    assert [row[::2] for row in add("news")] == [["added", ""], ["left out", reason], ["left out", reason]]
    assert add("news/closed")[0][::2] == ["left out", reason]


def test_no_id_begins_as_a_formula(add):
    pd.DataFrame({"article": ["=A1+1", "a-7"], "text": [GERMAN, ENGLISH]}).to_csv("t.csv", index=False)
    assert [row[1] for row in add("t.csv")] == ["_=A1+1", "a-7"]
    assert sorted(list_corpus()["article"]) == ["_=A1+1", "a-7"]


def list_corpus():
    return read_corpus("corpus/articles", progress=False)


def test_texts_are_those_of_the_source(add, root):
    add(root / "corpus" / "articles")
    before, after = read_corpus(root / "corpus" / "articles", progress=False), list_corpus()
    pd.testing.assert_frame_equal(before, after[before.columns.tolist()])


def test_raw_text_is_kept_and_cleaned_when_read(add):
    raw = f"Von Ida Beispiel\n\n{GERMAN}\n\nLesen Sie auch: Der Preis"
    write("a.txt", raw)
    add("a.txt")
    [file] = Path("corpus/articles").iterdir()
    assert file.read_text(encoding="utf-8").endswith(f"---\n\n{raw}\n")
    assert list_corpus()[["text", "taken_out"]].values.tolist() == [[GERMAN, 2]]


def test_the_same_source_twice_adds_nothing_twice(add):
    write("a.md", GERMAN, title="Wer zahlt?", outlet="Musterblatt")
    assert add("a.md") == [["added", "musterblatt-wer-zahlt", ""]]
    assert add("a.md") == [["same", "musterblatt-wer-zahlt", "already added as musterblatt-wer-zahlt"]]
    assert len(list_corpus()) == 1


@pytest.mark.parametrize(
    "copy",
    [GERMAN.upper(), GERMAN.replace("\n\n", "\r\n"), f"Von Ida Beispiel\n\n{GERMAN}", f"Wer zahlt wem wie viel?\n\n{GERMAN}", GERMAN.replace("ö", "o\u0308"), GERMAN.replace(",", " –")],
    ids=["capitals", "line ends", "byline", "headline", "NFD", "punctuation"],
)
def test_the_same_article_from_elsewhere_is_said_to_be_the_same(add, copy):
    write("a.txt", GERMAN)
    write("b.txt", copy)
    assert add("a.txt", "b.txt")[1] == ["same", "die-firma-zahlt-jedes-bild-einzeln-nicht-nach", "same as die-firma-zahlt-jedes-bild-einzeln-nicht-nach"]


@pytest.mark.parametrize("other", [GERMAN + " Das war alles, was sie am Montag dazu sagte.", GERMAN.replace("nicht nach Stunden", "nach Stunden"), ENGLISH], ids=["longer", "one word", "other"])
def test_an_edited_article_is_another(add, other):
    write("a.txt", GERMAN)
    write("b.txt", other)
    assert [row[0] for row in add("a.txt", "b.txt")] == ["added", "added"]


def test_lists_that_differ_only_in_short_lines_are_two(add):
    intro = "Das sind die Ergebnisse des Tages in der Liga von Musterstadt im Überblick."
    write("a.txt", f"{intro}\n\nNord – Süd 1:0\n\nOst – West 2:2\n\nKiel – Ulm 3:1")
    write("b.txt", f"{intro}\n\nNord – Süd 0:4\n\nOst – West 1:1\n\nKiel – Ulm 0:0")
    assert [row[0] for row in add("a.txt", "b.txt")] == ["added", "added"]


@pytest.mark.parametrize(("title", "outcome"), [("Wer zahlt?", "same"), ("Wer kauft?", "added")])
def test_the_databases_id_with_the_headline_is_the_same_article(add, title, outcome):
    write("a.md", GERMAN, title="Wer zahlt?", source_id="MUSTB00020250613")
    write("b.md", GERMAN + "\n\nDer letzte Absatz fehlte in der ersten Fassung, die in der Datenbank stand.", title=title, source_id="MUSTB00020250613")
    assert [row[0] for row in add("a.md", "b.md")] == ["added", outcome]


def test_names_are_unique_and_the_same_each_time(add):
    for name, text in (("a", GERMAN), ("b", ENGLISH), ("c", GERMAN + " Und noch ein Satz, der neu ist, steht am Ende.")):
        write(f"{name}.md", text, title="Wer zahlt?")
    assert [row[1] for row in add("a.md", "b.md", "c.md")] == ["wer-zahlt", "wer-zahlt-2", "wer-zahlt-3"]
    assert list_corpus()["note"].tolist() == ["", "", ""]


def test_names_longer_than_a_file_name_may_be_are_told_apart(add):
    for name, text in (("a", GERMAN), ("b", ENGLISH), ("c", f"{ENGLISH} {GERMAN}")):
        write(f"{name}.md", text, id="x" * 300 if name != "c" else "x" * 120)
    assert [row[1] for row in add("a.md", "b.md", "c.md")] == ["x" * 150, "x" * 150 + "-2", "x" * 120 + "-3"]
    assert sorted(file.name for file in Path("corpus/articles").iterdir()) == ["x" * 80 + ".md", "x" * 80 + "-2.md", "x" * 80 + "-3.md"][1:] + ["x" * 80 + ".md"]


def test_an_article_that_is_there_keeps_its_name_and_file(add):
    write("corpus/articles/wer-zahlt.md", ENGLISH, title="Wer zahlt?")
    write("a.md", GERMAN, title="Wer zahlt?")
    assert add("a.md") == [["added", "wer-zahlt-2", ""]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("…\n\n***", "no text"),
        ("Um Musterblatt zu nutzen, stimmen Sie Cookies und Tracking zu.\nWir und unsere 180 Partner zeigen personalisierte Werbung.\nIhre Einwilligung können Sie jederzeit widerrufen.\nAlle akzeptieren", "a consent page, no article"),
    ],
)
def test_what_is_no_article_is_left_out(add, text, reason):
    write("a.txt", text)
    assert add("a.txt") == [["left out", "", reason]]
    assert not list(Path("corpus").glob("articles/*"))


def test_a_text_too_long_for_an_article_is_left_out(add, monkeypatch):
    monkeypatch.setattr(importing, "_LONGEST", 100)
    write("a.txt", GERMAN)
    assert add("a.txt") == [["left out", "", "larger than 100 bytes: not one article; split it"]]


@pytest.mark.parametrize("folder", ["exports", "corpus/articles"])
def test_a_link_that_leads_nowhere_stops_nothing(add, folder):
    write("exports/b.txt", GERMAN)
    Path(folder).mkdir(parents=True, exist_ok=True)
    os.symlink("nowhere", f"{folder}/a.md")
    rows = add("exports")
    assert rows[-1][0] == "added"
    assert all(outcome == "left out" and "no such file" in reason for outcome, _, reason in rows[:-1])
    assert Path("corpus/import-report.csv").is_file()


def test_the_report_renews_the_rows_of_what_is_read_and_keeps_the_others(add):
    write("b.txt", "")
    write("a.txt", GERMAN)
    add("b.txt")
    add("a.txt")
    report = pd.read_csv(f"corpus/{REPORT}", keep_default_na=False)
    assert report[["source", "outcome", "reason"]].values.tolist() == [["a.txt", "added", ""], ["b.txt", "left out", "empty file"]]
    write("b.txt", ENGLISH)
    add("b.txt")
    report = pd.read_csv(f"corpus/{REPORT}", keep_default_na=False)
    assert report[["source", "outcome"]].values.tolist() == [["a.txt", "added"], ["b.txt", "added"]]


def test_a_dry_run_says_the_same_and_writes_nothing(add, tmp_path):
    write("a.txt", GERMAN)
    write("b.txt", GERMAN)
    before = sorted(tmp_path.rglob("*"))
    dry = add("a.txt", "b.txt", dry_run=True)
    assert sorted(tmp_path.rglob("*")) == before
    assert dry == add("a.txt", "b.txt")


def test_many_articles_become_one_table_that_is_known_next_time(add, monkeypatch):
    monkeypatch.setattr(storing, "MOST_FILES", 2)
    rows = [{"body": f"{GERMAN} Es ist der Satz mit der Nummer {n} in diesem Text.", "headline": f"Titel {n}"} for n in range(5)]
    pd.DataFrame(rows).to_csv("a.csv", index=False)
    assert [row[0] for row in add("a.csv")] == ["added"] * 5
    assert [row[2] for row in add("a.csv")] == [f"already added as titel-{n}" for n in range(5)]
    assert list_corpus()["title"].tolist() == [f"Titel {n}" for n in range(5)]


def test_each_line_that_cleaning_takes_is_explained(add):
    write("a.txt", f"Von Ida Beispiel\n\n{GERMAN}\n\nLesen Sie auch: Der Preis")
    lines = []
    add("a.txt", explain=lambda article, taken: lines.append((article, taken.line, taken.rule)))
    assert lines == [("von-ida-beispiel", 1, "author"), ("von-ida-beispiel", 7, "link")]


def test_counts_announced_and_reasons_are_summed_up(add, monkeypatch):
    found = [Found("article 1", {"text": GERMAN}), Found("article 2", problem="no text"), Found("article 3", problem="no text"), Found("", problem="announces 4 documents, 3 found")]
    monkeypatch.setattr(importing, "read_source", lambda path, **options: iter(found))
    write("a.docx", "")
    report = add_sources(["a.docx"], "corpus/articles", progress=False)
    assert sum_up(report) == [
        "1 added, 0 there already, 2 left out",
        "left out: a.docx: article 2: no text (and 1 more for the same reason)",
        "count: a.docx: announces 4 documents, 3 found",
    ]


def test_what_may_be_missing_from_an_article_stands_in_the_report(add, monkeypatch):
    note = "12 words read, 870 stated by the database: a part of the text may be missing"
    monkeypatch.setattr(importing, "read_source", lambda path, **options: iter([Found("article 1", {"text": GERMAN, "note": note}), Found("article 2", {"text": ENGLISH})]))
    write("a.docx", "")
    report = add_sources(["a.docx"], "corpus/articles", progress=False)
    assert report["reason"].tolist() == [note, ""]
    assert sum_up(report) == ["2 added, 0 there already, 0 left out", f"added: a.docx: article 1: {note}"]


def test_a_note_of_the_source_is_a_column_and_no_reason(add):
    write("a.md", GERMAN, note="gelesen am Montag")
    Path("b.csv").write_text(f'title;note;text\nx;Seite 3;"{ENGLISH}"\n', encoding="utf-8")
    assert [row[2] for row in add("a.md", "b.csv")] == ["", ""]
    assert sorted(list_corpus()["note_stated"]) == ["Seite 3", "gelesen am Montag"]


def test_a_page_that_shows_a_part_is_truncated_in_the_corpus(add, monkeypatch):
    monkeypatch.setattr(importing, "read_source", lambda path, **options: iter([Found("a", {"text": GERMAN, "truncated": True}), Found("b", {"text": ENGLISH, "truncated": False})]))
    monkeypatch.setattr(importing, "list_files", lambda path: [path])
    report = add_sources(["a.html"], "corpus/articles", progress=False)
    assert list_corpus().set_index("article").loc[report["article"], "truncated"].tolist() == [True, False]


def test_a_source_is_named_from_where_one_works(tmp_path, monkeypatch):
    monkeypatch.setattr(importing.Path, "home", lambda: tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    assert importing.name_source(tmp_path / "a.txt") == importing.name_source(importing.Path("a.txt")) == "a.txt"
    monkeypatch.chdir("/")
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(importing.Path, "cwd", lambda: tmp_path / "work")
    assert importing.name_source(tmp_path / "home" / "x" / "a.txt") == "~/x/a.txt"
