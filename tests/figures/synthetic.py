"""Tables of the shape that the measures make, drawn by hand and by seeded chance; no lexicon is needed."""

import numpy as np
import pandas as pd

from lesart.contrast import compare_languages
from lesart.stance import STANCES, Feature, StanceModel
from lesart.topics import TOPICS, topic_weights

ANGLES = ("deal", "workers", "rivals", "founder", "values", "state")
GENRES = ("news report", "newsletter", "column", "feature", "profile", "press release", "editorial")
FAMILIES = ("reporting", "hedges", "praise", "vision", "company", "harm", "failure", "doubt", "power", "accusation", "contrast", "judgement", "irony", "address")
PRESS = (("de-retailnews", "news report", 612), ("de-dasgeld", "company blog", 480), ("en-pressbee-time", "news report", 1391),
         ("de-boersenzeitung", "profile", 733), ("en-platformer", "newsletter", 2204))  # fmt: skip


def make_articles() -> pd.DataFrame:
    """41 articles: 36 for teaching, 5 from the press."""
    rows = []
    for language in ("en", "de"):
        for i, angle in enumerate(ANGLES):
            for j, letter in enumerate("abc"):
                rows.append((f"{language}-{angle}-{letter}", language, "teaching", GENRES[(2 * i + j) % 7], 250 + 13 * ((5 * i + 7 * j) % 11)))
    rows += [(name, name[:2], "press", genre, words) for name, genre, words in PRESS]
    return pd.DataFrame(rows, columns=["article", "language", "corpus", "genre", "words"]).assign(title="t", text="")


def make_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Twenty sentences of equal length in each article: a headline, two of the lead, the body."""
    rows = []
    for article, words in zip(articles["article"], articles["words"], strict=True):
        length = max(int(words) * 6 // 20, 5)
        for k in range(20):
            part = "headline" if k == 0 else "lead" if k < 3 else "body"
            rows.append((article, k, min(k, 5), part, k * length, (k + 1) * length - 1, max(int(words) // 20, 1)))
    return pd.DataFrame(rows, columns=["article", "sentence", "paragraph", "part", "start", "end", "words"])


def make_hits(sentences: pd.DataFrame, topics: tuple[str, ...] = TOPICS, seed: int = 0) -> pd.DataFrame:
    """Topic and stance hits by chance, each article with its own leaning."""
    rng = np.random.default_rng(seed)
    rows = []
    for article, own in sentences.groupby("article", sort=False):
        leaning = rng.dirichlet(np.full(len(topics), 0.7))
        marks = rng.dirichlet(np.full(len(FAMILIES), 0.8))
        for sentence, part, start in zip(own["sentence"], own["part"], own["start"], strict=True):
            for _ in range(rng.poisson(2.2)):
                rows.append((article, sentence, part, start + int(rng.integers(0, 40)), "topics", topics[rng.choice(len(topics), p=leaning)]))
            for _ in range(rng.poisson(1.5)):
                rows.append((article, sentence, part, start + int(rng.integers(0, 40)), "stance", FAMILIES[rng.choice(len(FAMILIES), p=marks)]))
    hits = pd.DataFrame(rows, columns=["article", "sentence", "part", "start", "lexicon", "category"])
    hits["end"] = hits["start"] + 6
    hits["surface"] = [f"{category[:4]}{start % 7}" for category, start in zip(hits["category"], hits["start"], strict=True)]
    hits["voice"] = np.where(rng.random(len(hits)) < 0.25, "quoted", "narrator")
    return hits.assign(concept="c", negated=False, pattern="p")


def make_stances(articles: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Probabilities that are mostly sure and sometimes not."""
    rng = np.random.default_rng(seed)
    rows = np.array([rng.dirichlet(np.where(np.arange(3) == i % 3, 6.0, 0.7)) for i in range(len(articles))]).reshape(-1, 3).round(4)
    ranked = np.sort(rows, axis=1)
    margin = ranked[:, -1] - ranked[:, -2]
    table = pd.DataFrame({"article": articles["article"].to_numpy(), "stance": np.array(STANCES, object)[rows.argmax(axis=1)]})
    table[list(STANCES)] = rows
    return table.assign(margin=margin.round(4), sure=1 + np.searchsorted((0.25, 0.6), margin, side="right"))


def make_model() -> StanceModel:
    """A stance model with weights by chance."""
    rng = np.random.default_rng(2)
    features = tuple(Feature(family) for family in FAMILIES) + (Feature("harm", "quoted"),)
    norm = np.array([np.full(len(features), 0.4), np.full(len(features), 0.35)])
    return StanceModel(features, {"de": norm, "en": norm}, rng.normal(0, 0.5, (3, len(features))), np.zeros(3))


def make_tables(articles: pd.DataFrame | None = None, topics: tuple[str, ...] = TOPICS) -> dict:
    """All tables that ``export_all`` takes."""
    articles = make_articles() if articles is None else articles
    sentences = make_sentences(articles)
    hits = make_hits(sentences, topics)
    weights = topic_weights(hits, articles, list(topics))
    return {
        "articles": articles, "sentences": sentences, "hits": hits, "stances": make_stances(articles),
        "weights": weights, "comparison": compare_languages(weights, articles), "model": make_model(),
    }  # fmt: skip
