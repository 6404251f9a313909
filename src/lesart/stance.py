"""The posture of each article: families of marks in the hits table, put on a common scale, weighed, explained.

Stance is not sentiment: how a text speaks (who says it, contrast, judgement, address, promise) counts beside what it
calls good or bad. The few numbers that turn counts into probabilities stand readable in ``lexicons/stance_model.yaml``;
``fitting.py`` makes them.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from .errors import LexiconError
from .files import write_whole
from .matching import spread
from .topics import find_rows

# In the order in which every table and figure has them.
STANCES = ("promotional", "critical", "reportorial")
# The codebook's two questions: does the text evaluate, and if so, for or against?
QUESTIONS = ("evaluating", "direction")
# The families of small words and plain verbs, which stand in every sentence.
SMALL_WORDS = ("outlook", "inquiry")
# Short texts say little: a density is counted as if so many words without any mark were added (Laplace's rule for rates).
SHRINK_WORDS = 60
# A coder is fairly sure (2) or certain (3) from these margins on: agreement.choose_margins of 1,186 coded articles, each judged
# by a model fitted without its group. 68 % of them were right below, 85 % with 2, 99 % with 3.
SURE_MARGINS = (0.35, 0.75)

# Headline, lead and last paragraph decide (codebook): a mark in them counts for so much more than one elsewhere. With 1.5 for
# 1, opinion texts and news were told apart at an AUC of 0.942 (de) and 0.959 (en), before 0.934 and 0.951; 2 and more gave no more.
PART_WEIGHTS = {"headline": 1.5, "lead": 1.5, "body": 1.0, "heading": 1.0, "last": 1.5}
# Distances from the norm beyond this are cut off there, so that no single mark decides alone.
MOST_SPREADS = 4.0


@dataclass(frozen=True)
class Feature:
    """What is counted: a family's hits in one voice (narrator, quoted) or in any, of all its concepts or of those named.

    A family is counted as a whole, and where its concepts differ in what they do, in groups of these too: the ridge
    penalty then gives a group a weight of its own only where the articles ask for it. ``questions``: which of the
    codebook's two it helps to answer; a mark may say that a text evaluates and nothing of for or against, or the reverse.
    """

    family: str
    voice: str = "narrator"
    concepts: tuple[str, ...] = ()
    questions: tuple[str, ...] = QUESTIONS

    def __str__(self) -> str:
        name = f"{self.family}: {', '.join(self.concepts)}" if self.concepts else self.family
        return f"{name} (quoted)" if self.voice == "quoted" else name


@dataclass(frozen=True)
class StanceModel:
    """Norms and weights.

    ``norms``: language → array of mean and spread of each feature's density, from texts that say the same in both
    languages. ``weights``: stance × feature; ``intercept``: per stance; both in logits. ``gains``: what each feature
    brings on articles that the model was not fitted to (``fitting.measure_gains``), empty where nobody measured it.
    """

    features: tuple[Feature, ...]
    norms: dict[str, np.ndarray]
    weights: np.ndarray
    intercept: np.ndarray
    made: str = ""
    gains: tuple[float, ...] = ()


def measure_densities(hits: pd.DataFrame, articles: pd.DataFrame, features: tuple[Feature, ...]) -> pd.DataFrame:
    """How dense each feature's marks are in each article.

    A row is an article (index: its id, in order), a column a feature; ``steady`` hits per 100 words, those in
    headline, lead and last paragraph counted one and a half times, the article taken as 60 words longer than it is, so that one
    word does not decide a headline. Denied marks ("kein Erfolg") do not count,
    save those of families in which denying is the point.

    >>> hits = pd.DataFrame({"article": "a", "lexicon": "stance", "category": "praise", "concept": "success",
    ...     "voice": ["narrator"] * 4 + ["quoted"], "negated": False, "part": "body"})
    >>> measure_densities(hits, pd.DataFrame({"article": ["a"], "words": [40]}), (Feature("praise"),))["praise"].round(4).tolist()
    [1.6094]
    """
    # Hits differ in few ways, which are looked at once each; the hits themselves are only counted, by number.
    kind, kinds = _number_rows(hits[["lexicon", "category", "concept", "voice", "negated", "part"]])
    row = find_rows(hits["article"], articles["article"])
    kind, row = kind[row >= 0], row[row >= 0]
    marks = marks_that_count(kinds)
    belongs = np.zeros((len(kinds), len(features)), bool)
    for number, feature in enumerate(features):
        chosen = (marks["category"] == feature.family) & ((marks["voice"] == feature.voice) | (feature.voice == "any"))
        if feature.concepts:
            chosen &= marks["concept"].isin(feature.concepts)
        belongs[marks.index[chosen], number] = True
    # Each kind with its features, which are few; so each hit is looked at once and not once for each feature.
    of_kind, of_feature = np.nonzero(belongs)
    first = np.searchsorted(of_kind, np.arange(len(kinds) + 1))
    hit, pair = spread(first[kind], first[kind + 1])
    weight = np.array([*PART_WEIGHTS.values(), 1.0])[find_rows(kinds["part"], list(PART_WEIGHTS))]
    counts = np.bincount(row[hit] * len(features) + of_feature[pair], weight[kind[hit]], minlength=len(articles) * len(features))
    counts = counts.reshape(len(articles), len(features))
    densities = steady(100 * counts / (articles["words"].to_numpy(float)[:, None] + SHRINK_WORDS))
    return pd.DataFrame(densities, index=pd.Index(articles["article"], name="article"), columns=[str(f) for f in features])


def steady(per_hundred_words: np.ndarray) -> np.ndarray:
    """Log of one more than the hits per 100 words: the tenth mark of a kind says less than the first (Bartlett 1947)."""
    return np.log1p(per_hundred_words)


def unsteady(densities: np.ndarray) -> np.ndarray:
    """Hits per 100 words again."""
    return np.expm1(densities)


def _number_rows(table: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """For each row of a table of texts the number of the distinct row that it is, and these."""
    number = np.zeros(len(table), np.int64)
    for column in table:
        codes, texts = pd.factorize(table[column])
        number = number * max(len(texts), 1) + codes
    number, distinct = pd.factorize(number)
    first = np.zeros(len(distinct), np.int64)
    first[number[::-1]] = np.arange(len(table))[::-1]
    return number, table.take(first).reset_index(drop=True)


def marks_that_count(hits: pd.DataFrame) -> pd.DataFrame:
    return hits[(hits["lexicon"] == "stance") & ~(hits["negated"].astype(bool) & hits["category"].isin(_DENIABLE))]


# Families whose marks lose their force when denied: "kein Erfolg" praises nothing, "no danger" harms nobody.
_DENIABLE = ("praise", "vision", "company", "harm", "failure", "accusation")


def scale_densities(densities: pd.DataFrame, languages: pd.Series, model: StanceModel) -> pd.DataFrame:
    """Densities on the common scale: distance from the norm of the article's language, in spreads of that norm.

    Distances beyond 4 are cut off there. Articles whose language has no norm are NaN.
    """
    scaled = np.full(densities.shape, np.nan)
    for language, norm in model.norms.items():
        rows = (languages == language).to_numpy()
        scaled[rows] = np.clip((densities.to_numpy()[rows] - norm[0]) / norm[1], -MOST_SPREADS, MOST_SPREADS)
    return pd.DataFrame(scaled, index=densities.index, columns=densities.columns)


def stances(
    hits: pd.DataFrame, articles: pd.DataFrame, model: StanceModel | None = None, *, sure_margins: tuple[float, float] = SURE_MARGINS
) -> pd.DataFrame:
    """The stance of each article.

    A row is an article, in order; columns ``article``, ``stance`` (the likeliest, empty where the language is unknown or
    there is no text), ``promotional``, ``critical``, ``reportorial`` (probabilities, sum 1, rounded to 4 places),
    ``margin`` (first minus second probability, 0 to 1), ``sure`` (1, 2, 3 as a coder's; 0 where not coded).
    ``model`` is the one beside the shipped lexicons unless another is given; ``sure_margins``: from which margins on 2 and 3.
    """
    model = model or read_model()
    scaled = scale_densities(measure_densities(hits, articles, model.features), articles["language"], model)
    return tell_stances(scaled.to_numpy(), articles, model, sure_margins)


def tell_stances(scaled: np.ndarray, articles: pd.DataFrame, model: StanceModel, sure_margins: tuple[float, float] = SURE_MARGINS) -> pd.DataFrame:
    """``stances`` of articles (rows) whose densities (columns) are on the common scale already."""
    coded = ~np.isnan(scaled).any(axis=1) & (articles["words"].to_numpy() > 0)
    probabilities = np.zeros((len(articles), len(STANCES)))
    probabilities[coded] = _softmax(scaled[coded] @ model.weights.T + model.intercept)
    ranked = np.sort(probabilities, axis=1)
    margin = ranked[:, -1] - ranked[:, -2]
    names = np.where(coded, np.array(STANCES, object)[probabilities.argmax(axis=1)], "")
    table = pd.DataFrame({"article": articles["article"].to_numpy(), "stance": names})
    table[list(STANCES)] = probabilities.round(4)
    table["margin"] = margin.round(4)
    table["sure"] = np.where(coded, 1 + np.searchsorted(sure_margins, margin, side="right"), 0)
    return table


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def explain_stance(hits: pd.DataFrame, articles: pd.DataFrame, article: str, model: StanceModel | None = None) -> pd.DataFrame:
    """Why one article was tagged as it was.

    A row is a family in one voice, the strongest first; columns ``feature`` (family, with "(quoted)" for the quoted
    voice), ``hits`` (number that counted), ``distance`` (of the whole family's density from the norm of the language, in
    spreads), ``promotional``, ``critical``, ``reportorial`` (how far it
    pushes each stance, in logits, above or below what it does to the three on average), ``words`` (its commonest words
    in this article). Raises KeyError for an article that is not there.
    """
    model = model or read_model()
    chosen = articles[articles["article"] == article]
    if chosen.empty:
        raise KeyError(f"no article {article!r}; there are {', '.join(articles['article'].head(5))} …")
    marks = marks_that_count(hits[hits["article"] == article])
    table = explain_stances(marks, chosen, model).drop(columns="article")
    feature = _features_of(marks, model)
    table["words"] = [_commonest(marks.loc[feature == name, "surface"]) for name in table["feature"]]
    return table


def explain_stances(hits: pd.DataFrame, articles: pd.DataFrame, model: StanceModel) -> pd.DataFrame:
    """Why each article was tagged as it was: ``explain_stance`` for many at once, without the words.

    A row is an article (column ``article``, in order) and a family in one voice, the strongest first; the other columns as
    there. Articles whose language has no norm have NaN for all but ``hits``.
    """
    marks = marks_that_count(hits)
    distance = scale_densities(measure_densities(marks, articles, model.features), articles["language"], model).to_numpy()
    column, names = pd.factorize(np.array([str(Feature(f.family, f.voice)) for f in model.features], object))
    shape = (len(articles), len(names))
    push = np.stack([(distance * weights) @ (column[:, None] == np.arange(len(names))) for weights in model.weights - model.weights.mean(axis=0)], axis=2).round(3)
    far, counts = np.full(shape, np.nan), np.zeros(shape, np.int64)
    whole = [i for i, feature in enumerate(model.features) if not feature.concepts]
    far[:, column[whole]] = distance[:, whole].round(2)
    row, of_mark = find_rows(marks["article"], articles["article"]), find_rows(_features_of(marks, model), list(names))
    known = (row >= 0) & (of_mark >= 0)
    np.add.at(counts, (row[known], of_mark[known]), 1)
    order = np.argsort(-np.abs(push).max(axis=2), axis=1, kind="stable")
    table = pd.DataFrame({"article": np.repeat(articles["article"].to_numpy(), len(names)), "feature": names[order.ravel()]})
    table["hits"], table["distance"] = (np.take_along_axis(values, order, axis=1).ravel() for values in (counts, far))
    table[list(STANCES)] = np.take_along_axis(push, order[:, :, None], axis=1).reshape(-1, len(STANCES))
    return table


def _features_of(marks: pd.DataFrame, model: StanceModel) -> pd.Series:
    """The name of the feature that each mark counts for; the model need not have it."""
    anyone = {feature.family for feature in model.features if feature.voice == "any"}
    quoted = (marks["voice"] == "quoted") & ~marks["category"].isin(anyone)
    return marks["category"].astype(object).where(~quoted, marks["category"].astype(object) + " (quoted)")


def _commonest(surfaces: pd.Series, at_most: int = 6) -> str:
    """The commonest words, capitals or not, each as it is written most often (in doubt small: a sentence may begin with it)."""
    forms = surfaces.value_counts().rename_axis("form").reset_index(name="count")
    forms["small"] = forms["form"].str.lower()
    ranked = sorted((-own["count"].sum(), small, own) for small, own in forms.groupby("small"))[:at_most]
    written = [(max(zip(own["count"], own["form"], strict=True))[1], -count) for count, _, own in ranked]
    return ", ".join(f"{word} ×{count}" if count > 1 else word for word, count in written)


def read_model(path: str | Path | None = None) -> StanceModel:
    """The stance model in a YAML file, by default the one beside the shipped lexicons.

    Raises LexiconError for a file that is no stance model.
    """
    from .lexicon import find_lexicons

    path = Path(path) if path else find_lexicons() / "stance_model.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        features = tuple(_read_feature(row) for row in content["features"])
        norms = {
            language: np.array([[row["norm"][language]["mean"] for row in content["features"]],
                                [row["norm"][language]["spread"] for row in content["features"]]], float)
            for language in content["features"][0]["norm"]
        }  # fmt: skip
        weights = np.array([[row["weight"][stance] for row in content["features"]] for stance in STANCES], float)
        intercept = np.array([content["intercept"][stance] for stance in STANCES], float)
    except (OSError, yaml.YAMLError, KeyError, TypeError, IndexError, ValueError, RecursionError) as fault:
        raise LexiconError(f"{path}: not a stance model ({' '.join(str(fault).split())[:100]}); make one with 'lesart lexicon fit'") from None
    gains = tuple(float(row["gain"]) for row in content["features"] if "gain" in row)
    return StanceModel(features, norms, weights, intercept, str(content.get("made", "")), gains)


def _read_feature(row: dict) -> Feature:
    questions = tuple(row.get("questions", QUESTIONS))
    if not questions or not set(questions) <= set(QUESTIONS):
        raise ValueError(f"questions {questions} of {row['family']!r}; there are {', '.join(QUESTIONS)}")
    return Feature(row["family"], row["voice"], tuple(row.get("concepts", ())), questions)


def write_model(model: StanceModel, path: str | Path) -> None:
    """Write a stance model so that a person can read it: a line per feature and number."""
    rows = [
        {
            "family": feature.family,
            "voice": feature.voice,
            **({"concepts": list(feature.concepts)} if feature.concepts else {}),
            **({"questions": list(feature.questions)} if feature.questions != QUESTIONS else {}),
            "norm": {lang: {"mean": round(float(norm[0, i]), 4), "spread": round(float(norm[1, i]), 4)} for lang, norm in model.norms.items()},
            "weight": {stance: round(float(model.weights[k, i]), 3) for k, stance in enumerate(STANCES)},
            **({"gain": round(model.gains[i], 4)} if model.gains else {}),
        }
        for i, feature in enumerate(model.features)
    ]
    content = {
        "made": model.made,
        "intercept": {stance: round(float(value), 3) for stance, value in zip(STANCES, model.intercept, strict=True)},
        "features": rows,
    }
    write_whole(Path(path), yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110))
