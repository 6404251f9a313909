"""One file per format that articles come from; each reads what a source holds, and says of each place what it found.

A reader is a module with ``read(content, name, **options)``, or with ``read_path(path, **options)`` when it reads piece by
piece; both give ``Found``. A reader of one kind of export among others has ``recognise(head, name)`` too, which sees the first 64 kB, or
``recognise_document(content)``, which sees all.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..errors import CorpusError, LesartError
from ..files import is_closed
from . import bounds, sniffing
from .archive import Budget, is_clutter, list_members, list_names, unpack_gzip
from .bounds import MAX_BYTES, TookTooLong, lift_limit, limit_time, say_fault, show_name
from .found import Found
from .mojibake import count_lost, mend

__all__ = ["Found", "list_files", "read_source"]

# The readers of one kind of export, asked in this order whether a file is theirs, and the kinds of file they are asked about.
_EXPORTS = {
    "nexis_docx": ("docx",),
    "nexis_text": ("text", "rtf", "pdf"),
    "nexis_html": ("html",),
    "factiva_html": ("html",),
    "europresse_html": ("html",),
    "factiva_rtf": ("rtf",),
    "genios": ("rtf", "html", "text", "pdf"),
    "pressreader": ("text",),
    "proquest": ("text",),
}
# The reader of each kind of file, where none of the above takes it.
_KINDS = {
    **{kind: kind for kind in ("docx", "odt", "rtf", "pdf", "text", "mht", "warc")},
    **{kind: "table" for kind in ("csv", "json", "jsonl", "parquet", "xlsx")},
    "html": "web_page",
    "feed": "feed",
    "references": "ris",
}
# An archive may hold archives, but these no others.
_DEEPEST = 1
_CLOSED = "cannot be read (Permission denied); check its rights"
_Tell = Callable[[str], None] | None


def list_files(path: Path) -> list[Path]:
    """The file, or all files in a folder and below it, in order; hidden ones and what office programs leave behind are not.

    A folder that may not be looked into is there in the place of its files: what reads it says so.
    """
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder; check the path")
    if not path.is_dir() or is_closed(path):
        return [path]
    below = (file for file in path.rglob("*") if not file.is_dir() or is_closed(file))
    return sorted(file for file in below if not is_clutter(file.relative_to(path).as_posix()))


def read_source(path: str | Path, *, columns: Mapping[str, str] | None = None, tell: _Tell = None, pages: Path | None = None) -> Iterator[Found]:
    """What stands in a file or folder: each article, and the reason for each place where there is none.

    What a file is, its content says, never its suffix. Archives are opened, folders read with all below them; ``place``
    then begins with the file's name. ``columns`` states which columns of a table are the article's ({"text": "body"}),
    ``tell`` gets a line on how the others were guessed. The pages of a list of web addresses are fetched into the folder
    ``pages``, if one is given. Whatever a reader raises becomes the reason of its file. Raises CorpusError for a path that
    is not there.

    Text that was saved in a wrong encoding is mended where it can be (the record then has ``mended``); where some letters are
    lost, ``note`` says how many.
    """
    path = Path(path)
    for file in list_files(path):
        found = _guard(_read_file(file, pages, columns=columns, tell=tell))
        yield from _put_under(show_name(file.relative_to(path).as_posix()), found) if path.is_dir() else found


def _put_under(name: str, found: Iterable[Found]) -> Iterator[Found]:
    for item in found:
        yield replace(item, place=f"{name}: {item.place}" if item.place else name)


def _guard(found: Iterator[Found]) -> Iterator[Found]:
    """What a reader finds; whatever it raises is the last thing found, and no step of it lasts too long."""
    while True:
        try:
            with limit_time(bounds.MAX_SECONDS), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                item = _mend(next(found))
        except StopIteration:
            return
        except TookTooLong:
            item = Found("", problem=f"reading it took longer than {bounds.MAX_SECONDS:,} seconds; split it")
        except LesartError as fault:
            item = Found("", problem=str(fault))
        except PermissionError:
            item = Found("", problem=_CLOSED)
        except Exception as fault:  # a reader's own fault, or its library's, must not stop the others
            item = Found("", problem=f"cannot be read, most likely damaged ({type(fault).__name__}: {say_fault(fault)}); save or fetch it again")
        yield item


def _mend(item: Found) -> Found:
    """The same with mended text; a note when some letters are lost, a problem when they are many."""
    if item.problem:
        return item
    mended = {column: mend(value) for column, value in item.record.items() if isinstance(value, str)}
    n_places = sum(n for _, n in mended.values())
    n_lost, too_many = count_lost(str(item.record.get("text", "")))
    lost = f"letters are lost (they read \ufffd): {n_lost}"
    if too_many:
        return Found(item.place, problem=f"{lost}; save the source anew as UTF-8")
    told = {"mended": f"{n_places} places of UTF-8 that had been read as cp1252"} if n_places else {}
    if n_lost:
        told["note"] = "; ".join(filter(None, [str(item.record.get("note", "")), lost]))
    return replace(item, record={**item.record, **{column: text for column, (text, _) in mended.items()}, **told}) if told else item


def _read_file(file: Path, pages: Path | None, **options: object) -> Iterator[Found]:
    if is_closed(file):
        raise CorpusError(_CLOSED)
    if not file.is_file():
        raise CorpusError("no regular file")
    with file.open("rb") as stream:
        head = stream.read(sniffing.HEAD)
    kind = _tell(head, file, options)
    if kind == "gzip" and sniffing.tell_kind(_open_head(head)) == "warc":
        kind = "warc"
    if kind == "zip":
        yield from _read_zip(file, Budget(), 0, options)
        return
    if kind in ("text", "csv") and _is_address_list(head, file.name, options):
        yield from _read_addresses(file, pages)
        return
    reader = _find_reader(_KINDS.get(kind, ""))
    if kind in sniffing.STREAMED and hasattr(reader, "read_path"):
        yield from reader.read_path(file, **(options if _KINDS[kind] == "table" else {}))
        return
    size = file.stat().st_size
    if size >= MAX_BYTES:
        raise CorpusError(f"{size / 1e6:,.0f} MB, and no table that can be read piece by piece; split it into files of less than {MAX_BYTES / 1e6:,.0f} MB")
    yield from _read_content(file.read_bytes(), file.name, Budget(), 0, options)


def _is_address_list(head: bytes, name: str, options: Mapping[str, object]) -> bool:
    reader = _find_reader("url_list")
    return reader is not None and not sniffing.has_text_column(head, named=(options.get("columns") or {}).values()) and reader.recognise(head, name)


def _read_addresses(file: Path, pages: Path | None) -> Iterator[Found]:
    if pages is None:
        raise CorpusError("a list of web addresses; name a folder for their pages with --pages, and they are fetched")
    # Addresses are fetched slowly, out of courtesy; each page has bounds of its own.
    yield from lift_limit(_find_reader("url_list").read_path(file, cache=pages))


def _open_head(head: bytes) -> bytes:
    """The beginning of what a gzip file holds; nothing if it is none."""
    from zlib import decompressobj, error

    try:
        return decompressobj(31).decompress(head, sniffing.HEAD)
    except error:
        return b""


def _tell(head: bytes, source: Path | bytes, options: Mapping[str, object]) -> str:
    names = list_names(source) if head.startswith(b"PK\x03\x04") else ()
    return sniffing.tell_kind(head, *names, named=(options.get("columns") or {}).values())


def _read_content(content: bytes, name: str, budget: Budget, depth: int, options: Mapping[str, object]) -> Iterator[Found]:
    head = content[: sniffing.HEAD]
    kind = _tell(head, content, options)
    if kind == "zip":
        yield from _read_zip(content, budget, depth, options)
    elif kind == "gzip":
        if depth > _DEEPEST:
            raise CorpusError("an archive within an archive within an archive; unpack it")
        yield from _read_content(unpack_gzip(content, budget), name.removesuffix(".gz"), budget, depth + 1, options)
    elif kind == "empty":
        raise CorpusError("empty file")
    else:
        reader = _find_export(kind, content, name) or _find_reader(_KINDS.get(kind, ""))
        if reader is None:
            raise CorpusError(sniffing.REFUSED.get(kind) or f"no reader for {kind} is here")
        if not hasattr(reader, "read"):
            raise CorpusError(f"a {kind} file within an archive; unpack it")
        # At one go: the time limit is that of the file.
        yield from list(reader.read(content, name, **(options if _KINDS.get(kind) == "table" else {})))


def _read_zip(source: Path | bytes, budget: Budget, depth: int, options: Mapping[str, object]) -> Iterator[Found]:
    if depth > _DEEPEST:
        raise CorpusError("an archive within an archive within an archive; unpack it")
    n_members = 0
    for member in list_members(source, budget):
        n_members += 1
        if member.problem:
            yield Found(member.name, problem=member.problem)
        else:
            yield from _put_under(member.name, _guard(_read_content(member.content, member.name, budget, depth + 1, options)))
    if not n_members:
        raise CorpusError("an archive without files")


def _find_export(kind: str, content: bytes, name: str) -> ModuleType | None:
    """The reader of an export that takes the file for its own: by all of it if it can, else by how it begins."""
    for export, kinds in _EXPORTS.items():
        reader = _find_reader(export) if kind in kinds else None
        if reader is None:
            continue
        if hasattr(reader, "recognise_document"):
            taken = reader.recognise_document(content)
        else:
            taken = reader.recognise(content[: sniffing.HEAD], name)
        if taken:
            return reader
    return None


@cache
def _find_reader(name: str) -> ModuleType | None:
    """A reader's module, imported when it is first needed; None when there is none."""
    try:
        return import_module(f"{__name__}.{name}") if name else None
    except ModuleNotFoundError as fault:
        if fault.name == f"{__name__}.{name}":
            return None
        raise
