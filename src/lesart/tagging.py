"""Tags articles: articles × lexicons → hits. The hot loop of the project lives here and nowhere else.

Many articles of one language are joined into one text and go through six steps together, each over whole arrays:

1. ``lay_out``     join the texts, split sentences, tell headline, lead and body;
2. ``read_words``  find the words, and which of them are the same word: a long text has few distinct ones;
3. ``_find``       find each pattern's pieces in the distinct words, all at once;
4. ``_assemble``   words become matches: single ones, phrases with wildcards, gaps, signs;
5. ``_settle``     exceptions cancel, and within a category the longest of overlapping matches wins;
6. ``_place``      each match gets its article, sentence, part, voice and negation.

A plain reference that does the same with loops lives in the tests; both must give the same hits to the byte.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa

from .characters import is_capital
from .compiling import ANY_WORD, Compiled, compile_lexicons
from .lexicon import Lexicon
from .progress import track
from .sentences import LANGUAGES, PARTS, Layout, lay_out
from .voice import find_quotations, find_reported, inside, merge_spans
from .words import Vocabulary, Words, read_words

HIT_COLUMNS = [
    "article", "sentence", "part", "start", "end", "surface",
    "lexicon", "category", "concept", "voice", "negated", "pattern",
]  # fmt: skip
VOICES = ("narrator", "quoted")
# Characters tagged at once: large enough that NumPy's overhead vanishes and most words have been seen, small enough for memory.
_CHUNK = 2_000_000
# Larger than any place in a chunk: makes one sortable number of a group and a place.
_BIG = 1 << 40
# More than the letters of any pattern (MAX_LENGTH, each ß as two).
_MORE_THAN_LETTERS = 512
# Rounds in which the longest of overlapping matches is chosen everywhere at once; what is left then goes one by one.
_ROUNDS = 6


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
    compiled = {language: compile_lexicons(lexicons, language) for language in LANGUAGES}
    pieces = []
    for language, rows in track(list(_chunks(articles)), "tagging", "chunk", shown=progress):
        layout = lay_out(articles["text"].iloc[rows].tolist(), articles["title"].iloc[rows].tolist(), language)
        hits = _place(find_matches(layout, compiled[language]), layout, compiled[language])
        pieces.append(hits | {"row": rows[hits["row"]], "pattern": hits["pattern"] + _first_pattern(compiled, language)})
    if not pieces:  # no article in a known language: the same columns, of the same kinds, and no rows
        layout = lay_out([], [], LANGUAGES[0])
        pieces.append(_place(find_matches(layout, compiled[LANGUAGES[0]]), layout, compiled[LANGUAGES[0]]))
    return _make_table(articles, list(compiled.values()), pieces)


def _first_pattern(compiled: dict[str, Compiled], language: str) -> int:
    """What the number of a pattern grows by when the patterns of all languages are counted in a row."""
    return sum(len(compiled[before].table) for before in LANGUAGES[: LANGUAGES.index(language)])


def _make_table(articles: pd.DataFrame, compiled: list[Compiled], pieces: list[dict]) -> pd.DataFrame:
    """The hits table. Its texts are few and often the same, so all but the surfaces are looked up by number, in Arrow."""
    surface = pa.concat_arrays([piece.pop("surface") for piece in pieces])
    hits = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    row = hits["row"]
    if (row[1:] < row[:-1]).any():  # articles in both languages, in turn; each piece is in order by itself
        order = np.argsort(row, kind="stable")
        surface, hits = surface.take(pa.array(order)), {name: values[order] for name, values in hits.items()}
    number = pa.array(hits["pattern"])
    texts = {name: pa.concat_arrays([one.texts[name] for one in compiled]).take(number) for name in compiled[0].texts}
    texts |= {name: pa.array(values, pa.large_string()).take(pa.array(hits[name])) for name, values in (("part", PARTS), ("voice", VOICES))}
    texts = {name: pd.array(values, dtype="str") for name, values in (texts | {"surface": surface}).items()}
    texts["article"] = articles["article"].array[hits["row"]]
    return pd.DataFrame({name: texts[name] if name in texts else hits[name] for name in HIT_COLUMNS}, copy=False)


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
    """Which literals fit which distinct words, as pairs in the order of the words.

    ``pair``: each pair as one number, sorted; ``traces``: for each distinct word 64 bits, of which each of its literals has set
    one. A phrase's next word is nearly always another, and a look at one bit mostly says so.
    """

    word: np.ndarray
    literal: np.ndarray
    pair: np.ndarray
    traces: np.ndarray

    def fits(self, word: np.ndarray, literal: np.ndarray, n_literals: int) -> np.ndarray:
        """Whether each literal fits the distinct word beside it."""
        if not len(self.pair):
            return np.zeros(len(word), bool)
        wanted = word * n_literals + literal
        return self.pair[np.minimum(np.searchsorted(self.pair, wanted), len(self.pair) - 1)] == wanted


_TRACE_OF_ANY = np.uint64(1 << 63)


def _trace(literal: np.ndarray) -> np.ndarray:
    """The bit that a literal sets; the highest stands for any word."""
    return np.where(literal == ANY_WORD, _TRACE_OF_ANY, np.uint64(1) << (literal % 63).astype(np.uint64))


def find_matches(layout: Layout, compiled: Compiled) -> _Matches:
    """Steps 2 to 5: the matches of all patterns, marks of voice included."""
    words = read_words(layout.characters)
    return _settle(_assemble(_find(words, compiled), words, layout, compiled), compiled)


def _find(words: Words, compiled: Compiled) -> _Found:
    """Step 3: which literals fit each distinct word."""
    vocabulary = words.vocabulary
    raw = compiled.automaton.find_matches_as_indexes(vocabulary.haystack.tobytes(), overlapping=True) if compiled.automaton else []
    flat = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
    literal = flat[:, 0]
    place = flat[:, 1] + ~compiled.open_left[literal]
    if len(compiled.capitals):
        kept = _keep_case(literal, place, vocabulary, compiled)
        literal, place = literal[kept], place[kept]
    word = vocabulary.word_of[place]
    if compiled.number_literal is not None:
        first = vocabulary.haystack[vocabulary.first]
        numbers = np.flatnonzero((first >= ord("0")) & (first <= ord("9")))
        word = np.concatenate((word, numbers))
        literal = np.concatenate((literal, np.full(len(numbers), compiled.number_literal)))
    pair = np.unique(word * compiled.n_literals + literal)  # a stem may fit a word twice
    word, literal = np.divmod(pair, max(compiled.n_literals, 1))
    traces = np.full(len(vocabulary), _TRACE_OF_ANY)
    first = np.flatnonzero(np.diff(word, prepend=-1))
    traces[word[first]] |= np.bitwise_or.reduceat(_trace(literal), first) if len(first) else _TRACE_OF_ANY
    return _Found(word, literal, pair, traces)


def _keep_case(literal: np.ndarray, place: np.ndarray, vocabulary: Vocabulary, compiled: Compiled) -> np.ndarray:
    """Which finds stay: those of ``=patterns`` only where the word has the same capitals."""
    first = compiled.capitals_from[literal]
    which, wanted = _spread(first, compiled.capitals_from[literal + 1])
    shown = vocabulary.shown[(place - first)[which] + wanted]
    keep = np.ones(len(literal), bool)
    keep[which[is_capital(shown) != compiled.capitals[wanted]]] = False
    return keep


def _assemble(found: _Found, words: Words, layout: Layout, compiled: Compiled) -> _Matches:
    """Step 4: words become matches of patterns."""
    pieces = [_single_matches(found, words, compiled)]
    pieces += _run_matches(found, words, layout, compiled)
    pieces += _sign_matches(layout, compiled)
    return _Matches(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in _Matches.__dataclass_fields__))


def _single_matches(found: _Found, words: Words, compiled: Compiled) -> _Matches:
    """Matches of patterns of one word: those of the distinct words, wherever these stand."""
    which, use = _spread(compiled.use_from[found.literal], compiled.use_from[found.literal + 1])
    token, nth = _spread_words(found.word[which], words)
    start, end = words.start[token], words.end[token]
    return _Matches(compiled.use_pattern[use[nth]], start, end, end, end - start)


def _spread_words(distinct: np.ndarray, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """All words of the text that are one of the distinct ones (which are in order), and the place of each in these."""
    slices = np.searchsorted(distinct, np.arange(len(words.vocabulary) + 1))
    token = np.flatnonzero((slices[1:] > slices[:-1])[words.distinct])
    which, nth = _spread(slices[words.distinct[token]], slices[words.distinct[token] + 1])
    return token[which], nth


def _spread(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For all numbers of the ranges from ``first`` to before ``last``: which range it is of, and the number."""
    full = np.flatnonzero(last > first)
    width = last[full] - first[full]
    number = np.repeat(first[full] - np.cumsum(width) + width, width)
    number += np.arange(len(number))
    return np.repeat(full, width), number


