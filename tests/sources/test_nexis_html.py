"""The older Nexis HTML: flat divisions, told by order and label."""

import pytest
from pieces_press import BARE, GERMAN, PIECES
from samples_factiva import factiva_html
from samples_nexis import nexis_html

from lesart.errors import CorpusError
from lesart.sources.nexis_html import read, recognise


def read_all(content):
    return list(read(content, "alt.HTML"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


@pytest.mark.parametrize("logo", [False, True], ids=["name", "logo for a name"])
def test_every_article_comes_whole_with_hits_and_entities(logo):
    found = read_all(nexis_html(logo=logo))
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]
    assert [place.record.get("outlet") for place in found] == [None if logo else piece.outlet for piece in PIECES]
    assert [place.record["date"] for place in found] == [piece.iso for piece in PIECES]
    assert [place.record["words_stated"] for place in found] == [piece.n_words for piece in PIECES]


def test_numbers_in_comments_do_not_count():
    assert nexis_html().count(b"DOC NUMBER=1>") == 3 and len(read_all(nexis_html())) == 3


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_second_date_or_a_title_before_the_date_are_told(place):
    content = nexis_html((BARE,)).decode()
    date = f'<BR><DIV CLASS="c4"><P CLASS="c1"><SPAN CLASS="c2">{BARE.date}</SPAN></P></DIV>\n'
    title = f'<BR><DIV CLASS="c5"><P CLASS="c1"><SPAN CLASS="c2">{BARE.title}</SPAN></P></DIV>\n'
    assert date + title in content
    content = content.replace(date + title, title + date if place == "before" else date + date.replace(BARE.date, "lundi 3 mars 2014") + title)
    record = read_all(content.encode())[0].record
    assert (record["title"], record["date"], record["outlet"], record["text"]) == (BARE.title, BARE.iso, BARE.outlet, BARE.text)


def test_a_count_that_is_not_met_is_the_last_place():
    found = read_all(nexis_html(announced=5))
    assert (found[-1].place, found[-1].problem) == ("", "announces 5 documents, 3 found (head of the file, numbering)")


def test_an_error_note_in_place_of_an_article_is_listed():
    note = '<A NAME="DOC_ID_3_0"></A><BR><DIV CLASS="c0"><P>4 of 4 DOCUMENTS</P></DIV>'
    content = nexis_html(announced=4).replace(b"</BODY>", note.encode() + b"</BODY>").replace(b" of 4 DOC", b" of 4 DOC")
    found = read_all(content)
    assert [bool(place.problem) for place in found] == [False] * 3 + [True]


def test_an_article_may_lack_the_copyright():
    content = nexis_html((GERMAN,)).replace(b"Copyright 2025 Musterblatt<BR>Alle Rechte vorbehalten", b"")
    assert texts(read_all(content)) == [GERMAN.text]


@pytest.mark.parametrize(("content", "expected"), [(nexis_html(), True), (factiva_html(), False), (b"<html><p>x", False), (b"", False)], ids=["Nexis", "Factiva", "page", "empty"])
def test_files_from_nexis_are_told_from_others(content, expected):
    assert recognise(content[:65536], "x.html") is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
