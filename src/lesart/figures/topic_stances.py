"""Figure 6: whether a stance goes with a topic. A panel per topic, a row per stance, a point per article."""

from math import ceil

import pandas as pd
from matplotlib.axes import Axes

from ..sentences import LANGUAGES
from ..stance import STANCES
from .labels import count_articles, listing, name_of, number, percent, say
from .placement import dodge
from .plate import FOOT_MM, HEAD_MM, Plate, draw_points, empty_plate, fit, label_rows, quiet_axes, widest
from .style import INK, SIZES, STANCE_COLOURS, WIDTH_MM, mark_of, styled, topic_colours
from .tables import list_articles

_COLUMNS, _GAP_MM, _ROW_MM, _HEADER_MM, _BETWEEN_MM, _POINT_MM = 4, 5.0, 10.5, 6.0, 7.0, 1.55

# More articles than this are drawn as smaller points.
_MANY = 100


def tabulate_topic_stances(articles: pd.DataFrame, stances: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """The topic weights of each article beside its stance.

    A row is a topic and an article with a stance and a topic hit; columns ``topic``, ``stance``, ``article``,
    ``language``, ``corpus``, ``weight_pct`` (share of the article's topic hits, 0 to 100), ``mean_pct`` (of all
    articles of that stance), ``n_articles`` (of that stance); ordered by topic, stance, language, corpus, id.
    """
    told = list_articles(articles, stances)
    told = told[told["stance"] != ""]
    topics = list(dict.fromkeys(weights["topic"]))
    wide = weights.pivot(index="article", columns="topic", values="weight")
    told = told[told["article"].isin(wide.index[wide.sum(axis=1) > 0])]
    pieces = []
    for topic in topics:
        for stance in STANCES:
            own = told[told["stance"] == stance]
            shares = 100 * wide[topic].reindex(own["article"]).to_numpy(float)
            pieces.append(own.assign(topic=topic, weight_pct=shares, mean_pct=shares.mean() if len(shares) else 0.0, n_articles=len(own)))
    columns = ["topic", "stance", "article", "language", "corpus", "weight_pct", "mean_pct", "n_articles"]
    return pd.concat(pieces, ignore_index=True)[columns] if pieces else pd.DataFrame(columns=columns)


@styled
def draw_topic_stances(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_topic_stances``."""
    title = say("topic_stances_title", labels)
    if table.empty:
        return empty_plate(title, "no_topic_hits", labels)
    topics = list(dict.fromkeys(table["topic"]))
    counts = table.drop_duplicates("article")["stance"].value_counts()
    names = [f"{name_of('stances', stance, labels)} ({number(counts.get(stance, 0), labels)})" for stance in STANCES]
    left = widest(names, SIZES["label"]) + 4
    columns = min(_COLUMNS, len(topics))
    width = (WIDTH_MM - left - 2) / _COLUMNS - _GAP_MM
    height = _ROW_MM * len(STANCES)
    n_rows = ceil(len(topics) / columns)
    plate = Plate(HEAD_MM - 2 + n_rows * (_HEADER_MM + height + _BETWEEN_MM) + FOOT_MM - 5)
    plate.head(title, count_articles(table.drop_duplicates("article"), labels))
    plate.key(_key(table, labels))
    most = max(float(table["weight_pct"].max()), 10.0)
    colours = topic_colours(topics)
    for k, topic in enumerate(topics):
        down, side = divmod(k, columns)
        x, y = left + side * (width + _GAP_MM), HEAD_MM - 2 + down * (_HEADER_MM + height + _BETWEEN_MM)
        mark = plate.panel(x, y, width, _HEADER_MM, bare=True)
        mark.scatter([1.1], [3], marker="s", s=26, color=colours[topic], linewidths=0)
        plate.write(x + 3.2, y + 3, fit(name_of("topics", topic, labels), width + _GAP_MM - 4, SIZES["label"], bold=True), "label", fontweight="bold")
        axes = plate.panel(x, y + _HEADER_MM, width, height)
        _draw_topic(axes, table[table["topic"] == topic], most, width, labels)
        label_rows(axes, range(len(STANCES)), names, left, "label") if side == 0 else axes.set_yticks([])
    plate.write(left, plate.height_mm - 3.5, say("topic_stances_axis", labels))
    return plate


def _key(table: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    entries: list[tuple[dict | None, str]] = [(mark_of(lang, ""), name_of("languages", lang, labels)) for lang in LANGUAGES]
    if "press" in set(table["corpus"]):
        entries.append((mark_of("de", "press"), say("press_mark", labels)))
    return [*entries, ({"marker": "|", "s": 80, "color": INK, "linewidths": 1.6}, say("mean_mark", labels))]


def _draw_topic(axes: Axes, rows: pd.DataFrame, most: float, width: float, labels: str | None) -> None:
    quiet_axes(axes)
    axes.set(xlim=(0, most * 1.08), ylim=(len(STANCES) - 0.5, -0.5))
    axes.locator_params(axis="x", nbins=4, integer=True)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels))
    point_mm, size = (_POINT_MM, 15) if len(rows) <= _MANY else (_POINT_MM / 2, 5)
    for place, stance in enumerate(STANCES):
        own = rows[rows["stance"] == stance]
        if own.empty:
            continue
        offsets = dodge((own["weight_pct"] * width / (most * 1.08)).tolist(), point_mm, _ROW_MM / 2 - 1.2)
        own = own.assign(place=[place + offset / _ROW_MM for offset in offsets])
        draw_points(axes, own, "weight_pct", STANCE_COLOURS[stance], size)
        mean = own["mean_pct"].iloc[0]
        axes.vlines(mean, place - 0.42, place + 0.42, color=INK, linewidth=1.6, zorder=2)


def describe_topic_stances(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_topic_hits", labels)
    rows = []
    for topic, own in table.groupby("topic", sort=False):
        first = own.drop_duplicates("stance")
        means = [f"{name_of('stances', row.stance, labels)} {percent(row.mean_pct, labels)}" for row in first.itertuples()]
        rows.append(say("topic_stances_row_alt", labels, topic=name_of("topics", topic, labels), means=listing(means, labels)))
    return say("topic_stances_alt", labels, rows=" ".join(rows))
