"""Reads HTML from the older LexisNexis: flat, an anchor per article, then one ``<DIV>`` per field in a constant order.

The class names differ from file to file and the document's number in the comments is always 1: neither is looked at.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .dates import is_date_line
from .found import Found
from .html_text import parse_html, text_of
from .nexis_blocks import MARK, Block, is_date, read_blocks
from .press_records import hold_counts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ANCHOR = re.compile(r"DOC_ID_(\d{1,6})_\d{1,6}")


def recognise(head: bytes, name: str) -> bool:
    """Whether an HTML file begins as one from the older LexisNexis."""
    start = head.lower()
    return b"<html" in start[:2000] and (b'name="doc_id_' in start or b"hide xml section from browser" in start)


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for what is no HTML.
    """
    root = parse_html(content)
    articles = _split(root)
    for n, divisions in enumerate(articles, 1):
        blocks = [block for division in divisions for block in _list_blocks(division)]
        yield read_blocks(f"article {n}", _tell_centred([block for block in blocks if not MARK.fullmatch(block.text)]))
    stated = next((int(count) for meta in root.iter("meta") if (count := meta.get("documents") or "").isascii() and count.isdigit() and len(count) < 7), None)
    marks = [MARK.fullmatch(text_of(division).strip()) for divisions in articles for division in divisions[:2]]
    numbers = [int(mark[2] or mark[4]) for mark in marks if mark]
    most = max(set(numbers), key=lambda number: (numbers.count(number), number)) if numbers else None
    yield from hold_counts([("head of the file", stated), ("numbering", most)], len(articles))


def _split(root: "HtmlElement") -> list[list["HtmlElement"]]:
    """The divisions of each article, in order."""
    articles: list[list[HtmlElement]] = []
    seen: set[str] = set()
    for element in root.iter("a", "div"):
        anchor = _ANCHOR.fullmatch(element.get("name") or "")
        if element.tag == "a" and anchor and anchor[1] not in seen:
            seen.add(anchor[1])
            articles.append([])
        elif element.tag == "div" and articles and element.find(".//div") is None:
            articles[-1].append(element)
    return articles


def _list_blocks(division: "HtmlElement") -> list[Block]:
    texts = [text_of(paragraph) for paragraph in division.iter("p")] or [text_of(division)]
    return [Block(tuple(text.split("\n"))) for text in texts if text.strip()]


def _tell_centred(blocks: list[Block]) -> list[Block]:
    """The blocks up to the date, which is where publication, date and edition stand, as centred."""
    dated = next((n for n, block in enumerate(blocks[:6]) if any(map(is_date_line, block.lines))), None)
    if dated is None:
        return blocks
    # A title can come before the date too: then publication, title and date are three.
    last_named = 0 if dated >= 2 else dated
    return [Block(block.lines, n <= last_named or n == dated or (n == dated + 1 and is_date(block))) for n, block in enumerate(blocks)]
