"""Tagging: what each form of pattern finds, the rules between matches, and the same hits as a plain loop over words."""

from pathlib import Path
from unicodedata import normalize

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import tag_plainly

from lesart import tagging
from lesart.errors import LexiconError
from lesart.lexicon import Lexicon, parse_lexicon
from lesart.patterns import parse_pattern
from lesart.tagging import HIT_COLUMNS, tag_articles

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"


def make_articles(*rows: tuple[str, str]) -> pd.DataFrame:
    """Articles of (language, text), with the ids 0, 1, 2 … and no titles."""
    table = pd.DataFrame(rows, columns=["language", "text"], dtype="str")
    return table.assign(article=pd.array([str(k) for k in range(len(table))], dtype="str"), title="")


def make_lexicon(patterns: dict[str, list[str]], name: str = "toy") -> Lexicon:
    """A lexicon with the same patterns in both languages; ``patterns``: "category concept" → patterns."""
    rows = [
        (*key.split(), language, pattern, 1) for key, listed in patterns.items() for language in ("de", "en") for pattern in listed
    ]
    concepts = [(*key.split(), "") for key in patterns]
    return Lexicon(
        name,
        pd.DataFrame(rows, columns=["category", "concept", "language", "pattern", "line"], dtype=object),
        pd.DataFrame(concepts, columns=["category", "concept", "rule_en"], dtype=object),
        {},
    )


def tag(text: str, *patterns: str, language: str = "de") -> pd.DataFrame:
    return tag_articles(make_articles((language, text)), make_lexicon({"c k": list(patterns)}), progress=False)


def find(text: str, *patterns: str, language: str = "de") -> list[str]:
    """What the patterns, all of one concept, find in the text."""
    return tag(text, *patterns, language=language)["surface"].tolist()


# --- The forms of patterns -----------------------------------------------------------------------------------------

