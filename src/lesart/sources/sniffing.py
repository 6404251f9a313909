"""Tells by its content what a file is, never by its suffix: exports are misnamed as often as not."""

import csv
import io
import json
import re
from collections.abc import Collection

from .columns import is_known, is_named
from .decoding import BOMS

# So much of a file is looked at.
HEAD = 65_536
# Kinds whose rows or records are read one by one, however large the file.
STREAMED = frozenset({"csv", "jsonl", "parquet", "warc"})
# Kinds that no reader takes, and what to do.
REFUSED = {
    "archive": "an archive of a kind that is not read; unpack it, or pack it as ZIP",
    "binary": "neither text nor a format that is known",
    "book": "an e-book; save its text as DOCX or plain text",
    "old_office": "a Word or Excel file of before 2007; save it as DOCX or XLSX",
    "picture": "a picture, sound or film; only text is read",
    "slides": "slides; save the text as DOCX",
    "spreadsheet": "an OpenDocument table; save it as XLSX or CSV",
    "wire": "an agency's wire file (IPTC 7901), which is not read; ask for text or HTML",
    "xml": "XML of a kind that is not known",
}
_FIRST_BYTES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    *((sign, "archive") for sign in (b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")),
    *((sign, "picture") for sign in (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"ID3", b"OggS")),
)
# Which member tells the kind of a ZIP that is one document.
_MEMBERS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "slides",
    "META-INF/container.xml": "book",
    "Index/Document.iwa": "book",
}
_OPEN_DOCUMENTS = {"text": "odt", "spreadsheet": "spreadsheet", "presentation": "slides"}
_MAIL_HEAD = re.compile(r"(?:[A-Za-z][\w-]*: .*\n(?:[ \t]+.*\n)*)*?(?:From: <Saved by|MIME-Version: )", re.IGNORECASE)
# What may stand before the first tag; comments are taken one by one, or the expression would try all ways to part them.
_PROLOGUE = r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_HTML = re.compile(rf"{_PROLOGUE}<(?:!doctype\s+html|html|head|meta|title|body|article|main|section|div|table|h1|p)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rf"{_PROLOGUE}(?:<\?xml-stylesheet[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
# Names of columns have fewer characters and words, sentences more; so many rows with as many cells are a table whatever
# its columns are called.
_LONGEST, _MOST_WORDS, _ROWS = 60, 4, 5
_DELIMITERS = ",;\t|"


def tell_kind(head: bytes, members: Collection[str] = (), mimetype: str = "", *, named: Collection[str] = ()) -> str:
    """The kind of file: docx, xlsx, odt, zip, gzip, rtf, pdf, parquet, warc, mht, html, json, jsonl, csv, text, empty, or one of REFUSED.

    ``head`` is the file's first 64 kB, ``members`` the names in it if it is a ZIP, ``mimetype`` the content of the member
    of that name, ``named`` the names of columns that somebody stated.

    >>> tell_kind(b"{\\\\rtf1 Guten Tag}"), tell_kind("Die Löhne steigen.".encode()), tell_kind(b"title;text\\nA;B\\n")
    ('rtf', 'text', 'csv')
    """
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare.strip(b"\x00"):
        return "binary" if bare else "empty"
    kind = next((kind for sign, kind in _FIRST_BYTES if bare.startswith(sign)), "")
    if kind == "zip":
        return _tell_zip(members, mimetype)
    if kind or b"%PDF-" in bare[:1024]:
        return kind or "pdf"
    text = _read_head(head)
    return _tell_text(text.lstrip(), named) if text is not None else _tell_binary(head)


def _tell_zip(members: Collection[str], mimetype: str) -> str:
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        return _OPEN_DOCUMENTS.get(mimetype.rsplit(".", 1)[1].strip(), "binary")
    return next((kind for member, kind in _MEMBERS.items() if member in members), "zip")


def _tell_binary(head: bytes) -> str:
    if re.match(rb"\x01[A-Za-z]{2,}", head):
        return "wire"
    return "picture" if head[4:8] == b"ftyp" else "binary"


def _read_head(head: bytes) -> str | None:
    """The head as text with LF line ends, or None when it is none; the last character may be cut."""
    text = _decode_head(head)
    return text.replace("\r\n", "\n").replace("\r", "\n") if text is not None else None


def _decode_head(head: bytes) -> str | None:
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, "replace")
    if len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)) > len(head) / 200:
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as fault:
        cut = fault.start > len(head) - 4
        return head.decode("utf-8" if cut else "latin-1", "replace")


