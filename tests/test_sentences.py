"""Sentences: where they begin and end in both languages, and in which part of the article they stand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesart.points import language_data
from lesart.sentences import LANGUAGES, PARTS, lay_out, list_sentences

COLUMNS = ["article", "sentence", "paragraph", "part", "start", "end", "words"]


def make_articles(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Articles of (language, title, text), with the ids 0, 1, 2 …"""
    table = pd.DataFrame(rows, columns=["language", "title", "text"], dtype="str")
    return table.assign(article=pd.array([str(k) for k in range(len(table))], dtype="str"))


def split(language: str, text: str) -> list[str]:
    table = list_sentences(make_articles((language, "", text)))
    return [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)]


# A stroke stands where one sentence ends and the next begins.
GERMAN = [
    "Die Löhne steigen.|Der Preis auch.",
    "Wer zahlt?|Niemand!|Wirklich nicht.",
    "Ohne Punkt am Ende",
    "Wirklich?!|Ja.",
    "Und dann? und dann?",  # no capital follows
    "Satz eins.Satz zwei.",  # no white space follows
    "Er kam um 15 Uhr.|20 Leute warteten.",
    "2024 kam er.|2025 ging er.",
    # Abbreviations.
    "Es geht um 15 Mrd. US-Dollar.|Das ist viel.",
    "Das kostet 15 Mrd.|Die Firma zahlt.",
    "Das kostet 3 Mio. Euro.",
    "Sie zahlt z. B. Löhne.|Mehr nicht.",
    "Sie zahlt z.B. Löhne.",
    "Das gilt u. a. Meta.",
    "Der Chef i. d. R. Montag.",
    "Äpfel, Birnen usw.|Das reicht.",
    "Äpfel, Birnen u. Ä.|Das reicht.",
    "Äpfel, Birnen u.Ä.|Das reicht.",
    "Dr. Kern und Prof. Dr. Maier kamen.",
    "Die Nr. 5 lebt.",
    "Die GmbH & Co. KG zahlt.",
    "Er kam (vgl. Abb. 3).|Dann ging er.",
    # Ordinals and dates.
    "Am 3. Mai kam er.|Am 19. Juni ging er.",
    "Im 19. Jahrhundert war das so.",
    "Am 13.06.2025 kam er.",
    "Er wurde nur 3.|Danach ging er.",
    "Es war 2024.|Mai kam.",  # four digits are a year, not an ordinal
    # Numbers.
    "Es sind 14,3 Milliarden oder 14.300 Millionen.",
    # Quotes.
    "„Gut so!“|Er geht.",
    "„Gut so.“|Er geht.",
    "„Warum?“, fragt er.",
    "Er sagt: „Gut so.“|„Nein!“",
    "»Gut so.«|Er geht.",
    "Er fragt: ‚Wer?‘|Niemand spricht.",
    "Er kam.|(Und ging.)|Dann nicht.",
    "Er fragt (leise: „Wer?“)|Niemand spricht.",
    # Initials and ellipsis.
    "J. S. Bach kam.|A. Wang auch.",
    "Das ist … nichts.",
    "Das ist …|Nun ja.",
    "Das war ... nichts.",
    "Das war...|Nichts.",
    "…|Nein.",
    # Lists.
    "• Punkt eins.|• Punkt zwei.",
    "Hallo!|– Na?",
]

ENGLISH = [
    "He said no.|The deal died.|It was No. 3 on the list.",
    "Wages rise.|The price too.",
    "What?!|No way.",
    "It is. and was.",
    "It cost $14.3 billion.|Yes.",
    "He is 28.|She is 30.",
    # Abbreviations.
    "The U.S. Department met.|It left.",
    "He lives in the U.S.|The rest left.",
    "He lives in the U.S. and works.",
    "The E.U. Commission met.",
    "It was 3 p.m.|The deal closed.",
    "At 3 p.m. Eastern time it closed.",
    "Mr. Wang left.|Mrs. Guo stayed.",
    "Scale AI Inc. Chief Wang left.",
    "Scale AI Inc.|The firm left.",
    "The firm, etc.|Then it ended.",
    "Use e.g. Meta, i.e. Scale.",
    "It cost $5 bn.|The rest left.",
    "It cost $5 m.|The rest left.",
    "Washington, D.C. Mayor Bowser.",
    "On Jan. 5 it ended.",
    "No. 5 is alive.",
    "Meta vs. Google.",
    "See it (Fig. 3).|It ended.",
    # Quotes.
    "“Stop.”|He left.",
    "“Stop!” she said.",
    'He said "stop."|She left.',
    "He said ‘stop.’|She left.",
    "He left.|“Stop,” she said.",
    # Initials, the pronoun I, ellipsis.
    "John F. Kennedy left.|J. R. R. Tolkien too.",
    "So am I.|He left.",
    "It was... nothing.",
    "Well…|Maybe.",
    "Wait… what?",
    # What it gets wrong, as its module says.
    "It sells. iPhones too.",
]


