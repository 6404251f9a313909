"""Word, OpenDocument, RTF, PDF and text: one article a file, nothing of it lost."""

from io import BytesIO

import pytest
import samples_plain as plain

from lesart.errors import CorpusError
from lesart.sources import docx, odt, pdf, rtf, text

MODULES = {"docx": (docx, plain.word), "odt": (odt, plain.open_document), "rtf": (rtf, plain.rich_text), "pdf": (pdf, plain.one_column), "text": (text, plain.plain)}


def read(module, content):
    [found] = module.read(content, "a")
    return found.record


@pytest.mark.parametrize(("module", "make"), MODULES.values(), ids=MODULES)
@pytest.mark.parametrize("n", [0, 1], ids=["de", "en"])
def test_paragraphs_are_parted_by_blank_lines(module, make, n):
    title, _, _, paragraphs = plain.article(n)
    record = read(module, make(n))
    body = "\n\n".join(paragraphs)
    assert record["text"] == (body if "title" in record else f"{title}\n\n{body}")


def test_word_and_opendocument_take_a_first_heading_for_the_title():
    assert read(docx, plain.word(0))["title"] == read(odt, plain.open_document(0))["title"] == plain.article(0)[0]


def test_word_takes_the_title_whatever_its_style_is_called_in_the_program_that_wrote_it():
    from docx import Document

    document = Document()
    document.styles["Title"].element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Titel")
    document.add_paragraph("Nordlicht\nkauft", style="Title")
    document.add_paragraph("Die Firma zahlt.")
    buffer = BytesIO()
    document.save(buffer)
    assert read(docx, buffer.getvalue()) == {"title": "Nordlicht kauft", "text": "Die Firma zahlt."}


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def make_word(*bodies):
    """A Word file whose body is this XML."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    for body in bodies:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(body.replace(">", f" {W}>", 1)))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("body", "read_as"),
    [
        ("<w:p><w:r><w:t>Die Lö</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>hne</w:t></w:r></w:p>", "Die Löhne"),
        ("<w:p><w:r><w:t>Sie </w:t></w:r><w:ins><w:r><w:t>zahlt</w:t></w:r></w:ins><w:del><w:r><w:delText>nicht</w:delText></w:r></w:del></w:p>", "Sie zahlt"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>Ein Feld</w:t></w:r></w:sdtContent></w:sdt></w:p>", "Ein Feld"),
        ('<w:p><w:fldSimple w:instr="x"><w:r><w:t>13. Juni</w:t></w:r></w:fldSimple></w:p>', "13. Juni"),
        ('<w:p><w:hyperlink><w:r><w:t>ein Wort</w:t></w:r></w:hyperlink><w:r><w:t>, das</w:t></w:r></w:p>', "ein Wort, das"),
        ("<w:p><w:r><w:t>oben</w:t><w:br/><w:t>unten</w:t></w:r></w:p>", "oben\nunten"),
        ("<w:p><w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom><w:r><w:t>da</w:t></w:r></w:p>", "da"),
        ("<w:p><w:moveFrom><w:hyperlink><w:r><w:t>weg</w:t></w:r></w:hyperlink></w:moveFrom><w:moveTo><w:r><w:t>da</w:t></w:r></w:moveTo></w:p>", "da"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>in einer Zelle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "in einer Zelle"),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "Kasten",
        ),
    ],
    ids=["hit in a word", "insertion", "form", "field", "link", "line break", "moved", "link moved", "table", "text box"],
)
def test_word_text_is_whole_and_stands_once(body, read_as):
    assert read(docx, make_word(body))["text"] == read_as


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", plain.pack({"word/other.xml": b"<x/>"}), b"no zip"], ids=["cut", "no Word part", "no zip"])
def test_what_is_no_word_file_is_said(content):
    with pytest.raises(CorpusError, match="Word file|Office file"):
        read(docx, content)


def test_what_is_no_opendocument_file_is_said():
    with pytest.raises(CorpusError, match="damaged ODT"):
        read(odt, plain.pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office"}))


def test_opendocument_keeps_spaces_and_line_breaks_and_leaves_notes():
    from odf.opendocument import OpenDocumentText
    from odf.text import LineBreak, Note, NoteBody, P, S

    document = OpenDocumentText()
    paragraph = P(text="Die")
    paragraph.addElement(S(c=2))
    paragraph.addText("Firma")
    note = Note(noteclass="footnote")
    body = NoteBody()
    body.addElement(P(text="Anmerkung"))
    note.addElement(body)
    paragraph.addElement(note)
    paragraph.addElement(LineBreak())
    paragraph.addText("zahlt.")
    document.text.addElement(paragraph)
    buffer = BytesIO()
    document.write(buffer)
    assert read(odt, buffer.getvalue())["text"] == "Die  Firma\nzahlt."


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 L\'f6hne f\'fcr \'84alle\'93}", "Löhne für „alle“"),
        (rb"{\rtf1\ansi\uc1 L\u246?hne}", "Löhne"),
        (rb"{\rtf1\ansi \u-10179?\u-8704? gut}", "😀 gut"),
        (rb"{\rtf1\ansi a\'81b}", "ab"),
        (rb"{\rtf1\ansi eins\page zwei\par drei}", "eins\n\nzwei\ndrei"),
        ("{\\rtf1\\ansi Löhne}".encode(), "Löhne"),
        ("{\\rtf1\\ansi Löhne}".encode("cp1252"), "Löhne"),
        (rb"{\rtf1\ansi Bild {\pict\pngblip " + b"89504e47" * 200 + rb"} Ende}", "Bild  Ende"),
    ],
    ids=["cp1252", "Unicode", "emoji", "undefined byte", "page", "raw UTF-8", "raw cp1252", "picture"],
)
def test_rtf_letters_come_out_right(raw, read_as):
    assert read(rtf, raw)["text"] == read_as


@pytest.mark.parametrize("across", [True, False], ids=["line by line", "column by column"])
@pytest.mark.parametrize("n", [0, 1], ids=["de", "en"])
def test_pdf_columns_are_read_one_after_the_other(across, n):
    title, _, _, paragraphs = plain.article(n)
    assert read(pdf, plain.two_columns(n, across))["text"].split("\n\n") == [title, " ".join(paragraphs[:2]), paragraphs[2]]


def make_page(lines, x=60, top=740):
    return [(x, top - 12 * number, line) for number, line in enumerate(lines) if line]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Die Firma meldet am Montag die Über-", "nahme des Werks in Musterstadt."], "Die Firma meldet am Montag die Übernahme des Werks in Musterstadt."),
        (["Die Firma regelt nun den Ein-", "und Ausgang der Waren im Werk."], "Die Firma regelt nun den Ein- und Ausgang der Waren im Werk."),
        (["Das sagte am Montag der Nordlicht-", "Chef in seinem Büro in Kiel."], "Das sagte am Montag der Nordlicht-Chef in seinem Büro in Kiel."),
        (["She is a co-founder of the firm, and a co-", "founder of two others as well."], "She is a co-founder of the firm, and a co-founder of two others as well."),
    ],
    ids=["divided", "hyphen and", "name", "own hyphen"],
)
def test_pdf_hyphens_at_line_ends_are_undone_unless_they_are_the_words_own(lines, joined):
    assert read(pdf, plain.pdf([make_page(lines)]))["text"] == joined


def test_pdf_lines_that_head_most_pages_are_left_out_there_only():
    names = ("eins", "zwei", "drei", "vier")
    own = [(f"Auf Seite {name} steht ein Satz, der hier auch endet.", "Musterblatt 7", f"Danach geht es auf Seite {name} noch weiter.") for name in names]
    pages = [make_page(["Musterblatt 1", *("", first, "", middle, "", last), "", "Seite 1 von 4"]) for first, middle, last in own]
    assert read(pdf, plain.pdf(pages))["text"].split("\n\n") == [line for page in own for line in page]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (plain.pdf([[]], pictures=True), "pictures of pages without text; run text recognition"),
        (plain.pdf([[]]), "a PDF without text"),
        (plain.one_column(0)[:300], "damaged or incomplete PDF"),
        (b"%PDF-1.4\nnothing", "damaged or incomplete PDF"),
    ],
    ids=["pictures", "blank", "cut", "nothing"],
)
def test_pdf_without_text_says_why(content, fault):
    with pytest.raises(CorpusError, match=fault):
        read(pdf, content)


@pytest.mark.parametrize(
    ("content", "record"),
    [
        (b"---\nid: de-1\ntitle: Wer zahlt?\n---\n\nDie Firma.\n", {"article": "de-1", "title": "Wer zahlt?", "text": "Die Firma."}),
        (b"---\r\ntitle: A\r\n---\r\nText\r\n", {"title": "A", "text": "Text"}),
        (b"# Wer zahlt?\n\nDie Firma.", {"title": "Wer zahlt?", "text": "\nDie Firma."}),
        (b"--- \nKein Kopf\n---\n", {"text": "--- \nKein Kopf\n---"}),
        ("Löhne der Beschäftigten steigen für alle.".encode("cp1252"), {"encoding": "read as cp1252", "text": "Löhne der Beschäftigten steigen für alle."}),
        ("Lo\u0308hne".encode(), {"text": "Lo\u0308hne"}),
    ],
    ids=["front matter", "CRLF", "heading", "no front matter", "cp1252", "NFD stays"],
)
def test_text_is_read_as_the_corpus_reads_it(content, record):
    assert read(text, content) == record
