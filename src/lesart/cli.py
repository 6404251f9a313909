"""The ``lesart`` command: study, code, tag, agree, seal, and what concerns lexicons.

Exit status: 0 done; 1 something could not be read or done; 2 the call itself was wrong. Results go to files or to
standard output, everything else to standard error, a fault in one line. Heavy imports wait until a command needs them.
"""

import os
import sys
from pathlib import Path

import click

from .errors import LesartError

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_OUT = click.option("-o", "--output", default="-", metavar="FILE", help="CSV file to write; - is standard output (default).")
_LANGUAGE = click.option("--language", type=click.Choice(["de", "en"]), help="Language of articles too short to show it.")
_LEXICONS = click.option("--lexicons", metavar="DIR", help="Folder of lexicons (default: lexicons/ here, or the shipped ones).")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lesart")
def cli() -> None:
    """Compare how German and English news frame one event.

    \b
    Example:
      lesart code my-articles/ -o codes.csv     stance and topic shares of each article
      lesart study                              all notebooks and figures of the study
    """


@cli.command()
@_PATHS
@_OUT
@_LANGUAGE
@_LEXICONS
def code(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None) -> None:
    """Code articles: one row each with stance, sureness and topic shares in percent.

    PATH is an article (.md, .txt), a table (.csv, .parquet, column 'text') or a folder of them. Articles that cannot be
    coded have a row with an empty stance and are listed on standard error with the reason.

    \b
    Example:
      lesart code corpus/articles -o codes.csv
    """
    from .lexicon import read_lexicons
    from .stance import read_model
    from .study import code_articles
    from .tagging import tag_articles

    both = read_lexicons(lexicons)
    model = read_model(Path(lexicons) / "stance_model.yaml" if lexicons else None)
    articles = _read(paths, language)
    hits = tag_articles(articles, both)
    topics = next(lexicon for lexicon in both if lexicon.name == "topics").categories
    _write_csv(code_articles(articles, hits, model, topics), output)
    _report(articles)


@cli.command()
@_PATHS
@_OUT
@_LANGUAGE
@_LEXICONS
def tag(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None) -> None:
    """Tag articles: one row for each place where a pattern of the lexicons matched.

    \b
    Example:
      lesart tag corpus/articles/de-deal-a.md -o hits.csv
    """
    from .lexicon import read_lexicons
    from .tagging import tag_articles

    both = read_lexicons(lexicons)
    articles = _read(paths, language)
    _write_csv(tag_articles(articles, both), output)
    _report(articles)


@cli.command()
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

    from .publishing import export_study, run_notebooks
    from .study import find_study, load_study

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


@cli.command()
@click.argument("sheets", nargs=-1, required=True, metavar="CODES…")
def agree(sheets: tuple[str, ...]) -> None:
    """Print how far coders agree, among themselves and with the lexicon as one more coder.

    CODES are coders' sheets (.csv, as corpus/codes.csv) or what 'lesart code' wrote. The coders of the first sheet are
    the reference; every other coder is judged by what they say together. Languages come from a sheet that has them,
    as the lexicon's. The shipped stance model was fitted to the study's coded articles: its agreement on these says
    little; 'lesart lexicon fit' says how it does on angles and events left out.

    \b
    Example:
      lesart code corpus/articles -o codes.csv && lesart agree corpus/codes.csv codes.csv
    """
    from .agreement import join_sheets, read_sheet, report_agreement

    # A name for each sheet that names no coder: the file's own, the whole path where two are called alike.
    stems = [Path(sheet).stem for sheet in sheets]
    names = [stem if stems.count(stem) == 1 else sheet for stem, sheet in zip(stems, sheets, strict=True)]
    codes = join_sheets({name: read_sheet(sheet) for name, sheet in zip(names, sheets, strict=True)})
    for title, table in report_agreement(codes):
        click.echo(f"\n{title}\n{table.to_string(index=False, float_format='{:.3f}'.format, na_rep='–')}")


