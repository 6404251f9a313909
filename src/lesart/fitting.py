"""Makes the stance model: norms per language and a few weights, fitted to coded articles, judged on what was left out."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from .articles import read_corpus, select_codable
from .codes import merge_codes, read_codes
from .errors import CorpusError
from .lexicon import read_lexicons
from .progress import track
from .sentences import LANGUAGES
from .stance import QUESTIONS, SMALL_WORDS, STANCES, Feature, StanceModel, measure_densities, read_model, scale_densities, tell_stances, write_model
from .tagging import tag_articles

# Strength of the ridge penalty (scikit-learn's C, smaller is stronger) on each of the codebook's two questions: whether a text
# evaluates, where real press differs most from what the corpus has and strong penalties travel best; and for or against.
EVALUATING_C, DIRECTION_C = 0.013, 0.04
# Small words say more about for and against than about evaluating: there they are penalised 1/0.5² as much.
SMALL_WORDS_SCALE = 0.5
# Nearly half of the coded articles were written to be hard, which papers are less often: each counts half. The teaching articles,
# which are about the study's own event, count three times.
HARD_WEIGHT, OWN_EVENT_WEIGHT = 0.5, 3.0
# Everyday articles, each its own event, are left out in so many parts; which is which, chance says, with a seed. As many parts
# are left out to measure what a feature brings.
_N_FOLDS, _FOLD_SEED = 10, 2025
# A spread below this would blow up a mark that hardly occurs.
_LEAST_SPREAD = 0.15


def fit_model(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, model: StanceModel) -> StanceModel:
    """The model with weights fitted to coded articles (``codes``: stance by article id), its norms kept.

    The codebook's two questions are answered by a logistic regression each, with a ridge penalty on the scaled densities:
    whether the text evaluates at all (every article), and if so, for or against (the promotional and critical ones); see
    ``_fit_weights``. An article counts as its ``weight`` says, where there is such a column. Raises CorpusError where no coded
    article has one of the stances.
    """
    coded = articles[articles["article"].isin(codes.index)]
    scaled = scale_densities(measure_densities(hits, coded, model.features), coded["language"], model)
    return _fit(scaled.to_numpy(), codes.loc[coded["article"]].to_numpy(str), _weigh(coded), model)


def _weigh(articles: pd.DataFrame) -> np.ndarray:
    """How much each article counts in the fitting."""
    return articles["weight"].to_numpy(float) if "weight" in articles else np.ones(len(articles))


def _fit(scaled: np.ndarray, coded: np.ndarray, counted: np.ndarray, model: StanceModel) -> StanceModel:
    missing = [stance for stance in STANCES if stance not in set(coded)]
    if missing:
        raise CorpusError(f"no coded article is {', '.join(missing)}; fitting needs articles of each stance: {', '.join(STANCES)}")
    weights, intercept = _fit_weights(scaled, coded, counted, model.features)
    return replace(model, weights=weights, intercept=intercept)


def _fit_weights(scaled: np.ndarray, coded: np.ndarray, counted: np.ndarray, features: tuple[Feature, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (stance × feature) and intercepts of the softmax, from the two regressions; ``counted``: how much each article counts.

    With the log odds e of evaluating and d of for rather than against, the logits are d/2, -d/2 and, for reportorial, -e and the
    mean of log(2 cosh(d/2)): on average over these articles, the odds of evaluating are then those of its regression. What
    all three have in common changes nothing and is taken off. A feature weighs nothing in a question that it is not asked.
    """
    small = np.array([SMALL_WORDS_SCALE if feature.family in SMALL_WORDS else 1.0 for feature in features])
    asked = {question: np.array([question in feature.questions for feature in features], float) for question in QUESTIONS}
    evaluates, counted = coded != "reportorial", counted / counted.mean()
    scale, pointed = small * asked["evaluating"], scaled * asked["direction"]
    evaluating = LogisticRegression(C=EVALUATING_C, max_iter=5000, tol=1e-8).fit(scaled * scale, evaluates, counted)
    direction = LogisticRegression(C=DIRECTION_C, max_iter=5000, tol=1e-8)
    direction.fit(pointed[evaluates], coded[evaluates] == "promotional", counted[evaluates])
    e, d = evaluating.coef_[0] * scale, direction.coef_[0]
    level = np.average(np.logaddexp(odds := direction.decision_function(pointed) / 2, -odds), weights=counted)
    intercept = direction.intercept_[0]
    weights, intercepts = np.stack([d / 2, -d / 2, -e]), np.array([intercept / 2, -intercept / 2, level - evaluating.intercept_[0]])
    return weights - weights.mean(axis=0), intercepts - intercepts.mean()


