"""Innovation profiles: clusters of districts with their stability and their reasons."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils._param_validation import Interval, StrOptions

from kjreport.profile.choice import CRITERIA, Criterion, candidate_numbers
from kjreport.profile.distinctive import distinctive_features, strongest
from kjreport.profile.features import (
    Block,
    Filler,
    feature_sources,
    shares_block,
    source_weights,
    standardise,
)
from kjreport.profile.frames import (
    DataError,
    Labels,
    column_names,
    numbers,
    refuse_duplicates,
    row_names,
)
from kjreport.profile.partition import CLUSTER_METHODS, Clusterer, ClusterMethod
from kjreport.profile.search import Found, Search, find_clusters
from kjreport.profile.stability import STABLE, Scheme
from kjreport.profile.words import profile_html, say_feature
from kjreport.schema import Lang, Schema

FEWEST_DISTRICTS: Final = 4


class NoStableClusterWarning(UserWarning):
    """The partition would not survive a second look; ``refusal_`` says why."""


class InnovationProfile(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Group districts by what they report and what they dwell on, and test the groups.

    Indicators are treated for outliers, standardised and, where a district reports nothing,
    filled from similar districts; the emphasis of the reports and their stance stand beside
    them as blocks of equal weight. The districts are clustered for every plausible number of
    clusters, and the clusters of the chosen number shaken by resampling.

    Parameters
    ----------
    n_clusters : int or "auto", default="auto"
    method : {"kmeans", "ward", "average", "gmm", "hdbscan"}, default="kmeans"
        ``average`` links on distances over what two districts both report, without filling;
        ``hdbscan`` finds the number of clusters itself and leaves outlying districts out.
    criterion : {"gap", "silhouette", "bic", "stability"}, default="gap"
        What chooses the number of clusters; all four stand in ``choice_``. The silhouette
        prefers two clusters where two of three lie close.
    max_clusters : int, default=8
    sources : sequence of {"indicators", "emphasis", "stance"}
        Which sources to use of those that ``fit`` is given.
    weights : mapping of str to float, optional
        Weight of each source; 1 where not named.
    outliers : {"treat", "keep"}, default="treat"
    imputation : {"knn", "iterative", "mean", "median"}, default="knn"
    n_neighbors : int, default=10
    n_imputations : int, default=1
        With more than one, gaps are drawn that many times from their predictive distribution
        and the clusters are those of the pooled consensus.
    min_cluster_size : int, default=5
        For ``hdbscan``.
    stability : sequence of {"bootstrap", "subset", "noise"}
    n_resamples : int, default=100
        Resamples of each scheme, and reference sets without clusters (of which there are at
        least 99).
    significance : float, default=0.05
        Greatest share of data without clusters that may look as clustered as these.
    n_init : int, default=10
    random_state : int or None, default=0

    Attributes
    ----------
    labels_ : ndarray of int, shape (n_districts,)
        From 0, the largest cluster, up; -1 for a district of which nothing is known, or that
        ``hdbscan`` leaves out.
    n_clusters_ : int
    refusal_ : str
        Why the clusters should not be used; empty where they hold.
    stability_ : DataFrame
        One row a cluster, see ``Stability.table``; ``verdict`` is ``unstable`` throughout
        where data without clusters look as clustered.
    consensus_ : ndarray of shape (n_districts, n_districts)
    choice_ : DataFrame
        Silhouette, gap, BIC and stability for each number of clusters.
    p_value_ : float
        Share of reference sets without clusters that reach the silhouette.
    silhouette_ : float
        Mean over districts; ``silhouette_samples_`` holds each district's.
    distinctive_ : DataFrame
        Effect size of every feature in every cluster, see ``distinctive_features``.
    table_ : DataFrame
        One row a district: ``area``, ``cluster``, ``label``, ``silhouette``, ``verdict``,
        ``known`` (share of the features that its report gives).
    features_ : DataFrame of shape (n_districts, n_features)
        Standardised, with gaps. ``filled_`` has them filled, ``sources_`` names the source of
        each, ``values_`` holds the original figures.
    linkage_ : ndarray
        Ward's tree of the districts ``linked_``, those of which something is known (average
        linkage for ``average``).

    References
    ----------
    C. Hennig (2007), Computational Statistics & Data Analysis 52, 258-271.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> rng = np.random.default_rng(0)
    >>> centres = np.repeat([[0, 0, 0, 0], [6, 0, 6, 0], [0, 6, 0, 6]], 12, axis=0)
    >>> columns = ["tech_smes", "patents", "rd_intensity", "makerspaces"]
    >>> panel = pd.DataFrame(centres + rng.normal(size=(36, 4)), columns=columns)
    >>> model = InnovationProfile(n_resamples=20).fit(panel)
    >>> model.n_clusters_, model.refusal_
    (3, '')
    """

    _parameter_constraints: dict[str, list[Any]] = {  # noqa: RUF012
        "n_clusters": [Interval(Integral, 1, None, closed="left"), StrOptions({"auto"})],
        "method": [StrOptions(set(CLUSTER_METHODS))],
        "criterion": [StrOptions(set(CRITERIA))],
        "max_clusters": [Interval(Integral, 2, None, closed="left")],
        "sources": [tuple, list],
        "weights": [Mapping, None],
        "outliers": [StrOptions({"treat", "keep"})],
        "imputation": [StrOptions({"knn", "iterative", "mean", "median"})],
        "n_neighbors": [Interval(Integral, 1, None, closed="left")],
        "n_imputations": [Interval(Integral, 1, None, closed="left")],
        "min_cluster_size": [Interval(Integral, 2, None, closed="left")],
        "stability": [tuple, list],
        "n_resamples": [Interval(Integral, 1, None, closed="left")],
        "significance": [Interval(Real, 0, 1, closed="both")],
        "n_init": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    }

    def __init__(
        self,
        n_clusters: int | Literal["auto"] = "auto",
        *,
        method: ClusterMethod = "kmeans",
        criterion: Criterion = "gap",
        max_clusters: int = 8,
        sources: Sequence[str] = ("indicators", "emphasis", "stance"),
        weights: Mapping[str, float] | None = None,
        outliers: Literal["treat", "keep"] = "treat",
        imputation: Literal["knn", "iterative", "mean", "median"] = "knn",
        n_neighbors: int = 10,
        n_imputations: int = 1,
        min_cluster_size: int = 5,
        stability: Sequence[Scheme] = ("bootstrap", "subset"),
        n_resamples: int = 100,
        significance: float = 0.05,
        n_init: int = 10,
        random_state: int | None = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.method = method
        self.criterion = criterion
        self.max_clusters = max_clusters
        self.sources = sources
        self.weights = weights
        self.outliers = outliers
        self.imputation = imputation
        self.n_neighbors = n_neighbors
        self.n_imputations = n_imputations
        self.min_cluster_size = min_cluster_size
        self.stability = stability
        self.n_resamples = n_resamples
        self.significance = significance
        self.n_init = n_init
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: object = None,
        *,
        emphasis: pd.DataFrame | None = None,
        stance: pd.DataFrame | None = None,
    ) -> InnovationProfile:
        """Cluster the districts.

        Parameters
        ----------
        X : array-like of shape (n_districts, n_indicators)
            The panel; NaN for a gap.
        y : ignored
        emphasis, stance : DataFrame, optional
            Shares by family, one row a district, indexed as the panel is.

        Returns
        -------
        InnovationProfile

        Raises
        ------
        DataError
            If there is one district only, as many clusters as districts, an indicator without
            any value or with one value throughout, or a name twice.

        Warns
        -----
        NoStableClusterWarning
            If ``refusal_`` is not empty.
        """
        self._validate_params()
        refuse_duplicates(X)
        values = numbers(self, X, fewest=2)
        panel = pd.DataFrame(
            values, index=row_names(X, len(values)), columns=column_names(X, values.shape[1])
        )
        blocks = self._blocks(panel, emphasis, stance)
        self.sources_ = feature_sources(blocks)
        self.values_ = pd.concat([block.values for block in blocks], axis=1)
        self.features_, weights = standardise(blocks, self.outliers)
        self._cluster(Filler(self.imputation, self.n_neighbors, weights))
        self.distinctive_ = distinctive_features(self.values_, self.labels_, self.sources_)
        self.table_ = self._table()
        if self.refusal_:
            warnings.warn(self.refusal_, NoStableClusterWarning, stacklevel=2)
        return self

    def cluster_label(
        self, cluster: int, *, lang: Lang = "zh", schema: Schema | None = None
    ) -> str:
        """Say in words what sets a cluster apart.

        Parameters
        ----------
        cluster : int
        lang : {"zh", "en"}, default="zh"
        schema : Schema, optional

        Examples
        --------
        >>> import pandas as pd
        >>> panel = pd.DataFrame({"patents": [1.0, 2, 3, 1, 30, 31, 29, 32]})
        >>> model = InnovationProfile(2, n_resamples=9, significance=1).fit(panel)
        >>> model.cluster_label(0, lang="en")
        'low: Patents'
        """
        schema = Schema.default() if schema is None else schema
        return say_feature(strongest(self.distinctive_, cluster), schema, lang)

    def _blocks(
        self, panel: pd.DataFrame, emphasis: pd.DataFrame | None, stance: pd.DataFrame | None
    ) -> list[Block]:
        weights = source_weights(tuple(self.sources), self.weights)
        blocks = []
        if weights.get("indicators"):
            _refuse_empty_and_constant(panel)
            blocks.append(Block("indicators", panel, weights["indicators"]))
        for source, shares in (("emphasis", emphasis), ("stance", stance)):
            if shares is not None and weights.get(source):
                refuse_duplicates(shares)
                blocks.append(shares_block(shares, source, panel.index, weights[source]))
        if not blocks:
            raise DataError("no features: the sources asked for were not given to fit")
        return blocks

    def _cluster(self, filler: Filler) -> None:
        standard = self.features_.to_numpy(dtype="float64")
        rows = np.flatnonzero(~np.isnan(standard).all(axis=1))
        search = Search(
            clusterer=Clusterer(self.method, self.n_init, self.min_cluster_size),
            numbers=self._numbers(len(rows)),
            criterion=self.criterion,
            schemes=tuple(self.stability),
            n_resamples=self.n_resamples,
            n_imputations=self.n_imputations,
        )
        found = find_clusters(standard[rows], filler, search, np.random.default_rng(self._seed()))
        self.choice_, self.p_value_ = found.choice, found.p_value
        self.n_clusters_ = int(found.labels.max(initial=-1)) + 1
        self._place(rows, found)
        self.stability_ = found.stability.table
        self.refusal_ = self._refusal()
        if self.p_value_ > self.significance:
            self.stability_ = self.stability_.assign(verdict="unstable")

    def _place(self, rows: Labels, found: Found) -> None:
        """Put what was found of some districts into tables of all of them."""
        n = len(self.features_)
        self.labels_ = np.full(n, -1, dtype=np.int64)
        self.labels_[rows] = found.labels
        self.silhouette_samples_ = np.full(n, np.nan)
        self.silhouette_samples_[rows] = found.silhouettes
        known = ~np.isnan(found.silhouettes)
        self.silhouette_ = float(found.silhouettes[known].mean()) if known.any() else np.nan
        self.consensus_ = np.eye(n)
        self.consensus_[np.ix_(rows, rows)] = found.stability.consensus
        self.filled_ = pd.DataFrame(
            np.nan, index=self.features_.index, columns=self.features_.columns
        )
        self.filled_.iloc[rows] = found.filled
        self.linkage_ = found.linkage
        self.linked_ = self.features_.index[rows]

    def _refusal(self) -> str:
        if self.n_clusters_ < 2:
            return "no stable cluster: the method finds fewer than two"
        if self.p_value_ > self.significance:
            return (
                f"no stable cluster: of data without clusters {self.p_value_:.0%} look as "
                f"clustered as these (silhouette {self.silhouette_:.2f})"
            )
        best = float(self.stability_.filter(like="jaccard_").min(axis=1).max())
        if best < STABLE:
            return (
                f"no stable cluster: the best comes back with a Jaccard similarity of "
                f"{best:.2f}, and {STABLE} is asked for"
            )
        return ""

    def _numbers(self, n: int) -> tuple[int, ...]:
        if n < FEWEST_DISTRICTS:
            raise DataError(f"{n} districts with figures; clusters need {FEWEST_DISTRICTS} or more")
        if self.n_clusters == "auto":
            return candidate_numbers(n, self.max_clusters)
        if self.n_clusters > n // 2:
            raise DataError(
                f"n_clusters={self.n_clusters} for {n} districts with figures; ask for at most "
                f"{n // 2}, so that a cluster has two districts on average"
            )
        return (int(self.n_clusters),)

    def _seed(self) -> int | None:
        state = self.random_state
        if isinstance(state, np.random.RandomState):
            return int(state.randint(2**31 - 1))
        return state

    def _table(self) -> pd.DataFrame:
        verdicts = dict(zip(self.stability_["cluster"], self.stability_["verdict"], strict=True))
        names = {cluster: self.cluster_label(cluster) for cluster in range(self.n_clusters_)}
        return pd.DataFrame(
            {
                "area": self.features_.index,
                "cluster": self.labels_,
                "label": [names.get(label, "") for label in self.labels_.tolist()],
                "silhouette": self.silhouette_samples_,
                "verdict": [verdicts.get(label, "") for label in self.labels_.tolist()],
                "known": self.features_.notna().mean(axis=1).to_numpy(),
            }
        )

    def _repr_html_(self) -> str:
        return profile_html(self) if hasattr(self, "table_") else f"<pre>{self!r}</pre>"

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _refuse_empty_and_constant(panel: pd.DataFrame) -> None:
    n_values = panel.nunique()
    empty = [str(name) for name in panel.columns[n_values == 0]]
    if empty:
        raise DataError(
            f"no district has a value of {', '.join(empty)}; leave such indicators out, "
            f"as kjreport.profile.FeatureScreen does"
        )
    constant = [str(name) for name in panel.columns[n_values == 1]]
    if constant:
        raise DataError(
            f"{', '.join(constant)}: one value throughout tells no districts apart; leave such "
            f"indicators out, as kjreport.profile.FeatureScreen does"
        )
