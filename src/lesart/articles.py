"""Reads articles from files into the articles table. Nothing is dropped: what cannot be coded is a row that says why.

Text is normalised here, once: Unicode NFC, LF line ends, page leftovers out (``cleaning.py``), one blank line between
paragraphs, the headline as the first paragraph. All later places are places in this text.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

import pandas as pd
import yaml

from .cleaning import clean_text
from .errors import CorpusError
from .language import UNKNOWN, detect_languages
from .progress import track
from .sentences import LANGUAGES
from .words import count_words

COLUMNS = ["article", "title", "text", "language", "outlet", "date", "genre", "url", "words"]
# What the reader says of each article beside the columns of the design: how sure the language is, how many lines the
# cleaning took out, whether a paywall cut it short, a remark (``note``), and why it cannot be coded (``problem``, empty
# when it can).
REPORT_COLUMNS = ["probability", "taken_out", "truncated", "note", "problem"]
_TEXT_FILES = (".md", ".txt")
_TABLES = (".csv", ".parquet")
# A long read has 60 kB; what is far larger is no article.
_MAX_BYTES = 20_000_000
_HEADLINE_WORDS = 25
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
    files = _list_files([paths] if isinstance(paths, (str, Path)) else list(paths))
    rows: list[dict] = []
    for file in track(files, "reading", "file", shown=progress):
        rows += _read_table(file) if file.suffix.lower() in _TABLES else [_read_file(file)]
    articles = pd.DataFrame(rows)
    for column in ("title", "text", "language", "outlet", "date", "genre", "url", "note", "problem"):
        articles[column] = articles[column].fillna("").astype(object) if column in articles else ""
    return _finish(articles, language)


def select_codable(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles that can be coded: those without a ``problem``; index kept."""
    return articles[articles["problem"] == ""]


