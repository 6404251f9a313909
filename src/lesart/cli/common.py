"""What the commands share: their options, reading articles, saying what went wrong, writing tables."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import click

from ..errors import LesartError
from ..files import write_beside

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
OUT = click.option("-o", "--output", default="-", metavar="FILE", help="CSV file to write (or .parquet); - is standard output (default).")
LANGUAGE = click.option("--language", type=click.Choice(["de", "en"]), help="Language of articles too short to show it.")
LEXICONS = click.option("--lexicons", metavar="DIR", help="Folder of lexicons (default: lexicons/ here, or the shipped ones).")


def read(paths: tuple[str, ...], language: str | None):  # noqa: ANN202
    """The articles at the paths a user named; pandas is loaded only now."""
    from ..articles import read_corpus

    return read_corpus(paths, language=language)


def read_records(paths: tuple[str, ...]):  # noqa: ANN201
    """What stands at these paths, article by article, with a progress bar."""
    from ..articles import count_records, read_records
    from ..progress import track

    return track(read_records(paths, columns=("title", "language", "outlet"), progress=False), "coding", "article", total=count_records(paths))


def say(line: str) -> None:
    """A line on standard error; one line, and none that steers a terminal, whatever stands in the ids and names it holds."""
    click.echo("".join(sign if sign.isprintable() else "?" for sign in " ".join(line.split())), err=True)


def count(n: int, one: str, many: str) -> str:
    """A number with its noun: 1 pair, 2 pairs."""
    return f"{n:,} {one if n == 1 else many}"


def report(*articles) -> None:  # noqa: ANN002
    """List what could not be coded and what is odd; exit with 1 when a file could not be read."""
    for table in articles:
        for name, note in table.loc[table["note"] != "", ["article", "note"]].itertuples(index=False):
            say(f"note: {name}: {note}")
    problems = [table[table["problem"] != ""] for table in articles]
    for table in problems:
        for name, problem in table[["article", "problem"]].itertuples(index=False):
            say(f"not coded: {name}: {problem}")
    if any((table["words"] == 0).any() for table in problems):
        sys.exit(1)


def write_csv(table, output: str) -> None:  # noqa: ANN001
    """Write a table as CSV in UTF-8, whole or not at all."""
    write_tables([table], output)


def write_tables(tables: Iterable, output: str) -> None:
    """Write tables with the same columns, one below the other, as CSV in UTF-8 or, into a file so called, as Parquet."""
    if output == "-":
        try:
            click.echo(b"".join(_to_csv(tables)), nl=False)
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    path = check_output(output)
    try:
        with write_beside(path) as beside, beside.open("wb") as file:
            if path.suffix.lower() == ".parquet":
                _write_parquet(tables, file)
            else:
                for lines in _to_csv(tables):
                    file.write(lines)
    except OSError as fault:
        raise LesartError(f"{output}: cannot be written ({fault.strerror or fault}); check folder and rights") from None


def check_output(output: str) -> Path:
    """The path of a file to write. Raises LesartError for what cannot be one: long work had better not find out at its end."""
    path = Path(output)
    if not path.name or path.is_dir():
        raise LesartError(f"{output or 'an empty name'}: cannot be written (is no file); name a file after -o")
    if not path.parent.is_dir():
        raise LesartError(f"{output}: cannot be written (No such file or directory); check folder and rights")
    return path


def check_folder(folder: str) -> Path:
    """The path of a folder to write into. Raises LesartError where a file has that name."""
    path = Path(folder)
    if not folder or path.exists() and not path.is_dir():
        raise LesartError(f"{folder or 'an empty name'}: is no folder; name one that is there, or a new one")
    return path


def _to_csv(tables: Iterable) -> Iterator[bytes]:
    for number, table in enumerate(tables):
        yield table.to_csv(index=False, header=number == 0, lineterminator="\n").encode()


def _write_parquet(tables: Iterable, file: BinaryIO) -> None:
    """All tables as one, in groups of rows that do not depend on how it came in pieces."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = pa.concat_tables([pa.Table.from_pandas(table, preserve_index=False) for table in tables])
    pq.write_table(whole.replace_schema_metadata().combine_chunks(), file, row_group_size=100_000)