def _run_matches(found: _Found, words: Words, layout: Layout, compiled: Compiled) -> list[_Matches]:
    """Matches of patterns of several words: a run of them is one, or begins one that goes on behind a gap in its sentence."""
    runs = compiled.runs
    n_runs = np.bincount(runs.pattern, minlength=len(compiled.table))
    pieces, matches, last = [], None, None
    for n_gaps in range(int(n_runs.max(initial=0))):
        use = np.flatnonzero(runs.position == n_gaps)
        if matches:  # after a gap only what goes on from something
            use = use[np.bincount(matches.pattern, minlength=len(n_runs))[runs.pattern[use]] > 0]
        run, first, final = _find_runs(np.flatnonzero(np.bincount(runs.run[use])), found, words, compiled)
        start, end = words.start[first], words.end[final]
        if matches:
            next_run = np.zeros(len(n_runs), np.int64)
            next_run[runs.pattern[use]] = runs.run[use]
            kept, target = _later_in_sentence(matches.pattern, next_run[matches.pattern], last, run, first, words, layout)
            matches, last, end = matches.take(kept), final[target], end[target]
            matches = _Matches(matches.pattern, matches.start, end, matches.head_end, matches.covered + end - start[target])
        else:
            of_run = runs.run[use]
            which, nth = _spread(np.searchsorted(of_run, run), np.searchsorted(of_run, run, side="right"))
            start, end, last = start[which], end[which], final[which]
            matches = _Matches(runs.pattern[use[nth]], start, end, end, end - start)
        done = n_runs[matches.pattern] == n_gaps + 1
        pieces.append(matches.take(np.flatnonzero(done)))
        order = np.argsort(matches.pattern[~done] * _BIG + last[~done], kind="stable")
        matches, last = matches.take(np.flatnonzero(~done)[order]), last[~done][order]
    return pieces


