"""What a seminar codes: which articles, in which order for whom, and whether the reveal is open.

Nothing in here knows the key. Ids, genres and file names stay on the teacher's machine, for they may tell: coders see
articles by their number in an order of their own.
"""

import os
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest
from pathlib import Path
from random import Random

import pandas as pd

from ..errors import CorpusError
from ..sentences import LANGUAGES
from .sheets import Sheets

_SEED = 2025
_CODE_LETTERS = 8


def draw_articles(articles: pd.DataFrame, n_articles: int | None = None, *, seed: int = _SEED) -> pd.DataFrame:
    """The articles of a seminar, ordered by id: all, or so many drawn by the seed, the languages as evenly as they are there.

    A larger draw holds the smaller one. Neither key nor codes are looked at. Raises CorpusError where there are none.

    >>> all_of_them = pd.DataFrame({"article": list("abcdef"), "language": ["de"] * 4 + ["en"] * 2})
    >>> draw_articles(all_of_them, 4)["language"].tolist()
    ['de', 'de', 'en', 'en']
    """
    if articles.empty:
        raise CorpusError("no article that can be coded; name a folder with articles after 'lesart seminar'")
    drawn = []
    for language in LANGUAGES:
        names = sorted(articles.loc[articles["language"] == language, "article"])
        Random(f"{seed} {language}").shuffle(names)
        drawn += [(place, language, name) for place, name in enumerate(names)]
    kept = {name for _, _, name in sorted(drawn)[:n_articles]}
    return articles[articles["article"].isin(kept)].sort_values("article", ignore_index=True)


def order_articles(articles: pd.DataFrame, name: str, *, seed: int = _SEED) -> list[str]:
    """The ids in a coder's own order, the same whenever she comes back."""
    ids = sorted(articles["article"])
    Random(f"{seed} {name.casefold()}").shuffle(ids)
    return ids


def list_paragraphs(article: Mapping[str, str]) -> list[str]:
    """The paragraphs of an article as coders read them, without the headline where the text begins with it.

    >>> list_paragraphs({"title": "Ein Fund", "text": "Ein Fund\\n\\nEs war still.\\n\\nDann nicht."})
    ['Es war still.', 'Dann nicht.']
    """
    paragraphs = [part for part in article["text"].split("\n\n") if part.strip()]
    return paragraphs[1:] if paragraphs and paragraphs[0].split() == str(article["title"]).split() else paragraphs


@dataclass(frozen=True)
class Room:
    """A seminar: its folder, its articles (``article``, ``language``, ``title``, ``text``), its sheets, how many coders are expected."""

    folder: Path
    articles: pd.DataFrame
    sheets: Sheets
    n_coders: int | None = None
    seed: int = _SEED

    def order(self, name: str) -> list[str]:
        """As ``order_articles``."""
        return order_articles(self.articles, name, seed=self.seed)

    @property
    def is_open(self) -> bool:
        """Whether the teacher has opened the reveal; from then on no code is taken."""
        return self._mark.is_file()

    def open(self) -> None:
        """Open the reveal."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mark.touch()

    @property
    def _mark(self) -> Path:
        return self.folder / "revealed"

    def progress(self) -> dict[str, int]:
        """How many of the seminar's articles each coder has coded."""
        ids = set(self.articles["article"])
        return {name: len(done & ids) for name, done in self.sheets.count().items()}

    def is_finished(self) -> bool:
        """Whether all coders who began, and no fewer than are expected, have coded every article."""
        done = self.progress()
        return len(done) >= max(self.n_coders or 1, 1) and min(done.values()) == len(self.articles)

    def read_secret(self) -> str:
        """The secret that signs this seminar's cookies, made once and kept, so that they outlive a restart."""
        path = self.folder / "secret"
        self.folder.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        secret = path.read_text(encoding="ascii", errors="replace").strip()
        if len(secret) != 64:
            raise CorpusError(f"{path}: damaged; delete it, and a new one is made (coders then come back with new return codes)")
        return secret

    def return_code(self, name: str) -> str:
        """What a coder types to go on with her sheet from another device or day: eight letters and digits that only she is shown."""
        made = digest(self.read_secret().encode(), f"return {name.casefold()}".encode(), sha256)
        return b32encode(made).decode()[:_CODE_LETTERS].lower()
