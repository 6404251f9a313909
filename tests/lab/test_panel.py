"""The panel without a browser: what is typed is measured, shown, undone and saved; hostile words stay words."""

import json
import re
import shutil
from dataclasses import replace
from html import unescape

import pytest

from lesart.errors import LexiconError
from lesart.lab import Trial, open_lab
from lesart.lab.panel import Panel
from lesart.lab.rendering import list_notes, render_faults
from lesart.lab.trial import Fault
from lesart.lexicon import read_lexicons
from lesart.study import load_study

EVIL = '</script><img src=x onerror="document.title=1">&amp;\u202eabc'
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def panel(folder, tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    return open_lab(load_study(folder), "en", place=("topics", "sport", "game"))


def type_in(panel, language, *lines):
    field = panel.patterns.texts[language]
    field.value = "\n".join([field.value, *lines])


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?bdi>|</?code>", "", html))).split())


def test_what_is_typed_is_measured_and_shown_at_once(panel):
    assert "The conclusion is the same. Hits: 24 → 24; tags that change: 0." in words(panel.conclusion.value)
    type_in(panel, "en", "the")
    assert len(panel.outcome.hits) == len(panel.bench.before.hits) + 9
    assert "Hits: 24 → 33; tags that change: 0." in words(panel.conclusion.value)
    assert "hits of game, English 2 11 +9" in words(panel.result.value)
    assert "the English 0 9" in words(panel.result.value)
    assert panel.list.options == (("0. The study as it is", 0), ("1. game (English): + the", 1))


def test_a_line_that_cannot_be_read_is_said_and_does_not_count(panel):
    type_in(panel, "de", "g*t", "gut")
    assert "Line 4: g*t: 'g*t' has a * inside" in words(panel.patterns.faults["de"].value)
    assert panel.trial.patterns["topics", "sport", "game"]["de"] == ("Spiel*", "Tor", "Tore", "gut")
    panel.language.value = "de"
    assert "Zeile 4: g*t: Ein * steht mitten im Wort" in words(panel.patterns.faults["de"].value)
    assert panel.patterns.texts["de"].value.endswith("\ng*t\ngut")


def test_undo_redo_and_reset_bring_text_and_tables_back(panel):
    before = panel.patterns.texts["en"].value
    type_in(panel, "en", "the")
    type_in(panel, "en", "w*rong", "all")
    panel.undo.click()
    assert panel.patterns.texts["en"].value == f"{before}\nthe"
    panel.redo.click()
    assert panel.patterns.texts["en"].value == f"{before}\nthe\nall"
    panel.list.value = 0
    assert panel.patterns.texts["en"].value == before
    assert panel.outcome is panel.bench.before
    assert (panel.undo.disabled, panel.redo.disabled, panel.name.disabled) == (True, False, True)
    panel.list.value = 2
    panel.reset.click()
    assert panel.trial == Trial()
    assert panel.patterns.texts["en"].value == before
    assert len(panel.steps.steps) == 4, "a reset can be undone as well"


def test_weights_and_thresholds_are_tried_by_their_fields(panel):
    panel.chooser.lists[0].value = "stance"
    panel.chooser.lists[1].value = "harm"
    assert panel.numbers.feature.value == 2
    panel.numbers.weights["critical"].value = -1.0
    panel.numbers.thresholds["sure2"].value = 0.9
    assert (panel.trial.weights, panel.trial.sure) == ({(2, "critical"): -1.0}, (0.9, 0.9))
    assert panel.numbers.thresholds["sure3"].value == 0.9
    assert "Weights set by hand are nobody's finding" in words(panel.result.value)
    changed = re.search(r"Tags that change: (\d) of 5", words(panel.result.value))
    assert int(changed[1]) > 0
    panel.undo.click()
    panel.undo.click()
    assert panel.numbers.weights["critical"].value == 1.0


def test_choosing_another_concept_shows_its_patterns_and_its_topic(panel):
    panel.chooser.lists[1].value = "money"
    assert panel.patterns.texts["de"].value == "Preis*\nGebühr*"
    assert panel.topic.value == "money"
    panel.chooser.lists[0].value = "stance"
    assert panel.chooser.place == ("stance", "praise", "success")
    assert panel.topic.value == "money"
    assert panel.trial == Trial()


def test_sealed_articles_are_spoken_of_where_an_edit_concerns_them(panel):
    type_in(panel, "en", "the")
    assert "sealed" not in panel.result.value
    type_in(panel, "de", "der")
    assert "1 sealed articles are concerned" in panel.result.value
    assert "Known exactly for 0 of them." in panel.result.value
    panel.undo.click()
    panel.patterns.texts["de"].value = "Spiel*\nTore"
    assert "Known exactly for 1 of them." in panel.result.value


def test_notes_are_said_in_both_languages(panel):
    trial = Trial(patterns={("stance", "praise", "success"): {"de": (), "en": ()}}, weights={(0, "critical"): 1.0})
    outcome = panel.bench.measure(trial)
    english, german = (list_notes(trial, outcome, labels) for labels in ("en", "de"))
    assert len(english) == len(german) == 3
    assert [note for note in german if note in english] == []


def test_german_labels_everywhere(panel):
    panel.language.value = "de"
    descriptions = [widget.description for widget in (panel.topic, panel.list, panel.undo, panel.save, *panel.chooser.lists, *panel.patterns.texts.values(), *panel.numbers.weights.values())]
    assert descriptions == ["Schluss über", "Schritte", "Rückgängig", "Speichern", "Lexikon", "Thema", "Konzept", "Deutsche Muster, eines je Zeile",
                            "Englische Muster, eines je Zeile", "Gewicht werbend", "Gewicht kritisch", "Gewicht berichtend"]  # fmt: skip
    assert "Der Schluss" in panel.conclusion.value and "The " not in panel.conclusion.value
    assert "Das Labor: 5 Artikel" in panel.head.value
    assert panel.outcome is panel.bench.before


def test_saving_tells_what_was_written_or_why_not(panel, tmp_path):
    type_in(panel, "en", "the")
    panel.folder.value = "mine"
    panel.save.click()
    assert "Saved: stance.yaml, topics.yaml, stance_model.yaml, steps.txt in mine" in words(panel.saved.value)
    assert "the" in set(read_lexicons(tmp_path / "mine")[1].patterns["pattern"])
    panel.save.click()
    assert "mine: holds stance.yaml already" in panel.saved.value
    panel.over.value = True
    panel.save.click()
    assert "Saved: steps.txt" in panel.saved.value
    panel.folder.value = f"{EVIL}/\0"
    panel.save.click()
    assert "<img" not in panel.saved.value and "alert" in panel.saved.value


def test_a_step_can_be_named(panel):
    type_in(panel, "en", "the")
    panel.name.value = "too broad"
    assert panel.list.options[1] == ("1. too broad", 1)
    panel.name.value = ""
    assert panel.list.options[1] == ("1. game (English): + the", 1)


def test_the_panel_begins_where_it_is_told(folder):
    study = load_study(folder)
    assert open_lab(study, place=("stance", "harm", "damage")).patterns.texts["en"].value == "damage*\nvictim*"
    with pytest.raises(LexiconError, match=r"topics: no category 'sports'; there are sport, money, law"):
        open_lab(study, place=("topics", "sports", "game"))


def test_a_kept_notebook_has_a_picture_where_the_panel_was(panel):
    bundle = panel._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "image/png", "text/plain"}
    assert bundle["text/plain"].startswith("German minus English for each topic")


