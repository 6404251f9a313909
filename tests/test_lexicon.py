"""Lexicons: every scalar is text, every fault is named with file and line, and nothing in a file is ever executed."""

import hashlib

import pandas as pd
import pytest
import yaml

from lesart import lexicon as module
from lesart.errors import LexiconError
from lesart.lexicon import parse_lexicon, read_lexicon
from lesart.sealing import format_lexicon

LABOR = """\
lexicon: topics
rule: what the article is about
source: written for the tests
licence: CC BY 4.0
categories:
  labor:
    pay:
      rule: what workers are paid
      en: [wage*, "two words"]
      de: [Lohn*, Löhn*]
    strike:
      de:
        - Streik*
  finance:
    price: {en: [price], de: [Preis]}
"""


def with_patterns(patterns: str) -> str:
    """A lexicon whose only patterns stand on line 5."""
    return f"lexicon: t\ncategories:\n  c:\n    k:\n      en: {patterns}\n"


def test_parse_lexicon_gives_patterns_in_the_order_of_the_file():
    assert parse_lexicon(LABOR).patterns.values.tolist() == [
        ["labor", "pay", "en", "wage*", 9],
        ["labor", "pay", "en", "two words", 9],
        ["labor", "pay", "de", "Lohn*", 10],
        ["labor", "pay", "de", "Löhn*", 10],
        ["labor", "strike", "de", "Streik*", 13],
        ["finance", "price", "en", "price", 15],
        ["finance", "price", "de", "Preis", 15],
    ]


def test_parse_lexicon_gives_concepts_with_their_rules():
    assert parse_lexicon(LABOR).concepts.values.tolist() == [
        ["labor", "pay", "what workers are paid", "what workers are paid", "", ""],
        ["labor", "strike", "", "", "", ""],
        ["finance", "price", "", "", "", ""],
    ]


def test_a_concept_is_shown_by_its_name_or_as_it_is_called():
    text = "lexicon: t\ncategories:\n  c:\n    low_pay: {name: {de: niedrige  Löhne}, de: [Niedriglohn]}\n    no_name: {en: [x]}\n"
    lexicon = parse_lexicon(text)
    assert lexicon.concepts[["name_de", "name_en"]].values.tolist() == [["niedrige Löhne", ""], ["", ""]]
    shown = [lexicon.name_concept("c", concept, labels) for concept in ("low_pay", "no_name") for labels in ("de", "en")]
    assert shown == ["niedrige Löhne", "low pay", "no name", "no name"]
    assert lexicon.name_concept("gone", "an_older_concept", "de") == "an older concept"
    assert lexicon.fingerprint == parse_lexicon(text.replace("niedrige  Löhne", "anders")).fingerprint  # a name decides no hit
    assert parse_lexicon(format_lexicon(lexicon)).concepts.equals(lexicon.concepts)


def test_a_rule_is_told_in_the_language_of_its_reader():
    lexicon = parse_lexicon("lexicon: t\ncategories:\n  c:\n    pay: {rule: {de: was  gezahlt wird}, de: [Lohn]}\n    price: {rule: sums, en: [x]}\n")
    told = [lexicon.rule_of("c", concept, labels) for concept in ("pay", "price", "gone") for labels in ("de", "en")]
    assert told == ["was gezahlt wird", "", "sums", "sums", "", ""]
    assert parse_lexicon(format_lexicon(lexicon)).concepts.equals(lexicon.concepts)


def test_parse_lexicon_gives_name_and_head():
    lexicon = parse_lexicon(LABOR)
    assert lexicon.name == "topics"
    assert lexicon.head == {"rule": "what the article is about", "source": "written for the tests", "licence": "CC BY 4.0"}


def test_lexicon_categories_are_in_the_order_of_the_file():
    assert parse_lexicon(LABOR).categories == ["labor", "finance"]


def test_parse_lexicon_allows_categories_without_concepts():
    lexicon = parse_lexicon("lexicon: t\ncategories: {}")
    assert (lexicon.categories, lexicon.patterns.columns.tolist()) == ([], ["category", "concept", "language", "pattern", "line"])


@pytest.mark.parametrize("word", ["no", "on", "off", "yes", "null", "~", "true", "1.5", "1e3", "0x1F", "1_000", "2024-01-01", "12:30:45", ".inf"])
def test_parse_lexicon_leaves_every_scalar_as_text(word):
    text = f"lexicon: {word}\nrule: {word}\ncategories:\n  {word}:\n    {word}:\n      en: [{word}]\n"
    lexicon = parse_lexicon(text)
    assert (lexicon.name, lexicon.head["rule"]) == (word, word)
    assert lexicon.patterns.values.tolist() == [[word, word, "en", word, 6]]


