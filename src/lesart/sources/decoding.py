"""Bytes of pages and exports as text, by what they are, else by what they say of themselves.

Notes and tables that say nothing of it are for ``articles.decode``, which guesses.
"""

import codecs
import re

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(content: bytes, charset: str = "") -> str:
    """The text of a page or an export. UTF-8 where the bytes are UTF-8, whatever is declared: no other text of some length looks so;
    else the sender's charset, the page's own, Windows' cp1252, in this order, the first that fits.

    >>> decode("Löhne".encode(), "iso-8859-1"), decode("<meta charset=latin1>Löhne".encode("cp1252"))[-5:]
    ('Löhne', 'Löhne')
    >>> decode("„Löhne“".encode() + b"\\xc3")  # cut within a letter
    '„Löhne“\ufffd'
    """
    for bom, code in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(code, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    if 2 * text.count("\ufffd") < sum(sign > "\x7f" for sign in text):  # UTF-8 with some damage
        return text
    stated = [group.decode() for match in _CHARSET.finditer(content[:4_000]) for group in match.groups() if group]
    for name in (charset, *stated):
        try:
            code = codecs.lookup(name).name
            if code not in ("utf-8", "iso8859-1", "ascii"):  # the latter two mean cp1252 on the web
                return content.decode(code)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")
