"""The words and numbers that stand in figures, in English or German. The words are data: ``data/labels.yaml``."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
import yaml

from .tables import corpora_of

LABELS = ("en", "de")
_NO_BREAK = "\u00a0"


@cache
def label_data() -> dict[str, dict[str, dict[str, str]]]:
    """All of ``data/labels.yaml``: section → key → label language → words."""
    text = files("lesart").joinpath("data/labels.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def edition_language() -> str:
    """The label language of the edition that is running: German in a folder ``notebooks/de``, else English.

    Notebooks run in the folder where they lie, in JupyterLab as under ``lesart study``; so the German edition draws
    German labels with the same code.
    """
    here = Path.cwd()
    return "de" if (here.parent.name, here.name) == ("notebooks", "de") else "en"


def check_labels(labels: str | None) -> str:
    """``labels`` itself; that of the edition for None. Raises ValueError for a label language that is not there."""
    if labels is None:
        return edition_language()
    if labels not in LABELS:
        raise ValueError(f"labels {labels!r} is not known; allowed are {', '.join(LABELS)}")
    return labels


def say(key: str, labels: str | None = "en", **values: object) -> str:
    """A text of the section ``texts`` with its values put in.

    >>> say("n_total", "de", n=5)
    'n = 5'
    """
    return label_data()["texts"][key][check_labels(labels)].format(**values)


def name_of(section: str, value: str, labels: str | None = "en") -> str:
    """The name of a stance, topic, language, corpus, genre, family, or part; what has none keeps its own, _ as space.

    >>> name_of("topics", "labor", "de"), name_of("topics", "public_health", "de")
    ('Arbeit', 'public health')
    """
    entry = label_data()[section].get(str(value))
    return entry[check_labels(labels)] if entry else str(value).replace("_", " ")


def name_feature(feature: str, labels: str | None = "en") -> str:
    """The name of a feature of the stance model: a family, and a voice in brackets where it is not the narrator's.

    >>> name_feature("harm (quoted)", "de")
    'Schaden (zitiert)'
    """
    family, bracket, voice = str(feature).partition(" (")
    told = name_of("families", family, labels)
    return f"{told} ({name_of('voices', voice.rstrip(')'), labels)})" if bracket else told


def number(value: float, labels: str | None = "en", decimals: int = 0, *, sign: bool = False) -> str:
    """A number as the label language writes it, with a true minus; nothing for NaN.

    >>> number(-1234.56, "de", 1), number(1234.56, "en", 1), number(0.04, "en", 1, sign=True)
    ('−1.234,6', '1,234.6', '0.0')
    """
    if value != value:
        return "–"
    written = f"{abs(value):,.{decimals}f}"
    nought = not any(digit in written for digit in "123456789")
    if check_labels(labels) == "de":
        written = written.translate({ord(","): ".", ord("."): ","})
    return written if nought else ("−" if value < 0 else "+" if sign else "") + written


def percent(value_pct: float, labels: str | None = "en", decimals: int = 0) -> str:
    """A percentage as the label language writes it.

    >>> percent(33.3), percent(33.3, "de", 1)
    ('33%', '33,3\\xa0%')
    """
    return number(value_pct, labels, decimals) + ("%" if check_labels(labels) == "en" else f"{_NO_BREAK}%")


def count_articles(table: pd.DataFrame, labels: str | None = "en") -> str:
    """The line that says how many articles a figure shows, per corpus and language; ``table`` has a row per article.

    >>> count_articles(pd.DataFrame({"language": ["de", "en", "en"], "corpus": ""}))
    'n = 3 · 1 German, 2 English'
    """
    parts = [say("n_total", labels, n=number(len(table), labels))]
    for corpus in corpora_of(table):
        counts = table.loc[table["corpus"] == corpus, "language"].value_counts()
        told = f"{name_of('corpora', corpus, labels)}: " if corpus else ""
        parts.append(told + say("n_languages", labels, de=number(counts.get("de", 0), labels), en=number(counts.get("en", 0), labels)))
    return " · ".join(parts)


def listing(items: list[str], labels: str | None = "en") -> str:
    """Items as a phrase.

    >>> listing(["a", "b", "c"], "de"), listing([])
    ('a, b und c', '')
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {say('and', labels)} {items[-1]}" if items else ""