def leave_out(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, groups: pd.Series, model: StanceModel) -> pd.DataFrame:
    """The stances of coded articles, each by a model fitted without the article's group (angle or event).

    A row is an article, ordered by group; columns as in ``stances``, then ``coded`` (the coders' stance) and ``group``.
    """
    scaled = scale_densities(measure_densities(hits, articles, model.features), articles["language"], model).to_numpy()
    group = groups.reindex(articles["article"]).to_numpy()
    coded, counted = codes.reindex(articles["article"]), _weigh(articles)
    pieces = []
    for left in sorted(groups.unique()):
        rest = (group != left) & coded.notna().to_numpy()
        try:
            fitted = _fit(scaled[rest], coded[rest].to_numpy(str), counted[rest], model)
        except CorpusError as fault:
            raise CorpusError(f"without the group {left!r}, {fault}") from None
        pieces.append(tell_stances(scaled[group == left], articles[group == left], fitted).assign(group=left))
    table = pd.concat(pieces, ignore_index=True)
    return table.assign(coded=codes.loc[table["article"]].to_numpy())


def measure_gains(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, groups: pd.Series, model: StanceModel) -> tuple[float, ...]:
    """What each feature brings: how much the log loss (nats per article) on groups left out grows without it.

    Below zero, the feature does harm on what the model was not fitted to. Groups are left out a tenth at a time.
    """
    scaled = scale_densities(measure_densities(hits, articles, model.features), articles["language"], model).to_numpy()
    coded, group = codes.loc[articles["article"]].to_numpy(str), groups.loc[articles["article"]].to_numpy()
    everything, counted = np.arange(len(model.features)), _weigh(articles)
    whole = _left_out_loss(scaled, coded, counted, group, model.features)
    kept = [tuple(feature for k, feature in enumerate(model.features) if k != i) for i in everything]
    return tuple(_left_out_loss(scaled[:, everything != i], coded, counted, group, kept[i]) - whole for i in track(everything, "gains", "feature"))


def _left_out_loss(scaled: np.ndarray, coded: np.ndarray, counted: np.ndarray, group: np.ndarray, features: tuple[Feature, ...]) -> float:
    """The mean log loss of articles by weights fitted without their group, a tenth of the groups at a time."""
    told = np.zeros((len(coded), len(STANCES)))
    for rest, left in GroupKFold(min(_N_FOLDS, len(set(group)))).split(scaled, groups=group):
        weights, intercept = _fit_weights(scaled[rest], coded[rest], counted[rest], features)
        told[left] = softmax(scaled[left] @ weights.T + intercept, axis=1)
    order = np.argsort(STANCES)
    return float(log_loss(coded, told[:, order], labels=np.array(STANCES)[order]))


def macro_f1(table: pd.DataFrame) -> float:
    """Macro-averaged F1 over the three stances (0 to 1) of a table with ``stance`` and ``coded``."""
    return float(f1_score(table["coded"], table["stance"], labels=list(STANCES), average="macro", zero_division=0))


def measure_norms(hits: pd.DataFrame, articles: pd.DataFrame, features: tuple[Feature, ...]) -> dict[str, np.ndarray]:
    """Mean and spread of each feature's density in each language, from articles that say the same in both.

    The mean is the language's own, so that a translation starts from the same zero; the spread (standard deviation) is
    averaged over the two languages, so that a mark weighs the same in both.
    """
    densities = measure_densities(hits, articles, features).to_numpy()
    language = articles["language"].to_numpy()
    spread = np.mean([densities[language == lang].std(axis=0) for lang in LANGUAGES], axis=0)
    spread = np.maximum(spread, _LEAST_SPREAD)
    return {lang: np.vstack([densities[language == lang].mean(axis=0), spread]) for lang in LANGUAGES}


