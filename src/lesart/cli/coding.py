"""``lesart code``, ``tag`` and ``agree``: articles in, tables out."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..errors import LesartError
from .common import LANGUAGE, LEXICONS, OUT, PATHS, check_folder, check_output, read, read_records, report, say, write_csv, write_tables


@click.command()
@PATHS
@OUT
@LANGUAGE
@LEXICONS
@click.option("--hits", metavar="DIR", help="Also write all hits, as Parquet files, into this folder.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Code in so many processes (needs lesart[scale]).")
@click.option("--scheduler", metavar="ADDRESS", help="Code on the Dask cluster of this scheduler, tcp://… (needs lesart[scale]).")
@click.option(
    "--families",
    type=click.Choice(["all", "once", "per-language"]),
    default="all",
    show_default=True,
    help="Of articles that tell the same story (lesart kin) code all, the longest, or the longest in each language.",
)
def code(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None, hits: str | None, families: str, **cluster) -> None:  # noqa: ANN003
    """Code articles: one row each with stance, sureness and topic shares in percent.

    PATH is an article (.md, .txt), a table (.csv, .parquet, column 'text') or a folder of them. Articles that cannot be
    coded have a row with an empty stance and are listed on standard error with the reason.

    A large corpus goes piece by piece. What is done stands in FILE.parts until FILE is written; the same command takes it
    up after an interruption.

    \b
    Example:
      lesart code corpus/articles -o codes.csv
      lesart code million.parquet -o codes.csv --hits hits/ --workers 8
    """
    from ..engine import REPORT, Coder, code_records, use_cluster
    from ..lexicon import read_lexicons
    from ..parts import Parts
    from ..stance import read_model

    if cluster["workers"] and cluster["scheduler"]:
        raise click.UsageError("--workers and --scheduler exclude one another; name one")
    both = read_lexicons(lexicons)
    coder = Coder(both, read_model(Path(lexicons) / "stance_model.yaml" if lexicons else None), language)
    said = []

    def keep_said(table):  # noqa: ANN001, ANN202
        said.append(table.loc[(table["note"] != "") | (table["problem"] != ""), ["article", *REPORT]])
        return table.drop(columns=list(REPORT))

    with ExitStack() as stack:
        folder = f"{check_output(output)}.parts" if output != "-" else stack.enter_context(TemporaryDirectory())
        parts = Parts(Path(folder), check_folder(hits) if hits is not None else None)
        workers = stack.enter_context(use_cluster(coder, n_workers=cluster["workers"], scheduler=cluster["scheduler"]))
        write_tables(map(keep_said, code_records(_select_records(paths, language, families), workers, parts=parts)), output)
        parts.remove()
    report(*said)


def _select_records(paths: tuple[str, ...], language: str | None, families: str):  # noqa: ANN202
    """The records to code; of each family one or one a language, where that is wanted: those left out are told."""
    if families == "all":
        return read_records(paths)
    from ..lineage import find_kin, keep_one_per_family, list_families

    articles = read(paths, language)
    pairs = find_kin(articles, progress=True)
    kept = keep_one_per_family(articles, pairs, by_language=families == "per-language")["article"]
    family = list_families(pairs, articles).set_index("article")["family"]
    for name in articles.loc[~articles["article"].isin(kept), "article"]:
        say(f"left out: {name}: tells the same story as {', '.join(other for other in kept if family[other] == family[name])}")
    names = set(kept)
    return (record for record in read_records(paths) if record["article"] in names)


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
    if codes["coder"].nunique() < 2:
        raise LesartError(f"{', '.join(sheets)}: one coder only; name another sheet too, as: lesart agree corpus/codes.csv codes.csv")
    for title, table in report_agreement(codes):
        click.echo(f"\n{title}\n{table.to_string(index=False, float_format='{:.3f}'.format, na_rep='–')}")
