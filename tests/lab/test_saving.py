"""What was tried is saved as files that everything else reads, and never over others unasked."""

import pandas as pd
import pytest

from lesart.errors import LesartError
from lesart.lab import Bench, Trial, add_patterns, drop_patterns, save_trial
from lesart.lab.steps import Steps, take_step
from lesart.lexicon import read_lexicons
from lesart.stance import read_model, stances
from lesart.study import load_study
from lesart.tagging import tag_articles
from lesart.topics import topic_weights

GAME = ("topics", "sport", "game")


@pytest.fixture
def study(folder, tmp_path, monkeypatch):
    """The tiny study, and a folder of one's own to save into."""
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    return load_study(folder)


@pytest.fixture
def steps(study):
    steps = take_step(Steps(), add_patterns(Trial(), study.lexicons, GAME, de=['no: "x"', "*ß*", "gut"], en=["good"]), study.lexicons)
    steps = take_step(steps, drop_patterns(steps.trial, study.lexicons, GAME, en=["goal*"]), study.lexicons)
    return take_step(steps, Trial(steps.trial.patterns, weights={(0, "critical"): 0.123}, power=2.0), study.lexicons)


def test_saved_lexicons_give_the_same_tables(study, steps, tmp_path):
    written = save_trial(study, steps, "tried")
    assert [path.relative_to(tmp_path).as_posix() for path in written] == ["tried/stance.yaml", "tried/topics.yaml", "tried/stance_model.yaml", "tried/steps.txt"]
    lexicons, model = read_lexicons(tmp_path / "tried"), read_model(tmp_path / "tried" / "stance_model.yaml")
    here = study.articles[~study.articles["sealed"]].reset_index(drop=True)
    hits = tag_articles(here, lexicons, progress=False)
    outcome = Bench(study).measure(steps.trial)
    own = [table[table["article"].isin(here["article"])].reset_index(drop=True) for table in (outcome.hits, outcome.stances, outcome.weights)]
    weights = topic_weights(hits, here, lexicons[1].categories, intervals=False, power=2.0)
    for mine, theirs in zip(own, (hits, stances(hits, here, model), weights), strict=True):
        pd.testing.assert_frame_equal(mine, theirs)


def test_steps_are_told_in_words(study, steps, tmp_path):
    save_trial(study, steps, "tried", labels="de")
    assert (tmp_path / "tried" / "steps.txt").read_text(encoding="utf-8").splitlines() == [
        "Die Studie, wie sie ist",
        'game (Deutsch): + no: "x", + *ß*, + gut; game (Englisch): + good',
        "game (Englisch): − goal*",
        "Lob → kritisch: −1,000 → 0,123; Exponent 2,00",
    ]


def test_files_that_are_there_stay_unless_asked(study, steps, tmp_path):
    save_trial(study, steps, "tried")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "tried").iterdir()}
    with pytest.raises(LesartError, match=r"tried: holds stance.yaml already; name another folder, or say that it may be replaced"):
        save_trial(study, Steps(), "tried")
    assert {path.name: path.read_bytes() for path in (tmp_path / "tried").iterdir()} == kept
    save_trial(study, Steps(), "tried", over=True)
    assert read_lexicons(tmp_path / "tried")[1].fingerprint == study.lexicons[1].fingerprint


def test_replacing_leaves_a_file_that_says_the_same_with_its_remarks(study, steps, tmp_path):
    save_trial(study, Steps(), "tried")
    remark = "# a remark\n" + (tmp_path / "tried" / "stance.yaml").read_text(encoding="utf-8")
    (tmp_path / "tried" / "stance.yaml").write_text(remark, encoding="utf-8")
    written = save_trial(study, steps, "tried", over=True)
    assert [path.name for path in written] == ["topics.yaml", "stance_model.yaml", "steps.txt"]
    assert (tmp_path / "tried" / "stance.yaml").read_text(encoding="utf-8") == remark


@pytest.mark.parametrize(("name", "told"), [(" ", "no folder to save into"), ("file/below", r"file/below: cannot be written \(.*\); check name and rights"), ("x" * 300, "cannot be")])
def test_a_folder_that_cannot_be_is_said(study, tmp_path, name, told):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LesartError, match=told):
        save_trial(study, Steps(), name)
    assert [path.name for path in tmp_path.rglob("*.part")] == []
