"""Studies to try things on: the tiny one, with its press article sealed and with its text."""

import shutil

import pytest
from tiny_study import PRESS, make_study

from lesart.lab import Bench
from lesart.study import load_study


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    return make_study(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="package")
def opened(tmp_path_factory, folder):
    """The same study, for one who holds the text of the press article."""
    made = tmp_path_factory.mktemp("opened") / "study"
    shutil.copytree(folder, made)
    (made / "corpus" / "press" / "texts").mkdir()
    (made / "corpus" / "press" / "texts" / "x.txt").write_text(PRESS, encoding="utf-8")
    return made


@pytest.fixture(scope="package")
def bench(folder):
    return Bench(load_study(folder))
