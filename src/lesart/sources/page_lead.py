"""Finds the lead that stands between a page's headline and its first paragraph. trafilatura takes it for a teaser of
another article where its class says "teaser", "intro" or "summary", and these are the names that outlets give it."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from .html_text import line_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|introduction|teaser|summary|standfirst|dek|deck|subtitle|subheadline|subhead|subline|excerpt|abstract|vorspann|anriss|einleitung|description)"
    r"(?:[\s_-]?(?:text|content|paragraph|p))?(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE = ("nav", "aside", "footer", "figure", "form", "ul", "ol", "button")
# A lead has so many words; it is among so many elements after the headline; at most half of it is a link.
SHORTEST_LEAD, LONGEST_LEAD, NEAR, LINKED = 6, 120, 150, 0.5


def add_lead(tree: "HtmlElement", text: str) -> str:
    """The text with the page's lead before its first paragraph; as it is where the page has none or the text has it.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<article><h1>Klick</h1><div class='article-intro'>Eine Firma zahlt nach Stück, und keiner weiß wie viel.</div><p>Im Mai.</p></article>")
    >>> add_lead(page, "Klick\\nIm Mai.")
    'Klick\\nEine Firma zahlt nach Stück, und keiner weiß wie viel.\\nIm Mai.'
    """
    heading = next(iter(tree.xpath("//body//h1|//article//h1|//h1")), None)
    lines = text.split("\n")
    if heading is None or not text:
        return text
    title = line_of(heading)
    place = 1 if lines[0].strip() == title else 0
    lead = _find_lead(heading, " ".join(text.split()), lines[place].strip() if place < len(lines) else "")
    return "\n".join([*lines[:place], lead, *lines[place:]]) if lead and lead != title else text


def _find_lead(heading: "HtmlElement", text: str, first: str) -> str:
    for node in islice(heading.xpath("following::*"), NEAR):
        if not isinstance(node.tag, str):
            continue
        if node.tag == "p" and line_of(node) == first:
            return ""
        if not _LEAD.search(f"{node.get('class') or ''} {node.get('itemprop') or ''}") or any(above.tag in _ASIDE for above in (node, *node.iterancestors())):
            continue
        lead = line_of(node)
        linked = sum(len(line_of(link)) for link in node.iter("a"))
        if SHORTEST_LEAD <= len(lead.split()) <= LONGEST_LEAD and linked <= LINKED * len(lead):
            return "" if lead in text else lead
    return ""
