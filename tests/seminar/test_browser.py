"""The seminar in a browser: a class codes at once, is interrupted, sees nothing of the answers before the reveal, and then all."""

import re
from contextlib import ExitStack

import pytest
from browser import DESK, PHONE, list_violations_everywhere, measure_overflow, open_page
from conftest import ROOT
from tiny_study import ARTICLES

from lesart.seminar.pages import read_words

from .conftest import TOKEN, TOPICS

N = len(ARTICLES)
# By their titles, not their numbers: each coder has an order of her own.
STANCES = {"Ein Triumph": "critical", "Streit um Gebühr": "critical", "A triumph": "promotional", "Talks about a fee": "reportorial"}
# Words that only the answers have, in both languages of the labels.
ANSWERS = [*ARTICLES, TOKEN, "genre", *(words.split("{")[0].strip() for key in ("key_says", "lexicon_says", "who_lexicon") for words in read_words()[key].values())]


def join(page, address, name):
    page.goto(address)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Anfangen").click()
    page.get_by_text(f"0 von {N} Artikeln codiert").wait_for()


def fill(page, stance=None, shares=(60, 40)):
    """Fill in the form of the article that is shown, and tell its title."""
    title = page.locator("article h1").inner_text()
    page.locator(f"[name=stance][value={stance or STANCES[title]}]").check()
    page.locator("[name=sure][value='2']").check()
    for topic, share in zip(TOPICS, shares, strict=False):
        page.locator(f"[name={topic}]").fill(str(share))
    return title


def save(page):
    page.get_by_role("button", name="Speichern und weiter").click()


def listen(page, heard):
    """Keep all that comes over the wire: addresses, heads, bodies."""

    def keep(response):
        heard.append(f"{response.url} {response.headers}")
        if response.status < 300 or response.status >= 400:
            heard.append(response.text())

    page.on("response", keep)


def test_a_class_codes_at_once_through_a_reload_and_a_restart_and_then_sees_all(browser, make_room, served):
    room, heard, titles = make_room(n_coders=3), [], {}
    with ExitStack() as stack:
        with served(room) as address:
            class_ = {name: stack.enter_context(open_page(browser, address, refusals=True, viewport=size)) for name, size in (("Ada", PHONE), ("Jürgen", DESK), ("Mei 李", PHONE))}
            for name, page in class_.items():
                listen(page, heard)
                join(page, address, name)
                page.get_by_role("link", name="1").first.click()
            for name, page in class_.items():
                titles[name] = [fill(page)]
            for page in class_.values():
                save(page)
            for name, page in class_.items():
                page.get_by_text(f"Artikel 2 von {N}").wait_for()
                titles[name].append(fill(page))
            class_["Ada"].reload()
            assert class_["Ada"].locator("[name=sport]").input_value() == "60"
            assert class_["Ada"].locator("[name=stance]:checked").get_attribute("value") == STANCES[titles["Ada"][1]]
        # The server is gone; who saves now sees the browser's own page of an error, and on the way back her draft.
        save(class_["Mei 李"])
        class_["Mei 李"].wait_for_url("chrome-error://**", wait_until="commit")
        with served(make_room(n_coders=3), at=address) as again:
            assert again == address
            class_["Mei 李"].goto(f"{address}/article/2")
            for page in class_.values():
                assert page.locator("#sum").inner_text() == "100"
                save(page)
            for number in range(3, N + 1):
                for name, page in class_.items():
                    page.get_by_text(f"Artikel {number} von {N}").wait_for()
                    titles[name].append(fill(page))
                    save(page)
            for page in class_.values():
                page.get_by_text("Alle Artikel sind codiert").wait_for()
                for path in ("/reveal", "/teacher", "/teacher?token=guess", "/article/1"):
                    page.goto(address + path)
            assert not room.is_open
            told = "\n".join(heard)
            assert "Ein Triumph" in told and [word for word in ANSWERS if word in told] == []
            assert {frozenset(order) for order in titles.values()} == {frozenset(STANCES)} and len(set(map(tuple, titles.values()))) > 1
            assert {name: set(room.sheets.read(name)["article"]) for name in class_} == dict.fromkeys(class_, set(ARTICLES))
            with open_page(browser, address) as teacher:
                teacher.goto(f"{address}/teacher?token={TOKEN}")
                assert [re.sub(r"\s+", " ", row) for row in teacher.locator("tbody tr").all_inner_texts()] == [f"{name} {N} / {N} ✓" for name in ("Ada", "Jürgen", "Mei 李")]
                teacher.get_by_role("button", name="Auflösung für alle öffnen").click()
                teacher.get_by_role("heading", name="Was die Codes zeigen").wait_for()
            for page in class_.values():
                page.goto(address)
                page.get_by_role("link", name="Zur Auflösung").first.click()
                shown = page.locator("main").inner_text()
                assert "Das Lexikon: werbend" in shown and "Geschrieben als: werbend" in shown and "Ada, Jürgen, Mei 李" in shown
                page.goto(f"{address}/article/1")
                assert page.locator("[name=stance]").first.is_disabled()


