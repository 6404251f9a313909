"""``lesart add``: articles from exports, saved pages, tables and documents into a corpus."""

import sys

import click

from .common import say


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--to", "corpus", default="corpus/articles", show_default=True, metavar="DIR", help="Folder of the corpus.")
@click.option("--text", metavar="COLUMN", help="In tables: the column with the article's text.")
@click.option("--title", metavar="COLUMN", help="The column with the headline; this and the others are guessed by their names.")
@click.option("--date", metavar="COLUMN")
@click.option("--outlet", metavar="COLUMN")
@click.option("--language", metavar="COLUMN")
@click.option("--author", metavar="COLUMN")
@click.option("--section", metavar="COLUMN")
@click.option("--url", metavar="COLUMN")
@click.option("--pages", metavar="DIR", help="Fetch the pages of lists of web addresses into this folder; without it none is.")
@click.option("--explain", is_flag=True, help="Print each line that cleaning will take out of an article, with its rule.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, write nothing.")
def add(sources: tuple[str, ...], corpus: str, pages: str | None, explain: bool, dry_run: bool, **stated: str | None) -> None:
    """Add articles to a corpus: exports of press databases, saved pages, Word, PDF, tables, archives, folders of them.

    What a file is, its content says. Each article arrives once; adding a file again adds nothing again. What was left
    out, and why, is said at the end, and of each place in import-report.csv beside the folder. The exit status is 1
    when nothing arrived.

    \b
    Example:
      lesart add exports/ news.csv --to corpus/articles
      lesart add table.parquet --text body --title headline --dry-run
    """
    from pathlib import Path

    from ..importing import ADDED, REPORT, SAME, add_sources, sum_up

    def show(article: str, taken) -> None:  # noqa: ANN001
        click.echo(f"{article}: line {taken.line}: {taken.rule}: {' '.join(taken.text.split())}")

    columns = {column: name for column, name in stated.items() if name is not None}
    folder = Path(pages) if pages else None
    report = add_sources(sources, corpus, columns=columns, tell=say, explain=show if explain else None, pages=folder, dry_run=dry_run)
    for line in sum_up(report):
        say(line)
    if columns and report["outcome"].eq(SAME).any() and not report["outcome"].eq(ADDED).any():
        say("what is there already stays as it was; to add it anew with these columns, delete its files first")
    say("nothing was written" if dry_run else f"each place: {REPORT} beside {corpus}")
    if not report["outcome"].isin([ADDED, SAME]).any():
        sys.exit(1)
