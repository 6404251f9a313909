"""The one style of all figures: sizes, font, colours, marks and order, each declared once.

Colours are told apart by colour-blind readers and in grey; ``tests/figures/test_style.py`` measures it. Colour speaks of
stance or topic only; language is told by the shape of the mark or by the panel, the corpus by filled or hollow.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps

import matplotlib as mpl
from matplotlib.colors import LinearSegmentedColormap, to_rgb

# The text width of a journal page.
WIDTH_MM = 180.0
# DejaVu comes with matplotlib, so the same glyphs stand in every figure on every machine.
FONT = "DejaVu Sans"
# In points. Nothing in a figure is smaller than "small"; it is for names of single articles and numbers in cells.
SIZES = {"title": 10.5, "text": 9.0, "label": 8.0, "small": 7.2}

INK, GREY, PALE, FAINT = "#1A1A1A", "#5F5F5F", "#D4D4D4", "#F3F3F1"

STANCE_COLOURS = {"promotional": "#E8A317", "critical": "#7A1F4B", "reportorial": "#3E8FB0"}
TOPIC_COLOURS = {
    "labor": "#781106",
    "competition": "#CF5D3A",
    "ethics": "#8C3E9D",
    "finance": "#ADD498",
    "leadership": "#DEAB22",
    "technology": "#489FFD",
    "governance": "#2E5255",
}
# Topics of other studies take these after the seven above, in order.
MORE_COLOURS = ("#A48EAF", "#729379", "#48255F", "#6C563A", "#DDB1F6")

LANGUAGE_MARKS = {"de": "o", "en": "^"}
LANGUAGE_SHADES = {"de": INK, "en": "#8C8C8C"}
CORPORA = ("teaching", "press")
# The corpus whose articles are drawn hollow.
HOLLOW = "press"

WEIGHT_MAP = LinearSegmentedColormap.from_list("weights", ["#FFFFFF", "#DCE6EE", "#9DB9CF", "#557FA3", "#1F3F63"])

_RC = {
    "font.family": [FONT],
    "font.size": SIZES["text"],
    "text.parse_math": False,  # "$" in a name is a dollar
    "text.color": INK,
    "axes.labelsize": SIZES["label"],
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.labelsize": SIZES["label"],
    "ytick.labelsize": SIZES["label"],
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 0.0,
    "lines.linewidth": 1.0,
    "hatch.linewidth": 0.6,
    "text.hinting": "none",  # letters as wide in the picture as measured
    "svg.fonttype": "path",  # letters as outlines: the same on machines without the font
    "svg.hashsalt": "lesart",
    "pdf.fonttype": 42,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


@contextmanager
def in_style() -> Iterator[None]:
    """Inside, matplotlib's own defaults and this style hold, whatever the reader has set; afterwards hers again."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def styled(draw: Callable) -> Callable:
    """A drawing function inside the style; its figure is laid out before it leaves, so that later settings change nothing."""

    @wraps(draw)
    def draw_in_style(*args, **options):  # noqa: ANN002, ANN003, ANN202
        with in_style():
            figure = draw(*args, **options)
            figure.draw_without_rendering()
        return figure

    return draw_in_style


def topic_colours(topics: Iterable[str]) -> dict[str, str]:
    """The colour of each topic: the codebook's own, others the palette's in order of mention, without end.

    >>> topic_colours(["sport", "labor"])
    {'sport': '#CF5D3A', 'labor': '#781106'}
    """
    topics = list(dict.fromkeys(topics))
    taken = {TOPIC_COLOURS[topic] for topic in topics if topic in TOPIC_COLOURS}
    palette = [colour for colour in (*TOPIC_COLOURS.values(), *MORE_COLOURS) if colour not in taken]
    own = [topic for topic in topics if topic not in TOPIC_COLOURS]
    more = {topic: _darken(palette[i % len(palette)], i // len(palette)) for i, topic in enumerate(own)}
    return {topic: TOPIC_COLOURS.get(topic) or more[topic] for topic in topics}


def _darken(colour: str, times: int) -> str:
    return mpl.colors.to_hex([part * 0.7**times for part in to_rgb(colour)]).upper()


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """A colour mixed with white; strength 0 is white, 1 the colour."""
    red, green, blue = to_rgb(colour)
    return 1 - strength * (1 - red), 1 - strength * (1 - green), 1 - strength * (1 - blue)


def ink_on(colour: str | tuple[float, ...]) -> str:
    """Black or white, whichever reads better on a colour (WCAG 2.1 relative luminance)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if luminance < 0.179 else INK


def mark_of(language: str, corpus: str, colour: str = INK, size: float = 20) -> dict:
    """How an article's point is drawn: options of ``Axes.scatter``; ``size`` in square points."""
    hollow = corpus == HOLLOW
    return {
        "marker": LANGUAGE_MARKS.get(language, "s"),
        "s": size * (1.15 if language == "en" else 1.0),
        "facecolors": "white" if hollow else colour,
        "edgecolors": colour if hollow else "white",
        "linewidths": (1.2 if size >= 10 else 0.8) if hollow else (0.5 if size >= 10 else 0.0),
    }
