"""Reads articles from files into the articles table. Nothing is dropped: what cannot be coded is a row that says why.

What stands in the files becomes records here; ``records.py`` makes articles of these: Unicode NFC, LF line ends, page
leftovers out (``cleaning.py``), one blank line between paragraphs, the headline first. All later places are places in that text.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

import pandas as pd
import yaml

from .errors import CorpusError
from .files import is_closed
from .progress import track
from .sentences import LANGUAGES
from .records import COLUMNS, REPORT_COLUMNS, Names, normalise, settle_articles

__all__ = ["COLUMNS", "MOST_CHARACTERS", "REPORT_COLUMNS", "count_records", "is_article_file", "read_corpus", "read_records", "select_codable"]
_TEXT_FILES = (".md", ".txt")
_TABLES = (".csv", ".parquet")
# A long read has 60,000 characters; what is far larger is no article, and would take memory that others need.
MOST_CHARACTERS = 2_000_000
# Front matter has some ten lines; reading YAML takes seconds for a megabyte of it.
_MOST_LINES_ABOVE, _MOST_CHARACTERS_ABOVE = 1_000, 200_000
# Rows of a table in memory at once, and bytes of each column of a Parquet file.
_ROWS, _BUFFER = 1_000, 1 << 20
# Files in a corpus folder that speak about it: README.md, CODEBOOK.md, LICENSE.txt.
_ABOUT = re.compile(r"[A-Z_-]+")


def read_corpus(paths: str | Path | Iterable[str | Path], *, language: str | None = None, progress: bool = True) -> pd.DataFrame:
    """The articles in files and folders: Markdown with front matter, plain text, tables (CSV, Parquet).

    A row is an article; columns ``article`` (id, unique: the front matter's ``id``, else the file's stem), ``title``,
    ``text`` (headline, blank line, body), ``language`` (de, en, unknown), ``outlet``, ``date``, ``genre``, ``url``,
    ``words``, every other column that the files bring, then ``probability`` of the language, ``taken_out`` (lines that
    cleaning removed), ``truncated`` (by a paywall), ``note`` and ``problem``. Ordered by path, folders read with all below them. ``language`` states
    the language of articles too short to show it.

    An article that cannot be coded keeps its row, with the reason in ``problem``. Raises CorpusError for a path that
    is not there, a table that cannot be read or has no column ``text``, and a folder without articles.
    """
    if language is not None and language not in LANGUAGES:
        raise CorpusError(f"language {language!r} is not known; allowed are {', '.join(LANGUAGES)}")
    records = list(read_records(paths, progress=progress))
    return settle_articles(track(records, "cleaning", "article", shown=progress), language)


def read_records(paths: str | Path | Iterable[str | Path], *, columns: Collection[str] | None = None, progress: bool = True) -> Iterator[dict]:
    """What stands in files and folders, article by article, as it stands there, for ``records.settle_articles``.

    In the order of ``read_corpus``, each with an id of its own; never more of a table in memory than a thousand rows.
    ``columns`` are those of a table that are wanted beside what every record has; all, unless they are named. Raises
    CorpusError as ``read_corpus`` does, for a table when its turn comes.
    """
    names = Names()
    files = _list_files([paths] if isinstance(paths, (str, Path)) else list(paths))
    for file in track(files, "reading", "file", shown=progress and len(files) > 1):
        found = _read_table(file, columns) if file.suffix.lower() in _TABLES else [_read_file(file)]
        yield from map(names.give, found)


def count_records(paths: str | Path | Iterable[str | Path]) -> int | None:
    """How many articles ``read_records`` will give; None where only reading tells (CSV). Raises CorpusError as it does."""
    n_records = 0
    for file in _list_files([paths] if isinstance(paths, (str, Path)) else list(paths)):
        if file.suffix.lower() == ".csv":
            return None
        if file.suffix.lower() == ".parquet":
            import pyarrow.parquet

            _table_columns(file)  # a broken file is named
            n_records += pyarrow.parquet.read_metadata(file).num_rows
        else:
            n_records += 1
    return n_records


def select_codable(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles that can be coded: those without a ``problem``; index kept."""
    return articles[articles["problem"] == ""]


