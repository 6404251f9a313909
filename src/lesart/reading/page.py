"""Writes the reading room as one page that needs no network, no server and trusts nothing that it shows.

What strangers wrote (texts, titles, outlets, lexicon entries) stands in the page as JSON that cannot end its element, and
goes into the document as text only. A Content-Security-Policy lets nothing run but the page's own script, told by its hash.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import yaml

from ..errors import LesartError
from ..figures.labels import check_labels, label_data
from ..files import write_whole

# In the order in which they stand in the page.
_SCRIPTS = ("base.js", "navigation.js", "articles.js", "marks.js", "reasons.js", "evidence.js", "two.js", "concepts.js", "start.js")
# Sections of the figures' labels that the page shows too.
_SECTIONS = ("stances", "topics", "families", "languages", "corpora", "parts", "voices", "genres")
# What could end a script element, begin a remark or a character reference, or end a line of script.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def render_page(room: dict, labels: str = "en") -> str:
    """The page of a room (``collect_study``, ``collect_folder``) as HTML; ``labels`` is the language it opens in.

    The same room gives the same page to the byte. Raises ValueError for a label language that is not there.
    """
    style, script = _read("room.css"), "(() => {\n'use strict';\n" + "\n".join(map(_read, _SCRIPTS)) + "\n})();\n"
    index = room["index"] | {"labels": reading_labels(), "open_in": check_labels(labels)}
    blocks = [_block("index", index), *(_block(f"article-{number}", body) for number, body in enumerate(room["articles"]))]
    values = {
        "LANGUAGE": labels,
        "TITLE": reading_labels()["texts"]["title"][labels],
        "STYLE_HASH": _digest(style),
        "SCRIPT_HASH": _digest(script),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": "\n".join(blocks),
    }
    pieces = _read("page.html").split("@@")  # every other piece is the name of a value: no value is looked into
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def write_page(page: str, path: str | Path) -> int:
    """Write a page, whole or not at all, and return its size in bytes. Raises LesartError where it cannot be written."""
    path = Path(path)
    content = page.encode("utf-8", "replace")
    try:
        write_whole(path, content)
    except OSError as fault:
        raise LesartError(f"{path}: cannot be written ({fault.strerror}); check folder and rights") from None
    return len(content)


@cache
def reading_labels() -> dict[str, dict[str, dict[str, str]]]:
    """The words of the page: section → key → label language → words."""
    own = yaml.load(_read("labels.yaml"), Loader=yaml.BaseLoader)
    return {"texts": own, **{section: label_data()[section] for section in _SECTIONS}}


def escape_json(value: object) -> str:
    """JSON that may stand in a script element, whatever is in it.

    >>> escape_json("</script><!--&")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--\\\\u0026"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _block(name: str, value: object) -> str:
    return f'<script type="application/json" id="{name}">{escape_json(value)}</script>'


def _digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


@cache
def _read(name: str) -> str:
    return files("lesart").joinpath("data/reading", name).read_text(encoding="utf-8")
