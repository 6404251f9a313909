"""Which conclusions hang on one entry, one article or one threshold: everything is measured again without it.

The conclusions are the stance of each article, the sign of German minus English for each topic, and the order of the
topics in each language. Nothing is tagged anew: rows of the hits table are dropped. A longer match that is dropped would
have uncovered a shorter one of the same category that it hid, so dropping says a little too much: ``check_by_tagging``
tags again where a conclusion flipped, and says whether it still does. What leaving out would have changed in the fitting
of the stance model is not asked here (``fitting.leave_out`` asks it of articles).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import softmax

from .lexicon import Lexicon
from .stance import MOST_SPREADS, SHRINK_WORDS, STANCES, StanceModel, measure_densities, read_model, scale_densities, stances, steady, unsteady
from .tagging import tag_articles
from .topics import SHARPEN, TOPIC_FACTORS, TOPICS, pivot_weights, topic_weights

UNITS = ("category", "concept", "pattern", "article")
COLUMNS = ["unit", "left_out", "lexicon", "conclusion", "of", "before", "after", "value_before", "value_after", "flips"]
# Joins the names of a unit and an article; no id has it.
_JOINT = "\x1f"


def leave_one_out(
    hits: pd.DataFrame, articles: pd.DataFrame, unit: str = "concept", *, model: StanceModel | None = None, topics: Iterable[str] = TOPICS,
    only: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Every conclusion without one category (a family of marks, a topic), concept, pattern or article, each in turn.

    A row is a unit left out and a conclusion it could change, ordered by unit; columns ``unit`` (kind), ``left_out``
    (``category``, ``category: concept``, ``category: concept: pattern`` or the article), ``lexicon`` (empty for an
    article), ``conclusion`` and ``of``, which are: ``stance`` of an article (value: probability of the stance it had),
    ``sign`` of a topic (value: German minus English, in points; before and after: de, en or even), ``order`` of a
    language's topics (value: how many topics stand at another place). ``before``, ``after``, ``flips``.

    A lexicon without the entry would have been measured without it on the parallel texts too: the norm of each feature is
    lowered by the share of the feature's hits that go, in each language, so that a family left out whole is neutral. The
    weights stay. Leaving an article out touches means alone, and a topic left out has no sign to lose. ``only``: the names
    of the units to leave out; without it all that occur.

    Raises ValueError for an unknown unit.
    """
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r} is not known; allowed are {', '.join(UNITS)}")
    hits = hits[hits["article"].isin(articles["article"])]
    units = name_units(hits, unit)
    units = units if only is None else units.where(units.isin(list(only)))
    marks, others = hits["lexicon"] == "stance", hits["lexicon"] == "topics"
    pieces = [] if unit == "article" else [_stances_without(hits[marks], articles, units[marks], model or read_model())]
    pieces.append(_topics_without(hits[others], articles, units[others], list(topics), by_article=unit == "article"))
    table = pd.concat([piece for piece in pieces if len(piece)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    return table.assign(unit=unit)[COLUMNS]


def name_units(hits: pd.DataFrame, unit: str) -> pd.Series:
    """The name of each hit's unit, as in ``leave_one_out``."""
    if unit == "article":
        return hits["article"].astype(object)
    parts = ["category", "concept", "pattern"][: UNITS.index(unit) + 1]
    return hits[parts[0]].astype(object).str.cat([hits[part].astype(object) for part in parts[1:]], sep=": ")


def _stances_without(hits: pd.DataFrame, articles: pd.DataFrame, units: pd.Series, model: StanceModel) -> pd.DataFrame:
    """The stances without each unit; ``units``: the name of each hit's unit, missing where it is not to be left out."""
    if units.isna().all():
        return pd.DataFrame(columns=COLUMNS)
    before = stances(hits, articles, model)
    coded = (before["stance"] != "").to_numpy()
    before, articles = before[coded].reset_index(drop=True), articles[coded].reset_index(drop=True)
    densities = measure_densities(hits, articles, model.features)
    names, row, lost = _lost_densities(hits[units.notna()], articles, units.dropna(), model)
    was = before["stance"].map({stance: k for k, stance in enumerate(STANCES)}).to_numpy(int)
    pieces = []
    for name, own, gone in zip(names, row, lost, strict=True):
        left = densities.to_numpy().copy()
        left[own] = steady(np.maximum(unsteady(left[own]) - unsteady(gone), 0))
        probabilities = _probabilities(left, densities.to_numpy(), articles["language"], model)
        after = probabilities.argmax(axis=1)
        touched = np.union1d(own, np.flatnonzero(after != was))
        value = before[list(STANCES)].to_numpy()[touched, was[touched]]
        pieces.append(pd.DataFrame({"left_out": name, "of": articles["article"].to_numpy()[touched], "before": before["stance"].to_numpy()[touched],
                                    "after": np.array(STANCES, object)[after[touched]], "value_before": value,
                                    "value_after": probabilities[touched, was[touched]].round(4), "flips": after[touched] != was[touched]}))  # fmt: skip
    table = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=COLUMNS)
    return table.assign(lexicon="stance", conclusion="stance")


def _lost_densities(hits: pd.DataFrame, articles: pd.DataFrame, units: pd.Series, model: StanceModel) -> tuple[list[str], list[np.ndarray], list[np.ndarray]]:
    """Per unit, in order of name: the rows of the articles it occurs in, and the densities it brings there.

    Each pair of a unit and an article is measured as an article of its own that has the unit's hits alone.
    """
    pairs = pd.DataFrame({"left_out": units, "article": hits["article"].astype(object)})
    index = pd.MultiIndex.from_frame(pairs.drop_duplicates()).sort_values()
    row = pd.Index(articles["article"]).get_indexer(index.get_level_values(1))
    index, row = index[row >= 0], row[row >= 0]
    alone = pd.DataFrame({"article": index.map(_JOINT.join), "words": articles["words"].to_numpy()[row]})
    lost = measure_densities(hits.assign(article=units.str.cat(pairs["article"], sep=_JOINT)), alone, model.features).to_numpy()
    names, first = np.unique(index.get_level_values(0).to_numpy(object).astype(str), return_index=True)
    cuts = first[1:]
    return [str(name) for name in names], np.split(row, cuts) if len(names) else [], np.split(lost, cuts) if len(names) else []


def _probabilities(left: np.ndarray, densities: np.ndarray, languages: pd.Series, model: StanceModel) -> np.ndarray:
    """Stance probabilities by what is left of the densities, with the norms of a lexicon that has no more."""
    norms = {}
    for language, norm in model.norms.items():
        own = (languages == language).to_numpy()
        full, rest = unsteady(densities[own]).sum(axis=0), unsteady(left[own]).sum(axis=0)
        kept = np.divide(rest, full, out=np.ones_like(full), where=full > 0)
        norms[language] = np.vstack([steady(unsteady(norm[0]) * kept), norm[1]])
    scaled = scale_densities(pd.DataFrame(left), languages, replace(model, norms=norms)).to_numpy()
    return softmax(scaled @ model.weights.T + model.intercept, axis=1)


def _topics_without(hits: pd.DataFrame, articles: pd.DataFrame, units: pd.Series, topics: list[str], *, by_article: bool) -> pd.DataFrame:
    """The conclusions on topics without each unit; ``units`` as in ``_stances_without``."""
    wide = pivot_weights(topic_weights(hits, articles, topics, intervals=False))
    full, languages = wide.to_numpy(), articles["language"].to_numpy()
    pieces = []
    for name, changed in _weights_without(hits, full, articles, units, topics):
        pieces.append(_compare_topics(full, changed, languages, topics).assign(left_out=name))
    table = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=COLUMNS)
    return table.assign(lexicon="" if by_article else "topics")


