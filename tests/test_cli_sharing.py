"""``lesart seal``: sheets without texts, and what is left out."""

import json
import re

from cli_runs import ENGLISH, UNCLEAR, write


def test_seal_writes_sheets_without_text_and_lists_what_is_left_out(run, tiny, tmp_path):
    write(tmp_path, "held/a.txt", "Der Preis ist hoch, und das ist für alle so, sagte sie.\n")
    write(tmp_path, "held/b.txt", UNCLEAR)
    status, out, err = run("seal", "held", "--to", "sheets")
    assert (status, out) == (1, "")
    assert err.splitlines()[0] == "1 sheet in sheets"
    assert err.splitlines()[1].startswith("not sealed: b: language unknown")
    sheet = json.loads((tmp_path / "sheets" / "a.json").read_text(encoding="utf-8"))
    assert [row[4] for row in sheet["hits"]["rows"]] == ["Preis", "sagte"]
    assert "hoch" not in (tmp_path / "sheets" / "a.json").read_text(encoding="utf-8")


def test_seal_of_texts_that_can_all_be_sealed_is_done(run, tiny, tmp_path):
    write(tmp_path, "held/a.txt", ENGLISH)
    assert run("seal", "held", "--to", "sheets") == (0, "", "1 sheet in sheets\n")


def test_seal_refuses_a_register_without_ids(run, tiny, tmp_path):
    write(tmp_path, "held/a.txt", ENGLISH)
    write(tmp_path, "sheets/register.csv", "file,outlet\na.txt,x\n")
    status, _, err = run("seal", "held", "--to", "sheets")
    assert status == 1
    assert re.fullmatch(r"lesart: sheets/register\.csv: not a register .*needs a column id, and file where ids are not the files' names\n", err)
