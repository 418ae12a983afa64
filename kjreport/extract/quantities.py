"""Find every number of a text and say what it is: a quantity with its unit, or none.

Works on the repaired text (see `kjreport.extract.repair`), in which digits are half-width
and nothing stands inside a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kjreport.extract.numerals import MAGNITUDES, number
from kjreport.extract.patterns import scanner
from kjreport.extract.units import Unit, units
from kjreport.vocabulary import vocabulary

# Kinds of numbers that speak of another number.
RATIOS: Final = frozenset({"percent", "point", "times", "rank", "place_change"})

_WORDS: Final = vocabulary(__file__)
_ORDER: Final = _WORDS.words("order")
_RANKED: Final = _WORDS.pattern("ranked")
_RANKING: Final = _WORDS.words("ranking")
_MOVED: Final = _WORDS.words("moved")
_COUNTERS_OF_PLACE: Final = frozenset(_WORDS.words("counters_of_place"))
_BEFORE_RATIO: Final = _WORDS.words("before_ratio")
_HALF: Final = frozenset(_WORDS.words("half"))
_MONEY_ALONE: Final = frozenset(_WORDS.words("money_alone"))
_PERSONS_BEFORE: Final = _WORDS.words("persons_before")
_UPWARDS: Final = _WORDS.pattern("upwards")
_ROUND: Final = frozenset(_WORDS.words("round"))
_NEIGHBOURS: Final = frozenset(_WORDS.words("neighbours"))
_ACQUIRED: Final = _WORDS.words("acquired")
_SPOKEN_OF: Final = _WORDS.words("spoken_of")
_SPOKEN_COUNTERS: Final = frozenset(_WORDS.words("spoken_counters"))
_SPOKEN_WITH_ONE: Final = frozenset(_WORDS.words("spoken_with_one"))
_SPOKEN_WITH_TEN: Final = frozenset(_WORDS.words("spoken_with_ten"))
_COUNTED_AS_NONE: Final = frozenset(_WORDS.words("counted_as_none"))
_SHORT_QUALIFIERS: Final = _WORDS.groups("no_qualifier")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DIGIT: Final = re.compile(r"\d")
# A round number from here on is a sum of money: 产值破千亿.
_LEAST_SUM: Final = 1e8
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# A minus (增长-5%), not a dash between two things.
_MINUS: Final = re.compile(r"(?<=[\u4e00-\u9fff])-")


@dataclass(slots=True)
class Quantity:
    """A number with its unit.

    Attributes
    ----------
    start, end : int
        Half-open span with unit and touching qualifiers.
    value, value_max : float or None
        In the base unit; None where masked or no range.
    unit : str
        Base unit of the schema.
    kind : str
        Class of the counter, such as ``firm`` or ``money``; see ``units.yaml``.
    qualifier : str
    masked : bool
    counter : str
        As printed; empty for a bare magnitude (1200万) and for shares in words.
    """

    start: int
    end: int
    value: float | None
    value_max: float | None
    unit: str
    kind: str
    qualifier: str = "exact"
    masked: bool = False
    counter: str = ""


@dataclass(slots=True)
class NoQuantity:
    """A number that measures nothing, and why."""

    start: int
    end: int
    reason: str


Numeral = Quantity | NoQuantity


def scan(text: str) -> list[Numeral]:
    """Return every number of a repaired text in order of place.

    Examples
    --------
    >>> [(q.value, q.unit) for q in scan("兑现奖补资金803.2万元，新增众创空间两家")]
    [(8032000.0, 'CNY'), (2.0, 'count')]
    >>> scan("2022年以来")
    [NoQuantity(start=0, end=5, reason='date')]
    """
    patterns = scanner()
    readers = {
        "digits": patterns.digits.match,
        "words": patterns.words.match,
        "marked": patterns.marked.match,
    }
    find = patterns.trigger.search
    found: list[Numeral] = []
    trigger = find(text)
    while trigger is not None:
        match = readers[trigger.lastgroup or "digits"](text, trigger.start())
        if match is None or match.end() == match.start():
            trigger = find(text, trigger.end())
            continue
        numeral = _READERS[match.lastgroup or "amount"](text, match)
        if numeral is not None:
            found.append(numeral)
        trigger = find(text, match.end())
    return found


def _date(text: str, match: re.Match[str]) -> Numeral:
    return NoQuantity(*match.span(), "date")


def _document(text: str, match: re.Match[str]) -> Numeral:
    return NoQuantity(*match.span(), "document number")


def _rank(text: str, match: re.Match[str]) -> Numeral | None:
    order = match["order"] or match["order2"]
    start, end = match.span()
    if (
        start == 0
        or text[start - 1] in "。；;\n：“‘（("
        or (text[start - 1] in "，," and not match["order"])
    ):
        return _ordinal(match) if order.isdigit() else None
    masked = not order[0].isdigit() and order[0] in "*×xX_"
    value = None if masked else number(order)
    return Quantity(start, end, value, None, "rank", "rank", masked=masked)


def _top(text: str, match: re.Match[str]) -> Numeral:
    masked = match["order3"][0] in "*×xX"
    value = None if masked else number(match["order3"])
    return Quantity(*match.span(), value, None, "rank", "rank", "at_most", masked)


def _first(text: str, match: re.Match[str]) -> Numeral | None:
    if not _RANKED.search(text, max(0, match.start() - 10), match.start()):
        return None
    return Quantity(*match.span(), 1.0, None, "rank", "rank")


def _ordinal(match: re.Match[str]) -> NoQuantity:
    return NoQuantity(*match.span(), "ordinal")


def _share(text: str, match: re.Match[str], value: float, post: str | None) -> Quantity:
    start, qualifier = _before(text, match.start())
    if post:
        qualifier = units().after[post]
    return Quantity(start, match.end(), value, None, "percent", "percent", qualifier)


def _fraction(text: str, match: re.Match[str]) -> Numeral | None:
    whole = number(match["den"])
    if not whole:
        return NoQuantity(*match.span(), "unknown")
    # 三分之一 is 33.3 to the codebook.
    share = round(100 * number(match["nom"]) / whole, 1)
    return _share(text, match, share, match["post1"])


def _ratio(text: str, match: re.Match[str]) -> Numeral | None:
    whole = float(match["den2"])
    if not whole or not text.endswith(_BEFORE_RATIO, 0, match.start()):
        gap = text[max(0, match.start() - 1) : match.start()]
        if not (whole and gap == " "):
            return NoQuantity(*match.span(), "unknown")
    return _share(text, match, 100 * float(match["nom2"]) / whole, None)


def _tenths(text: str, match: re.Match[str]) -> Numeral:
    half = match["half"]
    rest = 5.0 if half in _HALF else number(half or "0")
    if match["ten"] in "*×":
        masked = _share(text, match, 0.0, match["post2"])
        masked.value, masked.masked = None, True
        return masked
    return _share(text, match, 10 * number(match["ten"]) + rest, match["post2"])


def _double(text: str, match: re.Match[str]) -> Numeral:
    folds = number(match["fold"] or "1")
    quantity = _share(text, match, 100 * (2**folds - 1), None)
    if match["about"]:
        quantity.qualifier = "approx"
    return quantity


def _beyond(text: str, match: re.Match[str]) -> Numeral:
    start, qualifier = _before(text, match.start())
    value = MAGNITUDES.get(match["round"]) or number(match["round"])
    money = value >= _LEAST_SUM
    unit, kind = ("CNY", "money") if money else ("count", "item")
    return Quantity(start, match.end(), value, None, unit, kind, qualifier)


def _none(_: str, match: re.Match[str]) -> Numeral:
    return Quantity(*match.span(), 0.0, None, "count", "item")


def _one_half(text: str, match: re.Match[str]) -> Numeral:
    quantity = _share(text, match, 50.0, None)
    if match["over_half"]:
        quantity.qualifier = "at_least"
    return quantity


def _amount(text: str, match: re.Match[str]) -> Numeral | None:
    if text.endswith(_ORDER, 0, match.start()):
        return _ordinal(match)
    counter, magnitude, surface = match["counter"], match["mag"], match["num"]
    masked = not surface.replace(",", "").replace(".", "").isdigit()
    if counter is None and (magnitude not in _MONEY_ALONE):
        return _bare(text, match) if _DIGIT.search(match[0]) else None
    unit = units().by_counter[counter] if counter else _BARE_MAGNITUDE
    if counter is None and text.endswith(_PERSONS_BEFORE, 0, match.start()):
        unit = _PERSONS
    if counter in _COUNTERS_OF_PLACE and text.endswith(_RANKING, 0, match.start()):
        unit = _PLACE
    elif counter in _COUNTERS_OF_PLACE and text.endswith(_MOVED, 0, match.start()):
        unit = _PLACES
    if unit.kind == "duration":
        return NoQuantity(*match.span(), "duration")
    size = MAGNITUDES.get(magnitude, 1.0) * unit.factor
    start, qualifier = _before(text, match.start())
    if match["post3"]:
        qualifier = units().after[match["post3"]]
    elif match["more"] or match["more2"]:
        qualifier = "at_least"
    sign = 1.0
    if unit.kind in ("percent", "point") and _MINUS.match(text, match.start() - 1):
        start, sign = match.start() - 1, -1.0
    quantity = Quantity(
        start,
        match.end(),
        None if masked else sign * _scaled(number(surface), size),
        None,
        unit.base,
        unit.kind,
        qualifier,
        masked,
        counter or "",
    )
    if match["half2"] and quantity.value is not None:
        quantity.value += 0.5 * size
    if match["low"]:
        _set_range(quantity, match["low"], match["low_mag"], size)
    return quantity


def _scaled(value: float, size: float) -> float:
    # 802.3 * 10 000 is not 8 023 000 in binary; twelve digits are more than any report has.
    return float(f"{value * size:.12g}")


def _set_range(quantity: Quantity, low: str, magnitude: str | None, size: float) -> None:
    quantity.qualifier = "range"
    if quantity.value is None or not low.replace(",", "").replace(".", "").isdigit():
        quantity.masked, quantity.value = True, None
        return
    own = MAGNITUDES[magnitude] if magnitude else size
    quantity.value, quantity.value_max = _scaled(number(low), own), quantity.value


def _words(text: str, match: re.Match[str]) -> Numeral | None:
    surface, unit = match["wnum"], units().by_counter[match["wcounter"]]
    start, qualifier = _before(text, match.start())
    post = match["post4"]
    if unit.kind == "duration":
        return NoQuantity(*match.span(), "duration")
    if match["wmore"] or match["wmore2"]:
        qualifier = "at_least"
    if post:
        qualifier = units().after[post]
    if _is_figure_of_speech(text, match, qualifier):
        return None
    if qualifier == "exact" and surface in _ROUND and _UPWARDS.match(text, match.start() - 1):
        start, qualifier = start - 1, "at_least"
    value = number(surface) * MAGNITUDES.get(match["wmag"], 1.0) * unit.factor
    quantity = Quantity(
        start, match.end(), value, None, unit.base, unit.kind, qualifier, counter=unit.counter
    )
    low = match["wlow"]
    if surface[:2] in _NEIGHBOURS and len(surface) <= 3:
        low, surface = surface[0], surface[1:]
        value = number(surface) * MAGNITUDES.get(match["wmag"], 1.0) * unit.factor
    if low:
        # 三到五万元, 二三十家: the low end shares what stands behind the high one.
        scale = value / number(surface[0]) if len(surface) > 1 else value / number(surface)
        quantity.value, quantity.value_max = number(low) * scale, value
        quantity.qualifier = "range"
    return quantity


def _is_figure_of_speech(text: str, match: re.Match[str], qualifier: str) -> bool:
    """Tell 一个, 百家争鸣, “两个中心” and the like from counts."""
    start, counter = match.start(), match["wcounter"]
    if text.endswith(_SPOKEN_OF, 0, start):
        return True
    if counter[0] in _SPOKEN_COUNTERS and qualifier == "exact":
        return True
    if match["wnum"] in _ROUND:
        return qualifier == "exact" and not _UPWARDS.match(text, start - 1)
    value = number(match["wnum"])
    if value == 1:
        return _is_one_of_speech(text, match)
    if value == 10:
        return counter in _SPOKEN_WITH_TEN
    return value == 0 and counter not in _COUNTED_AS_NONE


def _is_one_of_speech(text: str, match: re.Match[str]) -> bool:
    """Tell 一家, which was won or stands alone in its clause, from 一个 and 一批."""
    start, end = match.start(), match.end("wcounter")
    if start and text[end : end + 1] in "，。；、":
        return not _HAN.match(text, start - 1)
    return not text.endswith(_ACQUIRED, 0, start) or match["wcounter"] in _SPOKEN_WITH_ONE


def _before(text: str, start: int) -> tuple[int, str]:
    known = units()
    if not text.endswith(known.before_words, 0, start):
        return start, "exact"
    word = next(word for word in known.before_words if text.endswith(word, 0, start))
    if word in _SHORT_QUALIFIERS and text.endswith(_SHORT_QUALIFIERS[word], 0, start):
        return start, "exact"
    return start - len(word), known.before[word]


def _bare(text: str, match: re.Match[str]) -> Numeral:
    """Say why a number without a unit measures nothing."""
    start = match.start()
    end = start + len(match[0].rstrip())
    following = text[end : end + 1]
    preceding = text[start - 1] if start else "\n"
    if preceding == "\n" or (following in "、.．)）:：" and not preceding.isalnum()):
        reason = "ordinal"
    elif (
        following in "”》’"
        or preceding in "“《‘"
        or (preceding.isascii() and preceding.isalpha())
        or (following.isascii() and following.isalpha())
        or following == "+"
    ):
        reason = "name"
    elif _YEAR.fullmatch(match["num"]):
        reason = "date"
    else:
        reason = "unknown"
    return NoQuantity(start, end, reason)


_BARE_MAGNITUDE = Unit("", "money", "CNY", 1.0)
_PERSONS = Unit("", "attendance", "count", 1.0)
_PLACES = Unit("", "place_change", "rank", 1.0)
_PLACE = Unit("", "rank", "rank", 1.0)

_READERS = {
    "document": _document,
    "date": _date,
    "rank": _rank,
    "top": _top,
    "first": _first,
    "fraction": _fraction,
    "ratio": _ratio,
    "tenths": _tenths,
    "double": _double,
    "one_half": _one_half,
    "amount": _amount,
    "words": _words,
    "beyond": _beyond,
    "none": _none,
}
