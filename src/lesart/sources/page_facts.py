"""What a web page says of its article in JSON-LD, meta tags and markup; not the article's text, which is for ``web_page``.

JSON-LD of the page's article comes first, then meta tags; what neither says is left empty and not guessed.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from .dates import read_date
from .html_text import line_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What browsers and SingleFile note at the top of a page they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)", re.IGNORECASE)
_HEAD_LENGTH = 5_000
_GENRES = {
    "LiveBlogPosting": "live blog",
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "background",
    "ReviewNewsArticle": "review",
    "AdvertiserContentArticle": "advertisement",
}
# What outlets put where the paid part of an article would stand.
_GATE = re.compile(r"(?:^|[\s_-])(?:paywall|paid-?wall|reg(?:istration)?-?wall|piano-(?:container|inline)|content-gate|article-gate|paygate|faded?-?out|paragraph--faded)(?:$|[\s_-])", re.IGNORECASE)


@dataclass(frozen=True)
class PageFacts:
    """``record``: the article's columns that the page states; ``body``: the text in its JSON-LD, ``free``: False where the
    page says that it must be paid for, ``gated``: whether a gate stands in its markup, ``is_article``: whether the page
    calls itself one, ``kind``: og:type, ``goes_on``: whether further pages of the article are named."""

    record: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    free: bool = True
    gated: bool = False
    is_article: bool = False
    kind: str = ""
    goes_on: bool = False


def read_facts(tree: "HtmlElement", source: str, url: str = "") -> PageFacts:
    """The facts in a page's tree; ``source`` is its markup, ``url`` the address it is known to come from, if any."""
    meta = _read_meta(tree)
    saved = _SAVED_FROM.search(source[:_HEAD_LENGTH])
    address = _choose_address(tree, meta, url or (saved[1] or saved[2] if saved else ""))
    title = meta.get("og:title") or " ".join(tree.xpath("string(//title)").split())
    article = _choose_article(list(_read_json_ld(tree)), address, title)
    types = [kind for kind in _GENRES if kind in _types(article)]
    record = {
        "title": _text(article.get("headline")) or _find_heading(tree, title),
        "outlet": _text(article.get("publisher")) or meta.get("og:site_name", ""),
        "date": read_date(_text(article.get("datePublished")) or meta.get("article:published_time", "")),
        "author": _text(article.get("author")),
        "section": _text(article.get("articleSection")) or meta.get("article:section", ""),
        "language": _read_language(tree, meta, _text(article.get("inLanguage"))),
        "url": address,
        "genre": _GENRES[types[0]] if types else "",
    }
    return PageFacts(
        record=record,
        body=_read_body(article),
        free=str(article.get("isAccessibleForFree", "true")).casefold().rsplit("/", 1)[-1] != "false",
        gated=any(_GATE.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in tree.xpath("//body//*[@class or @id]")),
        is_article=bool(article) or meta.get("og:type", "").startswith("article") or "article:published_time" in meta,
        kind=meta.get("og:type", ""),
        goes_on=any(address and link.startswith(address.rstrip("/")) for link in _list_links(tree, "next", address)),
    )


def _read_meta(tree: "HtmlElement") -> dict[str, str]:
    """The content of each meta tag by its name or property; of several alike the first."""
    meta: dict[str, str] = {}
    for node in tree.xpath("//meta[@content][@name or @property]"):
        content = " ".join(node.get("content").split())
        if content:
            meta.setdefault((node.get("property") or node.get("name")).strip().lower(), content)
    return meta


def _find_heading(tree: "HtmlElement", title: str) -> str:
    """The heading that stands in the page's title beside the outlet's name; "" where none does."""
    headings = (line_of(node) for node in tree.xpath("//h1|//h2")[:20])
    return next((heading for heading in headings if len(heading.split()) > 1 and heading.casefold() in title.casefold()), "")


def _choose_address(tree: "HtmlElement", meta: Mapping[str, str], known: str) -> str:
    """The article's address: the canonical one, unless the page is known to come from another host."""
    stated = [*_list_links(tree, "canonical", known), urljoin(known, meta.get("og:url", ""))]
    stated = [address for address in stated if _is_web(address)]
    if known and not (stated and _host(stated[0]) == _host(known)):
        return known if _is_web(known) else ""
    return stated[0] if stated else ""


def _list_links(tree: "HtmlElement", relation: str, base: str) -> list[str]:
    try:
        return [urljoin(base, node.get("href").strip()) for node in tree.xpath("//link[@rel and @href]") if relation in node.get("rel").lower().split()]
    except ValueError:  # not an address, as "http://[x"
        return []


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _host(address: str) -> str:
    return re.sub(r"^(?:(?:www|m|amp|mobil)\.)+(?=[^.]+\.)", "", urlsplit(address).hostname or "")


def _read_json_ld(tree: "HtmlElement") -> Iterator[dict]:
    """Every object of the page's JSON-LD, those in lists and in @graph too; what is not JSON is left out."""
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"):
        raw = re.sub(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$", "", script.text or "")
        for attempt in (raw, re.sub(r",(\s*[}\]])", r"\1", raw)):  # a comma before the end is the commonest fault
            try:
                pending = [json.loads(attempt, strict=False)]
            except (ValueError, RecursionError):
                continue
            while pending:
                node = pending.pop(0)
                if isinstance(node, list):
                    pending = [*node, *pending]
                elif isinstance(node, dict):
                    yield node
                    pending = [node.get("@graph"), *pending]
            break


def _types(node: Mapping) -> list[str]:
    kinds = node.get("@type", [])
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _choose_article(nodes: list[dict], address: str, title: str) -> dict:
    """The object of the page's own article: it has the page's address, or its title, or is the only one."""
    articles = [node for node in nodes if any(kind.endswith(("Article", "BlogPosting")) or kind == "Report" for kind in _types(node))]

    def names_page(node: dict) -> bool:
        addresses = [_text(node.get(key)) for key in ("url", "mainEntityOfPage", "@id")]
        return bool(address) and any(a.split("#")[0].rstrip("/") == address.rstrip("/") for a in addresses)

    own = [node for node in articles if names_page(node)]
    own += [node for node in articles if (headline := _text(node.get("headline"))) and headline.casefold() in title.casefold()]
    return own[0] if own else articles[0] if len(articles) == 1 else {}


def _text(value: object) -> str:
    """The text of a JSON-LD value: a string, the name or address of an object, or several, joined."""
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(text for text in map(_text, value[:20]) if text))
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    return " ".join(html.unescape(str(value)).split()) if isinstance(value, (str, int)) else ""


def _read_body(article: Mapping) -> str:
    """The text that JSON-LD holds, a paragraph a line, without tags."""
    raw = article.get("articleBody")
    if not isinstance(raw, str):
        return ""
    raw = re.sub(r"<(?:br|/p|/div|/h\d)\b[^<>]{0,200}>", "\n", html.unescape(raw))
    lines = re.sub(r"</?[a-zA-Z][^<>]{0,500}>", "", raw).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _read_language(tree: "HtmlElement", meta: Mapping[str, str], stated: str) -> str:
    """The page's language as "de" or "en" or what else it says: html lang, then JSON-LD, then og:locale."""
    names = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "", stated, meta.get("og:locale", ""))
    return next((name.strip().lower()[:2] for name in names if re.match(r"\s*[a-zA-Z]{2}(?:[-_]|\s*$)", name)), "")
