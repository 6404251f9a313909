"""Reads text files from ProQuest: articles parted by lines of underscores, ``Label: value`` blocks, "Full text:" among them.

Many records have an abstract only: these are listed, not taken for articles.
"""

import re
from collections.abc import Iterator, Sequence

from .export_text import export_text, peek_text
from .found import Found
from .labels import find_label, labels_of
from .press_records import hold_counts, make_found

_RULE = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)
# So many labels in a row are the end of a text, not lines of it.
_ROW = 3
# What these labels hold are sentences; what others hold is hardly ever one of so many words.
_SPOKEN = frozenset({"abstract", "copyright", "credit", "links"})
_LEAST_SENTENCE = 10


def recognise(head: bytes, name: str) -> bool:
    """Whether a text file begins as one from ProQuest."""
    if b"\x00" in head[:1000] or not head.strip() or not re.search(rb"^_{40,}", head, re.MULTILINE):
        return False
    text = peek_text(head)
    found = {label[0] for line in text.split("\n") if (label := _label(line))}
    return "Report Information from ProQuest" in text or len(found & {"source_id", "outlet", "database", "url", "text", "updated"}) >= 2


def read(content: bytes, name: str) -> Iterator[Found]:
    """The articles of a file, in order, then a place "" where their number is not the one announced.

    Raises CorpusError for an empty file.
    """
    text = export_text(content)
    pieces = [_split_blocks(piece) for piece in _RULE.split(text)]
    # Before the first line stands a cover or nothing, after the last one copyright and contact.
    pieces = [piece for n, piece in enumerate(pieces) if piece and (0 < n < len(pieces) - 1 or sum(_label(block) is not None for block in piece) >= _ROW)]
    for n, piece in enumerate(pieces, 1):
        yield _read_piece(f"article {n}", piece)
    ids = {value for piece in pieces for block in piece if (label := _label(block)) and label[0] == "source_id" and (value := label[1])}
    yield from hold_counts([("document ids", len(ids) or None)], len(pieces))


def _split_blocks(piece: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n[ \t]*(?=\n)", piece) if block.strip()]


def _label(block: str) -> tuple[str, str] | None:
    return find_label(block, labels_of("proquest", "labels"))


def _read_piece(place: str, blocks: Sequence[str]) -> Found:
    labels = [_label(block) for block in blocks]
    start = next((n for n, label in enumerate(labels) if label and label[0] == "text"), len(blocks))
    stop = _find_stop(labels, start)
    fields: dict[str, str] = {} if labels[0] else {"title": blocks[0]}
    abstract: list[str] = []
    current = ""
    for n, block in enumerate(blocks):
        if start <= n < stop or (n == 0 and not labels[0]):
            continue
        label = labels[n]
        if label:
            current = label[0]
            abstract += [label[1]] if current == "abstract" and label[1] else []
            if label[1]:
                fields.setdefault(*label)
        elif current == "abstract":  # it may run on over blank lines
            abstract.append(block)
    fields["abstract"] = " ".join(abstract)
    paragraphs = [labels[start][1], *blocks[start + 1 : stop]] if start < len(blocks) and labels[start] else []
    found = make_found(place, fields, [paragraph.replace("\n", " ") for paragraph in paragraphs])
    if found.problem and abstract:
        return Found(place, found.record, problem="no full text: an abstract only")
    return found


def _find_stop(labels: Sequence[tuple[str, str] | None], start: int) -> int:
    """Where the text ends: at the labels that no text follows, or at three in a row."""
    stop = len(labels)
    while stop > start + 1 and labels[stop - 1]:
        stop -= 1
    stop = next((n for n in range(start + 1, stop) if all(labels[n : n + _ROW]) and n + _ROW <= stop), stop)
    while stop < len(labels) and _is_sentence(labels[stop]):
        stop += 1
    return stop


def _is_sentence(label: tuple[str, str] | None) -> bool:
    """Whether a block with a label's word and a colon is a paragraph of the text all the same ("Subject: bread. That was …")."""
    return bool(label and label[0] not in _SPOKEN and len(label[1].split()) >= _LEAST_SENTENCE and label[1].rstrip()[-1] in ".!?“”\"")
