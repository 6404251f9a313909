"""``lesart seminar``: a class codes blind in its browsers; the teacher opens what the codes show."""

from functools import partial
from pathlib import Path

import click

from ..errors import LesartError
from .common import check_folder, say


@click.command()
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--articles", "n_articles", type=click.IntRange(1), metavar="N", help="So many articles, drawn by --seed, both languages alike (default: all).")
@click.option("--seed", type=int, default=2025, show_default=True, help="Draws and orders the articles.")
@click.option("--stance-only", is_flag=True, help="Code stance and sureness, no topics.")
@click.option("--coders", "n_coders", type=click.IntRange(1), metavar="N", help="So many coders are expected (default: those who join).")
@click.option("--to", "target", default="seminar", show_default=True, metavar="DIR", help="Where codes and results are kept.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at; 0.0.0.0 lets the room's network in, unencrypted.")
@click.option("--port", type=click.IntRange(0, 65535), default=8123, show_default=True)
@click.option("--labels", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Language of the labels until a coder chooses.")
@click.option("--reveal", is_flag=True, help="Open the results and write them as pages, without serving.")
@click.option("--yes", is_flag=True, help="With --reveal: also when not all have finished.")
@click.option("--handouts", metavar="DIR", help="Write the handouts for paper and the teacher's key (PDF) into DIR, without serving.")
@click.option("--pick", multiple=True, metavar="ID", help="With --handouts: an article to print; give it again for another (default: two, drawn by --seed).")
def seminar(folder: str | None, n_articles: int | None, seed: int, stance_only: bool, n_coders: int | None, target: str, reveal: bool, yes: bool, handouts: str | None, pick: tuple[str, ...], **server) -> None:  # noqa: ANN003, E501
    """Let a class code articles blind, in any browser, and then show what the codes say.

    DIR holds the articles (default: corpus/articles of the study). Each coder has a sheet in seminar/codes, saved after
    every article; stopped at any time, the same command goes on. Key and lexicon stay hidden until the teacher opens
    the results, on the page whose address is printed or with --reveal.

    \b
    Example:
      lesart seminar --articles 8 --stance-only --host 0.0.0.0
      lesart seminar --reveal
      lesart seminar --handouts handouts/ --pick de-workers-a --pick en-workers-b
    """
    from ..articles import read_corpus, select_codable
    from ..lexicon import find_lexicons, read_lexicons
    from ..seminar.room import Room, draw_articles
    from ..seminar.sheets import Sheets
    from ..study import find_study

    place = Path(folder) if folder else find_study() / "corpus" / "articles"
    lexicons = find_lexicons()
    topics = () if stance_only else tuple(next(lexicon for lexicon in read_lexicons(lexicons) if lexicon.name == "topics").categories)
    codable = select_codable(read_corpus(place, progress=False))
    if handouts:
        _write_handouts(codable, place, Path(handouts), lexicons, topics, pick or tuple(draw_articles(codable, n_articles or 2, seed=seed)["article"]))
        return
    if pick:
        raise click.UsageError("--pick names articles for --handouts; without it, --articles N draws them")
    articles = draw_articles(codable, None if reveal else n_articles, seed=seed)
    room = Room(Path(target), articles, Sheets(Path(target) / "codes", topics), n_coders, seed)
    if reveal:
        _write_reveal(room, place, lexicons, yes)
    else:
        _serve(room, partial(_tell, room, place, lexicons), **server)


def _write_handouts(articles, place: Path, target: Path, lexicons: Path, topics: tuple[str, ...], ids: tuple[str, ...]) -> None:  # noqa: ANN001
    from ..lexicon import read_lexicons
    from ..seminar.handouts import check_shareable, pick_articles, read_tables, write_handouts
    from ..seminar.revealing import read_with_lexicon
    from ..stance import read_model

    check_shareable(place)
    check_folder(str(target))
    reading = read_with_lexicon(pick_articles(articles, ids), read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"), _find_corpus(place))
    key, codes = read_tables(place, topics)
    written = write_handouts(reading, target, topics=topics, key=key, codes=codes)
    say(f"{target}: {', '.join(path.name for path in written)} with {', '.join(reading.articles['article'])}; the key is not for the class")


def _find_corpus(place: Path) -> Path | None:
    """The corpus that a folder of articles belongs to."""
    return next((above for above in place.resolve().parents if above.name == "corpus"), None)


def _tell(room, place: Path, lexicons: Path) -> dict:  # noqa: ANN001
    """The values of the reveal page."""
    from ..lexicon import read_lexicons
    from ..seminar.revealing import read_key, read_with_lexicon, tell_reveal
    from ..stance import read_model

    key = read_key(place.with_name("key.csv")) or read_key(place.with_name(f"{place.name}_key.csv"))
    reading = read_with_lexicon(room.articles, read_lexicons(lexicons), read_model(lexicons / "stance_model.yaml"), _find_corpus(place))
    return tell_reveal(room.sheets.read_all(), reading, key)


def _write_reveal(room, place: Path, lexicons: Path, yes: bool) -> None:  # noqa: ANN001
    from ..files import write_whole
    from ..seminar.pages import LABELS, render

    codes = room.sheets.read_all()
    coded = set(codes["article"])
    done = room.sheets.count()
    late = [name for name, own in done.items() if own < coded] + [f"{(room.n_coders or 0) - len(done)} more"] * (len(done) < (room.n_coders or 0))
    if late and not yes:
        click.confirm(f"Not finished: {', '.join(late)}. Open the results?", abort=True, err=True)
    told = _tell(room, place, lexicons)
    room.open()
    for labels in LABELS:
        page = render("reveal", labels, coder=None, teacher=False, room_open=False, **told)
        write_whole(room.folder / f"reveal_{labels}.html", page.encode())
    write_whole(room.folder / "codes.csv", codes.rename(columns={"article": "id"}).to_csv(index=False, float_format="%g", lineterminator="\n").encode())
    say(f"{room.folder}: reveal_de.html, reveal_en.html, and all codes in codes.csv for 'lesart agree'; a running seminar shows the results from now on")


def _serve(room, tell, *, host: str, port: int, labels: str) -> None:  # noqa: ANN001
    import asyncio
    import secrets
    import socket

    from ..seminar.server import make_application, serve

    token = secrets.token_urlsafe(16)
    application = make_application(room, tell, token=token, host=host, labels=labels)

    def ready(open_port: int) -> None:
        try:
            own = socket.gethostbyname(socket.gethostname()) if host == "0.0.0.0" else host  # noqa: S104
        except OSError:
            own = "this machine's address"
        say(f"seminar: {len(room.articles)} articles; coders open http://{own}:{open_port}/")
        say(f"teacher: http://{'127.0.0.1' if host == '0.0.0.0' else own}:{open_port}/teacher?token={token}")  # noqa: S104
        say("Ctrl-C stops; the same command goes on")

    try:
        asyncio.run(serve(application, host, port, ready))
    except OSError as fault:
        raise LesartError(f"{room.folder}: cannot be written ({fault.strerror}); check folder and rights") from None