FORMS = [
    # A whole word, whatever its capitals.
    ("Macht", "Die Macht, MACHT und macht", ["Macht", "MACHT", "macht"]),
    ("Macht", "Machtwort Ohnmacht mächtig", []),
    ("Macht", "(Macht) „Macht“ Macht-Wort Macht/Geld", ["Macht"] * 4),
    ("a", "a aa a", ["a", "a"]),
    # Wildcards; the surface is the whole word.
    ("Lohn*", "Lohn Lohnes Lohnarbeit Stundenlohn", ["Lohn", "Lohnes", "Lohnarbeit"]),
    ("*lohn", "Lohn Mindestlohn Mindestlohns", ["Lohn", "Mindestlohn"]),
    ("*arbeiter*", "Arbeiter Mitarbeiterin Klickarbeitern Arbeit", ["Arbeiter", "Mitarbeiterin", "Klickarbeitern"]),
    ("*a*", "Banane und Birne", ["Banane"]),  # once, though the letter stands there twice
    # Compounds and hyphens: a hyphen parts words as white space does.
    ("KI", "KI-Firma, die KI-basierte Firmen-KI", ["KI", "KI", "KI"]),
    ("low-wage", "low-wage, low wage, low\u2011wage, lowwage", ["low-wage", "low wage", "low\u2011wage"]),
    ("low wage", "low-wage workers", ["low-wage"]),
    ("Lohn*", "Niedrig-Lohnarbeit", ["Lohnarbeit"]),
    ("Arbeiter*", "Arbeiter:innen Arbeiter*innen Arbeiter_innen ArbeiterInnen Arbeiter/-innen",
     ["Arbeiter", "Arbeiter", "Arbeiter", "ArbeiterInnen", "Arbeiter"]),  # gender forms
    # Umlauts and ß.
    ("Löhne", "Löhne LÖHNE Lohne Loehne", ["Löhne", "LÖHNE"]),
    ("groß*", "groß große gross GROSSE GROẞE grob", ["groß", "große", "gross", "GROSSE", "GROẞE"]),
    ("gross*", "groß große gross", ["groß", "große", "gross"]),
    ("*s", "Fuß", ["Fuß"]),
    ("exposé", "exposé expose", ["exposé"]),
    ("Erdogan", "Erdoğan", ["Erdoğan"]),
    ("İstanbul", "istanbul Istanbul", ["istanbul", "Istanbul"]),
    # Soft hyphens and other signs that are not seen.
    ("Klickarbeit", "Klick\u00adarbeit", ["Klick\u00adarbeit"]),
    ("Klickarbeit", "Klickarbeit\u00ad!", ["Klickarbeit"]),
    # Apostrophes of both kinds, clitics.
    ("can't", "can't can’t CAN’T cant", ["can't", "can’t", "CAN’T", "cant"]),
    ("Meta", "Meta's Meta’s Metas", ["Meta", "Meta"]),
    ("Meta's", "Meta's Meta’s Meta", ["Meta's", "Meta’s"]),
    ("they", "they're they've they’ll they'd", ["they"] * 4),
    ("workers' rights", "workers' rights, workers’ rights, workers rights", ["workers' rights", "workers’ rights"]),
    # Numbers as words.
    ("14,3", "14,3 14.3 114,3 14,35", ["14,3"]),
    ("14.3", "14.3 14,3 14. 3", ["14.3"]),
    ("2024", "2024 2024er 12024", ["2024"]),
    # Phrases, over white space of every kind.
    ("pro Aufgabe", "pro Aufgabe, pro  Aufgabe, pro\nAufgabe, pro\u00a0Aufgabe, pro\t\n Aufgabe",
     ["pro Aufgabe", "pro  Aufgabe", "pro\nAufgabe", "pro\u00a0Aufgabe", "pro\t\n Aufgabe"]),
    ("15 Mrd", "15 Mrd. US-Dollar", ["15 Mrd"]),
    ("49 der", "49 % der, 49% der, 49 € der", ["49 % der", "49% der", "49 € der"]),
    # A phrase does not go over punctuation, a blank line or a word between.
    ("ja nein", "ja, nein. ja. nein ja – nein ja „nein ja und nein ja/nein ja\n\nnein", []),
    ("a a", "a a a", ["a a"]),
    ("low* wage*", "lowest wages, low minimum wages, lower-wage, low, wages", ["lowest wages", "lower-wage"]),
    ("*wage* job*", "minimum-wage jobs, wages. Jobs", ["wage jobs"]),
    # Punctuation in a pattern asks for punctuation, and at its ends says nothing.
    ("z. B.", "z. B. und z.B. und z B", ["z. B", "z.B"]),
    ("Inc.", "Scale AI Inc. und Inc", ["Inc", "Inc"]),
    ("U.S.", "the U.S. and US", ["U.S"]),
    ("ja, aber", "Ja, aber. Ja – aber. Ja aber.", ["Ja, aber", "Ja – aber"]),
    ("z. B.", "Von A bis z.\n\nB kam", []),
    # Any one word.
    ("Dollar * Stunde", "Dollar pro Stunde, Dollar die Stunde, Dollar Stunde, Dollar in der Stunde", ["Dollar pro Stunde", "Dollar die Stunde"]),
    ("Dollar * Stunde", "Dollar, die Stunde; Dollar die, Stunde", []),
    ("Dollar * * Stunde", "Dollar in der Stunde", ["Dollar in der Stunde"]),
    ("* an hour", "$5 an hour. An hour. Five-ish an hour", ["5 an hour", "ish an hour"]),
    ("about *", "about 5 percent, about. What about", ["about 5"]),
    ("No. *", "No. 5 and no and No 5", ["No. 5"]),
    ("No. *", "No.\n\nFive", []),
    ("Mr. * said", "Mr. Wang said, Mr Wang said", ["Mr. Wang said"]),
    ("an* * auf*", "anders und auf, anders, und auf", ["anders und auf"]),
    # Gaps inside one sentence: German separable verbs.
    ("teilte … mit", "Das teilte die Firma, wie immer, mit. Sie teilte. Mit ihm", ["teilte die Firma, wie immer, mit"]),
    ("teilte … mit", "Er teilte mit", ["teilte mit"]),
    ("teilte...mit", "Er teilte es mit", ["teilte es mit"]),
    ("teilte … mit", "Er teilte es Mitte Mai", []),
    ("teilte … mit", "Er teilte es.\n\nMit Recht", []),
    ("teilte … mit", "Sie teilte und teilte es mit und mit", ["teilte es mit"]),  # the nearest two
    ("ga* … auf", "Er gab sie auf, sie gaben ihn auf", ["gab sie auf", "gaben ihn auf"]),
    ("nahm … in Schutz", "nahm in der Krise uns in Schutz", ["nahm in der Krise uns in Schutz"]),
    ("teilte … der* Firm* mit", "teilte der Firma und der Firma mit", ["teilte der Firma und der Firma mit"]),
    ("weder … noch … auch", "weder dies noch das oder auch jenes", ["weder dies noch das oder auch"]),
    ("a … a", "a b a b a", ["a b a", "a b a"]),  # the end of one may begin the next
    ("… mit", "teilte mit", ["mit"]),
    # Kept case.
    ("=Macht", "Die Macht macht MACHT", ["Macht"]),
    ("=macht", "Die Macht macht MACHT", ["macht"]),
    ("=Meta*", "Meta Metas meta METAS metaMeta", ["Meta", "Metas"]),
    ("=*KI", "GroKI groki KI", ["GroKI", "KI"]),
    ("=*Ab*", "abAb abab", ["abAb"]),
    ("=US", "US us U.S.", ["US"]),
    ("=U.S.", "U.S. u.s. U.s.", ["U.S"]),
    ("=Große AG", "Große AG, große AG, Grosse  AG, Große-AG", ["Große AG", "Grosse  AG", "Große-AG"]),
    ("=Meta's", "Meta's Meta‘s meta's", ["Meta's", "Meta‘s"]),
    ("=STRASSE", "STRAẞE STRASSE Straße STRAßE", ["STRAẞE", "STRASSE"]),
    ("=Er … Mit", "Er kam mit uns Mit", ["Er kam mit uns Mit"]),
    ("=Löhne", "Löhne löhne", ["Löhne"]),
    ("=März *", "im März 2024, im märz 2024", ["März 2024"]),
    # One sign.
    ("?", "Wer? Was?! Nein.", ["?", "?"]),
    ("…", "Nun … ja...", ["…"]),
    ("%", "49 % und 3%", ["%", "%"]),
    ("😀", "gut 😀", ["😀"]),
    ("=", "a = b", ["="]),
    # A few words in quotation marks: five at most, not all with capitals.
    ("„…“", "Sie nennt es „faire Teilung“, dann „ganz neu“.", ["„faire Teilung“", "„ganz neu“"]),
    ("„…“", 'Das "neue Lernen", das «neue Lernen».', ['"neue Lernen"', "«neue Lernen»"]),
    ("„…“", "„eins zwei drei vier fünf“ und „eins zwei drei vier fünf sechs“", ["„eins zwei drei vier fünf“"]),
    ("„…“", "Die „Neue Post“, „Phase 2“, „3“, „“, „?“ und „Wie bitte?“", ["„Wie bitte?“"]),
    ("„…“", "„so-so und na ja wie’s“, „a-b c-d e-f g-h i-j k-l“", ["„so-so und na ja wie’s“"]),
    ("„…“", "„das\u200bsind\u200bsechs\u200bwörter\u200bund\u200bmehr“ „eins/zwei/drei/vier—fünf_sechs“", []),
    ("„…“", 'Ein 12" Rohr und ein 14" Rohr.', []),
    ("„…“", "„Wir gehen.\n\n„Und zwar gern.“", ["„Und zwar gern.“"]),  # a speech that goes on is none
    # A number in digits, alone and in a phrase.
    ("# Prozent", "Um 14,3 Prozent, um drei Prozent, um 5. Prozent", ["14,3 Prozent"]),
    ("rund # Dollar", "rund 15 US-Dollar, rund 15 Dollar, rund 15,5  Dollar", ["rund 15 Dollar", "rund 15,5  Dollar"]),
    ("#", "14,3 Mrd., 2024er, drei, GPT4, 20th, 1.500, 0 und 95%", ["14,3", "2024er", "20th", "1.500", "0", "95"]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "surfaces"), FORMS, ids=[f"{pattern} in {text[:20]}" for pattern, text, _ in FORMS])
