"""Tests of ``words.py``: where words stand, which are the same, and that each folds as the whole text does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesart.characters import code_points, fold, read_characters
from lesart.words import JOINED, PARTED, WALLED, Words, count_words, read_words

SIGNS = [*"aAbBßẞſäÄéЖª", *"019٣", *".,'’-–%?„“()🙂", "\u00ad", "\u0308", "\u200b", "'s", " ", " ", "\n", "\n\n", "\u00a0", "𝐀", "İ"]
TEXT = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


def spell(words: Words) -> list[bytes]:
    """Each word, folded."""
    vocabulary = words.vocabulary.haystack.tobytes().split()
    return [vocabulary[number] for number in words.distinct]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Die Löhne steigen.", ["Die", "Löhne", "steigen"]),
        ("Meta's 14,3 Mrd.", ["Meta", "s", "14,3", "Mrd"]),
        ("don't", ["don't"]),
        ("\u00adLohn\u00ad\u00ad und Brot\u00ad", ["Lohn", "und", "Brot"]),
        ("Lohn\u00ad, \u00ad, Ge\u00adhalt", ["Lohn", "Ge\u00adhalt"]),
        ("", []),
        ("\u00ad?", []),
    ],
)
def test_read_words_says_where_words_stand(text, shown):
    words = read_words(read_characters(text))
    assert [text[a:b] for a, b in zip(words.start, words.end, strict=True)] == shown


@pytest.mark.parametrize(
    ("text", "borders"),
    [
        ("low-wage work", [JOINED, JOINED]),
        ("pay, work. Rest", [PARTED, PARTED]),
        ("pay\nwork\n\nrest\n \nnow", [JOINED, WALLED, WALLED]),
        ("pay\n\u00ad\nwork", [WALLED]),
        ("pay. \n\n„Work“", [WALLED]),
    ],
)
def test_read_words_says_what_parts_them(text, borders):
    assert read_words(read_characters(text)).border[:-1].tolist() == borders


def test_read_words_tells_words_apart_whatever_their_script():
    # beyond Latin-1, letters that end in the same byte: ř is 0x159, Y is 0x59, ą 0x105; ’ is dropped, and told from nothing
    texts = ["Y", "ř", "aY", "ař", "dont", "don’t", "don't", "abcdefghY", "abcdefghř", "ЖЖ", "ВЖ", "ř", "don’t"]
    assert read_words(read_characters(" ".join(texts))).distinct.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 5]


def test_read_words_tells_words_apart_by_all_their_letters_and_by_case():
    long = "x" * 300
    texts = ["abcd", "abcde", "abcdefgh", "abcdefghi", "Abcd", long, long + "y", long, "abcdefghi", "abcd"]
    assert read_words(read_characters(" ".join(texts))).distinct.tolist() == [0, 1, 2, 3, 4, 5, 6, 5, 3, 0]


@given(TEXT)
@settings(derandomize=True, deadline=None, max_examples=400)
def test_read_words_agrees_with_fold(text):
    words, folded = read_words(read_characters(text)), fold(code_points(text))
    haystack = folded.haystack.tobytes()
    places = zip(folded.word_start, folded.word_end, strict=True)
    assert spell(words) == [haystack[a:b] for a, b in places]
    assert np.array_equal(words.start, folded.origin[folded.word_start])
    assert np.array_equal(words.end, folded.origin[folded.word_end - 1] + 1)


def test_read_words_knows_where_each_byte_of_a_distinct_word_came_from():
    vocabulary = read_words(read_characters("Große, don't Ge\u00adhalt! Große")).vocabulary
    assert vocabulary.haystack.tobytes() == b" grosse dont gehalt "
    assert "".join(map(chr, vocabulary.shown)) == " Großße dont Gehalt "
    assert vocabulary.first.tolist() == [1, 8, 13]
    assert vocabulary.word_at(np.array([0, 1, 6, 7, 8, 18])).tolist() == [0, 0, 0, 1, 1, 2]


@given(st.lists(TEXT, max_size=5))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_count_words_counts_as_if_each_text_stood_alone(texts):
    assert count_words(texts) == [len(read_words(read_characters(text))) for text in texts]


def test_count_words_counts_more_texts_than_fit_a_batch():
    assert count_words(["ein Wort", ""] * 300) == [2, 0] * 300
