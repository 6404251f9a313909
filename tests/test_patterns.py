"""Patterns: what each form is read as, and which are refused. What they match is in test_tagging.py."""

from unicodedata import normalize

import pytest

from lesart.errors import LexiconError
from lesart.patterns import MAX_LENGTH, Pattern, parse_pattern

NEXT, GAP, ONE_BETWEEN = (False,), (), (False, False)


def parts_of(text: str) -> list[tuple[str, tuple[bool, ...]]]:
    return [(part.literal.decode("latin-1"), part.borders) for part in parse_pattern(text).parts]


FORMS = [
    # One word, whole or with wildcards.
    ("Macht", [(" macht ", NEXT)]),
    ("Lohn*", [(" lohn", NEXT)]),
    ("*lohn", [("lohn ", NEXT)]),
    ("*lohn*", [("lohn", NEXT)]),
    ("Löhn*", [(" löhn", NEXT)]),
    ("groß*", [(" gross", NEXT)]),
    ("can't", [(" cant ", NEXT)]),
    ("2024", [(" 2024 ", NEXT)]),
    ("14,3", [(" 14,3 ", NEXT)]),
    ("  Macht  ", [(" macht ", NEXT)]),
    # Phrases: plain words in one literal, words with wildcards apart.
    ("pro Aufgabe", [(" pro aufgabe ", NEXT)]),
    ("pro   Aufgabe", [(" pro aufgabe ", NEXT)]),
    ("low-wage", [(" low wage ", NEXT)]),
    ("low* wage*", [(" low", NEXT), (" wage", NEXT)]),
    ("*low wage*", [("low wage", NEXT)]),
    ("the low* wage", [(" the low", NEXT), (" wage ", NEXT)]),
    ("Meta’s", [(" meta s ", NEXT)]),
    # Any number.
    ("#", [("#", NEXT)]),
    ("-#", [("#", NEXT)]),
    ("# Dollar", [("#", NEXT), (" dollar ", NEXT)]),
    ("rund # Prozent", [(" rund ", NEXT), ("#", NEXT), (" prozent ", NEXT)]),
    ("weniger als $#", [(" weniger als ", NEXT), ("#", NEXT)]),
    ("#-Jährige", [("#", NEXT), (" jährige ", NEXT)]),
    ("um # … Prozent", [(" um ", NEXT), ("#", NEXT), (" prozent ", ())]),
    # Any one word.
    ("Dollar * Stunde", [(" dollar ", NEXT), (" stunde ", ONE_BETWEEN)]),
    ("Dollar * * Stunde", [(" dollar ", NEXT), (" stunde ", (False, False, False))]),
    ("* told reporters", [(" told reporters ", ONE_BETWEEN)]),
    ("an* * * auf*", [(" an", NEXT), (" auf", (False, False, False))]),
    # Gaps.
    ("teilte … mit", [(" teilte ", NEXT), (" mit ", GAP)]),
    ("teilte…mit", [(" teilte ", NEXT), (" mit ", GAP)]),
    ("teilte ... mit", [(" teilte ", NEXT), (" mit ", GAP)]),
    ("hold* … to account", [(" hold", NEXT), (" to account ", GAP)]),
    ("gab … den Posten … auf", [(" gab ", NEXT), (" den posten ", GAP), (" auf ", GAP)]),
    ("… mit", [(" mit ", NEXT)]),
    ("teilte …", [(" teilte ", NEXT)]),
    # Punctuation: not looked at at the ends, asked for between words.
    ("Inc.", [(" inc ", NEXT)]),
    ("„Gold“", [(" gold ", NEXT)]),
    ("Wie bitte?", [(" wie bitte ", NEXT)]),
    ("z. B.", [(" z \x1f b ", NEXT)]),
    ("ja, aber", [(" ja \x1f aber ", NEXT)]),
    ("No. * said", [(" no ", NEXT), (" said ", (True, False))]),
    ("low* , wage*", [(" low", NEXT), (" wage", (True,))]),
]


@pytest.mark.parametrize(("text", "parts"), FORMS, ids=[text for text, _ in FORMS])
def test_parse_pattern_reads_words_wildcards_and_gaps(text, parts):
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "borders"),
    [("in *", (False,)), ("Euro * *", (False, False)), ("No. *", (True,)), ("stem*", ()), ("teilte … mit *", (False,)), ("in …", ())],
)
def test_parse_pattern_counts_the_words_after_the_last_part(text, borders):
    assert parse_pattern(text).borders_after == borders


def test_parse_pattern_reads_an_umlaut_in_either_unicode_form():
    assert parts_of(normalize("NFD", "Löhn*")) == parts_of(normalize("NFC", "Löhn*")) == [(" löhn", NEXT)]