@pytest.mark.parametrize(("language", "marked"), [("de", text) for text in GERMAN] + [("en", text) for text in ENGLISH])
def test_split_sentences_cuts_where_a_reader_would(language, marked):
    assert split(language, marked.replace("|", " ")) == marked.split("|")


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        pytest.param("de", "Am 3. 5. 2024 kam er.", marks=pytest.mark.xfail(reason="a day's number before digits is no ordinal", strict=True)),
        pytest.param("de", "Der 1. FC Köln verliert.", marks=pytest.mark.xfail(reason="only nouns of language.yaml make an ordinal", strict=True)),
        pytest.param("de", "Das ist Plan B.|Danach kam C.", marks=pytest.mark.xfail(reason="a single letter is an initial", strict=True)),
    ],
)
def test_split_sentences_known_faults(language, marked):
    assert split(language, marked.replace("|", " ")) == marked.split("|")


@pytest.mark.parametrize("language", LANGUAGES)
def test_split_sentences_by_blank_lines_without_punctuation(language):
    assert split(language, "One\n\nTwo\n \t\nThree") == ["One", "Two", "Three"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_split_sentences_not_by_a_single_line_break(language):
    assert split(language, "one line\nanother line. End.") == ["one line\nanother line.", "End."]


@pytest.mark.parametrize("space", [" ", "  ", "\n", "\u00a0", "\u202f", "\t", " " * 7, "\u00a0 \t " * 9])
def test_split_sentences_at_white_space_of_every_kind(space):
    assert split("de", f"Eins.{space}Zwei.") == ["Eins.", "Zwei."]
    assert split("de", f"{space}Eins{space}\n{space}\nZwei.{space}") == ["Eins", "Zwei."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n \u00a0 \n"])
def test_split_sentences_finds_none_in_white_space(text):
    assert split("de", text) == []


def test_language_data_has_both_languages_under_each_name():
    for name, sides in language_data().items():
        assert set(sides) == set(LANGUAGES), name
    assert {name for name, sides in language_data().items() if not sides["de"]} == set()


def test_language_data_has_no_word_that_both_may_and_may_not_end_a_sentence():
    data = language_data()
    for language in LANGUAGES:
        assert data["abbreviations"][language] & data["abbreviations_that_may_end"][language] == set()


def rows_of(*articles: tuple[str, str, str]) -> list[list]:
    return list_sentences(make_articles(*articles))[COLUMNS].values.tolist()


def test_list_sentences_numbers_and_places_the_sentences_of_two_articles():
    german = ("de", "Lohn steigt", "Lohn steigt\n\nDie Löhne steigen. Der Preis auch.\n\nEnde.")
    english = ("en", "", "Wages rise. Meta's don't.")
    assert rows_of(german, english) == [
        ["0", 0, 0, "headline", 0, 11, 2],
        ["0", 1, 1, "lead", 13, 31, 3],
        ["0", 2, 1, "lead", 32, 47, 3],
        ["0", 3, 2, "last", 49, 54, 1],
        ["1", 0, 0, "lead", 0, 11, 2],
        ["1", 1, 0, "lead", 12, 25, 3],
    ]


def test_list_sentences_keeps_the_order_of_articles_of_mixed_languages():
    texts = [("en", "", "One."), ("de", "", "Zwei. Drei."), ("fr", "", "Quatre."), ("en", "", ""), ("de", "", "Fünf."), ("en", "", "Six.")]
    assert [row[0] for row in rows_of(*texts)] == ["0", "1", "1", "4", "5"]


def test_list_sentences_keeps_the_order_whatever_the_index_of_the_table():
    articles = make_articles(("en", "", "One."), ("de", "", "Zwei."), ("en", "", "Three.")).set_axis([7, 7, 1])
    assert list_sentences(articles)["article"].tolist() == ["0", "1", "2"]


@pytest.mark.parametrize("articles", [[], [("fr", "", "Un. Deux.")], [("unknown", "", "One.")], [("de", "", "")]])
def test_list_sentences_without_any_has_its_columns(articles):
    table = list_sentences(make_articles(*articles))
    assert (table.columns.tolist(), len(table)) == (COLUMNS, 0)


def parts_of(title: str, text: str) -> list[str]:
    return [f"{paragraph} {part}" for _, _, paragraph, part, *_ in rows_of(("en", title, text))]


@pytest.mark.parametrize(
    ("title", "text", "parts"),
    [
        # With a headline: its paragraph, the next one is the lead, the last one a part of its own, the rest is body.
        ("Gold rush", "Gold rush\n\nOne. Two.\n\nThree.", ["0 headline", "1 lead", "1 lead", "2 last"]),
        ("Gold? Rush!", "Gold? Rush!\n\nOne.", ["0 headline", "0 headline", "1 lead"]),
        ("Gold rush", "Gold rush", ["0 headline"]),
        # Without: the first paragraph is the lead.
        ("", "One. Two.\n\nThree.", ["0 lead", "0 lead", "1 last"]),
        ("Gold rush", "One.\n\nGold rush", ["0 lead", "1 last"]),
        # Of a long first paragraph only the first three sentences.
        ("", "One. Two. Three. Four. Five.\n\nSix.", ["0 lead"] * 3 + ["0 body"] * 2 + ["1 last"]),
        ("Gold", "Gold\n\nOne. Two. Three. Four.", ["0 headline"] + ["1 lead"] * 3 + ["1 body"]),
        # Many blank lines are one break.
        ("Gold", "Gold\n\n\n\nOne.\n \n\nTwo.", ["0 headline", "1 lead", "2 last"]),
        ("", "\n\n\nOne.\n\nTwo.\n\n", ["0 lead", "1 last"]),
        # A short paragraph without an end sign, with another below it, is a section head; above the lead it is not the lead.
        ("Gold", "Gold\n\nOne.\n\nLöhne im Süden\n\nTwo.", ["0 headline", "1 lead", "2 heading", "3 last"]),
        ("Gold", "Gold\n\nWhat we know\n\nOne. Two.\n\nThree.", ["0 headline", "1 heading", "2 lead", "2 lead", "3 last"]),
        ("Gold", "Gold\n\nOne.\n\nWho pays?\n\nTwo.\n\nAnn Lee", ["0 headline", "1 lead", "2 body", "3 body", "4 last"]),
        ("Gold", "Gold\n\nOne.\n\n" + "long " * 30 + "\n\nTwo.", ["0 headline", "1 lead", "2 body", "3 last"]),
    ],
)
def test_list_sentences_tells_headline_lead_body_heading_and_last(title, text, parts):
    assert parts_of(title, text) == parts


def test_list_sentences_tells_parts_of_each_article_by_itself():
    rows = rows_of(("en", "", ""), ("en", "A", "A\n\nOne."), ("en", "", "Two.\n\nThree."), ("en", "", " "), ("en", "B", "B"))
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("1", 0, "headline"), ("1", 1, "lead"), ("2", 0, "lead"), ("2", 1, "last"), ("4", 0, "headline")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Größe zählt", 3),
        ("US-Dollar", 2),
        ("14,3 Milliarden", 2),
        ("Meta's don't", 3),
        ("U.S.", 2),
        ("– – –", 0),
        ("🙂", 0),
        ("Москва и мир", 3),
    ],
)
def test_list_sentences_counts_words_as_the_tagger_does(text, words):
    assert [row[-1] for row in rows_of(("de", "", text))] == [words]