@pytest.mark.parametrize("language", ["de", "en"])
def test_tag_articles_finds_what_a_pattern_means(language, pattern, text, surfaces):
    assert find(text, pattern, language=language) == surfaces


def test_tag_articles_finds_a_few_words_in_the_quotation_marks_of_english():
    text = "He calls it ‘right-sizing’, it's “Fair Deal” to the workers' boss, a 'fair deal' to “us”."
    assert find(text, "„…“", language="en") == ["‘right-sizing’", "'fair deal'", "“us”"]


def test_tag_articles_hears_who_puts_words_into_quotation_marks_not_whose_they_are():
    told = tag("Der „gute Ton“ fehlt. Die Chefin sagte, sie wolle den „guten Ton“ wahren. „Den ‚guten Ton‘ wollen wir immer wahren“, sagte sie.", "„…“", "Ton")
    assert told[["surface", "voice"]].values.tolist() == [
        ["„gute Ton“", "narrator"], ["„guten Ton“", "quoted"], ["Ton", "quoted"],
    ]  # fmt: skip
    side_by_side = tag("Es heißt „faire Teilung“„große Sache“.", "„…“")
    assert side_by_side["voice"].tolist() == ["narrator", "narrator"]


def test_tag_articles_finds_an_umlaut_of_a_pattern_in_two_characters():
    assert find("Die Löhne", normalize("NFD", "Löhn*"), normalize("NFD", "=Löhne x")) == ["Löhne"]


def test_tag_articles_takes_the_patterns_of_the_article_s_language_only():
    lexicon = parse_lexicon("lexicon: t\ncategories: {c: {k: {en: [gift], de: [Gabe]}}}")
    articles = make_articles(("de", "Gift und Gabe"), ("en", "Gift und Gabe"))
    assert tag_articles(articles, lexicon)[["article", "surface"]].values.tolist() == [["0", "Gabe"], ["1", "Gift"]]


# --- Exceptions and the longest match ------------------------------------------------------------------------------

