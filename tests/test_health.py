"""What `lesart lexicon check` finds."""

import pandas as pd
import pytest

from lesart.health import FAULTS, check_lexicon, measure_health
from lesart.lexicon import parse_lexicon, read_lexicons
from lesart.sentences import LANGUAGES
from lesart.tagging import tag_articles

LEXICON = parse_lexicon("""
lexicon: toy
categories:
  labor:
    pay: {en: [wage*, salary, '-wage war', '-wage peace', '-wage battle', '-wages of sin', '-waged', '-wager'], de: ['*lohn*', Gehalt]}
    work: {en: [job], de: [Job, Stelle, Arbeit, Beruf]}
  finance:
    price: {en: [price, Salary], de: ['-Preis']}
""")
ARTICLES = pd.DataFrame(
    {"article": ["d", "e"], "title": "", "language": ["de", "en"],
     "text": ["Der Stundenlohn und der Lohn. Das Gehalt. Der Lohn.", "No wages, wage by wage."]}
)  # fmt: skip


@pytest.fixture
def findings():
    return check_lexicon(LEXICON, ARTICLES)


def select(findings, kind):
    return findings[findings["finding"] == kind]


def test_check_finds_a_pattern_in_two_categories_whatever_its_capitals(findings):
    twice = select(findings, "in two categories")
    assert twice["pattern"].tolist() == ["salary", "Salary"]
    assert twice["line"].tolist() == ["5", "8"]


def test_check_finds_a_concept_without_one_language(findings):
    """An exception alone finds nothing."""
    assert select(findings, "one language missing")[["concept", "language"]].values.tolist() == [["price", "de"]]


def test_check_finds_one_language_far_richer(findings):
    """Exceptions find nothing: eight patterns of pay, six of them exceptions, are no more than two."""
    assert select(findings, "far richer in one language")[["concept", "detail"]].values.tolist() == [["work", "de 4, en 1 patterns"]]


def test_check_finds_what_is_never_seen(findings):
    assert set(select(findings, "never seen")["pattern"]) == {"salary", "job", "Job", "Stelle", "Arbeit", "Beruf", "price", "Salary"}


def test_check_lists_what_a_wildcard_catches_commonest_first(findings):
    caught = select(findings, "wildcard catches").set_index("pattern")["detail"].to_dict()
    assert caught == {"wage*": "wage ×2, wages ×1", "*lohn*": "lohn ×2, stundenlohn ×1"}


def test_check_without_articles_looks_at_the_lexicon_alone():
    assert set(check_lexicon(LEXICON, ARTICLES[:0])["finding"]) == {*FAULTS, "far richer in one language"}


@pytest.mark.parametrize("number", [0, 1], ids=["stance", "topics"])
def test_shipped_lexicon_has_no_fault(root, number):
    lexicon = read_lexicons(root / "lexicons")[number]
    findings = check_lexicon(lexicon, ARTICLES[:0])
    assert select(findings, FAULTS[0]).empty
    assert select(findings, FAULTS[1]).empty


@pytest.mark.parametrize("number", [0, 1], ids=["stance", "topics"])
def test_shipped_lexicon_says_its_rule_source_and_licence(root, number):
    lexicon = read_lexicons(root / "lexicons")[number]
    assert all(lexicon.head[key] for key in ("rule", "source", "licence"))
    assert (lexicon.concepts["rule_de"] != lexicon.concepts["rule_en"]).all()
    for column in ("name_de", "name_en", "rule_de", "rule_en"):
        assert lexicon.concepts.loc[lexicon.concepts[column] == "", ["category", "concept"]].values.tolist() == []
        assert not lexicon.concepts.duplicated(["category", column]).any() and not lexicon.concepts[column].str.contains("_").any()
    assert set(lexicon.patterns["language"]) == set(LANGUAGES)


def test_shipped_topics_are_the_codebooks_with_six_concepts_or_more(root):
    from lesart.topics import TOPICS

    topics = read_lexicons(root / "lexicons")[1]
    assert tuple(topics.categories) == TOPICS
    assert (topics.concepts.groupby("category").size() >= 6).all()


def test_health_measures_coverage_and_what_hangs_on_one_word():
    hits = tag_articles(ARTICLES, LEXICON, progress=False)
    table = measure_health(LEXICON, hits, ARTICLES).set_index(["category", "concept", "language"])
    german = table.loc[("labor", "pay", "de")]
    assert german[["hits", "patterns", "patterns_seen", "forms"]].tolist() == [4, 2, 2, 3]
    assert (german["commonest"], german["share_of_commonest"]) == ("lohn", 0.5)
    assert (german["share_of_articles"], german["share_of_sentences"]) == (1, 1)
    assert german["caught"] == "lohn ×2, gehalt ×1, stundenlohn ×1"
    assert table.loc[("labor", "work", "en"), "hits"] == 0
    assert table.loc[("", "", "en"), ["hits", "forms"]].tolist() == [3, 2]


def test_health_counts_sentences_only_where_the_text_is_here():
    hits = tag_articles(ARTICLES, LEXICON, progress=False)
    sealed = ARTICLES.assign(text=["", ARTICLES["text"].iloc[1]])
    table = measure_health(LEXICON, hits, sealed).set_index(["category", "concept", "language"])
    assert table.loc[("labor", "pay", "de"), "share_of_articles"] == 1
    assert table.loc[("labor", "pay", "de"), "share_of_sentences"] != table.loc[("labor", "pay", "de"), "share_of_sentences"]
    assert table.loc[("labor", "pay", "en"), "share_of_sentences"] == 1
    told = measure_health(LEXICON, hits, sealed, sentences=pd.DataFrame({"article": ["d"] * 6 + ["e"], "sentence": [*range(6), 0]}))
    assert told.set_index(["category", "concept", "language"]).loc[("labor", "pay", "de"), "share_of_sentences"] == 0.5