def _find_runs(rows: np.ndarray, found: _Found, words: Words, compiled: Compiled) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where runs of words stand: number of the run, its first and its last word, in the order of the first two.

    Each run is looked for only where its rarest word stands, which most often is nowhere; there its other words are looked for,
    the rarest of them first, so that little is left to look at.
    """
    n_of_word = np.bincount(words.distinct, minlength=len(words.vocabulary))
    n_of = np.bincount(found.literal, n_of_word[found.word], compiled.n_literals + 1).astype(np.int64)
    n_of[ANY_WORD] = _BIG  # the last place, which is also that of the words beyond a run's end
    rows = rows[n_of[compiled.runs.literal[rows]].min(axis=1, initial=_BIG) > 0]
    literals = compiled.runs.literal[rows]
    by_rarity = np.argsort(n_of[literals], axis=1)
    literals = np.take_along_axis(literals, by_rarity, axis=1)
    length = compiled.runs.length[rows]
    token, slices = _list_tokens(found, words, literals[:, 0])
    which, nth = _spread(slices[literals[:, 0]], slices[literals[:, 0] + 1])
    first = token[nth] - by_rarity[which, 0]
    good = (first >= 0) & (first + length[which] <= len(words))
    which, first = which[good], first[good]
    for k in range(1, literals.shape[1]):
        here = words.distinct.take(first + by_rarity[:, k][which], mode="clip")  # beyond a run's end any word fits
        maybe = np.flatnonzero(found.traces[here] & _trace(literals[:, k])[which])
        which, first, literal = which[maybe], first[maybe], literals[:, k][which[maybe]]
        good = literal == ANY_WORD
        if good.all():
            break
        asked = np.flatnonzero(~good)
        good[asked] = found.fits(here[maybe[asked]], literal[asked], compiled.n_literals)
        which, first = which[good], first[good]
    kept = _has_borders(rows[which], first, words, compiled)
    which, first = which[kept], first[kept]
    return rows[which], first, first + length[which] - 1


def _list_tokens(found: _Found, words: Words, literals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The words that the chosen literals fit, in order, by literal; and where each literal's begin in this list."""
    chosen = np.zeros(len(found.literal) and int(found.literal.max()) + 1, bool)
    chosen[literals] = True
    pair = np.flatnonzero(chosen[found.literal])
    token, nth = _spread_words(found.word[pair], words)
    literal = found.literal[pair].astype(np.min_scalar_type(len(chosen)))[nth]  # 16 bits are sorted without comparing
    order = np.argsort(literal, kind="stable")
    return token[order], np.searchsorted(literal[order], np.arange(len(chosen) + 1))