EXCEPTIONS = [
    (["*arbeiter*", "-Mitarbeiter*"], "Arbeiter, Mitarbeiter und Klickarbeiter", ["Arbeiter", "Klickarbeiter"]),
    (["only", "-not only"], "only this, not only that", ["only"]),
    (["Mio", "Euro", "-Euro *"], "Mio Euro, Euro heute", ["Mio", "Euro"]),  # no word after the first Euro's comma
    (["no", "-No. *"], "No. 5 and no", ["no"]),
    (["macht", "-=Macht"], "Die Macht macht", ["macht"]),
    (["gab", "-gab … auf"], "Er gab es. Er gab es auf.", ["gab"]),
    (["auf", "-gab … auf"], "Er gab es auf. Er ist auf.", ["auf"]),
    (["?", "-?"], "Wer?", []),
    (["wage", "wage gap", "-wage"], "wage gap, wage", ["wage gap"]),  # an exception cancels what it covers, no more
    (["minimum wage", "-wage"], "minimum wage", ["minimum wage"]),
]


@pytest.mark.parametrize(("patterns", "text", "surfaces"), EXCEPTIONS, ids=[" ".join(patterns) for patterns, _, _ in EXCEPTIONS])
def test_tag_articles_exceptions_cancel_what_they_cover(patterns, text, surfaces):
    assert find(text, *patterns) == surfaces


def test_tag_articles_exceptions_cancel_in_their_concept_only():
    lexicon = make_lexicon({"labor people": ["*arbeiter*", "-Mitarbeiter*"], "labor staff": ["Mitarbeiter*"], "other x": ["*arbeiter*"]})
    hits = tag_articles(make_articles(("de", "Mitarbeiter")), lexicon)
    assert hits[["category", "concept"]].values.tolist() == [["labor", "staff"], ["other", "x"]]


def tag_competing(text: str, patterns: dict[str, list[str]]) -> list[list[str]]:
    hits = tag_articles(make_articles(("de", text)), make_lexicon(patterns))
    return hits[["category", "concept", "surface"]].values.tolist()


@pytest.mark.parametrize(
    ("patterns", "text", "hits"),
    [
        # Within a category the longest wins, whatever its concept.
        ({"c short": ["Intelligenz"], "c long": ["künstliche Intelligenz"]}, "künstliche Intelligenz", [["c", "long", "künstliche Intelligenz"]]),
        ({"c a": ["a b"], "c b": ["b c d"]}, "a b c d", [["c", "b", "b c d"]]),
        # Across categories both stay.
        ({"c a": ["Intelligenz"], "d b": ["künstliche Intelligenz"]}, "künstliche Intelligenz",
         [["d", "b", "künstliche Intelligenz"], ["c", "a", "Intelligenz"]]),
        # Of equally long ones, that which spells out more letters, then the earlier, then the one listed first.
        ({"c a": ["*arbeit*"], "c b": ["Klickarbeit*"], "c d": ["Klick*"]}, "Klickarbeiter", [["c", "b", "Klickarbeiter"]]),
        ({"c a": ["a* b"], "c b": ["b cc"]}, "aa b cc", [["c", "b", "b cc"]]),
        ({"c a": ["b c"], "c b": ["a b"]}, "a b c", [["c", "b", "a b"]]),
        ({"c a": ["Lohn"], "c b": ["Lohn"]}, "Lohn", [["c", "a", "Lohn"]]),
        ({"c a": ["Lohn*"], "c b": ["=Lohn"]}, "Lohn", [["c", "a", "Lohn"]]),
        ({"c a": ["#"], "c b": ["2024"]}, "2023 2024", [["c", "a", "2023"], ["c", "b", "2024"]]),
        # What loses leaves the rest of its category alone.
        ({"c a": ["a b", "b c", "c d e"]}, "a b c d e", [["c", "a", "a b"], ["c", "a", "c d e"]]),
        ({"c a": ["ja? nein", "nein doch", "ja", "?"]}, "ja? nein doch", [["c", "a", "ja"], ["c", "a", "?"], ["c", "a", "nein doch"]]),
        # A pattern with a gap competes for its first words only, with the letters of all its words.
        ({"c a": ["teilte … mit"], "c b": ["Firma", "mit"]}, "teilte die Firma mit",
         [["c", "a", "teilte die Firma mit"], ["c", "b", "Firma"], ["c", "b", "mit"]]),
        ({"c a": ["gab die große Firma"], "c b": ["die große Firma", "gab … auf"]}, "gab die große Firma auf", [["c", "a", "gab die große Firma"]]),
        ({"c a": ["gab … auf"], "c b": ["die große Firma", "gab die"]}, "gab die große Firma auf",
         [["c", "a", "gab die große Firma auf"], ["c", "b", "die große Firma"]]),
        ({"c a": ["gab … aufs Neue"], "c b": ["die Firma", "gab die"]}, "gab die Firma aufs Neue",
         [["c", "a", "gab die Firma aufs Neue"], ["c", "b", "die Firma"]]),
        ({"c a": ["gab"], "c b": ["gab … auf"]}, "gab es auf", [["c", "b", "gab es auf"]]),
        ({"c a": ["gab es"], "c b": ["gab … aufs Neue her"]}, "gab es aufs Neue her", [["c", "b", "gab es aufs Neue her"]]),
        ({"c a": ["gab es allen"], "c b": ["gab … auf"]}, "gab es allen auf", [["c", "a", "gab es allen"]]),
        # A cancelled match does not compete.
        ({"c a": ["nicht nur", "-nicht nur"], "c b": ["nicht"]}, "nicht nur", [["c", "b", "nicht"]]),
    ],
)  # fmt: skip
def test_tag_articles_longest_wins_in_a_category(patterns, text, hits):
    assert tag_competing(text, patterns) == hits


