"""Saved web pages: one page, one article, or the reason why it is none.

trafilatura finds the text; what the page says of itself comes from ``page_facts``. Lines that the page left beside the
article are for ``cleaning`` to take out. A page with a consent wall, an error page, a front page or a page that shows
only a video is no article.

What it gets wrong: a paragraph of the article that stands in a box named for authors or sharing is lost, and so is a
quotation set as a figure, and one that is a link as a whole; a long consent wall that cleaning
does not know passes for an article, and so does a front page whose address is unknown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

from ..cleaning import Cleaned, clean_text
from .decoding import decode
from .found import Found
from .page_facts import PageFacts, read_facts
from .page_lead import add_lead

# A page saved with its pictures has 50 MB; without them the longest reads have 2 MB and some 10,000 tags. The work grows
# with both: at these bounds a page made to be slow takes some ten seconds.
LARGEST_FILE, LARGEST_PAGE, MOST_TAGS = 50_000_000, 3_000_000, 60_000
# Fewer words in whole sentences than this are a caption or a notice. Error pages have at most so many; front pages, and
# pages of a video, have texts so short beside what they link to or show.
FEWEST_WORDS, SHORT_PAGE = 25, 150
# JSON-LD repeats the text, or has its first lines: only what is so much longer than the visible text replaces it.
HIDDEN_TEXT = 1.3

_PICTURE_DATA = re.compile(r"data:[\w.+/-]{0,60}(?:;[\w=.-]{0,60}){0,4},[A-Za-z0-9+/=%_.~-]{200,}")
_CELL_END = re.compile(r"(?<!\\)\|")
_SENTENCE = re.compile(r"[.!?…][\"'“”’»«)\]]*$")


def read(content: bytes, name: str) -> Iterator[Found]:
    """The article of a saved page, or the reason why there is none; always one ``Found``, its place "".

    >>> page = "<html lang='de'><title>Klick für Klick</title><article>" + "<p>Die Firma bezahlt jedes Bild einzeln.</p>" * 8
    >>> [found] = read(page.encode("cp1252"), "klick.html")
    >>> found.record["title"], found.record["language"], found.record["text"][:12]
    ('Klick für Klick', 'de', 'Die Firma be')
    >>> next(read(b"<html><title>Page not found</title><p>Sorry.", "x.html")).problem
    'an error page, no article; save the article itself'
    """
    yield read_page(content)


def read_page(content: bytes, *, place: str = "", url: str = "", charset: str = "") -> Found:
    """The article of a page; ``url`` and ``charset`` are what the sender said, if known."""
    if len(content) > LARGEST_FILE:
        return Found(place, problem=f"larger than {LARGEST_FILE:,} bytes: not one page; save it without its pictures")
    if not content.strip():
        return Found(place, problem="empty page")
    source = _PICTURE_DATA.sub("data:,", decode(content, charset))
    if len(source) > LARGEST_PAGE or source.count("<") > MOST_TAGS:
        return Found(place, problem=f"page longer than {LARGEST_PAGE:,} characters or {MOST_TAGS:,} tags; save the article without what surrounds it")
    try:
        return _judge(_extract(source, url), place)
    except Exception as fault:  # whatever the libraries raise on a page that was made or broken to that end
        return Found(place, problem=f"a page that cannot be taken apart ({type(fault).__name__}); save it anew")


@dataclass(frozen=True)
class _Page:
    """What was extracted: the article's columns, their text cleaned (only to judge it), the page's facts."""

    record: Mapping[str, object]
    cleaned: Cleaned
    facts: PageFacts


def _extract(source: str, url: str) -> _Page:
    from lxml.etree import strip_tags
    from trafilatura import bare_extraction, load_html

    tree = load_html(source)
    if tree is None:
        return _Page({}, clean_text(""), PageFacts())
    facts = read_facts(tree, source, url)
    strip_tags(tree, "font", "center")  # trafilatura loses the first words in them
    # Dates are only read where a page states them, and no clock decides which are likely.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    asked = {"url": url or None, "with_metadata": True, "include_comments": False, "date_extraction_params": dates}
    document = bare_extraction(tree, **asked)
    found = document.text if document else ""
    if found and "\n" not in found.strip():  # all the words of the page in one line: what it does with a text that it holds too short
        again = bare_extraction(tree, **asked, config=_take_short())
        found = again.text if again and "\n" in again.text.strip() else found
    said = {key: value for key, value in facts.record.items() if value}
    told = {"title": document.title, "outlet": document.sitename, "date": document.date, "author": document.author} if document else {}
    record: dict[str, object] = {key: value for key, value in told.items() if value} | said
    text = add_lead(tree, _tidy(found))
    hidden = facts.body.split()
    if len(hidden) > HIDDEN_TEXT * len(text.split()) or hidden == text.split():  # trafilatura too may have read it, as one line
        text = facts.body
    title, outlet = str(record.get("title", "")), str(record.get("outlet", ""))
    cleaned = clean_text(text, title, outlet=outlet)
    record |= {"text": text, "title": title, "truncated": _is_truncated(cleaned, facts)}
    return _Page(record, cleaned, facts)


@cache
def _take_short():  # noqa: ANN202
    """trafilatura's settings, but short texts are texts."""
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"
    return config


