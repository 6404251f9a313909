"""Brings the hits of sealed sheets up to date with a lexicon that was changed since, as far as that can be known.

An entry that the lexicon has **lost**: its hits are dropped. Within a category the longest match wins, so a lost entry may
have hidden others. Where its hit was one word, the entry that now has this word is found by tagging the word alone: what
overlaps one word contains it, and a longer match would have won before. Where it was a phrase, what it hid may reach beyond
it, and only the text can tell. What a lost exception cancelled is in no sheet either.

An entry that the lexicon has **gained**: where it matches is not in the sheets, nor what it would hide. Both are said, never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .lexicon import Lexicon
from .patterns import GAP
from .tagging import tag_articles

_KEY = ["category", "concept", "language", "pattern"]
# So many entries are named in a remark; the rest are counted.
_NAMED = 3


@dataclass(frozen=True)
class Change:
    """What a lexicon has lost and gained: rows of ``Lexicon.patterns``.

    ``reordered``: entries that stayed stand in another order; ``uncancelled``: lost exceptions whose concept stayed (those of a
    concept that is gone cancelled nothing else).
    """

    lost: pd.DataFrame
    gained: pd.DataFrame
    reordered: bool
    uncancelled: pd.DataFrame


def compare_lexicons(old: Lexicon, new: Lexicon) -> Change:
    """What the new lexicon has lost and gained against the old one.

    >>> from lesart.lexicon import parse_lexicon
    >>> old, new = (parse_lexicon(f"lexicon: toy\\ncategories: {{labor: {{pay: {{en: [{words}]}}}}}}") for words in ("wage*, salary", "salary, fee"))
    >>> change = compare_lexicons(old, new)
    >>> change.lost["pattern"].tolist(), change.gained["pattern"].tolist(), change.reordered
    (['wage*'], ['fee'], False)
    """
    keys = [list(lexicon.patterns[_KEY].itertuples(index=False, name=None)) for lexicon in (old, new)]
    before, after = map(set, keys)
    kept = [[key for key in own if key in other] for own, other in zip(keys, (after, before), strict=True)]
    gone, come = (np.array([key not in other for key in own], bool) for own, other in zip(keys, (after, before), strict=True))
    lost, concepts = old.patterns[gone], {key[:3] for key in after}
    freed = [row[3].startswith("-") and row[:3] in concepts for row in lost[_KEY].itertuples(index=False, name=None)]
    return Change(lost, new.patterns[come], kept[0] != kept[1], lost[np.array(freed, bool)])


def recode_hits(
    sealed: pd.DataFrame, hits: pd.DataFrame, lexicons: Iterable[Lexicon], records: Mapping[str, Lexicon]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The hits of sealed articles as these lexicons give them, as far as that can be known, and a remark on each article changed.

    ``sealed``, ``hits``: as ``read_sheets`` gives them. ``records``: lexicons that sheets were sealed with, by fingerprint.
    The hits are in the order of the articles, then by place. Remarks, by article, say how many hits were dropped, and what cannot be known
    without the text; they end in "exact" where nothing is left open.
    """
    language = dict(zip(sealed["article"], sealed["language"], strict=True))
    remarks: dict[str, list[str]] = {}
    for lexicon in lexicons:
        versions = [names.get(lexicon.name, "") for names in sealed["lexicons"]]
        stale = [(article, version) for article, version in zip(sealed["article"], versions, strict=True) if version != lexicon.fingerprint]
        if not stale:
            continue
        own = hits["article"].isin([article for article, _ in stale]) & (hits["lexicon"] == lexicon.name)
        lost = hits[own & ~_is_known(hits, language, lexicon)]
        uncovered, open_ones = _uncover(lost, lost["article"].map(language), lexicon)
        hits = pd.concat([hits.drop(index=lost.index), uncovered], ignore_index=True)
        changes = {version: compare_lexicons(records[version], lexicon) if version in records else None for _, version in stale}
        counts = {name: table["article"].value_counts() for name, table in (("lost", lost), ("uncovered", uncovered), ("open", open_ones))}
        for article, version in stale:
            n = {name: int(count.get(article, 0)) for name, count in counts.items()}
            remarks.setdefault(article, []).append(_remark(lexicon.name, n, changes[version], language[article]))
    order = pd.Index(sealed["article"]).get_indexer(hits["article"])
    hits = hits.assign(order=order).sort_values(["order", "start", "end", "lexicon", "category"], kind="stable", ignore_index=True).drop(columns="order")
    return hits, {article: "; ".join(told) for article, told in remarks.items()}


