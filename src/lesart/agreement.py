"""How far coders agree, and the lexicon as one more coder among them.

Sheets of codes go in, tables come out. The reference coders are those of the first sheet; what they say together (the
majority's stance, the mean topic shares, as ``codes.merge_codes`` has it) is called ``coded``. Agreement is not truth:
coders who share a prejudice agree as well.
"""

from collections.abc import Iterator

import krippendorff
import numpy as np
import pandas as pd
from scipy.special import logit
from scipy.stats import binomtest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support

from .codes import LEXICON, join_sheets, merge_codes, name_coders, read_sheet, topics_of
from .sentences import LANGUAGES
from .stance import STANCES

__all__ = [
    "LEXICON", "PROMISED", "SHARES", "TOGETHER", "abstain", "calibrate", "choose_margins", "compare_coders", "compare_topic_alphas", "compare_topics",
    "confuse_stances", "join_sheets", "judge_coder", "measure_alpha", "name_coders", "read_sheet", "report_agreement", "score_stances", "topics_of",
]  # fmt: skip

# What sure 2 and 3 promise: the share of articles with that mark on which the coders agree with it.
PROMISED = {2: 0.80, 3: 0.95}
# The name of what the reference coders say together.
TOGETHER = "together"
# All articles, two thirds of them (the abstention), half: the least sure go first.
SHARES = (1.0, 0.9, 0.8, 0.7, 2 / 3, 0.6, 0.5)
_RESAMPLES = 1000


