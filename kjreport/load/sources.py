"""Which files of a folder are reports, and what the catalogue says of each."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Final

from kjreport.errors import KjreportError
from kjreport.load.catalogue import CATALOGUE_NAME, Entry, read_catalogue
from kjreport.load.failure import FailureKind, one_line

# What systems and office programs leave behind in folders.
_CLUTTER: Final = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
_CLUTTER_PREFIXES: Final = (".", "~$")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes
    ----------
    path : Path
        Where it lies; of a member, the path of its archive.
    name : str
        Its path below the folder that was given, with ``/``.
    entry : Entry
        What the catalogue says of it.
    """

    path: Path
    name: str
    entry: Entry

    @property
    def report_id(self) -> str:
        """The id that the catalogue gives, else the stem of the name."""
        return self.entry.report_id or one_line(PurePath(self.name).stem)

    def member(self, name: str) -> Source:
        """Return the source of a file inside this archive."""
        stem = f"{one_line(self.path.stem)}-{one_line(PurePath(name).stem)}"
        return Source(self.path, f"{self.name}/{name}", Entry(file=name, report_id=stem))


def list_sources(
    source: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    pattern: str | None,
    catalogue: str | os.PathLike[str] | None,
) -> tuple[list[Source], list[tuple[str, FailureKind, str]]]:
    """Return the files to read, in order, and what already fails in the listing.

    Raises
    ------
    KjreportError
        Where a path does not exist or a catalogue cannot be understood.
    """
    paths = [source] if isinstance(source, (str, os.PathLike)) else list(source)
    sources: list[Source] = []
    failures: list[tuple[str, FailureKind, str]] = []
    given = read_catalogue(Path(catalogue)) if catalogue is not None else None
    for path in map(Path, paths):
        if path.is_dir():
            found, failed = _list_folder(path, pattern, given)
            sources += found
            failures += failed
        elif path.exists() or path.is_symlink():
            sources.append(Source(path, path.name, _entry_beside(path, given)))
        else:
            raise KjreportError(f"{path}: there is no such file or folder; correct the path")
    return _distinct(sources), failures


def _list_folder(
    folder: Path, pattern: str | None, given: dict[str, Entry] | None
) -> tuple[list[Source], list[tuple[str, FailureKind, str]]]:
    failures: list[tuple[str, FailureKind, str]] = []
    paths = list(_walk(folder, frozenset({os.path.realpath(folder)}), failures, folder))
    entries = _entries_of(folder, paths) if given is None else given
    sources = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.name != CATALOGUE_NAME and _matches(name, pattern):
            sources.append(Source(path, name, entries.get(_composed(name), Entry(file=name))))
    listed = {_composed(source.name) for source in sources}
    for name in entries:
        if name not in listed and _matches(name, pattern):
            message = "the catalogue names it, but no such file is in the folder; correct the name"
            failures.append((one_line(name), "missing", message))
    return sources, failures


def _entries_of(folder: Path, paths: Iterable[Path]) -> dict[str, Entry]:
    """Return the rows of every catalogue in the folder, by the path below the folder."""
    entries = {}
    for path in paths:
        if path.name == CATALOGUE_NAME:
            below = path.parent.relative_to(folder)
            for name, entry in read_catalogue(path).items():
                entries[_composed((below / name).as_posix())] = entry
    return entries


def _composed(name: str) -> str:
    """Return a name in the form that file systems and spreadsheets may spell apart."""
    return unicodedata.normalize("NFC", name)


def _walk(
    folder: Path,
    ancestors: frozenset[str],
    failures: list[tuple[str, FailureKind, str]],
    top: Path,
) -> Iterator[Path]:
    """Yield the files below `folder` by name; a link to a folder above is a failure."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        name = one_line(folder.relative_to(top).as_posix())
        failures.append((name, "unreadable", f"the folder cannot be listed ({error.strerror})"))
        return
    for name in names:
        if name in _CLUTTER or name.startswith(_CLUTTER_PREFIXES):
            continue
        path = folder / name
        if not path.is_dir():
            yield path
            continue
        real = os.path.realpath(path)
        if real in ancestors:
            shown = one_line(path.relative_to(top).as_posix())
            failures.append((shown, "unreadable", "the link leads back to a folder above it"))
        else:
            yield from _walk(path, ancestors | {real}, failures, top)


def _matches(name: str, pattern: str | None) -> bool:
    return (
        pattern is None or fnmatchcase(name, pattern) or fnmatchcase(PurePath(name).name, pattern)
    )


def _entry_beside(path: Path, given: dict[str, Entry] | None) -> Entry:
    """Return what the catalogue in a single file's folder says of it."""
    if given is None:
        own = path.parent / CATALOGUE_NAME
        given = read_catalogue(own) if own.is_file() else {}
    return given.get(path.name, Entry(file=path.name))


def _distinct(sources: list[Source]) -> list[Source]:
    """Give files of one stem the ids that tell them apart whatever else the folder holds."""
    stems = Counter(source.report_id for source in sources)
    names = Counter(PurePath(source.name).name for source in sources)

    def named(source: Source) -> Source:
        if stems[source.report_id] == 1 or source.entry.report_id:
            return source
        name = PurePath(source.name).name
        report_id = name if names[name] == 1 else source.name.replace("/", "-")
        return replace(source, entry=replace(source.entry, report_id=one_line(report_id)))

    return [named(source) for source in sources]
