"""Which sentences of an article lean to either side, where a class is split or the lexicon sees it otherwise.

A sentence's pull is what the article's stance would lose without it: found by leaving it out. It says what the lexicon
counted there, not what decided for a reader; that is the question to a class.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..sentences import list_sentences
from ..stance import marks_that_count, stances
from .revealing import Reading

COLUMNS = ["article", "title", "language", "towards", "pull", "sentence", "words"]
# Probabilities come with four places; less than half of the last one is nothing.
_LEAST = 0.00005


def find_sides(row: Mapping[str, object]) -> tuple[str, str] | None:
    """The two stances in dispute over an article (a row of ``tell_reveal``): the class's first two, else the class's and the lexicon's."""
    given = sorted(row["votes"], key=lambda stance: -len(row["votes"][stance]))
    sides = list(dict.fromkeys([*given, row["lexicon"]]))
    return (sides[0], sides[1]) if len(sides) > 1 and sides[1] else None


def list_disputed(row: Mapping[str, object], reading: Reading, *, most: int = 2) -> pd.DataFrame:
    """The sentences of an article that pull most to either of the two stances in dispute.

    A row is a sentence, at most ``most`` for each side, the first side's first, the strongest first; columns ``article``,
    ``title``, ``language``, ``towards`` (stance), ``pull`` (log odds of that stance against the other that go when the sentence
    goes), ``sentence``, ``words`` (the marks in it). Empty where nothing is in dispute.
    """
    sides = find_sides(row)
    article = reading.articles[reading.articles["article"] == row["article"]]
    if sides is None or article.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = measure_pulls(article, reading.hits, reading.models[row["article"]], sides)
    told = []
    for towards, sign in zip(sides, (1, -1), strict=True):
        own = table.assign(towards=towards, pull=sign * table["pull"])
        told.append(own[own["pull"] > 0].sort_values(["pull", "sentence_number"], ascending=[False, True], kind="stable").head(most))
    return pd.concat(told, ignore_index=True).assign(article=row["article"], title=row["title"], language=row["language"])[COLUMNS]


def measure_pulls(article: pd.DataFrame, hits: pd.DataFrame, model, sides: tuple[str, str]) -> pd.DataFrame:  # noqa: ANN001
    """Each sentence's pull to the first of two stances against the second, of one article (a table of one row).

    A row is a sentence, in order; columns ``sentence_number``, ``pull`` (positive: to the first), ``sentence``, ``words``.
    """
    name, text = article["article"].iloc[0], article["text"].iloc[0]
    sentences = list_sentences(article)
    marks = hits[(hits["article"] == name) & (hits["lexicon"] == "stance")]
    without = [marks[marks["sentence"] != number].assign(article=str(number)) for number in sentences["sentence"]]
    left = article["words"].iloc[0] - sentences["words"].to_numpy()
    shorter = pd.DataFrame({"article": sentences["sentence"].astype(str), "language": article["language"].iloc[0], "words": np.maximum(left, 1)})
    full = _odds(stances(marks, article, model), sides)
    pull = full[0] - _odds(stances(pd.concat(without, ignore_index=True), shorter, model), sides)
    counted = marks_that_count(marks)
    words = [", ".join(counted.loc[counted["sentence"] == number, "surface"]) for number in sentences["sentence"]]
    told = [" ".join(text[start:end].split()) for start, end in zip(sentences["start"], sentences["end"], strict=True)]
    return pd.DataFrame({"sentence_number": sentences["sentence"].to_numpy(), "pull": pull.round(3), "sentence": told, "words": words})


def _odds(table: pd.DataFrame, sides: tuple[str, str]) -> np.ndarray:
    first, second = (np.log(table[stance].to_numpy(float).clip(_LEAST)) for stance in sides)
    return first - second
