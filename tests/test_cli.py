"""The command line: exact rows on small inputs, exit status 0, 1 or 2, a fault in one line, results whole or not at all."""

import os
import re
import subprocess
import sys

import pandas as pd
import pytest
from cli_runs import COLUMNS, GERMAN, rows_of, write, write_six_codes
from tiny_study import make_lexicons, make_notebook, make_study

from lesart.errors import LesartError
from lesart.topics import TOPICS

COMMANDS = [(), ("study",), ("new",), ("code",), ("tag",), ("read",), ("kin",), ("seal",), ("unseal",), ("lexicon",), ("lexicon", "check"), ("lexicon", "fit"), ("lexicon", "norms")]


def test_study_exports_every_figure_and_leaves_the_notebooks(run, tmp_path, monkeypatch):
    from lesart.figures import FIGURES

    two = {name: FIGURES[name] for name in ("corpus_overview", "stance_explanation")}  # two tell enough, and sooner
    monkeypatch.setattr("lesart.figures.FIGURES", two)
    make_study(tmp_path)
    notebook = write(tmp_path, "notebooks/1.ipynb", "no notebook")
    monkeypatch.chdir(tmp_path / "corpus" / "articles")
    status, out, err = run("study", "--figures-only", "--labels", "de")
    figures = sorted(file.name for file in (tmp_path / "figures" / "de").iterdir())
    assert (status, out) == (0, "")
    assert err.splitlines()[-1] == f"2 figures in {tmp_path.name}/figures"
    assert figures == [f"{name}{suffix}" for name in ("corpus_overview_de", "stance_explanation_de-press_de") for suffix in (".csv", ".pdf", ".png", ".svg", ".txt")]
    assert [file.name for file in (tmp_path / "figures").iterdir()] == ["de"]
    assert notebook.read_text(encoding="utf-8") == "no notebook"


def test_study_names_missing_german_prose_before_it_draws_anything(run, tmp_path, monkeypatch):
    make_study(tmp_path)
    make_notebook(tmp_path / "notebooks" / "1_first.ipynb", "# Title")
    write(tmp_path, "notebooks/de/1_first.md", "")
    monkeypatch.chdir(tmp_path)
    status, _, err = run("study")
    assert status == 1
    assert "de/1_first.md: no prose for 'cell-000'; write a block headed <!-- cell: cell-000 -->" in err
    assert not [*(tmp_path / "figures").glob("*/*")]


def test_study_outside_of_a_study_folder_says_where_to_run_it(run):
    status, out, err = run("study")
    assert (status, out) == (1, "")
    assert "no folder 'corpus' here or above; run inside a study folder" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "missing.txt"], r"missing\.txt: no such file or folder; check the path"),
        (["tag", "x.pdf"], r"x\.pdf: cannot read \.pdf; \.md, \.txt, \.csv and \.parquet are read"),
        (["code", "t.csv"], r"t\.csv: no column 'text'; columns are id, body; rename the one with the articles"),
        (["code", "a.txt", "--lexicons", "none"], r"none/stance\.yaml: cannot be read \(No such file or directory\); check the path"),
        (["code", "a.txt", "-o", "none/codes.csv"], r"none/codes\.csv: cannot be written \(No such file or directory\); check folder and rights"),
        (["code", "a.txt", "-o", "lexicons"], r"lexicons: cannot be written \(is no file\); name a file after -o"),
        (["code", "a.txt", "-o", ""], r"an empty name: cannot be written \(is no file\); name a file after -o"),
        (["code", "a.txt", "--hits", "a.txt"], r"a\.txt: is no folder; name one that is there, or a new one"),
        (["kin", "a.txt", "--figure", "a.txt"], r"a\.txt: is no folder; name one that is there, or a new one"),
        (["kin", "a.txt", "--families", "none/f.csv"], r"none/f\.csv: cannot be written \(No such file or directory\); check folder and rights"),
        (["agree", "missing.csv"], r"missing\.csv: cannot be read \(No such file or directory\); check the path"),
        (["agree", "one.csv"], r"one\.csv: one coder only; name another sheet too, as: lesart agree corpus/codes\.csv codes\.csv"),
        (["seal", "missing"], r"missing: no such file or folder; check the path"),
        (["lexicon", "check", "missing.yaml"], r"missing\.yaml: cannot be read \(No such file or directory\); check the path"),
        (["lexicon", "norms", "missing"], r"missing: no such file or folder; check the path"),
        (["code", "two\nlines.txt"], r"two lines\.txt: no such file or folder; check the path"),
    ],
    ids=lambda value: " ".join(value).replace("\n", " ") if isinstance(value, list) else "",
)
def test_a_fault_is_one_line_with_file_fault_and_remedy_and_status_1(run, tiny, tmp_path, arguments, message):
    write(tmp_path, "a.txt", GERMAN)
    write(tmp_path, "x.pdf", "x")
    write(tmp_path, "t.csv", "id,body\n1,x\n")
    write(tmp_path, "one.csv", "article,stance\na,critical\n")
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert re.fullmatch(f"lesart: {message}\n", err)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file_and_nothing_beside(run, tiny, tmp_path, monkeypatch):
    old = write(tmp_path, "codes.csv", "old\n")
    os.symlink("/dev/full", tmp_path / ".codes.csv.part")
    status, _, err = run("code", "corpus/articles", "-o", "codes.csv")
    assert (status, err) == (1, "lesart: codes.csv: cannot be written (No space left on device); check folder and rights\n")
    assert old.read_text(encoding="utf-8") == "old\n"
    assert not os.path.lexists(tmp_path / ".codes.csv.part")


