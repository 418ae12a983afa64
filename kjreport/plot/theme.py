"""Fonts, colours and the axes that every figure starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, Final, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pylopdf_fonts_zh_cn import sans_path

P = ParamSpec("P")
T = TypeVar("T")

INK: Final = "#222222"
QUIET: Final = "#6b6b6b"
PAPER: Final = "#ffffff"
NOTHING: Final = "#e9e9e9"

# Okabe and Ito's colours, which people with any colour vision tell apart, the palest last.
CLUSTER_COLOURS: Final = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#e69f00",
    "#56b4e9",
    "#5d3a9b",
    "#8c6d1f",
)
CLUSTER_MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "h")
NO_CLUSTER: Final = "#9a9a9a"

FAMILY_COLOURS: Final = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#d55e00",
    "#56b4e9",
    "#5d3a9b",
    "#f0e442",
    "#999999",
)

REASON_COLOURS: Final = {
    "reported": "#0072b2",
    "masked": "#3a3a3a",
    "not comparable": "#8a8a8a",
    "not reported": NOTHING,
}
REASON_HATCHES: Final = {
    "reported": "",
    "masked": "xxxx",
    "not comparable": "////",
    "not reported": "",
}


_STYLE: Final[dict[Any, Any]] = {
    "axes.unicode_minus": False,
    "axes.edgecolor": "#b0b0b0",
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titleweight": "normal",
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "figure.dpi": 110,
    "savefig.dpi": 160,
    "svg.hashsalt": "kjreport",
    "svg.fonttype": "path",
}


@contextmanager
def theme() -> Iterator[None]:
    """Draw in the package's style, leaving the user's settings as they were."""
    with mpl.rc_context():
        # The theme resets the fonts, so they are set after it.
        sns.set_theme(context="notebook", style="ticks", font_scale=0.85)
        # A family by name is kept by every text; `sans-serif` would be looked up again when
        # the figure is drawn, by then under the user's settings.
        mpl.rcParams["font.family"] = [_chinese_family(), "DejaVu Sans"]
        mpl.rcParams.update(_STYLE)
        yield


def themed(draw: Callable[P, T]) -> Callable[P, T]:
    """Run a figure function in the package's style."""

    @wraps(draw)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        with theme():
            return draw(*args, **kwargs)

    return inner


def axes_of(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the axes given, or those of a new figure of that size in inches."""
    if ax is not None:
        return ax
    _, new = plt.subplots(figsize=(width, height), layout="constrained")
    return new


def figure_of(ax: Axes) -> Figure:
    """Return the figure that axes stand in, whatever subfigures lie between."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes were taken out of their figure")
    return figure


def cluster_colour(cluster: int) -> str:
    """Return the colour of a cluster; grey for none."""
    return NO_CLUSTER if cluster < 0 else CLUSTER_COLOURS[cluster % len(CLUSTER_COLOURS)]


def say_nothing(ax: Axes, message: str) -> Axes:
    """Put a sentence where there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, message, ha="center", va="center", color=QUIET, transform=ax.transAxes)
    return ax


@cache
def _chinese_family() -> str:
    path = str(sans_path())
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())