def read_coded(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The coded articles that a study may be fitted to, and what their coders say together.

    Articles have a column ``set`` (``angle``, ``event``, ``everyday``) and a column ``group``, what is left out together:
    the angle of a teaching article, the event of another, one of ten parts of those on everyday matters, drawn by seed;
    where the files name none, each article is a group of its own; and a column ``weight``, how much it counts in the fitting
    (``HARD_WEIGHT`` where a key calls it hard, times ``OWN_EVENT_WEIGHT`` for a teaching article). What cannot be coded or has no codes is left out. ``held_out`` is never read.
    Raises CorpusError where nothing is coded.
    """
    others = folder / "other_events"
    articles, codes = _read_sets([(folder / "articles", folder / "codes.csv", folder / "key.csv", "angle"),
                                  (others / "development", others / "development_codes.csv", others / "development_key.csv", "event"),
                                  (others / "everyday", others / "everyday_codes.csv", others / "everyday_key.csv", "everyday")])  # fmt: skip
    if articles.empty:
        raise CorpusError(f"{folder}: no coded articles; put them into articles/ and their codes into codes.csv")
    everyday = articles["set"] == "everyday"
    articles.loc[everyday, "group"] = _draw_parts(articles.loc[everyday, "article"])
    return articles, codes


def _find_hard(key: Path) -> set[str]:
    """The ids that a key calls hard; one that is not there, or has no column ``difficulty``, calls none so.

    Raises CorpusError for a key that cannot be read, and another difficulty than plain or hard.
    """
    table = read_codes(key) if key.is_file() else pd.DataFrame()
    if "difficulty" not in table:
        return set()
    told = table["difficulty"].fillna("").astype(str).str.strip().str.casefold()
    wrong = told[~told.isin(["plain", "hard", ""])]
    if len(wrong):
        raise CorpusError(f"{key}:{wrong.index[0] + 2}: difficulty {table['difficulty'][wrong.index[0]]!r}; allowed are plain and hard")
    return set(table.loc[told == "hard", "article"])


def _draw_parts(articles: pd.Series) -> pd.Series:
    """The part that each article is left out with, "everyday 1" … "everyday 10"."""
    shuffled = sorted(articles)
    random.Random(_FOLD_SEED).shuffle(shuffled)
    return articles.map({article: f"everyday {1 + place % _N_FOLDS}" for place, article in enumerate(shuffled)})


def _read_sets(sets: list[tuple[Path, Path, Path, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of folders with codes, and these; a set is a folder, its codes, its key and what is left out together."""
    pieces, sheets = [], []
    for path, codes, key, group in sets:
        if path.is_dir() and codes.is_file():
            articles = read_corpus(path, progress=False)
            weight = np.where(articles["article"].isin(_find_hard(key)), HARD_WEIGHT, 1.0) * (OWN_EVENT_WEIGHT if group == "angle" else 1.0)
            pieces.append(articles.assign(group=articles.get(group, articles["article"]).fillna(articles["article"]), set=group, weight=weight))
            sheets.append(read_codes(codes))
    if not pieces:
        return pd.DataFrame({"article": []}), pd.DataFrame({"stance": []})
    codes = merge_codes(pd.concat(sheets, ignore_index=True))
    together = select_codable(pd.concat(pieces, ignore_index=True))
    return together[together["article"].isin(codes.index)].reset_index(drop=True), codes


def fit_study_model(folder: Path, lexicons_folder: Path, output: Path | None = None) -> pd.DataFrame:
    """Fit the model to the study's coded articles, write it beside the lexicons, and judge it on what it was not fitted to.

    Returns the macro-F1 (0 to 1) of leaving out one angle, event or part of everyday press at a time; a row is a set of
    articles and a language, columns ``set``, ``language``, ``articles``, ``macro_f1``.
    """
    lexicons, old = read_lexicons(lexicons_folder), read_model(lexicons_folder / "stance_model.yaml")
    articles, codes = read_coded(folder / "corpus")
    hits = tag_articles(articles, lexicons, progress=False)
    groups = pd.Series(articles["group"].to_numpy(), articles["article"])
    fitted = fit_model(hits, articles, codes["stance"], old)
    table = leave_out(hits, articles, codes["stance"], groups, old)
    fitted = replace(fitted, gains=measure_gains(hits, articles, codes["stance"], groups, old))
    write_model(fitted, output or lexicons_folder / "stance_model.yaml")
    table = table.assign(language=articles.set_index("article")["language"].reindex(table["article"]).to_numpy())
    table["set"] = articles.set_index("article")["set"].reindex(table["article"]).map(_JUDGED).to_numpy()
    both = pd.concat([table, table.assign(language="both")])
    rows = [(name, language, len(part), round(macro_f1(part), 3)) for (name, language), part in both.groupby(["set", "language"], sort=True)]
    return pd.DataFrame(rows, columns=["set", "language", "articles", "macro_f1"])


_JUDGED = {"angle": "teaching, one angle left out", "event": "other events, one event left out", "everyday": "everyday press, a tenth left out"}


def renew_norms(articles: pd.DataFrame, lexicons_folder: Path) -> None:
    """Measure the norms from parallel articles and write them into the stance model, its features and weights kept.

    What cannot be coded is left out. Raises CorpusError where one language has no article.
    """
    articles = select_codable(articles).reset_index(drop=True)
    counts = articles["language"].value_counts()
    missing = [language for language in LANGUAGES if language not in counts]
    if missing:
        raise CorpusError(f"no article in {', '.join(missing)}; norms need articles that say the same in {' and '.join(LANGUAGES)}")
    path = lexicons_folder / "stance_model.yaml"
    model = read_model(path)
    hits = tag_articles(articles, read_lexicons(lexicons_folder))
    made = f"norms from {counts['de']} German and {counts['en']} English articles that say the same; weights by 'lesart lexicon fit'"
    write_model(replace(model, norms=measure_norms(hits, articles, model.features), made=made, gains=()), path)
