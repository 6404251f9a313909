"""Reads Markdown with front matter, as ``read_corpus`` takes it, and plain text in any encoding: one article a file."""

import re
from collections.abc import Iterator

from ..articles import decode, split_head
from .found import Found

_HEAD = re.compile(r"---\n\s*[\w-]+\s*:")


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in a text file; what is said in its front matter are its columns, ``article`` its ``id``.

    ``encoding`` says when it was not UTF-8. Raises CorpusError for an empty file, an unknown encoding, and a front matter
    that ``read_corpus`` does not take.
    """
    text, note = decode(content)
    head, title, body = split_head(text.replace("\r\n", "\n").replace("\r", "\n"), bool(_HEAD.match(text.replace("\r\n", "\n"))))
    record = {{"id": "article", "note": "note_stated"}.get(key, key): value for key, value in head.items()}
    if title:
        record["title"] = title
    if note:
        record["encoding"] = note
    yield Found("", {**record, "text": body})
