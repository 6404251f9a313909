"""Figure 9: what hangs on one entry of the lexicons. Stances that flip without a family, topic differences without a concept."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from ..robustness import leave_one_out
from ..sentences import LANGUAGES
from ..stance import StanceModel
from ..topics import TOPICS
from .labels import listing, name_of, number, say
from .plate import FOOT_MM, HEAD_MM, Plate, empty_plate, label_axis, label_rows, quiet_axes, widest
from .style import FAINT, GREY, INK, PALE, SIZES, WIDTH_MM, styled

_ROW_MM, _GAP_MM, _HEADER_MM = 5.4, 9.0, 5.0
_SHADE = "#8C8C8C"
_COLUMNS = ["conclusion", "name", "n_flips", "n_of", "which", "most_concept", "n_flips_concept",
            "difference_points", "low_points", "high_points", "low_without", "high_without", "n_de", "n_en"]  # fmt: skip


def tabulate_robustness(hits: pd.DataFrame, articles: pd.DataFrame, model: StanceModel | None = None, topics: Iterable[str] = TOPICS) -> pd.DataFrame:
    """What flips when an entry is left out, by dropping its hits (``robustness.leave_one_out``).

    First a row per family of marks, most flips first: ``conclusion`` stance, ``name``, ``n_flips`` (articles whose stance
    flips without the whole family), ``n_of`` (articles with a stance), ``which`` (their ids), ``most_concept`` (its concept
    that alone flips most; of equals the first by name) and ``n_flips_concept``. Then a row per topic, in order:
    ``conclusion`` sign, ``difference_points`` (German minus English with all entries), ``low_points``, ``high_points`` (the
    least and largest without one concept, of whichever topic), ``low_without``, ``high_without`` (these concepts),
    ``n_flips`` (concepts without which the sign flips), ``n_of`` (concepts left out). ``n_de``, ``n_en``: articles.
    """
    counts = articles["language"].value_counts()
    options = {"model": model, "topics": list(topics)}
    categories = leave_one_out(hits, articles, "category", **options)
    concepts = leave_one_out(hits, articles, "concept", **options)
    rows = [*_family_rows(categories, concepts), *_topic_rows(concepts, options["topics"])]
    table = pd.DataFrame(rows, columns=_COLUMNS[:-2])
    return table.assign(n_de=int(counts.get("de", 0)), n_en=int(counts.get("en", 0)))


def _family_rows(categories: pd.DataFrame, concepts: pd.DataFrame) -> list[dict]:
    families = categories[categories["conclusion"] == "stance"]
    alone = concepts[concepts["conclusion"] == "stance"]
    n_of = concepts.loc[concepts["conclusion"] == "stance", "of"].nunique()
    rows = []
    for family, own in families.groupby("left_out"):
        flips = alone[alone["left_out"].str.startswith(f"{family}: ")].groupby("left_out")["flips"].sum()
        most = flips.index[flips.argmax()].partition(": ")[2]
        which = own.loc[own["flips"], "of"].tolist()
        rows.append({"conclusion": "stance", "name": family, "n_flips": len(which), "n_of": n_of, "which": ", ".join(which),
                     "most_concept": most, "n_flips_concept": int(flips.max())})  # fmt: skip
    return sorted(rows, key=lambda row: (-row["n_flips"], -row["n_flips_concept"], row["name"]))


def _topic_rows(concepts: pd.DataFrame, topics: list[str]) -> list[dict]:
    signs = concepts[concepts["conclusion"] == "sign"]
    rows = []
    for topic in topics:
        own = signs[signs["of"] == topic].sort_values(["value_after", "left_out"], kind="stable")
        if len(own):
            least, most = own.iloc[0], own.iloc[-1]
            rows.append({"conclusion": "sign", "name": topic, "n_flips": int(own["flips"].sum()), "n_of": own["left_out"].nunique(),
                         "difference_points": own["value_before"].iloc[0], "low_points": least["value_after"], "high_points": most["value_after"],
                         "low_without": least["left_out"], "high_without": most["left_out"]})  # fmt: skip
    return rows


@styled
def draw_robustness(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_robustness``."""
    title = say("robustness_title", labels)
    families, topics = table[table["conclusion"] == "stance"], table[table["conclusion"] == "sign"]
    if table.empty:
        return empty_plate(title, "no_articles", labels)
    names = [name_of("families", name, labels) for name in families["name"]]
    told = [name_of("topics", name, labels) for name in topics["name"]]
    left, middle = widest(names, SIZES["label"], most=40) + 3, widest(told, SIZES["label"], most=35) + 3
    width = (WIDTH_MM - left - middle - _GAP_MM - 4) / 2
    height, top = _ROW_MM * max(len(families), 2 * len(topics), 4), HEAD_MM + _HEADER_MM - 2
    plate = Plate(top + height + FOOT_MM + 3)
    n = {language: number(table[f"n_{language}"].iloc[0], labels) for language in LANGUAGES}
    plate.head(title, f"{say('n_total', labels, n=number(table[['n_de', 'n_en']].iloc[0].sum(), labels))} · {say('n_languages', labels, **n)}")
    plate.key([({"marker": "s", "s": 30, "color": _SHADE}, say("robustness_family_key", labels)),
               ({"marker": "D", "s": 16, "color": INK}, say("robustness_concept_key", labels)),
               (None, say("robustness_range_key", labels))])  # fmt: skip
    one = plate.panel(left, top, width, height)
    _draw_flips(one, families, labels)
    label_axis(one, say("robustness_flips_axis", labels), width)
    label_rows(one, range(len(names)), names, left - 2, "label")
    other = plate.panel(left + width + _GAP_MM + middle, top, width, height)
    if topics.empty or topics["difference_points"].isna().all():
        other.axis("off")
        missing = [language for language in LANGUAGES if not table[f"n_{language}"].iloc[0]]
        plate.empty(other, f"no_articles_in_{missing[0]}" if missing else "no_topic_hits", labels)
    else:
        _draw_ranges(other, topics, labels)
        label_axis(other, say("difference_axis", labels), width)
        label_rows(other, range(len(told)), told, middle - 2, "label")
    return plate


