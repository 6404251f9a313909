"""The paragraphs of a Word file with what a press database says by form: bookmarks, links, headings.

Text is joined from all ``w:t`` of a paragraph: python-docx's own leaves out what Word puts into insertions, smart tags
and content controls. Tables are read too; text boxes once; headers and footers not at all.
"""

import io
import zipfile
from dataclasses import dataclass

from ..errors import CorpusError
from .press_records import check_size, tidy

# What a download of hundreds of articles unpacks to, many times over; a bomb is far larger.
_MAX_UNPACKED = 300_000_000
_MAX_PARTS = 5_000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the bookmarks that begin in or right before it, where its links lead, whether it is a
    heading of the first level, and whether it opens in bold (None: the format does not tell)."""

    text: str
    bookmarks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    heading: bool = False
    opens_bold: bool | None = None


def read_word(content: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of a Word file, in order. Raises CorpusError for what is no readable DOCX."""
    import docx

    check_archive(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        targets = {key: link.target_ref for key, link in document.part.rels.items() if link.is_external}
        return _walk(document.element.body, targets)
    except Exception as fault:  # a broken package fails in zipfile, zlib, lxml or python-docx, each in its own way
        raise CorpusError(f"{name}: not a readable Word file ({' '.join(str(fault).split())[:120]}); open it in Word and save it as DOCX") from None


def check_archive(content: bytes, name: str) -> None:
    """Raises CorpusError for an empty or damaged zip file, and one that unpacks to more than 300 MB."""
    check_size(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise CorpusError(f"{name}: not a readable Word file (the archive is damaged); download it again") from None
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise CorpusError(f"{name}: unpacks to more than {_MAX_UNPACKED:,} bytes or {_MAX_PARTS:,} parts; export it in parts")


def _walk(body, targets: dict[str, str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    waiting: list[str] = []  # bookmarks between paragraphs belong to the next one
    for element in body.iter(f"{W}p", f"{W}bookmarkStart"):
        if next(element.iterancestors(_FALLBACK), None) is not None:  # the same text box, for older programs
            continue
        if element.tag == f"{W}bookmarkStart":
            if next(element.iterancestors(f"{W}p"), None) is None:
                waiting.append(element.get(f"{W}name") or "")
            continue
        found.append(_read_paragraph(element, tuple(waiting), targets))
        waiting.clear()
    return found


def _read_paragraph(element, bookmarks: tuple[str, ...], targets: dict[str, str]) -> Paragraph:
    pieces: list[str] = []
    bold: bool | None = None
    marks, links = list(bookmarks), []
    for node in element.iter():
        if node is not element and next(node.iterancestors(f"{W}p")) is not element:  # a text box's own paragraph comes by itself
            continue
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
    return Paragraph(tidy("".join(pieces)), tuple(marks), tuple(link for link in links if link), _is_heading(element), bool(bold))


def _is_bold(run) -> bool:
    sign = run.find(f"{W}rPr/{W}b")
    return sign is not None and sign.get(f"{W}val", "true") not in ("0", "false", "off")


def _is_heading(element) -> bool:
    level, style = element.find(f"{W}pPr/{W}outlineLvl"), element.find(f"{W}pPr/{W}pStyle")
    return (level is not None and level.get(f"{W}val") == "0") or (style is not None and (style.get(f"{W}val") or "").replace(" ", "") == "Heading1")