def _weights_without(hits: pd.DataFrame, full: np.ndarray, articles: pd.DataFrame, units: pd.Series, topics: list[str]) -> Iterator[tuple[str, np.ndarray]]:
    """Per unit, in order of name, the weights of all articles without it; a row of zeros is an article that has none."""
    place = {article: k for k, article in enumerate(articles["article"])}
    by_article = dict(list(hits.assign(left_out=units).groupby("article")))
    for name, found in hits.groupby(units, sort=True):
        concerned = found["article"].unique()
        left = pd.concat([own[own["left_out"] != name] for own in (by_article[article] for article in concerned)])
        changed = full.copy()
        new = topic_weights(left, pd.DataFrame({"article": concerned}), topics, intervals=False)
        changed[[place[article] for article in concerned]] = pivot_weights(new).to_numpy()
        yield name, changed


def _compare_topics(before: np.ndarray, after: np.ndarray, languages: np.ndarray, topics: list[str]) -> pd.DataFrame:
    """The conclusions on topics before and after."""
    (was_de, was_en), (now_de, now_en) = _means(before, languages), _means(after, languages)
    was, now = 100 * (was_de - was_en), 100 * (now_de - now_en)
    rows = []
    spoken = [k for k in range(len(topics)) if now_de[k] > 0 or now_en[k] > 0]  # not those left out, or of which nobody speaks
    for k in spoken:
        topic = topics[k]
        rows.append(("sign", topic, _sign(was[k]), _sign(now[k]), was[k], now[k], _sign(was[k]) != _sign(now[k])))
    for language, old, new in (("de", was_de, now_de), ("en", was_en, now_en)):
        if np.isnan(new).any():  # no article in that language
            continue
        first, second = (sorted(spoken, key=lambda k, means=means: (-round(means[k], 9), k)) for means in (old, new))
        moved = sum(a != b for a, b in zip(first, second, strict=True))
        told = [", ".join(topics[k] for k in order) for order in (first, second)]
        rows.append(("order", language, *told, 0.0, float(moved), moved > 0))
    return pd.DataFrame(rows, columns=["conclusion", "of", "before", "after", "value_before", "value_after", "flips"])


