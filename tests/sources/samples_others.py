"""Small files as Genios, ProQuest, PressReader and Europresse write them, and RIS, made by hand."""

from html import escape

from pieces_press import BARE, ENGLISH, GERMAN, PIECES
from samples_nexis import rtf
from samples_plain import wrap, write_lines

NOTE = "Der Text liegt nur in schlechter Qualität vor. Bitte nutzen Sie das PDF der Seite."
DAYS = {GERMAN: "13.06.2025", ENGLISH: "14.06.25", BARE: "03.03.2014"}


def genios_table(piece, number, *, source="Quelle: {} vom {}, S. 4", bar=":"):
    """The lines of the table below an article."""
    address = f"https://www.wiso-net.de/document/MUST__{number:08d}"
    rows = [source.format(piece.outlet, DAYS[piece]), f"Ressort: {piece.section}", f"Dokumentnummer: MUST__{number:08d}", f"Dauerhafte Adresse des Dokuments: {address}"]
    rows += [f"Alle Rechte vorbehalten: (c) {piece.outlet}"]
    return [row.replace(":", bar, 1) for row in rows if not row.endswith(": ")] + ["© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH"]


def genios_txt(pieces=(GERMAN, ENGLISH), *, announced=None, broken=False, texts=None):
    """The text of a PDF: contents, page heads and feet, articles one after another; ``broken``: a page ends after "Quelle:"."""
    lines = ["Dokumente", "Inhaltsverzeichnis"] + [f"{piece.title} ........ {n}" for n, piece in enumerate(pieces, 2)]
    lines += ["Überzähliger Eintrag ....... 9"] * ((announced or len(pieces)) - len(pieces)) + ["Seite 1 von 70", "Dokumente"]
    for number, piece in enumerate(pieces, 1):
        lines += ["", piece.title, ""]
        for paragraph in (texts or {}).get(piece, piece.paragraphs):
            lines += [paragraph, ""]
        table = genios_table(piece, number)
        if broken:
            table[0] = table[0].replace("Quelle: ", "Quelle:\nSeite 2 von 70\n\fDokumente\n")
        lines += table
    return "\n".join([*lines, "Seite 3 von 70"]).encode()


def genios_rtf(pieces=(GERMAN, ENGLISH), *, table_first=True):
    """RTF with a table and an article on each page, paragraphs told by three blanks."""
    lines = []
    for number, piece in enumerate(pieces, 1):
        table = genios_table(piece, number, source='Quelle: "{}" vom {} Seite: 4', bar=":|")
        text = [piece.title, *(f"   {paragraph}" for paragraph in piece.paragraphs)]
        lines += (table + text if table_first else text + table) + ["\f"]
    return rtf(lines[:-1])


def genios_pdf(pieces=(GERMAN, ENGLISH), *, blank=True, texts=None):
    """The same as a PDF, its lines broken; ``blank``: a blank line parts paragraphs."""
    pages = genios_txt(pieces, texts=texts).decode().replace("\nSeite 1 von 70", "\nSeite 1 von 70\f").split("\f")
    lines = [[row for line in page.split("\n") for row in wrap(line, 80)] for page in pages]
    if not blank:
        lines = [[row for number, row in enumerate(page) if row or {*page[max(0, number - 1) : number + 2]} & {piece.title for piece in pieces}] for page in lines]
    return write_lines(lines)


def genios_html(piece=GERMAN, *, single=False, captcha=False):
    """A saved page of the web view."""
    text = escape(("\n" if single else "\n\n").join(piece.paragraphs))
    text = "<p>Bitte geben Sie die Zeichen ein.</p>" if captcha else f'<pre class="text">{text}</pre>'
    table = "".join(f"<tr><td>{escape(row)}</td></tr>" for row in genios_table(piece, 7))
    return f"<!DOCTYPE html><html><head><title>wiso-net.de</title></head><body><h2>{escape(piece.title)}</h2>{text}<table>{table}</table></body></html>".encode()


PROQUEST_LABELS = {
    "en": ("Author", "Publication title", "Publication date", "Section", "ProQuest document ID", "Language of publication", "Database", "Full text", "Abstract"),
    "de": ("Autor", "Titel der Publikation", "Publikationsdatum", "Bereich", "ProQuest-Dokument-ID", "Publikationssprache", "Datenbank", "Volltext", "Abstract"),
}


