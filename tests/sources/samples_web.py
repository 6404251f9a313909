"""Files of each format that pages of the web come in: written by hand, as browsers, crawlers and outlets write them."""

import gzip
import quopri
from pathlib import Path
from xml.sax.saxutils import escape

from made_pages import LANGUAGES, MadePage, make_page
from samples_plain import CONSENT


def write_record(kind: str, url: str, block: bytes, *, length: int | str | None = None, extra: str = "") -> bytes:
    """A WARC record; ``length`` is what it states when that is not the block's own."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-06-13T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(url):012d}>\r\n{extra}"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_answer(url: str, body: bytes, *, status: str = "200 OK", media: str = "text/html", heads: str = "", **options) -> bytes:
    """The record of an answer to a request."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{heads}\r\n".encode() + body
    return write_record("response", url, block, **options)


def write_mht(page: bytes, url: str, title: str, *, frames: bytes = b"") -> bytes:
    """A page as Chromium saves it: no charset in the page's part, a picture behind it."""
    head = (
        f'From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: =?utf-8?Q?{quopri.encodestring(title.encode(), header=True).decode()}?=\r\n'
        'Date: Fri, 13 Jun 2025 08:45:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n'
    )
    part = f"------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-A@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {url}\r\n\r\n"
    picture = "\r\n------MultipartBoundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://x.test/a.png\r\n\r\niVBORw0KGgo=\r\n"
    return head.encode() + frames + part.encode() + quopri.encodestring(page) + picture.encode() + b"\r\n------MultipartBoundary--x------\r\n"


def write_rss(*pages) -> bytes:
    """A feed with the whole text of each page."""
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{page.url}</link><guid>{page.url}</guid><pubDate>Fri, 13 Jun 2025 08:45:00 +0200</pubDate><dc:creator>Ida Beispiel</dc:creator>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{paragraph}</p>' for paragraph in page.paragraphs)}]]></content:encoded></item>"
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Musterblatt</title><link>https://www.musterblatt.test/</link><language>{pages[0].language}</language>{items}</channel></rss>"
    ).encode()


MAKES = {"html": "wordpress", "mht": "newspaper", "warc": "agency", "gz": "amp", "rss": "republisher"}


def list_pages(kind: str) -> list[MadePage]:
    """The pages in the samples of a format, one in German, one in English."""
    return [make_page(MAKES[kind], language) for language in LANGUAGES]


def build(folder: Path) -> list[str]:
    """Write one file of each format into the folder; the titles of the articles in them, each once."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in list_pages("html"):
        (folder / f"page-{page.language}.html").write_bytes(page.html.encode())
    for page in list_pages("mht"):
        (folder / f"page-{page.language}.mht").write_bytes(write_mht(page.html.encode(), page.url, page.title))
    records = {kind: [write_record("warcinfo", "", b"software: sample\r\n"), *(write_answer(page.url, page.html.encode()) for page in list_pages(kind))] for kind in ("warc", "gz")}
    (folder / "archive.warc").write_bytes(b"".join(records["warc"]))
    (folder / "archive-2.warc.gz").write_bytes(b"".join(gzip.compress(record, mtime=0) for record in records["gz"]))
    (folder / "feed.rss").write_bytes(write_rss(*list_pages("rss")))
    return sorted(page.title for kind in MAKES for page in list_pages(kind))


def list_broken() -> dict[str, tuple[bytes, str]]:
    """Names of files without an article, their contents, and a part of the reason that is given."""
    wall = f"<html lang=de><title>Musterblatt</title><main>{''.join(f'<p>{line}</p>' for line in CONSENT.splitlines())}</main>"
    lost = "<html lang=en><title>Sample Times</title><h1>Page not found</h1><p>The page may have been moved or deleted. Please check the address for typing errors, or start again from our home page and look for it there.</p>"
    teaser = "<rss version='2.0'><channel><title>Musterblatt</title><item><title>Klick</title><description>Worum es geht.</description></item></channel></rss>"
    page = list_pages("warc")[0]
    return {
        "bad/wall.html": (wall.encode(), "a consent page"),
        "bad/404.html": (lost.encode(), "an error page"),
        "bad/teaser.rss": (teaser.encode(), "only a teaser"),
        "bad/frames.mht": (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "no page in this file"),
        "bad/asked.warc": (write_record("request", page.url, b"GET / HTTP/1.1\r\n\r\n"), "no answers of web servers"),
        "bad/cut.warc": (write_answer(page.url, page.html.encode())[:900], "cut off within this record"),
    }
