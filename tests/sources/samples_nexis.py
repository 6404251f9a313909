"""Small files as Nexis writes them, made by hand: Word, RTF, text, HTML."""

import io
import textwrap
import zipfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pieces_press import BARE, ENGLISH, GERMAN, PIECES
from samples_plain import wrap, write_lines

NBSP = "\u00a0"
LINK = "https://advance.example/api/document?collection=news&id=urn:contentItem:6ABC-0001-DEF2-{:04d}-00000-00&context=1"


class Word:
    """A Word file as Nexis Uni lays it out."""

    def __init__(self):
        self.document = docx.Document()
        self.n_marks = 0

    def line(self, *runs, mark=None, outline=False, link=None):
        """A paragraph; a run is a text, or (text, bold)."""
        paragraph = self.document.add_paragraph()
        if mark:
            self._mark(paragraph, mark)
        if outline:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), "0")
            paragraph._p.get_or_add_pPr().append(level)
        for run in runs:
            text, bold = run if isinstance(run, tuple) else (run, False)
            if link:
                self._link(paragraph, text, link)
            else:
                paragraph.add_run(text).bold = bold or None
        return paragraph

    def _mark(self, paragraph, name):
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            element = OxmlElement(tag)
            element.set(qn("w:id"), str(self.n_marks))
            if tag == "w:bookmarkStart":
                element.set(qn("w:name"), name)
            paragraph._p.append(element)
        self.n_marks += 1

    def _link(self, paragraph, text, address):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.document.part.relate_to(address, kind, is_external=True))
        link.append(paragraph.add_run(text)._r)
        paragraph._p.append(link)

    def cover(self, titles, *, n=None):
        self.line("User Name: Petra Geheim (petra.geheim@example.org)")
        self.line("Date and Time: Friday, 5. July 2025 09:31:00 CEST")
        self.line("Job Number: Job Number 4711")
        self.line(f"Documents ({n or len(titles)})")
        for number, title in enumerate(titles, 1):
            self.line(f"{number}. {title}", link=LINK.format(number))
            self.line("Client/Matter: -None-")
            self.line("Search Terms: geheime AND suchworte")
            self.line("Search Type: Terms and Connectors")
            self.line("Narrowed by: ")
            self.line()
            self.document.add_table(2, 2).cell(0, 0).text = "Content Type"

    def article(self, piece, number, **options):
        """An article; options: bookmarks, body_heading, links, hit, length, load_date, end, end_word, after, n_bylines."""
        marks, link = options.get("bookmarks", True), LINK.format(number) if options.get("links", True) else None
        self.line(mark=f"Bookmark_{number}" if marks else None)
        self.line(piece.title, outline=options.get("outline", True), link=link)
        self.line(piece.outlet)
        if piece.date:
            self.line(piece.date)
        self.line()
        self.line(f"\nCopyright 2025 {piece.outlet} All Rights Reserved")
        if piece.section:
            self.label("Section", f"{piece.section}; Pg. 4")
        self.label("Length", f"{options.get('length', piece.n_words)} words")
        if piece.author:
            for _ in range(options.get("n_bylines", 1)):
                self.label("Byline", f"By {piece.author}")
        if piece.highlight:
            self.label("Highlight", piece.highlight)
        if options.get("body", True):
            self.line((options.get("body_heading", "Body"), True), mark=f"Body_{number - 2}".replace("Body_-1", "Body") if marks else None)
            self.line(), self.line()
            for paragraph in piece.paragraphs:
                hit = options.get("hit")
                cut = paragraph.find(hit) + 3 if hit and hit in paragraph else 0
                self.line((paragraph[:cut], True), paragraph[cut:]) if cut else self.line(paragraph)
        for heading, *lines in options.get("after", ()):
            self.line((heading, True)), self.line()
            for line in lines:
                self.line(line)
        self.tail(piece, **options)

    def tail(self, piece, **options):
        self.line(("Classification", True)), self.line(), self.line()
        self.label("Language", {"de": "GERMAN; DEUTSCH", "en": "ENGLISH"}[piece.language])
        self.label("\nPublication-Type", "Newspaper")
        self.label("\nSubject", "BAKERIES (93%); MERGERS (90%)")
        if options.get("load_date", True):
            self.label("\nLoad-Date", "June 15, 2025")
        if options.get("end", True):
            self.line(("\n" + options.get("end_word", "End of Document"), True))

    def label(self, name, value):
        self.line((f"{name}:", True), NBSP + value)

    def content(self, *, count=None):
        buffer = io.BytesIO()
        self.document.save(buffer)
        return add_property(buffer.getvalue(), count) if count is not None else buffer.getvalue()


