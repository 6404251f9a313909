"""Collects what the reading room shows: the tables of a study as plain lists, an article at a time.

Nothing is measured here: stances, reasons, weights and contrasts are those of their modules. Places are counted in UTF-16
units, as a browser counts them.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ..articles import read_corpus, select_codable
from ..contrast import compare_concepts
from ..errors import CorpusError
from ..figures.labels import LABELS
from ..figures.style import STANCE_COLOURS, topic_colours
from ..lexicon import Lexicon, read_lexicons
from ..patterns import GAP, SNIPPET
from ..progress import track
from ..sentences import PARTS, list_sentences
from ..stance import SMALL_WORDS, STANCES, Feature, StanceModel, explain_stances, marks_that_count, read_model, stances
from ..study import Study
from ..tagging import tag_articles
from ..topics import topic_weights

# What a hit is, as bits of one number.
QUOTED, NEGATED, WITH_GAP, NOT_COUNTED = 1, 2, 4, 8
# A concept has a difference between the languages to speak of when it is in so many articles.
_LEAST_ARTICLES = 3
_REFERENCE = ("title", "language", "outlet", "date", "genre", "url", "corpus", "note")


def collect_study(study: Study, *, with_press: bool = True, progress: bool = False) -> dict:
    """What the reading room shows of a study: see ``collect_room``.

    Without ``with_press`` the articles of ``corpus/press`` are shown as sealed ones, also where their texts are here.
    """
    articles = study.articles
    if not with_press:
        articles = articles.assign(sealed=articles["sealed"] | (articles["corpus"] == "press"))
    tables = (articles, study.sentences, study.hits, study.stances, study.weights)
    return collect_room(*tables, study.lexicons, study.model, left_out=study.left_out, progress=progress)


def collect_folder(
    paths: Iterable[str | Path], *, language: str | None = None, lexicons: str | Path | None = None, progress: bool = False
) -> tuple[dict, pd.DataFrame]:
    """What the reading room shows of articles anywhere, and the articles table they were read into, problems included.

    ``language`` is that of articles too short to show it, ``lexicons`` a folder of lexicons with a stance model. Raises
    CorpusError and LexiconError as ``read_corpus`` and ``read_lexicons`` do, and CorpusError where nothing can be coded.
    """
    both, model = read_lexicons(lexicons), read_model(Path(lexicons) / "stance_model.yaml" if lexicons else None)
    read = read_corpus(paths, language=language, progress=progress)
    articles = select_codable(read).reset_index(drop=True).assign(sealed=False, corpus="")
    if articles.empty:
        raise CorpusError(f"no article that can be coded ({read['article'].iloc[0]}: {read['problem'].iloc[0]}); name a folder with articles")
    hits = tag_articles(articles, both, progress=progress)
    topics = next(lexicon for lexicon in both if lexicon.name == "topics").categories
    tables = (articles, list_sentences(articles), hits, stances(hits, articles, model), topic_weights(hits, articles, topics))
    left_out = read.loc[read["problem"] != "", ["article", "problem"]]
    return collect_room(*tables, both, model, left_out=left_out, progress=progress), read


def collect_room(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    tags: pd.DataFrame,
    weights: pd.DataFrame,
    lexicons: list[Lexicon],
    model: StanceModel,
    *,
    left_out: pd.DataFrame,
    progress: bool = False,
) -> dict:
    """The tables of a study in the shape that the page reads.

    ``index``: ``stances``, ``topics`` and ``families`` with their colours, ``quiet`` (families not marked at first), ``concepts`` (lexicon, category, concept, rules
    and names by label language), ``features`` of the model (``any_voice``: families in which voices count as one), ``keyness``
    (rows of ``compare_concepts``), ``left_out``, and an entry for each article with its reference, stance and weights. ``articles``: for each article ``text`` (empty where it is sealed), ``sentences``
    (start, end, part, paragraph), ``hits`` (concept, sentence, start, end, bits, in sealed articles the surface) and
    ``why`` (feature, hits, distance, push to each stance).
    """
    listed = _list_concepts(lexicons, hits)
    concepts = {tuple(row[:3]): number for number, row in enumerate(listed)}
    features = list(dict.fromkeys(str(Feature(f.family, f.voice)) for f in model.features))
    entries = _list_entries(articles, tags, weights)
    reasons = _list_reasons(hits, articles, model, features)
    whys = [why if entry["stance"] else [] for why, entry in zip(reasons, entries, strict=True)]
    bodies = _list_bodies(articles, sentences, _describe(hits, concepts), whys, progress=progress)
    topics = list(weights["topic"].unique())
    head = {
        "stances": [[stance, STANCE_COLOURS[stance]] for stance in STANCES],
        "topics": [[topic, colour] for topic, colour in topic_colours(topics).items()],
        "families": _colour_families(lexicons, model),
        "quiet": list(SMALL_WORDS),
        "features": features,
        "any_voice": sorted({feature.family for feature in model.features if feature.voice == "any"}),
        "concepts": listed,
        "keyness": _list_keyness(hits, articles, concepts),
        "left_out": left_out[["article", "problem"]].astype(str).values.tolist(),
    }
    return {"index": head | {"articles": entries}, "articles": bodies}


def _list_concepts(lexicons: list[Lexicon], hits: pd.DataFrame) -> list[list]:
    """Each concept (lexicon, category, concept) with its rules and its names; those that only an older sheet has come last."""
    known = [(lexicon.name, row.category, row.concept) for lexicon in lexicons for row in lexicon.concepts.itertuples()]
    found = hits[["lexicon", "category", "concept"]].drop_duplicates().itertuples(index=False, name=None)
    by_name = {lexicon.name: lexicon for lexicon in lexicons}
    rows = []
    for name, *place in dict.fromkeys([*known, *sorted(found)]):
        rules, names = ({labels: tell(*place, labels) for labels in LABELS} for tell in (by_name[name].rule_of, by_name[name].name_concept))
        rows.append([name, *place, rules, names])
    return rows


def _describe(hits: pd.DataFrame, concepts: dict[tuple[str, str, str], int]) -> pd.DataFrame:
    """The hits with the number of their concept and their bits."""
    kinds = hits[["lexicon", "category", "concept"]].drop_duplicates()
    numbers = pd.Series([concepts[key] for key in kinds.itertuples(index=False, name=None)], pd.MultiIndex.from_frame(kinds), dtype=int)
    number = numbers.reindex(pd.MultiIndex.from_frame(hits[["lexicon", "category", "concept"]])).to_numpy()
    counted = hits.index.isin(marks_that_count(hits).index) | (hits["lexicon"] != "stance")
    bits = QUOTED * (hits["voice"] == "quoted") + NEGATED * hits["negated"].astype(bool)
    split = hits["pattern"].str.contains(GAP, regex=False) & (hits["pattern"] != SNIPPET)
    bits += WITH_GAP * split + NOT_COUNTED * ~counted
    return hits.assign(number=number, bits=bits.to_numpy(int))


def _colour_families(lexicons: list[Lexicon], model: StanceModel) -> list[list[str]]:
    """Each family of marks with the colour of the stance that its marks in the narrator's voice speak for most."""
    families = next(lexicon for lexicon in lexicons if lexicon.name == "stance").categories
    own = [i for i, feature in enumerate(model.features) if feature.voice != "quoted"]
    weight = pd.DataFrame(model.weights.T[own], columns=list(STANCES)).groupby([model.features[i].family for i in own]).sum()
    centred = weight.sub(weight.mean(axis=1), axis=0)
    return [[family, STANCE_COLOURS[centred.loc[family].idxmax()] if family in centred.index else "#5F5F5F"] for family in families]


