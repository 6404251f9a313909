"""Reads tables of articles, a row each: CSV (any delimiter), XLSX, JSON, JSON Lines, Parquet.

Columns may have any name (``columns.py``); those that are no column of Lesart are kept as they are called. CSV, JSON Lines
and Parquet are read row by row, however large the file. Cells in HTML are taken for its text (``markup``).
"""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from ..articles import decode
from ..errors import CorpusError
from .bounds import say_fault, show_name
from .columns import choose_columns, is_named
from .dates import read_date
from .found import Found
from .markup import has_markup, strip_markup
from .sniffing import HEAD, tell_delimiter, tell_kind

# A cell, or a line of JSON, that is longer holds no article: a quotation mark was not closed.
_LONGEST = 20_000_000
# So many rows show which columns there are, where the file itself has no list of them.
_SAMPLE = 1_000
_BATCH = 200
_PIECE = 1 << 20

_Row = tuple[str, dict[str, object] | str]  # place, and the cells, or what is wrong


def read(content: bytes, name: str, **options: object) -> Iterator[Found]:
    """The articles of a table; ``columns`` and ``tell`` as in ``read_path``."""
    return _read_stream(io.BytesIO(content), name, **options)


def read_path(path: Path, **options: object) -> Iterator[Found]:
    """The articles of a table, row by row.

    ``columns`` states names of columns ({"text": "body"}); the others are guessed, and ``tell`` is called with a line that
    says how. A row without a text, or with more or fewer cells than there are columns, is a problem at its place.
    """
    with path.open("rb") as stream:
        yield from _read_stream(stream, path.name, **options)


def _read_stream(stream: BinaryIO, name: str, *, columns: Mapping[str, str] | None = None, tell: Callable[[str], None] | None = None, **_: object) -> Iterator[Found]:
    head = stream.read(HEAD)
    stream.seek(0)
    kind = tell_kind(head, named=(columns or {}).values()) if not head.startswith(b"PK") else "xlsx"
    rows = _READ_ROWS[kind](stream)
    sample = list(islice(rows, _SAMPLE))
    names = list(dict.fromkeys(name for _, cells in sample if isinstance(cells, dict) for name in cells))
    if not names:
        yield Found("", problem="a table without rows" if not sample else str(sample[0][1]))
        return
    chosen = choose_columns(names, columns or {})
    if tell:
        tell(f"{name}: " + ", ".join(f"{column} from column {wanted!r}" for column, wanted in chosen.items()))
    yield from (_find(place, cells, chosen) for place, cells in chain(sample, rows))


def _find(place: str, cells: dict[str, object] | str, chosen: dict[str, str]) -> Found:
    if isinstance(cells, str):
        return Found(place, problem=cells)
    standard = {wanted: column for column, wanted in chosen.items()}
    record = {}
    for name, value in cells.items():
        # "note" is what a reader says of its own work.
        column = standard.get(name) or (name if name not in (*chosen, "note") else f"{name}_stated")
        said = _write(value) if column != "date" else _write_date(value)
        if said.strip():
            record[column] = said
    if has_markup(record.get("text", "")):
        record |= {"text": strip_markup(record["text"]), "markup": "HTML, taken out"}
    return Found(place, record) if record.get("text") else Found(place, problem="no text")


