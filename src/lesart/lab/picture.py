"""The picture of a trial that stays in a notebook when the panel is gone: German minus English, before and after."""

import pandas as pd

from ..figures import FIGURES
from ..figures.labels import name_of, number
from ..figures.labels import say as say_figure
from ..figures.plate import FOOT_MM, HEAD_MM, Plate, empty_plate, fit, label_axis, label_rows, quiet_axes, widest
from ..figures.style import GREY, INK, SIZES, WIDTH_MM, styled
from .comparing import compare_contrasts, list_changed_tags
from .measuring import Bench, Outcome
from .rendering import count_hits
from .words import say

_ROW_MM, _NUMBERS_MM = 9.0, 48.0
_OFFSET = 0.18
_BEFORE = "#8C8C8C"


@styled
def draw_trial(bench: Bench, after: Outcome, labels: str | None = None) -> Plate:
    """The difference of the languages for each topic, before (hollow) and after (filled), with intervals and numbers."""
    table = compare_contrasts(bench.before, after)
    title = say("picture_title", labels)
    if lack := FIGURES["topic_contrast"].lacks({"comparison": after.contrast, "articles": bench.study.articles}, None):
        return empty_plate(title, lack, labels)
    names = [name_of("topics", topic, labels) for topic in table["topic"]]
    left = widest(names, SIZES["text"], most=45) + 4
    width = WIDTH_MM - left - _NUMBERS_MM - 4
    plate = Plate(HEAD_MM + _ROW_MM * len(table) + FOOT_MM + 2)
    plate.head(title, summarise(bench, after, labels))
    marks = (("before", {"marker": "o", "s": 28, "facecolors": "white", "edgecolors": _BEFORE}), ("after", {"marker": "o", "s": 28, "color": INK}))
    plate.key([*((mark, say(name, labels)) for name, mark in marks), (None, say_figure("interval_key", labels))])
    axes = plate.panel(left, HEAD_MM, width, _ROW_MM * len(table))
    quiet_axes(axes)
    axes.axvline(0, color=GREY, linewidth=0.9, zorder=1)
    for (side, mark), offset in zip(marks, (-_OFFSET, _OFFSET), strict=True):
        places = [k + offset for k in range(len(table))]
        axes.hlines(places, table[f"{side}_low"], table[f"{side}_high"], color=_BEFORE if side == "before" else INK, linewidth=1.3, zorder=2)
        axes.scatter(table[side], places, zorder=3, **mark)
        for k, row in enumerate(table.itertuples()):
            y = HEAD_MM + (k + 0.5 + offset) * _ROW_MM
            plate.write(left + width + 3, y, fit(_tell(row, side, labels), _NUMBERS_MM, SIZES["small"]), "small", color=GREY if side == "before" else INK)
    most = max(5, float(table.drop(columns=["topic", "n_de", "n_en"]).abs().max(axis=None)) * 1.08)
    axes.set(xlim=(-most, most), ylim=(len(table) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels, sign=True))
    axes.locator_params(axis="x", nbins=7, integer=True)
    label_axis(axes, say_figure("difference_axis", labels), width)
    label_rows(axes, range(len(table)), names, left - 3)
    return plate


def _tell(row: tuple, side: str, labels: str) -> str:
    """A difference in words and numbers."""
    value, low, high = (getattr(row, f"{side}{end}") for end in ("", "_low", "_high"))
    ends = "; ".join(number(end, labels, 1, sign=True) for end in (low, high))
    return f"{say(side, labels)} {number(value, labels, 1, sign=True)}" + (f" [{ends}]" if low == low else "")


def summarise(bench: Bench, after: Outcome, labels: str | None = None) -> str:
    """How many hits there are and how many tags change, on one line."""
    if after is bench.before:
        return say("picture_untried", labels)
    tags = len(list_changed_tags(bench.before, after))
    return say("picture_summary", labels, tags=tags, n=len(bench.study.articles), **count_hits(bench.before, after, labels))


def describe_trial(bench: Bench, after: Outcome, labels: str | None = None) -> str:
    """What the picture shows, in words and numbers."""
    table: pd.DataFrame = compare_contrasts(bench.before, after)
    rows = []
    for row in table.itertuples():
        told = {side: _tell(row, side, labels).partition(" ")[2] for side in ("before", "after")}
        rows.append(say("picture_row", labels, topic=name_of("topics", row.topic, labels), **told))
    return say("picture_alt", labels, summary=summarise(bench, after, labels), rows=" ".join(rows))
