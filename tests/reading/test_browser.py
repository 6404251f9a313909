"""The reading room in a browser: it runs under its own policy, shows text as text, and holds its layout on a phone."""

import re
import shutil
import subprocess

import pytest

from lesart.reading import render_page, write_page

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium here; install it to see the page in a browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--virtual-time-budget=2000")


@pytest.fixture
def look(tmp_path):
    """The document of a page as the browser has it, at an address and a width."""

    def look_at(page, address="", width=1280):
        write_page(page, tmp_path / "room.html")
        options = (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900", "--dump-dom")
        done = subprocess.run([CHROMIUM, *options, f"{(tmp_path / 'room.html').as_uri()}{address}"], capture_output=True, timeout=60, check=True)
        return done.stdout.decode().split("<script", 1)[0]

    return look_at


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#read/de-klage", ["Why critical?", "Gebühr", 'data-bar="stance/harm"', 'data-bar="topics/law"', "Its place among the others"]),
        ("#read/de-press", ["The text of this article is not here", "Spiel", "Sentence 1"]),
        ("#two/de-club/en-club", ["Ein Triumph", "A triumph", "Two side by side"]),
        ("#concept/topics/money/price", ["German: 4 places in 3 articles", "English: 3 places in 2 articles"]),
        ("#keyness/topics", ["difference, points", 'href="#concept/topics/money/price"']),
        ("#keyness/stance", ["a concept found in three"]),
        ("#read/%E0%A4%A", ["Articles"]),
        ("#concept/__proto__/x/y", ["Concordance"]),
    ],
)
def test_each_view_shows_what_it_should(look, room, address, told):
    document = re.sub(r"\s+", " ", look(render_page(room), address))
    assert [words for words in told if words not in re.sub(r"</?bdi[^>]*>", "", document)] == []


def test_german_labels(look, room):
    document = look(render_page(room, "de"), "#read/de-klage")
    assert "Warum kritisch?" in document and "Artikel filtern" in document and "Why" not in document


def test_hostile_text_is_text(look, hostile):
    document = look(render_page(hostile), width=390)
    assert "<img" not in document and "&lt;img src=x onerror" in document
    assert "Erfolg" in document


# Tells in its title how far the page is wider than the window; for the test alone its hash is let through.
def test_long_words_do_not_widen_the_page(look, hostile):
    page = render_page(hostile)
    probe = "<script>setTimeout(() => { document.body.dataset.over = document.documentElement.scrollWidth - document.documentElement.clientWidth; }, 500);</script>"
    page = re.sub(r"script-src '[^']*'", "script-src 'unsafe-inline'", page).replace("</body>", f"{probe}</body>")
    assert 'data-over="0"' in look(page, width=500)
