"""Dates in press databases, German and English."""

import pytest

from lesart.sources.dates import find_date, is_date_line, read_date

DATES = [
    ("June 13, 2025 Friday 9:03 AM GMT", "2025-06-13"),
    ("June 13, 2025 Friday, Late Edition - Final", "2025-06-13"),
    ("December 19, 1991, Sunday, An Edition", "1991-12-19"),
    ("Friday, 5. July 2019 09:31:00 CEST", "2019-07-05"),
    ("1 April 2017", "2017-04-01"),
    ("Sept. 3rd, 2021", "2021-09-03"),
    ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
    ("Mittwoch 31. August 2011", "2011-08-31"),
    ("Freitag 13. Juni 2025, Ausgabe Süd", "2025-06-13"),
    ("3. Maerz 2014", "2014-03-03"),
    ("3. MAERZ 2014", "2014-03-03"),
    ("3. März 2014", "2014-03-03"),
    ("3. Ma\u0308rz 2014", "2014-03-03"),
    ("1. Jänner 2024", "2024-01-01"),
    ("1. Jaenner 2024", "2024-01-01"),
    ("12 mei 2025 maandag", "2025-05-12"),
    ("vendredi 13 juin 2025", "2025-06-13"),
    ("13.06.2025", "2025-06-13"),
    ("vom 13.6.25", "2025-06-13"),
    ("3.2.98", "1998-02-03"),
    ("2025-06-13T10:36:00Z", "2025-06-13"),
    ("2025/06/13/", "2025-06-13"),
    ("25/06/2025", "2025-06-25"),
    ("06/25/2025", "2025-06-25"),
    ("2018 年 10 月 1 日", "2018-10-01"),
    ("6. Juni 1788", "1788-06-06"),
]
NO_DATES = ["", "31. Juni 2025", "June 2025", "Sommer 2020", "06/07/2024", "13. Foobar 2025", "99.99.2025", "ohne Datum", "13:06 2025", "12.345.678", "2 days 2025", "3. Juni 9999"]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_a_date_is_cut_out_of_its_line(text, iso):
    from unicodedata import normalize

    assert read_date(normalize("NFC", text)) == iso


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_whole_date_stays_as_it_stood(text):
    assert read_date(f" {text} ") == text and find_date(text) is None


@pytest.mark.parametrize(("language", "iso"), [("de", "2024-07-06"), ("en", "06/07/2024"), ("", "06/07/2024")])
def test_strokes_need_the_language_of_the_file(language, iso):
    assert read_date("06/07/2024", language=language) == iso


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Freitag, 13. Juni 2025", True), ("Friday June 13, 2025", True), ("Am 13. Juni 2025 begann es.", False), ("Der Streik vom 13. Juni 2025", False), ("Wirtschaft", False), ("Donnerstag 3. März 2014 Region Süd", True)],
)
def test_a_line_that_is_a_date_is_told_from_one_that_names_it(line, expected):
    assert is_date_line(line) is expected
