"""Nexis DOCX: the traps that public parsers fell into, one by one."""

import io
import zipfile

import docx
import pytest
from pieces_press import BARE, ENGLISH, GERMAN, PIECES, PRIVATE
from samples_nexis import ONE_EACH, Word, nexis_docx

from lesart.errors import CorpusError
from lesart.sources.nexis_docx import read, recognise, recognise_document


def read_all(content):
    return list(read(content, "Files.DOCX"))


def texts(found):
    return [place.record.get("text") for place in found if place.place]


LAYOUTS = {
    "as Nexis writes it": {},
    "without cover": {"cover": False},
    "saved again without bookmarks": {"bookmarks": False},
    "without bookmarks and headings": {"bookmarks": False, "outline": False},
    "without links": {"links": False},
    "without load date": {"load_date": False},
    "a hit inside a word": {"hit": "Konzern"},
    "heading Text for Body": {"body_heading": "Text"},
    "an unknown interface language": {"body_heading": "Törzs", "end_word": "Dokumentum vége"},
    "a German interface": {"bookmarks": False, "end_word": "Ende des Dokuments"},
}


@pytest.mark.parametrize("options", LAYOUTS.values(), ids=LAYOUTS)
def test_every_article_comes_whole_and_the_first_is_not_lost(options):
    found = read_all(nexis_docx(**options))
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.problem for place in found] == [""] * 3
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]
    assert not [place.record for place in found if "note" in place.record]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.language + piece.outlet)
def test_what_the_source_says_is_read_into_columns(piece):
    record = next(place.record for place in read_all(nexis_docx()) if place.record["title"] == piece.title)
    assert (record["outlet"], record["date"], record["language"], record["words_stated"]) == (piece.outlet, piece.iso, piece.language, piece.n_words)
    assert (record.get("author", ""), record.get("section", ""), record.get("teaser", "")) == (piece.author, piece.section, piece.highlight)
    assert record["source_id"] == f"6ABC-0001-DEF2-{PIECES.index(piece) + 1:04d}-00000-00"
    assert record["loaded"] == "2025-06-15"


def test_the_highlight_is_not_swallowed_by_the_byline():
    record = read_all(nexis_docx())[1].record
    assert record["author"] == "Ada Example" and record["teaser"].startswith("An oven changes hands")


@pytest.mark.parametrize("options", [{}, {"bookmarks": False}, {"bookmarks": False, "outline": False}], ids=str)
def test_private_data_of_the_cover_never_reach_a_record(options):
    told = repr(read_all(nexis_docx(announced=9, **options)))
    assert not [secret for secret in PRIVATE if secret in told]


def test_files_of_one_article_each_need_no_count():
    for name, piece in ONE_EACH.items():
        word = Word()
        word.article(piece, 1)
        found = list(read(word.content(), name))
        assert texts(found) == [piece.text] and not found[-1].problem


@pytest.mark.parametrize(("cover", "problem"), [(True, "announces 5 documents, 3 found (cover, file's properties)"), (False, "announces 5 documents, 3 found (file's properties)")])
def test_a_count_that_is_not_met_is_the_last_place(cover, problem):
    found = read_all(nexis_docx(cover=cover, announced=5))
    assert len(found) == 4
    assert (found[-1].place, found[-1].problem, dict(found[-1].record)) == ("", problem, {})


def test_bookmarks_given_twice_are_one_article():
    word = Word()
    for number, piece in enumerate(PIECES, 1):
        word.line(mark=f"Bookmark_{number}")
        word.article(piece, number)
    assert texts(read_all(word.content(count=3))) == [piece.text for piece in PIECES]


def test_an_item_with_a_photo_only_is_listed_and_not_an_article():
    word = Word()
    word.article(GERMAN, 1, body=False, after=[("Graphic", "Foto: Ein Brot, das nie gebacken wurde, auf einem Teller in Musterstadt.")])
    word.article(ENGLISH, 2)
    found = read_all(word.content(count=2))
    assert [bool(place.problem) for place in found] == [True, False]
    assert "no text" in found[0].problem and "text" not in found[0].record and found[0].record["title"] == GERMAN.title


