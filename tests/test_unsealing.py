"""Texts find their sheets by digest; a corpus of sheets alone is a study like any other."""

import shutil

import pandas as pd
import pytest
from conftest import ROOT

from lesart.articles import read_corpus
from lesart.errors import CorpusError, SheetError
from lesart.figures import FIGURES
from lesart.figures.export import complete_tables, find_least_sure
from lesart.lexicon import read_lexicons
from lesart.press import read_part, read_press, read_register, seal_texts
from lesart.sealing import read_record, read_sheets, reduce_surfaces
from lesart.study import load_study
from lesart.unsealing import unseal_texts

GERMAN = "Die Löhne steigen nicht, und der Preis ist hoch, sagte sie am Montag.\n"
ENGLISH = "The wages will not rise, and the price is high, she said on Monday.\n"
HEADLINE = "Ein Erfolg: Die Löhne steigen."  # ends with a full stop, so a text file alone would not show that it is one


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def sealed(lexicons, tmp_path):
    """A folder of two sheets, of a Markdown article with a headline and of a text."""
    head = f'---\nid: de-blatt\ntitle: "{HEADLINE}"\nlanguage: de\noutlet: Blatt\nangle: pay\n---\n\n'
    held = write(tmp_path / "held", {"a.md": head + GERMAN, "en.txt": ENGLISH})
    seal_texts(held, tmp_path / "sheets", lexicons, keep=("angle",))
    return tmp_path / "sheets"


def states(report):
    return dict(zip(report["article"], report["state"], strict=True))


def test_seal_writes_a_register_from_the_articles_own_words_without_headlines(sealed):
    register = read_register(sealed / "register.csv")
    assert register["id"].tolist() == ["de-blatt", "en"]
    assert register.loc["de-blatt", ["language", "outlet", "truncated"]].tolist() == ["de", "Blatt", "no"]
    assert HEADLINE not in "".join(file.read_text(encoding="utf-8") for file in sealed.rglob("*") if file.is_file())


def test_seal_again_takes_what_was_mended_in_the_register(sealed, lexicons, tmp_path):
    register = sealed / "register.csv"
    register.write_text(register.read_text(encoding="utf-8").replace("Blatt", "Das Blatt"), encoding="utf-8")
    seal_texts(tmp_path / "held", sealed, lexicons)
    assert read_sheets(sealed)[0].set_index("article")["outlet"].to_dict() == {"de-blatt": "Das Blatt", "en": ""}
    assert "Das Blatt" in register.read_text(encoding="utf-8")


def test_seal_keeps_a_column_and_refuses_one_that_may_be_text(sealed, lexicons, tmp_path):
    assert read_sheets(sealed)[0].set_index("article")["angle"].to_dict() == {"de-blatt": "pay", "en": ""}
    held = write(tmp_path / "more", {"b.md": f'---\nteaser: "{ENGLISH.strip()}"\n---\n\n{ENGLISH}'})
    with pytest.raises(SheetError, match=r"^b: its 'teaser' may be part of the text \(14 words\); leave it out of --keep$"):
        seal_texts(held, tmp_path / "none", lexicons, keep=("teaser",))
    with pytest.raises(CorpusError, match="no article has a column 'genus' to keep; there are article, title"):
        seal_texts(held, tmp_path / "none", lexicons, keep=("genus",))
    assert not (tmp_path / "none").exists()


def test_seal_refuses_ids_that_are_one_file_to_some_systems(lexicons, tmp_path):
    held = write(tmp_path / "held", {"a.txt": ENGLISH, "b.md": f"---\nid: A\n---\n{GERMAN}"})
    with pytest.raises(SheetError, match="but for capitals; give one of them another id"):
        seal_texts(held, tmp_path / "sheets", lexicons)
    assert not (tmp_path / "sheets").exists()


def test_seal_records_the_lexicons_beside_the_sheets(sealed, lexicons):
    assert set(read_record(sealed)) == {lexicon.fingerprint for lexicon in lexicons}


