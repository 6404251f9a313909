"""Opens ZIP and gzip: what is in them, member by member, never more of it than it may be, and never to a disk."""

import gzip
import io
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from ..errors import CorpusError
from .bounds import MAX_BYTES, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, SMALL, say_fault, show_name

_PIECE = 1 << 20
_CLUTTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Member:
    """One file in an archive: its name (never used as a path), and its content, or why there is none."""

    name: str
    content: bytes = b""
    problem: str = ""


@dataclass
class Budget:
    """How many bytes archives may still unpack to, those within them too."""

    left: int = MAX_UNPACKED


def is_clutter(name: str) -> bool:
    """Whether a file is what a system or an office program leaves behind: hidden, a lock, a preview.

    >>> is_clutter("news/~$export.docx"), is_clutter("__MACOSX/a.txt"), is_clutter("news/a.txt")
    (True, True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in _CLUTTER or part.startswith(("~$", ".")) and part != ".." for part in parts)


def list_names(source: Path | bytes, *, limit: int | None = None) -> tuple[list[str], str]:
    """The names in a ZIP, and the content of its member "mimetype"; raises CorpusError if it is damaged, unpacks to more
    than ``limit`` bytes (2 GB), or is a bomb."""
    with _open(source) as archive:
        infos = archive.infolist()
        _check_size(infos, len(source) if isinstance(source, bytes) else source.stat().st_size, limit or MAX_UNPACKED)
        kind = next((info for info in infos if info.filename == "mimetype" and info.file_size < 200), None)
        return [info.filename for info in infos], archive.read(kind).decode("latin-1") if kind else ""


def list_members(source: Path | bytes, budget: Budget) -> Iterator[Member]:
    """The files in a ZIP, in order of their names; folders and clutter are passed over."""
    with _open(source) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.is_dir() and not is_clutter(info.filename):
                yield _read_member(archive, info, budget)


def unpack_gzip(content: bytes, budget: Budget) -> bytes:
    """What a gzip file holds; raises CorpusError if it is damaged or too much."""
    limit = min(MAX_BYTES, budget.left, max(SMALL, MAX_RATIO * len(content)))
    pieces, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise CorpusError(f"unpacks to more than {limit / 1e6:,.0f} MB; unpack it yourself if you trust it")
    except (EOFError, OSError, zlib.error) as fault:
        raise CorpusError(f"a damaged or incomplete gzip file ({say_fault(fault)}); fetch it again") from None
    budget.left -= size
    return b"".join(pieces)


def _open(source: Path | bytes) -> ZipFile:
    try:
        return ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (BadZipFile, ValueError, NotImplementedError) as fault:
        raise CorpusError(f"a damaged or incomplete ZIP, or Office file ({say_fault(fault)}); fetch it again") from None


def _check_size(infos: list[ZipInfo], packed: int, limit: int) -> None:
    """Refuses a bomb. The sizes are the archive's own word, but no member is read beyond its."""
    size = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS:
        raise CorpusError(f"an archive of {len(infos):,} files; split it into some of at most {MAX_MEMBERS:,}")
    if size > limit:
        raise CorpusError(f"unpacks to {size / 1e6:,.0f} MB, more than {limit / 1e6:,.0f}; split it")
    if size > max(SMALL, MAX_RATIO * packed):
        raise CorpusError(f"unpacks to {size / max(1, packed):,.0f} times its size, as no text does: not opened")


def _read_member(archive: ZipFile, info: ZipInfo, budget: Budget) -> Member:
    name = show_name(info.filename)
    if problem := _refuse(info, budget):
        return Member(name, problem=problem)
    try:
        content = archive.read(info)
    except (BadZipFile, EOFError, OSError, zlib.error, RuntimeError, NotImplementedError) as fault:
        return Member(name, problem=f"damaged in its archive ({say_fault(fault)})")
    budget.left -= len(content)
    return Member(name, content)


def _refuse(info: ZipInfo, budget: Budget) -> str:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or info.filename[1:2] == ":":
        return "its path leads out of its archive: not opened"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, no file"
    if info.flag_bits & 1:
        return "locked by a password; unpack the archive and add the files"
    if info.file_size >= MAX_BYTES:
        return f"{info.file_size / 1e6:,.0f} MB; files of less than {MAX_BYTES / 1e6:,.0f} MB are read from archives"
    return "the archive unpacks to too much; split it" if info.file_size > budget.left else ""
