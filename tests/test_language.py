"""Languages: a clear answer or none."""

import pytest

from lesart.language import detect_languages
from lesart.points import language_data
from lesart.sentences import LANGUAGES

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


def test_language_of_a_long_text_in_turns_german_and_english_is_unknown():
    """langdetect is as sure of such a text as of any other."""
    german = "Der Vorstand hat das Angebot nicht angenommen, und die Aktie ist am Montag um ein Zehntel gefallen, wie es heißt."
    english = "The board has not accepted the offer, and they said that the share had fallen by a tenth on Monday."
    assert detect_languages(["\n\n".join([german, english] * 6)])["language"].tolist() == ["unknown"]


@pytest.mark.parametrize(("language", "quotation"), [("de", "“We had to do this for the people and for our company,” he said."), ("en", "„Das war nicht leicht für die Leute und für uns.“")])
def test_a_quotation_in_the_other_language_does_not_hide_the_texts_own(language, quotation):
    own = {
        "de": "Der Vorstand hat das Angebot nicht angenommen, und die Aktie ist am Montag gefallen. Das war auch nach dem Treffen mit der Gewerkschaft zu hören.",
        "en": "The board has not accepted the offer, and the share fell on Monday. That was also what they had heard after the meeting with the union.",
    }
    assert detect_languages([f"{own[language]} {quotation} {own[language]}"])["language"].tolist() == [language]


@pytest.mark.parametrize(
    "text",
    [
        "De directie van het bedrijf heeft dinsdag in Den Haag gezegd dat de overname van de helft van de aandelen nog niet is bevestigd. De lonen van "
        "de werknemers blijven zoals ze zijn, maar de vakbond was er niet blij mee, want die wil nu alles op papier zien.",
        "Die maatskappy het Dinsdag gesê dat die helfte van die aandele in die firma nog nie gekoop is nie. Die lone van die werkers bly soos hulle is, "
        "maar die vakbond was nie daarmee tevrede nie en wil alles op papier sien.",
        "La direction du groupe a déclaré mardi à Paris que le rachat de la moitié du capital n'était pas encore confirmé. Les salaires des employés "
        "restent ce qu'ils sont, mais le syndicat n'en est pas content et veut maintenant tout voir par écrit.",
    ],
    ids=["Dutch", "Afrikaans", "French"],
)
def test_a_long_text_in_a_kindred_language_is_unknown(text):
    assert detect_languages([text * 5])["language"].tolist() == ["unknown"]


@pytest.mark.parametrize("sign", ["„", "“", "«", "–", "…", "\u00a0", "\u2019", "?", "-", "4"])
def test_function_words_are_known_beside_every_sign(sign):
    text = "der die das und ist nicht ein mit".replace(" ", f"{sign} ")
    assert detect_languages([sign + text])["probability"].tolist() == [1.0]


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
