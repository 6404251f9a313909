"""The German edition of the notebooks: their code, with German prose that stands beside it as text.

``notebooks/1_corpus.ipynb`` is the one place where code stands, with the English prose. ``notebooks/de/1_corpus.md`` holds
the German prose: a block for each markdown cell, headed by the cell's id in a comment that readers of Markdown do not see::

    <!-- cell: title -->
    # 1 · Was ist im Korpus?

    <!-- cell: title, new study -->
    # 1 · Was ist im Korpus?

A block ``new study`` is the text of that cell in a study of one's own (``starting``), as the metadata ``new_study`` are in
English. From both ``lesart study`` makes ``notebooks/de/1_corpus.ipynb``: what is edited there is made anew at the next run.
"""

import json
import re
from pathlib import Path

from .errors import LesartError
from .files import write_whole

GERMAN = "de"
THIS_STUDY, NEW_STUDY = "this-study", "new_study"
_NEW = ", new study"
_HEAD = re.compile(r"^<!-- *cell: *([\w-]+)( *, *new study)? *-->$")
_LOOKS_LIKE_A_HEAD = re.compile(r"^\s*<!--\s*cell\b", re.IGNORECASE)
# Ids that JupyterLab (UUID) and nbformat (eight digits) give: by chance, so that they are no names.
_BY_CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}")


def name_cells(cells: list[dict]) -> list[str]:
    """A lasting id for each cell: its own, or ``cell-`` and a number where it has none but one given by chance.

    >>> name_cells([{"id": "title"}, {"id": "0a1b2c3d"}, {"id": "cell-002"}, {}])
    ['title', 'cell-001', 'cell-002', 'cell-003']
    """
    own = [str(cell.get("id", "")) for cell in cells]
    kept = [name if name and not _BY_CHANCE.fullmatch(name) and name not in own[:n] else "" for n, name in enumerate(own)]
    taken, names = set(kept), []
    for position, name in enumerate(kept):
        number = position
        while not name or (name in taken and not kept[position]):
            name, number = f"cell-{number:03d}", number + 1
        taken.add(name)
        names.append(name)
    return names


