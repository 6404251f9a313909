"""Neither side of the labels is missing, and numbers are written as each language writes them."""

import inspect
import re
import string
from pathlib import Path

import lesart.figures
import pytest
from lesart.figures.labels import LABELS, count_articles, label_data, listing, name_feature, name_of, number, percent, say
from lesart.stance import STANCES
from lesart.topics import TOPICS

ENTRIES = [(section, key, entry) for section, entries in label_data().items() for key, entry in entries.items()]
SOURCE = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(lesart.figures.__file__).parent.glob("*.py")))


@pytest.mark.parametrize(("section", "key", "entry"), ENTRIES, ids=[f"{section}.{key}" for section, key, _ in ENTRIES])
def test_labels_have_both_sides_with_the_same_braces(section: str, key: str, entry: dict) -> None:
    assert set(entry) == set(LABELS)
    assert all(text.strip() for text in entry.values())
    braces = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in entry.values()]
    assert braces[0] == braces[1]


def test_labels_used_are_there_and_labels_there_are_used() -> None:
    keys = set(label_data()["texts"])
    literal = set(re.findall(r"[\"'](\w+)[\"']", SOURCE)) | {f"no_articles_in_{language}" for language in ("de", "en")}
    assert set(re.findall(r'say\("(\w+)"', SOURCE)) <= keys
    assert keys <= literal


@pytest.mark.parametrize(("section", "names"), [("stances", STANCES), ("topics", TOPICS), ("corpora", ("teaching", "press", "articles")), ("languages", ("de", "en"))])
def test_labels_name_all_that_is_fixed(section: str, names: tuple[str, ...]) -> None:
    assert set(names) == set(label_data()[section])


@pytest.mark.parametrize(
    ("value", "labels", "decimals", "sign", "written"),
    [
        (12.34, "en", 1, False, "12.3"),
        (12.34, "de", 1, False, "12,3"),
        (-0.5, "de", 2, False, "−0,50"),
        (0.5, "en", 1, True, "+0.5"),
        (-0.04, "en", 1, True, "0.0"),
        (1234567, "de", 0, False, "1.234.567"),
        (float("nan"), "en", 1, True, "–"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, labels: str, decimals: int, sign: bool, written: str) -> None:
    assert number(value, labels, decimals, sign=sign) == written


def test_percent_has_a_space_in_german_only() -> None:
    assert (percent(49, "en"), percent(49, "de")) == ("49%", "49\u00a0%")


def test_names_without_an_entry_stay_their_own() -> None:
    assert name_of("topics", "public_health", "de") == "public health"
    assert name_feature("harm (quoted)", "en") == "harm (quoted)"
    assert name_feature("own_family", "de") == "own family"


def test_listing_of_one_two_three() -> None:
    assert [listing(["a", "b", "c"][:n], "de") for n in (1, 2, 3)] == ["a", "a und b", "a, b und c"]


def test_unknown_label_language_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed are en, de"):
        say("and", "fr")


def test_count_tells_corpora_and_languages_apart(tables: dict) -> None:
    assert count_articles(tables["articles"], "en") == "n = 41 · teaching: 18 German, 18 English · press: 3 German, 2 English"
    assert count_articles(tables["articles"], "de") == "n = 41 · Lehrtexte: 18 deutsch, 18 englisch · Presse: 3 deutsch, 2 englisch"


@pytest.mark.parametrize(("folder", "said"), [("notebooks/de", "und"), ("notebooks", "and"), ("de", "and"), ("notebooks/de/mine", "and")])
def test_labels_without_a_language_are_those_of_the_edition(tmp_path, monkeypatch, folder: str, said: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / folder)
    assert say("and", None) == said
    assert (percent(1.5, None, 1), name_of("stances", "critical", None)) == (("1,5\u00a0%", "kritisch") if said == "und" else ("1.5%", "critical"))
    assert say("and", "en") == "and"


@pytest.mark.parametrize("name", [name for name in lesart.figures.__all__ if name.startswith(("draw_", "describe_"))])
def test_figures_speak_the_language_of_the_edition_unless_told(name: str) -> None:
    assert inspect.signature(getattr(lesart.figures, name)).parameters["labels"].default is None
