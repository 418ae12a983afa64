"""Tables, figures and links as fragments of HTML in which everything foreign is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

import matplotlib.pyplot as plt
from markupsafe import Markup
from matplotlib.axes import Axes

from kjreport.brief.marks import link, printable
from kjreport.plot import theme

AUDIT_PAGE: Final = "audit.html"


class Fragment(Markup):
    """HTML that a notebook shows as such; joining plain text to it escapes the text."""

    def _repr_html_(self) -> str:
        return str(self)


def join(parts: Iterable[str]) -> Fragment:
    """Return the parts one after the other, escaping those that are plain text.

    Examples
    --------
    >>> str(join([Fragment("<p>"), "a < b", Fragment("</p>")]))
    '<p>a &lt; b</p>'
    """
    return Fragment("").join(parts)


def element(name: str, content: str, **attributes: str) -> Fragment:
    """Return an element; a trailing underscore of an attribute's name is left out.

    Examples
    --------
    >>> str(element("td", "5 > 3", class_="number"))
    '<td class="number">5 &gt; 3</td>'
    """
    given = Fragment("").join(
        Fragment(' {}="{}"').format(Fragment(key.rstrip("_")), printable(value))
        for key, value in attributes.items()
    )
    tag = Fragment(name)
    text = content if isinstance(content, Markup) else printable(content)
    return Fragment("<{}{}>{}</{}>").format(tag, given, text, tag)


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: int, class_: str = ""
) -> Fragment:
    """Return a table of cells that are text or fragments.

    Parameters
    ----------
    head : sequence of str
    rows : iterable of sequence of str
        As long as `head`.
    numeric : int
        How many columns, counted from the right, hold numbers and are set flush right.
    class_ : str
        Of the table element.
    """
    first_number = len(head) - numeric
    columns = ["text" if place < first_number else "number" for place in range(len(head))]

    def cells(name: str, texts: Sequence[str]) -> Fragment:
        paired = zip(columns, texts, strict=True)
        return join(element(name, text, class_=column) for column, text in paired)

    header = element("thead", element("tr", cells("th", head)))
    body = element("tbody", join(element("tr", cells("td", row)) for row in rows))
    scroll = element("table", header + body, class_=class_)
    return element("div", scroll, class_="table")


def bullets(items: Iterable[str]) -> Fragment:
    """Return a list of points."""
    return element("ul", join(element("li", item) for item in items))


def figure(axes: Axes, caption: str) -> Fragment:
    """Return the figure of `axes` as an image inside the page, with its caption."""
    drawing = axes.get_figure(root=True)
    assert drawing is not None, "axes that belong to no figure"
    stream = BytesIO()
    with theme():
        drawing.savefig(stream, format="svg", metadata={"Date": None})
    # A notebook would show the figure a second time.
    plt.close(drawing)
    data = b64encode(stream.getvalue()).decode()
    image = Fragment('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(data, caption)
    return element("figure", image + element("figcaption", caption))


def sourced(text: str, places: Sequence[str], *, title: str = "") -> Fragment:
    """Return `text` as a link to the first of its places in the audit page.

    Parameters
    ----------
    text : str
    places : sequence of str
        Spans as the panel names them, ``report_id:start-end``.
    title : str
        What the browser shows when the number is pointed at.

    Examples
    --------
    >>> str(sourced("16", ["longgang-2022:119-122"]))
    '<a href="audit.html#longgang-2022-119">16</a>'
    """
    if not places:
        return Fragment("{}").format(text)
    report_id, _, span = places[0].rpartition(":")
    address = link(AUDIT_PAGE, report_id, int(span.partition("-")[0]))
    return element("a", text, href=address, **({"title": title} if title else {}))
