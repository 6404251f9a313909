"""Reads the text layer of PDF files: columns one after the other, lines joined to paragraphs, hyphens at line ends undone.

What it gets wrong: columns that a picture or a box pushes out of line, captions (they stand where they stand), and pages
whose text was set letter by letter. A PDF says nothing of its title: it is found when the text is cleaned.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from statistics import median

from ..errors import CorpusError
from .found import Found

# White space is a gap between columns when it is so wide, in the middle part of the page, crossed by so small a share of
# the lines, and has text at both sides in so many, most of which begin again at the same place.
_GAP, _CROSSED, _LEAST_LINES, _ALIGNED = 2, 0.15, 3, 0.6
_DEEPEST = 2
# Pages have at most so many lines of their own at the top, and at the bottom.
_MARGIN = 2
# A line that ends a sentence and is shorter than this share of the others ends a paragraph.
_SHORT = 0.85
_SENTENCE_END = re.compile(r"[.!?…][\"“”’»«)]*$")
# After these a hyphen at the line's end is no division: "Ein- und Ausgang".
_GOES_ON = re.compile(r"(?:und|oder|bzw\.|sowie|bis|and|or|to)\b")


_NONE: Mapping[str, int] = {}


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF; some have a few bytes before their mark."""
    return b"%PDF-" in content[:1024]


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in a PDF file; raises CorpusError for a locked one, and for pictures of pages."""
    yield Found("", {"text": "\n\n".join(page for page in join_pages(extract_pages(content)) if page)})


# Readers of exports look at the same file.
@lru_cache(maxsize=2)
def extract_pages(content: bytes) -> list[list[str]]:
    """The lines of each page in reading order; an empty line parts blocks. Raises CorpusError as ``read`` does."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of every small fault that it can pass over
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CorpusError("locked by a password; save it without one")
        pages = [_order_columns(_read_lines(page)) for page in reader.pages]
        pictures = any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
    except (PyPdfError, RecursionError, KeyError, ValueError, TypeError, AttributeError, IndexError) as fault:
        raise CorpusError(f"a damaged or incomplete PDF ({' '.join(str(fault).split())[:80]}); save it again") from None
    if not any(line.strip() for page in pages for line in page):
        raise CorpusError("pictures of pages without text; run text recognition (OCR) on it first" if pictures else "a PDF without text")
    return pages


def _read_lines(page) -> list[str]:  # noqa: ANN001
    """The page's lines with the columns kept as white space; where that fails, in the order of the file."""
    try:
        text = page.extract_text(extraction_mode="layout")
    except Exception:  # the layout of a page with odd fonts is more than the library can do; its text is not
        text = page.extract_text()
    return text.replace("\u00a0", " ").replace("\t", " ").split("\n")


def _order_columns(lines: list[str], depth: int = 0) -> list[str]:
    """Lines of columns one column after the other; a line that runs over all of them parts what is above from what is below."""
    gap = _find_gap(lines) if depth < _DEEPEST else None
    if gap is None:
        return [" ".join(line.split()) for line in lines]
    ordered, block = [], []
    for line in [*lines, "-" * gap[1]]:
        if line[gap[0] : gap[1]].strip():
            for side in ([part[: gap[0]] for part in block], [part[gap[1] :] for part in block]):
                ordered += [*_order_columns(side, depth + 1), ""] if any(part.strip() for part in side) else []
            ordered, block = [*ordered, " ".join(line.split()), ""], []
        else:
            block.append(line)
    return ordered[:-2]


def _find_gap(lines: list[str]) -> tuple[int, int] | None:
    """From where to where no column's text stands: the widest such place in the middle of the page."""
    full = [line for line in lines if line.strip()]
    left, width = min((len(line) - len(line.lstrip()) for line in full), default=0), max(map(len, full), default=0)
    margin = (width - left) // 5
    gaps = (_measure_gap(full, at) for at in range(left + margin, width - margin))
    return max((gap for gap in gaps if gap), key=lambda gap: (gap[1] - gap[0], -gap[0]), default=None)


