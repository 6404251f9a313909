"""The handouts on paper: whole, in both languages, the same bytes again, and nothing in them that tells a class too early."""

import re

import pandas as pd
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT
from tiny_study import make_lexicons, make_study

from lesart.articles import read_corpus, select_codable
from lesart.cli import cli
from lesart.errors import CorpusError
from lesart.lexicon import read_lexicons
from lesart.seminar.handouts import check_shareable, make_handout, make_key, pick_articles, read_tables
from lesart.seminar.revealing import read_with_lexicon
from lesart.stance import read_model

TOPICS = ("sport", "money", "law")
both = pytest.mark.parametrize("labels", ["de", "en"])


def read_pages(content, tmp_path):
    """The text of each page, white space as one space."""
    (tmp_path / "x.pdf").write_bytes(content)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pypdf.PdfReader(tmp_path / "x.pdf").pages]


@pytest.fixture
def corpus(tmp_path):
    return select_codable(read_corpus(make_study(tmp_path / "s", press=False) / "corpus" / "articles", progress=False))


@pytest.fixture
def reading(corpus, tmp_path):
    lexicons = make_lexicons(tmp_path / "own" / "lexicons")
    return read_with_lexicon(pick_articles(corpus, ("de-klage", "en-fee")), read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"))


@both
def test_handout_has_codebook_articles_and_sheet_and_no_id(corpus, tmp_path, labels):
    content = make_handout(pick_articles(corpus, ("de-klage", "en-fee")), TOPICS, labels)
    assert content == make_handout(pick_articles(corpus, ("de-klage", "en-fee")), TOPICS, labels)
    pages = read_pages(content, tmp_path)
    assert len(pages) == 4
    assert ("kritisch" if labels == "de" else "critical") in pages[0] and "sport" in pages[0]
    assert "Streit um Gebühr" in pages[1] and "Die Opfer sind vor dem Gericht." in pages[1] and "Talks about a fee" in pages[2]
    assert ("Codierbogen" if labels == "de" else "Coding sheet") in pages[3] and pages[3].count("☐") == 12
    assert all((f"Seite {n} von 4" if labels == "de" else f"Page {n} of 4") in page for n, page in enumerate(pages, 1))
    assert not re.search(r"de-klage|en-fee", " ".join(pages))


def test_stance_only_leaves_topics_out(corpus, tmp_path):
    pages = read_pages(make_handout(pick_articles(corpus, ("de-klage",)), (), "en"), tmp_path)
    assert not re.search(r"sport|Topics", " ".join(pages))


@both
def test_the_codebook_of_this_study_fills_one_page(study, tmp_path, labels):
    topics = tuple(dict.fromkeys(study.weights["topic"]))
    articles = pick_articles(study.articles, ("de-founder-a", "en-workers-c"))
    pages = read_pages(make_handout(articles, topics, labels), tmp_path)
    assert len(pages) == 4
    last = "Vorstände und Aufsichtsräte" if labels == "de" else "company boards"
    assert last in pages[0]


def test_german_letters_quotes_and_long_words_are_printed_whole(tmp_path):
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    text = f"„Größe“, sagte sie – für 15 €, über Ästhetik, naïve.\n\n{word}\n\n" + "\n\n".join(f"Zeile {n} steht hier." for n in range(60))
    articles = pd.DataFrame({"article": ["a"], "title": ["Ein " + word], "text": [text], "language": ["de"]})
    pages = read_pages(make_handout(articles, (), "de"), tmp_path)
    whole = "".join(pages)
    assert "„Größe“, sagte sie – für 15 €, über Ästhetik, naïve." in whole
    assert whole.replace(" ", "").count(word) >= 1 and "Zeile 59 steht hier." in whole
    # Lines are numbered by fives across the pages.
    assert re.search(r"\b60 ", whole)


def test_key_tells_what_it_was_written_to_be_how_it_was_coded_and_what_the_lexicon_counted(reading, tmp_path):
    key = pd.DataFrame({"stance": ["reportorial"], "sport": [0], "money": [60], "law": [40], "difficulty": ["hard"]}, index=["de-klage"])
    codes = pd.DataFrame({"article": ["de-klage"] * 2, "coder": ["Ann", "Ben"], "stance": ["reportorial"] * 2, "sure": [3, 1], "sport": 0, "money": [20, 40], "law": [80, 60]})
    pages = read_pages(make_key(reading, TOPICS, key, codes, "en"), tmp_path)
    assert "Written to be: reportorial; a hard case" in pages[0] and "Ann reportorial (sure 3) and Ben reportorial (sure 1)" in pages[0]
    assert "The lexicon: critical" in pages[0] and "Schaden" in pages[0] and "money 60 30" in pages[0]
    assert "The lexicon says critical, the coders say reportorial." in pages[0]
    assert "There is no key" in pages[1] and "Nobody’s codes of this article are here." in pages[1]


@both
def test_key_is_the_same_again(reading, labels):
    told = [make_key(reading, TOPICS, pd.DataFrame(), pd.DataFrame(columns=["article"]), labels) for _ in range(2)]
    assert told[0] == told[1]


def test_pick_articles_names_what_is_not_there(corpus):
    assert pick_articles(corpus, ("en-fee", "de-club", "en-fee"))["article"].tolist() == ["en-fee", "de-club"]
    with pytest.raises(CorpusError, match=r"^nobody: no article with a text here has this id; there are de-club, "):
        pick_articles(corpus, ("nobody",))
    with pytest.raises(CorpusError, match=r"^13 articles are too many for a handout; name at most 12$"):
        pick_articles(corpus, ("a",) * 13)


def test_press_texts_are_not_handed_out():
    check_shareable(ROOT / "corpus" / "articles")
    for place in ("corpus/press/texts", "corpus/press", "corpus", ""):
        with pytest.raises(CorpusError, match="press texts may not be handed out"):
            check_shareable(ROOT / place)


def test_key_and_codes_stand_beside_the_articles():
    key, codes = read_tables(ROOT / "corpus" / "other_events" / "everyday")
    assert len(key) == 364 and set(codes["article"]) == set(key.index)
    key, codes = read_tables(ROOT / "corpus" / "articles")
    assert len(key) == 36 and codes["coder"].nunique() == 2


def test_the_command_writes_four_files_and_refuses_pick_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path / "s", press=False))
    done = CliRunner().invoke(cli, ["seminar", "--handouts", "out", "--pick", "de-club"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "s" / "out").iterdir()) == ["handout_de.pdf", "handout_en.pdf", "teacher_key_de.pdf", "teacher_key_en.pdf"]
    drawn = CliRunner().invoke(cli, ["seminar", "--handouts", "two"])
    assert drawn.exit_code == 0 and len(re.findall(r"\b(?:de|en)-\w+(?=[,;])", drawn.output)) == 2
    assert CliRunner().invoke(cli, ["seminar", "--pick", "de-club"]).exit_code == 2