def test_tag_articles_keeps_lexicons_apart():
    first, second = make_lexicon({"c k": ["Lohn"]}, "first"), make_lexicon({"c k": ["Lohn*"]}, "second")
    hits = tag_articles(make_articles(("de", "Lohn")), [second, first])
    assert hits[["lexicon", "pattern"]].values.tolist() == [["first", "Lohn"], ["second", "Lohn*"]]


@pytest.mark.parametrize("names", [["voice"], ["a", "a"]])
def test_tag_articles_refuses_two_lexicons_of_one_name(names):
    with pytest.raises(LexiconError, match=f"two lexicons are named '{names[0]}'; give each its own name"):
        tag_articles(make_articles(("de", "Lohn")), [make_lexicon({"c k": ["Lohn"]}, name) for name in names])


# --- Negation ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("de", "Der Lohn steigt.", False),
        ("de", "Kein Lohn steigt.", True),
        ("de", "Ohne mehr Lohn.", True),
        ("de", "Der Lohn steigt nicht.", True),  # nicht stands after what it denies
        ("de", "Nicht der Lohn steigt.", True),
        ("de", "Der Lohn steigt nie.", False),  # the others only before it
        ("de", "Nicht nur der Lohn steigt.", False),
        ("de", "Der Lohn steigt, nicht der Preis.", False),
        ("de", "Nein, nicht heute, der Lohn steigt.", False),
        ("de", "Der Lohn steigt – nicht der Preis.", False),
        ("de", "Nicht der Preis: Der Lohn steigt.", False),
        ("de", "Es ist nicht so. Der Lohn steigt.", False),
        ("de", "Der Lohn steigt. Nicht der Preis.", False),
        ("de", "Um 14,3 Prozent steigt kein um 2,5 Prozent höherer Lohn.", True),  # a comma in a number is no clause
        ("de", "Not Lohn.", False),
        ("en", "The wage rises.", False),
        ("en", "No wage rises.", True),
        ("en", "They don't pay a wage.", True),
        ("en", "They don’t pay a wage.", True),
        ("en", "The wage did not rise.", False),  # English negates what follows
        ("en", "Not only the wage rises.", False),
        ("en", "There is no doubt: the wage rises.", False),
        ("en", "Not today, the wage rises.", False),
        ("en", "Not today; the wage rises.", False),
        ("en", "It is not so. The wage rises.", False),
        ("en", "Not\n\nthe wage", False),
        ("en", "Nicht wage.", False),
    ],
)
def test_tag_articles_marks_what_is_negated_in_its_clause(language, text, negated):
    assert tag(text, "Lohn", "wage", language=language)["negated"].tolist() == [negated]


@pytest.mark.parametrize(
    ("text", "negated"),
    [("Er teilte es mit.", False), ("Er teilte es nicht mit.", True), ("Er teilte es mit, nicht wahr.", False), ("Er teilte keine Zahlen mit.", False)],
)
def test_tag_articles_negates_a_verb_by_nicht_in_its_gap(text, negated):
    assert tag(text, "teilte … mit")["negated"].tolist() == [negated]


def test_tag_articles_does_not_negate_the_negation_itself():
    assert tag("Nicht jetzt.", "nicht")["negated"].tolist() == [False]


def test_tag_articles_counts_no_mark_of_voice_as_a_hit():
    assert len(tag("Er sagte, das sei nicht so.", "Lohn")) == 0


# --- The table -----------------------------------------------------------------------------------------------------


def test_tag_articles_gives_a_row_with_all_columns():
    articles = pd.DataFrame(
        {"article": ["x"], "title": ["Streik"], "language": ["de"], "text": ["Streik\n\nDie Firma sagte: „Kein Lohn.“ Ende.\n\nLohn!"], "extra": [1]}
    )
    hits = tag_articles(articles, make_lexicon({"labor pay": ["Lohn*"], "labor strike": ["Streik"]}))
    assert hits.columns.tolist() == HIT_COLUMNS
    assert hits.values.tolist() == [
        ["x", 0, "headline", 0, 6, "Streik", "toy", "labor", "strike", "narrator", False, "Streik"],
        ["x", 1, "lead", 31, 35, "Lohn", "toy", "labor", "pay", "quoted", True, "Lohn*"],
        ["x", 3, "last", 45, 49, "Lohn", "toy", "labor", "pay", "narrator", False, "Lohn*"],
    ]


