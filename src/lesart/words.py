"""Reads the words of a text: where each stands, what parts it from the next, and which of them are the same word.

Why: a long text has few different words. What can be said of a word by itself (how it folds, which patterns fit it) is found
once for each distinct word and looked up for the others, and that is what makes the tagger fast.

What it does not do: say what a word means. ``Bank`` and ``bank`` are two distinct words here, since patterns may ask for
capitals.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd

from .characters import DROPPED, LETTER, SHARP_S, STOP, Characters, fold_signs, read_characters

# What may stand between two words, as in ``characters.py``: nothing that parts them, punctuation, a blank line.
JOINED, PARTED, WALLED = range(3)
# Letters; a longer word is hashed by itself, so that a text without white space costs no more than any other.
_LONGEST = 256
_BATCH = 500_000  # characters whose words are counted together: NumPy's overhead vanishes, memory stays small
_MIX = np.uint64(0x9E3779B97F4A7C15)  # an odd number with its bits well spread


@dataclass(frozen=True)
class Words:
    """The words of a text, in order; arrays with one entry per word.

    ``start``, ``end``: its place in the text; ``border``: what stands between it and the next word; ``distinct``: the number
    of the distinct word that it is, counted as they come; ``vocabulary``: the distinct words.
    """

    start: np.ndarray
    end: np.ndarray
    border: np.ndarray
    distinct: np.ndarray
    vocabulary: "Vocabulary"

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Vocabulary:
    """The distinct words of a text, folded by the rules of ``characters.py``, with one border between them.

    ``haystack``: the folded bytes; for each of them ``shown``, the code point it came from; ``first``: for each word the byte it
    begins with.
    """

    haystack: np.ndarray
    shown: np.ndarray
    first: np.ndarray

    def word_at(self, places: np.ndarray) -> np.ndarray:
        """The number of the word that each byte is in, or whose border it is."""
        return np.searchsorted(self.first, places + 1, side="right") - 1

    def __len__(self) -> int:
        return len(self.first)


def read_words(characters: Characters) -> Words:
    """The words of a text.

    >>> from lesart.characters import read_characters
    >>> text = "Wer zahlt, schafft an. Wer zahlt?"
    >>> words = read_words(read_characters(text))
    >>> [text[a:b] for a, b in zip(words.start, words.end)]
    ['Wer', 'zahlt', 'schafft', 'an', 'Wer', 'zahlt']
    >>> words.border.tolist(), words.distinct.tolist(), words.vocabulary.haystack.tobytes()
    ([0, 1, 0, 1, 0, 1], [0, 1, 2, 3, 0, 1], b' wer zahlt schafft an ')
    """
    start, end = find_words(characters)
    border = _read_borders(characters, start, end)
    distinct, first = _tell_apart(characters, start, end)
    return Words(start, end, border, distinct, _fold_vocabulary(characters, start[first], end[first]))


def find_words(characters: Characters) -> tuple[np.ndarray, np.ndarray]:
    """Where each word starts and ends; signs that are dropped belong to it only between its letters."""
    kinds = characters.kinds
    in_word = np.zeros(len(kinds) + 2, bool)
    np.greater(kinds, STOP, out=in_word[1:-1])
    dropped = characters.signs[kinds[characters.signs] == DROPPED]
    if len(dropped):  # each run of them goes with the sign before it
        begins = np.flatnonzero(np.diff(dropped, prepend=-2) != 1)
        before = np.repeat(in_word[dropped[begins]], np.diff(begins, append=len(dropped)))
        in_word[dropped + 1] = before
    change = np.flatnonzero(in_word[1:] != in_word[:-1])
    start, end = change[0::2], change[1::2]
    trailing = np.flatnonzero(kinds[end - 1] == DROPPED) if len(dropped) else dropped
    if len(trailing):
        kept = np.flatnonzero(kinds != DROPPED)
        end = end.copy()
        end[trailing] = kept[np.searchsorted(kept, end[trailing]) - 1] + 1
    return start, end


def count_words(texts: list[str]) -> list[int]:
    """How many words each text has.

    >>> count_words(["Meta's 14,3 Mrd.", "", "don't"])
    [4, 0, 1]
    """
    lengths = np.array([len(text) + 2 for text in texts], np.int64)
    counts: list[int] = []
    for rows in np.split(np.arange(len(texts)), np.flatnonzero(np.diff(np.cumsum(lengths) // _BATCH)) + 1) if texts else ():
        start, _ = find_words(read_characters("\n\n".join(texts[rows[0] : rows[-1] + 1])))
        counts += np.diff(np.searchsorted(start, np.cumsum(lengths[rows])), prepend=0).tolist()
    return counts


def _read_borders(characters: Characters, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """What stands between each word and the next."""
    kinds, signs = characters.kinds, characters.signs
    border = np.zeros(len(start) + 1, np.uint8)  # one more, for what stands before the first word
    # Most punctuation touches a word, whose kind is read off its ends; only the rest has to be searched for.
    border[1:][kinds.take(end, mode="clip") == STOP] = PARTED
    border[:-1][kinds.take(start - 1, mode="clip") == STOP] = PARTED
    stops = signs[kinds[signs] == STOP]
    alone = (kinds.take(stops - 1, mode="clip") <= DROPPED) & (kinds.take(stops + 1, mode="clip") <= DROPPED)
    border[np.searchsorted(start, stops[alone])] = PARTED
    lines = np.searchsorted(start, characters.find("\n"))
    border[lines[1:][lines[1:] == lines[:-1]]] = WALLED
    return border[1:]


def _tell_apart(characters: Characters, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each word the number of its distinct word; and for each distinct word, a word that is it (its first).

    Words are told apart by 64 bits: the lowest bytes of their letters, eight at a time, mixed. Two of a million distinct words
    have the same bits once in ten million texts. Very long words, and those with letters beyond Latin-1, are hashed one by one.
    """
    n_codes = len(characters.codes)
    padded = np.zeros(n_codes + 8, np.uint8)
    padded[:-8] = characters.low
    eight = np.ndarray((n_codes + 1,), np.uint64, padded, strides=(1,))  # the eight bytes from each place on
    length = end - start
    cut = np.array([(1 << 8 * k) - 1 for k in range(9)], np.uint64)  # what is not of the word
    key = eight[start] & cut.take(length, mode="clip")
    rest = np.flatnonzero((length > 8) & (length <= _LONGEST))
    done = 8
    while len(rest):
        left = length[rest] - done
        mixed = key[rest] * _MIX
        key[rest] = (mixed ^ (mixed >> np.uint64(32))) * _MIX + (eight[start[rest] + done] & cut.take(left, mode="clip"))
        rest = rest[left > 8]
        done += 8
    by_itself = length > _LONGEST
    by_itself[_words_at(_letters_beyond(characters), start, end)] = True
    for i in np.flatnonzero(by_itself).tolist():
        key[i] = int.from_bytes(blake2b(characters.codes[start[i] : end[i]].tobytes(), digest_size=8).digest(), "little")
    distinct, each = pd.factorize(key)  # numbered as they come
    first = np.empty(len(each), np.int64)
    first[distinct[::-1]] = np.arange(len(key))[::-1]  # of several places that a word is given, the last one stays
    return distinct, first


