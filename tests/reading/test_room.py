"""The reading room's data and page: what is in it, that nothing breaks out of it, and that it is the same each time."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from tiny_study import PRESS, WEIGHTS, make_study

from lesart.cli import cli
from lesart.errors import CorpusError, LesartError
from lesart.reading import collect_folder, collect_study, render_page, write_page
from lesart.reading.page import reading_labels
from lesart.reading.room import NEGATED, NOT_COUNTED, QUOTED, WITH_GAP
from lesart.stance import explain_stance
from lesart.study import load_study


class Elements(HTMLParser):
    """What a browser would make of a page: its elements, and what stands in its scripts."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.blocks, self.last = [], {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.last = dict(attrs).get("id", tag) if tag in ("script", "style") else None

    def handle_endtag(self, tag):
        self.last = None

    def handle_data(self, data):
        if self.last:
            self.blocks[self.last] = self.blocks.get(self.last, "") + data


@pytest.fixture(scope="module")
def whole(study):
    return collect_study(study)


def place_of(room, name):
    return [entry["id"] for entry in room["index"]["articles"]].index(name)


def test_every_hit_of_the_study_stands_at_its_place(room, folder):
    study = load_study(folder)
    found = []
    for entry, body in zip(room["index"]["articles"], room["articles"], strict=True):
        for number, sentence, start, end, _, *surface in body["hits"]:
            found.append((entry["id"], sentence, *room["index"]["concepts"][number][:3], *(surface or [body["text"][start:end]])))
    assert found == list(study.hits[["article", "sentence", "lexicon", "category", "concept", "surface"]].itertuples(index=False, name=None))


def test_bits_tell_voice_negation_gap_and_what_does_not_count(tmp_path):
    make_study(tmp_path / "s", press=False)
    stance = (tmp_path / "s/lexicons/stance.yaml").read_text(encoding="utf-8").replace("sagte, laut", '"teilte … mit", "„…“"')
    (tmp_path / "s/lexicons/stance.yaml").write_text(stance, encoding="utf-8")
    text = "Das ist kein Erfolg, und es ist so. Die Firma teilte es allen mit. „Der Triumph ist da, und er ist groß.“ Der „gute Ton“ fehlt."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    room, _ = collect_folder([tmp_path / "a.txt"], language="de", lexicons=tmp_path / "s/lexicons")
    body = room["articles"][0]
    bits = {body["text"][hit[2] : hit[3]]: hit[4] for hit in body["hits"]}
    assert bits == {"Erfolg": NEGATED | NOT_COUNTED, "teilte es allen mit": WITH_GAP, "Triumph": QUOTED, "„gute Ton“": 0}


def test_reasons_are_those_of_explain_stance(room, folder):
    study = load_study(folder)
    why = explain_stance(study.hits, study.articles, "de-klage", study.model)
    rows = room["articles"][place_of(room, "de-klage")]["why"]
    assert [room["index"]["features"][row[0]] for row in rows] == why["feature"].tolist()
    assert [row[4] for row in rows] == why["critical"].round(4).tolist()


def test_families_have_the_colour_of_the_stance_they_speak_for(room):
    assert WEIGHTS.argmax(axis=0).tolist() == [0, 2, 1]
    stances = dict(room["index"]["stances"])
    told = dict(room["index"]["families"])
    assert told == {"praise": stances["promotional"], "reporting": stances["reportorial"], "harm": stances["critical"]}


def test_small_words_are_quiet(room):
    assert room["index"]["quiet"] == ["outlook", "inquiry"]


def test_sealed_article_has_everything_but_its_text(room):
    place = place_of(room, "de-press")
    entry, body = room["index"]["articles"][place], room["articles"][place]
    assert entry["sealed"] and entry["stance"] and not entry["title"] and not body["text"]
    assert [hit[5] for hit in body["hits"]] == ["Spiel", "Tor", "sagte", "Preis"] and body["why"]
    assert PRESS.strip()[:20] not in render_page(room)


def test_press_texts_can_be_left_out_where_they_are_here(tmp_path):
    study = make_study(tmp_path)
    texts = study / "corpus/press/texts"
    texts.mkdir()
    (texts / "any.txt").write_text(PRESS, encoding="utf-8")
    loaded = load_study(study)
    sentence = "Das Spiel ist nach dem Tor zu Ende"
    assert sentence in render_page(collect_study(loaded))
    assert sentence not in render_page(collect_study(loaded, with_press=False))


def test_places_are_counted_as_browsers_count(tmp_path, folder):
    (tmp_path / "a.txt").write_text("Das 🙂 ist ein Erfolg, und der Preis 🙂 ist für alle gut.", encoding="utf-8")
    room, _ = collect_folder([tmp_path / "a.txt"], language="de", lexicons=folder / "lexicons")
    body = room["articles"][0]
    units = body["text"].encode("utf-16-le")
    assert [units[2 * hit[2] : 2 * hit[3]].decode("utf-16-le") for hit in body["hits"]] == ["Erfolg", "Preis"]
    assert 2 * body["sentences"][-1][1] == len(units)


