"""The coding form of the notebook: blind, saved at every touch, resumed where it was left, and escaped."""

import html
import re

import pytest
from conftest import ROOT
from tiny_study import make_study

from lesart.agreement import read_sheet
from lesart.lexicon import read_lexicons
from lesart.seminar.disputed import find_sides, list_disputed
from lesart.seminar.form import CodingForm
from lesart.seminar.notebook import find_practice, find_room, reveal
from lesart.seminar.revealing import Reading, read_with_lexicon
from lesart.stance import read_model

from .conftest import TOPICS


def fill(form, stance="critical", sure="2", **shares):
    form.stance.value, form.sure.value = stance, sure
    for topic, share in (shares or {"sport": 60, "money": 40}).items():
        form.shares[topic].value = share


def joined(room, name="Ada", labels="en"):
    form = CodingForm(room, labels)
    form.join(name)
    return form


def test_a_code_is_in_the_sheet_as_soon_as_it_is_complete(make_room):
    room = make_room()
    form = joined(room)
    fill(form)
    sheet = read_sheet(room.sheets.folder / "ada.csv")
    assert sheet[["article", "stance", "sure", "sport", "money"]].values.tolist() == [[form.order[0], "critical", 2, 60, 40]]
    form.sure.value = "3"
    assert read_sheet(room.sheets.folder / "ada.csv")["sure"].tolist() == [3]


@pytest.mark.parametrize(
    ("said", "told"),
    [({"stance": None}, "Choose a stance."), ({"sure": None}, "Say how sure you are."), ({"sport": 50}, "The shares do not sum to 100.")],
)
def test_a_code_that_is_not_complete_is_kept_beside_the_sheet(make_room, said, told):
    room = make_room()
    form = joined(room)
    fill(form, **said)
    assert not form.save() and told in form.state.value and len(room.sheets.read("Ada")) == 0
    again = joined(make_room())
    assert again.said() == form.said() and again.at == 0


def test_drafts_of_several_articles_are_kept_and_go_when_saved(make_room):
    room = make_room()
    form = joined(room)
    form.stance.value = "critical"
    form.show(1)
    form.stance.value = "promotional"
    form.show(0)
    assert form.stance.value == "critical"
    fill(form)
    form.show(1)
    assert form.stance.value == "promotional"
    fill(form)
    assert not list((room.folder / "drafts").iterdir())


def test_who_comes_back_goes_on_in_the_same_order_at_the_first_that_is_open(make_room):
    form = joined(make_room())
    fill(form)
    form.on.click()
    fill(form, "promotional")
    again = joined(make_room(), "Ada")
    assert again.order == form.order and again.at == 2
    again.show(1)
    assert again.said()["stance"] == "promotional" and again.shares["sport"].value == 60
    assert joined(make_room(), "Ben").at == 0


def test_after_the_last_article_all_is_done(make_room):
    form = joined(make_room())
    for _ in form.order:
        fill(form)
        form.on.click()
    assert "All articles are coded." in form.text.value and form.code.layout.display == "none"
    assert make_room().is_finished()


def test_who_thinks_again_at_the_end_goes_back(make_room):
    room = make_room()
    form = joined(room)
    for _ in form.order:
        fill(form)
        form.on.click()
    ended = [form.on.layout.display, form.back.layout.display, form.state.value]
    assert form.at == len(form.order) and ended == ["none", None, ""]
    form.back.click()
    assert form.at == len(form.order) - 1 and form.code.layout.display == form.on.layout.display == ""
    form.sure.value = "3"
    assert room.sheets.read("Ada").set_index("article")["sure"][form.order[-1]] == 3


def test_an_open_result_takes_no_code(make_room):
    room = make_room()
    form = joined(room)
    room.open()
    fill(form)
    assert "The results are open" in form.state.value and len(room.sheets.read("Ada")) == 0


@pytest.mark.parametrize("name", ["", "  ", "lexicon", "x" * 31, "../../etc"])
def test_a_name_that_cannot_be_kept_is_said_so(make_room, name):
    form = joined(make_room(), name)
    assert "This name cannot be used." in form.fault.value and form.box.children == (form.door,)


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"de-club": 1}', "x" * 2_000_000])
def test_a_damaged_draft_is_nothing(make_room, damaged):
    room = make_room()
    form = joined(room)
    form.stance.value = "critical"
    form._draft().write_text(damaged, encoding="utf-8")
    assert joined(make_room()).said()["stance"] == ""


def texts_of(widget):
    own = str(getattr(widget, "value", "")) + str(getattr(widget, "description", ""))
    return own + "".join(texts_of(child) for child in getattr(widget, "children", ()))


