"""The older Nexis text layout, and RTF of both layouts."""

import pytest
from pieces_press import BARE, ENGLISH, GERMAN, PIECES, PRIVATE
from samples_factiva import factiva_rtf
from samples_nexis import nexis_pdf, nexis_rtf, nexis_txt, rtf, text_blocks
from samples_plain import one_column
from samples_others import proquest_txt

from lesart.errors import CorpusError
from lesart.sources.nexis_text import read, recognise, recognise_document


def read_all(content):
    return list(read(content, "alt.TXT"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


MARKS = ["{} of {} DOCUMENTS", "Dokument {} von {}", "Document {} de {}"]


@pytest.mark.parametrize("cover", [True, False])
@pytest.mark.parametrize("mark", MARKS)
def test_labels_of_either_language_are_read_under_either_interface(mark, cover):
    found = read_all(nexis_txt(mark=mark, cover=cover))
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.problem for place in found] == [""] * 3


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.language + piece.outlet)
def test_what_the_source_says_is_read_into_columns(piece):
    record = read_all(nexis_txt())[PIECES.index(piece)].record
    assert (record["title"], record["outlet"], record["date"], record["language"]) == (piece.title, piece.outlet, piece.iso, piece.language)
    assert (record.get("author", ""), record.get("teaser", ""), record["words_stated"]) == (piece.author, piece.highlight, piece.n_words)
    if piece.section:
        assert (record["section"], record["page"], record["edition"]) == (piece.section.upper(), "4", "167")


def test_a_semicolon_parts_title_and_subtitle():
    record = read_all(nexis_txt())[0].record
    assert (record["title"], record["subtitle"]) == (GERMAN.title, "Ein erfundener Untertitel")


def join(blocks):
    return "\n\n".join(["1 of 1 DOCUMENT", *blocks[1:]]).encode()


def change(piece, old, new):
    """A file of one article with a block exchanged."""
    blocks = text_blocks(piece, 1, 1)
    assert any(old in block for block in blocks)
    return join([block.replace(old, new) for block in blocks])


def test_a_line_von_names_the_author_where_no_label_does():
    content = change(BARE, BARE.title, BARE.title + "\n\nVon Karl Muster")
    assert read_all(content)[0].record["author"] == "Karl Muster"
    assert texts(read_all(content)) == [BARE.text]


def test_the_title_can_stand_under_a_label():
    content = join([block.replace(ENGLISH.title, "HEADLINE: Rolls rise") for block in text_blocks(ENGLISH, 1, 1)])
    assert read_all(content)[0].record["title"] == "Rolls rise"


def test_the_title_can_stand_before_the_date():
    blocks = text_blocks(BARE, 1, 1)
    assert blocks[3] == BARE.title
    record = read_all(join([*blocks[:2], blocks[3], blocks[2], *blocks[4:]]))[0].record
    assert (record["title"], record["outlet"], record["date"]) == (BARE.title, BARE.outlet, BARE.iso)


def test_the_date_can_stand_twice_in_two_languages():
    content = change(BARE, BARE.date, BARE.date + "\n\n" + "lundi 3 mars 2014".center(79))
    record = read_all(content)[0].record
    assert (record["title"], record["date"], record["text"]) == (BARE.title, BARE.iso, BARE.text)


def test_a_copyright_at_the_very_top_is_no_outlet():
    blocks = text_blocks(BARE, 1, 1)
    record = read_all(join([blocks[0], blocks[-1], *blocks[1:-1]]))[0].record
    assert (record["outlet"], record["text"]) == (BARE.outlet, BARE.text)


@pytest.mark.parametrize("word", ["UPDATE", "SUBJECT", "LÄNGE", "GRAPHIC", "MERKE"])
def test_a_word_in_capitals_with_a_colon_inside_the_body_is_body(word):
    first, second = BARE.paragraphs
    content = change(BARE, "Im Herbst", f"{word}: so nennt man das.\n\nIm Herbst").replace(b": 28 W", b": 33 W")
    assert texts(read_all(content)) == [f"{first}\n\n{word}: so nennt man das.\n\n{second}"]


def test_a_caption_of_several_paragraphs_is_no_body():
    content = change(ENGLISH, "GRAPHIC: PHOTO: Bread", "GRAPHIC: PHOTO: Bread\n\nA second loaf beside it.\n\nA third one, half eaten.")
    assert texts(read_all(content)) == [ENGLISH.text]


@pytest.mark.parametrize(("cover", "place"), [(True, "cover"), (False, "numbering")])
def test_a_count_that_is_not_met_is_the_last_place(cover, place):
    found = read_all(nexis_txt(cover=cover, announced=9))
    assert (found[-1].place, found[-1].problem) == ("", f"announces 9 documents, 3 found ({place})")


