"""The features of a profile: indicators, emphasis and stance as weighted blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kjreport.profile.frames import DataError, Matrix
from kjreport.profile.impute import Imputer
from kjreport.profile.partition import Sample
from kjreport.profile.treat import OutlierTreatment

SOURCES: Final = ("indicators", "emphasis", "stance")


@dataclass(frozen=True)
class Block:
    """The features of one source.

    Attributes
    ----------
    source : {"indicators", "emphasis", "stance"}
    values : DataFrame of shape (n_districts, n_features)
    weight : float
        Share of the block in the distances, relative to the other blocks.
    """

    source: str
    values: pd.DataFrame
    weight: float


def shares_block(shares: pd.DataFrame, source: str, districts: pd.Index, weight: float) -> Block:
    """Make a block of shares that sum to one, such as a report's emphasis.

    The square root (Hellinger) lets a change from 1 % to 4 % weigh as much as one from 25 % to
    36 %, and takes zeros. Families that no report mentions say nothing and are left out.

    Parameters
    ----------
    shares : DataFrame
        One row a district, in any order; districts without a row get gaps.
    source : str
        Name of the source; features are called ``source:column``.
    districts : Index
    weight : float

    Raises
    ------
    DataError
        If no district has a row, a value is negative, or all districts are the same.
    """
    known = districts.intersection(shares.index)
    if known.empty:
        raise DataError(
            f"{source} has no row for any district; its index has to name them as the panel does"
        )
    if (shares.to_numpy(dtype="float64") < 0).any():
        raise DataError(f"{source} holds a negative share")
    values = shares.astype("float64").pow(0.5).reindex(districts)
    varied = values.loc[:, values.nunique() > 1]
    if varied.empty:
        raise DataError(f"{source} is the same for every district; leave the source out")
    return Block(source, varied.add_prefix(f"{source}:"), weight)


def feature_sources(blocks: list[Block]) -> pd.Series[str]:
    """Name the source of every feature."""
    return pd.Series(
        {name: block.source for block in blocks for name in block.values.columns}, dtype="str"
    )


def standardise(blocks: list[Block], outliers: str) -> tuple[pd.DataFrame, Matrix]:
    """Put all features on one scale.

    Parameters
    ----------
    blocks : list of Block
    outliers : {"treat", "keep"}
        Whether indicators go through ``OutlierTreatment``.

    Returns
    -------
    features : DataFrame
        Means 0 and standard deviations 1 over what is known.
    weights : ndarray of shape (n_features,)
        Factors that give each block its share in squared distances, their sum staying that of
        unweighted features.
    """
    columns, weights = [], []
    total = sum(block.weight for block in blocks)
    n_features = sum(block.values.shape[1] for block in blocks)
    for block in blocks:
        values = block.values
        if block.source == "indicators" and outliers == "treat":
            values = OutlierTreatment().set_output(transform="pandas").fit_transform(values)
        columns.append((values - values.mean()) / values.std(ddof=0))
        share = block.weight / total * n_features / values.shape[1]
        weights.append(np.full(values.shape[1], np.sqrt(share)))
    return pd.concat(columns, axis=1), np.concatenate(weights)


@dataclass(frozen=True)
class Filler:
    """How gaps are filled before clustering.

    Attributes
    ----------
    strategy : str
        Of ``Imputer``.
    n_neighbors : int
    weights : ndarray of shape (n_features,)
        Applied after filling.
    """

    strategy: str
    n_neighbors: int
    weights: Matrix

    def fill(self, standard: Matrix, *, seed: int = 0, draw: bool = False) -> Sample:
        """Fill the gaps of standardised features.

        Parameters
        ----------
        standard : ndarray of shape (n, p)
        seed : int
        draw : bool, default=False
            Draw from the predictive distribution rather than take its mean.
        """
        strategy = "iterative" if draw else self.strategy
        # A neighbourhood of most of the sample would pull every gap to the middle.
        neighbours = max(1, min(self.n_neighbors, len(standard) // 3))
        imputer = Imputer(
            strategy,  # type: ignore[arg-type]
            n_neighbors=neighbours,
            max_iter=5,
            sample=draw,
            random_state=seed,
        )
        filled = imputer.fit_transform(standard) if np.isnan(standard).any() else standard
        return Sample(np.asarray(filled) * self.weights, standard * self.weights)


def source_weights(
    sources: tuple[str, ...], weights: Mapping[str, float] | None
) -> dict[str, float]:
    """Check and complete the weights of the sources.

    Raises
    ------
    DataError
        If a source is unknown, or a weight negative or not a number.
    """
    for source in [*sources, *(weights or {})]:
        if source not in SOURCES:
            raise DataError(f"unknown source {source!r}; take from {', '.join(SOURCES)}")
    complete = {source: float((weights or {}).get(source, 1.0)) for source in sources}
    for source, weight in complete.items():
        if not weight >= 0 or not np.isfinite(weight):
            raise DataError(f"weight of {source} is {weight}; expected a number from 0 up")
    if not sum(complete.values()) > 0:
        raise DataError("all sources have weight 0; give one of them a weight")
    return complete
