"""Runs of words: what a copy and a cut share, by numbers one can count, and against the plain comparison of all pairs."""

import random
from itertools import combinations
from unicodedata import normalize

import numpy as np
import pytest
from lesart import shingles
from lesart.shingles import find_copies, hash_runs

WORDS = [f"wort{n}" for n in range(60)]


def test_runs_are_all_fives_of_neighbours():
    assert len(hash_runs("eins zwei drei vier fünf sechs")) == 2
    assert len(hash_runs("ja ja ja ja ja ja ja ja")) == 1
    assert np.array_equal(hash_runs("a b c d e f"), np.union1d(hash_runs("a b c d e"), hash_runs("b c d e f")))
    assert not np.array_equal(hash_runs("a b c d e"), hash_runs("e d c b a"))


@pytest.mark.parametrize("other", ["Die Größe, „ach“, zählt hier nicht!", "DIE GRÖSSE ACH ZÄHLT HIER NICHT", normalize("NFD", "Die Größe ach zählt hier nicht")])
def test_runs_do_not_hang_on_case_signs_and_forms(other):
    assert np.array_equal(hash_runs("Die Größe ach zählt hier nicht."), hash_runs(normalize("NFC", other)))


def test_a_cut_is_contained_and_a_changed_word_costs_five_runs():
    text = " ".join(WORDS)
    cut, changed = " ".join(WORDS[:30]), " ".join("anders" if n == 30 else word for n, word in enumerate(WORDS))
    pairs = find_copies([text, cut, changed])
    assert pairs[["first", "second", "n_shared"]].to_numpy().tolist() == [[0, 1, 26], [0, 2, 51], [1, 2, 26]]
    assert pairs["contained"].tolist() == [1.0, 51 / 56, 1.0]
    assert pairs["size_ratio"].tolist() == [26 / 56, 1.0, 26 / 56]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WORDS, WORDS[:20] + ["x", *WORDS[::-1]]),  # 16 runs in common: less than half
        (WORDS[:12], WORDS),  # 8 runs: as short as a quotation
        ([], []),
        (["wort"], ["wort"]),
    ],
)
def test_what_is_no_copy(one, other):
    assert find_copies([" ".join(one), " ".join(other)]).empty


def compare_all(texts):
    """The plain way: every pair."""
    runs = [set(hash_runs(text).tolist()) for text in texts]
    shared = {(i, j): len(runs[i] & runs[j]) for i, j in combinations(range(len(runs)), 2)}
    return [[i, j, n] for (i, j), n in shared.items() if n >= 10 and n >= 0.5 * min(len(runs[i]), len(runs[j]))]


def make_texts(n=120):
    dice, texts = random.Random(4), []
    for _ in range(n):
        if texts and dice.random() < 0.4:
            words = dice.choice(texts).split()
            start = dice.randrange(len(words) // 2)
            words = words[start : start + dice.randint(20, 120)]
            texts.append(" ".join("neu" if dice.random() < 0.03 else word for word in words))
        else:
            texts.append(" ".join(f"w{dice.randrange(400)}" for _ in range(dice.randint(30, 150))))
    return texts


@pytest.mark.parametrize("rows", [7, 2_000])
def test_copies_are_those_of_comparing_every_pair(monkeypatch, rows):
    monkeypatch.setattr(shingles, "_ROWS", rows)
    texts = make_texts()
    expected = compare_all(texts)
    assert len(expected) > 30
    assert find_copies(texts)[["first", "second", "n_shared"]].to_numpy().tolist() == expected


def test_a_sample_of_the_runs_finds_nearly_the_same(monkeypatch):
    monkeypatch.setattr(shingles, "_MOST_RUNS", 3_000)
    texts = make_texts()
    expected = {tuple(row) for row in compare_all(texts)}
    found = {tuple(row) for row in find_copies(texts)[["first", "second", "n_shared"]].to_numpy().tolist()}
    assert found <= expected
    assert len(found) >= 0.9 * len(expected)


def test_many_copies_of_one_text_lead_to_the_first_fifty():
    pairs = find_copies([" ".join(WORDS)] * 200)
    assert len(pairs) == 50 * 49 // 2 + 150 * 50
    assert pairs["first"].max() == 49
    changed = find_copies([" ".join([*WORDS, f"ende{n}"]) for n in range(200)])
    assert set(changed["second"]) == set(range(1, 200))
    assert len(changed) <= 200 * 51