def _tell_text(text: str, named: Collection[str]) -> str:
    if re.match(r"TY  ?- ?[A-Z]{2,10}\s", text):
        return "references"
    if _MAIL_HEAD.match(text[:20_000]):
        return "mht"
    if text.startswith("<"):
        return _tell_markup(text)
    if re.match(r"\{\s*[\"}]|\[\s*[\{\]]", text):
        return _tell_json(text)
    return "csv" if _is_table(text, named) else "text"


def _tell_markup(text: str) -> str:
    if _FEED.match(text):
        return "feed"
    if _HTML.match(text) or re.search(r"<html\b", text[:10_000], re.IGNORECASE):
        return "html"
    return "xml" if text.startswith(("<?xml", "<!")) or re.match(r"<[\w:.-]+[^<>]*>\s*<", text) else "text"


def _tell_json(text: str) -> str:
    first, _, rest = text.partition("\n")
    try:
        json.loads(first)
    except ValueError:
        # The head can end within the first line of a file of long lines.
        return "jsonl" if text.startswith("{") and "\n" not in text and len(text) >= HEAD // 4 else "json"
    return "jsonl" if first.startswith("{") and rest.lstrip().startswith("{") else "json"


def tell_delimiter(text: str) -> str:
    """What parts the columns of a table in text: the sign that most of its first line's gaps have, "" when there is none."""
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count) if any(sign in first for sign in _DELIMITERS) else ""


def has_text_column(head: bytes, *, named: Collection[str] = ()) -> bool:
    """Whether the first line of a table in text names a column with the text, or a stated one.

    >>> has_text_column(b"url;body\\nx;y\\n"), has_text_column(b"url;title\\nx;y\\n")
    (True, False)
    """
    first = (_read_head(head) or "").lstrip("\ufeff").split("\n", 1)[0].strip()
    names = next(csv.reader([first], delimiter=tell_delimiter(first) or ","), [])
    return any(is_named(name, "text") or name in named for name in names)


def _is_table(text: str, named: Collection[str]) -> bool:
    """Whether the first line names columns: known or stated ones, or others if the lines that follow have as many cells."""
    delimiter = tell_delimiter(text)
    names = next(csv.reader([text.split("\n", 1)[0].strip()], delimiter=delimiter)) if delimiter else []
    if len(names) < 2 or len(set(names)) < len(names) or any(len(name) > _LONGEST for name in names):
        return False
    if not {*named}.isdisjoint(names):
        return True
    if delimiter == "," and all(name.startswith(" ") for name in names[1:]):
        return all(is_known(name) for name in names)  # a sentence has a space after each comma
    return any(is_named(name, "text") for name in names) or _has_rows(text, delimiter, names)


def _has_rows(text: str, delimiter: str, names: list[str]) -> bool:
    if any(len(name.split()) > _MOST_WORDS or re.search(r"[.!?…:][\"“”’»«)]*\s*$", name) for name in names):
        return False
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row][1:]
    except csv.Error:  # a cell longer than the module allows
        return True
    enough = len(rows) >= _ROWS or (len(rows) and len(names) > 2)  # a few sentences may have a comma each
    return enough and sum(len(row) == len(names) for row in rows) >= 0.8 * len(rows)
