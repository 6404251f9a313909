"""What a study puts out: notebooks executed in place, figures the same to the byte."""

import json
import re

import nbformat
import pytest
from tiny_study import make_notebook, make_study

from lesart.errors import LesartError
from lesart.publishing import export_study, run_notebooks, strip_noise
from lesart.study import load_study

FIRST = ["# A title", "import os\nprint('one')\nprint('two', flush=True)\nprint('three')", "class Thing: pass\nThing()", "sorted(os.listdir('.'))"]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Two notebooks, run twice: the folder, their bytes after each run, and the paths returned."""
    folder = tmp_path_factory.mktemp("notebooks")
    make_notebook(folder / "2_second.ipynb", "1 + 1", "import sys\nprint('a'); print('b', file=sys.stderr); print('c')")
    first = make_notebook(folder / "1_first.ipynb", *FIRST)
    notebook = nbformat.read(first, as_version=4)
    notebook.metadata["widgets"] = {"state": 1}
    notebook.cells[1].metadata.update({"collapsed": True, "tags": ["hide"]})
    notebook.cells[2].execution_count = 17
    nbformat.write(notebook, first)
    runs = []
    for _ in range(2):
        paths = run_notebooks(folder)
        runs.append([path.read_bytes() for path in paths])
    return folder, runs, paths


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_run_notebooks_returns_the_paths_in_order_and_leaves_nothing_beside(executed):
    folder, _, paths = executed
    assert paths == [folder / "1_first.ipynb", folder / "2_second.ipynb"]
    assert sorted(folder.iterdir()) == paths


def test_run_notebooks_keeps_outputs_from_one_fresh_run(executed):
    cells = cells_of(executed[2][0])
    assert [cell["execution_count"] for cell in cells[1:]] == [1, 2, 3]
    assert cells[1]["outputs"] == [{"name": "stdout", "output_type": "stream", "text": ["one\n", "two\n", "three\n"]}]
    assert cells_of(executed[2][1])[0]["outputs"][0]["data"] == {"text/plain": ["2"]}


def test_run_notebooks_works_in_the_notebooks_folder(executed):
    assert "1_first.ipynb" in "".join(cells_of(executed[2][0])[3]["outputs"][0]["data"]["text/plain"])


def test_run_notebooks_strips_what_changes_from_run_to_run(executed):
    for path in executed[2]:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert notebook["metadata"] == {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        assert [cell["id"] for cell in notebook["cells"]] == [f"cell-{n:03d}" for n in range(len(notebook["cells"]))]
    cells = cells_of(executed[2][0])
    assert [cell["metadata"] for cell in cells] == [{}, {"tags": ["hide"]}, {}, {}]
    assert cells[2]["outputs"][0]["data"]["text/plain"] == ["<__main__.Thing>"]


def test_run_notebooks_writes_streams_in_one_piece(executed):
    outputs = cells_of(executed[2][1])[1]["outputs"]
    assert sorted((output["name"], "".join(output["text"])) for output in outputs) == [("stderr", "b\n"), ("stdout", "a\nc\n")]


def test_run_notebooks_twice_writes_the_same_bytes(executed):
    first, second = executed[1]
    assert first == second


def test_run_notebooks_leaves_valid_notebooks(executed):
    for path in executed[2]:
        nbformat.validate(nbformat.read(path, as_version=4))


def test_run_notebooks_in_a_folder_without_any_does_nothing(tmp_path):
    assert run_notebooks(tmp_path) == []
    assert run_notebooks(tmp_path / "none") == []


def test_run_notebooks_names_notebook_cell_and_fault_and_leaves_the_file(tmp_path):
    bad = make_notebook(tmp_path / "3_bad.ipynb", "# Title", "1 + 1", "raise ValueError('so\\nnot')", "2")
    before = bad.read_bytes()
    message = r"^3_bad\.ipynb: code cell 2 failed with ValueError: so not; run it in JupyterLab to see where$"
    with pytest.raises(LesartError, match=message):
        run_notebooks(tmp_path)
    assert bad.read_bytes() == before
    assert list(tmp_path.iterdir()) == [bad]


def test_run_notebooks_names_a_notebook_whose_cell_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr("lesart.publishing._CELL_SECONDS", 1)
    slow = make_notebook(tmp_path / "slow.ipynb", "import time; time.sleep(60)")
    before = slow.read_bytes()
    with pytest.raises(LesartError, match=r"^slow\.ipynb: code cell 1 failed with CellTimeoutError"):
        run_notebooks(tmp_path)
    assert slow.read_bytes() == before


@pytest.mark.parametrize("content", ["", "no notebook", "[]", "{}", '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}'])
def test_run_notebooks_names_a_file_that_is_no_notebook(tmp_path, content):
    (tmp_path / "x.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(LesartError, match=r"^x\.ipynb: not a readable notebook .*; save it anew in JupyterLab$"):
        run_notebooks(tmp_path)
    assert (tmp_path / "x.ipynb").read_text(encoding="utf-8") == content


def test_strip_noise_keeps_data_and_takes_addresses_out():
    output = nbformat.v4.new_output("execute_result", {"text/plain": "<A at 0x7f00aB> at 0x"}, metadata={"a": 1}, execution_count=1)
    output["data"]["text/plain"] = "<A at 0x7f00ab>, 12 at 0"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("A()", outputs=[output], metadata={"jupyter": {}, "execution": {}})])
    strip_noise(notebook)
    assert notebook.cells[0].outputs[0]["data"] == {"text/plain": "<A>, 12 at 0"}
    assert notebook.cells[0].outputs[0]["metadata"] == {}
    assert notebook.cells[0].metadata == {"jupyter": {}}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The tiny study's figures, exported twice."""
    folder = tmp_path_factory.mktemp("study")
    make_study(folder)
    return [(folder / name, export_study(load_study(folder), folder / name, ("de",))) for name in ("one", "two")]


def test_export_study_twice_writes_the_same_bytes(exported):
    (one, paths), (two, _) = exported
    files = sorted(file.relative_to(one) for file in one.rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(two) for file in two.rglob("*") if file.is_file())
    assert {file.suffix for file in files} == {".png", ".svg", ".pdf", ".csv", ".txt"}
    assert sorted(path.relative_to(one) for path in paths) == files
    for file in files:
        assert (one / file).read_bytes() == (two / file).read_bytes(), file


def test_export_study_writes_one_folder_per_label_language(exported):
    assert {path.parent for path in exported[0][1]} == {exported[0][0] / "de"}


def test_export_study_draws_the_studys_own_topics(exported):
    told = {path.stem: path.read_text(encoding="utf-8") for path in exported[0][1] if path.suffix == ".csv"}
    assert all(re.search(rf"\b{topic}\b", told["topic_heatmap_de"]) for topic in ("sport", "money", "law"))
    assert not any("labor" in text for text in told.values())
