"""Makes articles of raw records: an id of its own for each, text cleaned, headline first, language settled, words counted.

A record is what a file, or a row of a table, brings: ``article``, ``text``, ``place`` (where it stands) and whatever else, or a
``problem`` in place of a text. Each record is settled by itself, save its id, which depends on the ids before it; so a corpus
may be settled in pieces of any size, anywhere, once its records have their ids.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

import pandas as pd

from .cleaning import clean_text
from .language import UNKNOWN, detect_languages
from .sentences import LANGUAGES
from .words import count_words

COLUMNS = ["article", "title", "text", "language", "outlet", "date", "genre", "url", "words"]
# What is said of each article beside the columns of the design: how sure the language is, how many lines the cleaning
# took out, whether a paywall cut it short, a remark (``note``), and why it cannot be coded (``problem``, empty when it can).
REPORT_COLUMNS = ["probability", "taken_out", "truncated", "note", "problem"]
_TEXTS = ("title", "text", "language", "outlet", "date", "genre", "url", "note", "problem")
_HEADLINE_WORDS = 25

# What spreadsheets evaluate: all that begins so but plain numbers.
_FORMULA = re.compile(r"[=+@-](?!(?<=[+-])\d+(?:[.,]\d+)?$)")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]")  # either of them: most texts have neither


class Names:
    """The ids given so far, in the order of the corpus: what makes an id that stands twice one of its own.

    >>> names = Names()
    >>> [names.give({"article": "a", "place": place}) for place in ("x.txt", "y.txt")]
    [{'article': 'a', 'place': 'x.txt'}, {'article': 'a~2', 'place': 'y.txt', 'note': 'id a is also that of x.txt'}]
    """

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def give(self, record: dict) -> dict:
        """The record with an id that no record before it has; that of its place if it has none, told by a number if it is taken."""
        name = str("" if _is_missing(record["article"]) else record["article"]).strip() or record["place"]
        if (tame := tame_id(name)) != name:
            record = record | {"note": _join(record.get("note", ""), f"id {name} is called {tame}: a spreadsheet would take it for a formula")}
            name = tame
        if name not in self._places:
            self._places[name] = record["place"]
            return record | {"article": name}
        number = self._numbers.get(name, 2)
        while f"{name}~{number}" in self._places:
            number += 1
        self._numbers[name] = number + 1
        self._places[f"{name}~{number}"] = record["place"]
        note = _join(record.get("note", ""), f"id {name} is also that of {self._places[name]}")
        return record | {"article": f"{name}~{number}", "note": note}


def tame_id(name: str) -> str:
    """An id that no spreadsheet evaluates, whatever table it ends in: one that begins as a formula gets a sign before it.

    >>> [tame_id(name) for name in ("=HYPERLINK(1)", "@a", "a-1", "-7", "+2,5")]
    ['_=HYPERLINK(1)', '_@a', 'a-1', '-7', '+2,5']
    """
    return f"_{name}" if _FORMULA.match(name) else name


def settle_articles(records: Iterable[dict], stated: str | None = None) -> pd.DataFrame:
    """The articles table of records that have their ids: as ``read_corpus`` gives it. ``stated`` is the language of articles
    too short to show it."""
    rows = [record if record.get("problem") else _clean(record) for record in records]
    articles = pd.DataFrame(rows, columns=None if rows else ["article", "taken_out", "truncated"])
    for column in _TEXTS:
        articles[column] = articles[column].fillna("").astype(object) if column in articles else ""
    _settle_languages(articles, stated)
    articles["words"] = count_words(articles["text"].tolist())
    own = [column for column in articles if column not in (*COLUMNS, *REPORT_COLUMNS, "place")]
    return articles[[*COLUMNS, *own, *REPORT_COLUMNS]]


def normalise(text: str) -> str:
    """NFC, LF line ends, no control characters."""
    if _ODD.search(text):
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return normalize("NFC", text)


def _clean(record: dict) -> dict:
    """The record with normalised, cleaned text, its headline put first."""
    record = {key: "" if _is_missing(value) else value for key, value in record.items()}
    title = normalise(str(record.get("title", ""))).replace("\n", " ").strip()
    body = normalise(str(record["text"]))
    if title and body.startswith(title):
        body = body[len(title) :]
    cleaned = clean_text(body.strip("\n"), title, outlet=str(record.get("outlet", "")))
    record["title"], story = _find_headline(cleaned.title, cleaned.text)
    record["text"] = f"{record['title']}\n\n{story}" if record["title"] and story else story
    record["taken_out"] = sum(taken.rule != "headline" for taken in cleaned.taken)  # the headline is in the title
    record["truncated"] = cleaned.truncated or str(record.get("truncated_stated")) == "True"  # the page said so when it was added
    record["problem"] = "" if cleaned.text else "no text" if not body.strip() else "no text left after cleaning"
    return record


def _is_missing(value: object) -> bool:
    return value is None or value != value  # NaN is not itself


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
