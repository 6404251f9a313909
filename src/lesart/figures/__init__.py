"""The figures of a study. For each one function makes the table, one draws it, and one says in words what it shows.

``tabulate_x(...)`` → table → ``draw_x(table, labels)`` → figure → ``export_figure(...)``; ``describe_x(table, labels)`` is
the alt text. Without ``labels`` both speak the language of the edition (``labels.edition_language``): German in a notebook
in ``notebooks/de``, else English. ``FIGURES`` lists them in the order of the study, and ``export_all`` writes them all.
Importing this package loads matplotlib; ``import lesart`` does not.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..sealing import reduce_surfaces  # words as a sheet has them: the same with a text and without, and never a passage
from ..sentences import LANGUAGES
from .corpus_overview import describe_corpus, draw_corpus, tabulate_corpus
from .export import export_all, export_figure, list_left_out
from .labels import say
from .plate import Plate
from .robustness import describe_robustness, draw_robustness, tabulate_robustness
from .same_story import describe_same_story, draw_same_story, tabulate_same_story
from .stance_explanation import describe_explanation, draw_explanation, tabulate_explanation
from .stance_map import describe_stance_map, draw_stance_map, tabulate_stance_map
from .stance_shares import describe_stance_shares, draw_stance_shares, tabulate_stance_shares
from .style import STANCE_COLOURS, TOPIC_COLOURS, topic_colours
from .topic_contrast import describe_topic_contrast, draw_topic_contrast, tabulate_topic_contrast
from .topic_dispersion import describe_dispersion, draw_dispersion, tabulate_dispersion
from .topic_heatmap import describe_topic_heatmap, draw_topic_heatmap, tabulate_topic_heatmap
from .topic_positions import describe_positions, draw_positions, tabulate_positions
from .topic_stances import describe_topic_stances, draw_topic_stances, tabulate_topic_stances


def _no_articles(tables: dict, _: str | None) -> str:
    return "" if len(tables["articles"]) else "no_articles"


def _no_stance(tables: dict, _: str | None) -> str:
    return "" if (tables["stances"]["stance"] != "").any() else "no_stance"


def _one_stance(tables: dict, _: str | None) -> str:
    return _no_stance(tables, _) or ("one_article" if (tables["stances"]["stance"] != "").sum() < 2 else "")


def _no_topics(tables: dict, article: str | None) -> str:
    weights = tables["weights"] if article is None else tables["weights"].query("article == @article")
    return "" if (weights["hits"] > 0).any() else "no_topic_hits"


def _one_with_topics(tables: dict, _: str | None) -> str:
    spoken = tables["weights"].loc[tables["weights"]["hits"] > 0, "article"].nunique()
    return _no_topics(tables, None) or _one_stance(tables, _) or ("one_article" if spoken < 2 else "")


def _one_language(tables: dict, _: str | None) -> str:
    told = tables["comparison"].iloc[0] if len(tables["comparison"]) else {"n_de": 0, "n_en": 0}
    missing = [language for language in LANGUAGES if not told[f"n_{language}"]]
    if not missing:
        return ""
    return "no_topic_hits" if set(missing) & set(tables["articles"]["language"]) else f"no_articles_in_{missing[0]}"


@dataclass(frozen=True)
class FigureKind:
    """One entry of ``FIGURES``: how to make, draw and describe a figure from the tables of a study.

    ``tabulate(tables, article)`` takes the dict that ``complete_tables`` gives, and an article's id where ``of_article``.
    ``lacks(tables, article)`` is the label of what is missing where there is too little to show, else empty.
    """

    title: str
    tabulate: Callable[[dict, str | None], pd.DataFrame]
    draw: Callable[..., Plate]
    describe: Callable[..., str]
    of_article: bool = False
    lacks: Callable[[dict, str | None], str] = _no_articles

    def entitle(self, labels: str = "en", article: str | None = None) -> str:
        """The figure's title, which says what is shown and no finding."""
        return say(self.title, labels, article=article)


