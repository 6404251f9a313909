"""``lesart code`` and ``lesart tag``: exact rows on small inputs, what is listed, whole results or none."""

import io
import os
import sys

import pandas as pd
import pytest
from cli_runs import COLUMNS, ENGLISH, GERMAN, UNCLEAR, rows_of, spawn, write

from lesart.topics import TOPICS

# Distances from the norm of the tiny model by hand: praise (ln(1 + 200/81) − 1) / 0.5 = 0.4877, reporting and harm −2, so the
# logits are 2.4877, −2.4877, −2. Shares: sport (1.5 + 1.5/√2)^1.3, money (1.5/√2)^1.3.
CODED = """\
article,language,stance,sure,promotional,critical,reportorial,margin,sport,money,law
de-club,de,promotional,3,0.9919,0.002,0.0061,0.9858,75.87,24.13,0.0
"""


def test_code_writes_header_and_rows_exactly(run, tiny):
    status, out, err = run("code", "corpus/articles/de-club.md", "--lexicons", tiny)
    assert (status, out, err) == (0, CODED, "")


def test_code_without_lexicons_uses_those_of_the_study_folder(run, tiny):
    assert run("code", "corpus/articles/de-club.md")[1] == CODED


def test_code_writes_the_same_to_a_file_and_nothing_to_standard_output(run, tiny, tmp_path):
    assert run("code", "corpus/articles/de-club.md", "-o", "codes.csv") == (0, "", "")
    assert (tmp_path / "codes.csv").read_bytes() == CODED.encode()
    assert not list(tmp_path.glob("*.part"))


def test_code_in_pieces_writes_the_same_and_leaves_no_parts(run, tiny, tmp_path, monkeypatch):
    _, whole, _ = run("code", "corpus/articles")
    monkeypatch.setattr("lesart.engine.cut_pieces.__defaults__", (1,))
    monkeypatch.setattr("lesart.engine.code_records.__kwdefaults__", {"parts": None, "n_articles": 1})
    assert run("code", "corpus/articles", "-o", "codes.csv", "--hits", "hits") == (0, "", "")
    assert (tmp_path / "codes.csv").read_text(encoding="utf-8") == whole
    assert sorted(file.name for file in (tmp_path / "hits").iterdir()) == [f"hits-{n:05d}.parquet" for n in range(4)]
    assert not list(tmp_path.glob("codes.csv.*"))
    assert run("code", "corpus/articles")[1] == whole


def test_code_on_the_workers_of_a_scheduler_writes_the_same(run, tiny, monkeypatch):
    """A cluster that somebody else has started, reached by its address alone; a piece for each article, so that both workers have some."""
    distributed = pytest.importorskip("distributed", reason="needs lesart[scale]")
    _, whole, _ = run("code", "corpus/articles")
    monkeypatch.setattr("lesart.engine.cut_pieces.__defaults__", (1,))
    monkeypatch.setattr("lesart.engine.code_records.__kwdefaults__", {"parts": None, "n_articles": 1})
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs="CRITICAL") as cluster:
        assert cluster.scheduler_address.startswith("tcp://127.0.0.1:")
        assert run("code", "corpus/articles", "--scheduler", cluster.scheduler_address) == (0, whole, "")


def test_code_writes_parquet_into_a_file_so_called(run, tiny, tmp_path):
    _, whole, _ = run("code", "corpus/articles")
    assert run("code", "corpus/articles", "-o", "codes.parquet") == (0, "", "")
    assert pd.read_parquet(tmp_path / "codes.parquet").to_csv(index=False, lineterminator="\n") == whole


def test_code_that_cannot_read_on_leaves_the_old_file_and_nothing_beside(run, tiny, tmp_path):
    old = write(tmp_path, "codes.csv", "old\n")
    write(tmp_path, "t.csv", "id,text\n1,x\n" + "1,\"x\n" * 3)
    status, _, err = run("code", "t.csv", "-o", "codes.csv")
    assert (status, err.startswith("lesart: t.csv: not a readable table")) == (1, True)
    assert old.read_text(encoding="utf-8") == "old\n"
    assert not list(tmp_path.glob("codes.csv.*"))