def test_unseal_finds_texts_whatever_their_names_are_and_lists_the_others(sealed, tmp_path):
    held = write(tmp_path / "mine" / "deep", {"x y.md": (tmp_path / "held" / "a.md").read_text(encoding="utf-8"), "other.txt": ENGLISH * 2})
    report = unseal_texts(sealed, held.parent)
    assert report.values.tolist() == [["de-blatt", "found", "deep/x y.md", "put back"], ["en", "not found", "", "no text has its digest, id or file name"]]
    assert [file.name for file in (sealed / "texts").iterdir()] == ["de-blatt.md"]


@pytest.mark.parametrize("name", ["en.txt", "zz.md"], ids=["by file name", "by id"])
def test_unseal_tells_another_version_from_no_text(sealed, tmp_path, name):
    head = "---\nid: en\n---\n" if name == "zz.md" else ""
    report = unseal_texts(sealed, write(tmp_path / "mine", {name: f"{head}{ENGLISH.strip()} And so it went on.\n"}))
    assert states(report) == {"de-blatt": "not found", "en": "differs"}
    assert report["what"][1].startswith("a text of this name is there, with 19 words where the sealed one has 14")
    assert not (sealed / "texts").exists()


def test_unseal_knows_a_text_by_the_registers_file_name(sealed, tmp_path):
    (sealed / "register.csv").write_text("file,id\n0001_ab.txt,en\n", encoding="utf-8")
    report = unseal_texts(sealed, write(tmp_path / "mine", {"0001_ab.txt": f"{ENGLISH.strip()} And so it went on.\n"}))
    assert states(report)["en"] == "differs"


def test_unseal_takes_single_articles_out_of_a_table(sealed, tmp_path):
    table = pd.DataFrame({"text": [GERMAN, "Another text that nobody has sealed."], "title": [HEADLINE, ""]})
    table.to_csv(write(tmp_path / "mine", {"broken.csv": "\x00"}) / "export.csv", index=False)
    assert unseal_texts(sealed, tmp_path / "mine").values.tolist()[0] == ["de-blatt", "found", "export.csv", "put back, from a table"]
    assert sorted(file.name for file in (sealed / "texts").iterdir()) == ["de-blatt.md"]


def test_unseal_twice_is_the_same_and_leaves_the_texts_as_they_are(sealed, tmp_path):
    held = tmp_path / "held"
    before = {file.name: file.read_bytes() for file in held.iterdir()}
    first = unseal_texts(sealed, held)
    assert states(first) == {"de-blatt": "found", "en": "found"}
    pd.testing.assert_frame_equal(first, unseal_texts(sealed, held))
    assert {file.name: file.read_bytes() for file in held.iterdir()} == before
    assert sorted(file.name for file in (sealed / "texts").iterdir()) == ["de-blatt.md", "en.txt"]


def test_unseal_of_an_article_with_a_path_for_an_id_stays_in_its_folder(lexicons, tmp_path):
    held = write(tmp_path / "held", {"a.md": f"---\nid: ../../out\n---\n{ENGLISH}"})
    seal_texts(held, tmp_path / "in" / "sheets", lexicons)
    unseal_texts(tmp_path / "in" / "sheets", held)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["held", "in"]
    assert len(list((tmp_path / "in" / "sheets" / "texts").iterdir())) == 1


def test_unseal_without_sheets_or_texts_says_so(sealed, tmp_path):
    with pytest.raises(CorpusError, match=r"held: no sheets in this folder; 'lesart seal' writes them"):
        unseal_texts(tmp_path / "held", tmp_path)
    with pytest.raises(CorpusError, match=r"none: no such file or folder; check the path"):
        unseal_texts(sealed, tmp_path / "none")


@pytest.mark.parametrize("back", [False, True], ids=["sheets alone", "texts put back"])
def test_part_of_sheets_has_the_same_tables_as_the_texts(sealed, lexicons, tmp_path, back):
    texts = read_part(tmp_path / "held", lexicons)
    if back:
        unseal_texts(sealed, tmp_path / "held")
    articles, sentences, hits = read_part(sealed, lexicons)
    assert articles["sealed"].tolist() == [not back] * 2
    for column in ("article", "language", "outlet", "words", "angle", "problem", "note"):
        assert articles[column].fillna("").tolist() == texts[0][column].fillna("").tolist(), column
    pd.testing.assert_frame_equal(sentences, texts[1])
    pd.testing.assert_frame_equal(reduce_surfaces(hits), reduce_surfaces(texts[2]))


