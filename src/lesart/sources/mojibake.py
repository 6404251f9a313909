"""Mends text that was UTF-8, was read as Latin-1 or cp1252, and saved so: "LÃ¶hne" for "Löhne".

Only what is no word of any language is touched: the signs that the two or three bytes of a letter, a quotation mark or a
dash give. What was lost ("L�hne") cannot be mended; it is counted.
"""

import re

_LOST = "\ufffd"
# One lost sign in so many characters, and more than a few of them: umlauts are gone from the text, not one sign.
_RARE, _FEW = 1_000, 3


def _signs(first: int, last: int) -> str:
    """The characters that bytes of this range are in cp1252, and in Latin-1, as a class of a regular expression."""
    signs = {bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(first, last + 1)}
    return "".join(sorted(re.escape(sign) for sign in signs | {chr(byte) for byte in range(first, last + 1)}))


# Ã before the second byte of ä, ö, ü, ß, é …; Â before that of », «, § and the no-break space; â€ before that of quotation
# marks, dashes and dots, and â‚¬ for €. Others ("Ö“", "É»") can stand in a text.
_GARBLED = re.compile(rf"[Ã][{_signs(0x80, 0xBF)}]|[Â][{_signs(0xA0, 0xBF)}]|â[{_signs(0x80, 0x84)}][{_signs(0x80, 0xBF)}]")
_HINTS = ("Ã", "Â", "â")


def mend(text: str) -> tuple[str, int]:
    """The text with what was garbled made good, and at how many places.

    >>> mend("Die LÃ¶hne der â€žBeschÃ¤ftigtenâ€œ"), mend("Die SPÖ“ und CAFÉ»")
    (('Die Löhne der „Beschäftigten“', 4), ('Die SPÖ“ und CAFÉ»', 0))
    """
    if not any(hint in text for hint in _HINTS):
        return text, 0
    mended, n_places = _GARBLED.subn(lambda found: _read_again(found[0]), text)
    return mended, n_places


def _read_again(garbled: str) -> str:
    raw = b"".join(_to_byte(sign) for sign in garbled)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return garbled


def _to_byte(sign: str) -> bytes:
    return bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252")


def count_lost(text: str) -> tuple[int, bool]:
    """How many characters are lost for good, and whether they are so many that words are.

    >>> count_lost("Die L\\ufffdhne der Besch\\ufffdftigten f\\ufffdr \\ufffdberstunden"), count_lost("ein \\ufffd")
    ((4, True), (1, False))
    """
    n_lost = text.count(_LOST)
    return n_lost, n_lost > _FEW and n_lost * _RARE > len(text)
