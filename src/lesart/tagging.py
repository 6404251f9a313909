"""Tags articles: articles × lexicons → hits. The hot loop of the project is the one below and no other.

Many articles of one language are joined into one text and go through six steps together, each over whole arrays:

1. ``lay_out``        join the texts, split sentences, tell headline, lead and body (``sentences.py``);
2. ``read_words``     find the words, and which of them are the same word: a long text has few distinct ones (``words.py``);
3. ``find_literals``  find each pattern's pieces in the distinct words, all at once (``matching.py``);
4. ``assemble``       words become matches: single ones, phrases with wildcards, gaps, signs (``matching.py``);
5. ``settle``         exceptions cancel, and within a category the longest of overlapping matches wins (``settling.py``);
6. ``place``          each match gets its article, sentence, part, voice and negation (``placing.py``).

A plain reference that does the same with loops lives in the tests; both must give the same hits to the byte.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .compiling import Compiled, compile_lexicons
from .lexicon import Lexicon
from .matching import Matches, assemble, find_literals
from .placing import VOICES, place
from .progress import track
from .sentences import LANGUAGES, PARTS, Layout, lay_out
from .settling import settle
from .words import read_words

HIT_COLUMNS = [
    "article", "sentence", "part", "start", "end", "surface",
    "lexicon", "category", "concept", "voice", "negated", "pattern",
]  # fmt: skip
# Bytes of text tagged at once: large enough that NumPy's overhead vanishes and most words have been seen, small enough for memory.
_CHUNK = 2_000_000
# Bytes: as large a block as glibc learns from (``_keep_memory``).
_LARGEST_BLOCK = 31 << 20


def tag_articles(articles: pd.DataFrame, lexicons: Lexicon | Iterable[Lexicon], *, progress: bool = True) -> pd.DataFrame:
    """The hits of the lexicons in the articles.

    A row is a match; columns ``article``, ``sentence`` (number within the article), ``part`` (headline, lead, body, heading, last),
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
    _keep_memory()
    lexicons = [lexicons] if isinstance(lexicons, Lexicon) else list(lexicons)
    compiled = {language: compile_lexicons(lexicons, language) for language in LANGUAGES}
    pieces = []
    for language, rows in track(list(_chunks(articles)), "tagging", "chunk", shown=progress):
        layout = lay_out(*(pa.array(articles[name]).take(pa.array(rows)).to_pylist() for name in ("text", "title")), language)
        hits = place(find_matches(layout, compiled[language]), layout, compiled[language])
        pieces.append(hits | {"row": rows[hits["row"]], "pattern": hits["pattern"] + _first_pattern(compiled, language)})
    if not pieces:  # no article in a known language: the same columns, of the same kinds, and no rows
        layout = lay_out([], [], LANGUAGES[0])
        pieces.append(place(find_matches(layout, compiled[LANGUAGES[0]]), layout, compiled[LANGUAGES[0]]))
    return _make_table(articles, list(compiled.values()), pieces)


@cache
def _keep_memory() -> None:
    """Lets the C library keep up to some 60 MB of the memory given back to it, for the next arrays.

    Else it hands much of it back to the system after each step, and each page is fetched and cleared again, which is up to a tenth
    of the time. glibc keeps twice the largest block ever given back (mallopt(3), M_MMAP_THRESHOLD); so one such block is asked for,
    never written to, and given back at once. Elsewhere this does nothing.
    """
    np.empty(_LARGEST_BLOCK, np.uint8)


def find_matches(layout: Layout, compiled: Compiled) -> Matches:
    """Steps 2 to 5: the matches of all patterns, marks of voice included."""
    words = read_words(layout.characters)
    return settle(assemble(find_literals(words, compiled), words, layout, compiled), compiled)


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
    lengths = pc.binary_length(pa.array(articles["text"], pa.large_string())).to_numpy()
    for language in LANGUAGES:
        rows = np.flatnonzero(articles["language"].to_numpy() == language)
        if len(rows):
            bucket = np.cumsum(lengths[rows]) // _CHUNK
            for piece in np.split(rows, np.flatnonzero(np.diff(bucket)) + 1):
                yield language, piece