def test_part_with_another_text_of_a_sheets_id_counts_the_text_and_says_so(sealed, lexicons):
    write(sealed / "texts", {"en.txt": f"{ENGLISH.strip()} And so it went on.\n"})
    articles = read_part(sealed, lexicons)[0].set_index("article")
    assert articles["sealed"].to_dict() == {"en": False, "de-blatt": True}
    assert articles.loc["en", "note"] == "its text is not the one that was sealed under this id; the text counts"


def test_part_with_the_same_text_twice_counts_it_once(sealed, lexicons, tmp_path):
    unseal_texts(sealed, tmp_path / "held")
    write(sealed, {"again.txt": ENGLISH})
    assert sorted(read_part(sealed, lexicons)[0]["article"]) == ["de-blatt", "en"]


def test_one_text_opens_all_sheets_of_its_digest(lexicons, tmp_path):
    """An agency's story that two outlets print."""
    held = write(tmp_path / "held", {f"{name}.md": f"---\nid: {name}\noutlet: {name}\n---\n{ENGLISH}" for name in "ba"})
    seal_texts(held, tmp_path / "sheets", lexicons)
    (held / "b.md").unlink()
    assert states(unseal_texts(tmp_path / "sheets", held)) == {"a": "found", "b": "found"}
    for articles in (read_part(tmp_path / "sheets", lexicons)[0], read_press(tmp_path / "sheets", lexicons)[0]):
        assert sorted(articles["article"]) == ["a", "b"]
        assert not articles["sealed"].any()


@pytest.fixture(scope="module")
def colleague(tmp_path_factory):
    """A study of the 36 teaching articles as sheets alone, with the lexicons that came with them, and one with the texts."""
    both = []
    for name in ("texts", "sheets"):
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(ROOT / "lexicons", folder / "lexicons")
        shutil.copytree(ROOT / "corpus" / "articles", folder / "corpus" / "articles")
        if name == "sheets":
            seal_texts(folder / "corpus" / "articles", folder / "sheets", read_lexicons(folder / "lexicons"), keep=("angle",))
            shutil.rmtree(folder / "corpus" / "articles")
            (folder / "sheets").rename(folder / "corpus" / "articles")
            for file in (folder / "corpus" / "articles" / "sealed_with").iterdir():
                shutil.move(file, folder / "lexicons" / file.name)
        both.append(load_study(folder))
    return both


def test_study_of_sheets_alone_has_the_stances_and_weights_of_the_texts(colleague):
    texts, sheets = colleague
    assert sheets.articles["sealed"].all()
    assert sheets.articles["note"].eq("").all()
    assert sheets.articles["angle"].tolist() == texts.articles["angle"].tolist()
    for table in ("stances", "weights", "sentences"):
        pd.testing.assert_frame_equal(getattr(sheets, table), getattr(texts, table))


@pytest.mark.parametrize("name", FIGURES)
def test_study_of_sheets_alone_has_the_figures_of_the_texts(colleague, name):
    article = find_least_sure(colleague[0].stances)
    one, two = (FIGURES[name].tabulate(complete_tables(study), article) for study in colleague)
    pd.testing.assert_frame_equal(one, two)


def test_study_of_sheets_alone_after_lost_concepts_is_that_of_the_texts_where_it_is_called_exact(tmp_path):
    """On the real lexicons: ten concepts lost at once."""
    stance, topics = read_lexicons(ROOT / "lexicons")
    seal_texts(ROOT / "corpus" / "articles", tmp_path, [stance, topics])
    for concept in topics.concepts["concept"].iloc[::9]:
        topics = topics.without(concept=concept)
    articles, _, hits = read_part(tmp_path, [stance, topics])
    texts, _, tagged = read_part(ROOT / "corpus" / "articles", [stance, topics])
    exact = articles.loc[articles["note"].str.endswith("exact"), "article"]
    assert articles["note"].str.startswith("sealed with another version of topics").all()
    assert len(exact) > 3
    mine, theirs = (table[table["article"].isin(exact)].reset_index(drop=True) for table in (hits, reduce_surfaces(tagged)))
    pd.testing.assert_frame_equal(mine, theirs)
    assert len(read_corpus(ROOT / "corpus" / "articles", progress=False)) == len(texts) == 36
