"""Files that anybody may have: text, Word, OpenDocument, RTF, PDF, tables, archives, and broken ones; all made by hand."""

import csv
import gzip
import io
import json
import os
import zipfile

import pandas as pd

GERMAN = (
    "Das Werk in Musterstadt gehört seit Montag der Firma Nordlicht {n} aus Kiel, wie die Käuferin mitteilte.",
    "Die Löhne der 240 Beschäftigten sollen bis zum Jahresende bleiben, wie sie sind, sagte die Sprecherin {n}.",
    "„Für Überstunden wird nicht weniger gezahlt als bisher“, heißt es in dem Schreiben an den Betriebsrat {n}.",
)
ENGLISH = (
    "The plant in Sampleton has belonged to the firm of Northlight {n} since Monday, the buyer said.",
    "The wages of its 240 workers will stay as they are until the end of the year, said spokeswoman {n}.",
    "“No one will be paid less for working long hours than before,” says a letter to the works council {n}.",
)
HEAD = ("title", "outlet", "date", "text")


def article(n):
    """Title, outlet, date and paragraphs of the n-th made-up article: even ones are German, odd ones English."""
    german = n % 2 == 0
    title = f"Nordlicht kauft Werk {n:03d}" if german else f"Northlight buys plant {n:03d}"
    paragraphs = [sentence.format(n=f"{n:03d}") for sentence in (GERMAN if german else ENGLISH)]
    return title, "Musterblatt" if german else "Sample Post", f"2025-06-{n % 28 + 1:02d}", paragraphs


def row(n):
    title, outlet, date, paragraphs = article(n)
    return dict(zip(HEAD, (title, outlet, date, "\n\n".join(paragraphs)), strict=True))


def markdown(n):
    title, outlet, date, paragraphs = article(n)
    return f"---\ntitle: {json.dumps(title)}\noutlet: {outlet}\ndate: {date}\n---\n\n".encode() + "\n\n".join(paragraphs).encode()


def plain(n, encoding="utf-8"):
    title, _, _, paragraphs = article(n)
    return "\r\n\r\n".join([title, *paragraphs]).encode(encoding)


def garbled(n):
    """UTF-8 that was read as cp1252, as browsers do, and saved as UTF-8 again."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in plain(n)).encode()


def word(n):
    from docx import Document

    title, _, _, paragraphs = article(n)
    document = Document()
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def open_document(n):
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    title, _, _, paragraphs = article(n)
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=title))
    for paragraph in paragraphs:
        document.text.addElement(P(text=paragraph))
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def rich_text(n):
    title, _, _, paragraphs = article(n)
    escaped = "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in "\\par\\par ".join([title, *paragraphs]))
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}{escaped}}}".encode("ascii")


def pdf(pages, pictures=False):
    """A PDF of one font; a page is a list of (x, y, text) in points."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"]
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    objects.append(picture)
    kids = []
    for page in pages:
        shown = "".join(f"BT /F1 8 Tf 1 0 0 1 {x} {y} Tm <{text.encode('cp1252').hex()}> Tj ET\n" for x, y, text in page)
        shown = "q 500 0 0 700 50 50 cm /P1 Do Q\n" if pictures else shown
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        resources = "<< /Font << /F1 3 0 R >>" + (" /XObject << /P1 4 0 R >>" if pictures else "") + " >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources {resources} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (content if isinstance(content, bytes) else content.encode("latin-1")) + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def wrap(text, width):
    """Lines of at most so many characters; a word longer than six that does not fit is divided."""
    lines, line = [], ""
    for token in text.split():
        room = width - len(line) - 2
        if len(line) + len(token) + 1 <= width:
            line = f"{line} {token}".strip()
        elif len(token) > 6 and room > 3 and token[: room + 3].isalpha():
            lines.append(f"{line} {token[:room]}-".strip())
            line = token[room:]
        else:
            lines.append(line)
            line = token
    return [*lines, line]


def write_lines(pages):
    """A PDF of pages of lines; a page that is too long goes on on the next."""
    parts = [page[start : start + 58] for page in pages for start in range(0, len(page), 58)]
    return pdf([[(60, 740 - 12 * number, line) for number, line in enumerate(part) if line] for part in parts])


def one_column(n):
    title, _, _, paragraphs = article(n)
    lines = [title, "", *(line for paragraph in paragraphs for line in [*wrap(paragraph, 70), ""])]
    return pdf([[(60, 740 - 12 * number, line) for number, line in enumerate(lines) if line]])


def two_columns(n, across=True):
    """A page of two columns; ``across``: its lines stand in the file from left to right, not column by column."""
    title, _, _, paragraphs = article(n)
    left = wrap(paragraphs[0] + " " + paragraphs[1], 40)
    right = wrap(paragraphs[2], 40)
    lines = [(60 + 260 * side, 700 - 12 * number, line) for side, column in enumerate((left, right)) for number, line in enumerate(column)]
    return pdf([[(60, 740, title), *(sorted(lines, key=lambda line: -line[1]) if across else lines)]])


def comma_table(numbers, delimiter=",", encoding="utf-8", names=HEAD):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([names, *(row(n).values() for n in numbers)])
    return buffer.getvalue().encode(encoding)


def sheet(numbers):
    from openpyxl import Workbook

    book = Workbook()
    for cells in [HEAD, *(tuple(row(n).values()) for n in numbers)]:
        book.active.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet(numbers):
    buffer = io.BytesIO()
    pd.DataFrame([row(n) for n in numbers]).to_parquet(buffer)
    return buffer.getvalue()


