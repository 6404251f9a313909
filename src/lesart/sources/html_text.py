"""HTML read as text: blocks kept apart, words marked as hits kept whole."""

import re
from typing import TYPE_CHECKING

from ..errors import CorpusError
from .bounds import say_fault
from .export_text import export_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset("p div tr td li ul ol table h1 h2 h3 h4 h5 h6 hr blockquote figure figcaption".split())
_UNSEEN = frozenset("script style head title noscript template iframe svg".split())


def parse_html(content: bytes) -> "HtmlElement":
    """The root of a page. Raises CorpusError for an empty file and what is no HTML at all."""
    from lxml import etree, html

    text = export_text(content)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as fault:
        raise CorpusError(f"not readable as HTML ({say_fault(fault)}); export it again") from None


def text_of(element: "HtmlElement", *, blank_breaks: bool = True, between: str = "\n") -> str:
    """The text below an element: ``<br>`` ends a line, blocks are parted by ``between``, marked hits do not break a word.

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
        if node is not element and (tag in _BLOCKS or tag == "br" and event == "start"):
            pieces.append("\n" if tag == "br" or not blank_breaks else between)
        text = node.text if event == "start" else node.tail if node is not element else None
        if text and not unseen:
            pieces.append(re.sub(r"\s+", " ", text) if blank_breaks else text)
    joined = "".join(pieces)
    if not blank_breaks:
        return joined.strip("\n")
    return re.sub(r"\n{2,}", between, re.sub(r" *\n *| {2,}", lambda gap: "\n" if "\n" in gap[0] else " ", joined)).strip()


def line_of(element: "HtmlElement") -> str:
    """All text below an element in one line, whatever parts it."""
    return " ".join(element.text_content().split())


def has_class(element: "HtmlElement", name: str) -> bool:
    """Whether an element has a class."""
    return name in (element.get("class") or "").split()
