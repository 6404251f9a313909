"""German against English, by topic, concept and stance, and critical against promotional: shares compared with intervals.

Raw rates are never compared across languages, because German compounds make fewer, longer tokens; what is compared is
how an article's own hits are shared out.
"""

import numpy as np
import pandas as pd
from scipy.stats import binomtest, bootstrap

from .stance import STANCES
from .topics import pivot_weights

_RESAMPLES = 2000
# Numbers resampled at once: more go through one after the other.
_AT_ONCE = 60_000_000


def compare_languages(weights: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The mean topic weight of the German and of the English articles.

    A row is a topic, in order; columns ``topic``, ``de``, ``en`` (mean weights, 0 to 1, every article counting the same),
    ``de_low``, ``de_high``, ``en_low``, ``en_high`` (95 % percentile intervals), ``difference`` (de minus en), ``low``,
    ``high`` (its interval), ``n_de``, ``n_en`` (articles). Intervals resample articles within each language (2,000
    resamples, fixed seed; Efron and Tibshirani 1993, ch. 13), so they speak of articles like these; with one article in
    a language they are NaN. Articles without a topic hit are left out.
    """
    wide = pivot_weights(weights)
    wide = wide[wide.sum(axis=1) > 0]
    language = articles.set_index("article")["language"].reindex(wide.index)
    return _compare(wide[language == "de"], wide[language == "en"]).rename(columns={"name": "topic"})


def compare_concepts(hits: pd.DataFrame, articles: pd.DataFrame, *, lexicon: str = "topics", least_articles: int = 3) -> pd.DataFrame:
    """The mean share of each concept in the hits of the German and of the English articles.

    A row is a concept found in at least ``least_articles`` articles, the largest difference first; columns as in
    ``compare_languages`` with ``category``, ``concept`` instead of ``topic``, and ``articles_de``, ``articles_en``, the
    number of articles that have it. A share is the concept's part of all the article's hits of that lexicon.
    """
    chosen = hits[(hits["lexicon"] == lexicon) & hits["article"].isin(articles["article"])]
    names = pd.MultiIndex.from_frame(chosen[["category", "concept"]].astype(object))
    counts = pd.crosstab(chosen["article"].to_numpy(), [names.get_level_values(0), names.get_level_values(1)])
    counts = counts.loc[:, (counts > 0).sum() >= least_articles]
    total = chosen.groupby("article").size().reindex(counts.index)
    shares = counts.div(total, axis=0)
    language = articles.set_index("article")["language"].reindex(shares.index)
    german, english = shares[language == "de"], shares[language == "en"]
    table = _compare(german, english)
    table.insert(0, "category", [name[0] for name in table["name"]])
    table.insert(1, "concept", [name[1] for name in table.pop("name")])
    table["articles_de"], table["articles_en"] = (german > 0).sum().to_numpy(), (english > 0).sum().to_numpy()
    order = np.lexsort((table["concept"], table["category"], -table["difference"].abs().round(9)))
    return table.iloc[order].reset_index(drop=True)


def compare_stances(stances: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How often German and English articles take each stance.

    A row is a stance, in order; columns ``stance``, ``de``, ``en`` (shares of the language's articles with a stance, 0 to
    1), ``difference`` (de minus en), ``low``, ``high`` (its 95 % interval: Newcombe 1998, method 10, made of two Wilson
    intervals), ``n_de``, ``n_en`` (articles). Without an article in a language what needs it is NaN.

    >>> told = pd.DataFrame({"article": list("abcd"), "stance": ["critical", "critical", "critical", "reportorial"]})
    >>> known = pd.DataFrame({"article": list("abcd"), "language": ["de", "de", "en", "en"]})
    >>> compare_stances(told, known).set_index("stance").loc["critical", ["de", "en", "difference"]].tolist()
    [1.0, 0.5, 0.5]
    """
    told = stances[stances["stance"] != ""]
    language = articles.set_index("article")["language"].reindex(told["article"]).to_numpy()
    rows = []
    for stance in STANCES:
        is_so = (told["stance"] == stance).to_numpy()
        (de, *ends_de, n_de), (en, *ends_en, n_en) = (_share(is_so[language == code]) for code in ("de", "en"))
        low = de - en - np.hypot(de - ends_de[0], ends_en[1] - en)
        high = de - en + np.hypot(ends_de[1] - de, en - ends_en[0])
        rows.append((stance, de, en, de - en, low, high, n_de, n_en))
    return pd.DataFrame(rows, columns=["stance", "de", "en", "difference", "low", "high", "n_de", "n_en"])


def _share(is_so: np.ndarray) -> tuple[float, float, float, int]:
    """A share with the ends of its Wilson interval, and of how many it is."""
    if not len(is_so):
        return np.nan, np.nan, np.nan, 0
    ends = binomtest(int(is_so.sum()), len(is_so)).proportion_ci(method="wilson")
    return float(is_so.mean()), float(ends.low), float(ends.high), len(is_so)


def compare_stance_topics(weights: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """The mean topic weight of the critical and of the promotional articles.

    Rows, columns and intervals as in ``compare_languages``, with ``critical`` and ``promotional`` for the languages;
    ``difference`` is critical minus promotional.
    """
    wide = pivot_weights(weights)
    wide = wide[wide.sum(axis=1) > 0]
    stance = stances.set_index("article")["stance"].reindex(wide.index)
    table = _compare(wide[stance == "critical"], wide[stance == "promotional"])
    groups = {"de": "critical", "en": "promotional"}
    return table.rename(columns=lambda name: "topic" if name == "name" else "_".join(groups.get(part, part) for part in name.split("_")))


def _compare(german: pd.DataFrame, english: pd.DataFrame) -> pd.DataFrame:
    de, en = german.to_numpy(float), english.to_numpy(float)
    table = pd.DataFrame({"name": list(german.columns), "de": _mean(de), "en": _mean(en)})
    table["de_low"], table["de_high"] = _interval((de,), _mean_of_one)
    table["en_low"], table["en_high"] = _interval((en,), _mean_of_one)
    table["difference"] = table["de"] - table["en"]
    table["low"], table["high"] = _interval((de, en), _difference)
    return table.assign(n_de=len(de), n_en=len(en))


def _mean(values: np.ndarray) -> np.ndarray:
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)


def _mean_of_one(values: np.ndarray, axis: int) -> np.ndarray:
    return values.mean(axis=axis)


def _difference(first: np.ndarray, second: np.ndarray, axis: int) -> np.ndarray:
    return first.mean(axis=axis) - second.mean(axis=axis)


def _interval(samples: tuple[np.ndarray, ...], statistic) -> tuple[np.ndarray, np.ndarray]:  # noqa: ANN001
    """95 % percentile interval per column; NaN with fewer than two articles in a sample."""
    n_columns = samples[0].shape[1]
    if n_columns == 0 or any(len(sample) < 2 for sample in samples):
        return np.full(n_columns, np.nan), np.full(n_columns, np.nan)
    # Each column by itself, or with as many others as fit, has the same resamples: its interval is the same.
    n_rows = sum(map(len, samples))
    step = max(1, _AT_ONCE // (_RESAMPLES * n_rows))
    options = {"n_resamples": _RESAMPLES, "batch": min(_RESAMPLES, max(1, _AT_ONCE // n_rows)), "method": "percentile", "vectorized": True}
    ends = []
    for first in range(0, n_columns, step):
        some = [sample[:, first : first + step] for sample in samples]
        ends.append(bootstrap(some, statistic, axis=0, rng=np.random.default_rng(0), **options).confidence_interval)
    return np.concatenate([end.low for end in ends]), np.concatenate([end.high for end in ends])
