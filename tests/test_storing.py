"""Articles are written so that they read back the same."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesart import storing
from lesart.articles import read_corpus, split_head
from lesart.records import normalise
from lesart.storing import Store, compose_markdown, name_article, prepare, slug

TEXT = "Die Firma zahlt jedes Bild einzeln, nicht nach Stunden."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Löhne: Äpfel & Größe", "loehne-aepfel-groesse"),
        ("Lo\u0308hne", "loehne"),
        ("Ærø, Łódź, Élysée", "aero-lodz-elysee"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "c-windows-x"),
        ("nul", "nul-article"),
        ("com1", "com1-article"),
        ("新聞", ""),
        ("a" * 200, "a" * 80),
        ("-- \n\t--", ""),
    ],
)
def test_a_part_of_a_file_name_is_safe(text, part):
    assert slug(text) == part


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"article": "de-1", "title": "x", "text": ""}, "de-1"),
        ({"outlet": "Musterblatt", "date": "2025-06-13", "title": "Wer zahlt?", "text": ""}, "musterblatt-2025-06-13-wer-zahlt"),
        ({"title": "one two three four five six seven eight nine ten", "text": ""}, "one-two-three-four-five-six-seven-eight"),
        ({"text": "Die Firma\nzahlt."}, "die-firma"),
        ({"title": "新聞", "text": ""}, "export"),
        ({"title": "新聞", "outlet": "Sample Post", "text": ""}, "sample-post"),
    ],
)
def test_an_article_is_named_after_outlet_date_and_title(record, name):
    assert name_article(record, "Export") == name


@pytest.mark.parametrize(
    ("record", "prepared"),
    [
        ({"text": TEXT, "title": "a\n b", "author": None}, {"source": "s", "title": "a b", "text": TEXT}),
        ({"text": TEXT, "words": 3, "note": "x", "source": "y", "truncated": True}, {"source": "s", "words_stated": "3", "note_stated": "x", "source_stated": "y", "truncated_stated": "True", "text": TEXT}),
        ({"text": TEXT, "truncated": False}, {"source": "s", "text": TEXT}),
        ({"text": TEXT, "id": "de-1"}, {"source": "s", "article": "de-1", "text": TEXT}),
        ({"text": TEXT, "article": "17"}, {"source": "s", "id_stated": "17", "text": TEXT}),
        ({"text": "x \udcff", "title": "y \x07\udcff"}, {"source": "s", "title": "y", "text": "x ?"}),
        ({"text": f"\n# Wer zahlt?\n\n{TEXT}"}, {"source": "s", "title": "Wer zahlt?", "text": f"\n{TEXT}"}),
    ],
    ids=["one line", "computed", "false", "id", "number", "surrogates", "heading"],
)
def test_records_are_prepared_for_writing(record, prepared):
    assert prepare(record, "s") == prepared


TRICKY = ["---\n", "---\nid: x\n---\n", "# x", "\ufeffx", "a: b", "'", '"', "\\", "&a *a", "<<: x", "x\r\ny", "\x85", "\u2028", "null", "- a", "{", "é\u0301", "x\x00y", "💶", "\n\n\n x"]


@given(
    st.lists(st.sampled_from(TRICKY) | st.text(max_size=20), max_size=6).map("".join),
    st.dictionaries(st.sampled_from(["title", "outlet", "date", "x y", "ä"]) | st.text(max_size=5), st.sampled_from(TRICKY) | st.text(max_size=20), max_size=4),
)
def test_markdown_reads_back_the_same(text, columns):
    """The title excepted where it is empty and the text begins as one; ``prepare`` has settled that."""
    record = prepare({**columns, "text": text}, "s")
    head, title, body = split_head(normalise(compose_markdown(record)), markdown=True)
    assert {"article" if key == "id" else key: value for key, value in head.items()} | {"text": record["text"]} == record
    assert body == normalise(record["text"]).strip("\n")
    assert title == record.get("title", "")


def fill(folder, records, **options):
    with Store(folder, "Täble", dry_run=False, **options) as store:
        for number, record in enumerate(records):
            store.add(f"a{number}", {"article": f"a{number}", **record})


RECORDS = [{"title": f"Titel {n}", "text": TEXT, "outlet": "Musterblatt", **({"Seite": str(n)} if n > 3 else {})} for n in range(8)]


@pytest.mark.parametrize(("most", "files"), [(8, [f"a{n}.md" for n in range(8)]), (7, ["taeble.parquet"]), (3, ["taeble.parquet"])], ids=["each a file", "one more", "a column that comes later"])
def test_many_articles_are_one_table_that_reads_the_same(tmp_path, monkeypatch, most, files):
    monkeypatch.setattr(storing, "MOST_FILES", most)
    fill(tmp_path / "many", RECORDS)
    assert sorted(file.name for file in (tmp_path / "many").iterdir()) == files
    articles = read_corpus(tmp_path / "many", progress=False)
    assert articles["article"].tolist() == [f"a{n}" for n in range(8)]
    assert set(articles["text"] == articles["title"] + "\n\n" + TEXT) == {True}
    assert articles["Seite"].fillna("").tolist() == ["", "", "", "", "4", "5", "6", "7"]
    assert set(articles["outlet"]) == {"Musterblatt"}


def test_a_table_of_that_name_is_not_written_over(tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "MOST_FILES", 1)
    fill(tmp_path, RECORDS)
    fill(tmp_path, RECORDS[:2])
    assert [len(pd.read_parquet(tmp_path / name)) for name in ("taeble.parquet", "taeble-2.parquet")] == [8, 2]


@pytest.mark.parametrize("most", [3, 100])
def test_a_fault_on_the_way_leaves_nothing(tmp_path, monkeypatch, most):
    monkeypatch.setattr(storing, "MOST_FILES", most)

    def stop():
        yield from RECORDS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path, stop())
    assert list(tmp_path.iterdir()) == []
