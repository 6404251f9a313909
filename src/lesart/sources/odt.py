"""Reads OpenDocument texts (ODT): one article a file."""

from collections.abc import Iterator
from io import BytesIO

from ..errors import CorpusError
from .found import Found

_ASIDE = {"tracked-changes", "note", "annotation"}


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in an ODT file; its title is the first paragraph if that is a heading or in the style Title.

    Raises CorpusError for what is no ODT file.
    """
    from odf.opendocument import load
    from odf.teletype import extractText

    try:
        document = load(BytesIO(content))
    except Exception as fault:  # the library raises whatever its parts do
        raise CorpusError(f"a damaged ODT file ({' '.join(str(fault).split())[:80]}); save it again") from None
    paragraphs = [(element, extractText(element)) for element in _list_paragraphs(document.text)]
    paragraphs = [(element, text) for element, text in paragraphs if text.strip()]
    record = {}
    if paragraphs and _is_title(paragraphs[0][0]):
        record["title"] = " ".join(paragraphs.pop(0)[1].split())
    yield Found("", {**record, "text": "\n\n".join(text for _, text in paragraphs)})


def _list_paragraphs(element) -> Iterator:  # noqa: ANN001
    """Headings and paragraphs in order; without what was deleted, and without notes."""
    for child in element.childNodes:
        kind = child.qname[1] if getattr(child, "qname", None) else ""
        if kind in ("p", "h"):
            for aside in [inner for inner in child.childNodes if getattr(inner, "qname", (0, ""))[1] in _ASIDE]:
                child.removeChild(aside)
            yield child
        elif kind and kind not in _ASIDE:
            yield from _list_paragraphs(child)


def _is_title(paragraph) -> bool:  # noqa: ANN001
    return paragraph.qname[1] == "h" or paragraph.getAttribute("stylename") in ("Title", "Heading_20_1")
