"""``lesart seminar`` as a process: killed hard and started again it goes on; ``--reveal`` asks before it opens."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tiny_study import make_study

from lesart.agreement import read_sheet
from lesart.cli import cli

from .conftest import Browser


@pytest.fixture
def study_folder(tmp_path, monkeypatch):
    folder = make_study(tmp_path / "study", press=False)
    monkeypatch.chdir(folder)
    return folder


def start(folder):
    """The command in a process of its own; the process, the coders' and the teacher's address."""
    arguments = [sys.executable, "-c", "from lesart.cli import main; main()", "seminar", "--port", "0"]
    process = subprocess.Popen(arguments, cwd=folder, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    lines = [process.stderr.readline() for _ in range(2)]
    return process, *(re.search(r"http://\S+", line)[0] for line in lines)


def stop(process):
    process.kill()
    process.wait(20)
    process.stderr.close()


def test_killed_in_the_middle_it_goes_on_with_every_saved_code(study_folder):
    process, address, _ = start(study_folder)
    try:
        with Browser(address) as browser:
            browser.join("Ada")
            browser.code(1)
            browser.code(2)
            cookies = dict(browser.cookies)
    finally:
        stop(process)
    process, address, teacher = start(study_folder)
    try:
        with Browser(address) as browser:
            browser.cookies.update(cookies)
            assert "2 von 4" in browser.get("/").text
            assert "Ada" in browser.get(teacher).text
    finally:
        stop(process)
    assert len(read_sheet(study_folder / "seminar" / "codes" / "ada.csv")) == 2
    assert (study_folder / "seminar" / "secret").stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_reveal_asks_where_somebody_has_not_finished(study_folder):
    codes = study_folder / "seminar" / "codes"
    codes.mkdir(parents=True)
    (codes / "ada.csv").write_text("id,coder,stance,sure\nde-club,Ada,critical,2\nen-club,Ada,promotional,3\n", encoding="utf-8")
    (codes / "ben.csv").write_text("id,coder,stance,sure\nde-club,Ben,critical,1\n", encoding="utf-8")
    refused = CliRunner().invoke(cli, ["seminar", "--reveal"], input="n\n")
    assert refused.exit_code == 1 and "Ben" in refused.output and "Ada" not in refused.output
    assert not (study_folder / "seminar" / "revealed").exists()
    assert CliRunner().invoke(cli, ["seminar", "--reveal", "--yes"]).exit_code == 0
    for labels, words in (("de", "Was die Codes zeigen"), ("en", "What the codes show")):
        page = (study_folder / "seminar" / f"reveal_{labels}.html").read_text(encoding="utf-8")
        assert words in page and "Ada" in page and "<form" not in page
    assert CliRunner().invoke(cli, ["agree", "seminar/codes.csv"]).exit_code == 0


def test_a_reveal_without_codes_is_a_fault_in_one_line(study_folder):
    answer = CliRunner().invoke(cli, ["seminar", "--reveal"])
    assert answer.exit_code == 1 and "nobody has coded" in str(answer.exception)
