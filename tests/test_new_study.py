"""A study of one's own: made whole, at work with its first article, with topics, languages and coders of its own."""

import ast
import json
import re
import shutil
from functools import cache

import pandas as pd
import pytest
from conftest import ROOT
from worldcup import ARTICLES, write_articles, write_topics

from lesart.editions import NEW_STUDY, THIS_STUDY
from lesart.errors import CorpusError, LesartError
from lesart.figures import FIGURES, TOPIC_COLOURS, list_left_out, topic_colours
from lesart.figures.export import complete_tables
from lesart.lexicon import read_lexicons
from lesart.press import seal_texts
from lesart.publishing import export_study, run_notebooks
from lesart.starting import name_requirement, start_study
from lesart.study import list_missing, load_study

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EDITIONS = [path.relative_to(ROOT / "notebooks").as_posix() for path in [*NOTEBOOKS, *sorted((ROOT / "notebooks" / "de").glob("*.ipynb"))]]
PROSE = sorted((ROOT / "notebooks" / "de").glob("*.md"))
# Words that speak of this project's own study and its articles.
OURS = re.compile(r"\bMeta\b|Scale AI|Zuckerberg|\bWang\b|teaching|Platformer|Börsen|dasgeld|en-founder|workers-c|\b41\b|\b36\b|Surprise|[Mm]y guess|Lehrtext|Überraschung|[Mm]eine Vermutung")
CODED = {"de-finale": "reportorial", "de-karten": "critical", "de-stadion": "critical", "en-final": "reportorial", "en-tickets": "critical", "en-party": "promotional"}


def make(folder, *names, topics=True):
    start_study(folder)
    write_articles(folder, *names)
    if topics:
        write_topics(folder)
    return folder


@pytest.fixture(scope="module")
def worldcup(tmp_path_factory):
    """Eight articles in two languages on topics of their own, six of them coded by two people."""
    folder = make(tmp_path_factory.mktemp("a") / "worldcup")
    rows = [f"{name},{coder},{stance},2,{60 - n},{30 + n},10" for coder in ("ann", "ben") for n, (name, stance) in enumerate(CODED.items())]
    (folder / "corpus" / "codes.csv").write_text("\n".join(["article,coder,stance,sure,sport,money,rights", *rows]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """One German article, and topics of which none is in it."""
    folder = make(tmp_path_factory.mktemp("b") / "first", "de-finale")
    (folder / "lexicons" / "topics.yaml").write_text("lexicon: topics\ncategories: {sea: {fish: {de: [Hering], en: [herring]}}, air: {birds: {de: [Amsel], en: [blackbird]}}}\n")
    return folder


@pytest.fixture(scope="module")
def sheets(tmp_path_factory, worldcup):
    """The English articles as sheets alone."""
    folder = make(tmp_path_factory.mktemp("c") / "sheets", *(name for name in ARTICLES if name.startswith("en")))
    seal_texts(folder / "corpus" / "articles", folder / "sheets", read_lexicons(folder / "lexicons"))
    shutil.rmtree(folder / "corpus" / "articles")
    (folder / "sheets").rename(folder / "corpus" / "articles")
    return folder


@pytest.fixture(params=["worldcup", "first", "sheets"])
def folder(request):
    return request.getfixturevalue(request.param)


def read_cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_new_study_has_all_that_it_needs_and_nothing_beside(worldcup):
    files = {file.relative_to(worldcup).as_posix() for file in worldcup.rglob("*") if file.is_file() and "articles" not in file.parts}
    assert files == {
        ".gitignore", "Makefile", "README.md", "requirements.txt", "corpus/CODEBOOK.md", "corpus/README.md", "corpus/codes.csv",
        *(f"lexicons/{name}" for name in ("README.md", "stance.yaml", "stance_model.yaml", "topics.yaml")), *(f"notebooks/{name}" for name in EDITIONS),
        *(f"notebooks/de/{path.name}" for path in PROSE),
    }  # fmt: skip
    assert [path.name for path in worldcup.parent.iterdir()] == ["worldcup"]


def test_links_between_a_new_studys_own_files_lead_somewhere(worldcup):
    links = [(file, link) for file in worldcup.rglob("*") if file.suffix in (".md", ".ipynb") for link in re.findall(r"\]\(([^)\s#]+)\)", file.read_text(encoding="utf-8"))]
    assert len(links) > 5
    assert [(file.name, link) for file, link in links if not (file.parent / link).exists()] == []


def test_new_study_pins_what_this_project_pins_and_names_itself(worldcup):
    ours, theirs = ((folder / "requirements.txt").read_text(encoding="utf-8").splitlines() for folder in (ROOT, worldcup))
    assert theirs == [*ours[:-1], name_requirement()]
    assert ours[-1] == "-e ."


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, "lesart==0.1"),
        ({"url": "file:///a/lesart", "dir_info": {"editable": True}}, "-e file:///a/lesart"),
        ({"url": "file:///a/lesart.whl", "archive_info": {}}, "lesart @ file:///a/lesart.whl"),
        ({"url": "https://x.example/l", "vcs_info": {"vcs": "git", "commit_id": "ab1"}}, "lesart @ git+https://x.example/l@ab1"),
    ],
    ids=["index", "folder", "wheel", "repository"],
)
def test_new_study_installs_lesart_from_where_it_came(monkeypatch, origin, line):
    class Package:
        version = "0.1"

        def read_text(self, _):
            return origin and json.dumps(origin)

    monkeypatch.setattr("lesart.starting.metadata.distribution", lambda _: Package())
    assert name_requirement() == line


