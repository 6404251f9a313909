"""Every figure draws in both label languages and at odd sizes, without a warning, an overlap with the page's edge, or markup."""

import re

import numpy as np
import pandas as pd
import pytest
from lesart.figures import FIGURES, draw_corpus, tabulate_corpus
from lesart.figures.export import complete_tables, find_least_sure
from lesart.figures.plate import Plate, fit, measure, shown
from lesart.figures.stance_explanation import _break_lines
from lesart.figures.style import SIZES as TYPE_SIZES
from matplotlib.text import Text

from .synthetic import make_articles, make_tables

TWELVE = tuple(f"topic_{k}" for k in range(10)) + ("$cost$ & <b>benefit</b>", "a topic whose name does not come to an end at all")


def draw_every(tables: dict, labels: str, article: str = "") -> dict[str, Plate]:
    tables = complete_tables(tables)
    article = article or find_least_sure(tables["stances"])
    plates = {}
    for name, figure in FIGURES.items():
        if article or not figure.of_article:
            table = figure.tabulate(tables, article)
            plates[name] = figure.draw(table, labels)
            assert figure.describe(table, labels).strip()
    return plates


def drawn_texts(plate: Plate) -> list[Text]:
    """The texts that are seen: not empty, not of ticks outside their axis."""
    unseen = set()
    for axes in plate.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond = [tick for tick in axis.get_major_ticks() if not low - 1e-9 <= tick.get_loc() <= high + 1e-9 or not axes.axison]
            unseen |= {id(label) for tick in beyond for label in (tick.label1, tick.label2)}
    texts = [text for text in plate.findobj(Text) if text.get_text().strip() and text.get_visible() and id(text) not in unseen]
    return [text for text in texts if text.get_window_extent().width > 1]


def assert_nothing_is_cut(plate: Plate) -> None:
    """Every text lies on the page, and none over another; two pixels of tolerance, slanted texts left out."""
    width, height = plate.bbox.width, plate.bbox.height
    level = []
    for text in drawn_texts(plate):
        box = text.get_window_extent()
        assert box.x0 > -2 and box.y0 > -2 and box.x1 < width + 2 and box.y1 < height + 2, text.get_text()
        if text.get_rotation() == 0:
            level.append((box.padded(-2), text.get_text()))
    for k, (one, told) in enumerate(level):
        assert not [other for box, other in level[:k] if one.overlaps(box)], told


@pytest.mark.parametrize("labels", ["en", "de"])
def test_figures_draw_in_both_label_languages(tables: dict, labels: str) -> None:
    for plate in draw_every(tables, labels).values():
        assert_nothing_is_cut(plate)


def test_every_figure_is_there() -> None:
    assert list(FIGURES) == [
        "corpus_overview", "stance_map", "stance_shares", "topic_heatmap", "topic_contrast", "topic_stances", "stance_explanation",
        "topic_dispersion", "topic_positions", "robustness",
    ]  # fmt: skip


@pytest.mark.parametrize("labels", ["en", "de"])
def test_alt_texts_speak_the_label_language(tables: dict, labels: str) -> None:
    tables = complete_tables(tables)
    for name, figure in FIGURES.items():
        told = figure.describe(figure.tabulate(tables, "de-dasgeld"), labels)
        assert any(digit in told for digit in "123456789"), name
        assert not re.search(r"\{|\bnan\b", told)
        assert (" the " in told or " of " in told) == (labels == "en"), told


def many_articles() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    names = [f"article-{k:03d}" for k in range(300)]
    return pd.DataFrame(
        {"article": names, "language": ["de", "en"] * 150, "title": "t", "text": "", "words": rng.integers(50, 4000, 300),
         "genre": [f"genre {k % 30}" for k in range(300)]}
    )  # fmt: skip


def strange_articles() -> pd.DataFrame:
    articles = make_articles()
    names = articles["article"].tolist()
    names[0] = "en_$x^2$_<b>bold</b>_&amp; a very long identifier that was made of the title of an article " * 2
    names[20] = "de-漢字-\U0001f9ff-$100 für $200\nin zwei Zeilen"
    return articles.assign(article=names, genre=articles["genre"].replace("column", "_$genre$_ " * 12))


