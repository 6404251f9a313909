"""Sheets: what may be shared of an article, and nothing more."""

import json

import pandas as pd
import pytest

from conftest import ROOT, TEXTS, needs_press_texts

from lesart.errors import SheetError
from lesart.lexicon import parse_lexicon, read_lexicons
from lesart.press import read_press, seal_texts
from lesart.sealing import digest, list_stale, read_sheets, reduce_surfaces, seal_article, write_sheets
from lesart.sentences import list_sentences
from lesart.tagging import tag_articles


def seal_all(articles, lexicons):
    sentences, hits = list_sentences(articles), tag_articles(articles, lexicons)
    rows = [row for _, row in articles.iterrows()]
    return [seal_article(r, sentences[sentences["article"] == r["article"]], hits[hits["article"] == r["article"]], lexicons) for r in rows]


def test_sheet_holds_counts_digest_and_hits_but_no_sentence(articles, lexicons):
    sheet = seal_all(articles, lexicons)[0]
    assert sheet["words"] == 13
    assert sheet["sha256"] == digest(articles["text"][0])
    assert len(sheet["sentences"]["rows"]) == 3
    assert [row[sheet["hits"]["fields"].index("surface")] for row in sheet["hits"]["rows"]] == ["Erfolg", "Löhne", "Preis", "teilte … mit"]
    assert "steigen" not in json.dumps(sheet, ensure_ascii=False)


def test_sheets_read_back_give_the_same_tables(articles, lexicons, tmp_path):
    write_sheets(seal_all(articles, lexicons), tmp_path)
    sealed, sentences, hits = read_sheets(tmp_path)
    assert sealed["article"].tolist() == ["de-a", "en-a"]
    assert sealed["text"].tolist() == ["", ""]
    pd.testing.assert_frame_equal(hits, reduce_surfaces(tag_articles(articles, lexicons)), check_dtype=False)
    pd.testing.assert_frame_equal(sentences, list_sentences(articles), check_dtype=False)


def test_sheets_written_twice_are_the_same_bytes_and_leave_nothing_beside(articles, lexicons, tmp_path):
    first = [path.read_bytes() for path in write_sheets(seal_all(articles, lexicons), tmp_path)]
    assert first == [path.read_bytes() for path in write_sheets(seal_all(articles, lexicons), tmp_path)]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["de-a.json", "en-a.json"]


def test_sheet_of_an_article_with_a_path_for_an_id_stays_in_its_folder(articles, lexicons, tmp_path):
    climbing = articles.assign(article=["../../out", "/etc/passwd"])
    written = write_sheets(seal_all(climbing, lexicons), tmp_path / "sheets")
    assert {path.parent for path in written} == {tmp_path / "sheets"}


def test_sheets_are_stale_when_a_lexicon_has_changed(articles, lexicons, tmp_path):
    write_sheets(seal_all(articles, lexicons), tmp_path)
    sealed = read_sheets(tmp_path)[0]
    assert list_stale(sealed, lexicons).empty
    changed = parse_lexicon("lexicon: topics\ncategories: {labor: {pay: {en: [wage*], de: [Lohn*]}}}")
    stale = list_stale(sealed, [lexicons[0], changed])
    assert stale["lexicon"].tolist() == ["topics", "topics"]
    assert stale["what"].str.contains("lesart seal").all()


BROKEN = ["", "{", "[]", '{"format": "other"}', '{"format": "lesart sheet 1", "article": "a"}', "[" * 100_000]


@pytest.mark.parametrize("content", BROKEN, ids=["empty", "cut", "a list", "another format", "half", "nested"])
def test_sheet_that_is_broken_is_refused_with_its_name(content, tmp_path):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(SheetError, match=r"x\.json: .*lesart seal|x\.json: .*seal the article again"):
        read_sheets(tmp_path)


