"""What the readers of press databases share: one way to make a record, to hold word counts against the text, and to
hold announced counts against what was found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from .dates import read_date
from .found import Found
from .labels import label_data, list_words

# Words in the text divided by the words that the database states, as measured on 372 articles from Nexis DOCX, 502 from
# Nexis HTML and 222 from Factiva: English and Factiva lie between 0.86 and 1.13, German Nexis between 0.78 and 0.94.
BOUNDS = (0.85, 1.15)
BOUNDS_NEXIS_DE = (0.75, 1.05)
# A short article is out of bounds by its headline or caption alone.
_LEAST_DIFFERENCE = 15
# Columns that hold one line each, in the order in which they are written.
_COLUMNS = "title subtitle outlet date author section page edition url language words_stated source_id teaser dateline series abstract loaded kind".split()
_LONGEST_SECTION = 500
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u00ad]")


def tidy(text: str) -> str:
    """Text in NFC with LF line ends and plain blanks, without soft hyphens and control characters.

    >>> tidy("Lo\\u0308hne\\u00a0steigen\\r\\nwei\\u00adter")
    'Löhne steigen\\nweiter'
    """
    text = normalize("NFC", text.replace("\r\n", "\n").translate({0x0D: "\n", 0x0B: "\n", 0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0xA0: " ", 0x202F: " "}))
    # A lone surrogate is no character: no file could hold it.
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode()


def one_line(text: str) -> str:
    """Text with all white space made single.

    >>> one_line(" Ein \\n Titel ")
    'Ein Titel'
    """
    return " ".join(text.split())


def make_found(place: str, fields: Mapping[str, str], paragraphs: Sequence[str], *, bounds: tuple[float, float] = BOUNDS, n_more_words: int = 0) -> Found:
    """The article at ``place``, from what its source says (``fields``, by column) and the paragraphs of its body.

    ``bounds``: between which words read ÷ words stated may lie without a note. ``n_more_words``: words that the database
    counts though they are no body (Factiva: the headline). Without paragraphs it is no article; ``problem`` says so.
    """
    fields = {column: one_line(tidy(value)) for column, value in fields.items() if value and value.strip()}
    text = "\n\n".join(clean for paragraph in paragraphs if (clean := _tidy_paragraph(paragraph)))
    record: dict[str, object] = {"text": text}
    record |= {column: value for column in _COLUMNS if (value := _read_column(column, fields)) not in ("", None)}
    stated = record.get("words_stated")
    if not text:
        del record["text"]
        return Found(place, record, problem="no text: only headline and reference data, or a picture with its caption")
    if isinstance(stated, int):
        note = judge_words(len(text.split()) + n_more_words, stated, bounds)
        record |= {"note": note} if note else {}
    return Found(place, record)


def _tidy_paragraph(paragraph: str) -> str:
    lines = (one_line(line) for line in tidy(paragraph).split("\n"))
    return "\n".join(line for line in lines if line)


def _read_column(column: str, fields: Mapping[str, str]) -> object:
    value = fields.get(column, "")
    if column == "title":
        return "" if value in list_words(label_data()["nexis"]["no_title"]) else value
    if column in ("date", "loaded"):
        return read_date(value, language=read_language(fields.get("language", ""))) if value else ""
    if column == "author":
        return strip_byline(value)
    if column == "language":
        return read_language(value) or value
    if column == "words_stated":
        return read_count(value)
    return value


def strip_byline(value: str) -> str:
    """An author's name without "By" or "Von" before it.

    >>> strip_byline("Von Ida Beispiel"), strip_byline("By Ada Example"), strip_byline("von Stein, Karl")
    ('Ida Beispiel', 'Ada Example', 'von Stein, Karl')
    """
    first, _, rest = value.partition(" ")
    return rest.strip() if rest and first in list_words(label_data()["bylines"]) else value


def read_language(value: str) -> str:
    """de or en where a database's word for the language says so, else "".

    >>> read_language("GERMAN; DEUTSCH"), read_language("Englisch"), read_language("DUTCH; NEDERLANDS")
    ('de', 'en', '')
    """
    told = {word.casefold() for word in re.findall(r"[^\W\d_]+", value)}
    for language, sides in label_data()["languages"].items():
        if told & {language, *(word.casefold() for word in list_words(sides))}:
            return language
    return ""


def read_count(value: str) -> int | None:
    """The first whole number in a text, thousands marked or not.

    >>> read_count("870 Wörter"), read_count("1.204 Wörter"), read_count("1,204 words"), read_count("unbekannt")
    (870, 1204, 1204, None)
    """
    found = re.search(r"\d{1,3}(?:[.,' ]\d{3}){1,3}(?!\d)|\d{1,9}", value)
    return int(re.sub(r"\D", "", found[0])) if found else None


def judge_words(n_words: int, n_stated: int, bounds: tuple[float, float] = BOUNDS) -> str:
    """A note where the words read are far from the words that the database states; "" where they are near.

    >>> judge_words(500, 870)
    '500 words read, 870 stated by the database: a part of the text may be missing'
    >>> judge_words(860, 870)
    ''
    """
    least, most = bounds
    if abs(n_words - n_stated) < _LEAST_DIFFERENCE or least * n_stated <= n_words <= most * n_stated:
        return ""
    remark = "a part of the text may be missing" if n_words < n_stated else "more than the article may have been read"
    return f"{n_words} words read, {n_stated} stated by the database: {remark}"


def hold_counts(announced: Iterable[tuple[str, int | None]], n_found: int, *, what: str = "documents") -> Iterator[Found]:
    """A last place "" where the counts that the file announces are not those found, or nothing was found; else nothing.

    ``announced``: where a count stands in the file, and the count (None: it does not stand there).

    >>> [found.problem for found in hold_counts([("cover", 100), ("end marks", 98)], 98)]
    ['announces 100 documents, 98 found (cover)']
    """
    wrong = {where: count for where, count in announced if count is not None and count != n_found}
    if wrong:
        counts = sorted(set(wrong.values()), reverse=True)
        yield Found("", problem="; ".join(f"announces {count} {what}, {n_found} found ({', '.join(w for w, c in wrong.items() if c == count)})" for count in counts))
    elif not n_found:
        yield Found("", problem=f"no {what} found")


def split_section(value: str) -> dict[str, str]:
    """Section, page and edition, from how Nexis writes them in one.

    >>> split_section("WIRTSCHAFT; S. 4 Ausg. 167") == {"section": "WIRTSCHAFT", "page": "4", "edition": "167"}
    True
    >>> split_section("Section A; Column 1; Business Desk; Pg. 12")
    {'section': 'Section A; Column 1; Business Desk', 'page': '12'}
    """
    fields = {"section": one_line(value)[:_LONGEST_SECTION]}
    for column, key in (("edition", "editions"), ("page", "pages")):
        words = "|".join(map(re.escape, list_words(label_data()[key])))
        found = re.search(rf"(?:^|[;,\s])\s*(?:{words})\.?\s*([A-Z]?\d[\w/-]*)\s*$", fields["section"])
        if found:
            fields |= {column: found[1], "section": fields["section"][: found.start()].rstrip(" ;,")}
    return {column: fields[column] for column in ("section", "page", "edition") if fields.get(column)}
