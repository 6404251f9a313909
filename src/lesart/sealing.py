"""Seals a corpus: what may be shared of articles whose texts may not.

A sheet is what a human coder's sheet would be: the reference, a digest of the text, counts, and every hit with its
place and matched word, never a sentence. Who holds the text can prove it is the same and gets the same hits.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from .errors import SheetError
from .lexicon import Lexicon
from .patterns import GAP
from .tagging import HIT_COLUMNS

FORMAT = "lesart sheet 1"
_REFERENCE = ("title", "language", "outlet", "date", "genre", "url")
_HIT_FIELDS = [column for column in HIT_COLUMNS if column != "article"]
_SENTENCE_FIELDS = ["paragraph", "part", "start", "end", "words"]
# A headline is a sentence of the article and stays out; a sheet of a long article has some 300 kB.
_MAX_BYTES = 20_000_000


def digest(text: str) -> str:
    """SHA-256 (hex) of a text as the articles table holds it: normalised and cleaned."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprints(lexicons: Iterable[Lexicon]) -> dict[str, str]:
    """The fingerprint of each lexicon, by name."""
    return {lexicon.name: lexicon.fingerprint for lexicon in lexicons}


def seal_article(article: pd.Series, sentences: pd.DataFrame, hits: pd.DataFrame, lexicons: Iterable[Lexicon]) -> dict:
    """The sheet of one article: reference, digest, counts, fingerprints, sentence table and hits, without its text.

    ``sentences`` and ``hits`` are the article's rows of those tables. The surface of a hit with a gap is reduced to its
    first and last word, so that no sheet holds a sentence.
    """
    reference = {name: str(article.get(name, "")) for name in _REFERENCE if name != "title"}
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
    return hits.assign(surface=words)


def write_sheets(sheets: Iterable[dict], folder: str | Path) -> list[Path]:
    """Write each sheet to ``folder/<article>.json`` and return the paths; a file is replaced whole or not at all."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets:
        path = folder / f"{_safe_name(sheet['article'])}.json"
        beside = path.with_suffix(".json.part")
        beside.write_text(_layout(sheet), encoding="utf-8", newline="\n")
        beside.replace(path)
        written.append(path)
    return written


def _safe_name(article: str) -> str:
    """A file name from an id that anybody may have chosen: no path, no hidden file.

    >>> _safe_name("../../etc/passwd"), _safe_name("de-börse")
    ('_.._etc_passwd', 'de-börse')
    """
    return re.sub(r"[^\w.~-]+", "_", article).lstrip(".")[:120] or "article"


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
    Ordered by file name. Raises SheetError, naming the file, for a file that is no sheet.
    """
    articles, sentences, hits = [], [], []
    for path in sorted(Path(folder).glob("*.json")):
        sheet = _read_sheet(path)
        name = sheet["article"]
        articles.append(
            {"article": name, "title": "", "text": "", **sheet["reference"], "words": sheet["words"], "sealed": True,
             "sha256": sheet["sha256"], "lexicons": sheet["lexicons"]}
        )  # fmt: skip
        spans = pd.DataFrame(sheet["sentences"]["rows"], columns=sheet["sentences"]["fields"])
        spans.insert(0, "sentence", range(len(spans)))
        sentences.append(spans.assign(article=name))
        hits.append(pd.DataFrame(sheet["hits"]["rows"], columns=sheet["hits"]["fields"]).assign(article=name))
    if not articles:
        return pd.DataFrame(columns=["article"]), pd.DataFrame(columns=["article"]), pd.DataFrame(columns=HIT_COLUMNS)
    all_sentences = pd.concat(sentences, ignore_index=True)
    first = ["article", "sentence"]
    return (
        pd.DataFrame(articles),
        all_sentences[[*first, *(column for column in all_sentences if column not in first)]],
        pd.concat(hits, ignore_index=True)[HIT_COLUMNS],
    )


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
    if not isinstance(sheet["reference"], dict) or not isinstance(sheet["lexicons"], dict):
        raise SheetError(f"{path.name}: 'reference' and 'lexicons' must hold names and values; seal the article again")
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
        (article, name, "its hits are those of another version of this lexicon: do not compare it with articles tagged now; "
         "put its text into the texts folder, or ask who holds it to run 'lesart seal' again")
        for article, names in zip(sealed["article"], sealed.get("lexicons", []), strict=True)
        for name in current
        if names.get(name) != current[name]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article", "lexicon", "what"])