def test_a_word_of_ten_thousand_letters_is_cut_in_tables(corpus, tmp_path):
    lexicons = make_lexicons(tmp_path / "own" / "lexicons")
    long = corpus[corpus["article"] == "de-club"].assign(text="Ein Triumph\n\nDer " + "Erfolg" * 2_000 + " ist da.")
    reading = read_with_lexicon(long, read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"))
    pages = read_pages(make_key(reading, TOPICS, pd.DataFrame(), pd.DataFrame(columns=["article"]), "de"), tmp_path)
    assert "erfolgerfolg" in "".join(pages).replace(" ", "").lower() and "…" in "".join(pages)


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("key", "article,stance\nde-club,critical\nde-club,promotional\n", r"key\.csv: de-club: stands twice; a key has one row for each article$"),
        ("key", "article,stance,sport\nde-club,critical,much\n", r"key\.csv: topic 'sport': not all its shares are numbers; write percent, as 12\.5$"),
        ("codes", "article,coder,stance,sure,sport\nde-club,Ann,critical,2,much\n", r"codes\.csv: topic 'sport': not all its shares are numbers"),
    ],
)
def test_a_key_or_codes_that_cannot_be_printed_are_told(tmp_path, name, rows, told):
    (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        read_tables(tmp_path / "articles", TOPICS)
