"""The labels of databases: both languages side by side, and only known ones count."""

import pytest

from lesart.sources.labels import find_label, is_heading, is_rights_line, label_data, labels_of


def list_entries(node, path=()):
    """Every entry that has sides, with its path."""
    if "en" in node or "de" in node:
        yield path, node
    else:
        for key, below in node.items():
            if isinstance(below, dict):
                yield from list_entries(below, (*path, key))


ENTRIES = [(path, sides) for path, sides in list_entries(label_data()) if path[0] != "months"]


@pytest.mark.parametrize(("path", "sides"), ENTRIES, ids=[".".join(map(str, path)) for path, _ in ENTRIES])
def test_neither_language_is_missing(path, sides):
    assert sides.get("en") and sides.get("de")


def test_no_label_means_two_things():
    for path in (("nexis", "head"), ("nexis", "tail"), ("genios", "labels"), ("proquest", "labels")):
        entries = label_data()
        for step in path:
            entries = entries[step]
        words = [word.casefold() for sides in entries.values() for word in {word.casefold() for side in sides.values() for word in side}]
        assert sorted(words) == sorted(set(words)), path


@pytest.mark.parametrize(
    ("line", "capitals", "expected"),
    [
        ("Länge: 512 Wörter", False, ("words_stated", "512 Wörter")),
        ("Length: 512 words", False, ("words_stated", "512 words")),
        ("LÄNGE: 512 Wörter", True, ("words_stated", "512 Wörter")),
        ("Länge: 512 Wörter", True, None),
        ("länge: das ist kein Etikett", False, None),
        ("Rubrik:", False, ("section", "")),
        ("Byline:Ida", False, None),
        ("Merke: das ist kein Etikett", False, None),
        ("Die Länge: 512 Meter", False, None),
        ("", False, None),
    ],
)
def test_a_label_is_known_and_opens_its_line(line, capitals, expected):
    assert find_label(line, labels_of("nexis", "head"), capitals=capitals) == expected


@pytest.mark.parametrize(("line", "expected"), [("End of Document", True), ("Ende des Dokuments", True), ("The End of Document", False), ("end of document", False)])
def test_a_heading_is_the_whole_line(line, expected):
    assert is_heading(line, label_data()["nexis"]["headings"]["end"]) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Copyright 2025 Musterblatt", True), ("© 2025 The Sample Courier", True), ("Alle Rechte vorbehalten", True), ("All Rights Reserved", True), ("Copyright ist das Thema des Streits zwischen den Verlagen und dem Konzern.", False), ("Das Urheberrecht", False)],
)
def test_a_note_of_rights_is_no_sentence(line, expected):
    assert is_rights_line(line) is expected
