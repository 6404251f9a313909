"""The README's examples give what it says they give, and its commands are there."""

import doctest
import re

import pytest
from click.testing import CliRunner

from conftest import ROOT

from lesart.cli import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_examples_give_what_is_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (failed, tried) == (0, 6)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^lesart ((?:lexicon )?[a-z]+)", README, re.MULTILINE))))
def test_readme_commands_are_there_with_an_example(command):
    result = CliRunner().invoke(cli, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "Example:" in result.output


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake (study|test|lab)\b", README))))
def test_readme_make_targets_are_there(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_readme_links_lead_somewhere(link):
    assert (ROOT / link).exists()
