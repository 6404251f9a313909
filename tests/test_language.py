"""Languages: a clear answer or none."""

import pytest

from lesart.language import detect_languages
from lesart.sentences import LANGUAGES, language_data

CASES = [
    ("de", "Der Konzern hat die Übernahme am Dienstag nicht bestätigt."),
    ("en", "The company would not say on Tuesday whether it had agreed to the deal."),
    ("de", "Meta steigt bei Scale AI ein, und die Löhne der Klickarbeiter bleiben, wie sie sind."),
    ("unknown", "Zuckerberg's Superintelligence Team"),  # langdetect alone is sure that this is German
    ("unknown", "Scale AI, Meta, OpenAI"),
    ("unknown", "De minister is in Den Haag voor het overleg met de vakbonden en de werkgevers over het loon."),
    ("unknown", "Le groupe n'a pas confirmé mardi le rachat de la moitié du capital de la société."),
    ("unknown", "Regeringen sagde tirsdag, at aftalen ikke er i strid med loven, og at den er god for alle."),
    ("unknown", ""),
    ("unknown", "14,3 – 49 %"),
    ("unknown", "Срок договора истекает в пятницу."),
]


@pytest.mark.parametrize(("language", "text"), CASES, ids=[text[:25] or "empty" for _, text in CASES])
def test_language_is_clear_or_unknown(language, text):
    assert detect_languages([text])["language"].tolist() == [language]


def test_language_of_a_text_half_german_half_english_is_unknown():
    half = "Der Vorstand hat das Angebot nicht angenommen, und die Aktie ist gefallen. "
    other = "The board has not accepted the offer, and they said that the share had fallen. "
    assert detect_languages([half + other])["language"].tolist() == ["unknown"]


def test_language_probability_is_from_zero_to_one_and_below_the_threshold_where_unknown():
    table = detect_languages([text for _, text in CASES])
    assert table["probability"].between(0, 1).all()
    assert (table.loc[table["language"] == "unknown", "probability"] < 0.8).all()
    assert (table.loc[table["language"] != "unknown", "probability"] >= 0.8).all()


def test_language_answer_is_the_same_in_fifty_runs():
    texts = ["Zuckerberg's Superintelligence Team", "Die Frist ist um, sagt er.", "It is over, he said."]
    runs = {tuple(detect_languages(texts).itertuples(index=False, name=None)) for _ in range(50)}
    assert len(runs) == 1


@pytest.mark.parametrize("name", sorted(language_data()))
def test_language_data_has_both_languages_for_every_name(name):
    sides = language_data()[name]
    assert set(sides) == set(LANGUAGES)
    assert all(sides.values()) or name == "ordinal_nouns"  # English has no ordinals with a point
