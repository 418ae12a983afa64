"""The nested framework of a composite index: indicators, pillars, index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from kjreport.errors import KjreportError

if TYPE_CHECKING:
    from kjreport.schema import Schema

_NEEDED = ("iCode", "Level", "Parent")
_INDEX = "Index"


class FrameworkError(KjreportError, ValueError):
    """A framework that does not hang together; the message names the place."""


@dataclass(frozen=True, slots=True)
class Element:
    """An indicator or an aggregate of the framework.

    Attributes
    ----------
    code, name : str
    level : int
        1 for indicators, the highest for the index.
    parent : str
        Code of the aggregate one level up; empty for the index.
    direction : {1, -1}
        Whether more is better.
    weight : float
        Relative to the other children of the parent.
    denominator : str
        Code of the column that the indicator is divided by; empty for none.
    target : float or None
        In the indicator's own unit.
    """

    code: str
    name: str
    level: int
    parent: str
    direction: int = 1
    weight: float = 1.0
    denominator: str = ""
    target: float | None = None


@dataclass(frozen=True)
class Framework:
    """Indicators grouped into pillars, pillars into an index.

    Parameters
    ----------
    elements : tuple of Element
        Indicators and aggregates, in any order.
    groups, denominators : tuple of str
        Columns of the data that group the units, and that indicators are divided by.

    Examples
    --------
    >>> import pandas as pd
    >>> meta = pd.DataFrame({
    ...     "iCode": ["patents", "papers", "Index"], "Level": [1, 1, 2],
    ...     "Parent": ["Index", "Index", None], "Weight": [3, 1, 1]})
    >>> Framework.from_meta(meta).effective_weights().round(2).to_dict()
    {'patents': 0.75, 'papers': 0.25, 'Index': 1.0}
    """

    elements: tuple[Element, ...]
    groups: tuple[str, ...] = ()
    denominators: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.elements)

    @classmethod
    def from_meta(cls, meta: pd.DataFrame) -> Framework:
        """Read a meta table with COINr's column names.

        Parameters
        ----------
        meta : DataFrame
            One row an element: ``iCode``, ``Level`` (empty for groups and denominators),
            ``Parent``; optionally ``iName``, ``Direction``, ``Weight``, ``Type``
            (Indicator, Aggregate, Group, Denominator, Other), ``Denominator``, ``Target``.

        Raises
        ------
        FrameworkError
            If a column is missing, a name is there twice, a parent is unknown or not one level
            up, the parents form a loop, or there is not exactly one index.
        """
        for column in _NEEDED:
            if column not in meta.columns:
                raise FrameworkError(
                    f"meta table: no column {column!r}; it has {', '.join(map(str, meta.columns))}"
                )
        doubled = meta["iCode"][meta["iCode"].duplicated()]
        if len(doubled):
            raise FrameworkError(
                f"meta table: iCode {doubled.iloc[0]!r} is there more than once; rename one of them"
            )
        placed = meta[meta["Level"].notna()]
        types = meta["Type"] if "Type" in meta.columns else pd.Series("", index=meta.index)
        return cls(
            elements=tuple(_element(row) for row in placed.to_dict("records")),
            groups=tuple(meta["iCode"][types == "Group"]),
            denominators=tuple(meta["iCode"][types == "Denominator"]),
        )

    @classmethod
    def from_schema(cls, indicators: Iterable[str], schema: Schema) -> Framework:
        """Group indicators of the schema into one pillar a family, equally weighted.

        Parameters
        ----------
        indicators : iterable of str
            Codes, such as the columns of a panel.
        schema : Schema

        Raises
        ------
        FrameworkError
            If there is no indicator, or one that the schema does not know.
        """
        elements: list[Element] = []
        families: dict[str, None] = {}
        for code in indicators:
            if code not in schema.indicators:
                raise FrameworkError(
                    f"no indicator {code!r} in the schema; give a meta table, or extend the schema"
                )
            known = schema.indicators[code]
            families[known.family] = None
            elements.append(Element(code, known.label_en, 1, known.family, known.direction))
        if not elements:
            raise FrameworkError("the data hold no indicators; an index needs at least one")
        for family in families:
            elements.append(Element(family, schema.families[family].label_en, 2, _INDEX))
        elements.append(Element(_INDEX, _INDEX, 3, ""))
        return cls(tuple(elements))

    @cached_property
    def _by_code(self) -> dict[str, Element]:
        return {element.code: element for element in self.elements}

    def __getitem__(self, code: str) -> Element:
        try:
            return self._by_code[code]
        except KeyError:
            raise FrameworkError(
                f"no element {code!r} in the framework; it has {', '.join(self._by_code)}"
            ) from None

    @property
    def n_levels(self) -> int:
        """Number of levels, indicators and index included."""
        return max(element.level for element in self.elements)

    @property
    def index(self) -> str:
        """Code of the index."""
        return self.codes(self.n_levels)[0]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the first level, in order."""
        return self.codes(1)

    @property
    def aggregates(self) -> tuple[str, ...]:
        """Codes above the first level, from the index down."""
        levels = range(self.n_levels, 1, -1)
        return tuple(
            code for level in levels for code in sorted(self.codes(level), key=self._place)
        )

    def _place(self, code: str) -> tuple[str, int]:
        return self[code].parent, list(self._by_code).index(code)

    def codes(self, level: int) -> tuple[str, ...]:
        """Return the codes of a level, in order."""
        return tuple(element.code for element in self.elements if element.level == level)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for element in self.elements:
            below.setdefault(element.parent, []).append(element.code)
        return {parent: tuple(codes) for parent, codes in below.items()}

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes directly below an aggregate."""
        return self._children.get(code, ())

    def ancestor(self, code: str, level: int) -> str:
        """Return the code above `code` at `level`, or `code` itself where it stands there."""
        while self[code].level < level:
            code = self[code].parent
        return code

    def indicators_below(self, code: str) -> tuple[str, ...]:
        """Return the indicators that an aggregate is made of."""
        level = self[code].level
        return tuple(i for i in self.indicators if self.ancestor(i, level) == code)

    def weights(self) -> pd.Series[float]:
        """Return the weights as given, by code."""
        return pd.Series(
            {element.code: element.weight for element in self.elements}, dtype="float64"
        )

    def with_weights(self, weights: Mapping[str, float] | pd.Series[float]) -> Framework:
        """Return the framework with other weights; elements not named keep theirs.

        Raises
        ------
        FrameworkError
            If a name is unknown.
        """
        given = {str(code): float(weight) for code, weight in dict(weights).items()}
        for code in given:
            _ = self[code]
        return replace(
            self,
            elements=tuple(
                replace(element, weight=given.get(element.code, element.weight))
                for element in self.elements
            ),
        )

    def without(self, codes: Iterable[str]) -> Framework:
        """Return the framework without some indicators and the aggregates they leave empty."""
        gone = set(codes)
        kept = [element for element in self.elements if element.code not in gone]
        while True:
            parents = {element.parent for element in kept}
            full = [e for e in kept if e.level == 1 or e.code in parents]
            if len(full) == len(kept):
                return replace(self, elements=tuple(kept))
            kept = full

    def effective_weights(self, weights: pd.Series[float] | None = None) -> pd.Series[float]:
        """Return each element's share in the index.

        Parameters
        ----------
        weights : Series, optional
            By code; by default the framework's own.

        Returns
        -------
        Series of float
            By code; the elements of one level sum to 1.
        """
        own = self.weights() if weights is None else weights
        shares: dict[str, float] = {}
        for level in range(self.n_levels, 0, -1):
            for code in self.codes(level):
                parent = self[code].parent
                siblings = [own[sibling] for sibling in self.children(parent)] if parent else [1.0]
                weight = own[code] if parent else 1.0
                shares[code] = weight / sum(siblings) * shares.get(parent, 1.0)
        return pd.Series({element.code: shares[element.code] for element in self.elements})

    def to_meta(self) -> pd.DataFrame:
        """Return the framework as a meta table."""
        return pd.DataFrame(
            [
                {
                    "iCode": element.code,
                    "iName": element.name,
                    "Level": element.level,
                    "Parent": element.parent,
                    "Direction": element.direction,
                    "Weight": element.weight,
                    "Denominator": element.denominator,
                    "Type": "Indicator" if element.level == 1 else "Aggregate",
                }
                for element in self.elements
            ]
        )


def _element(row: Mapping[object, object]) -> Element:
    def text(column: str) -> str:
        value = row.get(column)
        return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]

    def number(column: str, default: float) -> float:
        value = text(column)
        try:
            return float(value) if value else default
        except ValueError:
            raise FrameworkError(
                f"meta table, {text('iCode')!r}: {column} is {value!r}; expected a number"
            ) from None

    return Element(
        code=text("iCode"),
        name=text("iName") or text("iCode"),
        level=int(number("Level", 0)),
        parent=text("Parent"),
        direction=int(number("Direction", 1)),
        weight=number("Weight", 1.0),
        denominator=text("Denominator"),
        target=number("Target", 0.0) if text("Target") else None,
    )


def _check(elements: tuple[Element, ...]) -> None:
    if not elements:
        raise FrameworkError("the framework has no elements; give at least one indicator")
    codes = [element.code for element in elements]
    doubled = {code for code in codes if codes.count(code) > 1}
    if doubled:
        raise FrameworkError(f"framework: {min(doubled)!r} is there more than once")
    parents = {element.code: element.parent for element in elements}
    for code in codes:
        _refuse_loop(code, parents)
    by_code = {element.code: element for element in elements}
    for element in elements:
        _check_element(element, by_code)
    tops = [element.code for element in elements if not element.parent]
    if len(tops) != 1:
        raise FrameworkError(
            f"framework: elements without a parent: {', '.join(tops)}; expected one, the index"
        )
    filled = {element.parent for element in elements}
    for element in elements:
        if element.level > 1 and element.code not in filled:
            raise FrameworkError(
                f"framework, {element.code!r}: an aggregate of level {element.level} without "
                "children; drop it or name it as a parent"
            )


def _refuse_loop(code: str, parents: Mapping[str, str]) -> None:
    path = [code]
    while parent := parents.get(path[-1], ""):
        if parent in path:
            loop = [*path[path.index(parent) :], parent]
            raise FrameworkError(f"framework: the parents form a loop: {' -> '.join(loop)}")
        path.append(parent)


def _check_element(element: Element, by_code: Mapping[str, Element]) -> None:
    place = f"framework, {element.code!r}"
    if element.level < 1:
        raise FrameworkError(f"{place}: level {element.level}; expected 1 or more")
    if element.direction not in (1, -1):
        raise FrameworkError(f"{place}: direction {element.direction}; expected 1 or -1")
    if element.weight < 0:
        raise FrameworkError(f"{place}: weight {element.weight:g}; expected 0 or more")
    if element.parent and element.parent not in by_code:
        raise FrameworkError(
            f"{place}: unknown parent {element.parent!r}; add its row or correct the name"
        )
    if element.parent and by_code[element.parent].level != element.level + 1:
        raise FrameworkError(
            f"{place}: level {element.level} under parent {element.parent!r} of level "
            f"{by_code[element.parent].level}; a parent stands one level up"
        )
