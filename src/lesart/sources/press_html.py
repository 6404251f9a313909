"""HTML that press databases write: parsed, and read as text, blocks kept apart and words marked as hits kept whole."""

import re
from typing import TYPE_CHECKING

from ..errors import CorpusError
from .press_records import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "td"})
_UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template"})


def parse_html(content: bytes, name: str) -> "HtmlElement":
    """The root of a page. Raises CorpusError for an empty file, one larger than 200 MB, and what is no HTML at all."""
    from lxml import etree, html

    text = decode(content, name)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as fault:
        raise CorpusError(f"{name}: not readable as HTML ({' '.join(str(fault).split())[:120]}); export it again") from None


def text_of(element: "HtmlElement", *, blank_breaks: bool = True) -> str:
    """The text below an element: ``<br>`` and blocks end a line, marked hits do not break a word.

    ``blank_breaks`` False: line ends of the source stay, as in ``<pre>``.

    >>> from lxml.html import fromstring
    >>> text_of(fromstring("<p>Der <b>Anteil</b>seigner<br>zahlt\\n nicht</p>"))
    'Der Anteilseigner\\nzahlt nicht'
    """
    from lxml import etree

    pieces: list[str] = []
    unseen = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        tag = node.tag.lower()
        unseen += (tag in _UNSEEN) * (1 if event == "start" else -1)
        if tag in _BREAKS and node is not element:
            pieces.append("\n")
        text = node.text if event == "start" else node.tail if node is not element else None
        if text and not unseen:
            pieces.append(re.sub(r"\s+", " ", text) if blank_breaks else text)
    joined = "".join(pieces)
    if not blank_breaks:
        return joined.strip("\n")
    return re.sub(r" ?\n[ \n]*", "\n", joined).strip()


def has_class(element: "HtmlElement", name: str) -> bool:
    """Whether an element has a class."""
    return name in (element.get("class") or "").split()
