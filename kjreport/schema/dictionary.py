"""The common schema: every codelist, checked, with the names reports use for indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kjreport.errors import KjreportError
from kjreport.schema.codes import (
    OTHER,
    Code,
    Entry,
    Indicator,
    Lang,
    Measure,
    code_of,
    entries,
    indicator_of,
    measure_of,
    read_yaml,
)

if TYPE_CHECKING:
    import pandas as pd

_T = TypeVar("_T")
_CODELISTS = Path(__file__).parent / "codelists"


@dataclass(frozen=True, eq=False)
class Schema:
    """The codes that an observation table may hold.

    A schema is compared by identity, so that what is compiled from it can be cached.

    Attributes
    ----------
    indicators : mapping of str to Indicator
    families, scenarios, levels, units, qualifiers, statuses, scopes : mapping of str to Code
    columns : mapping of str to Code
        What the columns of every table hold.
    measures : mapping of str to Measure

    Examples
    --------
    >>> from kjreport.schema import Schema
    >>> schema = Schema.default()
    >>> schema.label("makerspaces"), schema.label("makerspaces", "en")
    ('众创空间', 'Makerspaces')
    >>> schema.indicators["rd_intensity"].measure
    'share'
    """

    indicators: Mapping[str, Indicator]
    families: Mapping[str, Code]
    measures: Mapping[str, Measure]
    scenarios: Mapping[str, Code]
    levels: Mapping[str, Code]
    units: Mapping[str, Code]
    qualifiers: Mapping[str, Code]
    statuses: Mapping[str, Code]
    scopes: Mapping[str, Code]
    columns: Mapping[str, Code]

    @classmethod
    def default(cls) -> Schema:
        """Return the schema that the package ships, read once."""
        return _shipped()

    def extend(self, addition: str | PathLike[str] | Mapping[str, Any]) -> Schema:
        """Return a schema with further indicators, families or aliases.

        Parameters
        ----------
        addition : path or mapping
            A YAML file, or what it would hold: ``indicators`` and ``families``, written as
            in the package's own codelists, and ``aliases``, further names by indicator.

        Raises
        ------
        KjreportError
            If a code or an alias is taken, a reference is unknown, or a field is wrong.

        Examples
        --------
        >>> from kjreport.schema import Schema
        >>> mine = Schema.default().extend({"aliases": {"makerspaces": ["双创空间"]}})
        >>> "双创空间" in mine.indicators["makerspaces"].aliases
        True
        """
        if isinstance(addition, Mapping):
            file, content = "extension", addition
        else:
            file, content = str(addition), read_yaml(Path(addition))
        parts = Entry(file, "top level", content)
        parts.only(("indicators", "families", "aliases"))

        families = _add(self.families, _part(parts, "families"), code_of)

        def indicator(entry: Entry) -> Indicator:
            return indicator_of(entry, families=families, units=self.units, measures=self.measures)

        indicators = _add(self.indicators, _part(parts, "indicators"), indicator)
        further = Entry(file, "aliases", _mapping(parts, "aliases"))
        for code in further.fields:
            if code not in indicators:
                raise further.refuse("the code of an indicator", code)
            known = indicators[code].aliases
            aliases = tuple(dict.fromkeys((*known, *further.texts(code))))
            indicators[code] = replace(indicators[code], aliases=aliases)
        _refuse_shared_aliases(file, indicators.values())
        return replace(self, families=families, indicators=indicators)

    def label(self, code: str, lang: Lang = "zh") -> str:
        """Return the name of any code of any codelist.

        Raises
        ------
        KjreportError
            If no codelist has the code.
        """
        if code in self.indicators:
            return self.indicators[code].label(lang)
        for codelist in (self.families, self.measures, *self._plain().values()):
            if code in codelist:
                return codelist[code].label(lang)
        if code == OTHER:
            return _other().label(lang)
        raise KjreportError(f"{code!r} is no code of the schema; `kjreport schema` lists them")

    def to_frame(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return the indicators as a table.

        Returns
        -------
        DataFrame
            One row an indicator, with columns ``indicator``, ``label``, ``family``, ``unit``,
            ``measure`` (the headline measure), ``direction``, ``covers`` and ``aliases``.
        """
        import pandas as pd

        rows = [
            entry | {"aliases": "、".join(entry["aliases"])}
            for entry in self.to_dict(lang)["indicators"]
        ]
        return pd.DataFrame(rows)

    def to_dict(self, lang: Lang = "zh") -> dict[str, list[dict[str, Any]]]:
        """Return every codelist as plain lists and mappings, ready for JSON."""
        codelists: dict[str, Mapping[str, Code]] = {
            "families": self.families,
            "measures": self.measures,
            "scenarios": self.scenarios,
            "levels": self.levels,
            "units": self.units,
            "qualifiers": self.qualifiers,
            "statuses": self.statuses,
            "scopes": self.scopes,
            "columns": self.columns,
        }
        indicators = [
            {
                "indicator": entry.code,
                "label": entry.label(lang),
                "family": entry.family,
                "unit": entry.unit,
                "measure": entry.measure,
                "direction": entry.direction,
                "covers": entry.covers,
                "aliases": list(entry.aliases),
            }
            for entry in self.indicators.values()
        ]
        plain = {
            name: [
                {
                    "code": entry.code,
                    "label": entry.label(lang),
                    "description": entry.about(lang),
                }
                for entry in codelist.values()
            ]
            for name, codelist in codelists.items()
        }
        return {"indicators": indicators, **plain}

    def codes(self) -> dict[str, tuple[str, ...]]:
        """Return the codes that each coded column of the observation table may hold."""
        return {
            "indicator": (*self.indicators, OTHER),
            "measure": tuple(self.measures),
            **{column: tuple(codelist) for column, codelist in self._plain().items()},
        }

    def _plain(self) -> dict[str, Mapping[str, Code]]:
        return {
            "scenario": self.scenarios,
            "level": self.levels,
            "unit": self.units,
            "qualifier": self.qualifiers,
            "status": self.statuses,
            "scope": self.scopes,
        }


