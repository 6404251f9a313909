"""``lesart kin``, and ``lesart code`` that counts a family of stories once."""

import csv
import io

from cli_runs import GERMAN, write


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