def test_code_has_the_seven_topics_in_the_codebooks_order(run, tmp_path, root):
    write(tmp_path, "a.txt", GERMAN)
    rows = rows_of(run("code", "a.txt", "--lexicons", root / "lexicons")[1])
    assert rows[0] == [*COLUMNS, *TOPICS]
    assert [row[0] for row in rows[1:]] == ["a"]


def test_code_shares_sum_to_exactly_100_or_are_all_0(run, tmp_path, root):
    write(tmp_path, "none/none.txt", "Es ist so, wie es ist, und das ist es auch immer.\n")
    status, out, _ = run("code", root / "corpus" / "articles", tmp_path / "none", "--lexicons", root / "lexicons")
    codes = pd.read_csv(io.StringIO(out))
    hundredths = (codes[list(TOPICS)] * 100).round(6)
    assert (status, len(codes)) == (0, 37)
    assert (hundredths == hundredths.round()).all(axis=None)
    assert hundredths.sum(axis=1).tolist() == [10_000] * 36 + [0]
    assert codes["stance"].iloc[-1] != ""


@pytest.mark.parametrize(
    ("name", "text", "article"),
    [("a.md", f"---\nid: de-1\n---\n{GERMAN}", "de-1"), ("de-2.md", f"---\ntitle: x\n---\n{GERMAN}", "de-2"), ("de 3.txt", GERMAN, "de 3"), ("4.txt", GERMAN, "4")],
    ids=["front matter", "front matter without id", "text", "number"],
)
def test_code_takes_the_id_from_front_matter_else_the_files_stem(run, tiny, tmp_path, name, text, article):
    file = write(tmp_path, name, text)
    assert rows_of(run("code", file)[1])[1][:2] == [article, "de"]


def test_code_lists_an_article_of_unknown_language_and_goes_on(run, tiny, tmp_path):
    write(tmp_path, "mine/a.txt", UNCLEAR)
    write(tmp_path, "mine/b.txt", ENGLISH)
    status, out, err = run("code", "mine")
    assert status == 0
    assert rows_of(out)[1] == ["a", "unknown", "", "0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0"]
    assert rows_of(out)[2][:2] == ["b", "en"]
    assert err == "not coded: a: language unknown: neither German nor English is clear; state it as 'language: de' or with --language\n"


def test_code_believes_the_language_option_where_the_text_does_not_show_it(run, tiny, tmp_path):
    write(tmp_path, "a.txt", UNCLEAR)
    status, out, err = run("code", "a.txt", "--language", "de")
    assert (status, err, rows_of(out)[1][1]) == (0, "", "de")
    assert rows_of(out)[1][2] != ""


@pytest.mark.parametrize(("raw", "reason"), [(b"", "empty file"), (bytes(range(256)) * 4, "not text in a known encoding")], ids=["empty", "binary"])
def test_code_lists_an_unreadable_file_writes_the_others_and_fails(run, tiny, tmp_path, raw, reason):
    write(tmp_path, "mine/b.txt", ENGLISH)
    (tmp_path / "mine" / "a.txt").write_bytes(raw)
    status, out, err = run("code", "mine")
    assert status == 1
    assert [row[:3] for row in rows_of(out)[1:]][0] == ["a", "unknown", ""]
    assert rows_of(out)[1][3:] == ["0", *["0.0"] * 7]
    assert rows_of(out)[2][:2] == ["b", "en"]
    assert err.startswith(f"not coded: a: {reason}")
    assert err.count("\n") == 1


def test_code_notes_what_is_odd_and_is_done(run, tiny, tmp_path):
    write(tmp_path, "a.md", f"---\nlanguage: de\n---\n{ENGLISH}")
    status, _, err = run("code", "a.md")
    assert (status, err) == (0, "note: a: said to be de, but reads as en\n")


STRANGE = ['a,b;c', 'he said "no"', "two\nlines", "=cmd()", "+1", "@x", "ein – ü\u2028x", "\t", " lead"]