def _list_entries(articles: pd.DataFrame, tags: pd.DataFrame, weights: pd.DataFrame) -> list[dict]:
    """What the list of articles and the small pictures need of each article."""
    told = {row["article"]: row for row in tags.to_dict("records")}
    shares: dict[str, list[list]] = {name: [] for name in told}
    for name, n, *values in weights[["article", "hits", "weight", "low", "high"]].itertuples(index=False, name=None):
        shares[name].append([int(n), *_rounded(values)])
    return [_list_entry(article, told[article["article"]], shares[article["article"]]) for article in articles.to_dict("records")]


def _list_entry(article: dict, tag: dict, weights: list[list]) -> dict:
    reference = {name: _as_text(article.get(name, "")) for name in _REFERENCE}
    if article["sealed"]:
        reference["title"] = ""  # a headline is a sentence of the text
    return {
        "id": str(article["article"]),
        **reference,
        "sealed": bool(article["sealed"]),
        "words": int(article["words"]),
        "stance": str(tag["stance"]),
        "p": [round(float(tag[stance]), 4) for stance in STANCES],
        "margin": round(float(tag["margin"]), 4),
        "sure": int(tag["sure"]),
        "weights": weights,
    }


def _list_bodies(articles: pd.DataFrame, sentences: pd.DataFrame, hits: pd.DataFrame, whys: list[list[list]], *, progress: bool) -> list[dict]:
    """Each article's text, sentences, hits and reasons; of a sealed one no text but the matched words."""
    # As arrays: cutting two tables for each article would take most of the time.
    spans = sentences[["start", "end", "paragraph"]].assign(part=sentences["part"].map(PARTS.index))[["start", "end", "part", "paragraph"]].to_numpy(np.int64)
    marks, surfaces = hits[["start", "end", "number", "sentence", "bits"]].to_numpy(np.int64), hits["surface"].to_numpy(object)
    places = [table.groupby("article", sort=False).indices for table in (sentences, hits)]
    bodies = []
    rows = zip(articles["article"], articles["text"], articles["sealed"], whys, strict=True)
    for name, text, sealed, why in track(list(rows), "collecting", "article", shown=progress):
        text = "" if sealed else str(text)
        of_sentences, of_hits = (known.get(name, np.empty(0, np.int64)) for known in places)
        found = [[number, sentence, start, end, bits] for start, end, number, sentence, bits in _to_utf16(text, marks[of_hits]).tolist()]
        if sealed:
            found = [[*hit, surface] for hit, surface in zip(found, surfaces[of_hits], strict=True)]
        bodies.append({"text": text, "sentences": _to_utf16(text, spans[of_sentences]).tolist(), "hits": found, "why": why})
    return bodies


