"""Reads RIS files: reference data of articles, without their texts.

Databases export RIS for reference managers. No text comes with it, so no entry is an article: each is listed with its
data, to be joined with texts held elsewhere by url, number, or title and date.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from .export_text import export_text
from .found import Found
from .press_records import hold_counts, make_found

# Column → tags, the first that is filled counts. Genios spreads a title over T1 to T5.
_TAGS = {
    "title": ("TI", "T1"),
    "outlet": ("T2", "JO", "JF", "JA"),
    "date": ("DA", "Y1", "PY"),
    "author": ("AU", "A1"),
    "section": ("SE",),
    "page": ("SP",),
    "url": ("UR",),
    "language": ("LA",),
    "source_id": ("AN", "ID"),
    "abstract": ("AB", "N2", "N1"),
}
_START = re.compile(r"^TY  ?-", re.MULTILINE)
_END = re.compile(r"^ER  ?-", re.MULTILINE)


def read(content: bytes, name: str) -> Iterator[Found]:
    """Each entry of a file with its data and the reason why it is no article, then a place "" where entries were lost.

    Raises CorpusError for an empty file.
    """
    text = export_text(content).strip()
    # rispy loses a first entry after a byte order mark, a last one without ER, and all abstracts but the first: the
    # mark is gone, each entry is closed here, and fields of a tag are gathered.
    starts = [found.start() for found in _START.finditer(text)]
    for n, (start, stop) in enumerate(pairwise([*starts, len(text)]), 1):
        fields = _read_entry(_END.split(text[start:stop])[0])
        found = make_found(f"entry {n}", fields, [])
        yield Found(found.place, found.record, problem="reference data without a text: RIS holds none; bring the text in another format")
    yield from hold_counts([], len(starts), what="entries")


def _read_entry(entry: str) -> dict[str, str]:
    import rispy

    known = sorted({tag for tags in _TAGS.values() for tag in tags})
    # Every tag as a list: what is given twice is kept twice. The first line must be TY, the last ER.
    lines = f"{entry.rstrip()}\nER  - \n"
    entries = rispy.loads(lines, mapping={tag: tag for tag in ("TY", "ER", *known)}, list_tags=known, skip_unknown_tags=True)
    values: Mapping[str, list[str]] = entries[0] if entries else {}
    joined = {column: next((values[tag] for tag in tags if values.get(tag)), []) for column, tags in _TAGS.items()}
    return {column: "; ".join(map(str, found)) for column, found in joined.items() if found}
