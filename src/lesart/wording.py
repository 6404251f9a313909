"""The words of pages in German and English: a YAML file with both languages of a text under one key, and templates that escape all.

Nothing here loads matplotlib, so that ``lesart.study`` may use it.
"""

from functools import cache
from importlib.resources import files

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def read_words(name: str) -> dict[str, dict[str, str]]:
    """The words of ``data/<name>/words.yaml``: key → label language → words; {braces} are filled in."""
    text = files("lesart").joinpath(f"data/{name}/words.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def say(name: str, key: str, labels: str, **values: object) -> str:
    """A text of ``read_words(name)`` with its values put in; plain text, to be escaped by the page.

    >>> say("seminar", "done", "de", n=3, of=8)
    '3 von 8 Artikeln codiert'
    """
    return read_words(name)[key][labels].format(**values)


@cache
def open_templates(name: str) -> Environment:
    """The Jinja2 templates of ``data/<name>``."""
    # Escaped whatever a template is called: names, articles and codes are a stranger's.
    return Environment(autoescape=True, loader=PackageLoader("lesart", f"data/{name}"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
