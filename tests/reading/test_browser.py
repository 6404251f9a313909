"""The reading room in a browser: clicked, typed, read by keyboard and on paper; text stays text, whatever it is."""

import io
import re
from contextlib import contextmanager

import pytest
from browser import PHONE, list_violations_everywhere, measure_overflow, open_page
from pypdf import PdfReader

from lesart.reading import render_page, write_page

VIEWS = ["#read/de-klage", "#read/de-press", "#two/de-club/en-club", "#concept/topics/money/price", "#keyness/topics", "#keyness/stance"]
# The least width that text must fit without scrolling sideways (WCAG 2.2, 1.4.10).
NARROWEST = {"width": 320, "height": 600}


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a room at an address; while the block runs its page is there, and nothing may go wrong in it."""

    @contextmanager
    def visit(room, address="", labels="en", **options):
        file = tmp_path / "room.html"
        write_page(render_page(room, labels), file)
        with open_page(browser, file.as_uri(), **options) as page:
            page.goto(file.as_uri() + address)
            page.locator("main").wait_for()
            yield page

    return visit


def read_text(page, selector="main"):
    """The words of an element, without the signs that shield a stranger's text, in single spaces."""
    return re.sub(r"\s+", " ", page.locator(selector).first.inner_text())


def focused(page):
    """What has the focus: the name of its element, and its words."""
    return page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]")


def mark(page, word):
    return page.locator(".text [data-hits]", has_text=re.compile(f"^{word}$")).first


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#read/de-klage", ["Why critical?", "Gebühr", "harm ×2", "law ×1", "Its place among the others"]),
        ("#read/de-press", ["The text of this article is not here", "Spiel", "Sentence 1"]),
        ("#two/de-club/en-club", ["Ein Triumph", "A triumph", "Two side by side"]),
        ("#concept/topics/money/price", ["German: 4 places in 3 articles", "English: 3 places in 2 articles"]),
        ("#keyness/topics", ["difference, points", "money price"]),
        ("#keyness/stance", ["a concept found in three"]),
        ("#read/%E0%A4%A", ["Why promotional?"]),
        ("#concept/__proto__/x/y", ["Concordance", "sport game"]),
    ],
)
def test_each_view_shows_what_it_should(visit, room, address, told):
    with visit(room, address) as page:
        shown = read_text(page)
        assert [words for words in told if words not in shown] == []


@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(visit, room, address):
    with visit(room, address, labels="de") as page:
        for opener in page.locator(".legend summary, .bars:nth-of-type(1) .bar[data-bar]").all():
            opener.click()
        if page.locator(".text [data-hits]").count():
            page.locator(".text [data-hits]").first.focus()
            assert page.locator("#note").is_visible()
        assert list_violations_everywhere(page) == []
        page.set_viewport_size(NARROWEST)
        assert measure_overflow(page) == 0


def test_filters_and_search_narrow_the_list_and_are_taken_back(visit, room):
    with visit(room) as page:
        titles, count = page.locator(".articles .title"), page.locator(".list [role=status]")

        def listed(field, value):
            page.get_by_role("combobox", name=field, exact=True).select_option(label=value)
            found = titles.all_inner_texts()
            page.get_by_role("button", name="Show all").click()
            return found

        assert count.inner_text() == "5 of 5 articles"
        assert listed("Language", "German") == ["Ein Triumph", "Streit um Gebühr", "de-press"]
        assert listed("Stance", "critical") == ["Streit um Gebühr"]
        assert listed("Main topic", "law") == []
        page.get_by_label("Words in title or text").fill("gebühr SCHADEN")
        count.get_by_text("1 of 5 articles").wait_for()
        assert titles.all_inner_texts() == ["Streit um Gebühr"]
        titles.first.click()
        assert "Why critical?" in read_text(page)
        assert page.locator(".articles [aria-current]").inner_text().startswith("Streit um Gebühr")
        page.get_by_role("button", name="Show all").click()
        assert count.inner_text() == "5 of 5 articles"
        assert page.evaluate("document.activeElement.type") == "search"


def test_the_search_does_not_look_into_sealed_texts_nor_find_ids_of_others(visit, room):
    with visit(room) as page:
        page.get_by_label("Words in title or text").fill("Spiel")
        page.locator(".list [role=status]").get_by_text("1 of 5 articles").wait_for()
        assert page.locator(".articles .title").all_inner_texts() == ["Ein Triumph"]


