"""Measures the import of a large table: ``python benchmarks/import_speed.py [100000]``; prints time and peak memory.

The table is made in pieces from the teaching articles (``make_corpus.py``, the same seed, the same table) and lies in a
temporary folder, as the corpus does. Import and reading back the names run in a process of their own, whose peak memory it is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow
from pyarrow.parquet import ParquetFile, ParquetWriter

from make_corpus import SEED, make_corpus
from peak import peak_megabytes

N_ARTICLES = 100_000
GOAL = 120  # seconds, on one core
_PIECE = 10_000


def make_table(path: Path, n_articles: int) -> float:
    """Write a table whose columns have other names than ours; its megabytes of text."""
    size, writer = 0, None
    for piece in range(0, n_articles, _PIECE):
        made = make_corpus(min(_PIECE, n_articles - piece), seed=SEED + piece)
        size += made["text"].str.len().sum()
        table = pyarrow.table({"headline": made["title"], "body": made["text"], "medium": made["outlet"], "datum": ["13.06.2025"] * len(made)})
        writer = writer or ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()
    return size / 1e6


def import_table(path: Path, corpus: Path) -> None:
    """What the measured process does."""
    from lesart.importing import add_sources, sum_up

    begin, used = time.perf_counter(), time.process_time()
    report = add_sources([path], corpus, progress=False)
    seconds, used = time.perf_counter() - begin, time.process_time() - used
    peak = peak_megabytes()
    print(f"{sum_up(report)[0]} in {seconds:.0f} s ({used:.0f} s of one core), peak memory {peak:,.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("n_articles", nargs="?", type=int, default=N_ARTICLES)
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        import_table(*options.one)
        return
    with tempfile.TemporaryDirectory() as folder:
        path, corpus = Path(folder) / "table.parquet", Path(folder) / "corpus" / "articles"
        print(f"{options.n_articles:,} articles, {make_table(path, options.n_articles):,.0f} million characters; goal {GOAL} s")
        for what in ("first import", "the same again"):
            print(f"{what}: ", end="", flush=True)
            subprocess.run([sys.executable, __file__, "--one", path, corpus], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
        with ParquetFile(corpus / "table.parquet") as written:
            print(f"written: {written.metadata.num_rows:,} articles, {(corpus / 'table.parquet').stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
