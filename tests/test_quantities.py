"""Figures, shares and dates: the same key in both languages, German traps, nothing that is no figure."""

from unicodedata import normalize

import pytest
from lesart.quantities import evidence_data, list_quantities

ALIKE = [
    ("15 Mrd. US-Dollar", "$15 billion", "figure:15000000000"),
    ("15 Milliarden Dollar", "$15bn", "figure:15000000000"),
    ("ein 15-Milliarden-Dollar-Geschäft", "a 15-billion-dollar deal", "figure:15000000000"),
    ("14,3 Milliarden", "14.3 billion", "figure:14300000000"),
    ("870 Mio. Euro", "870 million euros", "figure:870000000"),
    ("7,4 Millionen Pfund", "£7.4m", "figure:7400000"),
    ("zwei Milliarden Dollar", "two billion dollars", "figure:2000000000"),
    ("1 Billion Euro", "1 trillion euros", "figure:1000000000000"),
    ("1.400 Stellen", "1,400 jobs", "figure:1400"),
    ("240.000 Menschen", "240,000 people", "figure:240000"),
    ("1.234.567,8 Euro", "1,234,567.8 euros", "figure:1234567.8"),
    ("49 %", "49%", "percent:49"),
    ("49\u00a0Prozent", "49 per cent", "percent:49"),
    ("8,5 Prozent", "8.5 percent", "percent:8.5"),
    ("sieben Prozent", "seven percent", "percent:7"),
    ("achtundfünfzig Haushalte", "fifty-eight households", "figure:58"),
    ("Achtzehn Beamte", "Eighteen officers", "figure:18"),
    ("die 27-jährige Wang", "27-year-old Wang", "figure:27"),
    ("am 12. Juni", "on June 12", "date:06-12"),
    ("am 12. Juni 2025", "on 12 June 2025", "date:06-12"),
    ("am 12.06.2025", "on the 12th of June", "date:06-12"),
    ("am 3. März", "on March 3rd", "date:03-03"),
    ("am 6. Jänner", "on Jan. 6", "date:01-06"),
    ("im Mai 2024", "in May 2024", "month:2024-05"),
    ("2016 gegründet", "founded in 2016", "year:2016"),
    ("um 3.42 Uhr", "at 3.42 a.m.", "figure:3.42"),
]


@pytest.mark.parametrize(("german", "english", "key"), ALIKE, ids=[key for *_, key in ALIKE])
def test_quantities_have_one_key_in_both_languages(german, english, key):
    assert [q.key for q in list_quantities(german, "de")][:1] == [key]
    assert [q.key for q in list_quantities(english, "en")][:1] == [key]


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("Von 1,400 auf 1.400 Kilo", "de", ["figure:1.4", "figure:1400"]),
        ("From 1,400 to 1.400 kilos", "en", ["figure:1400", "figure:1.4"]),
        ("94m high, $94m dear", "en", ["figure:94", "figure:94000000"]),  # metres and millions
        ("zwölf Gäste, 12 Gäste, eins, 3 Tage", "de", []),  # counts that stand in every text
        ("one of two, 12 guests", "en", []),
        ("Llama 4, A380, COVID-19, v2.5", "en", []),
        ("1 Million", "de", ["figure:1000000"]),
        ("May 22 percent be enough?", "en", ["date:05-22"]),
        ("1500 Menschen im Jahr 1999", "de", ["figure:1500", "year:1999"]),
        ("9" * 40, "de", []),
    ],
)
def test_quantities_traps(text, language, keys):
    assert [q.key for q in list_quantities(text, language)] == keys


def test_quantities_places_are_those_of_the_words():
    text = "Es sind 14,3 Milliarden Dollar."
    (found,) = list_quantities(text, "de")
    assert text[found.start : found.end] == "14,3 Milliarden Dollar"


def test_quantities_read_normalised_number_words():
    assert [q.key for q in list_quantities(normalize("NFC", normalize("NFD", "fünfzig Boote")), "de")] == ["figure:50"]


@pytest.mark.parametrize("text", ["1" * 200_000, "1." * 100_000, "1,1" * 70_000, "12. " * 50_000, "Mai " * 50_000, "$" * 200_000])
def test_quantities_of_hostile_texts_come_to_an_end(text):
    # No time is asserted: an expression that backtracks would never come here.
    assert sum(1 for _ in list_quantities(text, "de")) < len(text)


def test_evidence_data_has_both_sides_and_rows_that_fit():
    data = evidence_data()
    assert all(set(sides) == {"de", "en"} for sides in data.values())
    for name in ("places", "institutions", "number_words"):
        assert len(data[name]["de"]) == len(data[name]["en"])
    assert len(data["number_words"]["de"]) == 28