SIZES = {
    "one article": (make_articles().iloc[[20]].reset_index(drop=True), ("labor", "finance")),
    "one topic": (make_articles(), ("weather",)),
    "no German": (make_articles().query("language == 'en'").reset_index(drop=True), ("labor", "finance")),
    "no English": (make_articles().query("language == 'de'").reset_index(drop=True), ("labor", "finance")),
    "300 articles": (many_articles(), ("labor", "finance", "sport")),
    "strange names, twelve topics": (strange_articles(), TWELVE),
}


@pytest.mark.parametrize("case", SIZES)
def test_figures_draw_at_odd_sizes(case: str) -> None:
    articles, topics = SIZES[case]
    for plate in draw_every(make_tables(articles, topics), "de", articles["article"].iloc[len(articles) // 2]).values():
        assert_nothing_is_cut(plate)


def test_figures_without_articles_say_so(tables: dict) -> None:
    none = {name: table.iloc[:0] for name, table in tables.items() if name not in ("model", "comparison")}
    for plate in draw_every(none, "en").values():
        told = " ".join(text.get_text() for text in plate.findobj(Text))
        assert "no articles" in told or "No article" in told


@pytest.mark.parametrize("name", ["topic_heatmap", "stance_map", "stance_explanation"])
def test_names_are_shown_letter_by_letter(name: str) -> None:
    articles = make_articles().assign(article=lambda table: ["$a_1$" if k == 20 else f"b{k}" for k in range(len(table))])
    texts = [text for text in draw_every(make_tables(articles, ("labor", "finance")), "en", "$a_1$")[name].findobj(Text) if "$a_1$" in text.get_text()]
    assert texts
    assert not any(text.get_parse_math() for text in texts)


def test_stance_map_labels_do_not_overlap(tables: dict) -> None:
    plate = draw_every(tables, "de")["stance_map"]
    names = set(tables["articles"]["article"])
    boxes = [text.get_window_extent() for text in plate.findobj(Text) if text.get_text() in names]
    assert len(boxes) > 25
    assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])


def test_press_is_always_named_in_the_stance_map(tables: dict) -> None:
    told = {text.get_text() for text in draw_every(tables, "en")["stance_map"].findobj(Text)}
    assert set(tables["articles"].query("corpus == 'press'")["article"]) <= told


def test_own_settings_do_not_reach_a_figure(tables: dict) -> None:
    import matplotlib as mpl

    table = tabulate_corpus(tables["articles"])
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "text.parse_math": True}):
        loud = draw_corpus(table)._repr_png_()
    assert loud == draw_corpus(table)._repr_png_()
    assert loud.startswith(b"\x89PNG")


@pytest.mark.parametrize("text", ["short", "x" * 400, "ein recht langer Titel mit $ und _"])
def test_fit_keeps_within_its_width(text: str) -> None:
    assert measure(fit(text, 30, 8), 8) <= 30


def test_fit_keeps_beginning_and_end() -> None:
    assert fit("de-boersenzeitung-2024-05-21", 25, 8).startswith("de-")
    assert fit("de-boersenzeitung-2024-05-21", 25, 8).endswith("21")


def test_signs_that_the_font_lacks_become_boxes() -> None:
    assert shown("a\n漢\tb") == "a □ b"


@pytest.mark.parametrize("phrase", ["declined to comment on all of that", "wollte sich dazu lange nicht äußern"])
def test_a_phrase_too_long_for_a_line_of_words_is_broken_and_not_cut(phrase):
    lines = _break_lines([phrase], 30)
    assert len(lines) == 2 and " ".join(lines) == phrase
    assert max(measure(line, TYPE_SIZES["small"]) for line in lines) <= 30
    assert _break_lines([*phrase.split(), phrase], 30)[1].endswith(" …")
