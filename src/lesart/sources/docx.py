"""Reads plain Word files: one article a file. Those of press databases have readers of their own."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile

from ..errors import CorpusError
from .found import Found

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What holds no text of this paragraph: paragraphs within it (text boxes), the second copy of a text box, what was moved away.
_ELSEWHERE = {f"{_W}p", _FALLBACK, f"{_W}moveFrom", f"{_W}pPr"}
_TITLES = ("title", "heading 1")


def read(content: bytes, name: str, **_: object) -> Iterator[Found]:
    """The article in a Word file; its title is the first paragraph if that is in the style Title or Heading 1.

    Raises CorpusError for what is no Word file.
    """
    paragraphs = [(style, text) for style, text in list_paragraphs(content) if text.strip()]
    record = {}
    if paragraphs and paragraphs[0][0] in _TITLES:
        record["title"] = " ".join(paragraphs.pop(0)[1].split())
    yield Found("", {**record, "text": "\n\n".join(text for _, text in paragraphs)})


def list_paragraphs(content: bytes) -> list[tuple[str, str]]:
    """The paragraphs of a Word file in order, those in tables and text boxes with them: style (in small letters), text.

    Read from the XML: what python-docx calls a paragraph's text leaves out what stands in insertions, fields and forms.
    """
    from docx import Document

    try:
        document = Document(BytesIO(content))
    except (BadZipFile, KeyError, ValueError) as fault:
        raise CorpusError(f"no Word file, or a damaged one ({' '.join(str(fault).split())[:80]}); save it again as DOCX") from None
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    return [(_style(paragraph, styles), "".join(_pieces(paragraph))) for paragraph in document.element.body.iter(f"{_W}p") if not _is_copy(paragraph)]


def _style(paragraph, styles: dict[str, str]) -> str:  # noqa: ANN001
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(style.get(f"{_W}val"), "") if style is not None else ""


def _is_copy(paragraph) -> bool:  # noqa: ANN001
    return any(above.tag in (_FALLBACK, f"{_W}moveFrom") for above in paragraph.iterancestors())


def _pieces(element) -> Iterator[str]:  # noqa: ANN001
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _ELSEWHERE:
            yield from _pieces(child)
