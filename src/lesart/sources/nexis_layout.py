"""One article as Nexis Uni, Lexis+ and Lexis Advance lay it out, in DOCX and in RTF: head, labels, body, classes.

The order is constant: title, publication, date, copyright, labels, "Body", the text, then corrections, pictures,
classification, load date, "End of Document". Words are looked for in the order of trust: bookmarks, bold headings,
then bare words; a bare word counts only where no text could stand.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from .dates import find_date, is_date_line
from .found import Found
from .labels import find_label, is_heading, is_rights_line, label_data, labels_of
from .press_records import BOUNDS, BOUNDS_NEXIS_DE, make_found, read_language, split_section
from .word_paragraphs import Paragraph

_CONTENT_ID = re.compile(r"urn:contentItem:([0-9A-Z]{4}(?:-[0-9A-Z]+){3,6})")
_BODY_MARK = re.compile(r"Body(?:_\d+)?")
_RULE = re.compile(r"[\s_\-–—=*]*")
# Labels can stand in one paragraph, parted by line breaks or wide gaps.
_LABELS_APART = re.compile(r"\n|\s{2,9}(?=[^\W\d_][\w-]{2,20}:\s)")
# Title, publication, a blog's name, the date, "Correction Appended".
_LONGEST_HEAD = 5
_SHORTEST_HEAD = 3
# Without the word "Body", so many words after the labels are a body; a photo's caption stands under "Graphic".
_LEAST_BODY = 40
# So many paragraphs below a heading there are its first labels.
_NEAR = 5


def read_article(place: str, paragraphs: Sequence[Paragraph], *, after_cover: bool = False) -> Found:
    """The article that the paragraphs hold, or the reason why there is none. ``after_cover``: a cover or list may stand before it."""
    paragraphs = [replace(p, text="") if _RULE.fullmatch(p.text) else p for p in paragraphs]
    body = _find_body(paragraphs)
    if after_cover:
        first = _skip_cover(paragraphs, body[0])
        paragraphs, body = paragraphs[first:], (body[0] - first, body[1] - first)
    end = _find_end(paragraphs, body[1])
    fields = {**_read_tail(paragraphs[end:]), **_read_head(paragraphs[: body[0]])}
    fields["source_id"] = _find_id(paragraphs[: body[0]])
    abstract, text = _split_abstract([p.text for p in paragraphs[body[1] : end]])
    bounds = BOUNDS_NEXIS_DE if read_language(fields.get("language", "")) == "de" else BOUNDS
    n_abstract = sum(len(paragraph.split()) for paragraph in abstract)
    return make_found(place, {**fields, "abstract": " ".join(abstract)}, text, bounds=bounds, n_more_words=n_abstract)


def is_end(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the last of an article."""
    return is_heading(paragraph.text.split("\n")[-1], label_data()["nexis"]["headings"]["end"])


