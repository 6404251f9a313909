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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from .characters import Folded, fold
from .compiling import Compiled, compile_lexicons
from .lexicon import Lexicon
from .patterns import ANYWHERE
from .sentences import LANGUAGES, PARTS, Layout, lay_out
from .voice import find_quotations, find_reported, inside, merge_spans

HIT_COLUMNS = [
    "article", "sentence", "part", "start", "end", "surface",
    "lexicon", "category", "concept", "voice", "negated", "pattern",
]  # fmt: skip
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
    for language, rows in tqdm(chunks, desc="tagging", unit="chunk", delay=2, leave=False, disable=not progress):
        chosen = articles.iloc[rows]
        layout = lay_out(chosen["text"].tolist(), chosen["title"].tolist(), language)
        pieces.append(_tag_layout(layout, compile_lexicons(lexicons, language)).assign(row=lambda hits, rows=rows: rows[hits["row"]]))
    if not pieces:
        return pd.DataFrame({column: [] for column in HIT_COLUMNS})
    hits = pd.concat(pieces, ignore_index=True)
    hits = hits.sort_values(["row", "start", "end", "lexicon", "category"], kind="stable", ignore_index=True)
    hits.insert(0, "article", articles["article"].to_numpy()[hits.pop("row")])
    return hits[HIT_COLUMNS]


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
    the first gap), and its weight when matches compete (letters it covers, then letters the pattern spells out)."""

    pattern: np.ndarray
    start: np.ndarray
    end: np.ndarray
    head_end: np.ndarray
    covered: np.ndarray

    def take(self, chosen: np.ndarray) -> "_Matches":
        return _Matches(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass
class _Found:
    """Every literal found, sorted by literal and place: first and last word, and where they begin and end."""

    literal: np.ndarray
    word: np.ndarray
    last_word: np.ndarray
    core_start: np.ndarray
    core_end: np.ndarray
    slices: np.ndarray

    def of(self, literal: int) -> np.ndarray:
        return np.arange(self.slices[literal], self.slices[literal + 1])


def _tag_layout(layout: Layout, compiled: Compiled) -> pd.DataFrame:
    folded = fold(layout.codes)
    matches = _assemble(_find(folded, compiled), folded, layout, compiled)
    matches = _settle(matches, compiled)
    return _place(matches, layout, compiled)


def _find(folded: Folded, compiled: Compiled) -> _Found:
    """Step 3: every literal of every pattern, overlapping ones too."""
    raw = compiled.automaton.find_matches_as_indexes(folded.haystack.tobytes(), overlapping=True) if compiled.automaton else []
    flat = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
    flat = flat[np.lexsort((flat[:, 1], flat[:, 0]))]
    literal = flat[:, 0]
    core_start = flat[:, 1] + ~compiled.open_left[literal]
    core_end = flat[:, 2] - ~compiled.open_right[literal]
    slices = np.searchsorted(literal, np.arange(compiled.n_literals + 1))
    return _Found(literal, folded.word_of[core_start], folded.word_of[core_end - 1], core_start, core_end, slices)


def _assemble(found: _Found, folded: Folded, layout: Layout, compiled: Compiled) -> _Matches:
    """Step 4: literals become matches of patterns."""
    pieces = [_single_matches(found, folded, compiled)]
    pieces += _chain_matches(found, folded, layout, compiled)
    pieces += _sign_matches(folded, layout, compiled)
    matches = _Matches(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in _Matches.__dataclass_fields__))
    return _keep_case(matches, layout, compiled)


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
    joined = np.concatenate((folded.word_start[1:] - folded.word_end[:-1] == 1, [False])) if len(folded.word_start) else np.empty(0, bool)
    pieces = []
    for pattern, steps in compiled.chains:
        at = found.of(steps[0][0])
        first = found.word[at]
        head_last, letters = found.last_word[at], None
        in_head = True
        for literal, step in steps[1:]:
            if not len(at):
                break
            follower = found.of(literal)
            if step == ANYWHERE:
                if in_head:
                    letters = _letters(folded, first, head_last)
                in_head = False
                kept, at = _later_in_sentence(found, folded, layout, at, follower)
            else:
                kept, at = _next_words(found, joined, at, follower, step)
            first, head_last = first[kept], head_last[kept]
            letters = letters[kept] if letters is not None else None
            if in_head:
                head_last = found.last_word[at]
            else:
                letters = letters + _letters(folded, found.word[at], found.last_word[at])
        if len(at):
            start, end = _word_places(folded, first, found.last_word[at])
            head_end = _word_places(folded, first, head_last)[1]
            covered = end - start if letters is None else letters
            pieces.append(_Matches(np.full(len(at), pattern), start, end, head_end, covered))
    return pieces


def _letters(folded: Folded, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    start, end = _word_places(folded, first, last)
    return end - start


def _next_words(found: _Found, joined: np.ndarray, at: np.ndarray, follower: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Which matches are followed, ``step`` words later and with no punctuation between, by which literal."""
    words = found.word[follower]
    wanted = found.last_word[at] + step
    place = np.searchsorted(words, wanted)
    good = place < len(words)
    good[good] = words[place[good]] == wanted[good]
    for k in range(step):
        good &= joined[np.minimum(found.last_word[at] + k, len(joined) - 1)]
    return np.flatnonzero(good), follower[place[good]]


