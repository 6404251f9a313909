"""The paragraphs of a Word file with what a press database says by form: bookmarks, links, headings.

Text is joined from all ``w:t`` of a paragraph: python-docx's own leaves out what Word puts into insertions, smart tags
and content controls. Tables are read too; text boxes once; what was moved away, headers and footers not at all.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import CorpusError
from .archive import list_names
from .bounds import MAX_BYTES, say_fault
from .press_records import tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# The second copy of a text box, for older programs; what stood here before it was moved.
_COPIES = frozenset({"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{W}moveFrom"})
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_HEADINGS = ("title", "heading 1")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the bookmarks that begin in or right before it, where its links lead, whether it is a title
    or a heading of the first level, and whether it opens in bold (None: the format does not tell)."""

    text: str
    bookmarks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    heading: bool = False
    opens_bold: bool | None = None


def read_word(content: bytes) -> list[Paragraph]:
    """The paragraphs of a Word file, in order. Raises CorpusError for what is no readable DOCX, and
    one that unpacks to more than 200 MB."""
    import docx

    list_names(content, limit=MAX_BYTES)
    try:
        document = docx.Document(io.BytesIO(content))
        targets = {key: link.target_ref for key, link in document.part.rels.items() if link.is_external}
        # Ids of styles are in the language of the program that wrote the file, the names of these two in English.
        headings = {style.style_id for style in document.styles if (style.name or "").lower() in _HEADINGS}
        return _walk(document.element.body, targets, headings)
    except Exception as fault:  # a broken package fails in zipfile, zlib, lxml or python-docx, each in its own way
        raise CorpusError(f"no Word file, or a damaged one ({say_fault(fault)}); save it again as DOCX") from None


def _walk(body, targets: dict[str, str], headings: set[str]) -> list[Paragraph]:  # noqa: ANN001
    found: list[Paragraph] = []
    waiting: list[str] = []  # bookmarks between paragraphs belong to the next one
    for element in body.iter(f"{W}p", f"{W}bookmarkStart"):
        if any(above.tag in _COPIES for above in element.iterancestors()):
            continue
        if element.tag == f"{W}bookmarkStart":
            if next(element.iterancestors(f"{W}p"), None) is None:
                waiting.append(element.get(f"{W}name") or "")
            continue
        found.append(_read_paragraph(element, tuple(waiting), targets, headings))
        waiting.clear()
    return found


def _read_paragraph(element, bookmarks: tuple[str, ...], targets: dict[str, str], headings: set[str]) -> Paragraph:  # noqa: ANN001
    pieces: list[str] = []
    bold: bool | None = None
    marks, links = list(bookmarks), []
    for node in _list_own(element):
        if node.tag == f"{W}t" and node.text:
            pieces.append(node.text)
            if bold is None and node.text.strip():
                bold = _is_bold(node.getparent())
        elif node.tag in _SIGNS and node.getparent().tag == f"{W}r":  # not a tab stop among the properties
            pieces.append(_SIGNS[node.tag])
        elif node.tag == f"{W}bookmarkStart":
            marks.append(node.get(f"{W}name") or "")
        elif node.tag == f"{W}hyperlink":
            links.append(targets.get(node.get(_R_ID) or "", ""))
    return Paragraph(tidy("".join(pieces)), tuple(marks), tuple(link for link in links if link), _is_heading(element, headings), bool(bold))


def _list_own(paragraph) -> Iterator:  # noqa: ANN001
    """All that stands in a paragraph, in order, but what stands in paragraphs within it (text boxes) or in copies."""
    waiting = [iter(paragraph)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag != f"{W}p" and node.tag not in _COPIES:
            yield node
            waiting.append(iter(node))


def _is_bold(run) -> bool:  # noqa: ANN001
    sign = run.find(f"{W}rPr/{W}b")
    return sign is not None and sign.get(f"{W}val", "true") not in ("0", "false", "off")


def _is_heading(element, headings: set[str]) -> bool:  # noqa: ANN001
    level, style = element.find(f"{W}pPr/{W}outlineLvl"), element.find(f"{W}pPr/{W}pStyle")
    return (level is not None and level.get(f"{W}val") == "0") or (style is not None and style.get(f"{W}val") in headings)
