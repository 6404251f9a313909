"""Web archives, packed and plain, whole and damaged; written by hand."""

import gzip
import zlib

import brotli
import pytest
from made_pages import make_page
from samples_web import write_answer, write_record

from lesart.sources import warc
from lesart.sources.warc import read_path

PAGES = [make_page(make, language) for make in ("agency", "amp") for language in ("de", "en")]
TITLES = [page.title for page in PAGES]


def answers(**options):
    return [write_answer(page.url, page.html.encode(), **options) for page in PAGES]


def pack(records):
    return b"".join(gzip.compress(record, mtime=0) for record in records)


@pytest.fixture
def find(tmp_path):
    def found(content):
        path = tmp_path / "sample.warc"
        path.write_bytes(content)
        results = list(read_path(path))
        return [result.record["title"] for result in results if not result.problem], [(result.place, result.problem) for result in results if result.problem]

    return found


@pytest.mark.parametrize("whole", [b"".join, pack, lambda records: gzip.compress(b"".join(records))], ids=["plain", "packed by record", "packed as one"])
def test_archive_gives_each_page_once(find, whole):
    records = [write_record("warcinfo", "", b"software: x"), write_record("request", "https://x.test", b"GET / HTTP/1.1\r\n\r\n"), *answers()]
    assert find(whole(records)) == (TITLES, [])


def test_archive_says_what_it_knows_of_a_page(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(answers(extra="WARC-Truncated: length\r\n")[0])
    [found] = read_path(path)
    assert (found.place, found.record["url"], found.record["archived"], found.record["truncated"]) == ("answer 1", PAGES[0].url, "2025-06-13T08:00:00Z", True)
    assert found.record["source_id"].startswith("urn:uuid:")


def chunk(body):
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(body[i : i + 1000]), body[i : i + 1000]) for i in range(0, len(body), 1000)) + b"0\r\n\r\n"


BODY = PAGES[0].html.encode()


@pytest.mark.parametrize(
    ("heads", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(BODY)),
        ("content-encoding: GZIP\r\nTransfer-Encoding: chunked\r\n", chunk(gzip.compress(BODY))),
        ("Transfer-Encoding: chunked\r\n", chunk(BODY)),
        ("Transfer-Encoding: chunked\r\n", BODY),  # the crawler has undone it
        ("Content-Encoding: gzip\r\n", BODY),  # the header lies
        ("Content-Encoding: deflate\r\n", zlib.compress(BODY)),
        ("Content-Encoding: deflate\r\n", zlib.compress(BODY)[2:-4]),
        ("Content-Encoding: br\r\n", brotli.compress(BODY)),
        ("Content-Encoding: br, unheard-of\r\n", BODY),
        ("X-Crawler-Content-Encoding: gzip\r\nContent-Length: 7\r\n", BODY),
        ("Broken\r\n", BODY),
    ],
)
def test_archive_unpacks_a_page_or_takes_it_as_it_is(find, heads, body):
    assert find(write_answer("https://x.test/a", body, heads=heads) + answers()[1]) == (TITLES[:2], [])


@pytest.mark.parametrize("media", ["text/html; charset=iso-8859-1", "TEXT/HTML;charset=utf8mb4", 'text/html; charset="', "application/xhtml+xml"])
def test_archive_reads_pages_whatever_charset_is_stated(find, media):
    assert find(write_answer("https://x.test/a", BODY, media=media)) == (TITLES[:1], [])


def test_archive_counts_what_is_no_page(find):
    records = [
        *answers(status="301 Moved Permanently"),
        write_answer("https://x.test/p", b"x", media="image/png"),
        write_answer("https://x.test/f", b"<rss/>", media="application/rss+xml"),
        answers()[0],
        answers()[0],
        write_answer("https://x.test/e", b"", status="404 Not Found"),
    ]
    titles, problems = find(b"".join(records))
    assert titles == TITLES[:1]
    assert problems == [
        ("2 answers", "no HTML page but a picture, a feed, a script or the like"),
        ("4 answers", "status 301, no page"),
        ("1 answer", "status 404, no page"),
        ("1 answer", "the same page again, unchanged"),
    ]


