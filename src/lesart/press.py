"""Sealed corpora: sheets, and beside them the texts for those who hold them."""

from pathlib import Path

import numpy as np
import pandas as pd

from .articles import is_article_file, read_corpus, select_codable
from .errors import CorpusError
from .files import write_whole
from .lexicon import Lexicon
from .progress import track
from .recoding import recode_hits
from .sealing import REFERENCE, digest, read_record, read_sheets, reduce_surfaces, seal_article, write_record, write_sheets
from .sentences import list_sentences
from .tagging import tag_articles

TEXTS = "texts"
REGISTER = "register.csv"
_REGISTER_COLUMNS = ("id", *REFERENCE, "truncated", "notes")


def read_press(folder: str | Path, lexicons: list[Lexicon]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The articles, sentences and hits of a press corpus: a folder of sheets.

    A sheet whose text lies in ``folder/texts`` (told by its digest) is an article with its text, tagged now; any other
    is sealed: ``text`` empty, ``sealed`` True, sentences and hits as in its sheet, brought up to date with the lexicons as
    far as can be known; ``note`` says what was done and what is not known.
    Surfaces are those of the sheets for both (of a pattern with a gap, the words at its ends), so that every table and
    figure is the same with and without the texts and none prints a passage.
    """
    folder = Path(folder)
    sealed, sentences, hits = read_sheets(folder)
    if sealed.empty:
        return sealed, sentences, hits
    held = _match_texts(folder / TEXTS, sealed)
    if held.empty:
        return _read_sealed(sealed, sentences, hits, lexicons, folder)
    opened = sealed["article"].isin(held.index)
    now = sealed[opened].reset_index(drop=True).assign(sealed=False, note="", problem="")
    now["text"] = held.loc[now["article"], "text"].to_numpy()
    now["title"] = _headlines(now, sentences)
    rest, rest_sentences, rest_hits = _read_sealed(
        sealed[~opened].reset_index(drop=True), sentences[~sentences["article"].isin(held.index)], hits[~hits["article"].isin(held.index)], lexicons, folder
    )
    articles = pd.concat([rest, now], ignore_index=True)
    articles = articles.iloc[pd.Index(articles["article"]).get_indexer(sealed["article"])].reset_index(drop=True)
    sentences = pd.concat([rest_sentences, list_sentences(now)], ignore_index=True)
    hits = pd.concat([rest_hits, reduce_surfaces(tag_articles(now, lexicons, progress=False))], ignore_index=True)
    return articles, _in_order(sentences, articles), _in_order(hits, articles)


def read_part(folder: str | Path, lexicons: list[Lexicon], *, progress: bool = False) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The articles, sentences and hits of a folder that may hold texts and sheets.

    Every text is an article, tagged now, what cannot be coded included (``problem``); one with the digest of a sheet has
    the sheet's id and headline, and its reference where the text names none. A sheet without its text is sealed, as in
    ``read_press``. Where another text has a sheet's id, the text counts, and its ``note`` says so. Raises CorpusError for
    a folder that is not there or holds neither.
    """
    folder = Path(folder)
    sealed, sentences, hits = read_sheets(folder)
    texts = read_corpus(folder, progress=progress) if sealed.empty or has_texts(folder) else pd.DataFrame(columns=["article", "text", "problem"])
    if len(sealed):
        texts = _know_again(texts, sealed, sentences) if len(texts) else texts
        left = ~sealed["article"].isin(texts["article"])
        kept = sealed.loc[left, "article"]
        sealed, sentences, hits = _read_sealed(
            sealed[left].reset_index(drop=True), sentences[sentences["article"].isin(kept)], hits[hits["article"].isin(kept)], lexicons, folder
        )
    codable = select_codable(texts).reset_index(drop=True)
    pieces = [texts.assign(sealed=False), sealed] if len(sealed) else [texts.assign(sealed=False)]
    return (
        pd.concat([piece for piece in pieces if len(piece)], ignore_index=True),
        join_tables(list_sentences(codable) if len(codable) else sentences[:0], sentences),
        join_tables(tag_articles(codable, lexicons, progress=progress) if len(codable) else hits[:0], hits),
    )


def join_tables(*tables: pd.DataFrame) -> pd.DataFrame:
    """The rows of several tables; empty ones are left out, for their columns may have no types."""
    return pd.concat([table for table in tables if len(table)] or list(tables[:1]), ignore_index=True)


def _read_sealed(
    sealed: pd.DataFrame, sentences: pd.DataFrame, hits: pd.DataFrame, lexicons: list[Lexicon], folder: Path
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The tables of sheets without their texts, with hits brought up to date."""
    current = {lexicon.name: lexicon.fingerprint for lexicon in lexicons}
    notes: dict[str, str] = {}
    if any(names.get(name) != version for names in sealed["lexicons"] for name, version in current.items()):
        hits, notes = recode_hits(sealed, hits, lexicons, read_record(folder))
    return sealed.assign(note=[notes.get(article, "") for article in sealed["article"]], problem=""), sentences, hits


def has_articles(folder: Path) -> bool:
    """Whether a folder, or one below it, holds articles or sheets."""
    return any(folder.glob("*.json")) or has_texts(folder)


def has_texts(folder: Path) -> bool:
    """Whether a folder, or one below it, holds files that articles are read from."""
    return any(file.is_file() and is_article_file(file) for file in folder.rglob("*"))


def _match_texts(texts: Path, sealed: pd.DataFrame) -> pd.DataFrame:
    """The held texts that belong to sheets; index: the sheet's article id."""
    if not has_texts(texts):  # none, or only what a desktop left there
        return pd.DataFrame(columns=["text"])
    held = read_corpus(texts, progress=False)
    held = held.set_axis([digest(text) for text in held["text"]])
    held = held[~held.index.duplicated()]
    opened = sealed[sealed["sha256"].isin(held.index)]
    return held.loc[opened["sha256"]].set_axis(opened["article"].tolist())


def _headlines(articles: pd.DataFrame, sentences: pd.DataFrame) -> list[str]:
    """The headline of each text, by the place that its sheet gives it: a file beside the sheet may not tell it from the lead."""
    ends = sentences[sentences["part"] == "headline"].groupby("article")["end"].max()
    return [text[: int(ends.get(article, 0))] for article, text in zip(articles["article"], articles["text"], strict=True)]


def _know_again(texts: pd.DataFrame, sealed: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Texts with the ids, headlines and, where they name none, the reference of the sheets that have their digests."""
    texts = texts.assign(sha256=[digest(text) for text in texts["text"]])
    known = texts["sha256"].isin(sealed["sha256"])
    sheets = sealed.set_index([sealed["sha256"], _nth_of_digest(sealed, texts)])
    keys = pd.MultiIndex.from_arrays([texts["sha256"], _nth_of_digest(texts, sealed)])
    same = pd.Series(keys.isin(sheets.index), index=texts.index)
    own = sheets.loc[keys[same]]
    texts.loc[same, "article"] = own["article"].to_numpy(object)
    for column in (column for column in own if column not in ("article", "title", "text", "words", "sealed", "lexicons")):
        texts[column] = texts[column].fillna("") if column in texts else ""
        blank = texts.loc[same, column].isin(["", "unknown"]).to_numpy()
        texts.loc[same, column] = texts.loc[same, column].astype(object).where(~blank, own[column].to_numpy(object))
    texts.loc[same, "language"] = own["language"].to_numpy(object)
    texts.loc[same, "title"] = _headlines(texts[same], sentences)
    texts.loc[same, "problem"] = ""
    texts = texts[same | ~(known | texts["article"].isin(texts.loc[same, "article"]))].reset_index(drop=True)
    other = texts["article"].isin(sealed["article"]) & ~texts["article"].isin(own["article"])
    texts.loc[other, "note"] = "its text is not the one that was sealed under this id; the text counts"
    return texts


def _nth_of_digest(table: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """The number of each row among those of its digest (an agency's story in two outlets): ids that both tables have come first."""
    pairs = set(zip(other["sha256"], other["article"], strict=True))
    shared = [pair in pairs for pair in zip(table["sha256"], table["article"], strict=True)]
    order = table.assign(alone=np.logical_not(shared), name=table["article"].where(shared, "")).sort_values(["alone", "name"], kind="stable").index
    return table.loc[order].groupby("sha256").cumcount().reindex(table.index)


def _in_order(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    order = pd.Index(articles["article"]).get_indexer(table["article"])
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def seal_texts(
    texts: str | Path, folder: str | Path, lexicons: list[Lexicon], *, keep: tuple[str, ...] = (), progress: bool = False
) -> tuple[list[Path], pd.DataFrame]:
    """Seal the articles in ``texts`` into ``folder``: the sheets' paths, and the articles left out (``article``, ``problem``).

    Reference data come from ``folder/register.csv`` (columns ``id``, ``file`` where an id is not the file's name,
    ``language``, ``outlet``, ``url``, ``date``, ``genre``, …) where it lists the article, else from the article's own front
    matter or table; where there is no register, one is written from these. Beside the sheets stand the lexicons they were
    sealed with (``sealed_with``). ``keep``: columns of the articles that go into the sheets too. Raises CorpusError for a
    register that cannot be read and a column that no article has, SheetError as ``seal_article`` does; then nothing is written.
    """
    articles = _with_register(read_corpus(texts, progress=progress), Path(folder) / REGISTER)
    missing = [name for name in keep if name not in articles]
    if missing:
        raise CorpusError(f"{texts}: no article has a column {missing[0]!r} to keep; there are {', '.join(articles)}")
    left_out = articles.loc[articles["problem"] != "", ["article", "problem"]].reset_index(drop=True)
    articles = select_codable(articles).reset_index(drop=True).fillna(dict.fromkeys(keep, ""))
    sentences, hits = list_sentences(articles), tag_articles(articles, lexicons, progress=progress)
    spans, marks = (dict(list(table.groupby("article", sort=False))) for table in (sentences, hits))
    sheets = [
        seal_article(article, spans.get(article["article"], sentences[:0]), marks.get(article["article"], hits[:0]), lexicons, keep=keep)
        for _, article in track(list(articles.iterrows()), "sealing", "article", shown=progress)
    ]
    written = write_sheets(sheets, folder)
    write_record(lexicons, folder)
    if not (Path(folder) / REGISTER).exists() and len(articles):
        _write_register(articles, Path(folder) / REGISTER)
    return written, left_out


def _write_register(articles: pd.DataFrame, register: Path) -> None:
    """The register of a corpus that has none, from what its articles say of themselves: never a headline."""
    told = articles.rename(columns={"article": "id", "note": "notes"})
    told = told.assign(truncated=told["truncated"].map({True: "yes", False: "no"}))[list(_REGISTER_COLUMNS)]
    write_whole(register, told.to_csv(index=False, lineterminator="\n"))


def read_register(register: Path) -> pd.DataFrame:
    """A register; index: the name that a text goes by before its id is known (its file's, without suffix, else the id).

    Raises CorpusError for a file that is no register.
    """
    try:
        known = pd.read_csv(register, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        files = known["file"] if "file" in known else pd.Series("", index=known.index)
        known.index = [Path(file).stem or name for file, name in zip(files, known["id"], strict=True)]
    except (OSError, ValueError, KeyError) as fault:
        raise CorpusError(
            f"{register}: not a register ({' '.join(str(fault).split())[:100]}); it needs a column id, and file where ids are not the files' names"
        ) from None
    return known[(known["id"] != "") & ~known.index.duplicated()]


def _with_register(articles: pd.DataFrame, register: Path) -> pd.DataFrame:
    """Articles with the id and reference data that the register has for their files."""
    if not register.is_file():
        return articles
    known = read_register(register)
    listed = articles["article"].isin(known.index)
    rows = known.loc[articles.loc[listed, "article"]]
    for column in ("outlet", "url", "date", "genre"):
        if column in rows:
            articles.loc[listed, column] = rows[column].to_numpy(object)
    articles.loc[listed, "article"] = rows["id"].to_numpy(object)
    return articles.sort_values("article", kind="stable", ignore_index=True)
