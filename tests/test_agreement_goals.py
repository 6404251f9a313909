"""Agreement with hand coding has a floor. Below it these tests fail; a floor is raised when a measure rises, never lowered in passing.

What is pinned was measured on exactly the coded articles of ``CODED``. Who changes these changes the yardstick: measure
anew, and say before and after in the commit.
"""

import hashlib

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from lesart.codes import merge_codes, read_codes
from lesart.fitting import leave_out, macro_f1, read_coded
from lesart.lexicon import read_lexicons
from lesart.press import read_press
from lesart.stance import read_model, stances
from lesart.tagging import tag_articles
from lesart.topics import TOPICS, pivot_weights, topic_weights

CORPUS = ROOT / "corpus"
# SHA-256 of the coded articles and the coders' sheets, in this order: what the floors below were measured on.
CODED = ["articles/*.md", "codes.csv", "other_events/development/*.md", "other_events/development_codes.csv", "press/codes.csv"]
CODED_SHA256 = "efd953a1c9f6bbed33cb346aabfe69d1d1f377d843a84a5546f5f21e904b3e17"

# Macro-F1 over the three stances on the 36 teaching articles, each by a model fitted without its angle (to the other
# angles, events and everyday press, as `lesart lexicon fit` does); measured: 0.944 of all, of German and of English.
FLOOR_MACRO_F1 = {"both": 0.90, "de": 0.90, "en": 0.90}
# The same with nothing but the other five angles to learn from; measured: 0.889. Not a goal; it must not fall unseen.
FLOOR_MACRO_F1_OF_30_ARTICLES = 0.88
# Correlation (Pearson) of weights with the coders' mean shares over the 36 teaching and 5 press articles; measured:
# labor 0.969, competition 0.958, ethics 0.893, finance 0.918, leadership 0.945, technology 0.861, governance 0.978.
FLOOR_CORRELATION = 0.85


def test_floors_were_measured_on_these_articles():
    digest = hashlib.sha256()
    for pattern in CODED:
        for file in sorted(CORPUS.glob(pattern)):
            digest.update(file.name.encode() + b"\n" + file.read_bytes())
    assert digest.hexdigest() == CODED_SHA256, "the coded articles changed: measure the figures of this file anew"


@pytest.fixture(scope="module")
def coded():
    """What a model may be fitted to: articles, the coders' stances, hits."""
    articles, codes = read_coded(CORPUS)
    return articles, codes["stance"], tag_articles(articles, read_lexicons(ROOT / "lexicons"), progress=False)


def judge(articles, codes, hits):
    """The stances of articles, each by a model that did not see its angle or event."""
    model = read_model(ROOT / "lexicons/stance_model.yaml")
    table = leave_out(hits, articles, codes, articles.set_index("article")["group"], model)
    return table.merge(articles[["article", "language", "set"]], on="article")


@pytest.fixture(scope="module")
def left_out(coded):
    return judge(*coded)


@pytest.mark.parametrize("language", FLOOR_MACRO_F1)
def test_stance_agrees_with_the_coders_on_angles_it_was_not_fitted_to(left_out, language):
    teaching = left_out[(left_out["set"] == "angle") & ((left_out["language"] == language) | (language == "both"))]
    assert len(teaching) == (36 if language == "both" else 18)
    wrong = teaching.loc[teaching["stance"] != teaching["coded"], ["article", "stance", "coded"]]
    assert macro_f1(teaching) >= FLOOR_MACRO_F1[language], wrong.to_string()


def test_stance_fitted_to_five_angles_alone_agrees_on_the_sixth(coded):
    articles, codes, hits = coded
    table = judge(articles[articles["set"] == "angle"], codes, hits)
    assert len(table) == 36
    assert macro_f1(table) >= FLOOR_MACRO_F1_OF_30_ARTICLES


@pytest.fixture(scope="module")
def press_codes():
    return merge_codes(read_codes(CORPUS / "press/codes.csv"))


def test_press_codes_are_of_the_five_press_articles(press_codes, study):
    assert press_codes.index.tolist() == sorted(study.articles.loc[study.articles["corpus"] == "press", "article"])
    assert len(press_codes) == 5


PRESS = ["de-boersenzeitung", "de-dasgeld", "de-retailnews", "en-platformer", "en-pressbee-time"]


@pytest.mark.parametrize("article", PRESS)
def test_press_article_gets_its_coders_stance(article, press_codes, study):
    row = study.stances.set_index("article").loc[article]
    assert row["stance"] == press_codes["stance"][article], row.to_string()


@pytest.mark.parametrize("article", PRESS)
def test_press_article_gets_its_coders_stance_from_its_sheet_alone(article, press_codes, tmp_path):
    (tmp_path / f"{article}.json").write_bytes((CORPUS / "press" / f"{article}.json").read_bytes())
    articles, _, hits = read_press(tmp_path, read_lexicons(ROOT / "lexicons"))
    table = stances(hits, articles, read_model(ROOT / "lexicons/stance_model.yaml"))
    assert table["stance"].tolist() == [press_codes["stance"][article]]


@pytest.fixture(scope="module")
def shares(study, press_codes):
    """The weights in percent and the coders' mean shares of the 41 articles."""
    coders = pd.concat([merge_codes(read_codes(CORPUS / "codes.csv")), press_codes])[list(TOPICS)]
    weights = pivot_weights(topic_weights(study.hits, study.articles, list(TOPICS), intervals=False)) * 100
    assert len(coders) == len(weights) == 41
    return weights, coders.loc[weights.index]


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_weight_correlates_with_the_coders_mean_share(topic, shares):
    ours, coders = shares
    assert np.corrcoef(ours[topic], coders[topic])[0, 1] >= FLOOR_CORRELATION