def test_legend_switches_families_off_and_on(visit, room):
    with visit(room, "#read/de-klage") as page:
        marks = page.locator(".text [data-hits]")
        assert marks.all_inner_texts() == ["Gebühr", "Opfer", "Gericht", "Schaden", "Gebühr"]
        page.get_by_text("Marks", exact=True).click()
        page.get_by_role("checkbox", name="harm").uncheck()
        assert marks.all_inner_texts() == ["Gebühr", "Gericht", "Gebühr"]
        page.get_by_role("group", name="Topics").get_by_role("button", name="all off").click()
        assert marks.count() == 0 and "Die Opfer sind" in read_text(page, ".text")
        page.get_by_role("group", name="Topics").get_by_role("button", name="all on").click()
        page.get_by_role("checkbox", name="harm").check()
        assert marks.count() == 5
        page.get_by_label("Names at the marks").check()
        assert "harm" in page.evaluate("getComputedStyle(document.querySelector('[data-name=harm]'), '::after').content")


def test_voice_and_negation_are_seen_and_said(visit, room):
    with visit(room, "#read/de-press") as page:
        styles = {word: mark(page, word).evaluate("mark => getComputedStyle(mark).textDecorationStyle") for word in ("Spiel", "sagte")}
        assert styles == {"Spiel": "dotted", "sagte": "solid"}
        mark(page, "Spiel").hover()
        page.locator("#note").wait_for()
        assert "quoted" in read_text(page, "#note")


def test_a_mark_tells_concept_and_effect_on_hover_and_on_focus(visit, room):
    with visit(room, "#read/de-klage") as page:
        note = page.locator("#note")
        mark(page, "Opfer").hover()
        note.wait_for()
        told = read_text(page, "#note")
        assert told.startswith("× harm damage Opfer · narrator")
        assert "harm in this article, 2 places together: +" in told and "for critical, in logits" in told
        page.mouse.move(2, 2)
        note.wait_for(state="hidden")
        mark(page, "Gericht").focus()
        assert "law: " in read_text(page, "#note") and mark(page, "Gericht").get_attribute("aria-describedby") == "note"
        page.keyboard.press("Escape")
        assert note.is_hidden() and focused(page) == ["SPAN", "Gericht"]


def test_a_bar_opens_its_sentences_and_these_lead_to_their_marks(visit, room):
    with visit(room, "#read/de-klage") as page:
        bar = page.locator('[data-bar="stance/harm"]')
        bar.click()
        assert bar.get_attribute("aria-expanded") == "true"
        assert page.locator(".sentence").all_inner_texts() == ["Die Opfer sind vor dem Gericht.", "Der Schaden ist hoch, und die Gebühr ist es auch."]
        assert page.locator(".sentence b").all_inner_texts() == ["Opfer", "Schaden"]
        page.locator(".sentence").nth(1).click()
        assert focused(page) == ["SPAN", "Schaden"]
        bar.click()
        assert page.locator(".sentence").count() == 0
        page.locator('[data-bar="stance/praise"]').click()
        assert "this family is missing" in read_text(page, ".sentences")


def test_a_mark_leads_to_its_bar_and_its_concordance_and_that_back_to_the_mark(visit, room):
    with visit(room, "#read/de-klage") as page:
        mark(page, "Gericht").click()
        page.locator("#note").get_by_role("button", name="To its bar").click()
        assert page.evaluate("document.activeElement.dataset.bar") == "topics/law" and page.locator("#note").is_hidden()
        mark(page, "Opfer").click()
        page.locator("#note").get_by_role("link", name="All places of this concept").click()
        assert "German: 2 places in 1 article" in read_text(page)
        page.locator(".kwic a").nth(1).click()
        page.locator("[data-text]").wait_for()
        assert focused(page) == ["SPAN", "Schaden"]
        page.go_back()
        assert "Concordance" in read_text(page, "main h2")


def test_a_switched_off_mark_is_shown_when_a_sentence_leads_to_it(visit, room):
    with visit(room, "#read/de-klage") as page:
        page.get_by_text("Marks", exact=True).click()
        page.get_by_role("checkbox", name="harm").uncheck()
        page.locator('[data-bar="stance/harm"]').click()
        page.locator(".sentence").first.click()
        assert focused(page) == ["SPAN", "Opfer"]
        assert page.get_by_role("checkbox", name="harm").is_checked()


