"""k-means on many small samples at once.

Stability needs thousands of runs on a hundred districts. Started one by one, the overhead of
each run outweighs its arithmetic; as one stack of matrices they cost two products a round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kjreport.profile.frames import Labels, Matrix

_MAX_ROUNDS = 100
# Distances held at a time, in numbers: 64 MB.
_CHUNK = 8_000_000

Stack = NDArray[np.float64]


def kmeans_stack(
    samples: Stack, present: NDArray[np.bool_], k: int, n_init: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Cluster each of several samples by k-means, the best of ``n_init`` starts.

    Parameters
    ----------
    samples : ndarray of shape (n_samples, n, p) or (1, n, p)
        One shared matrix where the samples differ only in the rows they contain.
    present : ndarray of bool, shape (n_samples, n)
        Rows that belong to each sample; at least ``k`` in each.
    k : int
    n_init : int
    rng : Generator

    Returns
    -------
    ndarray of int, shape (n_samples, n)
        Labels 0 to k - 1; -1 for rows that are absent.
    """
    n_samples, n = present.shape
    size = max(1, _CHUNK // (n * k * n_init))
    labels = np.empty((n_samples, n), dtype=np.int64)
    for begin in range(0, n_samples, size):
        part = slice(begin, begin + size)
        shared = samples if len(samples) == 1 else samples[part]
        labels[part] = _best_of_starts(shared, present[part], k, n_init, rng)
    return labels


def kmeans(X: Matrix, k: int, n_init: int, rng: np.random.Generator) -> Labels:
    """Cluster one sample; see ``kmeans_stack``.

    Examples
    --------
    >>> X = np.array([[0.0], [0.1], [5.0], [5.1]])
    >>> labels = kmeans(X, 2, 3, np.random.default_rng(0))
    >>> bool(labels[0] == labels[1] != labels[2] == labels[3])
    True
    """
    present = np.ones((1, len(X)), dtype=bool)
    labels: Labels = kmeans_stack(X[np.newaxis], present, k, n_init, rng)[0]
    return labels


def _best_of_starts(
    samples: Stack, present: NDArray[np.bool_], k: int, n_init: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    n_samples, n = present.shape
    runs = n_samples * n_init
    in_run = np.repeat(present, n_init, axis=0)
    X = samples if len(samples) == 1 else np.repeat(samples, n_init, axis=0)
    norms = (X**2).sum(axis=2)
    centres = _seed(X, norms, in_run, k, rng)
    labels = np.full((runs, n), -1, dtype=np.int64)
    active = np.arange(runs)
    inertia = np.zeros(runs)
    for _ in range(_MAX_ROUNDS):
        X_active = X if len(X) == 1 else X[active]
        norms_active = norms if len(norms) == 1 else norms[active]
        distances = _distances(X_active, norms_active, centres[active])
        nearest = distances.argmin(axis=2)
        nearest[~in_run[active]] = -1
        inertia[active] = np.where(in_run[active], distances.min(axis=2), 0.0).sum(axis=1)
        moved = (nearest != labels[active]).any(axis=1)
        labels[active] = nearest
        active = active[moved]
        if not len(active):
            break
        X_moved = X_active if len(X_active) == 1 else X_active[moved]
        centres[active] = _means(X_moved, labels[active], centres[active], distances[moved])
    best = inertia.reshape(n_samples, n_init).argmin(axis=1)
    chosen: NDArray[np.int64] = labels.reshape(n_samples, n_init, n)[np.arange(n_samples), best]
    return chosen


def _seed(
    X: Stack, norms: Stack, in_run: NDArray[np.bool_], k: int, rng: np.random.Generator
) -> Stack:
    """Draw starting centres by k-means++, so that starts differ and none is far off."""
    runs, _ = in_run.shape
    centres = np.empty((runs, k, X.shape[2]))
    chances = in_run.astype("float64")
    closest = np.full(in_run.shape, np.inf)
    for j in range(k):
        cumulative = chances.cumsum(axis=1)
        # Where all rows coincide with a centre any present row will do.
        stuck = cumulative[:, -1] <= 0
        cumulative[stuck] = in_run[stuck].cumsum(axis=1)
        drawn = rng.random(runs) * cumulative[:, -1]
        chosen = (cumulative <= drawn[:, np.newaxis]).sum(axis=1)
        centres[:, j] = X[0, chosen] if len(X) == 1 else X[np.arange(runs), chosen]
        to_centre = _distances(X, norms, centres[:, j : j + 1])[:, :, 0]
        closest = np.minimum(closest, np.maximum(to_centre, 0.0))
        chances = np.where(in_run, closest, 0.0)
    return centres


def _distances(X: Stack, norms: Stack, centres: Stack) -> Stack:
    """Squared Euclidean distances of every row to every centre, shape (runs, n, k)."""
    if len(X) == 1:
        runs, k, p = centres.shape
        products = (X[0] @ centres.reshape(runs * k, p).T).reshape(-1, runs, k).transpose(1, 0, 2)
    else:
        products = X @ centres.transpose(0, 2, 1)
    return np.asarray(
        norms[:, :, np.newaxis] - 2 * products + (centres**2).sum(axis=2)[:, np.newaxis, :]
    )


def _means(X: Stack, labels: NDArray[np.int64], centres: Stack, distances: Stack) -> Stack:
    k = centres.shape[1]
    member = (labels[:, np.newaxis, :] == np.arange(k)[:, np.newaxis]).astype("float64")
    sizes = member.sum(axis=2)
    sums = (
        np.matmul(member.reshape(-1, X.shape[1]), X[0]).reshape(centres.shape)
        if (len(X) == 1)
        else np.matmul(member, X)
    )
    means = sums / np.maximum(sizes, 1)[:, :, np.newaxis]
    for run, empty in np.argwhere(sizes == 0):
        # An empty cluster restarts at the row that its own centre serves worst.
        own = np.where(labels[run] >= 0, distances[run].min(axis=1), -np.inf)
        row = int(own.argmax())
        means[run, empty] = X[0 if len(X) == 1 else run, row]
        distances[run, row] = 0.0
    return np.asarray(means)
