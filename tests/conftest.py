"""What several test files share: small articles and lexicons made by hand, and the study's folder."""

import sys
from pathlib import Path

import pandas as pd
import pytest
from tiny_study import make_study

from lesart.lexicon import parse_lexicon

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "corpus" / "press" / "texts"

needs_press_texts = pytest.mark.skipif(
    not any(TEXTS.glob("*.txt")), reason="the press texts are copyrighted and not here; whoever holds them puts them into corpus/press/texts"
)


@pytest.fixture
def root():
    return ROOT


@pytest.fixture
def lexicons():
    """A stance and a topics lexicon small enough to count by eye."""
    stance = parse_lexicon("""
lexicon: stance
categories:
  praise: {success: {en: [success*, triumph*], de: [Erfolg*, Triumph*]}}
  reporting: {say: {en: [said, "according to"], de: [sagte, "teilte … mit"]}}
""")
    topics = parse_lexicon("""
lexicon: topics
categories:
  labor: {pay: {en: [wage*], de: [Lohn*, Löhn*]}}
  finance: {price: {en: [price*], de: [Preis*]}}
""")
    return [stance, topics]


@pytest.fixture
def articles():
    """Two articles of four short sentences."""
    return pd.DataFrame(
        {
            "article": ["de-a", "en-a"],
            "title": ["Ein Erfolg", ""],
            "text": ["Ein Erfolg\n\nDie Löhne steigen. Der Preis auch, teilte die Firma mit.", "A success: wages rise. The price is low, she said."],
            "language": ["de", "en"],
            "words": [13, 10],
        }
    )


@pytest.fixture(scope="module")  # no longer: Playwright holds the event loop while it runs
def browser():
    """Chromium, for all tests of a file; see ``browser.py``."""
    from browser import open_browser

    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def study():
    """The repository's own study, read once for all tests."""
    from lesart.study import load_study

    return load_study(ROOT)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs the command in ``tmp_path``: exit status, standard output, standard error."""
    from lesart.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["lesart", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = leave.code or 0
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def tiny(tmp_path):
    """A tiny study in ``tmp_path``, and its folder of lexicons."""
    make_study(tmp_path, press=False)
    return tmp_path / "lexicons"
