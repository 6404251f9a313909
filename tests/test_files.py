"""What the package ships is found in the repository and where a wheel puts it."""

import shutil
import tomllib

import pytest
from conftest import ROOT

from lesart.files import find_shipped
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
