"""Reads text copied from PressReader: paper and date come from the address that stands with it.

No export of PressReader is known in public; this reads what users bring: a text whose first or last line holds the
address pressreader.com/country/paper/YYYYMMDD/id. Saved pages are web pages and not for this reader.
"""

import re
from collections.abc import Iterator, Sequence

from .dates import is_date_line, read_date
from .export_text import export_text
from .found import Found
from .labels import label_data, list_words
from .press_records import make_found

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?pressreader\.com/(?:article/(\d{6,20})|([\w%-]{1,60})/([\w%-]{1,120})/(\d{8})(?:/(\d{6,20}))?)[^\s]{0,200}")
_BYLINE = re.compile(r"(?:By|BY|Von|VON) [^\n.]{3,80}")
# Among so many lines at the top stand paper, date and author.
_LONGEST_HEAD = 6
_LONGEST_BYLINE = 8
# "Quelle: https://…" stands alone; in a longer line the address is part of a sentence.
_LONGEST_ADDRESS_LINE = 3


def recognise(head: bytes, name: str) -> bool:
    """Whether a text file names an address of PressReader near its beginning."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return start not in (b"<", b"{", b"") and b"\x00" not in head[:1000] and bool(_ADDRESS.search(head.decode("utf-8", "replace")))


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order; how many there should be stands nowhere.

    Raises CorpusError for an empty file.
    """
    text = export_text(content)
    lines = text.split("\n")
    marks = [(n, found) for n, line in enumerate(lines) if (found := _ADDRESS.search(line)) and len(line.split()) <= _LONGEST_ADDRESS_LINE]
    if not marks:
        yield Found("", problem="no address of PressReader on a line of its own: neither paper nor date is known")
        return
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    leads = marks[0][0] == first
    edges = [n for n, _ in marks]
    parts = zip(edges, [*edges[1:], len(lines)], strict=True) if leads else zip([-1, *edges[:-1]], edges, strict=True)
    for number, ((_, found), (start, stop)) in enumerate(zip(marks, parts, strict=True), 1):
        yield _read_part(f"article {number}", lines[start + 1 : stop], found)


def _read_part(place: str, lines: Sequence[str], address: re.Match) -> Found:
    blocks = _split_paragraphs(_drop_turns(lines))
    paper, day = address[3] or "", address[4] or ""
    url = address[0].rstrip(".,;)")
    fields = {"title": blocks[0] if blocks else "", "url": url if url.startswith("http") else f"https://{url}", "source_id": address[5] or address[1] or ""}
    fields |= {"outlet": paper, "date": read_date(f"{day[:4]}-{day[4:6]}-{day[6:]}") if day else ""}
    body = blocks[1:]
    for _ in range(_LONGEST_HEAD):
        column = _told_by(body[0], paper) if body else ""
        if not column:
            break
        if column != "date" or not fields["date"]:
            fields[column] = body[0]
        body = body[1:]
    return make_found(place, fields, body)


def _told_by(line: str, paper: str) -> str:
    """Which column a short line at the top fills; "" for a paragraph of the text."""
    if len(line.split()) > _LONGEST_BYLINE:
        return ""
    if paper and _letters(line) == _letters(paper):
        return "outlet"
    if is_date_line(line):
        return "date"
    return "author" if _BYLINE.fullmatch(line) else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).casefold()


def _drop_turns(lines: Sequence[str]) -> list[str]:
    """The lines without those that lead from page to page."""
    turns = re.compile("|".join(f"(?:{turn})" for turn in list_words(label_data()["pressreader"]["turns"])), re.IGNORECASE)
    return [line for line in lines if not turns.fullmatch(line.strip(" .…>»()[]"))]


def _split_paragraphs(lines: Sequence[str]) -> list[str]:
    """Paragraphs between blank lines, hyphens at line ends undone; without blank lines each line is one."""
    blank = [not line.strip() for line in lines]
    if not any(blank[1:-1]):
        return [line.strip() for line in lines if line.strip()]
    paragraphs: list[str] = []
    for line, after_blank in zip(lines, [True, *blank[:-1]], strict=True):
        if not line.strip():
            continue
        if after_blank or not paragraphs:
            paragraphs.append(line.strip())
        else:
            paragraphs[-1] = join_hyphen(paragraphs[-1], line.strip())
    return paragraphs


def join_hyphen(before: str, after: str) -> str:
    """Two lines as one: a word parted by a hyphen is made whole, "Vor- und Nachteile" is not.

    >>> join_hyphen("die Anteils-", "eigner"), join_hyphen("Vor-", "und Nachteile"), join_hyphen("die Meta-", "Aktie")
    ('die Anteilseigner', 'Vor- und Nachteile', 'die Meta-Aktie')
    """
    if not re.search(r"\w[-\u2010]$", before):
        return f"{before} {after}"
    if after.split()[0] in list_words(label_data()["pressreader"]["joining"]):
        return f"{before} {after}"
    return (before[:-1] if after[0].islower() else before) + after
