"""Measures how well quoted and reported speech is found: ``python benchmarks/voice.py PATH_TO_JSONL``.

Each line of the file is an article, ``{"text": …, "quotes": [{"type": "Direct", "quote": [[start, end], …]}, …]}``, in
German (``--language en`` for English). Prints, in characters, precision, recall and F1 over all types together, the recall
of each type (what is found has no such type, so there is no precision), what share of each found kind is marked, and the time.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from lesart.voice.quotations import find_quotations
from lesart.sentences import LANGUAGES, lay_out
from lesart.voice.spans import Spans, inside, merge_spans
from lesart.voice.speakers import find_marks
from lesart.voice import find_reported


def cover(spans: Spans, length: int) -> np.ndarray:
    """Which characters the merged spans cover."""
    return inside(np.arange(length), spans)


def mark_gold(articles: list[dict], starts: np.ndarray) -> dict[str, Spans]:
    """The spans of each type of quotation, as places in the joined text."""
    found: dict[str, list[tuple[int, int]]] = {}
    for article, base in zip(articles, starts.tolist(), strict=True):
        for quote in article["quotes"]:
            found.setdefault(quote["type"], []).extend((base + a, base + b) for a, b in quote["quote"])
    return {kind: merge_spans(tuple(np.array(sorted(spans)).T)) for kind, spans in sorted(found.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, default="de")
    options = parser.parse_args()
    articles = [json.loads(line) for line in options.path.read_text(encoding="utf-8").splitlines() if line.strip()]
    layout = lay_out([article["text"] for article in articles], [""] * len(articles), options.language)
    marks = find_marks(layout)
    took = []
    for _ in range(5):  # the first run reads the word lists; the fastest says what the step costs
        begin = time.perf_counter()
        quotations = find_quotations(layout)
        reported = find_reported(*marks, layout, quotations)
        took.append(time.perf_counter() - begin)
    length = len(layout.text)
    found = {"direct": cover(quotations, length), "reported": cover(reported, length)}
    gold = {kind: cover(spans, length) for kind, spans in mark_gold(articles, layout.article_start).items()}
    everything, said = np.logical_or.reduce(list(found.values())), np.logical_or.reduce(list(gold.values()))
    precision, recall = said[everything].mean(), everything[said].mean()
    print(f"{len(articles)} articles, {length:,} characters, {said.mean():.1%} marked as speech")
    print(f"all types: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}")
    for kind, here in gold.items():
        print(f"{kind}: recall {everything[here].mean():.3f} of {here.sum():,} characters")
    for kind, here in found.items():
        print(f"found as {kind}: {said[here].mean():.3f} of {here.sum():,} characters marked")
    print(f"{1000 * min(took) / (len(layout.text.encode()) / 1e6):.1f} ms per MB after the marks are found")


if __name__ == "__main__":
    main()