@pytest.mark.parametrize(("command", "blocked"), [(["seal", "held", "--to", "file"], "file"), (["lexicon", "fit", "-o", "none/m.yaml"], "none/m.yaml")])
def test_what_cannot_be_written_is_one_line_for_every_command(run, tiny, tmp_path, command, blocked):
    write(tmp_path, "file", "x")
    write(tmp_path, "held/a.txt", GERMAN)
    write_six_codes(tmp_path)
    status, out, err = run(*command)
    assert (status, out) == (1, "")
    assert re.fullmatch(rf"lesart: {blocked}\S*: .*; check folder and rights\n", err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["code"], "Missing argument 'PATH…'"),
        (["code", "--nonsense"], "No such option"),
        (["code", "a.txt", "--workers", "0"], "0 is not in the range x>=1"),
        (["code", "a.txt", "--workers", "2", "--scheduler", "tcp://x"], "--workers and --scheduler exclude one another"),
        (["code", "a.txt", "--language", "fr"], "'fr' is not one of 'de', 'en'"),
        (["code", "a.txt", "--families", "twice"], "'twice' is not one of 'all', 'once', 'per-language'"),
        (["kin"], "Missing argument 'PATH…'"),
        (["study", "--labels", "fr"], "'fr' is not one of 'en', 'de', 'both'"),
        (["lexicon", "nonsense"], "No such command 'nonsense'"),
        (["lexicon", "norms"], "Missing argument 'PATH…'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_one_line_that_names_the_help_and_status_2(run, arguments, message):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert re.fullmatch(r"lesart: .*; see 'lesart[ a-z]* --help'\n", err)


@pytest.mark.parametrize("group", [[], ["lexicon"]], ids=["lesart", "lesart lexicon"])
def test_a_group_without_a_command_shows_its_help_and_status_2(run, group):
    status, out, err = run(*group)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: ")
    assert err.count("\n") > 5


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "lesart")
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_shows_an_example_of_the_command(run, command, option):
    status, out, err = run(*command, option)
    assert (status, err) == (0, "")
    assert re.search(rf"Example:\n +lesart {' '.join(command)}", out)


def test_stopping_by_hand_is_one_line(run, tiny, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("lesart.articles.read_records", stop)
    status, _, err = run("code", "corpus/articles")
    assert (status, err.strip()) == (1, "lesart: stopped")


def test_a_fault_of_lesart_is_one_line_even_if_its_message_is_not(run, tiny, monkeypatch):
    def fail(*_, **__):
        raise LesartError("one\ntwo")

    monkeypatch.setattr("lesart.articles.read_records", fail)
    assert run("code", "x") == (1, "", "lesart: one two\n")


@pytest.mark.parametrize("command", ["code", "tag"])
def test_a_reader_that_goes_away_ends_the_command_quietly(tiny, tmp_path, command):
    """1,500 articles: more rows than a pipe holds."""
    rows = pd.DataFrame({"text": [f"{GERMAN.strip()} Der Preis, das Spiel, der Erfolg, sagte sie."] * 1500})
    rows.to_csv(tmp_path / "t.csv", index=False)
    process = [sys.executable, "-W", "error", "-c", "from lesart.cli import main; main()", command, "t.csv"]
    with subprocess.Popen(process, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout.readline().startswith(b"article,")
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 0


HEAVY = "matplotlib", "pandas", "sklearn", "scipy", "numpy"


@pytest.mark.parametrize("code", ["import lesart", "from lesart.cli import cli; cli.main(['--help'], standalone_mode=False)"], ids=["import", "--help"])
def test_what_is_heavy_is_not_loaded_before_it_is_needed(code, tmp_path):
    code = f"{code}\nimport sys\nprint('loaded:', [name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_code_does_not_load_what_draws_figures(tiny, tmp_path):
    code = "import sys; from lesart.cli import cli; cli.main(['code', 'corpus/articles', '-o', 'x.csv'], standalone_mode=False); sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, timeout=60, check=False).returncode == 0


def test_the_installed_command_says_its_version(run):
    assert run("--version") == (0, "lesart, version 0.1.0\n", "")


def test_the_package_runs_as_the_command(tmp_path):
    command = [sys.executable, "-W", "error", "-m", "lesart", "--version"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout.startswith(b"lesart, version ")


def test_shipped_lexicons_are_found_from_anywhere(run, tmp_path):
    write(tmp_path, "a.txt", GERMAN)
    status, out, _ = run("code", "a.txt")
    assert (status, rows_of(out)[0]) == (0, [*COLUMNS, *TOPICS])


def test_lexicons_can_be_named_without_a_study(run, tmp_path):
    write(tmp_path, "a.txt", GERMAN)
    make_lexicons(tmp_path / "mine")
    assert rows_of(run("code", "a.txt", "--lexicons", "mine")[1])[0][-3:] == ["sport", "money", "law"]