def _write(value: object) -> str:
    """A cell as text: nothing for what is missing, whole numbers without a point, lists parted by semicolons."""
    if value is None or value != value:  # NaN, NaT
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "; ".join(_write(part) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _write_date(value: object) -> str:
    """A date as ISO 8601 where it is one or can be read; else as it stands.

    >>> _write_date("13.6.2025"), _write_date(datetime(2025, 6, 13, 9, 5)), _write_date("06/07/2025")
    ('2025-06-13', '2025-06-13', '06/07/2025')
    """
    return value.date().isoformat() if isinstance(value, datetime) and value == value else read_date(_write(value))


def _read_csv(stream: BinaryIO) -> Iterator[_Row]:
    lines = io.TextIOWrapper(stream, encoding=_tell_encoding(stream), errors="replace", newline="")
    delimiter = tell_delimiter(lines.readline())
    lines.seek(0)
    rows = _list_cells(csv.reader(lines, delimiter=delimiter or ","))
    number = 1
    try:
        header = _unique(next(rows, []))
        for number, cells in enumerate(rows, 2):
            if len(cells) == len(header):
                yield f"row {number}", dict(zip(header, cells, strict=True))
            elif any(cells):
                yield f"row {number}", f"cells: {len(cells)}, but columns: {len(header)}; put texts that hold {delimiter!r} in quotation marks"
    except csv.Error as fault:
        yield f"row {number + 1}", f"cannot be read from here on ({say_fault(fault)}); look for a quotation mark that is not closed"
    finally:
        lines.detach()


def _list_cells(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a CSV file, with long cells: the limit is one of the whole process, so it is raised for each row alone."""
    while True:
        before = csv.field_size_limit(_LONGEST)
        try:
            row = next(rows, None)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _tell_encoding(stream: BinaryIO) -> str:
    """UTF-16 if it says so, UTF-8 if all of the file is; else what the first part that is not shows."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in iter(partial(stream.read, _PIECE), b""):
            if stream.tell() <= _PIECE and piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return "utf-16"
            decoder.decode(piece)
    except UnicodeDecodeError as fault:
        return decode(fault.object[max(0, fault.start - HEAD) : fault.start + HEAD])[1].removeprefix("read as ") or "cp1252"
    finally:
        stream.seek(0)
    return "utf-8-sig"


def _unique(names: Iterable[object]) -> list[str]:
    """Names of columns, none empty, none twice."""
    unique: list[str] = []
    for number, name in enumerate(names, 1):
        name = _write(name).strip() or f"column {number}"
        unique.append(name if name not in unique else f"{name} ({number})")
    return unique


def _read_xlsx(stream: BinaryIO) -> Iterator[_Row]:
    from openpyxl import load_workbook

    book = load_workbook(stream, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            rows = ((number, cells) for number, cells in enumerate(sheet.iter_rows(values_only=True), 1) if any(cell is not None for cell in cells))
            _, names = next(rows, (0, ()))
            while names and names[-1] is None:
                names = names[:-1]
            header = _unique(names)
            place = f"{show_name(sheet.title)} row" if len(book.worksheets) > 1 else "row"
            yield from ((f"{place} {number}", dict(zip(header, cells, strict=False))) for number, cells in rows)
    finally:
        book.close()


def _read_json(stream: BinaryIO) -> Iterator[_Row]:
    try:
        content = json.loads(decode(stream.read())[0], strict=False)
    except ValueError as fault:
        raise CorpusError(f"not JSON ({say_fault(fault)}); export it again") from None
    if isinstance(content, dict) and not any(is_named(name, "text") for name in content):
        lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        content = max(lists, key=len, default=[content])
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        yield f"item {number}", _flatten(item) if isinstance(item, dict) else "no object with names and values"


def _read_jsonl(stream: BinaryIO) -> Iterator[_Row]:
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            yield f"line {number}", f"longer than {_LONGEST:,} bytes: not one article; nothing is read from here on"
            return
        if not line.strip():
            continue
        try:
            item = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), strict=False)
        except (ValueError, RecursionError) as fault:
            yield f"line {number}", f"not JSON in UTF-8 ({say_fault(fault)})"
            continue
        yield f"line {number}", _flatten(item) if isinstance(item, dict) else "no object with names and values"


def _flatten(item: dict) -> dict[str, object]:
    """The values of an object, those of an object in it under both names: {"source": {"name": …}} is "source: name"."""
    flat = {}
    for name, value in item.items():
        flat |= {f"{name}: {inner}": part for inner, part in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def _read_parquet(stream: BinaryIO) -> Iterator[_Row]:
    import pyarrow.parquet

    # One column chunk after the other and nothing ahead: memory stays that of a batch, not of a group of rows.
    with pyarrow.parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_PIECE) as file:
        number = 0
        for batch in file.iter_batches(_BATCH, use_threads=False):
            names = _unique(batch.schema.names)
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield f"row {number}", dict(zip(names, cells, strict=True))


_READ_ROWS: dict[str, Callable[[BinaryIO], Iterator[_Row]]] = {
    "csv": _read_csv,
    "json": _read_json,
    "jsonl": _read_jsonl,
    "parquet": _read_parquet,
    "xlsx": _read_xlsx,
}
