"""One article as Factiva shows it, whichever the container: lines without labels in a constant order, or two-letter codes.

Source of the codes: Factiva's list of search fields. WC counts headline and text; text is LP (the first two paragraphs)
and TD (the rest), either of which may be missing.
"""

import re
from collections.abc import Mapping, Sequence

from .dates import is_date_line
from .found import Found
from .labels import label_data, list_words
from .press_records import make_found, one_line, read_language

# 25 characters: eight of the source, the day of loading, nine more; a few more or less in copies.
_ACCESSION = r"\b((?=[A-Za-z0-9]{0,12}\d{6})[A-Za-z0-9]{18,32})\b"
_LENGTH = re.compile(r"\d[\d.,]* ?[^\d\s][^\d]{0,15}")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AP]M)?(?: Uhr)?(?: [A-Z]{3,4})?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_PAGE = re.compile(r"[A-Z]{0,2}\d{1,4}")
# A publisher's name is no longer, and ends in a full stop only as a firm ("Co. Inc.").
_LONGEST_PUBLISHER = 12
_FIRM = re.compile(r"\b(?:Inc|Co|Corp|Ltd|LLC|plc|S\.A|N\.V|B\.V|e\.V|K\.G)\.?$", re.IGNORECASE)


def document_line() -> re.Pattern[str]:
    """The line that closes an article: "Dokument" and the accession number (group 1)."""
    words = "|".join(map(re.escape, list_words(label_data()["factiva"]["document"])))
    return re.compile(rf"^[ \t]*(?:{words})[ \t]+{_ACCESSION}[ \t]*$", re.MULTILINE)


def is_publisher(paragraph: str) -> bool:
    """Whether a last paragraph without a mark is the publisher's name rather than the last of the text.

    >>> is_publisher("Muster Verlag GmbH"), is_publisher("Sample & Company, Inc."), is_publisher("Der Ofen bleibt kalt.")
    (True, True, False)
    """
    line = one_line(paragraph)
    return len(line.split()) <= _LONGEST_PUBLISHER and (line[-1:] not in tuple(".!?“”\"…") or bool(_FIRM.search(line)))


def read_display(place: str, lines: Sequence[str], paragraphs: Sequence[str], given: Mapping[str, str]) -> Found:
    """The article from its unlabelled ``lines`` below the headline, its paragraphs, and what the container tells (``given``)."""
    fields = {**read_lines(lines), **{column: value for column, value in given.items() if value}}
    return _make(place, fields, paragraphs)


def read_codes(place: str, codes: Mapping[str, Sequence[str]]) -> Found:
    """The article from its codes, each with its lines; codes that are not known are left alone."""
    data = label_data()["factiva"]["codes"]
    fields = {column: " ".join(codes[code]) for column, known in data.items() for code in known if column != "text" and code in codes}
    accession = re.search(_ACCESSION, fields.get("source_id", ""))
    fields["source_id"] = accession[1] if accession else ""
    return _make(place, fields, [paragraph for code in data["text"] for paragraph in codes.get(code, ())])


def _make(place: str, fields: Mapping[str, str], paragraphs: Sequence[str]) -> Found:
    return make_found(place, fields, paragraphs, n_more_words=len(fields.get("title", "").split()))


def find_length(lines: Sequence[str]) -> int | None:
    """Where the number of words stands: the first line of its shape that the date follows, or that says "words"."""
    words = set(list_words(label_data()["factiva"]["words"]))
    shaped = [n for n, line in enumerate(lines) if _LENGTH.fullmatch(line.strip())]
    return next((n for n in shaped if any(map(is_date_line, lines[n + 1 : n + 3])) or lines[n].split()[-1] in words), None)


def read_lines(lines: Sequence[str]) -> dict[str, str]:
    """Length, date, source, page, language … from lines without labels, told by their shape.

    >>> read_lines(["590 Wörter", "1 April 2017", "Musterblatt", "MUSTB", "Wochenende", "4", "Deutsch", "Copyright 2017"])
    {'words_stated': '590 Wörter', 'date': '1 April 2017', 'outlet': 'Musterblatt', 'language': 'Deutsch', 'page': '4', 'edition': 'Wochenende'}
    """
    lines = [one_line(line) for line in lines if line.strip()]
    length = find_length(lines)
    if length is None:
        return {}
    fields = {"words_stated": lines[length]}
    rest = lines[length + 1 :]
    if rest and is_date_line(rest[0]):
        fields["date"] = rest.pop(0)
    if rest and _TIME.fullmatch(rest[0]):
        rest.pop(0)
    if rest:
        fields["outlet"] = rest.pop(0)
    if rest and _CODE.fullmatch(rest[0]):
        rest.pop(0)
    spoken = next((n for n, line in enumerate(rest) if len(line.split()) <= 2 and read_language(line)), None)
    if spoken is not None:
        fields["language"] = rest[spoken]
        rest = rest[:spoken]  # the copyright follows
        page = next((line for line in rest if _PAGE.fullmatch(line)), "")
        edition = next((line for line in rest if not re.search(r"\d", line)), "")
        fields |= {"page": page} if page else {}
        fields |= {"edition": edition} if edition else {}
    return fields
