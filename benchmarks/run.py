"""Measures the tagger, coding and languages: ``make bench``, or ``python benchmarks/run.py``; writes ``benchmarks/RESULTS.md``.

Everything is timed in one run on one core, in process time (what other programs do on the machine counts less), as the median
of five; megabytes are of UTF-8. ``--folder`` makes the corpus from other articles than the teaching ones.
"""

import argparse
import io
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from lesart.compiling import compile_lexicons  # noqa: E402
from lesart.lexicon import Lexicon, parse_lexicon, read_lexicons  # noqa: E402
from lesart.matching import assemble, find_literals  # noqa: E402
from lesart.placing import is_quoted, place  # noqa: E402
from lesart.sentences import LANGUAGES, lay_out  # noqa: E402
from lesart.settling import settle  # noqa: E402
from lesart.tagging import tag_articles  # noqa: E402
from lesart.words import read_words  # noqa: E402

from coding import describe_coding, table  # noqa: E402
from language import describe_languages  # noqa: E402
from make_corpus import ROOT, SEED, make_corpus  # noqa: E402
from peak import peak_megabytes  # noqa: E402
from peers import MISSES, PEERS  # noqa: E402

REPEATS = 5
GOAL = 12  # MB/s, issue 4
# Seconds that one run of a peer may take; a slower one gets fewer of the texts, and the table says how much.
PATIENCE = 4.0

LIMITS = """## What limits us, and what was tried

- A fifth of the time goes into whose voice a hit is in, where nothing is searched for: some 25,000 clauses per MB are cut, and
  those near a mark of speech (a third in either language) are compared by some hundred array operations each. A German verb that may
  be split is a mark only where its particle stands; before, most marks were such verbs without one. The sentence before a mark is read
  only where a rule looks back to it ("Das sagte er"). In English sentences without a mark cannot all be left out, since "She would
  not resign" goes on with what was said and has none; there two milliseconds go into one expression, asked of each verb of saying.
- A tenth goes into sentences, a sixth into words. They are passes over the code points, four bytes each; a pass costs 0.3 to 1.5 ms
  per MB. Sentences took four times as long before most points were settled by the three letters before them, without Python.
- Finding literals is the smallest part. Each distinct word meets the automaton once; a text with more different words takes longer,
  which is why the corpus has as many as news. Phrases are looked for where their rarest word stands, which is most of step 4; one
  look beside it, for the second words of all its phrases at once, leaves two tries of five. Looking up two words that stand side by
  side in a table of all phrases' pairs was no faster: "it is" and "what is" stand everywhere. One automaton over the whole text, as
  before, cost 22 ms per MB, and turning what it returns into arrays another 30.
- A DFA in place of the automaton's default saves 0.7 ms per MB and takes up to four times as long to build, which every edit of a
  lexicon would wait for. Chunks of 1 to 4 MB make no difference; much smaller ones cost up to twice as much.
- Memory given back to the system and fetched again made two runs of the same work differ by up to a tenth and cost 4 ms per MB; now
  it is kept. Numbering words by Arrow is faster than by pandas in a loop of its own and slower in the tagger, for the same reason.
- NumPy's own costs decide much: picking by truth values takes four times as long as by places, nonzero of 64-bit numbers three times
  as long as of truth values, and reading eight bytes from any place twice as long as from places divisible by eight. A look-up
  takes the same time by 32-bit places as by 64-bit ones, so smaller integers gain nothing there.
- Coding spends as much on cleaning as on tagging: its rules ask each short line. One expression for all of them was slower, as it
  asks every line of every rule, however long the line.
- Single words or literal phrases alone are found faster by a set look-up or by pyahocorasick; what is added to them by borders,
  wildcards, sentences, voice and negation is what the other milliseconds are for.
"""


