"""The words of the rules: a YAML file for each rule file that asks for words.

The rules of ``extract/measures.py`` find theirs in ``extract/vocabulary/measures.yaml``. Such
a file has up to four parts:

- `words`: lists of plain words; a string stands for its characters.
- `groups`: lists of words by a name.
- `values`: words with the number that each means.
- `patterns`: regular expressions, or lists of alternatives to be tried in the order given.
  In them ``{name}`` stands for another pattern, for any one of the words so named, or, where
  these are a string, for its characters, to be put between brackets: ``[{digits}]``.

What several rules of a folder ask for stands in its ``phrases.yaml`` and is found from each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SHARED: Final = "phrases.yaml"
# A name, and never the braces of a repetition as in x{2,3}.
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one rule file and, behind them, those that its folder shares."""

    path: Path
    parts: Mapping[str, Mapping[str, Any]]
    shared: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def words(self, name: str) -> tuple[str, ...]:
        """Return one of the lists of words."""
        return tuple(self._entry("words", name))

    def characters(self, name: str) -> str:
        """Return single characters as one string."""
        return "".join(self.words(name))

    def groups(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return one of the groups of lists."""
        return {key: tuple(group) for key, group in self._entry("groups", name).items()}

    def values(self, name: str) -> dict[str, float]:
        """Return words with the number that each means."""
        return {word: float(value) for word, value in self._entry("values", name).items()}

    def expression(self, name: str, **given: str) -> str:
        """Return the text of a pattern, its placeholders filled in, first with those `given`."""
        entry = self._entry("patterns", name)
        text = entry if isinstance(entry, str) else "|".join(entry)
        return _PLACEHOLDER.sub(lambda match: self._filled(match[1], given), text)

    def pattern(self, name: str, flags: int = 0, **given: str) -> re.Pattern[str]:
        """Return one of the patterns, compiled."""
        return re.compile(self.expression(name, **given), flags)

    def _filled(self, name: str, given: Mapping[str, str]) -> str:
        if name in given:
            return given[name]
        if self._find("patterns", name) is not None:
            return f"(?:{self.expression(name, **given)})"
        words = self._entry("words", name)
        return words if isinstance(words, str) else f"(?:{any_of(words)})"

    def _entry(self, part: str, name: str) -> Any:
        entry = self._find(part, name)
        if entry is None:
            raise KeyError(f"{self.path.name}: no {name!r} among its {part}")
        return entry

    def _find(self, part: str, name: str) -> Any:
        for source in (self.parts, self.shared):
            if name in source.get(part, {}):
                return source[part][name]
        return None


def vocabulary(rules: str) -> Vocabulary:
    """Return the vocabulary of a rule file.

    Parameters
    ----------
    rules : str
        The rule file's own ``__file__``.

    Examples
    --------
    >>> from kjreport.extract import periods
    >>> "截至" in vocabulary(periods.__file__).words("until")
    True
    """
    path = Path(rules)
    folder = path.parent / "vocabulary"
    shared = folder / _SHARED
    return Vocabulary(
        folder / f"{path.stem}.yaml",
        read_yaml(folder / f"{path.stem}.yaml"),
        read_yaml(shared) if shared.exists() else {},
    )


@cache
def read_yaml(path: Path) -> Any:
    """Return the content of one of the package's own vocabulary files, read once."""
    with open(path, encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_LOADER)


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any one of the words, the longest that fits.

    Examples
    --------
    >>> any_of(["国家", "国家级"])
    '国家级|国家'
    """
    return "|".join(map(re.escape, longest_first(words)))


def longest_first(words: Iterable[str]) -> list[str]:
    """Order alternatives of a pattern so that none hides a longer one."""
    return sorted(words, key=lambda word: (-len(word), word))
