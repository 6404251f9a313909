"""Tags articles: articles × lexicons → hits. The hot loop of the project lives here and nowhere else.

Many articles of one language are joined into one text and go through six steps together, each over whole arrays:

1. ``lay_out``    join the texts, split sentences, tell headline, lead and body;
2. ``fold``       lower-case bytes with one border between words, each byte knowing where it came from;
3. ``_find``      one Aho-Corasick pass finds every literal of every pattern;
4. ``_assemble``  literals become matches: phrases with wildcards, gaps, signs, numbers, kept case;
5. ``_settle``    exceptions cancel, and within a category the longest of overlapping matches wins;
6. ``_place``     each match gets its article, sentence, part, voice and negation.

A plain reference that does the same with loops lives in the tests; both must give the same hits to the byte.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from .characters import BARRIER, BORDER, Folded, fold, is_capital
from .compiling import Compiled, Stretch, compile_lexicons
from .lexicon import Lexicon
from .progress import track
from .sentences import LANGUAGES, PARTS, Layout, lay_out
from .voice import find_quotations, find_reported, inside, merge_spans

HIT_COLUMNS = [
    "article", "sentence", "part", "start", "end", "surface",
    "lexicon", "category", "concept", "voice", "negated", "pattern",
]  # fmt: skip
_TEXT_COLUMNS = ["part", "surface", "lexicon", "category", "concept", "voice", "pattern"]
VOICES = ("narrator", "quoted")
# Characters tagged at once: large enough that NumPy's overhead vanishes, small enough that the arrays stay in cache.
_CHUNK = 1_000_000
# Larger than any place in a chunk: makes one sortable number of a group and a place.
_BIG = 1 << 40


def tag_articles(articles: pd.DataFrame, lexicons: Lexicon | Iterable[Lexicon], *, progress: bool = True) -> pd.DataFrame:
    """The hits of the lexicons in the articles.

    A row is a match; columns ``article``, ``sentence`` (number within the article), ``part`` (headline, lead, body),
    ``start``, ``end`` (``text[start:end] == surface``; a wildcard's surface is the whole word), ``surface``,
    ``lexicon``, ``category``, ``concept``, ``voice`` (narrator, quoted), ``negated``, ``pattern`` (as spelled in the
    lexicon); ordered as the articles, then by place. Articles whose ``language`` is not de or en have no hits.

    What it gets wrong: it knows words, not meanings ("the bank of the river" is finance to a lexicon with ``bank``).

    >>> from lesart.lexicon import parse_lexicon
    >>> lexicon = parse_lexicon("lexicon: toy\\ncategories: {labor: {pay: {en: [wage*], de: ['*lohn*', 'teilte … mit']}}}")
    >>> articles = pd.DataFrame({"article": ["a", "b"], "title": "", "language": ["en", "de"],
    ...     "text": ["No wages rose.", "Der Stundenlohn steigt, teilte die Firma mit."]})
    >>> hits = tag_articles(articles, lexicon)
    >>> hits[["article", "surface", "concept", "negated"]].values.tolist()
    [['a', 'wages', 'pay', True], ['b', 'Stundenlohn', 'pay', False], ['b', 'teilte die Firma mit', 'pay', False]]
    """
    lexicons = [lexicons] if isinstance(lexicons, Lexicon) else list(lexicons)
    chunks = list(_chunks(articles))
    pieces = []
    for language, rows in track(chunks, "tagging", "chunk", shown=progress):
        chosen = articles.iloc[rows]
        layout = lay_out(chosen["text"].tolist(), chosen["title"].tolist(), language)
        pieces.append(_tag_layout(layout, compile_lexicons(lexicons, language)).assign(row=lambda hits, rows=rows: rows[hits["row"]]))
    if not pieces:  # no article in a known language: the same columns, of the same kinds, and no rows
        pieces.append(_tag_layout(lay_out([], [], LANGUAGES[0]), compile_lexicons(lexicons, LANGUAGES[0])))
    hits = pd.concat(pieces, ignore_index=True)
    hits = hits.sort_values(["row", "start", "end", "lexicon", "category"], kind="stable", ignore_index=True)
    hits.insert(0, "article", articles["article"].array[hits.pop("row").to_numpy()])
    return hits[HIT_COLUMNS].astype(dict.fromkeys(_TEXT_COLUMNS, "str"))  # of the same kind also without rows


def _chunks(articles: pd.DataFrame) -> Iterator[tuple[str, np.ndarray]]:
    """Language and row numbers of the articles that are tagged together."""
    lengths = articles["text"].str.len().to_numpy()
    for language in LANGUAGES:
        rows = np.flatnonzero(articles["language"].to_numpy() == language)
        if len(rows):
            bucket = np.cumsum(lengths[rows]) // _CHUNK
            for piece in np.split(rows, np.flatnonzero(np.diff(bucket)) + 1):
                yield language, piece


@dataclass
class _Matches:
    """Arrays with one entry per match: its pattern, its place in the text, the end of what stands together (before
    the first gap), and how much of the text it covers without its gaps."""

    pattern: np.ndarray
    start: np.ndarray
    end: np.ndarray
    head_end: np.ndarray
    covered: np.ndarray

    def take(self, chosen: np.ndarray) -> "_Matches":
        return _Matches(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass
class _Found:
    """Every literal found, sorted by literal and place: the numbers of its first and its last word."""

    literal: np.ndarray
    word: np.ndarray
    last_word: np.ndarray
    slices: np.ndarray

    def of(self, literal: int) -> np.ndarray:
        return np.arange(self.slices[literal], self.slices[literal + 1])


def _tag_layout(layout: Layout, compiled: Compiled) -> pd.DataFrame:
    folded = fold(layout.codes)
    matches = _assemble(_find(folded, layout, compiled), folded, layout, compiled)
    matches = _settle(matches, compiled)
    return _place(matches, layout, compiled)


def _find(folded: Folded, layout: Layout, compiled: Compiled) -> _Found:
    """Step 3: every literal of every pattern, overlapping ones too."""
    raw = compiled.automaton.find_matches_as_indexes(folded.haystack.tobytes(), overlapping=True) if compiled.automaton else []
    flat = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
    flat = np.concatenate((flat, _find_numbers(folded, compiled)))
    flat = flat[np.lexsort((flat[:, 1], flat[:, 0]))]
    literal = flat[:, 0]
    core_start = flat[:, 1] + ~compiled.open_left[literal]
    core_end = flat[:, 2] - ~compiled.open_right[literal]
    if compiled.capitals:
        kept = _keep_case(literal, core_start, folded, layout, compiled)
        literal, core_start, core_end = literal[kept], core_start[kept], core_end[kept]
    slices = np.searchsorted(literal, np.arange(compiled.n_literals + 1))
    return _Found(literal, folded.word_of[core_start], folded.word_of[core_end - 1], slices)


def _find_numbers(folded: Folded, compiled: Compiled) -> np.ndarray:
    """Words that begin with a digit, as finds of the literal that stands for any number."""
    if compiled.number_literal is None:
        return np.empty((0, 3), np.int64)
    first = folded.haystack[folded.word_start]
    words = np.flatnonzero((first >= ord("0")) & (first <= ord("9")))
    return np.stack((np.full(len(words), compiled.number_literal), folded.word_start[words], folded.word_end[words]), axis=1)


def _keep_case(literal: np.ndarray, core_start: np.ndarray, folded: Folded, layout: Layout, compiled: Compiled) -> np.ndarray:
    """Which literals stay: those of ``=patterns`` only where the text has the same capitals."""
    keep = np.ones(len(literal), bool)
    for number, capitals in compiled.capitals.items():
        first, last = np.searchsorted(literal, (number, number + 1))
        places = folded.origin[core_start[first:last, None] + np.arange(len(capitals))]
        keep[first:last] = (is_capital(layout.codes[places]) == capitals).all(axis=1)
    return np.flatnonzero(keep)


def _assemble(found: _Found, folded: Folded, layout: Layout, compiled: Compiled) -> _Matches:
    """Step 4: literals become matches of patterns."""
    pieces = [_single_matches(found, folded, compiled)]
    pieces += _chain_matches(found, folded, layout, compiled)
    pieces += _sign_matches(folded, layout, compiled)
    return _Matches(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in _Matches.__dataclass_fields__))


def _single_matches(found: _Found, folded: Folded, compiled: Compiled) -> _Matches:
    n_uses = np.diff(compiled.use_from)[found.literal]
    which = np.repeat(np.arange(len(found.literal)), n_uses)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(n_uses) - n_uses, n_uses)
    pattern = compiled.use_pattern[compiled.use_from[found.literal[which]] + nth]
    start, end = _word_places(folded, found.word[which], found.last_word[which])
    return _Matches(pattern, start, end, end, end - start)


def _word_places(folded: Folded, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in the text the first word begins and the last word ends."""
    start = folded.origin[folded.word_start[first]].astype(np.int64)
    end = folded.origin[folded.word_end[last] - 1].astype(np.int64) + 1
    return start, end


def _chain_matches(found: _Found, folded: Folded, layout: Layout, compiled: Compiled) -> list[_Matches]:
    """Matches of patterns with several parts: words with wildcards side by side, and gaps inside a sentence."""
    after = folded.haystack[folded.word_end[:-1] + 1]  # the sign that parts a word from the next, or its first letter
    parted = np.where(after > ord(BORDER), 0, after)
    pieces = []
    for pattern, (head, *others) in compiled.chains:
        first, last = _find_stretch(found, parted, head)
        start, head_end = _word_places(folded, first, last)
        covered = head_end - start
        for stretch in others:
            begin, finish = _find_stretch(found, parted, stretch)
            kept, target = _later_in_sentence(folded, layout, last, begin)
            start, head_end, last = start[kept], head_end[kept], finish[target]
            covered = covered[kept] + _letters(folded, begin[target], last)
        end = _word_places(folded, last, last)[1]
        pieces.append(_Matches(np.full(len(start), pattern), start, end, head_end, covered))
    return pieces


def _letters(folded: Folded, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    start, end = _word_places(folded, first, last)
    return end - start


def _find_stretch(found: _Found, parted: np.ndarray, stretch: Stretch) -> tuple[np.ndarray, np.ndarray]:
    """First and last word wherever the parts of a stretch stand one after the other, with the borders it asks for."""
    at = found.of(stretch.steps[0][0])
    first, last = found.word[at], found.last_word[at]
    for literal, borders in stretch.steps[1:]:
        follower = found.of(literal)
        good, place = _look_up(found.word[follower], last + len(borders))
        good &= _has_borders(parted, last, borders)
        first, last = first[good], found.last_word[follower[place[good]]]
    before, after = stretch.steps[0][1][1:], stretch.borders_after
    good = _has_borders(parted, first - len(before), before) & _has_borders(parted, last, after)
    return first[good] - len(before), last[good] + len(after)


def _has_borders(parted: np.ndarray, word: np.ndarray, borders: tuple[bool, ...]) -> np.ndarray:
    """Whether after each word there are these borders (punctuation or none) and a word after each."""
    good = (word >= 0) & (word + len(borders) <= len(parted))
    for k, border in enumerate(borders):
        good[good] = parted[word[good] + k] == (BARRIER[1] if border else 0)
    return good


def _look_up(sorted_values: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether each wanted value is among the sorted ones, and where."""
    place = np.searchsorted(sorted_values, wanted)
    good = place < len(sorted_values)
    good[good] = sorted_values[place[good]] == wanted[good]
    return good, place


def _later_in_sentence(folded: Folded, layout: Layout, last: np.ndarray, begin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which matches, ending with words ``last``, have a follower, beginning with words ``begin``, later in their sentence.

    Gives the numbers of the matches and of their followers; of several that share a follower, the nearest has it.
    """
    target = np.searchsorted(begin, last, side="right")
    kept = np.flatnonzero(target < len(begin))
    target = target[kept]
    here = layout.sentence_at(folded.origin[folded.word_start[last[kept]]])
    there = layout.sentence_at(folded.origin[folded.word_start[begin[target]]])
    kept, target = kept[here == there], target[here == there]
    nearest = np.diff(target, append=-1) != 0
    return kept[nearest], target[nearest]


def _sign_matches(folded: Folded, layout: Layout, compiled: Compiled) -> list[_Matches]:
    """Matches of single punctuation signs."""
    pieces = []
    for code, patterns in compiled.signs.items():
        start = np.flatnonzero(layout.codes == code)
        for pattern in patterns:
            pieces.append(_Matches(np.full(len(start), pattern), start, start + 1, start + 1, np.ones(len(start), np.int64)))
    return pieces


def _settle(matches: _Matches, compiled: Compiled) -> _Matches:
    """Step 5: exceptions cancel hits of their concept that they cover; the longest of overlapping hits wins."""
    is_exception = compiled.exception[matches.pattern]
    exceptions, matches = matches.take(np.flatnonzero(is_exception)), matches.take(np.flatnonzero(~is_exception))
    if len(exceptions.pattern):
        matches = matches.take(np.flatnonzero(~_is_cancelled(matches, exceptions, compiled)))
    matches = matches.take(np.lexsort((matches.start, compiled.group[matches.pattern])))
    group = compiled.group[matches.pattern]
    begin = group * _BIG + matches.start
    reach = np.maximum.accumulate(group * _BIG + matches.head_end)
    fresh = np.concatenate(([True], begin[1:] >= reach[:-1])) if len(begin) else np.empty(0, bool)
    firsts = np.concatenate((np.flatnonzero(fresh), [len(begin)]))
    keep = np.ones(len(begin), bool)
    for i in np.flatnonzero(np.diff(firsts) > 1).tolist():  # only where matches overlap
        _keep_longest(matches, slice(firsts[i], firsts[i + 1]), compiled, keep)
    return matches.take(np.flatnonzero(keep))


def _is_cancelled(matches: _Matches, exceptions: _Matches, compiled: Compiled) -> np.ndarray:
    key = compiled.concept_id[exceptions.pattern] * _BIG + exceptions.start
    order = np.argsort(key, kind="stable")
    key = key[order]
    reach = np.maximum.accumulate((compiled.concept_id[exceptions.pattern] * _BIG + exceptions.end)[order])
    concept = compiled.concept_id[matches.pattern] * _BIG
    before = np.searchsorted(key, concept + matches.start, side="right") - 1
    return (before >= 0) & (key[before] >= concept) & (reach[before] >= concept + matches.end)


def _keep_longest(matches: _Matches, rows: slice, compiled: Compiled, keep: np.ndarray) -> None:
    """Among overlapping matches of one category keep the longest, of equals the one whose pattern spells out most,
    then the earlier, then the one listed first."""
    pattern, start, covered = matches.pattern[rows], matches.start[rows], matches.covered[rows]
    rank = rows.start + np.lexsort((pattern, start, -compiled.n_letters[pattern], -covered))
    starts: list[int] = []  # of those kept so far, which do not overlap
    ends: list[int] = []
    for i in rank.tolist():
        before = bisect_left(starts, matches.head_end[i])
        keep[i] = before == 0 or ends[before - 1] <= matches.start[i]
        if keep[i]:
            starts.insert(before, matches.start[i])
            ends.insert(before, matches.head_end[i])


def _place(matches: _Matches, layout: Layout, compiled: Compiled) -> pd.DataFrame:
    """Step 6: the hits table of a layout; ``row`` is the number of the article in it."""
    lexicon = compiled.table["lexicon"].to_numpy()
    is_mark = (lexicon == "voice")[matches.pattern]
    marks, hits = matches.take(np.flatnonzero(is_mark)), matches.take(np.flatnonzero(~is_mark))
    kinds = (compiled.table["category"] + "." + compiled.table["concept"]).to_numpy()[marks.pattern]
    sentence = layout.sentence_at(hits.start)
    article = layout.article[sentence] if len(layout.article) else sentence
    base = layout.article_start[article]
    text = layout.text
    return pd.DataFrame(
        {
            "row": article,
            "sentence": layout.number[sentence] if len(sentence) else sentence,
            "part": np.array(PARTS, object)[layout.part[sentence]] if len(sentence) else [],
            "start": hits.start - base,
            "end": hits.end - base,
            "surface": [text[a:b] for a, b in zip(hits.start.tolist(), hits.end.tolist(), strict=True)],
            "lexicon": lexicon[hits.pattern],
            "category": compiled.table["category"].to_numpy()[hits.pattern],
            "concept": compiled.table["concept"].to_numpy()[hits.pattern],
            "voice": np.array(VOICES, object)[_is_quoted(hits.start, marks, kinds, layout).astype(int)],
            "negated": _is_negated(hits, marks, kinds, layout),
            "pattern": compiled.table["pattern"].to_numpy()[hits.pattern],
        }
    )


def _is_quoted(places: np.ndarray, marks: _Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether each place is in a quotation or in reported speech."""
    first = layout.start[layout.number == 0]
    quotations = find_quotations(layout.text, layout.codes, layout.paragraph_starts, layout.language, first)
    reported = find_reported(kinds, marks.start, marks.end, layout, quotations)
    return inside(places, merge_spans(quotations, reported))


def _is_negated(hits: _Matches, marks: _Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether a negation stands before the hit in its clause or, for German nicht, after it or in its gap."""
    codes = layout.codes
    blank_follows = np.append(codes[1:] <= 0x20, True)[: len(codes)]
    commas = np.flatnonzero(np.isin(codes, (0x2C, 0x3B, 0x3A)) & blank_follows)
    dashes = np.flatnonzero(np.isin(codes, (0x2013, 0x2014)))
    cuts = np.unique(np.concatenate((layout.start, commas, dashes)))
    clause = np.searchsorted(cuts, hits.start, side="right")
    any_mark = np.flatnonzero(np.isin(kinds, ("negation.before", "negation.around")))
    around = np.flatnonzero(kinds == "negation.around")
    return _mark_before(hits, marks, any_mark, cuts, clause) | _mark_after(hits, marks, around, cuts, clause)


def _mark_before(hits: _Matches, marks: _Matches, chosen: np.ndarray, cuts: np.ndarray, clause: np.ndarray) -> np.ndarray:
    ends = np.sort(marks.end[chosen])
    if not len(ends):
        return np.zeros(len(hits.start), bool)
    last = np.searchsorted(ends, hits.start, side="right") - 1
    return (last >= 0) & (np.searchsorted(cuts, ends[last] - 1, side="right") == clause)


def _mark_after(hits: _Matches, marks: _Matches, chosen: np.ndarray, cuts: np.ndarray, clause: np.ndarray) -> np.ndarray:
    starts = np.sort(marks.start[chosen])
    if not len(starts):
        return np.zeros(len(hits.start), bool)
    following = np.minimum(np.searchsorted(starts, hits.head_end), len(starts) - 1)
    return (starts[following] >= hits.head_end) & (np.searchsorted(cuts, starts[following], side="right") == clause)
