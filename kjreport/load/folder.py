"""Read one report, or a folder of them, into documents and a table of failures."""

from __future__ import annotations

import html
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, overload

from kjreport.load.catalogue import Entry
from kjreport.load.document import Document
from kjreport.load.failure import FailureKind, LoadError, one_line
from kjreport.load.limits import DEFAULT_LIMITS, Limits
from kjreport.load.reading import outcomes_of
from kjreport.load.sources import Source, list_sources
from kjreport.schema.columns import FAILURE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

PathLike = str | os.PathLike[str]
Failure = tuple[str, FailureKind, str]
OnError = Literal["collect", "raise"]

# Files a worker takes at a time: enough to outweigh the sending of documents.
_BATCH: Final = 32


class Reports(Sequence[Document]):
    """The documents of a folder, in the order of their files, and what failed.

    Attributes
    ----------
    failures : DataFrame
        One row a file that gave no document: ``file``, ``kind``, ``message``.

    Examples
    --------
    >>> reports = Reports([Document.from_text("新增3家。", report_id="a")])
    >>> len(reports), reports["a"].text, len(reports.failures)
    (1, '新增3家。', 0)
    """

    def __init__(self, documents: Iterable[Document], failures: Iterable[Failure] = ()) -> None:
        self._documents = tuple(documents)
        self.failures = _failure_table(failures)

    @overload
    def __getitem__(self, key: int | str) -> Document: ...
    @overload
    def __getitem__(self, key: slice) -> Reports: ...
    def __getitem__(self, key: int | str | slice) -> Document | Reports:
        """Return a document by position or by its report_id, or a slice of them."""
        if isinstance(key, slice):
            return Reports(self._documents[key])
        if isinstance(key, int):
            return self._documents[key]
        for document in self._documents:
            if document.report_id == key:
                return document
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._documents)

    def __repr__(self) -> str:
        return f"<{len(self)} reports, {len(self.failures)} failures>"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a report: its id, origin and length in characters."""
        import pandas as pd

        columns = ("report_id", "area", "year", "title", "file", "format", "characters")
        rows = [
            (d.report_id, o.area, o.year, o.title, o.file, o.format, len(d.text))
            for d in self
            for o in (d.origin,)
        ]
        frame = pd.DataFrame(rows, columns=list(columns))
        return frame.astype({"year": "Int64"})

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self)[1:-1])}</p>{self.to_frame().to_html(index=False)}"


class ReportStream(Iterable[Document]):
    """Documents read one after the other while they are asked for.

    Only the document in hand is held, so a folder may be larger than memory.

    Attributes
    ----------
    failures : DataFrame
        The failures met so far.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        failures: Sequence[Failure],
        *,
        on_error: OnError,
        workers: int,
        limits: Limits,
        progress: bool | None,
    ) -> None:
        self._sources = sources
        self._listed = list(failures)
        self._met: list[Failure] = []
        self._on_error = on_error
        self._workers = workers
        self._limits = limits
        self._progress = progress

    @property
    def failures(self) -> pd.DataFrame:
        """The failures met so far as a table."""
        return _failure_table([*self._listed, *self._met])

    def failure_rows(self) -> list[Failure]:
        """Return the failures met so far as tuples."""
        return [*self._listed, *self._met]

    def __iter__(self) -> Iterator[Document]:
        from tqdm import tqdm

        self._met = []
        if self._on_error == "raise" and self._listed:
            file, kind, message = self._listed[0]
            raise LoadError(kind, message, file)
        taken: set[str] = set()
        # tqdm writes to stderr, and with None only where that is a terminal.
        silent = None if self._progress is None else not self._progress
        bar = tqdm(self._outcomes(), total=len(self._sources), unit="file", disable=silent)
        for outcomes in bar:
            for outcome in outcomes:
                if isinstance(outcome, Document):
                    yield _unique(outcome, taken)
                elif self._on_error == "raise":
                    raise outcome
                else:
                    self._met.append((one_line(outcome.file), outcome.kind, outcome.message))

    def _outcomes(self) -> Iterator[list[Document | LoadError]]:
        if self._workers == 1:
            for source in self._sources:
                yield outcomes_of(source, self._limits)
            return
        from joblib import Parallel, delayed

        size = max(1, min(_BATCH, len(self._sources) // (2 * abs(self._workers)) or 1))
        batches = [self._sources[at : at + size] for at in range(0, len(self._sources), size)]
        run = Parallel(n_jobs=self._workers, return_as="generator")
        for batch in run(delayed(_batch_outcomes)(batch, self._limits) for batch in batches):
            yield from batch


def read_report(
    path: PathLike,
    *,
    report_id: str = "",
    area: str = "",
    year: int | None = None,
    title: str = "",
    url: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    r"""Read one report of any format.

    Parameters
    ----------
    path : path-like
        A file; an archive must hold exactly one report.
    report_id : str, optional
        Default: the stem of the file's name.
    area, title, url : str, optional
        Known facts; where empty, area and title are read from the report.
    year : int, optional
        The year looked back on; where None it is read from title and text.
    limits : Limits, optional

    Returns
    -------
    Document

    Raises
    ------
    LoadError
        Where the file is missing, damaged, encrypted, empty, beyond a limit or
        of no known format.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "demo.txt")
    ...     _ = path.write_text("2022年工作总结\n新增众创空间2家。", encoding="gb18030")
    ...     doc = read_report(path)
    >>> doc.report_id, doc.origin.year, doc.text.split("\n")[1]
    ('demo', 2022, '新增众创空间2家。')
    """
    path = Path(path)
    entry = Entry(file=path.name, report_id=report_id, area=area, year=year, title=title, url=url)
    outcomes = outcomes_of(Source(path, path.name, entry), limits)
    for outcome in outcomes:
        if isinstance(outcome, LoadError):
            raise outcome
    documents = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    if len(documents) != 1:
        raise LoadError(
            "unreadable",
            f"the archive holds {len(documents)} reports; read it with read_reports",
            path.name,
        )
    return documents[0]


def read_reports(
    source: PathLike | Iterable[PathLike],
    pattern: str | None = None,
    catalogue: PathLike | None = None,
    on_error: OnError = "collect",
    workers: int = 1,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: bool | None = None,
) -> Reports:
    """Read a folder of reports, or several files and folders.

    Parameters
    ----------
    source : path-like or iterable of them
        Folders are read with their subfolders, in the order of the names;
        hidden files and the catalogue are no reports.
    pattern : str, optional
        Only files whose path below the folder matches, such as ``"*.docx"``
        or ``"2022/*"``.
    catalogue : path-like, optional
        CSV with the columns ``file``, ``report_id``, ``area``, ``year``, ``title``,
        ``source_url``, all but ``file`` optional. Default: ``reports.csv`` in
        each folder, where there is one.
    on_error : {"collect", "raise"}
        Whether a file that cannot be read becomes a row of ``failures`` or ends
        the reading.
    workers : int
        Processes; -1 for one a core.
    limits : Limits, optional
        For each file.
    progress : bool, optional
        Show a bar on stderr; by default where that is a terminal.

    Returns
    -------
    Reports
        A sequence of `Document` with the table ``failures``.

    Raises
    ------
    KjreportError
        Where the folder is missing or its catalogue cannot be understood.
    LoadError
        With ``on_error="raise"``, for the first file that fails.
    """
    stream = iter_reports(
        source, pattern, catalogue, on_error, workers, limits=limits, progress=progress
    )
    documents = list(stream)
    return Reports(documents, stream.failure_rows())


def iter_reports(
    source: PathLike | Iterable[PathLike],
    pattern: str | None = None,
    catalogue: PathLike | None = None,
    on_error: OnError = "collect",
    workers: int = 1,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: bool | None = None,
) -> ReportStream:
    """Return the reports of a folder one by one, for folders larger than memory.

    Takes what `read_reports` takes; see there. The failures met so far stand
    in the ``failures`` of the returned `ReportStream`.
    """
    sources, failures = list_sources(source, pattern, catalogue)
    return ReportStream(
        sources, failures, on_error=on_error, workers=workers, limits=limits, progress=progress
    )


def _batch_outcomes(sources: Sequence[Source], limits: Limits) -> list[list[Document | LoadError]]:
    return [outcomes_of(source, limits) for source in sources]


def _unique(document: Document, taken: set[str]) -> Document:
    """Return `document` with a number behind its id where that is taken already."""
    from dataclasses import replace

    report_id, number = document.report_id, 2
    while report_id in taken:
        report_id = f"{document.report_id}-{number}"
        number += 1
    taken.add(report_id)
    return document if report_id == document.report_id else replace(document, report_id=report_id)


def _failure_table(failures: Iterable[Failure]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(failures), columns=list(FAILURE_COLUMNS), dtype="str")