def _is_known(hits: pd.DataFrame, language: dict[str, str], lexicon: Lexicon) -> pd.Series:
    """Whether the lexicon still has the entry of each hit."""
    known = set(lexicon.patterns[_KEY].itertuples(index=False, name=None))
    keys = zip(hits["category"], hits["concept"], hits["article"].map(language), hits["pattern"], strict=True)
    return pd.Series([key in known for key in keys], index=hits.index, dtype=bool)


def _uncover(lost: pd.DataFrame, languages: pd.Series, lexicon: Lexicon) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The hits that lost hits of one word leave to other entries of their category, and the lost ones of which this is not known."""
    n_left = lexicon.patterns.groupby(["category", "language"]).size()
    rivals = pd.Series([n_left.get(key, 0) > 0 for key in zip(lost["category"], languages, strict=True)], index=lost.index, dtype=bool)
    single = lost["surface"].str.fullmatch(r"\w+") & ~lost["pattern"].str.contains(f"{GAP}|\\.\\.\\.")
    asked = lost[rivals & single]
    if asked.empty:
        return asked, lost[rivals]
    found = _tag_words(asked["surface"], languages[asked.index], lexicon)
    found = asked.assign(language=languages[asked.index]).reset_index().merge(
        found, on=["surface", "language", "category"], suffixes=("_lost", "")
    ).set_index("index")  # fmt: skip
    doubtful = pd.Series(
        [key in _concepts_with_phrase_exceptions(lexicon) for key in zip(found["category"], found["concept"], found["language"], strict=True)],
        index=found.index, dtype=bool,
    )  # fmt: skip
    open_ones = lost.loc[(rivals & ~single) | lost.index.isin(found.index[doubtful])]
    return found.loc[~doubtful, list(lost)], open_ones


def _tag_words(words: pd.Series, languages: pd.Series, lexicon: Lexicon) -> pd.DataFrame:
    """Which entries match single words: columns ``surface``, ``language``, ``category``, ``concept``, ``pattern``."""
    told = pd.DataFrame({"text": words, "language": languages}).drop_duplicates().reset_index(drop=True)
    told = told.assign(article=told.index.astype(str), title="")
    hits = tag_articles(told, lexicon, progress=False)
    hits["language"] = hits["article"].map(told.set_index("article")["language"])
    return hits[["surface", "language", "category", "concept", "pattern"]]


def _concepts_with_phrase_exceptions(lexicon: Lexicon) -> set[tuple[str, str, str]]:
    """The concepts (category, concept, language) that a phrase around a word may cancel: a word alone does not show it."""
    rows = lexicon.patterns[lexicon.patterns["pattern"].str.fullmatch(r"-.*[^\w*=].*")]
    return set(rows[["category", "concept", "language"]].itertuples(index=False, name=None))


def _remark(name: str, n: dict[str, int], change: Change | None, language: str) -> str:
    """What was done to the hits of one article for one lexicon, and what is not known."""
    told = [f"sealed with another version of {name}: hits of lost entries dropped: {n['lost']}"]
    if n["uncovered"]:
        told.append(f"{n['uncovered']} of these words now count for another entry")
    unknown = []
    if n["open"]:
        unknown.append(f"what {n['open']} of them hid")
    if change is None:
        unknown.append("which entries were added since")
    else:
        gained = change.gained.loc[change.gained["language"] == language, "pattern"]
        cancelled = change.uncancelled.loc[change.uncancelled["language"] == language, "pattern"]
        unknown += [f"where {_name_some(gained)} would match, added since"] if len(gained) else []
        unknown += [f"what {_name_some(cancelled)}, lost since, cancelled"] if len(cancelled) else []
        unknown += ["which of two equal matches comes first, for the order was changed"] if change.reordered else []
    return ", ".join(told) + (f"; not known without the text: {'; '.join(unknown)}" if unknown else "; exact")


def _name_some(patterns: pd.Series) -> str:
    """A few entries by name and how many more.

    >>> _name_some(pd.Series(["a", "b", "c", "d", "e"]))
    "'a', 'b', 'c' and 2 more"
    """
    more = f" and {len(patterns) - _NAMED} more" if len(patterns) > _NAMED else ""
    return ", ".join(map(repr, patterns.head(_NAMED))) + more
