"""Figure 8a: where in one article each topic stands. A row per topic, a tick per hit, headline and lead shaded."""

import pandas as pd
from matplotlib.axes import Axes

from .labels import listing, name_of, number, percent, say
from .plate import FOOT_MM, HEAD_MM, Plate, empty_plate, fit, label_axis, label_rows, shown, widest
from .style import GREY, INK, PALE, SIZES, WIDTH_MM, styled, tint, topic_colours

_ROW_MM, _COUNT_MM, _HEADER_MM = 7.5, 16.0, 3.0


def tabulate_dispersion(hits: pd.DataFrame, sentences: pd.DataFrame, topics: list[str], article: str) -> pd.DataFrame:
    """The topic hits of an article and where they stand.

    A row is a hit, or a topic without one (its ``position_pct`` is empty); columns ``article``, ``topic``, ``surface``,
    ``voice``, ``part``, ``position_pct`` (where the hit begins, 0 to 100, of the characters to the end of the last
    sentence), ``headline_end_pct``, ``lead_end_pct`` (where those parts end; 0 where there are none); ordered by topic,
    then place. Raises KeyError for an article without sentences.
    """
    own = sentences[sentences["article"] == article]
    if own.empty:
        raise KeyError(f"no sentences of article {article!r}; there are {', '.join(sentences['article'].unique()[:5])} …")
    length = float(own["end"].max())
    table = hits[(hits["article"] == article) & (hits["lexicon"] == "topics") & hits["category"].isin(topics)]
    table = table.assign(topic=table["category"], position_pct=100 * table["start"].astype(float) / length)
    pieces = []
    for topic in topics:
        found = table[table["topic"] == topic].sort_values("position_pct", kind="stable")
        pieces.append(found if len(found) else pd.DataFrame([{"topic": topic, "surface": "", "voice": "", "part": "", "position_pct": float("nan")}]))
    told = pd.concat([piece[["topic", "surface", "voice", "part", "position_pct"]] for piece in pieces], ignore_index=True)
    told.insert(0, "article", article)
    headline, lead = (100 * float(own.loc[own["part"] == part, "end"].max()) / length if (own["part"] == part).any() else 0.0 for part in ("headline", "lead"))
    return told.assign(headline_end_pct=headline, lead_end_pct=lead)


@styled
def draw_dispersion(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_dispersion``."""
    if table.empty:
        return empty_plate(say("dispersion_title", labels, article="–"), "no_topic_hits", labels)
    topics = list(dict.fromkeys(table["topic"]))
    names = [name_of("topics", topic, labels) for topic in topics]
    left = widest(names, SIZES["text"], most=45) + 4
    width, height, top = WIDTH_MM - left - _COUNT_MM, _ROW_MM * len(topics), HEAD_MM + _HEADER_MM
    plate = Plate(top + height + FOOT_MM)
    title = say("dispersion_title", labels, article=fit(table["article"].iloc[0], 95, SIZES["title"], bold=True))
    plate.head(title, say("n_hits", labels, n=number(table["position_pct"].notna().sum(), labels)))
    plate.key([(None, say("dispersion_note", labels)), (None, say("quoted_key", labels))])
    axes = plate.panel(left, top, width, height)
    axes.set(xlim=(0, 100), ylim=(len(topics) - 0.5, -0.5))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    _shade_parts(axes, table.iloc[0], labels, width)
    label_rows(axes, range(len(names)), names, left - 3)
    label_axis(axes, say("article_base", labels), width)
    for place, (topic, colour) in enumerate(topic_colours(topics).items()):
        _draw_ticks(axes, table[(table["topic"] == topic) & table["position_pct"].notna()], place, colour)
        n = int(table.loc[table["topic"] == topic, "position_pct"].notna().sum())
        plate.write(left + width + 9, top + (place + 0.5) * _ROW_MM, number(n, labels), ha="right", color=INK if n else GREY)
    plate.write(left + width + 9, top - 2.6, say("dispersion_hits", labels), "small", ha="right", color=GREY)
    return plate


def _shade_parts(axes: Axes, row: pd.Series, labels: str | None, width: float) -> None:
    """Headline and lead as grounds, named above where there is room."""
    x = 0.0
    for part, end, strength in (("headline", row["headline_end_pct"], 0.28), ("lead", row["lead_end_pct"], 0.14)):
        if end <= x:
            continue
        axes.axvspan(x, end, color=tint(GREY, strength), linewidth=0, zorder=0)
        x = end
    named = [part for part in ("headline", "lead") if row[f"{part}_end_pct"] > 0]
    told = " + ".join(name_of("parts", part, labels) for part in named)
    if told:
        axes.annotate(shown(told), (0, 1), xycoords="axes fraction", xytext=(0, 3), textcoords="offset points", fontsize=SIZES["small"], color=GREY)


def _draw_ticks(axes: Axes, hits: pd.DataFrame, place: int, colour: str) -> None:
    axes.axhline(place, color=PALE, linewidth=0.6, zorder=1)
    for voice, reach in (("narrator", 0.36), ("quoted", 0.16)):
        chosen = hits[(hits["voice"] == "quoted") == (voice == "quoted")]
        axes.vlines(chosen["position_pct"], place - reach, place + reach, color=colour, linewidth=1.7, zorder=3)


def describe_dispersion(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_topic_hits", labels)
    rows, none = [], []
    for topic, own in table.groupby("topic", sort=False):
        places = own["position_pct"].dropna()
        told = name_of("topics", topic, labels)
        if places.empty:
            none.append(told)
        else:
            rows.append(say("dispersion_row_alt" if len(places) > 1 else "dispersion_single_alt", labels, topic=told, n=len(places), median=percent(places.median(), labels)))
    if none:
        rows.append(say("dispersion_none_alt", labels, topics=listing(none, labels)))
    return say("dispersion_alt", labels, article=table["article"].iloc[0], rows=" ".join(rows))
