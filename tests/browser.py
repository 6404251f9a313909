"""Pages in a real browser: the chromium of the machine, driven by Playwright. Nothing is downloaded, and nothing leaves the machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))), None)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
_FLAGS = ["--no-sandbox", "--disable-background-networking"]
# What WCAG 2.2 AA asks, as far as axe-core can tell, and what it calls good practice beyond.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The dark scheme differs in its colours alone.
_SCHEMES = {"light": _RULES, "dark": ["color-contrast"]}
_PATIENCE_MS = 10_000


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser while the block runs. Where there is none the test is skipped and says why; with CI=true it fails."""
    if not CHROMIUM:
        missing = "no chromium here; install it (Debian: apt install chromium) to try the pages in a browser"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, home: str, *, refusals: bool = False, **options: object) -> Iterator[Page]:
    """A page in a profile of its own. At the end it fails if anything was asked of another address than ``home``, if a script
    failed, the console complained (with ``refusals`` not of a server's errors), or a dialog or window opened."""
    context = browser.new_context(**({"viewport": DESK, "locale": "en-GB"} | options))
    page, faults = context.new_page(), []
    page.set_default_timeout(_PATIENCE_MS)
    page.on("pageerror", lambda fault: faults.append(f"script: {fault}"))
    page.on("console", lambda said: faults.append(f"console: {said.text}") if not (refusals and said.text.startswith("Failed to load resource")) else None)
    page.on("request", lambda asked: faults.append(f"request: {asked.url}") if not asked.url.startswith(home) else None)
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda other: faults.append(f"window: {other.url}"))
    try:
        yield page
    finally:
        context.close()
    assert faults == []


def list_violations(page: Page, rules: list[str] = _RULES) -> list[tuple[str, str]]:
    """What axe-core finds wrong with a page as it stands: the rule and the element, for each."""
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [(rule["id"], node["html"][:150]) for rule in found for node in rule["nodes"]]


def list_violations_everywhere(page: Page) -> list[tuple]:
    """``list_violations`` on a phone and on a desk, in light and in dark, with what is wider than the window there."""
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for scheme, rules in _SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            found += [(size["width"], scheme, *violation) for violation in list_violations(page, rules)]
        found += [(size["width"], "wider by", over)] if (over := measure_overflow(page)) else []
    return found


def measure_overflow(page: Page) -> int:
    """How many pixels a page is wider than its window, once it is drawn at its size."""
    return page.evaluate("""() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
        () => done(document.documentElement.scrollWidth - document.documentElement.clientWidth))))""")
