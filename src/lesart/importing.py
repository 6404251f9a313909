"""Adds articles from files of all kinds to a corpus, each once, and says of each that did not arrive why.

The raw text is kept: what cleaning takes out, it takes out when the corpus is read. Two texts are the same when their
sentences are, word by word; what may differ is case, punctuation, the headline, and short lines such as bylines. A text
that was edited is another text.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pandas as pd

from .records import normalise
from .cleaning import LONG_LINE, PROSE_WORDS, Taken, clean_text
from .walls import WALL_LONGEST
from .errors import CorpusError
from .files import write_whole
from .progress import track
from .sources import Found, list_files, read_source
from .sources.bounds import show_name
from .storing import Store, name_article, prepare, slug

REPORT = "import-report.csv"
COLUMNS = ["source", "place", "outcome", "article", "reason"]
ADDED, SAME, LEFT_OUT, COUNT = "added", "same", "left out", "count"
# Read_corpus takes no larger file for one article.
_LONGEST = 20_000_000
# Lines that are sentences are the text when they hold so many of its words; of a list or a table all words count.
_PROSE_SHARE = 0.8
_SENTENCE_END = re.compile(r"[.…!?][\"'“”’»«)\]]*$")
# What does not speak of two of these is no consent wall; what is three times as long as one, with all its menus, neither.
_WALL_WORD = re.compile("cookie|consent|tracking|zustimm|einwillig|datenschutz|privacy|akzeptier|accept|werbung")
# So many reasons are said at the end; all stand in the report.
_MOST_REASONS = 20
_Explain = Callable[[str, Taken], None]


@dataclass
class _Corpus:
    """What a corpus holds already: the names that are taken, each text's article and source, how often a name was wished."""

    names: set[str] = field(default_factory=set)
    texts: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def find_same(self, keys: Iterable[bytes]) -> tuple[str, str] | None:
        return next((self.texts[key] for key in keys if key in self.texts), None)

    def take(self, keys: Iterable[bytes], article: str, stem: str, source: str) -> None:
        for key in keys:
            self.texts.setdefault(key, (article, source))
        self.names |= {article.casefold(), stem}

    def free_name(self, wished: str) -> tuple[str, str]:
        """An article's id and the stem of its file, both free: as wished, or with the next number."""
        base = slug(wished) or "article"
        while True:
            number = self.numbers[base] = self.numbers.get(base, 0) + 1
            name, stem = (wished, base) if number == 1 else (f"{wished}-{number}", f"{base}-{number}")
            if name.casefold() not in self.names and stem not in self.names:
                return name, stem


def add_sources(
    sources: Iterable[str | Path],
    corpus_dir: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
    explain: _Explain | None = None,
    pages: Path | None = None,
    dry_run: bool = False,
    progress: bool = True,
) -> pd.DataFrame:
    """Add the articles in files and folders to a corpus folder; what became of each.

    A row is an article, or a place where there is none; columns ``source`` (the file), ``place`` (in it), ``outcome``
    (added; same: the corpus has it; left out; count: the source announces another number than was found), ``article``
    (its id in the corpus) and ``reason`` (of an added one: what may be missing from it). Ordered by source as given, folders by name. The same table, with the rows of
    earlier imports from other files, is written beside the folder, as ``import-report.csv``.

    ``columns`` states which columns of tables are the article's ({"text": "body"}), ``tell`` gets lines on those that
    were guessed, ``explain`` each line that cleaning will take out of an added article. Pages of lists of web addresses are fetched into
    the folder ``pages``, if one is given. ``dry_run`` writes nothing but those. Raises CorpusError for a source that is not there and a corpus that cannot be read.
    """
    folder = Path(corpus_dir)
    files = list(dict.fromkeys(file for source in sources for file in list_files(Path(source))))
    corpus = _read_known(folder, progress)
    rows: list[tuple[str, ...]] = []
    for file in track(files, "adding", "file", shown=progress and len(files) > 1):
        found = track(_read_each(file, columns=columns, tell=tell, pages=pages), "adding", "article", shown=progress and len(files) == 1)
        with Store(folder, file.stem, dry_run=dry_run) as store:
            rows += _add_file(found, file, corpus, store, explain)
    report = pd.DataFrame(rows, columns=COLUMNS)
    if not dry_run:
        _renew_report(folder.absolute().parent / REPORT, report)
    return report


def _read_known(folder: Path, progress: bool) -> _Corpus:
    """The articles that the corpus has; what is none there is passed over, as read_corpus lists it."""
    corpus = _Corpus()
    for file in track(list_files(folder) if folder.is_dir() else [], "reading the corpus", "file", shown=progress):
        corpus.names |= {file.stem.casefold(), slug(file.stem)}
        if file.suffix.lower() not in (".md", ".txt", ".csv", ".parquet"):
            continue
        for number, found in enumerate(_read_each(file), 1):
            if not found.problem:
                record = prepare(found.record, "")
                one = file.suffix.lower() in (".md", ".txt")
                name = record.get("article") or (file.stem if one else f"{file.stem}-{number}")
                corpus.take(_keys(record), name, slug(name), str(found.record.get("source", "")))
    corpus.before = {name for name, _ in corpus.texts.values()}
    return corpus


