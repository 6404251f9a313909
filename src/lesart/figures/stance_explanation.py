"""Figure 7: why one article was tagged as it was. Bars of how far each family of marks pushed it, words beside them."""

from math import floor, log10

import pandas as pd
from matplotlib.axes import Axes

from ..stance import STANCES
from .labels import name_feature, name_of, number, percent, say
from .plate import HEAD_MM, Plate, empty_plate, fit, label_axis, measure, widest
from .style import FAINT, GREY, INK, PALE, SIZES, STANCE_COLOURS, WIDTH_MM, styled, tint

# Families drawn one by one; what the others did is summed in the last row.
MOST_FAMILIES = 10
REST = "rest"
_ROW_MM, _BARS_MM, _GAP_MM, _NUMBERS_MM = 6.6, 21.0, 3.0, 22.5


def tabulate_explanation(explanation: pd.DataFrame, stances: pd.DataFrame, article: str) -> pd.DataFrame:
    """What ``explain_stance`` says of an article, the strongest families one by one, the rest summed.

    A row is a family of marks in one voice, the strongest push first, last the others together (``feature`` "rest");
    columns ``article``, ``feature``, ``n_features`` (how many the row stands for), ``hits``, ``distance`` (spreads from
    the norm of the language; empty for the rest), ``promotional``, ``critical``, ``reportorial`` (pushes in logits),
    ``words``, and the article's ``p_promotional``, ``p_critical``, ``p_reportorial``. Raises KeyError for an article
    without a stance.
    """
    told = stances[(stances["article"] == article) & (stances["stance"] != "")]
    if told.empty:
        raise KeyError(f"no stance of article {article!r}; there are {', '.join(stances['article'].head(5))} …")
    columns = ["feature", "hits", "distance", *STANCES, "words"]
    table = explanation[columns].head(MOST_FAMILIES).assign(n_features=1)
    others = explanation.iloc[MOST_FAMILIES:]
    if len(others):
        pushes = others[list(STANCES)].sum()
        row = {"feature": REST, "hits": int(others["hits"].sum()), "distance": float("nan"), **pushes, "words": "", "n_features": len(others)}
        table = pd.concat([table, pd.DataFrame([row])], ignore_index=True)
    table.insert(0, "article", article)
    table.insert(2, "n_features", table.pop("n_features"))
    return table.assign(**{f"p_{stance}": float(told[stance].iloc[0]) for stance in STANCES})


@styled
def draw_explanation(table: pd.DataFrame, labels: str | None = None) -> Plate:
    """The figure of ``tabulate_explanation``."""
    if table.empty:
        return empty_plate(say("explanation_title", labels, article="–"), "no_marks", labels)
    names = [_name_row(row.feature, row.n_features, labels) for row in table.itertuples()]
    left = widest(names, SIZES["text"], most=50) + 3
    height, top = _ROW_MM * len(table), HEAD_MM + 6
    plate = Plate(top + height + 14)
    plate.head(say("explanation_title", labels, article=fit(table["article"].iloc[0], 100, SIZES["title"], bold=True)), _result(table, labels))
    plate.write(0.5, 15.2, say("explanation_note", labels), "small", color=GREY)
    ground = plate.panel(0, top, WIDTH_MM, height, bare=True)
    for k in range(0, len(table), 2):
        ground.fill_between([0, WIDTH_MM], k * _ROW_MM, (k + 1) * _ROW_MM, color=FAINT, linewidth=0)
    for k, name in enumerate(names):
        plate.write(left - 2, top + (k + 0.5) * _ROW_MM, fit(name, left - 3, SIZES["text"]), "text", ha="right")
    most = max(float(table[list(STANCES)].abs().max(axis=None)), 0.1) * 1.08
    for side, stance in enumerate(STANCES):
        x = left + side * (_BARS_MM + _GAP_MM)
        plate.write(x + _BARS_MM / 2, top - 3, name_of("stances", stance, labels), "text", ha="center", fontweight="bold")
        axes = plate.panel(x, top, _BARS_MM, height)
        _draw_pushes(axes, table[stance], STANCE_COLOURS[stance], most, labels)
        if side == 1:
            label_axis(axes, say("explanation_axis", labels), 3 * _BARS_MM)
    _write_words(plate, table, left + 3 * (_BARS_MM + _GAP_MM), top, labels)
    return plate


def _name_row(feature: str, n: int, labels: str | None) -> str:
    return say("explanation_rest", labels, n=n) if feature == REST else name_feature(feature, labels)


def _result(table: pd.DataFrame, labels: str | None) -> str:
    return say("explanation_result", labels, shares=_probabilities(table, labels), n=int(table["n_features"].sum()))


