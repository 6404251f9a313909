"""``lesart seal`` and ``lesart unseal``: what may be shared of articles whose texts may not, and the way back."""

import sys
from pathlib import Path

import click

from ..errors import LesartError
from .common import LEXICONS, count, say

_PRESS = "corpus/press"
# An id of so many words is a saved page's headline.
_HEADLINE_WORDS = 6


@click.command()
@click.argument("texts", default=f"{_PRESS}/texts", metavar="[TEXTS]")
@click.option("--to", "folder", metavar="DIR", help="Folder for the sheets; its register.csv is used, or written where there is none.")
@click.option("--keep", multiple=True, metavar="COLUMN", help="A column of the articles that goes into the sheets too (repeat for more).")
@LEXICONS
def seal(texts: str, folder: str | None, keep: tuple[str, ...], lexicons: str | None) -> None:
    """Write a sealed coding sheet for each text: what may be shared of articles whose texts may not.

    TEXTS is whatever the other commands read: an article, a table or a folder (default: corpus/press/texts, sealed into
    corpus/press). A sheet has the reference, a digest of the text, counts and every hit, never a sentence. The lexicons
    and the stance model go with the sheets (sealed_with/), so that who has the folder has all that the figures need.

    \b
    Example:
      lesart seal corpus/articles --to sheets/
    """
    from ..lexicon import find_lexicons, read_lexicons
    from ..press import seal_texts
    from ..sealing import copy_model

    if folder is None and Path(texts).exists() and Path(texts).name != "texts":
        raise LesartError(f"{texts}: where shall its sheets go? Name a folder: lesart seal {texts} --to sheets/")
    folder = folder or str(Path(texts).parent)
    used = Path(lexicons) if lexicons else find_lexicons()
    written, left_out = seal_texts(texts, folder, read_lexicons(used), keep=keep, progress=True)
    copy_model(used, folder)
    say(f"{count(len(written), 'sheet', 'sheets')} in {folder}")
    for name in (path.stem for path in written):
        if len(name.replace("_", " ").replace("-", " ").split()) >= _HEADLINE_WORDS:
            say(f"note: {name}: an id like a headline is shared with the sheet; give the article a short 'id' where it may not be")
    for article, problem in left_out.itertuples(index=False):
        say(f"not sealed: {article}: {problem}")
    if len(left_out):
        sys.exit(1)


@click.command()
@click.argument("sheets", metavar="SHEETS")
@click.option("--texts", required=True, metavar="DIR", help="Folder (or file) where the texts are, whatever they are called.")
def unseal(sheets: str, texts: str) -> None:
    """Put texts back beside their sheets: each text that has the digest of a sheet is copied to SHEETS/texts.

    Says which were found, which were not, and which are there in another version. Nothing in DIR is changed.

    \b
    Example:
      lesart unseal corpus/press --texts ~/press
    """
    from ..unsealing import DIFFERS, FOUND, unseal_texts

    report = unseal_texts(sheets, texts, progress=True)
    for article, state, file, what in report.itertuples(index=False):
        say(f"{state}: {article}: {f'{file}: ' if file else ''}{what}")
    counts = report["state"].value_counts()
    n_found, n_differs = int(counts.get(FOUND, 0)), int(counts.get(DIFFERS, 0))
    say(f"{n_found} of {count(len(report), 'text', 'texts')} put back, {n_differs} in another version, {len(report) - n_found - n_differs} not found")
    if n_found < len(report):
        sys.exit(1)