def _find_body(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Where the head ends and where the body begins; both the same where no word stands between."""
    headings = label_data()["nexis"]["headings"]
    marked = [n for n, p in enumerate(paragraphs) if any(_BODY_MARK.fullmatch(mark) for mark in p.bookmarks)]
    named = [n for n, p in enumerate(paragraphs) if is_heading(p.text, headings["body"])]
    if marked:
        mark = paragraphs[marked[0]]
        # In another interface language the word is not known, but it is bold and alone.
        headed = is_heading(mark.text, headings["body"]) or bool(mark.opens_bold and len(mark.text.split()) <= 3)
        start = marked[0] + headed
        below = next((n for n in range(start, len(paragraphs)) if paragraphs[n].text.strip()), start)
        return marked[0], below + 1 if not headed and below in named else start
    if named:
        bold = [n for n in named if paragraphs[n].opens_bold]
        return (bold or named)[0], (bold or named)[0] + 1
    after = 1 + max((n for n, p in enumerate(paragraphs) if _head_label(p)), default=len(paragraphs) - 1)
    stop = _find_end(paragraphs, after)
    n_words = sum(len(p.text.split()) for p in paragraphs[after:stop])
    return (after, after) if n_words >= _LEAST_BODY else (stop, stop)


def _find_end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the body ends: at the first heading or label that comes after it and is no line of it."""
    ends = [n for n in range(start, len(paragraphs)) if is_end(paragraphs[n])]
    stop = ends[-1] if ends else len(paragraphs)
    opening = [(n, part) for n in range(start, stop) if (part := _opens_tail(paragraphs[n]))]
    bold = [n for n, _ in opening if paragraphs[n].opens_bold]
    if bold:
        return bold[0]
    # Nothing says which words are headings: of each the last counts, with what belongs after it.
    last = {part: n for n, part in opening if _has_its_own(paragraphs, n, part)}
    return min(last.values(), default=stop)


def _has_its_own(paragraphs: Sequence[Paragraph], n: int, part: str) -> bool:
    """Whether after a heading stands what belongs there: labels below a classification, a blank line below any other."""
    if part in ("loaded", "correction"):  # a label with its date
        return True
    if part == "classes":
        below = "\n".join(p.text for p in paragraphs[n : n + _NEAR]).strip().split("\n")[1:]
        return any(find_label(line, labels_of("nexis", "tail")) for line in below)
    return _is_blank(paragraphs, n + 1)


def _is_blank(paragraphs: Sequence[Paragraph], n: int) -> bool:
    return n >= len(paragraphs) or not paragraphs[n].text.strip() or is_end(paragraphs[n])


def _opens_tail(paragraph: Paragraph) -> str:
    """Which part after the body a paragraph opens; "" for none."""
    first = paragraph.text.strip().split("\n")[0]
    for part in ("amendment", "picture", "classes", "notes"):
        if is_heading(first, label_data()["nexis"]["headings"][part]):
            return part
    found = find_label(first, labels_of("nexis", "tail"))
    return found[0] if found and found[0] in ("loaded", "correction") and find_date(found[1]) else ""


def _head_label(paragraph: Paragraph) -> tuple[str, str] | None:
    return find_label(paragraph.text.replace("\n", " ").strip(), labels_of("nexis", "head"))


def _read_head(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """What stands before the body, by column."""
    texts = [p.text for p in paragraphs]
    filled = [n for n, text in enumerate(texts) if text.strip()]
    # The title comes first, whatever it begins with ("Length: how long is too long").
    first = next((n for n in filled[1:] if _head_label(paragraphs[n]) or is_rights_line(texts[n])), len(texts))
    lines = [texts[n] for n in filled if n < first][:_LONGEST_HEAD]
    fields = _read_lines(lines)
    for line in (line for text in texts[first:] for line in _LABELS_APART.split(text)):
        found = find_label(line, labels_of("nexis", "head"))
        if found and found[1]:
            fields.setdefault(*found)  # old items give bylines twice
    return {**fields, **split_section(fields.get("section", ""))} if fields.get("section") else fields


def _read_lines(lines: Sequence[str]) -> dict[str, str]:
    """Title, publication and date from the lines at the top."""
    if not lines:
        return {}
    dates = [n for n, line in enumerate(lines) if n and is_date_line(line)]
    named = [line for n, line in enumerate(lines) if n and n not in dates and not re.fullmatch(r"\(.*\)", line.strip())]
    fields = {"title": lines[0], "outlet": named[0] if named else ""}
    vague = next((line for line in named[1:] if re.search(r"\b(?:1[789]|20)\d\d\b", line)), "")  # "Summer 2020"
    return fields | {"date": lines[dates[0]] if dates else vague}


def _read_tail(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """What stands after the body, by column: load date, language, kind; not pictures and subjects."""
    fields: dict[str, str] = {}
    for line in (line for p in paragraphs for line in p.text.split("\n")):
        found = find_label(line, labels_of("nexis", "tail"))
        if found and found[1] and found[0] in ("loaded", "language", "kind"):
            fields[found[0]] = found[1]
    return fields


def _find_id(paragraphs: Sequence[Paragraph]) -> str:
    for link in (link for p in paragraphs for link in p.links):
        found = _CONTENT_ID.search(unquote(link))
        if found:
            return found[1]
    return ""


def _split_abstract(texts: list[str]) -> tuple[list[str], list[str]]:
    """The abstract and the text, where both stand in the body under their headings."""
    headings = label_data()["nexis"]["headings"]
    filled = [n for n, text in enumerate(texts) if text.strip()]
    if filled and is_heading(texts[filled[0]], headings["abstract"]):
        full = [n for n in filled if is_heading(texts[n], headings["full_text"])]
        if full:
            return texts[filled[0] + 1 : full[0]], texts[full[0] + 1 :]
    return [], texts


def _skip_cover(paragraphs: Sequence[Paragraph], body: int) -> int:
    """Where the article begins whose body is at ``body``: above its labels, the lines down to the last gap before them."""
    headed = [n for n in range(body) if paragraphs[n].heading]
    if headed:
        return headed[-1]
    n = body
    while n > 0 and (not paragraphs[n - 1].text.strip() or _head_label(paragraphs[n - 1]) or is_rights_line(paragraphs[n - 1].text)):
        n -= 1
    n_lines, top = 0, n
    while n > 0 and n_lines < _LONGEST_HEAD and not _is_cover(paragraphs[n - 1]):
        # A gap ends the head, unless so little stands below it that each line has gaps around it.
        if not paragraphs[n - 1].text.strip() and (n_lines >= _SHORTEST_HEAD or not n_lines or n < 2 or not paragraphs[n - 2].text.strip()):
            break
        n -= 1
        if paragraphs[n].text.strip():
            n_lines, top = n_lines + 1, n
    return top


def _is_cover(paragraph: Paragraph) -> bool:
    return find_label(paragraph.text, labels_of("nexis", "cover")) is not None
