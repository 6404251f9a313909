"""Web pages that a browser saved as one file (MHT, MHTML; RFC 2557): finds the page among its frames and pictures."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.parser import HeaderParser

from .found import Found
from .web_page import LARGEST_FILE, read_page

_BEFORE = b"\xef\xbb\xbf \t\r\n"


def read(content: bytes, name: str) -> Iterator[Found]:
    """The article of the saved page, or the reason why there is none; always one ``Found``, its place ""."""
    yield _read(content)


def _read(content: bytes) -> Found:
    if len(content) > LARGEST_FILE:
        return Found("", problem=f"larger than {LARGEST_FILE:,} bytes: not one page; save it without its pictures")
    try:
        message = message_from_bytes(content.lstrip(_BEFORE), policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        address = _read_head(message, "Snapshot-Content-Location") or _read_head(message, "X-Snapshot-Content-Location")
        main = next((part for part in parts if address and _read_head(part, "Content-Location") == address), parts[0] if parts else None)
        if main is None:
            return Found("", problem="no page in this file, only its frames or pictures; save it anew")
        page = main.get_payload(decode=True) or b""
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):  # what email raises on hostile heads
        return Found("", problem="not a readable MHT file; save the page anew")
    # Chromium's part names no charset: the bytes decide.
    found = read_page(page, url=address or _read_head(main, "Content-Location"), charset=_charset(main))
    if found.problem:
        return found
    last = [part for part in message.walk() if not part.is_multipart()][-1] is main
    cut = last and any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in message.defects)
    title = {} if found.record.get("title") else {"title": _read_head(message, "Subject")}
    return Found("", {**found.record, **title, "truncated": bool(found.record["truncated"] or cut)})


def _read_head(part, name: str) -> str:
    """A head of the part, its encoded words read; "" if it has none or a broken one."""
    raw = part.get(name)
    if raw is None:
        return ""
    try:
        parsed = HeaderParser(policy=policy.default).parsestr(f"Subject: {' '.join(str(raw).split())}\n\n")
        return " ".join(str(parsed["Subject"]).split())
    except Exception:  # the parser of heads raises what it likes on hostile ones
        return ""


def _charset(part) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", str(part.get("Content-Type", "")), re.IGNORECASE)
    return found[1] if found else ""