def _probabilities(table: pd.DataFrame, labels: str | None) -> str:
    """The stances with their probabilities, the likeliest first."""
    ranked = sorted(STANCES, key=lambda stance: -table[f"p_{stance}"].iloc[0])
    return ", ".join(f"{name_of('stances', stance, labels)} {percent(100 * table[f'p_{stance}'].iloc[0], labels)}" for stance in ranked)


def _draw_pushes(axes: Axes, pushes: pd.Series, colour: str, most: float, labels: str | None) -> None:
    """Bars from zero: towards the stance full, away from it pale."""
    axes.patch.set_visible(False)
    axes.set(xlim=(-most, most), ylim=(len(pushes) - 0.5, -0.5), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=PALE, linewidth=0.5)
    axes.tick_params(axis="x", length=0)
    faces = [colour if push >= 0 else tint(colour, 0.35) for push in pushes]
    axes.barh(range(len(pushes)), pushes, height=0.62, color=faces, edgecolor=colour, linewidth=0.6, zorder=3)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=4)
    end, decimals = _nice_end(most)
    axes.set_xticks([-end, 0, end], [number(value, labels, decimals, sign=True) if value else "0" for value in (-end, 0, end)])


def _nice_end(most: float) -> tuple[float, int]:
    """The largest of 1, 2, 3, 4, 5, 6, 8 times a power of ten within three quarters of a scale, and its decimals.

    >>> _nice_end(1.2), _nice_end(3.0), _nice_end(0.1)
    ((0.8, 1), (2.0, 0), (0.06, 2))
    """
    power = floor(log10(0.75 * most))
    end = max(step * 10.0**power for step in (1, 2, 3, 4, 5, 6, 8) if step * 10.0**power <= 0.75 * most)
    return round(end, max(-power, 0)), max(-power, 0)


def _write_words(plate: Plate, table: pd.DataFrame, left: float, top: float, labels: str | None) -> None:
    """Number of hits, distance from the norm, and the words."""
    left += 1
    hits, words = left + 8, left + _NUMBERS_MM + 3
    plate.write(hits, top - 3, say("explanation_hits", labels), "small", ha="right", color=GREY)
    plate.write(left + _NUMBERS_MM, top - 3, say("explanation_usual", labels), "small", ha="right", color=GREY)
    plate.write(words, top - 3, say("explanation_words", labels), "small", color=GREY)
    for k, row in enumerate(table.itertuples()):
        y = top + (k + 0.5) * _ROW_MM
        plate.write(hits, y, number(row.hits, labels), ha="right")
        plate.write(left + _NUMBERS_MM, y, number(row.distance, labels, 1, sign=True) if row.distance == row.distance else "", ha="right")
        if row.hits or row.feature == REST:
            _write_lines(plate, words, y, row.words)
        else:
            plate.write(words, y, say("no_words", labels), "small", color="#9A9A9A")


def _write_lines(plate: Plate, x: float, y: float, words: str) -> None:
    """Words on at most two lines; where they find no room, "…" says that there are more."""
    lines = _break_lines(words.split(", "), WIDTH_MM - x - 0.5) if words else []
    for k, line in enumerate(lines):
        plate.write(x, y + (k - (len(lines) - 1) / 2) * 2.9, line, "small")


def _break_lines(words: list[str], room: float) -> list[str]:
    """At most two lines of words; a phrase too long for a line is broken between its words."""
    size, lines = SIZES["small"], [""]
    listed = [*(f"{word}," for word in words[:-1]), words[-1]]
    pieces = [piece for word in listed for piece in ([word] if measure(word, size) <= room - 5 else word.split(" "))]
    for k, piece in enumerate(pieces):
        piece = fit(piece, room - 5, size)
        longer = f"{lines[-1]} {piece}".strip()
        more = " …" if len(lines) == 2 and k < len(pieces) - 1 else ""
        if measure(longer + more, size) <= room:
            lines[-1] = longer
        elif len(lines) == 1:
            lines.append(piece)
        else:
            lines[-1] += " …"
            break
    return lines


def describe_explanation(table: pd.DataFrame, labels: str | None = None) -> str:
    """What the figure shows, in words and numbers, for who cannot see it."""
    if table.empty:
        return say("no_marks", labels)
    rows = []
    for row in table[table["feature"] != REST].head(5).to_dict("records"):
        stance = max(STANCES, key=lambda stance: abs(row[stance]))
        words = f" ({row['words']})" if row["words"] else ""
        family, push = name_feature(row["feature"], labels), number(abs(row[stance]), labels, 1)
        key = "explanation_towards_alt" if row[stance] > 0 else "explanation_away_alt"
        rows.append(say(key, labels, family=family, push=push, stance=name_of("stances", stance, labels), words=words))
    result = say("explanation_result_alt", labels, shares=_probabilities(table, labels))
    return say("explanation_alt", labels, article=table["article"].iloc[0], result=result, rows=" ".join(rows))
