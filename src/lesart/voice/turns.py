"""Finds the turns of an interview: lines that begin with who speaks and a colon ("KERN: Das sehe ich anders.").

What it gets wrong: questions and answers that only their typeface tells apart, of which plain text knows nothing.
"""

import re
from collections import Counter
from itertools import pairwise

import numpy as np

from ..sentences import Layout
from .spans import NO_SPANS, Spans

# A name or what stands for one: "SPIEGEL", "Dr. Anna von Kern", "Q". Signs of Markdown may stand around it.
_WORD = r"[A-ZÄÖÜ][\w.’'-]*"
_LABEL = re.compile(rf"[*_]*({_WORD}(?:[ \u00a0](?:von|van|der|de|zu|{_WORD})){{0,3}})[*_]*")
_LONGEST_LABEL = 50  # characters
_AFTER_LABEL = " *_\u00a0\n"
# Two speakers at least, with two turns each, and two of the turns are questions: else it is a list ("Plus: … Minus: …").
_LEAST = 2


def find_turns(layout: Layout) -> tuple[Spans, list[str]]:
    """What is said in interviews, questions and answers, as spans in order that do not touch, and who says each.

    A turn goes on over lines without a speaker until the next begins; the last one ends with its paragraph.

    >>> from lesart.sentences import lay_out
    >>> text = "Es gibt Streit.\\n\\nFrage: Warum?\\n\\nKern: Darum.\\n\\nFrage: Und nun?\\n\\nKern: Nun ja.\\n\\nSie ging."
    >>> (starts, ends), speakers = find_turns(lay_out([text], [""], "de"))
    >>> [(speaker, text[a:b]) for speaker, a, b in zip(speakers, starts, ends)]
    [('Frage', 'Warum?'), ('Kern', 'Darum.'), ('Frage', 'Und nun?'), ('Kern', 'Nun ja.')]
    """
    turns = []
    labels = _list_labels(layout)
    for (number, _, start, who), (following, line, _, _) in pairwise([*labels, (-1, 0, 0, "")]):
        paragraph = np.searchsorted(layout.paragraph_starts, start, side="right")
        end = line if following == number else layout.paragraph_starts[paragraph] if paragraph < len(layout.paragraph_starts) else len(layout.text)
        said = layout.text[start:end].rstrip()
        if said:
            turns.append((number, start, start + len(said), who, said.rstrip("\"'“”’*_").endswith("?")))
    questions = Counter(number for number, *_, asks in turns if asks)
    turns = [turn for turn in turns if questions[turn[0]] >= _LEAST]
    if not turns:
        return NO_SPANS, []
    return (np.array([turn[1] for turn in turns], np.int64), np.array([turn[2] for turn in turns], np.int64)), [turn[3] for turn in turns]


def _list_labels(layout: Layout) -> list[tuple[int, int, int, str]]:
    """The labels of speakers who take turns: their article's number, where their line begins, where speech does, and who it is."""
    labels, text = [], layout.text
    for colon in layout.characters.find(":").tolist():
        line = text.rfind("\n", max(colon - _LONGEST_LABEL, 0), colon) + 1
        # Few colons stand so near to the beginning of their line, after a capital.
        if colon - line > _LONGEST_LABEL or text[line : line + 1].islower():
            continue
        found, behind = _LABEL.fullmatch(text, line, colon), text[colon + 1 : colon + 5]
        if found and behind.lstrip(_AFTER_LABEL) != behind:
            labels.append((line, colon + 1 + len(behind) - len(behind.lstrip(_AFTER_LABEL)), found.group(1)))
    article = (np.searchsorted(layout.article_start, [line for line, _, _ in labels], side="right") - 1).tolist()
    turns = Counter((number, who) for number, (_, _, who) in zip(article, labels, strict=True))
    speakers = Counter(number for (number, _), n in turns.items() if n >= _LEAST)
    return [(number, *label) for number, label in zip(article, labels, strict=True) if speakers[number] >= _LEAST and turns[number, label[2]] >= _LEAST]
