"""Puts texts back beside their sheets, for who holds them: told by their digest, whatever their files are called."""

import json
import shutil
from pathlib import Path

import pandas as pd

from .articles import is_article_file, read_corpus
from .errors import CorpusError
from .files import make_file_name, write_beside
from .press import REGISTER, TEXTS, read_register
from .progress import track
from .sealing import digest, read_sheets

# What is said of a sheet.
FOUND, DIFFERS, MISSING = "found", "differs", "not found"
COLUMNS = ["article", "state", "file", "what"]


def unseal_texts(sheets: str | Path, texts: str | Path, *, progress: bool = False) -> pd.DataFrame:
    """Copy the texts that belong to sheets into ``sheets/texts``, and say of each sheet whether its text was found.

    ``texts``: a file or a folder, read with all below it; tables (CSV, Parquet) too, of which only the articles that
    belong to sheets are taken. A row is a sheet, in order; columns ``article``, ``state`` (found; differs: a text of that
    id or file name is there, but is another one; not found), ``file`` (below ``texts``), ``what`` (in words). No file is
    changed, and none is written over by another text. Raises CorpusError where there are no sheets or no ``texts``.
    """
    sheets, texts = Path(sheets), Path(texts)
    sealed = read_sheets(sheets)[0]
    if sealed.empty:
        raise CorpusError(f"{sheets}: no sheets in this folder; 'lesart seal' writes them, a file <article>.json each")
    if not texts.exists():
        raise CorpusError(f"{texts}: no such file or folder; check the path")
    wanted = sealed.groupby("sha256")["article"].agg(list).to_dict()  # an agency's story may be two outlets' article
    names = _names_of(sheets, sealed)
    found: dict[str, tuple[str, str, str]] = {}
    for file in track(_list_files(texts, sheets / TEXTS), "looking for texts", "file", shown=progress):
        told = file.relative_to(texts).as_posix() if file != texts else file.name
        for row in _read(file):
            articles = wanted.get(digest(row["text"]), [])
            for article in articles:
                if found.get(article, ("",))[0] != FOUND:
                    found[article] = (FOUND, told, _put_back(file, row, article, sheets / TEXTS))
            if not articles and row["text"]:
                for other in {names.get(row["article"], ""), names.get(file.stem, "")} - {""}:
                    found.setdefault(other, (DIFFERS, told, _tell_apart(row, sealed, other)))
    rows = [(article, *found.get(article, (MISSING, "", "no text has its digest, id or file name"))) for article in sealed["article"]]
    return pd.DataFrame(rows, columns=COLUMNS)


def _names_of(sheets: Path, sealed: pd.DataFrame) -> dict[str, str]:
    """What the text of a sheet may be called, by id or by the register's file name: name → id."""
    names = {article: article for article in sealed["article"]}
    if (sheets / REGISTER).is_file():
        names |= {name: article for name, article in read_register(sheets / REGISTER)["id"].items() if article in names}
    return names


def _list_files(texts: Path, target: Path) -> list[Path]:
    """The files that may hold texts, without those that were put back before."""
    if texts.is_file():
        return [texts]
    files = [file for file in texts.rglob("*") if file.is_file() and target.resolve() not in file.resolve().parents]
    return sorted(file for file in files if _may_hold_articles(file))


def _may_hold_articles(file: Path) -> bool:
    try:
        return is_article_file(file)
    except CorpusError:  # a broken table among the texts
        return False


def _read(file: Path) -> list[dict]:
    """The articles of a file; none where it cannot be read, for what lies among the texts may be anything."""
    try:
        return read_corpus(file, progress=False).to_dict("records")
    except CorpusError:
        return []


def _tell_apart(row: dict, sealed: pd.DataFrame, article: str) -> str:
    words = int(sealed.set_index("article").loc[article, "words"])
    return f"a text of this name is there, with {row['words']} words where the sealed one has {words}: another version, or cleaned by other rules"


def _put_back(file: Path, row: dict, article: str, target: Path) -> str:
    """Copy one text beside its sheet; what was done, in words."""
    target.mkdir(parents=True, exist_ok=True)
    name = make_file_name(article)
    if file.suffix.lower() in (".md", ".txt"):
        _copy(file, target / f"{name}{file.suffix.lower()}")
        return "put back"
    path = target / f"{name}.md"
    beside = target / f".{name}.md"
    head = f"title: {json.dumps(row['title'], ensure_ascii=False)}\n" if row["title"] else ""
    beside.write_text(f"---\nlanguage: {row['language']}\n{head}---\n\n{row['text']}\n", encoding="utf-8", newline="\n")
    if digest(read_corpus(beside, progress=False)["text"].iloc[0]) == digest(row["text"]):
        beside.replace(path)
        return "put back, from a table"
    beside.unlink()  # cleaned a second time it is another text: the table itself is needed
    _copy(file, target / file.name)
    return "put back with the whole table that it is in"


def _copy(file: Path, path: Path) -> None:
    with write_beside(path) as beside:
        shutil.copyfile(file, beside)
