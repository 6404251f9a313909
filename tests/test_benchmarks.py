"""The benchmarks still run: their figures are in the readme, and nothing else would notice."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
SIDES = {"de": ("Der Umsatz stieg, sagte Meyer am Montag.", "Das ist ein Skandal!"), "en": ("Sales rose, Meyer said on Monday.", "This is a scandal!")}
SCRIPTS = ("coding", "import_speed", "kin", "lab", "language", "make_corpus", "reading_room", "real_press", "run", "voice")


@pytest.mark.parametrize("script", SCRIPTS)
def test_benchmark_says_how_it_is_run(script):
    told = subprocess.run([sys.executable, "-W", "error", FOLDER / f"{script}.py", "--help"], capture_output=True, text=True, timeout=120, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert "usage" in told.stdout.lower()


@pytest.fixture
def run(monkeypatch):
    """``benchmarks/run.py`` as a module, each work done once."""
    monkeypatch.syspath_prepend(str(FOLDER))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    import run

    monkeypatch.setattr(run, "measure", lambda work, repeats=1: (work(), (1.0, 1.0))[1])
    return run


def test_benchmark_measures_each_step_of_tagging_in_both_languages(run, lexicons):
    articles = pd.DataFrame({"article": ["a", "b"], "language": ["de", "en"], "title": "", "text": [" ".join(SIDES[side]) for side in SIDES]})
    stages = dict(run.measure_stages(articles, lexicons))
    assert "6 place" in stages and "whole, with the table" in stages
    assert all(set(figures) == {"de", "en"} for figures in stages.values())


REPORT = {
    "de": "Der Umsatz stieg um drei Prozent, sagte Meyer am Montag. Das teilte die Firma mit. ",
    "en": "Sales rose 3 percent, Meyer said on Monday. That is what the firm reported. ",
}
PRAISE = {
    "de": "Ein großartiger Erfolg für alle Menschen! Wir gestalten die Zukunft. ",
    "en": "A wonderful success for everyone! We are shaping the future of our world. ",
}
BLAME = {
    "de": "Das ist ein Skandal. Wieder verschweigt die Firma, wer dafür bezahlt. ",
    "en": "This is a scandal. Once more the firm hides who pays for it. ",
}


def test_real_press_measures_pages_against_their_readers(tmp_path, capsys, monkeypatch):
    """Made-up pages under the names of coded ones: three in each language, each of what the readers of that name called it."""
    monkeypatch.syspath_prepend(str(FOLDER))
    import real_press

    real_press.report_pages((tmp_path,))
    assert capsys.readouterr().out == "pages: none of those that were coded\n"
    codes = pd.read_csv(FOLDER / "page_codes.csv").groupby("article")["stance"].agg(["nunique", "first"]).query("nunique == 1")["first"]
    for stance, words in (("reportorial", REPORT), ("promotional", PRAISE), ("critical", BLAME)):
        for name, text in zip(codes.index[codes == stance], words.values(), strict=False):
            (tmp_path / name).write_text("<html><body><article>" + f"<p>{text * 4}</p>" * 4 + "</article></body></html>", encoding="utf-8")
    real_press.report_pages((tmp_path,))
    told = capsys.readouterr().out
    assert "pages: 6 of 77 read as articles" in told
    assert "lexicon with the readers as one, alpha: de 1.000 (n = 3), en 1.000 (n = 3)" in told
    assert "AUC of for rather than against, where they evaluate: de 1.000 (n = 2), en 1.000 (n = 2)" in told


def test_real_press_measures_sentences_sides_and_opinions(tmp_path, capsys, monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    import real_press

    for language, (report, opinion) in SIDES.items():
        rows = [f"1\t{opinion}\tSUBJ", f"2\t{report}\tOBJ"]
        (tmp_path / f"{language}-dev.tsv").write_text("\n".join(["sentence_id\tsentence\tlabel", *rows]) + "\n", encoding="utf-8")
        (tmp_path / f"{language}.txt").write_text(f"{report}\n{report}\n", encoding="utf-8")
        (tmp_path / "micro" / language).mkdir(parents=True)
        (tmp_path / "micro" / language / "one.txt").write_text(opinion, encoding="utf-8")
    (tmp_path / "documents.txt").write_text("first\nsecond\n", encoding="utf-8")
    given = "--checkthat de-dev.tsv --checkthat en-dev.tsv --parallel de.txt en.txt documents.txt --microtexts micro --table table.csv"
    monkeypatch.chdir(tmp_path)
    real_press.main.main(given.split(), standalone_mode=False)
    told = capsys.readouterr().out
    assert "CheckThat, AUC of not reportorial for SUBJ: de 1.000 (n = 2), en 1.000 (n = 2)" in told
    assert "parallel news, same stance in both languages: 1.000 of 2" in told
    assert "microtexts, same stance in both languages: 1.000 of 1" in told
    assert pd.read_csv(tmp_path / "table.csv")["language"].tolist() == ["de", "de", "en", "en"]
