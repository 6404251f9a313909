"""Feeds with whole articles and with teasers."""

import pytest
from made_pages import make_page
from samples_web import write_rss

from lesart.cleaning import clean_text
from lesart.sources import feed
from lesart.sources.feed import read

PARAGRAPHS = [f"Die Größe der {n}. Lohnerhöhung für die Firma steht noch lange nicht fest." for n in range(1, 6)]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def rss(items, head="<title>Musterblatt</title><language>de-DE</language>"):
    return f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{head}{items}</channel></rss>'.encode()


def item(body=BODY, title="Löhne", **fields):
    others = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<item><title>{title}</title>{others}{f'<content:encoded><![CDATA[{body}]]></content:encoded>' if body else ''}</item>"


def test_feed_gives_each_whole_article():
    pages = [make_page("republisher", language) for language in ("de", "en")]
    found = list(read(write_rss(*pages), "feed.rss"))
    assert [(item.place, item.problem) for item in found] == [("entry 1", ""), ("entry 2", "")]
    for item_, page in zip(found, pages, strict=True):
        record = item_.record
        assert clean_text(record["text"], record["title"], outlet=record["outlet"]).text.split("\n\n") == page.paragraphs
        assert {key: record[key] for key in ("title", "outlet", "date", "author", "url", "source_id", "truncated")} == {
            "title": page.title, "outlet": "Musterblatt", "date": "2025-06-13", "author": "Ida Beispiel", "url": page.url, "source_id": page.url, "truncated": False,
        }  # fmt: skip


def test_feed_of_atom():
    source = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Musterblatt</title><entry><id>urn:1</id><title type="html">L&amp;ouml;hne</title><link href="https://m.test/1"/>'
        f'<updated>2025-06-13T23:45:00+02:00</updated><author><name>Ida Beispiel</name></author><content type="html">{BODY.replace("<", "&lt;")}</content></entry></feed>'
    )
    [found] = read(source.encode(), "x")
    assert {key: found.record[key] for key in ("title", "date", "author", "url", "source_id", "language")} == {
        "title": "Löhne", "date": "2025-06-13", "author": "Ida Beispiel", "url": "https://m.test/1", "source_id": "urn:1", "language": "de",
    }  # fmt: skip
    assert found.record["text"].split("\n") == PARAGRAPHS


@pytest.mark.parametrize(("title", "read_as"), [("L&amp;amp;hne &amp;amp; mehr", "L&hne & mehr"), ("<![CDATA[<b>Löhne</b>]]>", "Löhne"), ("1 &lt; 2", "1 < 2")])
def test_feed_reads_titles_that_are_escaped_twice(title, read_as):
    assert next(read(rss(item(title=title)), "x")).record["title"] == read_as


@pytest.mark.parametrize(("body", "truncated"), [(BODY, False), (BODY + "<p>Und dann kam es anders […]</p>", True), (BODY + "<p>Jetzt mit Musterblatt+ weiterlesen</p>", True), ("\n\n".join(PARAGRAPHS), False)])
def test_feed_says_where_an_article_is_cut(body, truncated):
    [found] = read(rss(item(body)), "x")
    assert found.record["truncated"] == truncated
    assert found.record["text"].split("\n")[:5] == PARAGRAPHS


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (rss(item("", description=f"<![CDATA[{BODY}]]>")), ["only a teaser in the feed: Löhne"]),
        (rss(item("") + item()), ["only a teaser", ""]),
        (rss(item(guid="a") + item(guid="a")), ["", "the same entry again: a"]),
        (rss(item("<p>Kurz.</p>")), ["Löhne: no article text"]),
        (rss(""), ["a feed without entries"]),
        (b"<html><body><p>Before you continue</p></body></html>", ["no feed"]),
        (b"", ["no feed"]),
        (b"http://127.0.0.1:9/feed", ["no feed"]),
        (b"/etc/passwd", ["no feed"]),
        (rss(item(title="&#1114112;")), ["a feed that cannot be taken apart (ValueError)"]),
        (b"\x00\xff" * 1000, ["no feed"]),
        (rss(item() + item())[:-250], ["", "only a teaser"]),
        (b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + rss(item(title="&b;")).split(b"?>")[1], [""]),
        (b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item(title="Löhne &a;")).split(b"?>")[1], [""]),
    ],
)
def test_feed_lists_what_is_no_article(content, problems):
    found = list(read(content, "x"))
    assert len(found) == len(problems)
    assert all(problem in item.problem and bool(problem) == bool(item.problem) for item, problem in zip(found, problems, strict=True))
    assert not any("root:" in str(item.record) for item in found)


def test_feed_that_is_cut_off_says_so_of_its_last_entry():
    found = list(read(rss(item(title="Eins") + item(title="Zwei"))[:-8], "x"))
    assert [item.record["truncated"] for item in found] == [False, True]


def test_feed_is_bounded(monkeypatch):
    monkeypatch.setattr(feed, "LARGEST_FEED", 100)
    assert "larger than 100 bytes" in next(read(rss(item()), "x")).problem
