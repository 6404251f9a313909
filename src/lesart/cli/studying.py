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
@click.option("--labels", type=click.Choice(["en", "de", "both"]), default="both", show_default=True, help="Language of the figures' labels.")
@click.option("--figures-only", is_flag=True, help="Export the figures, leave the notebooks.")
def study(labels: str, figures_only: bool) -> None:
    """Run the whole study: execute all notebooks in place and export all figures.

    Works in the folder that holds corpus/, notebooks/ and figures/, or in one below it.

    \b
    Example:
      lesart study --labels de
    """
    from concurrent.futures import ThreadPoolExecutor

    from ..figures import list_left_out
    from ..publishing import export_study, import_runner, run_notebooks
    from ..study import find_study, load_study

    folder = find_study()
    loaded = load_study(folder, progress=True)
    for article, problem in loaded.left_out.itertuples(index=False):
        say(f"not in the study: {article}: {problem}")
    for article, note in loaded.articles.loc[loaded.articles["note"] != "", ["article", "note"]].itertuples(index=False):
        say(f"note: {article}: {note}")
    if not figures_only and any((folder / "notebooks").glob("*.ipynb")):
        import_runner()
    with ThreadPoolExecutor(1) as beside:  # the notebooks have kernels of their own: they run while figures are drawn
        notebooks = beside.submit(run_notebooks, folder / "notebooks") if not figures_only else None
        written = export_study(loaded, folder / "figures", ("en", "de") if labels == "both" else (labels,), progress=True)
        n_figures = len({path.stem for path in written})
        say(f"{count(n_figures, 'figure', 'figures')} in {folder.name}/figures")
        for name, why in list_left_out(loaded, "de" if labels == "de" else "en").items():
            say(f"left out: {name.rpartition('_')[0]}: {why}")
        for notebook in notebooks.result() if notebooks else ():
            click.echo(f"ran {notebook.relative_to(folder / 'notebooks')}", err=True)
