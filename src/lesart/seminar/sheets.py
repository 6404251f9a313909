"""One sheet for each coder of a seminar, as ``corpus/codes.csv`` is: written whole or not at all after each article.

A sheet is all that is kept, so a seminar goes on where it stopped, on another day too. Its file name is made from the
coder's name, never taken from it. One process at a time writes a folder of sheets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pandas as pd

from ..agreement import LEXICON, TOGETHER
from ..codes import read_codes
from ..errors import CorpusError
from ..files import write_whole
from ..stance import STANCES
from ..storing import slug

LONGEST_NAME = 30
# A lecture hall; what is more is no seminar, but somebody who fills the disk.
MOST_CODERS = 300
_NAME = re.compile(r"[^\W\d_][\w .'’-]*")


class CodeError(CorpusError):
    """A name or a code that cannot be kept; ``key`` says why, for the words of the page."""

    def __init__(self, key: str) -> None:
        super().__init__(f"not a code: {key}")
        self.key = key


def clean_name(name: str) -> str:
    """The name as it is kept: NFC, single spaces. Raises CodeError for one that is empty, long, no name or taken by a measure.

    >>> clean_name("  Ada   L. ")
    'Ada L.'
    """
    cleaned = normalize("NFC", " ".join(name[: 10 * LONGEST_NAME].split()))
    if len(cleaned) > LONGEST_NAME or not _NAME.fullmatch(cleaned) or cleaned.casefold() in (LEXICON, TOGETHER):
        raise CodeError("bad_name")
    return cleaned


def name_sheet(name: str) -> str:
    """The file name of a coder's sheet: small ASCII letters, digits and hyphens; names that differ by more than case never share one.

    >>> name_sheet("Ada"), name_sheet("con"), name_sheet("Jürgen")
    ('ada.csv', 'con-article-1143da2b.csv', 'juergen-19b720a9.csv')
    """
    plain, told = slug(name), normalize("NFC", name).casefold()
    return f"{plain}.csv" if plain == told else f"{plain or 'coder'}-{sha256(told.encode()).hexdigest()[:8]}.csv"


def check_code(said: Mapping[str, str], topics: tuple[str, ...]) -> dict[str, object]:
    """A code as it is kept: ``stance``, ``sure``, and each topic's share in whole percent.

    ``said`` is what a form sent. An empty share is 0. Raises CodeError where the stance or the sureness is none of the
    codebook's, a share is not a whole number from 0 to 100, or the shares do not sum to 100.

    >>> check_code({"stance": "critical", "sure": "2", "labor": "100"}, ("labor", "ethics"))
    {'stance': 'critical', 'sure': 2, 'labor': 100, 'ethics': 0}
    """
    if said.get("stance") not in STANCES:
        raise CodeError("no_stance")
    if said.get("sure") not in ("1", "2", "3"):
        raise CodeError("no_sure")
    written = [said.get(topic, "").strip() or "0" for topic in topics]
    if not all(re.fullmatch("[0-9]{1,3}", share) for share in written):
        raise CodeError("no_share")
    shares = dict(zip(topics, map(int, written), strict=True))
    if topics and sum(shares.values()) != 100:
        raise CodeError("no_sum")
    return {"stance": said["stance"], "sure": int(said["sure"]), **shares}


@dataclass(frozen=True)
class Sheets:
    """The sheets of a seminar, in ``folder``; ``topics`` are those that are coded, none where only stance is."""

    folder: Path
    topics: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Whether there is a sheet of this coder."""
        return (self.folder / name_sheet(name)).is_file()

    def open(self, name: str) -> None:
        """Begin a coder's sheet. Raises CodeError where there is one, or where there are too many."""
        if self.has(name):
            raise CodeError("name_taken")
        if len(list(self.folder.glob("*.csv"))) >= MOST_CODERS:
            raise CodeError("too_many")
        # The name is in a row of its own only from the first code on; an empty sheet keeps the place.
        self._write(name, pd.DataFrame(columns=["article", "coder", "stance", "sure", *self.topics]))

    def read(self, name: str) -> pd.DataFrame:
        """What a coder gave so far, as ``read_codes`` has it. Raises CorpusError as it does."""
        return read_codes(self.folder / name_sheet(name))

    def save(self, name: str, article: str, code: Mapping[str, object]) -> None:
        """Keep a coder's code of an article; an earlier one of the same article is replaced."""
        before = self.read(name)
        coder = before["coder"].iloc[0] if len(before) else name  # as it was first written, whatever its case now
        row = pd.DataFrame([{"article": article, "coder": coder, **code}])
        kept = before[before["article"] != article]
        self._write(name, pd.concat([kept, row], ignore_index=True) if len(kept) else row)

    def read_all(self) -> pd.DataFrame:
        """All codes in one table, by file name. Raises CorpusError as ``read_codes`` does, and where nobody has coded anything."""
        tables = [table for table in map(read_codes, sorted(self.folder.glob("*.csv"))) if len(table)]
        if not tables:
            raise CorpusError(f"{self.folder}: nobody has coded an article yet")
        return pd.concat(tables, ignore_index=True)

    def count(self) -> dict[str, set[str]]:
        """The articles that each coder has coded, by name; a sheet without codes goes by its file's name."""
        tables = {path.stem: read_codes(path) for path in sorted(self.folder.glob("*.csv"))}
        return {(table["coder"].iloc[0] if len(table) else stem): set(table["article"]) for stem, table in tables.items()}

    def _write(self, name: str, table: pd.DataFrame) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = table.rename(columns={"article": "id"}).to_csv(index=False, float_format="%g", lineterminator="\n")
        write_whole(self.folder / name_sheet(name), lines.encode(), durable=True)
