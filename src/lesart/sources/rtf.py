"""Reads RTF, under whatever name: one article a file."""

from collections.abc import Iterator

from .found import Found
from .rtf_text import PAGE, rtf_text


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in an RTF file. Page and section breaks are blank lines in it.

    >>> next(read(rb"{\\rtf1\\ansi L\\'f6hne \\u-10179?\\u-8704?\\par gut}", "x")).record["text"]
    'Löhne 😀\\ngut'
    """
    yield Found("", {"text": rtf_text(content).replace(PAGE, "").strip()})