def test_tag_articles_takes_one_lexicon_or_several():
    articles, lexicon = make_articles(("de", "Lohn")), make_lexicon({"c k": ["Lohn"]})
    pd.testing.assert_frame_equal(tag_articles(articles, lexicon), tag_articles(articles, (lex for lex in [lexicon])))


def test_tag_articles_orders_hits_as_the_articles_then_by_place():
    articles = make_articles(("en", "b a"), ("de", "a. b"), ("fr", "a"), ("en", "a"), ("de", "b a b"))
    hits = tag_articles(articles, make_lexicon({"c k": ["a", "b"], "d k": ["a", "b a"]}))
    assert hits[["article", "start", "end", "category"]].values.tolist() == [
        ["0", 0, 1, "c"], ["0", 0, 3, "d"], ["0", 2, 3, "c"],
        ["1", 0, 1, "c"], ["1", 0, 1, "d"], ["1", 3, 4, "c"],
        ["3", 0, 1, "c"], ["3", 0, 1, "d"],
        ["4", 0, 1, "c"], ["4", 0, 3, "d"], ["4", 2, 3, "c"], ["4", 4, 5, "c"],
    ]  # fmt: skip


def test_tag_articles_works_by_row_whatever_the_index_of_the_table():
    articles = make_articles(("en", "a"), ("de", "a"), ("en", "a")).set_axis([7, 7, 1])
    assert tag_articles(articles, make_lexicon({"c k": ["a"]}))["article"].tolist() == ["0", "1", "2"]


def test_tag_articles_leaves_the_articles_as_they_were():
    articles = make_articles(("de", "Lohn"))
    before = articles.copy()
    tag_articles(articles, make_lexicon({"c k": ["Lohn"]}))
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize("articles", [[], [("fr", "Lohn")], [("unknown", "Lohn")], [("de", "")], [("de", " \n\n ")], [("en", "\u00ad")]])
def test_tag_articles_without_hits_has_the_same_columns_of_the_same_kinds(articles):
    lexicon = make_lexicon({"c k": ["Lohn", "?", "#", "teilte … mit", "=Lohn"]})
    some = tag_articles(make_articles(("de", "Lohn")), lexicon)
    none = tag_articles(make_articles(*articles), lexicon)
    assert len(none) == 0
    assert none.columns.tolist() == HIT_COLUMNS
    assert none.dtypes.tolist() == some.dtypes.tolist()


@pytest.mark.parametrize("lexicons", [[], make_lexicon({}), make_lexicon({"c k": []}), make_lexicon({"c k": ["-Lohn"]})])
def test_tag_articles_without_patterns_has_no_hits(lexicons):
    assert len(tag_articles(make_articles(("de", "Kein Lohn, sagte er.")), lexicons)) == 0


def test_tag_articles_takes_an_empty_text_among_others():
    articles = make_articles(("de", ""), ("de", "Lohn"), ("de", ""), ("de", " "), ("de", "Lohn"))
    hits = tag_articles(articles, make_lexicon({"c k": ["Lohn"]}))
    assert hits[["article", "sentence", "start"]].values.tolist() == [["1", 0, 0], ["4", 0, 0]]


@pytest.mark.parametrize(
    ("patterns", "texts"),
    [
        (["rot grün"], ["rot", "grün"]),
        (["rot*", "rot * blau"], ["rot", "grün blau"]),
        (["rot … grün"], ["rot", "grün"]),
        (["z. B."], ["z.", "B."]),
        (["z. *"], ["z.", "B."]),
        (["3,4", "#"], ["3", ",4"]),
        (["nicht"], ["rot", "nicht rot"]),
        ([","], ["nicht rot,", "rot"]),  # a comma before the end begins a clause, as one before white space
    ],
)
def test_tag_articles_finds_nothing_over_the_end_of_an_article(patterns, texts):
    articles = make_articles(*(("de", text) for text in texts))
    lexicon = make_lexicon({"c k": patterns, "d k": ["rot"]})
    alone = [tag_articles(articles.iloc[[k]], lexicon) for k in range(len(texts))]
    pd.testing.assert_frame_equal(tag_articles(articles, lexicon), pd.concat(alone, ignore_index=True))


def test_tag_articles_ends_an_unclosed_quotation_with_its_article():
    articles = make_articles(("de", "Sein Satz: „Nur der Lohn zählt."), ("de", "„Warum?“, fragt er."))
    lexicon = make_lexicon({"c k": ["Lohn"]})
    assert tag_articles(articles, lexicon)["voice"].tolist() == tag_articles(articles.iloc[[0]], lexicon)["voice"].tolist()