def test_new_study_is_made_in_an_empty_folder_and_refused_in_another(tmp_path):
    (tmp_path / "empty").mkdir()
    assert (start_study(tmp_path / "empty") / "Makefile").is_file()
    with pytest.raises(LesartError, match=r"empty: is there already and not empty; name a folder that is not there yet"):
        start_study(tmp_path / "empty")


def test_new_study_is_made_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    start_study(".")
    start_study(tmp_path / "beside")
    assert {file.name for file in (tmp_path / "beside").iterdir()} | {"beside"} == {file.name for file in tmp_path.iterdir()}


def test_new_study_that_cannot_be_made_names_its_own_folder(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LesartError, match=r"file/new: cannot be made \(.*\); check folder and rights"):
        start_study(tmp_path / "file" / "new")


def test_new_study_without_articles_says_so(tmp_path):
    with pytest.raises(CorpusError, match=r"articles: no articles in this folder"):
        load_study(start_study(tmp_path / "new"))


@pytest.mark.parametrize("name", EDITIONS)
def test_new_notebooks_speak_of_no_study_but_the_new_one(worldcup, name):
    cells = read_cells(worldcup / "notebooks" / name)
    told = [(found.group(), "".join(cell["source"])) for cell in cells if (found := OURS.search("".join(cell["source"])))]
    assert told == []
    assert all(set(cell["metadata"]) <= {"tags", "jupyter"} and not cell.get("outputs") for cell in cells)
    assert [cell["id"] for cell in cells if THIS_STUDY in cell["metadata"].get("tags", [])] == []
    assert re.search(r"^- .*\?", "".join(cells[0]["source"]), re.MULTILINE), "the first cell lists the questions"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_mark_what_speaks_of_this_study(path):
    """A cell with a text for new studies is marked, and one that names this study's articles is never copied."""
    for cell in read_cells(path):
        assert NEW_STUDY not in cell["metadata"] or THIS_STUDY in cell["metadata"]["tags"]
        assert THIS_STUDY in cell["metadata"].get("tags", []) or not OURS.search("".join(cell["source"])), "tag the cell this-study"


