"""What is not the district's: one named firm's numbers, other regions', other business."""

from __future__ import annotations

import re
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.quantities import RATIOS
from kjreport.extract.sentences import Frame
from kjreport.places import counties, prefectures
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_LED_BY: Final = _WORDS.pattern("led_by")
_EACH_FIRM: Final = _WORDS.pattern("each_firm")
# A quick look before the slow one for whole names.
_ORGANISATION: Final = _WORDS.pattern("organisation")
_COLLECTIVE: Final = re.compile(any_of(_WORDS.words("collective")))
_NO_SOLE_ACTOR: Final = _WORDS.pattern("no_sole_actor")
_DISTRICT: Final = re.compile(any_of(_WORDS.words("speaks_of_district")))
_SOME_FIRM: Final = _WORDS.pattern("some_firm")
_PART_OF_FIRM: Final = _WORDS.words("part_of_firm")
# A town or county of the district, whose figure is not the district's.
_SUBAREA: Final = _WORDS.pattern("subarea")
# Without one of these nothing is compared: a quick look before the slow ones.
_SETS_AGAINST: Final = _WORDS.pattern("sets_against")
_THAN_US: Final = _WORDS.pattern("than_us")
_MEAN: Final = _WORDS.pattern("mean")
_HALF_OF_ANOTHER: Final = _WORDS.words("half_of_another")
_ANOTHER_PLACE: Final = _WORDS.pattern("another_place")
_COMPARES_PLACES: Final = _WORDS.pattern("compares_places")
_MORE_THAN_PLACE: Final = _WORDS.pattern("more_than_place")
_PART_OF_PLACE: Final = _WORDS.pattern("part_of_place")
_AT_THAT_TIME: Final = _WORDS.characters("at_that_time")
_ANOTHERS: Final = _WORDS.pattern("anothers")
_NEIGHBOUR: Final = _WORDS.words("neighbour")
# A quick look: the last character of a county's name within so many.
_COUNTY_KIND: Final = _WORDS.pattern("county_kind")
_LONGEST_NAME: Final = 8
_LED_BY_COUNTY: Final = _WORDS.pattern("led_by_county")
_GAP: Final = _WORDS.pattern("gap")


def scope(frame: Frame, attached: Attached, before: Attached | None) -> str:
    """Return ``entity`` where the number belongs to one named firm, park or institution."""
    quantity, text = attached.quantity, frame.sentence.text
    if quantity.kind in ("area", "land"):
        return "entity"
    if _SUBAREA.match(text, frame.clause_start, quantity.start):
        return "entity"
    source = attached.source if attached.relation == "carried" else None
    if source is not None and source.scope == "entity":
        return "entity"
    if before is not None and before.scope == "entity" and _is_part(frame, before):
        return "entity"
    if quantity.kind == "rank":
        return "district"
    if _EACH_FIRM.search(text, frame.sentence.start, quantity.start):
        return "entity"
    clause = text[_subject_start(frame, attached) : quantity.start]
    if _SOME_FIRM.search(clause):
        return "entity"
    if not _ORGANISATION.search(clause) or _DISTRICT.search(clause):
        return "district"
    for match in _LED_BY.finditer(clause):
        name, after = match["name"], clause[match.end() :]
        if _COLLECTIVE.search(name) or _NO_SOLE_ACTOR.search(after) or after[:1].isdigit():
            continue
        if attached.token is not None and _covers(attached, match, clause, frame):
            continue
        return "entity"
    return "district"


def _subject_start(frame: Frame, attached: Attached) -> int:
    """Return where the words begin that may name whose number this is."""
    if attached.relation in ("left", "right", "becomes", "paired"):
        return frame.clause_start
    text = frame.sentence.text
    return max(
        text.rfind("；", frame.sentence.start, frame.quantity.start) + 1, frame.sentence.start
    )


def _is_part(frame: Frame, before: Attached) -> bool:
    between = frame.sentence.text[before.quantity.end : frame.quantity.start]
    return any(word in between for word in _PART_OF_FIRM)


def _covers(attached: Attached, match: re.Match[str], clause: str, frame: Frame) -> bool:
    """Tell whether the organisation is what is counted (重点实验室3家), not who acts."""
    token = attached.token
    assert token is not None
    offset = frame.quantity.start - len(clause)
    return token.start < offset + match.end() and token.end > offset + match.start()


def is_elsewhere(frame: Frame) -> bool:
    """Tell whether the number is another region's, or the distance to one."""
    text, quantity = frame.sentence.text, frame.quantity
    before = text[frame.clause_start : quantity.start]
    end = min(quantity.end + 3, len(text))
    if not _SETS_AGAINST.search(text, frame.clause_start, end) and _AT_THAT_TIME not in before:
        return _speaks_of_others(frame, before)
    if _THAN_US.search(before):
        return True
    if (quantity.kind != "point" and _MEAN.search(before)) or text.startswith(
        _HALF_OF_ANOTHER, quantity.end
    ):
        return True
    if _ANOTHER_PLACE.search(before):
        return True
    if _COMPARES_PLACES.match(text, frame.clause_start, frame.clause_end):
        return True
    if _ANOTHERS.search(before):
        return True
    if _MORE_THAN_PLACE.search(before) or _PART_OF_PLACE.search(before):
        return True
    return _speaks_of_others(frame, before)


def _speaks_of_others(frame: Frame, before: str) -> bool:
    if frame.quantity.kind not in RATIOS and not any(word in before for word in _NEIGHBOUR):
        return False
    return any("other_region" in t.term.marks for t in (*frame.earlier, *frame.near))


def is_of_another_county(frame: Frame, county: str) -> bool:
    """Tell whether a county other than the reporting one leads the words to the number.

    Parameters
    ----------
    county : str
        The reporting county's name; empty where it is none, whose counties are its own.
    """
    led = _leading_name(frame) if county else ""
    return led in counties() and led != county


def is_of_a_part(frame: Frame, own: str) -> bool:
    """Tell whether a county leads to a number of the city above, or a city to a province's.

    Parameters
    ----------
    own : str
        Tier of the reporting place.
    """
    if own not in ("prefecture", "provincial"):
        return False
    led = _leading_name(frame)
    return led in counties() or (own == "provincial" and led in prefectures())


def _leading_name(frame: Frame) -> str:
    """Return the name like a county's or city's that leads to the number, if any does."""
    text, start, end = frame.sentence.text, frame.near_start, frame.quantity.start
    if not _COUNTY_KIND.search(text, start, min(end, start + _LONGEST_NAME)):
        return ""
    led = _LED_BY_COUNTY.match(text, start, end)
    return led["county"] if led else ""


def is_gap(frame: Frame) -> bool:
    """Tell whether the number is the distance to a wider region's mean."""
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    return bool(_GAP.search(before))
