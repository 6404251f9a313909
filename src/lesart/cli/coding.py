"""``lesart code``, ``tag`` and ``agree``: articles in, tables out."""

from pathlib import Path

import click

from .common import LANGUAGE, LEXICONS, OUT, PATHS, read, report, write_csv


@click.command()
@PATHS
@OUT
@LANGUAGE
@LEXICONS
def code(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None) -> None:
    """Code articles: one row each with stance, sureness and topic shares in percent.

    PATH is an article (.md, .txt), a table (.csv, .parquet, column 'text') or a folder of them. Articles that cannot be
    coded have a row with an empty stance and are listed on standard error with the reason.

    \b
    Example:
      lesart code corpus/articles -o codes.csv
    """
    from ..lexicon import read_lexicons
    from ..stance import read_model
    from ..study import code_articles
    from ..tagging import tag_articles

    both = read_lexicons(lexicons)
    model = read_model(Path(lexicons) / "stance_model.yaml" if lexicons else None)
    articles = read(paths, language)
    hits = tag_articles(articles, both)
    topics = next(lexicon for lexicon in both if lexicon.name == "topics").categories
    write_csv(code_articles(articles, hits, model, topics), output)
    report(articles)


@click.command()
@PATHS
@OUT
@LANGUAGE
@LEXICONS
def tag(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None) -> None:
    """Tag articles: one row for each place where a pattern of the lexicons matched.

    \b
    Example:
      lesart tag corpus/articles/de-deal-a.md -o hits.csv
    """
    from ..lexicon import read_lexicons
    from ..tagging import tag_articles

    both = read_lexicons(lexicons)
    articles = read(paths, language)
    write_csv(tag_articles(articles, both), output)
    report(articles)


@click.command()
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
    from ..agreement import join_sheets, read_sheet, report_agreement

    # A name for each sheet that names no coder: the file's own, the whole path where two are called alike.
    stems = [Path(sheet).stem for sheet in sheets]
    names = [stem if stems.count(stem) == 1 else sheet for stem, sheet in zip(stems, sheets, strict=True)]
    codes = join_sheets({name: read_sheet(sheet) for name, sheet in zip(names, sheets, strict=True)})
    for title, table in report_agreement(codes):
        click.echo(f"\n{title}\n{table.to_string(index=False, float_format='{:.3f}'.format, na_rep='–')}")