def _means(weights: np.ndarray, languages: np.ndarray) -> list[np.ndarray]:
    """Mean weights of the German and of the English articles that have a topic hit, as in ``contrast``."""
    spoken = weights.sum(axis=1) > 0
    chosen = [weights[spoken & (languages == language)] for language in ("de", "en")]
    return [own.mean(axis=0) if len(own) else np.full(weights.shape[1], np.nan) for own in chosen]


def _sign(points: float) -> str:
    """Where there is more: de, en or even; empty where a language has no article."""
    return "" if points != points else "de" if points > 1e-9 else "en" if points < -1e-9 else "even"


def check_by_tagging(
    table: pd.DataFrame, hits: pd.DataFrame, articles: pd.DataFrame, lexicons: Iterable[Lexicon], *, model: StanceModel | None = None
) -> pd.DataFrame:
    """The stances and signs that flip in ``leave_one_out`` without a concept or pattern, with the articles tagged anew.

    A row is a flip, as in ``table``, with ``still_flips``: whether it does when shorter matches that the entry hid are
    uncovered. Only the entry's own category is tagged again, in the articles that have the entry and whose text is here.
    """
    flips = table[table["flips"] & table["unit"].isin(["concept", "pattern"]) & table["conclusion"].isin(["stance", "sign"])]
    named = {lexicon.name: lexicon for lexicon in lexicons}
    pieces = []
    for (unit, name, lexicon), own in flips.groupby(["unit", "left_out", "lexicon"], sort=False):
        uncovered = _uncover(hits, articles, (unit, name), named[lexicon])
        again = leave_one_out(uncovered, articles, unit, model=model, topics=named["topics"].categories, only=[name])
        after = again.set_index(["conclusion", "of"])["after"]
        now = [after.get((row.conclusion, row.of), row.before) for row in own.itertuples()]
        pieces.append(own.assign(still_flips=[new != old for new, old in zip(now, own["before"], strict=True)]))
    return pd.concat(pieces, ignore_index=True) if pieces else flips.assign(still_flips=pd.Series(dtype=bool))


