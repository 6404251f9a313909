"""One sample of each export of a press database, all invented."""

from pathlib import Path

import samples_factiva
import samples_nexis
import samples_others
from pieces_press import PIECES

MAKERS = {**samples_nexis.ALL, **samples_factiva.ALL, **samples_others.ALL, "zotero.ris": samples_others.ris}


def build(folder: Path) -> list[str]:
    """Write one file of each format into ``folder``; the titles of the articles in them, in the order of the files' names."""
    titles = []
    for name, make in sorted(MAKERS.items()):
        content = make()
        (folder / name).write_bytes(content)
        titles += [] if name.endswith(".ris") else [piece.title for piece in PIECES[: n_pieces(name)]]
    return titles


def n_pieces(name: str) -> int:
    """How many of the pieces a sample holds: two, unless its maker takes all three."""
    return 3 if MAKERS[name].__defaults__ and PIECES in MAKERS[name].__defaults__ else 2