def test_a_change_that_was_not_saved_comes_back_and_one_that_was_gives_way(browser, make_room, served):
    with served(make_room()) as address, open_page(browser, address) as page:
        join(page, address, "Ada")
        page.goto(f"{address}/article/1")
        title = fill(page)
        save(page)
        page.get_by_text(f"Artikel 2 von {N}").wait_for()
        page.goto(f"{address}/article/1")
        page.locator("[name=sure][value='3']").check()
        page.reload()
        assert page.locator("[name=sure]:checked").get_attribute("value") == "3"
        save(page)
        page.goto(f"{address}/article/1")
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(' 1 ')).length") == 0
        assert page.locator("[name=sure]:checked").get_attribute("value") == "3" and page.locator("h1").inner_text() == title


def test_a_wrong_sum_is_told_and_what_was_given_stays(browser, make_room, served):
    with served(make_room()) as address, open_page(browser, address, refusals=True) as page:
        join(page, address, "Ada")
        page.goto(f"{address}/article/1")
        fill(page, shares=(60, 30))
        assert page.locator("#sum").inner_text() == "90"
        save(page)
        assert "ergeben zusammen nicht 100" in page.get_by_role("alert").inner_text()
        assert page.locator("[name=money]").input_value() == "30"
        page.get_by_label(re.compile("Regler")).nth(1).focus()
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        assert page.locator("#sum").inner_text() == "100"
        save(page)
        page.get_by_text(f"Artikel 2 von {N}").wait_for()


def test_an_article_is_coded_by_keyboard_alone(browser, make_room, served):
    room = make_room()
    with served(room) as address, open_page(browser, address) as page:
        page.goto(address)
        press, write = page.keyboard.press, page.keyboard.type
        press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
        press("Enter")
        press("Tab")
        write("Ada")
        press("Enter")
        page.get_by_role("link", name="Weiter").focus()
        press("Enter")
        page.locator("[name=stance]").first.focus()
        for key in ("ArrowDown", "ArrowUp", "Space", "Tab", "ArrowDown", "Tab", "Tab"):  # stance, sureness, over the first slider
            press(key)
        write("100")
        press("Enter")
        page.get_by_text(f"Artikel 2 von {N}").wait_for()
    assert room.sheets.read("Ada")[["stance", "sure", "sport"]].values.tolist() == [["promotional", 2, 100]]


def test_an_article_is_coded_without_scripts(browser, make_room, served):
    room = make_room()
    with served(room) as address, open_page(browser, address, java_script_enabled=False) as page:
        join(page, address, "Ada")
        page.goto(f"{address}/article/1")
        fill(page)
        save(page)
        page.get_by_text(f"Artikel 2 von {N}").wait_for()
    assert len(room.sheets.read("Ada")) == 1


@pytest.mark.parametrize("labels", ["de", "en"])
def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_the_window(browser, make_room, served, labels):
    room, found = make_room(), {}
    codes = (ROOT / "corpus/seminar/alma.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")[:4]
    with served(room, labels=labels) as address, open_page(browser, address, refusals=True) as page:

        def check(name, path=None):
            if path is not None:
                page.goto(address + path)
            found[name] = list_violations_everywhere(page) if labels == "de" else []  # what axe sees is the same in both
            page.set_viewport_size({"width": 320, "height": 600})
            found[name] += [over] if (over := measure_overflow(page)) else []

        check("door", "/")
        page.locator("#name").fill("<b>")
        page.locator("main button").click()
        check("wrong name")
        page.locator("#name").fill("Ada")
        page.locator("main button").click()
        check("her articles")
        check("article", "/article/1")
        page.locator("summary").click()
        fill(page, shares=(1, 1))
        page.locator("form#code button").click()
        check("wrong sum")
        check("no such page", "/nowhere")
        for name, stances in (("Ada", "pcpr"), ("Ben", "ccrr"), ("Cem", "ccpp")):
            rows = [f"{article},{name},{ {'p': 'promotional', 'c': 'critical', 'r': 'reportorial'}[letter]},2,60,40,0" for article, letter in zip(ARTICLES, stances, strict=True)]
            (room.sheets.folder / f"{name.lower()}.csv").write_text("\n".join([",".join([*codes, *TOPICS]), *rows, ""]), encoding="utf-8")
        check("teacher", f"/teacher?token={TOKEN}")
        page.locator("main form button").click()
        check("results")
        check("her articles after", "/")
        check("article after", "/article/1")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) == 10


def test_hostile_articles_are_shown_as_text_and_do_nothing(browser, make_room, served):
    room = make_room(n_coders=1)
    evil = '</script><img src=x onerror="document.title=1">&amp;\u202e {{ 7*7 }}'
    room.articles["title"] = evil + room.articles["article"]
    room.articles["text"] = f"{evil}\n\n{'x' * 50_000}\n\n" + room.articles["text"]
    with served(room) as address, open_page(browser, address, viewport=PHONE) as page:
        join(page, address, "Ada")
        for number in range(1, N + 1):
            page.goto(f"{address}/article/{number}")
            assert evil in page.locator("article h1").text_content() and "x" * 50_000 in page.locator("article").text_content()
            fill(page, "critical")
            save(page)
        page.goto(f"{address}/teacher?token={TOKEN}")
        page.get_by_role("button", name="Auflösung für alle öffnen").click()
        for path in ("/", "/article/1", "/teacher", "/reveal"):
            page.goto(address + path)
            assert page.locator("img, iframe, main script").count() == 0 and page.title() != "1"
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert measure_overflow(page) == 0
