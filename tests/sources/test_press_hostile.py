"""Every reader of press databases on damaged and hostile files: an article, a problem or a LesartError, in bounded time."""

import io
import zipfile

import pytest
import samples_press
from hypothesis import given, settings
from hypothesis import strategies as st
from samples_factiva import factiva_html_codes
from samples_factiva import factiva_rtf as make_factiva_rtf
from samples_nexis import nexis_docx, nexis_txt
from samples_others import europresse_old_html, genios_html, genios_rtf, proquest_txt

from lesart.errors import LesartError
from lesart.sources import europresse_html, factiva_html, factiva_rtf, genios, nexis_html, nexis_text, pressreader, proquest, ris, word_paragraphs
from lesart.sources import nexis_docx as nexis_word
from lesart.sources.found import Found
from lesart.sources.sniffing import HEAD, tell_kind

READERS = (europresse_html, factiva_html, factiva_rtf, genios, nexis_word, nexis_html, nexis_text, pressreader, proquest, ris)
SAMPLES = {**{name: make() for name, make in samples_press.MAKERS.items()}, "old.html": europresse_old_html(), "page.html": genios_html(), "display.rtf": make_factiva_rtf(codes=False)}


def tell(reader, content, name):
    """Whether a reader claims a file, by its head or by the whole of it."""
    if reader is ris:
        return tell_kind(content[:HEAD]) == "references"
    whole = getattr(reader, "recognise_document", lambda content: False)(content)
    return whole if reader is nexis_word else whole or reader.recognise(content[:65536], name)


def read_safely(reader, content):
    """What a reader finds; a LesartError says what is wrong in one line."""
    found = []
    try:
        for place in reader.read(content, "file"):
            assert isinstance(place, Found)
            assert bool(place.problem) or place.record["text"].strip()
            assert "\n" not in place.problem
            repr(place).encode("utf-8")
            found.append(place)
    except LesartError as fault:
        assert str(fault) and "\n" not in str(fault)
    return found


def test_one_file_of_each_format_is_told_by_its_reader_alone_and_read(tmp_path):
    expected = samples_press.build(tmp_path)
    titles = []
    for path in sorted(tmp_path.iterdir(), key=lambda path: path.name):
        content = path.read_bytes()
        (reader,) = [reader for reader in READERS if tell(reader, content, path.name)]
        titles += [place.record["title"] for place in reader.read(content, path.name) if not place.problem]
    assert titles == expected


def mutate(content, changes):
    """The content with pieces cut, doubled, and overwritten."""
    for kind, at, length, raw in changes:
        start = at % (len(content) + 1)
        piece = content[start : start + length]
        content = content[:start] + {"cut": b"", "double": piece * 3, "write": raw}[kind] + content[start + length :]
    return content


CHANGES = st.lists(st.tuples(st.sampled_from(["cut", "double", "write"]), st.integers(0, 50_000), st.integers(0, 400), st.binary(max_size=12)), min_size=1, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(changes=CHANGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_breaks_no_reader(name, changes):
    content = mutate(SAMPLES[name], changes)
    for reader in READERS:
        if tell(reader, content, name):
            read_safely(reader, content)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(changes=CHANGES)
def test_a_word_file_damaged_inside_breaks_no_reader(changes):
    with zipfile.ZipFile(io.BytesIO(SAMPLES["Files(3).DOCX"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = mutate(parts["word/document.xml"], changes)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    nexis_word.recognise_document(buffer.getvalue())
    read_safely(nexis_word, buffer.getvalue())


HEADS = [b"{\\rtf1 ", b"1 of 3 DOCUMENTS\n", b"<html><div id='hd'>", b"PK\x03\x04word/", b"TY  - NEWS\n", b"_" * 60 + b"\n", b"<html><a name='DOC_ID_1_0'>", b"Quelle: x vom 1.1.2025\nDokumentnummer: 3\n", b"https://pressreader.com/a/b/20250613/1\n", b"<article><section>", b""]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=600))
def test_random_bytes_after_a_right_head_break_no_reader(head, rest):
    for reader in READERS:
        tell(reader, head + rest, "file")
        read_safely(reader, head + rest)


LONG = 60_000
HOSTILE = {
    "fonts": b"{\\rtf1{\\fonttbl" + b"\\f1" * LONG + b"}",
    "fields": b"{\\rtf1" + b'{\\field{\\*\\fldinst HYPERLINK "a' * (LONG // 10),
    "braces": b"{\\rtf1" + b"{" * LONG,
    "huge numbers": b"{\\rtf1\\u99999999999 \\bin9999999999999999999999 \\'zz \\u-32769?}",
    "end marks": b"{\\rtf1 Length: 5 words\\par Load-Date: x\\par " + b"End of Document\\par " * (LONG // 10),
    "classification": b"{\\rtf1 Body\\par " + b"Classification\\par Load-Date: x\\par " * (LONG // 20) + b"word " * 30 + b"\\par End of Document\\par }",
    "marks": b"1 of 2 DOCUMENTS\n" * (LONG // 10),
    "labels": b"1 of 1 DOCUMENT\n\n" + b"GRAPHIC: x\n\ny\n\n" * (LONG // 10),
    "blank lines": b"1 of 1 DOCUMENT" + b"\n" * LONG + b" " * LONG,
    "dots": b"Quelle: x\nDokumentnummer: 3\n" + b"." * LONG * 5,
    "sources": b"Quelle: x\nDokumentnummer: 3\n\x0c\n" * (LONG // 10),
    "section of blanks": b"1 of 1 DOCUMENT\n\nSECTION: S." + b" " * LONG + b"x" * LONG,
    "underscores": (b"_" * 60 + b"\n\nTitle: x\n\nAuthor: y\n\nSection: z\n\n") * (LONG // 100),
    "deep page": b"<html><div id='hd' class='enArticle'>" + b"<div class='enArticle'>" * (LONG // 10) + b"<p>x",
    "anchors": b"<html>" + b"<a name='DOC_ID_1_0'></a><div><p>x</p></div>" * (LONG // 10),
    "hits": b"<article><section>" + b"<p>" + b"<mark>x</mark>" * LONG,
    "addresses": b"https://pressreader.com/a/b/20250613/1\n" * (LONG // 10),
    "entries": b"TY  - NEWS\n" * (LONG // 60),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends(name):
    content = HOSTILE[name]
    for reader in READERS:
        if tell(reader, content, name) or reader in (nexis_text, genios):
            read_safely(reader, content)


def test_a_file_that_unpacks_to_more_than_a_download_is_refused(monkeypatch):
    monkeypatch.setattr(word_paragraphs, "MAX_BYTES", 1_000)
    with pytest.raises(LesartError, match="unpacks to .* MB, more than"):
        list(nexis_word.read(nexis_docx(), "bomb.docx"))


@pytest.mark.parametrize("make", [nexis_docx, nexis_txt, factiva_html_codes, genios_rtf, proquest_txt])
def test_the_same_file_gives_the_same_places(make):
    content = make()
    (reader,) = [reader for reader in READERS if tell(reader, content, "")]
    assert list(reader.read(content, "x")) == list(reader.read(content, "x"))
