"""Text copied from PressReader."""

import pytest
from pieces_press import ENGLISH, GERMAN
from samples_others import genios_html, pressreader_txt

from lesart.errors import CorpusError
from lesart.sources.pressreader import join_hyphen, read, recognise

PIECES = (GERMAN, ENGLISH)


def read_all(content):
    return list(read(content, "copied.txt"))


@pytest.mark.parametrize("wrapped", [False, True], ids=["lines whole", "hyphens at line ends"])
@pytest.mark.parametrize("address_first", [False, True], ids=["address last", "address first"])
def test_paper_and_date_come_from_the_address(address_first, wrapped):
    found = read_all(pressreader_txt(address_first=address_first, wrapped=wrapped))
    assert [place.record["text"] for place in found] == [piece.text for piece in PIECES]
    for number, (piece, place) in enumerate(zip(PIECES, found, strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record["author"]) == (piece.title, piece.outlet, piece.iso, piece.author)
        assert record["source_id"] == f"28150{number}67890123" and record["url"].endswith(record["source_id"])


def test_lines_that_lead_to_another_page_are_no_text():
    told = repr(read_all(pressreader_txt()))
    assert "Fortsetzung auf" not in told and "Continued on" not in told


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("die Anteils-", "eigner", "die Anteilseigner"), ("Vor-", "und Nachteile", "Vor- und Nachteile"), ("pre-", "and post-war", "pre- and post-war"), ("Meta-", "Aktie", "Meta-Aktie"), ("Ende –", "so", "Ende – so")],
)
def test_hyphens_at_line_ends(before, after, expected):
    assert join_hyphen(before, after) == expected


def test_a_text_without_an_address_of_its_own_line_is_said():
    (found,) = read_all("Ein Satz, der pressreader.com/germany/musterblatt/20250613/281501567890123 nur im Vorbeigehen erwähnt.".encode())
    assert found.place == "" and "no address" in found.problem


@pytest.mark.parametrize(("content", "expected"), [(pressreader_txt(), True), (genios_html(), False), (b"<html>pressreader.com/germany/x/20250613/281501567890123", False), (b"Brief", False), (b"", False)])
def test_copied_text_is_told_from_others(content, expected):
    assert recognise(content[:65536], "x.txt") is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
