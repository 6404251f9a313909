"""Figure 5: German against English, topic by topic. Mean weights with intervals, and the difference beside them."""

import pandas as pd
from matplotlib.axes import Axes

from ..sentences import LANGUAGES
from .labels import name_of, number, percent, say
from .plate import FOOT_MM, HEAD_MM, Plate, empty_plate, label_axis, label_rows, quiet_axes, widest
from .style import FAINT, GREY, INK, LANGUAGE_MARKS, LANGUAGE_SHADES, SIZES, WIDTH_MM, styled

_ROW_MM, _GAP_MM, _NUMBERS_MM, _HEADER_MM = 9.0, 7.0, 31.0, 5.0
# German above English in each row, so that intervals do not lie over one another.
_OFFSETS = {"de": -0.16, "en": 0.16}


def tabulate_topic_contrast(comparison: pd.DataFrame) -> pd.DataFrame:
    """The comparison of the languages in percent.

    A row is a topic, in order; columns ``topic``, ``de_pct``, ``de_low_pct``, ``de_high_pct``, the same for ``en``
    (mean share of an article's topic hits, every article counting the same, with its 95 % interval),
    ``difference_points`` (German minus English, percentage points), ``low_points``, ``high_points``, ``n_de``, ``n_en``
    (articles). What cannot be said (no article, no interval with fewer than two) is empty.
    """
    table = comparison[["topic"]].copy()
    for column in ("de", "de_low", "de_high", "en", "en_low", "en_high"):
        table[f"{column}_pct"] = 100 * comparison[column]
    for column in ("difference", "low", "high"):
        table[f"{column}_points"] = 100 * comparison[column]
    return table.assign(n_de=comparison["n_de"], n_en=comparison["n_en"]).reset_index(drop=True)


