"""What a file is, by its content alone."""

import json

import pytest
import samples_plain as plain

from lesart.sources.sniffing import HEAD, REFUSED, tell_kind

PROSE = "Die Löhne steigen, der Preis auch.\nDas Werk, sagte sie, bleibt.\nEs gehört, seit Montag, der Firma.\n"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (bytes(100), "binary"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1 x}", "rtf"),
        (b"%PDF-1.4\n", "pdf"),
        (b"junk before\n%PDF-1.4\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"PAR1\x15\x04", "parquet"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n", "warc"),
        (b"WARC/0.17\r\n", "warc"),
        (b"\x01bdt0123 4 pl 210\r\n\x02", "wire"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"\x00\x00\x00\x18ftypmp42", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"\xef\xbb\xbfTY  - NEWS\r\nTI  - A", "references"),
        (b"TY - NEWS\nT1 - A", "references"),
        (b"TYPE - x", "text"),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n", "mht"),
        (b"\xef\xbb\xbf\r\nFrom: <Saved by Blink>\r\nSubject: x\r\n\r\n<html>", "mht"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
        (b"Von: Ida", "text"),
        (b"Subject: =?utf-8?Q?L=C3=B6hne?=\r\n folded\r\nMIME-Version: 1.0\r\n", "mht"),
        (b"<!DOCTYPE html>\n<html>", "html"),
        (b"<!-- saved from url=(0042)https://a.example/ -->\n<html>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "html"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "feed"),
        (b"<?xml version='1.0'?><!-- x -->\n<?xml-stylesheet href='x'?><feed xmlns='y'>", "feed"),
        (b"<!-- --><!---->" * 4_000 + b"<x>", "xml"),
        (b"<!---->" * 22 + b"x", "xml"),
        (b"\xef\xbb\xbf<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "feed"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!DOCTYPE html PUBLIC>", "html"),
        ("<!doctype html>\n<html ⚡ lang=de>".encode(), "html"),
        ("<html><p>Die Löhne</p>".encode("utf-16"), "html"),
        (b"<HTML><HEAD>", "html"),
        ("Die Firma <html> ist groß.".encode(), "text"),
        (b"<title>Wages</title><p>The firm pays.", "html"),
        (b"<?xml version='1.0'?>\n<artikel><metadaten>", "xml"),
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        (b'{"text": "a"}', "json"),
        (b'[\n {"text": "a"}]', "json"),
        ("[Anzeige] Die Löhne steigen.".encode(), "text"),
        (PROSE.encode(), "text"),
        (PROSE.encode("cp1252"), "text"),
        (PROSE.encode("utf-16"), "text"),
        (b"title,text\nA,B\n", "csv"),
        ("Überschrift;Volltext\n".encode(), "csv"),
        ("Überschrift;Volltext\nA;B\n".encode("cp1252"), "csv"),
        (b"a\tb\tc\n1\t2\t3\n", "csv"),
        (b"name,value\n1,2\n", "text"),
        ("Nordlicht, Südlicht und das Geld\n\nDie Firma zahlt, wie sie sagt, jedes Bild einzeln.\n".encode(), "text"),
        ("Die Firma zahlt jedes Bild, nicht nach Stunden, sagte sie.\n\nDer Preis ist hoch, und die Löhne, sagte sie, steigen.\n".encode(), "text"),
        (PROSE.replace("\n", "\r").encode(), "text"),
        (b"Body, Mind and Soul\n\nThe firm pays, she said.\n", "text"),
        (b"Title, Text\nA, B\n", "csv"),
        (b"---\ntitle: a, b\n---\n\nThe firm pays.", "text"),
    ],
)
def test_kind_is_told_by_the_first_bytes(head, kind):
    assert tell_kind(head) == kind


@pytest.mark.parametrize(
    ("members", "mimetype", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], "", "docx"),
        (["xl/workbook.xml"], "", "xlsx"),
        (["ppt/presentation.xml"], "", "slides"),
        (["mimetype", "content.xml"], "application/vnd.oasis.opendocument.text", "odt"),
        (["mimetype", "content.xml"], "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        (["mimetype", "META-INF/container.xml"], "application/epub+zip", "book"),
        (["a.txt", "word/notes.txt"], "", "zip"),
        ([], "", "zip"),
    ],
)
def test_kind_of_a_zip_is_told_by_its_members(members, mimetype, kind):
    assert tell_kind(b"PK\x03\x04", members, mimetype) == kind


def test_a_stated_column_makes_a_table():
    assert tell_kind(b"x;y\n1;2\n") == "text"
    assert tell_kind(b"x;y\n1;2\n", named=["y"]) == "csv"


def test_a_character_cut_by_the_end_of_the_head_is_no_fault():
    head = ("ä" * HEAD).encode()[: HEAD - 1]
    assert tell_kind(head) == "text"


def test_long_lines_of_json_are_told_from_one_object():
    line = json.dumps({"title": "A", "text": "Wort " * HEAD}).encode()
    assert tell_kind(line[:HEAD]) == "jsonl"
    assert tell_kind(json.dumps([{"text": "Wort " * HEAD}]).encode()[:HEAD]) == "json"


def test_a_table_whose_first_text_is_longer_than_the_head_is_one():
    assert tell_kind(plain.comma_table([1])[:60]) == "csv"


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_says_in_one_line_what_it_is(kind):
    assert REFUSED[kind]
    assert "\n" not in REFUSED[kind]
