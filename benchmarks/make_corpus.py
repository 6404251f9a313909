"""Makes a large corpus for the benchmarks out of a small one: ``python benchmarks/make_corpus.py 10000 corpus.parquet``.

Each article takes its paragraphs, in random order, from the articles of one language in a folder (the teaching articles unless
``--folder`` says otherwise), which keeps the rate of hits what it is in them. A repeated text has few different words, and a tagger
that looks each of them up once would look faster than it is; so a third of the longer words are replaced by made-up ones, most of
them new, until the texts have as many different words as news have (about 9,000 in the first 40,000 words, and as many hits per
megabyte: 30,000). The same seed gives the same corpus.
"""

import argparse
import random
import re
from pathlib import Path

import pandas as pd

from lesart.articles import read_corpus

ROOT = Path(__file__).resolve().parents[1]
SEED = 20250613
# One word in so many of those with five letters or more is replaced by a made-up one.
_ONE_IN = 3
_REPLACED = re.compile(r"\b\w{5,}\b")
_SYLLABLES = "an bar ber den dor el fen gar hol in kal kor lan ler mar men nau nor os pel ran rin sal sen tar tel ur van wel zor".split()


def make_corpus(n_articles: int, folder: Path = ROOT / "corpus" / "articles", seed: int = SEED) -> pd.DataFrame:
    """The articles table of ``n_articles`` made-up articles, half of them in each language of the folder, in turn."""
    dice = random.Random(seed)
    source = read_corpus(folder, progress=False)
    source = source[source["language"].isin(["de", "en"])]
    pools = {language: _read_pool(texts) for language, texts in source.groupby("language")["text"]}
    rows = []
    for number in range(n_articles):
        language = sorted(pools)[number % len(pools)]
        titles, paragraphs, lengths = pools[language]
        title = _vary(dice.choice(titles), dice)
        body = [_vary(dice.choice(paragraphs), dice) for _ in range(dice.choice(lengths))]
        rows.append((f"{number:07d}", title, "\n\n".join([title, *body]), language, f"outlet {number % 12}"))
    return pd.DataFrame(rows, columns=["article", "title", "text", "language", "outlet"])


def _read_pool(texts: pd.Series) -> tuple[list[str], list[str], list[int]]:
    """Titles, paragraphs, and how many paragraphs the articles have."""
    blocks = [text.split("\n\n") for text in texts]
    return [head for head, *_ in blocks], [block for _, *body in blocks for block in body], [max(len(body), 1) for _, *body in blocks]


def _vary(text: str, dice: random.Random) -> str:
    return _REPLACED.sub(lambda word: _new_word(word[0], dice) if dice.randrange(_ONE_IN) == 0 else word[0], text)


def _new_word(like: str, dice: random.Random) -> str:
    """A word of about that length that is most likely new; a fifth of them are of a thousand common ones, as names are."""
    if dice.randrange(5) == 0:
        dice = random.Random(dice.randrange(1000))
    word = "".join(dice.choice(_SYLLABLES) for _ in range(max(3, len(like) // 3)))
    return word.capitalize() if like[0].isupper() else word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n_articles", type=int)
    parser.add_argument("path", type=Path, help="where the Parquet file goes")
    parser.add_argument("--folder", type=Path, default=ROOT / "corpus" / "articles", help="articles to make it from")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    make_corpus(options.n_articles, options.folder, options.seed).to_parquet(options.path, index=False)


if __name__ == "__main__":
    main()
