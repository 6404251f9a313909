"""Makes a study folder for another event: the same notebooks, lexicons to edit, an empty corpus.

The notebooks are this project's own, in one copy. What speaks of this project's study is marked in them: a cell with the
tag ``this-study`` is left out of a new study, or, where its metadata hold a text ``new_study``, has that text instead. The
German prose comes along likewise (``editions``).
"""

import json
import shutil
import tempfile
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from .editions import GERMAN, list_editions, make_neutral, neutral_blocks, write_cells, write_prose
from .errors import LesartError
from .files import find_shipped

_TEMPLATES = {"README.md": "README.md", "Makefile": "Makefile", "gitignore": ".gitignore", "corpus_README.md": "corpus/README.md"}


def start_study(folder: str | Path) -> Path:
    """Make a study folder, whole or not at all, and return its path.

    Raises LesartError where the folder is there and not empty or cannot be made, and where the package came without its notebooks.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LesartError(f"{folder}: is there already and not empty; name a folder that is not there yet")
    there = folder.is_dir()  # an empty one stays: it may be where one works
    beside = folder if there else folder.absolute().parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=beside, prefix=".lesart-") as within:
            made = Path(within) / "study"
            _fill(made)
            for part in sorted(made.iterdir()) if there else [made]:
                part.rename(folder / part.name if there else folder)
    except OSError as fault:
        raise LesartError(f"{folder}: cannot be made ({fault.strerror or fault}); check folder and rights") from None
    return folder


def _fill(folder: Path) -> None:
    for name in ("corpus/articles", "figures", "notebooks"):
        (folder / name).mkdir(parents=True)
    for template, name in _TEMPLATES.items():
        (folder / name).write_bytes(files("lesart").joinpath("data", "new_study", template).read_bytes())
    shutil.copyfile(_shipped("corpus/CODEBOOK.md"), folder / "corpus" / "CODEBOOK.md")
    shutil.copytree(_shipped("lexicons"), folder / "lexicons")
    pins = [line for line in _shipped("requirements.txt").read_text(encoding="utf-8").splitlines() if line.strip() != "-e ."]
    (folder / "requirements.txt").write_text("\n".join([*pins, name_requirement()]) + "\n", encoding="utf-8", newline="\n")
    write_notebooks(_shipped("notebooks"), folder / "notebooks")


def _shipped(name: str) -> Path:
    path = find_shipped(name)
    if path is None:
        raise LesartError(f"{name}: did not come with this installation of Lesart; install it anew with pip")
    return path


def name_requirement() -> str:
    """The line of a requirements file that installs Lesart as it is installed here (PEP 610), else its version."""
    package = metadata.distribution("lesart")
    origin = json.loads(package.read_text("direct_url.json") or "{}")
    if not origin.get("url"):
        return f"lesart=={package.version}"
    if origin.get("dir_info", {}).get("editable"):
        return f"-e {origin['url']}"
    kind = f"{origin['vcs_info']['vcs']}+" if "vcs_info" in origin else ""
    commit = f"@{origin['vcs_info']['commit_id']}" if "vcs_info" in origin else ""
    return f"lesart @ {kind}{origin['url']}{commit}"


def write_notebooks(source: Path, folder: Path) -> None:
    """Write the notebooks of a new study, not run, and their German edition with its prose in ``folder/de``."""
    for notebook in sorted(source.glob("*.ipynb")):
        write_cells(folder / notebook.name, make_neutral(notebook))
    for prose in sorted((source / GERMAN).glob("*.md")):
        (folder / GERMAN).mkdir(exist_ok=True)
        write_prose(folder / GERMAN / prose.name, neutral_blocks(source / f"{prose.stem}.ipynb", prose))
    for path, edition in list_editions(folder).items():
        write_cells(path, edition)
