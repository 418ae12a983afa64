"""One file from its bytes to documents or the reason why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from kjreport.load.archive import is_archive, open_archive
from kjreport.load.document import Document, Origin
from kjreport.load.failure import LoadError
from kjreport.load.identity import opening_title, report_area, report_year
from kjreport.load.limits import MEBIBYTE, Limits, time_limit
from kjreport.load.registry import Content, find_reader
from kjreport.load.sources import Source


def outcomes_of(source: Source, limits: Limits) -> list[Document | LoadError]:
    """Return the document of a file or its failure; several where it is an archive."""
    try:
        with time_limit(limits.seconds), _whatever_fails():
            content = _content(source, limits)
            if not is_archive(content):
                return [_document(source, content, limits)]
    except LoadError as error:
        return [error.of(source.name)]
    return list(_archive_outcomes(source, content, limits))


def _archive_outcomes(
    source: Source, content: Content, limits: Limits
) -> Iterator[Document | LoadError]:
    try:
        with _whatever_fails():
            for member in open_archive(content, limits):
                if isinstance(member, LoadError):
                    yield member
                else:
                    yield _member_outcome(source.member(member.name), member, limits)
    except LoadError as error:
        yield error.of(source.name)


def _member_outcome(source: Source, content: Content, limits: Limits) -> Document | LoadError:
    try:
        with time_limit(limits.seconds), _whatever_fails():
            return _document(source, content, limits)
    except LoadError as error:
        return error.of(source.name)


@contextmanager
def _whatever_fails() -> Iterator[None]:
    """Turn any error into a failure: one damaged file never stops a folder."""
    try:
        yield
    except LoadError:
        raise
    except Exception as error:
        reason = f"it cannot be read ({type(error).__name__}: {error})"
        raise LoadError("damaged", reason) from error


def _content(source: Source, limits: Limits) -> Content:
    path = source.path
    try:
        if not path.exists():
            raise LoadError("missing", "there is no such file; correct its name")
        if not path.is_file():
            raise LoadError("unreadable", "it is no regular file")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LoadError(
                "too large",
                f"it has {size // MEBIBYTE} MiB, more than {limits.file_bytes // MEBIBYTE} "
                "(Limits.file_bytes)",
            )
        return Content(source.name, path.read_bytes())
    except OSError as error:
        raise LoadError("unreadable", f"it cannot be opened ({error.strerror})") from error


def _document(source: Source, content: Content, limits: Limits) -> Document:
    reader = find_reader(content)
    draft = reader.read(content, limits)
    if not draft.text.strip():
        raise LoadError("no text", "it holds no text")
    entry = source.entry
    title = entry.title or draft.title or opening_title(draft.text)
    year = entry.year
    if year is None:
        year = report_year(title, draft.text, source.name)
    origin = Origin(
        file=source.name,
        sha256=hashlib.sha256(content.data).hexdigest(),
        title=title,
        area=entry.area or report_area(title, draft.text, source.name),
        year=year,
        url=entry.url,
        published=draft.published,
        format=reader.name,
    )
    return Document(
        report_id=source.report_id,
        text=draft.text,
        blocks=draft.blocks,
        origin=origin,
        warnings=draft.warnings,
        margins=draft.margins,
    )
