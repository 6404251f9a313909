"""Reads HTML from Europresse: an ``<article>`` each, or in older files a table each.

Title, paper and a line with section, date and page come first, in any order; the text; then notes, rights and the
document's id ("news·20250613·MB·…"), by which the articles are counted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .dates import find_date
from .found import Found
from .html_text import has_class, parse_html, text_of
from .labels import is_rights_line, label_data, list_words
from .press_records import hold_counts, make_found

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("titreArticle", "titreArticleVisu", "TitreArticleVisu")
_ID = re.compile(r"news[·.]\d{8}[·.][A-Za-z0-9]{1,12}[·.][\w-]{1,60}")
_ISSUE = re.compile(r",? no\. ?\S.{0,40}$")
_PAGE = re.compile(r"(?:p\.|pg?\.|S\.|Seite|page)\s*([A-Z]?\d[\w/-]*)", re.IGNORECASE)


def recognise(head: bytes, name: str) -> bool:
    """Whether an HTML file begins as one from Europresse."""
    return b"<" in head[:200] and any(sign in head for sign in (b"DocPublicationName", b"docOcurrContainer", b"TitreArticleVisu", b"titreArticleVisu"))


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not that of the ids.

    Raises CorpusError for what is no HTML.
    """
    root = parse_html(content)
    articles = [article for article in root.iter("article") if _titles(article) or article.find(".//section") is not None]
    older = [] if articles else _list_tables(root)
    for n, article in enumerate(articles, 1):
        yield _read_article(f"article {n}", article)
    for n, table in enumerate(older, 1):
        yield _read_table(f"article {n}", table)
    ids = {found[0] for found in _ID.finditer(text_of(root))}
    yield from hold_counts([("document ids", len(ids) or None)], len(articles or older))


def _titles(element: "HtmlElement") -> list["HtmlElement"]:
    return [node for node in element.iter("p", "div", "span") if any(has_class(node, name) for name in _TITLES)]


def _list_tables(root: "HtmlElement") -> list["HtmlElement"]:
    tables: dict[HtmlElement, None] = {}
    for title in _titles(root):
        table = next(title.iterancestors("table"), None)
        if table is not None:
            tables.setdefault(table)
    return list(tables)


def _first(element: "HtmlElement", name: str) -> str:
    return next((text_of(node) for node in element.iter("span", "div", "p") if has_class(node, name)), "")


def _read_article(place: str, article: "HtmlElement") -> Found:
    titles = _titles(article)
    title = text_of(titles[0]) if titles else ""
    following = titles[0].getnext() if titles else None
    author = _first(article, "docAuthors")
    if not author and following is not None and following.tag == "div" and not following.get("class"):
        author = text_of(following)
    fields = {"title": title, "author": author, "outlet": _ISSUE.sub("", _first(article, "DocPublicationName")), **_read_header(_first(article, "DocHeader"))}
    found = _ID.search(" ".join(text_of(footer) for footer in article.iter("footer")))
    fields["source_id"] = found[0] if found else ""
    # The text stands in a container, or right in the section.
    containers = [node for node in article.iter("div") if has_class(node, "docOcurrContainer")] or list(article.iter("section"))
    outside = {"aside", "footer", "header"}
    paragraphs = [p for container in containers for p in container.iter("p") if not outside & {a.tag for a in p.iterancestors()} and p not in titles]
    return make_found(place, fields, [text_of(paragraph) for paragraph in dict.fromkeys(paragraphs)])


def _read_header(header: str) -> dict[str, str]:
    """Section, date and page from a header whose parts stand in any order, between commas.

    >>> _read_header("Wirtschaft, vendredi 13 juin 2025, p. 4")
    {'date': '13 juin 2025', 'page': '4', 'section': 'Wirtschaft'}
    """
    found = find_date(header)
    rest = header[: found.start] + ", " + header[found.end :] if found else header
    page = _PAGE.search(rest)
    fields = {"date": header[found.start : found.end]} if found else {}
    fields |= {"page": page[1]} if page else {}
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    weekdays = {word.casefold() for word in list_words(label_data()["weekdays"])}
    section = next((part for part in parts if not re.search(r"\d", part) and part.casefold() not in weekdays), "")
    return fields | ({"section": section} if section else {})


def _read_table(place: str, table: "HtmlElement") -> Found:
    """The article of an older file: lines, the title among them, the text after it up to the rights."""
    lines: Sequence[str] = text_of(table).split("\n")
    title = text_of(_titles(table)[0])
    at = next((n for n, line in enumerate(lines) if line == title.split("\n")[0]), 0)
    stop = next((n for n in range(at + 1, len(lines)) if is_rights_line(lines[n]) or _ID.search(lines[n])), len(lines))
    dated = next((line for line in lines[:at] if find_date(line)), "")
    found = next((found for line in lines[stop:] if (found := _ID.search(line))), None)
    outlet = next((line for line in lines[:at] if line != dated), "")
    fields = {"title": title, "outlet": _ISSUE.sub("", outlet), **_read_header(dated), "source_id": found[0] if found else ""}
    return make_found(place, fields, lines[at + 1 : stop])
