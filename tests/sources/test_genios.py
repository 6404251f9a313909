"""Genios and wiso: text, RTF, saved pages."""

import pytest
from pieces_press import ENGLISH, GERMAN
from samples_factiva import factiva_rtf
from samples_nexis import nexis_txt, rtf
from samples_others import NOTE, genios_html, genios_pdf, genios_rtf, genios_txt
from samples_plain import one_column

from lesart.errors import CorpusError
from lesart.sources.genios import read, recognise, recognise_document

PIECES = (GERMAN, ENGLISH)


def read_all(content):
    return list(read(content, "genios"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


SAMPLES = {
    "text of a PDF": genios_txt(),
    "a page ends after Quelle": genios_txt(broken=True),
    "PDF": genios_pdf(),
    "RTF, table first": genios_rtf(),
    "RTF, table last": genios_rtf(table_first=False),
}


@pytest.mark.parametrize("content", SAMPLES.values(), ids=SAMPLES)
def test_every_article_comes_whole_with_its_data(content):
    found = read_all(content)
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.problem for place in found] == ["", ""]
    for number, (piece, place) in enumerate(zip(PIECES, found, strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record["section"], record["page"]) == (piece.title, piece.outlet, piece.iso, piece.section, "4")
        assert (record["source_id"], record["url"]) == (f"MUST__{number:08d}", f"https://www.wiso-net.de/document/MUST__{number:08d}")


def test_a_pdf_without_gaps_between_paragraphs_keeps_its_words():
    found = read_all(genios_pdf(blank=False))
    assert [text.split() for text in texts(found)] == [piece.text.split() for piece in PIECES]
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]


@pytest.mark.parametrize(
    ("source", "outlet", "date"),
    [
        ("Musterblatt vom 13.06.2025, S. 4", "Musterblatt", "2025-06-13"),
        ("Musterblatt v. 13.6.25 S. 4", "Musterblatt", "2025-06-13"),
        ("Musterblatt, 13.06.2025", "Musterblatt", "2025-06-13"),
        ("Musterblatt, den 13. Juni 2025", "Musterblatt", "2025-06-13"),
        ("Musterblatt Nr. 065 vom 13.06.2025 Seite: 4", "Musterblatt", "2025-06-13"),
        ('"Die Probe, Wochenzeitung" vom 03.02.1998', "Die Probe, Wochenzeitung", "1998-02-03"),
        ("Musterblatt Online", "Musterblatt Online", ""),
    ],
)
def test_the_date_after_quelle_takes_many_forms(source, outlet, date):
    content = genios_txt((GERMAN,)).decode().replace("Quelle: Musterblatt vom 13.06.2025, S. 4", f"Quelle: {source}")
    record = read_all(content.encode())[0].record
    assert (record["outlet"], record.get("date", "")) == (outlet, date)


def test_a_note_in_place_of_a_text_is_listed_and_no_article():
    found = read_all(genios_txt(texts={ENGLISH: [NOTE]}))
    assert [bool(place.problem) for place in found] == [False, True]
    assert "text" not in found[1].record and found[1].record["source_id"] == "MUST__00000002"


def test_a_count_that_is_not_met_is_the_last_place():
    found = read_all(genios_txt(announced=4))
    assert (found[-1].place, found[-1].problem) == ("", "announces 4 documents, 2 found (table of contents)")


@pytest.mark.parametrize("single", [False, True], ids=["blank lines", "line ends"])
def test_the_web_view_is_read_from_its_text(single):
    (found,) = read_all(genios_html(single=single))
    assert (found.record["text"], found.record["title"], found.record["outlet"], found.record["date"]) == (GERMAN.text, GERMAN.title, GERMAN.outlet, GERMAN.iso)


def test_a_captcha_in_place_of_the_text_is_said():
    (found,) = read_all(genios_html(captcha=True))
    assert found.place == "" and "captcha" in found.problem


@pytest.mark.parametrize(
    ("content", "expected"),
    [*((content, True) for content in SAMPLES.values()), (genios_html(), True), (nexis_txt(), False), (factiva_rtf(), False), (rtf(["Quelle: mein Bruder"]), False), (b"Quelle: mein Bruder", False), (one_column(0), False), (b"", False)],
)
def test_files_from_genios_are_told_from_others(content, expected):
    assert (recognise(content[:65536], "x") or recognise_document(content)) is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
