"""Reads RTF from Factiva: a list of headlines, then articles parted by page breaks, with codes or in the display format.

Articles are found by the line that closes each, "Document" and the accession number.
"""

import re
from collections.abc import Iterator, Sequence

from .export_text import export_text, peek_text
from .factiva_fields import document_line, find_length, is_publisher, read_codes, read_display
from .found import Found
from .labels import is_rights_line, label_data, list_words
from .press_records import hold_counts, one_line, read_language
from .rtf_text import PAGE, is_rtf

_CODE = re.compile(r"[A-Z]{2,3}")
_BYLINE = re.compile(r"(?:By|BY|Von|VON) \S")
# Between the number of words and the text: date, time, source, code, edition, page, volume, language, copyright.
_LONGEST_LINES = 12


def recognise(head: bytes, name: str) -> bool:
    """Whether an RTF file begins as one from Factiva; pictures may hide it (``recognise_document``)."""
    if not is_rtf(head):
        return False
    return b"Factiva" in head or name.lower().startswith("factiva") or bool(document_line().search(peek_text(head)))


def recognise_document(content: bytes) -> bool:
    """Whether a whole RTF file comes from Factiva."""
    return recognise(content, "")


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for an empty file and one that is not readable.
    """
    text = export_text(content)
    closings = list(document_line().finditer(text))
    starts = [0, *(closing.end() for closing in closings[:-1])]
    headlines = {one_line(line) for line in text[: closings[0].start()].split(PAGE)[0].split("\n")} if closings else set()
    n_heads = len(re.findall(r"^[ \t]*HD(?:[ \t]|$)", text, re.MULTILINE))
    for n, (start, closing) in enumerate(zip(starts, closings, strict=False), 1):
        lines = [line.strip() for line in text[start : closing.start()].rpartition(PAGE)[2].split("\n")]
        yield _read_article(f"article {n}", lines, closing[1], headlines)
    yield from hold_counts([("headlines with code HD", n_heads or None)], len(closings))


def _read_article(place: str, lines: list[str], accession: str, headlines: set[str]) -> Found:
    codes = _read_codes(lines)
    if "HD" in codes and ("LP" in codes or "TD" in codes or "WC" in codes):
        return read_codes(place, {**codes, "AN": [f"Document {accession}"]})
    lines = [line for line in lines if line]
    length = find_length(lines)
    if length is None:
        return Found(place, {"source_id": accession}, problem="neither codes nor the number of words: not a layout that is known")
    start = _find_text(lines, length)
    paragraphs = lines[start:]
    if paragraphs and is_publisher(paragraphs[-1]):
        paragraphs = paragraphs[:-1]
    return read_display(place, lines[length:start], paragraphs, {**_read_top(lines[:length], headlines), "source_id": accession})


def _read_codes(lines: Sequence[str]) -> dict[str, list[str]]:
    """Code → lines: a code stands alone on its line with the value below, or before a tab or bar."""
    known = {code for codes in label_data()["factiva"]["codes"].values() for code in codes}
    codes: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        code, bar, value = line.partition("|")
        code = code.strip()
        # One that is not known is a code only as a cell of a table: "EU" alone may be a line of the text.
        if code in known and (bar or code == line) or bar and _CODE.fullmatch(code):
            current = codes.setdefault(code, [])
            line = value.strip(" |")
        elif _CODE.fullmatch(line) and line in _OTHER_CODES:
            current = codes.setdefault(line, [])
            continue
        if current is not None and line:
            current.append(line)
    return codes


# Codes whose values are no column: they end the value before them.
_OTHER_CODES = frozenset("CR ET VOL CY ART CT CX CLM DLN RF CO IN NS RE IPC IPD NGC GC PUB".split())


def _find_text(lines: Sequence[str], length: int) -> int:
    """Where the text begins: after the copyright, else after the language, among the lines that follow the length."""
    window = range(length + 1, min(length + 1 + _LONGEST_LINES, len(lines)))
    rights = [n for n in window if is_rights_line(lines[n])]
    spoken = [n for n in window if len(lines[n].split()) <= 2 and read_language(lines[n])]
    return (rights[0] if rights else spoken[0] if spoken else length + 4) + 1


def _read_top(lines: Sequence[str], headlines: set[str]) -> dict[str, str]:
    """Section, title and author from the lines before the number of words."""
    display = set(list_words(label_data()["factiva"]["display"]))
    top = [line for line in lines if line not in display][-4:]
    listed = next((n for n, line in enumerate(top) if one_line(line) in headlines), None)
    author = ""
    if len(top) > 1 and (_BYLINE.match(top[-1]) or listed is not None and listed < len(top) - 1):
        author = top.pop()
    if not top:
        return {"author": author}
    title = top[listed] if listed is not None and listed < len(top) else max(top, key=len)
    above = top[: top.index(title)]
    return {"title": title, "author": author, "section": above[-1] if above else ""}
