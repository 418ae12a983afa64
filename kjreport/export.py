"""Write tables and files whole or not at all, and read such tables back.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break
for a formula or a command, and reports are untrusted. In CSV and XLSX such a text therefore
gets an apostrophe in front; one that begins with apostrophes before such a character gets one
more, so that `read_table` can always take the right one off again. Numbers, Parquet and JSON
Lines are left as they are.
"""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from kjreport.errors import KjreportError

_F = TypeVar("_F")

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")
_SHEET_ROWS = 1_048_576
# XML, and so XLSX, has no place for these.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a path to write to that takes the place of `path` once it is complete.

    The folder is made if it is missing. If the block raises, what `path` held before stays.

    Raises
    ------
    KjreportError
        If the file cannot be written there.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from kjreport.export import replacing
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "note.txt") as target:
    ...         _ = target.write_text("complete")
    ...     [file.name for file in Path(folder).iterdir()]
    ['note.txt']
    """
    final = Path(path)
    draft = _draft(final)
    try:
        with _told_of(final):
            final.parent.mkdir(parents=True, exist_ok=True)
            yield draft
            os.replace(draft, final)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def check_table_path(path: str | os.PathLike[str]) -> None:
    """Raise what `write_table` would, before the work whose result it is to hold."""
    final = Path(path)
    _choose(_WRITERS, final)
    check_folder(final.parent)
    if final.is_dir():
        raise KjreportError(f"{final}: is a folder; name a file in it as the output")


def check_folder(folder: str | os.PathLike[str]) -> None:
    """Make a folder for output if it is missing, and see that it takes files.

    Raises
    ------
    KjreportError
        If it cannot be made or written to.
    """
    draft = _draft(Path(folder) / "check")
    with _told_of(Path(folder)):
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.touch()
        draft.unlink()


def _draft(final: Path) -> Path:
    return final.with_name(f".{final.stem}-{secrets.token_hex(4)}{final.suffix}")


@contextmanager
def _told_of(final: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise KjreportError(
            f"{final}: cannot be written: {reason}; choose another place for the output"
        ) from error


def write_text(text: str, path: str | os.PathLike[str]) -> None:
    """Write `text` as UTF-8 to `path`, whole or not at all."""
    with replacing(path) as target:
        target.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def defuse(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> from kjreport.export import defuse
    >>> [defuse(text) for text in ("=1+1", "-11.7%", "'-", "16家")]
    ["'=1+1", "'-11.7%", "''-", '16家']
    """
    return "'" + text if _FORMULA.match(text) else text


def undefuse(text: str) -> str:
    """Return what `defuse` was given."""
    return text[1:] if _DEFUSED.match(text) else text


def write_table(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write a table in the format that the suffix of `path` names.

    Parameters
    ----------
    frame : DataFrame
        Its columns are written, its index is not.
    path : path
        Ends in ``.csv``, ``.parquet``, ``.jsonl`` or ``.xlsx``.

    Raises
    ------
    KjreportError
        If the suffix is another, pyarrow is missing for Parquet, or the file cannot be
        written; an earlier file at `path` then stays as it was.
    """
    write = _choose(_WRITERS, Path(path))
    with replacing(path) as target:
        write(frame, target)


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a table that `write_table` wrote.

    Returns
    -------
    DataFrame
        From CSV and XLSX every column as text, ``""`` where a cell is empty, with the
        apostrophes against formulas taken off; from Parquet and JSON Lines as written.

    Raises
    ------
    KjreportError
        If there is no such file, or it does not hold a table of the format its suffix names.
    """
    source = Path(path)
    read = _choose(_READERS, source)
    try:
        return read(source)
    except OSError as error:
        raise KjreportError(f"{source}: cannot be read: {error.strerror or error}") from error
    except KjreportError:
        raise
    except Exception as error:
        # Each reader has a family of exceptions of its own for a file that is not its format.
        reason = " ".join(str(error).split())
        raise KjreportError(
            f"{source}: expected a {source.suffix} table, found none: {reason}"
        ) from error


def _choose(by_suffix: dict[str, _F], path: Path) -> _F:
    try:
        return by_suffix[path.suffix.lower()]
    except KeyError:
        raise KjreportError(
            f"{path}: expected a name ending in {', '.join(by_suffix)}, "
            f"found {path.suffix or 'no suffix'}"
        ) from None


def _for_spreadsheet(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its texts and headings defused."""
    columns = {defuse(str(name)): _defused(frame[name]) for name in frame.columns}
    return pd.DataFrame(columns, index=frame.index)


def _defused(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_object_dtype(column):
        return column.map(lambda cell: defuse(cell) if isinstance(cell, str) else cell)
    if pd.api.types.is_string_dtype(column):
        return column.where(~column.str.match(_FORMULA).fillna(False), "'" + column)
    return column


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    safe = _for_spreadsheet(frame)
    for name in safe.select_dtypes("float"):
        safe[name] = safe[name].map(
            lambda number: repr(number).removesuffix(".0"), na_action="ignore"
        )
    # Python's writer quotes a line break but not a lone carriage return, which readers split at.
    returns = any(_has_return(safe[name]) for name in safe.columns)
    safe.to_csv(
        path,
        index=False,
        quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL,
        encoding="utf-8",
        errors="replace",
        lineterminator="\n",
    )


def _has_return(column: pd.Series[Any]) -> bool:
    if not pd.api.types.is_string_dtype(column) and not pd.api.types.is_object_dtype(column):
        return False
    return bool(column.astype("str").str.contains("\r", regex=False).any())


def _write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    from openpyxl import Workbook

    if len(frame) >= _SHEET_ROWS:
        raise KjreportError(
            f"{len(frame)} rows are more than a sheet of .xlsx holds; choose .csv or .parquet"
        )
    safe = _for_spreadsheet(frame)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.append([str(name) for name in safe.columns])
    for row in _plain_rows(safe):
        sheet.append([_UNPRINTABLE.sub("", c) if isinstance(c, str) else c for c in row])
    book.save(path)


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    names = [str(name) for name in frame.columns]
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for row in _plain_rows(frame):
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


def _plain_rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as Python's own numbers and texts, None where a cell is missing."""
    plain = frame.astype("object").where(frame.notna(), None)
    yield from plain.itertuples(index=False, name=None)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    _need_pyarrow(path)
    frame.to_parquet(path, engine="pyarrow", index=False)


def _read_parquet(path: Path) -> pd.DataFrame:
    _need_pyarrow(path)
    return pd.read_parquet(path, engine="pyarrow")


def _need_pyarrow(path: Path) -> None:
    if find_spec("pyarrow") is None:
        raise KjreportError(
            f"{path}: Parquet needs pyarrow; run pip install 'kjreport[parquet]' or choose .csv"
        )


def _read_csv(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    return _undefused(frame)


def _read_xlsx(path: Path) -> pd.DataFrame:
    frame = pd.read_excel(path, dtype="str", keep_default_na=False, engine="openpyxl")
    return _undefused(frame)


def _read_jsonl(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8") as file:
        return pd.DataFrame([json.loads(line) for line in file if line.strip()])


def _undefused(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns=undefuse).map(undefuse)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".jsonl": _write_jsonl,
    ".xlsx": _write_xlsx,
}
_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
    ".jsonl": _read_jsonl,
    ".xlsx": _read_xlsx,
}