def test_archive_keeps_versions_of_a_page(find):
    again = write_answer(PAGES[0].url, BODY.replace(b"</article>", b"<p>Die Firma hat sich noch immer nicht dazu erkl\xc3\xa4rt.</p></article>"))
    assert find(answers()[0] + again) == ([TITLES[0]] * 2, [])


REQUEST = write_record("request", "https://x.test", b"GET / HTTP/1.1\r\nHost: x.test\r\nAccept: text/html\r\n\r\n")
PACKED = [len(gzip.compress(record, mtime=0)) for record in answers()]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"".join(answers())[:-60], TITLES[:3]),
        (pack(answers())[:-60], TITLES[:3]),
        (pack(answers())[: PACKED[0] + 60], TITLES[:1]),
        (pack(answers())[: PACKED[0] + 15], TITLES[:1]),
        (gzip.compress(b"".join(answers()))[:-60], TITLES[:3]),
        (answers()[0] + REQUEST[:-30], TITLES[:1]),
        (answers()[0] + REQUEST[:60], TITLES[:1]),
        (pack([answers()[0], REQUEST])[:-30], TITLES[:1]),
    ],
    ids=["plain", "packed", "packed, in a head", "packed, at its start", "packed as one", "in a request", "in a request's head", "in a packed request"],
)
def test_archive_that_is_cut_off_says_so(find, content, kept):
    titles, [(place, problem)] = find(content)
    assert titles == kept
    assert place == f"answer {len(kept) + 1}"
    assert "cut off" in problem


def damage(content, start):
    return content[:start] + b"\0" * 30 + content[start + 30 :]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (answers()[0] + b"no record at all\r\n\r\n" + b"".join(answers()[1:]), TITLES),
        (b"no record at all\r\n\r\n" + b"".join(answers()), TITLES),
        (pack(answers()[:1]) + gzip.compress(b"no record\r\n\r\n") + pack(answers()[1:]), TITLES),
        (damage(pack(answers()), PACKED[0] + 300), [TITLES[0], *TITLES[2:]]),
        (pack(answers()[:1]) + b"\0" * 500 + pack(answers()[1:]), TITLES),
        (write_answer("https://x.test/a", BODY, length=30) + b"".join(answers()[1:]), TITLES[1:]),
        (write_answer("https://x.test/a", BODY, length=10**15) + b"".join(answers()[1:]), TITLES[1:]),
        (write_answer("https://x.test/a", BODY, length="-5") + b"".join(answers()[1:]), TITLES[1:]),
        (write_answer("https://x.test/a", BODY, length="many") + b"".join(answers()[1:]), TITLES[1:]),
        (write_record("response", "https://x.test/a", b"hello") + b"".join(answers()[1:]), TITLES[1:]),
        (write_record("response", "https://x.test/a", b"HTTP/1.1 abc\r\n\r\nx") + b"".join(answers()[1:]), TITLES[1:]),
        (write_record("response", "https://x.test/a", b"") + b"".join(answers()[1:]), TITLES[1:]),
    ],
)
def test_archive_lists_a_damaged_record_and_goes_on(find, content, kept):
    titles, problems = find(content)
    assert titles == kept
    assert 1 <= len(problems) <= 2


@pytest.mark.parametrize("content", [b"", b"\0" * 50_000, b"WARC/1.1\r\n", b"\x1f\x8b\x08" * 1_000, b"WARC/1." * 1_000, write_record("warcinfo", "", b"x")])
def test_archive_without_answers_says_so(find, content):
    titles, problems = find(content)
    assert titles == []
    assert len(problems) == 1


def test_archive_bounds_a_page(find, monkeypatch):
    monkeypatch.setattr(warc, "LARGEST_BODY", 200_000)
    large = write_answer("https://x.test/a", b"x" * 300_000)
    titles, problems = find(large + b"".join(answers()))
    assert (titles, problems) == (TITLES, [("answer 1", "page larger than 200,000 bytes")])


def test_archive_bounds_a_page_that_is_packed(find):
    bomb = write_answer("https://x.test/a", gzip.compress(b"0" * 60_000_000, 1), heads="Content-Encoding: gzip\r\n")
    assert find(bomb + answers()[0]) == (TITLES[:1], [("answer 1", "page larger than 20,000,000 bytes when unpacked")])
