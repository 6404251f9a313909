"""``lesart kin``: which articles tell the same story."""

from pathlib import Path

import click

from .common import LANGUAGE, OUT, PATHS, check_folder, check_output, count, read, report, say, write_csv


@click.command()
@PATHS
@OUT
@LANGUAGE
@click.option("--families", metavar="FILE", help="CSV file for the families: a row per article, with the first article of its family.")
@click.option("--figure", "folder", metavar="DIR", help="Folder for a picture of the families, with its table and alt text.")
@click.option("--labels", type=click.Choice(["en", "de"]), default="en", show_default=True, help="Language of the picture's labels.")
def kin(paths: tuple[str, ...], output: str, language: str | None, families: str | None, folder: str | None, labels: str) -> None:
    """Find articles that tell the same story: copies, cuts and adaptations, in one language and across the two.

    One row for each pair, with what shows it. Copies and cuts share their words; adaptations share names, quoted persons,
    figures and dates that are rare among the articles: give it the whole corpus, not the two articles you suspect.

    \b
    Example:
      lesart kin corpus/same_story/texts -o pairs.csv --families families.csv
    """
    from ..lineage import find_kin, list_families

    for file in (output, families or "-"):  # before the long work
        if file != "-":
            check_output(file)
    pictures = check_folder(folder) if folder is not None else None
    articles = read(paths, language)
    pairs = find_kin(articles, progress=True)
    grouped = list_families(pairs, articles)
    write_csv(pairs, output)
    if families:
        write_csv(grouped, families)
    if pictures:
        _draw(pairs, articles, pictures, labels)
    n = int((grouped["family"].value_counts() > 1).sum())
    told = (count(len(pairs), "pair", "pairs"), count(n, "family", "families"), count(len(articles), "article", "articles"))
    say("{} in {} among {}".format(*told))
    report(articles)


def _draw(pairs, articles, folder: Path, labels: str) -> None:  # noqa: ANN001
    from ..figures import describe_same_story, draw_same_story, export_figure, tabulate_same_story

    table = tabulate_same_story(pairs, articles)
    export_figure(draw_same_story(table, labels), table, f"same_story_{labels}", folder, describe_same_story(table, labels))
