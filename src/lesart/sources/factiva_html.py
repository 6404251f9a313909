"""Reads HTML from Factiva, saved with the browser: the display format, and the one with codes.

An article is the inner division, whose class is two letters and "Article": the outer one would give each article twice.
All paragraphs right below it are the text, whatever their class: captions and whole bodies come without one.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .factiva_fields import document_line, is_publisher, read_codes, read_display
from .found import Found
from .html_text import has_class, parse_html, text_of
from .press_records import hold_counts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INNER = re.compile(r"([a-z]{2})(?:[a-z]{2})?Article")
_INNER_IN_BYTES = re.compile(rb"""class=["']?[^"'<>]{0,60}\b[a-z]{2}(?:cn|tw)?(?:Article|Headline)\b""")
_HEADLINE = re.compile(r"[a-z]{2,4}Headline")
_NUMBER = re.compile(r"\s*(\d{1,5})\)\s*")


def recognise(head: bytes, name: str) -> bool:
    """Whether an HTML file begins as one from Factiva; a long page may hide it (``recognise_document``)."""
    if b"<" not in head[:200] or not _INNER_IN_BYTES.search(head):
        return False
    return any(sign in head for sign in (b'id="hd"', b"articleParagraph", b'class="index"', b"Factiva"))


def recognise_document(content: bytes) -> bool:
    """Whether a whole HTML file comes from Factiva: saved pages can begin with a long script."""
    return recognise(content[:5_000_000], "")


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for what is no HTML.
    """
    root = parse_html(content)
    articles = [division for division in root.iter("div") if _language(division)]
    numbers = [0]
    for n, article in enumerate(articles, 1):
        coded = _read_cells(article)
        if coded:
            yield read_codes(f"article {n}", coded)
            continue
        number, found = _read_shown(f"article {n}", article)
        numbers.append(number)
        yield found
    outer = {name for division in root.iter("div") if (name := division.get("id") or "").startswith("article-")}
    yield from hold_counts([("numbered headlines", max(numbers) or None), ("outer divisions", len(outer) or None)], len(articles))


def _language(division: "HtmlElement") -> str:
    """The language in the class of an article's inner division; "" for any other division."""
    found = next((found for name in (division.get("class") or "").split() if name != "lastArticle" and (found := _INNER.fullmatch(name))), None)
    return found[1] if found else ""


def _read_cells(article: "HtmlElement") -> dict[str, list[str]]:
    """Code → lines, of an article shown as a table of codes; empty where it is shown otherwise."""
    codes: dict[str, list[str]] = {}
    for row in article.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        if len(cells) == 2 and has_class(cells[0], "index"):
            lines = codes.setdefault(text_of(cells[0]).strip(), [])
            lines += [line for line in text_of(cells[1]).split("\n") if line.strip()]
    return codes


def _read_shown(place: str, article: "HtmlElement") -> tuple[int, Found]:
    """The number before the headline (0: none) and the article, from the display format."""
    children = [child for child in article if isinstance(child.tag, str)]
    headed = next((n for n, child in enumerate(children) if child.get("id") == "hd" or _is_headline(child)), None)
    title = text_of(children[headed]) if headed is not None else ""
    counted = _NUMBER.match(title) if headed is not None and any(has_class(span, "counted") for span in children[headed].iter()) else None
    before, after = (children[:headed], children[headed + 1 :]) if headed is not None else ([], children)
    lines = [text_of(child) for child in after if child.tag == "div"]
    author = next((text_of(child) for child in after if child.tag == "div" and has_class(child, "author")), "")
    paragraphs, accession = _read_paragraphs(children)
    given = {
        "title": title[counted.end() :] if counted else title,
        "section": next((text for child in before if child.tag == "div" and (text := text_of(child))), ""),
        "author": author,
        "source_id": accession,
    }
    found = read_display(place, [line for line in lines if line != author], paragraphs, given)
    if "language" not in found.record and found.record:
        found = Found(found.place, {**found.record, "language": _language(article)}, found.problem)
    return int(counted[1]) if counted else 0, found


def _is_headline(child: "HtmlElement") -> bool:
    return any(_HEADLINE.fullmatch(name) for span in child.iter() if isinstance(span.tag, str) for name in (span.get("class") or "").split())


def _read_paragraphs(children: list["HtmlElement"]) -> tuple[list[str], str]:
    """The text's paragraphs and the accession number: without the closing line and the publisher before it."""
    paragraphs = [(text_of(child), has_class(child, "articleParagraph")) for child in children if child.tag == "p"]
    accession = ""
    closing = next((n for n in range(len(paragraphs) - 1, -1, -1) if (found := document_line().match(paragraphs[n][0].strip()))), None)
    if closing is not None:
        found = document_line().match(paragraphs[closing][0].strip())
        accession = found[1] if found else ""
        paragraphs = paragraphs[:closing]
        if paragraphs and not paragraphs[-1][1] and is_publisher(paragraphs[-1][0]):
            paragraphs.pop()
    return [text for text, _ in paragraphs], accession
