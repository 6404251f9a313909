"""Rooms to test: of a tiny study, and of an article and lexicons whose every word is an attack."""

import json

import pandas as pd
import pytest
from tiny_study import make_study

from lesart.reading import collect_folder, collect_study
from lesart.study import load_study

EVIL = '</script><img src=x onerror="document.title=1">&amp;\u2028\u202eabc'


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    return make_study(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="package")
def room(folder):
    return collect_study(load_study(folder))


@pytest.fixture
def hostile(tmp_path):
    """The room of an article of which everything is an attack, with a word of 50,000 letters, and of such a lexicon."""
    study = make_study(tmp_path / "s", press=False)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = f"{EVIL} Der Erfolg ist da, und das Spiel ist gut.\n\n{'x' * 50_000}"
    pd.DataFrame({"article": [EVIL], "title": [EVIL], "outlet": [EVIL], "date": [EVIL], "text": [text]}).to_csv(corpus / "a.csv", index=False)
    name = json.dumps(EVIL)
    topics = f"lexicon: topics\ncategories: {{{name}: {{{name}: {{rule: {name}, de: [Spiel], en: [match]}}}}}}"
    (study / "lexicons/topics.yaml").write_text(topics, encoding="utf-8")
    return collect_folder([corpus], language="de", lexicons=study / "lexicons")[0]