def measure(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Median seconds of the work in process time, and on the clock."""
    used, passed = [], []
    for _ in range(repeats):
        begin, tick = time.process_time(), time.perf_counter()
        work()
        used.append(time.process_time() - begin)
        passed.append(time.perf_counter() - tick)
    return statistics.median(used), statistics.median(passed)


def megabytes(texts: pd.Series | list[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1e6


def literal_patterns(lexicons: list[Lexicon], n: int) -> dict[str, list[str]]:
    """For each language ``n`` of the lexicons' words and phrases that need nothing but literal search, in lower case."""
    chosen = {}
    for language in LANGUAGES:
        every = pd.concat([lexicon.patterns for lexicon in lexicons])
        texts = every.loc[every["language"] == language, "pattern"].str.lower().unique().tolist()
        plain = sorted(text for text in texts if all(word.isalpha() for word in text.split()))
        more = [f"{a} {b}" for a in plain[:200] for b in plain[-60:]]  # pairs of them, should there be too few
        chosen[language] = sorted(random.Random(SEED).sample(plain, min(n, len(plain))) + more[: max(n - len(plain), 0)])
    return chosen


def to_lexicon(patterns: dict[str, list[str]]) -> Lexicon:
    lists = ", ".join(f"{language}: [{', '.join(repr(text) for text in texts)}]" for language, texts in patterns.items())
    return parse_lexicon(f"lexicon: literal\ncategories: {{all: {{all: {{{lists}}}}}}}")


def measure_peers(articles: pd.DataFrame, lexicons: list[Lexicon], n_patterns: int) -> list[tuple[str, float, float, float]]:
    """Name, MB/s in process time and on the clock, and megabytes measured, of ours and each peer, with the same patterns.

    A peer that is not installed has NaN.
    """
    patterns = literal_patterns(lexicons, n_patterns)
    lexicon = to_lexicon(patterns)
    tag_articles(articles.head(2), lexicon, progress=False)
    size = megabytes(articles["text"])
    used, passed = measure(lambda: tag_articles(articles, lexicon, progress=False))
    rows = [("Lesart, these patterns", size / used, size / passed, size)]
    for name, make in PEERS.items():
        try:
            taggers = {language: make(patterns[language], language) for language in LANGUAGES}
        except ImportError:
            rows.append((name, math.nan, math.nan, size))
            continue
        texts = {language: articles.loc[articles["language"] == language, "text"].tolist() for language in LANGUAGES}
        first = {language: some[:5] for language, some in texts.items()}
        run = lambda given, taggers=taggers: [taggers[language](some) for language, some in given.items()]  # noqa: E731
        once = measure(lambda: run(first), 1)[0]  # noqa: B023
        share = min(1.0, PATIENCE / (once * len(articles) / 10))
        given = {language: some[: max(5, int(len(some) * share))] for language, some in texts.items()}
        here = sum(map(megabytes, given.values()))
        used, passed = measure(lambda: run(given))  # noqa: B023
        rows.append((name, here / used, here / passed, here))
        print(n_patterns, *rows[-1], flush=True)
    return rows


def measure_stages(articles: pd.DataFrame, lexicons: list[Lexicon]) -> list[tuple[str, dict[str, float]]]:
    """Milliseconds per MB of each of the six steps, in each language."""
    stages: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        some = articles[articles["language"] == language]
        compiled = compile_lexicons(lexicons, language)
        texts, titles = some["text"].tolist(), some["title"].tolist()
        size = megabytes(texts)
        layout = lay_out(texts, titles, language)
        words = read_words(layout.characters)
        found = find_literals(words, compiled)
        matches = assemble(found, words, layout, compiled)
        settled = settle(matches, compiled)
        is_mark = compiled.is_mark[settled.pattern]
        marks, hits = settled.take(is_mark.nonzero()[0]), settled.take((~is_mark).nonzero()[0])
        steps = {
            "1 lay_out": lambda: lay_out(texts, titles, language),  # noqa: B023
            "2 read_words": lambda: read_words(layout.characters),  # noqa: B023
            "3 find": lambda: find_literals(words, compiled),  # noqa: B023
            "4 assemble": lambda: assemble(found, words, layout, compiled),  # noqa: B023
            "5 settle": lambda: settle(matches, compiled),  # noqa: B023
            "6 place": lambda: place(settled, layout, compiled),  # noqa: B023
            "  of which voice": lambda: is_quoted(hits.start, marks, compiled.kind[marks.pattern], layout, np.zeros(len(hits.start), bool)),  # noqa: B023
            "whole, with the table": lambda: tag_articles(some, lexicons, progress=False),  # noqa: B023
        }
        for name, step in steps.items():
            stages.setdefault(name, {})[language] = 1000 * measure(step)[0] / size
    return list(stages.items())


def measure_growth(n_articles: int, options: argparse.Namespace, folder: Path) -> tuple[int, float, float, int, float]:
    """Articles, megabytes, MB/s, repeats and peak memory (MB) of tagging so many articles with both lexicons."""
    path = folder / f"{n_articles}.parquet"
    make_corpus(n_articles, options.folder).to_parquet(path, index=False)
    repeats = REPEATS if n_articles <= 10_000 else 1
    answer = subprocess.run(
        [sys.executable, __file__, "--tag", str(path), "--repeats", str(repeats)], capture_output=True, text=True, check=True
    ).stdout.split()
    path.unlink()
    print(n_articles, answer, flush=True)
    return n_articles, float(answer[0]), float(answer[1]), repeats, float(answer[2])


def tag_file(path: Path, repeats: int) -> None:
    """Tags a Parquet file in this process and prints megabytes, MB/s and peak memory."""
    articles, lexicons = pd.read_parquet(path), read_lexicons(ROOT / "lexicons")
    size = megabytes(articles["text"])
    tag_articles(articles.head(4), lexicons, progress=False)
    seconds = measure(lambda: tag_articles(articles, lexicons, progress=False), repeats)[0]
    print(size, size / seconds, peak_megabytes())


def find_version(name: str) -> str:
    """The version of a package; empty for one that is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def write_results(options: argparse.Namespace) -> str:
    lexicons = read_lexicons(ROOT / "lexicons")
    articles = make_corpus(1000, options.folder)
    size = megabytes(articles["text"])
    hits = tag_articles(articles, lexicons, progress=False)
    whole, clock = measure(lambda: tag_articles(articles, lexicons, progress=False))
    bytes_ = [text.encode() for text in articles["text"]]
    lower = measure(lambda: [text.decode().lower().encode() for text in bytes_])[0]
    stages = measure_stages(articles, lexicons)
    peers = {n: measure_peers(articles, lexicons, n) for n in (100, 1000, 10_000)}
    with tempfile.TemporaryDirectory() as folder:
        growth = [measure_growth(n, options, Path(folder)) for n in options.growth]
    with redirect_stdout(io.StringIO()) as languages:
        describe_languages([], 1000, options.folder)
    n_patterns = sum(len(lexicon.patterns) for lexicon in lexicons)
    ours = size / whole
    verdict = "reached" if ours >= GOAL else f"missed by {GOAL - ours:.1f} MB/s"
    rates = [[f"**Lesart, everything** ({n_patterns:,} patterns)", *[f"**{ours:.1f}**"] * 3, f"{size / clock:.1f}", "", "nothing"]]
    for row in range(len(PEERS) + 1):
        name = peers[100][row][0]
        if math.isnan(peers[1000][row][1]):
            rates.append([name, *["not installed"] * 3, "", "", MISSES[name]])
            continue
        figures = [*(f"{peers[n][row][1]:.2f}" for n in peers), f"{peers[1000][row][2]:.2f}"]
        rates.append([name, *figures, f"{peers[1000][0][1] / peers[1000][row][1]:.1f}", MISSES.get(name, "nothing")])
    used = [f"{name} {peers[n][row][3]:.2f} MB with {n:,} patterns" for n in peers for row, (name, *_) in enumerate(peers[n]) if peers[n][row][3] < size * 0.99]
    versions = ", ".join(f"{name} {number}" for name in ("numpy", "pandas", "flashtext", "pyahocorasick", "spacy", "scikit-learn") if (number := find_version(name)))
    return f"""# How fast, against what

`make bench` wrote this: one core, one run, medians of {REPEATS}, process time, megabytes of UTF-8. {os.cpu_count()} cores, Python
{platform.python_version()}, {versions}. The corpus is made by `make_corpus.py` from {"the teaching articles" if options.folder == ROOT / "corpus" / "articles" else "other articles"} (seed {SEED}):
1,000 articles, {size:.2f} MB, {len(hits):,} hits of both shipped lexicons.

**Articles in, complete hits table out: {ours:.1f} MB/s** ({size / clock:.1f} by the clock, which counts what else the machine did); the goal of {GOAL} MB/s is {verdict}.
Only reading the bytes, lower-casing them and writing them back runs at {size / lower:.0f} MB/s: the tagger takes {whole / lower:.0f} times as long.

## Peers

MB/s on the same texts with the same literal patterns (words and phrases); the patterns are all that the peers do, while the first
line has wildcards, gaps and exceptions too. The ratio is Lesart's rate to theirs with 1,000 patterns.

{table(["", "100 patterns", "1,000", "10,000", "1,000 by the clock", "ratio", "does not deliver"], rates)}

{"Slow ones got fewer of the texts: " + "; ".join(used) + "." if used else "All got all texts."}

## Stage by stage

Milliseconds per MB.

{table(["step", *LANGUAGES], [[name, *(f"{figures[language]:.1f}" for language in LANGUAGES)] for name, figures in stages])}

## How tagging grows

Both lexicons, from Parquet in memory to the hits table in memory, in a process of its own.

{table(["articles", "MB", "MB/s", "runs", "peak memory, MB"], [[f"{n:,}", f"{mb:.1f}", f"{rate:.1f}", str(repeats), f"{peak:,.0f}"] for n, mb, rate, repeats, peak in growth])}

{describe_coding(options.growth, options.folder)}
## Languages

Against langdetect on the same characters; articles a second in process time.

{languages.getvalue()}
{LIMITS}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "corpus" / "articles")
    parser.add_argument("--growth", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "RESULTS.md")
    parser.add_argument("--tag", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=REPEATS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tag:
        tag_file(options.tag, options.repeats)
    else:
        options.out.write_text(write_results(options), encoding="utf-8")


if __name__ == "__main__":
    main()
