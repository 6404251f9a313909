"""The picture that stays in a notebook: its words, and the same bytes each time."""

import pytest

from lesart.lab import Bench, Trial, add_patterns, choose_articles, draw_trial
from lesart.lab.picture import describe_trial
from lesart.study import load_study


@pytest.fixture(scope="module")
def tried(folder):
    bench = Bench(load_study(folder))
    return bench, bench.measure(add_patterns(Trial(), bench.study.lexicons, ("topics", "sport", "game"), en=["the"]))


@pytest.mark.parametrize("labels", ["en", "de"])
def test_picture_has_the_same_bytes_each_time(tried, labels):
    assert draw_trial(*tried, labels)._repr_png_() == draw_trial(*tried, labels)._repr_png_()


def test_description_tells_before_and_after(tried):
    bench, after = tried
    assert "hits: 24 → 33 · tags that change: 0 of 5" in describe_trial(bench, after, "en")
    assert describe_trial(bench, after, "de").startswith("Deutsch minus Englisch je Thema, vor und nach dem Versuch. Treffer: 24 → 33")
    assert "Noch nichts versucht" in describe_trial(bench, bench.before, "de")
    assert describe_trial(bench, after, "en").count(": before ") == 3


def test_one_language_alone_is_told(folder):
    study = load_study(folder)
    bench = Bench(choose_articles(study, study.articles[study.articles["language"] == "de"]))
    words = [text.get_text() for text in draw_trial(bench, bench.before, "en").findobj(lambda part: hasattr(part, "get_text"))]
    assert "There are no English articles." in words
