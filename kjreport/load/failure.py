"""Why a file could not be read, in a word and a line."""

from __future__ import annotations

from typing import Literal

from kjreport.errors import KjreportError

FailureKind = Literal[
    "missing",
    "empty",
    "unknown format",
    "damaged",
    "encrypted",
    "no text",
    "too large",
    "unsafe",
    "too slow",
    "needs extra",
    "unreadable",
]


class LoadError(KjreportError):
    """A file that gives no document, with the kind of its failure.

    Parameters
    ----------
    kind : str
        One of `FailureKind`; the column ``kind`` of the table of failures.
    message : str
        What was found and what to do, without the file's name.
    file : str, optional
        Put before the message where it is known.
    """

    def __init__(self, kind: FailureKind, message: str, file: str = "") -> None:
        self.kind: FailureKind = kind
        self.message = one_line(message)
        self.file = file
        super().__init__(f"{one_line(file)}: {self.message}" if file else self.message)

    def __reduce__(self) -> tuple[type[LoadError], tuple[FailureKind, str, str]]:
        return LoadError, (self.kind, self.message, self.file)

    def of(self, file: str) -> LoadError:
        """Return the same failure with the name of its file."""
        return LoadError(self.kind, self.message, file)


def one_line(text: str) -> str:
    """Return `text` with every run of white space and control characters as one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def needs_extra(extra: str, what: str) -> LoadError:
    """Return the failure of a format whose optional libraries are not installed."""
    return LoadError("needs extra", f"{what}; install it with: pip install 'kjreport[{extra}]'")