def read_articles() -> pd.DataFrame:
    """The teaching articles, read plainly."""
    rows = []
    for path in sorted(CORPUS.glob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        title = fields["title"].strip('"')
        rows.append((fields["id"], fields["language"], title, f"{title}\n\n{body.strip()}"))
    return pd.DataFrame(rows, columns=["article", "language", "title", "text"])


# A lexicon with every form of pattern, about what the teaching articles write of.
EVERY_FORM = """
lexicon: forms
categories:
  labor:
    people: {en: [worker*, "*worker", contractor*, "-contractor model"], de: ["*arbeiter*", "-Mitarbeiter*", Beschäftigte*, "Arbeiter* * Kenia"]}
    pay: {en: [wage*, pay, paid, "low* wage*", "* an hour", "dollars * hour"], de: [Lohn*, Löhn*, "*lohn*", "Dollar * Stunde", "pro Aufgabe"]}
  finance:
    money: {en: ["#", "# percent", billion, "$", "=Meta", "about *"], de: ["#", "# Prozent", Milliarde*, "%", "=Meta", "Milliarden Dollar"]}
    stake: {en: [stake*, "per cent", percent], de: [Anteil*, Prozent, "hält … Prozent"]}
  tech:
    ai: {en: ["artificial intelligence", "=AI", "AI model*"], de: ["künstliche* Intelligenz", "=KI", "KI-Modell*", "*intelligenz"]}
    firm: {en: ["Scale AI", "Scale", "Meta's"], de: ["Scale AI", "Scale", "teilte … mit", "Meta-Chef*"]}
  style:
    marks: {en: ["?", "…", "“", "not"], de: ["?", "…", "„", "nicht", "z. B."]}
    verbs: {en: ["* said", "hold* … account", "has … to"], de: ["gab … auf", "baut … auf", "sei", "habe", "hat … ge*"]}
"""


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    return read_articles()


@pytest.fixture(scope="module")
def corpus_hits(corpus) -> pd.DataFrame:
    return tag_articles(corpus, parse_lexicon(EVERY_FORM), progress=False)


def test_tag_articles_finds_every_concept_in_the_teaching_articles(corpus, corpus_hits):
    assert len(corpus) == 36
    concepts = parse_lexicon(EVERY_FORM).concepts
    assert set(corpus_hits["concept"]) == set(concepts["concept"])
    assert set(corpus_hits["voice"]) == {"narrator", "quoted"}
    assert set(corpus_hits["negated"]) == {True, False}
    assert set(corpus_hits["part"]) == {"headline", "lead", "body", "last"}


def test_tag_articles_surfaces_stand_where_the_hits_say(corpus, corpus_hits):
    texts = corpus.set_index("article")["text"]
    spans = corpus_hits[["article", "start", "end", "surface"]].itertuples(index=False)
    assert all(texts[article][start:end] == surface for article, start, end, surface in spans)


def test_tag_articles_hits_are_sorted_and_do_not_overlap_in_a_category(corpus, corpus_hits):
    order = corpus_hits.assign(row=corpus_hits["article"].map({a: k for k, a in enumerate(corpus["article"])}))
    keys = order[["row", "start", "end", "lexicon", "category"]].values.tolist()
    assert keys == sorted(keys)
    whole = corpus_hits[~corpus_hits["pattern"].str.contains("….", regex=True)]  # patterns with a gap may overlap behind it
    before = whole.groupby(["article", "category"], sort=False)["end"].shift(fill_value=0)
    assert (whole["start"] >= before).all()


def test_tag_articles_gives_the_hits_of_the_plain_reference_on_the_teaching_articles(corpus, corpus_hits):
    plain = tag_plainly(corpus, parse_lexicon(EVERY_FORM))
    assert corpus_hits.values.tolist() == plain.values.tolist()


@pytest.mark.parametrize("size", [1, 500, 7_000, 10**9])
def test_tag_articles_is_the_same_however_many_are_tagged_at_once(corpus, corpus_hits, monkeypatch, size):
    monkeypatch.setattr(tagging, "_CHUNK", size)
    pd.testing.assert_frame_equal(tag_articles(corpus, parse_lexicon(EVERY_FORM), progress=False), corpus_hits)


def test_tag_articles_is_the_same_one_article_at_a_time(corpus, corpus_hits):
    lexicon = parse_lexicon(EVERY_FORM)
    alone = [tag_articles(corpus.iloc[[k]], lexicon, progress=False) for k in range(len(corpus))]
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), corpus_hits)


