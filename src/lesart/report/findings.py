"""The findings of a study in sentences, each computed from the table of its figure: what was asked, what was found, how sure it is.

Where an interval includes zero, the sentence says that no difference is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from .. import wording
from ..figures.labels import listing, name_feature, name_of, number, percent
from ..figures.labels import say as say_label
from ..stance import STANCES, SURE_MARGINS
from .measuring import Measured

say = partial(wording.say, "report")
# The first part of an article, as the figure of places has it: three tenths.
_FIRST_TENTHS = 3
# Percentile intervals of a mean of n articles are too narrow, by some 40 % at 5 and 20 % at 10 (the quantiles of t against
# those of the normal, and n against n − 1): with fewer they find differences where there are none.
_LEAST_ARTICLES = 10


@dataclass(frozen=True)
class Finding:
    """One finding in one language: ``figures`` are names in ``FIGURES``, the first of them shows it; ``note`` bounds it."""

    name: str
    question: str
    answer: str
    sure: str
    figures: tuple[str, ...] = ()
    note: str = ""


def list_findings(measured: Measured, labels: str) -> list[Finding]:
    """All findings that the study allows, those on the languages first."""
    from .checks import tell_agreement, tell_robustness

    tellers: dict[str, Callable[[Measured, str], Finding]] = {
        "topic_contrast": tell_topic_contrast,
        "stance_shares": tell_stance_shares,
        "topic_stances": tell_topic_stances,
        "stance_map": tell_stance_map,
        "topic_heatmap": tell_topic_heatmap,
        "topic_positions": tell_topic_positions,
        "stance_explanation": tell_stance_explanation,
        "robustness": tell_robustness,
    }
    told = [tell(measured, labels) for name, tell in tellers.items() if name in measured.figures]
    return [*told[:-1], tell_agreement(measured, labels), told[-1]] if "robustness" in measured.figures else [*told, tell_agreement(measured, labels)]


def join(*sentences: str) -> str:
    """Sentences as a text; empty ones are left out."""
    return " ".join(sentence for sentence in sentences if sentence)


def tell_differences(table: pd.DataFrame, names: dict[str, str], keys: tuple[str, str, str], labels: str) -> list[str]:
    """A sentence for each row whose interval excludes zero, then one for the rest; one sentence where none does.

    ``table``: columns ``difference``, ``low``, ``high`` (shares), a row for each of ``names`` (what is compared → its
    name). ``keys``: words for more on the first side, for more on the second, for no difference at all.
    """
    first, second, none = keys
    clear = table[(table["low"] > 0) | (table["high"] < 0)]
    if clear.empty:
        return [say(none, labels, n=len(table))]
    told = []
    for row, place in zip(clear.itertuples(), clear.index, strict=True):
        ends = sorted(100 * abs(value) for value in (row.low, row.high))
        values = {"points": number(100 * abs(row.difference), labels, 1), "low": number(ends[0], labels, 1), "high": number(ends[1], labels, 1)}
        name = names[place]
        told.append(say(first if row.difference > 0 else second, labels, topic=name, stance=name, **values))
    rest = [names[place] for place in table.index if place not in clear.index]
    return [*told, *([say("contrast_rest", labels, topics=listing(rest, labels))] if rest else [])]


def _by_chance(table: pd.DataFrame, labels: str) -> str:
    clear = (table["low"] > 0) | (table["high"] < 0)
    return say("by_chance", labels, n=len(table)) if clear.any() else ""


def _widest(table: pd.DataFrame, labels: str) -> str:
    """The farthest that an interval reaches from its difference, in points."""
    reach = pd.concat([table["high"] - table["difference"], table["difference"] - table["low"]]).max()
    return number(100 * reach, labels)


def tell_by_key(measured: Measured, labels: str) -> str:
    """How many articles were written to have a stance, where a key says so."""
    n = int((measured.study.articles["corpus"] == "teaching").sum())
    return say("by_key", labels, n=number(n, labels), of=number(len(measured.study.articles), labels)) if n else ""


def tell_topic_contrast(measured: Measured, labels: str) -> Finding:
    table = measured.comparison
    ask = say("ask_topic_contrast", labels)
    counts = {language: number(table[f"n_{language}"].iloc[0], labels) for language in ("de", "en")}
    if table[["n_de", "n_en"]].iloc[0].min() < _LEAST_ARTICLES:
        few = say("contrast_few", labels, least=_LEAST_ARTICLES, **counts)
        return Finding("topic_contrast", ask, few, "", ("topic_contrast",), tell_by_key(measured, labels))
    names = {place: name_of("topics", topic, labels) for place, topic in table["topic"].items()}
    told = tell_differences(table, names, ("contrast_de", "contrast_en", "contrast_none"), labels)
    sure = say("contrast_sure", labels, wide=_widest(table, labels), **counts)
    return Finding("topic_contrast", ask, join(*told), join(sure, _by_chance(table, labels)), ("topic_contrast",), tell_by_key(measured, labels))


def tell_stance_shares(measured: Measured, labels: str) -> Finding:
    table = measured.by_language
    told = []
    if not table["difference"].isna().any():
        names = {place: name_of("stances", stance, labels) for place, stance in table["stance"].items()}
        told = tell_differences(table, names, ("shares_de", "shares_en", "shares_none"), labels)
    for language in ("de", "en"):
        n = int(table[f"n_{language}"].iloc[0])
        counts = [f"{number(round(row[language] * n), labels)} {name_of('stances', row['stance'], labels)}" for _, row in table.iterrows()] if n else []
        name = name_of("languages", language, labels)
        told.append(say("shares_count", labels, language=name, counts=listing(counts, labels)) if n else say_label(f"no_articles_in_{language}", labels))
    drawn = measured.figures["stance_shares"]
    sure = say("shares_sure", labels, n=number(drawn["n_articles"].sum(), labels), close=number(drawn["n_close"].sum(), labels), margin=number(SURE_MARGINS[0], labels, 2))
    wide = "" if table["low"].isna().any() else say("shares_wide", labels, wide=_widest(table, labels))
    return Finding("stance_shares", say("ask_stance_shares", labels), join(*told), join(wide, sure), ("stance_shares",), tell_by_key(measured, labels))


def tell_topic_stances(measured: Measured, labels: str) -> Finding:
    table = measured.by_stance
    ask = say("ask_topic_stances", labels)
    counts = {stance: number(table[f"n_{stance}"].iloc[0], labels) for stance in ("critical", "promotional")}
    if table[["n_critical", "n_promotional"]].iloc[0].min() < _LEAST_ARTICLES:
        return Finding("topic_stances", ask, say("by_stance_few", labels, least=_LEAST_ARTICLES, **counts), "", ("topic_stances",))
    names = {place: name_of("topics", topic, labels) for place, topic in table["topic"].items()}
    told = tell_differences(table, names, ("by_stance_critical", "by_stance_promotional", "by_stance_none"), labels)
    sure = join(say("by_stance_sure", labels, **counts), say("shares_wide", labels, wide=_widest(table, labels)), _by_chance(table, labels))
    return Finding("topic_stances", ask, join(*told), sure, ("topic_stances",), tell_by_key(measured, labels))


def tell_stance_map(measured: Measured, labels: str) -> Finding:
    stances = measured.study.stances
    coded = stances[stances["stance"] != ""]
    numbers = {"n": len(coded), "certain": (coded["sure"] == 3).sum(), "close": (coded["margin"] < SURE_MARGINS[0]).sum()}
    counts = say("map_counts", labels, margin=number(SURE_MARGINS[0], labels, 2), **{key: number(value, labels) for key, value in numbers.items()})
    row = coded.set_index("article").loc[measured.article]
    first, second = sorted(STANCES, key=lambda stance: (-row[stance], STANCES.index(stance)))[:2]
    pcts = {"first_pct": percent(100 * row[first], labels), "second_pct": percent(100 * row[second], labels)}
    least = say("map_least", labels, article=measured.article, first=name_of("stances", first, labels), second=name_of("stances", second, labels), **pcts)
    return Finding("stance_map", say("ask_stance_map", labels), join(counts, least), say("map_sure", labels), ("stance_map",))


def tell_topic_heatmap(measured: Measured, labels: str) -> Finding:
    drawn = measured.figures["topic_heatmap"]
    spoken = drawn[drawn.groupby("article")["weight_pct"].transform("sum") > 0]
    mean = spoken.groupby("topic", sort=False)["weight_pct"].mean()
    most, last = mean.idxmax(), mean.drop(mean.idxmax()).min()
    least = listing([name_of("topics", topic, labels) for topic in mean.index if mean[topic] == last and topic != most], labels)
    leading = spoken.loc[spoken.groupby("article", sort=False)["weight_pct"].idxmax()]
    values = {"topic": name_of("topics", most, labels), "pct": percent(mean[most], labels), "least": least, "least_pct": percent(last, labels)}
    key = "heat_one" if len(mean) == 1 else "heat_even" if last == mean[most] else "heat_mean"
    told = say(key, labels, **values)
    leads = _tell_leaders(leading["topic"], most, labels)
    present = spoken[spoken["hits"] > 0]
    wide = number((present["high_pct"] - present["low_pct"]).median(), labels)
    return Finding("topic_heatmap", say("ask_topic_heatmap", labels), join(told, leads if key == "heat_mean" else ""), say("heat_sure", labels, wide=wide), ("topic_heatmap",))


def _tell_leaders(leading: pd.Series, most: str, labels: str) -> str:
    """In how many articles the topic with the largest mean leads, and where another leads in more, which: ``leading`` has a topic per article."""
    counts = leading.value_counts(sort=False)
    often, own = counts.idxmax(), counts.get(most, 0)
    told = {"topic": name_of("topics", most, labels), "n": number(len(leading), labels)}
    if counts[often] <= own:
        return say("heat_leads", labels, k=number(own, labels), **told)
    return say("heat_leads_other", labels, other=name_of("topics", often, labels), k=number(counts[often], labels), own=number(own, labels), **told)


def tell_topic_positions(measured: Measured, labels: str) -> Finding:
    drawn = measured.figures["topic_positions"]
    hits = drawn.groupby("topic", sort=False)["hits"].sum()
    early = drawn[drawn["tenth"] <= _FIRST_TENTHS].groupby("topic", sort=False)["hits"].sum().reindex(hits.index, fill_value=0)
    shares = (100 * early[hits > 0] / hits[hits > 0]).sort_values(ascending=False, kind="stable")
    first, last = shares.index[0], shares.index[-1]
    # The name of a topic begins the sentence.
    names = {"first": name_of("topics", first, labels), "last": name_of("topics", last, labels)}
    names["first"] = names["first"] if labels == "de" and len(shares) > 1 else names["first"][:1].upper() + names["first"][1:]
    pcts = {"first_pct": percent(shares[first], labels), "last_pct": percent(shares[last], labels)}
    key = "places_one" if len(shares) == 1 else "places_even" if shares[first] == shares[last] else "places_ends"
    answer = say(key, labels, **names, **pcts)
    counts = {"n_first": number(hits[first], labels), "n_last": number(hits[last], labels), "n": number(hits.sum(), labels)}
    sure = say("places_sure" if key == "places_ends" else "places_sure_all", labels, **counts)
    return Finding("topic_positions", say("ask_topic_positions", labels), answer, sure, ("topic_positions",))


def tell_stance_explanation(measured: Measured, labels: str) -> Finding:
    table = measured.figures["stance_explanation"]
    probabilities = {stance: float(table[f"p_{stance}"].iloc[0]) for stance in STANCES} if len(table) else {}
    row = measured.study.stances.set_index("article").loc[measured.article]
    probabilities = probabilities or {stance: float(row[stance]) for stance in STANCES}
    first, second, *_ = sorted(STANCES, key=lambda stance: (-probabilities[stance], STANCES.index(stance)))
    names = {"first": name_of("stances", first, labels), "second": name_of("stances", second, labels)}
    shares = [f"{name_of('stances', stance, labels)} {percent(100 * probabilities[stance], labels)}" for stance in sorted(STANCES, key=lambda s: -probabilities[s])]
    told = [say("why_shares", labels, shares=listing(shares, labels))]
    push = (table[first] - table[second]).sort_values(kind="stable")
    for key, place in (("why_for", push.index[-1]), ("why_against", push.index[0])) if len(push) else ():
        if (push[place] > 0) == (key == "why_for") and push[place] != 0 and table.loc[place, "n_features"] == 1:
            words = table.loc[place, "words"] or say("no_words", labels)
            told.append(say(key, labels, family=name_feature(table.loc[place, "feature"], labels), words=words, **names))
    sure = say("why_sure_close", labels) if row["margin"] < SURE_MARGINS[0] else say("why_sure", labels, margin=number(row["margin"], labels, 2))
    ask = say("ask_stance_explanation", labels, article=measured.article, stance=names["first"])
    return Finding("stance_explanation", ask, join(*told), sure, ("stance_explanation", *(["topic_dispersion"] if "topic_dispersion" in measured.figures else [])))
