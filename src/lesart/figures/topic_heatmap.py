"""Figure 4: what each article gives its attention to. A row per article, a column per topic, the weight in each cell."""

import pandas as pd
from matplotlib.axes import Axes

from ..sentences import LANGUAGES
from ..stance import STANCES
from .labels import count_articles, name_of, number, percent, say
from .plate import HEAD_MM, Plate, empty_plate, fit, measure, shown, widest
from .style import GREY, SIZES, STANCE_COLOURS, WEIGHT_MAP, WIDTH_MM, ink_on, mark_of, styled
from .tables import list_articles

_GAP_MM, _GROUP_MM, _FOOT_MM = 5.0, 6.2, 4.0
# Rows share this height; numbers and names stand in rows that are high enough to read them.
_MOST_HEIGHT_MM, _HIGHEST_ROW_MM, _LOWEST_WITH_TEXT_MM = 200.0, 4.6, 3.0
_NARROWEST_WITH_NUMBER_MM, _WIDEST_CELL_MM = 4.6, 12.0
# Names of topics stand at 45 degrees; with more topics than this the languages stand one below the other.
_NAME_MM, _SLANT, _MOST_ABREAST = 32.0, 0.72, 9


def tabulate_topic_heatmap(articles: pd.DataFrame, stances: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """The topic weights of each article, in the order in which the figure shows them.

    A row is an article and a topic; columns ``article``, ``language``, ``corpus``, ``stance``, ``topic``, ``hits``,
    ``weight_pct`` (share of the article's topic hits, 0 to 100, as ``topic_weights`` counts them), ``low_pct``,
    ``high_pct`` (95 % interval, where the weights have one). Ordered by language, stance (none last), then leading
    topic, its weight (the highest first) and id.
    """
    told = list_articles(articles, stances)
    topics = list(dict.fromkeys(weights["topic"]))
    table = weights[weights["article"].isin(told["article"])].merge(told, on="article", sort=False)
    wide = table.pivot(index="article", columns="topic", values="weight").reindex(index=told["article"], columns=topics)
    ranks = told.set_index("article")
    ranks["language"] = ranks["language"].map({language: place for place, language in enumerate(LANGUAGES)})
    ranks["stance"] = ranks["stance"].map({stance: place for place, stance in enumerate(STANCES)}).fillna(len(STANCES))
    ranks["topic"] = wide.to_numpy().argmax(axis=1) if topics else 0
    ranks["most"] = -wide.max(axis=1).fillna(0)
    order = ranks.reset_index().sort_values(["language", "stance", "topic", "most", "article"], kind="stable")["article"]
    table = table.set_index(["article", "topic"]).reindex(pd.MultiIndex.from_product([order, topics], names=["article", "topic"])).reset_index()
    for column in ("weight", "low", "high"):
        if column in table:
            table[f"{column}_pct"] = 100 * table[column]
    kept = ["article", "language", "corpus", "stance", "topic", "hits", "weight_pct", "low_pct", "high_pct"]
    return table[[column for column in kept if column in table]]


@styled
def draw_topic_heatmap(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_topic_heatmap``."""
    title = say("topic_heatmap_title", labels)
    if table.empty:
        return empty_plate(title, "no_articles", labels)
    own = table.drop_duplicates("article")
    topics = list(dict.fromkeys(table["topic"]))
    stacked = len(topics) > _MOST_ABREAST
    grid, heights = _lay_out(own, topics, labels, stacked)
    plate = Plate(HEAD_MM - 4 + (sum(heights) + 3 if stacked else max(heights)) + _FOOT_MM)
    plate.head(title, count_articles(own, labels))
    end = plate.key([*_key(own, labels), (None, say("topic_heatmap_note", labels))])
    if not grid.numbered:
        _draw_scale(plate, end, labels)
    for side, language in enumerate(LANGUAGES):
        x = 0 if stacked else side * (WIDTH_MM + _GAP_MM) / 2
        y = HEAD_MM - 4 + (side * (heights[0] + 3) if stacked else 0)
        axes = plate.panel(x, y, grid.left + grid.cell * len(topics), heights[side], bare=True)
        _draw_language(axes, table[table["language"] == language], language, topics, grid, labels)
    return plate


class _Grid:
    """Where cells lie in a panel, in millimetres, and whether they hold words and numbers."""

    def __init__(self, left: float, top: float, cell: float, row: float) -> None:
        self.left, self.top, self.cell, self.row = left, top, cell, row
        self.named = row >= _LOWEST_WITH_TEXT_MM
        self.numbered = self.named and cell >= _NARROWEST_WITH_NUMBER_MM


def _lay_out(own: pd.DataFrame, topics: list[str], labels: str | None, stacked: bool) -> tuple[_Grid, list[float]]:
    """The grid, and the height of each language's panel."""
    groups, rows = own.groupby("language")["stance"].nunique(), own["language"].value_counts()
    row = min(_HIGHEST_ROW_MM, _MOST_HEIGHT_MM / (rows.sum() if stacked else rows.max()))
    names = [measure(fit(name_of("topics", topic, labels), _NAME_MM, SIZES["label"]), SIZES["label"]) * _SLANT for topic in topics]
    left = (widest(own["article"], SIZES["small"], most=30) if row >= _LOWEST_WITH_TEXT_MM else 0) + 4.5
    width = (WIDTH_MM if stacked else (WIDTH_MM - _GAP_MM) / 2) - left - 1
    cell = width / len(topics)
    for _ in range(3):  # the slanted names lean over the right edge, the more the narrower the cells
        lean = max(name + 3 - (len(topics) - k - 0.35) * cell for k, name in enumerate(names))
        cell = (width - max(lean, 0)) / len(topics)
    heights = [7 + max(names) + max(rows.get(lang, 0) * row + groups.get(lang, 0) * _GROUP_MM, 12) for lang in LANGUAGES]
    return _Grid(left, 7 + max(names), min(cell, _WIDEST_CELL_MM), row), heights


def _draw_scale(plate: Plate, x: float, labels: str | None) -> None:
    """The colours and their percentages, for cells too small for numbers."""
    axes = plate.panel(x + 4, 13.4, 26, 3.4)
    axes.pcolormesh([k / 26 for k in range(27)], [0, 1], [[100 * k / 25 for k in range(26)]], cmap=WEIGHT_MAP, vmin=0, vmax=100)
    axes.set(xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    plate.write(x + 3, 15.2, "0", color=GREY, ha="right")
    plate.write(x + 31, 15.2, percent(100, labels), color=GREY)


def _key(own: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    if "press" not in set(own["corpus"]) or own["corpus"].nunique() < 2:
        return []
    return [(mark_of("de", "teaching"), say("teaching_mark", labels)), (mark_of("de", "press"), say("press_mark", labels))]


def _draw_language(axes: Axes, table: pd.DataFrame, language: str, topics: list[str], grid: _Grid, labels: str | None) -> None:
    told = name_of("languages", language, labels)
    axes.text(0.5, 3, shown(told), fontsize=SIZES["text"], fontweight="bold", va="center")
    if table.empty:
        words = shown(say(f"no_articles_in_{language}", labels))
        axes.text(0.5, grid.top + 4, words, fontsize=SIZES["label"], color=GREY, va="center")
        return
    for k, topic in enumerate(topics):
        name = fit(name_of("topics", topic, labels), _NAME_MM, SIZES["label"])
        axes.text(grid.left + (k + 0.35) * grid.cell, grid.top - 0.8, name, rotation=45, rotation_mode="anchor", fontsize=SIZES["label"])
    y = grid.top
    for stance, rows in table.groupby("stance", sort=False):
        wide = rows.pivot(index="article", columns="topic", values="weight_pct").reindex(index=rows["article"].unique(), columns=topics)
        y += _GROUP_MM
        _head_group(axes, stance, len(wide), y - 2.4, labels)
        _draw_group(axes, wide, rows.drop_duplicates("article"), y, grid, labels)
        y += grid.row * len(wide)


def _head_group(axes: Axes, stance: str, n: int, y: float, labels: str | None) -> None:
    colour = STANCE_COLOURS.get(stance, GREY)
    told = name_of("stances", stance, labels) if stance else say("no_stance_row", labels)
    axes.scatter([1.5], [y], marker="s", s=26, color=colour, linewidths=0)
    axes.text(3.7, y, shown(f"{told} ({number(n, labels)})"), fontsize=SIZES["label"], va="center")


def _draw_group(axes: Axes, wide: pd.DataFrame, own: pd.DataFrame, y: float, grid: _Grid, labels: str | None) -> None:
    """The cells of one stance, their numbers, and the articles' names and marks."""
    n, k = wide.shape
    xs, ys = [grid.left + grid.cell * i for i in range(k + 1)], [y + grid.row * i for i in range(n + 1)]
    values = wide.fillna(0).to_numpy()
    axes.pcolormesh(xs, ys, values, cmap=WEIGHT_MAP, vmin=0, vmax=100, edgecolors="white" if grid.named else "none", linewidth=0.8)
    if not grid.named:
        axes.plot([xs[0], xs[-1], xs[-1], xs[0], xs[0]], [ys[0], ys[0], ys[-1], ys[-1], ys[0]], color=GREY, linewidth=0.4)
        return
    for i, (article, language, corpus) in enumerate(zip(own["article"], own["language"], own["corpus"], strict=True)):
        middle = y + grid.row * (i + 0.5)
        name = fit(article, 30, SIZES["small"])
        axes.scatter([1.5], [middle], **mark_of(language, corpus, size=14))
        axes.text(grid.left - 1, middle, name, ha="right", va="center_baseline", fontsize=SIZES["small"])
        for j, value in enumerate(values[i] if grid.numbered else []):
            ink = ink_on(WEIGHT_MAP(value / 100)[:3]) if value >= 0.5 else "#9A9A9A"
            axes.text(xs[j] + grid.cell / 2, middle, number(value, labels), ha="center", va="center_baseline", fontsize=SIZES["small"], color=ink)


def describe_topic_heatmap(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty or not table["weight_pct"].max() > 0:
        return say("no_topic_hits", labels)
    leading = []
    tops = table.loc[table[table["weight_pct"] > 0].groupby("article", sort=False)["weight_pct"].idxmax()]
    for language in LANGUAGES:
        own = tops[tops["language"] == language]
        told = name_of("languages", language, labels)
        if own.empty:
            leading.append(say(f"no_articles_in_{language}", labels))
            continue
        topic = own["topic"].value_counts(sort=False).idxmax()
        n = int((own["topic"] == topic).sum())
        leading.append(say("leading_alt", labels, language=told, topic=name_of("topics", topic, labels), n=n, total=len(own)))
    top = table.loc[table["weight_pct"].idxmax()]
    most = say("strongest_alt", labels, topic=name_of("topics", top["topic"], labels), pct=percent(top["weight_pct"], labels), article=top["article"])
    return say("topic_heatmap_alt", labels, leading=" ".join(leading), strongest=most)
