"""Finds which articles tell the same story: copies and cuts in one language, adaptations in one and across the two.

Why: a story that ten outlets print is ten rows of a corpus and one reading of an event. Who counts it ten times measures what an
agency wrote; who takes an adaptation for a voice of the other language compares a story with itself.

What it does not do: say who wrote first. A pair has no direction.
"""

from collections.abc import Iterator
from unicodedata import normalize

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .evidence import read_evidence
from .progress import track
from .retelling import find_retellings, weigh_key
from .sentences import LANGUAGES
from .shingles import find_copies

COLUMNS = ["article", "kin", "kind", "score", "evidence"]
KINDS = ("copy", "cut", "adaptation")
# From a tenth less on, the shorter of two with the same words is a cut of the other: a paragraph of ten.
_COPY_SIZE = 0.9
# Pieces of evidence that are told of a pair; the weightiest first.
_MOST_TOLD = 12
# An adaptation of a story that was copied often is kin to all copies; so many of them are listed.
_MOST_COPIES = 20


def find_kin(articles: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """The pairs of articles that tell the same story, and what shows it.

    A row is a pair; columns ``article``, ``kin`` (ids, the one that comes first in ``articles`` first), ``kind`` (copy: the same
    words; cut: the same words, but at least a tenth of them missing; adaptation: retold in other words, in either language),
    ``score`` (0 to 1: of copies and cuts the share of the shorter article's five-word runs that the other has, of adaptations
    the weighted share of its names, voices, figures and dates), ``evidence`` (as text). Ordered as the articles. ``articles``
    needs the columns ``article``, ``text``, ``language`` and, where headlines are told apart, ``title``. An article that is
    neither German nor English, or has no text, is kin to none.

    What is rare is so in this corpus: a pair may be found in one and not in another, where more articles share its evidence.

    >>> text = "Die Werft in Wismar baut drei Fähren für die Reederei Norlund, und {} freuen sich alle in der Stadt sehr darüber."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "language": "de", "text": [text.format("nun"), text.format("heute")]})
    >>> find_kin(articles).values.tolist()
    [['a', 'b', 'copy', 0.7059, '12 of the 17 five-word runs of the shorter one']]
    """
    articles = _prepare(articles)
    copies = find_copies(articles["text"], progress=progress)
    told = _tell_copies(copies)
    families = _join(len(articles), copies["first"], copies["second"])
    longest = _pick_longest(families, articles["text"])
    kept = articles.loc[longest].reset_index(drop=True)
    evidence = track(read_evidence(kept), "evidence", "article", shown=progress, total=len(kept))
    retold = find_retellings(evidence, kept["language"].tolist())
    retold = retold.assign(first=longest[retold["first"]], second=longest[retold["second"]])
    told += _tell_adaptations(articles, _spread(retold, families))
    pairs = pd.DataFrame(sorted(told, key=lambda row: row[:2]), columns=COLUMNS)
    names = articles["article"].to_numpy(object)
    return pairs.assign(article=names[pairs["article"].astype(np.int64)], kin=names[pairs["kin"].astype(np.int64)])


def _prepare(articles: pd.DataFrame) -> pd.DataFrame:
    """The columns that are needed, text in NFC; empty where the language is not known."""
    known = articles["language"].isin(LANGUAGES).to_numpy()
    texts = [normalize("NFC", text) if here else "" for text, here in zip(articles["text"].fillna(""), known, strict=True)]
    titles = articles["title"].fillna("").tolist() if "title" in articles else ""
    return pd.DataFrame({"article": articles["article"].to_numpy(object), "language": articles["language"].to_numpy(object), "title": titles, "text": texts})


def _tell_copies(copies: pd.DataFrame) -> list[tuple]:
    """Rows of ``find_kin`` for near-copies, articles by number."""
    rows = []
    for first, second, n_shared, contained, ratio in copies.itertuples(index=False):
        evidence = f"{n_shared} of the {round(n_shared / contained)} five-word runs of the shorter one"
        rows.append((first, second, "copy" if ratio >= _COPY_SIZE else "cut", round(contained, 4), evidence))
    return rows


def _join(n: int, first: pd.Series, second: pd.Series) -> np.ndarray:
    """The family of each of ``n`` articles, numbered in their order."""
    links = coo_array((np.ones(len(first), np.int8), (first.to_numpy(np.int64), second.to_numpy(np.int64))), shape=(n, n))
    return pd.factorize(connected_components(links, directed=False)[1])[0] if n else np.empty(0, np.int64)


def _pick_longest(families: np.ndarray, texts: pd.Series) -> np.ndarray:
    """Of each family the number of the longest article, in order; the first among equals."""
    lengths = pd.DataFrame({"family": families, "length": [len(text) for text in texts]})
    return np.sort(lengths.groupby("family")["length"].idxmax().to_numpy(np.int64))


def _spread(retold: pd.DataFrame, families: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """Who is kin to an article is kin to its copies."""
    members: dict[int, list[int]] = {}
    for number, family in enumerate(families.tolist()):
        members.setdefault(family, []).append(number)
    for first, second, contained in retold[["first", "second", "contained"]].itertuples(index=False):
        for one in members[families[first]][:_MOST_COPIES]:
            for other in members[families[second]][:_MOST_COPIES]:
                yield min(one, other), max(one, other), contained


def _tell_adaptations(articles: pd.DataFrame, pairs: Iterator[tuple[int, int, float]]) -> list[tuple]:
    """Rows of ``find_kin`` for adaptations, with the evidence both articles have."""
    pairs = list(pairs)
    numbers = sorted({number for pair in pairs for number in pair[:2]})
    surfaces = dict(zip(numbers, read_evidence(articles.loc[numbers]), strict=True))
    return [(first, second, "adaptation", round(score, 4), tell_evidence(surfaces[first], surfaces[second])) for first, second, score in pairs]


def tell_evidence(one: dict[str, str], other: dict[str, str]) -> str:
    """What two articles share, the weightiest first, in the words of both where they differ.

    >>> tell_evidence({"figure:15000000000": "15 Mrd. Dollar", "name:callum cant": "Callum Cant", "word:cant": "Cant"},
    ...               {"figure:15000000000": "$15 billion", "name:callum cant": "Callum Cant", "word:cant": "Cant"})
    'Callum Cant; 15 Mrd. Dollar = $15 billion'
    """
    shared = one.keys() & other.keys()
    # A word is told by the name that it is in, a voice by its name with a remark.
    names = {word: key for key in sorted(shared) if key.startswith("name:") for word in key[5:].split()}
    voices = {key[6:] for key in shared if key.startswith("voice:")}
    told: dict[str, float] = {}
    for key in sorted(shared, key=lambda key: (-weigh_key(key), key)):
        kind, _, value = key.partition(":")
        if kind == "word" and value in names:
            continue
        quoted = bool(voices & set(value.split())) and kind in ("name", "word")
        words = one[key] if one[key] == other[key] else f"{one[key]} = {other[key]}"
        if kind != "voice":
            told[f"{words} (quoted)" if quoted else words] = weigh_key(key) + quoted
    return "; ".join(sorted(told, key=lambda words: -told[words])[:_MOST_TOLD])


def list_families(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The family of each article: all that are kin, or kin of kin.

    A row is an article; columns ``article``, ``family`` (id of its first article; an article without kin is its own family), in
    the order of ``articles``. Pairs that name an article that is not there are left out.

    >>> pairs = pd.DataFrame({"article": ["a", "c"], "kin": ["c", "d"]})
    >>> list_families(pairs, pd.DataFrame({"article": ["a", "b", "c", "d"]})).values.tolist()
    [['a', 'a'], ['b', 'b'], ['c', 'a'], ['d', 'a']]
    """
    ids = pd.Index(articles["article"])
    first, second = (pd.Series(ids.get_indexer(pairs[column]), dtype=np.int64) for column in ("article", "kin"))
    here = (first >= 0) & (second >= 0)
    families = _join(len(ids), first[here], second[here])
    heads = ids[np.unique(families, return_index=True)[1]] if len(ids) else ids
    return pd.DataFrame({"article": ids.to_numpy(object), "family": heads.to_numpy(object)[families]})


def weigh_families(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """The weight of each article when a family counts once: 1 divided by the size of its family; index as ``articles``.

    >>> weigh_families(pd.DataFrame({"article": ["a"], "kin": ["b"]}), pd.DataFrame({"article": ["a", "b", "c"]})).tolist()
    [0.5, 0.5, 1.0]
    """
    families = list_families(pairs, articles)["family"]
    return pd.Series(1 / families.map(families.value_counts()).to_numpy(float), index=articles.index, name="weight")


def keep_one_per_family(articles: pd.DataFrame, pairs: pd.DataFrame, *, by_language: bool = False) -> pd.DataFrame:
    """The articles with one of each family: the longest by its signs, the first among equals; order and index kept.

    ``by_language``: one in each language, for what compares languages: there the other side of an adaptation is a text that
    readers of its language had before them.

    >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "language": ["de", "de", "en"], "text": ["kurz", "länger", "long"]})
    >>> pairs = pd.DataFrame({"article": ["a", "b"], "kin": ["b", "c"]})
    >>> keep_one_per_family(articles, pairs)["article"].tolist(), keep_one_per_family(articles, pairs, by_language=True)["article"].tolist()
    (['b'], ['b', 'c'])
    """
    keys = list_families(pairs, articles)[["family"]]
    if by_language:
        keys["language"] = articles["language"].to_numpy()
    keys["length"] = [len(text) for text in articles["text"]]
    kept = keys.groupby([column for column in keys if column != "length"], sort=False)["length"].idxmax()
    return articles.iloc[np.sort(kept.to_numpy(np.int64))]
