"""Factiva RTF, with codes and in the display format."""

import pytest
from pieces_press import ENGLISH, GERMAN, PRIVATE
from samples_factiva import accession, coded, facts, factiva_rtf, n_counted
from samples_nexis import nexis_rtf, rtf

from lesart.errors import CorpusError
from lesart.sources.factiva_rtf import read, recognise

PIECES = (GERMAN, ENGLISH)


def read_all(content):
    return list(read(content, "Factiva.rtf"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


@pytest.mark.parametrize("codes", [True, False], ids=["codes", "display"])
def test_every_article_comes_whole_with_its_data(codes):
    found = read_all(factiva_rtf(codes=codes))
    assert texts(found) == [piece.text for piece in PIECES]
    for number, (piece, place) in enumerate(zip(PIECES, found, strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record["author"], record["section"]) == (piece.title, piece.outlet, piece.iso, piece.author, piece.section)
        assert (record["language"], record["words_stated"], record["source_id"]) == (piece.language, n_counted(piece), accession(number))
        assert "note" not in record and not place.problem


@pytest.mark.parametrize("codes", [True, False], ids=["codes", "display"])
def test_a_file_without_list_and_page_breaks_keeps_its_first_article(codes):
    lines = []
    for number, piece in enumerate(PIECES, 1):
        if codes:
            lines += [line for code, values in coded(piece, number)[:-1] for line in (code, *values)]
        else:
            lines += [piece.title, f"Von {piece.author}", *facts(piece), *piece.paragraphs]
        lines += [f"Dokument {accession(number)}"]
    found = read_all(rtf(lines))
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]


def test_two_capitals_alone_on_a_line_of_the_text_are_text():
    lines = [line for code, values in coded(GERMAN, 1)[:-1] for line in (code, *(("EU", *values) if code == "TD" else values))]
    (found,) = read_all(rtf([*lines, f"Document {accession(1)}"]))
    assert "\n\nEU\n\n" in found.record["text"]


def test_an_item_in_no_known_layout_is_listed_with_its_number():
    (found,) = read_all(rtf(["Ein Titel", "Ein Satz.", f"Document {accession(1)}"]))
    assert found.problem.startswith("neither codes nor") and found.record == {"source_id": accession(1)}


def test_an_article_without_its_closing_line_is_missed_and_said():
    content = factiva_rtf().replace(b"Dokument MUSTB", b"Verloren MUSTB")
    assert read_all(content)[-1].problem == "announces 2 documents, 1 found (headlines with code HD)"


def test_search_terms_in_the_summary_never_reach_a_record():
    told = repr(read_all(factiva_rtf()) + read_all(factiva_rtf(codes=False)))
    assert not [secret for secret in PRIVATE if secret in told]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [(factiva_rtf(), "x.rtf", True), (rtf(["leer"]), "Factiva-20250613-0903.rtf", True), (rtf(["leer"]), "x.rtf", False), (nexis_rtf(), "x.rtf", False), (b"Factiva", "x.txt", False), (b"", "", False)],
    ids=["Factiva", "by name", "letter", "Nexis", "text", "empty"],
)
def test_files_from_factiva_are_told_from_others(content, name, expected):
    assert recognise(content[:65536], name) is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