def pack(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb():
    return pack({f"{n}.txt": bytes(4_000_000) for n in range(4)})


def without_articles():
    from docx import Document

    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


CONSENT = """Willkommen bei Musterblatt
Um unser Angebot zu nutzen, stimmen Sie bitte der Verwendung von Cookies und dem Tracking zu.
Wir und unsere 180 Partner verarbeiten personenbezogene Daten, um personalisierte Werbung zu zeigen.
Ihre Einwilligung können Sie jederzeit widerrufen. Einstellungen verwalten
Mit Werbung weiterlesen oder ein PUR-Abo abschließen. Alle akzeptieren
"""


def list_good():
    """Names of files with articles and their contents, and the numbers of the articles."""
    one = {
        "de/a.md": markdown, "notes/b.txt": plain, "word/c.docx": word, "d.odt": open_document, "rtf/e.rtf": rich_text, "pdf/one.pdf": one_column,
        "pdf/two.pdf": two_columns, "mended.txt": garbled, "utf16.txt": lambda n: plain(n, "utf-16"), "windows.txt": lambda n: plain(n, "cp1252"),
        "OLD.DOC": rich_text, "no suffix": word, "page.txt": open_document, "Löhne (2).text": markdown, "f.gz": lambda n: gzip.compress(plain(n), mtime=0),
    }  # fmt: skip
    files = {f"{copy}/{name}": make(15 * copy + n) for copy in range(2) for n, (name, make) in enumerate(one.items())}
    many = {
        "table.csv": comma_table, "semicolons.csv": lambda ns: comma_table(ns, ";"), "tabs.dat": lambda ns: comma_table(ns, "\t"),
        "windows.csv": lambda ns: comma_table(ns, ";", "cp1252"), "german.csv": lambda ns: comma_table(ns, ";", names=("Überschrift", "Quelle", "Datum", "Volltext")),
        "sheet.xlsx": sheet, "list.json": lambda ns: json.dumps([row(n) for n in ns]).encode(),
        "wrapped.json": lambda ns: json.dumps({"status": "ok", "articles": [row(n) for n in ns]}, ensure_ascii=False).encode(),
        "lines.jsonl": lambda ns: "\n".join(json.dumps(row(n)) for n in ns).encode(), "table.parquet": parquet,
        "texts.zip": lambda ns: pack({f"folder/{n}.txt": plain(n) for n in ns}), "words.zip": lambda ns: pack({f"{n}.DOCX": word(n) for n in ns}),
        "nested.zip": lambda ns: pack({"inner.zip": pack({f"{n}.md": markdown(n) for n in ns})}),
        "packed.csv.gz": lambda ns: gzip.compress(comma_table(ns), mtime=0), "misnamed.pdf": lambda ns: pack({f"{n}.rtf": rich_text(n) for n in ns}),
    }  # fmt: skip
    return files | {f"many/{name}": make([30 + 3 * n, 31 + 3 * n, 32 + 3 * n]) for n, (name, make) in enumerate(many.items())}, range(75)


def list_broken():
    """Names of files without an article, their contents, and a part of the reason that is given."""
    return {
        "bad/cut.docx": (word(900)[:3_000], "damaged or incomplete"),
        "bad/cut.zip": (pack({"a.txt": plain(901), "b.txt": plain(902)})[:-80], "damaged or incomplete"),
        "bad/picture.docx": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
        "bad/empty.txt": (b"", "empty file"),
        "bad/blank.md": (b" \n\n ", "empty file"),
        "bad/binary.txt": (bytes(range(256)) * 40, "neither text nor a format that is known"),
        "bad/lost.txt": (plain(904).decode("ascii", "replace").encode(), "letters are lost"),
        "bad/no-articles.docx": (without_articles(), "no text"),
        "bad/scan.pdf": (pdf([[], []], pictures=True), "pictures of pages"),
        "bad/cut.pdf": (one_column(905)[:200], "PDF"),
        "bad/bomb.zip": (bomb(), "as no text does"),
        "bad/climbs.zip": (pack({"../../climbed.txt": plain(906)}), "leads out of its archive"),
        "bad/deep.zip": (pack({"1.zip": pack({"2.zip": pack({"a.txt": plain(907)})})}), "archive within an archive"),
        "bad/old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007"),
        "bad/consent.txt": (CONSENT.encode(), "consent page"),
        "bad/titles-only.csv": (b"title;date;snippet\nA;2025-06-13;x\nB;2025-06-14;y\n", "no column is plainly the text"),
        "bad/open.md": (b"---\ntitle: x\n\nDie Firma zahlt.", "front matter is not closed"),
        "bad/cut.parquet": (parquet([908])[:500], "cannot be read"),
        "bad/cut.json": (json.dumps([row(909)])[:200].encode(), "not JSON"),
        "bad/cut.gz": (gzip.compress(plain(910), mtime=0)[:60], "damaged or incomplete gzip"),
        "bad/books.ris": (b"TY  - NEWS\nTI  - A title\nER  - \n", "RIS"),
    }


def write(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def write_large(path, size=200_000_000):
    """A text of that size that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plain(911))
    os.truncate(path, size)


def build(folder):
    """Writes the good files; the titles of the articles in them, each once."""
    files, numbers = list_good()
    write(folder, files)
    write(folder, {"again/same.docx": word(0), "again/same.csv": comma_table([0, 1])})
    return [article(n)[0] for n in numbers]