@cache
def _shipped() -> Schema:
    families = _plain_codelist("families")
    units = _plain_codelist("units")
    measures = {
        entry.item: measure_of(entry, units)
        for entry in entries("measures.yaml", read_yaml(_CODELISTS / "measures.yaml"))
    }
    indicators = {
        entry.item: indicator_of(entry, families=families, units=units, measures=measures)
        for entry in entries("indicators.yaml", read_yaml(_CODELISTS / "indicators.yaml"))
    }
    _refuse_shared_aliases("indicators.yaml", indicators.values())
    return Schema(
        indicators=indicators,
        families=families,
        measures=measures,
        scenarios=_plain_codelist("scenarios"),
        levels=_plain_codelist("levels"),
        units=units,
        qualifiers=_plain_codelist("qualifiers"),
        statuses=_plain_codelist("statuses"),
        scopes=_plain_codelist("scopes"),
        columns=_plain_codelist("columns"),
    )


def _plain_codelist(name: str) -> dict[str, Code]:
    file = f"{name}.yaml"
    return {entry.item: code_of(entry) for entry in entries(file, read_yaml(_CODELISTS / file))}


@cache
def _other() -> Code:
    return _plain_codelist("other")[OTHER]


def _mapping(parts: Entry, name: str) -> Mapping[str, Any]:
    found = parts.fields.get(name) or {}
    if not isinstance(found, Mapping):
        raise parts.refuse(f"a mapping under {name}", found)
    return found


def _part(parts: Entry, name: str) -> list[Entry]:
    return entries(parts.file, _mapping(parts, name))


def _add(known: Mapping[str, _T], new: list[Entry], make: Callable[[Entry], _T]) -> dict[str, _T]:
    joined = dict(known)
    for entry in new:
        if entry.item in joined or entry.item == OTHER:
            raise entry.refuse("a code that is not taken", entry.item)
        joined[entry.item] = make(entry)
    return joined


def _refuse_shared_aliases(file: str, indicators: Iterable[Indicator]) -> None:
    owner: dict[str, str] = {}
    for indicator in indicators:
        for alias in indicator.aliases:
            if alias in owner:
                raise KjreportError(
                    f"{file}, {indicator.code}: expected an alias of its own, found {alias!r}, "
                    f"which names {owner[alias]}; keep it under one of the two"
                )
            owner[alias] = indicator.code
