"""Report and slides: each one page that needs nothing beside it, escapes what strangers wrote, and shows in a browser what it should."""

import re
import shutil
import subprocess
from dataclasses import replace

import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT
from tiny_study import keep_articles, make_study

from lesart.articles import read_corpus
from lesart.cli import cli
from lesart.errors import CorpusError, LesartError
from lesart.publishing import export_study
from lesart.report import measure_study, render_report, render_slides, write_report
from lesart.report.citing import Citation, cite, make_bibtex, read_citation, read_own_words
from lesart.report.pages import _list_missing
from lesart.study import load_study

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no chromium here; install it to see the pages in a browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--virtual-time-budget=2000")
EVIL = '</script><img src=x onerror="document.title=1">&amp;'

both = pytest.mark.parametrize("labels", ["en", "de"])
each = pytest.mark.parametrize("render", [render_report, render_slides], ids=["report", "slides"])


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)))


@each
@both
def test_page_loads_nothing_and_is_the_same_again(measured, folder, render, labels):
    page = render(measured, folder / "figures", labels)
    assert page == render(measured, folder / "figures", labels)
    assert f'<html lang="{labels}">' in page and "default-src 'none'" in page
    loaded = re.findall(r'(?:src|href|srcset|action)="([^"]*)"', page)
    assert [address[:60] for address in loaded if not address.startswith(("data:image/", "#"))] == []
    assert not re.search(r"@import|url\(|<link|<iframe| on\w+=| style=", re.sub(r'"data:[^"]*"', "", page))


@both
def test_report_has_every_part_and_every_figure_in_words(measured, folder, labels):
    page = render_report(measured, folder / "figures", labels)
    for part in ("short", "findings", "limits", "method", "corpus", "cite", "agreement", "robustness"):
        assert f'id="{part}"' in page
    alts = re.findall(r'<img src="[^"]*" alt="([^"]*)"', page)
    assert len(alts) == 10 and all(len(alt) > 60 for alt in alts)
    assert "Who &lt;b&gt;wins&lt;/b&gt;?" in page and "<b>wins" not in page


def test_no_text_of_an_article_and_no_headline_stands_in_it(measured, folder):
    for page in (render_report(measured, folder / "figures"), render_slides(measured, folder / "figures")):
        assert not re.search(r"Ein Triumph|A triumph|Talks about a fee|Die Tore fielen|The goals fell|Das Spiel ist nach", page)


def test_slides_ask_before_they_answer(measured, folder):
    page = render_slides(measured, folder / "figures")
    kinds = re.findall(r'<section class="slide (\w+)"', page)
    first = kinds.index("ask")
    assert kinds[first::2][:9] == ["ask"] * 9 and "ask" not in kinds[first + 1 :: 2][:9]


@pytest.fixture
def hostile(tmp_path):
    """A study whose id, outlet, genre, date, title and own words are attacks."""
    made = make_study(tmp_path / "s", press=False)
    (made / "corpus" / "articles" / "x.md").write_text(
        f"---\nid: '{EVIL}'\ntitle: '{EVIL}'\noutlet: '{EVIL}'\ngenre: '{EVIL}'\ndate: '{EVIL}'\nurl: 'javascript:alert(1)'\nlanguage: de\n---\n\nDer Erfolg ist da, und das Spiel war gut.\n", encoding="utf-8")  # fmt: skip
    (made / "report.yaml").write_text(f"title: '{EVIL}'\nabout: '{EVIL}'\nlimits: ['{EVIL}']\n", encoding="utf-8")
    (made / "CITATION.cff").write_text(f"title: '{EVIL}'\nauthors: [{{name: '{EVIL}'}}]\nurl: 'javascript:alert(1)'\n", encoding="utf-8")
    study = load_study(made)
    export_study(study, made / "figures", ("en",))
    return measure_study(study, made)


@each
def test_what_strangers_wrote_is_text(hostile, render):
    page = render(hostile, hostile.folder / "figures")
    assert "<img src=x" not in page and "&lt;img src=x" in page and 'href="javascript' not in page
    assert page.count("</script>") == (1 if render is render_slides else 0)


@pytest.mark.parametrize("kept", [("de-club", "de-klage"), ("en-fee",)])
def test_a_small_study_has_a_report_that_says_what_is_missing(tmp_path, kept):
    made = keep_articles(make_study(tmp_path / "s", press=False), kept)
    study = load_study(made)
    export_study(study, made / "figures", ("en", "de"))
    paths = write_report(measure_study(study, made), made / "figures", made / "report")
    assert sorted(path.name for path in paths) == ["report_de.html", "report_en.html", "slides_de.html", "slides_en.html"]
    told = text_of((made / "report" / "report_en.html").read_text(encoding="utf-8"))
    assert "No figure “Topic weights, German and English”: There are no" in told and "There are no coders&#39; codes" in told
    assert "Keine Abbildung „Themengewichte, Deutsch und Englisch“: Es gibt keine" in text_of((made / "report" / "report_de.html").read_text(encoding="utf-8"))


