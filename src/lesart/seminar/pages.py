"""The pages of the seminar in German and English: Jinja2 with everything escaped, the words from ``data/seminar/words.yaml``."""

import re

from .. import wording
from ..figures.labels import LABELS, check_labels, listing, name_feature, name_of, number, percent
from ..stance import STANCES

# Signs that turn what follows them: a title stands in the page's own sentences.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def read_words() -> dict[str, dict[str, str]]:
    """All words of the pages: key → label language → words."""
    return wording.read_words("seminar")


def say(key: str, labels: str, **values: object) -> str:
    """A text of the pages with its values put in; plain text, to be escaped by the page."""
    return wording.say("seminar", key, check_labels(labels), **values)


def ask(questions: list[tuple[str, dict[str, object]]], labels: str) -> list[str]:
    """Questions in words: stances and topics by their names, numbers as the language writes them."""
    named = {"class_stance": "stances", "lexicon_stance": "stances", "key_stance": "stances", "topic": "topics"}
    decimals = {"alpha": 2, "de": 2, "en": 2, "apart": 0}
    told = []
    for key, values in questions:
        names = {name: name_of(named[name], value, labels) for name, value in values.items() if name in named}
        numbers = {name: number(value, labels, decimals[name]) for name, value in values.items() if name in decimals}
        if "title" in values:
            names["title"] = _TURNING.sub("", values["title"])
        if "votes" in values:
            names["votes"] = listing([f"{name_of('stances', stance, labels)} ({n})" for stance, n in values["votes"]], labels)
        told.append(say(key, labels, **(values | names | numbers)))
    return told


def render(template: str, labels: str, **values: object) -> str:
    """A page as HTML; ``template`` is a file in ``data/seminar`` without its suffix."""
    tools = {
        "t": lambda key, **said: say(key, labels, **said),
        "name_of": lambda section, value: name_of(section, value, labels),
        "name_feature": lambda feature: name_feature(feature, labels),
        "number": lambda value, decimals=0: number(value, labels, decimals),
        "percent": lambda value: percent(value, labels),
        "listing": lambda items: listing(list(items), labels),
    }
    if "questions" in values:
        values["asked"] = ask(values["questions"], labels)
    hints = {key.removeprefix("topic_"): key for key in read_words() if key.startswith("topic_")}
    known = {"hints": hints, "nonce": "", "form_token": "", "here": "", "stances": STANCES, "all_labels": LABELS}
    return wording.open_templates("seminar").get_template(f"{template}.html").render(labels=check_labels(labels), **(known | tools | values))
