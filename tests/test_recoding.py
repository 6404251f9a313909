"""Sealed hits after a change of the lexicon: the same as tagging the text again, or said not to be known."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lesart.lexicon import Lexicon, parse_lexicon
from lesart.recoding import compare_lexicons, recode_hits
from lesart.sealing import format_lexicon, reduce_surfaces
from lesart.tagging import tag_articles


def make_lexicon(concepts):
    """A lexicon ``topics`` of concepts: name ``category: concept`` → patterns in both languages."""
    rows = [(*name.split(": "), language, pattern, 1) for name, patterns in concepts.items() for language in ("de", "en") for pattern in patterns]
    names = pd.DataFrame([(*name.split(": "), "", "", "", "") for name in concepts], columns=["category", "concept", "rule_de", "rule_en", "name_de", "name_en"])
    return Lexicon("topics", pd.DataFrame(rows, columns=["category", "concept", "language", "pattern", "line"]), names, {})


def make_articles(*texts, language="en"):
    return pd.DataFrame({"article": [f"a{n}" for n in range(len(texts))], "title": "", "text": texts, "language": language, "words": 9})


def seal_and_recode(articles, old, new, *, recorded=True):
    """The hits of sheets sealed with ``old`` and read with ``new``, the remarks, and what tagging the texts with ``new`` gives."""
    hits = reduce_surfaces(tag_articles(articles, old, progress=False))
    sealed = articles.assign(lexicons=[{"topics": old.fingerprint}] * len(articles))
    again, remarks = recode_hits(sealed, hits, [new], {old.fingerprint: old} if recorded else {})
    return again, remarks, reduce_surfaces(tag_articles(articles, new, progress=False))


# What is there before and after, a text, and what is said; the hits that are left are pattern names.
CASES = {
    "a lost concept": ({"m: a": ["fee"], "m: b": ["price"]}, {"m: b": ["price"]}, "The fee and the price.", ["price"], "hits of lost entries dropped: 1; exact"),
    "a lost entry had the same word": ({"m: a": ["fee*", "fees"]}, {"m: a": ["fee*"]}, "The fees rose.", ["fee*"],
                                       "hits of lost entries dropped: 1, 1 of these words now count for another entry; exact"),
    "a lost entry did not hit": ({"m: a": ["fee", "rent"]}, {"m: a": ["fee"]}, "The fee rose.", ["fee"], "hits of lost entries dropped: 0; exact"),
    "a lost phrase": ({"m: a": ["entry fee", "fee"]}, {"m: a": ["fee"]}, "The entry fee rose.", [],
                      "hits of lost entries dropped: 1; not known without the text: what 1 of them hid"),
    "a lost phrase without rivals": ({"m: a": ["entry fee"], "n: a": ["rose"]}, {"n: a": ["rose"]}, "The entry fee rose.", ["rose"], "hits of lost entries dropped: 1; exact"),
    "a gained entry": ({"m: a": ["fee"]}, {"m: a": ["fee", "rent"]}, "The fee and the rent.", ["fee"],
                       "hits of lost entries dropped: 0; not known without the text: where 'rent' would match, added since"),
    "a lost exception": ({"m: a": ["fee", "-entry fee"]}, {"m: a": ["fee"]}, "The entry fee rose.", [],
                         "hits of lost entries dropped: 0; not known without the text: what '-entry fee', lost since, cancelled"),
    "another order": ({"m: a": ["fee"], "m: b": ["rent"]}, {"m: b": ["rent"], "m: a": ["fee"]}, "The fee rose.", ["fee"],
                      "hits of lost entries dropped: 0; not known without the text: which of two equal matches comes first, for the order was changed"),
    "an uncovered word that a phrase may cancel": ({"m: a": ["fees", "fee*", "-entry fee*"]}, {"m: a": ["fee*", "-entry fee*"]}, "The fees rose.", [],
                                                   "hits of lost entries dropped: 1; not known without the text: what 1 of them hid"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_recoding_drops_what_is_lost_and_says_what_is_not_known(case):
    before, after, text, left, said = CASES[case]
    again, remarks, _ = seal_and_recode(make_articles(text), make_lexicon(before), make_lexicon(after))
    assert again["pattern"].tolist() == left
    assert remarks == {"a0": f"sealed with another version of topics: {said}"}


def test_recoding_in_german_with_umlauts_and_compounds():
    old, new = make_lexicon({"m: a": ["Löhn*", "*löhne", "Lohn*"]}), make_lexicon({"m: a": ["*löhne", "Lohn*"]})
    again, remarks, tagged = seal_and_recode(make_articles("Die Löhne und die Mindestlöhne steigen.", language="de"), old, new)
    assert again["pattern"].tolist() == ["*löhne", "*löhne"]
    pd.testing.assert_frame_equal(again, tagged)
    assert remarks["a0"].endswith("; exact")


def test_recoding_without_a_record_says_that_what_was_added_is_not_known():
    again, remarks, _ = seal_and_recode(make_articles("The fee."), make_lexicon({"m: a": ["fee", "rent"]}), make_lexicon({"m: a": ["rent"]}), recorded=False)
    assert again.empty
    assert remarks["a0"].endswith("hits of lost entries dropped: 1; not known without the text: which entries were added since")


def test_recoding_speaks_of_an_articles_own_language_alone():
    old = parse_lexicon("lexicon: topics\ncategories: {m: {a: {en: [fee], de: [Preis]}}}")
    new = parse_lexicon("lexicon: topics\ncategories: {m: {a: {en: [fee], de: [Preis, Miete]}}}")
    assert seal_and_recode(make_articles("The fee."), old, new)[1]["a0"].endswith("; exact")


def test_recoding_with_the_same_lexicon_changes_nothing():
    lexicon = make_lexicon({"m: a": ["fee"]})
    again, remarks, tagged = seal_and_recode(make_articles("The fee.", "A fee."), lexicon, lexicon)
    assert remarks == {}
    pd.testing.assert_frame_equal(again, tagged)


WORDS = ["fee", "fees", "entry", "rent", "wage"]
PATTERNS = ["fee", "fees", "fee*", "*ees", "rent", "ren*", "entry fee", "entry fee*", "fee rent", "* fee", "entry … rent", "wage", "-entry fee", "-fees", "-rent wage", "=Fee"]
LEXICONS = st.dictionaries(st.sampled_from(["m: a", "m: b", "n: c"]), st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=6, unique=True), min_size=1)
TEXTS = st.lists(st.lists(st.sampled_from([*WORDS, "Fee", "entry-fee"]), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(LEXICONS, st.randoms(use_true_random=False), st.floats(0, 1), TEXTS)
@example({"m: a": ["fee*", "entry fee", "fees"]}, None, 0.5, ["entry fee fees"])
def test_recoding_that_calls_itself_exact_is_what_tagging_again_gives(concepts, random, share, texts):
    """Any entries lost, in any lexicon and text: ``exact`` means the same table to the last column; else only hits of lost
    entries, or of what they hid, are missing or too many."""
    kept = {name: [p for n, p in enumerate(patterns) if (random.random() if random else n / 3) >= share] for name, patterns in concepts.items()}
    old, new = make_lexicon(concepts), make_lexicon({name: patterns for name, patterns in kept.items() if patterns})
    articles = make_articles(*(f"The {text}." for text in texts))
    again, remarks, tagged = seal_and_recode(articles, old, new)
    known = set(new.patterns["pattern"])
    assert set(again["pattern"]) <= known
    for article in articles["article"]:
        if remarks.get(article, "exact").endswith("exact"):
            mine, theirs = (table[table["article"] == article].reset_index(drop=True) for table in (again, tagged))
            pd.testing.assert_frame_equal(mine, theirs)


@settings(max_examples=100, deadline=None)
@given(LEXICONS, LEXICONS, TEXTS)
def test_recoding_never_calls_itself_exact_when_something_was_gained(before, after, texts):
    old, new = make_lexicon(before), make_lexicon(after)
    gained = compare_lexicons(old, new).gained
    _, remarks, _ = seal_and_recode(make_articles(*texts), old, new)
    assert all(("added since" in told) == bool(len(gained)) for told in remarks.values())


SIGNS = ["no", "1.5", "?", "# Euro", "*ß*", "a: b", "„so“"]
SPELLED = st.lists(st.sampled_from([*PATTERNS, *SIGNS]), min_size=1, unique=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(SPELLED, min_size=1, max_size=3))
def test_lexicon_written_as_yaml_is_read_as_the_same(concepts):
    lexicon = make_lexicon(dict(zip(["m: a", "m: b", "no: on"], concepts, strict=False)))
    assert parse_lexicon(format_lexicon(lexicon)).fingerprint == lexicon.fingerprint