def _measure_gap(lines: list[str], at: int) -> tuple[int, int] | None:
    """The white space around a place that hardly any line crosses; None where there is no gap between columns."""
    apart = [(line[:at].rstrip(), line[at:]) for line in lines if not line[at : at + 1].strip()]
    if len(lines) - len(apart) > _CROSSED * len(lines):
        return None
    starts = [at + len(right) - len(right.lstrip()) for left, right in apart if left.strip() and right.strip()]
    if len(starts) < _LEAST_LINES:
        return None
    begin = max(len(left) for left, _ in apart)
    end = min(at + len(right) - len(right.lstrip()) for _, right in apart if right.strip())
    aligned = sum(start - end <= 1 for start in starts)
    return (begin, end) if end - begin >= _GAP and aligned >= _ALIGNED * len(starts) else None


def join_pages(pages: list[list[str]]) -> list[str]:
    """The text of each page: paragraphs parted by blank lines, without the lines that head or foot most pages."""
    margins = Counter(mask for page in pages for mask in {_mask(line) for line in _list_margins(page)})
    heads = {mask for mask, n_pages in margins.items() if n_pages > 2 and n_pages * 2 > len(pages)}
    inner = Counter(word for page in pages for line in page for word in re.findall(r"\b\w+-\w+\b", line))
    return ["\n\n".join(join_lines(_strip_margins(page, heads), inner)) for page in pages]


def _list_margins(page: list[str]) -> list[str]:
    full = [line for line in page if line.strip()]
    return [*full[:_MARGIN], *full[-_MARGIN:]]


def _strip_margins(page: list[str], heads: set[str]) -> list[str]:
    """The page without such lines at its top and bottom."""
    lines = list(page)
    for at in (0, -1):
        for _ in range(_MARGIN):
            while lines and not lines[at].strip():
                lines.pop(at)
            if lines and _mask(lines[at]) in heads:
                lines.pop(at)
    return lines


def _mask(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def join_lines(lines: Sequence[str], inner: Mapping[str, int] = _NONE) -> list[str]:
    """The paragraphs of lines that were broken by a layout; ``inner``: words that have a hyphen within a line."""
    width = median([len(line) for line in lines if line] or [0])
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if line and goes_on:
            paragraphs[-1] = join_line(paragraphs[-1], line, inner)
        elif line:
            paragraphs.append(line)
        # A blank line within a sentence is the foot of a column or a gap in the layout.
        ended = bool(paragraphs) and bool(_SENTENCE_END.search(paragraphs[-1]))
        goes_on = (goes_on and not ended and line[:1] == "" and _runs_on(paragraphs)) if not line else not (ended and len(line) < _SHORT * width)
    return paragraphs


def _runs_on(paragraphs: list[str]) -> bool:
    return len(paragraphs[-1].split()) > 20 or paragraphs[-1].endswith("-")


def join_line(text: str, line: str, inner: Mapping[str, int] = _NONE) -> str:
    """Two lines as one; a word divided between them is made whole, a hyphen of its own is kept.

    >>> join_line("die Über-", "nahme"), join_line("der Ein-", "und Ausgang"), join_line("von Scale-", "Chef Wang")
    ('die Übernahme', 'der Ein- und Ausgang', 'von Scale-Chef Wang')
    >>> join_line("a co-", "founder said", {"co-founder": 1})
    'a co-founder said'
    """
    if not re.search(r"\w[-\u2010\u00ad]$", text):
        return f"{text} {line}"
    if _GOES_ON.match(line):
        return f"{text} {line}"
    before, after = re.search(r"\w+$", text[:-1]), re.match(r"\w+", line)
    own = after is None or not after[0][0].islower() or f"{before[0]}-{after[0]}" in inner
    return f"{text}{line}" if own and text[-1] != "\u00ad" else f"{text[:-1]}{line}"
