"""Which reader gets a file, and what becomes of its faults."""

import csv
import gzip
import time
from types import SimpleNamespace

import pytest
import samples_plain as plain

from lesart import sources
from lesart.errors import CorpusError
from lesart.sources import Found, bounds, read_source


def put(folder, name, content):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def test_a_folder_is_read_in_order_and_its_files_are_the_places(tmp_path):
    for name, n in (("b.txt", 0), ("a/z.docx", 1), ("a/b.csv", 2)):
        put(tmp_path, name, plain.comma_table([n]) if name.endswith("csv") else plain.word(n) if name.endswith("docx") else plain.plain(n))
    put(tmp_path, ".hidden.txt", b"x")
    put(tmp_path, "a/~$z.docx", b"x")
    assert [found.place for found in read_source(tmp_path)] == ["a/b.csv: row 2", "a/z.docx", "b.txt"]


def test_an_archive_in_an_archive_is_read_and_none_in_that(tmp_path):
    inner = plain.pack({"a.txt": plain.plain(0)})
    path = put(tmp_path, "a.zip", plain.pack({"1.zip": inner, "2.zip": plain.pack({"3.zip": inner}), "b.gz": gzip.compress(plain.plain(1))}))
    found = list(read_source(path))
    assert [item.place for item in found] == ["1.zip: a.txt", "2.zip: 3.zip", "b.gz"]
    assert found[1].problem.startswith("an archive within an archive within an archive")


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="no such file or folder"):
        list(read_source(tmp_path / "nowhere"))


@pytest.mark.parametrize("fault", [ValueError("odd\nfault"), MemoryError(), RecursionError("deep"), KeyError("x"), UnicodeDecodeError("utf-8", b"x", 0, 1, "why")])
def test_whatever_a_reader_raises_is_the_files_reason(monkeypatch, tmp_path, fault):
    def read(content, name):
        yield Found("first", {"text": "x"})
        raise fault

    monkeypatch.setattr(sources, "_find_reader", lambda name: SimpleNamespace(read=read) if name == "text" else None)
    put(tmp_path, "a.txt", b"The firm pays.")
    put(tmp_path, "b.txt", b"The firm pays.")
    found = list(read_source(tmp_path))
    assert [item.place for item in found] == ["a.txt", "b.txt"]
    assert found[0].problem.startswith(f"cannot be read, most likely damaged ({type(fault).__name__}: ")
    assert "\n" not in found[0].problem