def proquest_txt(pieces=(GERMAN, ENGLISH), *, abstract_only=(), announced_more=False):
    """A text file with labels in the language of each piece."""
    parts = ["Report Information from ProQuest\n\nJob: Petra Geheim"]
    for number, piece in enumerate(pieces, 1):
        author, outlet, date, section, number_label, spoken, database, text, abstract = PROQUEST_LABELS[piece.language]
        blocks = [piece.title, f"{author}: {piece.author}", f"{outlet}: {piece.outlet}", f"{abstract}: Kurz gesagt.\n\nUnd noch kürzer."]
        blocks += [] if piece in abstract_only else [f"{text}: " + "\n\n".join(piece.paragraphs)]
        blocks += [f"{date}: {piece.date}", f"{section}: {piece.section}", f"{number_label}: 21700{number}", f"{spoken}: {'German' if piece.language == 'de' else 'English'}"]
        parts.append("\n\n".join([*blocks, f"{database}: Sample Newsstream"]))
    parts.append("Contact us at: www.example.org Copyright © 2025 Beispiel LLC")
    return ("\n" + "_" * 60 + "\n").join(parts).encode()


def pressreader_txt(pieces=(GERMAN, ENGLISH), *, address_first=False, wrapped=False):
    """Copied text with the address of each article before or after it."""
    parts = []
    for number, piece in enumerate(pieces, 1):
        slug = piece.outlet.lower().replace(" ", "-")
        address = f"https://www.pressreader.com/germany/{slug}/{piece.iso.replace('-', '')}/28150{number}67890123"
        texts = [paragraph.replace("Großbäckerei", "Groß-\nbäckerei") for paragraph in piece.paragraphs] if wrapped else list(piece.paragraphs)
        turn = ["Fortsetzung auf Seite 4" if piece.language == "de" else "Continued on page 4"]
        text = "\n\n".join([piece.title, piece.outlet, f"Von {piece.author}", *texts[:1], *turn, *texts[1:]])
        parts.append(f"{address}\n\n{text}" if address_first else f"{text}\n\n{address}")
    return "\n\n".join(parts).encode()


def ris(pieces=PIECES, *, charset="latin-1", last_closed=False):
    """RIS entries; the last one is not closed."""
    entries = [
        f"TY  - NEWS\r\nT1  - {piece.title}\r\nAU  - {piece.author}\r\nAU  - Zweite, Vera\r\nT2  - {piece.outlet}\r\nDA  - {piece.iso.replace('-', '/')}/\r\nAN  - MUST{n}\r\nAB  - eins\r\nAB  - zwei\r\n"
        for n, piece in enumerate(pieces, 1)
    ]
    return ("ER  -\r\n\r\n".join(entries) + ("ER  - \r\n" if last_closed else "")).encode(charset)


FRENCH_DAYS = {GERMAN: "vendredi 13 juin 2025", ENGLISH: "Saturday June 14, 2025", BARE: "lundi 3 mars 2014"}


def europresse_html(pieces=PIECES, *, container=True):
    """The newer layout; ``container`` False: the paragraphs stand right in the section."""
    page = "<!DOCTYPE html><html><body>"
    for number, piece in enumerate(pieces, 1):
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in piece.paragraphs).replace("Konzern", '<mark>Kon</mark>zern').replace("Sundew", "<mark>Sun</mark>dew")
        body = f'<div class="docOcurrContainer">{body}</div>' if container else body
        page += f'<article><header><span class="DocPublicationName">{piece.outlet}, no. 167</span><span class="DocHeader">{piece.section}, {FRENCH_DAYS[piece]}, p. 4</span></header>'
        page += f'<p class="titreArticleVisu">{escape(piece.title)}</p><div class="docAuthors">{piece.author}</div><section>{body}</section><aside><p>Foto: Ein Brot</p></aside>'
        page += f"<footer><p>© 2025 {piece.outlet}. Alle Rechte vorbehalten.</p><p>news·20250613·MB·0q1306_{number}</p><p>Zertifikat für Petra Geheim</p></footer></article>"
    return (page + "</body></html>").encode()


def europresse_old_html(pieces=PIECES):
    """The older layout: a table each, ISO-8859-1, the text bare between breaks."""
    page = '<html><head><meta charset="ISO-8859-1"></head><body>'
    for number, piece in enumerate(pieces, 1):
        text = "<br><br>".join(paragraph.replace("„", '"').replace("“", '"').replace("”", '"') for paragraph in piece.paragraphs)
        page += f'<table><tr><td><span class="DocPublicationName">{piece.outlet}</span><br>{piece.section}, {FRENCH_DAYS[piece]}, p. 4<br><span class="TitreArticleVisu">{piece.title}</span><br>{text}<br>'
        page += f"© 2025 {piece.outlet}. Alle Rechte vorbehalten.<br>news·20250613·MB·0q1306_{number}</td></tr></table>"
    return (page + "</body></html>").encode("cp1252")


ALL = {"genios.txt": genios_txt, "genios.rtf": genios_rtf, "genios.pdf": genios_pdf, "proquest.txt": proquest_txt, "pressreader.txt": pressreader_txt, "europresse.html": europresse_html}
