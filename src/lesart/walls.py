"""Tells the consent wall of a page, which some collections have in the place of the article, from an article.

What it gets wrong: a wall longer than any it was tuned on, and one that speaks of none of its usual subjects.
"""

import re
from functools import cache

import ahocorasick_rs

from .cleaning_rules import cleaning_data, compile_patterns
from .sentences import LANGUAGES

# A consent wall is short (some 250 words at most), and most of it stands in paragraphs that speak of consent.
WALL_LONGEST, WALL_SUBJECTS, WALL_DEMANDS, WALL_SHARE = 2_000, 3, 2, 0.6
# Letters that re.IGNORECASE takes for i, s or k, and str.lower does not.
_CASELESS = "İıſ\u212a"
_MOST_QUOTED = 400
_QUOTED = re.compile(rf"[„“\"»«][^„“”\"»«]{{0,{_MOST_QUOTED}}}[“”\"«»]")


def is_wall(paragraphs: list[str]) -> bool:
    """Whether this is a consent wall and no article; what stands in quotation marks does not count."""
    text = "\n".join(paragraphs)
    # Too long even if every quotation were as long as it may be: most articles are.
    n_opening = sum(map(text.count, "„“\"»«"))
    if len(text) - n_opening * (_MOST_QUOTED + 2) > WALL_LONGEST:
        return False
    may_be = _may_be_wall(text)
    texts = [_QUOTED.sub(" ", paragraph) for paragraph in paragraphs] if may_be else []
    whole = "\n".join(texts)
    for language in may_be if len(whole) <= WALL_LONGEST else ():
        subjects, demands = ([compile_patterns(rf"\b(?:{sign})\b") for sign in kind[language]] for kind in cleaning_data()["consent_page"].values())
        n_subjects, n_demands = (sum(bool(sign.search(whole)) for sign in signs) for signs in (subjects, demands))
        share = sum(len(text) for text in texts if any(sign.search(text) for sign in subjects + demands)) / max(1, len(whole))
        if n_subjects >= WALL_SUBJECTS and n_demands >= WALL_DEMANDS and share >= WALL_SHARE:
            return True
    return False


def _may_be_wall(text: str) -> list[str]:
    """The languages in which the text has the stems of enough subjects; nearly all texts have not, and need no search."""
    if any(letter in text for letter in _CASELESS):
        return list(LANGUAGES)
    automaton, subjects = _stem_finder()
    # Each subject that has a stem here, once; one pass over the bytes for all stems is ten times as fast as a search for each.
    found = {subjects[i] for i, _, _ in automaton.find_matches_as_indexes(text.lower().encode("utf-8", "surrogatepass"), overlapping=True)}
    return [language for language in LANGUAGES if sum(of == language for of, _ in found) >= WALL_SUBJECTS]


@cache
def _stem_finder() -> tuple[ahocorasick_rs.BytesAhoCorasick, list[tuple[str, int]]]:
    """An automaton of all stems of both languages, and for each its language and the number of its subject."""
    stems = [((language, n), stem) for language in LANGUAGES for n, some in enumerate(_wall_stems(language)) for stem in some]
    finder = ahocorasick_rs.BytesAhoCorasick([stem.encode() for _, stem in stems], implementation=ahocorasick_rs.Implementation.DFA)
    return finder, [subject for subject, _ in stems]


@cache
def _wall_stems(language: str) -> list[list[str]]:
    """For each subject of a wall the letters with which its words begin; none of them in a text, none of the words."""
    subjects = cleaning_data()["consent_page"]["subjects"][language]
    return [[re.match(r"[^\W\d_]*(?![?*{])", word)[0] for word in re.split(r"\|(?![^(]*\))", subject)] for subject in subjects]
