"""Characters: one folding for articles and patterns, and each folded byte knows where it came from."""

from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import read_words

from lesart.characters import LETTER, STOP, Characters, code_points, fold, fold_literal, is_capital, read_characters, tables
from lesart.characters import fold_text as fold_by_methods


def fold_text(text: str) -> str:
    """The folded text, a barrier (punctuation) shown as | and a wall (blank line) as ¶."""
    folded = fold(code_points(text)).haystack.tobytes().decode("latin-1")
    return folded.replace(" \x1f ", "|").replace(" \x1e ", "¶").strip(" ")


FOLDED = [
    # text, folded
    ("Größe", "grösse"),
    ("GRÖẞE", "grösse"),
    ("Grösse", "grösse"),
    ("ÄÖÜ", "äöü"),
    ("café", "café"),
    ("Škoda", "skoda"),  # a letter made of a Latin one is that one
    ("İzmir", "izmir"),  # lower-cases to two characters, folds to one
    ("ſ", "\x80"),
    ("Wałęsa", "wa\x80esa"),
    ("Москва", "\x80" * 6),
    # Joined by white space, hyphens, per cent and currency signs.
    ("low  wage", "low wage"),
    ("low\nwage", "low wage"),
    ("low-wage", "low wage"),
    ("low\u2010wage", "low wage"),
    ("low\u2011wage", "low wage"),
    ("15\u00a0Mrd", "15 mrd"),
    ("15\u202fMrd", "15 mrd"),
    ("US-\nDollar", "us dollar"),
    ("49 % der", "49 der"),
    ("100€ pro", "100 pro"),
    ("$14 billion", "14 billion"),
    ("R&D", "r d"),
    # Parted by any other punctuation.
    ("ja, nein", "ja|nein"),
    ("ja – nein", "ja|nein"),
    ("ja—nein", "ja|nein"),
    ("„ja“ nein", "|ja|nein"),
    ("ja…nein", "ja|nein"),
    ("ja/nein", "ja|nein"),
    ("ja ? ! nein", "ja|nein"),
    ("ja 🙂 nein", "ja|nein"),
    ("z. B.", "z|b|"),
    ("U.S.", "u|s|"),
    ("GPT_4", "gpt|4"),
    # Parted for good by a blank line, with punctuation or without.
    ("ja\n\nnein", "ja¶nein"),
    ("ja.\n\nNein", "ja¶nein"),
    ("ja\n \t\nnein", "ja¶nein"),
    ("ja\n\n\n\nnein", "ja¶nein"),
    # Numbers keep a point or a comma between digits.
    ("14,3", "14,3"),
    ("14.3", "14.3"),
    ("1.234.567,89", "1.234.567,89"),
    ("14, 3", "14|3"),
    ("14.", "14|"),
    (".5", "|5"),
    ("3.a", "3|a"),
    ("1.,2", "1|2"),
    ("٣", "0"),  # a digit of another script is some digit
    # Apostrophes: dropped inside a word, a border before a clitic, punctuation elsewhere.
    ("don't", "dont"),
    ("don’t", "dont"),
    ("o`clock", "oclock"),
    ("Meta's", "meta s"),
    ("Meta’s", "meta s"),
    ("META‘S", "meta s"),
    ("we're I've you'll she'd I'm", "we re i ve you ll she d i m"),
    ("l'sage", "lsage"),  # 's only at a word's end
    ("d'l", "dl"),
    ("d'l x", "dl x"),
    ("workers' rights", "workers|rights"),
    ("rock 'n' roll", "rock|n|roll"),
    ("G7's", "g7|s"),
    ("'ja'", "|ja|"),
    # Dropped: soft hyphens, direction marks, zero-width spaces, stray combining marks.
    ("Klick\u00adarbeit", "klickarbeit"),
    ("\u200eja\u200b", "ja"),
    ("q\u0308x", "qx"),
    ("ja \u00ad nein", "ja nein"),
    ("ja \u00ad, nein", "ja|nein"),
    # Nothing to fold.
    ("", ""),
    (" \n", ""),
    ("\u00ad", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED, ids=[repr(text) for text, _ in FOLDED])
def test_fold_gives_lower_case_words_with_one_border(text, folded):
    assert fold_text(text) == folded


def test_fold_reads_an_umlaut_in_two_characters_as_another_word():
    # Texts are made NFC at the door; fold itself drops the mark.
    assert fold_text(normalize("NFD", "Löhne")) == "lohne"


def test_fold_ends_with_a_border_at_both_sides():
    for text in ("", "a", " a", "a ", ".a.", "\u00ad"):
        haystack = fold(code_points(text)).haystack.tobytes()
        assert haystack.startswith(b" ") and haystack.endswith(b" ") and len(haystack) >= 2


def test_fold_knows_where_each_byte_came_from():
    text = "„Groß“, sagte Meta’s Chef."
    folded = fold(code_points(text))
    words = [
        (text[folded.origin[a] : folded.origin[b - 1] + 1], folded.haystack[a:b].tobytes().decode("latin-1"))
        for a, b in zip(folded.word_start, folded.word_end, strict=True)
    ]
    assert words == [("Groß", "gross"), ("sagte", "sagte"), ("Meta", "meta"), ("s", "s"), ("Chef", "chef")]


def test_fold_numbers_the_words():
    folded = fold(code_points(" ab, c"))
    assert folded.haystack.tobytes() == b" ab \x1f c "
    assert folded.word_of.tolist() == [-1, 0, 0, 0, 0, 0, 1, 1]
    assert folded.word_start.tolist() == [1, 6]
    assert folded.word_end.tolist() == [3, 7]


def test_fold_keeps_texts_apart_when_they_are_joined():
    # A clitic at the very end of a text folds as it does before another text.
    assert fold_text("d'l") == fold_text("d'l\n\n").rstrip("¶ ") == "dl"


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("Löhne", "löhne"),
        (normalize("NFD", "Löhne"), "löhne"),
        ("große Lösung", "grosse lösung"),
        ("low-wage", "low wage"),
        ("can't", "cant"),
        ("Meta’s", "meta s"),
        ("Inc.", "inc"),
        ("z. B.", "z \x1f b"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_fold_literal_has_no_borders_at_its_ends(pattern, literal):
    assert fold_literal(pattern) == literal.encode("latin-1")


def test_read_characters_finds_signs_and_no_letters():
    characters = read_characters("„Größe“, 14,3 – don’t 😀\n\u00ad.")
    assert "".join(chr(characters.codes[place]) for place in characters.signs) == "„“,,–’😀\n\u00ad."
    assert characters.find(",.").tolist() == [7, 11, 25]
    assert characters.find("😀").tolist() == [22] and characters.find("x").tolist() == []
    assert characters.kinds[[1, 3, 7, 11]].tolist() == [LETTER, LETTER, STOP, tables()[0][ord("1")]]


@pytest.mark.parametrize("text", ["", "Löhne", "ЖЖ„ł“\U0001d400\ud800", "a\u2019b\u0119\u0159"])
def test_read_characters_looks_up_as_take_does(text):
    table = np.random.default_rng(1).integers(0, 256, 0x2040).astype(np.uint8)
    codes = code_points(text)
    assert Characters(codes).look_up(table).tolist() == table.take(codes, mode="clip").tolist()


def test_code_points_keeps_lone_surrogates():
    assert code_points("a\ud800😀").tolist() == [0x61, 0xD800, 0x1F600]


@pytest.mark.parametrize(("sign", "capital"), [("A", True), ("Ä", True), ("ẞ", True), ("İ", True), ("a", False), ("ß", False)])
def test_is_capital_knows_letters_of_all_kinds(sign, capital):
    assert is_capital(code_points(sign)).tolist() == [capital]


def test_is_capital_is_no_for_signs_beyond_letters():
    assert is_capital(code_points("1.Ⓐ😀𝐀")).tolist() == [False] * 5


ALPHABET = st.sampled_from(list("aAzäÖßẞſİłéЖ019٣ .,-–'’`?…„“%\n\t\u00a0\u00ad\u0308\u200b🙂") + ["'s", "'ll", "\n\n", "3.4"])


@given(st.lists(ALPHABET, max_size=20).map("".join))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_fold_finds_the_words_that_a_plain_reading_finds(text):
    folded = fold(code_points(text))
    words = [
        (folded.haystack[a:b].tobytes().decode("latin-1"), int(folded.origin[a]), int(folded.origin[b - 1]) + 1)
        for a, b in zip(folded.word_start, folded.word_end, strict=True)
    ]
    assert words == [(word.letters, word.start, word.end) for word in read_words(text)]


@given(st.lists(ALPHABET, max_size=20).map("".join))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_fold_has_origins_that_never_go_back(text):
    folded = fold(code_points(text))
    assert len(folded.origin) == len(folded.haystack) == len(folded.word_of)
    assert (np.diff(folded.origin) >= 0).all()


@pytest.mark.parametrize("text", ["low-wage", "Größe", "GROẞ", "a - b", "über  alles", "É", "ÿ", "Straße-", "-x", "14", "14.3", "don't", "", "×", "ŁÓDŹ", "ſ", "İ"])
def test_fold_text_is_the_haystack_of_fold(text):
    assert fold_by_methods(text) == fold(code_points(text)).haystack.tobytes()
