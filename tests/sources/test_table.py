"""Tables of any make and any names of columns, row by row."""

import json

import pandas as pd
import pytest
import samples_plain as plain

from lesart.errors import CorpusError
from lesart.sources import columns, table

ROWS = [plain.row(0), plain.row(1)]


def read(content, **options):
    return list(table.read(content, "a", **options))


MAKERS = {
    "csv": plain.comma_table,
    "semicolons": lambda ns: plain.comma_table(ns, ";"),
    "tabs": lambda ns: plain.comma_table(ns, "\t"),
    "cp1252": lambda ns: plain.comma_table(ns, ";", "cp1252"),
    "BOM": lambda ns: plain.comma_table(ns, ",", "utf-8-sig"),
    "line ends of old Macs": lambda ns: plain.comma_table(ns).replace(b"\r\n", b"\r"),
    "UTF-16": lambda ns: plain.comma_table(ns, ";", "utf-16"),
    "xlsx": plain.sheet,
    "parquet": plain.parquet,
    "json": lambda ns: json.dumps([plain.row(n) for n in ns]).encode(),
    "json in an object": lambda ns: json.dumps({"total": 2, "hits": [plain.row(n) for n in ns]}).encode(),
    "jsonl": lambda ns: "\n\n".join(json.dumps(plain.row(n), ensure_ascii=False) for n in ns).encode("utf-8-sig"),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_rows_are_the_articles(make):
    found = read(make([0, 1]))
    assert [item.problem for item in found] == ["", ""]
    assert [item.record for item in found] == ROWS


@pytest.mark.parametrize(("make", "places"), [("csv", ["row 2", "row 3"]), ("xlsx", ["row 2", "row 3"]), ("parquet", ["row 1", "row 2"]), ("json", ["item 1", "item 2"]), ("jsonl", ["line 1", "line 3"])])
def test_place_is_where_a_reader_finds_it(make, places):
    assert [item.place for item in read(MAKERS[make]([0, 1]))] == places


@pytest.mark.parametrize(
    ("names", "stated", "chosen"),
    [
        (["Volltext", "Überschrift", "Quelle", "Ressort"], {}, {"text": "Volltext", "title": "Überschrift", "outlet": "Quelle", "section": "Ressort"}),
        (["Text des Artikels", "Quelle des Artikels", "erschienen am", "Titel des Artikels"], {}, {"text": "Text des Artikels", "title": "Titel des Artikels", "outlet": "Quelle des Artikels", "date": "erschienen am"}),
        (["Text of article", "Source of article", "Published on", "Article headline"], {}, {"text": "Text of article", "title": "Article headline", "outlet": "Source of article", "date": "Published on"}),
        (["U\u0308berschrift", "text"], {}, {"text": "text", "title": "U\u0308berschrift"}),
        (["Full.Text", "HEADLINE", "publication_date"], {}, {"text": "Full.Text", "title": "HEADLINE", "date": "publication_date"}),
        (["text", "body"], {}, {"text": "text"}),
        (["content", "body"], {"text": "body"}, {"text": "body"}),
        (["x", "y"], {"text": "x", "title": "y"}, {"text": "x", "title": "y"}),
        (["text", "source: name", "source: id", "publishedAt"], {}, {"text": "text", "outlet": "source: name", "date": "publishedAt"}),
        (["id", "text", "title", "headline"], {"title": "headline"}, {"article": "id", "text": "text", "title": "headline"}),
    ],
)
def test_columns_are_found_by_their_names_or_as_stated(names, stated, chosen):
    assert columns.choose_columns(names, stated) == chosen


@pytest.mark.parametrize(
    ("names", "stated", "fault"),
    [
        (["title", "abstract"], {}, "no column is plainly the text; the columns are title, abstract; name it with --text"),
        (["content", "body"], {}, "may be in any of the columns content, body; name it with --text"),
        (["content", "title"], {"text": "Content"}, "no column 'Content'; the columns are content, title"),
    ],
)
def test_columns_that_are_not_plain_are_refused(names, stated, fault):
    with pytest.raises(CorpusError, match=fault):
        columns.choose_columns(names, stated)


def test_every_column_has_names_in_both_languages_or_one_for_both():
    for column, names in columns._names().items():
        assert names, column
    assert {"text", "title", "outlet", "date", "language", "author", "section", "url"} <= set(columns._names())
    assert set(columns.STATED) <= set(columns._names())


def test_how_columns_were_guessed_is_told():
    told = []
    read(b"Headline;Body;Pages\nA;B;3\n", tell=told.append)
    assert told == ["a: text from column 'Body', title from column 'Headline'"]


def test_other_columns_stay_as_they_are_called():
    [found] = read(b"Headline;Body;Pages\nA;B;3\n")
    assert found.record == {"title": "A", "text": "B", "Pages": "3"}


def test_a_row_without_text_and_one_with_too_many_cells_are_named():
    found = read(b"title,text\nA,The firm pays.\nB,\nC,It pays, it says.\n\nD,It does.\n")
    assert [(item.place, item.problem) for item in found if item.problem] == [
        ("row 3", "no text"),
        ("row 4", "cells: 3, but columns: 2; put texts that hold ',' in quotation marks"),
    ]
    assert [item.record["title"] for item in found if not item.problem] == ["A", "D"]


def test_a_quotation_mark_that_is_not_closed_is_said(monkeypatch):
    monkeypatch.setattr(table, "_LONGEST", 1_000)
    found = read(b'title,text\nA,x\nB,"' + b"y" * 2_000)
    assert [item.problem for item in found][:1] == [""]
    assert "quotation mark that is not closed" in found[-1].problem
    assert found[-1].place == "row 3"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>Die L&ouml;hne &amp; der Preis</p>\n<p>steigen.</p>", "Die Löhne & der Preis\n\nsteigen."),
        ("The <em>firm</em> pays.<br>It says.<br />So it does.", "The firm pays.\nIt says.\nSo it does."),
        ("<div><p>Eins</p><!-- nein --><style>p {}</style><ul><li>zwei</li><li>drei</li></ul></div>", "Eins\n\nzwei\n\ndrei"),
        ("Ein Absatz beginnt mit <p> und endet mit </p>, sagte sie.", "Ein Absatz beginnt mit <p> und endet mit </p>, sagte sie."),
        ("a < b and c > d", "a < b and c > d"),
    ],
    ids=["paragraphs", "breaks", "nested", "about HTML", "signs"],
)
def test_cells_in_html_become_text(cell, text):
    [found] = read(json.dumps([{"content": cell}]).encode())
    assert found.record == {"text": text, **({"markup": "HTML, taken out"} if text != cell else {})}


