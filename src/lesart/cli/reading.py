"""``lesart read``: the reading room."""

from pathlib import Path

import click

from .common import LANGUAGE, LEXICONS, PATHS, check_output, report, say


@click.command()
@PATHS
@click.option("-o", "--output", default="reading-room.html", show_default=True, metavar="FILE", help="Page to write.")
@LANGUAGE
@LEXICONS
@click.option("--labels", type=click.Choice(["en", "de"]), default="en", show_default=True, help="Language the page opens in; it can be switched there.")
@click.option("--without-press-texts", "shareable", is_flag=True, help="Leave out the texts of corpus/press, so that the page may be passed on.")
def read(paths: tuple[str, ...], output: str, language: str | None, lexicons: str | None, labels: str, shareable: bool) -> None:
    """Write the reading room: one page to read articles in, with every hit marked and every number traced to its sentences.

    PATH is a study folder or its corpus/, or whatever the other commands read. The page needs no network and no program
    but a browser. It holds the texts: pass it on only where you may pass these on.

    \b
    Example:
      lesart read corpus/ -o reading-room.html
    """
    from ..reading import collect_folder, collect_study, render_page, write_page
    from ..study import load_study

    check_output(output)
    folder = _find_study(paths)
    if folder and (lexicons or language):
        raise click.UsageError(f"{paths[0]} is a study with lexicons and languages of its own; leave out --lexicons and --language")
    if folder:
        study = load_study(folder, progress=True)
        room = collect_study(study, with_press=not shareable, progress=True)
        for article, problem in study.left_out.itertuples(index=False):
            say(f"not in the page: {article}: {problem}")
    else:
        room, articles = collect_folder(paths, language=language, lexicons=lexicons, progress=True)
    size = write_page(render_page(room, labels), output)
    n_press = sum(entry["corpus"] == "press" and not entry["sealed"] for entry in room["index"]["articles"])
    if n_press:
        say(f"note: the page holds the texts of {n_press} press articles: for yourself; --without-press-texts makes one to pass on")
    say(f"{output}: {len(room['articles'])} articles, {size / 1e6:.1f} MB")
    if not folder:
        report(articles)


def _find_study(paths: tuple[str, ...]) -> Path | None:
    """The study folder that a path names, by itself or by its corpus/; None for articles anywhere."""
    path = Path(paths[0])
    if len(paths) > 1 or not path.is_dir():
        return None
    if (path / "corpus").is_dir():
        return path
    is_corpus = path.resolve().name == "corpus" and any((path / part).is_dir() for part in ("articles", "press"))
    return path.resolve().parent if is_corpus else None