def _has_borders(run: np.ndarray, first: np.ndarray, words: Words, compiled: Compiled) -> np.ndarray:
    """Which of the runs that begin at these words have punctuation between their words where they ask for it, and nowhere else."""
    runs = compiled.runs
    kept = np.arange(len(run))
    for k in range(runs.border.shape[1] - 1):
        inner = runs.length[run[kept]] > k + 1
        good = ~inner
        inner = np.flatnonzero(inner)
        good[inner] = words.border[first[kept[inner]] + k] == runs.border[run[kept[inner]], k]
        kept = kept[good]
    return kept


def _later_in_sentence(
    pattern: np.ndarray, wanted: np.ndarray, last: np.ndarray, run: np.ndarray, first: np.ndarray, words: Words, layout: Layout
) -> tuple[np.ndarray, np.ndarray]:
    """Which matches, ending with words ``last``, have the wanted run, beginning with words ``first``, later in their sentence.

    Gives the numbers of the matches and of their runs; of several of a pattern that share a run, the nearest has it.
    """
    target = np.searchsorted(run * _BIG + first, wanted * _BIG + last, side="right")
    kept = np.flatnonzero(target < len(run))
    kept = kept[run[target[kept]] == wanted[kept]]
    target = target[kept]
    here, there = layout.sentence_at(words.start[last[kept]]), layout.sentence_at(words.start[first[target]])
    kept, target = kept[here == there], target[here == there]
    nearest = (np.diff(target, append=-1) != 0) | (np.diff(pattern[kept], append=-1) != 0)
    return kept[nearest], target[nearest]


def _sign_matches(layout: Layout, compiled: Compiled) -> list[_Matches]:
    """Matches of single punctuation signs."""
    pieces = []
    for sign, patterns in compiled.signs.items():
        start = layout.characters.find(sign)
        for pattern in patterns:
            pieces.append(_Matches(np.full(len(start), pattern), start, start + 1, start + 1, np.ones(len(start), np.int64)))
    return pieces


