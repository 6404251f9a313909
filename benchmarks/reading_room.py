"""Measures the reading room of many articles in the machine's chromium: ``python benchmarks/reading_room.py [2000]``.

The articles are made up (``make_corpus.py``). Seconds by the clock, medians of several runs, from the address being asked for or
the key being pressed until what was asked for is drawn; for scrolling the time from frame to frame (a screen of 60 Hz: 16.7 ms).
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from make_corpus import make_corpus
from playwright.sync_api import Page, sync_playwright

from lesart.reading import collect_folder, render_page, write_page

N_ARTICLES = 2_000
GOAL = 3.0  # seconds until the first article stands there
_RUNS = 5
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Scrolls by 120 pixels a frame and gives the milliseconds between frames.
_SCROLL = """() => new Promise((done) => {
  const gaps = []; let before = performance.now();
  const step = (now) => { gaps.push(now - before); before = now; window.scrollBy(0, 120); gaps.length < 300 ? requestAnimationFrame(step) : done(gaps.slice(2)); };
  requestAnimationFrame(step);
})"""


def make_room(folder: Path, n_articles: int) -> Path:
    """Write the page of a made-up corpus and say how long that took and how large it is."""
    make_corpus(n_articles).drop(columns="language").to_parquet(folder / "articles.parquet")
    begin = time.perf_counter()
    room, _ = collect_folder([folder / "articles.parquet"])
    collected = time.perf_counter()
    size = write_page(render_page(room), folder / "room.html")
    print(f"{len(room['articles']):,} articles: collected in {collected - begin:.1f} s, written in {time.perf_counter() - collected:.1f} s, {size / 1e6:.1f} MB")
    return folder / "room.html"


def measure(page: Page, act: Callable[[], object], shown: str) -> float:
    """Seconds from ``act`` until what the selector ``shown`` names is drawn."""
    begin = time.perf_counter()
    act()
    page.locator(shown).first.wait_for(state="attached")
    page.evaluate(_DRAWN)
    return time.perf_counter() - begin


def measure_once(page: Page, address: str) -> dict[str, float]:
    """Seconds that each thing a reader does took, once."""
    page.goto("about:blank")
    seconds = {"open": measure(page, lambda: page.goto(address, wait_until="commit"), ".text [data-hits]")}
    seconds["another article"] = measure(page, lambda: page.locator(".articles a").nth(50).click(), '.articles a[aria-current]:not([data-article="0"])')
    seconds["search"] = measure(page, lambda: page.get_by_label("Words in title or text").fill("zzzz"), ".articles:empty")
    seconds["concordance of pay"] = measure(page, lambda: page.goto(f"{address}#concept/topics/labor/pay"), ".kwic")
    seconds["two side by side"] = measure(page, lambda: page.goto(f"{address}#two"), ".two .text")
    seconds["keyness"] = measure(page, lambda: page.goto(f"{address}#keyness/topics"), ".keyness")
    return seconds


def measure_scrolling(page: Page, address: str) -> list[float]:
    """Milliseconds between frames while the list of all articles is scrolled."""
    page.goto("about:blank")
    page.goto(address)
    more = page.locator(".articles button")
    while more.count():
        more.click()
    return page.evaluate(_SCROLL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("n_articles", nargs="?", type=int, default=N_ARTICLES)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or sys.exit("no chromium here; on Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        address = make_room(Path(folder), options.n_articles).as_uri()
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        runs = [measure_once(page, address) for _ in range(_RUNS)]
        for what in runs[0]:
            goal = f" (goal {GOAL:.0f} s)" if what == "open" else ""
            seconds = [run[what] for run in runs]
            print(f"{what}: {statistics.median(seconds):.2f} s, at most {max(seconds):.2f}{goal}")
        gaps = sorted(measure_scrolling(page, address))
        print(f"scrolling, ms from frame to frame: median {statistics.median(gaps):.1f}, 95 % below {gaps[int(0.95 * len(gaps))]:.1f}, longest {gaps[-1]:.0f}")
        browser.close()


if __name__ == "__main__":
    main()
