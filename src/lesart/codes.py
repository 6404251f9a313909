"""Coders' sheets: who coded which article how, and what the coders of an article say together."""

from pathlib import Path

import pandas as pd

from .errors import CorpusError
from .stance import STANCES


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
    coder, then the codebook's first) and the mean topic shares in percent.
    """
    sure = codes["sure"] if "sure" in codes else pd.Series(1, index=codes.index)
    votes = codes.assign(vote=1 + sure / 1000).pivot_table(index="article", columns="stance", values="vote", aggfunc="sum", fill_value=0)
    votes = votes.reindex(columns=list(STANCES), fill_value=0)
    topics = [column for column in codes if column not in ("article", "coder", "stance", "sure", "difficulty")]
    return codes.groupby("article")[topics].mean().assign(stance=votes.idxmax(axis=1))[["stance", *topics]]
