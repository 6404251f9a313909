"""Lists what is quoted and reported, and who says it, where that is plain.

Plain means: the frame stands in the same sentence and names somebody beside its verb ("sagte Karl Müller", "the ministry
said", "laut der Polizei"). Pronouns are not traced back, so "she said" gives no speaker.
"""

import re

import numpy as np
import pandas as pd

from ..compiling import compile_lexicons
from .quotations import find_quotations
from .reading import Marks, collect_marks
from ..sentences import LANGUAGES, Layout, lay_out
from .spans import inside
from .turns import find_turns
from . import find_reported

COLUMNS = ["article", "sentence", "start", "end", "type", "speaker"]
_GAP = "[ \u00a0\u202f]+"
_CAPITAL = r"[A-ZÄÖÜ][\w’'&/-]*(?:\.(?=[ ][A-Z]))?"
_TITLE = {
    "de": r"(?:(?:de[rmn]|die|das|eine[rm]?|ein|seine?|ihre?)" + _GAP + r"(?:[a-zäöüß-]+(?:en|er|es|em|e)" + _GAP + r")*)?",
    "en": r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)" + _GAP + r"(?:[a-z-]+" + _GAP + r"){0,3}?)?",
}
# German nouns have capitals, English titles may not: "the prime minister".
_NAMES = {
    "de": rf"{_CAPITAL}(?:{_GAP}(?:(?:de[rs]|von|vom|für|und|in|im){_GAP}(?:[a-zäöüß-]+(?:en|er|es|em){_GAP})?)?{_CAPITAL})*",
    "en": rf"(?:{_CAPITAL}(?:{_GAP}(?:(?:of|for|and|the){_GAP}){{0,2}}{_CAPITAL})*|[a-z-]+)",
}
_PRONOUNS = frozenset("er sie es man wir ich das dies he she it they we i that this there who which reporters".split())
_TIMES = r"(?:{gap}(?:am|im|on|in)?{gap}?(?:gestern|heute|yesterday|today|later|also|dann|zudem|auch|has|have|had|hat|habe|haben))?"
# Characters on either side of a verb in which its subject is looked for.
_REACH = 120


def list_quotations(articles: pd.DataFrame) -> pd.DataFrame:
    """What is quoted or reported in the articles, and who says it.

    A row is a passage; columns ``article``, ``sentence`` (number in the article of the sentence it begins in), ``start``,
    ``end`` (offsets into the article's text; direct speech with its quotation marks), ``type`` (direct, reported),
    ``speaker`` ('' where not plain; of a turn in an interview the name before its colon); ordered as the articles, then by
    place. A direct quotation inside reported speech or a turn has its own row. Articles whose language is not German or
    English have no rows.

    What it gets wrong: names and scare quotes in quotation marks are listed as direct.

    >>> articles = pd.DataFrame({"article": ["a", "b"], "title": "", "language": ["de", "en"], "text": [
    ...     "Laut der Polizei ist er geflohen. Man werde ihn finden, sagte Karl Weber am Montag.",
    ...     "“We lost,” Ann Lee said. According to the ministry, wages fell."]})
    >>> list_quotations(articles)[["article", "sentence", "start", "end", "type", "speaker"]].values.tolist()
    [['a', 0, 17, 32, 'reported', 'der Polizei'], ['a', 1, 34, 54, 'reported', 'Karl Weber'],
     ['b', 0, 0, 10, 'direct', 'Ann Lee'], ['b', 1, 52, 62, 'reported', 'the ministry']]
    """
    articles = articles.reset_index(drop=True)
    rows = []
    for language in LANGUAGES:
        for number, row in articles[articles["language"] == language].iterrows():
            layout = lay_out([row["text"]], [row["title"]], language)
            rows += [(number, row["article"], *passage) for passage in _list_passages(layout)]
    rows.sort(key=lambda row: (row[0], row[3], row[4], row[5]))
    return pd.DataFrame([row[1:] for row in rows], columns=COLUMNS)


def _list_passages(layout: Layout) -> list[tuple[int, int, int, str, str]]:
    """Sentence, start, end, type and speaker of each passage of one article."""
    quotations = find_quotations(layout)
    names, starts, ends = find_marks(layout)
    reported = find_reported(names, starts, ends, layout, quotations)
    marks = collect_marks(names, starts, ends, quotations)
    frames = marks.take(np.flatnonzero(~inside(marks.start, reported) | marks.are("source", "source_after")))
    speakers = _Speakers(layout, frames)
    (starts, ends), said_by = find_turns(layout)
    number = layout.number[layout.sentence_at(starts)].tolist() if said_by else []
    passages = list(zip(number, starts.tolist(), ends.tolist(), ["direct"] * len(said_by), said_by, strict=True))
    for kind, spans in (("direct", quotations), ("reported", reported)):
        for start, end in zip(*(places.tolist() for places in spans), strict=True):
            if kind == "reported" and inside(_letters(layout, start, end), quotations).all():
                continue  # nothing but a quotation, which has its row
            sentence = int(layout.sentence_at(np.array([start]))[0])
            passages.append((int(layout.number[sentence]), start, end, kind, speakers.of(start, end)))
    return passages


def find_marks(layout: Layout) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The tagger's marks of attribution, by its own steps."""
    from .. import tagging  # the tagger asks voice.py, this module asks the tagger

    compiled = compile_lexicons([], layout.language)
    matches = tagging.find_matches(layout, compiled)
    return list(compiled.kind[matches.pattern]), matches.start, matches.end


def _letters(layout: Layout, start: int, end: int) -> np.ndarray:
    return np.array([place for place in range(start, end) if layout.text[place].isalnum()], np.int64)


class _Speakers:
    """Who speaks, by the marks that stand outside what is said."""

    def __init__(self, layout: Layout, frames: Marks) -> None:
        self.layout, self.frames = layout, frames
        gap = _TIMES.format(gap=_GAP)
        name = _TITLE[layout.language] + _NAMES[layout.language]
        self._after = re.compile(rf"{_GAP}({name})")
        self._before = re.compile(rf"(?:^|[\s,“”\"])({name}){gap}{_GAP}$")

    def of(self, start: int, end: int) -> str:
        """The speaker of the passage, by the nearest frame in its sentences; '' when none names one."""
        first, last = self.layout.sentence_at(np.array([start, end - 1]))
        low, high = int(self.layout.start[first]), int(self.layout.end[last])
        near = np.flatnonzero((self.frames.start >= low) & (self.frames.end <= high))
        distance = np.maximum(start - self.frames.end[near], self.frames.start[near] - end)
        for i in near[np.argsort(distance, kind="stable")].tolist():
            found = self._named(i, low, high)
            if found:
                return found
        return ""

    def _named(self, i: int, low: int, high: int) -> str:
        kind, text = self.frames.kinds[self.frames.kind[i]], self.layout.text
        start, end = int(self.frames.start[i]), int(self.frames.end[i])
        after = self._after.match(text, end, min(high, end + _REACH))
        before = self._before.search(text[max(low, start - _REACH) : start])
        if kind == "source":
            found = after
        elif kind == "source_after":
            found = before
        elif kind in ("say", "act", "weak", "tell") or kind.startswith("split_"):
            inverted = self.layout.language == "de" or text[max(start - 2, 0) : start - 1] in ",”\"“" or start == low
            found = (after if inverted and (not before or _is_pronoun(before)) else before) or before
            found = None if found is after and self.layout.language == "en" and not inverted else found
        else:
            return ""
        return "" if found is None or _is_pronoun(found) else found.group(1)


def _is_pronoun(found: re.Match) -> bool:
    return found.group(1).lower() in _PRONOUNS