@pytest.mark.parametrize("heading", ["Graphic", "Correction", "Notes", "Grafik"])
def test_captions_and_corrections_are_no_body(heading):
    word = Word()
    word.article(GERMAN, 1, after=[(heading, "Foto: Ein Brot.", "Correction-Date: June 16, 2025")])
    assert texts(read_all(word.content())) == [GERMAN.text]


def test_bylines_given_twice_count_once():
    word = Word()
    word.article(ENGLISH, 1, n_bylines=2)
    record = read_all(word.content())[0].record
    assert (record["author"], record["text"]) == ("Ada Example", ENGLISH.text)


def test_an_abstract_before_the_full_text_is_a_column():
    word = Word()
    paragraphs = ("ABSTRACT", "Bread in short.", "FULL TEXT", *ENGLISH.paragraphs)
    word.article(type(ENGLISH)(**{**vars(ENGLISH), "paragraphs": paragraphs}), 1)
    (found,) = read_all(word.content())
    assert (found.record["abstract"], found.record["text"]) == ("Bread in short.", ENGLISH.text)


def test_no_headline_in_original_is_no_title():
    word = Word()
    word.article(type(BARE)(**{**vars(BARE), "title": "No Headline In Original"}), 1)
    assert "title" not in read_all(word.content())[0].record


@pytest.mark.parametrize("date", ["", "Sommer 2020", "31. Juni 2020"])
def test_a_date_that_cannot_be_read_stays_as_it_stood(date):
    word = Word()
    word.article(type(BARE)(**{**vars(BARE), "date": date}), 1)
    record = read_all(word.content())[0].record
    assert (record.get("date", ""), record["outlet"]) == (date, "Dorfbote")


@pytest.mark.parametrize("date", ["(Unterbeispiel im Blick)\n13. Juni 2025 Freitag", "June 13, 2025 Friday 9:03 AM GMT\nCorrection Appended"])
def test_a_blogs_name_and_an_appended_correction_beside_the_date_are_no_outlet(date):
    word = Word()
    word.article(type(BARE)(**{**vars(BARE), "date": ""}), 1)
    place = next(n for n, p in enumerate(word.document.paragraphs) if p.text == "Dorfbote")
    for line in reversed(date.split("\n")):
        word.document.paragraphs[place + 1].insert_paragraph_before(line)
    record = read_all(word.content())[0].record
    assert (record["date"], record["outlet"], record["title"]) == ("2025-06-13", "Dorfbote", BARE.title)


def test_a_text_far_from_the_stated_length_has_a_note():
    assert read_all(nexis_docx(length=400))[0].record["note"] == "67 words read, 400 stated by the database: a part of the text may be missing"


def test_text_that_word_puts_into_insertions_is_read():
    from docx.oxml import OxmlElement

    word = Word()
    word.article(GERMAN, 1)
    paragraph = next(p for p in word.document.paragraphs if p.text == GERMAN.paragraphs[0])
    insertion = OxmlElement("w:ins")
    insertion.append(paragraph.runs[0]._r)
    paragraph._p.append(insertion)
    assert texts(read_all(word.content())) == [GERMAN.text]


def test_umlauts_in_two_code_points_and_soft_hyphens_are_made_plain():
    word = Word()
    decomposed = type(GERMAN)(**{**vars(GERMAN), "paragraphs": tuple(p.replace("ö", "o\u0308").replace("Konzern", "Kon\u00adzern") for p in GERMAN.paragraphs)})
    word.article(decomposed, 1)
    assert texts(read_all(word.content())) == [GERMAN.text]


def plain_word():
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("Ein Brief ohne Datenbank.")
    document.save(buffer)
    return buffer.getvalue()


