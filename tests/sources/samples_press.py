"""One sample of each export of a press database, all invented."""

from pathlib import Path

import samples_factiva
import samples_nexis
import samples_others
from pieces_press import GERMAN, PIECES

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


def list_broken() -> dict[str, tuple[bytes, str]]:
    """Names of files without an article, their contents, and a part of the reason that is given."""
    return {
        "bad/captcha.html": (samples_others.genios_html(captcha=True), "no article text on the page"),
        "bad/abstract.txt": (samples_others.proquest_txt((GERMAN,), abstract_only=(GERMAN,)), "an abstract only"),
        "bad/note.txt": (samples_others.genios_txt((GERMAN,), texts={GERMAN: (samples_others.NOTE,)}), "sends to the PDF"),
        "bad/note.pdf": (samples_others.genios_pdf((GERMAN,), texts={GERMAN: (samples_others.NOTE,)}), "sends to the PDF"),
        "bad/cut.DOCX": (samples_nexis.nexis_docx()[:3_000], "damaged or incomplete"),
    }
