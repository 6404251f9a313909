"""Makes the stance model: norms per language and a few weights, fitted to coded articles, judged on what was left out."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from .articles import read_corpus, select_codable
from .codes import merge_codes, read_codes
from .errors import CorpusError
from .lexicon import read_lexicons
from .progress import track
from .sentences import LANGUAGES
from .stance import STANCES, Feature, StanceModel, measure_densities, read_model, scale_densities, stances, write_model
from .tagging import tag_articles

# Strength of the ridge penalty (scikit-learn's C, smaller is stronger): some 50 numbers per stance from few articles.
PENALTY_C = 0.03
# Everyday articles, each its own event, are left out in so many parts; which is which, chance says, with a seed.
_N_FOLDS, _FOLD_SEED = 10, 2025
# A spread below this would blow up a mark that hardly occurs.
_LEAST_SPREAD = 0.15


def fit_model(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, model: StanceModel) -> StanceModel:
    """The model with weights fitted to coded articles (``codes``: stance by article id), its norms kept.

    Multinomial logistic regression with a ridge penalty on the scaled densities; every article counts the same.
    Raises CorpusError where no coded article has one of the stances.
    """
    coded = articles[articles["article"].isin(codes.index)]
    missing = [stance for stance in STANCES if stance not in set(codes.loc[coded["article"]])]
    if missing:
        raise CorpusError(f"no coded article is {', '.join(missing)}; fitting needs articles of each stance: {', '.join(STANCES)}")
    scaled = scale_densities(measure_densities(hits, coded, model.features), coded["language"], model)
    regression = _regression()
    regression.fit(scaled.to_numpy(), codes.loc[coded["article"]].to_numpy(str))
    order = [list(regression.classes_).index(stance) for stance in STANCES]
    return replace(model, weights=regression.coef_[order], intercept=regression.intercept_[order])


def leave_out(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, groups: pd.Series, model: StanceModel) -> pd.DataFrame:
    """The stances of coded articles, each by a model fitted without the article's group (angle or event).

    A row is an article, ordered by group; columns as in ``stances``, then ``coded`` (the coders' stance) and ``group``.
    """
    pieces = []
    for group in sorted(groups.unique()):
        inside = groups.index[groups == group]
        try:
            fitted = fit_model(hits, articles[~articles["article"].isin(inside)], codes, model)
        except CorpusError as fault:
            raise CorpusError(f"without the group {group!r}, {fault}") from None
        test = articles[articles["article"].isin(inside)]
        pieces.append(stances(hits, test, fitted).assign(group=group))
    table = pd.concat(pieces, ignore_index=True)
    return table.assign(coded=codes.loc[table["article"]].to_numpy())


def measure_gains(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, groups: pd.Series, model: StanceModel) -> tuple[float, ...]:
    """What each feature brings: how much the log loss (nats per article) of ``leave_out`` grows without it.

    Below zero, the feature does harm on what the model was not fitted to.
    """
    scaled = scale_densities(measure_densities(hits, articles, model.features), articles["language"], model).to_numpy()
    coded, group = codes.loc[articles["article"]].to_numpy(str), groups.loc[articles["article"]].to_numpy()
    everything = np.arange(len(model.features))
    whole = _left_out_loss(scaled, coded, group)
    return tuple(_left_out_loss(scaled[:, everything != i], coded, group) - whole for i in track(everything, "gains", "feature"))


def _left_out_loss(scaled: np.ndarray, coded: np.ndarray, group: np.ndarray) -> float:
    """The mean log loss of articles by a regression fitted without their group."""
    told = cross_val_predict(_regression(), scaled, coded, groups=group, cv=LeaveOneGroupOut(), method="predict_proba")
    return float(log_loss(coded, told, labels=sorted(STANCES)))


def _regression() -> LogisticRegression:
    return LogisticRegression(C=PENALTY_C, max_iter=5000, tol=1e-8)


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
    where the files name none, each article is a group of its own. What cannot be coded or has no codes is left out. ``held_out`` is never read.
    Raises CorpusError where nothing is coded.
    """
    others = folder / "other_events"
    articles, codes = _read_sets([(folder / "articles", folder / "codes.csv", "angle"),
                                  (others / "development", others / "development_codes.csv", "event"),
                                  (others / "everyday", others / "everyday_codes.csv", "everyday")])  # fmt: skip
    if articles.empty:
        raise CorpusError(f"{folder}: no coded articles; put them into articles/ and their codes into codes.csv")
    everyday = articles["set"] == "everyday"
    articles.loc[everyday, "group"] = _draw_parts(articles.loc[everyday, "article"])
    return articles, codes


def read_validation(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The coded articles that no model is fitted to, and what their coders say together; empty where there are none.

    Columns as in ``read_coded``; ``set`` is ``validation`` (other events) or ``everyday_validation``. They tell which of two
    versions does better on articles it never saw.
    """
    others = folder / "other_events"
    return _read_sets([(others / name, others / f"{name}_codes.csv", name) for name in ("validation", "everyday_validation")])


def _draw_parts(articles: pd.Series) -> pd.Series:
    """The part that each article is left out with, "everyday 1" … "everyday 10"."""
    shuffled = sorted(articles)
    random.Random(_FOLD_SEED).shuffle(shuffled)
    return articles.map({article: f"everyday {1 + place % _N_FOLDS}" for place, article in enumerate(shuffled)})


def _read_sets(sets: list[tuple[Path, Path, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    there = [(path, codes, group) for path, codes, group in sets if path.is_dir() and codes.is_file()]
    if not there:
        return pd.DataFrame({"article": []}), pd.DataFrame({"stance": []})
    articles = [read_corpus(path, progress=False).assign(group=lambda a, g=group: a.get(g, a["article"]), set=group) for path, _, group in there]
    codes = merge_codes(pd.concat([read_codes(codes) for _, codes, _ in there], ignore_index=True))
    together = select_codable(pd.concat(articles, ignore_index=True))
    return together[together["article"].isin(codes.index)].reset_index(drop=True), codes


def fit_study_model(folder: Path, lexicons_folder: Path, output: Path | None = None) -> pd.DataFrame:
    """Fit the model to the study's coded articles, write it beside the lexicons, and judge it on what it was not fitted to.

    Returns the macro-F1 (0 to 1) of leaving out one angle, event or part of everyday press at a time, and of the articles that
    are kept from fitting altogether (``read_validation``); a row is a set of articles and a language, columns ``set``,
    ``language``, ``articles``, ``macro_f1``.
    """
    lexicons, old = read_lexicons(lexicons_folder), read_model(lexicons_folder / "stance_model.yaml")
    articles, codes = read_coded(folder / "corpus")
    hits = tag_articles(articles, lexicons, progress=False)
    groups = pd.Series(articles["group"].to_numpy(), articles["article"])
    fitted = fit_model(hits, articles, codes["stance"], old)
    table = leave_out(hits, articles, codes["stance"], groups, old)
    fitted = replace(fitted, gains=measure_gains(hits, articles, codes["stance"], groups, old))
    write_model(fitted, output or lexicons_folder / "stance_model.yaml")
    kept, kept_codes = read_validation(folder / "corpus")
    if len(kept):
        told = stances(tag_articles(kept, lexicons, progress=False), kept, fitted)
        table = pd.concat([table, told.assign(coded=kept_codes.loc[kept["article"], "stance"].to_numpy())], ignore_index=True)
        articles = pd.concat([articles, kept], ignore_index=True)
    table = table.assign(language=articles.set_index("article")["language"].reindex(table["article"]).to_numpy())
    table["set"] = articles.set_index("article")["set"].reindex(table["article"]).map(_JUDGED).to_numpy()
    both = pd.concat([table, table.assign(language="both")])
    rows = [(name, language, len(part), round(macro_f1(part), 3)) for (name, language), part in both.groupby(["set", "language"], sort=True)]
    return pd.DataFrame(rows, columns=["set", "language", "articles", "macro_f1"])


_JUDGED = {"angle": "teaching, one angle left out", "event": "other events, one event left out", "everyday": "everyday press, a tenth left out",
           "validation": "validation, other events", "everyday_validation": "validation, everyday press"}  # fmt: skip


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
