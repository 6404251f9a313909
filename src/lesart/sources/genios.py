"""Reads what Genios and wiso hand over: RTF, PDF or its text, and saved pages of the web view.

Known from public scripts only, not from a sample: an article is title, text and a small table that begins with "Quelle:";
the table may stand first. Pages hold one article each, or articles run on over pages.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .dates import find_date
from .export_text import export_text, peek_text
from .found import Found
from .html_text import has_class, parse_html, text_of
from .labels import find_label, is_heading, is_rights_line, label_data, labels_of
from .pdf import is_pdf, join_line, join_lines
from .press_records import hold_counts, make_found, one_line
from .rtf_text import PAGE

_FOOT = re.compile(r"\s*(?:Seite|Page) \d{1,5} (?:von|of) \d{1,5}\s*")
_ENTRY = re.compile(r"\s*\S[^\n]*? ?\.{3,}\s*\d{1,5}\s*")
_LONGEST_ENTRY = 300
_BEFORE_DATE = re.compile(r"[\s,;]*(?:\b(?:vom|v\.|den|of))?[\s,]*$")
_NUMBER = re.compile(r"[\s,]*\b(?:Nr|No)\.? ?\S{1,12}$")
_PAGE = re.compile(r"\b(?:S\.|Seite:?|p\.|Page:?)\s*([A-Z]?\d[\w/-]*)")
_ADDRESS = re.compile(r"\s*https?://\S+\s*$")
_PRE = re.compile(rb"""<pre[^>]{0,200}class=["']?[^"'>]{0,60}\btext(?:Compact)?\b""")
# Instead of a text of poor quality stands a note of two or three sentences.
_LONGEST_NOTE = 60
_LEAST_TEXT = 15


class Table(NamedTuple):
    """The lines of an article's table: from, up to, and what it says."""

    start: int
    stop: int
    fields: dict[str, str]


def recognise(head: bytes, name: str) -> bool:
    """Whether a file begins as one from Genios or wiso: RTF, text or a saved page; of a PDF, ``recognise_document`` tells."""
    if b"\x00" in head[:1000] or not re.search(rb"(?i)genios|wiso-net|Dokumentnummer:|Quelle:", head):
        return False
    if _is_html(head):
        return bool(re.search(rb"(?i)genios|wiso-net", head) and _PRE.search(head))
    return _shows_genios(peek_text(head))


def _shows_genios(text: str) -> bool:
    found = {label[0] for line in text.split("\n") if (label := _label(line.replace("|", " ")))}
    return "source" in found and bool(found & {"source_id", "url"} or re.search(r"GBI-Genios|wiso-net\.de", text))


def recognise_document(content: bytes) -> bool:
    """Whether a whole file comes from Genios or wiso: a long table of contents may stand first."""
    return _shows_genios(peek_text(content)) if is_pdf(content) else recognise(content, "")


def _is_html(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for an empty file and one that is not readable.
    """
    if _is_html(content):
        yield from _read_page(content)
        return
    lines, n_entries = _drop_pages(export_text(content))
    tables = _find_tables(lines)
    for n, (table, body) in enumerate(zip(tables, _list_bodies(lines, tables), strict=True), 1):
        paragraphs = _join_lines(body)
        yield _make(f"article {n}", table.fields, "".join(paragraphs[:1]), paragraphs[1:])
    ids = {table.fields["source_id"] for table in tables if table.fields.get("source_id")}
    addresses = {table.fields["url"] for table in tables if table.fields.get("url")}
    announced = [("table of contents", n_entries), ("document numbers", len(ids) or None), ("permanent addresses", len(addresses) or None)]
    yield from hold_counts(announced, len(tables))


def _drop_pages(text: str) -> tuple[list[str], int | None]:
    """The lines without heads and feet of pages and without the table of contents, and how many entries that has."""
    data = label_data()["genios"]
    lines: list[str] = []
    n_entries = 0
    labels = labels_of("genios", "labels")
    for line in text.replace(PAGE, f"\n{PAGE}\n").split("\n"):
        if _FOOT.fullmatch(line) or is_heading(line, data["page_head"]) or is_heading(line, data["contents"]):
            continue
        if len(line) <= _LONGEST_ENTRY and _ENTRY.fullmatch(line):
            n_entries += 1
            continue
        cells = line.replace("|", " ").rstrip()
        lines.append(cells if find_label(cells, labels) else line)
    return lines, n_entries or None


def _label(line: str) -> tuple[str, str] | None:
    return find_label(line, labels_of("genios", "labels"))


def _find_tables(lines: Sequence[str]) -> list[Table]:
    """The tables, each from its line "Quelle:" to the last label or note of rights in a row."""
    tables: list[Table] = []
    n = 0
    while n < len(lines):
        label = _label(lines[n])
        if label and label[0] == "source":
            tables.append(_read_table(lines, n))
            n = tables[-1].stop
        else:
            n += 1
    return tables


def _read_table(lines: Sequence[str], start: int) -> Table:
    fields: dict[str, str] = {}
    stop = n = start
    while n < len(lines) and _is_row(lines[n]):
        label = _label(lines[n])
        if n > start and label and label[0] == "source":
            break
        if n == start and label and not label[1]:  # a page can end between "Quelle:" and its value
            n = next((m for m in range(n + 1, min(n + 6, len(lines))) if lines[m].strip(PAGE + " ")), n)
            label = (label[0], lines[n].strip()) if n > start and not _label(lines[n]) else label
        if label and label[1]:
            fields.setdefault(*label)
        elif _ADDRESS.match(lines[n]):  # too long for the line of its label
            fields.setdefault("url", lines[n].strip())
        stop = n + 1 if lines[n].strip(PAGE + " ") else stop
        n += 1
    return Table(start, stop, fields)


def _is_row(line: str) -> bool:
    return not line.strip(PAGE + " ") or is_rights_line(line) or "GBI-Genios" in line or _ADDRESS.match(line) is not None or _label(line) is not None


def _list_bodies(lines: Sequence[str], tables: Sequence[Table]) -> list[list[str]]:
    """The lines that belong to each table: those of its page, if each page has one; else those before it, or after it."""
    if not tables:
        return []
    breaks = [-1, *(n for n, line in enumerate(lines) if line == PAGE), len(lines)]
    pages = [(a + 1, b) for a, b in zip(breaks, breaks[1:], strict=False) if any(line.strip() for line in lines[a + 1 : b])]
    pages = pages[-len(tables) :]  # a table of contents comes before
    if 1 < len(tables) == len(pages) and all(a <= table.start and table.stop <= b for (a, b), table in zip(pages, tables, strict=True)):
        ranges = [[(a, table.start), (table.stop, b)] for (a, b), table in zip(pages, tables, strict=True)]
    elif _n_words(lines[: tables[0].start]) < _LEAST_TEXT <= _n_words(lines[tables[-1].stop :]):
        nexts = [table.start for table in tables[1:]] + [len(lines)]
        ranges = [[(0, table.start) if n == 0 else (0, 0), (table.stop, stop)] for n, (table, stop) in enumerate(zip(tables, nexts, strict=True))]
    else:
        ranges = [[(before, table.start)] for before, table in zip([0, *(table.stop for table in tables)], tables, strict=False)]
    return [[line.replace(PAGE, "") for a, b in some for line in lines[a:b]] for some in ranges]


def _n_words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _make(place: str, table: dict[str, str], title: str, text: Sequence[str]) -> Found:
    """The article from its table, its title and its paragraphs."""
    fields = {**table, **_read_source(table.get("source", "")), "title": title}
    if not fields.get("section"):
        fields["section"] = fields.get("column", "")
    found = make_found(place, fields, text)
    words = " ".join(text)
    if not found.problem and len(words.split()) <= _LONGEST_NOTE and "PDF" in words and re.search(r"(?i)qualität|quality", words):
        record = {column: value for column, value in found.record.items() if column != "text"}
        return Found(place, record, problem="no text: a note that sends to the PDF of the page")
    return found


def _read_source(value: str) -> dict[str, str]:
    """Outlet, date and page, from the line "Quelle:" in its many forms; the date may be missing.

    >>> _read_source('"Musterblatt" Nr. 065 vom 13.06.25 Seite: 4') == {"outlet": "Musterblatt", "date": "13.06.25", "page": "4"}
    True
    >>> _read_source("Dorfbote, 3.2.2014"), _read_source("Musterblatt Online")
    ({'outlet': 'Dorfbote', 'date': '3.2.2014'}, {'outlet': 'Musterblatt Online'})
    """
    value = one_line(value)
    found = find_date(value, language="de")
    page = _PAGE.search(value, found.end if found else 0)
    stop = found.start if found else page.start() if page else len(value)
    outlet = _NUMBER.sub("", _BEFORE_DATE.sub("", value[:stop])).strip(" ,;\"„“”»«")
    fields = {"outlet": outlet} | ({"date": value[found.start : found.end]} if found else {})
    return fields | ({"page": page[1]} if page else {})


def _join_lines(lines: Sequence[str]) -> list[str]:
    """The title's line, then the paragraphs: at indents of three, else between blank lines, else each line."""
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    head, rest = list(lines[first : first + 1]), lines[first + 1 :]
    blank = [not line.strip() for line in rest]
    if any(line.startswith("   ") for line in rest):
        begins = [line.startswith("   ") or not line.strip() for line in rest]
    elif sum(blank) > 1 and max(map(len, rest)) < 200:
        begins = [n == 0 or blank[n - 1] for n in range(len(rest))]
    elif _is_wrapped(rest):
        return [*map(str.strip, head), *join_lines(rest)]
    else:
        begins = [True] * len(rest)
    paragraphs: list[str] = []
    for line, begin in zip(rest, begins, strict=True):
        if begin or not paragraphs:
            paragraphs.append(line.strip())
        elif line.strip():
            paragraphs[-1] = join_line(paragraphs[-1], line.strip())
    return [paragraph for paragraph in (*map(str.strip, head), *paragraphs) if paragraph]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines end within a sentence."""
    full = [line for line in lines if line.strip()]
    return 2 * sum(bool(re.search(r"[.!?…:][\"“”’»«)]*\s*$", line)) for line in full) < len(full)


def _read_page(content: bytes) -> Iterator[Found]:
    """The article of a saved page of the web view."""
    root = parse_html(content)
    texts = [pre for pre in root.iter("pre") if has_class(pre, "text") or has_class(pre, "textCompact")]
    lines = text_of(root).split("\n")
    table = next(iter(_find_tables(lines)), Table(0, 0, {}))
    title = next((text for heading in root.iter("h1", "h2") if (text := text_of(heading))), "")
    for n, pre in enumerate(texts, 1):
        text = text_of(pre, blank_breaks=False)
        # Blank lines part paragraphs, where there are at least two; else line ends do.
        paragraphs = re.split(r"\n\s*\n" if len(re.findall(r"\n[ \t]*\n", text)) > 1 else r"\n", text)
        yield _make(f"article {n}", table.fields, title, [one_line(paragraph) for paragraph in paragraphs])
    if not texts:
        yield Found("", problem="no text on the page: a captcha or a log-in may stand in its place")