@pytest.mark.parametrize("labels", ["en", "de"])
def test_neither_id_nor_key_is_in_the_form(make_room, labels):
    form = joined(make_room(), labels=labels)
    told = texts_of(form.box)
    assert not re.search("|".join(form.order), told) and "report\n" not in told
    assert ("Wie sicher sind Sie?" if labels == "de" else "How sure are you?") in told


def test_an_article_is_text_whatever_is_in_it(make_room):
    room = make_room()
    evil = '</p><img src=x onerror="document.title=1">'
    hostile = room.articles.assign(title=evil, text=f"{evil}\n\n{evil} Der Erfolg.")
    form = CodingForm(type(room)(room.folder, hostile, room.sheets), "en")
    form.join("Ada")
    assert "<img" not in form.text.value and html.escape(evil) in form.text.value


def test_a_notebook_that_is_kept_has_words_for_the_form(make_room):
    bundle = CodingForm(make_room(), "de")._repr_mimebundle_()
    assert bundle["text/plain"] == "Artikel zu codieren: 4" and "Führen Sie diese Zelle aus" in bundle["text/html"]
    empty = make_room()
    bundle = CodingForm(type(empty)(empty.folder, empty.articles[:0], empty.sheets), "en")._repr_mimebundle_()
    assert bundle["text/plain"] == "No article with a text is here to be coded."


@pytest.fixture
def reading(make_room, lexicon_folder) -> Reading:
    return read_with_lexicon(make_room().articles, read_lexicons(lexicon_folder), read_model(lexicon_folder / "stance_model.yaml"))


@pytest.mark.parametrize(
    ("votes", "lexicon", "sides"),
    [
        ({"critical": ["a"], "promotional": ["b", "c"]}, "reportorial", ("promotional", "critical")),
        ({"critical": ["a"]}, "reportorial", ("critical", "reportorial")),
        ({"critical": ["a"]}, "critical", None),
        ({"critical": ["a"]}, "", None),
    ],
)
def test_the_sides_are_the_class_s_first_two_else_class_and_lexicon(votes, lexicon, sides):
    assert find_sides({"votes": votes, "lexicon": lexicon}) == sides


def test_sentences_pull_by_what_goes_with_them(reading):
    """In de-klage Opfer and Schaden (harm) stand one in each sentence, in a headline none."""
    row = {"article": "de-klage", "title": "Streit um Gebühr", "language": "de", "votes": {"critical": ["a"], "promotional": ["b"]}, "lexicon": "critical"}
    table = list_disputed(row, reading)
    pulls = table[table["towards"] == "critical"].set_index("words")["pull"]
    assert set(pulls.index) == {"Opfer", "Schaden"} and (pulls > 0).all()
    assert table["sentence"].str.contains("Die Opfer sind vor dem Gericht.").any()
    assert list_disputed(row | {"votes": {"critical": ["a"]}}, reading).empty


def test_practice_codes_are_shown_until_the_class_has_finished(monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks")
    practice, room = find_practice(), find_room(8)
    assert len(practice.articles) == 8 and len(room.articles) == 8 and practice.is_finished()
    assert not set(practice.articles["article"]) & set(room.articles["article"])
    assert room.folder == ROOT / "seminar" and set(room.articles["corpus"]) == {"teaching"}
    seen = reveal(practice, "de")
    assert seen.notice == "Die Codes dieser Klasse: 4 Codierende, 8 Artikel."
    assert len(seen.tabulate_contested()) == 5 and 0 < len(seen.tabulate_sentences()) <= 12 and seen.list_questions()
    assert list(seen.tabulate_agreement().columns) == ["Wer", "Sprache", "Artikel", "Alpha"]


def test_without_codes_nothing_is_revealed(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path / "s"))
    room = find_room(2)
    joined(room)  # has begun, and coded nothing
    seen = reveal(room, "en")
    assert seen.notice.startswith("Not all codes of this class are in") and seen.list_questions() == []
    tables = (seen.tabulate_agreement(), seen.tabulate_contested(), seen.tabulate_fooled(), seen.tabulate_sentences())
    assert all(table.empty and len(table.columns) for table in tables)


def test_own_codes_are_shown_once_all_are_in(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path / "s"))
    for name, stance in (("Ada", "critical"), ("Ben", "promotional")):
        form = joined(find_room(), name)
        for at in range(len(form.order)):
            form.show(at)
            fill(form, stance)
    assert reveal(find_room(n_coders=3), "en").told == {}
    seen = reveal(find_room(), "en")
    assert seen.notice == "The codes of this class: 2 coders, 4 articles." and len(seen.tabulate_contested()) == 4
    assert TOPICS == form.room.sheets.topics
