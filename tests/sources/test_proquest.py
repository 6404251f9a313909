"""ProQuest text files, labels in English and German."""

import pytest
from pieces_press import ENGLISH, GERMAN, PRIVATE
from samples_nexis import nexis_txt
from samples_others import proquest_txt

from lesart.errors import CorpusError
from lesart.sources.proquest import read, recognise

PIECES = (GERMAN, ENGLISH)


def read_all(content):
    return list(read(content, "proquest.txt"))


def test_every_article_comes_whole_with_its_data_and_no_label_word_cuts_it():
    found = read_all(proquest_txt())
    assert [place.record["text"] for place in found] == [piece.text for piece in PIECES]
    for number, (piece, place) in enumerate(zip(PIECES, found, strict=True), 1):
        record = place.record
        assert (record["title"], record["outlet"], record["date"], record["author"], record["section"]) == (piece.title, piece.outlet, piece.iso, piece.author, piece.section)
        assert (record["language"], record["source_id"], record["abstract"]) == (piece.language, f"21700{number}", "Kurz gesagt. Und noch kürzer.")


@pytest.mark.parametrize("line", ["Author: no one knows.", "Merke: das ist kein Etikett.", "Thema: Brot."])
def test_a_label_word_inside_the_body_is_body(line):
    first = GERMAN.paragraphs[0]
    content = proquest_txt((GERMAN,)).decode().replace(first, f"{first}\n\n{line}")
    assert read_all(content.encode())[0].record["text"] == GERMAN.text.replace(first, f"{first}\n\n{line}")


def test_a_record_with_an_abstract_only_is_listed_and_no_article():
    found = read_all(proquest_txt(abstract_only=(GERMAN,)))
    assert [place.problem for place in found] == ["no full text: an abstract only", ""]
    assert "text" not in found[0].record and found[0].record["abstract"]


def test_a_piece_without_known_labels_is_counted_and_said():
    content = proquest_txt().replace(b"ProQuest document ID", b"Unknown number")
    assert read_all(content)[-1].problem == "announces 1 documents, 2 found (document ids)"


def test_what_stands_around_the_articles_is_never_read():
    told = repr(read_all(proquest_txt()))
    assert not [word for word in (*PRIVATE, "Beispiel LLC") if word in told]


@pytest.mark.parametrize(("content", "expected"), [(proquest_txt(), True), (nexis_txt(), False), (b"_" * 60, False), (b"", False)], ids=["ProQuest", "Nexis", "rule", "empty"])
def test_files_from_proquest_are_told_from_others(content, expected):
    assert recognise(content[:65536], "x.txt") is expected


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(b"")