@cli.command()
@click.argument("texts", default="corpus/press/texts", metavar="[TEXTS]")
@click.option("--to", "folder", default="corpus/press", show_default=True, metavar="DIR", help="Folder for the sheets; its register.csv is used.")
@_LEXICONS
def seal(texts: str, folder: str, lexicons: str | None) -> None:
    """Write a sealed coding sheet for each text: what may be shared of articles whose texts may not.

    \b
    Example:
      lesart seal corpus/press/texts --to corpus/press
    """
    from .lexicon import read_lexicons
    from .press import seal_texts

    written, left_out = seal_texts(texts, folder, read_lexicons(lexicons))
    click.echo(f"{len(written)} sheets in {folder}", err=True)
    for article, problem in left_out.itertuples(index=False):
        _say(f"not sealed: {article}: {problem}")
    if len(left_out):
        sys.exit(1)


@cli.group()
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
    from .health import FAULTS, check_lexicon
    from .lexicon import find_lexicons, read_lexicon
    from .study import find_study

    import pandas as pd

    paths = [Path(file) for file in files] or [find_lexicons() / name for name in ("stance.yaml", "topics.yaml")]
    articles = _read((corpus or str(find_study() / "corpus" / "articles"),), None)
    findings = pd.concat([check_lexicon(read_lexicon(path), articles).assign(file=path.name) for path in paths], ignore_index=True)
    _write_csv(findings[["file", *(c for c in findings if c != "file")]], output)
    if findings["finding"].isin(FAULTS).any():
        sys.exit(1)


@lexicon.command()
@click.option("-o", "--output", metavar="FILE", help="Where to write the model (default: stance_model.yaml beside the lexicons).")
def fit(output: str | None) -> None:
    """Fit the stance model to the study's coded articles and say how well it does on angles it was not fitted to.

    \b
    Example:
      lesart lexicon fit
    """
    from .fitting import fit_study_model
    from .lexicon import find_lexicons
    from .study import find_study

    table = fit_study_model(find_study(), find_lexicons(), Path(output) if output else None)
    click.echo(table.to_string(index=False))


@lexicon.command()
@_PATHS
def norms(paths: tuple[str, ...]) -> None:
    """Measure the norms of the stance model anew, from articles that say the same in German and English.

    PATH is a table or folder of parallel articles; only means and spreads are kept. Fit the model afterwards.

    \b
    Example:
      lesart lexicon norms parallel.csv && lesart lexicon fit
    """
    from .fitting import renew_norms
    from .lexicon import find_lexicons

    articles = _read(paths, None)
    renew_norms(articles, find_lexicons())
    counts = articles.loc[articles["problem"] == "", "language"].value_counts().sort_index()
    click.echo(f"norms from {', '.join(f'{n} {language}' for language, n in counts.items())} articles", err=True)
    _report(articles)


def _read(paths: tuple[str, ...], language: str | None):  # noqa: ANN202
    from .articles import read_corpus

    return read_corpus(paths, language=language)


def _say(line: str) -> None:
    """A line on standard error; one line, whatever stands in the ids and names it holds."""
    click.echo(" ".join(line.split()), err=True)


def _report(articles) -> None:  # noqa: ANN001
    """List what could not be coded and what is odd; exit with 1 when a file could not be read."""
    for name, note in articles.loc[articles["note"] != "", ["article", "note"]].itertuples(index=False):
        _say(f"note: {name}: {note}")
    problems = articles[articles["problem"] != ""]
    for name, problem in problems[["article", "problem"]].itertuples(index=False):
        _say(f"not coded: {name}: {problem}")
    if (problems["words"] == 0).any():
        sys.exit(1)


def _write_csv(table, output: str) -> None:  # noqa: ANN001
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


def main() -> None:
    """Run the command; a fault is one line on standard error."""
    try:
        cli.main(prog_name="lesart", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.ctx.get_help(), err=True)
        sys.exit(2)
    except click.ClickException as fault:
        command = fault.ctx.command_path if getattr(fault, "ctx", None) else "lesart"
        click.echo(f"lesart: {' '.join(fault.format_message().split()).rstrip('.')}; see '{command} --help'", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("lesart: stopped", err=True)
        sys.exit(1)
    except LesartError as fault:
        _say(f"lesart: {fault}")
        sys.exit(1)
    except OSError as fault:
        _say(f"lesart: {fault.filename or 'a file'}: {fault.strerror or fault}; check folder and rights")
        sys.exit(1)
