"""Seals a corpus: what may be shared of articles whose texts may not.

A sheet is what a human coder's sheet would be: the reference, a digest of the text, counts, and every hit with its
place and matched word, never a sentence. Who holds the text can prove it is the same and gets the same hits.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import yaml

from .articles import REPORT_COLUMNS
from .errors import SheetError
from .files import make_file_name, write_whole
from .lexicon import Lexicon, read_lexicon
from .patterns import GAP
from .sentences import LANGUAGES
from .tagging import HIT_COLUMNS

FORMAT = "lesart sheet 1"
# The folder beside the sheets that holds the lexicons they were sealed with.
RECORD = "sealed_with"
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# What a sheet says of an article; its headline is a sentence of it and stays out.
REFERENCE = ("language", "outlet", "date", "genre", "url")
_NEVER_KEPT = ("title", "text")
# A column of one's own that is kept is a word or two (an angle, a keyword), not a passage.
_MOST_WORDS_KEPT = 6
_HIT_FIELDS = [column for column in HIT_COLUMNS if column != "article"]
_SENTENCE_FIELDS = ["paragraph", "part", "start", "end", "words"]
_NUMBERS = ("sentence", "paragraph", "start", "end", "words")
# A sheet of a long article has some 300 kB.
_MAX_BYTES = 20_000_000


def digest(text: str) -> str:
    """SHA-256 (hex) of a text as the articles table holds it: normalised and cleaned."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprints(lexicons: Iterable[Lexicon]) -> dict[str, str]:
    """The fingerprint of each lexicon, by name."""
    return {lexicon.name: lexicon.fingerprint for lexicon in lexicons}


def seal_article(
    article: pd.Series, sentences: pd.DataFrame, hits: pd.DataFrame, lexicons: Iterable[Lexicon], *, keep: Iterable[str] = ()
) -> dict:
    """The sheet of one article: reference, digest, counts, fingerprints, sentence table and hits, without its text.

    ``sentences`` and ``hits`` are the article's rows of those tables. The surface of a hit with a gap is reduced to its
    first and last word, so that no sheet holds a sentence. ``keep``: columns of the article that go into the reference
    too. Raises SheetError for one that holds the text or its headline, or is as long as a sentence.
    """
    reference = {name: str(article.get(name, "")) for name in (*REFERENCE, *keep)}
    for name in keep:
        if name in _NEVER_KEPT or len(reference[name].split()) > _MOST_WORDS_KEPT:
            raise SheetError(f"{article['article']}: its {name!r} may be part of the text ({len(reference[name].split())} words); leave it out of --keep")
    sealed = hits[_HIT_FIELDS].copy()
    sealed["surface"] = [_matched_words(surface, pattern) for surface, pattern in zip(hits["surface"], hits["pattern"], strict=True)]
    spans = sentences[_SENTENCE_FIELDS]
    return {
        "format": FORMAT,
        "article": str(article["article"]),
        "reference": reference,
        "sha256": digest(article["text"]),
        "words": int(article["words"]),
        "sentences": {"fields": list(spans), "rows": spans.to_numpy(object).tolist()},
        "lexicons": fingerprints(lexicons),
        "hits": {"fields": list(sealed), "rows": sealed.astype(object).to_numpy().tolist()},
    }


def _matched_words(surface: str, pattern: str) -> str:
    """The matched words of a hit: for a pattern with a gap the words at both ends only.

    >>> _matched_words("teilte die Firma am Montag mit", "teilte … mit"), _matched_words("Löhne", "Löhn*")
    ('teilte … mit', 'Löhne')
    """
    words = surface.split()
    if GAP not in pattern and "..." not in pattern or len(words) < 3:
        return " ".join(words)
    return f"{words[0]} {GAP} {words[-1]}"


def reduce_surfaces(hits: pd.DataFrame) -> pd.DataFrame:
    """Hits as a sheet holds them, for comparing the two."""
    words = [_matched_words(surface, pattern) for surface, pattern in zip(hits["surface"], hits["pattern"], strict=True)]
    return hits.assign(surface=pd.array(words, dtype="str"))  # a column of text also where there is none


