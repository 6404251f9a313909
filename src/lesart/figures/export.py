"""Writes figures: picture, vector, page, the table behind it and words for who cannot see it. The same bytes on every run."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ..files import make_file_name, write_beside, write_whole
from ..progress import track
from .labels import say
from .style import in_style

DPI = 200
# Digits of a table's numbers: more than a figure shows, fewer than two processors may disagree about.
_DIGITS = 8


def export_figure(figure: Figure, table: pd.DataFrame, name: str, folder: str | Path, alt: str, caption: str = "") -> list[Path]:
    """Write ``name.png`` (200 dpi), ``.svg``, ``.pdf``, ``.csv`` (the table) and ``.txt`` (the alt text); returns the paths.

    ``caption`` goes into the files' own titles. No file holds a date, and each is written beside its place and then
    renamed, so that a reader sees the old one or the new one, never half of one. The folder is made where it is missing.
    """
    folder, name = Path(folder), make_file_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    title = caption or alt
    metadata = {
        "png": {"Title": title, "Description": alt, "Software": None},
        "svg": {"Title": title, "Description": alt, "Date": None, "Creator": "Lesart"},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None, "Creator": "Lesart", "Producer": "matplotlib"},
    }
    paths = []
    with in_style():
        for suffix, told in metadata.items():
            path = folder / f"{name}.{suffix}"
            with write_beside(path) as beside:
                figure.savefig(beside, format=suffix, dpi=DPI, metadata=told)
            paths.append(path)
    return [*paths, _write(folder, name, "csv", _to_csv(table)), _write(folder, name, "txt", alt.strip() + "\n")]


def _write(folder: Path, name: str, suffix: str, text: str) -> Path:
    path = folder / f"{name}.{suffix}"
    write_whole(path, text)
    return path


def _to_csv(table: pd.DataFrame) -> str:
    return table.round(_DIGITS).to_csv(index=False, lineterminator="\n")


def export_all(
    tables: Mapping[str, Any] | Any, folder: str | Path, labels: str = "en", articles: Iterable[str] | None = None, *, progress: bool = False
) -> list[Path]:
    """Draw and write every figure of ``FIGURES`` that has something to show; returns the paths.

    A figure with too little to show is left out (``list_left_out`` says why); one of that name from before is removed.

    ``tables``: a mapping, or any object with attributes (a ``Study``), of ``articles``, ``sentences``, ``hits``,
    ``stances``, ``weights``; and, where they are there, ``comparison`` (what ``compare_languages`` makes of the weights)
    and ``model`` (the stance model; else the one beside the lexicons). ``articles``: those that get the two figures of
    one article; without it the one whose stance is least sure. Files are called as the figure, then the article where it
    is of one, then the label language: ``stance_map_en.png``, ``stance_explanation_de-dasgeld_en.svg``.

    Raises KeyError for a table that is missing and for an article that is not there.
    """
    tables = complete_tables(tables)
    paths: list[Path] = []
    for figure, called, article, lack in track(list(_list_figures(tables, labels, articles)), f"figures ({labels})", "figure", shown=progress):
        if lack:
            _remove(Path(folder), called)
            continue
        table = figure.tabulate(tables, article)
        alt = figure.describe(table, labels)
        paths += export_figure(figure.draw(table, labels), table, called, folder, alt, figure.entitle(labels, article))
    return paths


def list_left_out(tables: Mapping[str, Any] | Any, labels: str = "en", articles: Iterable[str] | None = None) -> dict[str, str]:
    """The figures that ``export_all`` leaves out, by file name without suffix, and why, in a sentence."""
    return {called: say(lack, labels) for _, called, _, lack in _list_figures(complete_tables(tables), labels, articles) if lack}


def _list_figures(tables: dict, labels: str, articles: Iterable[str] | None) -> Iterator[tuple[Any, str, str | None, str]]:
    """Each figure with its file name, its article where it is of one, and the label of what it lacks."""
    from . import FIGURES

    least_sure = find_least_sure(tables["stances"])
    chosen = ([least_sure] if least_sure else []) if articles is None else list(articles)
    for name, figure in FIGURES.items():
        for article in chosen if figure.of_article else [None]:
            yield figure, "_".join(part for part in (name, article, labels) if part), article, figure.lacks(tables, article)


def _remove(folder: Path, name: str) -> None:
    for suffix in ("png", "svg", "pdf", "csv", "txt"):
        (folder / f"{make_file_name(name)}.{suffix}").unlink(missing_ok=True)


def complete_tables(tables: Mapping[str, Any] | Any) -> dict[str, Any]:
    """The tables that figures need, as a dict, with the comparison of the languages made where it is missing.

    Raises KeyError that names what is missing.
    """
    get = tables.get if isinstance(tables, Mapping) else lambda name: getattr(tables, name, None)
    needed = ("articles", "sentences", "hits", "stances", "weights")
    told = {name: get(name) for name in (*needed, "comparison", "model")}
    missing = [name for name in needed if told[name] is None]
    if missing:
        raise KeyError(f"no table {', '.join(missing)}; figures need {', '.join(needed)}")
    if told["comparison"] is None:
        from ..contrast import compare_languages

        told["comparison"] = compare_languages(told["weights"], told["articles"])
    return told


def find_least_sure(stances: pd.DataFrame) -> str:
    """The article whose two likeliest stances are closest; by name among equals; empty where none has a stance."""
    coded = stances[stances["stance"] != ""].sort_values(["margin", "article"], kind="stable")
    return str(coded["article"].iloc[0]) if len(coded) else ""