def _list_files(paths: list[str | Path]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder; check the path")
        if path.is_dir():
            below = [file for file in path.rglob("*") if file.is_file() and is_article_file(file)]
            if not below:
                raise CorpusError(f"{path}: no articles in this folder; .md, .txt, .csv and .parquet files are read")
            found += sorted(below)
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


def _read_table(file: Path) -> list[dict]:
    if "text" not in _table_columns(file):
        raise CorpusError(f"{file}: no column 'text'; columns are {', '.join(_table_columns(file))}; rename the one with the articles")
    try:
        if file.suffix.lower() == ".parquet":
            table = pd.read_parquet(file)
        else:
            table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except Exception as fault:  # as above
        raise CorpusError(f"{file}: not a readable table ({_one_line(fault)}); save it anew") from None
    if "article" not in table:
        table = table.rename(columns={"id": "article"}) if "id" in table else table.assign(article=[f"{file.stem}-{n}" for n in range(1, len(table) + 1)])
    table = table.drop(columns=[c for c in ("words", *REPORT_COLUMNS) if c in table])
    return [_row(record, f"{file.name} row {n}") for n, record in enumerate(table.to_dict("records"), 2)]


def _row(record: dict, place: str) -> dict:
    """A row with normalised, cleaned text, its headline put first."""
    record = {key: ("" if value is None or value != value else value) for key, value in record.items()}
    record["article"] = str(record["article"]).strip() or place
    title = _normalise(str(record.get("title", ""))).replace("\n", " ").strip()
    body = _normalise(str(record["text"]))
    if title and body.startswith(title):
        body = body[len(title) :]
    cleaned = clean_text(body.strip("\n"), title, outlet=str(record.get("outlet", "")))
    record["title"], story = _find_headline(cleaned.title, cleaned.text)
    record["text"] = f"{record['title']}\n\n{story}" if record["title"] and story else story
    record["taken_out"] = sum(taken.rule != "headline" for taken in cleaned.taken)  # the headline is in the title
    record["truncated"] = cleaned.truncated
    record.setdefault("problem", "" if cleaned.text else "no text" if not body.strip() else "no text left after cleaning")
    record["place"] = _writable(place)
    return record


def _read_file(file: Path) -> dict:
    """The row of a Markdown or text file; a fault becomes its ``problem``."""
    try:
        if file.stat().st_size > _MAX_BYTES:
            return _fault(file, f"larger than {_MAX_BYTES:,} bytes: not one article; split it")
        text, note = _decode(file.read_bytes())
        head, title, body = _split_head(_normalise(text), file.suffix.lower() == ".md")
    except (CorpusError, OSError) as fault:
        return _fault(file, _one_line(fault))
    record = {**head, "article": head.get("id", "") or _stem(file), "title": title, "text": body, "note": note}
    record.pop("id", None)
    for computed in ("words", "probability", "taken_out", "truncated", "problem"):
        record.pop(computed, None)
    return _row(record, str(file))


def _fault(file: Path, problem: str) -> dict:
    return {"article": _stem(file), "title": "", "text": "", "problem": problem, "taken_out": 0, "truncated": False, "place": _writable(str(file))}


def _stem(file: Path) -> str:
    """The file's name without suffix, as text that can be written: NFC, bytes that are no text as "?"."""
    return _writable(normalize("NFC", file.stem))


def _writable(text: str) -> str:
    """Text without lone surrogates, which no file in UTF-8 can hold.

    >>> _writable("Löhne \\udcff")
    'Löhne ?'
    """
    return text.encode("utf-8", "replace").decode()


def _decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and a remark when it was not UTF-8.

    >>> _decode("Löhne".encode("utf-8-sig")), _decode("Die Löhne der Beschäftigten steigen für alle.".encode("cp1252"))[1]
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


def _normalise(text: str) -> str:
    """NFC, LF line ends, no control characters."""
    text = normalize("NFC", text.replace("\r\n", "\n").translate({0x0D: "\n", 0x2028: "\n", 0x2029: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n"}))
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]", "", text)


def _split_head(text: str, markdown: bool) -> tuple[dict[str, str], str, str]:
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


def _find_headline(title: str, text: str) -> tuple[str, str]:
    """Headline and story: where cleaning found no headline, a first paragraph that looks like one is."""
    first, _, rest = text.partition("\n\n")
    return (first, rest) if not title and rest and _looks_like_headline(first) else (title, text)


def _looks_like_headline(line: str) -> bool:
    """A short first paragraph without a full stop.

    >>> _looks_like_headline("Meta steigt ein"), _looks_like_headline("Meta ist am Dienstag eingestiegen.")
    (True, False)
    """
    return "\n" not in line and 0 < len(line.split()) <= _HEADLINE_WORDS and not line.rstrip().endswith((".", ":", ";", ","))


def _finish(articles: pd.DataFrame, stated: str | None) -> pd.DataFrame:
    """Unique ids, languages, word counts, columns in order."""
    _name_twice(articles)
    _settle_languages(articles, stated)
    articles["words"] = count_words(articles["text"].tolist())
    own = [column for column in articles if column not in (*COLUMNS, *REPORT_COLUMNS, "place")]
    return articles[[*COLUMNS, *own, *REPORT_COLUMNS]].reset_index(drop=True)


def _name_twice(articles: pd.DataFrame) -> None:
    """An id that stands twice is told by its number, and said."""
    seen: dict[str, str] = {}
    for i, (name, place) in enumerate(zip(articles["article"], articles["place"], strict=True)):
        if name in seen:
            number = next(n for n in range(2, len(articles) + 2) if f"{name}~{n}" not in seen)
            articles.loc[i, "article"] = f"{name}~{number}"
            articles.loc[i, "note"] = _join(articles.loc[i, "note"], f"id {name} is also that of {seen[name]}")
        seen[articles.loc[i, "article"]] = place


def _settle_languages(articles: pd.DataFrame, stated: str | None) -> None:
    """The detected language where it is clear, else the stated one; a difference between the two is noted."""
    detected = detect_languages(articles["text"])
    declared = articles["language"].str.strip().str.lower().str.slice(0, 2)
    declared = declared.where(declared.isin(LANGUAGES), stated or "").to_numpy()
    odd = articles["language"].where(articles["language"].str.strip().str.lower().str.slice(0, 2) != declared, "").to_numpy()
    language, notes, problems = [], [], []
    for found, told, other, note, problem in zip(detected["language"], declared, odd, articles["note"], articles["problem"], strict=True):
        if found == UNKNOWN and told:
            language.append(told)
        else:
            language.append(found)
            if told and told != found:
                note = _join(note, f"said to be {told}, but reads as {found}")
        if other:
            note = _join(note, f"language {other!r} is not one of {', '.join(LANGUAGES)}")
        notes.append(note)
        unclear = "language unknown: neither German nor English is clear; state it as 'language: de' or with --language"
        problems.append(problem or (unclear if language[-1] == UNKNOWN else ""))
    articles["language"], articles["note"], articles["problem"] = language, notes, problems
    articles["probability"] = detected["probability"].to_numpy()


def _join(note: str, more: str) -> str:
    return f"{note}; {more}" if note else more


def _one_line(fault: Exception) -> str:
    return " ".join(str(getattr(fault, "strerror", None) or fault).split())[:200]
