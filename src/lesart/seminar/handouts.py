"""The handouts of a lesson without screens: codebook, articles in numbered lines and a coding sheet; and a key for the teacher.

Both in German and English. What the key says is computed: nothing about an article is written by hand but its key.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from string import ascii_uppercase

import pandas as pd

from .. import wording
from ..codes import check_shares, read_codes
from ..errors import CorpusError
from ..figures.labels import LABELS, listing, name_feature, name_of, number, percent
from ..stance import STANCES, SURE_MARGINS, explain_stance
from ..files import write_whole
from .paper import Paper
from .revealing import Reading
from .room import list_paragraphs

say = partial(wording.say, "handouts")
# More of them are no handout, and letters would run out.
MOST_ARTICLES = 12
_MOST_FEATURES = 6
# Coders' mean and lexicon further apart than this (points) are worth a question.
_FAR_APART_POINTS = 8
_BOX = "☐"


def pick_articles(articles: pd.DataFrame, ids: tuple[str, ...]) -> pd.DataFrame:
    """The articles with these ids, in that order. Raises CorpusError for one that is not there, has no text, or for too many."""
    if len(ids) > MOST_ARTICLES:
        raise CorpusError(f"{len(ids)} articles are too many for a handout; name at most {MOST_ARTICLES}")
    known = articles[articles["text"].str.strip() != ""].set_index("article", drop=False)
    for name in ids:
        if name not in known.index:
            raise CorpusError(f"{name}: no article with a text here has this id; there are {', '.join(sorted(known.index)[:5])} …")
    return known.loc[list(dict.fromkeys(ids))].reset_index(drop=True)


def check_shareable(place: Path) -> None:
    """Raises CorpusError for the texts of a press corpus, and for a folder that holds one: they may be read, not handed out."""
    parts = place.resolve().parts
    is_inside = any(pair == ("corpus", "press") for pair in zip(parts, parts[1:]))
    # All below a folder is read as articles: the press among them, whose texts nothing tells apart by then.
    if is_inside or (parts[-1:] == ("corpus",) and (place / "press").is_dir()) or any(place.glob("**/corpus/press")):
        raise CorpusError(f"{place}: press texts may not be handed out; name a folder of articles that you may share")


def write_handouts(reading: Reading, folder: Path, *, topics: tuple[str, ...], key: pd.DataFrame, codes: pd.DataFrame) -> list[Path]:
    """Write ``handout_de.pdf``, ``teacher_key_de.pdf`` and both in English into ``folder``; the paths.

    ``key`` and ``codes``: as ``read_tables`` gives them; ``topics``: those that are coded, none where only stance is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for labels in LABELS:
        made = {"handout": make_handout(reading.articles, topics, labels), "teacher_key": make_key(reading, topics, key, codes, labels)}
        for name, content in made.items():
            paths.append(folder / f"{name}_{labels}.pdf")
            write_whole(paths[-1], content)
    return paths


