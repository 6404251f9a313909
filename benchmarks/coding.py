"""Measures coding, from a Parquet file to codes and hits: ``python benchmarks/coding.py``, or as part of ``make bench``.

Prints two Markdown tables: where the time goes, part by part, and how time and memory grow with the corpus (each size in a process of
its own, by the same functions as ``lesart code FILE -o codes.csv --hits DIR``). Process time on one core, the clock beside it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd  # noqa: E402

from lesart.records import _clean, settle_articles  # noqa: E402
from lesart.words import count_words  # noqa: E402
from lesart.articles import read_records  # noqa: E402
from lesart.engine import REPORT, Coder, Here, code_records  # noqa: E402
from lesart.language import detect_languages  # noqa: E402
from lesart.lexicon import read_lexicons  # noqa: E402
from lesart.parts import Parts  # noqa: E402
from lesart.stance import read_model, stances  # noqa: E402
from lesart.tagging import tag_articles  # noqa: E402
from lesart.topics import topic_weights  # noqa: E402

from make_corpus import ROOT, make_corpus  # noqa: E402
from peak import peak_megabytes  # noqa: E402

GOAL = 2_500  # articles a second a core
# A size that would take longer than this, going by the one before, is left out and said.
PATIENCE = 400.0
COLUMNS = ("title", "language", "outlet")


def timed(work: Callable[[], object]) -> tuple[object, float, float]:
    """What the work gives, and its seconds in process time and on the clock."""
    begin, tick = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - begin, time.perf_counter() - tick


def make_coder() -> Coder:
    """The coder with the shipped lexicons, compiled."""
    coder = Coder(read_lexicons(ROOT / "lexicons"), read_model(ROOT / "lexicons" / "stance_model.yaml"))
    coder.code([])
    detect_languages(["loads langdetect"])
    return coder


def measure_parts(file: Path, folder: Path) -> list[tuple[str, float, float]]:
    """Name, process time and time on the clock (seconds) of each part of coding the articles of a file."""
    coder = make_coder()
    topics = coder.lexicons[1].categories
    found = []

    def part(name: str, work: Callable[[], object]) -> object:
        result, used, passed = timed(work)
        found.append((name, used, passed))
        return result

    records = part("read", lambda: list(read_records(file, columns=COLUMNS, progress=False)))
    rows = part("clean", lambda: [_clean(record) for record in records])
    texts = [row["text"] for row in rows]
    part("language", lambda: detect_languages(texts))
    part("words", lambda: count_words(texts))
    articles = settle_articles(records)
    hits = part("tag", lambda: tag_articles(articles, coder.lexicons, progress=False))
    part("stance", lambda: stances(hits, articles, coder.model))
    part("topics", lambda: topic_weights(hits, articles, topics, intervals=False))
    codes = coder.code(records[:1])[0]
    codes = pd.concat([codes] * len(records), ignore_index=True)
    part("write", lambda: (Parts(folder / "p", folder / "h").keep(0, "", codes, hits), codes.drop(columns=list(REPORT)).to_csv(index=False)))
    part("topic intervals (not part of it)", lambda: topic_weights(hits, articles, topics))
    return found


def code_file(file: Path, folder: Path) -> None:
    """Codes a file as the command does, in this process; prints seconds (process time, clock) and peak memory in MB."""
    coder = make_coder()

    def work() -> None:
        with (folder / "codes.csv").open("w", encoding="utf-8") as output:
            parts = Parts(folder / "parts", folder / "hits")
            for table in code_records(read_records(file, columns=COLUMNS, progress=False), Here(coder), parts=parts):
                table.drop(columns=list(REPORT)).to_csv(output, index=False, header=output.tell() == 0)

    _, used, passed = timed(work)
    print(used, passed, peak_megabytes())


def measure_growth(sizes: list[int], source: Path) -> list[list[str]]:
    """A row of text for each size: articles, MB, articles a second (process time, clock), peak memory."""
    rows, each = [], 0.0
    for n in sorted(sizes):
        if n * each > PATIENCE:
            rows.append([f"{n:,}", "", f"not run: some {n * each:,.0f} s", "", ""])
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "corpus.parquet"
            corpus = make_corpus(n, source)
            size = corpus["text"].str.encode("utf-8").str.len().sum() / 1e6
            corpus.to_parquet(file, index=False)
            del corpus
            command = [sys.executable, __file__, "--code", str(file), "--to", folder]
            used, passed, peak = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
        each = used / n
        rows.append([f"{n:,}", f"{size:.1f}", f"{n / used:,.0f}", f"{n / passed:,.0f}", f"{peak:,.0f}"])
        print(*rows[-1], flush=True, file=sys.stderr)
    return rows


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] + ["---:"] * (len(head) - 1), *rows])


def describe_coding(sizes: list[int], source: Path) -> str:
    """The section of RESULTS.md on coding."""
    n_articles = 2_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corpus.parquet"
        make_corpus(n_articles, source).to_parquet(file, index=False)
        parts = measure_parts(file, Path(folder))
    total = sum(used for name, used, _ in parts if "(" not in name)
    rows = [[name, f"{1e6 * used / n_articles:,.0f}", f"{1e6 * passed / n_articles:,.0f}", f"{n_articles / max(used, 1e-9):,.0f}"] for name, used, passed in parts]
    rate = n_articles / total
    verdict = "reached" if rate >= GOAL else f"missed by {GOAL - rate:,.0f}"
    return f"""## From Parquet to codes and hits

**{rate:,.0f} articles a second on one core**; the goal of {GOAL:,} is {verdict}. Microseconds per article, part by part ({n_articles:,} articles):

{table(["part", "process time", "clock", "articles/s"], rows)}

How it grows; peak memory includes Python, the lexicons and all libraries, some 300 MB.

{table(["articles", "MB", "articles/s", "by the clock", "peak memory, MB"], measure_growth(sizes, source))}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "corpus" / "articles", help="articles to make the corpora from")
    parser.add_argument("--growth", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--code", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.code:
        code_file(options.code, options.to)
    else:
        print(describe_coding(options.growth, options.folder))


if __name__ == "__main__":
    main()
