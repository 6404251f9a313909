"""Reads what a text counts and dates, so that the same figure is the same in German and English.

Values, not strings: "15 Mrd. US-Dollar", "15 Milliarden" and "$15bn" are one figure, "1.400" in German is "1,400" in English.
What it does not do: convert currencies or units, read fractions in words ("ein Fünftel"), or see that "gut 14 Milliarden" is
14.3 billion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from babel import Locale

_BLANK = "[ \u00a0\u202f]"
# Grouped by threes, else plain with decimals; the group sign is the language's own, an apostrophe or a narrow space.
_NUMBER = {
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[’'\u202f\u00a0]\d{3})+|\d+(?:\.\d+)?",
    "de": r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[’'\u202f\u00a0]\d{3})+|\d+(?:[.,]\d+)?",
}
# Longer strings of digits are no figures of a story.
_MOST_DIGITS = 15
_YEARS = range(1900, 2101)
# Counts up to twelve stand in every text.
_LEAST_COUNT = 13
_OF_DATES = {"iso", "day", "month", "day2", "month2", "month3", "number"}


@dataclass(frozen=True)
class Quantity:
    """A figure, share or date: its place in the text, and ``key``, the same in both languages.

    ``key``: ``figure:15000000000``, ``percent:49``, ``date:06-12`` (month and day), ``month:2022-10``, ``year:2016``.
    """

    start: int
    end: int
    key: str


@cache
def evidence_data() -> dict[str, dict]:
    """The lists of ``data/evidence.yaml``: name → language → words."""
    text = files("lesart").joinpath("data/evidence.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def list_quantities(text: str, language: str) -> Iterator[Quantity]:
    """The figures, shares and dates of a text, in order; counts up to twelve are left out.

    >>> [q.key for q in list_quantities("Meta zahlt 14,3 Mrd. US-Dollar für 49 %, am 12. Juni, 1.400 Stellen", "de")]
    ['figure:14300000000', 'percent:49', 'date:06-12', 'figure:1400']
    >>> [q.key for q in list_quantities("Meta pays $14.3bn for 49 percent, on June 12th, 1,400 jobs", "en")]
    ['figure:14300000000', 'percent:49', 'date:06-12', 'figure:1400']
    """
    for found in _pattern(language).finditer(text):
        groups = {name: value for name, value in found.groupdict().items() if value}
        key = _date_key(groups, language) if _OF_DATES & groups.keys() else _figure_key(groups, language)
        if key:
            yield Quantity(found.start(), found.end(), key)


@cache
def _pattern(language: str) -> re.Pattern:
    """One expression for all: dates first, for their numbers are no figures."""
    months = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    day, year = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d"
    iso = rf"(?P<iso>{year}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    if language == "de":
        dates = [rf"(?P<day>{day})\.{_BLANK}?(?P<month>{months})\b", rf"(?P<day2>{day})\.{_BLANK}?(?P<number>0?[1-9]|1[0-2])\.(?:{year}|\d\d)(?!\d)"]
    else:
        dates = [
            rf"(?P<day>{day})(?:st|nd|rd|th)?(?:{_BLANK}of)?{_BLANK}(?P<month>{months})\b\.?",
            rf"\b(?P<month2>{months})\.?{_BLANK}(?P<day2>{day})(?:st|nd|rd|th)?(?![\d.,:]*\d)",
        ]
    dates.append(rf"\b(?P<month3>{months})\.?{_BLANK}(?P<year>{year})(?!\d)")
    # Not inside a number or a name ("COVID-19").
    return re.compile(r"(?<![\w.,])(?<![^\W\d_]-)(?:" + "|".join([iso, *dates, *_figures(language)]) + ")")


def _figures(language: str) -> list[str]:
    """Expressions for figures: in digits or words, with scale, currency and per cent as far as they are there."""
    data = evidence_data()
    scales = "|".join(sorted(data["scales"][language], key=len, reverse=True))
    money = "|".join(data["scales_of_money"][language]) or "(?!)"
    percent = "|".join(sorted(map(re.escape, data["percent"][language]), key=len, reverse=True))
    currencies = "|".join(sorted(map(re.escape, data["currencies"][language]), key=len, reverse=True))
    words = "|".join(sorted(number_words(language), key=len, reverse=True))
    join = f"(?:{_BLANK}|-)?"
    tail = rf"(?:{join}(?P<scale>{scales})\b\.?)?(?:{join}(?P<percent>(?:{percent})(?!\w))|{join}(?P<unit>(?:{currencies}|[$€£¥])(?!\w)))?"
    sum_ = rf"(?P<sign>[$€£¥]{_BLANK}?)(?P<sum>{_NUMBER[language]})(?:(?P<short>{money})\b|{join}(?P<sum_scale>{scales})\b\.?)?"
    told = tail.replace("?P<scale>", "?P<word_scale>").replace("?P<percent>", "?P<word_percent>").replace("?P<unit>", "?P<word_unit>")
    return [sum_, rf"(?P<figure>{_NUMBER[language]})(?![\d:]){tail}", rf"(?P<word>(?i:{words}))(?!\w){told}"]


def _date_key(groups: dict[str, str], language: str) -> str:
    if "iso" in groups:
        return f"date:{groups['iso'][5:]}"
    day = groups.get("day") or groups.get("day2")
    month = groups.get("month") or groups.get("month2") or groups.get("month3")
    number = int(groups["number"]) if "number" in groups else _months(language)[month]
    return f"date:{number:02d}-{int(day):02d}" if day else f"month:{groups['year']}-{number:02d}"


def _figure_key(groups: dict[str, str], language: str) -> str:
    digits = groups.get("sum") or groups.get("figure")
    if digits and len(digits) > _MOST_DIGITS:
        return ""
    scale = groups.get("scale") or groups.get("sum_scale") or groups.get("word_scale")
    power = int(evidence_data()["scales"][language][scale]) if scale else int(evidence_data()["scales_of_money"][language].get(groups.get("short", ""), 0))
    value = (_value(digits, language) if digits else number_words(language)[groups["word"].lower()]) * 10**power
    if "percent" in groups or "word_percent" in groups:
        return f"percent:{value:.10g}"
    counted = scale or groups.get("sign") or groups.get("unit") or groups.get("word_unit") or groups.get("short")
    if digits and not counted and digits.isdigit() and int(digits) in _YEARS:
        return f"year:{digits}"
    return f"figure:{value:.15g}" if counted and value >= 2 or value >= _LEAST_COUNT or value != int(value) else ""


def _value(digits: str, language: str) -> float:
    """The number that digits write in a language.

    >>> _value("1.400", "de"), _value("1,400", "en"), _value("1,400", "de"), _value("14.3", "en")
    (1400.0, 1400.0, 1.4, 14.3)
    """
    digits = re.sub("[’'\u202f\u00a0]", "", digits)
    if language == "en":
        return float(digits.replace(",", ""))
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits)
    return float((digits.replace(".", "") if grouped else digits).replace(",", "."))


@cache
def _months(language: str) -> dict[str, int]:
    """The names and abbreviations of the months, by CLDR."""
    names = {}
    for locale in (language, {"de": "de_AT", "en": "en_GB"}[language]):
        for width in ("wide", "abbreviated"):
            names |= {name.rstrip("."): number for number, name in Locale.parse(locale).months["format"][width].items()}
    return names


@cache
def number_words(language: str) -> dict[str, int]:
    """The numbers from two to ninety-nine in words.

    >>> number_words("de")["achtundfünfzig"], number_words("en")["fifty-eight"]
    (58, 58)
    """
    words = evidence_data()["number_words"][language]
    tens = {word: 10 * number for number, word in enumerate(words[20:], 2)}
    numbers = {word: number for number, word in enumerate(words[:20]) if number > 1} | tens
    for ten, value in tens.items():
        for unit, word in enumerate(words[1:10], 1):
            numbers[f"{word}und{ten}" if language == "de" else f"{ten}-{word}"] = value + unit
    return numbers