def other_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("brief.txt", "Länge: 5 Wörter")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "may_be", "is_nexis"),
    [(nexis_docx(), True, True), (nexis_docx(cover=False, bookmarks=False), True, True), (plain_word(), True, False), (other_zip(), False, False), (b"PK\x03\x04", False, False), (b"", False, False)],
    ids=["Nexis", "Nexis saved again", "letter", "zip", "cut", "empty"],
)
def test_a_word_file_from_nexis_is_told_from_others(content, may_be, is_nexis):
    assert recognise(content[:65536], "x.docx") is may_be
    assert recognise_document(content) is is_nexis


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", other_zip(), nexis_docx()[:3000]], ids=["empty", "no zip", "no Word part", "cut"])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(CorpusError, match="Word file|Office file"):
        read_all(content)


def test_a_cover_in_an_unknown_language_is_no_false_alarm():
    word = Word()
    word.line("Felhasználó: Petra Geheim")
    word.article(GERMAN, 1)
    word.article(ENGLISH, 2)
    assert [place.problem for place in read_all(word.content(count=3))] == ["", ""]
    assert read_all(word.content(count=4))[-1].problem == "announces 4 documents, 2 found (file's properties)"


def test_two_downloads_put_together_in_word_lose_nothing():
    word = Word()
    for piece in PIECES:
        word.article(piece, 1)
    assert texts(read_all(word.content())) == [piece.text for piece in PIECES]


@pytest.mark.parametrize("break_between", ["\n", "   "], ids=["line breaks", "gaps"])
def test_labels_in_one_paragraph_are_all_read(break_between):
    word = Word()
    word.article(type(BARE)(**{**vars(BARE), "date": ""}), 1)
    place = next(p for p in word.document.paragraphs if p.text.startswith("Length:"))
    place.insert_paragraph_before(break_between.join(["Distribution:\u00a0", "Section:\u00a0Lokales; Pg. 7", "Byline:\u00a0Karl Muster", "Dateline:\u00a0BERLIN"]))
    record = read_all(word.content())[0].record
    assert (record["section"], record["page"], record["author"], record["dateline"], record["words_stated"]) == ("Lokales", "7", "Karl Muster", "BERLIN", BARE.n_words)


def unbold(word, *keep):
    """Takes bold from all paragraphs but those whose text is kept."""
    for paragraph in word.document.paragraphs:
        for run in paragraph.runs:
            run.bold = run.bold if paragraph.text.strip() in keep else None
    return word


@pytest.mark.parametrize("keep", [(), ("Body",)], ids=["nothing bold", "only Body bold"])
def test_headings_need_not_be_bold(keep):
    word = Word()
    for number, piece in enumerate(PIECES, 1):
        word.article(piece, number, after=[("Graphic", "Foto: Ein Brot.")])
    found = read_all(unbold(word, *keep).content())
    assert texts(found) == [piece.text for piece in PIECES]
    assert [place.record["loaded"] for place in found] == ["2025-06-15"] * 3


@pytest.mark.parametrize("line", ["Graphic", "Notes", "Classification", "Load-Date: June 1, 2025"])
def test_a_line_of_the_body_that_is_a_headings_word_is_body_where_headings_are_bold(line):
    word = Word()
    paragraphs = (ENGLISH.paragraphs[0], line, "", *ENGLISH.paragraphs[1:])
    word.article(type(ENGLISH)(**{**vars(ENGLISH), "paragraphs": paragraphs}), 1)
    assert texts(read_all(word.content())) == ["\n\n".join(paragraph for paragraph in paragraphs if paragraph)]


def test_the_bookmark_of_the_body_can_stand_above_its_heading():
    word = Word()
    word.article(GERMAN, 1)
    heading = next(p for p in word.document.paragraphs if p.text == "Body")
    above = heading.insert_paragraph_before("")
    for element in [e for e in heading._p if e.tag.endswith(("bookmarkStart", "bookmarkEnd"))]:
        above._p.append(element)
    assert texts(read_all(word.content())) == [GERMAN.text]


def test_bookmarks_between_paragraphs_belong_to_the_next():
    word = Word()
    for number, piece in enumerate(PIECES, 1):
        word.article(piece, number)
    body = word.document.element.body
    for paragraph in list(body):
        for element in [e for e in paragraph if e.tag.endswith("bookmarkStart")]:
            paragraph.addprevious(element)
    assert texts(read_all(word.content())) == [piece.text for piece in PIECES]