def _letters_beyond(characters: Characters) -> np.ndarray:
    """Where code points stand whose lowest byte could be taken for a letter: all beyond Latin-1 but ’, as 0x19 is in no word."""
    high = characters.high
    return high[(characters.codes[high] != ord("’")) & (characters.kinds[high] > STOP)]


def _words_at(places: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The words in which the places lie; a place may lie in none."""
    word = np.searchsorted(start, places, side="right") - 1
    return word[places < np.append(end, 0)[word]]


def _fold_vocabulary(characters: Characters, start: np.ndarray, end: np.ndarray) -> Vocabulary:
    """The words at these places, folded. Nothing in a word depends on what is around it but its kinds, which are settled."""
    width = end - start + 1  # with a border before each
    begin = np.cumsum(width) - width
    place = np.arange(width.sum()) + np.repeat(start - 1 - begin, width)
    shown, kind = characters.codes[place], characters.kinds[place]
    shown[begin], kind[begin] = 0x20, LETTER
    n_bytes = np.ones(len(shown), np.int64)
    n_bytes[kind == DROPPED] = 0
    n_bytes[kind == SHARP_S] = 2
    shown = np.append(np.repeat(shown, n_bytes), np.uint32(0x20))
    haystack = fold_signs(shown)
    return Vocabulary(haystack, shown, np.flatnonzero(shown == 0x20)[:-1] + 1)
