"""Finds how far a source reaches: in "nach Angaben der Polizei in Berlin sei er geflohen" up to "Berlin".

Only German needs it. An English source ends with its clause ("according to the police in Berlin, he fled").
What it gets wrong: an adverbial that looks like a part of the name ("laut Polizei in der Nacht").
"""

import re

import numpy as np

from .reading import Marks
from ..sentences import Layout
from .spans import NO_SPANS, Spans

_GAP = "[ \u00a0\u202f]+"  # no line break: a source does not reach into the next paragraph
_NAME = r"(?:[„»\"‚]?[A-ZÄÖÜ][\w.&/’'-]*[“«\"‘]?|(?:19|20)\d\d\b|\([^()\n]{1,40}\)|[„»\"][^“«\"\n]{1,60}[“«\"]|[a-z]+-[A-ZÄÖÜ][\w-]*|dpa|taz|ver\.di)"
_MODIFIER = r"[a-zäöüß-]+(?:en|er|es|em|e)"
_ARTICLE = r"de[rsmn]|die|das|eine[rsmn]?|ein|von|vom|sein\w*|ihr\w*|und|sowie|mehrere[rn]?|beider?|zwei|drei|im|aus"
_GENITIVE = r"de[rs]|eine[rs]|seine[rs]|ihre[rs]|diese[rs]|von|vom|für"
_LINK = rf"(?:(?:{_GENITIVE})(?:{_GAP}[a-zäöüß-]+(?:en|er|es|em))*|und|in|aus|im|beim?|van|al|bin)"
# A noun phrase: articles and adjectives, names, and names linked to them by a genitive or a preposition.
_AFTER = re.compile(rf"(?:{_GAP}(?:{_ARTICLE}|{_MODIFIER})\b)*(?:{_GAP}{_NAME})+(?:{_GAP}{_LINK}(?:{_GAP}{_NAME})+)*")
_BEFORE = re.compile(rf"(?:(?:^|(?<= ))(?:{_ARTICLE}|{_MODIFIER}){_GAP})*(?:{_NAME}{_GAP})+(?:{_LINK}{_GAP}(?:{_NAME}{_GAP})+)*$")
# "…, laut dem er floh": the source is a pronoun, and its clause a relative one.
_PRONOUN = re.compile(r" (?:dem|der|denen|deren|dessen|welche[rmn])\b")
_REACH = 150  # characters; no source's name is longer


def find_sources(marks: Marks, layout: Layout) -> Spans:
    """Where each source phrase stands, from its preposition to the end of the name; none goes on into the next sentence.

    >>> from lesart.sentences import lay_out
    >>> text = "Er ist laut der Polizei in Berlin geflohen, den Angaben eines Sprechers zufolge nach Rom."
    >>> marks = Marks(("source", "source_after"), np.array([0, 1]), np.array([7, 72]), np.array([11, 79]))
    >>> [text[a:b] for a, b in zip(*find_sources(marks, lay_out([text], [""], "de")))]
    ['laut der Polizei in Berlin', 'den Angaben eines Sprechers zufolge']
    """
    chosen = marks.take(np.flatnonzero(marks.are("source", "source_after", "source_alone")))
    text, spans = layout.text, []
    sentence_ends = layout.end[layout.sentence_at(chosen.start)]
    for kind, start, end, stop in zip(*(places.tolist() for places in (chosen.kind, chosen.start, chosen.end, sentence_ends)), strict=True):
        if marks.kinds[kind] == "source":
            follows_comma = text[max(start - 2, 0) : start] == ", "
            match = (follows_comma and _PRONOUN.match(text, end)) or _AFTER.match(text, end, min(end + _REACH, stop))
            if not match and text[start:end].lower() == "laut":
                continue  # "laut und falsch": no source
            end = match.end() if match else end
        elif marks.kinds[kind] == "source_after":
            border = max(text.rfind(sign, max(start - _REACH, 0), start) for sign in (", ", ". ", "\n"))
            border = border + 1 if border >= 0 else max(start - _REACH, 0)
            match = _BEFORE.search(text[border:start])
            start = border + match.start() if match else start
        spans.append((start, end))
    if not spans:
        return NO_SPANS
    table = np.array(spans, np.int64)
    return table[:, 0], table[:, 1]
