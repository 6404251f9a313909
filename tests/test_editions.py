"""The German edition: code from the notebook, prose from the text beside it; what does not fit is named."""

import json

import pytest
from tiny_study import make_notebook

from lesart.editions import list_editions, make_edition, make_neutral, name_cells, neutral_blocks, read_prose, write_prose
from lesart.errors import LesartError
from lesart.publishing import run_notebooks
from lesart.starting import write_notebooks

PROSE = "<!-- cell: title -->\n# Titel\n\nZwei Absätze.\n\n<!--cell: title , new study-->\n# Neutral\n\n<!-- cell: more -->\nMehr <!-- kein Kopf -->\n"


@pytest.fixture
def folder(tmp_path):
    """A notebook of three cells with lasting ids, and its German prose."""
    path = make_notebook(tmp_path / "1_first.ipynb", "# Title", "print('Lohn')\nfrom pathlib import Path; Path.cwd().name", "# More")
    notebook = json.loads(path.read_text())
    for cell, name in zip(notebook["cells"], ("title", "load", "more"), strict=True):
        cell["id"] = name
    notebook["cells"][0]["metadata"] = {"tags": ["this-study"], "new_study": "# Neutral"}
    notebook["cells"][1]["metadata"] = {"tags": ["solution"], "jupyter": {"source_hidden": True}}
    path.write_text(json.dumps(notebook))
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "1_first.md").write_text(PROSE, encoding="utf-8")
    return tmp_path


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_edition_has_the_code_of_the_notebook_and_the_words_of_the_prose(folder):
    cells = make_edition(folder / "1_first.ipynb", folder / "de" / "1_first.md")["cells"]
    assert [cell["source"] for cell in cells if cell["cell_type"] == "markdown"] == ["# Titel\n\nZwei Absätze.", "Mehr <!-- kein Kopf -->"]
    assert cells[1]["source"] == cells_of(folder / "1_first.ipynb")[1]["source"]
    assert [cell["metadata"] for cell in cells] == [{"tags": ["this-study"]}, {"tags": ["solution"], "jupyter": {"source_hidden": True}}, {}]


def test_run_makes_the_edition_in_its_own_folder_and_again_the_same_bytes(folder):
    paths = run_notebooks(folder)
    assert paths == [folder / "1_first.ipynb", folder / "de" / "1_first.ipynb"]
    english, german = (cells_of(path) for path in paths)
    assert [cell["id"] for cell in german] == [cell["id"] for cell in english] == ["title", "load", "more"]
    assert german[1]["source"] == english[1]["source"]
    assert german[1]["outputs"][1]["data"]["text/plain"] == ["'de'"]
    before = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in run_notebooks(folder)] == before
    assert [run_notebooks(folder, [language]) for language in ("en", "de")] == [paths[:1], paths[1:]]


def test_edition_that_fails_leaves_the_one_before(folder):
    run_notebooks(folder)
    before = (folder / "de" / "1_first.ipynb").read_bytes()
    (folder / "de" / "1_first.md").write_text(PROSE.replace("cell: more", "cell: mehr"), encoding="utf-8")
    with pytest.raises(LesartError):
        run_notebooks(folder)
    assert (folder / "de" / "1_first.ipynb").read_bytes() == before


def test_new_study_gets_the_neutral_words_and_keeps_what_folds_a_solution(folder, tmp_path):
    (tmp_path / "new").mkdir()
    write_notebooks(folder, tmp_path / "new")
    english, german = (cells_of(tmp_path / "new" / name) for name in ("1_first.ipynb", "de/1_first.ipynb"))
    assert (english[0]["source"], german[0]["source"]) == ("# Neutral", "# Neutral")
    assert [cell["id"] for cell in german] == ["title", "load", "more"]
    assert english[0]["metadata"] == {}
    assert german[1]["metadata"] == english[1]["metadata"] == {"tags": ["solution"], "jupyter": {"source_hidden": True}}
    assert read_prose(tmp_path / "new" / "de" / "1_first.md") == {"title": "# Neutral", "more": "Mehr <!-- kein Kopf -->"}
    assert list_editions(tmp_path / "new")[tmp_path / "new" / "de" / "1_first.ipynb"]["cells"] == german


