"""Coders' sheets: who coded which article how, and what the coders of an article say together."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd

from .errors import CorpusError
from .lexicon import SHEET_COLUMNS
from .stance import STANCES
from .topics import TOPICS

# The lexicon's name among coders.
LEXICON = "lexicon"


def read_codes(path: str | Path) -> pd.DataFrame:
    """The codes in a CSV file.

    A row is a coder's reading of an article; columns ``article`` (in the file also ``id``), ``coder`` (empty where the
    file names none), ``stance``, ``sure``, then the topic shares in percent; ordered as in the file. Raises CorpusError,
    naming file and line, for a missing column or a stance that the codebook does not know.
    """
    path = Path(path)
    try:
        codes = pd.read_csv(path, encoding="utf-8-sig", dtype={"id": str, "article": str, "coder": str})
    except OSError as fault:
        raise CorpusError(f"{path}: cannot be read ({fault.strerror or fault}); check the path") from None
    except ValueError as fault:
        raise CorpusError(f"{path}: not a readable CSV file ({' '.join(str(fault).split())[:100]}); save it as CSV in UTF-8") from None
    codes = codes.rename(columns={"id": "article"})
    missing = [column for column in ("article", "stance") if column not in codes]
    if missing:
        raise CorpusError(f"{path}: no column {missing[0]!r}; columns are {', '.join(codes)}")
    if "coder" not in codes:
        codes.insert(1, "coder", "")
    codes["stance"] = codes["stance"].astype(object).fillna("").astype(str)
    wrong = codes[~codes["stance"].isin(STANCES)]
    if len(wrong):
        raise CorpusError(f"{path}:{wrong.index[0] + 2}: stance {wrong['stance'].iloc[0]!r}; allowed are {', '.join(STANCES)}")
    return codes


def merge_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """What the coders of each article say together.

    A row is an article (index, sorted); columns ``stance`` (of the majority; where they are split evenly, of the surer
    coder, then the codebook's first) and the mean topic shares in percent. Other columns, a note of a coder's, are left
    out. Raises CorpusError for a topic whose shares are not all numbers.
    """
    sure = codes["sure"] if "sure" in codes else pd.Series(1, index=codes.index)
    votes = codes.assign(vote=1 + sure / 1000).pivot_table(index="article", columns="stance", values="vote", aggfunc="sum", fill_value=0)
    votes = votes.reindex(columns=list(STANCES), fill_value=0)
    topics = _find_topics(codes)
    check_shares(codes, topics)
    return codes.groupby("article")[topics].mean().assign(stance=votes.idxmax(axis=1))[["stance", *topics]]


def read_sheet(path: str | Path) -> pd.DataFrame:
    """The codes in a CSV file, as ``read_codes`` gives them; articles that the lexicon could not code are left out.

    Raises CorpusError as ``read_codes`` does.
    """
    with suppress(OSError, ValueError):  # read_codes says what is wrong
        codes = pd.read_csv(path, encoding="utf-8-sig", dtype={"article": str, "coder": str})
        if {"article", "stance", "margin"} <= set(codes) and codes["stance"].dropna().isin(STANCES).all():
            return codes.dropna(subset="stance")
    return read_codes(path)


def join_sheets(sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The codes of several sheets (name → table as ``read_sheet`` gives it) in one table.

    A row is a coder's reading of an article, in the order of the sheets; columns ``article``, ``coder``, ``stance``,
    ``sure``, ``margin`` (NaN for people), ``language`` (from whichever sheet names it, else empty), ``reference``
    (whether the coder is one that the first sheet names), then the topics of the first sheet. A sheet that names no coder is
    called by its name, one with a margin ``lexicon``. Articles that a coder gave no stance are left out. Raises
    CorpusError where a coder has two rows for an article, a topic is not a number, or the sheets have no article in common.
    """
    pieces = []
    for name, sheet in sheets.items():
        own = LEXICON if "margin" in sheet and LEXICON not in {coder for piece in pieces for coder in piece["coder"]} else name
        coder = sheet["coder"].fillna("").replace("", own) if "coder" in sheet else own
        pieces.append(sheet.assign(coder=coder)[sheet["stance"].isin(STANCES)])
    first = pieces[0]
    topics = _find_topics(first)
    codes = pd.concat(pieces, ignore_index=True).reindex(columns=["article", "coder", "stance", "sure", "margin", "language", *topics])
    _check(codes, topics)
    reference = codes["coder"].isin(first["coder"])
    if not reference.all() and not set(codes.loc[reference, "article"]) & set(codes.loc[~reference, "article"]):
        raise CorpusError(f"no article that {', '.join(first['coder'].unique())} coded is in another sheet; ids must be the same in all")
    told = codes[codes["language"].notna()].drop_duplicates("article")
    language = dict(zip(told["article"], told["language"], strict=True))
    codes["language"] = [language.get(article, "") for article in codes["article"]]
    codes.insert(6, "reference", reference)
    return codes


def _check(codes: pd.DataFrame, topics: list[str]) -> None:
    twice = codes[codes.duplicated(["article", "coder"])]
    if len(twice):
        raise CorpusError(f"{twice['article'].iloc[0]}: coded twice by {twice['coder'].iloc[0]!r}; give each coder a name of their own in 'coder'")
    check_shares(codes, topics)


def _find_topics(codes: pd.DataFrame) -> list[str]:
    """The columns of a sheet that are topics: known ones, and what else is a number."""
    return [topic for topic in codes if topic not in SHEET_COLUMNS and (topic in TOPICS or pd.api.types.is_numeric_dtype(codes[topic]))]


def check_shares(codes: pd.DataFrame, topics: Iterable[str], file: str = "") -> None:
    """Raises CorpusError, naming the file, for one of the topics in ``codes`` whose shares are not all numbers."""
    for topic in topics:
        if topic in codes and not pd.api.types.is_numeric_dtype(codes[topic]):
            raise CorpusError(f"{file and f'{file}: '}topic {topic!r}: not all its shares are numbers; write percent, as 12.5")


def topics_of(codes: pd.DataFrame) -> list[str]:
    """The topics of a table of codes, in its order."""
    return [column for column in codes if column not in SHEET_COLUMNS]


def name_coders(codes: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The reference coders and the other coders, each in order of mention."""
    known = codes.drop_duplicates("coder")
    return known.loc[known["reference"], "coder"].tolist(), known.loc[~known["reference"], "coder"].tolist()
