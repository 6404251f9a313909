"""Measures the lab: ``python benchmarks/lab.py [TIMES]``.

Prints a Markdown table: for each kind of edit the time from what is typed to what is shown, median and slowest of TIMES
(default 15) edits that were never measured before, on the study's articles. Process time on one core, the clock beside it.
The goal is 300 ms. What a browser and the way to it add is not in it.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from make_corpus import ROOT

from lesart.lab import open_lab
from lesart.lab.panel import Panel
from lesart.study import load_study

GOAL_MS = 300


def measure(edit: Callable[[int], None], times: int) -> list[tuple[float, float]]:
    """Process time and time on the clock (ms) of each edit."""
    found = []
    for number in range(times):
        begin, tick = time.process_time(), time.perf_counter()
        edit(number)
        found.append((1000 * (time.process_time() - begin), 1000 * (time.perf_counter() - tick)))
    return found


def type_in(panel: Panel, language: str, text: str) -> None:
    field = panel.patterns.texts[language]
    field.value = f"{field.value}\n{text}"


def choose(panel: Panel, lexicon: str, category: str) -> None:
    panel.chooser.lists[0].value = lexicon
    panel.chooser.lists[1].value = category


def list_edits(panel: Panel) -> dict[str, tuple[tuple[str, str], Callable[[int], None]]]:
    """Name → where it is made (lexicon, category), and the edit, another one for each number."""
    starts = "abcdefghijklmnopqrstuvwxyz"
    thresholds, weights = panel.numbers.thresholds, panel.numbers.weights

    def move(fields: dict, name: str, step: float) -> Callable[[int], None]:
        return lambda number: setattr(fields[name], "value", 0.6 + step * number)

    return {
        "a German pattern of labor": (("topics", "labor"), lambda n: type_in(panel, "de", f"*{starts[n % 26]}beit{n}*")),
        "an English pattern of labor that is too broad": (("topics", "labor"), lambda n: type_in(panel, "en", f"{starts[n % 26]}*")),
        "a pattern of the largest family, reporting": (("stance", "reporting"), lambda n: type_in(panel, "en", f"{starts[n % 26]}e* the")),
        "a weight of stance": (("stance", "praise"), move(weights, "critical", 0.05)),
        "a margin": (("stance", "praise"), move(thresholds, "sure3", 0.02)),
        "the power of topics": (("topics", "labor"), move(thresholds, "power", 0.1)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=15, metavar="TIMES")
    times = parser.parse_args().times
    study = load_study(ROOT)
    panel = open_lab(study, "en")
    print(f"{len(study.articles)} articles, {times} edits of each kind; goal {GOAL_MS} ms\n")
    print("| edit | process time, median | slowest | clock, median | slowest |\n|---|---|---|---|---|")
    for name, (place, edit) in list_edits(panel).items():
        panel.reset.click()
        choose(panel, *place)
        cpu, clock = zip(*measure(edit, times), strict=True)
        print(f"| {name} | {statistics.median(cpu):.0f} ms | {max(cpu):.0f} ms | {statistics.median(clock):.0f} ms | {max(clock):.0f} ms |")
    panel.reset.click()
    clock = [value for _, value in measure(lambda _: panel.undo.click() if panel.undo.disabled is False else panel.redo.click(), times)]
    print(f"| undoing | | | {statistics.median(clock):.0f} ms | {max(clock):.0f} ms |")


if __name__ == "__main__":
    main()
