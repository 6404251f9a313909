"""A coder's sheet: as corpus/codes.csv, whole or not at all, one file for a name."""

import os

import pytest
from conftest import ROOT

from lesart.codes import read_codes
from lesart.seminar.sheets import CodeError, Sheets, check_code, clean_name, name_sheet

CODE = {"stance": "critical", "sure": 2, "labor": 70, "ethics": 30}


@pytest.fixture
def sheets(tmp_path):
    sheets = Sheets(tmp_path / "codes", ("labor", "ethics"))
    sheets.open("Ada")
    return sheets


def test_a_sheet_reads_as_it_was_written(sheets):
    sheets.save("Ada", "de-a", CODE)
    sheets.save("Ada", "de-b", CODE | {"stance": "promotional"})
    sheets.save("Ada", "de-a", CODE | {"sure": 3})
    assert (sheets.folder / "ada.csv").read_text(encoding="utf-8") == (
        "id,coder,stance,sure,labor,ethics\nde-b,Ada,promotional,2,70,30\nde-a,Ada,critical,3,70,30\n"
    )


def test_a_sheet_has_the_columns_of_the_studys_codes(tmp_path, root):
    head = (root / "corpus" / "codes.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    topics = tuple(head.split(",")[4:])
    sheets = Sheets(tmp_path, topics)
    sheets.open("Ada")
    assert (tmp_path / "ada.csv").read_text(encoding="utf-8").strip() == head


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_crash_in_the_middle_of_a_write_loses_nothing(sheets, monkeypatch, fails):
    sheets.save("Ada", "de-a", CODE)
    before = (sheets.folder / "ada.csv").read_bytes()

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, fails, crash)
        if fails == "replace":
            broken.setattr("pathlib.Path.replace", crash)
        with pytest.raises(KeyboardInterrupt):
            sheets.save("Ada", "de-b", CODE)
    assert (sheets.folder / "ada.csv").read_bytes() == before
    (sheets.folder / ".ada.csv.part").write_bytes(b"id,coder,sta")  # what a power cut leaves
    sheets.save("Ada", "de-b", CODE)
    assert read_codes(sheets.folder / "ada.csv")["article"].tolist() == ["de-a", "de-b"]
    assert [path.name for path in sheets.folder.iterdir()] == ["ada.csv"]


@pytest.mark.parametrize("name", ["Ada", "Jürgen", "Ju\u0308rgen", "李", "con", "COM1", "Anna-Lena O’Neill", "a.b", "x" * 30])
def test_file_names_are_made_and_stay_in_the_folder(name):
    made = name_sheet(clean_name(name))
    assert made.isascii() and made.endswith(".csv") and len(made) < 60
    assert "/" not in made and not made.startswith(".") and made.split(".")[0] not in ("con", "com1")


def test_names_share_a_file_only_where_case_alone_tells_them_apart():
    names = ["Ada", "Ada L", "Ada-L", "Ada.L", "Jürgen", "Juergen", "Jurgen", "李", "王"]
    assert len({name_sheet(name) for name in names}) == len(names)
    assert name_sheet("ADA") == name_sheet("ada")
    assert name_sheet(clean_name("Ju\u0308rgen")) == name_sheet("JÜRGEN")


@pytest.mark.parametrize(
    ("change", "key"),
    [({"stance": "angry"}, "no_stance"), ({"sure": ""}, "no_sure"), ({"labor": "1.5"}, "no_share"), ({"labor": "99"}, "no_sum"), ({"labor": "x"}, "no_share")],
)
def test_a_code_that_the_codebook_does_not_know_is_refused(change, key):
    with pytest.raises(CodeError) as fault:
        check_code({"stance": "critical", "sure": "1", "labor": "100"} | change, ("labor", "ethics"))
    assert fault.value.key == key


def test_no_more_sheets_than_a_lecture_hall(sheets, monkeypatch):
    monkeypatch.setattr("lesart.seminar.sheets.MOST_CODERS", 2)
    sheets.open("Ben")
    with pytest.raises(CodeError):
        sheets.open("Cem")
    with pytest.raises(CodeError):
        sheets.open("ADA")


def test_the_practice_codes_are_four_full_sheets():
    tables = [read_codes(path) for path in sorted((ROOT / "corpus" / "seminar").glob("*.csv"))]
    assert [len(table) for table in tables] == [8] * 4
    for table in tables:
        assert table.drop(columns=["article", "coder", "stance", "sure"]).sum(axis=1).eq(100).all()
        assert set(table["article"]) == set(tables[0]["article"])
