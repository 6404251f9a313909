"""How files are named and written, which folders may be read, and where the files lie that come with the package."""

import os
import re
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_UNSAFE = re.compile(r"[^\w.~+-]|^\.")
_LONGEST_NAME = 120


def make_file_name(name: str) -> str:
    """A name that every file system takes: a changed or shortened one ends with a digest, so that no two become one.

    >>> make_file_name("stance_map_en"), make_file_name("a/b")
    ('stance_map_en', 'a_b-c14cddc0')
    """
    safe = _UNSAFE.sub("_", name)
    if safe == name and len(name.encode()) <= _LONGEST_NAME:
        return name
    kept = safe.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f"{kept}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to; it takes the name when the block ends well, and is gone when it does not.

    An OSError names ``path``, the file that its reader asked for.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as fault:
        fault.filename = str(path)
        raise
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes, *, durable: bool = False) -> None:
    """Write a file whole or not at all, text as UTF-8; ``durable``: it is on the disk, not on its way there, before it takes its name."""
    with write_beside(path) as beside, beside.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def is_closed(path: Path) -> bool:
    """Whether a path is a folder that may not be looked into: it is listed as an article would be, lest its articles go unmissed."""
    return path.is_dir() and not os.access(path, os.R_OK | os.X_OK)


def find_shipped(name: str) -> Path | None:
    """A file or folder of the project: in the repository that the package is run from, else where installing put it.

    ``name`` is a path below the project, as ``lexicons``. None where it is in neither place. The wheel carries them as
    data files (``pyproject.toml``), so that the repository has them once and at its top.
    """
    roots = (Path(__file__).resolve().parents[2], *(Path(sysconfig.get_path("data", scheme)) / "share" / "lesart" for scheme in _schemes()))
    return next((root / name for root in roots if (root / name).exists()), None)


def _schemes() -> list[str]:
    """Where pip may have put data files: the environment's own place first, then the user's."""
    return list(dict.fromkeys((sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))))
