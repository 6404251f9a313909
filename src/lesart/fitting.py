"""Makes the stance model: norms per language and a few weights, fitted to coded articles, judged on what was left out."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from .articles import read_corpus
from .lexicon import find_lexicons, read_lexicons
from .sentences import LANGUAGES
from .stance import STANCES, Feature, StanceModel, measure_densities, read_model, scale_densities, stances, write_model
from .tagging import tag_articles

# Strength of the ridge penalty (scikit-learn's C, smaller is stronger): some 14 numbers per stance from few articles.
PENALTY_C = 0.15
# A spread below this would blow up a family that hardly occurs.
_LEAST_SPREAD = 0.25


def fit_model(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, model: StanceModel, *, penalty_c: float = PENALTY_C) -> StanceModel:
    """The model with weights fitted to coded articles (``codes``: stance by article id), its norms kept.

    Multinomial logistic regression with a ridge penalty on the scaled densities; every article counts the same.
    """
    coded = articles[articles["article"].isin(codes.index)]
    scaled = scale_densities(measure_densities(hits, coded, model.features), coded["language"], model)
    regression = LogisticRegression(C=penalty_c, max_iter=5000, tol=1e-8)
    regression.fit(scaled.to_numpy(), codes.loc[coded["article"]].to_numpy(str))
    order = [list(regression.classes_).index(stance) for stance in STANCES]
    return StanceModel(model.features, model.norms, regression.coef_[order], regression.intercept_[order], model.made)


def leave_out(hits: pd.DataFrame, articles: pd.DataFrame, codes: pd.Series, groups: pd.Series, model: StanceModel) -> pd.DataFrame:
    """The stances of coded articles, each by a model fitted without the article's group (angle or event).

    A row is an article, ordered by group; columns as in ``stances``, then ``coded`` (the coders' stance) and ``group``.
    """
    pieces = []
    for group in sorted(groups.unique()):
        inside = groups.index[groups == group]
        fitted = fit_model(hits, articles[~articles["article"].isin(inside)], codes, model)
        test = articles[articles["article"].isin(inside)]
        pieces.append(stances(hits, test, fitted).assign(group=group))
    table = pd.concat(pieces, ignore_index=True)
    return table.assign(coded=codes.loc[table["article"]].to_numpy())


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
