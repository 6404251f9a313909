"""Unpacks the bodies of HTTP answers, bounded: what a server packed may be a thousand times as large, or not packed at all."""

import re
import zlib
from collections.abc import Iterator

# No page is larger (web_page reads less of a page, but pictures may be in it).
LARGEST_BODY = 20_000_000

_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")


class TooLarge(ValueError):
    """A body is larger than its bound when it is unpacked."""


def unpack(body: bytes, encodings: str, *, largest: int = LARGEST_BODY) -> bytes:
    """The body without its packing; ``encodings`` is the header Content-Encoding, after Transfer-Encoding if there is
    one ("gzip", "gzip, chunked"). A body that is not packed as the header says comes back as it is: archives often keep
    the header of what they have unpacked. Raises TooLarge.

    >>> import gzip
    >>> unpack(gzip.compress(b"<html>"), "gzip"), unpack(b"<html>", "gzip"), unpack(b"6\\r\\n<html>\\r\\n0\\r\\n\\r\\n", "chunked")
    (b'<html>', b'<html>', b'<html>')
    """
    if len(body) > largest:
        raise TooLarge(f"larger than {largest:,} bytes")
    for name in reversed([name.strip().lower() for name in encodings.split(",")]):
        try:
            body = _UNPACKERS.get(name, lambda packed, _: packed)(body, largest)
        except _Falsely:
            continue
    return body


class _Falsely(Exception):
    """The body is not packed as its header says."""


def _unchunk(body: bytes, largest: int) -> bytes:
    return b"".join(_list_chunks(body))


def _list_chunks(body: bytes) -> Iterator[bytes]:
    place = 0
    while head := _CHUNK_HEAD.match(body, place):
        size = int(head[1], 16)
        if not size:
            return
        yield body[head.end() : head.end() + size]
        place = head.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else 1
    if place < len(body):
        raise _Falsely


def _inflate(body: bytes, largest: int) -> bytes:
    """gzip or zlib; some servers send deflate without its head. What is cut gives what there is."""
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(window)
        try:
            plain = inflater.decompress(body, largest + 1)
        except zlib.error:
            continue
        if len(plain) > largest:
            raise TooLarge(f"larger than {largest:,} bytes when unpacked")
        return plain
    raise _Falsely


def _unbrotli(body: bytes, largest: int) -> bytes:
    import brotli

    try:
        plain = brotli.Decompressor().process(body, output_buffer_limit=largest + 1)
    except brotli.error:
        raise _Falsely from None
    if len(plain) > largest:
        raise TooLarge(f"larger than {largest:,} bytes when unpacked")
    return plain


_UNPACKERS = {"chunked": _unchunk, "gzip": _inflate, "x-gzip": _inflate, "deflate": _inflate, "br": _unbrotli}
