"""The notebooks as they are kept: run once from top to bottom, clean, short cells, and the same bytes when run again."""

import json
import re
import shutil
import subprocess

import nbformat
import pytest
from conftest import ROOT

from lesart.editions import NEW_STUDY, read_prose
from lesart.publishing import run_notebooks

ENGLISH = sorted((ROOT / "notebooks").glob("*.ipynb"))
GERMAN = sorted((ROOT / "notebooks" / "de").glob("*.ipynb"))
NOTEBOOKS = ENGLISH + GERMAN
LONGEST_CELL = 15
# Places on somebody's machine (home folders, drives), not the path of a web address.
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:home|root|work|tmp|Users|usr|opt|var|mnt)/\w|[A-Z]:\\\\?Users\\")

# A number, with what groups its thousands and marks its decimals.
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
each_german = pytest.mark.parametrize("path", GERMAN, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def outputs_of(path):
    return [(number, output) for number, cell in enumerate(code_cells(path), 1) for output in cell.outputs]


def texts_of(output):
    """What an output says in words; pictures are left out."""
    if output.output_type == "stream":
        return [output.text]
    return [json.dumps(data, ensure_ascii=False) if not isinstance(data, str) else data
            for kind, data in output.get("data", {}).items() if not kind.startswith("image/") or kind == "image/svg+xml"]  # fmt: skip


def test_notebooks_are_there_and_numbered_in_reading_order():
    assert [path.stem.split("_")[0] for path in ENGLISH] == [str(number) for number in range(1, len(ENGLISH) + 1)]
    assert ENGLISH
    assert [path.name for path in GERMAN] == [path.name for path in ENGLISH]


@each
def test_notebook_is_valid(path):
    nbformat.validate(read(path))


@each
def test_notebook_opens_with_a_title_and_its_questions(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert re.search(r"^\s*(?:[-*]|\d+\.) .*\?", first.source, re.MULTILINE), "the first cell lists the questions"


@each
def test_notebook_was_run_once_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each
def test_notebook_keeps_outputs(path):
    assert outputs_of(path)


@each
def test_notebook_has_no_warnings_and_no_errors(path):
    bad = [(number, output) for number, output in outputs_of(path) if output.output_type == "error" or output.get("name") == "stderr"]
    assert bad == []


@each
def test_notebook_names_no_place_on_a_machine(path):
    found = [(n, MACHINE_PATH.search(text).group()) for n, output in outputs_of(path) for text in texts_of(output) if MACHINE_PATH.search(text)]
    found += [(cell.get("execution_count"), cell.source) for cell in read(path).cells if MACHINE_PATH.search(cell.source)]
    assert found == []


@each
def test_notebook_cells_are_short(path):
    long = {n: len(cell.source.splitlines()) for n, cell in enumerate(code_cells(path), 1) if len(cell.source.splitlines()) > LONGEST_CELL}
    assert long == {}


@each
def test_notebook_installs_nothing(path):
    assert [cell.source for cell in code_cells(path) if re.search(r"^\s*[!%]\s*\w|pip install|get_ipython", cell.source, re.MULTILINE)] == []


@each
def test_notebook_holds_no_noise(path):
    notebook = read(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all(set(cell.metadata) <= {"tags", "jupyter", "new_study"} for cell in notebook.cells)
    assert all(not output.get("metadata") for _, output in outputs_of(path))


@pytest.fixture(scope="module")
def executed_again(tmp_path_factory):
    """A copy of the repository, without the press texts, whose notebooks were run: once for all tests."""
    copy = tmp_path_factory.mktemp("repository")
    for name in ("corpus", "lexicons", "notebooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("texts", ".ipynb_checkpoints", "*.part"))
    for file in ("README.md", "pyproject.toml"):
        if (ROOT / file).exists():
            shutil.copy(ROOT / file, copy / file)
    (copy / "figures").mkdir()
    run_notebooks(copy / "notebooks")
    return copy / "notebooks"


def differing_cells(one, two):
    pairs = zip(read(one).cells, read(two).cells, strict=True)
    return [number for number, (mine, theirs) in enumerate(pairs) if mine != theirs]


@each
def test_notebook_run_again_has_the_same_bytes(path, executed_again):
    again = executed_again / path.relative_to(ROOT / "notebooks")
    assert differing_cells(path, again) == []
    assert path.read_bytes() == again.read_bytes()


def test_notebooks_write_nothing_into_the_corpus(executed_again):
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no git here")
    copied = {file.relative_to(executed_again.parent) for file in (executed_again.parent / "corpus").rglob("*") if file.is_file()}
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "corpus"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {str(file) for file in copied} <= set(listed.stdout.splitlines())


@each
def test_notebook_links_lead_somewhere(path):
    links = [link for cell in read(path).cells if cell.cell_type == "markdown" for link in re.findall(r"\]\(([^)\s#]+)\)", cell.source)]
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


@each
def test_notebook_cells_have_lasting_names(path):
    names = [cell.id for cell in read(path).cells]
    assert len(set(names)) == len(names)
    assert [name for name in names if re.fullmatch(r"cell-\d+|[0-9a-f-]{8,}", name)] == [], "give each cell an id that says what it is"


# How the parts of a lesson are called in each edition.
LESSON = {"notebooks": ("You learn", "Exercise", "Visibly wrong"), "de": ("Sie lernen", "Übung", "Offensichtlich falsch")}


@each
def test_notebook_opens_with_a_card_that_says_aims_time_and_what_one_must_know(path):
    card = next(cell.source for cell in read(path).cells if cell.id == "card")
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", card, re.MULTILINE)
    assert len(rows) == 4
    assert rows[0][0] == LESSON[path.parent.name][0]
    assert re.search(r"\d+ [Mm]inute", rows[1][1])


@each
def test_notebook_has_exercises_each_with_a_solution_folded_away(path):
    """Words are folded in ``<details>``, code in a cell whose source and output are hidden until they are opened."""
    _, exercise, _ = LESSON[path.parent.name]
    text = "".join(cell.source + "\n" for cell in read(path).cells)
    number = path.stem[0]
    asked = re.findall(rf"\*\*{exercise} {number}\.(\d)\.\*\*", text)
    assert asked == [str(n) for n in range(1, len(asked) + 1)]
    assert 2 <= len(asked) <= 4
    solved = [cell for cell in code_cells(path) if "solution" in cell.metadata.get("tags", [])]
    assert all(cell.metadata["jupyter"] == {"outputs_hidden": True, "source_hidden": True} and cell.outputs for cell in solved)
    in_code = [n for cell in solved for n in re.findall(rf"^# Solution {number}\.(\d): ", cell.source)]
    assert len(in_code) == len(solved)
    assert len(in_code) + text.count("<details>") == len(asked) and text.count("<details>") == text.count("</details>")
    assert re.findall(rf"^# Exercise {number}\.(\d): ", text, re.MULTILINE) == in_code


@each
def test_notebook_discusses_a_result_that_is_visibly_wrong(path):
    wrong = LESSON[path.parent.name][2].lower()
    assert [cell.id for cell in read(path).cells if re.search(rf"\*\*[^*]*{wrong}[^*]*\*\*", cell.source.lower())]


def both(path):
    """The cells of a German notebook, each with its English one."""
    return list(zip(read(path).cells, read(ROOT / "notebooks" / path.name).cells, strict=True))


@each_german
def test_editions_have_the_same_code_byte_for_byte_in_the_same_order(path):
    for german, english in both(path):
        assert (german.id, german.cell_type) == (english.id, english.cell_type)
        if english.cell_type == "code":
            assert german.source == english.source
            assert german.metadata == {key: value for key, value in english.metadata.items() if key != NEW_STUDY}


@each_german
def test_german_edition_is_the_prose_beside_it(path):
    blocks = read_prose(path.with_suffix(".md"))
    english = [cell for cell in read(ROOT / "notebooks" / path.name).cells if cell.cell_type == "markdown"]
    keys = [key for cell in english for key in ([cell.id, f"{cell.id}, new study"] if NEW_STUDY in cell.metadata else [cell.id])]
    assert list(blocks) == keys, "blocks stand in the order of the cells"
    assert [cell.source for cell in read(path).cells if cell.cell_type == "markdown"] == [blocks[cell.id] for cell in english]
    assert [key for cell in english for key in (cell.id,) if blocks[key] == cell.source] == [], "not translated"


def numbers(text, thousands):
    """The numbers of a text, written alike: ``thousands`` is the sign that groups digits, the other one marks decimals."""
    grouped = re.compile(rf"(?<=\d)\{thousands}(?=\d{{3}}(?!\d))")
    return {grouped.sub("", found).replace(",", ".") for found in NUMBER.findall(text)}


@pytest.mark.parametrize(("english", "german"), [("14.3 of 2,000 in 9", "9 von 2.000, 14,3"), ("95 percent, in 2025. 1.2", "1.2 2025: 95 Prozent")])
def test_numbers_are_compared_as_each_language_writes_them(english, german):
    assert numbers(english, ",") == numbers(german, ".")


@each_german
def test_editions_tell_the_same_numbers(path):
    blocks = read_prose(path.with_suffix(".md"))
    texts = {cell.id: cell.source for _, cell in both(path) if cell.cell_type == "markdown"}
    texts |= {f"{cell.id}, new study": "".join(cell.metadata[NEW_STUDY]) for _, cell in both(path) if cell.cell_type == "markdown" and NEW_STUDY in cell.metadata}
    told = {key: (numbers(text, ","), numbers(blocks[key], ".")) for key, text in texts.items()}
    assert {key: (english - german, german - english) for key, (english, german) in told.items() if english != german} == {}
