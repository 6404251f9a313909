"""Which articles tell the same story. A block per family: its articles, arcs between kin, and what shows it beside them.

It stands outside ``FIGURES``: it needs the texts, and those of the press are not in a study.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Arc

from ..lineage import KINDS, list_families
from ..sentences import LANGUAGES
from .labels import listing, name_of, number, percent, say
from .plate import HEAD_MM, Plate, empty_plate, fit, measure, shown, widest
from .style import GREY, INK, PALE, SIZES, WIDTH_MM, mark_of, styled

_LINE_MM, _GAP_MM, _ARC_MM = 4.3, 2.6, 13.0
_WIDEST_NAME_MM, _FOOT_MM = 46.0, 6.0
# So many families and articles of one fit on a page; the rest is counted.
_MOST_FAMILIES, _MOST_MEMBERS, _MOST_LINES = 24, 8, 3
_STROKES = {
    "copy": {"color": INK, "linewidth": 1.8, "linestyle": "-"},
    "cut": {"color": INK, "linewidth": 1.0, "linestyle": (0, (3, 2))},
    "adaptation": {"color": GREY, "linewidth": 0.8, "linestyle": "-"},
}


def tabulate_same_story(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The pairs of kin by family, in the order in which the figure shows them.

    A row is a pair; columns ``family`` (number from 1, in the order of the articles), ``article``, ``kin``,
    ``article_language``, ``kin_language``, ``kind``, ``score_pct`` (0 to 100, as ``find_kin`` counts it), ``evidence``,
    ``n_articles`` (of the corpus), ``n_families``; ordered by family, then as the pairs.
    """
    heads = list_families(pairs, articles).set_index("article")["family"]
    languages = articles.set_index("article")["language"]
    table = pairs[pairs["article"].isin(heads.index) & pairs["kin"].isin(heads.index)]
    family = table["article"].map(heads)
    numbers = {head: number for number, head in enumerate((head for head in dict.fromkeys(heads) if head in set(family)), 1)}
    table = table.assign(
        family=family.map(numbers).astype(int),
        article_language=table["article"].map(languages),
        kin_language=table["kin"].map(languages),
        score_pct=100 * table["score"].astype(float),
        n_articles=len(articles),
        n_families=len(numbers),
    )
    kept = ["family", "article", "kin", "article_language", "kin_language", "kind", "score_pct", "evidence", "n_articles", "n_families"]
    return table.sort_values("family", kind="stable")[kept].reset_index(drop=True)