def test_hostile_words_stay_words(folder, tmp_path):
    """A lexicon and patterns whose every word is an attack."""
    name = json.dumps(EVIL)
    shutil.copytree(folder / "lexicons", tmp_path / "lexicons")
    concepts = f"{name}: {{rule: {name}, de: [Spiel], en: [match]}}\n    ? {'x' * 50_000}\n    : {{en: [fee]}}"
    topics = f"lexicon: topics\ncategories:\n  {name}:\n    {concepts}\n"
    (tmp_path / "lexicons" / "topics.yaml").write_text(topics, encoding="utf-8")
    (tmp_path / "corpus").symlink_to(folder / "corpus")
    panel = open_lab(load_study(tmp_path), "en")
    type_in(panel, "en", EVIL, "x" * 50_000, "<script>w*rong</script>")
    shown = [panel.head, panel.conclusion, panel.result, panel.chooser.rule, *panel.patterns.faults.values()]
    assert [part.value for part in shown if re.search(r"<(?:img|script)|onerror=\"", part.value)] == []
    assert all("\u202e" not in re.sub(r"<bdi>[^<]*</bdi>|\u2068[^\u2069]*\u2069", "", part.value) for part in shown)
    assert max(len(label) for one in panel.chooser.lists for label, _ in one.options) < 100
    assert "pattern of 50000 characters" in panel.patterns.faults["en"].value


def test_many_faults_are_counted():
    html = render_faults([Fault(n, "*", "no") for n in range(1, 101)], 0, "en")
    assert html.count("<li>") == 13
    assert "and 88 more lines" in html


def test_the_studys_own_panel_opens(study):
    panel = open_lab(study, "de")
    assert panel.chooser.place == ("topics", "labor", "pay")
    assert "gewichten Arbeit" in panel.conclusion.value


def test_weights_beyond_the_usual_bounds_stay_as_they_are(panel):
    """A field that pulled a weight of 5 to its bound of 3 would make that a change nobody asked for."""
    study = panel.bench.study
    strong = Panel(replace(study, model=replace(study.model, weights=5 * study.model.weights)))
    strong.numbers.thresholds["lead"].value = 2.0
    assert strong.trial == Trial(lead=2.0)


def test_concepts_have_the_names_that_their_lexicon_gives_them(panel):
    panel.language.value = "de"
    panel.chooser.lists[0].value = "stance"
    panel.chooser.lists[1].value = "harm"
    assert [name for name, _ in panel.chooser.lists[2].options] == ["Leid"]
    assert "Treffer von Leid" in words(panel.result.value)
