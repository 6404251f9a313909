"""The press corpus: sealed sheets, and beside them the texts for those who hold them."""

from pathlib import Path

import pandas as pd

from .articles import is_article_file, read_corpus, select_codable
from .errors import CorpusError
from .lexicon import Lexicon
from .sealing import digest, list_stale, read_sheets, reduce_surfaces, seal_article, write_sheets
from .sentences import list_sentences
from .tagging import tag_articles

TEXTS = "texts"
REGISTER = "register.csv"


def read_press(folder: str | Path, lexicons: list[Lexicon]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The articles, sentences and hits of a press corpus.

    A sheet whose text lies in ``folder/texts`` (told by its digest) is an article with its text, tagged now; any other
    is sealed: ``text`` empty, ``sealed`` True, sentences and hits as in its sheet, ``note`` says when these are stale.
    Surfaces are those of the sheets for both (of a pattern with a gap, the words at its ends), so that every table and
    figure is the same with and without the texts and none prints a passage.
    """
    folder = Path(folder)
    sealed, sentences, hits = read_sheets(folder)
    if sealed.empty:
        return sealed, sentences, hits
    stale = list_stale(sealed, lexicons).groupby("article")["lexicon"].agg(", ".join)
    sealed["note"] = [f"sealed with another version of {stale[name]}" if name in stale else "" for name in sealed["article"]]
    sealed["problem"] = ""
    held = _match_texts(folder / TEXTS, sealed)
    if held.empty:
        return sealed, sentences, hits
    opened = held["article"]
    sealed = sealed.set_index("article")
    sealed.loc[opened, ["title", "text"]] = held[["title", "text"]].to_numpy(object)
    sealed.loc[opened, "note"] = ""
    sealed.loc[opened, "sealed"] = False
    sealed = sealed.reset_index()
    now = sealed[sealed["article"].isin(opened)].reset_index(drop=True)
    sentences = pd.concat([sentences[~sentences["article"].isin(opened)], list_sentences(now)], ignore_index=True)
    hits = pd.concat([hits[~hits["article"].isin(opened)], reduce_surfaces(tag_articles(now, lexicons, progress=False))], ignore_index=True)
    return sealed, _in_order(sentences, sealed), _in_order(hits, sealed)


def _match_texts(texts: Path, sealed: pd.DataFrame) -> pd.DataFrame:
    """The held texts that belong to sheets, with the sheet's article id."""
    if not any(file.is_file() and is_article_file(file) for file in texts.rglob("*")):  # none, or only what a desktop left there
        return pd.DataFrame(columns=["article", "title", "text"])
    held = read_corpus(texts, progress=False)
    names = dict(zip(sealed["sha256"], sealed["article"], strict=True))
    held["article"] = [names.get(digest(text), "") for text in held["text"]]
    return held[held["article"] != ""].drop_duplicates("article").reset_index(drop=True)


def _in_order(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    order = pd.Index(articles["article"]).get_indexer(table["article"])
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def seal_texts(texts: str | Path, folder: str | Path, lexicons: list[Lexicon]) -> tuple[list[Path], pd.DataFrame]:
    """Seal the articles in ``texts`` into ``folder``: the sheets' paths, and the articles left out (``article``, ``problem``).

    Reference data come from ``folder/register.csv`` (columns ``file``, ``id``, ``language``, ``outlet``, ``url``, ``date``,
    ``genre``, …) where it lists the file, else from the article's own front matter. Raises CorpusError for a register
    that cannot be read.
    """
    articles = _with_register(read_corpus(texts), Path(folder) / REGISTER)
    left_out = articles.loc[articles["problem"] != "", ["article", "problem"]].reset_index(drop=True)
    articles = select_codable(articles).reset_index(drop=True)
    sentences, hits = list_sentences(articles), tag_articles(articles, lexicons)
    sheets = [
        seal_article(article, sentences[sentences["article"] == name], hits[hits["article"] == name], lexicons)
        for name, article in zip(articles["article"], (row for _, row in articles.iterrows()), strict=True)
    ]
    return write_sheets(sheets, folder), left_out


def _with_register(articles: pd.DataFrame, register: Path) -> pd.DataFrame:
    """Articles with the id and reference data that the register has for their files."""
    if not register.is_file():
        return articles
    try:
        known = pd.read_csv(register, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        known.index = [Path(name).stem for name in known["file"]]
        known = known[(known["id"] != "") & ~known.index.duplicated()]
    except (OSError, ValueError, KeyError) as fault:
        raise CorpusError(f"{register}: not a register ({' '.join(str(fault).split())[:100]}); it needs columns file, id") from None
    listed = articles["article"].isin(known.index)
    rows = known.loc[articles.loc[listed, "article"]]
    for column in ("outlet", "url", "date", "genre"):
        if column in rows:
            articles.loc[listed, column] = rows[column].to_numpy(object)
    articles.loc[listed, "article"] = rows["id"].to_numpy(object)
    return articles.sort_values("article", kind="stable", ignore_index=True)