def test_tag_articles_is_the_same_in_another_order(corpus, corpus_hits):
    hits = tag_articles(corpus.iloc[::-1], parse_lexicon(EVERY_FORM), progress=False)
    by_article = hits.assign(row=hits["article"].map({a: k for k, a in enumerate(corpus["article"])}))
    pd.testing.assert_frame_equal(by_article.sort_values("row", kind="stable", ignore_index=True).drop(columns="row"), corpus_hits)


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Der Erfolg ein zufolge –"), ("de", "Skandal.zufolge » (, "), ("en", "A success, according to the firm –")]
)
def test_tag_articles_hears_the_end_of_the_last_article_as_of_any_other(language, text):
    """Signs after the last clause belong to nothing; once they changed its voice where no article came after it."""
    lexicon = make_lexicon({"praise success": ["Erfolg", "Skandal", "success"]})
    alone = tag_articles(make_articles((language, text)), lexicon, progress=False)
    among = tag_articles(make_articles((language, text), (language, "Ende.")), lexicon, progress=False)
    assert len(alone) == 1
    pd.testing.assert_frame_equal(alone, among)


def test_tag_articles_shows_a_bar_only_when_asked(capsys):
    tag("Lohn", "Lohn")
    assert capsys.readouterr() == ("", "")


# --- Against the reference, on texts that nobody would write -------------------------------------------------------

def join(parts: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), max_size=40).map("".join)


def make_patterns(words: list[str]) -> st.SearchStrategy[str]:
    """Patterns of these words, with all kinds of wildcards, gaps and marks."""
    stars = st.sampled_from(["", "", "", "*"])
    word = st.one_of(st.tuples(stars, st.sampled_from(words), stars).map("".join), st.sampled_from(["*", "#", "…"]))
    phrase = st.lists(word, min_size=1, max_size=4).map(" ".join)
    marked = st.tuples(st.sampled_from(["", "", "", "=", "-", "-="]), phrase).map("".join)
    sign = st.sampled_from(["?", "…", "#", ",", "-", "'", "%", "🙂", "-#", "„…“", "-„…“"])
    return st.one_of(marked, marked, marked, sign).filter(is_pattern)


def make_lexicons(words: list[str]) -> st.SearchStrategy[Lexicon]:
    listed = st.lists(make_patterns(words), max_size=4)
    return st.fixed_dictionaries({"c k": listed, "c l": listed, "d k": listed}).map(make_lexicon)


def is_pattern(text: str) -> bool:
    try:
        parse_pattern(text)
    except LexiconError:
        return False
    return True


LANGUAGE = st.sampled_from(["de", "en", "fr"])
LETTERS = ["a", "A", "b", "ab", "ba", "aba", "ä", "Ä", "a\u0308", "ß", "ẞ", "ss", "SS", "ſ", "İ", "i", "ı", "é", "Ж", "ª", "ʼ", "𝐀"]
WORDS = ["nicht", "kein", "not", "No", "don't", "nicht nur", "teilte", "mit", "Macht", "macht", "z. B.", "U.S.", "l'l", "re"]
DIGITS = ["1", "14,3", "14.3", "3.", "2024er", "٣"]
SIGNS = [*".,?…!-'’„“”\"‚‘:;–%$/()🙂", "\u00ad", "\u0308", "\u200b", "'s", "...", "Ⓐ"]
SPACES = [" ", " ", " ", " ", " ", "  ", "\n", "\n\n", "\n \n", "\u00a0", "\t", "\u2028", "\x1f"]
TEXT = join(LETTERS + WORDS + DIGITS + SIGNS + SPACES * 3)
LEXICON = make_lexicons([*LETTERS, *WORDS, *DIGITS, "a-b", "a, b", "b's"])

# Few words, so that patterns overlap, compete and cancel one another.
NARROW_TEXT = join(["a ", "a ", "b ", "b ", "A ", "ab ", "ba-", "nicht ", "a, ", "b. ", "A.\n\n", "'s "])
NARROW_LEXICON = make_lexicons(["a", "b", "ab", "A", "nicht", "a b", "a. b"])


@given(st.tuples(LANGUAGE, TEXT), LEXICON)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_tag_articles_gives_the_hits_of_the_plain_reference(article, lexicon):
    table = make_articles(article)
    assert tag_articles(table, lexicon, progress=False).values.tolist() == tag_plainly(table, lexicon).values.tolist()


@given(st.tuples(LANGUAGE, NARROW_TEXT), NARROW_LEXICON)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_tag_articles_gives_the_hits_of_the_plain_reference_where_patterns_overlap(article, lexicon):
    table = make_articles(article)
    assert tag_articles(table, lexicon, progress=False).values.tolist() == tag_plainly(table, lexicon).values.tolist()


@given(st.lists(st.tuples(LANGUAGE, st.one_of(TEXT, NARROW_TEXT)), max_size=5), LEXICON, st.integers(1, 60))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_tag_articles_gives_the_hits_of_the_plain_reference_for_many_articles(rows, lexicon, size):
    table = make_articles(*rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagging, "_CHUNK", size)
        hits = tag_articles(table, lexicon, progress=False)
    # The voice is left out: see test_tag_articles_ends_an_unclosed_quotation_with_its_article.
    assert hits.drop(columns="voice").values.tolist() == tag_plainly(table, lexicon).drop(columns="voice").values.tolist()