def _draw_flips(axes: Axes, rows: pd.DataFrame, labels: str | None) -> None:
    quiet_axes(axes)
    places = range(len(rows))
    axes.barh(places, rows["n_flips"], height=0.62, color=_SHADE, zorder=2)
    axes.scatter(rows["n_flips_concept"], places, marker="D", s=16, color=INK, zorder=3, clip_on=False)
    most = max(float(rows[["n_flips", "n_flips_concept"]].max(axis=None)) if len(rows) else 0, 3)
    # A diamond at nought keeps clear of its family's name.
    axes.set(xlim=(-most * 0.03, most * 1.1), ylim=(len(rows) - 0.5, -0.5))
    axes.locator_params(axis="x", nbins=5, integer=True)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels))


def _draw_ranges(axes: Axes, rows: pd.DataFrame, labels: str | None) -> None:
    quiet_axes(axes)
    for k in range(0, len(rows), 2):
        axes.axhspan(k - 0.5, k + 0.5, color=FAINT, linewidth=0, zorder=0)
    axes.axvline(0, color=GREY, linewidth=0.9, zorder=1)
    places = range(len(rows))
    axes.hlines(places, rows["low_points"], rows["high_points"], color=_SHADE, linewidth=4, zorder=2)
    axes.scatter(rows["difference_points"], places, marker="o", s=26, color=INK, edgecolors="white", linewidths=0.5, zorder=3)
    most = max(float(rows[["low_points", "high_points"]].abs().max(axis=None)) * 1.15, 3)
    axes.set(xlim=(-most, most), ylim=(len(rows) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels, sign=True))
    axes.locator_params(axis="x", nbins=5, integer=True)
    axes.tick_params(axis="x", color=PALE)
    for x, key, side in ((0.0, "more_in_english", "left"), (1.0, "more_in_german", "right")):
        axes.annotate(say(key, labels), (x, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
                      ha=side, va="bottom", fontsize=SIZES["small"], color=GREY)  # fmt: skip


def describe_robustness(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_articles", labels)
    families, topics = table[table["conclusion"] == "stance"], table[table["conclusion"] == "sign"]
    flipping = families[families["n_flips"] > 0]
    told = [f"{name_of('families', row.name_, labels)} {number(row.n_flips, labels)}" for row in flipping.rename(columns={"name": "name_"}).itertuples()]
    n_of = number(families["n_of"].iloc[0] if len(families) else 0, labels)
    rows = [say("robustness_families_alt" if told else "robustness_none_alt", labels, rows=listing(told, labels), n=n_of)]
    for row in topics.dropna(subset="difference_points").rename(columns={"name": "name_"}).itertuples():
        values = [number(value, labels, 1, sign=True) for value in (row.difference_points, row.low_points, row.high_points)]
        topic, flips = name_of("topics", row.name_, labels), number(row.n_flips, labels)
        rows.append(say("robustness_topic_alt", labels, topic=topic, difference=values[0], low=values[1], high=values[2], n=flips))
    return say("robustness_alt", labels, rows=" ".join(rows))