def _settle(matches: _Matches, compiled: Compiled) -> _Matches:
    """Step 5: exceptions cancel hits of their concept that they cover; the longest of overlapping hits wins."""
    is_exception = compiled.exception[matches.pattern]
    exceptions, matches = matches.take(np.flatnonzero(is_exception)), matches.take(np.flatnonzero(~is_exception))
    if len(exceptions.pattern):
        concept = compiled.concept_id
        kept = ~np.isin(concept, concept[exceptions.pattern])[matches.pattern]
        doubtful = np.flatnonzero(~kept)
        kept[doubtful] = ~_is_cancelled(matches.take(doubtful), exceptions, compiled)
        matches = matches.take(np.flatnonzero(kept))
    group = compiled.group[matches.pattern]
    order = np.argsort(group * _BIG + matches.start)  # not stable, which is slower: no rule asks how equals are ordered
    matches, base = matches.take(order), group[order] * _BIG
    begin, end = base + matches.start, base + matches.head_end
    keep = np.ones(len(begin), bool)
    rows, firsts = _overlapping(begin, end, np.arange(len(begin)))
    for _ in range(_ROUNDS):
        if not len(rows):
            break
        best = np.repeat(_longest(matches, rows, firsts[:-1], compiled), np.diff(firsts))
        loses = (begin[rows] < end[best]) & (begin[best] < end[rows]) & (rows != best)
        keep[rows[loses]] = False
        rows, firsts = _overlapping(begin, end, rows[~loses & (rows != best)])
    for a, b in zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        _keep_longest(matches, rows[a:b], compiled, keep)
    return matches.take(np.flatnonzero(keep))


