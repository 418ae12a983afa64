"""How much of a machine one file may take; reports come from strangers."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType
from typing import Final

from kjreport.load.failure import LoadError

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for reading one file; a file beyond one of them is a failure, not a crash.

    Attributes
    ----------
    file_bytes : int
        Size of a file on disk, default 64 MiB.
    unpacked_bytes : int
        Size of one unpacked part of a zipped format, and of all parts read
        together, default 64 MiB.
    markup_bytes : int
        Size of one XML or HTML text or .xls file before it becomes a tree of thirty times that
        size or more in memory, default 8 MiB.
    characters : int
        Length of the text of one document, default 20 million.
    unpack_ratio : int
        Unpacked to packed size of a part above 1 MiB, default 200; office
        documents stay below 50, bombs exceed 1 000.
    members : int
        Files taken from one archive, default 2 000.
    pages : int
        Pages of a PDF, OFD or multi-page image, default 500.
    cells : int
        Cells of a workbook, default 200 000.
    pixels : int
        Pixels of a page's image before recognition, default 50 million.
    seconds : float
        Time for one file, default 60; recognition of scans has `scan_seconds`.
    scan_seconds : float
        Time for one scanned file, default 600.

    Examples
    --------
    >>> from kjreport.load import Limits
    >>> Limits(pages=20).seconds
    60.0
    """

    file_bytes: int = 64 * MEBIBYTE
    unpacked_bytes: int = 64 * MEBIBYTE
    markup_bytes: int = 8 * MEBIBYTE
    characters: int = 20_000_000
    unpack_ratio: int = 200
    members: int = 2_000
    pages: int = 500
    cells: int = 200_000
    pixels: int = 50_000_000
    seconds: float = 60.0
    scan_seconds: float = 600.0


DEFAULT_LIMITS: Final = Limits()

_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


def check_time() -> None:
    """Raise `LoadError` when the file being read has used up its time.

    Readers call it between pages and parts: it is the only guard in threads
    and on Windows, where no alarm can interrupt them.
    """
    if time.monotonic() > _deadline.get():
        raise LoadError(
            "too slow", "reading took longer than Limits.seconds; raise it or split the file"
        )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `LoadError` in the body once `seconds` have passed.

    The main thread of a POSIX process is interrupted by an alarm wherever it
    is in Python code; elsewhere `check_time` decides. A reader that finds a
    scan opens a longer limit inside the first.
    """
    token = _deadline.set(time.monotonic() + seconds)
    alarm = (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )
    if alarm:
        signal.signal(signal.SIGALRM, _on_alarm)
        # Libraries that swallow the first exception meet the next one a second later.
        signal.setitimer(signal.ITIMER_REAL, seconds + 0.05, 1.0)
    try:
        yield
    finally:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _deadline.reset(token)


def _on_alarm(signum: int, frame: FrameType | None) -> None:
    check_time()