def _read_each(file: Path, **options: object) -> Iterator[Found]:
    """What stands in a file of a folder; one that is gone (a link that leads nowhere) does not stop the others."""
    try:
        yield from read_source(file, **options)
    except CorpusError as fault:
        yield Found("", problem=str(fault))


def _add_file(found: Iterable[Found], file: Path, corpus: _Corpus, store: Store, explain: _Explain | None) -> Iterator[tuple[str, ...]]:
    """Puts the file's articles into the store; the rows of the report."""
    source = name_source(file)
    for item in found:
        place = show_name(item.place)
        if item.problem:
            outcome = COUNT if item.problem.startswith("announces ") else LEFT_OUT
            yield source, place, outcome, "", " ".join(item.problem.split())
            continue
        record = prepare(item.record, source)
        if problem := _find_problem(record):
            yield source, place, LEFT_OUT, "", problem
            continue
        keys = _keys(record)
        if same := corpus.find_same(keys):
            known = same[1] == source and same[0] in corpus.before
            yield source, place, SAME, same[0], f"already added as {same[0]}" if known else f"same as {same[0]}"
            continue
        name, stem = corpus.free_name(name_article(record, file.stem))
        try:
            store.add(stem, {**record, "article": name})
        except (CorpusError, ValueError) as fault:
            yield source, place, LEFT_OUT, "", str(fault)
            continue
        corpus.take(keys, name, stem, source)
        for taken in _clean(record).taken if explain else ():
            explain(name, taken)
        yield source, place, ADDED, name, " ".join(str(item.record.get("note", "")).split())


def name_source(file: Path) -> str:
    """A file's name in reports: from where one works, or from home, never with the name of whose home it is."""
    path = file.absolute()
    for root, sign in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_relative_to(root):
            return show_name(sign + path.relative_to(root).as_posix())
    return show_name(path.as_posix())


def _find_problem(record: Mapping[str, str]) -> str:
    """Why this is no article; "" when it is one."""
    text = record["text"]
    if not re.search(r"\w", text):
        return "no text"
    if len(text.encode()) > _LONGEST:
        return f"larger than {_LONGEST:,} bytes: not one article; split it"
    if len(text) <= 3 * WALL_LONGEST and len(set(_WALL_WORD.findall(text.lower()))) > 1 and not _clean(record).text:
        return "a consent page, no article" if any(taken.rule == "consent_page" for taken in _clean(record).taken) else "no text but what cleaning takes out"
    return ""


def _clean(record: Mapping[str, str]):  # noqa: ANN202
    """The article as read_corpus will clean it."""
    title, body = normalise(record.get("title", "")), normalise(record["text"])
    return clean_text(body.removeprefix(title).strip("\n"), title, outlet=record.get("outlet", ""))


def _keys(record: Mapping[str, str]) -> list[bytes]:
    """What a text is known by: the digest of its sentences' words, and the database's id with the headline."""
    title, text = normalize("NFC", record.get("title", "")).casefold(), normalize("NFC", record["text"]).casefold()
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    prose = [line for line in lines if len(line) > LONG_LINE or _SENTENCE_END.search(line[-10:]) and len(line.split()) >= PROSE_WORDS]
    if sum(map(len, prose)) >= _PROSE_SHARE * sum(map(len, lines)):
        keys = [_digest("\n".join(prose))]
    else:
        keys = [_digest(f"{title}\n{text.strip().removeprefix(title)}")]
    if record.get("source_id") and title:
        keys.append(_digest(f"{record['source_id']}\n{title}", "id"))
    return keys


def _digest(text: str, kind: str = "text") -> bytes:
    return hashlib.blake2b(" ".join([kind, *re.findall(r"\w+", text)]).encode(), digest_size=16).digest()


def _renew_report(path: Path, report: pd.DataFrame) -> None:
    """Write the report; rows of files that were not read now stay."""
    kept = pd.DataFrame(columns=COLUMNS)
    if path.is_file():
        try:
            kept = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")[COLUMNS]
        except (OSError, ValueError, KeyError) as fault:
            raise CorpusError(f"{path.name}: not a report of imports ({' '.join(str(fault).split())[:80]}); move it away") from None
    kept = kept[~kept["source"].isin(report["source"])]
    whole = pd.concat([kept, report]).sort_values("source", kind="stable")
    buffer = StringIO()
    whole.to_csv(buffer, index=False, lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, buffer.getvalue().encode())


def sum_up(report: pd.DataFrame) -> list[str]:
    """The report in lines for a reader: how many arrived, how many did not and why, counts that differ from those announced."""
    n = Counter(report["outcome"])
    lines = [f"{n[ADDED]:,} added, {n[SAME]:,} there already, {n[LEFT_OUT]:,} left out"]
    for outcome in (LEFT_OUT, COUNT, ADDED):
        rows = report[(report["outcome"] == outcome) & (report["reason"] != "")]
        first, numbers = rows.drop_duplicates("reason").set_index("reason"), Counter(rows["reason"])
        for reason, number in numbers.most_common(_MOST_REASONS):
            where = f"{first.loc[reason, 'source']}: {first.loc[reason, 'place']}".removesuffix(": ")
            lines.append(f"{outcome}: {where}: {reason}" + (f" (and {number - 1:,} more for the same reason)" if number > 1 else ""))
        if len(numbers) > _MOST_REASONS:
            lines.append(f"{outcome}: {len(numbers) - _MOST_REASONS:,} more reasons")
    return lines
