"""``lesart lexicon``: check lexicons, fit the stance model, measure its norms."""

import sys
from pathlib import Path

import click

from ..errors import CorpusError
from .common import PATHS, read, report, say, write_csv


@click.group()
def lexicon() -> None:
    """Check lexicons, and fit the stance model to coded articles.

    \b
    Example:
      lesart lexicon check lexicons/topics.yaml
    """


@lexicon.command()
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--corpus", metavar="PATH", help="Articles to check against (default: corpus/articles of the study).")
@click.option("-o", "--output", default="-", metavar="FILE", help="CSV file to write; - is standard output (default).")
def check(files: tuple[str, ...], corpus: str | None, output: str) -> None:
    """Find what is wrong with lexicons: a row per finding, with file and line.

    A pattern in two categories, a concept without one language, a pattern never seen in the corpus, what each wildcard
    catches, one language far richer than the other. Exit status 1 when there is a fault (not only remarks).

    \b
    Example:
      lesart lexicon check lexicons/topics.yaml --corpus corpus/articles
    """
    from ..health import FAULTS, check_lexicon
    from ..lexicon import find_lexicons, read_lexicon

    import pandas as pd

    paths = [Path(file) for file in files] or [find_lexicons() / name for name in ("stance.yaml", "topics.yaml")]
    lexicons = [read_lexicon(path) for path in paths]
    articles = read((corpus,), None) if corpus else _read_own()
    findings = [check_lexicon(lexicon, articles).assign(file=path.name) for lexicon, path in zip(lexicons, paths, strict=True)]
    findings = pd.concat(findings, ignore_index=True)
    write_csv(findings[["file", *(c for c in findings if c != "file")]], output)
    if findings["finding"].isin(FAULTS).any():
        sys.exit(1)


def _read_own():  # noqa: ANN202
    """The articles of the study here; none, and a line that says so, where there are none yet."""
    from ..articles import COLUMNS
    from ..study import find_study

    import pandas as pd

    try:
        return read((str(find_study() / "corpus" / "articles"),), None)
    except CorpusError as fault:
        say(f"note: checked without articles ({fault}), or name some with --corpus")
        return pd.DataFrame(columns=COLUMNS)


@lexicon.command()
@click.option("-o", "--output", metavar="FILE", help="Where to write the model (default: stance_model.yaml beside the lexicons).")
def fit(output: str | None) -> None:
    """Fit the stance model to the study's coded articles and say how well it does on angles it was not fitted to.

    \b
    Example:
      lesart lexicon fit
    """
    from ..fitting import fit_study_model
    from ..lexicon import find_lexicons
    from ..study import find_study

    table = fit_study_model(find_study(), find_lexicons(), Path(output) if output else None)
    click.echo(table.to_string(index=False))


@lexicon.command()
@PATHS
def norms(paths: tuple[str, ...]) -> None:
    """Measure the norms of the stance model anew, from articles that say the same in German and English.

    PATH is a table or folder of parallel articles; only means and spreads are kept. Fit the model afterwards.

    \b
    Example:
      lesart lexicon norms parallel.csv && lesart lexicon fit
    """
    from ..fitting import renew_norms
    from ..lexicon import find_lexicons

    articles = read(paths, None)
    renew_norms(articles, find_lexicons())
    counts = articles.loc[articles["problem"] == "", "language"].value_counts().sort_index()
    click.echo(f"norms from {', '.join(f'{n} {language}' for language, n in counts.items())} articles", err=True)
    report(articles)
