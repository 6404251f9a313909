"""What a seminar's codes show: agreement, contested articles, where the lexicon was fooled, and what to ask about it.

Coders who agree are not right by that, and neither is the lexicon: every finding ends in a question, chosen by the data.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ..agreement import LEXICON, TOGETHER, compare_coders, compare_topics, join_sheets, measure_alpha, name_coders, topics_of
from ..codes import read_codes
from ..errors import CorpusError
from ..fitting import fit_model, read_coded
from ..lexicon import Lexicon
from ..stance import SURE_MARGINS, StanceModel, explain_stance
from ..study import code_articles
from ..tagging import tag_articles

# So much of a class is agreed where the lexicon is asked why it differs.
_MOST_AGREE = 2 / 3
# Krippendorff's least alpha for tentative conclusions.
_TENTATIVE = 0.667
# Shares of a topic further apart than this (standard deviation, points) are worth a question.
_FAR_APART_POINTS = 10
_MOST_CONTESTED, _MOST_FEATURES, _MOST_QUESTIONS = 5, 3, 8


@dataclass(frozen=True)
class Reading:
    """What the lexicon makes of a seminar's articles: ``codes`` as ``study.code_articles`` gives them, and what they come from.

    ``models``: by article; ``left_out``: whether any was fitted without its article's own group.
    """

    articles: pd.DataFrame
    hits: pd.DataFrame
    codes: pd.DataFrame
    models: dict[str, StanceModel]
    left_out: bool


def read_with_lexicon(articles: pd.DataFrame, lexicons: list[Lexicon], model: StanceModel, corpus: Path | None = None) -> Reading:
    """The lexicon's reading of the articles, ordered as they are.

    Articles of the study in ``corpus`` that its model was fitted to are read by one fitted without their angle or event
    (``fitting.read_coded``): a lexicon that knows the answers is no match for a class.
    """
    topics = next(lexicon for lexicon in lexicons if lexicon.name == "topics").categories
    hits = tag_articles(articles, lexicons, progress=False)
    fitted = _fit_without_own(articles, lexicons, model, corpus) if corpus else {}
    models = {article: fitted.get(article, model) for article in articles["article"]}
    pieces = []
    for own in {id(each): each for each in models.values()}.values():
        part = articles[[models[article] is own for article in articles["article"]]]
        pieces.append(code_articles(part, hits[hits["article"].isin(part["article"])], own, topics))
    codes = pd.concat(pieces, ignore_index=True).set_index("article").loc[articles["article"]].reset_index()
    return Reading(articles, hits, codes, models, bool(fitted))


def _fit_without_own(articles: pd.DataFrame, lexicons: list[Lexicon], model: StanceModel, corpus: Path) -> dict[str, StanceModel]:
    """For each article that the study's model was fitted to, a model fitted without its group; none where nothing is coded."""
    try:
        coded, codes = read_coded(corpus)
    except CorpusError:
        return {}
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    own = coded[[texts.get(article) == text for article, text in zip(coded["article"], coded["text"], strict=True)]]
    hits = tag_articles(coded, lexicons, progress=False) if len(own) else None
    fitted: dict[str, StanceModel] = {}
    for group, members in own.groupby("group"):
        with suppress(CorpusError):  # too few others to fit to: the model as it is
            without = fit_model(hits, coded[coded["group"] != group], codes["stance"], model)
            fitted |= dict.fromkeys(members["article"], without)
    return fitted


def read_key(path: Path) -> dict[str, str]:
    """The stance that each article was written to have, by id, from a key file; nothing where there is none. Errors as ``read_codes``."""
    return read_codes(path).set_index("article")["stance"].to_dict() if path.is_file() else {}


def tell_reveal(codes: pd.DataFrame, reading: Reading, key: Mapping[str, str]) -> dict[str, object]:
    """All that the reveal page shows, as plain values.

    ``codes``: the coders' (``read_codes``). Keys: ``coders``, ``n_articles``, ``agreement`` and ``topics`` (rows),
    ``articles`` (all that were coded, the most contested first), ``contested`` and ``fooled`` (some of these),
    ``questions`` (pairs of a key in ``words.yaml`` and its values),
    ``left_out`` (as in ``Reading``), ``has_key``. Raises CorpusError as ``join_sheets`` does.
    """
    known = codes[codes["article"].isin(reading.articles["article"])]
    joined = join_sheets({"class": known, LEXICON: reading.codes})
    articles = list_articles(joined, reading, key)
    fooled = [row | explain_difference(row, reading) for row in articles if row["n"] > 1 and row["agreed"] >= _MOST_AGREE and row["lexicon"] not in ("", row["stance"])]
    told = {
        "coders": name_coders(joined)[0],
        "n_articles": len(articles),
        "agreement": _list_agreement(joined),
        "topics": _list_topics(joined),
        "articles": articles,
        "contested": [row for row in articles if row["n"] > 1 and row["agreed"] < 1][:_MOST_CONTESTED],
        "fooled": fooled,
        "left_out": reading.left_out,
        "has_key": bool(key) and any(row["key"] for row in articles),
    }
    return told | {"questions": [question for question, _ in zip(_ask(told), range(_MOST_QUESTIONS))]}


