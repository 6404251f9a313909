"""Europresse HTML, both layouts."""

import pytest
from pieces_press import PIECES, PRIVATE
from samples_nexis import nexis_html
from samples_others import europresse_html, europresse_old_html

from lesart.errors import CorpusError
from lesart.sources.europresse_html import read, recognise


def read_all(content):
    return list(read(content, "europresse.html"))


def plain(text):
    return text.translate({ord(sign): '"' for sign in "„“”"})


@pytest.mark.parametrize(
    "content", [europresse_html(), europresse_html(container=False), europresse_old_html()], ids=["container", "paragraphs right in the section", "older tables"]
)
def test_every_article_comes_whole_with_its_data(content):
    found = read_all(content)
    assert [plain(place.record["text"]).replace("\n\n", "\n") for place in found] == [plain(piece.text).replace("\n\n", "\n") for piece in PIECES]
    for number, (piece, place) in enumerate(zip(PIECES, found, strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record.get("section", ""), record["page"]) == (piece.title, piece.outlet, piece.iso, piece.section, "4")
        assert record["source_id"] == f"news·20250613·MB·0q1306_{number}"


def test_notes_rights_and_certificates_are_no_body():
    told = repr(read_all(europresse_html()))
    assert not [word for word in (*PRIVATE, "Foto", "Zertifikat") if word in told]


def test_a_count_that_is_not_met_is_the_last_place():
    content = europresse_html().replace(b"</body>", "<p>news·20250613·MB·0q1306_99</p></body>".encode())
    assert read_all(content)[-1].problem == "announces 4 documents, 3 found (document ids)"


@pytest.mark.parametrize(("content", "expected"), [(europresse_html(), True), (europresse_old_html(), True), (nexis_html(), False), (b"", False)])
def test_files_from_europresse_are_told_from_others(content, expected):
    assert recognise(content[:65536], "x.html") is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
