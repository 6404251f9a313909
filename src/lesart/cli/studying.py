"""``lesart new`` and ``lesart study``: a study folder, its notebooks and its figures."""

import click

from .common import count, say


@click.command()
@click.argument("folder", metavar="DIR")
def new(folder: str) -> None:
    """Make a study folder for an event of your own: notebooks, lexicons to edit, an empty corpus.

    Put articles into DIR/corpus/articles and run 'lesart study' there; DIR/README.md says what comes then.

    \b
    Example:
      lesart new worldcup && cd worldcup
    """
    from ..starting import start_study

    made = start_study(folder)
    say(f"{made}: put articles into {made / 'corpus' / 'articles'}, then run 'lesart study' in {made}")


@click.command()
@click.option("--labels", type=click.Choice(["en", "de", "both"]), default="both", show_default=True, help="Language of figures and pages; of the two editions of the notebooks that one is run.")
@click.option("--figures-only", is_flag=True, help="Export the figures, leave the notebooks.")
@click.option("--report", is_flag=True, help="Also write a report and slides, one web page each, into report/.")
def study(labels: str, figures_only: bool, report: bool) -> None:
    """Run the whole study: execute all notebooks in place, in both editions, and export all figures.

    With --labels one language alone, in half the time.

    With --report also report_en.html and slides_en.html, and in German: pages that need nothing beside them and hold no
    text of an article. What a file CITATION.cff or report.yaml in the folder says of the study stands in them.

    Works in the folder that holds corpus/, notebooks/ and figures/, or in one below it.

    \b
    Example:
      lesart study --labels de
      lesart study --figures-only --report
    """
    from concurrent.futures import ThreadPoolExecutor

    from ..editions import list_editions
    from ..figures import list_left_out
    from ..publishing import export_study, import_runner, run_notebooks
    from ..study import find_study, load_study

    folder = find_study()
    loaded = load_study(folder, progress=True)
    _tell_notes(loaded)
    languages = ("en", "de") if labels == "both" else (labels,)
    if not figures_only and any((folder / "notebooks").glob("*.ipynb")):
        import_runner()
        list_editions(folder / "notebooks")  # prose that is missing is told before figures are drawn for a minute
    with ThreadPoolExecutor(1) as beside:  # the notebooks have kernels of their own: they run while figures are drawn
        notebooks = beside.submit(run_notebooks, folder / "notebooks", languages) if not figures_only else None
        written = export_study(loaded, folder / "figures", languages, progress=True)
        n_figures = len({path.stem for path in written})
        say(f"{count(n_figures, 'figure', 'figures')} in {folder.name}/figures")
        for name, why in list_left_out(loaded, "de" if labels == "de" else "en").items():
            say(f"left out: {name.rpartition('_')[0]}: {why}")
        if report:
            _write_report(loaded, folder, languages)
        for notebook in notebooks.result() if notebooks else ():
            click.echo(f"ran {notebook.relative_to(folder / 'notebooks')}", err=True)


def _tell_notes(loaded) -> None:  # noqa: ANN001
    """What is not in the study, and what is to be known of an article that is."""
    for article, problem in loaded.left_out.itertuples(index=False):
        say(f"not in the study: {article}: {problem}")
    for article, note in loaded.articles.loc[loaded.articles["note"] != "", ["article", "note"]].itertuples(index=False):
        say(f"note: {article}: {note}")


def _write_report(loaded, folder, languages: tuple[str, ...]) -> None:  # noqa: ANN001
    from ..report import measure_study, write_report

    written = write_report(measure_study(loaded, folder), folder / "figures", folder / "report", languages)
    say(f"{', '.join(path.name for path in written)} in {folder.name}/report")
