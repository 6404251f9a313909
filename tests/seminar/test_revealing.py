"""What the reveal tells, on codes that a person can count."""

import re

import pandas as pd
import pytest
from conftest import ROOT
from tiny_study import make_lexicons, make_study

from lesart.agreement import join_sheets
from lesart.articles import read_corpus
from lesart.codes import read_codes
from lesart.lexicon import read_lexicons
from lesart.seminar.pages import ask, read_words, render
from lesart.seminar.revealing import read_key, read_with_lexicon, tell_reveal
from lesart.stance import read_model


@pytest.fixture
def reading(tmp_path):
    place, lexicons = make_study(tmp_path / "study", press=False), make_lexicons(tmp_path / "lexicons")
    return read_with_lexicon(read_corpus(place / "corpus" / "articles", progress=False), read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"))


def make_codes(**stances):
    """A row per coder and article: letters p, c, r in the order of the articles."""
    names = {"p": "promotional", "c": "critical", "r": "reportorial"}
    articles = ["de-club", "de-klage", "en-club", "en-fee"]
    rows = [(article, coder, names[letter], 2) for coder, letters in stances.items() for article, letter in zip(articles, letters, strict=True)]
    return pd.DataFrame(rows, columns=["article", "coder", "stance", "sure"])


def test_the_lexicon_is_fooled_where_the_class_agrees_against_it(reading):
    assert reading.codes.set_index("article")["stance"].to_dict()["de-club"] == "promotional"
    told = tell_reveal(make_codes(Ada="ccpr", Ben="ccpr", Cem="ccpr"), reading, {})
    fooled = {row["article"]: row for row in told["fooled"]}
    assert (fooled["de-club"]["stance"], fooled["de-club"]["lexicon"]) == ("critical", "promotional")
    assert "irony" in fooled["de-club"]["reasons"]
    # Promotional against critical: no harm 2 × 2, praise 2 × (ln(1 + 300 / 81) − 1) / 0.5 logits, two hits, in headline
    # and lead, in 21 + 60 words.
    pushes = [(feature["feature"], round(feature["push"], 1)) for feature in fooled["de-club"]["features"]]
    assert pushes == [("harm", 4.0), ("praise", 2.2)]
    assert told["contested"] == []
    assert "ask_irony" in dict(told["questions"])


def test_the_most_contested_come_first(reading):
    told = tell_reveal(make_codes(Ada="pcpr", Ben="pcrr", Cem="pccr"), reading, {"en-club": "promotional"})
    assert [row["article"] for row in told["contested"]] == ["en-club"]
    assert {stance: names for stance, names in told["contested"][0]["votes"].items()} == {"promotional": ["Ada"], "reportorial": ["Ben"], "critical": ["Cem"]}
    assert told["articles"][0]["key"] == "promotional"


@pytest.mark.parametrize("labels", ["de", "en"])
@pytest.mark.parametrize("codes", [make_codes(Ada="pcpr"), make_codes(Ada="pppp", Ben="cccc"), make_codes(Ada="pppp", Ben="pppp"), make_codes(Ada="prcp", Ben="prpp", Cem="ppcc")])
def test_every_class_has_a_page_with_questions(reading, codes, labels):
    told = tell_reveal(codes, reading, {})
    page = render("reveal", labels, coder=None, teacher=True, room_open=True, **told)
    assert told["questions"] and "nan" not in page.replace("nanc", "")
    assert page.count("<li>") >= len(told["questions"])


def test_agreement_is_that_of_lesart_agree(reading):
    codes = make_codes(Ada="pcpr", Ben="pcrr")
    told = tell_reveal(codes, reading, {})["agreement"]
    assert [(row["who"], row["language"]) for row in told if row["who"] == "class"] == [("class", "both"), ("class", "de"), ("class", "en")]
    # Coincidences of 4 articles: 3 agree, 1 differs; p 3, c 2, r 3 of 8 codes. Observed 2/8, expected 1 − (6 + 2 + 6) / 56.
    assert told[0]["alpha"] == pytest.approx(1 - (2 / 8) / (1 - 14 / 56))
    assert told[0]["same"] == 0.75
    assert len(join_sheets({"class": codes})) == 8


def test_words_are_there_in_both_languages_with_the_same_braces():
    for key, sides in read_words().items():
        assert set(sides) == {"de", "en"} and all(sides.values()), key
        assert sorted(re.findall(r"{(\w+)}", sides["de"])) == sorted(re.findall(r"{(\w+)}", sides["en"])), key


def test_questions_name_stances_and_numbers_as_the_language_does():
    asked = [("ask_low_alpha", {"alpha": 0.354}), ("ask_topic", {"topic": "labor", "apart": 12.4})]
    assert ask(asked, "de")[0].startswith("Ihr Alpha liegt bei 0,35:")
    contested = [("ask_contested", {"title": "„Neu“: was nun?", "votes": [("critical", 2), ("promotional", 1)]})]
    assert ask(contested, "de")[0].startswith("»„Neu“: was nun?« – gelesen als kritisch (2) und werbend (1). ")
    assert "\u202e" not in ask([("ask_contested", {"title": "\u202eNeu", "votes": []})], "en")[0]  # it would turn the whole question
    assert "Arbeit" in ask(asked, "de")[1] and "labor" in ask(asked, "en")[1]


def test_the_studys_own_articles_are_read_without_their_angle():
    folder = ROOT / "corpus"
    articles = read_corpus([folder / "articles" / f"{name}.md" for name in ("de-founder-a", "en-founder-a", "en-state-b")], progress=False)
    reading = read_with_lexicon(articles, read_lexicons(ROOT / "lexicons"), read_model(ROOT / "lexicons" / "stance_model.yaml"), folder)
    codes = pd.concat([read_codes(path) for path in sorted((folder / "seminar").glob("*.csv"))], ignore_index=True)
    told = tell_reveal(codes, reading, read_key(folder / "key.csv"))
    # README, "How well it does": a critical portrait of a founder is taken for promotional.
    assert {row["article"] for row in told["articles"] if row["lexicon"] != row["key"]} == {"en-founder-a"}
    assert [row["article"] for row in told["fooled"]] == ["en-founder-a"]
    assert told["left_out"]
