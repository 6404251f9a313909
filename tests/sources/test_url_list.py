"""Lists of web addresses: told from other files, read in their order, their pages fetched."""

import csv

import pytest
from made_server import server  # noqa: F401 - server is a fixture

from lesart.errors import CorpusError
from lesart.sources.url_list import list_addresses, read_path, recognise


def test_list_gives_the_articles_in_its_order(server, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(f"# Liste\n{server.url}/a\n\n{server.url}/404\nkein Link\n{server.url}/a#mitte\n{server.url}/garbage\n{server.url}/{'x' * 2000}\n{server.other}/b\n", encoding="utf-8")
    found = list(read_path(path, cache=tmp_path / "cache", pause=0, allow_local=True))
    assert [(item.place, item.record.get("title")) for item in found if not item.problem] == [("line 2", "Seite /a"), ("line 9", "Seite /b")]
    problems = {item.place: item.problem for item in found if item.problem}
    assert list(problems) == ["line 4", "line 5", "line 6", "line 7", "line 8"]
    for part, problem in zip(("/404: status 404", "kein Link: not a web address", "the same address as line 2", "no article text", "address longer than"), problems.values(), strict=True):
        assert part in problem


def test_table_tells_more_than_the_page(server, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"Titel;URL;Medium;Ereignis;text\nEigener;{server.url}/a;Musterblatt;Übernahme;nein\n;{server.url}/b;;;\n;;;;\n", encoding="cp1252")
    first, second = read_path(path, cache=tmp_path / "cache", pause=0, allow_local=True)
    assert {key: first.record[key] for key in ("title", "outlet", "ereignis")} == {"title": "Eigener", "outlet": "Musterblatt", "ereignis": "Übernahme"}
    assert (second.place, second.record["title"], "outlet" in second.record) == ("line 3", "Seite /b", False)
    assert "Größe" in first.record["text"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"name,words\na,3\n", "name it url, not name, words"), (b"", "name it url, not nothing"), (b"x" * 20_000_001, "split it")],
)
def test_list_that_cannot_be_read_says_what_to_do(tmp_path, content, message):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=message) as fault:
        list(read_path(path, cache=tmp_path / "cache"))
    assert "\n" not in str(fault.value)


def test_table_that_is_broken_says_where():
    before = csv.field_size_limit(1_000)
    try:
        with pytest.raises(CorpusError, match="line 1: not a readable table"):
            list_addresses(b'url\n"' + b"x" * 2_000)
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("content", "name", "yes"),
    [
        (b"https://a.test/1\nhttps://a.test/2\nhttps://a.te", "list.txt", True),
        (b"\xef\xbb\xbf# Liste\r\n\r\nhttps://a.test/1\r\n", "list", True),
        (b"https://a.test/1", "list", True),
        (b"outlet,url\nx,https://a.test/1\n", "list.csv", True),
        ("Medium;Adresse\n".encode("cp1252"), "list.csv", True),
        (b"url,text\nhttps://a.test/1,Ein Text\n", "list.csv", False),
        (b"url and more\n", "note.txt", False),
        (b"https://a.test/1 is where it stands.\nThe text.\nMore.", "note.txt", False),
        (b"", "list.txt", False),
        (b"\0\0https://a.test", "x", False),
    ],
)
def test_recognise(content, name, yes):
    assert recognise(content, name) == yes


def test_addresses_keep_their_places():
    listed = list_addresses(b'url,title\nhttps://a.test/1,"two\nlines"\nhttps://a.test/2,x\n')
    assert [(item.place, item.address) for item in listed] == [("line 3", "https://a.test/1"), ("line 4", "https://a.test/2")]