def _uncover(hits: pd.DataFrame, articles: pd.DataFrame, left_out: tuple[str, str], lexicon: Lexicon) -> pd.DataFrame:
    """The hits with those added that a unit (kind, name) hides: drop its own, and what a tagging without it finds is left."""
    unit, name = left_out
    own = (hits["lexicon"] == lexicon.name) & (name_units(hits, unit) == name)
    category = hits.loc[own, "category"].iloc[0]
    patterns = lexicon.patterns[lexicon.patterns["category"] == category]
    others = Lexicon(lexicon.name, patterns[name_units(patterns, unit) != name].reset_index(drop=True), lexicon.concepts, lexicon.head)
    concerned = articles[articles["article"].isin(hits.loc[own, "article"]) & (articles["text"] != "")].reset_index(drop=True)
    replaced = (hits["lexicon"] == lexicon.name) & (hits["category"] == category) & hits["article"].isin(concerned["article"]) & ~own
    return pd.concat([hits[~replaced], tag_articles(concerned, others, progress=False)], ignore_index=True)


def move_thresholds(
    hits: pd.DataFrame, articles: pd.DataFrame, *, model: StanceModel | None = None, topics: Iterable[str] = TOPICS
) -> pd.DataFrame:
    """Every conclusion with one threshold moved, or with quotations counted otherwise, each in turn.

    Rows and columns as in ``leave_one_out``, ``unit`` being ``threshold`` or ``quotations`` and ``left_out`` what was
    done. Moved are the words added to short texts (60), the distance at which marks are cut off (4 spreads), the
    salience of headline, lead and last paragraph (topics: 2, 1.5, 1; stance: 1.5 each, the norms kept), the power by which
    topic weights are sharpened (1.3), the factors of the topics. Quotations are left out
    (then no mark counts in the quoted voice, neither for nor against), or counted as the narrator's own words.
    """
    model, topics = model or read_model(), list(topics)
    unquoted = replace(model, weights=model.weights * [feature.voice != "quoted" for feature in model.features])
    before = _conclude(hits, articles, model, topics)
    pieces = []
    for words in (30, 120):
        # An article's length enters its densities only in this sum, so a longer text is a larger threshold.
        longer = articles.assign(words=(articles["words"] + words - SHRINK_WORDS).clip(lower=1).where(articles["words"] > 0, 0))
        pieces.append(_against(before, _conclude(hits, longer, model, topics), "threshold", f"{words} words added, not {SHRINK_WORDS}", "stance"))
    for most in (2.5, 6.0):
        what = f"cut off at {most:g} spreads, not {MOST_SPREADS:g}"
        pieces.append(_against(before, _conclude(hits, articles, _cut_off(model, most), topics), "threshold", what, "stance"))
    flat = hits.assign(part="body")
    pieces.append(_against(before, _conclude(flat, articles, model, topics), "threshold", "headline, lead and last paragraph count as the body", ""))
    for power in (1.0, 1.6):
        pieces.append(_against(before, _sharpen(before, power), "threshold", f"sharpened by {power:g}, not {SHARPEN:g}", "topics"))
    pieces.append(_against(before, _level(before), "threshold", "each topic counts the same", "topics"))
    narrated = hits[hits["voice"] == "narrator"]
    pieces.append(_against(before, _conclude(narrated, articles, unquoted, topics), "quotations", "left out", ""))
    merged = hits.assign(voice="narrator")
    pieces.append(_against(before, _conclude(merged, articles, unquoted, topics), "quotations", "counted as the narrator's", "stance"))
    return pd.concat(pieces, ignore_index=True)[COLUMNS]


