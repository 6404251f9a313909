"""Reads DOCX files from Nexis Uni, Lexis+ and Lexis Advance: one file with many articles, or one each.

Articles are found by the bookmarks that Nexis writes, whatever the interface's language; by the words "End of Document"
where a program has dropped them. The cover (user, search terms, job number) is skipped and never read into a record.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from .found import Found
from .labels import label_data, list_words
from .nexis_layout import is_end, read_article
from .press_records import hold_counts
from .word_paragraphs import Paragraph, read_word

_START = re.compile(r"Bookmark_\d+")
# What an article's file holds first; larger documents show their kind long before.
_LOOK_AT = 5_000_000
_MOST_PROPERTIES = 1_000_000


def recognise(head: bytes, name: str) -> bool:
    """Whether a file may be one: a Word file of any origin. ``recognise_document`` tells for sure."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def recognise_document(content: bytes) -> bool:
    """Whether a Word file comes from Nexis: its article count among the properties, its bookmarks, or its end marks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            with archive.open("word/document.xml") as part:
                document = part.read(_LOOK_AT)
            properties = _read_properties(archive)
    except Exception:  # not a zip file, not a Word file, or damaged: not for this reader
        return False
    marks = (f">{mark}<".encode() for mark in list_words(label_data()["nexis"]["headings"]["end"]))
    return b'name="LADocCount"' in properties or b'w:name="Bookmark_1"' in document and b'w:name="Body' in document or any(mark in document for mark in marks)


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for a file that is no readable DOCX.
    """
    paragraphs = read_word(content)
    starts = _find_starts(paragraphs)
    n_ends = sum(map(is_end, paragraphs))
    if n_ends > len(starts):  # several downloads put together: each numbers its bookmarks from 1
        starts = []
    cover = paragraphs[: starts[0]] if starts else _cover_of(paragraphs)
    chunks = [paragraphs[a:b] for a, b in zip(starts, [*starts[1:], len(paragraphs)], strict=True)] if starts else split_at_ends(paragraphs)
    for n, chunk in enumerate(chunks, 1):
        yield read_article(f"article {n}", chunk, after_cover=n == 1 and not starts)
    announced = {"cover": read_cover_count(cover), "file's properties": _read_property(content), "end marks": n_ends or None}
    # The list on the cover counts as a document; of a cover in an unknown language only its being there is known.
    listed = announced["cover"] is not None or (announced["file's properties"] == len(chunks) + 1 and any(p.text.strip() for p in cover))
    if announced["file's properties"] and listed:
        announced["file's properties"] -= 1
    yield from hold_counts(announced.items(), len(chunks))


def split_at_ends(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs of each article, its end mark included; what follows the last mark is no article."""
    ends = [n for n, paragraph in enumerate(paragraphs) if is_end(paragraph)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [list(paragraphs[a : b + 1]) for a, b in zip(starts, ends, strict=False)]


def _find_starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where articles begin: each name of a bookmark once (files saved again by other programs carry them twice)."""
    seen: dict[str, int] = {}
    for n, paragraph in enumerate(paragraphs):
        for mark in paragraph.bookmarks:
            if _START.fullmatch(mark):
                seen.setdefault(mark, n)
    return sorted(set(seen.values()))


def _cover_of(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    end = next((n for n, paragraph in enumerate(paragraphs) if is_end(paragraph)), 0)
    return paragraphs[:end]


def read_cover_count(cover: Sequence[Paragraph]) -> int | None:
    """The n of "Documents (n)" on a cover."""
    words = "|".join(list_words(label_data()["nexis"]["documents"]))
    return next((int(found[1]) for p in cover if (found := re.fullmatch(rf"\s*(?:{words})\s*\((\d{{1,6}})\)\s*", p.text))), None)


def _read_property(content: bytes) -> int | None:
    """Nexis's own count of documents, among the file's properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = re.search(rb'name="LADocCount"[^>]{0,200}>\s{0,20}<[^>]{1,40}>\s{0,20}(\d{1,6})\s{0,20}<', _read_properties(archive))
    return int(found[1]) if found else None


def _read_properties(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open("docProps/custom.xml") as part:
            return part.read(_MOST_PROPERTIES)
    except Exception:  # it is not there, or damaged: the file can do without
        return b""
