"""How large a file may be, how long its reading may last, and how what strangers named is shown."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from unicodedata import normalize

# A year of one newspaper has some 100 MB of text; a file that is read whole takes several times its size in memory.
MAX_BYTES = 200_000_000
# 200 MB of the slowest format that is no table (RTF: 0.6 s per MB) take as long; of a table, one row may.
MAX_SECONDS = 120
# What all members of an archive may come to. Texts pack to a third or a fifth, lists of the same thing to a fiftieth, a
# bomb to a thousandth; small ones harm nobody.
MAX_UNPACKED, MAX_RATIO, SMALL = 2_000_000_000, 200, 10_000_000
MAX_MEMBERS = 100_000
_LONGEST_NAME = 200
_Item = TypeVar("_Item")


class TookTooLong(BaseException):
    """Reading lasted longer than it may; no Exception, so that no reader takes it for a fault of its own."""


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raises TookTooLong when the block lasts longer. Where there are no alarms (Windows, a second thread) nothing ends it."""
    if not _can_limit():
        yield
        return

    def stop(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _can_limit() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def lift_limit(found: Iterator[_Item]) -> Iterator[_Item]:
    """The same things, but the limit of time that stands around a step of it is lifted."""
    while True:
        if _can_limit():
            signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            item = next(found)
        except StopIteration:
            return
        yield item


def show_name(name: str) -> str:
    """A stranger's name for a file as it may stand in a line: NFC, no control characters, not too long.

    >>> show_name("a\\nb/\\x1b[31mLo\\u0308hne.html")
    'a?b/?[31mLöhne.html'
    """
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "?", normalize("NFC", name))
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def say_fault(fault: BaseException) -> str:
    """What went wrong, in one line of at most 200 characters."""
    said = " ".join(str(getattr(fault, "strerror", None) or fault).split())
    return show_name(said or type(fault).__name__)[:200]