def _later_in_sentence(
    found: _Found, folded: Folded, layout: Layout, at: np.ndarray, follower: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which matches are followed, later in their sentence, by which literal; of several that share it, the nearest."""
    place = np.searchsorted(found.word[follower], found.last_word[at], side="right")
    good = np.flatnonzero(place < len(follower))
    target = follower[place[good]]
    here = layout.sentence_at(folded.origin[found.core_start[at[good]]])
    there = layout.sentence_at(folded.origin[found.core_start[target]])
    same = here == there
    good, target = good[same], target[same]
    nearest = np.concatenate((target[1:] != target[:-1], [True])) if len(target) else np.empty(0, bool)
    return good[nearest], target[nearest]


def _sign_matches(folded: Folded, layout: Layout, compiled: Compiled) -> list[_Matches]:
    """Matches of single punctuation signs and of numbers."""
    pieces = []
    for code, patterns in compiled.signs.items():
        start = np.flatnonzero(layout.codes == code)
        for pattern in patterns:
            pieces.append(_Matches(np.full(len(start), pattern), start, start + 1, start + 1, np.ones(len(start), np.int64)))
    if compiled.numbers:
        lead = folded.haystack[folded.word_start]
        words = np.flatnonzero((lead >= 0x30) & (lead <= 0x39))
        start, end = _word_places(folded, words, words)
        for pattern in compiled.numbers:
            pieces.append(_Matches(np.full(len(start), pattern), start, end, end, end - start))
    return pieces


def _keep_case(matches: _Matches, layout: Layout, compiled: Compiled) -> _Matches:
    """Drop matches of ``=patterns`` that are spelled with other capitals."""
    cased = np.flatnonzero(compiled.cased[matches.pattern])
    if not len(cased):
        return matches
    keep = np.ones(len(matches.pattern), bool)
    for i in cased.tolist():
        surface = layout.text[matches.start[i] : matches.end[i]]
        keep[i] = compiled.parsed[matches.pattern[i]].same_case(surface)
    return matches.take(np.flatnonzero(keep))


def _settle(matches: _Matches, compiled: Compiled) -> _Matches:
    """Step 5: exceptions cancel hits of their concept that they cover; the longest of overlapping hits wins."""
    is_exception = compiled.exception[matches.pattern]
    exceptions, matches = matches.take(np.flatnonzero(is_exception)), matches.take(np.flatnonzero(~is_exception))
    if len(exceptions.pattern):
        matches = matches.take(np.flatnonzero(~_is_cancelled(matches, exceptions, compiled)))
    group = compiled.group[matches.pattern]
    matches = matches.take(np.lexsort((matches.pattern, -matches.covered, matches.start, group)))
    group = compiled.group[matches.pattern]
    begin = group * _BIG + matches.start
    reach = np.maximum.accumulate(group * _BIG + matches.head_end)
    fresh = np.concatenate(([True], begin[1:] >= reach[:-1])) if len(begin) else np.empty(0, bool)
    firsts = np.concatenate((np.flatnonzero(fresh), [len(begin)]))
    keep = np.ones(len(begin), bool)
    for i in np.flatnonzero(np.diff(firsts) > 1).tolist():  # only where matches overlap
        _keep_longest(matches, firsts[i], firsts[i + 1], keep)
    return matches.take(np.flatnonzero(keep))


def _is_cancelled(matches: _Matches, exceptions: _Matches, compiled: Compiled) -> np.ndarray:
    key = compiled.concept_id[exceptions.pattern] * _BIG + exceptions.start
    order = np.argsort(key, kind="stable")
    key = key[order]
    reach = np.maximum.accumulate((compiled.concept_id[exceptions.pattern] * _BIG + exceptions.end)[order])
    concept = compiled.concept_id[matches.pattern] * _BIG
    before = np.searchsorted(key, concept + matches.start, side="right") - 1
    return (before >= 0) & (key[before] >= concept) & (reach[before] >= concept + matches.end)


def _keep_longest(matches: _Matches, first: int, last: int, keep: np.ndarray) -> None:
    """Among overlapping matches of one category keep the longest, then the earlier, then the one listed first."""
    rows = range(first, last)
    taken: list[tuple[int, int]] = []
    for i in sorted(rows, key=lambda i: (-matches.covered[i], matches.start[i], matches.pattern[i])):
        start, end = matches.start[i], matches.head_end[i]
        keep[i] = all(end <= other_start or start >= other_end for other_start, other_end in taken)
        if keep[i]:
            taken.append((start, end))


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
    quotations = find_quotations(layout.text, layout.codes, layout.paragraph_starts, layout.language)
    chosen = np.flatnonzero([kind.startswith("attribution.") for kind in kinds])
    chosen = chosen[np.argsort(marks.start[chosen], kind="stable")]
    names = np.array([kind.partition(".")[2] for kind in kinds[chosen]], object)
    reported = find_reported(names, marks.start[chosen], marks.end[chosen], layout.start, layout.end)
    return inside(places, merge_spans(quotations, reported))


def _is_negated(hits: _Matches, marks: _Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether a negation stands before the hit in its clause or, for German nicht, after it."""
    codes = layout.codes
    commas = np.flatnonzero(np.isin(codes[:-1], (0x2C, 0x3B, 0x3A)) & (codes[1:] <= 0x20)) if len(codes) else np.empty(0, int)
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
    following = np.minimum(np.searchsorted(starts, hits.end), len(starts) - 1)
    return (starts[following] >= hits.end) & (np.searchsorted(cuts, starts[following], side="right") == clause)
