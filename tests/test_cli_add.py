"""``lesart add``: what it prints, and its exit status."""

import pytest
from cli_runs import ENGLISH, GERMAN, write


def test_add_says_what_arrived_and_why_others_did_not(run, tmp_path):
    write(tmp_path, "in/a.txt", GERMAN)
    write(tmp_path, "in/b.txt", GERMAN)
    write(tmp_path, "in/c.txt", "")
    write(tmp_path, "in/d.csv", f"headline,body\nA,\"{ENGLISH.strip()}\"\n")
    assert run("add", "in") == (
        0,
        "",
        "d.csv: text from column 'body', title from column 'headline'\n"
        "2 added, 1 there already, 1 left out\n"
        "left out: in/c.txt: empty file\n"
        "each place: import-report.csv beside corpus/articles\n",
    )
    assert sorted(file.name for file in (tmp_path / "corpus" / "articles").iterdir()) == ["a.md", "die-loehne-steigen-nicht-und-der-preis-ist.md"]


def test_add_takes_the_columns_that_are_named(run, tmp_path):
    write(tmp_path, "a.csv", f"x;y\nWages;{ENGLISH.strip()}\n")
    status, _, err = run("add", "a.csv", "--text", "y", "--title", "x", "--to", "mine")
    assert (status, err.splitlines()[0]) == (0, "a.csv: text from column 'y', title from column 'x'")
    assert (tmp_path / "mine" / "wages.md").read_text() == f"---\nid: wages\ntitle: Wages\nsource: a.csv\n---\n\n{ENGLISH}"
    assert (tmp_path / "import-report.csv").is_file()


def test_add_says_that_what_is_there_keeps_its_columns(run, tmp_path):
    (tmp_path / "t.csv").write_text(f"Kopf;Artikeltext\nWer zahlt?;{GERMAN}", encoding="utf-8")
    run("add", "t.csv")
    _, _, err = run("add", "t.csv", "--outlet", "Kopf")
    assert "delete its files first" in err
    assert "delete" not in run("add", "t.csv")[2]


def test_add_explains_and_writes_nothing_in_a_dry_run(run, tmp_path):
    write(tmp_path, "a.txt", f"Von Ida Beispiel\n\n{GERMAN}")
    status, out, err = run("add", "a.txt", "--explain", "--dry-run")
    assert (status, out) == (0, "von-ida-beispiel: line 1: author: Von Ida Beispiel\n")
    assert err == "1 added, 0 there already, 0 left out\nnothing was written\n"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("name", "status", "fault"), [("nowhere", 1, "lesart: nowhere: no such file or folder; check the path\n"), ("a.txt", 1, "0 added, 0 there already, 1 left out\n")])
def test_add_fails_when_nothing_arrives(run, tmp_path, name, status, fault):
    write(tmp_path, "a.txt", "")
    found = run("add", name)
    assert (found[0], found[1]) == (status, "")
    assert found[2].startswith(fault)