def test_parse_lexicon_joins_white_space_in_texts():
    assert parse_lexicon(with_patterns('["two \\t  words"]')).patterns["pattern"].tolist() == ["two words"]


def test_parse_lexicon_reads_signs_of_patterns_without_quotes():
    patterns = ["=Meta", "-Mitarbeiter*", "teilte … mit", "„Gold“", "stem*", "a * b", "-"]
    assert parse_lexicon(with_patterns(f"[{', '.join(patterns)}]")).patterns["pattern"].tolist() == patterns


def test_parse_lexicon_reads_a_file_with_windows_line_ends():
    assert parse_lexicon(LABOR.replace("\n", "\r\n")).patterns.equals(parse_lexicon(LABOR).patterns)


def test_parse_lexicon_builds_no_object_that_a_tag_asks_for():
    assert parse_lexicon(with_patterns("[!!python/object/apply:os.getcwd a]")).patterns["pattern"].tolist() == ["a"]


STEM = "check indents and brackets, and put a pattern that begins with a sign, such as *stem, in quotes"
ALIAS = "anchors (&) and aliases (*) are not allowed; put a pattern such as *stem in quotes"
DEEP = "nested too deeply; a lexicon has five levels (a pattern such as ? stands in quotes)"
LIST = "'en' must hold a list of patterns, as en: [wage*, \"two words\"]"

FAULTS_OF_PATTERNS = [
    # what stands after "en:" on line 5, and the message after the file's name
    ("[*stem]", f"5: {ALIAS}"),
    ("[wage*, *stem]", f"5: {ALIAS}"),
    ("\n        - *stem", f"6: {ALIAS}"),
    ("[*stem*]", f"5: did not find expected alphabetic or numeric character; {STEM}"),
    ("[&a wage]", f"5: {ALIAS}"),
    ("[%]", f"5: found character that cannot start any token; {STEM}"),
    ("[wage", f"6: did not find expected ',' or ']' to what began in line 5; {STEM}"),
    ("['wage]", f"6: found unexpected end of stream to what began in line 5; {STEM}"),
    ("\n      - wage\n     - price", f"7: did not find expected key to what began in line 4; {STEM}"),
    ("[wage]]", f"5: did not find expected key; {STEM}"),
    ("[wage,,price]", f"5: did not find expected node content; {STEM}"),
    ("[?]", f"5: {DEEP}"),
    ("[[wage]]", f"5: {DEEP}"),
    ("[a: b]", f"5: {DEEP}"),
    ("", f"5: {LIST}"),
    ("wage*", f"5: {LIST}"),
    ("{wage: price}", f"5: {LIST}"),
    ("['']", "5: '' has no letters or digits to find; write a word, a stem* or one sign"),
    ("['*']", "5: '*' has no letters or digits to find; write a word, a stem* or one sign"),
    ("\n        - wage\n        -", "7: '' has no letters or digits to find; write a word, a stem* or one sign"),
    ("['a*b']", "5: 'a*b' has a * inside; a * stands at the beginning or the end of a word, or alone"),
    ("[" + "x" * 201 + "]", "5: pattern of 201 characters; at most 200 are allowed"),
    ("[wage]\n      en: [price]", "6: the key 'en' stands twice in a concept; join the two"),
    ("[wage]\n      fr: [prix]", "6: unknown key 'fr' in a concept; allowed are name, rule, de, en"),
    ("[wage]\n      name: {fr: salaire}", "6: unknown language 'fr' in a name; allowed are de, en"),
    ("[wage]\n      rule: {fr: ce qui est payé}", "6: unknown language 'fr' in a rule; allowed are de, en"),
    ("[wage]\n      name: pay", "6: 'name' must hold names with a colon, each on its own line"),
    ("[wage]\n      rule: [a, b]", "6: one text was expected here; put it in quotes"),
    ("[wage]\n    k: {}", "6: the key 'k' stands twice in category 'c'; join the two"),
    ("[wage]\n  c: {}", "6: the key 'c' stands twice in 'categories'; join the two"),
    ("[wage]\n    '': {en: [a]}", "6: a name is empty in category 'c'; write it before the colon"),
    ("[wage]\n    j:", "6: a concept must hold names with a colon, each on its own line"),
    ("[wage]\n  d:", "6: category 'd' must hold names with a colon, each on its own line"),
    ("[wage]\n  d: word", "6: category 'd' must hold names with a colon, each on its own line"),
    ("[wage]\n  ? [a, b]\n  : {}", "6: one text was expected here; put it in quotes"),
    ("[wage]\n\tde: [Lohn]", f"6: found character that cannot start any token; {STEM}"),
    ("[wa\x07ge]", "5: the character U+0007 is not allowed in YAML; delete it"),
]


