"""Entries of the codelists, and reading them from YAML with every mistake named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from kjreport.errors import KjreportError

Lang = Literal["zh", "en"]

# Stands as indicator of a number that is about science and technology and fits none.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codelist.

    Attributes
    ----------
    code : str
        What stands in the observation table.
    label_zh, label_en : str
        Names for figures and briefs.
    description, description_zh : str
        What the code means, in English and Chinese.
    """

    code: str
    label_zh: str
    label_en: str
    description: str = ""
    description_zh: str = ""

    def label(self, lang: Lang = "zh") -> str:
        """Return the name in Chinese or English."""
        return self.label_en if lang == "en" else self.label_zh

    def about(self, lang: Lang = "zh") -> str:
        """Return the description in Chinese or English."""
        return self.description if lang == "en" else self.description_zh


@dataclass(frozen=True, slots=True)
class Measure(Code):
    """A measure, with the units in which its numbers may stand.

    Attributes
    ----------
    own_unit : bool
        Whether the number may stand in the unit of its indicator.
    units : tuple of str
        Further units.
    """

    own_unit: bool = True
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    Attributes
    ----------
    code, family, unit : str
    measure : str
        The aspect in which districts are compared: the headline measure.
    direction : {1, -1}
        Whether more is better or worse.
    label_zh, label_en : str
    covers : str
        What the indicator takes in, for a reader.
    aliases : tuple of str
        Names under which reports speak of it.
    other_units : tuple of str
        Units, besides `unit`, in which reports state an amount of it.
    """

    code: str
    family: str
    unit: str
    measure: str
    direction: int
    label_zh: str
    label_en: str
    covers: str = ""
    aliases: tuple[str, ...] = ()
    other_units: tuple[str, ...] = ()

    def label(self, lang: Lang = "zh") -> str:
        """Return the name in Chinese or English."""
        return self.label_en if lang == "en" else self.label_zh

    def units_of(self, measure: Measure) -> tuple[str, ...]:
        """Return the units in which a number of this indicator and `measure` may stand."""
        own = (self.unit, *self.other_units) if measure.own_unit else ()
        return tuple(dict.fromkeys((*own, *measure.units)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a YAML file; every accessor names file, item, expected and found."""

    file: str
    item: str
    fields: Mapping[str, Any]

    def refuse(self, expected: str, found: object) -> KjreportError:
        """Return the error to raise."""
        return KjreportError(f"{self.file}, {self.item}: expected {expected}, found {found!r}")

    def only(self, known: Collection[str]) -> None:
        """Refuse fields that no one reads, which are misspelt ones as a rule."""
        for name in self.fields:
            if name not in known:
                raise self.refuse(f"one of the fields {', '.join(known)}", name)

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a field that must be text."""
        found = self.fields.get(name, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise self.refuse(f"text as {name}", found)
        return found

    def choice(self, name: str, known: Collection[str]) -> str:
        """Return a field that must be one of `known`."""
        found = self.text(name)
        if found not in known:
            raise self.refuse(f"as {name} one of {', '.join(known)}", found)
        return found

    def texts(self, name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return a field that must be a list of texts, each once, each of `known` if given."""
        found = self.fields.get(name, [])
        if not isinstance(found, list | tuple):
            raise self.refuse(f"a list as {name}", found)
        for text in found:
            if not isinstance(text, str) or not text.strip():
                raise self.refuse(f"texts in {name}", text)
            if known is not None and text not in known:
                raise self.refuse(f"in {name} only {', '.join(known)}", text)
            if found.count(text) > 1:
                raise self.refuse(f"each of {name} once", text)
        return tuple(found)

    def both(self, name: str) -> tuple[str, str]:
        """Return the Chinese and the English text of a field ``{zh: …, en: …}``."""
        found = self.fields.get(name)
        if not isinstance(found, Mapping):
            raise self.refuse(f"{{zh: …, en: …}} as {name}", found)
        texts = Entry(self.file, f"{self.item}.{name}", found)
        texts.only(("zh", "en"))
        return texts.text("zh"), texts.text("en")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice!r} stands twice", node.start_mark
            )
        return mapping


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping that a YAML file holds.

    Raises
    ------
    KjreportError
        If the file cannot be read, is not YAML, or does not hold a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except OSError as error:
        raise KjreportError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KjreportError(f"{path}: expected UTF-8 text; save the file as UTF-8") from error
    except yaml.YAMLError as error:
        raise KjreportError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        found = type(content).__name__
        raise KjreportError(f"{path}: expected a mapping of codes, found {found}")
    return content


def entries(file: str, content: Mapping[str, Any]) -> list[Entry]:
    """Return the items of a codelist, each of which must be a mapping under a code."""
    found = []
    for code, fields in content.items():
        if not isinstance(code, str) or not code.isidentifier():
            expected = "a code of letters, digits and _"
            raise KjreportError(f"{file}: expected {expected}, found {code!r}")
        if not isinstance(fields, Mapping):
            raise KjreportError(f"{file}, {code}: expected its fields, found {fields!r}")
        found.append(Entry(file, code, fields))
    return found


def code_of(entry: Entry) -> Code:
    """Return the `Code` of an item with label and description."""
    entry.only(("label", "description"))
    zh, en = entry.both("label")
    description_zh, description = entry.both("description")
    return Code(entry.item, zh, en, description, description_zh)


def measure_of(entry: Entry, units: Collection[str]) -> Measure:
    """Return the `Measure` of an item of ``measures.yaml``."""
    entry.only(("label", "description", "own_unit", "units"))
    zh, en = entry.both("label")
    description_zh, description = entry.both("description")
    own_unit = entry.fields.get("own_unit")
    if not isinstance(own_unit, bool):
        raise entry.refuse("true or false as own_unit", own_unit)
    return Measure(
        entry.item,
        zh,
        en,
        description,
        description_zh,
        own_unit=own_unit,
        units=entry.texts("units", units),
    )


INDICATOR_FIELDS = (
    "family",
    "unit",
    "other_units",
    "measure",
    "direction",
    "label",
    "covers",
    "aliases",
)


def indicator_of(
    entry: Entry,
    *,
    families: Collection[str],
    units: Collection[str],
    measures: Collection[str],
) -> Indicator:
    """Return the `Indicator` of an item of ``indicators.yaml`` or of a user's extension."""
    entry.only(INDICATOR_FIELDS)
    direction = entry.fields.get("direction", 1)
    if direction not in (1, -1):
        raise entry.refuse("1 or -1 as direction", direction)
    zh, en = entry.both("label")
    return Indicator(
        code=entry.item,
        family=entry.choice("family", families),
        unit=entry.choice("unit", units),
        measure=entry.choice("measure", measures),
        direction=direction,
        label_zh=zh,
        label_en=en,
        covers=entry.text("covers", default=""),
        aliases=entry.texts("aliases"),
        other_units=entry.texts("other_units", units),
    )
