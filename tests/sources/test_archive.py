"""Archives: each member once, never more than it may be, never to a disk."""

import gzip
import zipfile
from io import BytesIO

import pytest
import samples_plain as plain

from lesart.errors import CorpusError
from lesart.sources import archive
from lesart.sources.archive import Budget, list_members, list_names, unpack_gzip


def members(content, budget=None):
    return {member.name: member.content or member.problem for member in list_members(content, budget or Budget())}


def test_members_come_in_order_without_folders_and_clutter():
    packed = plain.pack({"b.txt": b"B", "a/": b"", "a/c.txt": b"C", "__MACOSX/a/._c.txt": b"x", "a/.DS_Store": b"x", "a/~$c.docx": b"x"})
    assert list(members(packed).items()) == [("a/c.txt", b"C"), ("b.txt", b"B")]


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:\\a.txt", "..\\a.txt"])
def test_a_path_that_leads_out_is_refused(name):
    assert list(members(plain.pack({name: b"x"})).values()) == ["its path leads out of its archive: not opened"]


def test_a_link_is_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert members(buffer.getvalue()) == {"a.txt": "a link, no file"}


def test_a_locked_member_is_said():
    packed = bytearray(plain.pack({"a.txt": b"x"}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in members(bytes(packed))["a.txt"]


def test_a_damaged_member_is_said_and_the_others_are_read():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as stored:
        stored.writestr("a.txt", "Die Firma zahlt.")
        stored.writestr("b.txt", "The firm pays.")
    found = members(buffer.getvalue().replace(b"Die Firma", b"Das Werk."))
    assert found["a.txt"].startswith("damaged in its archive")
    assert found["b.txt"] == b"The firm pays."


def test_a_bomb_is_not_opened():
    with pytest.raises(CorpusError, match="as no text does"):
        list_names(plain.bomb())


def test_what_unpacks_to_too_much_in_all_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10)
    with pytest.raises(CorpusError, match="split it"):
        list_names(plain.pack({"a.txt": b"12345678901"}))


def test_the_budget_is_shared_by_all_members():
    found = members(plain.pack({"a.txt": b"123456", "b.txt": b"123456"}), Budget(10))
    assert found == {"a.txt": b"123456", "b.txt": "the archive unpacks to too much; split it"}


def test_a_large_member_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 5)
    assert "are read from archives" in members(plain.pack({"a.txt": b"123456"}))["a.txt"]


def test_gzip_is_unpacked():
    assert unpack_gzip(gzip.compress(b"The firm pays."), Budget()) == b"The firm pays."


@pytest.mark.parametrize(("content", "fault"), [(gzip.compress(bytes(20_000_000)), "unpacks to more than 10 MB"), (gzip.compress(b"The firm pays.")[:20], "damaged or incomplete"), (b"\x1f\x8b\x08nothing", "damaged or incomplete")])
def test_gzip_that_is_a_bomb_or_cut_is_refused(content, fault):
    with pytest.raises(CorpusError, match=fault):
        unpack_gzip(content, Budget())
