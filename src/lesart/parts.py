"""Keeps what is done of a long run, piece by piece, so that an interrupted run goes on where it was.

A part is a Parquet file that says in its head what it was made of; it is written beside and renamed, so that what is there is
whole. The parts of the codes are there until the result is; those of the hits are a result themselves.
"""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .errors import LesartError
from .files import write_beside

_HEAD = b"lesart"
_TEXT, _NUMBER = pa.large_string(), pa.int64()
_HITS = pa.schema(
    [("article", _TEXT), ("sentence", _NUMBER), ("part", _TEXT), ("start", _NUMBER), ("end", _NUMBER), ("surface", _TEXT), ("lexicon", _TEXT),
     ("category", _TEXT), ("concept", _TEXT), ("voice", _TEXT), ("negated", pa.bool_()), ("pattern", _TEXT)]
)  # fmt: skip
_NAME = re.compile(r"\.?(?:codes|hits)-(\d{5,})\.parquet(?:\.part)?")


class Parts:
    """The parts of one run: those of the codes in ``folder``, those of the hits in ``hits``, if they are wanted."""

    def __init__(self, folder: Path, hits: Path | None = None) -> None:
        self._folder, self._hits = folder, hits

    @property
    def has_hits(self) -> bool:
        return self._hits is not None

    def find(self, number: int, digest: str) -> pd.DataFrame | None:
        """The codes of a piece that has been coded, and whose hits are there; None where it is to be coded (again)."""
        files = self._files(number)
        if not all(_read_head(file) == digest for file in files):
            return None
        try:
            return pq.read_table(files[0]).to_pandas()
        except (OSError, pa.ArrowException):  # damaged behind its head
            return None

    def keep(self, number: int, digest: str, codes: pd.DataFrame, hits: pd.DataFrame) -> None:
        """Write the parts of a piece; the codes, which say that it is done, last."""
        tables = [pa.Table.from_pandas(codes, preserve_index=False), pa.Table.from_pandas(hits, schema=_HITS, preserve_index=False)]
        for file, table in reversed(list(zip(self._files(number), tables, strict=False))):
            _write(file, table.replace_schema_metadata({**(table.schema.metadata or {}), _HEAD: digest.encode()}))

    def end(self, n_pieces: int) -> None:
        """Take away the hits of pieces that an earlier run had and this one has not."""
        for file in self._hits.iterdir() if self._hits else ():
            name = _NAME.fullmatch(file.name)
            if name and int(name[1]) >= n_pieces and _read_head(file):
                file.unlink()

    def remove(self) -> None:
        """Take away the parts of the codes, when the result is written."""
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            if _NAME.fullmatch(file.name):
                file.unlink()
        if self._folder.is_dir() and not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _files(self, number: int) -> list[Path]:
        files = [self._folder / f"codes-{number:05d}.parquet"]
        return [*files, self._hits / f"hits-{number:05d}.parquet"] if self._hits else files


def _read_head(file: Path) -> str:
    """What a part says that it was made of; empty for what is no part."""
    try:
        return (pq.read_schema(file).metadata or {}).get(_HEAD, b"").decode("ascii", "replace")
    except (OSError, pa.ArrowException):
        return ""


def _write(file: Path, table: pa.Table) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with write_beside(file) as beside:
            pq.write_table(table, beside, compression="zstd", write_statistics=False)  # no one asks for these; they are a fifth of the work
    except OSError as fault:
        raise LesartError(f"{file}: cannot be written ({fault.strerror or fault}); check folder and rights") from None
