"""Garbled letters are made good; what can stand in a text is left."""

import pytest

from lesart.sources.mojibake import count_lost, mend


def garble(text, encoding):
    raw = text.encode()
    return raw.decode("latin-1") if encoding == "latin-1" else "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["Löhne, Äpfel, Übernahme, Größe, ÖVP, Maß", "„Wer zahlt?“ – ‚niemand‘ … »Geld« 3 € § 5", "“No,” she said — it’s a café", "Señor Núñez, Ærø, naïve"])
def test_what_was_read_in_a_wrong_encoding_is_mended(text, encoding):
    assert mend(garble(text, encoding))[0] == text


@pytest.mark.parametrize("text", ["Löhne „steigen“ – Ökonomen", "SPÖ“ und ÖVP”", "CAFÉ»", "São Paulo, Â, Ã", "pâté, château…", "", "💶 €"])
def test_a_sound_text_is_left_as_it_is(text):
    assert mend(text) == (text, 0)


def test_mended_places_stand_beside_sound_ones():
    assert mend("Löhne und LÃ¶hne") == ("Löhne und Löhne", 1)


@pytest.mark.parametrize(("text", "lost"), [("", (0, False)), ("\ufffd" * 3, (3, False)), ("\ufffd" * 4, (4, True)), ("\ufffd" * 4 + "x" * 4_000, (4, False)), ("\ufffd" * 5 + "x" * 4_000, (5, True))])
def test_words_are_lost_when_letters_are_in_number(text, lost):
    assert count_lost(text) == lost