def _overlapping(begin: np.ndarray, end: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the rows that overlap others of them, and where each cluster of them begins (and the last ends)."""
    if not len(rows):
        return rows, np.zeros(1, np.int64)
    fresh = np.concatenate(([True], begin[rows[1:]] >= np.maximum.accumulate(end[rows])[:-1]))
    size = np.diff(np.flatnonzero(np.append(fresh, True)))
    return rows[np.repeat(size > 1, size)], np.concatenate(([0], np.cumsum(size[size > 1])))


def _longest(matches: _Matches, rows: np.ndarray, firsts: np.ndarray, compiled: Compiled) -> np.ndarray:
    """Of each cluster of rows the longest; of equals the one whose pattern spells out most, then the earlier, then the one
    listed first."""
    pattern = matches.pattern[rows]
    length = matches.covered[rows] * _MORE_THAN_LETTERS + compiled.n_letters[pattern]
    size = np.diff(firsts, append=len(rows))
    is_longest = length == np.repeat(np.maximum.reduceat(length, firsts), size)
    late = np.where(is_longest, matches.start[rows] * len(compiled.table) + pattern, np.iinfo(np.int64).max)
    return rows[late == np.repeat(np.minimum.reduceat(late, firsts), size)]


def _is_cancelled(matches: _Matches, exceptions: _Matches, compiled: Compiled) -> np.ndarray:
    key = compiled.concept_id[exceptions.pattern] * _BIG + exceptions.start
    order = np.argsort(key, kind="stable")
    key = key[order]
    reach = np.maximum.accumulate((compiled.concept_id[exceptions.pattern] * _BIG + exceptions.end)[order])
    concept = compiled.concept_id[matches.pattern] * _BIG
    before = np.searchsorted(key, concept + matches.start, side="right") - 1
    return (before >= 0) & (key[before] >= concept) & (reach[before] >= concept + matches.end)


def _keep_longest(matches: _Matches, rows: np.ndarray, compiled: Compiled, keep: np.ndarray) -> None:
    """Among overlapping matches of one category keep the longest (see ``_longest``), one after the other."""
    pattern, start, covered = matches.pattern[rows], matches.start[rows], matches.covered[rows]
    rank = rows[np.lexsort((pattern, start, -compiled.n_letters[pattern], -covered))]
    starts: list[int] = []  # of those kept so far, which do not overlap
    ends: list[int] = []
    for i in rank.tolist():
        before = bisect_left(starts, matches.head_end[i])
        keep[i] = before == 0 or ends[before - 1] <= matches.start[i]
        if keep[i]:
            starts.insert(before, matches.start[i])
            ends.insert(before, matches.head_end[i])


def _place(matches: _Matches, layout: Layout, compiled: Compiled) -> dict[str, np.ndarray | pa.Array]:
    """Step 6: the columns of the hits of a layout, texts as numbers; ``row`` is the number of the article in it."""
    is_mark = compiled.is_mark[matches.pattern]
    marks, hits = matches.take(np.flatnonzero(is_mark)), matches.take(np.flatnonzero(~is_mark))
    group = compiled.group[hits.pattern]
    hits = hits.take(np.lexsort((group, hits.end, hits.start)))
    kinds = compiled.kind[marks.pattern]
    sentence = layout.sentence_at(hits.start)
    article = layout.article[sentence] if len(layout.article) else sentence
    base = layout.article_start[article]
    return {
        "row": article,
        "sentence": layout.number[sentence] if len(sentence) else sentence,
        "part": layout.part[sentence] if len(sentence) else sentence,
        "start": hits.start - base,
        "end": hits.end - base,
        "surface": _cut_surfaces(layout.codes, hits.start, hits.end),
        "voice": _is_quoted(hits.start, marks, kinds, layout).astype(np.int64),
        "negated": _is_negated(hits, marks, kinds, layout),
        "pattern": hits.pattern,
    }


def _cut_surfaces(codes: np.ndarray, start: np.ndarray, end: np.ndarray) -> pa.Array:
    """The text from each start to its end, cut out all together: their UTF-8 bytes in a row, and where each begins."""
    which, place = _spread(start, end)
    signs = codes[place]
    long = np.flatnonzero(signs > 0x7F)
    n_more = 1 + (signs[long] > 0x7FF) + (signs[long] > 0xFFFF)  # bytes beyond the one that each sign has
    n_bytes = end - start + np.bincount(which[long], n_more, len(start)).astype(np.int64)
    data = signs.tobytes().decode("utf-32-le").encode()
    return pa.LargeStringArray.from_buffers(len(start), pa.py_buffer(np.append(0, np.cumsum(n_bytes))), pa.py_buffer(data))


def _is_quoted(places: np.ndarray, marks: _Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether each place is in a quotation or in reported speech."""
    quotations = find_quotations(layout)
    reported = find_reported(kinds, marks.start, marks.end, layout, quotations)
    return inside(places, merge_spans(quotations, reported))


def _is_negated(hits: _Matches, marks: _Matches, kinds: np.ndarray, layout: Layout) -> np.ndarray:
    """Whether a negation stands before the hit in its clause or, for German nicht, after it or in its gap."""
    commas = layout.characters.find(",;:")
    commas = commas[(commas == len(layout.codes) - 1) | (layout.codes.take(commas + 1, mode="clip") <= 0x20)]
    cuts = np.sort(np.concatenate((layout.start, commas, layout.characters.find("–—"))))
    clause = np.searchsorted(cuts, hits.start, side="right")
    around = kinds == "negation.around"
    return _mark_before(hits, marks.end[around | (kinds == "negation.before")], cuts, clause) | _mark_after(
        hits, marks.start[around], cuts, clause
    )


def _mark_before(hits: _Matches, ends: np.ndarray, cuts: np.ndarray, clause: np.ndarray) -> np.ndarray:
    if not len(ends):
        return np.zeros(len(hits.start), bool)
    ends = np.sort(ends)
    last = np.searchsorted(ends, hits.start, side="right") - 1
    return (last >= 0) & (np.searchsorted(cuts, ends - 1, side="right")[last] == clause)


def _mark_after(hits: _Matches, starts: np.ndarray, cuts: np.ndarray, clause: np.ndarray) -> np.ndarray:
    if not len(starts):
        return np.zeros(len(hits.start), bool)
    starts = np.sort(starts)
    following = np.minimum(np.searchsorted(starts, hits.head_end), len(starts) - 1)
    return (starts[following] >= hits.head_end) & (np.searchsorted(cuts, starts, side="right")[following] == clause)
