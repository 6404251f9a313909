"""The labels that press databases write beside an article, in both languages: data, looked up here.

Only known labels count: a paragraph of the article may well begin with a word and a colon.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import yaml

# No label is longer than "Dauerhafte Adresse des Dokuments".
_LABEL = re.compile(r"\s*([^\W\d_][^:\n]{0,40}?)\s*:(?:\s|$)")


@cache
def label_data() -> dict:
    """What ``data/labels_of_databases.yaml`` says, by database."""
    content = files("lesart").joinpath("data/labels_of_databases.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(content)


def list_words(sides: Mapping[str, Iterable[str]]) -> list[str]:
    """The words of an entry in all its languages, each once.

    >>> list_words({"en": ["Byline", "Author"], "de": ["Autor"]})
    ['Byline', 'Author', 'Autor']
    """
    return list(dict.fromkeys(word for words in sides.values() for word in words))


@cache
def labels_of(*path: str) -> dict[str, str]:
    """Label (case folded) → meaning, for the entries below ``path`` in the data.

    >>> labels_of("nexis", "head")["länge"]
    'words_stated'
    """
    entries = label_data()
    for step in path:
        entries = entries[step]
    return {word.casefold(): meaning for meaning, sides in entries.items() for word in list_words(sides)}


def find_label(line: str, labels: Mapping[str, str], *, capitals: bool = False) -> tuple[str, str] | None:
    """The meaning of the label that a line begins with, and what follows it; None where it begins with none.

    ``capitals``: the label must be all capitals, as in the older exports.

    >>> find_label("Länge: 512 Wörter", labels_of("nexis", "head"))
    ('words_stated', '512 Wörter')
    >>> find_label("Die Frage: wer zahlt?", labels_of("nexis", "head")), find_label("Length: 5", labels_of("nexis", "head"), capitals=True)
    (None, None)
    """
    found = _LABEL.match(line)
    if not found or found[1].casefold() not in labels or not found[1][0].isupper():
        return None
    if capitals and found[1] != found[1].upper():
        return None
    return labels[found[1].casefold()], line[found.end() :].strip()


def is_heading(line: str, sides: Mapping[str, Iterable[str]]) -> bool:
    """Whether a line is one of an entry's words and nothing else.

    >>> is_heading(" End of Document ", label_data()["nexis"]["headings"]["end"])
    True
    """
    return line.strip() in list_words(sides)


def is_rights_line(line: str) -> bool:
    """Whether a line is a note of copyright, not a sentence.

    >>> is_rights_line("Copyright 2025 Musterblatt"), is_rights_line("Copyright bleibt ein Streitfall, sagt der Konzern und klagt weiter vor Gericht.")
    (True, False)
    """
    line = line.strip().casefold()
    if not any(line.startswith(word.casefold()) or line.rstrip(".").endswith(word.casefold()) for word in list_words(label_data()["rights"])):
        return False
    return bool(re.search(r"\b\d{4}\b|©|\(c\)", line)) or len(line.split()) <= _SHORT_RIGHTS


# "All Rights Reserved", "Alle Rechte vorbehalten" alone on a line, with a name beside it.
_SHORT_RIGHTS = 6
