"""Figure 2: how sure each article's stance is. A triangle whose corners are the three stances, a point per article."""

from math import cos, radians, sin, sqrt

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from ..sentences import LANGUAGES
from ..stance import STANCES
from .labels import count_articles, name_of, number, percent, say
from .placement import place_labels
from .plate import Plate, empty_plate, fit, measure, shown
from .style import GREY, INK, SIZES, STANCE_COLOURS, WIDTH_MM, mark_of, styled, tint
from .tables import list_articles

_SIDE_MM, _TOP_MM, _BELOW_MM = 112.0, 33.0, 18.0
_HEIGHT_MM = _SIDE_MM * sqrt(3) / 2
_LEFT_MM = (WIDTH_MM - _SIDE_MM) / 2
# A name of an article is at most so wide; names of more articles than this make a thicket, so only these are named.
_NAME_MM, _MOST_NAMES = 34.0, 60
_NAME_HEIGHT_MM = 3.1


def tabulate_stance_map(articles: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """Each article's probabilities and its place in the triangle.

    A row is an article with a stance; columns ``article``, ``language``, ``corpus``, ``stance``, ``promotional``,
    ``critical``, ``reportorial`` (0 to 1), ``margin``, ``x``, ``y`` (place in a triangle of side 1: promotional at 0, 0,
    critical at 1, 0, reportorial on top); ordered by language, corpus, stance, id.
    """
    table = list_articles(articles, stances)
    table = table[table["stance"] != ""].reset_index(drop=True)
    told = stances.set_index("article")
    for column in (*STANCES, "margin"):
        table[column] = table["article"].map(told[column]).astype(float)
    table["x"] = table["critical"] + table["reportorial"] / 2
    table["y"] = table["reportorial"] * sqrt(3) / 2
    return table


@styled
def draw_stance_map(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_stance_map``."""
    if table.empty:
        return empty_plate(say("stance_map_title", labels), "no_stance", labels)
    plate = Plate(_TOP_MM + _HEIGHT_MM + _BELOW_MM)
    plate.head(say("stance_map_title", labels), count_articles(table, labels))
    plate.key(_key(table, labels))
    axes = plate.panel(0, 0, WIDTH_MM, plate.height_mm, bare=True)
    _draw_triangle(axes)
    taken = _draw_ticks(axes, labels)
    taken += [_head_corner(axes, table, stance, labels) for stance in STANCES]
    taken.append((0, 0, WIDTH_MM, 18.5))
    for row in table.sort_values("margin", ascending=False, kind="stable").itertuples():
        axes.scatter(*_place(row.x, row.y), zorder=4, **mark_of(row.language, row.corpus, STANCE_COLOURS[row.stance], 26))
    _name_articles(axes, table, taken)
    return plate


def _key(table: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    entries: list[tuple[dict | None, str]] = [(mark_of(lang, "", size=26), name_of("languages", lang, labels)) for lang in LANGUAGES]
    if "press" in set(table["corpus"]):
        entries += [(mark_of(lang, "press", size=26), f"{name_of('languages', lang, labels)}, {say('press_mark', labels)}") for lang in LANGUAGES]
    return entries


def _place(x: float, y: float) -> tuple[float, float]:
    """Millimetres on the page of a place in the triangle of side 1."""
    return _LEFT_MM + x * _SIDE_MM, _TOP_MM + _HEIGHT_MM - y * _SIDE_MM


def _corner(shares: tuple[float, float, float]) -> tuple[float, float]:
    """The place of three probabilities in the order of STANCES."""
    return _place(shares[1] + shares[2] / 2, shares[2] * sqrt(3) / 2)


def _mix(i: int, share: float, other: int) -> tuple[float, float, float]:
    """Probabilities with ``share`` for stance i and the rest for another."""
    return tuple(share * (k == i) + (1 - share) * (k == other) for k in range(3))  # type: ignore[return-value]


def _draw_triangle(axes: Axes) -> None:
    """The triangle, shaded where each stance is the likeliest, with a line at every fifth."""
    centre = _corner((1 / 3, 1 / 3, 1 / 3))
    for i, stance in enumerate(STANCES):
        others = [k for k in range(3) if k != i]
        kite = [_corner(_mix(i, 1, others[0])), _corner(_mix(i, 0.5, others[0])), centre, _corner(_mix(i, 0.5, others[1]))]
        axes.fill(*zip(*kite, strict=True), color=tint(STANCE_COLOURS[stance], 0.13), linewidth=0, zorder=0)
        for share in (0.2, 0.4, 0.6, 0.8):
            ends = [_corner(_mix(i, share, other)) for other in others]
            axes.plot(*zip(*ends, strict=True), color="white", linewidth=0.9, zorder=1)
    outline = [_corner(_mix(i, 1, (i + 1) % 3)) for i in (0, 1, 2, 0)]
    axes.plot(*zip(*outline, strict=True), color=GREY, linewidth=0.8, zorder=2)


def _boxes_of_edges() -> list[tuple[float, float, float, float]]:
    """Small boxes that cover the outline, which names hide or are crossed by."""
    places = [_corner(_mix(i, share / 60, (i + 1) % 3)) for i in range(3) for share in range(60)]
    return [(x - 0.6, y - 0.6, x + 0.6, y + 0.6) for x, y in places]


def _draw_ticks(axes: Axes, labels: str | None) -> list[tuple[float, float, float, float]]:
    """Numbers and titles along the edges, each in the direction of its lines; returns the boxes they take."""
    taken = []
    # Each stance has its scale on the edge that runs up to its corner, anticlockwise.
    for i, (stance, (dx, dy), angle) in enumerate(zip(STANCES, ((-2.6, -1.2), (0, 3.2), (2.6, -1.2)), (60, 0, -60), strict=True)):
        base = {0: 2, 1: 0, 2: 1}[i]
        for share in (0.2, 0.4, 0.6, 0.8):
            x, y = _corner(_mix(i, share, base))
            axes.text(x + dx, y + dy, number(100 * share, labels), ha="center", va="center", fontsize=SIZES["small"], color=GREY)
            taken.append((x + dx - 2.5, y + dy - 1.6, x + dx + 2.5, y + dy + 1.6))
        x, y = _corner(_mix(i, 0.5, base))
        title = say("stance_axis", labels, stance=name_of("stances", stance, labels))
        arrow = f"{title} →" if i == 1 else f"← {title}"
        far = 3.1 if i != 1 else 2.5
        axes.text(x + dx * far, y + dy * far, arrow, rotation=angle, ha="center", va="center", fontsize=SIZES["label"], color=GREY)
        half = measure(arrow, SIZES["label"]) / 2
        taken += _boxes_along(x + dx * far, y + dy * far, angle, half)
    return taken


def _boxes_along(x: float, y: float, angle: float, half: float) -> list[tuple[float, float, float, float]]:
    """Small boxes that cover a slanted text."""
    steps = range(-6, 7)
    places = [(x + half * k / 6 * cos(radians(angle)), y - half * k / 6 * sin(radians(angle))) for k in steps]
    return [(px - 2.2, py - 2.4, px + 2.2, py + 2.4) for px, py in places]


def _head_corner(axes: Axes, table: pd.DataFrame, stance: str, labels: str | None) -> tuple[float, float, float, float]:
    """The stance's name and how many articles it is the likeliest for; returns the box it takes."""
    i = STANCES.index(stance)
    x, y = _corner(_mix(i, 1, (i + 1) % 3))
    chosen = table.loc[table["stance"] == stance, "language"]
    told = name_of("stances", stance, labels)
    count = f"{number(len(chosen), labels)} ({say('n_languages', labels, de=sum(chosen == 'de'), en=sum(chosen == 'en'))})"
    side, down = ("center", -9.0) if stance == "reportorial" else ("left", 11.0) if i == 0 else ("right", 11.0)
    x += {"left": -28.0, "right": 28.0, "center": 0.0}[side]
    axes.text(x, y + down, shown(told), ha=side, va="center", fontsize=SIZES["title"], fontweight="bold", color=INK)
    axes.text(x, y + down + 4.4, shown(count), ha=side, va="center", fontsize=SIZES["label"], color=GREY)
    width = max(measure(told, SIZES["title"], True), measure(count, SIZES["label"]))
    left = {"left": x, "right": x - width, "center": x - width / 2}[side]
    return left - 1, y + down - 3, left + width + 1, y + down + 7


def _name_articles(axes: Axes, table: pd.DataFrame, taken: list[tuple[float, float, float, float]]) -> None:
    """Names where there is room: press first, then the least sure."""
    ranked = table.assign(first=table["corpus"] != "press").sort_values(["first", "margin", "article"], kind="stable")
    points = [_place(row.x, row.y) for row in ranked.itertuples()]
    bold = (ranked["corpus"] == "press").tolist()
    names = [fit(name, _NAME_MM, SIZES["small"], bold=heavy) for name, heavy in zip(ranked["article"], bold, strict=True)]
    widths = [measure(name, SIZES["small"], heavy) + 0.6 for name, heavy in zip(names, bold, strict=True)]
    sizes = [(width if k < _MOST_NAMES else 1e6, _NAME_HEIGHT_MM) for k, width in enumerate(widths)]
    bounds = (0.5, 19.0, WIDTH_MM - 0.5, _TOP_MM + _HEIGHT_MM + _BELOW_MM - 0.5)
    centres = place_labels(points, sizes, bounds=bounds, taken=taken, shunned=_boxes_of_edges(), radius=1.5)
    for (x, y), (width, height), name, centre, heavy in zip(points, sizes, names, centres, bold, strict=True):
        if centre is None:
            continue
        end = (min(max(x, centre[0] - width / 2), centre[0] + width / 2), min(max(y, centre[1] - height / 2), centre[1] + height / 2))
        if (end[0] - x) ** 2 + (end[1] - y) ** 2 > 2.5**2:
            axes.plot(*zip((x, y), end, strict=True), color="#B4B4B4", linewidth=0.6, zorder=3)
        text = axes.text(*centre, name, ha="center", va="center", fontsize=SIZES["small"], fontweight="bold" if heavy else "normal", zorder=5)
        text.set_path_effects([withStroke(linewidth=2.2, foreground="white", alpha=0.85)])  # legible across the triangle's edges


def describe_stance_map(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_stance", labels)
    counts = []
    for stance in STANCES:
        chosen = table.loc[table["stance"] == stance, "language"]
        told = name_of("stances", stance, labels)
        counts.append(say("stance_count_alt", labels, stance=told, n=len(chosen), de=sum(chosen == "de"), en=sum(chosen == "en")))
    close = table.sort_values(["margin", "article"], kind="stable").iloc[0]
    first, second = sorted(STANCES, key=lambda stance: -close[stance])[:2]
    told = say(
        "close_alt", labels, article=close["article"],
        first=name_of("stances", first, labels), first_pct=percent(100 * close[first], labels),
        second=name_of("stances", second, labels), second_pct=percent(100 * close[second], labels),
    )  # fmt: skip
    return say("stance_map_alt", labels, counts=" ".join(counts), close=told)
