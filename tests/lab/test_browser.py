"""The lab in a running JupyterLab, in a browser: typed, seen, undone, in both themes, by keyboard; hostile words do nothing."""

import json
import os
import re
import shutil

import pytest

from .jupyter import open_notebook, run_jupyterlab, set_theme, write_notebook

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
THEMES = ("JupyterLab Light", "JupyterLab Dark")
OPEN = "from lesart.study import load_study\nfrom lesart.lab import open_lab\nopen_lab(load_study({folder!r}), {labels!r})"
EVIL = '</script><img src=x onerror="document.title=1">&amp;\u202eabc'


def give_up(why):
    """Skip where a browser is missing; never where the tests are to be complete."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        give_up("no chromium here; install it to see the lab in a browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        give_up("no playwright here; install it with pip to see the lab in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def hostile(folder, tmp_path_factory):
    """The tiny study with topics of which every word is an attack."""
    made = tmp_path_factory.mktemp("hostile") / "study"
    shutil.copytree(folder, made)
    name = json.dumps(EVIL)
    topics = f"lexicon: topics\ncategories:\n  {name}:\n    {name}: {{rule: {name}, de: [Spiel*], en: [match, {name}]}}\n    ? {'x' * 50_000}\n    : {{en: [fee]}}\n"
    (made / "lexicons" / "topics.yaml").write_text(topics, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(browser, folder, hostile, tmp_path_factory):
    work, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("home")
    (work / "corpus").mkdir()  # what is saved goes where the corpus is
    write_notebook(work / "tiny.ipynb", OPEN.format(folder=str(folder), labels="en"))
    write_notebook(work / "deutsch.ipynb", OPEN.format(folder=str(folder), labels="de"))
    write_notebook(work / "hostile.ipynb", OPEN.format(folder=str(hostile), labels="en"))
    with run_jupyterlab(work, home) as at:
        yield at


@pytest.fixture(scope="module")
def pages(browser, address):
    """Each notebook once, with what its page complained of and asked for: a kernel takes seconds to start."""
    opened = {}
    for name in ("tiny.ipynb", "deutsch.ipynb", "hostile.ipynb"):
        page = browser.new_page(viewport={"width": 1280, "height": 1800})
        errors, asked = [], []
        page.on("pageerror", lambda fault, errors=errors: errors.append(str(fault)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        open_notebook(page, address, name)
        opened[name] = (page, errors, asked)
    return opened


@pytest.fixture
def open_page(pages, address):
    """A notebook's page, all steps taken back; afterwards it has had no error, and asked nothing of another machine."""
    seen = []

    def open_one(name):
        page, *complaints = pages[name]
        seen.append(complaints)
        reset = lab(page).get_by_role("button", name=re.compile("Reset all|Alles zurücksetzen"))
        if reset.is_enabled():
            reset.click()
            lab(page).locator(f'button[disabled]:has-text("{reset.inner_text()}")').wait_for()
        return page

    yield open_one
    assert [errors for errors, _ in seen if errors] == []
    assert [url for _, asked in seen for url in asked if not re.match(rf"{re.escape(address)}|ws://127\.0\.0\.1|data:|blob:", url)] == []
    assert all(asked for _, asked in seen), "what the page asks for is not seen"


def lab(page):
    return page.locator(".lesart-lab").first


def type_in(page, label, text):
    field = lab(page).get_by_label(label)
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    return field


def test_what_is_typed_is_seen_and_undone_by_keyboard(open_page):
    page = open_page("tiny.ipynb")
    type_in(page, "English patterns, one per line", "\nthe")
    lab(page).get_by_text("Hits: ").and_(page.get_by_role("status")).filter(has_text="→ ").wait_for()
    lab(page).get_by_role("row", name="the English 0 9").wait_for()
    assert "1. game (English): + the" in lab(page).get_by_label("Steps").inner_text().replace("\u00a0", " ")
    lab(page).get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    lab(page).get_by_role("row", name="the English 0 9").wait_for(state="detached")
    assert lab(page).get_by_label("English patterns, one per line").input_value() == "match*\ngoal*"
    lab(page).get_by_role("button", name="Redo").focus()
    page.keyboard.press("Space")
    lab(page).get_by_role("row", name="the English 0 9").wait_for()


