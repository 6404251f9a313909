"""What bears on every finding: agreement with people who coded, and what hangs on single entries of the lexicons."""

import pandas as pd
from scipy.stats import binomtest

from ..agreement import LEXICON, TOGETHER, compare_topics, name_coders
from ..figures.labels import listing, name_feature, name_of, number, percent
from ..figures.tables import corpora_of
from .findings import Finding, join, say
from .measuring import Measured


def tell_agreement(measured: Measured, labels: str) -> Finding:
    """How far the lexicon agrees with the coders, each corpus by itself."""
    ask = say("ask_agreement", labels)
    if measured.judged.empty:
        return Finding("agreement", ask, say("agree_none", labels), say("agree_none_sure", labels))
    corpus = measured.study.articles.set_index("article")["corpus"].reindex(measured.judged["article"]).to_numpy()
    judged = measured.judged.assign(corpus=corpus, same=measured.judged["stance"] == measured.judged["coded"])
    told = []
    for name in corpora_of(judged):
        own = judged.loc[judged["corpus"] == name, "same"]
        ends = binomtest(int(own.sum()), len(own)).proportion_ci(method="wilson")
        where = say("agree_corpus", labels, corpus=name_of("corpora", name, labels)) if name else ""
        values = {"right": number(own.sum(), labels), "n": number(len(own), labels), "low": percent(100 * ends.low, labels), "high": percent(100 * ends.high, labels)}
        told.append(say("agree_share", labels, corpus=where, **values))
    unseen = say("agree_unseen", labels) if measured.unseen else ""
    return Finding("agreement", ask, join(*told, _tell_topics(measured.codes, labels)), join(unseen, say("agree_alpha", labels)))


def _tell_topics(codes: pd.DataFrame, labels: str) -> str:
    table = compare_topics(codes)
    if table.empty:
        return ""
    row = table[(table["against"] == TOGETHER) & (table["topic"] == "all") & (table["language"] == "both")].iloc[0]
    return "" if row["r"] != row["r"] else say("agree_topics", labels, r=number(row["r"], labels, 2), mae=number(row["mae_points"], labels, 1))


def list_agreement(measured: Measured, labels: str) -> list[dict[str, str]]:
    """The rows of the table of agreement: ``who``, ``language``, ``articles``, ``same``, ``alpha`` (with its interval), in words."""
    if measured.codes.empty:
        return []
    reference, _ = name_coders(measured.codes)
    names = {f"{LEXICON} with {TOGETHER}": "together", f"{LEXICON} with {', '.join(reference)}": "lexicon", ", ".join(reference): "coders"}
    table = measured.agreement
    rows = []
    for row in table[table["coders"].isin(names)].itertuples():
        ends = "" if row.low != row.low else f" [{number(row.low, labels, 2)}; {number(row.high, labels, 2)}]"
        language = say("both", labels) if row.language == "both" else name_of("languages", row.language, labels)
        told = {"who": say(f"who_{names[row.coders]}", labels), "language": language, "articles": number(row.articles, labels)}
        rows.append(told | {"same": "–" if row.same != row.same else percent(100 * row.same, labels), "alpha": number(row.alpha, labels, 2) + ends})
    return rows


def tell_robustness(measured: Measured, labels: str) -> Finding:
    """What flips when one entry is left out."""
    table = measured.figures["robustness"]
    families, signs = table[table["conclusion"] == "stance"], table[table["conclusion"] == "sign"]
    told = []
    if len(families):
        n = number(families["n_of"].iloc[0], labels)
        most = families["n_flips"].max()
        named = [name_feature(name, labels) for name in families.loc[families["n_flips"] == most, "name"]]
        values = {"k": number(most, labels), "n": n, "family": listing(named, labels)}
        told.append(say("robust_families", labels, **values) if most else say("robust_none", labels, n=n))
    if len(signs) and not signs["difference_points"].isna().any():
        hang = [name_of("topics", name, labels) for name in signs.loc[signs["n_flips"] > 0, "name"]]
        key = "robust_no_signs" if not hang else "robust_all_signs" if len(hang) == len(signs) else "robust_signs"
        told.append(say(key, labels, topics=listing(hang, labels)))
    return Finding("robustness", say("ask_robustness", labels), join(*told), say("robust_sure", labels), ("robustness",))