def test_new_study_leaves_out_cells_that_speak_of_this_one_alone(folder):
    notebook = json.loads((folder / "1_first.ipynb").read_text())
    notebook["cells"][2]["metadata"] = {"tags": ["this-study"]}
    (folder / "1_first.ipynb").write_text(json.dumps(notebook))
    assert [cell["id"] for cell in make_neutral(folder / "1_first.ipynb")["cells"]] == ["title", "load"]
    assert neutral_blocks(folder / "1_first.ipynb", folder / "de" / "1_first.md") == {"title": "# Neutral"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!-- cell: more -->\nMehr", "Mehr", r"^de/1_first\.md: no prose for 'more'; write a block headed <!-- cell: more -->, or delete the file to have no German edition$"),
        ("Mehr <!-- kein Kopf -->", "  ", r"^de/1_first\.md: no prose for 'more'; "),
        ("<!--cell: title , new study-->", "", r"^de/1_first\.md: no prose for 'title, new study'; write a block headed <!-- cell: title, new study -->"),
        ("cell: more", "cell: load", r"^de/1_first\.md: no prose for 'more'; "),
        ("Mehr", "Mehr\n<!-- cell: load -->\nProsa", r"^de/1_first\.md: block 'load' is for no markdown cell of 1_first\.ipynb; delete it or give it the id of its cell$"),
        ("Mehr", "Mehr\n<!-- cell: more, new study -->\nProsa", r"^de/1_first\.md: block 'more, new study' is for no markdown cell"),
        ("Mehr", "Mehr\n<!-- cell: title -->\nProsa", r"^de/1_first\.md:11: a second block 'title'; join the two or give one its own cell's id$"),
        ("<!-- cell: more -->", "<!-- Cell more -->", r"^de/1_first\.md:9: not a heading of a block; write <!-- cell: ID --> or <!-- cell: ID, new study -->$"),
        ("<!-- cell: title -->", "Prosa\n<!-- cell: title -->", r"^de/1_first\.md:1: text before the first block; write <!-- cell: ID --> above it$"),
    ],
)
def test_prose_that_does_not_fit_is_named_with_file_and_block(folder, old, new, fault):
    prose = folder / "de" / "1_first.md"
    assert old in PROSE
    prose.write_text(PROSE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LesartError, match=fault):
        list_editions(folder)


def test_prose_that_cannot_be_read_is_named(folder):
    prose = folder / "de" / "1_first.md"
    prose.write_bytes(PROSE.encode("cp1252"))
    with pytest.raises(LesartError, match=r"^de/1_first\.md: not UTF-8; save the file as UTF-8$"):
        list_editions(folder)
    prose.unlink()
    prose.mkdir()
    with pytest.raises(LesartError, match=r"^de/1_first\.md: cannot be read \(.*\); check the path$"):
        list_editions(folder)


def test_prose_without_a_notebook_and_for_what_is_none_is_named(folder):
    (folder / "1_first.ipynb").write_text("[]")
    with pytest.raises(LesartError, match=r"^1_first\.ipynb: not a readable notebook; save it anew in JupyterLab$"):
        list_editions(folder)
    (folder / "1_first.ipynb").unlink()
    with pytest.raises(LesartError, match=r"^de/1_first\.md: there is no notebook 1_first\.ipynb for this prose; give the file its notebook's name or delete it$"):
        list_editions(folder)


def test_notebook_without_prose_has_no_edition(folder):
    make_notebook(folder / "2_own.ipynb", "# Own")
    assert [path.name for path in list_editions(folder)] == ["1_first.ipynb"]
    assert list_editions(folder / "none") == {}


def test_prose_is_read_as_it_was_written_with_a_mark_and_windows_lines(folder):
    prose = folder / "de" / "1_first.md"
    blocks = read_prose(prose)
    assert blocks == {"title": "# Titel\n\nZwei Absätze.", "title, new study": "# Neutral", "more": "Mehr <!-- kein Kopf -->"}
    write_prose(prose, blocks)
    assert read_prose(prose) == blocks
    prose.write_bytes(b"\xef\xbb\xbf" + prose.read_bytes().replace(b"\n", b"\r\n"))
    assert read_prose(prose) == blocks


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a"], ["a", "cell-001"]),
        (["", "cell-000"], ["cell-001", "cell-000"]),
        (["12ab34cd", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "deadbeef1"], ["cell-000", "cell-001", "deadbeef1"]),
    ],
)
def test_cells_keep_names_and_get_one_for_what_chance_gave(given, names):
    assert name_cells([{"id": name} for name in given]) == names
    assert name_cells([{"id": name} for name in names]) == names