def _list_files(paths: list[str | Path]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder; check the path")
        if path.is_dir():
            if is_closed(path):
                raise CorpusError(f"{path}: cannot be read (Permission denied); check its rights")
            below = [file for file in path.rglob("*") if file.is_file() and is_article_file(file) or is_closed(file)]
            if not below:
                raise CorpusError(f"{path}: no articles in this folder; .md, .txt, .csv and .parquet files are read")
            found += sorted(below)
        elif not path.is_file():  # a pipe or a device may have no end
            raise CorpusError(f"{path}: no regular file; save what it gives, and name that")
        elif path.suffix.lower() in _TEXT_FILES + _TABLES:
            found.append(path)
        else:
            raise CorpusError(f"{path}: cannot read {path.suffix or 'a file without suffix'}; .md, .txt, .csv and .parquet are read")
    return list(dict.fromkeys(found))


def is_article_file(file: Path) -> bool:
    """Whether a file in a folder holds articles: no hidden file, no README, and a table only if it has a text column."""
    if file.name.startswith(".") or _ABOUT.fullmatch(file.stem):
        return False
    if file.suffix.lower() in _TABLES:
        return "text" in _table_columns(file)
    return file.suffix.lower() in _TEXT_FILES


def _table_columns(file: Path) -> list[str]:
    try:
        if file.suffix.lower() == ".parquet":
            import pyarrow.parquet

            return pyarrow.parquet.read_schema(file).names
        return list(pd.read_csv(file, nrows=0, encoding="utf-8-sig").columns)
    except Exception as fault:  # whatever the readers of two formats raise on a broken file
        raise CorpusError(f"{file}: not a readable table ({_one_line(fault)}); save it anew") from None


def _read_table(file: Path, columns: Collection[str] | None) -> Iterator[dict]:
    there = _table_columns(file)
    if "text" not in there:
        raise CorpusError(f"{file}: no column 'text'; columns are {', '.join(there)}; rename the one with the articles")
    name = next((name for name in ("article", "id") if name in there), None)
    # An "id" stays a column of its own only beside an "article"; what Lesart says of articles is said anew.
    kept = {column: "article" if column == name else column for column in there if column not in ("words", *REPORT_COLUMNS)}
    if columns is not None:
        kept = {column: called for column, called in kept.items() if called in ("article", "text", *columns)}
    for number, row in enumerate(_iterate_rows(file, list(kept)), 1):
        record = {called: row[column] for column, called in kept.items()}
        record.setdefault("article", f"{file.stem}-{number}")
        record["place"] = _writable(f"{file.name} row {number + 1}")
        if isinstance(record["text"], str) and len(record["text"]) > MOST_CHARACTERS:
            record |= _fault(record["place"], f"more than {MOST_CHARACTERS:,} characters: not one article; split it") | {"article": record["article"]}
        yield record


def _iterate_rows(file: Path, columns: list[str]) -> Iterator[dict]:
    """The rows of a table, a thousand in memory at a time."""
    try:
        if file.suffix.lower() == ".parquet":
            import pyarrow.parquet

            # Most tables are one group of rows, read as a whole if not told otherwise.
            with pyarrow.parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as table:
                for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
                    yield from batch.to_pylist()
        else:
            options = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
            for part in pd.read_csv(file, usecols=lambda column: column in columns, chunksize=_ROWS, **options):
                yield from part.to_dict("records")
    except Exception as fault:  # whatever the readers of two formats raise on a broken file
        raise CorpusError(f"{file}: not a readable table ({_one_line(fault)}); save it anew") from None


def _read_file(file: Path) -> dict:
    """The record of a Markdown or text file; a fault becomes its ``problem``."""
    try:
        if file.stat().st_size > 4 * MOST_CHARACTERS:  # the widest encodings have four bytes to a character
            raise CorpusError(f"larger than {4 * MOST_CHARACTERS:,} bytes: not one article; split it")
        text, note = decode(file.read_bytes())
        if len(text) > MOST_CHARACTERS:
            raise CorpusError(f"more than {MOST_CHARACTERS:,} characters: not one article; split it")
        head, title, body = split_head(normalise(text), file.suffix.lower() == ".md")
    except (CorpusError, OSError) as fault:
        return _fault(str(file), _one_line(fault)) | {"article": _stem(file)}
    record = {**head, "article": head.get("id", "") or _stem(file), "title": title, "text": body, "note": note, "place": _writable(str(file))}
    for computed in ("id", "words", "probability", "taken_out", "truncated", "problem"):
        record.pop(computed, None)
    return record


def _fault(place: str, problem: str) -> dict:
    return {"title": "", "text": "", "problem": problem, "taken_out": 0, "truncated": False, "place": _writable(place)}


def _stem(file: Path) -> str:
    """The file's name without suffix, as text that can be written: NFC, bytes that are no text as "?"."""
    return _writable(normalize("NFC", file.stem))


def _writable(text: str) -> str:
    """Text without lone surrogates, which no file in UTF-8 can hold.

    >>> _writable("Löhne \\udcff")
    'Löhne ?'
    """
    return text.encode("utf-8", "replace").decode()


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and a remark when it was not UTF-8.

    >>> decode("Löhne".encode("utf-8-sig")), decode("Die Löhne der Beschäftigten steigen für alle.".encode("cp1252"))[1]
    (('Löhne', ''), 'read as cp1252')
    """
    if not raw.strip():
        raise CorpusError("empty file")
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

    # German and English files that are not UTF-8 are nearly always Windows' cp1252 or UTF-16; the older code pages come
    # second, because on a short text they are as good a guess to the detector.
    likely = from_bytes(raw, cp_isolation=["cp1252", "utf_16", "utf_16_le", "utf_16_be"]).best()
    guess = likely or from_bytes(raw, cp_isolation=["cp850", "mac_roman"]).best()
    if guess is None or "\x00" in str(guess):
        raise CorpusError("not text in a known encoding; save it as UTF-8")
    return str(guess).lstrip("\ufeff"), f"read as {guess.encoding}"


def split_head(text: str, markdown: bool) -> tuple[dict[str, str], str, str]:
    """Front matter, headline and body of a file's text."""
    head: dict[str, str] = {}
    if markdown and text.startswith("---\n"):
        block, closing, text = text[4:].partition("\n---\n")
        if not closing:
            raise CorpusError("front matter is not closed; end it with a line ---")
        head = _read_front_matter(block)
    body = text.strip("\n")
    if head.get("title"):
        return head, head["title"], body
    first, _, rest = body.partition("\n")
    if first.startswith("# "):
        return head, first[2:].strip(), rest
    return head, "", body


def _read_front_matter(block: str) -> dict[str, str]:
    if len(block) > _MOST_CHARACTERS_ABOVE or block.count("\n") >= _MOST_LINES_ABOVE:
        raise CorpusError(f"front matter of more than {_MOST_LINES_ABOVE:,} lines or {_MOST_CHARACTERS_ABOVE:,} characters; put the text below its closing ---")
    try:
        if any(getattr(event, "anchor", None) for event in yaml.parse(block, Loader=yaml.BaseLoader)):
            raise CorpusError("front matter with & or * references; write the values out")
        content = yaml.load(block, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise CorpusError(f"front matter, line {mark.line + 2 if mark else 1}: not YAML; put texts with a colon in quotes") from None
    if not isinstance(content, dict) or any(not isinstance(value, str) for value in content.values()):
        raise CorpusError("front matter must be lines 'name: text'")
    return {_writable(normalize("NFC", str(key))): _writable(normalize("NFC", value)).strip() for key, value in content.items()}


def _one_line(fault: Exception) -> str:
    return " ".join(str(getattr(fault, "strerror", None) or fault).split())[:200]
