"""Reads plain Word files: one article a file. Those of press databases have readers of their own."""

from collections.abc import Iterator

from .found import Found
from .word_paragraphs import read_word


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in a Word file; its title is the first paragraph if that is in the style Title or Heading 1.

    Raises CorpusError for what is no Word file.
    """
    paragraphs = [paragraph for paragraph in read_word(content) if paragraph.text.strip()]
    title = " ".join(paragraphs.pop(0).text.split()) if paragraphs and paragraphs[0].heading else ""
    yield Found("", {**({"title": title} if title else {}), "text": "\n\n".join(paragraph.text for paragraph in paragraphs)})
