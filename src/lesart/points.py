"""Tells the points that end a sentence from those of abbreviations and ordinals, by the words around them.

The words are data (``data/language.yaml``), both languages side by side.
"""

from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from .characters import code_points

# The longest word looked at before a point; no abbreviation is longer.
_LOOK_BACK = 12


@cache
def language_data() -> dict[str, dict[str, frozenset[str]]]:
    """The word sets of ``data/language.yaml``: name → language → words."""
    text = files("lesart").joinpath("data/language.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, Loader=yaml.BaseLoader)
    return {name: {lang: frozenset(words) for lang, words in sides.items()} for name, sides in raw.items()}


def pack(last: np.ndarray, middle: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Three code points in a row as one number."""
    return last | middle.astype(np.int64) << 21 | first.astype(np.int64) << 42


@cache
def abbreviation_ends(language: str) -> np.ndarray:
    """The last three letters of each abbreviation, or a blank and its two, packed as the text reads them from the point back."""
    data = language_data()
    words = data["abbreviations"][language] | data["abbreviations_that_may_end"][language]
    return np.array(sorted({int(pack(*code_points(f" {word}"[:-4:-1]))) for word in words if len(word) >= 2}), np.int64)


def point_ends_sentence(text: str, point: int, following: int, language: str) -> bool:
    """Whether the point at ``point`` ends a sentence, going by the words around it."""
    data = language_data()
    before = text[max(0, point - _LOOK_BACK) : point]
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    word = word.lstrip("(\"'„“»«‚‘[–-")
    if word.isdigit() and len(word) <= 2:
        return _word_at(text, following) not in data["ordinal_nouns"][language]
    spaced = _join_spaced(text, point, word)
    if spaced in data["abbreviations_that_may_end"][language] or (len(word) > 2 and "." in word and word.replace(".", "").isupper()):
        return _word_at(text, following) in data["sentence_starters"][language]
    return spaced not in data["abbreviations"][language] and not (len(word) == 1 and word.isalpha() and word not in "Ii")


def _join_spaced(text: str, point: int, word: str) -> str:
    """"z. B." and "z.B." alike: the letters before a spaced abbreviation's last one are put to it."""
    if len(word) == 1:
        head = text[max(0, point - 5) : point - 1].split()
        if head and head[-1].endswith(".") and len(head[-1]) == 2:
            return head[-1] + word
    return word


def _word_at(text: str, place: int) -> str:
    piece = text[place : place + 30].lstrip("\"'„“»«‚‘([–—-• ")
    length = next((k for k, sign in enumerate(piece) if not sign.isalpha()), len(piece))
    return piece[:length]
