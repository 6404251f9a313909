"""``lesart seal``: what may be shared of articles whose texts may not."""

import sys

import click

from .common import LEXICONS, say


@click.command()
@click.argument("texts", default="corpus/press/texts", metavar="[TEXTS]")
@click.option("--to", "folder", default="corpus/press", show_default=True, metavar="DIR", help="Folder for the sheets; its register.csv is used.")
@LEXICONS
def seal(texts: str, folder: str, lexicons: str | None) -> None:
    """Write a sealed coding sheet for each text: what may be shared of articles whose texts may not.

    \b
    Example:
      lesart seal corpus/press/texts --to corpus/press
    """
    from ..lexicon import read_lexicons
    from ..press import seal_texts

    written, left_out = seal_texts(texts, folder, read_lexicons(lexicons))
    click.echo(f"{len(written)} sheets in {folder}", err=True)
    for article, problem in left_out.itertuples(index=False):
        say(f"not sealed: {article}: {problem}")
    if len(left_out):
        sys.exit(1)