@styled
def draw_topic_contrast(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_topic_contrast``."""
    title = say("topic_contrast_title", labels)
    if table.empty or not (table["n_de"].iloc[0] or table["n_en"].iloc[0]):
        return empty_plate(title, "no_topic_hits", labels)
    names = [name_of("topics", topic, labels) for topic in table["topic"]]
    left = widest(names, SIZES["text"], most=45) + 4
    width = (WIDTH_MM - left - _GAP_MM - _NUMBERS_MM - 2) / 2
    height, top = _ROW_MM * len(table), HEAD_MM + _HEADER_MM - 2
    plate = Plate(top + height + FOOT_MM + 2)
    n_de, n_en = (number(table[column].iloc[0], labels) for column in ("n_de", "n_en"))
    plate.head(title, say("n_languages_long", labels, de=n_de, en=n_en))
    plate.key(_key(table, labels))
    means = plate.panel(left, top, width, height)
    _draw_means(means, table, labels)
    label_axis(means, say("topic_contrast_axis", labels), width + _GAP_MM - 3)
    label_rows(means, range(len(names)), names, left - 3)
    other = plate.panel(left + width + _GAP_MM, top, width, height)
    if table["difference_points"].isna().all():
        other.axis("off")
        missing = [language for language in LANGUAGES if not table[f"n_{language}"].iloc[0]]
        plate.empty(other, f"no_articles_in_{missing[0]}", labels)
    else:
        _draw_differences(other, table, labels)
        label_axis(other, say("difference_axis", labels), width + _GAP_MM - 3)
        _write_differences(plate, table, left + 2 * width + _GAP_MM, top, labels)
    return plate


def _key(table: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    marks = [({"marker": LANGUAGE_MARKS[lang], "s": 28, "color": LANGUAGE_SHADES[lang]}, name_of("languages", lang, labels)) for lang in LANGUAGES]
    return [*marks, (None, say("no_interval_key" if table["low_points"].isna().all() else "interval_key", labels))]


def _stripe(axes: Axes, n: int) -> None:
    """Every second row on a pale ground, so that the eye keeps its row across the panels."""
    for k in range(0, n, 2):
        axes.axhspan(k - 0.5, k + 0.5, color=FAINT, linewidth=0, zorder=0)
    axes.set_ylim(n - 0.5, -0.5)
    axes.set_yticks([])


def _draw_means(axes: Axes, table: pd.DataFrame, labels: str | None) -> None:
    quiet_axes(axes)
    _stripe(axes, len(table))
    for language in LANGUAGES:
        places = [k + _OFFSETS[language] for k in range(len(table))]
        shade = LANGUAGE_SHADES[language]
        axes.hlines(places, table[f"{language}_low_pct"], table[f"{language}_high_pct"], color=shade, linewidth=1.4, zorder=2)
        size = 30 if language == "de" else 34
        axes.scatter(table[f"{language}_pct"], places, marker=LANGUAGE_MARKS[language], s=size, color=shade, edgecolors="white", linewidths=0.5, zorder=3)
    ends = table[["de_pct", "de_high_pct", "en_pct", "en_high_pct"]].max(axis=None)
    axes.set(xlim=(0, max(float(ends) * 1.06, 5)))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels))
    axes.locator_params(axis="x", nbins=5, integer=True)


def _draw_differences(axes: Axes, table: pd.DataFrame, labels: str | None) -> None:
    quiet_axes(axes)
    _stripe(axes, len(table))
    axes.axvline(0, color=GREY, linewidth=0.9, zorder=1)
    rows = range(len(table))
    # An interval that leaves zero out is drawn dark.
    apart = (table["low_points"] > 0) | (table["high_points"] < 0)
    shades = [INK if clear else "#8C8C8C" for clear in apart]
    axes.hlines(rows, table["low_points"], table["high_points"], color=shades, linewidth=1.6, zorder=2)
    axes.scatter(table["difference_points"], rows, marker="D", s=26, color=shades, edgecolors="white", linewidths=0.5, zorder=3)
    most = max(float(table[["difference_points", "low_points", "high_points"]].abs().max(axis=None)) * 1.08, 5)
    axes.set_xlim(-most, most)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels, sign=True))
    axes.locator_params(axis="x", nbins=5, integer=True)
    for x, key, side in ((0.0, "more_in_english", "left"), (1.0, "more_in_german", "right")):
        axes.annotate(say(key, labels), (x, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
                      ha=side, va="bottom", fontsize=SIZES["small"], color=GREY)  # fmt: skip


def _write_differences(plate: Plate, table: pd.DataFrame, right: float, top: float, labels: str | None) -> None:
    """The differences as numbers, beside their rows."""
    for k, row in enumerate(table.itertuples()):
        y = top + (k + 0.5) * _ROW_MM
        plate.write(right + 11, y, number(row.difference_points, labels, 1, sign=True), ha="right")
        if row.low_points == row.low_points:
            ends = "; ".join(number(value, labels, 1, sign=True) for value in (row.low_points, row.high_points))
            plate.write(right + 12, y, f"[{ends}]", "small", color=GREY)


def describe_topic_contrast(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    missing = [language for language in LANGUAGES if table.empty or not table[f"n_{language}"].iloc[0]]
    if missing:
        return say("no_topic_hits" if len(missing) > 1 else f"no_articles_in_{missing[0]}", labels)
    rows = []
    for row in table.itertuples():
        difference, low, high = (number(value, labels, 1, sign=True) for value in (row.difference_points, row.low_points, row.high_points))
        topic = name_of("topics", row.topic, labels)
        de, en = ("–" if value != value else percent(value, labels, 1) for value in (row.de_pct, row.en_pct))
        rows.append(say("topic_contrast_row_alt", labels, topic=topic, de=de, en=en, difference=difference, low=low, high=high))
    return say("topic_contrast_alt", labels, n_de=table["n_de"].iloc[0], n_en=table["n_en"].iloc[0], rows=" ".join(rows))
