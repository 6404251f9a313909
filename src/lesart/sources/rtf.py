"""Reads RTF, under whatever name: one article a file."""

import re
from collections.abc import Iterator

from .found import Found


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in an RTF file. Page and section breaks are blank lines in it."""
    yield Found("", {"text": extract_text(content)})


def extract_text(content: bytes) -> str:
    """The text of RTF, paragraphs parted by line ends, pages and sections by blank lines.

    Letters beyond ASCII should be escaped in RTF; where they are not, they are taken for UTF-8, else for cp1252.

    >>> extract_text(rb"{\\rtf1\\ansi L\\'f6hne \\u-10179?\\u-8704?\\par gut}")
    'Löhne 😀\\ngut'
    """
    from striprtf.striprtf import rtf_to_text

    try:
        raw = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raw = content.decode("cp1252", "replace")
    # Pictures are hexadecimal digits by the megabyte, which the parser would look at one by one.
    raw = re.sub(r"(?<=[\s}])[0-9a-fA-F]{64,}(?=[\s}])", "", raw)
    text = rtf_to_text(raw, errors="ignore")
    # Emoji come as two halves of UTF-16, a character each.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()
