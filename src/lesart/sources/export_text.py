"""The text of exports that are plain text, RTF or PDF: the readers of a database find its articles in it, whichever it is."""

import re

from ..errors import CorpusError
from .decoding import decode
from .pdf import extract_pages, is_pdf
from .press_records import tidy
from .rtf_text import PAGE, is_rtf, rtf_text

_PAGE_NUMBER = re.compile(r"(?:Page|Seite) \d{1,5} (?:of|von) \d{1,5}")


def export_text(content: bytes) -> str:
    """The text of a file, a form feed for each page break. Raises CorpusError for an empty file and one that cannot be read."""
    if not content.strip():
        raise CorpusError("empty file; export it again")
    if is_pdf(content):
        return tidy(f"\n{PAGE}".join("\n".join(line for line in page if not _PAGE_NUMBER.fullmatch(line.strip())) for page in extract_pages(content)))
    return rtf_text(content) if is_rtf(content) else tidy(decode(content))


def peek_text(head: bytes) -> str:
    """The text that a file begins with, whose last letter may be cut; "" for what cannot be read."""
    try:
        return export_text(head).removesuffix("\ufffd")
    except CorpusError:
        return ""