def test_a_fault_is_told_beside_the_field_and_breaks_nothing(open_page):
    page = open_page("deutsch.ipynb")
    type_in(page, "Deutsche Muster, eines je Zeile", "\ng*t\nund")
    alert = lab(page).get_by_role("alert").filter(has_text="Zeile 4: g*t: Ein * steht mitten im Wort")
    alert.wait_for()
    lab(page).get_by_role("row", name=re.compile("^und Deutsch 0")).wait_for()
    lab(page).get_by_label("Beschriftung").select_option("English")
    lab(page).get_by_role("alert").filter(has_text="Line 4: g*t: 'g*t' has a * inside").wait_for()
    assert lab(page).get_by_label("German patterns, one per line").input_value().endswith("\ng*t\nund")


def test_focus_goes_through_the_panel_in_reading_order(open_page):
    page = open_page("tiny.ipynb")
    lab(page).get_by_label("Conclusion on").focus()
    seen = []
    for _ in range(9):
        seen.append(page.evaluate("() => { const e = document.activeElement; return e.labels?.[0]?.textContent || e.textContent || e.className; }"))
        page.keyboard.press("Tab")
    assert seen[:7] == ["Conclusion on", "Labels", "Lexicon", "Topic", "Concept", "German patterns, one per line", "English patterns, one per line"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", THEMES)
def test_panel_has_no_barrier_and_nothing_sticks_out(open_page, width, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page("tiny.ipynb")
    page.set_viewport_size({"width": width, "height": 1800})
    set_theme(page, theme)
    type_in(page, "German patterns, one per line", "\nder\n*")
    lab(page).get_by_role("alert").first.wait_for()
    found = Axe().run(page, context=".lesart-lab", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response
    assert [(rule["id"], node["target"], node["failureSummary"]) for rule in found["violations"] for node in rule["nodes"]] == []
    assert {"color-contrast", "label", "select-name"} <= {rule["id"] for rule in found["passes"]}
    outside = """box => [...box.querySelectorAll('*')].filter(part => !part.closest('.lesart-table')
        && part.getBoundingClientRect().right > box.getBoundingClientRect().right + 1).map(part => part.className)"""
    assert lab(page).evaluate(outside) == []
    page.set_viewport_size({"width": 1280, "height": 1800})


def test_hostile_words_show_as_text_and_do_nothing(open_page):
    page = open_page("hostile.ipynb")
    title = page.title()
    type_in(page, "English patterns, one per line", f"\n{EVIL}\n<b>w*rong</b>")
    field = lab(page).get_by_label("English patterns, one per line")
    field.evaluate("(field, text) => { field.value += text; field.dispatchEvent(new Event('input', {bubbles: true})); }", "\n" + "y" * 50_000)
    lab(page).get_by_role("alert").filter(has_text="pattern of 50000 characters").wait_for()
    assert "<b>w*rong</b>" in lab(page).inner_text()
    assert lab(page).locator("img, script, b").count() == 0
    assert page.title() == title
    wide = lab(page).evaluate("box => box.scrollWidth - box.clientWidth")
    assert wide <= 1


def test_saving_from_the_panel_writes_a_lexicon(open_page):
    page = open_page("tiny.ipynb")
    lab(page).get_by_label("Save into the folder").fill("from-the-browser")
    page.keyboard.press("Tab")
    lab(page).get_by_role("button", name="Save", exact=True).click()
    lab(page).get_by_role("status").filter(has_text="Saved: stance.yaml, topics.yaml, stance_model.yaml, steps.txt").wait_for()