def test_a_figure_that_was_not_drawn_is_named(measured, tmp_path):
    with pytest.raises(LesartError, match=r"topic_contrast_en: figure cannot be read .*run 'lesart study' to draw it"):
        render_report(measured, tmp_path / "figures")


def test_the_command_writes_report_and_slides(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path / "s", press=False))
    done = CliRunner().invoke(cli, ["study", "--figures-only", "--report", "--labels", "de"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "s" / "report").iterdir()) == ["report_de.html", "slides_de.html"]


def test_citation_of_this_study_is_that_of_its_files(study):
    citation = read_citation(ROOT)
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{citation.version}"' in pyproject
    assert citation.authors[0] in (ROOT / "LICENSE").read_text(encoding="utf-8") and citation.year == "2026"
    assert f"# {citation.title}\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert cite(citation, study.articles, "en").startswith("The Lesart authors (2026): How do German and English news frame one event? Version 0.1.0.")
    words = {labels: read_own_words(ROOT, labels) for labels in ("en", "de")}
    assert {key: len(told) for key, told in words["en"].items()} == {key: len(told) for key, told in words["de"].items()}


def test_bibtex_escapes_and_leaves_out_what_is_not_known(measured):
    articles = measured.study.articles.assign(date=["2024-01-01", "", "2025", "x", "in 2023"])
    told = make_bibtex(Citation("Löhne & Preise: 5 %", ("Ada {Byron}",), year="2025"), articles)
    assert told.splitlines()[:4] == ["@misc{loehne-preise-52025,", r"  title = {{Löhne \& Preise: 5 \%}},", r"  author = {{Ada \{Byron\}}},", "  year = {2025},"]
    assert "2023--2025" in told and "version = " not in told
    assert "author" not in make_bibtex(Citation("x"), articles)


@pytest.mark.parametrize("content", ["a: [", "- 1", "x: &a [*a]\n b"])
def test_a_broken_citation_file_is_named(tmp_path, content):
    (tmp_path / "CITATION.cff").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"^CITATION\.cff: "):
        read_citation(tmp_path)


def browse(page, tmp_path, *options, address=""):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [CHROMIUM, *FLAGS, profile, *options, f"{(tmp_path / 'page.html').as_uri()}{address}"]
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()


@needs_chromium
def test_slides_show_the_one_in_the_address(measured, folder, tmp_path):
    document = browse(render_slides(measured, folder / "figures"), tmp_path, "--dump-dom", address="#4")
    slides = re.findall(r"<section class=\"slide[^>]*>", document)
    assert [number for number, slide in enumerate(slides, 1) if "hidden" not in slide] == [4]
    assert f"Slide 4 of {len(slides)}" in document


@needs_chromium
def test_slides_print_one_to_a_page(measured, folder, tmp_path):
    page = render_slides(measured, folder / "figures", "de")
    browse(page, tmp_path, f"--print-to-pdf={tmp_path / 'slides.pdf'}", "--no-pdf-header-footer")
    pages = pypdf.PdfReader(tmp_path / "slides.pdf").pages
    assert len(pages) == len(re.findall(r'<section class="slide', page))
    assert {round(float(sheet.mediabox.width) / float(sheet.mediabox.height), 2) for sheet in pages} == {1.78}


def test_what_would_break_bibtex_is_left_out(measured, tmp_path):
    (tmp_path / "CITATION.cff").write_text('title: x\nurl: "https://x.example/}},note={"\ndate-released: "}}}}"\n', encoding="utf-8")
    told = read_citation(tmp_path)
    assert (told.url, told.year) == ("", "") and make_bibtex(told, measured.study.articles).startswith("@misc{x,\n")


def test_own_words_are_bounded(tmp_path):
    """An alias repeats a long text as often as a file has room for it: this one would make 600 MB."""
    long = "word " * 10_000
    (tmp_path / "report.yaml").write_text(f"long: &a {long}\nabout: [{'*a, ' * 12_000}]\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("# \n\n# Two\n", encoding="utf-8")
    told = read_own_words(tmp_path, "en")["about"]
    assert len(told) == 100 and {len(paragraph) for paragraph in told} == {3_001}
    assert read_citation(tmp_path).title == "Two"


def test_why_an_article_is_left_out_is_told_in_german(measured, tmp_path):
    """The reasons are those of reading: words of ours that no reason begins with would be dead."""
    for name, text in {"a": "---\ntitle: x\n---\n", "b": "Xq zzk. 12 13.", "c": "Anzeige"}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    read = read_corpus(tmp_path, progress=False)
    left_out = read.loc[read["problem"] != "", ["article", "problem"]]
    made = replace(measured, study=replace(measured.study, left_out=left_out))
    told = " ".join(_list_missing(made, "de"))
    assert "a (kein Text)" in told and "b (Sprache unbekannt:" in told and "c (nach der Bereinigung bleibt kein Text)" in told