def _by_language(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of both languages, then of each that is there."""
    yield "both", table
    for language in LANGUAGES:
        if (table["language"] == language).any():
            yield language, table[table["language"] == language]


def measure_alpha(codes: pd.DataFrame, column: str = "stance", level: str = "nominal") -> float:
    """Krippendorff's alpha of the coders of a table (1 agreement, 0 chance, below 0 worse; Krippendorff 2019, ch. 12).

    ``level``: of measurement, nominal for stances, interval for topic shares. Articles with one coder are left out;
    NaN where what is left does not differ at all, for then chance cannot be told from agreement.

    >>> two = pd.DataFrame({"article": ["de-a", "en-a"] * 2, "coder": ["x", "x", "y", "y"], "stance": ["critical", "promotional"] * 2})
    >>> measure_alpha(two)
    1.0
    """
    return _alpha(_count_values(codes, column), level)


def _count_values(codes: pd.DataFrame, column: str) -> tuple[np.ndarray, np.ndarray]:
    """How many coders gave each article each value (articles × values), and the values."""
    kept = codes.dropna(subset=column)
    kept = kept[kept.groupby("article")["coder"].transform("size") > 1]
    counts = kept.groupby(["article", column]).size().unstack(fill_value=0)
    return counts.to_numpy(), counts.columns.to_numpy()


def _alpha(counted: tuple[np.ndarray, np.ndarray], level: str) -> float:
    counts, values = counted
    given = counts.any(axis=0) if len(counts) else np.zeros(0, bool)
    if given.sum() < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=counts[:, given], value_domain=values[given].tolist(), level_of_measurement=level))


def _alpha_with_interval(codes: pd.DataFrame) -> tuple[float, float, float]:
    """Nominal alpha of the stances and its 95 % percentile interval over articles drawn anew."""
    counts, values = _count_values(codes, "stance")
    draws = np.random.default_rng(0).integers(0, max(len(counts), 1), (_RESAMPLES, len(counts)))
    resampled = [_alpha((counts[draw], values), "nominal") for draw in draws] if len(counts) > 1 else []
    told = [value for value in resampled if value == value]
    low, high = np.percentile(told, (2.5, 97.5)) if told else (np.nan, np.nan)
    return _alpha((counts, values), "nominal"), float(low), float(high)


def compare_coders(codes: pd.DataFrame) -> pd.DataFrame:
    """How far coders agree on stance.

    A row is a group of coders and a language (both, de, en): the reference coders among themselves; then each other
    coder with all of them, with each of them, and with their majority (``together``). Columns ``language``, ``coders``,
    ``articles`` (coded by two or more of the group), ``same`` (share of these on which all of the group agree),
    ``level`` (nominal), ``alpha`` (Krippendorff's), ``low``, ``high`` (95 % percentile interval, articles drawn anew
    1,000 times, fixed seed). 0.667 is the least for tentative conclusions, 0.8 for firm ones.
    """
    reference, others = name_coders(codes)
    together = _merge(codes).assign(coder=TOGETHER)
    groups = [(", ".join(reference), codes[codes["reference"]])] if len(reference) > 1 else []
    for other in others:
        own = codes[codes["coder"] == other]
        among = codes[codes["reference"] & codes["article"].isin(own["article"])]
        groups.append((f"{other} with {', '.join(reference)}", pd.concat([own, among])))
        if len(reference) > 1:
            groups += [(f"{other} with {coder}", pd.concat([own, among[among["coder"] == coder]])) for coder in reference]
            groups.append((f"{other} with {TOGETHER}", pd.concat([own, together[together["article"].isin(own["article"])]])))
    rows = []
    for name, group in groups:
        for language, part in _by_language(group):
            by_article = part.groupby("article")["stance"].agg(["size", "nunique"])
            same = by_article.loc[by_article["size"] > 1, "nunique"] == 1
            rows.append((language, name, len(same), same.mean() if len(same) else np.nan, "nominal", *_alpha_with_interval(part)))
    return pd.DataFrame(rows, columns=["language", "coders", "articles", "same", "level", "alpha", "low", "high"])


def _merge(codes: pd.DataFrame) -> pd.DataFrame:
    """What the reference coders say together: a row per article, sorted, with its language."""
    reference = codes[codes["reference"]]
    merged = merge_codes(reference[["article", "coder", "stance", "sure", *topics_of(codes)]].fillna({"sure": 1})).reset_index()
    return merged.assign(language=merged["article"].map(reference.drop_duplicates("article").set_index("article")["language"]))


def judge_coder(codes: pd.DataFrame, coder: str = LEXICON) -> pd.DataFrame:
    """One coder's stances beside what the reference coders say together.

    A row is an article that both coded, in the coder's order; columns ``article``, ``language``, ``stance``, ``coded``,
    ``margin``, ``sure``. ``fitting.leave_out`` gives a table of this shape too (add ``language``), so that all below
    can judge a model on articles it was not fitted to.
    """
    own = codes[codes["coder"] == coder].merge(_merge(codes)[["article", "stance"]].rename(columns={"stance": "coded"}), on="article")
    return own[["article", "language", "stance", "coded", "margin", "sure"]]


def confuse_stances(judged: pd.DataFrame) -> pd.DataFrame:
    """The confusion matrix: a row is a language and a ``coded`` stance, then a column per stance given (articles)."""
    pieces = []
    for language, part in _by_language(judged):
        counts = pd.crosstab(part["coded"], part["stance"]).reindex(index=list(STANCES), columns=list(STANCES), fill_value=0)
        pieces.append(counts.rename_axis(columns=None).reset_index().assign(language=language))
    return pd.concat(pieces, ignore_index=True)[["language", "coded", *STANCES]]


def score_stances(judged: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of each stance.

    A row is a language and a stance, then ``macro``, the mean of the stances that occur; columns ``language``,
    ``stance``, ``articles`` (coded so), ``precision``, ``recall``, ``f1`` (0 to 1; NaN for a stance that nobody gave).
    """
    pieces = []
    for language, part in _by_language(judged):
        measures = precision_recall_fscore_support(part["coded"], part["stance"], labels=list(STANCES), zero_division=0)
        table = pd.DataFrame({"stance": STANCES, **dict(zip(("precision", "recall", "f1", "articles"), measures, strict=True))})
        there = table["stance"].isin([*part["coded"], *part["stance"]])
        table.loc[~there, ["precision", "recall", "f1"]] = np.nan
        mean = table[["precision", "recall", "f1"]].mean().to_frame().T.assign(stance="macro", articles=len(part))
        pieces.append(pd.concat([table, mean], ignore_index=True).assign(language=language))
    return pd.concat(pieces, ignore_index=True)[["language", "stance", "articles", "precision", "recall", "f1"]]


def compare_topics(codes: pd.DataFrame, coder: str = LEXICON) -> pd.DataFrame:
    """How far a coder's topic shares are from the reference coders'.

    A row is a language, whom it is compared with (each reference coder, and their mean, ``together``) and a topic, then
    ``all``: every article and topic a pair; columns ``language``, ``against``, ``topic``, ``articles``, ``r`` (Pearson;
    NaN where one side does not vary), ``mae_points`` (mean absolute error, percentage points). Articles without any
    share on one side are left out.
    """
    own, topics = codes[codes["coder"] == coder], topics_of(codes)
    reference, _ = name_coders(codes)
    sides = {name: codes[codes["coder"] == name] for name in reference} if len(reference) > 1 else {}
    rows = []
    for name, side in {**sides, TOGETHER: _merge(codes)}.items():
        paired = own.merge(side[["article", *topics]], on="article", suffixes=("", " coded")).dropna(subset=[*topics, *(f"{t} coded" for t in topics)])
        paired = paired[paired[topics].sum(axis=1) > 0]
        for language, part in _by_language(paired):
            mine, theirs = part[topics].to_numpy(float), part[[f"{topic} coded" for topic in topics]].to_numpy(float)
            columns = [(topic, mine[:, k], theirs[:, k]) for k, topic in enumerate(topics)]
            for topic, x, y in [*columns, ("all", mine.ravel(), theirs.ravel())]:
                rows.append((language, name, topic, len(part), _correlate(x, y), np.abs(x - y).mean() if len(x) else np.nan))
    return pd.DataFrame(rows, columns=["language", "against", "topic", "articles", "r", "mae_points"])


def _correlate(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.corrcoef(x, y)[0, 1]) if len(x) > 1 and np.ptp(x) > 0 and np.ptp(y) > 0 else float("nan")


def compare_topic_alphas(codes: pd.DataFrame, coder: str = LEXICON) -> pd.DataFrame:
    """Krippendorff's alpha of the topic shares, interval level.

    A row is a language and a topic; columns ``language``, ``topic``, ``level``, ``alpha_coders`` (the reference coders
    among themselves, on all they coded), ``alpha_with`` (with the coder as one more, on the articles it coded).
    """
    own = codes[codes["coder"] == coder]
    among = codes[codes["reference"]]
    both = pd.concat([own, among[among["article"].isin(own["article"])]])
    rows = []
    for language, part in _by_language(both):
        coders = among if language == "both" else among[among["language"] == language]
        rows += [(language, topic, "interval", measure_alpha(coders, topic, "interval"), measure_alpha(part, topic, "interval")) for topic in topics_of(codes)]
    return pd.DataFrame(rows, columns=["language", "topic", "level", "alpha_coders", "alpha_with"])


def abstain(judged: pd.DataFrame, shares: tuple[float, ...] = SHARES) -> pd.DataFrame:
    """Agreement against the share of articles that are coded, when those of least margin are left to people.

    A row is a language and a share; columns ``language``, ``share_coded``, ``articles``, ``least_margin`` (of those
    coded), ``agreement`` (share of those coded on which the coders agree), ``macro_f1``. Ties go by the article's id.
    """
    rows = []
    for language, part in _by_language(judged):
        ranked = part.sort_values(["margin", "article"], ascending=[False, True], kind="stable")
        for share in shares:
            kept = ranked.head(int(np.ceil(share * len(ranked) - 1e-9)))
            if len(kept):
                macro = score_stances(kept.assign(language=""))["f1"].iloc[len(STANCES)]
                rows.append((language, share, len(kept), kept["margin"].min(), (kept["stance"] == kept["coded"]).mean(), macro))
    return pd.DataFrame(rows, columns=["language", "share_coded", "articles", "least_margin", "agreement", "macro_f1"])


def calibrate(judged: pd.DataFrame) -> pd.DataFrame:
    """Whether ``sure`` means what it says: how often the coders agree with articles marked 1, 2 and 3.

    A row is a language and a mark; columns ``language``, ``sure``, ``promised`` (share that it promises; none for 1),
    ``articles``, ``right``, ``share_right``, ``low``, ``high`` (95 % interval, Wilson 1927).
    """
    rows = []
    for language, part in _by_language(judged):
        for sure in (1, 2, 3):
            right = (part["stance"] == part["coded"])[part["sure"] == sure]
            interval = binomtest(int(right.sum()), len(right)).proportion_ci(method="wilson") if len(right) else (np.nan, np.nan)
            rows.append((language, sure, PROMISED.get(sure, np.nan), len(right), int(right.sum()), right.mean() if len(right) else np.nan, *interval))
    return pd.DataFrame(rows, columns=["language", "sure", "promised", "articles", "right", "share_right", "low", "high"])


def choose_margins(judged: pd.DataFrame) -> tuple[float, ...]:
    """The margins from which on sure 2 and 3 keep what they promise, to the nearest twentieth: see ``SURE_MARGINS``.

    Logistic regression of being right on the margin; the margin at which the chance of being right reaches 80 and 95 %.
    So few wrong cases would carry no step function. Raises ValueError where nothing is wrong, or nothing right.
    """
    right = (judged["stance"] == judged["coded"]).to_numpy()
    if right.all() or not right.any():
        raise ValueError("judged: margins need articles that are right and articles that are wrong")
    fitted = LogisticRegression(C=1e6).fit(judged[["margin"]].to_numpy(), right)
    slope, start = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope <= 0:
        raise ValueError("judged: a larger margin is not more often right; no margin can promise anything")
    return tuple(float(np.clip(round((logit(share) - start) / slope * 20) / 20, 0, 1)) for share in PROMISED.values())


def report_agreement(codes: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Everything above as titled tables, the languages side by side: what ``lesart agree`` prints."""
    reference, others = name_coders(codes)
    told = [("Stance: Krippendorff's alpha (nominal), 95% interval over articles", compare_coders(codes).drop(columns="level"))]
    for other in others:
        judged = judge_coder(codes, other)
        if judged.empty:
            continue
        told += [(f"{other}: articles by stance, rows as {' and '.join(reference)} coded", confuse_stances(judged)),
                 (f"{other}: precision, recall and F1 of each stance", _side_by_side(score_stances(judged).drop(columns="articles"), "stance"))]  # fmt: skip
        if topics_of(codes):
            topics = compare_topics(codes, other)
            together, each = topics[topics["against"] == TOGETHER], topics[topics["topic"] == "all"]
            alphas = compare_topic_alphas(codes, other).drop(columns="level")
            told += [(f"{other}: topic shares, correlation r and mean absolute error in points",
                      _side_by_side(together.drop(columns=["against", "articles"]), "topic")),
                     (f"{other}: the same over all topics, with each coder", _side_by_side(each.drop(columns=["topic", "articles"]), "against")),
                     (f"{other}: topic shares, Krippendorff's alpha (interval)", _side_by_side(alphas, "topic"))]  # fmt: skip
        if judged["margin"].notna().all():
            curve = _side_by_side(abstain(judged).drop(columns="least_margin"), "share_coded")
            told.append((f"{other}: agreement when the least sure articles are left to people", curve))
        if judged["sure"].isin([1, 2, 3]).all():
            told.append((f"{other}: how often its 'sure' is right", calibrate(judged)))
    return told


def _side_by_side(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """A table with a row per language made one with a column per measure and language."""
    order = table[by].drop_duplicates()
    wide = table.pivot(index=by, columns="language").loc[order]
    languages = [language for language in ("both", *LANGUAGES) if language in set(table["language"])]
    measures = [column for column in table if column not in ("language", by)]
    wide = wide[[(measure, language) for measure in measures for language in languages]]
    wide.columns = [f"{measure} {language}" if len(languages) > 1 else measure for measure, language in wide.columns]
    return wide.reset_index()
