"""Figure 1: which articles there are. A panel per language, a row per genre, a point per article at its length."""

import pandas as pd
from matplotlib.axes import Axes

from ..sentences import LANGUAGES
from .labels import count_articles, listing, name_of, number, say
from .placement import dodge
from .plate import FOOT_MM, HEAD_MM, Plate, draw_points, empty_plate, label_axis, label_rows, quiet_axes, shown, widest
from .style import FAINT, GREY, INK, PALE, SIZES, WIDTH_MM, mark_of, styled
from .tables import list_articles

# More genres than fit a page share the last row.
_MOST_GENRES = 14
_OTHER = "other genres"
_ROW_MM, _POINT_MM, _COUNT_MM, _GAP_MM = 7.4, 1.9, 8.0, 6.0


def tabulate_corpus(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles by genre.

    A row is an article; columns ``article``, ``language``, ``corpus``, ``genre`` (empty where none is stated; the rarest
    beyond thirteen are "other genres"), ``words``; ordered by genre, the most frequent first, then language and corpus.
    """
    table = list_articles(articles)
    known = articles.set_index("article")
    genres = known["genre"] if "genre" in known else pd.Series("", index=known.index)
    table["genre"] = table["article"].map(genres).fillna("").astype(str).str.strip().to_numpy()
    table["words"] = table["article"].map(known["words"]).to_numpy()
    counts = table["genre"].value_counts()
    ranked = sorted(counts.index, key=lambda genre: (genre == "", -counts[genre], genre))
    if len(ranked) > _MOST_GENRES:
        kept = ranked[: _MOST_GENRES - 1]
        table["genre"] = table["genre"].where(table["genre"].isin(kept), _OTHER)
        ranked = [*kept, _OTHER]
    order = table["genre"].map({genre: place for place, genre in enumerate(ranked)}).astype(int)
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


@styled
def draw_corpus(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_corpus``."""
    if table.empty:
        return empty_plate(say("corpus_title", labels), "no_articles", labels)
    genres = list(dict.fromkeys(table["genre"]))
    left = widest((name_of("genres", genre, labels) for genre in genres), SIZES["text"], most=48) + 4
    width, height = (WIDTH_MM - left - _GAP_MM) / 2 - _COUNT_MM, _ROW_MM * len(genres)
    plate = Plate(HEAD_MM + 5 + height + FOOT_MM)
    plate.head(say("corpus_title", labels), count_articles(table, labels))
    plate.key(_key(table, labels))
    for side, language in enumerate(LANGUAGES):
        x = left + side * (width + _COUNT_MM + _GAP_MM)
        axes = plate.panel(x, HEAD_MM + 5, width, height)
        plate.write(x, HEAD_MM - 1, name_of("languages", language, labels), "text", fontweight="bold")
        quiet_axes(axes)
        axes.hlines([k - 0.5 for k in range(1, len(genres))], 0, 1, color=FAINT, linewidth=0.8, transform=axes.get_yaxis_transform(), zorder=0)
        most = max(float(table["words"].max()), 1.0)
        axes.set(xlim=(0, most * 1.06), ylim=(len(genres) - 0.5, -0.5))
        label_axis(axes, say("corpus_axis", labels), width)
        axes.xaxis.set_major_locator(_few_ticks())
        axes.xaxis.set_major_formatter(lambda value, _: number(value, labels))
        names = [name_of("genres", genre, labels) for genre in genres] if side == 0 else []
        label_rows(axes, range(len(names)), names, left - 3)
        rows = table[table["language"] == language]
        if rows.empty:
            plate.empty(axes, f"no_articles_in_{language}", labels)
        else:
            _draw_language(plate, axes, rows, genres, labels, (x + width, width / (most * 1.06)))
    return plate


def _few_ticks():  # noqa: ANN202
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=5, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1)


def _key(table: pd.DataFrame, labels: str | None) -> list[tuple[dict | None, str]]:
    """What filled and hollow points are, where the corpora differ."""
    corpora = set(table["corpus"])
    entries: list[tuple[dict | None, str]] = []
    if "press" in corpora and len(corpora) > 1:
        entries = [(mark_of("de", "teaching"), say("teaching_mark", labels)), (mark_of("de", "press"), say("press_mark", labels))]
    return entries


def _draw_language(plate: Plate, axes: Axes, rows: pd.DataFrame, genres: list[str], labels: str | None, scale: tuple[float, float]) -> None:
    """The points of one language, its median, and how many there are in each row."""
    right, mm_per_word = scale
    median = float(rows["words"].median())
    axes.axvline(median, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    axes.annotate(shown(say("median_mark", labels, n=number(median, labels))), (median, 1), xycoords=("data", "axes fraction"),
                  xytext=(0, 1.5), textcoords="offset points", ha="center", va="bottom", fontsize=SIZES["small"], color=GREY)  # fmt: skip
    for place, genre in enumerate(genres):
        chosen = rows[rows["genre"] == genre]
        top = axes.get_position().y1
        y = (1 - top) * plate.height_mm + (place + 0.5) * _ROW_MM
        plate.write(right + 2, y, number(len(chosen), labels), "label", color=INK if len(chosen) else PALE)
        offsets = dodge((chosen["words"] * mm_per_word).tolist(), _POINT_MM, _ROW_MM / 2 - _POINT_MM / 2)
        draw_points(axes, chosen.assign(place=[place + offset / _ROW_MM for offset in offsets]), "words")
    plate.write(right + 2, HEAD_MM - 1, "n", color=GREY)


def describe_corpus(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_articles", labels)
    counts = []
    for language in LANGUAGES:
        words = table.loc[table["language"] == language, "words"]
        told = name_of("languages", language, labels)
        if words.empty:
            counts.append(say(f"no_articles_in_{language}", labels))
            continue
        low, high, median = (number(value, labels) for value in (words.min(), words.max(), words.median()))
        counts.append(say("corpus_alt_language", labels, language=told, n=len(words), low=low, high=high, median=median))
    genres = [f"{name_of('genres', genre, labels)} ({n})" for genre, n in table["genre"].value_counts(sort=False).head(3).items()]
    return say("corpus_alt", labels, counts=" ".join(counts), genres=say("corpus_alt_genres", labels, genres=listing(genres, labels)))
