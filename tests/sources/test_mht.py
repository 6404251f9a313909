"""Pages saved as MHT, as Chromium, Safari's exporters and old Internet Explorer write them."""

import pytest
from made_pages import make_page
from samples_web import write_mht

from lesart.cleaning import clean_text
from lesart.sources.mht import read
from lesart.sources.sniffing import HEAD, tell_kind

FRAME = b"------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-Location: https://ads.test/frame\r\n\r\n<html><p>Kaufen Sie jetzt.</p></html>\r\n"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("frames", [b"", FRAME], ids=["page first", "frame first"])
def test_mht_holds_the_page_whole(language, frames):
    made = make_page("newspaper", language)
    content = write_mht(made.html.encode(), made.url, made.title, frames=frames)
    assert tell_kind(content[:HEAD]) == "mht"
    [found] = read(content, "page.mht")
    assert (found.place, found.problem, found.record["title"], found.record["url"]) == ("", "", made.title, made.url)
    assert clean_text(found.record["text"], made.title, outlet=found.record["outlet"]).text.split("\n\n") == made.paragraphs
    assert found.record["truncated"] is False


TEXT = "".join(f"<p>Die Größe der {n}. Lohnerhöhung für die Firma steht noch lange nicht fest.</p>" for n in range(1, 6))


def message(heads, body, *, charset=""):
    return f'MIME-Version: 1.0\r\nSubject: =?utf-8?Q?L=C3=B6hne?=\r\n{heads}Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html{charset}\r\n\r\n'.encode() + body


@pytest.mark.parametrize(
    ("content", "title", "truncated"),
    [
        (message("From: <Saved by Windows Internet Explorer 7>\r\n", TEXT.encode("cp1252") + b"\r\n--b--\r\n", charset="; charset=windows-1252"), "Löhne", False),
        (message("From: <Saved by Blink>\r\n", TEXT.encode() + b"\r\n--b--\r\n"), "Löhne", False),
        (message("From: <Saved by Blink>\r\n", f"<title>Größe</title>{TEXT}".encode() + b"\r\n--b--\r\n"), "Größe", False),
        (message("From: <Saved by Blink>\r\n", TEXT.encode()), "Löhne", True),  # cut within the page
        (message("From: <Saved by Blink>\r\n", TEXT.encode() + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx"), "Löhne", False),  # cut within a picture
    ],
)
def test_mht_of_other_browsers(content, title, truncated):
    [found] = read(content, "x.mht")
    assert (found.problem, found.record["title"], found.record["truncated"]) == ("", title, truncated)
    assert "Die Größe der 5. Lohnerhöhung" in found.record["text"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"From: <Saved by Blink>\r\nContent-Type: text/plain\r\n\r\nx", "no page in this file"),
        (b"From: <Saved by Blink>\r\n", "no page in this file"),
        (message("From: <Saved by Blink>\r\n", b"<p>Kurz.</p>\r\n--b--"), "no article text"),
        (b"From: <Saved by Blink>\r\nSubject: =?x?Q?=\xff?=\r\nContent-Type: text/html; charset=\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\xff", "empty page"),
        (b"Content-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" * 3_000, "no page in this file"),
        (b"x" * 50_000_001, "save it without its pictures"),
    ],
)
def test_mht_without_article_says_why(content, reason):
    [found] = read(content, "x.mht")
    assert reason in found.problem
    assert found.record == {}


def test_mht_nested_too_deep_is_answered():
    nested = b"".join(b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3_000))
    [found] = read(b"From: <Saved by Blink>\r\n" + nested, "x.mht")
    assert found.problem