def read_prose(path: Path) -> dict[str, str]:
    """The blocks of a file of prose, by cell id; those for a study of one's own by cell id and ``, new study``.

    Raises LesartError naming file and line for a heading that is none, a block that is there twice, and text before the
    first block; for a file that cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise LesartError(f"{_name(path)}: cannot be read ({fault.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise LesartError(f"{_name(path)}: not UTF-8; save the file as UTF-8") from None
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line.rstrip()):
            lines = []
            if blocks.setdefault(_key(head), lines) is not lines:
                raise LesartError(f"{_name(path)}:{number}: a second block '{_key(head)}'; join the two or give one its own cell's id")
        elif _LOOKS_LIKE_A_HEAD.match(line):
            raise LesartError(f"{_name(path)}:{number}: not a heading of a block; write <!-- cell: ID --> or <!-- cell: ID, new study -->")
        elif blocks or not line.strip():
            lines.append(line)
        else:
            raise LesartError(f"{_name(path)}:{number}: text before the first block; write <!-- cell: ID --> above it")
    return {key: "\n".join(lines).strip() for key, lines in blocks.items()}


def _key(head: re.Match[str]) -> str:
    return head[1] + (_NEW if head[2] else "")


def _name(path: Path) -> str:
    """Folder and file: the two editions have files of one name."""
    return f"{path.parent.name}/{path.name}"


def write_prose(path: Path, blocks: dict[str, str]) -> None:
    """Write blocks as ``read_prose`` reads them."""
    text = "\n\n".join(f"<!-- cell: {key} -->\n{block}" for key, block in blocks.items())
    write_whole(path, text + "\n")


def read_cells(path: Path) -> dict:
    """A notebook as JSON, its cells with lasting ids. Raises LesartError for a file that is no notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        names = name_cells(notebook["cells"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise LesartError(f"{path.name}: not a readable notebook; save it anew in JupyterLab") from None
    named = {"nbformat": 4, "nbformat_minor": 5}  # the first version whose cells have ids
    return notebook | named | {"cells": [cell | {"id": name} for cell, name in zip(notebook["cells"], names, strict=True)]}


def make_edition(source: Path, prose: Path) -> dict:
    """A notebook, as JSON: code and order of ``source``, the words of ``prose``, nothing run yet.

    Raises LesartError naming file and block where a markdown cell has no prose, or prose no markdown cell, in this study or
    in one of one's own; and as ``read_prose``.
    """
    notebook, blocks = read_cells(source), read_prose(prose)
    _check_blocks(notebook["cells"], blocks, source, prose)
    return notebook | {"cells": [_translate(cell, blocks) for cell in notebook["cells"]]}


def _check_blocks(cells: list[dict], blocks: dict[str, str], source: Path, prose: Path) -> None:
    told = [cell for cell in cells if cell["cell_type"] == "markdown"]
    needed = [key for cell in told for key in ([cell["id"], cell["id"] + _NEW] if NEW_STUDY in cell["metadata"] else [cell["id"]])]
    for key in needed:
        if not blocks.get(key):
            raise LesartError(f"{_name(prose)}: no prose for '{key}'; write a block headed <!-- cell: {key} -->, or delete the file to have no German edition")
    for key in blocks:
        if key not in needed:
            raise LesartError(f"{_name(prose)}: block '{key}' is for no markdown cell of {source.name}; delete it or give it the id of its cell")


def _translate(cell: dict, blocks: dict[str, str]) -> dict:
    metadata = {key: value for key, value in cell["metadata"].items() if key != NEW_STUDY}
    if cell["cell_type"] == "code":
        return cell | {"metadata": metadata, "outputs": [], "execution_count": None}
    return cell | {"metadata": metadata, "source": blocks.get(cell["id"], cell["source"])}


def list_editions(folder: Path) -> dict[Path, dict]:
    """The German notebooks of a folder of notebooks, by path, in order: one for each file of prose in its folder ``de``.

    Raises LesartError for prose without a notebook, and as ``make_edition``.
    """
    made = {}
    for prose in sorted((folder / GERMAN).glob("*.md")):
        source = folder / f"{prose.stem}.ipynb"
        if not source.is_file():
            raise LesartError(f"{_name(prose)}: there is no notebook {source.name} for this prose; give the file its notebook's name or delete it")
        made[prose.with_suffix(".ipynb")] = make_edition(source, prose)
    return made


def make_neutral(source: Path) -> dict:
    """A notebook for a new study, as JSON: cells of this study left out or with their neutral text, no outputs."""
    notebook = read_cells(source)
    cells = [cell for cell in notebook["cells"] if not _left_out(cell)]
    return notebook | {"cells": [_neutralise(cell) for cell in cells]}


def neutral_blocks(source: Path, prose: Path) -> dict[str, str]:
    """The prose of a new study, by cell id: that of the cells that are left, neutral where they are. Raises as ``make_edition``."""
    notebook, blocks = read_cells(source), read_prose(prose)
    _check_blocks(notebook["cells"], blocks, source, prose)
    left = [cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "markdown" and not _left_out(cell)]
    return {name: blocks.get(name + _NEW, blocks[name]) for name in left}


def _left_out(cell: dict) -> bool:
    return THIS_STUDY in cell["metadata"].get("tags", []) and NEW_STUDY not in cell["metadata"]


def _neutralise(cell: dict) -> dict:
    tags = [tag for tag in cell["metadata"].get("tags", []) if tag != THIS_STUDY]
    metadata = {key: value for key, value in cell["metadata"].items() if key not in (NEW_STUDY, "tags")} | ({"tags": tags} if tags else {})
    run = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
    return cell | run | {"metadata": metadata, "source": cell["metadata"].get(NEW_STUDY, cell["source"])}


def write_cells(path: Path, notebook: dict) -> None:
    """Write a notebook that was not run, the same bytes on every system."""
    write_whole(path, json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
