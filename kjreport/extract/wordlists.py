"""The vocabulary files of the extraction."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "vocabulary"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_vocabulary(name: str) -> Any:
    """Return the content of one of the package's vocabulary files."""
    with open(_FOLDER / name, encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_LOADER)


@cache
def _phrases() -> dict[str, Any]:
    content: dict[str, Any] = read_vocabulary("phrases.yaml")
    return content


def words(name: str) -> tuple[str, ...]:
    """Return one of the lists of ``phrases.yaml``.

    Examples
    --------
    >>> "截至" in words("until")
    True
    """
    return tuple(_phrases()["words"][name])


def word_groups(name: str) -> dict[str, tuple[str, ...]]:
    """Return one of the groups of lists of ``phrases.yaml``."""
    return {key: tuple(group) for key, group in _phrases()["groups"][name].items()}
