"""One article as the older LexisNexis laid it out, in text and HTML: centred lines, title, labels in capitals, body, labels.

The language of the labels is the source's, that of "n of m DOCUMENTS" the interface's: both languages are looked up
everywhere. A word in capitals with a colon inside the body looks like a label: only known ones count, and after the body
only those that no text follows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import is_date_line
from .found import Found
from .labels import find_label, is_rights_line, labels_of
from .press_records import BOUNDS, BOUNDS_NEXIS_DE, make_found, read_count, read_language, split_section

# "3 of 10 DOCUMENTS", "Dokument 3 von 10", "Document 3 de 10", alone on its line.
MARK = re.compile(r"^[ \t]*(?:(\d{1,6}) of (\d{1,6}) DOCUMENTS?|(?:Dokument|Document) (\d{1,6}) (?:von|de|of|van) (\d{1,6}))[ \t]*$", re.MULTILINE)
# The labels before the body are done within so many blocks.
_LONGEST_HEAD = 25
# A caption runs on over so many blocks without label.
_LONGEST_CAPTION = 3
_LONGEST_BYLINE = 8
# Words in the body divided by the words stated: medians of 502 English articles and of 49 German ones.
_USUAL, _USUAL_DE = 0.98, 0.85


@dataclass(frozen=True)
class Block:
    """Lines between two blank ones (a paragraph of HTML). ``centred`` as on the page; None: the format does not tell."""

    lines: tuple[str, ...]
    centred: bool | None = None

    @property
    def text(self) -> str:
        """The lines, unwrapped."""
        return " ".join(line.strip() for line in self.lines if line.strip())


def read_blocks(place: str, blocks: Sequence[Block]) -> Found:
    """The article that the blocks hold (without its "n of m" line), or the reason why there is none."""
    start = _find_body(blocks)
    head = _read_head(blocks[:start])
    german = any(block.text.startswith(("LÄNGE:", "RUBRIK:")) for block in blocks[:start])
    stated = read_count(head.get("words_stated", ""))
    end = _choose_end(blocks, start, stated and stated * (_USUAL_DE if german else _USUAL))
    fields = {**_read_tail(blocks[end:]), **head}
    if fields.get("section"):
        fields |= {"section": "", **split_section(fields["section"])}
    german = german or read_language(fields.get("language", "")) == "de"
    return make_found(place, fields, [block.text for block in blocks[start:end]], bounds=BOUNDS_NEXIS_DE if german else BOUNDS)


def is_date(block: Block) -> bool:
    """Whether a block is a date and nothing else."""
    return bool(block.lines) and all(map(is_date_line, block.lines))


def _head_label(block: Block) -> tuple[str, str] | None:
    return find_label(block.text, labels_of("nexis", "head"), capitals=True)


def _tail_label(block: Block) -> tuple[str, str] | None:
    return find_label(block.text, labels_of("nexis", "tail"), capitals=True)


def _is_rights(block: Block) -> bool:
    return bool(block.lines) and all(is_rights_line(line) for line in block.lines if line.strip())


def _find_body(blocks: Sequence[Block]) -> int:
    """Where the body begins: after the labels in a row that hold the length, else after the first row of labels."""
    labels = [_head_label(block) for block in blocks[:_LONGEST_HEAD]]
    known = [n for n, label in enumerate(labels) if label and n]
    if not known:
        return _after_title(blocks)
    n = next((n for n in known if labels[n][0] == "words_stated"), known[0])
    while n < len(labels) and labels[n]:
        n += 1
    return n


def _after_title(blocks: Sequence[Block]) -> int:
    """Without labels: after the line that follows the date."""
    dated = next((n for n, block in enumerate(blocks[:_LONGEST_HEAD]) if any(map(is_date_line, block.lines))), None)
    return min(len(blocks), 0 if dated is None else dated + 2)


def _find_end(blocks: Sequence[Block], start: int, *, captions: bool) -> int:
    """Where the labels after the body begin: read from the end, up to the first block that has none.

    ``captions``: blocks without label between two labels may continue the caption above them.
    """
    end, n, unlabelled = len(blocks), len(blocks) - 1, 0
    while n >= start and unlabelled <= (_LONGEST_CAPTION if captions else 0):
        label = _tail_label(blocks[n])
        if (label or _is_rights(blocks[n])) and (not unlabelled or label and label[0] in ("pictures", "correction")):
            end, unlabelled = n, 0
        else:
            unlabelled += 1
        n -= 1
    return end


def _choose_end(blocks: Sequence[Block], start: int, n_expected: float | None) -> int:
    """Where the body ends. Whether "GRAPHIC:" a few blocks before the end is the caption or a line of the text, the length tells."""
    ends = (_find_end(blocks, start, captions=True), _find_end(blocks, start, captions=False))
    if n_expected is None or ends[0] == ends[1]:
        return ends[0]
    return min(ends, key=lambda end: abs(sum(len(block.text.split()) for block in blocks[start:end]) - n_expected))


def _read_head(blocks: Sequence[Block]) -> dict[str, str]:
    first = next((n for n, block in enumerate(blocks) if _head_label(block) and n), len(blocks))
    fields: dict[str, str] = {}
    for block in blocks[first:]:
        label = _head_label(block)
        if label and label[1]:
            fields.setdefault(*label)
    return {**_read_top(blocks[:first]), **fields}


def _read_top(blocks: Sequence[Block]) -> dict[str, str]:
    """Publication, date, title and author from the blocks before the first label."""
    blocks = [block for block in blocks if block.text and not _is_rights(block)]
    dated = next((n for n, block in enumerate(blocks) if any(map(is_date_line, block.lines))), -1)
    blocks = [block for n, block in enumerate(blocks) if n <= dated or not is_date(block)]  # the date can stand twice, in two languages
    told = any(block.centred for block in blocks)  # what is centred is no title
    named = [n for n in range(len(blocks)) if n != dated and (blocks[n].centred if told else n == 0 if dated else False)]
    rest = [n for n in range(len(blocks)) if n != dated and n not in named and not (told and blocks[n].centred)]
    fields = {"outlet": blocks[named[0]].lines[0].strip()} if named else {}
    if dated >= 0:
        lines = [line for line in blocks[dated].lines if line.strip()]
        n = next(n for n, line in enumerate(lines) if is_date_line(line))
        # Without blank lines between them the publication stands in the date's block.
        fields |= {"date": lines[n]} | ({"outlet": lines[0].strip()} if n and not named else {})
        edition = [line.strip() for line in lines[n + 1 :] if not is_date_line(line)]
        fields |= {"edition": edition[0]} if edition else {}
    byline = next((n for n in rest[1:] if blocks[n].text.startswith(("Von ", "By ")) and len(blocks[n].text.split()) <= _LONGEST_BYLINE), None)
    if byline is not None:
        fields["author"] = blocks[byline].text
    return {**fields, **(_split_title(blocks[rest[0]].lines) if rest else {})}


def _split_title(lines: Sequence[str]) -> dict[str, str]:
    """Title and subtitle: a semicolon at the end of a line parts them."""
    n = next((n for n, line in enumerate(lines) if line.rstrip().endswith(";")), len(lines) - 1)
    title, subtitle = " ".join(lines[: n + 1]).strip().rstrip(";"), " ".join(lines[n + 1 :])
    return {"title": title, "subtitle": subtitle.strip()}


def _read_tail(blocks: Sequence[Block]) -> dict[str, str]:
    labels = [label for block in blocks if (label := _tail_label(block)) and label[1]]
    return {column: value for column, value in labels if column in ("loaded", "language", "kind")}