@styled
def draw_same_story(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_same_story``; of many families the first 24."""
    title = say("same_story_title", labels)
    if table.empty:
        return empty_plate(title, "no_kin", labels)
    families = [rows for _, rows in table.groupby("family")][:_MOST_FAMILIES]
    blocks = [_Block(rows, labels) for rows in families]
    left = 4 + widest((name for block in blocks for name in block.names), SIZES["label"], most=_WIDEST_NAME_MM)
    right = left + _ARC_MM + 3
    for block in blocks:
        block.wrap(WIDTH_MM - right - 1)
    height = sum(block.height + _GAP_MM for block in blocks)
    n_families = int(table["n_families"].iloc[0])
    plate = Plate(HEAD_MM + height + _FOOT_MM)
    n = number(table["n_articles"].iloc[0], labels)
    plate.head(title, say("same_story_counts", labels, n=n, families=number(n_families, labels), pairs=number(len(table), labels)))
    _draw_key(plate, table, labels)
    axes = plate.panel(0, HEAD_MM, WIDTH_MM, height, bare=True)
    y = 0.0
    for block in blocks:
        block.draw(axes, y, left, right)
        y += block.height + _GAP_MM
    if n_families > len(blocks):
        plate.write(0.5, HEAD_MM + height + 2.5, say("more_families", labels, n=number(n_families - len(blocks), labels)), color=GREY)
    return plate


def _draw_key(plate: Plate, table: pd.DataFrame, labels: str | None) -> None:
    """What marks and lines mean; only what is there."""
    languages = set(table["article_language"]) | set(table["kin_language"])
    end = plate.key([(mark_of(language, ""), name_of("languages", language, labels)) for language in LANGUAGES if language in languages])
    axes = plate.panel(0, 12.7, WIDTH_MM, 5, bare=True)
    for kind in (kind for kind in KINDS if kind in set(table["kind"])):
        told = name_of("kin", kind, labels)
        axes.plot([end + 2, end + 8], [2.5, 2.5], solid_capstyle="butt", **_STROKES[kind])
        plate.write(end + 9.5, 15.2, told)
        end += 13.5 + measure(told, SIZES["label"])


class _Block:
    """A family: its articles in order, its pairs, and the lines that tell what shows them to be kin."""

    def __init__(self, rows: pd.DataFrame, labels: str | None) -> None:
        self.labels = labels
        sides = [rows[["article", "article_language"]], rows[["kin", "kin_language"]].set_axis(["article", "article_language"], axis=1)]
        members = pd.concat(sides).drop_duplicates("article")
        self.languages = dict(members.sort_values(["article_language", "article"], kind="stable").to_numpy().tolist())
        every = list(self.languages)
        self.names = every[:_MOST_MEMBERS]
        self.n_more = len(every) - len(self.names)
        self.pairs = rows[rows["article"].isin(self.names) & rows["kin"].isin(self.names)]
        # The pair that is told: one across the languages before others, an adaptation before a cut and a copy.
        ranks = rows.assign(across=rows["article_language"] != rows["kin_language"], rank=rows["kind"].map(KINDS.index))
        best = ranks.sort_values(["across", "rank", "score_pct"], ascending=False, kind="stable").iloc[0]
        self.head = f"{best['article']} – {best['kin']}: {name_of('kin', best['kind'], labels)}, {percent(best['score_pct'], labels)}"
        self.told = _tell(best, labels)
        self.lines: list[str] = []

    def wrap(self, width: float) -> None:
        self.head = fit(self.head, width, SIZES["label"])
        self.lines = wrap_text(self.told, width, SIZES["small"], _MOST_LINES)

    @property
    def height(self) -> float:
        return _LINE_MM * max(len(self.names) + (self.n_more > 0), 1 + len(self.lines))

    def draw(self, axes: Axes, top: float, left: float, right: float) -> None:
        axes.plot([0, WIDTH_MM], [top - _GAP_MM / 2] * 2, color=PALE, linewidth=0.5)
        places = {name: top + _LINE_MM * (k + 0.5) for k, name in enumerate(self.names)}
        for name, y in places.items():
            axes.scatter([1.5], [y], clip_on=False, **mark_of(self.languages[name], "", size=18))
            axes.text(4, y, fit(name, left - 4, SIZES["label"]), fontsize=SIZES["label"], va="center")
        if self.n_more:
            told = shown(say("more_articles", self.labels, n=number(self.n_more, self.labels)))
            axes.text(4, top + _LINE_MM * (len(places) + 0.5), told, fontsize=SIZES["small"], color=GREY, va="center")
        for one, other, kind in self.pairs[["article", "kin", "kind"]].itertuples(index=False):
            low, high = sorted((places[one], places[other]))
            width = 2 * _ARC_MM * (high - low) / max(_LINE_MM * (len(places) - 1), _LINE_MM * 2)
            axes.add_patch(Arc((left + 1.5, (low + high) / 2), width, high - low, theta1=-90, theta2=90, **_STROKES[kind]))
        axes.text(right, top + _LINE_MM / 2, self.head, fontsize=SIZES["label"], va="center")
        for k, line in enumerate(self.lines, 1):
            axes.text(right, top + _LINE_MM * (k + 0.5), line, fontsize=SIZES["small"], color=GREY, va="center")


def _tell(pair: pd.Series, labels: str | None) -> str:
    """The evidence of a pair in the label language."""
    if pair["kind"] != "adaptation":
        return say("same_words", labels, share=percent(pair["score_pct"], labels))
    return pair["evidence"].replace(" (quoted)", f" ({name_of('voices', 'quoted', labels)})")


def wrap_text(text: str, width: float, size: float, most: int) -> list[str]:
    """A text on lines of at most ``width`` millimetres, cut after ``most`` of them."""
    lines: list[str] = []
    words = shown(text).split(" ")
    for k, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = fit(" ".join([lines[-1], *words[k:]]), width, size)
            break
        else:
            lines.append(fit(word, width, size))
    return lines


def describe_same_story(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_kin", labels)
    counts = table["kind"].value_counts()
    kinds = listing([f"{name_of('kin', kind, labels)} {number(counts[kind], labels)}" for kind in KINDS if kind in counts], labels)
    across = int((table["article_language"] != table["kin_language"]).sum())
    n, n_families = (number(table[column].iloc[0], labels) for column in ("n_articles", "n_families"))
    return say("same_story_alt", labels, n=n, families=n_families, kinds=kinds, across=number(across, labels))
