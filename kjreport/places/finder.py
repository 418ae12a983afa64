"""Places named in running text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kjreport.places.gazetteer import ZONE_SUFFIXES, gazetteer, resolve
from kjreport.places.place import AmbiguousPlaceError, Place, UnknownPlaceError
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
# Short official names, such as 兴县 in 复兴县域, stand for a place only behind another.
_SHORTEST: Final = 3
# Official names are also the beginning of a word: 白银市场, 开发区域.
_RUNS_ON: Final = _WORDS.words("runs_on")
_BEHIND_SHORT_NAME: Final = _WORDS.pattern("behind_short_name")


class Mention(NamedTuple):
    """A place and where a text names it."""

    place: Place
    start: int
    end: int


def find(text: str) -> list[Place]:
    """Return the places that `text` names, in order, each once.

    Names are taken as long as they go: ``通辽市霍林郭勒市`` is one place. A short
    name such as ``白银`` is too often a word: alone it counts only before the
    name of a zone, of a bureau (科技…) or a year. Ambiguous names are left out.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Place

    Examples
    --------
    >>> [place.name for place in find("通辽市霍林郭勒市和荆州市的科技工作")]
    ['内蒙古自治区通辽市霍林郭勒市', '湖北省荆州市']
    """
    return list(dict.fromkeys(mention.place for mention in mentions(text)))


def mentions(text: str) -> Iterator[Mention]:
    """Yield each naming of a place in `text`, as `find` understands it, with its offsets."""
    for start, end in _chains(text):
        try:
            yield Mention(resolve(text[start:end]), start, end)
        except (AmbiguousPlaceError, UnknownPlaceError):
            continue


def _chains(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of adjoining names that can stand for a place."""
    names, automaton = _automaton()
    start = end = -1
    last = ""
    for index, begin, stop in [*automaton.find_matches_as_indexes(text), (-1, -1, -1)]:
        if begin != end:
            if start >= 0 and _counts(text, start, end, last):
                yield start, end
            start = begin
        end, last = stop, names[index]


def _counts(text: str, start: int, end: int, last: str) -> bool:
    if last in ZONE_SUFFIXES:
        return text[start:end] != last
    if text.startswith(_RUNS_ON, end):
        return False
    alone = text[start:end] == last
    if last in _official():
        return not alone or len(last) >= _SHORTEST
    return not alone or _BEHIND_SHORT_NAME.match(text, end) is not None


@cache
def _official() -> frozenset[str]:
    return frozenset(place.own_name for place in gazetteer().places)


@cache
def _automaton() -> tuple[list[str], AhoCorasick]:
    book = gazetteer()
    names = set(ZONE_SUFFIXES)
    for place in book.places:
        official, *others = book.names_of(place)
        # Short names of counties (和平, 城关) are words first.
        names.update((official,) if place.tier == "county" else (official, *others))
    listed = sorted(names)
    return listed, AhoCorasick(listed, matchkind=MatchKind.LeftmostLongest)