def _list_reasons(hits: pd.DataFrame, articles: pd.DataFrame, model: StanceModel, features: list[str]) -> list[list[list]]:
    """For each article rows of feature, hits, distance and push to each stance, the strongest first."""
    table = explain_stances(hits, articles, model)
    numbers = pd.Index(features).get_indexer(table["feature"])
    values = table[["distance", *STANCES]].to_numpy()
    rows = [[number, n, *_rounded(row)] for number, n, row in zip(numbers.tolist(), table["hits"].tolist(), values.tolist(), strict=True)]
    return [rows[first : first + len(features)] for first in range(0, len(rows), len(features))]


def _to_utf16(text: str, places: np.ndarray) -> np.ndarray:
    """Rows whose first two columns, start and end in a text, are counted in UTF-16 units.

    >>> _to_utf16("a🙂b", np.array([[0, 1, 7], [2, 3, 7]])).tolist()
    [[0, 1, 7], [3, 4, 7]]
    """
    if not text or text.isascii() or max(text) <= "\uffff":
        return places
    units = np.cumsum([0, *(1 + (character > "\uffff") for character in text)])
    return np.column_stack([units[places[:, :2]], places[:, 2:]])


def _list_keyness(hits: pd.DataFrame, articles: pd.DataFrame, concepts: dict[tuple[str, str, str], int]) -> list[list]:
    """Rows of ``compare_concepts`` for both lexicons: concept, de, en, difference, low, high, articles_de, articles_en."""
    rows = []
    for lexicon in ("topics", "stance"):
        table = compare_concepts(hits, articles, lexicon=lexicon, least_articles=min(_LEAST_ARTICLES, max(len(articles), 1)))
        for row in table.itertuples():
            values = _rounded((row.de, row.en, row.difference, row.low, row.high))
            rows.append([concepts[lexicon, row.category, row.concept], *values, int(row.articles_de), int(row.articles_en)])
    return rows


def _rounded(values: Iterable[float]) -> list[float | None]:
    """Numbers with four places; None for NaN, which JSON has not."""
    return [None if value != value else round(float(value), 4) for value in values]


def _as_text(value: object) -> str:
    return "" if value is None or value != value else str(value)
