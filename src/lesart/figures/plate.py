"""A figure laid out in millimetres from its top left corner, so that nothing is cut and panels align."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from io import BytesIO

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from .labels import say
from .style import FONT, GREY, HOLLOW, INK, PALE, SIZES, WIDTH_MM, in_style, mark_of

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
# Screens at low resolution draw letters a little wider than they are.
_HINTING = 1.03
# Where panels begin when a figure has title, subtitle and key.
HEAD_MM = 23.0
# Room below the last panel for tick labels and axis label.
FOOT_MM = 13.0


class Plate(Figure):
    """A matplotlib figure of page width that places its parts in millimetres. Notebooks show it without pyplot."""

    def __init__(self, height: float) -> None:
        self.height_mm = height
        super().__init__(figsize=(WIDTH_MM / MM_PER_INCH, height / MM_PER_INCH), dpi=150)

    def panel(self, left: float, top: float, width: float, height: float, *, bare: bool = False) -> Axes:
        """Axes at a place; ``bare`` ones have millimetres as data, y downward, and no frame."""
        axes = self.add_axes((left / WIDTH_MM, 1 - (top + height) / self.height_mm, width / WIDTH_MM, height / self.height_mm))
        if bare:
            axes.set(xlim=(0, width), ylim=(height, 0))
            axes.axis("off")
        return axes

    def write(self, x: float, y: float, text: str, size: str = "label", **options: object) -> Text:
        """Text at a place, by default left and centred on y."""
        options = {"ha": "left", "va": "center", "fontsize": SIZES[size], **options}
        return self.text(x / WIDTH_MM, 1 - y / self.height_mm, shown(text), **options)

    def head(self, title: str, subtitle: str) -> None:
        """Title and subtitle at the top left; too long ones are shortened to the page."""
        self.write(0.5, 3.2, fit(title, WIDTH_MM - 2, SIZES["title"], bold=True), "title", fontweight="bold")
        self.write(0.5, 9.2, fit(subtitle, WIDTH_MM - 2, SIZES["label"]), color=GREY)

    def key(self, entries: Iterable[tuple[dict | None, str]], *, y: float = 15.2, x: float = 0.5) -> float:
        """A line of marks and their meaning; an entry without a mark is a remark. Comes back with where it ends."""
        axes = self.panel(0, y - 2.5, WIDTH_MM, 5, bare=True)
        for mark, meaning in entries:
            if mark is not None:
                axes.scatter([x + 1.3], [2.5], clip_on=False, **mark)
                x += 3.4
            self.write(x, y, meaning, color=GREY if mark is None else "black")
            x += measure(meaning, SIZES["label"]) + 5
        return x

    def empty(self, axes: Axes, key: str, labels: str | None, **values: object) -> None:
        """Say in a panel why nothing is there."""
        axes.text(0.5, 0.5, shown(say(key, labels, **values)), transform=axes.transAxes, ha="center", va="center", color=GREY, fontsize=SIZES["label"])

    def _repr_png_(self) -> bytes:
        buffer = BytesIO()
        with in_style():
            self.savefig(buffer, format="png", dpi=120, metadata={"Software": None})
        return buffer.getvalue()


def empty_plate(title: str, key: str, labels: str | None, **values: object) -> Plate:
    """A figure that only says why there is nothing to see."""
    plate = Plate(40)
    plate.head(title, say("n_total", labels, n=0))
    axes = plate.panel(0, 13, WIDTH_MM, 25, bare=True)
    plate.empty(axes, key, labels, **values)
    return plate


def quiet_axes(axes: Axes, *, grid: str = "x") -> None:
    """Thin lines behind the data, no spine where a grid does its work."""
    axes.set_axisbelow(True)
    axes.grid(axis=grid, color=PALE, linewidth=0.5)
    axes.spines["left" if grid == "x" else "bottom"].set_visible(False)
    axes.tick_params(axis=grid, length=0)


def draw_points(axes: Axes, rows: pd.DataFrame, along: str, colour: str = INK, size: float = 20) -> None:
    """A point per article: at ``along`` on the x axis, at column ``place`` on the y axis; the press above the others."""
    for (language, corpus), own in rows.groupby(["language", "corpus"], sort=True):
        axes.scatter(own[along], own["place"], clip_on=False, zorder=3.5 if corpus == HOLLOW else 3, **mark_of(language, corpus, colour, size))


def label_rows(axes: Axes, places: Sequence[float], names: Sequence[str], width: float, size: str = "text") -> None:
    """Names at the rows of a panel, shortened to the room left of it."""
    axes.set_yticks(list(places), [shown(fit(name, width, SIZES[size])) for name in names], fontsize=SIZES[size])


def label_axis(axes: Axes, text: str, width: float) -> None:
    """The label of the x axis, on as many lines as the panel's width in millimetres asks for."""
    lines: list[str] = []
    for word in shown(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, SIZES["label"]) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    axes.set_xlabel("\n".join(lines), linespacing=1.15)


@cache
def _font(bold: bool) -> FontProperties:
    return FontProperties(family=FONT, weight="bold" if bold else "normal")


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont(_font(False))).get_charmap())


@lru_cache(maxsize=50_000)
def shown(text: str) -> str:
    """A text as a figure can show it: on one line, a box for each sign that the font lacks."""
    flat = " ".join(line for line in str(text).split("\n") if line) if "\n" in str(text) else str(text)
    return "".join(sign if ord(sign) in _glyphs() else " " if sign.isspace() else "□" for sign in flat)


@lru_cache(maxsize=50_000)
def measure(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in millimetres at a font size in points."""
    font = _font(bold).copy()
    font.set_size(size)
    width, _, _ = text_to_path.get_text_width_height_descent(shown(text), font, False)
    return width * MM_PER_POINT * _HINTING


def widest(texts: Iterable[str], size: float, *, least: float = 0.0, most: float = WIDTH_MM) -> float:
    """The width in millimetres that the widest of some texts needs, within bounds."""
    return min(max([least, *(measure(text, size) for text in texts)]), most)


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """A text, or its beginning and end around "…", that is at most ``width`` millimetres wide."""
    text = shown(text)
    if measure(text, size, bold) <= width:
        return text
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if measure(_cut(text, middle), size, bold) <= width else (low, middle)
    return _cut(text, low)


def _cut(text: str, keep: int) -> str:
    """A text's first two thirds and last third of ``keep`` signs: ids often differ at the end."""
    tail = keep // 3
    return text[: keep - tail].rstrip(" …") + "…" + (text[-tail:].lstrip(" …") if tail else "")
