"""``lesart lexicon``: faults with file and line, the model and its norms."""

import re
import shutil

import pandas as pd
import pytest
from cli_runs import ENGLISH, GERMAN, UNCLEAR, rows_of, write, write_codes, write_six_codes


FAULTY = """\
lexicon: topics
categories:
  sport: {game: {en: [match*, price*], de: [Spiel*]}}
  money: {price: {en: [price*]}}
"""


def test_lexicon_check_lists_faults_with_file_and_line_and_fails(run, tiny, tmp_path):
    file = write(tmp_path, "mine.yaml", FAULTY)
    status, out, err = run("lexicon", "check", file, "--corpus", "corpus/articles")
    rows = rows_of(out)
    assert (status, err) == (1, "")
    assert rows[0] == ["file", "finding", "category", "concept", "language", "pattern", "line", "detail"]
    assert [row[:7] for row in rows[1:4]] == [
        ["mine.yaml", "in two categories", "sport", "game", "en", "price*", "3"],
        ["mine.yaml", "in two categories", "money", "price", "en", "price*", "4"],
        ["mine.yaml", "one language missing", "money", "price", "de", "", ""],
    ]


def test_lexicon_check_of_the_studys_own_remarks_only_and_is_done(run, tiny, tmp_path):
    status, _, err = run("lexicon", "check", "-o", "found.csv")
    found = pd.read_csv(tmp_path / "found.csv")
    assert (status, err) == (0, "")
    assert set(found["finding"]) <= {"never seen", "wildcard catches", "far richer in one language"}
    caught = found[(found["finding"] == "wildcard catches") & (found["pattern"] == "Spiel*")]
    assert caught[["file", "detail"]].values.tolist() == [["topics.yaml", "spiel ×1"]]


def test_lexicon_check_needs_no_articles_and_says_so(run, tiny, tmp_path):
    file = write(tmp_path, "mine.yaml", FAULTY)
    shutil.rmtree(tmp_path / "corpus")
    status, out, err = run("lexicon", "check", file)
    assert (status, [row[1] for row in rows_of(out)[1:]]) == (1, ["in two categories"] * 2 + ["one language missing"])
    assert re.fullmatch(r"note: checked without articles \(.*no folder 'corpus' here or above.*\), or name some with --corpus\n", err)


def test_lexicon_fit_writes_the_model_and_prints_how_it_does(run, tiny, tmp_path):
    write_six_codes(tmp_path)
    before = (tiny / "stance_model.yaml").read_bytes()
    status, out, err = run("lexicon", "fit", "-o", "mine.yaml")
    assert (status, err) == (0, "")
    assert out.splitlines()[0].split() == ["set", "language", "articles", "macro_f1"]
    assert [line.split()[-3:-1] for line in out.splitlines()[1:]] == [["both", "6"], ["de", "3"], ["en", "3"]]
    assert (tmp_path / "mine.yaml").read_bytes() != before == (tiny / "stance_model.yaml").read_bytes()


@pytest.mark.parametrize(("rows", "message"), [(None, "no coded articles"), ([("de-club", "promotional")], "no coded article is critical, reportorial")])
def test_lexicon_fit_without_articles_of_each_stance_says_so(run, tiny, tmp_path, rows, message):
    if rows:
        write_codes(tmp_path, rows)
    status, out, err = run("lexicon", "fit")
    assert (status, out) == (1, "")
    assert message in err
    assert err.count("\n") == 1


def test_lexicon_norms_measures_them_from_what_can_be_coded(run, tiny, tmp_path):
    write(tmp_path, "both/a.txt", GERMAN)
    write(tmp_path, "both/b.txt", ENGLISH)
    write(tmp_path, "both/c.txt", UNCLEAR)
    status, out, err = run("lexicon", "norms", "both")
    assert (status, out) == (0, "")
    assert err.splitlines()[0] == "norms from 1 de, 1 en articles"
    assert err.splitlines()[1].startswith("not coded: c: language unknown")
    assert "norms from 1 German and 1 English articles" in (tiny / "stance_model.yaml").read_text(encoding="utf-8")


def test_lexicon_norms_from_one_language_are_refused(run, tiny, tmp_path):
    before = (tiny / "stance_model.yaml").read_bytes()
    write(tmp_path, "a.txt", GERMAN)
    status, _, err = run("lexicon", "norms", "a.txt")
    assert (status, err) == (1, "lesart: no article in en; norms need articles that say the same in de and en\n")
    assert (tiny / "stance_model.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["stance", "topics"])
def test_a_lexicon_not_called_as_its_file_is_refused(run, tiny, tmp_path, name):
    file = tiny / f"{name}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"lexicon: {name}", "lexicon: other"), encoding="utf-8")
    status, _, err = run("code", "corpus/articles")
    assert (status, err) == (1, f"lesart: {file}: is called 'other'; write 'lexicon: {name}' at its top\n")
