"""Kinship by evidence: sums that can be added by hand, and what is bounded."""

import pytest
from lesart import retelling
from lesart.retelling import find_retellings, weigh_key


def pieces(*keys):
    return {key: key.partition(":")[2] for key in keys}


FIGURES = [f"figure:{n}" for n in range(1001, 1021)]  # four digits: 0.8 each
COMMON = [f"word:ort{n}" for n in range(4)]


@pytest.mark.parametrize(
    ("key", "weight"),
    [
        ("figure:3000000", 0.25),
        ("figure:15000000000", 0.5),
        ("figure:14300000000", 0.8),
        ("figure:1.4", 0.5),
        ("figure:1e+15", 0.25),
        ("percent:49", 0.5),
        ("percent:50", 0.25),
        ("year:2016", 0.1),
        ("month:2022-10", 0.3),
        ("voice:cant", 1.2),
        ("name:callum cant", 1.0),
        ("institution:3", 0.3),
    ],
)
def test_weights_of_keys(key, weight):
    assert weigh_key(key) == weight


def test_two_articles_with_the_same_ten_figures():
    # Ten figures of 0.8 that only these two have; each has two of its own: 8 of 9.6.
    (row,) = find_retellings([pieces(*FIGURES[:12]), pieces(*FIGURES[:10], "figure:5001", "figure:5002")], ["de", "en"]).itertuples(index=False)
    assert (row.first, row.second, row.n_shared) == (0, 1, 10)
    assert row.weight == pytest.approx(8.0)
    assert row.contained == pytest.approx(8 / 9.6)


def test_what_is_shared_must_leave_little_over():
    # The same ten figures, but each has as many of its own: 8 of 16, and 8 times a quarter is too little.
    one, other = pieces(*FIGURES), pieces(*FIGURES[:10], *(f"figure:{n}" for n in range(5001, 5011)))
    assert find_retellings([one, other], ["de", "en"]).empty


def test_what_everybody_on_the_event_has_shows_nothing():
    # Six articles have the same ten figures, two of them share five more: only these are kin.
    crowd = [pieces(*FIGURES[:10], f"figure:{6000 + n}", f"figure:{7000 + n}", f"figure:{8000 + n}", f"figure:{9001 + n}") for n in range(4)]
    kin = [pieces(*FIGURES[:15]), pieces(*FIGURES[:15])]
    found = find_retellings([*crowd, *kin], ["de", "en"] * 3)
    assert found[["first", "second"]].to_numpy().tolist() == [[4, 5]]


def test_more_is_asked_within_a_language_than_across():
    evidence = [pieces(*FIGURES[:8]), pieces(*FIGURES[:8]), pieces(*FIGURES[8:16]), pieces(*FIGURES[8:16])]  # 6.4 each
    assert find_retellings(evidence, ["de", "en", "de", "de"])[["first", "second"]].to_numpy().tolist() == [[0, 1]]


def test_german_words_count_where_an_english_article_has_them_for_names():
    german = [pieces(*(f"word:haus{n}" for n in range(20)))] * 2
    assert find_retellings(german, ["de", "de"]).empty
    assert len(find_retellings(german, ["de", "en"])) == 1


@pytest.mark.parametrize("evidence", [[], [{}], [{}, {}], [pieces("year:2016")], [pieces("year:2016"), {}]])
def test_no_evidence_is_no_kinship(evidence):
    found = find_retellings(evidence, ["de"] * len(evidence))
    assert found.empty
    assert list(found.columns) == ["first", "second", "contained", "weight", "n_shared"]


def test_result_does_not_hang_on_how_many_rows_are_multiplied_at_once(monkeypatch):
    evidence = [pieces(*FIGURES[n % 5 : n % 5 + 11], f"figure:{5000 + n // 5}") for n in range(40)]
    whole = find_retellings(evidence, ["de", "en"] * 20)
    monkeypatch.setattr(retelling, "_ROWS", 3)
    assert find_retellings(evidence, ["de", "en"] * 20).equals(whole)


def test_evidence_that_very_many_have_leads_nowhere_but_counts():
    # 300 articles with the same figures are on one event; the two that also share voices are kin, and found by these.
    crowd = [pieces(*FIGURES[:3], *(f"figure:{10_001 + 7 * n + k}" for k in range(6))) for n in range(298)]
    kin = [pieces(*FIGURES[:3], *(f"voice:p{k}" for k in range(6)))] * 2
    languages = ["en"] * 298 + ["en", "de"]
    words = [pieces(*(f"word:p{k}" for k in range(6)))]  # an English article that has these names
    found = find_retellings([*crowd, *kin, *words], [*languages, "en"])
    assert [298, 299] in found[["first", "second"]].to_numpy().tolist()