def test_a_cell_of_markup_alone_has_no_text():
    assert [found.problem for found in read(json.dumps([{"content": "<p></p><br><p></p>"}]).encode())] == ["no text"]


def test_an_object_in_an_object_is_flattened():
    [found] = read(json.dumps([{"source": {"id": None, "name": "Sample Post"}, "content": "The firm pays."}]).encode())
    assert found.record == {"outlet": "Sample Post", "text": "The firm pays."}


def test_bad_lines_of_json_are_named_and_the_others_read():
    found = read(b'{"text": "A"}\n{"text": \n[1]\n{"text": "B\xe4"}\n{"text": "B"}\n')
    assert [item.place for item in found if item.problem] == ["line 2", "line 3", "line 4"]
    assert [item.record["text"] for item in found if not item.problem] == ["A", "B"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (float("nan"), ""), (3.0, "3"), (2.5, "2.5"), (["Ida", "Udo"], "Ida; Udo"), ([{"a": "ä"}], '{"a": "ä"}'), (pd.NaT, ""), (True, "True")],
)
def test_cells_become_text(value, text):
    assert table._write(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.2.2025", "2025-02-01"), ("2025-06-13", "2025-06-13"), ("31.02.2025", "31.02.2025"), (pd.Timestamp("2025-06-13"), "2025-06-13"), (pd.Timestamp("2025-06-13 09:03"), "2025-06-13"), ("13. Juni 2025", "2025-06-13"), ("2025-06-13T09:03:00Z", "2025-06-13"), ("Sommer", "Sommer"), (None, "")],
)
def test_dates_are_iso_where_they_are_plain(value, text):
    assert table._write_date(value) == text


def test_rows_are_read_one_by_one(tmp_path):
    """The second batch of rows is not touched before the first is taken."""
    path = tmp_path / "a.csv"
    path.write_bytes(plain.comma_table(range(3_000)))
    rows = table.read_path(path)
    assert next(rows).record == ROWS[0]
    rows.close()


def test_a_mix_of_sheets_names_the_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as writer:
        pd.DataFrame([ROWS[0]]).to_excel(writer, sheet_name="Mai", index=False)
        pd.DataFrame([ROWS[1]]).to_excel(writer, sheet_name="Juni", index=False)
    assert [item.place for item in read(path.read_bytes())] == ["Mai row 2", "Juni row 2"]


def test_a_table_of_no_rows_says_so():
    assert [item.problem for item in read(b"title,text\n")] == ["a table without rows"]