@pytest.mark.parametrize(("patterns", "message"), FAULTS_OF_PATTERNS, ids=[repr(patterns[:25]) for patterns, _ in FAULTS_OF_PATTERNS])
def test_parse_lexicon_names_file_line_and_fault(patterns, message):
    with pytest.raises(LexiconError) as caught:
        parse_lexicon(with_patterns(patterns), "topics.yaml")
    assert str(caught.value) == f"topics.yaml:{message}"


TOP = "the keys 'lexicon' and 'categories' must stand at the top"

FAULTS_OF_FILES = [
    ("", f": not a lexicon: {TOP}"),
    ("just words", f": not a lexicon: {TOP}"),
    ("- a\n- b", f": not a lexicon: {TOP}"),
    ("lexicon: t", ": the key 'categories' is missing at the top; a lexicon has 'lexicon' and 'categories'"),
    ("categories: {}", ": the key 'lexicon' is missing at the top; a lexicon has 'lexicon' and 'categories'"),
    ("lexicon:\ncategories: {}", ":1: the lexicon has no name; write it after 'lexicon:'"),
    ("lexicon: [t]\ncategories: {}", ":1: one text was expected here; put it in quotes"),
    ("lexicon: t\ncategories:", ":2: 'categories' must hold names with a colon, each on its own line"),
    ("lexicon: t\ncategories: [a]", ":2: 'categories' must hold names with a colon, each on its own line"),
    ("lexicon: t\nauthor: me\ncategories: {}", ":2: unknown key 'author'; known are lexicon, rule, source, licence, categories"),
    ("lexicon: t\ncategories: {}\nlexicon: u", ":3: the key 'lexicon' stands twice in the top; join the two"),
    ("lexicon: t\ncategories: {}\n---\nmore", f":3: but found another document to what began in line 1; {STEM}"),
    ("lexicon: t: u", f":1: mapping values are not allowed in this context; {STEM}"),
    ("a: &x [1]\nb: *x", f":1: {ALIAS}"),
    ("[" * 100_000, f":1: {DEEP}"),
    ("{a: " * 100_000, f":1: {DEEP}"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS_OF_FILES, ids=[repr(text[:25]) for text, _ in FAULTS_OF_FILES])
def test_parse_lexicon_names_what_is_no_lexicon(text, message):
    with pytest.raises(LexiconError) as caught:
        parse_lexicon(text, "topics.yaml")
    assert str(caught.value) == f"topics.yaml{message}"


def test_parse_lexicon_refuses_a_billion_laughs_unread():
    lines = ["a0: &a0 [x]"] + [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 20)]
    with pytest.raises(LexiconError, match=r"lexicon:1: anchors \(&\) and aliases"):
        parse_lexicon("\n".join(lines))


def test_parse_lexicon_says_the_same_with_the_yaml_reader_in_python(monkeypatch):
    # Where PyYAML was built without libyaml, its own reader is used; the words for a fault may differ, not its place.
    with_libyaml = parse_lexicon(LABOR)
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert parse_lexicon(LABOR).patterns.equals(with_libyaml.patterns)
    with pytest.raises(LexiconError, match=r"^f.yaml:5: .*such as \*stem, in quotes$"):
        parse_lexicon(with_patterns("[*stem*]"), "f.yaml")
    with pytest.raises(LexiconError, match=r"^f.yaml:5: the character U\+0007 is not allowed"):
        parse_lexicon(with_patterns("[\x07]"), "f.yaml")


def test_read_lexicon_reads_utf8(tmp_path):
    path = tmp_path / "topics.yaml"
    path.write_text(LABOR, encoding="utf-8")
    assert read_lexicon(path).patterns.equals(parse_lexicon(LABOR).patterns)


def test_read_lexicon_reads_a_file_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "topics.yaml"
    path.write_text(LABOR, encoding="utf-8-sig")
    assert read_lexicon(path).name == "topics"


