"""What a trial gives: hits, stances, weights and the contrast of the languages, measured at once.

Only what an edit touches is tagged again: the longest match wins within a category, so an edited concept concerns the hits
of its own category, in the languages whose patterns changed, and nothing else. Sealed articles cannot be tagged again:
their hits follow the rules of ``recoding.py``, and what is not known is said.
"""

from dataclasses import dataclass, replace

import pandas as pd

from ..contrast import compare_languages
from ..errors import CorpusError
from ..lexicon import Lexicon
from ..press import join_tables
from ..recoding import recode_hits
from ..sealing import reduce_surfaces
from ..sentences import LANGUAGES
from ..stance import stances
from ..study import Study
from ..tagging import tag_articles
from ..topics import PART_WEIGHTS, topic_weights
from .trial import Trial, apply_patterns, apply_weights, find_lexicon

# Versions of categories whose hits are kept: undoing a step tags nothing.
_MOST_KEPT = 32


@dataclass(frozen=True)
class Outcome:
    """The tables of a trial: ``hits``, ``stances``, ``weights`` (without intervals) as in ``Study``, ``contrast`` as ``compare_languages`` gives it.

    ``remarks``: for each sealed article that an edit concerns, what was done to its hits and what is not known without its text.
    """

    hits: pd.DataFrame
    stances: pd.DataFrame
    weights: pd.DataFrame
    contrast: pd.DataFrame
    remarks: dict[str, str]


def choose_articles(study: Study, articles: pd.DataFrame) -> Study:
    """The study with these of its articles alone, in its order."""
    names = articles["article"]
    tables = {name: getattr(study, name) for name in ("articles", "sentences", "hits", "stances", "weights")}
    return replace(study, **{name: table[table["article"].isin(names)].reset_index(drop=True) for name, table in tables.items()})


class Bench:
    """Measures trials on a study; ``before`` is the study as it is. It keeps hits it has found, and no other state.

    Raises CorpusError for a study without articles.
    """

    def __init__(self, study: Study) -> None:
        if study.articles.empty:
            raise CorpusError("no article to measure; choose at least one")
        self.study = study
        self.topics = find_lexicon(study.lexicons, "topics").categories
        self._kept: dict[tuple[str, tuple[str, ...]], tuple[pd.DataFrame, dict[str, str]]] = {}
        weights = study.weights[["article", "topic", "hits", "weight"]]
        self.before = Outcome(study.hits, study.stances, weights, compare_languages(weights, study.articles), {})

    def measure(self, trial: Trial) -> Outcome:
        """The outcome of a trial, the same whatever was measured before."""
        study = self.study
        hits, remarks = self._find_hits(trial)
        edited = {place[0] for place in trial.patterns}
        tags, weights, contrast = self.before.stances, self.before.weights, self.before.contrast
        if "stance" in edited or trial.weights or trial.sure != Trial.sure:
            tags = stances(hits, study.articles, apply_weights(study.model, trial), sure_margins=trial.sure)
        if "topics" in edited or (trial.power, trial.part_weights) != (Trial.power, PART_WEIGHTS):
            weights = topic_weights(hits, study.articles, self.topics, intervals=False, part_weights=trial.part_weights, power=trial.power)
            contrast = compare_languages(weights, study.articles)
        return Outcome(hits, tags, weights, contrast, remarks)

    def _find_hits(self, trial: Trial) -> tuple[pd.DataFrame, dict[str, str]]:
        """The study's hits, those of edited categories found anew, and remarks on sealed articles."""
        hits, remarks = self.study.hits, {}
        touched = sorted({place[:2] for place in trial.patterns})
        for name, category in touched:
            before = _only(find_lexicon(self.study.lexicons, name), category, LANGUAGES)
            after = apply_patterns(before, trial)
            languages = tuple(lang for lang in LANGUAGES if _spelled(before, lang) != _spelled(after, lang))
            new, told = self._tag_again(_only(before, category, languages), _only(after, category, languages), languages)
            hits = join_tables(hits[~self._is_own(hits, name, category, languages)], new)
            for article, remark in told.items():
                remarks[article] = f"{remarks[article]}; {remark}" if article in remarks else remark
        return self._in_order(hits) if touched else hits, remarks

    def _is_own(self, hits: pd.DataFrame, lexicon: str, category: str, languages: tuple[str, ...]) -> pd.Series:
        """Which hits are of a category, in articles of these languages."""
        articles = self.study.articles
        own = articles.loc[articles["language"].isin(languages), "article"]
        return (hits["lexicon"] == lexicon) & (hits["category"] == category) & hits["article"].isin(own)

    def _tag_again(self, before: Lexicon, after: Lexicon, languages: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, str]]:
        """The hits of an edited category in the articles of these languages; lexicons of that category and languages alone."""
        key = (after.fingerprint, languages)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._tag(before, after, languages)
        return self._kept[key]

    def _tag(self, before: Lexicon, after: Lexicon, languages: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, str]]:
        articles = self.study.articles[self.study.articles["language"].isin(languages)]
        sealed = articles["sealed"]
        found = tag_articles(articles[~sealed].reset_index(drop=True), after, progress=False)
        # The press has the surfaces of its sheets, as in the study.
        press = found["article"].isin(articles.loc[articles["corpus"] == "press", "article"])
        found = join_tables(found[~press], reduce_surfaces(found[press]))
        kept, remarks = self._recode(articles[sealed].reset_index(drop=True), before, after)
        return join_tables(found, kept), remarks

    def _recode(self, sealed: pd.DataFrame, before: Lexicon, after: Lexicon) -> tuple[pd.DataFrame, dict[str, str]]:
        """The hits of the category in sealed articles, as if these were sealed with the lexicon as it was."""
        hits = self.study.hits
        own = hits[(hits["lexicon"] == before.name) & hits["category"].isin(before.categories) & hits["article"].isin(sealed["article"])]
        if sealed.empty:
            return own, {}
        versions = sealed.assign(lexicons=[{before.name: before.fingerprint}] * len(sealed))
        return recode_hits(versions, own.reset_index(drop=True), [after], {before.fingerprint: before})

    def _in_order(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Hits as tagging orders them: by article, place, lexicon and category."""
        order = pd.Index(self.study.articles["article"]).get_indexer(hits["article"])
        keys = ["order", "start", "end", "lexicon", "category"]
        return hits.assign(order=order).sort_values(keys, kind="stable", ignore_index=True).drop(columns="order")


def _only(lexicon: Lexicon, category: str, languages: tuple[str, ...]) -> Lexicon:
    rows = lexicon.patterns
    kept = rows[(rows["category"] == category) & rows["language"].isin(languages)].reset_index(drop=True)
    concepts = lexicon.concepts
    return Lexicon(lexicon.name, kept, concepts[concepts["category"] == category].reset_index(drop=True), lexicon.head)


def _spelled(lexicon: Lexicon, language: str) -> list[tuple[str, str]]:
    rows = lexicon.patterns[lexicon.patterns["language"] == language]
    return list(zip(rows["concept"], rows["pattern"], strict=True))