def test_new_notebooks_run_on_few_articles_and_say_what_is_missing(folder, monkeypatch, capsys):
    """All five, cell by cell in this process: kernels would take a minute each."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("lesart.study.load_study", cache(load_study))  # each notebook reads the same study
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        space = {}
        for cell in read_cells(path):
            if cell["cell_type"] == "code":
                run_cell("".join(cell["source"]), space)
    told = capsys.readouterr().out
    assert ("There are no coders' codes: what agreement" in told) == (folder.name != "worldcup")
    assert ("There are no English articles." in told) == (folder.name == "first")
    assert ("is sealed: its text is not here." in told) == (folder.name == "sheets")
    assert ("Krippendorff's alpha" in told) == (folder.name == "worldcup")
    pd.reset_option("^display")


def run_cell(source, space):
    """Run a cell and show its last expression, as a notebook does."""
    if not ast.parse(source).body:
        return  # an exercise: a remark, and room for the reader
    *body, last = ast.parse(source).body
    exec(compile(ast.Module(body, []), "cell", "exec"), space)
    if isinstance(last, ast.Expr):
        repr(eval(compile(ast.Expression(last.value), "cell", "eval"), space))
    else:
        exec(compile(ast.Module([last], []), "cell", "exec"), space)


def test_new_notebook_runs_in_a_kernel(first, tmp_path):
    """One of them, in both editions, as ``lesart study`` runs it."""
    shutil.copytree(first, tmp_path / "study")
    for path in [*(tmp_path / "study" / "notebooks").glob("[2-9]*.ipynb"), *(tmp_path / "study" / "notebooks" / "de").glob("[2-9]*")]:
        path.unlink()
    english, german = run_notebooks(tmp_path / "study" / "notebooks")
    for path in (english, german):
        counts = [cell["execution_count"] for cell in read_cells(path) if cell["cell_type"] == "code"]
        assert counts == list(range(1, len(counts) + 1))
        assert "There are no English articles" in path.read_text(encoding="utf-8")
    told = ["".join("".join(output.get("text", output.get("data", {}).get("text/plain", ""))) for cell in read_cells(path) for output in cell.get("outputs", [])) for path in (english, german)]
    assert "Dot plot of the corpus" in told[0]
    assert "Punktdiagramm des Korpus" in told[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_new_notebooks_have_the_same_code_in_both_editions(worldcup, path):
    english, german = (read_cells(worldcup / "notebooks" / folder / path.name) for folder in ("", "de"))
    assert [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in german] == [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in english]
    assert [cell["source"] for cell in german if cell["cell_type"] == "code"] == [cell["source"] for cell in english if cell["cell_type"] == "code"]
    told = ["".join(cell["source"]) for cell in german if cell["cell_type"] == "markdown"]
    assert not set(told) & {"".join(cell["source"]) for cell in english}, "not translated"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_new_notebooks_number_their_exercises_without_a_gap(worldcup, path):
    for folder, called in (("", "Exercise"), ("de", "Übung")):
        text = "\n".join("".join(cell["source"]) for cell in read_cells(worldcup / "notebooks" / folder / path.name))
        asked = re.findall(rf"\*\*{called} {path.stem[0]}\.(\d)\.\*\*", text)
        assert asked == [str(number) for number in range(1, len(asked) + 1)]
        assert len(asked) >= 2


def test_new_study_of_an_article_without_a_topic_hit_says_so(first):
    told = {name for name, why in list_left_out(load_study(first)).items() if why == "No article has a topic hit."}
    assert told == {"topic_heatmap_en", "topic_contrast_en", "topic_stances_en", "topic_positions_en", "topic_dispersion_de-finale_en"}


def test_new_study_of_one_article_draws_what_it_can_and_says_why_not_the_rest(tmp_path):
    first = make(tmp_path / "first", "de-finale")
    study = load_study(first)
    assert list_left_out(study, "de") == {
        "stance_shares_de": "Es gibt nur einen Artikel zu zeigen und nichts zu vergleichen.",
        "topic_contrast_de": "Es gibt keine englischen Artikel.",
        "topic_stances_de": "Es gibt nur einen Artikel zu zeigen und nichts zu vergleichen.",
        "robustness_de": "Es gibt nur einen Artikel zu zeigen und nichts zu vergleichen.",
    }
    stale = first / "figures" / "de" / "topic_contrast_de.png"
    stale.parent.mkdir(exist_ok=True)
    stale.write_bytes(b"of an earlier run")
    written = {path.name for path in export_study(study, first / "figures", ("de",)) if path.suffix == ".png"}
    assert written == {f"{name}_de.png" for name in ("corpus_overview", "stance_map", "topic_heatmap", "stance_explanation_de-finale", "topic_dispersion_de-finale", "topic_positions")}
    assert not stale.exists()


def test_new_study_draws_its_own_topics_in_its_order_and_colours(worldcup):
    study = load_study(worldcup)
    assert list_left_out(study) == {}
    tables = {name: figure.tabulate(complete_tables(study), "de-stadion") for name, figure in FIGURES.items()}
    for name in ("topic_contrast", "topic_stances", "topic_positions", "topic_heatmap", "topic_dispersion"):
        assert list(dict.fromkeys(tables[name]["topic"])) == ["sport", "money", "rights"], name
    assert tables["robustness"].query("conclusion == 'sign'")["name"].tolist() == ["sport", "money", "rights"]
    assert len(set(topic_colours(study.weights["topic"]).values())) == 3


@pytest.mark.parametrize("shown", [["sport", "labor", "money"], ["labor", "sport", "money"]])
def test_unknown_topics_get_free_colours_in_order_whatever_known_ones_stand_between(shown):
    colours = topic_colours(shown)
    assert colours["labor"] == TOPIC_COLOURS["labor"]
    assert (colours["sport"], colours["money"]) == tuple(colour for topic, colour in TOPIC_COLOURS.items() if topic != "labor")[:2]


# It criticises in fifty words by whom it lets speak, and is taken for a report. Who mends it takes its mark off.
MISSED = pytest.mark.xfail(strict=True, reason="criticism by the choice of voices")


@pytest.mark.parametrize("article", [pytest.param(name, marks=MISSED) if name == "de-stadion" else name for name in CODED])
def test_new_study_gives_its_articles_the_stance_that_people_would(worldcup, article):
    """Articles written to be plain: whoever reads them would say the same."""
    assert load_study(worldcup).stances.set_index("article")["stance"][article] == CODED[article]


def test_new_study_gives_its_articles_the_topic_that_people_would(worldcup):
    study = load_study(worldcup)
    weights = study.weights.pivot(index="article", columns="topic", values="weight")
    assert weights.idxmax(axis=1)[["de-finale", "en-final", "de-karten", "en-tickets", "de-stadion", "en-ban"]].tolist() == ["sport", "sport", "money", "money", "rights", "rights"]


def test_missing_is_told_in_sentences(worldcup, first, sheets, study):
    assert [told for told in list_missing(study, ROOT) if "sheets give" not in told] == []
    assert list_missing(load_study(first), first)[0] == "There are no English articles: the languages cannot be compared."
    assert [told.split(":")[0].split(" (")[0] for told in list_missing(load_study(worldcup), worldcup)] == ["There is no key", "There is no register of press articles"]
    assert list_missing(load_study(sheets), sheets)[-1] == "Of 4 articles the texts are not here: their sheets give all but close reading."


def test_corpora_are_told_apart_only_where_there_are_two(worldcup):
    assert set(load_study(worldcup).articles["corpus"]) == {""}