def test_what_strangers_write_stays_data(hostile, room):
    hostile, plain = Elements(render_page(hostile)), Elements(render_page(room))
    names = [tag for tag, _ in hostile.tags]
    assert set(names) == {tag for tag, _ in plain.tags} and "img" not in names
    assert names.count("script") == 3  # index, one article, the program
    index = json.loads(hostile.blocks["index"])
    assert "onerror" in index["articles"][0]["outlet"] and "onerror" in index["concepts"][-1][3]["de"]
    assert not re.search("[<>&\u2028\u2029]", hostile.blocks["index"] + hostile.blocks["article-0"])
    assert "x" * 50_000 in json.loads(hostile.blocks["article-0"])["text"]


def test_policy_lets_only_the_pages_own_style_and_script_run(room):
    elements = Elements(render_page(room))
    policy = next(attrs["content"] for tag, attrs in elements.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    hashes = [f"'sha256-{b64encode(sha256(elements.blocks[name].encode()).digest()).decode()}'" for name in ("style", "script")]
    assert policy == f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"


def test_page_names_no_place_outside_and_builds_no_markup_from_text(room):
    page = render_page(room)
    assert re.findall(r"https?://[^\s'\"]*", page) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\bfetch\(|XMLHttp", page)


def test_page_of_the_study_is_small_and_the_same_each_time(whole, study):
    page = render_page(whole)
    assert len(page.encode()) < 2_000_000 and len(whole["articles"]) == 41
    assert page == render_page(collect_study(study))


@pytest.mark.parametrize("labels", ["en", "de"])
def test_page_opens_in_either_language(room, labels):
    page = render_page(room, labels)
    assert f'<html lang="{labels}">' in page and {"en": "<title>Reading room", "de": "<title>Lesesaal"}[labels] in page
    with pytest.raises(ValueError, match="allowed are en, de"):
        render_page(room, "fr")


def test_labels_have_both_languages_with_the_same_braces_and_are_all_used(room):
    texts, page = reading_labels()["texts"], render_page(room)
    for key, entry in texts.items():
        assert set(entry) == {"en", "de"} and all(entry.values()), key
        assert len({frozenset(re.findall(r"\{(\w+)", told)) for told in entry.values()}) == 1, key
    asked = set(re.findall(r"say\('(\w+)'", page)) | {f"view_{view}" for view in ("read", "two", "concept", "keyness")}
    assert asked - {"view_", "filter_"} <= set(texts)
    assert [key for key in texts if not re.search(rf"'{key}'", page.split("'use strict'")[1]) and key not in asked and not key.startswith("filter_")] == []


def test_keyness_needs_both_languages(tmp_path, folder):
    (tmp_path / "a.txt").write_text("Der Erfolg ist da, und das Spiel war gut.", encoding="utf-8")
    room, _ = collect_folder([tmp_path / "a.txt"], language="de", lexicons=folder / "lexicons")
    assert all(row[4] is None for row in room["index"]["keyness"])


def test_article_that_cannot_be_coded_is_listed(tmp_path, folder):
    (tmp_path / "a.txt").write_text("Der Erfolg ist da, und das Spiel war gut.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    room, read = collect_folder([tmp_path], language="de", lexicons=folder / "lexicons")
    assert room["index"]["left_out"] == [["b", "empty file"]] and len(read) == 2 and len(room["articles"]) == 1


def test_where_nothing_can_be_coded_one_line_says_why(tmp_path, folder):
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"no article that can be coded \(b: empty file\); name a folder"):
        collect_folder([tmp_path], language="de", lexicons=folder / "lexicons")


def test_command_reads_a_study_or_a_folder(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    page = tmp_path / "room.html"
    done = CliRunner().invoke(cli, ["read", "corpus/", "-o", str(page)])
    assert done.exit_code == 0 and "5 articles" in done.output and '"id":"de-press"' in page.read_text(encoding="utf-8")
    done = CliRunner().invoke(cli, ["read", "corpus/articles", "-o", str(page), "--labels", "de"])
    assert done.exit_code == 0 and "4 articles" in done.output and '<html lang="de">' in page.read_text(encoding="utf-8")


def test_command_refuses_lexicons_beside_a_studys_own(folder, tmp_path):
    done = CliRunner().invoke(cli, ["read", str(folder), "--lexicons", str(tmp_path), "-o", str(tmp_path / "a.html")])
    assert done.exit_code == 2 and "leave out --lexicons" in done.output


def test_page_is_written_whole_or_not_at_all(tmp_path):
    (tmp_path / "there.html").mkdir()
    with pytest.raises(LesartError, match="cannot be written"):
        write_page("page", tmp_path / "there.html")
    assert [path.name for path in tmp_path.iterdir()] == ["there.html"]