def write_sheets(sheets: Iterable[dict], folder: str | Path) -> list[Path]:
    """Write each sheet to ``folder/<article>.json`` and return the paths; a file is replaced whole or not at all.

    Raises SheetError for two ids that differ in capitals only, before anything is written.
    """
    folder = Path(folder)
    named: dict[str, tuple[Path, dict]] = {}
    for sheet in sheets:
        path = folder / f"{make_file_name(sheet['article'])}.json"
        if path.name.casefold() in named:  # one file to Windows and macOS
            raise SheetError(f"{sheet['article']}: its id is that of another article but for capitals; give one of them another id")
        named[path.name.casefold()] = path, sheet
    folder.mkdir(parents=True, exist_ok=True)
    for path, sheet in named.values():
        write_whole(path, _layout(sheet))
    return [path for path, _ in named.values()]


def _layout(sheet: dict) -> str:
    """JSON with one row of a table a line, so that a sheet can be read and compared by eye."""

    def rows(table: dict) -> str:
        lines = ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in table["rows"])
        return f'{{"fields": {json.dumps(table["fields"])},\n  "rows": [\n{lines}\n  ]}}'

    parts = [
        f" {json.dumps(key)}: {rows(value) if key in ('sentences', 'hits') else json.dumps(value, ensure_ascii=False)}"
        for key, value in sheet.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read_sheets(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The sealed articles, sentences and hits of a folder of sheets, as the tables of the design.

    Articles have an empty ``text``, ``sealed`` True, and columns ``sha256`` and ``lexicons`` (name → fingerprint).
    Ordered by file name. Raises SheetError, naming the file, for a file that is no sheet, and for an id that two have.
    """
    articles, sentences, hits = {}, [], []
    for path in sorted(Path(folder).glob("*.json")):
        sheet = _read_sheet(path)
        name = sheet["article"]
        if name in articles:
            raise SheetError(f"{path.name}: its article {name!r} is also that of another sheet; give one of them another id and seal it again")
        reference = {key: value for key, value in sheet["reference"].items() if key not in REPORT_COLUMNS}
        articles[name] = {**dict.fromkeys(REFERENCE, ""), **reference, "article": name, "title": "", "text": "", "words": sheet["words"],
                          "sealed": True, "sha256": sheet["sha256"], "lexicons": sheet["lexicons"]}  # fmt: skip
        sentences += [(name, number, *row) for number, row in enumerate(_rows_of(sheet["sentences"], _SENTENCE_FIELDS))]
        hits += [(name, *row) for row in _rows_of(sheet["hits"], _HIT_FIELDS)]
    first = ["article", "title", "text"]
    told = pd.DataFrame(list(articles.values()), columns=None if articles else first)
    return (
        told[[*first, *(column for column in told if column not in first)]],
        _typed(pd.DataFrame(sentences, columns=["article", "sentence", *_SENTENCE_FIELDS])),
        _typed(pd.DataFrame(hits, columns=["article", *_HIT_FIELDS])[HIT_COLUMNS]),
    )


def _rows_of(table: dict, fields: list[str]) -> list[list]:
    """The rows of a sheet's table with its fields in our order."""
    place = [table["fields"].index(field) for field in fields]
    return table["rows"] if place == list(range(len(fields))) else [[row[k] for k in place] for row in table["rows"]]


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the types that tagging gives it, whatever it holds, nothing included."""
    return table.astype({name: "int64" if name in _NUMBERS else "bool" if name == "negated" else "str" for name in table})


def _read_sheet(path: Path) -> dict:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SheetError(f"{path.name}: larger than {_MAX_BYTES:,} bytes; no sheet is; seal the article again")
        sheet = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise SheetError(f"{path.name}: not readable as JSON ({' '.join(str(fault).split())[:120]}); seal the article again") from None
    if not isinstance(sheet, dict) or sheet.get("format") != FORMAT:
        raise SheetError(f"{path.name}: not a sheet of the format {FORMAT!r}; seal the article again with 'lesart seal'")
    missing = [key for key in ("article", "reference", "sha256", "words", "sentences", "lexicons", "hits") if key not in sheet]
    if missing:
        raise SheetError(f"{path.name}: {missing[0]!r} is missing; seal the article again with 'lesart seal'")
    for name, fields in (("hits", _HIT_FIELDS), ("sentences", _SENTENCE_FIELDS)):
        if not _is_table(sheet[name]) or set(sheet[name]["fields"]) != set(fields):
            raise SheetError(f"{path.name}: its {name} have other fields than {', '.join(fields)}; seal the article again")
        numbers = [sheet[name]["fields"].index(field) for field in fields if field in _NUMBERS]
        if not all(type(row[k]) is int and 0 <= row[k] < _MAX_BYTES for row in sheet[name]["rows"] for k in numbers):
            raise SheetError(f"{path.name}: a place or count in its {name} is no number; seal the article again")
    for part in ("reference", "lexicons"):
        if not isinstance(sheet[part], dict) or not all(isinstance(value, str) for value in sheet[part].values()):
            raise SheetError(f"{path.name}: {part!r} must hold names and texts; seal the article again")
    texts = all(isinstance(sheet[name], str) for name in ("article", "sha256"))
    if not texts or type(sheet["words"]) is not int or sheet["reference"].get("language") not in LANGUAGES:
        wanted = f"'article' and 'sha256' must be texts, 'words' a number and the language {' or '.join(LANGUAGES)}"
        raise SheetError(f"{path.name}: {wanted}; seal the article again")
    return sheet


def _is_table(part: object) -> bool:
    """Whether a part of a sheet is a table: fields, and rows as long as these."""
    if not isinstance(part, dict) or not isinstance(part.get("fields"), list) or not isinstance(part.get("rows"), list):
        return False
    return all(isinstance(field, str) for field in part["fields"]) and all(
        isinstance(row, list) and len(row) == len(part["fields"]) for row in part["rows"]
    )


def list_stale(sealed: pd.DataFrame, lexicons: Iterable[Lexicon]) -> pd.DataFrame:
    """The sheets that were sealed with other lexicons than these.

    A row is a sealed article and a lexicon; columns ``article``, ``lexicon``, ``what`` (what follows from it).
    """
    current = fingerprints(lexicons)
    rows = [
        (article, name, "its hits are those of another version of this lexicon; put its text back with 'lesart unseal', or ask "
         "who holds it to run 'lesart seal' again")
        for article, names in zip(sealed["article"], sealed.get("lexicons", []), strict=True)
        for name in current
        if names.get(name) != current[name]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article", "lexicon", "what"])


def write_record(lexicons: Iterable[Lexicon], folder: str | Path) -> list[Path]:
    """Write the lexicons that sheets are sealed with beside them, ``folder/sealed_with/<name>.yaml``, and return the paths.

    Who has the sheets alone sees what was looked for, and can tell later what a changed lexicon has lost and gained.
    """
    return write_lexicons(lexicons, Path(folder) / RECORD)


def write_lexicons(lexicons: Iterable[Lexicon], folder: str | Path) -> list[Path]:
    """Write each lexicon to ``folder/<name>.yaml`` and return the paths; a file is replaced whole or not at all."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for lexicon in lexicons:
        path = folder / f"{make_file_name(lexicon.name)}.yaml"
        write_whole(path, format_lexicon(lexicon))
        written.append(path)
    return written


def copy_model(lexicons: str | Path, folder: str | Path) -> None:
    """Copy the stance model beside the lexicons of the sheets, where there is one; who has the sheets needs it for the stances."""
    model, path = Path(lexicons) / "stance_model.yaml", Path(folder) / RECORD / "stance_model.yaml"
    if model.is_file():
        write_whole(path, model.read_bytes())


def format_lexicon(lexicon: Lexicon) -> str:
    """A lexicon as YAML that ``parse_lexicon`` reads as the same lexicon, lines and remarks aside."""
    categories: dict[str, dict] = {category: {} for category in lexicon.categories}
    for row in lexicon.concepts.itertuples():
        names, rules = ({language: text for language in LANGUAGES if (text := getattr(row, f"{what}_{language}"))} for what in ("name", "rule"))
        for_all = len(rules) == len(LANGUAGES) and len(set(rules.values())) == 1
        told = {"name": names, "rule": row.rule_en if for_all else rules}
        categories[row.category][row.concept] = {key: value for key, value in told.items() if value}
    for row in lexicon.patterns.itertuples():
        categories[row.category][row.concept].setdefault(row.language, []).append(row.pattern)
    content = {"lexicon": lexicon.name, **{key: text for key, text in lexicon.head.items() if text}, "categories": categories}
    return yaml.dump(content, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, default_flow_style=None, width=140)


def read_record(folder: str | Path) -> dict[str, Lexicon]:
    """The lexicons in ``folder/sealed_with``, by fingerprint; none where there is no such folder. Errors as ``read_lexicon``."""
    lexicons = [read_lexicon(path) for path in sorted((Path(folder) / RECORD).glob("*.yaml")) if path.stem != "stance_model"]
    return {lexicon.fingerprint: lexicon for lexicon in lexicons}
