"""Finds among a table's columns those of an article, whatever they are called."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from unicodedata import normalize

import yaml

from ..errors import CorpusError
from ..sentences import LANGUAGES

# The columns that a caller may name; the others are guessed only.
STATED = ("text", "title", "date", "outlet", "language", "author", "section", "url")


@cache
def _names() -> dict[str, list[str]]:
    raw = yaml.load(files("lesart").joinpath("data/columns.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {column: [_plain(name) for side in ("both", *LANGUAGES) for name in names.get(side, ())] for column, names in raw.items()}


def _plain(name: str) -> str:
    return re.sub(r"[\s._-]+", " ", normalize("NFC", name).casefold().replace("ß", "ss")).strip()


def is_named(name: str, column: str) -> bool:
    """Whether a table's column of that name is likely to be the one meant.

    >>> is_named("Full_Text", "text"), is_named("Volltext", "text"), is_named("Abstract", "text")
    (True, True, False)
    """
    return _plain(name) in _names()[column]


def is_known(name: str) -> bool:
    """Whether it is the name of any column of an article."""
    return any(is_named(name, column) for column in _names())


def choose_columns(names: Iterable[str], stated: Mapping[str, str]) -> dict[str, str]:
    """For each column of an article the name it has in the table, as far as there is one: stated, or guessed by its name.

    Raises CorpusError when a stated name is not there, or the column of the text is not plain: none of the usual names
    is there, or two of them and none is "text".

    >>> choose_columns(["Headline", "Body", "Pages"], {})
    {'text': 'Body', 'title': 'Headline'}
    >>> choose_columns(["Headline", "Snippet"], {"text": "Snippet"})
    {'text': 'Snippet', 'title': 'Headline'}
    """
    names = list(dict.fromkeys(names))
    wrong = next((name for name in stated.values() if name not in names), None)
    if wrong is not None:
        raise CorpusError(f"no column {wrong!r}; the columns are {_list(names)}")
    chosen = {"text": stated.get("text") or _choose_text(names)}
    for column, known in _names().items():
        free = {_plain(name): name for name in reversed(names) if name not in {**chosen, **stated}.values()}
        guess = next((free[name] for name in known if name in free), None)
        if column not in chosen and (name := stated.get(column, guess)) is not None:
            chosen[column] = name
    return chosen


def _choose_text(names: list[str]) -> str:
    likely = [name for name in names if is_named(name, "text")]
    exact = [name for name in likely if _plain(name) == "text"]
    if len(exact or likely) == 1:
        return (exact or likely)[0]
    if likely:
        raise CorpusError(f"the text may be in any of the columns {_list(likely)}; name it with --text")
    raise CorpusError(f"no column is plainly the text; the columns are {_list(names)}; name it with --text, or, if there is none, export full texts")


def _list(names: list[str]) -> str:
    shown = [" ".join(name.split())[:40] for name in names[:12]]
    return ", ".join(shown) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
