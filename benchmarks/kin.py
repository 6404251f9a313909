"""Measures what finds the same story twice: ``python benchmarks/kin.py 100000``, or with ``--parallel de.txt en.txt documents.txt``
(NTREX-128, Federmann, Kocmi and Xin 2022, line by line as for ``real_press.py``) how many of the translations are found.

The corpus is made up (``make_corpus.py``); planted in it are copies with every thirtieth word changed, cuts to two fifths, and
stories that a German and an English article tell by the same six names, eight figures and two voices, each in an event that a
third article is on with half of them. Printed: seconds, the most memory, and of each kind how many pairs were found. Pairs that
were not planted are collages of the same paragraphs, or copy and cut of one article.
"""

import argparse
import random
import time
from pathlib import Path

import pandas as pd

from lesart.lineage import find_kin

from make_corpus import SEED, make_corpus
from peak import peak_megabytes
from real_press import read_parallel

_SENTENCES = {
    "de": [
        "Die Firma {a} zahlt {x} Millionen Euro für {b}.",
        "„Das haben wir so nicht erwartet“, sagte {c} am Montag.",
        "Betroffen sind {y} Menschen, wie {d} mitteilte.",
        "„Wir werden das alles noch einmal prüfen“, sagte {e}.",
        "Im vergangenen Jahr waren es {z} Prozent, rechnet {f} vor.",
        "Danach folgten noch {u} Fälle.",
    ],
    "en": [
        "The company {a} pays {x} million euros for {b}.",
        "“We had not expected it to be so,” said {c} on Monday.",
        "It concerns {y} people, {d} announced.",
        "“We shall look into all of it once more,” said {e}.",
        "Last year it was {z} percent, {f} reckons.",
        "After that there were {u} further cases.",
    ],
}
_SYLLABLES = "ba be bo da do fa fe ga go ha ho ka ke la le lo ma mo na no pa ra ri ro sa se ta to va vo wa za".split()


def plant(articles: pd.DataFrame, share: float = 0.05) -> tuple[pd.DataFrame, dict[str, set[tuple[str, str]]]]:
    """The articles with planted kin behind them, and the pairs of each kind."""
    dice = random.Random(SEED)
    n_each = max(1, int(len(articles) * share))
    rows, pairs = [], {"copy": set(), "cut": set(), "adaptation": set()}
    for kind in ("copy", "cut"):
        for i in dice.sample(range(len(articles)), n_each):
            name, words = f"{kind}-{i}", articles["text"][i].split(" ")
            words = [("anders" if kind == "copy" and k % 30 == 7 else word) for k, word in enumerate(words)]
            words = words if kind == "copy" else words[: max(60, len(words) * 2 // 5)]
            rows.append((name, "", " ".join(words), articles["language"][i], ""))
            pairs[kind].add((articles["article"][i], name))
    for i in range(n_each):
        told = _invent(dice)
        half = {key: value if key in "abx" else other for (key, value), other in zip(told.items(), _invent(dice).values(), strict=True)}
        for name, language, facts in ((f"de-{i}", "de", told), (f"en-{i}", "en", told), (f"other-{i}", dice.choice(["de", "en"]), half)):
            rows.append((name, "", " ".join(_SENTENCES[language]).format(**_write(facts, language)), language, ""))
        pairs["adaptation"].add((f"de-{i}", f"en-{i}"))
    return pd.concat([articles, pd.DataFrame(rows, columns=articles.columns)], ignore_index=True), pairs


def _invent(dice: random.Random) -> dict[str, object]:
    names = {key: " ".join("".join(dice.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2)) for key in "abcdef"}
    return names | {"x": dice.randint(130, 999) / 10, "y": dice.randint(1_300, 900_000), "z": dice.randint(13, 980) / 10, "u": dice.randint(130, 9_000)}


def _write(facts: dict[str, object], language: str) -> dict[str, str]:
    written = {key: f"{value:,}" if isinstance(value, (int, float)) else str(value) for key, value in facts.items()}
    return {key: value.translate({44: ".", 46: ","}) if language == "de" else value for key, value in written.items()}


def report_parallel(news: pd.DataFrame) -> None:
    """Of documents and their translations: how many pairs are found, and how many other pairs."""
    pairs = {tuple(sorted(own)) for _, own in news.groupby("document")["article"]}
    got = {tuple(sorted(pair)) for pair in find_kin(news)[["article", "kin"]].to_numpy().tolist()}
    print(f"translations: {len(got & pairs)} of {len(pairs)} found; other pairs: {len(got - pairs)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n_articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--parallel", nargs=3, type=Path, metavar="FILE")
    given = parser.parse_args()
    if given.parallel:
        report_parallel(read_parallel(*given.parallel))
        return
    articles, planted = plant(make_corpus(given.n_articles))
    start = time.process_time()
    found = find_kin(articles)
    seconds = time.process_time() - start
    got = set(map(tuple, found[["article", "kin"]].to_numpy().tolist()))
    print(f"{len(articles):,} articles, {seconds:.0f} s, {peak_megabytes() / 1e3:.1f} GB at most")
    for kind, pairs in planted.items():
        print(f"{kind}: {len(pairs & got)} of {len(pairs)} found")
    print(f"not planted: {len(got - set().union(*planted.values()))}")


if __name__ == "__main__":
    main()