def write_texts(folder, lexicons):
    """A press corpus of two texts, sealed."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    (texts / "01.txt").write_text("Die Löhne steigen nicht, und der Preis ist hoch, sagte sie am Montag.\n", encoding="utf-8")
    (texts / "02.txt").write_text("The wages will not rise, and the price is high, she said on Monday.\n", encoding="utf-8")
    register = "file,id,language,outlet,url,date,genre,truncated,notes\n01.txt,de-blatt,de,Blatt,,2025-06,news report,no,\n"
    (folder / "register.csv").write_text(register, encoding="utf-8")
    return seal_texts(texts, folder, lexicons)


def test_press_takes_id_and_reference_from_the_register(lexicons, tmp_path):
    written, left_out = write_texts(tmp_path, lexicons)
    assert [path.name for path in written] == ["02.json", "de-blatt.json"]
    assert left_out.empty
    assert read_sheets(tmp_path)[0].set_index("article").loc["de-blatt", "outlet"] == "Blatt"


def test_press_with_and_without_texts_gives_the_same_hits(lexicons, tmp_path):
    write_texts(tmp_path, lexicons)
    opened, open_sentences, open_hits = read_press(tmp_path, lexicons)
    assert opened["sealed"].tolist() == [False, False]
    assert opened["text"].str.len().min() > 0
    for file in (tmp_path / "texts").iterdir():
        file.unlink()
    sealed, sentences, hits = read_press(tmp_path, lexicons)
    assert sealed["sealed"].tolist() == [True, True]
    pd.testing.assert_frame_equal(hits, reduce_surfaces(open_hits), check_dtype=False)
    pd.testing.assert_frame_equal(sentences, open_sentences, check_dtype=False)


def test_press_knows_a_text_by_its_digest_whatever_its_name(lexicons, tmp_path):
    write_texts(tmp_path, lexicons)
    (tmp_path / "texts" / "01.txt").rename(tmp_path / "texts" / "zz.txt")
    (tmp_path / "texts" / "02.txt").write_text("Another text that nobody has sealed, and it is not the one.", encoding="utf-8")
    opened = read_press(tmp_path, lexicons)[0].set_index("article")
    assert opened["sealed"].to_dict() == {"02": True, "de-blatt": False}


def test_press_says_which_sheets_are_stale(lexicons, tmp_path):
    write_texts(tmp_path, lexicons)
    for file in (tmp_path / "texts").iterdir():
        file.unlink()
    changed = lexicons[1].without(concept="pay")
    assert read_press(tmp_path, [lexicons[0], changed])[0]["note"].str.contains("another version of topics").all()


def test_shipped_sheets_are_five_and_fit_the_shipped_lexicons():
    sealed = read_sheets(ROOT / "corpus" / "press")[0]
    assert sealed["article"].tolist() == ["de-boersenzeitung", "de-dasgeld", "de-retailnews", "en-platformer", "en-pressbee-time"]
    assert list_stale(sealed, read_lexicons(ROOT / "lexicons")).empty


def test_shipped_sheets_hold_no_eight_words_in_a_row():
    """A surface is a matched word or phrase of the lexicon, never a passage."""
    hits = read_sheets(ROOT / "corpus" / "press")[2]
    assert hits["surface"].str.split().str.len().max() < 8


@needs_press_texts
def test_shipped_sheets_have_the_hits_that_tagging_the_texts_gives():
    lexicons = read_lexicons(ROOT / "lexicons")
    opened, open_sentences, open_hits = read_press(ROOT / "corpus" / "press", lexicons)
    assert not opened["sealed"].any(), f"a text in {TEXTS} is not the one that was sealed"
    _, sentences, hits = read_sheets(ROOT / "corpus" / "press")
    pd.testing.assert_frame_equal(hits, reduce_surfaces(open_hits), check_dtype=False)
    pd.testing.assert_frame_equal(sentences, open_sentences, check_dtype=False)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("hits", 5), ("hits", {}), ("hits", {"fields": [], "rows": []}), ("hits", {"fields": 1, "rows": []}), ("sentences", []),
        ("sentences", {"fields": ["start"], "rows": []}), ("reference", "x"), ("lexicons", None),
        ("words", "9"), ("sha256", 5), ("article", 5), ("reference", {"language": "fr"}), ("reference", {"language": "de", "outlet": []}),
    ],
)  # fmt: skip
def test_sheet_whose_parts_are_of_another_kind_is_refused_with_its_name(part, value, articles, lexicons, tmp_path):
    (path, *_) = write_sheets(seal_all(articles, lexicons), tmp_path)
    sheet = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**sheet, part: value}), encoding="utf-8")
    with pytest.raises(SheetError, match=r"de-a\.json: .*seal the article again"):
        read_sheets(tmp_path)


def test_sheet_whose_rows_are_too_short_is_refused_with_its_name(articles, lexicons, tmp_path):
    (path, *_) = write_sheets(seal_all(articles, lexicons), tmp_path)
    sheet = json.loads(path.read_text(encoding="utf-8"))
    sheet["hits"]["rows"][0].pop()
    path.write_text(json.dumps(sheet), encoding="utf-8")
    with pytest.raises(SheetError, match=r"de-a\.json: its hits have other fields than"):
        read_sheets(tmp_path)


def test_sheet_with_a_place_that_is_no_number_is_refused_with_its_name(articles, lexicons, tmp_path):
    (path, *_) = write_sheets(seal_all(articles, lexicons), tmp_path)
    sheet = json.loads(path.read_text(encoding="utf-8"))
    sheet["hits"]["rows"][0][sheet["hits"]["fields"].index("start")] = "4"
    path.write_text(json.dumps(sheet), encoding="utf-8")
    with pytest.raises(SheetError, match=r"de-a\.json: a place or count in its hits is no number; seal the article again"):
        read_sheets(tmp_path)


def test_sheets_with_the_same_id_are_refused(articles, lexicons, tmp_path):
    (path, *_) = write_sheets(seal_all(articles, lexicons), tmp_path)
    (tmp_path / "z.json").write_bytes(path.read_bytes())
    with pytest.raises(SheetError, match=r"z\.json: its article 'de-a' is also that of another sheet"):
        read_sheets(tmp_path)