def read_tables(place: Path, topics: tuple[str, ...] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The key and the coders' codes that stand beside a folder of articles (``key.csv`` or ``<folder>_key.csv``); empty where there are none.

    A row of the key is an article (index), columns as in the file. Raises CorpusError for codes that cannot be read, shares
    of ``topics`` that are no numbers, and an article that stands twice in the key.
    """
    files = {kind: next((file for file in (place.with_name(f"{place.name}_{kind}.csv"), place.with_name(f"{kind}.csv")) if file.is_file()), None)
             for kind in ("key", "codes")}  # fmt: skip
    tables = {kind: read_codes(file) if file else pd.DataFrame(columns=["article"]) for kind, file in files.items()}
    for kind, table in tables.items():
        check_shares(table, topics, str(files[kind]))
    twice = tables["key"].loc[tables["key"]["article"].duplicated(), "article"]
    if len(twice):
        raise CorpusError(f"{files['key']}: {twice.iloc[0]}: stands twice; a key has one row for each article")
    return tables["key"].set_index("article"), tables["codes"]


def make_handout(articles: pd.DataFrame, topics: tuple[str, ...], labels: str) -> bytes:
    """The handout for the class as a PDF: codebook, articles, coding sheet. Ids, which may tell, do not stand in it."""
    paper = Paper(say("handout_title", labels), labels)
    paper.add_page()
    _print_codebook(paper, topics, labels)
    for letter, article in zip(ascii_uppercase, articles.to_dict("records")):
        paper.add_page()
        paper.head(say("article", labels, letter=letter), 11)
        paper.print_article(str(article["title"]) or "–", list_paragraphs(article), say("notes", labels))
    letters = ascii_uppercase[: len(articles)]
    for first in range(0, len(letters), 2):
        paper.add_page()
        _print_sheet(paper, letters[first : first + 2], topics, labels)
    return paper.to_bytes()


def _print_codebook(paper: Paper, topics: tuple[str, ...], labels: str) -> None:
    book = partial(wording.say, "seminar", labels=labels)
    paper.head(say("book", labels))
    paper.tell(book("codebook_text"))
    paper.head(say("book_stance", labels), 12)
    rows = [[say(f"column_{name}", labels) for name in ("stance", "text", "signs", "not")]]
    rows += [[name_of("stances", s, labels), book(f"book_{s}"), say(f"signs_{s}", labels), say(f"not_{s}", labels)] for s in STANCES]
    paper.tabulate(rows, (22, 50, 58, 40))
    paper.head(say("steps", labels), 12)
    for step in (1, 2, 3):
        paper.tell(book(f"book_step_{step}"), mark=f"{step}.")
    paper.tell(say("book_sure", labels))
    if topics:
        _print_topics(paper, topics, labels)


def _print_topics(paper: Paper, topics: tuple[str, ...], labels: str) -> None:
    paper.head(say("book_topics", labels), 12)
    paper.tell(say("topics_rule", labels))
    hints, words = wording.read_words("seminar"), wording.read_words("handouts")
    rows = [[say(f"column_{name}", labels) for name in ("topic", "holds", "elsewhere")]]
    for topic in topics:  # topics of one's own have a name; what they hold, their lexicon says
        told = [table[key][labels] if key in table else "" for table, key in ((hints, f"topic_{topic}"), (words, f"elsewhere_{topic}"))]
        rows.append([name_of("topics", topic, labels), *told])
    paper.tabulate(rows, (34, 78, 58))


def _print_sheet(paper: Paper, letters: str, topics: tuple[str, ...], labels: str) -> None:
    paper.head(say("sheet", labels))
    paper.tell(f"{say('name', labels)} ______________________________     {say('date', labels)} ______________")
    paper.tell(say("sheet_rule", labels))
    blank = [" "] * len(letters)
    rows = [["", *(say("article", labels, letter=letter) for letter in letters)]]
    rows.append([say("sheet_stance", labels), *["\n".join(f"{_BOX} {name_of('stances', stance, labels)}" for stance in STANCES)] * len(letters)])
    rows.append([say("sheet_sure", labels), *[f"{_BOX} 1     {_BOX} 2     {_BOX} 3"] * len(letters)])
    if topics:
        rows += [[say("sheet_topics", labels), *blank], *([f"    {name_of('topics', topic, labels)}", *blank] for topic in topics), [say("sheet_sum", labels), *blank]]
    room = "\n" * 4 + " "
    rows += [[say(key, labels) + " ____", *[room] * len(letters)] for key in ("sheet_for", "sheet_against")]
    paper.tabulate(rows, (46, *[124 / len(letters)] * len(letters)), size=9.5, height=5.6)


def make_key(reading: Reading, topics: tuple[str, ...], key: pd.DataFrame, codes: pd.DataFrame, labels: str) -> bytes:
    """The teacher's key as a PDF: a page or two for each article, what it was written to be, how it was coded, and what to ask."""
    paper = Paper(say("key_title", labels), labels)
    for letter, article in zip(ascii_uppercase, reading.articles.itertuples()):
        paper.add_page()
        if letter == "A":
            paper.head(say("key_title", labels))
            paper.tell(say("key_notice", labels))
        paper.head(f"{say('article', labels, letter=letter)}: {article.title or article.article}", 13)
        own = codes[codes["article"] == article.article]
        lexicon = reading.codes.set_index("article").loc[article.article]
        written = key.loc[article.article] if article.article in key.index else None
        _print_answers(paper, article.article, written, own, lexicon, reading.left_out, labels)
        why = _explain(reading, article.article, lexicon["stance"])
        _print_reasons(paper, why, labels)
        shares = _list_shares(topics, written, own, lexicon)
        if topics:
            _print_shares(paper, shares, labels)
        paper.head(say("ask", labels), 11)
        for question in _ask(written, own, lexicon, why, shares, labels):
            paper.tell(question, mark="•")
    return paper.to_bytes()


def _print_answers(paper: Paper, name: str, written, own: pd.DataFrame, lexicon: pd.Series, left_out: bool, labels: str) -> None:  # noqa: ANN001
    paper.tell(name, size=8)
    if written is None:
        paper.tell(say("no_key", labels))
    else:
        hard = written.get("difficulty") == "hard"
        paper.tell(say("written_hard" if hard else "written", labels, stance=name_of("stances", written["stance"], labels)))
    told = [say("coded_one", labels, coder=row.coder, stance=name_of("stances", row.stance, labels), sure=getattr(row, "sure", "–")) for row in own.itertuples()]
    paper.tell(say("coded", labels, codes=listing(told, labels)) if told else say("no_codes", labels))
    shares = listing([f"{name_of('stances', s, labels)} {percent(100 * lexicon[s], labels)}" for s in STANCES], labels)
    told = say("lexicon", labels, stance=name_of("stances", lexicon["stance"], labels) or "–", margin=number(lexicon["margin"], labels, 2), shares=shares)
    paper.tell(told + (f". {say('unseen', labels)}" if left_out else "."))


def _explain(reading: Reading, article: str, stance: str) -> pd.DataFrame:
    """The strongest families of an article: ``feature``, ``words``, ``towards`` (the stance it pushes most to), ``push``."""
    if not stance:
        return pd.DataFrame(columns=["feature", "words", "towards", "push"])
    why = explain_stance(reading.hits, reading.articles, article, reading.models[article]).head(_MOST_FEATURES)
    return why.assign(towards=why[list(STANCES)].idxmax(axis=1), push=why[list(STANCES)].max(axis=1))


def _print_reasons(paper: Paper, why: pd.DataFrame, labels: str) -> None:
    if why.empty:
        return
    paper.head(say("why", labels), 11)
    rows = [[say(f"column_{name}", labels) for name in ("family", "push", "words")]]
    for row in why.itertuples():
        push = f"{name_of('stances', row.towards, labels)} {number(row.push, labels, 2, sign=True)}"
        rows.append([name_feature(row.feature, labels), push, row.words or say("no_words", labels)])
    paper.tabulate(rows, (46, 38, 86))


def _list_shares(topics: tuple[str, ...], written, own: pd.DataFrame, lexicon: pd.Series) -> pd.DataFrame:  # noqa: ANN001
    """For each topic the shares in percent: ``written``, ``coders`` (their mean), ``lexicon``; NaN where nobody gave one."""
    nan = float("nan")
    rows = []
    for topic in topics:
        coders = float(own[topic].mean()) if topic in own and len(own) else nan
        rows.append((topic, float(written[topic]) if written is not None and topic in written else nan, coders, float(lexicon[topic])))
    return pd.DataFrame(rows, columns=["topic", "written", "coders", "lexicon"])


def _print_shares(paper: Paper, shares: pd.DataFrame, labels: str) -> None:
    rows = [[say("shares", labels), *(say(f"column_{name}", labels) for name in ("written", "coders", "lexicon"))]]
    rows += [[name_of("topics", row.topic, labels), *(number(value, labels) for value in (row.written, row.coders, row.lexicon))] for row in shares.itertuples()]
    paper.tabulate(rows, (50, 40, 40, 40), numbers=True)


def _ask(written, own: pd.DataFrame, lexicon: pd.Series, why: pd.DataFrame, shares: pd.DataFrame, labels: str) -> list[str]:  # noqa: ANN001
    """Questions on one article, from what differs in its codes."""
    people = own["stance"].mode().iloc[0] if len(own) else written["stance"] if written is not None else lexicon["stance"]
    told = [say("ask_deciding", labels)]
    if people:
        told.append(say(f"ask_{people}", labels))
    if lexicon["stance"] not in ("", people):
        names: Mapping[str, str] = {"lexicon": name_of("stances", lexicon["stance"], labels), "people": name_of("stances", people, labels)}
        told.append(say("ask_differs", labels, **names))
    first, second, *_ = sorted(STANCES, key=lambda stance: (-lexicon[stance], STANCES.index(stance)))
    if lexicon["stance"] and lexicon["margin"] < SURE_MARGINS[0]:
        pcts = {"first_pct": percent(100 * lexicon[first], labels), "second_pct": percent(100 * lexicon[second], labels)}
        told.append(say("ask_close", labels, first=name_of("stances", first, labels), second=name_of("stances", second, labels), **pcts))
    found = why[why["words"] != ""]
    if len(found):
        told.append(say("ask_words", labels, words=found["words"].iloc[0], family=name_feature(found["feature"].iloc[0], labels)))
    apart = (shares["lexicon"] - shares["coders"]).abs()
    if apart.max() > _FAR_APART_POINTS:
        row = shares.loc[apart.idxmax()]
        told.append(say("ask_topic", labels, topic=name_of("topics", row["topic"], labels), lexicon=number(row["lexicon"], labels), people=number(row["coders"], labels)))
    return told
