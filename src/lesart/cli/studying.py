"""``lesart study``: the notebooks and the figures."""

import click


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

    from ..publishing import export_study, run_notebooks
    from ..study import find_study, load_study

    folder = find_study()
    loaded = load_study(folder, progress=True)
    for article, problem in loaded.left_out.itertuples(index=False):
        click.echo(f"not in the study: {article}: {problem}", err=True)
    for article, note in loaded.articles.loc[loaded.articles["note"] != "", ["article", "note"]].itertuples(index=False):
        click.echo(f"note: {article}: {note}", err=True)
    with ThreadPoolExecutor(1) as beside:  # the notebooks have kernels of their own: they run while figures are drawn
        notebooks = beside.submit(run_notebooks, folder / "notebooks") if not figures_only else None
        written = export_study(loaded, folder / "figures", ("en", "de") if labels == "both" else (labels,))
        click.echo(f"{len(written)} figures in {folder.name}/figures", err=True)
        for notebook in notebooks.result() if notebooks else ():
            click.echo(f"ran {notebook.name}", err=True)
