"""The command line: exact rows on small inputs, exit status 0, 1 or 2, a fault in one line, results whole or not at all."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from tiny_study import make_lexicons, make_notebook, make_study

from lesart.cli import main
from lesart.errors import LesartError
from lesart.topics import TOPICS

COLUMNS = ["article", "language", "stance", "sure", "promotional", "critical", "reportorial", "margin"]
# Distances from the norm of the tiny model by hand: praise (√(200/82) − 1) / 0.5 = 1.1235, reporting and harm −2, so the
# logits are 3.1235, −3.1235, −2. Shares: sport (1.5 + 1.5/√2)^1.3, money (1.5/√2)^1.3.
CODED = """\
article,language,stance,sure,promotional,critical,reportorial,margin,sport,money,law
de-club,de,promotional,3,0.9924,0.0018,0.0058,0.9866,75.87,24.13,0.0
"""
GERMAN = "Die Löhne steigen nicht, und der Preis ist hoch, sagte sie am Montag.\n"
ENGLISH = "The wages will not rise, and the price is high, she said on Monday.\n"
UNCLEAR = "Meta: Superintelligenz\n"
COMMANDS = [(), ("study",), ("new",), ("code",), ("tag",), ("read",), ("kin",), ("seal",), ("unseal",), ("lexicon",), ("lexicon", "check"), ("lexicon", "fit"), ("lexicon", "norms")]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs the command in ``tmp_path``: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["lesart", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = leave.code or 0
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def tiny(tmp_path):
    """A tiny study in ``tmp_path``, and its folder of lexicons."""
    make_study(tmp_path, press=False)
    return tmp_path / "lexicons"


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def spawn(*arguments, cwd, **options):
    command = [sys.executable, "-W", "error", "-c", "from lesart.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, timeout=60, check=False, **options)


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


STORY = "Die Werft in Wismar baut drei Fähren für die Reederei Norlund, und {} freuen sich alle in der Stadt sehr darüber, auch wenn der Preis hoch ist.\n"


def write_family(folder):
    """Two copies, the first the longer, and an article that is kin to none."""
    for name, text in (("a", STORY.format("heute Morgen")), ("b", STORY.format("nun")), ("c", GERMAN)):
        write(folder, f"texts/{name}.txt", text)


def test_kin_writes_pairs_families_and_a_picture(run, tiny, tmp_path):
    write_family(tmp_path)
    status, out, err = run("kin", "texts", "-o", "pairs.csv", "--families", "families.csv", "--figure", "pictures", "--labels", "de")
    assert (status, out, err) == (0, "", "1 pair in 1 family among 3 articles\n")
    told = "a,b,copy,0.7826,18 of the 23 five-word runs of the shorter one"
    assert (tmp_path / "pairs.csv").read_text(encoding="utf-8") == f"article,kin,kind,score,evidence\n{told}\n"
    assert (tmp_path / "families.csv").read_text(encoding="utf-8") == "article,family\na,a\nb,a\nc,c\n"
    assert {file.name for file in (tmp_path / "pictures").iterdir()} == {f"same_story_de.{suffix}" for suffix in ("png", "svg", "pdf", "csv", "txt")}


def test_kin_of_strangers_is_the_header_alone(run, tiny, tmp_path):
    write(tmp_path, "texts/a.txt", GERMAN)
    assert run("kin", "texts") == (0, "article,kin,kind,score,evidence\n", "0 pairs in 0 families among 1 article\n")


def test_kin_lists_what_could_not_be_read_and_fails(run, tiny, tmp_path):
    write_family(tmp_path)
    (tmp_path / "texts" / "d.txt").write_bytes(b"")
    status, out, err = run("kin", "texts")
    assert (status, out.count("\n")) == (1, 2)
    assert "not coded: d: empty file" in err


def test_code_counts_a_family_once_and_says_who_is_left_out(run, tiny, tmp_path):
    write_family(tmp_path)
    status, out, err = run("code", "texts", "--families", "once")
    assert (status, err) == (0, "left out: b: tells the same story as a\n")
    assert [row["article"] for row in csv.DictReader(io.StringIO(out))] == ["a", "c"]
    assert [row["article"] for row in csv.DictReader(io.StringIO(run("code", "texts")[1]))] == ["a", "b", "c"]


def test_code_keeps_one_of_a_family_in_each_language(run, tmp_path, root):
    texts = [root / "corpus" / "same_story" / "texts" / f"{name}.md" for name in ("de-bank-b", "de-bank-c", "en-bank-a", "en-bank-d")]
    once, both = (run("code", *texts, "--families", choice, "--lexicons", root / "lexicons")[1] for choice in ("once", "per-language"))
    assert [line.split(",")[0] for line in once.splitlines()[1:]] == ["de-bank-b", "en-bank-d"]
    assert [line.split(",")[0] for line in both.splitlines()[1:]] == ["de-bank-b", "en-bank-a", "en-bank-d"]


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


def write_codes(folder, rows):
    write(folder, "corpus/codes.csv", "id,coder,stance,sure,sport,money,law\n" + "".join(f"{name},c1,{stance},3,50,30,20\n" for name, stance in rows))


def write_six_codes(folder):
    """Two articles of each stance, so that each can be left out."""
    write(folder, "corpus/articles/de-plain.md", f"---\nid: de-plain\n---\n{GERMAN}")
    write(folder, "corpus/articles/en-bad.md", "---\nid: en-bad\n---\nThe victims of it are here, and the damage is not small at all.\n")
    promotional, critical, reportorial = ["de-club", "en-club"], ["de-klage", "en-bad"], ["en-fee", "de-plain"]
    write_codes(folder, [(a, "promotional") for a in promotional] + [(a, "critical") for a in critical] + [(a, "reportorial") for a in reportorial])


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


@pytest.mark.parametrize("name", ["stance", "topics"])
def test_a_lexicon_not_called_as_its_file_is_refused(run, tiny, tmp_path, name):
    file = tiny / f"{name}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"lexicon: {name}", "lexicon: other"), encoding="utf-8")
    status, _, err = run("code", "corpus/articles")
    assert (status, err) == (1, f"lesart: {file}: is called 'other'; write 'lexicon: {name}' at its top\n")


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
