"""What an article says that could be looked up elsewhere: names, voices, institutions; the same in both languages."""

from unicodedata import normalize

import pandas as pd
import pytest
from lesart.evidence import MOST_PIECES, fold_name, list_evidence, read_evidence


def read(text, language="de", title=""):
    return next(read_evidence(pd.DataFrame({"article": ["a"], "title": [title], "language": [language], "text": [text]})))


def keys(text, language="de", kind=""):
    return {key for key in read(text, language) if key.startswith(kind)}


@pytest.mark.parametrize(
    ("german", "english", "shared"),
    [
        ("Es ist Wangs Firma.", "It is Wang's firm.", {"word:wang"}),
        ("Es ist Wang’s Firma.", "It is Wang’s firm.", {"word:wang"}),
        ("Es sprach Callum Cant.", "There spoke Callum Cant.", {"name:callum cant", "word:callum", "word:cant"}),
        ("Der Scale-Gründer kam.", "The founder of Scale came.", {"word:scale"}),
        ("Er fuhr nach Kenia.", "He went to Kenya.", {"word:kenya"}),
        ("Sie lebt in München.", "She lives in Munich.", {"word:munich"}),
        ("Wie die EU-Kommission meldet.", "As the European Commission reports.", {"institution:0"}),
        ("Das Kartellamt prüft.", "The cartel office is looking into it.", {"institution:4"}),
        ("Er traf Hanno Vierkötter.", "He met Hanno Vierkotter.", {"name:hanno vierkotter", "word:hanno", "word:vierkotter"}),
    ],
)
def test_evidence_is_the_same_in_both_languages(german, english, shared):
    assert keys(german) & keys(english, "en") == shared


def test_evidence_of_decomposed_umlauts_is_that_of_composed_ones():
    text = "Am 3. März sprach Jürgen Müller über fünfzig Boote."
    assert read(normalize("NFD", text)) == read(text)
    assert "name:jurgen muller" in read(text)


@pytest.mark.parametrize(
    ("text", "language", "none"),
    [
        ("Am Montag im Juni waren es 3 Millionen Dollar.", "de", "word:"),
        ("On Monday in June it was 3 million dollars, and I said so. They're off.", "en", "word:"),
        ("Fifty people came. We're glad. Typically not.", "en", "word:we"),
        ("Norlund's Ingrid Solheim came.", "en", "name:norlund"),  # a name ends with its genitive
    ],
)
def test_evidence_leaves_out_what_is_no_name(text, language, none):
    assert not keys(text, language, none)


@pytest.mark.parametrize(
    ("text", "language", "voices"),
    [
        ("„Das wird so nichts werden“, sagte Karl Weber in Bonn.", "de", {"karl", "weber", "bonn"}),
        ("“This will not come off,” said Ann Lee.", "en", {"ann", "lee"}),
        ("Ann Lee was there. “This will not come off,” she said.", "en", {"ann", "lee"}),
        ("Karl Weber war da. „Das wird so nichts werden“, sagte er.", "de", {"karl", "weber"}),
        ("Ann Lee was there.\n\n“This will not come off,” she said.", "en", set()),  # another paragraph
        ("„Das wird so nichts werden“, sagte Eva Tewes-Krohn.", "de", {"eva", "tewe"}),  # one person, as "Eva Tewes" would be
        ("“This will not come off,” said Eva Tewes-Krohn.", "en", {"eva", "tewe"}),
        ("Er nennt Karl Weber „Retter“.", "de", set()),  # a word in quotation marks is nobody's speech
        ("„Weber hat das immer gesagt“, hieß es.", "de", set()),  # who is spoken of does not speak
        ("Karl Weber sagte, er werde gehen.", "de", set()),
    ],
)
def test_evidence_voices_are_those_named_where_somebody_is_quoted(text, language, voices):
    assert keys(text, language, "voice:") == {f"voice:{name}" for name in voices}


def test_evidence_of_an_english_headline_is_left_out_unless_it_stands_alone():
    assert "word:chief" not in read("Thieves Take Chalice\n\nIt was gone.", "en", "Thieves Take Chalice")
    assert read("Thieves Take Chalice\n\nIt was gone.", "en", "Thieves Take Chalice") == {}
    assert "word:chalice" in read("Thieves Take Chalice", "en", "Thieves Take Chalice")


def test_evidence_is_bounded():
    numbers = " ".join(str(n) for n in range(1_000, 101_000) if n not in range(1900, 2101))
    assert len(read(f"Es sind {numbers}.")) == MOST_PIECES
    assert len(read("„Das ist ein kurzer Satz“, sagte Weber. " * 20_000)) < 10


def test_evidence_of_other_languages_and_empty_texts_is_none():
    articles = pd.DataFrame({"article": ["a", "b"], "title": "", "language": ["unknown", "de"], "text": ["Callum Cant, 14,3 Mrd.", ""]})
    assert list_evidence(articles).empty
    assert list(list_evidence(articles).columns) == ["article", "kind", "key", "surface"]


def test_evidence_of_many_articles_is_that_of_each():
    texts = [f"Es sprach Karl Weber{'' if n % 2 else ' in Bonn'} zu {1000 + n} Leuten." for n in range(450)]
    articles = pd.DataFrame({"article": range(450), "title": "", "language": "de", "text": texts})
    assert list(read_evidence(articles)) == [read(text) for text in texts]


@pytest.mark.parametrize(("word", "folded"), [("Voß", "vos"), ("Voss’", "vos"), ("Øre", "øre"), ("James", "jame"), ("Axel", "axel"), ("Ås", "as")])
def test_fold_name(word, folded):
    assert fold_name(word) == folded