@pytest.mark.parametrize(
    ("text", "sign", "exception"),
    [("?", "?", False), ("…", "…", False), ("%", "%", False), ("-", "-", False), ("=", "=", False),
     ("„", "„", False), ("-?", "?", True), ("😀", "😀", False), ("„…“", "„…“", False), ("-„…“", "„…“", True)],
)  # fmt: skip
def test_parse_pattern_reads_one_sign_as_that_sign(text, sign, exception):
    assert parse_pattern(text) == Pattern(text, sign=sign, exception=exception)


@pytest.mark.parametrize(
    ("text", "literal", "exception"),
    [("-Mitarbeiter*", b" mitarbeiter", True), ("- Mitarbeiter*", b" mitarbeiter", True), ("-*arbeit", b"arbeit ", True),
     ("a-b", b" a b ", False)],
)  # fmt: skip
def test_parse_pattern_reads_a_leading_hyphen_as_an_exception(text, literal, exception):
    pattern = parse_pattern(text)
    assert (pattern.parts[0].literal, pattern.exception) == (literal, exception)


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("Macht", [None]),
        ("=Macht", ["X...."]),
        ("=macht", ["....."]),
        ("-=Macht", ["X...."]),
        ("=KI*", ["XX"]),
        ("=*KI", ["XX"]),
        ("=U.S.", ["X...X"]),  # u, blank, barrier, blank, s
        ("=Große AG", ["X..... XX"]),
        ("=STRAẞE", ["XXXXXXX"]),
        ("=Er … Mit", ["X.", "X.."]),
    ],
)
def test_parse_pattern_keeps_capitals_after_an_equals_sign(text, capitals):
    parts = parse_pattern(text).parts
    wanted = [shown and tuple(sign == "X" for sign in shown) for shown in capitals]
    assert [part.capitals for part in parts] == wanted


@pytest.mark.parametrize(("text", "n_letters"), [("Lohn*", 4), ("*lohn *", 4), ("z. B.", 2), ("teilte … mit", 9), ("?", 0), ("groß", 5)])
def test_pattern_counts_the_letters_it_spells_out(text, n_letters):
    assert parse_pattern(text).n_letters == n_letters


NOTHING = "has no letters or digits to find; write a word, a stem* or one sign"
INSIDE = "has a * inside; a * stands at the beginning or the end of a word, or alone"
NO_SNIPPET = "has no letters or digits to find; a few words in quotation marks of any kind are „…“"
AT_SIGN = "has a * at a sign; leave the sign out, or put a blank between them"
GAP_STAR = "a * beside a gap (…) asks for nothing; leave it out"
AT_WORD = "has a # at a word; it is any number: put a blank between them, or leave it out"
SCRIPT = "has a word in another script; only Latin letters can be told apart"

REFUSED = [
    ("", f"'' {NOTHING}"),
    (" ", f"' ' {NOTHING}"),
    ("*", f"'*' {NOTHING}"),
    ("* *", f"'* *' {NOTHING}"),
    ("-*", f"'*' {NOTHING}"),
    ("… …", f"'… …' {NOTHING}"),
    ("...", f"'...' {NOTHING}"),
    ("?!", f"'?!' {NOTHING}"),
    ("ja … ?", f"'?' {NOTHING}"),
    ("„ … “", f"'„ … “' {NO_SNIPPET}"),
    ('"…"', f"'\"…\"' {NO_SNIPPET}"),
    ("„...“", f"'„...“' {NO_SNIPPET}"),
    ("=„…“", "'=„…“' asks for capitals where no letter stands; leave out the ="),
    ("\u200b", f"'\\u200b' {NOTHING}"),  # invisible, so no sign
    ("\u0301", f"'\u0301' {NOTHING}"),
    ("½", f"'½' {NOTHING}"),
    ("**", f"'**' {INSIDE}"),
    ("a*b", f"'a*b' {INSIDE}"),
    ("low*-wage", f"'low*-wage' {INSIDE}"),
    ("z. B.*", f"'B.*' {AT_SIGN}"),
    ("*-Mitarbeiter", f"'*-Mitarbeiter' {AT_SIGN}"),
    ("14 %*", f"'%*' {AT_SIGN}"),
    ("teilte * … mit", GAP_STAR),
    ("teilte … * mit", GAP_STAR),
    ("#MeToo", f"'#MeToo' {AT_WORD}"),
    ("rund #*", f"'rund #*' {AT_WORD}"),
    ("C#", f"'C#' {AT_WORD}"),
    ("Москва", f"'Москва' {SCRIPT}"),
    ("Москва 2024", f"'Москва 2024' {SCRIPT}"),
    ("x" * (MAX_LENGTH + 1), "pattern of 201 characters; at most 200 are allowed"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[repr(text[:20]) for text, _ in REFUSED])
def test_parse_pattern_refuses_what_means_nothing_or_less_than_it_seems(text, message):
    with pytest.raises(LexiconError) as caught:
        parse_pattern(text)
    assert str(caught.value) == message


def test_parse_pattern_takes_the_longest_pattern_allowed():
    assert len(parse_pattern("x" * MAX_LENGTH).parts[0].literal) == MAX_LENGTH + 2
