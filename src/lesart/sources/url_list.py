"""Lists of web addresses, a text file with one in each line or a table with a column for them: fetches and reads the pages."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import CorpusError
from .decoding import decode
from .fetching import PAUSE, cached_page, fetch_pages, parse_address
from .found import Found
from .web_page import read_page

# The names, in small letters, of the column that holds the addresses.
ADDRESS_COLUMNS = ("url", "urls", "link", "links", "address", "adresse", "webadresse")
LARGEST_LIST, LONGEST_ADDRESS = 20_000_000, 2_000
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """An address of the list: ``place`` is its line ("line 3"), ``told`` what the table says of it beside."""

    place: str
    address: str
    told: dict[str, str] = field(default_factory=dict)


def recognise(head: bytes, name: str) -> bool:
    """Whether a file that begins with these bytes is a list of web addresses; a table that has a column "text" is none."""
    if b"\0" in head:
        return False
    lines = [line for line in decode(head).split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        return False
    if all(_ADDRESS.fullmatch(line.strip()) for line in (lines[:-1] or lines)):
        return True
    columns = [cell.strip().lower() for cell in next(csv.reader([lines[0]], delimiter=_delimiter(lines[0])), [])]
    return name.lower().endswith((".csv", ".tsv")) and any(column in ADDRESS_COLUMNS for column in columns) and "text" not in columns


def list_addresses(content: bytes) -> list[Listed]:
    """The addresses of a list, in its order; lines that begin with # are remarks. Raises CorpusError for a list that is
    too large or a table that cannot be read.

    >>> list_addresses(b"# two\\nhttps://a.test/1\\n\\nhttps://b.test/2\\n")[1]
    Listed(place='line 4', address='https://b.test/2', told={})
    >>> list_addresses("URL;Medium\\nhttps://a.test/1;Musterblatt\\n".encode())[0].told
    {'outlet': 'Musterblatt'}
    """
    if len(content) > LARGEST_LIST:
        raise CorpusError(f"list larger than {LARGEST_LIST:,} bytes; split it")
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    if _ADDRESS.match(first.strip()):
        lines = ((f"line {number}", line.strip()) for number, line in enumerate(text.split("\n"), 1))
        return [Listed(place, line) for place, line in lines if line and not line.startswith("#")]
    return _list_rows(text, first)


# What a table of addresses may say of each, under its German names too.
_NAMES = {"medium": "outlet", "quelle": "outlet", "source": "outlet", "titel": "title", "datum": "date", "autor": "author", "sprache": "language"}


def _list_rows(text: str, first: str) -> list[Listed]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(first))
    listed = []
    try:
        column = next((name for name in rows.fieldnames or [] if name and name.strip().lower() in ADDRESS_COLUMNS), None)
        if column is None:
            raise CorpusError(f"no column with web addresses; name it url, not {', '.join(map(str, rows.fieldnames or ['nothing']))[:100]}")
        for row in rows:
            told = {name.strip().lower(): value.strip() for name, value in row.items() if isinstance(name, str) and isinstance(value, str) and name not in (column, "text") and value.strip()}
            if row[column] and row[column].strip():
                listed.append(Listed(f"line {rows.line_num}", row[column].strip(), {_NAMES.get(name, name): value for name, value in told.items()}))
    except csv.Error as fault:
        raise CorpusError(f"line {rows.line_num}: not a readable table ({fault}); save it anew") from None
    return listed


def _delimiter(line: str) -> str:
    return max(";\t,", key=lambda sign: (line.count(sign), sign == ","))


def read_path(
    path: str | Path, *, cache: str | Path, contact: str = "", pause: float = PAUSE, allow_local: bool = False, progress: bool = False
) -> Iterator[Found]:
    """The article of each address in a list, in its order, or the reason why there is none, each as soon as it is there.

    What lies in ``cache`` already is not fetched again; for the other options see ``fetch_pages``. What the table says of
    an article goes before what its page says. Raises CorpusError for a list that cannot be read.
    """
    listed = list_addresses(Path(path).read_bytes())
    urls = [str(len(item.address) <= LONGEST_ADDRESS and parse_address(item.address)[0] or item.address) for item in listed]
    fetched = fetch_pages((url for url in urls if len(url) <= LONGEST_ADDRESS), cache, contact=contact, pause=pause, allow_local=allow_local, progress=progress)
    seen: dict[str, str] = {}
    with closing(fetched):
        for item, url in zip(listed, urls, strict=True):
            if seen.setdefault(url, item.place) != item.place:
                yield Found(item.place, problem=f"the same address as {seen[url]}")
                continue
            problem = next(fetched)[1] if len(url) <= LONGEST_ADDRESS else f"address longer than {LONGEST_ADDRESS:,} signs"
            yield _read_item(item, url, problem, cache)


def _read_item(item: Listed, url: str, problem: str, cache: str | Path) -> Found:
    if problem:
        return Found(item.place, problem=f"{item.address[:200]}: {problem}")
    found = read_page(cached_page(cache, url).read_bytes(), place=item.place)
    if found.problem:
        return Found(item.place, problem=f"{item.address[:200]}: {found.problem}")
    return Found(item.place, {**found.record, **item.told})
