"""District names to their official ones, with GB/T 2260 code and tier."""

from __future__ import annotations

import pandas as pd

from kjreport.places import AmbiguousPlaceError, UnknownPlaceError, resolve


def locate(observations: pd.DataFrame) -> pd.DataFrame:
    """Give every observation its district's official name, code and tier.

    Parameters
    ----------
    observations : DataFrame
        Any table with the columns ``report_id`` and ``area``, which may be empty or spelled in
        any way.

    Returns
    -------
    DataFrame
        A copy with the full official name in ``area`` and the columns ``gb_code`` and ``tier``.
        A name that the gazetteer does not know, or knows more than once, stays as it is with
        empty code and tier; an empty name becomes the ``report_id``, so that no report is lost.

    Examples
    --------
    >>> import pandas as pd
    >>> obs = pd.DataFrame({"report_id": ["a-2022", "b-2022"], "area": ["霍林郭勒市", ""]})
    >>> locate(obs)[["area", "gb_code"]].values.tolist()
    [['内蒙古自治区通辽市霍林郭勒市', '150581'], ['b-2022', '']]
    """
    named = observations["area"].where(observations["area"] != "", observations["report_id"])
    official = {name: official_place(name) for name in named.unique()}
    columns = {
        column: named.map({name: place[i] for name, place in official.items()}).astype("str")
        for i, column in enumerate(("area", "gb_code", "tier"))
    }
    return observations.assign(**columns)


def official_place(name: str) -> tuple[str, str, str]:
    """Return a place's full name, code and tier; the name alone where it is not known."""
    try:
        place = resolve(name)
    except (AmbiguousPlaceError, UnknownPlaceError):
        return name, "", ""
    return place.name, place.gb_code, place.tier
