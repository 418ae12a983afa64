"""District names to one spelling, with GB/T 2260 code and tier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pandas as pd

from kjreport.errors import KjreportError


class ResolvedPlace(Protocol):
    """What the panel needs to know of a place."""

    @property
    def gb_code(self) -> str:
        """Code of GB/T 2260."""

    @property
    def tier(self) -> str:
        """One of province, prefecture, county, zone."""


Resolve = Callable[[str], ResolvedPlace]


def locate(observations: pd.DataFrame, *, resolve: Resolve | None = None) -> pd.DataFrame:
    """Give every observation its district's code and tier, and the district one spelling.

    Parameters
    ----------
    observations : DataFrame
        Observation table; ``area`` may be empty or spelled in any way.
    resolve : callable, optional
        From a name to a place; by default ``kjreport.places.resolve``.

    Returns
    -------
    DataFrame
        A copy with the columns ``gb_code`` and ``tier``. Spellings of one code become the
        longest among them. A name that the gazetteer does not know, or knows more than once,
        stays as it is with empty code and tier; an empty name becomes the ``report_id``, so
        that no report is lost.

    Examples
    --------
    >>> import pandas as pd
    >>> obs = pd.DataFrame({"report_id": ["unknown-2022"], "area": [""]})
    >>> locate(obs)[["area", "gb_code", "tier"]].values.tolist()
    [['unknown-2022', '', '']]
    """
    resolver = _gazetteer if resolve is None else resolve
    named = observations["area"].where(observations["area"] != "", observations["report_id"])
    found = {name: _code_and_tier(name, resolver) for name in sorted(named.unique())}
    spelling: dict[str, str] = {}
    for name, (code, tier) in found.items():
        # A development zone may stand under its parent city's code without being that city.
        key = code if code and tier != "zone" else name
        spelling[key] = max(spelling.get(key, ""), name, key=len)
    return observations.assign(
        area=named.map(
            {
                name: spelling[code if code and tier != "zone" else name]
                for name, (code, tier) in found.items()
            }
        ).astype("str"),
        gb_code=named.map({name: code for name, (code, _) in found.items()}).astype("str"),
        tier=named.map({name: tier for name, (_, tier) in found.items()}).astype("str"),
    )


def _gazetteer(name: str) -> ResolvedPlace:
    from kjreport import places

    if not hasattr(places, "resolve"):
        raise KjreportError(f"{name!r}: no gazetteer")
    place: ResolvedPlace = places.resolve(name)
    return place


def _code_and_tier(name: str, resolve: Resolve) -> tuple[str, str]:
    try:
        place = resolve(name)
    except KjreportError:
        return "", ""
    return place.gb_code or "", place.tier