def test_a_quiet_family_is_marked_when_its_bar_is_opened(visit, room):
    with visit(room | {"index": room["index"] | {"quiet": ["harm"]}}, "#read/de-klage") as page:
        marks = page.locator(".text [data-hits]")
        assert marks.all_inner_texts() == ["Gebühr", "Gericht", "Gebühr"]
        page.get_by_text("Marks", exact=True).click()
        assert not page.get_by_role("checkbox", name="harm").is_checked()
        page.locator('[data-bar="stance/harm"]').click()
        assert marks.all_inner_texts() == ["Gebühr", "Opfer", "Gericht", "Schaden", "Gebühr"]
        assert page.get_by_role("checkbox", name="harm").is_checked()
        assert page.locator(".text .in").all_inner_texts() == ["Opfer", "Schaden"]


def test_another_stance_can_be_asked_for(visit, room):
    with visit(room, "#read/de-klage") as page:
        page.get_by_role("button", name=re.compile("^promotional")).click()
        assert "What speaks for promotional (right)" in read_text(page, ".reasons")
        assert page.locator('[data-bar="stance/harm"] .value').inner_text().startswith("−")


def test_every_point_of_the_triangle_opens_its_article(visit, room):
    with visit(room, "#read/de-klage") as page:
        points = page.locator("svg.place a")
        assert sorted(points.evaluate_all("all => all.map((a) => a.getAttribute('href'))")) == [f"#read/{name}" for name in ("de-club", "de-klage", "de-press", "en-club", "en-fee")]
        points.and_(page.locator("[href='#read/en-fee']")).focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Why reportorial?").wait_for()
        assert page.url.endswith("#read/en-fee")


def test_two_stand_side_by_side_and_each_can_be_changed(visit, room):
    with visit(room, "#read/de-klage") as page:
        page.get_by_role("link", name="Two side by side").click()
        page.get_by_label("Article, German").select_option("de-club")
        page.wait_for_url("**#two/de-club/*")
        page.get_by_label("Article, English").select_option("en-fee")
        page.wait_for_url("**#two/de-club/en-fee")
        german, english = page.locator(".two .column").all()
        assert "Why promotional?" in german.inner_text() and "Why reportorial?" in english.inner_text()
        assert german.bounding_box()["y"] == english.bounding_box()["y"]
        english.locator('[data-bar="topics/money"]').click()
        english.locator(".sentence").first.click()
        assert page.evaluate("document.activeElement.closest('[data-text]').lang") == "en"
        page.set_viewport_size(PHONE)
        assert german.bounding_box()["y"] < english.bounding_box()["y"]


def test_concordance_has_every_place_with_what_stands_around_it(visit, room):
    with visit(room, "#concept/topics/sport/game") as page:
        page.get_by_label("Concept").select_option(label="price")
        page.wait_for_url("**#concept/topics/money/price")
        rows = [re.sub(r"\s+", " ", row) for row in page.locator(".kwic tbody tr").all_inner_texts()]
        assert "… Preis … de-press" in rows and any("der Preis ist für alle hoch. Ein Triumph" in row for row in rows)
        assert len(rows) == 7


def test_keyness_leads_to_the_concordance(visit, room):
    with visit(room, "#keyness/topics") as page:
        page.get_by_label("Lexicon").select_option(label="Families of stance marks")
        page.wait_for_url("**#keyness/stance")
        page.get_by_label("Lexicon").select_option(label="Topics")
        page.get_by_role("link", name="money price").click()
        assert "German: 4 places in 3 articles" in read_text(page)
        page.go_back()
        page.locator(".keyness .dot").first.click()
        assert "#concept/topics/" in page.url


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("#read/de-klage", ["Warum kritisch?", "Schaden ×2", "Themengewichte", "Artikel filtern", "Markierungen"]),
        ("#read/de-press", ["Der Text dieses Artikels ist nicht hier"]),
        ("#two/de-club/en-club", ["Zwei nebeneinander", "Artikel, Englisch"]),
        ("#concept/stance/harm/damage", ["Schaden Leid", "Deutsch: 2 Stellen in 1 Artikel"]),
        ("#keyness/topics", ["Konzept", "Prozentpunkten"]),
    ],
)
def test_labels_switch_to_german_and_back_in_each_view(visit, room, address, words):
    english = re.compile(r"\b(article|concept|narrator|harm|damage|weights?|why|lexicon|places?)\b", re.IGNORECASE)
    with visit(room, address) as page:
        page.get_by_role("button", name="Deutsch").click()
        assert (page.evaluate("document.documentElement.lang"), page.title()) == ("de", "Lesesaal")
        assert focused(page) == ["BUTTON", "Deutsch"]
        shown = read_text(page, "#page")
        assert [word for word in words if word not in shown] == []
        assert english.findall(shown) == []
        page.get_by_role("button", name="English").click()
        assert "Reading room" in read_text(page, "#page") and focused(page) == ["BUTTON", "English"]