def add_property(content, count):
    """A Word file with Nexis's article count among its properties."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(
            "docProps/custom.xml",
            '\ufeff<?xml version="1.0" encoding="utf-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
            f'pid="2" name="LADocCount"><vt:lpwstr>{count}</vt:lpwstr></property></Properties>',
        )
    return buffer.getvalue()


def nexis_docx(pieces=PIECES, *, cover=True, announced=None, **options):
    """A DOCX file with a cover and the pieces."""
    word = Word()
    if cover:
        word.cover([piece.title for piece in pieces], n=announced)
    for number, piece in enumerate(pieces, 1):
        word.article(piece, number, **options)
    return word.content(count=(announced or len(pieces)) + cover)


def rtf_escape(text):
    signs = (c if ord(c) < 128 and c not in "\\{}" else f"\\{c}" if c in "\\{}" else rf"\'{ord(c):02x}" if ord(c) < 256 else rf"\u{ord(c)}?" for c in text)
    return "".join(signs).replace("\n", "\\line ")


def rtf(lines):
    """An RTF file with a paragraph per line; a form feed is a page break."""
    body = "".join("\\page " if line == "\f" else f"\\pard {rtf_escape(line)}\\par\n" for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}}{\\pict\\pngblip " + "89504e47" * 200 + "}\n" + body + "}").encode("ascii")


def nexis_lines(pieces=(GERMAN, ENGLISH), *, announced=None):
    """The lines of an RTF file from Nexis Uni: cover, list, articles."""
    lines = ["User Name: Petra Geheim", "Job Number: Job Number 4711", f"Documents ({announced or len(pieces)})"]
    for number, piece in enumerate(pieces, 1):
        lines += [f"{number}.", piece.title, "Client/Matter: -None-", "Search Terms: geheime AND suchworte", ""]
    lines += ["", "_" * 30, ""]
    for piece in pieces:
        lines += [piece.title, piece.outlet, piece.date, "", f"Copyright 2025 {piece.outlet}", "All Rights Reserved", f"Section:{NBSP}{piece.section}; Pg. 4"]
        lines += [f"Length:{NBSP}{piece.n_words} words", f"Byline:{NBSP}{piece.author}", "Body", "", "", *piece.paragraphs, "Classification", ""]
        lines += [f"Language:{NBSP}{'GERMAN' if piece.language == 'de' else 'ENGLISH'}", f"Load-Date:{NBSP}June 15, 2025", "", "End of Document", ""]
    return [*lines, "Page 1 of 2"]


def nexis_rtf(pieces=(GERMAN, ENGLISH), *, announced=None):
    return rtf(nexis_lines(pieces, announced=announced))


def nexis_pdf(pieces=(GERMAN, ENGLISH), *, announced=None):
    """The same as a PDF: its lines are broken, a gap stands between paragraphs."""
    paragraphs = {paragraph for piece in pieces for paragraph in piece.paragraphs}
    return write_lines([[row for line in nexis_lines(pieces, announced=announced) for row in [*wrap(line.replace(NBSP, " "), 80), *([""] if line in paragraphs else [])]]])


def _wrap(text, indent=""):
    return "\r\n".join(textwrap.wrap(text, 79, break_on_hyphens=False, initial_indent=indent, subsequent_indent=indent))


def _centre(text):
    return text.center(79).rstrip()


GERMAN_LABELS = ("AUTOR", "RUBRIK", "LÄNGE", "Wörter", "UPDATE: 14. Juni 2025", "SPRACHE: GERMAN; DEUTSCH", "GRAFIK: Foto: Brot im Ofen", "ZEITUNGS-CODE: MB")
ENGLISH_LABELS = ("BYLINE", "SECTION", "LENGTH", "words", "LOAD-DATE: June 15, 2025", "LANGUAGE: ENGLISH", "GRAPHIC: PHOTO: Bread", "PUBLICATION-TYPE: Newspaper")
COVER_DE = ["Ausgabeauftrag: Dokument(e): 1-{n}", "Begriffe: geheime AND suchworte", "Project ID: Job Number 4711"]


def text_blocks(piece, number, n, *, mark="{} of {} DOCUMENTS"):
    """The blocks of an article in the older text layout."""
    author, section, length, words, *tail = GERMAN_LABELS if piece.language == "de" else ENGLISH_LABELS
    head = [_centre(mark.format(number, n)), _centre(piece.outlet), f"{_centre(piece.date)}\r\n{_centre('Late Edition - Final')}"]
    head.append(f"{_wrap(piece.title)};\r\nEin erfundener Untertitel" if piece is GERMAN else _wrap(piece.title))
    labels = [f"{author}: {piece.author}"] if piece.author else []
    labels += [f"{section}: {piece.section.upper()}; S. 4 Ausg. 167"] if piece.section else []
    labels += [f"{length}: {piece.n_words} {words}"] + ([f"HIGHLIGHT: {piece.highlight}"] if piece.highlight else [])
    return [*head, *map(_wrap, labels), *map(_wrap, piece.paragraphs), *tail, f"{_centre(f'Copyright 2025 {piece.outlet}')}\r\n{_centre('Alle Rechte vorbehalten')}"]


def nexis_txt(pieces=PIECES, *, cover=True, announced=None, mark="{} of {} DOCUMENTS"):
    """A text file of the older layout, UTF-8 with its mark and CRLF."""
    n = announced or len(pieces)
    blocks = [line.format(n=n) for line in COVER_DE] if cover else []
    for number, piece in enumerate(pieces, 1):
        blocks += text_blocks(piece, number, n, mark=mark)
    return ("\ufeff" + "\r\n\r\n".join(blocks) + "\r\n").encode()


def _div(number, *paragraphs):
    return f'<BR><DIV CLASS="c{number}">' + "".join(f'<P CLASS="c1"><SPAN CLASS="c2">{p}</SPAN></P>' for p in paragraphs) + "</DIV>\n"


def _entities(text):
    return "".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in text).replace("&#196;", "&Auml;")


def nexis_html(pieces=PIECES, *, announced=None, hit="Konzern", logo=False):
    """An HTML file of the older layout: flat, numbered anchors, labels in spans, hits coloured inside words."""
    n = announced or len(pieces)
    page = f'<HTML><HEAD><META NAME="nexis" DOCUMENTS="{n}"><TITLE>x</TITLE></HEAD><BODY>\n'
    for number, piece in enumerate(pieces, 1):
        author, section, length, words, *tail = GERMAN_LABELS if piece.language == "de" else ENGLISH_LABELS
        page += f'<!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n<A NAME="DOC_ID_{number - 1}_0"></A>\n'
        page += _div(0, f"{number} of {n} DOCUMENTS") + (_div(3, '<IMG SRC="logo.gif">') if logo else _div(3, piece.outlet)) + _div(4, piece.date)
        page += _div(5, _entities(piece.title))
        for label, value in ((author, piece.author), (section, piece.section), (length, f"{piece.n_words} {words}"), ("HIGHLIGHT", piece.highlight)):
            page += _div(6, f"{_entities(label)}: </SPAN><SPAN>{_entities(value)}") if value else ""
        cut = f'{hit[:3]}<SPAN STYLE="color:#CC0033">{hit[3:]}</SPAN>'
        page += _div(7, *(_entities(p).replace(hit, cut) for p in piece.paragraphs)) + "".join(_div(6, _entities(line)) for line in tail)
        page += _div(8, f"Copyright 2025 {piece.outlet}<BR>Alle Rechte vorbehalten") + "<!-- \n</DOCFULL> </DOC> -->\n"
    return (page + "</BODY></HTML>").encode("ascii")


ALL = {"Files(3).DOCX": nexis_docx, "Nexis_2025.RTF": nexis_rtf, "Nexis_2025.PDF": nexis_pdf, "nexis_alt.TXT": nexis_txt, "nexis_alt.HTML": nexis_html}
ONE_EACH = {"001_Nordlicht.DOCX": GERMAN, "002_Length.DOCX": ENGLISH, "003_Brunnen.DOCX": BARE}
