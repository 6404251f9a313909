"""What a trial changes: two outcomes beside one another, as tables and as the sentence that one would conclude."""

from collections import Counter

import pandas as pd

from ..figures.labels import name_of, number
from ..sentences import LANGUAGES
from ..stance import STANCES
from .measuring import Outcome
from .trial import Place
from .words import isolate, say

# A difference that is written as 0.0 points is called even.
_EVEN_POINTS = 0.05


def list_changed_tags(before: Outcome, after: Outcome) -> pd.DataFrame:
    """The articles whose stance changes.

    A row is an article, in order; columns ``article``, ``before``, ``after`` (stances), ``margin_before``,
    ``margin_after`` (0 to 1).
    """
    old, new = before.stances, after.stances  # the same articles in the same order
    table = pd.DataFrame({"article": old["article"], "before": old["stance"], "after": new["stance"], "margin_before": old["margin"], "margin_after": new["margin"]})
    return table[(old["stance"] != new["stance"]).to_numpy()].reset_index(drop=True)


def compare_counts(before: Outcome, after: Outcome, articles: pd.DataFrame, place: Place) -> pd.DataFrame:
    """What is counted, before and after.

    A row is a count; columns ``what``, ``of`` (what of), ``before``, ``after``. First the hits of the concept
    ``place`` in each language (``concept_hits``), the articles that have it (``concept_articles``), the hits of its
    category (``category_hits``) and of everything (``all_hits``); then the articles of each stance (``stance``), and of
    each step of sureness (``sure``).
    """
    lexicon, category, concept = place
    language = articles.set_index("article")["language"]
    columns = []
    for outcome in (before, after):
        hits = outcome.hits
        family = hits[(hits["lexicon"] == lexicon) & (hits["category"] == category)]
        own = family[family["concept"] == concept]
        spoken = Counter(own["article"].map(language))
        counts = {("concept_hits", code): spoken[code] for code in LANGUAGES}
        counts |= {("concept_articles", ""): own["article"].nunique(), ("category_hits", ""): len(family), ("all_hits", ""): len(hits)}
        tags, sure = Counter(outcome.stances["stance"]), Counter(outcome.stances["sure"])
        counts |= {("stance", stance): tags[stance] for stance in STANCES} | {("sure", str(step)): sure[step] for step in (1, 2, 3)}
        columns.append(counts)
    return pd.DataFrame([(*key, columns[0][key], columns[1][key]) for key in columns[0]], columns=["what", "of", "before", "after"])


def compare_contrasts(before: Outcome, after: Outcome) -> pd.DataFrame:
    """German minus English for each topic, before and after, in percentage points.

    A row is a topic, in order; columns ``topic``, ``before``, ``before_low``, ``before_high``, ``after``, ``after_low``,
    ``after_high``, ``n_de``, ``n_en`` (articles with a topic hit, after). No interval, or no difference, is NaN.
    """
    table = before.contrast[["topic"]].copy()
    for name, outcome in (("before", before), ("after", after)):
        for column, end in (("difference", ""), ("low", "_low"), ("high", "_high")):
            table[name + end] = 100 * outcome.contrast[column]
    return table.assign(n_de=after.contrast["n_de"], n_en=after.contrast["n_en"])


def compare_forms(before: Outcome, after: Outcome, articles: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The words that a concept catches more or less often than before, capitals aside.

    A row is a word in a language, the largest change first, then by name; columns ``language``, ``form``, ``before``, ``after``.
    """
    language = articles.set_index("article")["language"]
    counts = []
    for outcome in (before, after):
        hits = outcome.hits
        own = hits[(hits["lexicon"] == place[0]) & (hits["category"] == place[1]) & (hits["concept"] == place[2])]
        counts.append(Counter(zip(own["article"].map(language), own["surface"].str.lower(), strict=True)))
    rows = [(*key, counts[0][key], counts[1][key]) for key in {**counts[0], **counts[1]} if counts[0][key] != counts[1][key]]
    rows.sort(key=lambda row: (-abs(row[3] - row[2]), row[0], row[1]))
    return pd.DataFrame(rows, columns=["language", "form", "before", "after"])


def conclude(contrast: pd.DataFrame, topic: str, labels: str | None = None) -> str:
    """What one would conclude on a topic: which language weighs it more, and whether the interval leaves zero out.

    ``contrast`` is as ``compare_languages`` gives it.

    >>> table = pd.DataFrame({"topic": ["labor"], "difference": 0.009, "low": -0.117, "high": 0.126, "n_de": 21, "n_en": 20})
    >>> conclude(table, "labor")
    'German articles weigh labor more by 0.9 points; the interval [−11.7, +12.6] includes zero: no difference shown.'
    >>> conclude(table, "labor", "de")
    'Deutsche Artikel gewichten Arbeit um 0,9 Punkte stärker; das Intervall [−11,7; +12,6] schließt die Null ein: kein Unterschied gezeigt.'
    """
    row = contrast[contrast["topic"] == topic].iloc[0]
    missing = [language for language in LANGUAGES if not row[f"n_{language}"]]
    if missing:
        return say("no_articles_of" if len(missing) == 1 else "no_topic_hits", labels, language=say(f"plural_{missing[0]}", labels))
    points, low, high = (100 * float(row[name]) for name in ("difference", "low", "high"))
    key = "even" if abs(points) < _EVEN_POINTS else "more_de" if points > 0 else "more_en"
    told = say(f"conclude_{key}", labels, topic=isolate(name_of("topics", topic, labels)), points=number(abs(points), labels, 1))
    if low != low:
        return f"{told}; {say('conclude_no_interval', labels)}."
    ends = {"low": number(low, labels, 1, sign=True), "high": number(high, labels, 1, sign=True)}
    return f"{told}; {say('conclude_apart' if is_apart(low, high) else 'conclude_zero', labels, **ends)}."


def is_apart(low: float, high: float) -> bool:
    """Whether an interval leaves zero out; not where there is none."""
    return low > 0 or high < 0
