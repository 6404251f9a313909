"""Figure 3: how often each language takes each stance. A bar per stance, cut into one cell per article."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..sentences import LANGUAGES
from ..stance import STANCES, SURE_MARGINS
from .labels import listing, name_of, number, percent, say
from .plate import FOOT_MM, HEAD_MM, Plate, empty_plate, label_rows, quiet_axes, widest
from .style import INK, SIZES, STANCE_COLOURS, WIDTH_MM, styled, tint
from .tables import corpora_of, list_articles

# Cells of more articles than this are thinner than their borders, so the bar is drawn whole.
_MOST_CELLS = 80
_PANEL_MM, _GAP_MM, _HEADER_MM = 25.0, 12.0, 8.0


def tabulate_stance_shares(articles: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """How many articles of each corpus and language take each stance.

    A row is a corpus, a language and a stance, all three in their fixed order; columns ``corpus``, ``language``,
    ``stance``, ``n_articles``, ``n_close`` (of these, those with a margin too small for ``sure`` 2), ``n_of_language`` (articles with
    a stance in that corpus and language), ``share_pct`` (of these; 0 where there are none).
    """
    table = list_articles(articles, stances)
    table = table[table["stance"] != ""]
    table = table.assign(margin=table["article"].map(stances.set_index("article")["margin"]))
    rows = []
    for corpus in corpora_of(table):
        for language in LANGUAGES:
            own = table[(table["corpus"] == corpus) & (table["language"] == language)]
            for stance in STANCES:
                chosen = own[own["stance"] == stance]
                share = 100 * len(chosen) / len(own) if len(own) else 0.0
                rows.append((corpus, language, stance, len(chosen), int((chosen["margin"] < SURE_MARGINS[0]).sum()), len(own), share))
    return pd.DataFrame(rows, columns=["corpus", "language", "stance", "n_articles", "n_close", "n_of_language", "share_pct"])


@styled
def draw_stance_shares(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_stance_shares``."""
    title = say("stance_shares_title", labels)
    if table.empty:
        return empty_plate(title, "no_stance", labels)
    corpora = list(dict.fromkeys(table["corpus"]))
    left = widest((name_of("stances", stance, labels) for stance in STANCES), SIZES["text"]) + 3
    width = (WIDTH_MM - left - _GAP_MM - 4) / 2
    plate = Plate(HEAD_MM + (_HEADER_MM + _PANEL_MM) * len(corpora) + FOOT_MM)
    plate.head(title, _count(table, labels))
    cells = bool((table["n_of_language"] <= _MOST_CELLS).any())
    plate.key([(None, say("stance_unit_key" if cells else "stance_bar_key", labels)), *_close_key(table, labels)])
    for down, corpus in enumerate(corpora):
        for side, language in enumerate(LANGUAGES):
            rows = table[(table["corpus"] == corpus) & (table["language"] == language)]
            x, y = left + side * (width + _GAP_MM), HEAD_MM - 2 + down * (_HEADER_MM + _PANEL_MM)
            head = name_of("languages", language, labels) + (f", {name_of('corpora', corpus, labels)}" if corpus else "")
            plate.write(x, y + 4, head, "text", fontweight="bold")
            n = say("n_total", labels, n=number(rows["n_of_language"].iloc[0], labels))
            plate.write(x + width, y + 4, n, ha="right")
            axes = plate.panel(x, y + _HEADER_MM, width, _PANEL_MM - 4)
            _draw_bars(plate, axes, rows, labels, last=down == len(corpora) - 1)
            names = [name_of("stances", stance, labels) for stance in STANCES] if side == 0 else []
            label_rows(axes, range(len(names)), names, left)
    return plate


def _count(table: pd.DataFrame, labels: str | None) -> str:
    totals = table.drop_duplicates(["corpus", "language"])
    by_language = totals.groupby("language")["n_of_language"].sum()
    told = say("n_languages", labels, de=number(by_language["de"], labels), en=number(by_language["en"], labels))
    return f"{say('n_total', labels, n=number(totals['n_of_language'].sum(), labels))} · {told}"


def _close_key(table: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    if not table["n_close"].any():
        return []
    mark = {"marker": "s", "s": 52, "facecolors": "white", "edgecolors": INK, "linewidths": 0.6, "hatch": "//////"}
    return [(mark, say("unsure_key", labels, margin=number(SURE_MARGINS[0], labels, 2)))]


def _draw_bars(plate: Plate, axes: Axes, rows: pd.DataFrame, labels: str | None, *, last: bool) -> None:
    quiet_axes(axes)
    axes.set(xlim=(0, 100), ylim=(2.5, -0.5), xticks=range(0, 101, 25))
    axes.xaxis.set_major_formatter(lambda value, _: number(value, labels))
    if last:
        axes.set_xlabel(say("stance_shares_axis", labels))
    else:
        axes.tick_params(axis="x", labelbottom=False)
    if not rows["n_of_language"].iloc[0]:
        plate.empty(axes, f"no_articles_in_{rows['language'].iloc[0]}", labels)
        return
    for place, row in enumerate(rows.itertuples()):
        _draw_cells(axes, place, row.n_articles, row.n_close, row.n_of_language, STANCE_COLOURS[row.stance])
        told = f"{percent(row.share_pct, labels)} ({number(row.n_articles, labels)})"
        inside = row.share_pct > 80
        axes.annotate(told, (row.share_pct, place), xytext=(-5 if inside else 4, 0), textcoords="offset points", va="center",
                      ha="right" if inside else "left", fontsize=SIZES["label"], zorder=5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})  # fmt: skip


def _draw_cells(axes: Axes, place: int, n: int, n_close: int, n_all: int, colour: str) -> None:
    """A bar of n cells, the close calls striped at its end."""
    unit, height = 100 / n_all, 0.66
    runs = [(0, n - n_close, False), (n - n_close, n_close, True)]
    if n_all <= _MOST_CELLS:
        runs = [(k, 1, k >= n - n_close) for k in range(n)]
    for start, length, close in runs:
        if length:
            face = tint(colour, 0.12) if close else colour
            border = {"edgecolor": colour, "hatch": "//////", "linewidth": 0.8} if close else {"edgecolor": "white", "linewidth": 0.8}
            axes.add_patch(Rectangle((start * unit, place - height / 2), length * unit, height, facecolor=face, zorder=3, **border))


def describe_stance_shares(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_stance", labels)
    told = []
    for (corpus, language), rows in table.groupby(["corpus", "language"], sort=False):
        group = name_of("languages", language, labels) + (f", {name_of('corpora', corpus, labels)}" if corpus else "")
        if not rows["n_of_language"].iloc[0]:
            told.append(f"{group}: n = 0.")
            continue
        shares = [f"{name_of('stances', row.stance, labels)} {percent(row.share_pct, labels)} ({row.n_articles})" for row in rows.itertuples()]
        told.append(say("stance_share_alt", labels, group=group, n=rows["n_of_language"].iloc[0], shares=listing(shares, labels)))
    return say("stance_shares_alt", labels, shares=" ".join(told))
