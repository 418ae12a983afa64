"""What moved between two studies, or two makings of an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, overload

import pandas as pd
from scipy.optimize import linear_sum_assignment

from kjreport.composite import CompositeIndex
from kjreport.composite import compare as compare_indices
from kjreport.errors import KjreportError
from kjreport.profile import InnovationProfile
from kjreport.study import Study


@overload
def compare(before: Study, after: Study) -> pd.DataFrame: ...


@overload
def compare(
    before: CompositeIndex, after: CompositeIndex, *, element: str | None = None
) -> pd.DataFrame: ...


def compare(
    before: Study | CompositeIndex,
    after: Study | CompositeIndex,
    *,
    element: str | None = None,
) -> pd.DataFrame:
    """Show which districts changed their group and which their rank.

    Parameters
    ----------
    before, after : Study or CompositeIndex
        Two of a kind.
    element : str, optional
        Of two indices, the indicator or aggregate to compare, by default the index itself.

    Returns
    -------
    DataFrame
        One row a district of either, the largest move first. Of two studies:
        ``cluster_before`` and ``cluster_after`` as each model numbers them, ``regrouped``
        (whether the district left the company that its cluster mostly keeps), ``rank_before``,
        ``rank_after`` and ``moved`` (places won); NA where a study has no groups or ranks. Of
        two indices see `kjreport.composite.compare`. ``attrs["settings"]`` holds what was
        chosen differently.

    Raises
    ------
    KjreportError
        If the two are not of a kind.

    Examples
    --------
    >>> import kjreport as kj
    >>> meta = pd.DataFrame({"iCode": ["a", "b", "Index"], "Level": [1, 1, 2],
    ...                      "Parent": ["Index", "Index", None]})
    >>> panel = pd.DataFrame({"a": [1.0, 4.0, 9.0], "b": [8.0, 3.0, 1.0]},
    ...                      index=["甲市", "乙市", "丙市"])
    >>> index = kj.composite_index(panel, meta)
    >>> kj.compare(index, index.redo(weights={"a": 3.0, "b": 1.0})).attrs["settings"]
    {'weights': ("'given'", "{'a': 3.0, 'b': 1.0}")}
    """
    if isinstance(before, CompositeIndex) and isinstance(after, CompositeIndex):
        return compare_indices(before, after, element=element)
    if isinstance(before, Study) and isinstance(after, Study):
        if element is not None:
            raise KjreportError("element goes with two indices; give compare study.index of both")
        return _compare_studies(before, after)
    kinds = " and ".join(type(one).__name__ for one in (before, after))
    raise KjreportError(f"compare takes two studies or two indices, found {kinds}")


def _compare_studies(before: Study, after: Study) -> pd.DataFrame:
    districts = before.panel.index.union(after.panel.index)
    moved = pd.DataFrame(
        {
            "cluster_before": _clusters(before.model, districts),
            "cluster_after": _clusters(after.model, districts),
        }
    )
    moved["regrouped"] = _regrouped(moved["cluster_before"], moved["cluster_after"])
    moved["rank_before"] = _ranks(before.index, districts)
    moved["rank_after"] = _ranks(after.index, districts)
    moved["moved"] = moved["rank_before"] - moved["rank_after"]
    places = moved["moved"].abs().fillna(0)
    order = pd.DataFrame({"regrouped": moved["regrouped"].fillna(False), "places": places})
    order = order.sort_values(["regrouped", "places"], ascending=False, kind="stable")
    moved = moved.loc[order.index]
    first, second = dict(_flat(before.parameters)), dict(_flat(after.parameters))
    moved.attrs["settings"] = {
        name: (first[name], second[name]) for name in first if first[name] != second[name]
    }
    return moved


def _clusters(model: InnovationProfile | None, districts: pd.Index) -> pd.Series[Any]:
    if model is None:
        return pd.Series(pd.NA, index=districts, dtype="Int64")
    return model.table_.set_index("area")["cluster"].reindex(districts).astype("Int64")


def _ranks(index: CompositeIndex | None, districts: pd.Index) -> pd.Series[Any]:
    if index is None:
        return pd.Series(pd.NA, index=districts, dtype="Int64")
    return index.ranks[index.framework.index].reindex(districts).astype("Int64")


def _regrouped(before: pd.Series[Any], after: pd.Series[Any]) -> pd.Series[Any]:
    """Tell who changed company, after pairing the clusters that share most districts."""
    both = before.notna() & after.notna()
    inside = both & before.ge(0) & after.ge(0)
    shared = pd.crosstab(before[inside], after[inside])
    rows, columns = linear_sum_assignment(-shared.to_numpy())
    partner = dict(zip(shared.index[rows], shared.columns[columns], strict=True)) | {-1: -1}
    # Who was in a cluster without a partner, one that dissolved, changed company.
    stayed = (before[both].map(partner).astype("Int64") == after[both]).fillna(False)
    return (~stayed).astype("boolean").reindex(before.index)


def _flat(record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield every choice of a study, one level of stages deep, as it prints."""
    for name, value in record.items():
        if isinstance(value, Mapping) and not above:
            yield from _flat(value, f"{name}.")
        else:
            yield f"{above}{name}", repr(value)