def _conclude(hits: pd.DataFrame, articles: pd.DataFrame, model: StanceModel, topics: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    return stances(hits, articles, model), pivot_weights(topic_weights(hits, articles, topics, intervals=False)), articles["language"].to_numpy()


def _cut_off(model: StanceModel, most: float) -> StanceModel:
    """A model that cuts distances off at another place: wider spreads, and weights that make up for them."""
    by = most / MOST_SPREADS
    return replace(model, norms={language: np.vstack([norm[0], norm[1] * by]) for language, norm in model.norms.items()}, weights=model.weights * by)


def _sharpen(told: tuple, power: float) -> tuple:
    """The weights raised to another power than they were."""
    return told[0], _share(told[1] ** (power / SHARPEN)), told[2]


def _level(told: tuple) -> tuple:
    """The weights without the topics' factors."""
    return told[0], _share(told[1] / [TOPIC_FACTORS.get(topic, 1.0) ** SHARPEN for topic in told[1]]), told[2]


def _share(powers: pd.DataFrame) -> pd.DataFrame:
    total = powers.sum(axis=1)
    return powers.div(total.where(total > 0, 1), axis=0)


def _against(before: tuple, after: tuple, unit: str, what: str, lexicon: str) -> pd.DataFrame:
    """The conclusions of two measurements beside one another; of one lexicon, or of both."""
    pieces = []
    if lexicon != "topics":
        coded = (before[0]["stance"] != "").to_numpy()
        was, now = before[0][coded], after[0][coded]
        values = [[table[stance].iloc[k] for k, stance in enumerate(was["stance"])] for table in (was, now)]
        pieces.append(pd.DataFrame({"lexicon": "stance", "conclusion": "stance", "of": was["article"], "before": was["stance"], "after": now["stance"],
                                    "value_before": values[0], "value_after": values[1], "flips": was["stance"] != now["stance"]}))  # fmt: skip
    if lexicon != "stance":
        topics = list(before[1].columns)
        pieces.append(_compare_topics(before[1].to_numpy(), after[1].to_numpy(), before[2], topics).assign(lexicon="topics"))
    return pd.concat(pieces, ignore_index=True).assign(unit=unit, left_out=what)


def summarise_flips(table: pd.DataFrame) -> pd.DataFrame:
    """What each unit's leaving out flips.

    A row is a unit left out, most flips first, then by name; columns ``unit``, ``left_out``, ``lexicon``, ``stances``,
    ``signs``, ``orders`` (how many of each flip), ``which`` (articles and topics whose stance or sign flips),
    ``most_points`` (the largest change of a topic's difference, or of a stance's probability, in points).
    """
    change = 100 * (table["value_after"] - table["value_before"]).abs().where(table["conclusion"] == "stance")
    change = change.fillna((table["value_after"] - table["value_before"]).abs().where(table["conclusion"] == "sign"))
    marked = table.assign(change=change, **{f"{kind}s": table["flips"] & (table["conclusion"] == kind) for kind in ("stance", "sign", "order")})
    groups = marked.groupby(["unit", "left_out", "lexicon"], sort=False)
    counts = groups[["stances", "signs", "orders"]].sum().astype(int)
    counts["most_points"] = groups["change"].max()
    named = marked[marked["flips"] & (marked["conclusion"] != "order")].groupby(["unit", "left_out", "lexicon"])["of"].agg(", ".join)
    counts["which"] = named.reindex(counts.index).fillna("")
    counts = counts.reset_index()
    order = np.lexsort((counts["left_out"], -counts["orders"], -(counts["stances"] + counts["signs"])))
    return counts.iloc[order].reset_index(drop=True)[["unit", "left_out", "lexicon", "stances", "signs", "orders", "most_points", "which"]]
