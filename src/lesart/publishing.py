"""What a study puts out: notebooks run from top to bottom, figures exported."""

import asyncio
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from .editions import GERMAN, list_editions, name_cells
from .errors import LesartError
from .files import write_whole
from .progress import track
from .sentences import LANGUAGES
from .study import Study

# Two notebooks at a time: each has a kernel of its own.
_AT_ONCE = 2
_CELL_SECONDS = 300
# A widget is gone with its kernel; what stands beside it in the same output, a picture or text, stays.
_WIDGET = "application/vnd.jupyter.widget-view+json"


def export_study(study: Study, folder: Path, labels: tuple[str, ...] = ("en",), *, progress: bool = False) -> list[Path]:
    """Export all figures of a study into ``folder/en`` and ``folder/de``; the paths of all files, five for each figure."""
    from .figures import export_all

    written: list[Path] = []
    for language in labels:
        written += export_all(study, folder / language, labels=language, progress=progress)
    return written


def run_notebooks(folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Execute every notebook in a folder in place, from a fresh kernel, and return the paths in order.

    Where a folder ``de`` below holds German prose, the German edition is made and run after them (``editions``); of the two
    those in ``languages`` are run. Outputs are kept, noise is stripped (times, ids, versions), so that a second run writes the
    same bytes. Raises LesartError naming notebook and cell when a cell fails or takes more than five minutes, and for a file
    that is no notebook; the notebook is then left as it was. Before any is run, raises as ``editions.list_editions``.
    """
    german = list_editions(folder)
    notebooks = dict.fromkeys(sorted(folder.glob("*.ipynb"))) if "en" in languages or not german else {}
    notebooks |= german if GERMAN in languages else {}
    if notebooks:
        import_runner()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = pool.map(_run, notebooks, notebooks.values())
        return list(track(runs, "notebooks", "notebook", total=len(notebooks)))


def import_runner() -> None:
    """Import what runs notebooks. Whoever runs them beside figures does it first: matplotlib fails on an IPython that
    another thread is still importing. Raises LesartError where it is not installed."""
    if not find_spec("nbclient"):
        raise LesartError("nbclient: not installed, and the notebooks need it; run: pip install 'lesart[notebooks]'")
    import IPython  # noqa: F401
    import nbclient  # noqa: F401


def _run(path: Path, edition: dict | None) -> Path:
    """Run the notebook at a path, or the edition of another that is to stand there."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.reads(json.dumps(edition), as_version=4) if edition else nbformat.read(path, as_version=4)
    except Exception as fault:  # whatever nbformat raises on JSON of another kind
        raise LesartError(f"{path.name}: not a readable notebook ({' '.join(str(fault).split())[:100]}); save it anew in JupyterLab") from None
    # Streams in one piece: how they are cut into outputs depends on time.
    options = {"timeout": _CELL_SECONDS, "kernel_name": "python3", "coalesce_streams": True}
    # The kernel talks over this machine's loopback only; its warning about that would stand in every run.
    options["extra_arguments"] = ["--IPKernelApp.log_level=ERROR"]
    client = NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}}, **options)
    try:
        asyncio.run(client.async_execute())  # a loop of its own, closed at the end
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as fault:
        what = f"{fault.ename}: {fault.evalue}" if isinstance(fault, CellExecutionError) else type(fault).__name__
        place = f"code cell {client.code_cells_executed} failed with {' '.join(what.split())}"
        raise LesartError(f"{path.name}: {place}; run it in JupyterLab to see where") from None
    strip_noise(notebook)
    write_whole(path, nbformat.writes(notebook) + "\n")
    return path


def strip_noise(notebook) -> None:  # noqa: ANN001
    """Take out of a notebook what changes from run to run and machine to machine, in place."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell, name in zip(notebook.cells, name_cells(notebook.cells), strict=True):
        cell["id"] = name
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in ("tags", "jupyter", "new_study")}
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            output.get("data", {}).pop(_WIDGET, None)
            if "text/plain" in output.get("data", {}):
                output["data"]["text/plain"] = re.sub(r" at 0x[0-9a-f]+", "", output["data"]["text/plain"])
