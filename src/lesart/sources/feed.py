"""Feeds (RSS, Atom) whose entries hold whole articles; an entry that holds a teaser only is listed, never passed off as one."""

import html
import io
import re
from collections.abc import Iterator, Mapping

from .dates import read_date
from .found import Found
from .web_page import read_page

LARGEST_FEED = 20_000_000
# By such an end a feed says that the text goes on at the outlet's page.
_GOES_ON = re.compile(r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$")


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a feed's entries ("entry 3"), or why an entry is none; ``source_id`` is the entry's own id.

    >>> feed = b"<rss version='2.0'><channel><title>Musterblatt</title><item><title>Klick</title><description>Worum es geht.</description></item></channel></rss>"
    >>> next(read(feed, "feed.rss")).problem
    'only a teaser in the feed: Klick; save its page'
    """
    import feedparser

    if len(content) > LARGEST_FEED:
        yield Found("", problem=f"larger than {LARGEST_FEED:,} bytes, no feed")
        return
    # As a stream: feedparser takes text for an address or the name of a file if it can.
    try:
        feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:  # "&#1114112;" in broken markup, for one
        yield Found("", problem=f"a feed that cannot be taken apart ({type(fault).__name__}); save it anew")
        return
    cut = not re.search(rb"</(?:rss|feed|rdf:RDF)\s*>\s*$", content[-1_000:], re.IGNORECASE)
    if not feed.get("version"):
        yield Found("", problem="no feed; the outlet may have sent another page, as one that asks for consent")
    elif not feed.entries:
        yield Found("", problem="a feed without entries, or cut off before the first")
    seen: set[str] = set()
    for number, entry in enumerate(feed.entries, 1):
        name = _text(entry, "id") or _text(entry, "link")
        if name and name in seen:
            yield Found(f"entry {number}", problem=f"the same entry again: {name[:200]}")
            continue
        seen.add(name)
        found = _read_entry(entry, feed.feed, f"entry {number}", name)
        last = cut and number == len(feed.entries) and not found.problem
        yield Found(found.place, {**found.record, "truncated": True}) if last else found


def _read_entry(entry: Mapping, feed: Mapping, place: str, name: str) -> Found:
    bodies = [body.get("value", "") for body in entry.get("content", []) if isinstance(body.get("value"), str)]
    body = max(bodies, key=len, default="")
    title = html.unescape(html.unescape(re.sub(r"<[^<>]{0,200}>", "", _text(entry, "title"))))
    if not body.strip():
        return Found(place, problem=f"only a teaser in the feed: {(title or name)[:100]}; save its page")
    # Plain text has no tags; a blank line parts its paragraphs.
    page = body if "<" in body else "".join(f"<p>{html.escape(piece)}</p>" for piece in re.split(r"\n\s*\n", html.unescape(body)))
    found = read_page(f"<html><head><title>{html.escape(title)}</title></head><body><article>{page}</article></body></html>".encode("utf-8", "replace"), place=place)
    if found.problem:
        return Found(place, problem=f"{(title or name)[:100]}: {found.problem}")
    link, tags = _text(entry, "link"), entry.get("tags") or [{}]
    told = {
        "title": title,
        "outlet": _text(entry.get("source", {}), "title") or _text(feed, "title"),
        "date": read_date(_text(entry, "published") or _text(entry, "updated")),
        "author": _text(entry, "author"),
        "section": _text(tags[0], "term"),
        "url": link if re.match(r"https?://", link) else "",
        "language": _text(feed, "language")[:2].lower(),
        "source_id": name,
    }
    truncated = bool(found.record["truncated"] or _GOES_ON.search(str(found.record["text"])))
    return Found(place, {**found.record, **{key: value for key, value in told.items() if value}, "truncated": truncated})


def _text(node: Mapping, name: str) -> str:
    value = node.get(name, "") if isinstance(node, Mapping) else ""
    return " ".join(value.split()) if isinstance(value, str) else ""
