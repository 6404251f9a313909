"""Figure 8b: where in articles each topic stands. A row per topic, a panel per language, a bar per tenth of the article."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..sentences import LANGUAGES
from .labels import listing, name_of, number, percent, say
from .plate import FOOT_MM, HEAD_MM, Plate, empty_plate, fit, label_axis, widest
from .style import GREY, INK, SIZES, WIDTH_MM, styled, topic_colours
from .tables import list_articles

TENTHS = 10
_ROW_MM, _GAP_MM, _COUNT_MM, _HEADER_MM = 10.5, 6.0, 20.0, 6.0


def tabulate_positions(hits: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, topics: list[str]) -> pd.DataFrame:
    """In which tenth of their articles the hits of each topic stand.

    A row is a topic, a language and a tenth (1 to 10, of the characters to the end of the last sentence); columns
    ``topic``, ``language``, ``tenth``, ``hits``, ``share_pct`` (of the topic's hits in that language; 0 where there are
    none), ``n_hits`` (these), ``n_articles`` (of the language); ordered by topic, language, tenth.
    """
    told = list_articles(articles)
    length = sentences.groupby("article")["end"].max()
    table = hits[(hits["lexicon"] == "topics") & hits["article"].isin(told["article"])]
    language = table["article"].map(told.set_index("article")["language"])
    place = np.clip((TENTHS * table["start"].astype(float) // table["article"].map(length).astype(float)).fillna(0).astype(int), 0, TENTHS - 1)
    counts = table.groupby([table["category"].astype(object), language.astype(object), place + 1]).size()
    index = pd.MultiIndex.from_product([topics, LANGUAGES, range(1, TENTHS + 1)], names=["topic", "language", "tenth"])
    result = counts.reindex(index, fill_value=0).rename("hits").reset_index()
    total = result.groupby(["topic", "language"])["hits"].transform("sum")
    result["share_pct"] = (100 * result["hits"] / total.where(total > 0)).fillna(0.0)
    n_articles = told["language"].value_counts()
    return result.assign(n_hits=total, n_articles=result["language"].map(n_articles).fillna(0).astype(int))


@styled
def draw_positions(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_positions``."""
    title = say("positions_title", labels)
    if table.empty or not table["n_hits"].any():
        return empty_plate(title, "no_topic_hits", labels)
    topics = list(dict.fromkeys(table["topic"]))
    left = widest((name_of("topics", topic, labels) for topic in topics), SIZES["text"], most=45) + 4
    width = (WIDTH_MM - left - _GAP_MM) / 2 - _COUNT_MM
    most = float(np.ceil(table["share_pct"].max() / 10) * 10)
    plate = Plate(HEAD_MM + _HEADER_MM + _ROW_MM * len(topics) + FOOT_MM)
    n = table.drop_duplicates("language").set_index("language")["n_articles"]
    plate.head(title, f"{say('n_total', labels, n=number(n.sum(), labels))} · {say('n_languages', labels, de=n['de'], en=n['en'])}")
    plate.key([(None, say("positions_scale", labels, most=percent(most, labels))), (None, say("even_key", labels))])
    for side, language in enumerate(LANGUAGES):
        x = left + side * (width + _COUNT_MM + _GAP_MM)
        own = table[table["language"] == language]
        told = name_of("languages", language, labels)
        plate.write(x, HEAD_MM + 2, told, "text", fontweight="bold")
        if not own["n_hits"].any():
            axes = plate.panel(x, HEAD_MM + _HEADER_MM, width, _ROW_MM * len(topics), bare=True)
            plate.empty(axes, f"no_articles_in_{language}" if not n[language] else "no_topic_hits", labels)
            continue
        _draw_language(plate, own, (x, width), most, labels)
    for k, topic in enumerate(topics):
        name = fit(name_of("topics", topic, labels), left - 2.5, SIZES["text"])
        plate.write(left - 2, HEAD_MM + _HEADER_MM + (k + 0.62) * _ROW_MM, name, "text", ha="right")
    return plate


def _draw_language(plate: Plate, own: pd.DataFrame, place: tuple[float, float], most: float, labels: str | None) -> None:
    """The small bar charts of one language, one below the other."""
    x, width = place
    colours = topic_colours(own["topic"])
    for k, (topic, rows) in enumerate(own.groupby("topic", sort=False)):
        y = HEAD_MM + _HEADER_MM + k * _ROW_MM
        axes = plate.panel(x, y + 1.2, width, _ROW_MM - 1.2)
        _draw_tenths(axes, rows, colours[topic], most)
        n = int(rows["n_hits"].iloc[0])
        told = say("one_hit", labels) if n == 1 else say("n_hits", labels, n=number(n, labels))
        plate.write(x + width + 1.5, y + 0.62 * _ROW_MM, told, color=INK if n else GREY)
        axes.set_xticks(range(0, 101, 25), labels=[number(tick, labels) for tick in range(0, 101, 25)])
        if k < own["topic"].nunique() - 1:
            axes.tick_params(axis="x", labelbottom=False, length=0)
        else:
            label_axis(axes, say("article_base", labels), width)


def _draw_tenths(axes: Axes, rows: pd.DataFrame, colour: str, most: float) -> None:
    axes.set(xlim=(0, 100), ylim=(0, most), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.bar(10 * rows["tenth"] - 5, rows["share_pct"], width=9.2, color=colour, linewidth=0, zorder=3)
    if rows["n_hits"].any():
        axes.axhline(100 / TENTHS, color=GREY, linewidth=0.7, linestyle=(0, (3, 2)), zorder=4)


def describe_positions(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty or not table["n_hits"].any():
        return say("no_topic_hits", labels)
    rows = []
    for topic, own in table.groupby("topic", sort=False):
        sides = []
        for language, part in own.groupby("language", sort=False):
            first = percent(part.loc[part["tenth"] <= 3, "share_pct"].sum(), labels)
            sides.append(say("positions_side_alt", labels, language=name_of("languages", language, labels), n=part["n_hits"].iloc[0], first=first))
        rows.append(say("positions_row_alt", labels, topic=name_of("topics", topic, labels), sides=listing(sides, labels)))
    return say("positions_alt", labels, rows=" ".join(rows))
