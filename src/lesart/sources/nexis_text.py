"""Reads text, RTF and PDF from Nexis: the older layout with "3 of 10 DOCUMENTS", and the RTF and PDF of Nexis Uni.

No PDF was at hand: what is read of one is made after the RTF.
"""

import re
from collections import Counter
from collections.abc import Iterator

from .export_text import export_text, peek_text
from .found import Found
from .labels import is_heading, label_data, list_words
from .nexis_blocks import MARK, Block, read_blocks
from .nexis_docx import read_cover_count, split_at_ends
from .nexis_layout import read_article
from .pdf import is_pdf, join_lines
from .press_records import hold_counts
from .rtf_text import PAGE, is_rtf
from .word_paragraphs import Paragraph

# A centred line begins with so many blanks; a paragraph's first line with fewer.
_CENTRED = re.compile(r"[ \t]{6,}\S|\t")
# Lines are wrapped at 79 characters; where one is far longer, none is.
_LONGEST_WRAPPED = 200
_RANGE = re.compile(r"(?:Items?|Dokument\(e\)|Document\(s\)|Items? sélectionnés?)\s*:\s*(\d{1,6})\s*-\s*(\d{1,6})\s*$", re.MULTILINE)
_SIGNS = re.compile(r"^[ \t]*(?:(?:Length|Länge): \d[\d.,]* \w+|Load-Date: .+|Ladedatum: .+|Body|Documents? \(\d+\)|Search Type: .+)[ \t]*$", re.MULTILINE)


def recognise(head: bytes, name: str) -> bool:
    """Whether a text or RTF file begins as one from Nexis; pictures on the cover may hide it (``recognise_document``)."""
    if is_rtf(head):
        return _shows_nexis(peek_text(head))
    return b"\x00" not in head[:1000] and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and bool(MARK.search(peek_text(head)))


def recognise_document(content: bytes) -> bool:
    """Whether a whole text, RTF or PDF file is one from Nexis."""
    return _shows_nexis(peek_text(content)) if is_pdf(content) else recognise(content, "")


def _shows_nexis(text: str) -> bool:
    ends = "|".join(map(re.escape, list_words(label_data()["nexis"]["headings"]["end"])))
    signs = {re.split(r"[\d:(]", sign.strip())[0] for sign in _SIGNS.findall(text)}
    return bool(MARK.search(text)) or len(signs) >= 2 or bool(signs and re.search(rf"^[ \t]*(?:{ends})[ \t]*$", text, re.MULTILINE))


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for an empty file and one that is not readable.
    """
    text = export_text(content).replace(PAGE, "")
    text = _unwrap(text) if is_pdf(content) else text
    if MARK.search(text) and max(map(len, text.split("\n"))) > _LONGEST_WRAPPED:
        text = text.replace("\n", "\n\n")  # nothing is wrapped: each line is a paragraph
    yield from _read_marked(text) if MARK.search(text) else _read_laid_out(text)


def _unwrap(text: str) -> str:
    """The text of a PDF with the lines of each body joined to paragraphs."""
    headings = label_data()["nexis"]["headings"]
    lines: list[str] = []
    body: list[str] | None = None
    for line in text.split("\n"):
        if body is not None and any(is_heading(line, words) for part, words in headings.items() if part not in ("body", "abstract", "full_text")):
            lines, body = [*lines, *join_lines(body), ""], None
        if body is None:
            lines.append(line)
            body = [] if is_heading(line, headings["body"]) else None
        else:
            body.append(line)
    return "\n".join([*lines, *join_lines(body or [])])


def _read_laid_out(text: str) -> Iterator[Found]:
    """The layout of Nexis Uni; "End of Document" parts the articles, what follows the last is none."""
    paragraphs = [Paragraph(line) for line in text.split("\n")]
    chunks = split_at_ends(paragraphs)
    for n, chunk in enumerate(chunks, 1):
        yield read_article(f"article {n}", chunk, after_cover=n == 1)
    yield from hold_counts([("cover", read_cover_count(chunks[0] if chunks else paragraphs))], len(chunks))


def _read_marked(text: str) -> Iterator[Found]:
    """The older layout; a line "n of m" opens each article."""
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for n, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        yield read_blocks(f"article {n}", split_blocks(text[mark.end() : end]))
    covered = _RANGE.search(text, 0, marks[0].start())
    # One article may stray in from another download ("8 of 383" among ten): the number that most lines give counts.
    stated = Counter(int(mark[2] or mark[4]) for mark in marks).most_common(1)[0][0]
    announced = int(covered[2]) - int(covered[1]) + 1 if covered else stated
    yield from hold_counts([("cover" if covered else "numbering", announced)], len(marks))


def split_blocks(text: str) -> list[Block]:
    """The blocks of a text between blank lines."""
    blocks = [[line for line in block.split("\n") if line.strip()] for block in re.split(r"\n[ \t]*(?=\n)", text)]
    return [Block(tuple(lines), all(_CENTRED.match(line) for line in lines)) for lines in blocks if lines]