def test_all_of_it_works_by_keyboard(visit, room):
    with visit(room, "#read/de-klage") as page:
        press = page.keyboard.press
        press("Tab")
        assert focused(page) == ["A", "Skip to the reading"]
        press("Enter")
        assert focused(page)[0] == "MAIN"
        press("Tab")
        press("Enter")
        assert page.locator(".legend").get_attribute("open") is not None
        press("Enter")
        press("Tab")
        assert focused(page) == ["SPAN", "Gebühr"]
        press("ArrowRight")
        press("ArrowRight")
        assert focused(page) == ["SPAN", "Gericht"]
        press("End")
        press("Home")
        press("ArrowDown")
        press("Enter")
        assert focused(page)[0] in ("A", "BUTTON") and page.evaluate("document.activeElement.closest('#note') !== null")
        press("Escape")
        assert focused(page) == ["SPAN", "Opfer"] and page.locator("#note").is_hidden()
        seen = set()
        for _ in range(40):  # on to the last point and out of the page: the key is trapped nowhere
            press("Tab")
            seen.add(page.evaluate("document.activeElement.dataset.bar || document.activeElement.tagName"))
        assert {"stance/harm", "topics/law", "a", "BODY"} <= seen or {"stance/harm", "topics/law", "a", "HTML"} <= seen


def test_on_paper_stands_the_text_with_its_reasons_and_nothing_to_click(visit, room):
    with visit(room, "#read/de-klage") as page:
        page.locator('[data-bar="topics/law"]').click()
        printed = re.sub(r"\s+", " ", PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0].extract_text())
        page.emulate_media(media="print", color_scheme="dark")
        hidden = "header nav, .list, .legend, select, .screen, [data-unfold]"
        assert [item.inner_text() for item in page.locator(hidden).all() if item.is_visible()] == []
        assert page.evaluate("getComputedStyle(document.querySelector('.text [data-name]'), '::after').content") == '"\u2009money"'
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert "Streit um Gebühr" in printed and "Why critical?" in printed
    assert "Words in title" not in printed
    assert paper == "rgb(255, 255, 255)"


@pytest.mark.parametrize("address", ["", "#two", "#concept", "#keyness"])
def test_hostile_texts_and_lexicons_are_shown_as_text_and_do_nothing(visit, hostile, address):
    with visit(hostile, address, viewport=PHONE) as page:
        for category in ("topics", "stance"):
            if address == "#keyness":
                page.get_by_role("combobox").select_option(category)
        if address == "":
            page.locator(".list summary").first.click()
            page.locator(".text [data-hits]").first.click()
            assert "<img src=x" in read_text(page, "#note") + read_text(page, ".text")
            page.locator('[data-bar^="topics/"]').first.click()
            page.locator(".sentence").first.click()
            page.get_by_label("Words in title or text").fill("</script><img")
            page.locator(".list [role=status]").get_by_text("1 of 1").wait_for()
        page.get_by_role("button", name="Deutsch").click()
        assert page.locator("#page img, #page script, #page iframe").count() == 0
        assert page.title() == "Lesesaal"
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert measure_overflow(page) == 0
        # U+202E turns what follows it: it stands in a shield of its own wherever it is shown.
        bare = "[...document.querySelectorAll('#page *')].filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.includes('\\u202e')) && !one.closest('bdi, option, optgroup, [data-text], .sentences, svg'))"
        assert page.evaluate(f"{bare}.map((one) => one.outerHTML)") == []
