"""Dates as German and English press databases write them.

The date is cut out of its line first (weekday, time and edition text stand around it), then read by dateparser.
Where day and month cannot be told apart ("06/07/2024" without a language) nothing is guessed.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .labels import label_data, list_words

# Lines longer than this hold prose; a date in them is part of a sentence.
_LONGEST_LINE = 160
_MONTH = r"[^\W\d_]{3,10}\.?"
_FORMS = re.compile(
    r"(?<!\d)(?:"
    r"(?P<iso>(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|(?P<y4>\d{4})/(?P<m4>\d{1,2})/(?P<d4>\d{1,2}))"
    r"|(?P<points>(?P<d2>\d{1,2})\. ?(?P<m2>\d{1,2})\. ?(?P<y2>\d{4}|\d{2}))"
    r"|(?P<strokes>(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y3>\d{4}))"
    rf"|(?P<day_first>(?:\d{{1,2}})(?:\.|st|nd|rd|th)?,? {_MONTH},? \d{{4}})"
    rf"|(?P<month_first>{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
    r"|(?P<chinese>(?P<y5>\d{4}) ?年 ?(?P<m5>\d{1,2}) ?月 ?(?P<d5>\d{1,2}) ?日)"
    r")(?!\d)"
)
# The oldest newspapers in the databases are of the 18th century.
_YEARS = range(1700, 2101)


class DateInText(NamedTuple):
    """A date read in a text: ISO 8601, and where it stands."""

    iso: str
    start: int
    end: int


def find_date(text: str, *, language: str = "") -> DateInText | None:
    """The first date in a short text, or None.

    ``language`` (de, en or unknown) settles 06/07/2024: day first in German; in English, where both orders are in use,
    only if one number is above 12.

    >>> find_date("June 13, 2025 Friday, Late Edition - Final").iso, find_date("Mittwoch 31. August 2011").iso
    ('2025-06-13', '2011-08-31')
    >>> find_date("3. Maerz 2014"), find_date("06/07/2024")
    (DateInText(iso='2014-03-03', start=0, end=13), None)
    """
    for form in _FORMS.finditer(text[:_LONGEST_LINE]):
        iso = _read(form, language)
        if iso:
            return DateInText(iso, form.start(), form.end())
    return None


def read_date(text: str, *, language: str = "") -> str:
    """ISO 8601 where the text holds a date that can be read, else the text as it stood.

    >>> read_date("27. Februar 2012 Montag 9:50 PM GMT+1"), read_date("31. Juni 2025"), read_date("Sommer 2020")
    ('2012-02-27', '31. Juni 2025', 'Sommer 2020')
    """
    found = find_date(text, language=language)
    return found.iso if found else text.strip()


def is_date_line(text: str) -> bool:
    """Whether a line is a date, perhaps with weekday, time and edition, rather than a sentence that names one.

    >>> is_date_line("Freitag 13. Juni 2025"), is_date_line("Seit dem 13. Juni 2025 ist alles anders.")
    (True, False)
    """
    found = find_date(text)
    if not found or len(text) > _LONGEST_LINE:
        return False
    before = text[: found.start].strip(" ,.(").casefold()
    return not before or len(before) > 1 and any(day.casefold().startswith(before) for day in list_words(label_data()["weekdays"]))


def _read(form: re.Match, language: str) -> str:
    if form["iso"]:
        return _write(form["y1"] or form["y4"], form["m1"] or form["m4"], form["d1"] or form["d4"])
    if form["chinese"]:
        return _write(form["y5"], form["m5"], form["d5"])
    if form["points"]:
        return _write(form["y2"], form["m2"], form["d2"])
    if form["strokes"]:
        return _read_strokes(int(form["a"]), int(form["b"]), form["y3"], language)
    return _read_named(form[0])


def _read_strokes(first: int, second: int, year: str, language: str) -> str:
    if language == "de" or first > 12 or first == second:
        return _write(year, second, first)
    return _write(year, first, second) if second > 12 else ""


def _write(year: str, month: str | int, day: str | int) -> str:
    """ISO 8601, or "" for a day that is none; of two digits 69 and more are the last century's, as POSIX has it."""
    number = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 69 else 2000)
    try:
        return date(number, int(month), int(day)).isoformat() if number in _YEARS else ""
    except ValueError:
        return ""


@lru_cache(maxsize=10_000)
def _read_named(text: str) -> str:
    import dateparser

    for ours, theirs in (pair for side in label_data()["months"].values() for pair in side.items()):
        text = re.sub(rf"\b{ours}\b", theirs, text, flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]+", text)
    if any(word.casefold() in _WORDS_LIKE_MONTHS for word in words):
        return ""
    # All three parts are asked for: a missing one would be filled in from today's date.
    asked = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "TIMEZONE": "UTC"}
    found = dateparser.parse(text, languages=["de", "en", "nl", "fr"], settings=asked)
    return found.date().isoformat() if found and found.year in _YEARS else ""


# What stands where a month might, and is a unit or a weekday to the date parser.
_WORDS_LIKE_MONTHS = frozenset({"uhr", "tage", "tagen", "jahre", "jahren", "wochen", "days", "weeks", "years", "hours", "minutes"})
