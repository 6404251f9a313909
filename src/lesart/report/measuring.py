"""All that a report says, as tables: gathered once for a study, whatever language the report is written in."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..agreement import LEXICON, compare_coders, join_sheets, judge_coder, read_sheet
from ..contrast import compare_stance_topics, compare_stances
from ..figures import FIGURES
from ..figures.export import complete_tables, find_least_sure
from ..seminar.revealing import read_with_lexicon
from ..study import Study, code_articles


@dataclass(frozen=True)
class Measured:
    """A study with what a report needs beside its own tables.

    ``figures``: the table of each figure of ``FIGURES`` that has something to show, by name; ``lacks``: of each other the
    label that says why. ``article``: the one whose stance is least sure, empty where none has one. ``comparison``,
    ``by_language``, ``by_stance``: as ``contrast`` makes them. ``codes``: coders and lexicon as ``join_sheets`` has them,
    ``judged`` as
    ``judge_coder``, ``agreement`` as ``compare_coders``; empty without codes. ``unseen``: whether articles were judged by
    weights fitted without their angle.
    """

    study: Study
    folder: Path
    article: str
    figures: dict[str, pd.DataFrame]
    lacks: dict[str, str]
    comparison: pd.DataFrame
    by_language: pd.DataFrame
    by_stance: pd.DataFrame
    codes: pd.DataFrame = field(default_factory=pd.DataFrame)
    judged: pd.DataFrame = field(default_factory=pd.DataFrame)
    agreement: pd.DataFrame = field(default_factory=pd.DataFrame)
    unseen: bool = False


def measure_study(study: Study, folder: Path) -> Measured:
    """Gather what a report says of the study in ``folder``. Raises CorpusError for sheets of codes that cannot be read."""
    tables, article = complete_tables(study), find_least_sure(study.stances)
    lacks, figures = {}, {}
    for name, figure in FIGURES.items():
        lack = "no_stance" if figure.of_article and not article else figure.lacks(tables, article if figure.of_article else None)
        if lack:
            lacks[name] = lack
        else:
            figures[name] = figure.tabulate(tables, article if figure.of_article else None)
    contrasts = (tables["comparison"], compare_stances(study.stances, study.articles), compare_stance_topics(study.weights, study.stances))
    return Measured(study, folder, article, figures, lacks, *contrasts, *_judge(study, folder / "corpus"))


def _judge(study: Study, corpus: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, bool]:
    """Codes of people beside the lexicon's, the lexicon judged by them, their agreement, and whether it was held back from what it was fitted to."""
    sheets = [read_sheet(path) for path in (corpus / "codes.csv", corpus / "press" / "codes.csv") if path.is_file()]
    people = pd.concat(sheets, ignore_index=True) if sheets else pd.DataFrame(columns=["article"])
    people = people[people["article"].isin(study.articles["article"])]
    if people.empty:
        return pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), False
    own, unseen = _code(study, corpus)
    codes = join_sheets({"coders": people, LEXICON: own[own["stance"] != ""]})
    return codes, judge_coder(codes), compare_coders(codes), unseen


def _code(study: Study, corpus: Path) -> tuple[pd.DataFrame, bool]:
    """The lexicon's codes; articles that its weights were fitted to are coded by weights fitted without their angle."""
    topics = list(dict.fromkeys(study.weights["topic"]))
    codes = code_articles(study.articles, study.hits, study.model, topics)
    told = study.articles[(study.articles["corpus"] != "press") & ~study.articles["sealed"]]
    if told.empty or not (corpus / "codes.csv").is_file():
        return codes, False
    reading = read_with_lexicon(told.reset_index(drop=True), study.lexicons, study.model, corpus)
    again = reading.codes.set_index("article")
    kept = codes[~codes["article"].isin(again.index)]
    return pd.concat([again.reset_index(), kept], ignore_index=True), reading.left_out
