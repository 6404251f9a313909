"""Factiva HTML: the display format and the one with codes."""

import pytest
from pieces_press import ENGLISH, GERMAN, PRIVATE
from samples_factiva import accession, factiva_html, factiva_html_codes, n_counted
from samples_nexis import nexis_html

from lesart.errors import CorpusError
from lesart.sources.factiva_html import read, recognise

PIECES = (GERMAN, ENGLISH)


def read_all(content):
    return list(read(content, "Factiva.html"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


LAYOUTS = {
    "as saved in 2017": {"counted": False},
    "headlines numbered": {},
    "as saved in 2014": {"outer": False},
    "bodies without class": {"classless": True},
    "no publisher": {"publisher": False},
    "bodies without class and no publisher": {"classless": True, "publisher": False},
    "declared UTF-8 and is cp1252": {"charset": "cp1252"},
}


@pytest.mark.parametrize("options", LAYOUTS.values(), ids=LAYOUTS)
def test_every_article_comes_once_and_whole(options):
    found = read_all(factiva_html(**options))
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.problem for place in found] == ["", ""]
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]
    assert not [place.record for place in found if "note" in place.record]


@pytest.mark.parametrize("make", [factiva_html, factiva_html_codes], ids=["display", "codes"])
def test_what_the_source_says_is_read_into_columns(make):
    for number, (piece, place) in enumerate(zip(PIECES, read_all(make()), strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record["author"], record["section"]) == (piece.title, piece.outlet, piece.iso, piece.author, piece.section)
        assert (record["language"], record["words_stated"], record["source_id"], record["page"]) == (piece.language, n_counted(piece), accession(number), "4")


def test_codes_give_lead_and_rest_and_leave_captions_and_unknown_codes_alone():
    found = read_all(factiva_html_codes())
    assert texts(found) == [piece.text for piece in PIECES]
    assert "Foto" not in repr(found) and "unbekannt" not in repr(found)


@pytest.mark.parametrize("missing", ["LP", "TD"])
def test_lead_or_rest_may_be_missing(missing):
    content = factiva_html_codes((GERMAN,)).decode().replace(f"<b>{missing}</b>", "<b>QQQ</b>")
    expected = GERMAN.paragraphs[2:] if missing == "LP" else GERMAN.paragraphs[:2]
    assert texts(read_all(content.encode())) == ["\n\n".join(expected)]


def test_a_paragraph_lost_shows_in_the_note():
    long = type(GERMAN)(**{**vars(GERMAN), "paragraphs": (*GERMAN.paragraphs, "Noch ein Satz, der verloren geht, weil er anders gesetzt ist als alle anderen Sätze.")})
    content = factiva_html((long,)).decode().replace("<p class=\"articleParagraph dearticleParagraph\">Noch ein Satz", "<blockquote>Noch ein Satz")
    assert "a part of the text may be missing" in read_all(content.encode())[0].record["note"]


def test_length_and_date_are_told_by_shape_without_time_and_edition():
    content = factiva_html((GERMAN,)).decode().replace("<div>09:03</div>", "").replace("<div>Wochenende</div>", "")
    record = read_all(content.encode())[0].record
    assert (record["outlet"], record["date"], record["page"]) == ("Musterblatt", "2025-06-13", "4")


@pytest.mark.parametrize("date", ["2025 年 6 月 13 日", "June 13, 2025", "13. Juni 2025"])
def test_dates_follow_the_interface(date):
    content = factiva_html((GERMAN,)).decode().replace("<div>13 Juni 2025</div>", f"<div>{date}</div>")
    assert read_all(content.encode())[0].record["date"] == "2025-06-13"


def test_search_terms_in_the_summary_never_reach_a_record():
    told = repr(read_all(factiva_html()) + read_all(factiva_html_codes()))
    assert not [secret for secret in PRIVATE if secret in told]


def test_a_count_that_is_not_met_is_the_last_place():
    content = factiva_html().replace(b"2) Length", b"7) Length")
    assert read_all(content)[-1].problem == "announces 7 documents, 2 found (numbered headlines)"
    lost = factiva_html().replace(b"article enArticle", b"article")
    assert read_all(lost)[-1].problem == "announces 2 documents, 1 found (outer divisions)"


def test_hits_of_the_search_are_no_count_of_the_file():
    assert b"1,771" in factiva_html() and not read_all(factiva_html())[-1].problem


@pytest.mark.parametrize(
    ("content", "expected"),
    [(factiva_html(), True), (factiva_html_codes(), True), (factiva_html(outer=False), True), (nexis_html(), False), (b'<div class="myArticle">', False), (b"", False)],
    ids=["display", "codes", "2014", "Nexis", "page", "empty"],
)
def test_files_from_factiva_are_told_from_others(content, expected):
    assert recognise(content[:65536], "x.html") is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
