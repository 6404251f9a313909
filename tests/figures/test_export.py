"""Exports: five files per figure, the same bytes on every run, nothing left behind."""

import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from lesart.figures import FIGURES, draw_stance_shares, export_all, export_figure, tabulate_stance_shares
from lesart.figures.export import complete_tables, make_file_name

SUFFIXES = {".png", ".svg", ".pdf", ".csv", ".txt"}


def test_export_writes_five_files_with_the_table_and_the_words(tables: dict, tmp_path: Path) -> None:
    table = tabulate_stance_shares(tables["articles"], tables["stances"])
    paths = export_figure(draw_stance_shares(table, "de"), table, "shares", tmp_path / "new", "Was man sieht: Löhne.", "Titel – ä")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"shares{suffix}" for suffix in SUFFIXES}
    assert [path.exists() for path in paths] == [True] * 5
    assert (tmp_path / "new/shares.txt").read_text(encoding="utf-8") == "Was man sieht: Löhne.\n"
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "new/shares.csv"), table, check_dtype=False)
    assert b"\r" not in (tmp_path / "new/shares.csv").read_bytes()


def test_export_gives_the_same_bytes_whatever_is_set(tables: dict, tmp_path: Path) -> None:
    export_all(tables, tmp_path / "one", "de")
    with mpl.rc_context({"svg.fonttype": "none", "savefig.dpi": 50, "svg.hashsalt": None, "font.size": 20}):
        export_all(tables, tmp_path / "two", "de")
    ones = sorted((tmp_path / "one").iterdir())
    assert len(ones) == len(FIGURES) * len(SUFFIXES)
    for path in ones:
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_export_holds_no_date(tables: dict, tmp_path: Path) -> None:
    table = tabulate_stance_shares(tables["articles"], tables["stances"])
    for path in export_figure(draw_stance_shares(table), table, "shares", tmp_path, "alt", "title"):
        content = path.read_bytes()
        assert not any(word in content for word in (b"CreationDate", b"<dc:date>", b"tIME"))


def test_export_leaves_settings_as_they_were(tables: dict, tmp_path: Path) -> None:
    before = dict(mpl.rcParams)
    table = tabulate_stance_shares(tables["articles"], tables["stances"])
    export_figure(draw_stance_shares(table), table, "shares", tmp_path, "alt")
    assert dict(mpl.rcParams) == before


def test_export_takes_an_object_with_tables(tables: dict) -> None:
    class Study:
        articles, sentences, hits = tables["articles"], tables["sentences"], tables["hits"]
        stances, weights = tables["stances"], tables["weights"]

    told = complete_tables(Study())
    pd.testing.assert_frame_equal(told["comparison"], tables["comparison"])


def test_export_names_what_is_missing(tables: dict, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no table hits, weights; figures need articles"):
        export_all({name: tables[name] for name in ("articles", "sentences", "stances")}, tmp_path)


@pytest.mark.parametrize("name", ["../../up", "a/b", "a:b?", ".hidden", "x" * 300, "漢" * 100, "con\nline"])
def test_file_names_stay_in_the_folder(name: str) -> None:
    made = make_file_name(name)
    assert not set(made) & set('/\\:*?"<>|\n')
    assert not made.startswith(".")
    assert len(made.encode()) < 140
    assert made != make_file_name(name + "_")


def test_lesart_itself_loads_no_matplotlib() -> None:
    code = "import sys, lesart; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
