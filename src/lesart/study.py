"""A whole study in one step: corpus and lexicons in, every table out; what the notebooks do piece by piece."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .articles import select_codable
from .errors import CorpusError
from .lexicon import Lexicon, read_lexicons
from .press import has_articles, join_tables, read_part, read_press
from .sentences import LANGUAGES
from .stance import StanceModel, read_model, stances
from .topics import topic_weights
from .wording import say


@dataclass(frozen=True)
class Study:
    """The tables of a study (DESIGN.md, "The tables"), with the lexicons and the model that made them.

    ``articles`` has a column ``corpus``: the name of the folder below ``corpus/`` an article is from, ``articles`` called
    ``teaching`` where a ``key.csv`` says what they were written to be; empty where there is only that folder. ``sealed``
    tells articles without a text here.
    ``left_out`` lists what could not be coded: columns ``article``, ``problem``.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    hits: pd.DataFrame
    stances: pd.DataFrame
    weights: pd.DataFrame
    lexicons: list[Lexicon]
    model: StanceModel
    left_out: pd.DataFrame


def find_study(start: str | Path | None = None) -> Path:
    """The study folder here or above: the one that holds ``corpus/``.

    Raises CorpusError where there is none.
    """
    here = Path(start or Path.cwd()).resolve()
    for folder in (here, *here.parents[:3]):
        if (folder / "corpus").is_dir():
            return folder
    raise CorpusError(f"{here.name or here}: no folder 'corpus' here or above; run inside a study folder")


def load_study(folder: str | Path | None = None, *, progress: bool = False) -> Study:
    """Read, tag and measure the corpus of a study folder: texts and sheets in ``corpus/articles``, sheets in ``corpus/press``.

    Raises CorpusError for a folder without articles, and as ``read_part`` and ``read_lexicons`` do.
    """
    folder = find_study(folder)
    lexicons, model = read_lexicons(folder / "lexicons"), read_model(folder / "lexicons" / "stance_model.yaml")
    corpus = folder / "corpus"
    press, *press_tables = read_press(corpus / "press", lexicons)
    if len(press) and (corpus / "articles").is_dir() and not has_articles(corpus / "articles"):
        read, *tables = press[:0].assign(sealed=False, problem=""), *(table[:0] for table in press_tables)
    else:
        read, *tables = read_part(corpus / "articles", lexicons, progress=progress)
    left_out = read.loc[read["problem"] != "", ["article", "problem"]].reset_index(drop=True)
    told = "teaching" if (corpus / "key.csv").is_file() else "articles" if len(press) else ""
    articles = join_tables(select_codable(read).assign(corpus=told), press.assign(corpus="press"))
    articles["sealed"] = articles["sealed"].astype(bool)
    _check_ids(articles)
    sentences, hits = (join_tables(*both) for both in zip(tables, press_tables, strict=True))
    topics = next(lexicon for lexicon in lexicons if lexicon.name == "topics").categories
    tags, weights = stances(hits, articles, model), topic_weights(hits, articles, topics)
    return Study(articles, sentences, hits, tags, weights, lexicons, model, left_out)


def _check_ids(articles: pd.DataFrame) -> None:
    """Raises CorpusError where an article of ``corpus/articles`` and one of ``corpus/press`` have the same id."""
    twice = articles.loc[articles["article"].duplicated(), "article"]
    if len(twice):
        raise CorpusError(f"{twice.iloc[0]}: an id in corpus/articles and in corpus/press; give one of the two articles another")


def list_missing(study: Study, folder: str | Path | None = None, labels: str = "en") -> list[str]:
    """What a study has not, each in a sentence that says what follows from it; in a fixed order, English or German."""
    corpus = find_study(folder) / "corpus"
    counts = {code: int((study.articles["language"] == code).sum()) for code in LANGUAGES}
    told = [f"no_{code}" for code, n in counts.items() if n == 0] or [f"one_{code}" for code, n in counts.items() if n == 1]
    files = {"no_codes": "codes.csv", "no_key": "key.csv", "no_register": "press/register.csv"}
    told += [key for key, file in files.items() if not (corpus / file).is_file()]
    n_sealed = int(study.articles["sealed"].sum())
    return [say("study", key, labels, n=n_sealed) for key in [*told, *["sealed"] * bool(n_sealed)]]


def code_articles(articles: pd.DataFrame, hits: pd.DataFrame, model: StanceModel, topics: list[str]) -> pd.DataFrame:
    """The lexicon's codes, in the shape of a coder's sheet.

    A row is an article, in order; columns ``article``, ``language``, ``stance``, ``sure``, ``promotional``, ``critical``,
    ``reportorial``, ``margin``, then each topic's share in percent (2 places, summing to exactly 100, or all 0 where no
    topic was found). An article that cannot be coded has an empty stance and zeros.
    """
    table = stances(hits, articles, model)
    shares = topic_weights(hits, articles, topics, intervals=False)["weight"].to_numpy().reshape(len(articles), len(topics))
    codes = table[["article", "stance", "sure", "promotional", "critical", "reportorial", "margin"]].copy()
    codes.insert(1, "language", articles["language"].to_numpy())
    codes[topics] = _to_percent(shares)
    return codes


def _to_percent(shares):  # noqa: ANN001, ANN202
    """Shares in percent with two places, rounded by largest remainder so that each row sums to exactly 100."""
    import numpy as np

    units = shares * 10_000
    floor = np.floor(units + 1e-9)
    missing = np.where(shares.sum(axis=1) > 0, 10_000 - floor.sum(axis=1), 0).astype(int)
    rank = np.argsort(np.argsort(-(units - floor), axis=1, kind="stable"), axis=1, kind="stable")
    return (floor + (rank < missing[:, None])) / 100