def list_articles(joined: pd.DataFrame, reading: Reading, key: Mapping[str, str]) -> list[dict[str, object]]:
    """The coded articles with what each coder and the lexicon gave, the most contested first, then the least sure.

    ``agreed`` is the share of the majority's stance among coders; a tie goes to the surer side, as in ``merge_codes``.
    """
    lexicon, own = (table.set_index("article") for table in (reading.codes, reading.articles))
    rows = []
    for article, given in joined[joined["reference"]].groupby("article"):
        weight = given.assign(vote=1 + given["sure"].fillna(1) / 1000).groupby("stance")["vote"].sum().sort_values(ascending=False, kind="stable")
        votes = {stance: sorted(given.loc[given["stance"] == stance, "coder"]) for stance in weight.index}
        majority = next(iter(votes))
        told = {"title": str(own["title"][article]), "language": own["language"][article], "stance": majority, "votes": votes, "n": len(given)}
        told |= {"agreed": len(votes[majority]) / len(given), "sure": float(given["sure"].mean()), "key": key.get(article, "")}
        rows.append(told | {"article": article, "lexicon": lexicon["stance"][article], "margin": float(lexicon["margin"][article])})
    return sorted(rows, key=lambda row: (row["agreed"], row["sure"], row["article"]))


def explain_difference(row: Mapping[str, object], reading: Reading) -> dict[str, object]:
    """Why the lexicon gave an article another stance than the class: ``reasons`` and ``features``.

    Features are the strongest pushes to the lexicon's stance against the class's (``explain_stance``), in logits.
    Reasons: ``close`` (a small margin), ``irony`` (the class hears criticism, and what counted is praise, promise or
    company language), ``voice`` (quoted marks are among the features), ``selection`` (the class sees a side, the lexicon
    a report), ``words`` where it is none of these. They are hints for a discussion, not a diagnosis.
    """
    why = explain_stance(reading.hits, reading.articles, row["article"], reading.models[row["article"]])
    why["push"] = why[row["lexicon"]] - why[row["stance"]]
    strongest = why[why["push"] > 0].sort_values("push", ascending=False, kind="stable").head(_MOST_FEATURES)
    families = set(strongest["feature"].str.partition(" (")[0])
    reasons = [
        ("close", row["margin"] < SURE_MARGINS[0]),
        ("irony", row["stance"] == "critical" and row["lexicon"] == "promotional" and families & {"praise", "vision", "company", "irony"}),
        ("voice", any("(quoted)" in feature for feature in strongest["feature"])),
        ("selection", row["lexicon"] == "reportorial"),
    ]
    features = strongest[["feature", "hits", "push", "words"]].to_dict("records")
    return {"reasons": [reason for reason, holds in reasons if holds] or ["words"], "features": features}


def _list_agreement(joined: pd.DataFrame) -> list[dict[str, object]]:
    """Alpha among the coders and with the lexicon, per language; ``who``: class, lexicon, together."""
    reference, _ = name_coders(joined)
    names = {", ".join(reference): "class", f"{LEXICON} with {', '.join(reference)}": "lexicon", f"{LEXICON} with {TOGETHER}": "together"}
    table = compare_coders(joined)
    table["who"] = table["coders"].map(names)
    return table.dropna(subset="who")[["who", "language", "articles", "same", "alpha", "low", "high"]].to_dict("records")


def _list_topics(joined: pd.DataFrame) -> list[dict[str, object]]:
    """For each topic the coders' alpha, how far they are apart (points), and the lexicon's error against their mean (points)."""
    among = joined[joined["reference"]]
    topics = [topic for topic in topics_of(joined) if among[topic].notna().any()]
    if not topics:
        return []
    error = compare_topics(joined[["article", "coder", "stance", "sure", "margin", "language", "reference", *topics]])
    error = error[(error["against"] == TOGETHER) & (error["language"] == "both")].set_index("topic")["mae_points"]
    apart = among.groupby("article")[topics].std().mean()
    return [{"topic": t, "alpha": measure_alpha(among, t, "interval"), "apart": float(apart[t]), "error": float(error.get(t, np.nan))} for t in topics]


def _ask(told: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Questions that these data raise, the most telling first: keys ``ask_…`` of the words, and what they name."""
    alpha = {(row["who"], row["language"]): row["alpha"] for row in told["agreement"]}
    for row in told["contested"][:2]:
        key = "ask_sure_but_split" if row["sure"] >= 2.5 else "ask_contested"
        yield key, {"title": row["title"], "votes": [(stance, len(names)) for stance, names in row["votes"].items()]}
    for reason in ("irony", "voice", "selection", "close", "words"):
        for row in [row for row in told["fooled"] if row["reasons"][0] == reason or (reason != "close" and reason in row["reasons"])][:1]:
            words = next((feature["words"] for feature in row["features"] if feature["words"]), "")
            yield f"ask_{reason}", {"title": row["title"], "class_stance": row["stance"], "lexicon_stance": row["lexicon"], "words": words or "–"}
    whole, de, en = (alpha.get(("class", language), np.nan) for language in ("both", "de", "en"))
    if abs(de - en) > 0.2:
        yield ("ask_german_harder" if de < en else "ask_english_harder"), {"de": de, "en": en}
    far = max(told["topics"], key=lambda row: np.nan_to_num(row["apart"]), default=None)
    if far and far["apart"] > _FAR_APART_POINTS:
        yield "ask_topic", {"topic": far["topic"], "apart": far["apart"]}
    for row in [row for row in told["articles"] if row["n"] > 1 and row["agreed"] == 1 and row["sure"] < 2][:1]:
        yield "ask_agreed_unsure", {"title": row["title"], "class_stance": row["stance"]}
    for row in [row for row in told["articles"] if row["key"] and row["n"] > 1 and row["agreed"] >= _MOST_AGREE and row["key"] != row["stance"]][:1]:
        yield "ask_key", {"title": row["title"], "class_stance": row["stance"], "key_stance": row["key"]}
    if whole == whole:
        yield ("ask_low_alpha" if whole < _TENTATIVE else "ask_high_alpha"), {"alpha": whole}
    if not told["fooled"]:
        yield "ask_never_fooled", {}
