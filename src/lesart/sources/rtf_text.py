"""RTF as text, page breaks kept.

striprtf reads the text well; what it gets wrong is settled here before and after it: page breaks, emoji, bytes that
no code page has, and expressions that take minutes on a hostile file.
"""

import re
from functools import lru_cache

from ..errors import CorpusError
from .bounds import say_fault
from .decoding import decode
from .press_records import tidy

PAGE = "\f"
# Written for a page break before stripping, and found again after it; no font has this letter.
_BREAK = "\ue000"
_BREAK_RTF = rb"\\par\\u-8192?\\par "
# Pictures: only digits of hexadecimal numbers, which no prose is for so long.
_HEX = re.compile(rb"[0-9a-fA-F\s]{400,}")
# Longer than any list of fonts; striprtf's expression for it takes quadratic time.
_MAX_FONTS = 60_000
_MAX_FONT_LINE = 2_000


def is_rtf(content: bytes) -> bool:
    """Whether a file begins as RTF."""
    return content[:200].lstrip()[:5].lower() == b"{\\rtf"


def rtf_text(content: bytes) -> str:
    """The text of an RTF file: a line per paragraph, a form feed for each page break. Raises CorpusError for what cannot be read."""
    try:
        return _strip(content)
    except Exception as fault:  # a broken file fails wherever striprtf happens to be
        raise CorpusError(f"not readable as RTF ({say_fault(fault)}); open it in Word and save it anew") from None


# More than one reader looks at the same file.
@lru_cache(maxsize=2)
def _strip(content: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    content = _HEX.sub(b" ", content)
    content = re.sub(rb"\\(?:page|sect)(?![a-z])(?:-?\d+)? ?", _BREAK_RTF, content)
    # Its expression for links is slow, and would write addresses into the text; the words of a link are read without it.
    content = re.sub(rb"(?i)hyperlink", b"LINK", content)
    # Numbers too large to be any, and bytes that are announced as raw: neither stands in text.
    content = re.sub(rb"\\u-?\d{6,}", b"?", content)
    content = re.sub(rb"(\\[a-zA-Z]{1,32}-?\d{7})\d+", rb"\1", content)
    content = re.sub(rb"\\bin(?=-?\d|\W)", rb"\\pi", content)
    text = rtf_to_text(_bound_fonts(decode(content)), encoding="cp1252", errors="ignore")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tidy(whole).replace("\f", "\n").replace(_BREAK, PAGE)


def _bound_fonts(text: str) -> str:
    start = text.find("\\fonttbl")
    if start < 0:
        return text
    stop = _closing(text, start)
    fonts = text[start:stop].replace("{", "\n{")
    if len(fonts) > _MAX_FONTS or max(map(len, fonts.split("\n"))) > _MAX_FONT_LINE:
        fonts = "\\fonttbl"
    return text[:start] + fonts + text[stop:]


def _closing(text: str, start: int) -> int:
    """Where the group that ``start`` stands in is closed, or the end."""
    depth = 1
    for brace in re.finditer(r"[{}]", text[start:]):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return start + brace.start()
    return len(text)
