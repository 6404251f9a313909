"""How a study is cited, and what its makers say of it themselves: from files in its folder, none of which need be there.

``CITATION.cff`` (the Citation File Format, citation-file-format.github.io): title, authors, version, date, url. ``LICENSE``: year
and holder. ``README.md``: its first heading is the title where nothing else is. ``report.yaml``: ``title``, ``about`` and ``limits``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pandas as pd
import yaml

from ..errors import CorpusError
from ..figures.labels import listing, number
from ..storing import slug
from .findings import say

# More is no notice on a study; it would be read whole. An alias can repeat a long text without end: so many entries of a
# list count, and so many signs of each.
_MOST_BYTES = 200_000
_MOST_ENTRIES, _MOST_SIGNS = 100, 3_000
_UNSAFE_URL = re.compile(r'[\s{}"\\<>]')
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Citation:
    """Who made a study and what it is called; ``authors`` in the order of the file, all empty where nothing says it."""

    title: str
    authors: tuple[str, ...] = ()
    version: str = ""
    year: str = ""
    url: str = ""


def lesart_version() -> str:
    return metadata.version("lesart")


def read_citation(folder: Path) -> Citation:
    """What the files of a study folder say of it. Raises CorpusError for a CITATION.cff that is none."""
    told = _read_yaml(folder / "CITATION.cff")
    year, holder = _read_license(folder / "LICENSE")
    authors = [_name(author) for author in list(told.get("authors", []))[:_MOST_ENTRIES] if isinstance(author, Mapping)]
    title = _line(told.get("title")) or _read_heading(folder / "README.md") or folder.resolve().name
    url = _line(told.get("url") or told.get("repository-code"))
    return Citation(
        title=title,
        authors=tuple(name for name in authors if name) or ((holder,) if holder else ()),
        version=_line(told.get("version")),
        year=(re.match(r"\d{4}\b", _line(told.get("date-released"))) or [year])[0],
        url=url if re.match(r"https?://", url) and not _UNSAFE_URL.search(url) else "",
    )


def read_own_words(folder: Path, labels: str) -> dict[str, list[str]]:
    """What the makers say in ``report.yaml``: ``title``, ``about`` and ``limits``, paragraphs in the label language where they are in two.

    Raises CorpusError for a file that is no YAML, or holds something else.
    """
    told = _read_yaml(folder / "report.yaml")
    words = {}
    for key in ("title", "about", "limits"):
        value = told.get(key) or []
        entries = value if isinstance(value, list) else [value]
        given = [entry.get(labels) if isinstance(entry, Mapping) else entry for entry in entries[:_MOST_ENTRIES]]
        words[key] = [_line(entry) for entry in given if _line(entry)]
    return words


def _line(value: object) -> str:
    """A text on one line, of bounded length; nothing for what is none."""
    text = "" if value is None or isinstance(value, (list, Mapping)) else " ".join(str(value)[: 2 * _MOST_SIGNS].split())
    return text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…"


def _name(author: Mapping) -> str:
    """An author as in the Citation File Format: an entity has a name, a person given and family names."""
    person = " ".join(_line(author.get(part)) for part in ("given-names", "name-particle", "family-names", "name-suffix"))
    return _line(author.get("name")) or " ".join(person.split())


def _read_yaml(path: Path) -> dict:
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            content = yaml.load(file.read(_MOST_BYTES), Loader=yaml.BaseLoader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as fault:
        raise CorpusError(f"{path.name}: not readable as YAML ({' '.join(str(fault).split())[:100]}); mend it, or delete it") from None
    if content is not None and not isinstance(content, dict):
        raise CorpusError(f"{path.name}: holds no keys; it should have lines such as 'title: …'")
    return content or {}


def _read_license(path: Path) -> tuple[str, str]:
    found = re.search(r"Copyright (?:\(c\)|©) (\d{4})\S*\s+([^\n]+)", _read_start(path))
    return (found[1], found[2].strip()) if found else ("", "")


def _read_heading(path: Path) -> str:
    found = re.search(r"^#[ \t]+(\S.*)$", _read_start(path), re.MULTILINE)
    return _line(found[1]) if found else ""


def _read_start(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")


def list_years(articles: pd.DataFrame) -> list[str]:
    """The years that the articles' dates name, in order."""
    dates = articles["date"].astype(str) if "date" in articles else pd.Series(dtype=str)
    return sorted(set(dates.str.extract(r"\b((?:18|19|20)\d\d)\b", expand=False).dropna()))


def cite(citation: Citation, articles: pd.DataFrame, labels: str) -> str:
    """The reference in a sentence of the label language."""
    years = list_years(articles)
    who = listing(list(citation.authors), labels)
    year = f" ({citation.year})" if citation.year else ""
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
    n = number(len(articles), labels)
    corpus = say("cite_corpus", labels, n=n, years=span) if span else say("cite_corpus_undated", labels, n=n)
    version = say("version", labels, version=citation.version) if citation.version else ""
    title = citation.title if citation.title[-1:] in "?!." else f"{citation.title}."
    parts = [part for part in (version, corpus, say("cite_instrument", labels, version=lesart_version()), citation.url) if part]
    return (f"{who[:1].upper()}{who[1:]}{year}: " if who else "") + f"{title} {'. '.join(parts)}."


def make_bibtex(citation: Citation, articles: pd.DataFrame) -> str:
    """The reference as a BibTeX entry; what nothing says has no field."""
    years = list_years(articles)
    names = " and ".join(f"{{{_tex(name)}}}" for name in citation.authors)
    note = f"Corpus of {len(articles)} articles" + (f", {years[0]}" + (f"--{years[-1]}" if len(years) > 1 else "") if years else "") + f"; made with Lesart {lesart_version()}"
    fields = {"title": f"{{{_tex(citation.title)}}}", "author": names, "year": citation.year, "version": _tex(citation.version), "url": citation.url, "note": _tex(note)}
    key = "-".join(slug(citation.title).split("-")[:4]) or "study"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key}{citation.year},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    """The text with what TeX takes for commands escaped.

    >>> _tex("Lohn & Größe: 49 %")
    'Lohn \\\\& Größe: 49 \\\\%'
    """
    return "".join(_TEX.get(character, character) for character in text)
