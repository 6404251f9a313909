"""Writes imported articles into a corpus so that ``read_corpus`` gives back what came: Markdown files, or one Parquet for many."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

from .articles import REPORT_COLUMNS, split_head
from .files import write_whole
from .records import normalise, tame_id

# So many articles of one file are written as Markdown, one file each; more go into one Parquet.
MOST_FILES = 1_000
# The order of an article's columns in its front matter; all others follow by name.
_ORDER = ["article", "title", "outlet", "date", "language", "author", "section", "url", "genre", "words_stated", "source", "source_id"]
# These are ours or computed by read_corpus; what a source says under these names is kept under another.
_OWN = ("source", "words", "place", *REPORT_COLUMNS)
_LONGEST_SLUG, _LONGEST_KEY, _LONGEST_ID = 80, 60, 150
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"})
# What Windows takes for a device, whatever the suffix.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
# What YAML cannot hold, or takes for the end of a line.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def slug(text: str) -> str:
    """The text as a part of a file name: small ASCII letters, digits, hyphens, at most 80.

    >>> slug("Löhne & Größe: „Das Geld“ (2/3)"), slug("../../etc/passwd")
    ('loehne-groesse-das-geld-2-3', 'etc-passwd')
    """
    plain = normalize("NFKD", normalize("NFC", text).lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    cut = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{cut}-article" if _DEVICES.fullmatch(cut) else cut


def name_article(record: Mapping[str, str], fallback: str) -> str:
    """An article's id: the source's own, else made from outlet, date and title (or how the text begins); never empty.

    >>> name_article({"outlet": "Nordbote", "date": "2025-06-13T09:00", "title": "Löhne steigen", "text": "…"}, "x")
    'nordbote-2025-06-13-loehne-steigen'
    """
    if own := record.get("article", ""):
        return tame_id(own)[:_LONGEST_ID]
    title = record.get("title", "") or record["text"].strip().split("\n", 1)[0]
    first = "-".join(slug(" ".join(title.split()[:12])).split("-")[:8])
    parts = [slug(record.get("outlet", ""))[:30], slug(record.get("date", "").split("T")[0])[:20], first]
    return "-".join(part.strip("-") for part in parts if part.strip("-")) or slug(fallback) or "article"


def prepare(record: Mapping[str, object], source: str) -> dict[str, str]:
    """A reader's record as it is written: texts only, metadata in one line, computed columns renamed, what is missing left out.

    Raises nothing; ``text`` is left as it came but for lone surrogates, which no file can hold.
    """
    text = str(record.get("text", "") or "").encode("utf-8", "replace").decode()
    prepared = {"source": source}
    for key, value in record.items():
        key, said = _one_line(str(key))[:_LONGEST_KEY], "" if value is None or value is False else _one_line(str(value))
        key = "article" if key == "id" and "article" not in record else f"{key}_stated" if key in _OWN else key
        key = "id_stated" if key == "article" and not re.search(r"[^\W\d_]", said) else key  # the number of a row is no id
        if key and said and key != "text":
            prepared[key] = said
    if not prepared.get("title") and text.lstrip("\n").startswith("# "):  # what read_corpus takes for the title
        first, _, text = text.lstrip("\n").partition("\n")
        prepared["title"] = _one_line(first[2:])
    return {key: value for key, value in prepared.items() if value} | {"text": text}


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", normalize("NFC", text)).split())


def compose_markdown(record: Mapping[str, str]) -> str:
    """The article as Markdown with front matter. Raises ValueError if it would not read back the same.

    >>> print(compose_markdown({"article": "a", "title": "Wer zahlt?", "text": "Die Firma."}))
    ---
    id: a
    title: "Wer zahlt?"
    ---
    <BLANKLINE>
    Die Firma.
    """
    keys = [key for key in _ORDER if key in record] + sorted(key for key in record if key not in (*_ORDER, "text"))
    head = {"id" if key == "article" else key: record[key] for key in keys}
    block = "".join(f"{_quote(key)}: {_quote(value)}\n" for key, value in head.items())
    content = f"---\n{block}---\n\n{record['text']}\n"
    read, _, body = split_head(normalise(content), markdown=True)
    if (read, body) != (head, normalise(record["text"]).strip("\n")):
        raise ValueError("it would not read back the same")
    return content


def _quote(value: str) -> str:
    plain = re.fullmatch(r"[^\W_](?:[\w .-]*\w)?", value)
    return value if plain else json.dumps(value, ensure_ascii=False)


class Store:
    """Takes the articles of one file and writes them when it is closed; with ``dry_run`` it writes nothing.

    Up to MOST_FILES are one Markdown file each; when there are more, all go into one Parquet, a thousand at a time.
    """

    def __init__(self, folder: Path, name: str, *, dry_run: bool) -> None:
        self._folder, self._name, self._dry_run = folder, name, dry_run
        self._buffer: list[tuple[str, dict[str, str], str]] = []
        self._pieces: list[Path] = []
        # All of them, empty or not, so that none of the others is taken for one of them when the corpus is read.
        self._columns = [*_ORDER, "text"]
        self._writer = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        try:
            if fault is None and not self._dry_run:
                self._close()
        finally:
            if self._writer:
                self._writer.close()
            for piece in self._pieces:
                piece.unlink(missing_ok=True)

    def add(self, stem: str, record: dict[str, str]) -> None:
        """Take an article; ``stem`` is the name of its file, should it get one. Raises ValueError if it cannot be written."""
        self._buffer.append((stem, record, "" if self._pieces else compose_markdown(record)))
        if len(self._buffer) > MOST_FILES:
            if self._dry_run:
                self._buffer = []
            else:
                self._spill()

    def _close(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._pieces:
            for stem, _, content in self._buffer:
                write_whole(self._folder / f"{stem}.md", content.encode())
            return
        if self._buffer:
            self._spill()
        self._writer.close()
        self._writer = None
        whole = self._pieces[0] if len(self._pieces) == 1 else self._merge()
        whole.replace(self._free_path())

    def _free_path(self) -> Path:
        stem = slug(self._name) or "articles"
        names = (f"{stem}{'' if n == 1 else f'-{n}'}.parquet" for n in range(1, 100_000))
        return next(path for path in (self._folder / name for name in names) if not path.exists())

    def _spill(self) -> None:
        """Write what has been taken into the Parquet; when it has a new column, into a new piece of it."""
        records = [record for _, record, _ in self._buffer]
        new = {key for record in records for key in record}.difference(self._columns)
        if new or self._writer is None:
            self._columns = _sort_columns({*self._columns, *new})
            if self._writer:
                self._writer.close()
            self._writer = self._open(self._columns)
        self._writer.write_table(_tabulate(records, self._columns))
        self._buffer = []

    def _open(self, columns: list[str]):  # noqa: ANN202
        from pyarrow.parquet import ParquetWriter

        self._folder.mkdir(parents=True, exist_ok=True)
        self._pieces.append(self._folder / f".{slug(self._name) or 'articles'}-{len(self._pieces)}.part")
        return ParquetWriter(self._pieces[-1], _schema(columns), compression="zstd")

    def _merge(self) -> Path:
        pieces = list(self._pieces)
        with self._open(self._columns) as writer:
            for records in _read_back(pieces):
                writer.write_table(_tabulate(records, self._columns))
        return self._pieces[-1]


def _sort_columns(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name == "text", name))


def _schema(columns: list[str]):  # noqa: ANN202
    import pyarrow

    return pyarrow.schema([(column, pyarrow.string()) for column in columns])


def _tabulate(records: list[dict[str, str]], columns: list[str]):  # noqa: ANN202
    import pyarrow

    return pyarrow.table([pyarrow.array([record.get(column) for record in records], pyarrow.string()) for column in columns], schema=_schema(columns))


def _read_back(pieces: list[Path]) -> Iterator[list[dict[str, str]]]:
    from pyarrow.parquet import ParquetFile

    for piece in pieces:
        with ParquetFile(piece) as file:
            yield from (batch.to_pylist() for batch in file.iter_batches(MOST_FILES))
