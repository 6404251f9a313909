"""Records become articles: ids of their own, words counted together, each article settled by itself."""

import pandas as pd
import pytest

from lesart.characters import code_points, fold
from lesart.records import Names, normalise, settle_articles

GERMAN = "Der Konzern hat die Übernahme am Dienstag nicht bestätigt, und die Löhne bleiben, wie sie sind."
ENGLISH = "The company has not confirmed the deal, and it would not say whether wages will rise."
TEXTS = [GERMAN, "", ENGLISH, "3", "4.5 Mrd.", "don't 'stop'", "\u0308a", "Größe 😀 U.S.-Firmen", "„So!“ – 2,5", "x\u00ad", "Meta's", "’"]


def make_records(texts, names=None):
    return [{"article": name, "text": text, "place": f"row {n}"} for n, (name, text) in enumerate(zip(names or map(str, range(len(texts))), texts, strict=True))]


def name(*ids):
    names = Names()
    return [names.give({"article": given, "place": f"row {n}"})["article"] for n, given in enumerate(ids)]


@pytest.mark.parametrize(
    ("ids", "given"),
    [
        (["a", "b", "a"], ["a", "b", "a~2"]),
        (["a", "a", "a"], ["a", "a~2", "a~3"]),
        (["a", "a~2", "a"], ["a", "a~2", "a~3"]),
        (["a", "a", "a~2"], ["a", "a~2", "a~2~2"]),
        ([" a ", "a"], ["a", "a~2"]),
        ([None, float("nan"), ""], ["row 0", "row 1", "row 2"]),
        ([7, "7", 7.0], ["7", "7~2", "7.0"]),
    ],
)
def test_an_id_that_stands_twice_is_told_by_its_number(ids, given):
    assert name(*ids) == given


def test_ten_thousand_articles_of_one_id_have_ids_of_their_own():
    assert len(set(name(*["untitled"] * 10_000))) == 10_000


def test_words_counted_together_are_those_counted_alone():
    together = settle_articles(make_records(TEXTS * 3))["words"]
    assert together.tolist() == [len(fold(code_points(normalise(text))).word_start) for text in TEXTS] * 3


def test_words_counted_in_many_chunks_are_the_same(monkeypatch):
    whole = settle_articles(make_records(TEXTS * 3))
    monkeypatch.setattr("lesart.words._BATCH", 50)
    pd.testing.assert_frame_equal(settle_articles(make_records(TEXTS * 3)), whole)


def test_articles_settled_in_pieces_are_those_settled_together():
    records = make_records(TEXTS)
    pieces = pd.concat([settle_articles(records[:5]), settle_articles(records[5:])], ignore_index=True)
    pd.testing.assert_frame_equal(pieces, settle_articles(records))


def test_no_records_are_a_table_without_rows():
    assert settle_articles([])[["article", "language", "words", "problem"]].shape == (0, 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_every_line_end_is_a_line_feed(end):
    assert normalise(f"eins{end}u\u0308ber\x00\ufeff") == "eins\nüber"
