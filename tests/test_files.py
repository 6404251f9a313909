"""What the package ships is found in the repository and where a wheel puts it."""

import os
import shutil
import tomllib

import pytest
from conftest import ROOT

from lesart.editions import write_cells, write_prose
from lesart.files import find_shipped
from lesart.lexicon import parse_lexicon
from lesart.sealing import write_lexicons, write_sheets
from lesart.starting import start_study

DATA_FILES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["data-files"]


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """As after ``pip install lesart-….whl``: no repository around, the data files below the environment's data folder."""
    for place, patterns in DATA_FILES.items():
        (tmp_path / "env" / place).mkdir(parents=True, exist_ok=True)
        for file in (file for pattern in patterns for file in ROOT.glob(pattern)):
            shutil.copy(file, tmp_path / "env" / place / file.name)
    monkeypatch.setattr("lesart.files.__file__", str(tmp_path / "env" / "lib" / "site-packages" / "lesart" / "files.py"))
    monkeypatch.setattr("lesart.files.sysconfig.get_path", lambda name, scheme: str(tmp_path / ("env" if scheme != "posix_user" else "none")))
    return tmp_path / "env" / "share" / "lesart"


def test_shipped_files_are_found_in_the_repository():
    assert find_shipped("lexicons") == ROOT / "lexicons"
    assert find_shipped("none") is None


def test_shipped_files_are_found_where_a_wheel_puts_them(installed):
    for name in ("lexicons/stance.yaml", "lexicons/stance_model.yaml", "lexicons/topics.yaml", "notebooks", "corpus/CODEBOOK.md", "requirements.txt"):
        assert find_shipped(name) == installed / name


def test_a_study_made_by_an_installed_package_is_that_made_in_the_repository(installed, tmp_path, monkeypatch):
    theirs = start_study(tmp_path / "theirs")
    monkeypatch.undo()
    ours = start_study(tmp_path / "ours")
    files = {file.relative_to(ours): file.read_bytes() for file in ours.rglob("*") if file.is_file()}
    assert files == {file.relative_to(theirs): file.read_bytes() for file in theirs.rglob("*") if file.is_file()}


WRITERS = {
    "x.md": lambda path: write_prose(path, {"title": "new"}),
    "x.ipynb": lambda path: write_cells(path, {}),
    "topics.yaml": lambda path: write_lexicons([parse_lexicon("{lexicon: topics, categories: {money: {pay: {en: [wage]}}}}")], path.parent),
    "a.json": lambda path: write_sheets([{"article": "a", "hits": {"fields": [], "rows": []}}], path.parent),
}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_written_whole(name, tmp_path):
    (tmp_path / name).write_text("old\n", encoding="utf-8")
    os.symlink("/dev/full", tmp_path / f".{name}.part")
    with pytest.raises(OSError, match="No space left"):
        WRITERS[name](tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name] and (tmp_path / name).read_text(encoding="utf-8") == "old\n"