def test_a_reader_that_does_not_end_is_stopped(monkeypatch, tmp_path):
    def read(content, name):
        try:
            time.sleep(60)
        except Exception:  # what a reader must not be able to pass over
            yield Found("", {"text": "x"})

    monkeypatch.setattr(bounds, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(sources, "_find_reader", lambda name: SimpleNamespace(read=read) if name == "text" else None)
    [found] = read_source(put(tmp_path, "a.txt", b"The firm pays."))
    assert "took longer than 0.05 seconds" in found.problem


def test_rows_before_a_fault_are_kept(tmp_path):
    path = put(tmp_path, "a.csv", b'title,text\nA,The firm pays.\nB,"' + b"y" * 21_000_000)
    found = list(read_source(path))
    assert found[0].record["title"] == "A"
    assert "not closed" in found[1].problem


@pytest.mark.parametrize("kind", ["json", "text"])
def test_a_large_file_that_is_no_streamed_table_is_refused(tmp_path, kind):
    path = tmp_path / "a"
    plain.write_large(path)
    if kind == "json":
        with path.open("r+b") as stream:
            stream.write(b'[{"text": "x"},\n')
    [found] = read_source(path)
    assert found.problem.startswith("200 MB, and no table that can be read piece by piece")


def test_an_export_is_asked_before_the_plain_reader(monkeypatch, tmp_path):
    export = SimpleNamespace(recognise=lambda head, name: head.startswith(b"Nordlicht"), read=lambda content, name: iter([Found("article 1", {"text": "x"})]))
    whole = SimpleNamespace(recognise_document=lambda content: b"Dienstag" in content, read=lambda content, name: iter([Found("article 2", {"text": "x"})]))
    real = sources._find_reader
    monkeypatch.setattr(sources, "_find_reader", lambda name: {"nexis_text": export, "proquest": whole}.get(name) or real(name))
    for name, content in (("a", b"Nordlicht zahlt."), ("b", b"Wort " * 20_000 + b"Dienstag"), ("c", b"Wort")):
        put(tmp_path, name, content)
    assert [found.place for found in read_source(tmp_path)] == ["a: article 1", "b: article 2", "c"]


def test_a_reader_that_is_not_here_is_passed_over_but_a_broken_one_is_not(monkeypatch):
    assert sources._find_reader.__wrapped__("no_such_reader") is None
    monkeypatch.setattr(sources, "import_module", lambda name: (_ for _ in ()).throw(ModuleNotFoundError("no lxml", name="lxml")))
    with pytest.raises(ModuleNotFoundError):
        sources._find_reader.__wrapped__("text")


def test_pages_of_a_list_of_addresses_are_fetched_only_when_asked(monkeypatch, tmp_path):
    fetched = []

    def read_path(path, *, cache):
        fetched.append((path.name, cache))
        yield Found("line 1", {"text": "The firm pays."})

    reader = SimpleNamespace(recognise=lambda head, name: b"https://" in head, read_path=read_path)
    real = sources._find_reader
    monkeypatch.setattr(sources, "_find_reader", lambda name: reader if name == "url_list" else real(name))
    path = put(tmp_path, "a.txt", b"https://a.example/1\n")
    assert "--pages" in next(read_source(path)).problem
    assert fetched == []
    assert [found.place for found in read_source(path, pages=tmp_path)] == ["line 1"]
    assert fetched == [("a.txt", tmp_path)]
    table = put(tmp_path, "b.csv", b"url;body\nhttps://a.example/1;The firm pays.\n")
    assert next(read_source(table, pages=tmp_path)).record == {"url": "https://a.example/1", "text": "The firm pays."}


def test_what_is_only_read_from_a_file_is_not_read_in_an_archive(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "_find_reader", lambda name: SimpleNamespace(read_path=None) if name == "warc" else None)
    [found] = read_source(put(tmp_path, "a.zip", plain.pack({"a.warc": b"WARC/1.1\r\n"})))
    assert found.problem == "a warc file within an archive; unpack it"


def test_warnings_of_a_library_are_no_faults(monkeypatch, tmp_path):
    import warnings

    def read(content, name):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        yield Found("", {"text": "The firm pays."})

    monkeypatch.setattr(sources, "_find_reader", lambda name: SimpleNamespace(read=read) if name == "text" else None)
    assert [found.problem for found in read_source(put(tmp_path, "a.txt", b"x"))] == [""]


def test_garbled_text_is_mended_and_said_and_lost_letters_are_a_problem(tmp_path):
    [mended] = read_source(put(tmp_path, "a.txt", "Die LÃ¶hne der BeschÃ¤ftigten".encode()))
    assert (mended.record["text"], mended.record["mended"]) == ("Die Löhne der Beschäftigten", "2 places of UTF-8 that had been read as cp1252")
    [lost] = read_source(put(tmp_path, "b.txt", "Die L\ufffdhne der Besch\ufffdftigten f\ufffdr \ufffdberstunden".encode()))
    assert lost.problem == "letters are lost (they read \ufffd): 4; save the source anew as UTF-8"


def test_one_lost_letter_is_a_note(tmp_path):
    [found] = read_source(put(tmp_path, "a.html", f"<html><article>{'<p>Die Löhne der Beschäftigten steigen im Juni.</p>' * 9}</article>".encode().replace("ö".encode(), b"\xf6", 1)))
    assert found.record["text"].count("\ufffd") == 1
    assert found.record["note"] == "letters are lost (they read \ufffd): 1"


def test_a_list_of_addresses_may_take_its_time(monkeypatch, tmp_path):
    def read_path(path, *, cache):
        for number in range(3):
            time.sleep(0.1)
            yield Found(f"line {number}", {"text": "The firm pays."})

    reader = SimpleNamespace(recognise=lambda head, name: True, read_path=read_path)
    monkeypatch.setattr(bounds, "MAX_SECONDS", 0.05)
    monkeypatch.setattr(sources, "_find_reader", lambda name: reader if name == "url_list" else None)
    found = read_source(put(tmp_path, "a.txt", b"https://a.example/1\n"), pages=tmp_path)
    assert [item.problem for item in found] == ["", "", ""]


def test_the_limit_of_csv_cells_is_as_it_was(tmp_path):
    before = csv.field_size_limit()
    [found] = read_source(put(tmp_path, "a.csv", b"title,text\nA," + b"word " * 50_000 + b"\n"))
    assert len(found.record["text"]) == 250_000
    assert csv.field_size_limit() == before
