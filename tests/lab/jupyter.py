"""A JupyterLab of one's own on this machine, and a browser that opens a notebook in it."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat

_TOKEN = "lesart"
_SECONDS = 60
# Nothing is asked of the network: no news, no update, no list of extensions.
_QUIET = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly"]


def write_notebook(path: Path, *sources: str) -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


@contextmanager
def run_jupyterlab(folder: Path, home: Path):
    """A server for a folder; its address, with the token. Its settings are in ``home``, whatever the machine's own are."""
    places = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    settings = {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"), "IPYTHONDIR": str(home / "ipython")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--expose-app-in-browser", *_QUIET,
               f"--IdentityProvider.token={_TOKEN}", f"--ServerApp.root_dir={folder}"]  # fmt: skip
    with open(home / "log", "w+b") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | places | settings, cwd=folder)
        try:
            yield _find_address(server, Path(log.name))
        finally:
            server.terminate()
            server.wait(20)


def _find_address(server: subprocess.Popen, log: Path) -> str:
    for _ in range(10 * _SECONDS):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text(errors="replace"))
        if found:
            return found.group()
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text(errors='replace')[-500:]}")


def open_notebook(page, address: str, name: str) -> None:
    """Open a notebook, run all of it, and wait for the panel."""
    page.goto(f"{address}doc/tree/{name}?token={_TOKEN}")
    page.wait_for_function("window.jupyterapp && window.jupyterapp.shell.currentWidget && window.jupyterapp.shell.currentWidget.sessionContext", timeout=1000 * _SECONDS)
    page.evaluate("async () => { const w = window.jupyterapp.shell.currentWidget; await w.context.ready; await w.sessionContext.ready; }")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".lesart-lab table").first.wait_for(timeout=1000 * _SECONDS)


def set_theme(page, name: str) -> None:
    page.evaluate(f"() => window.jupyterapp.commands.execute('apputils:change-theme', {{theme: {json.dumps(name)}}})")
    dark = "false" if "Dark" in name else "true"
    page.wait_for_selector(f'body[data-jp-theme-light="{dark}"]', state="attached")
