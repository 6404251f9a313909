"""What the repository holds and what it must not hold: no press text, no dead link, no path out of it, nothing unpinned."""

import html
import re
import shutil
import subprocess
import tomllib

import pytest
from conftest import ROOT, TEXTS, needs_press_texts

# So many words in a row are quotation enough for a reader and more than a sheet may hold.
WORDS_IN_A_ROW = 8
OUTSIDE = "../" + "shared"

needs_git = pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="no git repository here")


def list_files():
    """The files that git tracks, or would if all were added: what is shared."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in sorted(set(listed.decode().split("\0"))) if name and (ROOT / name).is_file()]


def read_texts(files):
    """The text of each file that is text."""
    for file in files:
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def list_grams(text):
    """Every run of eight words, in lower case, whatever stands between them."""
    words = re.findall(r"[^\W_]+", text.lower())
    return {" ".join(words[n : n + WORDS_IN_A_ROW]) for n in range(len(words) - WORDS_IN_A_ROW + 1)}


def read_ways(text):
    """A file's text as it stands, without escapes, and without markup: a press sentence would hide in none of them."""
    plain = html.unescape(re.sub(r"\\[nrt]", " ", text).replace('\\"', '"'))
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), plain)
    return text, plain, re.sub(r"<[^<>]*>", "", plain), re.sub(r"<[^<>]*>", " ", plain)


def find_press(text, press):
    return sorted(set().union(*(list_grams(way) for way in set(read_ways(text)))) & press)


@pytest.fixture(scope="module")
def press():
    return set().union(*(list_grams(file.read_text(encoding="utf-8-sig")) for file in TEXTS.glob("*.txt")))


SENTENCE = "Die Firma zahlt ihren Leuten weniger als 2 Dollar – „für alle“ Aufgaben."


@pytest.mark.parametrize(
    "hidden",
    [
        "Wie berichtet: die Firma zahlt ihren\n  Leuten weniger, als 2 Dollar!",
        r'{"text": "Die Firma\nzahlt ihren Leuten weniger als 2 Dollar \u2013 \u201ef\u00fcr alle\u201c"}',
        "<p>Die <mark class='hit'>Firma</mark> zahlt <b>ihren</b> Leuten weniger als 2&nbsp;Dollar",
        "<span>Die</span><span> Firma</span><span> zahlt ihren Leuten weni<i>ger</i> als 2 Dollar</span>",
    ],
    ids=["spaces", "JSON", "HTML", "HTML inside a word"],
)
def test_press_text_is_found_however_it_is_written(hidden):
    assert find_press(hidden, list_grams(SENTENCE))
    assert not find_press("Die Firma zahlt ihren Leuten weniger als 3 Dollar", list_grams(SENTENCE))


@needs_git
@needs_press_texts
def test_no_file_holds_eight_words_in_a_row_of_the_press(press):
    assert len(press) > 1_000
    found = {str(file.relative_to(ROOT)): grams for file, text in read_texts(list_files()) if (grams := find_press(text, press))}
    assert {file: grams[:3] for file, grams in found.items()} == {}


@needs_git
def test_the_press_texts_are_ignored_by_git():
    assert not [file for file in list_files() if TEXTS in file.parents]
    ignored = subprocess.run(["git", "check-ignore", "-q", "corpus/press/texts/any.txt"], cwd=ROOT, check=False)
    assert ignored.returncode == 0


@needs_git
def test_links_between_the_repositorys_own_files_lead_somewhere():
    dead = []
    elsewhere = ("corpus/articles", "data/new_study")  # articles; and files for a study folder (test_new_study.py)
    for file, text in read_texts(file for file in list_files() if file.suffix == ".md" and not any(part in file.as_posix() for part in elsewhere)):
        for link in re.findall(r"\]\(\s*<?([^)\s>]+)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            target = link.split("#")[0]
            if target and not re.match(r"[a-z]+:", target) and not (file.parent / target).exists():
                dead.append(f"{file.relative_to(ROOT)}: {link}")
    assert dead == []


@needs_git
def test_no_file_leans_on_what_lies_outside():
    """CI alone may: it puts the press texts where they belong."""
    leaning = [str(file.relative_to(ROOT)) for file, text in read_texts(list_files()) if OUTSIDE in text]
    assert set(leaning) <= {".ci/run"}


def read_requirements():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins():
    return dict((normalise(name), version) for name, version in (line.split("==") for line in read_requirements() if "==" in line))


def list_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # What `make bench` measures against is installed by it alone and is not part of the study.
    extras = [name for extra, names in project.get("optional-dependencies", {}).items() if extra != "bench" for name in names]
    return [*project["dependencies"], *extras]


def test_requirements_end_with_lesart_itself_and_pin_everything_else():
    lines = read_requirements()
    assert (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()[-1] == "-e ."
    assert [line for line in lines[:-1] if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    assert len(read_pins()) == len(lines) - 1, "a package stands twice"


@pytest.mark.parametrize("dependency", list_dependencies())
def test_direct_dependency_is_pinned_at_no_less_than_it_needs(dependency):
    name, least = re.fullmatch(r"([\w.-]+)>=([\d.]+)", dependency).groups()
    pinned = read_pins()[normalise(name)]
    assert [int(n) for n in pinned.split(".")] >= [int(n) for n in least.split(".")]


@needs_git
def test_no_file_is_large_or_a_leftover():
    files = list_files()
    assert [str(file.relative_to(ROOT)) for file in files if file.stat().st_size > 3_000_000] == []
    assert [str(file.relative_to(ROOT)) for file in files if file.suffix in (".part", ".orig", ".rej", ".pyc") or file.name == ".DS_Store"] == []
