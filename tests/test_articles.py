"""Reading articles: everything that comes in has a row, and what cannot be coded says why."""

import os
from pathlib import Path

import pandas as pd
import pytest

from lesart.articles import COLUMNS, REPORT_COLUMNS, read_corpus, select_codable
from lesart.errors import CorpusError

GERMAN = "Der Konzern hat die Übernahme am Dienstag nicht bestätigt, und die Löhne bleiben, wie sie sind."
ENGLISH = "The company has not confirmed the deal, and it would not say whether wages will rise."


def write(folder, name, content, encoding="utf-8"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


def read_one(folder, name, content, **options):
    return read_corpus(write(folder, name, content), **options).iloc[0]


def test_read_markdown_takes_id_title_and_every_other_field_from_the_front_matter(tmp_path):
    text = f'---\nid: x-1\ntitle: "Löhne: ein Streit"\nlanguage: de\ndate: 2025-06-18\nangle: workers\n---\n\n{GERMAN}\n\nEnde.\n'
    article = read_one(tmp_path, "a.md", text)
    assert article[["article", "title", "language", "date", "angle", "problem"]].tolist() == ["x-1", "Löhne: ein Streit", "de", "2025-06-18", "workers", ""]
    assert article["text"] == f"Löhne: ein Streit\n\n{GERMAN}\n\nEnde."


def test_read_front_matter_keeps_every_value_as_text(tmp_path):
    article = read_one(tmp_path, "a.md", f"---\nid: 007\nissue: 1.50\nfree: no\ndate: 2025-06-18\n---\n{GERMAN}")
    assert article[["article", "issue", "free", "date"]].tolist() == ["007", "1.50", "no", "2025-06-18"]


def test_read_text_takes_a_short_first_line_for_the_headline(tmp_path):
    article = read_one(tmp_path, "a.txt", f"Meta steigt ein\n\n{GERMAN}")
    assert (article["article"], article["title"]) == ("a", "Meta steigt ein")


@pytest.mark.parametrize("text", [GERMAN, f"{GERMAN}\n\n{GERMAN}"], ids=["one line", "first line a sentence"])
def test_read_text_without_a_headline_has_no_title(tmp_path, text):
    assert read_one(tmp_path, "a.txt", text)["title"] == ""


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (GERMAN.encode(), ""),
        (GERMAN.encode("utf-8-sig"), ""),
        (GERMAN.encode("cp1252"), "read as cp1252"),
        (GERMAN.encode("utf-16"), "read as utf_16"),
    ],
    ids=["utf-8", "utf-8 with BOM", "cp1252", "utf-16"],
)
def test_read_any_encoding_gives_the_same_text_and_says_what_it_was(tmp_path, raw, note):
    article = read_one(tmp_path, "a.txt", raw)
    assert (article["text"], article["note"], article["problem"]) == (GERMAN, note, "")


def test_read_normalises_umlauts_line_ends_and_control_signs(tmp_path):
    decomposed = GERMAN.replace("Ü", "U\u0308").replace("ö", "o\u0308")
    article = read_one(tmp_path, "a.txt", f"{decomposed}\r\n\r\nZwei\x00ter Absatz.\r\n")
    assert article["text"] == f"{GERMAN}\n\nZweiter Absatz."


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\n ", "empty file"),
        ("a.txt", bytes(range(256)) * 4, "not text in a known encoding"),
        ("a.md", "---\ntitle: x\n\nno end", "front matter is not closed"),
        ("a.md", "---\ntitle: a: b\n---\ntext", "front matter, line 2"),
        ("a.md", "---\ntitle: &a x\nb: *a\n---\ntext", "references"),
        ("a.md", "---\n- a\n---\ntext", "front matter must be"),
        ("a.md", "---\n" + "".join(f"k{n}: v\n" for n in range(1001)) + "---\ntext", "front matter of more than 1,000 lines"),
        ("a.md", f"---\na: [{'a,' * 100_000}]\n---\ntext", "or 200,000 characters"),
        ("a.md", f"---\na: {'[' * 5000}\n---\ntext", "not YAML"),
        ("a.md", "---\nid: x\n---\n", "no text"),
        ("a.txt", "Zuckerberg's Superintelligence Team", "language unknown"),
    ],
)
def test_read_lists_what_cannot_be_coded_with_its_reason_and_goes_on(tmp_path, name, content, problem):
    write(tmp_path, f"bad/{name}", content)
    write(tmp_path, "good.txt", ENGLISH)
    articles = read_corpus(tmp_path)
    assert len(articles) == 2
    assert problem in articles["problem"][0]
    assert select_codable(articles)["article"].tolist() == ["good"]