@pytest.mark.parametrize("command", ["code", "tag"])
def test_ids_and_titles_with_csvs_own_signs_survive_as_text(run, tiny, tmp_path, command):
    ids = [f"{name}{n}" for n, name in enumerate(STRANGE)]
    table = pd.DataFrame({"article": ids, "title": STRANGE, "text": "The success is here, and the match was good, she said on Monday."})
    table.to_csv(tmp_path / "t.csv", index=False)
    status, out, _ = run(command, "t.csv")
    assert status == 0
    rows = rows_of(out)
    # but no id is a formula
    assert list(dict.fromkeys(row[0] for row in rows[1:])) == [f"_{name}" if name[0] in "=@" else name.strip() for name in ids]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_code_says_in_one_line_what_concerns_an_id_of_two_lines(run, tiny, tmp_path):
    pd.DataFrame({"article": ["a\nnot coded: b"], "text": ["x y z"]}).to_csv(tmp_path / "t.csv", index=False)
    assert run("code", "t.csv")[2].startswith("not coded: a not coded: b: language unknown")


def test_code_lets_no_id_steer_the_terminal(run, tiny, tmp_path):
    pd.DataFrame({"article": ["a\x1b[31mrot\u202e"], "text": ["x y z"]}).to_csv(tmp_path / "t.csv", index=False)
    assert run("code", "t.csv")[2].startswith("not coded: a?[31mrot?: language unknown")


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no text exist on Linux only")
def test_code_writes_a_file_name_that_is_no_text(run, tiny, tmp_path):
    (tmp_path / os.fsdecode(b"x\xff.txt")).write_text(ENGLISH, encoding="utf-8")
    status, out, _ = run("code", tmp_path / os.fsdecode(b"x\xff.txt"))
    assert (status, rows_of(out)[1][:2]) == (0, ["x?", "en"])


def test_code_writes_utf8_whatever_the_terminal_is(tiny, tmp_path):
    write(tmp_path, "größe.txt", GERMAN)
    done = spawn("tag", "größe.txt", cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "größe,0,lead" in done.stdout.decode()


def test_tag_writes_a_row_for_each_match(run, tiny):
    status, out, err = run("tag", "corpus/articles/de-club.md")
    assert (status, err) == (0, "")
    assert out == (
        "article,sentence,part,start,end,surface,lexicon,category,concept,voice,negated,pattern\n"
        "de-club,0,headline,4,11,Triumph,stance,praise,success,narrator,False,Triumph*\n"
        "de-club,1,lead,17,23,Erfolg,stance,praise,success,narrator,False,Erfolg*\n"
        "de-club,1,lead,40,45,Spiel,topics,sport,game,narrator,False,Spiel*\n"
        "de-club,2,lead,59,63,Tore,topics,sport,game,narrator,False,Tore\n"
        "de-club,2,lead,80,85,Preis,topics,money,price,narrator,False,Preis*\n"
    )


def test_tag_of_an_article_without_matches_is_the_header_alone(run, tiny, tmp_path):
    write(tmp_path, "a.txt", "Es ist so, wie es ist, und das ist es auch immer.\n")
    status, out, _ = run("tag", "a.txt")
    assert (status, len(rows_of(out))) == (0, 1)


@pytest.mark.parametrize(
    ("categories", "message"),
    [("{}", "has no concept"), ("{sport: {}}", "has no concept"), ("{stance: {game: {en: [match], de: [Spiel]}}}", "a topic is called 'stance'"),
     ("{words: {game: {en: [match], de: [Spiel]}}}", "a topic is called 'words'")],
)  # fmt: skip
def test_topics_that_cannot_be_columns_of_a_sheet_are_refused(run, tiny, categories, message):
    (tiny / "topics.yaml").write_text(f"lexicon: topics\ncategories: {categories}\n", encoding="utf-8")
    status, out, err = run("code", "corpus/articles")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"lesart: {tiny / 'topics'}.yaml: {message}")
