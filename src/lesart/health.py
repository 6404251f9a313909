"""What is wrong with a lexicon, or may be: found by looking at the lexicon and at what it catches in a corpus."""

import pandas as pd

from .lexicon import Lexicon
from .sentences import LANGUAGES, list_sentences
from .tagging import tag_articles

COLUMNS = ["finding", "category", "concept", "language", "pattern", "line", "detail"]
# Findings that make `lesart lexicon check` fail; the others are remarks to be looked at.
FAULTS = ("in two categories", "one language missing")
# One language has so many times the patterns of the other: more than German inflection explains.
_FAR_RICHER = 3.0
_SURFACES = 12
HEALTH_COLUMNS = ["category", "concept", "language", "hits", "share_of_articles", "share_of_sentences", "patterns", "patterns_seen",
                  "forms", "commonest", "share_of_commonest", "caught"]  # fmt: skip


def check_lexicon(lexicon: Lexicon, articles: pd.DataFrame) -> pd.DataFrame:
    """What is wrong, or may be, with a lexicon.

    A row is a finding; columns ``finding`` (in two categories, one language missing: faults; far richer in one language,
    never seen, wildcard catches: remarks), ``category``, ``concept``, ``language``, ``pattern``, ``line`` (in the file, as text),
    ``detail`` (for a wildcard, the surface forms it caught in ``articles``, commonest first). Ordered by finding as
    listed, then by line.

    >>> from lesart.lexicon import parse_lexicon
    >>> toy = parse_lexicon("lexicon: toy\\ncategories: {a: {x: {en: [pay], de: [Lohn]}}, b: {y: {en: [pay]}}}")
    >>> check_lexicon(toy, pd.DataFrame({"article": [], "title": [], "text": [], "language": []}))[["finding", "concept"]].values.tolist()
    [['in two categories', 'x'], ['in two categories', 'y'], ['one language missing', 'y']]
    """
    findings = [_in_two_categories(lexicon), _one_language(lexicon), _far_richer(lexicon)]
    if len(articles):
        hits = tag_articles(articles, lexicon, progress=False)
        findings += [_never_seen(lexicon, hits, articles), _wildcards(lexicon, hits)]
    table = pd.concat([piece for piece in findings if len(piece)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    table = table.reindex(columns=COLUMNS).astype(object)
    table["line"] = [str(int(line)) if line == line else "" for line in table["line"]]
    return table.where(table.notna(), "")


def _without_exceptions(lexicon: Lexicon) -> pd.DataFrame:
    return lexicon.patterns[~lexicon.patterns["pattern"].str.startswith("-")]


def _in_two_categories(lexicon: Lexicon) -> pd.DataFrame:
    counted = _without_exceptions(lexicon)
    same = counted.assign(folded=counted["pattern"].str.lower())
    n_categories = same.groupby(["language", "folded"])["category"].transform("nunique")
    twice = same[n_categories > 1].drop(columns="folded")
    return twice.assign(finding="in two categories", detail="keep it in one, make a longer phrase for the other")


def _one_language(lexicon: Lexicon) -> pd.DataFrame:
    finding = _without_exceptions(lexicon)
    there = set(zip(finding["category"], finding["concept"], finding["language"], strict=True))
    rows = [
        {"finding": "one language missing", "category": category, "concept": concept, "language": language, "detail": "no pattern"}
        for category, concept in lexicon.concepts[["category", "concept"]].itertuples(index=False)
        for language in LANGUAGES
        if (category, concept, language) not in there
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _far_richer(lexicon: Lexicon) -> pd.DataFrame:
    counts = _without_exceptions(lexicon).groupby(["category", "concept", "language"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(LANGUAGES), fill_value=0)
    high, low = counts.max(axis=1), counts.min(axis=1)
    rows = counts[(low > 0) & (high > _FAR_RICHER * low)].reset_index()
    rows["language"] = rows[list(LANGUAGES)].idxmax(axis=1)
    rows["detail"] = "de " + rows["de"].astype(str) + ", en " + rows["en"].astype(str) + " patterns"
    return rows.assign(finding="far richer in one language")


def _never_seen(lexicon: Lexicon, hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    hits = hits.merge(articles[["article", "language"]], on="article")
    seen = set(zip(hits["concept"], hits["language"], hits["pattern"], strict=True))
    keys = zip(lexicon.patterns["concept"], lexicon.patterns["language"], lexicon.patterns["pattern"], strict=True)
    unseen = lexicon.patterns[[key not in seen and not key[2].startswith("-") for key in keys]]
    return unseen.assign(finding="never seen", detail="no hit in these articles")


def _wildcards(lexicon: Lexicon, hits: pd.DataFrame) -> pd.DataFrame:
    wild = lexicon.patterns[lexicon.patterns["pattern"].str.contains("*", regex=False)]
    caught = hits[hits["pattern"].str.contains("*", regex=False)]
    caught = caught.assign(surface=caught["surface"].str.lower())
    forms = caught.groupby(["category", "concept", "pattern"])["surface"].agg(_rank_surfaces)
    rows = wild.merge(forms.rename("detail").reset_index(), on=["category", "concept", "pattern"])
    return rows.assign(finding="wildcard catches").sort_values("line", kind="stable")


def _rank_surfaces(surfaces: pd.Series) -> str:
    counts = surfaces.value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    more = f" … and {len(ranked) - _SURFACES} more" if len(ranked) > _SURFACES else ""
    return ", ".join(f"{form} ×{n}" for form, n in ranked[:_SURFACES]) + more


def measure_health(lexicon: Lexicon, hits: pd.DataFrame, articles: pd.DataFrame, *, sentences: pd.DataFrame | None = None) -> pd.DataFrame:
    """How much a lexicon catches, and how much of that hangs on one word.

    A row is a language and the whole lexicon (``category`` and ``concept`` empty), a category (``concept`` empty) or a
    concept, in the lexicon's order; columns ``hits``, ``share_of_articles``, ``share_of_sentences`` (with a hit; of the
    language's articles, and of their ``sentences``, without that table of those whose text is here; NaN without any), ``patterns`` (without
    exceptions), ``patterns_seen`` (of these, with a hit), ``forms`` (different words caught, capitals aside),
    ``commonest`` (of them) and ``share_of_commonest`` (its share of the hits, NaN without one), ``caught`` (the forms,
    commonest first). A concept that carries nothing has no hits; one that is a single word has a share of 1.
    """
    hits = hits[hits["lexicon"] == lexicon.name].merge(articles[["article", "language"]], on="article")
    hits = hits.assign(form=hits["surface"].str.lower())
    patterns = _without_exceptions(lexicon)
    keys = ["category", "concept", "language", "pattern"]
    patterns = patterns.assign(seen=pd.MultiIndex.from_frame(patterns[keys].astype(object)).isin(pd.MultiIndex.from_frame(hits[keys].astype(object))))
    if sentences is None:
        sentences = list_sentences(articles[(articles["text"] != "") & articles["language"].isin(LANGUAGES)].reset_index(drop=True))
    rows = []
    for language in LANGUAGES:
        own = articles.loc[articles["language"] == language, "article"]
        base = (len(own), sentences.loc[sentences["article"].isin(own), "article"])
        for category, concept in _levels(lexicon):
            chosen, spelled = (_select(table[table["language"] == language], category, concept) for table in (hits, patterns))
            rows.append((category, concept, language, *_measure_level(chosen, spelled, base)))
    return pd.DataFrame(rows, columns=HEALTH_COLUMNS)


def _levels(lexicon: Lexicon) -> list[tuple[str, str]]:
    """The whole, then each category with its concepts after it."""
    concepts = lexicon.concepts[["category", "concept"]]
    return [("", "")] + [pair for category, own in concepts.groupby("category", sort=False) for pair in [(category, ""), *own.itertuples(index=False, name=None)]]


def _select(table: pd.DataFrame, category: str, concept: str) -> pd.DataFrame:
    table = table[table["category"] == category] if category else table
    return table[table["concept"] == concept] if concept else table


def _measure_level(hits: pd.DataFrame, patterns: pd.DataFrame, base: tuple[int, pd.Series]) -> tuple:
    """The measures of one row; ``base``: the number of articles, and the article of each sentence."""
    n_articles, sentences = base
    counts = hits["form"].value_counts()
    commonest = min(counts.index[counts == counts.max()]) if len(counts) else ""
    in_sentences = hits.loc[hits["article"].isin(sentences), ["article", "sentence"]].drop_duplicates()
    return (
        len(hits),
        hits["article"].nunique() / n_articles if n_articles else float("nan"),
        len(in_sentences) / len(sentences) if len(sentences) else float("nan"),
        len(patterns),
        int(patterns["seen"].sum()),
        len(counts),
        commonest,
        counts.max() / len(hits) if len(hits) else float("nan"),
        _rank_surfaces(hits["form"]),
    )
