"""What the figures' tables have in common: who an article is, in the order that every figure keeps."""

from collections.abc import Sequence

import pandas as pd

from ..sentences import LANGUAGES
from ..stance import STANCES
from .style import CORPORA


def list_articles(articles: pd.DataFrame, stances: pd.DataFrame | None = None) -> pd.DataFrame:
    """The German and English articles as figures need them.

    A row is an article; columns ``article``, ``language``, ``corpus`` (empty where the study tells no corpora apart)
    and, with ``stances``, ``stance`` (empty where there is none); ordered by language, corpus (teaching, press, others),
    stance, then id.
    """
    table = articles[articles["language"].isin(LANGUAGES)][["article", "language"]].copy()
    table["corpus"] = articles["corpus"].reindex(table.index).fillna("").astype(str) if "corpus" in articles else ""
    if stances is not None:
        table["stance"] = table["article"].map(stances.set_index("article")["stance"]).fillna("").astype(object)
    ranks = pd.DataFrame({"language": _rank(table["language"], LANGUAGES), "corpus": _rank(table["corpus"], CORPORA)})
    if stances is not None:
        ranks["stance"] = _rank(table["stance"], STANCES)
    order = ranks.assign(article=table["article"]).sort_values(list(ranks) + ["article"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _rank(values: pd.Series, known: Sequence[str]) -> pd.Series:
    """The place of each value: known ones first, in their order, others by name."""
    others = sorted(set(values) - set(known))
    return values.map({value: place for place, value in enumerate([*known, *others])})


def corpora_of(table: pd.DataFrame) -> list[str]:
    """The corpora of a table in the order of every figure."""
    return sorted(set(table["corpus"]), key=lambda corpus: (CORPORA.index(corpus) if corpus in CORPORA else len(CORPORA), corpus))