def _explain(tables: dict, article: str | None) -> pd.DataFrame:
    from ..stance import explain_stance

    explanation = explain_stance(reduce_surfaces(tables["hits"]), tables["articles"], str(article), tables["model"])
    return tabulate_explanation(explanation, tables["stances"], str(article))


def _topics(tables: dict) -> list[str]:
    return list(dict.fromkeys(tables["weights"]["topic"]))


FIGURES: dict[str, FigureKind] = {
    "corpus_overview": FigureKind("corpus_title", lambda t, _: tabulate_corpus(t["articles"]), draw_corpus, describe_corpus),
    "stance_map": FigureKind("stance_map_title", lambda t, _: tabulate_stance_map(t["articles"], t["stances"]), draw_stance_map, describe_stance_map, lacks=_no_stance),
    "stance_shares": FigureKind(
        "stance_shares_title", lambda t, _: tabulate_stance_shares(t["articles"], t["stances"]), draw_stance_shares, describe_stance_shares, lacks=_one_stance
    ),
    "topic_heatmap": FigureKind(
        "topic_heatmap_title",
        lambda t, _: tabulate_topic_heatmap(t["articles"], t["stances"], t["weights"]),
        draw_topic_heatmap,
        describe_topic_heatmap,
        lacks=_no_topics,
    ),
    "topic_contrast": FigureKind(
        "topic_contrast_title", lambda t, _: tabulate_topic_contrast(t["comparison"]), draw_topic_contrast, describe_topic_contrast, lacks=_one_language
    ),
    "topic_stances": FigureKind(
        "topic_stances_title",
        lambda t, _: tabulate_topic_stances(t["articles"], t["stances"], t["weights"]),
        draw_topic_stances,
        describe_topic_stances,
        lacks=_one_with_topics,
    ),
    "stance_explanation": FigureKind("explanation_title", _explain, draw_explanation, describe_explanation, of_article=True, lacks=_no_stance),
    "topic_dispersion": FigureKind(
        "dispersion_title",
        lambda t, article: tabulate_dispersion(reduce_surfaces(t["hits"]), t["sentences"], _topics(t), str(article)),
        draw_dispersion,
        describe_dispersion,
        of_article=True,
        lacks=_no_topics,
    ),
    "topic_positions": FigureKind(
        "positions_title",
        lambda t, _: tabulate_positions(t["hits"], t["sentences"], t["articles"], _topics(t)),
        draw_positions,
        describe_positions,
        lacks=_no_topics,
    ),
    "robustness": FigureKind(
        "robustness_title",
        lambda t, _: tabulate_robustness(t["hits"], t["articles"], t["model"], _topics(t)),
        draw_robustness,
        describe_robustness,
        lacks=_one_stance,
    ),
}

__all__ = [
    "FIGURES", "STANCE_COLOURS", "TOPIC_COLOURS", "FigureKind", "Plate", "describe_corpus", "describe_dispersion", "describe_explanation",
    "describe_positions", "describe_robustness", "describe_same_story", "describe_stance_map", "describe_stance_shares", "describe_topic_contrast", "describe_topic_heatmap",
    "describe_topic_stances", "draw_corpus", "draw_dispersion", "draw_explanation", "draw_positions", "draw_robustness", "draw_same_story", "draw_stance_map",
    "draw_stance_shares", "draw_topic_contrast", "draw_topic_heatmap", "draw_topic_stances", "export_all", "export_figure", "list_left_out",
    "tabulate_corpus", "tabulate_dispersion", "tabulate_explanation", "tabulate_positions", "tabulate_robustness", "tabulate_same_story", "tabulate_stance_map",
    "tabulate_stance_shares", "tabulate_topic_contrast", "tabulate_topic_heatmap", "tabulate_topic_stances", "topic_colours",
]  # fmt: skip