def test_lay_out_of_nothing_is_empty():
    layout = lay_out([], [], "de")
    assert (layout.text, layout.start.tolist(), layout.part.tolist(), layout.paragraph_starts.tolist()) == ("", [], [], [])


def test_lay_out_finds_the_sentence_at_a_place():
    layout = lay_out(["One. Two.", "Three."], ["", ""], "en")
    assert layout.text == "One. Two.\n\nThree."
    # Before the first, inside, in the white space between, at the next beginning, far behind.
    assert layout.sentence_at(pd.array([0, 3, 4, 5, 10, 11, 99]).to_numpy()).tolist() == [0, 0, 0, 1, 1, 2, 2]


TEXTS = st.lists(st.sampled_from([*"aÄ1.?!…„“\"'‘’()–• \n\t\u00a0\u200b", "z. B. ", "U.S. ", "Mr. ", "3. Mai ", ". The ", "\n\n"]), max_size=25).map("".join)


@given(st.sampled_from(LANGUAGES), TEXTS)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_list_sentences_covers_all_ink_once_and_in_order(language, text):
    table = list_sentences(make_articles((language, "", text)))
    pieces = [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)]
    assert "".join("".join(pieces).split()).replace("\u200b", "") == "".join(text.split()).replace("\u200b", "")
    assert all(piece == piece.strip() and piece for piece in pieces)
    assert table["sentence"].tolist() == list(range(len(table)))
    assert set(table["part"]) <= set(PARTS)


@given(st.lists(st.tuples(st.sampled_from([*LANGUAGES, "fr"]), st.sampled_from(["", "a", "aÄ"]), TEXTS), max_size=4))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_list_sentences_of_all_articles_are_those_of_each_alone(articles):
    alone = [[str(k), *row[1:]] for k, article in enumerate(articles) for row in rows_of(article)]
    assert rows_of(*articles) == alone
