"""What the commands share: their options, reading articles, saying what went wrong, writing tables."""

import os
import sys
from pathlib import Path

import click

from ..errors import LesartError

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
OUT = click.option("-o", "--output", default="-", metavar="FILE", help="CSV file to write; - is standard output (default).")
LANGUAGE = click.option("--language", type=click.Choice(["de", "en"]), help="Language of articles too short to show it.")
LEXICONS = click.option("--lexicons", metavar="DIR", help="Folder of lexicons (default: lexicons/ here, or the shipped ones).")


def read(paths: tuple[str, ...], language: str | None):  # noqa: ANN202
    """The articles at the paths a user named; pandas is loaded only now."""
    from ..articles import read_corpus

    return read_corpus(paths, language=language)


def say(line: str) -> None:
    """A line on standard error; one line, whatever stands in the ids and names it holds."""
    click.echo(" ".join(line.split()), err=True)


def report(articles) -> None:  # noqa: ANN001
    """List what could not be coded and what is odd; exit with 1 when a file could not be read."""
    for name, note in articles.loc[articles["note"] != "", ["article", "note"]].itertuples(index=False):
        say(f"note: {name}: {note}")
    problems = articles[articles["problem"] != ""]
    for name, problem in problems[["article", "problem"]].itertuples(index=False):
        say(f"not coded: {name}: {problem}")
    if (problems["words"] == 0).any():
        sys.exit(1)


def write_csv(table, output: str) -> None:  # noqa: ANN001
    """Write a table as CSV in UTF-8, whole or not at all."""
    content = table.to_csv(index=False, lineterminator="\n").encode()
    if output == "-":
        try:
            click.echo(content, nl=False)
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    path = Path(output)
    if not path.name or path.is_dir():
        raise LesartError(f"{output or 'an empty name'}: cannot be written (is no file); name a file after -o")
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise LesartError(f"{output}: cannot be written ({fault.strerror}); check folder and rights") from None