def test_a_stray_number_from_another_download_is_no_false_alarm():
    content = nexis_txt(cover=False).replace(b"2 of 3 DOCUMENTS", b"2 of 383 DOCUMENTS")
    assert [place.problem for place in read_all(content)] == [""] * 3


def test_german_lengths_have_bounds_of_their_own():
    def note(piece, length):
        content = change(piece, f"{piece.n_words} ", f"{length} ")
        return read_all(content)[0].record.get("note", "")

    assert note(GERMAN, 84) == "" and "67 words read, 95" in note(GERMAN, 95)
    assert "58 words read, 74" in note(ENGLISH, 74)


@pytest.mark.parametrize("make", [nexis_txt, nexis_rtf], ids=["TXT", "RTF"])
def test_private_data_of_the_cover_never_reach_a_record(make):
    told = repr(read_all(make(announced=9)))
    assert not [secret for secret in PRIVATE if secret in told]


def test_rtf_of_nexis_uni_keeps_the_first_article_behind_its_cover():
    found = read_all(nexis_rtf())
    assert texts(found) == [GERMAN.text, ENGLISH.text]
    assert [(place.record["title"], place.record["date"]) for place in found] == [(GERMAN.title, GERMAN.iso), (ENGLISH.title, ENGLISH.iso)]
    assert read_all(nexis_rtf(announced=7))[-1].problem == "announces 7 documents, 2 found (cover)"


def test_rtf_with_blank_lines_between_all_paragraphs_keeps_its_first_head():
    content = nexis_rtf().replace(b"\\par\n", b"\\par\\par\n")
    found = read_all(content)
    assert texts(found) == [GERMAN.text, ENGLISH.text]
    assert (found[0].record["title"], found[0].record["outlet"], found[0].record["date"]) == (GERMAN.title, GERMAN.outlet, GERMAN.iso)


@pytest.mark.parametrize("long_lines", [True, False], ids=["lines unwrapped", "lines wrapped"])
def test_the_older_layout_is_read_from_rtf(long_lines):
    pieces = (GERMAN, ENGLISH)
    lines = []
    for number, piece in enumerate(pieces, 1):
        for block in text_blocks(piece, number, 2):
            lines += [" ".join(block.split())] if long_lines else [*block.split("\r\n"), ""]
    longest = max(pieces[0].paragraphs, key=len)
    content = rtf(lines if not long_lines else [line.replace(longest, longest + " Füllwort" * 20) for line in lines])
    found = read_all(content)
    assert [text.replace(" Füllwort", "") for text in texts(found)] == [piece.text for piece in pieces]
    assert [place.record["outlet"] for place in found] == [piece.outlet for piece in pieces]


@pytest.mark.parametrize(
    ("content", "expected"),
    [(nexis_txt(), True), (nexis_txt(mark="Dokument {} von {}", cover=False), True), (nexis_rtf(), True), (rtf(["Ein Brief.", "Body and soul."]), False), (factiva_rtf(), False), (proquest_txt(), False), (b"", False), (b"\x00\x01", False), (b"<html>1 of 2 DOCUMENTS", False)],
    ids=["TXT", "German TXT", "RTF", "letter", "Factiva", "ProQuest", "empty", "bytes", "HTML"],
)
def test_files_from_nexis_are_told_from_others(content, expected):
    assert recognise(content[:65536], "x") is expected


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(CorpusError, match="^empty file"):
        read_all(content)


def test_text_without_any_mark_says_that_nothing_was_found():
    assert [(place.place, place.problem) for place in read_all(b"Ein Brief.")] == [("", "no documents found")]


@pytest.mark.parametrize("line", ["Update: 14 Uhr.", "Classification", "Graphic", "Notes", "Load-Date: heute"])
def test_words_of_headings_inside_the_body_of_rtf_are_body(line):
    first = GERMAN.paragraphs[0]
    piece = type(GERMAN)(**{**vars(GERMAN), "paragraphs": (first, line, "Kurz.", *GERMAN.paragraphs[1:])})
    assert texts(read_all(nexis_rtf((piece,)))) == [piece.text]


def test_a_pdf_is_read_as_the_rtf():
    content = nexis_pdf()
    assert recognise_document(content)
    assert not recognise_document(one_column(0))
    assert list(read(content, "x.pdf")) == list(read(nexis_rtf(), "x.rtf"))
    [count] = [found for found in read(nexis_pdf(announced=9), "x.pdf") if found.problem]
    assert count.problem == "announces 9 documents, 2 found (cover)"
