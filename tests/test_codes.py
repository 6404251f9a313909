"""Coders' sheets: read as they are, merged as the docstring says."""

import pytest

from lesart.codes import merge_codes, read_codes
from lesart.errors import CorpusError
from lesart.stance import STANCES
from lesart.topics import TOPICS

SHEET = """\
id,coder,stance,sure,labor,finance
a,eva,critical,3,60,40
b,eva,promotional,1,0,100
a,jan,critical,2,50,50
b,jan,reportorial,2,20,80
"""


def write(folder, text, encoding="utf-8"):
    file = folder / "codes.csv"
    file.write_bytes(text.encode(encoding))
    return file


def read(folder, text):
    return read_codes(write(folder, text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_read_codes_keeps_rows_and_order(tmp_path, encoding):
    codes = read_codes(write(tmp_path, SHEET, encoding))
    assert codes.columns.tolist() == ["article", "coder", "stance", "sure", "labor", "finance"]
    assert codes.values.tolist()[1:3] == [["b", "eva", "promotional", 1, 0, 100], ["a", "jan", "critical", 2, 50, 50]]


@pytest.mark.parametrize("column", ["id", "article"])
def test_read_codes_takes_the_id_under_either_name_as_text(tmp_path, column):
    assert read(tmp_path, f"{column},stance\n007,critical\n")["article"].tolist() == ["007"]


def test_read_codes_without_coder_has_an_empty_one(tmp_path):
    codes = read(tmp_path, "id,stance\na,critical\n")
    assert (codes.columns.tolist(), codes["coder"].tolist()) == (["article", "coder", "stance"], [""])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a readable CSV file"),
        ("stance\ncritical\n", "no column 'article'; columns are stance"),
        ("id,labor\na,1\n", "no column 'stance'; columns are article, labor"),
        ("id,stance\na,critical\nb,neutral\n", r":3: stance 'neutral'; allowed are promotional, critical, reportorial"),
        ("id,stance\na,\n", ":2: stance ''; allowed are promotional"),
        ('id,stance\n"a,critical\n', "not a readable CSV file"),
    ],
    ids=["empty", "no id", "no stance", "unknown stance", "empty stance", "open quote"],
)
def test_read_codes_refuses_what_is_no_sheet_with_file_and_line(tmp_path, text, message):
    with pytest.raises(CorpusError, match=rf"codes\.csv.*{message}"):
        read(tmp_path, text)


def test_read_codes_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CorpusError, match=r"none\.csv: cannot be read \(.*\); check the path"):
        read_codes(tmp_path / "none.csv")


def test_merge_codes_has_a_row_per_article_with_mean_shares(tmp_path):
    merged = merge_codes(read(tmp_path, SHEET))
    assert merged.index.tolist() == ["a", "b"]
    assert merged.columns.tolist() == ["stance", "labor", "finance"]
    assert merged.values.tolist() == [["critical", 55, 45], ["reportorial", 10, 90]]


@pytest.mark.parametrize(
    ("votes", "stance"),
    [
        ([("critical", 1)], "critical"),
        ([("critical", 1), ("reportorial", 2)], "reportorial"),  # split evenly: the surer
        ([("reportorial", 2), ("critical", 2)], "critical"),  # as sure: the codebook's first
        ([("reportorial", 1), ("reportorial", 1), ("critical", 3)], "reportorial"),  # the majority, however sure the others
        ([("promotional", 1), ("critical", 2), ("reportorial", 3)], "reportorial"),
    ],
)
def test_merge_codes_takes_the_majority_then_the_surer_then_the_codebooks_first(tmp_path, votes, stance):
    rows = "".join(f"a,c{n},{vote},{sure},100\n" for n, (vote, sure) in enumerate(votes))
    assert merge_codes(read(tmp_path, f"id,coder,stance,sure,labor\n{rows}"))["stance"].tolist() == [stance]


def test_merge_codes_does_without_sureness(tmp_path):
    assert merge_codes(read(tmp_path, "id,stance,labor\na,critical,10\na,critical,20\n")).values.tolist() == [["critical", 15]]


def test_merge_codes_does_not_take_a_keys_difficulty_for_a_topic(root):
    key = merge_codes(read_codes(root / "corpus" / "key.csv"))
    assert key.columns.tolist() == ["stance", *TOPICS]


@pytest.mark.parametrize("name", ["codes.csv", "key.csv", "press/codes.csv", "other_events/development_codes.csv"])
def test_the_repositorys_sheets_sum_to_100_and_know_the_stances(root, name):
    codes = read_codes(root / "corpus" / name)
    assert (codes[list(TOPICS)].sum(axis=1) == 100).all()
    assert codes["stance"].isin(STANCES).all()
    assert not codes.duplicated(["article", "coder"]).any()


def test_merge_codes_leaves_notes_out_and_refuses_shares_that_are_no_numbers(tmp_path):
    noted = read(tmp_path, "id,coder,stance,sure,labor,note\na,eva,critical,3,60,irony?\na,jan,critical,2,40,\n")
    assert merge_codes(noted).loc["a"].to_dict() == {"stance": "critical", "labor": 50}
    with pytest.raises(CorpusError, match=r"^topic 'labor': not all its shares are numbers; write percent, as 12\.5$"):
        merge_codes(read(tmp_path, "id,coder,stance,sure,labor\na,eva,critical,3,much\n"))
