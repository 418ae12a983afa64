"""Labels that neither cover each other nor the points they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from kjreport.plot.theme import QUIET

# Offsets in points, the nearest first; beyond the first ring a line leads to the label.
_RINGS: Final = (6.0, 14.0, 24.0, 36.0, 50.0, 68.0)
_DIRECTIONS: Final = tuple(
    (round(float(np.cos(angle)), 3), round(float(np.sin(angle)), 3))
    for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False)
)
_LEADER_FROM: Final = 10.0
_FONT_SIZE: Final = 8


def place_labels(ax: Axes, points: Sequence[tuple[float, float]], labels: Sequence[str]) -> None:
    """Write a label beside each point.

    Parameters
    ----------
    ax : Axes
        Its limits must be set; the labels keep within them.
    points : sequence of (x, y)
    labels : sequence of str
    """
    figure = ax.figure
    figure.canvas.draw()
    pixels = ax.transData.transform(np.asarray(points, dtype="float64"))
    scale = figure.dpi / 72
    frame = ax.get_window_extent()
    taken = [
        Bbox.from_bounds(x - 5 * scale, y - 5 * scale, 10 * scale, 10 * scale) for x, y in pixels
    ]
    # The most crowded points choose first.
    distances = np.linalg.norm(pixels[:, np.newaxis] - pixels, axis=2)
    crowding = (distances < 60 * scale).sum(axis=1)
    for i in np.lexsort((np.arange(len(pixels)), -crowding)):
        probe = ax.text(0, 0, labels[i], fontsize=_FONT_SIZE)
        size = probe.get_window_extent()
        probe.remove()
        box = _free_box(pixels[i], size, taken, frame, scale, int(i))
        taken.append(box)
        gap = np.hypot(
            max(box.x0 - pixels[i, 0], 0, pixels[i, 0] - box.x1),
            max(box.y0 - pixels[i, 1], 0, pixels[i, 1] - box.y1),
        )
        leader = {"arrowstyle": "-", "color": QUIET, "lw": 0.5, "shrinkA": 0, "shrinkB": 3}
        label = ax.annotate(
            labels[i],
            points[i],
            xytext=((box.x0 - pixels[i, 0]) / scale, (box.y0 - pixels[i, 1]) / scale),
            textcoords="offset points",
            va="bottom",
            fontsize=_FONT_SIZE,
            arrowprops=leader if gap > _LEADER_FROM * scale else None,
        )
        label.set_in_layout(False)


def _free_box(
    pixel: NDArray[np.float64],
    size: Bbox,
    taken: Sequence[Bbox],
    frame: Bbox,
    scale: float,
    own: int,
) -> Bbox:
    """Find the nearest place that covers nothing, or else the one that covers least."""
    best, least = None, np.inf
    for ring, (dx, dy) in product(_RINGS, _DIRECTIONS):
        x = pixel[0] + dx * ring * scale + (dx - 1) / 2 * size.width
        y = pixel[1] + dy * ring * scale + (dy - 1) / 2 * size.height
        box = Bbox.from_bounds(x, y, size.width, size.height)
        cost = _overlap(box, taken, own) + 4 * _outside(box, frame)
        if best is None or cost < least - 1e-9:
            best, least = box, cost
        if cost == 0:
            break
    return size if best is None else best


def _overlap(box: Bbox, taken: Sequence[Bbox], own: int) -> float:
    area = 0.0
    for number, other in enumerate(taken):
        if number != own:
            width = min(box.x1, other.x1) - max(box.x0, other.x0)
            height = min(box.y1, other.y1) - max(box.y0, other.y0)
            area += max(width, 0) * max(height, 0)
    return area


def _outside(box: Bbox, frame: Bbox) -> float:
    width = max(frame.x0 - box.x0, 0) + max(box.x1 - frame.x1, 0)
    height = max(frame.y0 - box.y0, 0) + max(box.y1 - frame.y1, 0)
    return float(width * box.height + height * box.width)
