"""A study small enough to count by eye, with topics of its own: four articles, one sealed press article, a notebook."""

from pathlib import Path

import nbformat
import numpy as np

from lesart.lexicon import read_lexicons
from lesart.press import seal_texts
from lesart.stance import Feature, StanceModel, write_model

STANCE = """\
lexicon: stance
categories:
  praise: {success: {en: [success*, triumph*], de: [Erfolg*, Triumph*]}}
  reporting: {say: {en: [said, "according to"], de: [sagte, laut]}}
  harm: {damage: {name: {en: damage, de: Leid}, en: [damage*, victim*], de: [Schaden*, Opfer*]}}
"""
TOPICS = """\
lexicon: topics
categories:
  sport: {game: {en: [match*, goal*], de: [Spiel*, Tor, Tore]}}
  money: {price: {en: [price*, fee*], de: [Preis*, Gebühr*]}}
  law: {court: {en: [court*], de: [Gericht*]}}
"""
# Rows are promotional, critical, reportorial; columns praise, reporting, harm.
WEIGHTS = np.array([[1.0, 0.0, -1.0], [-1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
ARTICLES = {
    "de-club": ("Ein Triumph", "de", "Der Erfolg ist da, und das Spiel war gut. Die Tore fielen, und der Preis ist für alle hoch."),
    "de-klage": ("Streit um Gebühr", "de", "Die Opfer sind vor dem Gericht. Der Schaden ist hoch, und die Gebühr ist es auch."),
    "en-club": ("A triumph", "en", "The success is here, and the match was good. The goals fell, and the price is high for all of them."),
    "en-fee": ("Talks about a fee", "en", "The fee is the same as it was, she said. The court will meet, according to the office of the city."),
}
PRESS = "Das Spiel ist nach dem Tor zu Ende, sagte sie, und der Preis für die Karten war nicht hoch.\n"


def make_lexicons(folder: Path) -> Path:
    """The two lexicons and the stance model, in ``folder``."""
    folder.mkdir(parents=True)
    (folder / "stance.yaml").write_text(STANCE, encoding="utf-8")
    (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    features = (Feature("praise"), Feature("reporting"), Feature("harm"))
    norm = np.array([[1.0, 1.0, 1.0], [0.5, 0.5, 0.5]])
    write_model(StanceModel(features, {"de": norm, "en": norm}, WEIGHTS, np.zeros(3), "by hand"), folder / "stance_model.yaml")
    return folder


def make_study(folder: Path, *, press: bool = True) -> Path:
    """A study folder; the text of its press article is not there."""
    articles = folder / "corpus" / "articles"
    articles.mkdir(parents=True)
    for name, (title, language, body) in ARTICLES.items():
        (articles / f"{name}.md").write_text(f'---\nid: {name}\ntitle: "{title}"\nlanguage: {language}\ngenre: report\n---\n\n{body}\n', encoding="utf-8")
    lexicons = read_lexicons(make_lexicons(folder / "lexicons"))
    if press:
        text = folder / "held" / "de-press.txt"
        text.parent.mkdir()
        text.write_text(PRESS, encoding="utf-8")
        seal_texts(text.parent, folder / "corpus" / "press", lexicons)
        text.unlink()
    return folder


def make_notebook(path: Path, *sources: str) -> Path:
    """A notebook of code cells that have not been run; a source that begins with # and a space is a Markdown cell."""
    cells = [nbformat.v4.new_markdown_cell(s) if s.startswith("# ") else nbformat.v4.new_code_cell(s) for s in sources]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def keep_articles(folder: Path, kept: tuple[str, ...]) -> Path:
    """The study with these of its articles only."""
    for file in (folder / "corpus" / "articles").iterdir():
        if file.stem not in kept:
            file.unlink()
    return folder
