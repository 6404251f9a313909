"""Web archives (WARC, packed or not): every archived page that may be an article, one after the other, of any number.

A record that is damaged is listed, and reading goes on at the next that can be found. Answers that are no pages
(redirects, pictures, feeds) and pages that return unchanged are counted, not listed one by one.
"""

import io
import mmap
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from http.client import HTTPException, parse_headers
from pathlib import Path
from typing import TYPE_CHECKING

from .found import Found
from .http_body import LARGEST_BODY, TooLarge, unpack
from .web_page import read_page

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
# What a record begins with, in files packed record by record and in plain ones.
_SIGNATURES = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_PLAIN = b"WARC/1."
_DAMAGED = "damaged record; reading went on at the next one that could be found"
_CUT = "the file is cut off within this record, or the record's length is wrong; fetch the file again"


@dataclass(frozen=True)
class _Answer:
    """An archived answer: ``cut`` where the crawler kept only its beginning."""

    url: str
    status: int
    media: str
    charset: str
    body: bytes
    fetched: str
    name: str
    cut: bool


def read_path(path: str | Path) -> Iterator[Found]:
    """The articles of an archive's pages, and the reasons for the rest: its place is the number of the answer in the file
    ("answer 12"), at the end "14 answers" for each kind that is no page. ``source_id`` is the record's id, ``archived``
    the time it was fetched (UTC), which is not that of publication. A file that cannot be opened raises OSError."""
    left: Counter[str] = Counter()
    seen: set[bytes] = set()
    number = 0
    for answer in _list_answers(Path(path)):
        number += 1
        place = f"answer {number}"
        if isinstance(answer, str):
            yield Found(place, problem=answer)
            continue
        reason = _why_no_page(answer)
        # A body that is the same under the same address comes again with every visit of the crawler.
        digest = blake2b(answer.url.encode("utf-8", "replace") + b"\0" + answer.body, digest_size=16).digest()
        if not reason and digest in seen:
            reason = "the same page again, unchanged"
        if reason:
            left[reason] += 1
            continue
        seen.add(digest)
        found = read_page(answer.body, place=place, url=answer.url, charset=answer.charset)
        yield found if found.problem else Found(place, {**found.record, **_describe(answer, found)})
    if not number:
        yield Found("", problem="no answers of web servers in this archive; it may be empty, or hold what a crawler asked only")
    for reason, count in sorted(left.items()):
        yield Found(f"{count} answer{'s' * (count != 1)}", problem=reason)


def _describe(answer: _Answer, found: Found) -> dict[str, object]:
    return {"source_id": answer.name, "archived": answer.fetched, "truncated": bool(found.record["truncated"] or answer.cut)}


def _why_no_page(answer: _Answer) -> str:
    if answer.status != 200:
        return f"status {answer.status}, no page"
    return "" if answer.media in _PAGES else "no HTML page but a picture, a feed, a script or the like"


def _list_answers(path: Path) -> Iterator[_Answer | str]:
    """Each answer, or the fault of its record. After a fault the file is searched for what can begin the next record."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        signature = next((sign for sign in _SIGNATURES if content[:4].startswith(sign)), _PLAIN)
        start, told = 0, False
        while start >= 0:
            file.seek(start)
            try:
                # All kinds, so that a cut shows. Without digests and unpacking: FastWARC skips records silently for the one, stops the file for the other.
                for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False, verify_digests=False):
                    start = max(start, record.stream_pos)
                    answer = _read_record(record, is_answer=record.record_type == WarcRecordType.response)
                    if answer:
                        yield answer
                        told = answer == _CUT
                    if answer == _CUT:
                        break
                else:
                    if not told and signature == _SIGNATURES[0] and _is_cut(content, start):
                        yield _CUT
                    return
            except OSError:
                if not told:
                    yield _DAMAGED
                told = True
            start = content.find(signature, start + 1)


def _is_cut(content: mmap.mmap, start: int) -> bool:
    """Whether gzip's data end in the middle: of a record cut near its beginning FastWARC shows nothing."""
    if content[start : start + 3] != _SIGNATURES[0]:  # all is packed as one, and its end has been seen
        return False
    unpacking, place, size = zlib.decompressobj(zlib.MAX_WBITS | 16), start, 1 << 16
    try:
        while place < len(content):
            packed = content[place : place + size]
            place += len(packed)
            while packed and not unpacking.eof:
                unpacking.decompress(packed, 1 << 20)
                packed = unpacking.unconsumed_tail
            if unpacking.eof and place - len(unpacking.unused_data) < len(content):
                place -= len(unpacking.unused_data)
                unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error:  # damaged, which has been told
        return False
    return not unpacking.eof


def _read_record(record: "WarcRecord", *, is_answer: bool) -> _Answer | str:
    """The answer in a record, or its fault; "" for whole records of other kinds."""
    if "Content-Length" not in record.headers:
        return _CUT
    if not is_answer:
        return _CUT if record.reader.consume() < record.content_length else ""
    if record.content_length > LARGEST_BODY:
        # A length that runs past the end of the file is a wrong one.
        return _CUT if record.reader.consume() < record.content_length else f"page larger than {LARGEST_BODY:,} bytes"
    block = record.reader.read(record.content_length) if record.content_length else b""
    if len(block) < record.content_length:
        return _CUT
    stream = io.BytesIO(block)
    try:
        protocol, status, *_ = stream.readline(2_000).split()
        headers = parse_headers(stream)
        packing = ", ".join(headers.get_all("Content-Encoding", []) + headers.get_all("Transfer-Encoding", []))
        body = unpack(stream.read(), packing)
        if not protocol.startswith(b"HTTP/"):
            raise ValueError
        told = int(status)
    except TooLarge as fault:
        return f"page {fault}"
    except (ValueError, HTTPException):
        return "a record that is no answer of a web server"
    url, fetched, name = (record.headers.get(key) or "" for key in ("WARC-Target-URI", "WARC-Date", "WARC-Record-ID"))
    charset = headers.get_param("charset") or ""
    media = headers.get_content_type() if "Content-Type" in headers else ""
    return _Answer(url.strip("<>"), told, media, charset if isinstance(charset, str) else "", body, fetched, name.strip("<>"), "WARC-Truncated" in record.headers)