def test_read_lexicon_takes_a_path_as_text(tmp_path):
    (tmp_path / "topics.yaml").write_text(LABOR, encoding="utf-8")
    assert read_lexicon(str(tmp_path / "topics.yaml")).name == "topics"


def test_read_lexicon_names_the_file_in_a_fault_of_the_text(tmp_path):
    path = tmp_path / "topics.yaml"
    path.write_text(with_patterns("[*stem]"), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    assert str(caught.value) == f"topics.yaml:5: {ALIAS}"


@pytest.mark.parametrize(("encoding", "place"), [("latin-1", "10: not UTF-8 at byte 211"), ("utf-16", "1: not UTF-8 at byte 0")])
def test_read_lexicon_refuses_what_is_not_utf8(tmp_path, encoding, place):
    path = tmp_path / "topics.yaml"
    path.write_bytes(LABOR.encode(encoding))
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    assert str(caught.value) == f"topics.yaml:{place}; save the file as UTF-8"


def test_read_lexicon_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LexiconError) as caught:
        read_lexicon(tmp_path / "none.yaml")
    assert str(caught.value) == f"{tmp_path / 'none.yaml'}: cannot be read (No such file or directory); check the path"


def test_read_lexicon_refuses_a_folder(tmp_path):
    with pytest.raises(LexiconError, match=r"cannot be read \(Is a directory\); check the path"):
        read_lexicon(tmp_path)


def test_read_lexicon_refuses_a_huge_file_unread(tmp_path, monkeypatch):
    path = tmp_path / "topics.yaml"
    path.write_text(LABOR, encoding="utf-8")
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    assert str(caught.value) == "topics.yaml: larger than 100 bytes; no lexicon is; split it or check the file"


def test_fingerprint_is_the_digest_of_name_and_patterns():
    lexicon = parse_lexicon(with_patterns("[wage*, price]"))
    assert lexicon.fingerprint == hashlib.sha256(b"t\nc\tk\ten\twage*\nc\tk\ten\tprice").hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lexicon: topics", "lexicon: other"),
        ("  labor:", "  work:"),
        ("    pay:", "    wages:"),
        ("en: [price]", "de: [price]"),
        ("Streik*", "streik*"),
        ("[Lohn*, Löhn*]", "[Löhn*, Lohn*]"),
        ("[wage*, ", "["),
    ],
)
def test_fingerprint_changes_with_what_decides_hits(old, new):
    text = LABOR.replace(", de: [Preis]", "")
    assert old in text
    assert parse_lexicon(text.replace(old, new)).fingerprint != parse_lexicon(text).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: written for the tests", "source: elsewhere"),
        ("rule: what workers are paid", "rule: pay"),
        ("licence: CC BY 4.0\n", ""),
        ("en: [price]", "en: ['price']"),
        ("    strike:", "\n\n    # a remark\n    strike:"),
    ],
)
def test_fingerprint_stays_when_only_the_words_around_change(old, new):
    assert old in LABOR
    assert parse_lexicon(LABOR.replace(old, new)).fingerprint == parse_lexicon(LABOR).fingerprint


@pytest.mark.parametrize(
    ("column", "value", "patterns", "concepts"),
    [
        ("concept", "pay", ["Streik*", "price", "Preis"], ["strike", "price"]),
        ("category", "labor", ["price", "Preis"], ["price"]),
        ("language", "de", ["wage*", "two words", "price"], ["pay", "strike", "price"]),
        ("pattern", "Lohn*", ["wage*", "two words", "Löhn*", "Streik*", "price", "Preis"], ["pay", "strike", "price"]),
        ("concept", "unheard", ["wage*", "two words", "Lohn*", "Löhn*", "Streik*", "price", "Preis"], ["pay", "strike", "price"]),
    ],
)
def test_without_leaves_out_one_value(column, value, patterns, concepts):
    shorter = parse_lexicon(LABOR).without(**{column: value})
    assert (shorter.patterns["pattern"].tolist(), shorter.concepts["concept"].tolist()) == (patterns, concepts)
    assert shorter.patterns.index.tolist() == list(range(len(patterns)))


def test_without_leaves_the_lexicon_as_it_was():
    lexicon = parse_lexicon(LABOR)
    before = lexicon.patterns.copy()
    shorter = lexicon.without(concept="pay")
    pd.testing.assert_frame_equal(lexicon.patterns, before)
    assert (shorter.name, shorter.head) == (lexicon.name, lexicon.head)
    assert shorter.fingerprint != lexicon.fingerprint