def test_read_notes_a_language_that_is_not_the_one_declared(tmp_path):
    article = read_one(tmp_path, "a.md", f"---\nlanguage: de\n---\n{ENGLISH}")
    assert (article["language"], article["note"]) == ("en", "said to be de, but reads as en")


@pytest.mark.parametrize("how", ["front matter", "option"])
def test_read_believes_the_stated_language_where_the_text_does_not_show_it(tmp_path, how):
    head = "---\nlanguage: de\n---\n" if how == "front matter" else ""
    article = read_one(tmp_path, "a.md", head + "Meta: Superintelligenz", language="de" if how == "option" else None)
    assert (article["language"], article["problem"]) == ("de", "")


def test_read_refuses_a_language_it_does_not_know():
    with pytest.raises(CorpusError, match="allowed are de, en"):
        read_corpus(".", language="fr")


def test_read_folder_is_sorted_and_passes_over_what_speaks_about_the_corpus(tmp_path):
    for name in ("b.txt", "a/c.txt", "README.md", ".hidden.txt", "notes.docx"):
        write(tmp_path, name, ENGLISH)
    write(tmp_path, "key.csv", "id,stance\nb,critical\n")
    assert read_corpus(tmp_path)["article"].tolist() == ["c", "b"]


def test_read_gives_every_article_its_own_id(tmp_path):
    for name in ("x/a.txt", "y/a.txt"):
        write(tmp_path, name, ENGLISH)
    articles = read_corpus(tmp_path)
    assert articles["article"].tolist() == ["a", "a~2"]
    assert "id a is also that of" in articles["note"][1]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_read_table_keeps_its_columns_and_rows(tmp_path, suffix):
    table = pd.DataFrame({"id": ["1", "2", "3"], "title": ["Kopf", "", None], "text": [GERMAN, ENGLISH, ""], "ressort": ["a", "b", "c"]})
    file = tmp_path / f"t{suffix}"
    table.to_csv(file, index=False) if suffix == ".csv" else table.to_parquet(file)
    articles = read_corpus(file)
    assert articles["article"].tolist() == ["1", "2", "3"]
    assert articles["ressort"].tolist() == ["a", "b", "c"]
    assert articles["language"].tolist() == ["de", "en", "unknown"]
    assert articles["text"][0] == f"Kopf\n\n{GERMAN}"
    assert articles["problem"].tolist() == ["", "", "no text"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_read_waits_for_no_pipe(tmp_path):
    write(tmp_path, "a.txt", ENGLISH)
    os.mkfifo(tmp_path / "pipe.md")
    assert read_corpus(tmp_path)["article"].tolist() == ["a"]
    with pytest.raises(CorpusError, match=r"pipe\.md: no regular file"):
        read_corpus(tmp_path / "pipe.md")


def test_read_lists_a_folder_that_is_closed(tmp_path, monkeypatch):
    write(tmp_path, "a.txt", ENGLISH)
    write(tmp_path, "closed/b.txt", ENGLISH)
    may = os.access
    # Who runs this may be allowed everything.
    monkeypatch.setattr("os.access", lambda path, mode: not str(path).endswith("closed") and may(path, mode))
    monkeypatch.setattr(Path, "rglob", lambda self, _: [self / "a.txt", self / "closed"])
    articles = read_corpus(tmp_path)
    assert articles["article"].tolist() == ["a", "closed"]
    assert articles["problem"][1] != ""
    with pytest.raises(CorpusError, match=r"closed: cannot be read \(Permission denied\); check its rights"):
        read_corpus(tmp_path / "closed")


def test_read_columns_are_the_contract_in_order(tmp_path):
    articles = read_corpus(write(tmp_path, "a.md", f"---\nangle: x\n---\n{ENGLISH}"))
    assert articles.columns.tolist() == [*COLUMNS, "angle", *REPORT_COLUMNS]
    assert articles["words"].tolist() == [16]


@pytest.mark.parametrize(
    ("path", "message"),
    [("missing", "no such file"), ("empty", "no articles in this folder"), ("x.pdf", r"cannot read \.pdf"), ("t.csv", "no column 'text'; columns are id, body")],
)
def test_read_names_path_and_remedy_when_nothing_can_be_read(tmp_path, path, message):
    (tmp_path / "empty").mkdir()
    write(tmp_path, "x.pdf", "x")
    write(tmp_path, "t.csv", "id,body\n1,x\n")
    with pytest.raises(CorpusError, match=rf"{path}.*{message}"):
        read_corpus(tmp_path / path)


def test_teaching_corpus_is_36_articles_of_known_language_from_which_cleaning_takes_nothing(root):
    articles = read_corpus(root / "corpus" / "articles")
    assert len(articles) == 36
    assert articles["language"].value_counts().to_dict() == {"de": 18, "en": 18}
    assert (articles[["problem", "note"]] == "").all(axis=None)
    assert articles["taken_out"].sum() == 0
