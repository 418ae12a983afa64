"""Find every number of a text and say what it is: a quantity with its unit, or none.

Works on the repaired text (see `kjreport.extract.repair`), in which digits are half-width
and nothing stands inside a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kjreport.extract.numerals import MAGNITUDES, number
from kjreport.extract.patterns import YEAR, scanner
from kjreport.extract.units import Unit, units
from kjreport.extract.wordlists import word_groups, words

# Kinds of numbers that speak of another number.
RATIOS: Final = frozenset({"percent", "point", "times", "rank", "place_change"})


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
    value = number(match["order3"])
    return Quantity(*match.span(), value, None, "rank", "rank", "at_most")


def _first(text: str, match: re.Match[str]) -> Numeral | None:
    if not any(word in text[max(0, match.start() - 10) : match.start()] for word in "居列省市国"):
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
    return _share(text, match, 100 * number(match["nom"]) / whole, match["post1"])


def _ratio(text: str, match: re.Match[str]) -> Numeral | None:
    whole = float(match["den2"])
    if not whole or not text.endswith(("近", "约", "的", "占", "超", "过"), 0, match.start()):
        gap = text[max(0, match.start() - 1) : match.start()]
        if not (whole and gap == " "):
            return NoQuantity(*match.span(), "unknown")
    return _share(text, match, 100 * float(match["nom2"]) / whole, None)


def _tenths(text: str, match: re.Match[str]) -> Numeral:
    rest = {"": 0.0, "半": 5.0}.get(match["half"] or "")
    value = 10 * number(match["ten"]) + (number(match["half"]) if rest is None else rest)
    return _share(text, match, value, match["post2"])


def _double(text: str, match: re.Match[str]) -> Numeral:
    folds = number(match["fold"] or "一")
    quantity = _share(text, match, 100 * (2**folds - 1), None)
    if "近" in match[0] or "约" in match[0]:
        quantity.qualifier = "approx"
    return quantity


def _one_half(text: str, match: re.Match[str]) -> Numeral:
    quantity = _share(text, match, 50.0, None)
    if match[0] == "半数以上":
        quantity.qualifier = "at_least"
    return quantity


def _amount(text: str, match: re.Match[str]) -> Numeral | None:
    counter, magnitude, surface = match["counter"], match["mag"], match["num"]
    masked = not surface.replace(",", "").replace(".", "").isdigit()
    if counter is None and (magnitude not in ("万", "亿", "千万", "万亿", "百万")):
        return _bare(text, match) if _DIGIT.search(match[0]) else None
    unit = units().by_counter[counter] if counter else _BARE_MAGNITUDE
    if counter == "位" and text.endswith(_RANKING, 0, match.start()):
        unit = _PLACE
    elif counter == "位" and text.endswith(_MOVED, 0, match.start()):
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
    if unit.kind in ("percent", "point") and _is_minus(text, match.start()):
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


_DIGIT = re.compile(r"\d")


def _is_minus(text: str, start: int) -> bool:
    """Tell a minus (增长-5%) from a dash between two things."""
    return start > 1 and text[start - 1] == "-" and "\u4e00" <= text[start - 2] <= "\u9fff"


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
    if qualifier == "exact" and surface in "百千万亿" and _is_upwards(text, match.start()):
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


def _is_upwards(text: str, start: int) -> bool:
    """Tell 上万人次, ten thousand and more, from 线上 and 以上."""
    return start > 1 and text[start - 1] == "上" and text[start - 2] not in "以线网之会马"


_ACQUIRED: Final = words("acquired")
# Two digits in a row are a range: 两三家, 七八项.
_NEIGHBOURS: Final = frozenset(
    ("一两", "两三", "二三", "三四", "四五", "五六", "六七", "七八", "八九")
)
_SPOKEN_COUNTERS = frozenset("类种批点道节门部轮大届本处块")


def _is_figure_of_speech(text: str, match: re.Match[str], qualifier: str) -> bool:
    """Tell 一个, 百家争鸣, “两个中心” and the like from counts."""
    surface, counter = match["wnum"], match["wcounter"]
    if text.endswith(
        ("“", "第", "每", "‘", "《", "同", "唯", "某", "各", "这", "那"), 0, match.start()
    ):
        return True
    if counter[0] in _SPOKEN_COUNTERS and qualifier == "exact":
        return True
    end = match.end("wcounter")
    if surface == "一" and text[end : end + 1] in "，。；、" and match.start():
        return not "\u4e00" <= text[match.start() - 1] <= "\u9fff"
    if surface == "一":
        return not text.endswith(_ACQUIRED, 0, match.start()) or counter in (
            "次",
            "批",
            "位",
            "人",
            "条",
        )
    if surface in ("百", "千", "万", "亿"):
        return qualifier == "exact" and not _is_upwards(text, match.start())
    if surface == "十":
        return counter in ("位", "个", "条")
    return surface in ("零", "〇") and counter not in ("家", "项", "件")


def _before(text: str, start: int) -> tuple[int, str]:
    known = units()
    if not text.endswith(known.before_words, 0, start):
        return start, "exact"
    word = next(word for word in known.before_words if text.endswith(word, 0, start))
    if word in _SHORT_QUALIFIERS and text.endswith(_SHORT_QUALIFIERS[word], 0, start):
        return start, "exact"
    return start - len(word), known.before[word]


# The last character of another word: 通过19家 is not more than nineteen.
_SHORT_QUALIFIERS: Final = word_groups("no_qualifier")


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
    elif re.fullmatch(YEAR, match["num"]):
        reason = "date"
    else:
        reason = "unknown"
    return NoQuantity(start, end, reason)


_BARE_MAGNITUDE = Unit("", "money", "CNY", 1.0)
_MOVED: Final = words("moved")
_PLACES = Unit("位", "place_change", "rank", 1.0)
_PLACE = Unit("位", "rank", "rank", 1.0)
_RANKING: Final = words("ranking")

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
}