def _tidy(text: str) -> str:
    """One line a paragraph, as cleaning expects it; the cells of a table that only lays out the page are paragraphs."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("|") and line.rstrip().endswith("|"):
            cells = (cell.replace("\\|", "|").strip() for cell in _CELL_END.split(line))
            line = " | ".join(cell for cell in cells if cell.strip("-| "))
        if line.strip():
            lines.append(line.strip())
    return "\n".join(lines)


def _is_truncated(cleaned: Cleaned, facts: PageFacts) -> bool:
    """Whether the page shows only a part: it says so, names further pages, or asks for money where its text breaks off.

    A subscriber's page is not free either, but has neither gate nor break.
    """
    broken = bool(cleaned.text) and not _SENTENCE.search(cleaned.text[-10:])
    return cleaned.truncated or facts.goes_on or (not facts.free and (facts.gated or broken or cleaned.text.endswith(("…", "..."))))


def _judge(page: _Page, place: str) -> Found:
    """The article, or the first reason why the page has none."""
    text, facts = page.cleaned.text, page.facts
    prose = [line for line in text.split("\n\n") if _SENTENCE.search(line[-10:])]
    n_words = sum(len(line.split()) for line in prose)
    shown = f"{page.record.get('title', '')}\n{text[:2_000]}" if n_words < SHORT_PAGE else ""
    problem = ""
    if (not facts.is_article and _is_consent_address(facts)) or any(taken.rule == "consent_page" for taken in page.cleaned.taken):
        problem = "a consent page, no article; save the page after choosing"
    elif shown and not facts.is_article and _has_sign("robot_check", shown):
        problem = "a page that checks for robots or scripts, no article; save the article from a browser"
    elif shown and not facts.is_article and _has_sign("not_found", shown):
        problem = "an error page, no article; save the article itself"
    elif facts.kind.startswith(("video", "music")) and n_words < SHORT_PAGE:
        problem = "a page for a video or a recording, no article"
    elif n_words < FEWEST_WORDS:
        problem = "no article text on the page; it may be a front page, a video or a picture"
    elif not facts.is_article and _is_front(facts):
        problem = "a front page, no article; save the article itself"
    return Found(place, {} if problem else page.record, problem)


def _is_consent_address(facts: PageFacts) -> bool:
    """Whether the host's first name or a whole step of the path speaks of consent: "/zustimmung", "consent.example.com"."""
    parts = urlsplit(facts.record.get("url", ""))
    return any(_signs()["consent_address"].fullmatch(step) for step in ((parts.hostname or "").split(".")[0], *parts.path.split("/")))


def _is_front(facts: PageFacts) -> bool:
    parts = urlsplit(facts.record.get("url", ""))
    return bool(parts.hostname) and parts.path.strip("/") in ("", "index.html", "index.php", "de", "en") and not parts.query


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    data = yaml.load(files("lesart").joinpath("data/web_page.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {name: re.compile("|".join(sign for side in sides.values() for sign in side), re.IGNORECASE) for name, sides in data.items()}


def _has_sign(name: str, text: str) -> bool:
    return bool(_signs()[name].search(text.replace("’", "'")))
