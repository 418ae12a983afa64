"""Coding one clause of a report as planned instruments."""

from __future__ import annotations

import re
from typing import Final

from kjreport.stance.clauses import Clause
from kjreport.stance.lexicon import Hit, Lexicon
from kjreport.stance.problems import Reading
from kjreport.vocabulary import any_of, vocabulary

_WORDS: Final = vocabulary(__file__)
_QUANTITY: Final = _WORDS.pattern("quantity")
_BARE_NUMBER: Final = _WORDS.pattern("bare_number")
_GOES_ON_COUNTING: Final = _WORDS.words("goes_on_counting")
_COUNTED_THING: Final = _WORDS.pattern("counted_thing")
_ACT_AFTER_SCENE: Final = re.compile(any_of(_WORDS.words("acts_after_scene")))
_MIN_SCENE: Final = 5
_RESULT: Final = _WORDS.pattern("result")
_ADVERBS: Final = _WORDS.pattern("opening_adverbs")
_LOOKS_BACK: Final = _WORDS.pattern("looks_back")
_MODIFIER: Final = _WORDS.pattern("modifier")
_SETS_SCENE: Final = _WORDS.pattern("sets_scene")


def read_plan(clause: Clause, lexicon: Lexicon) -> list[Reading]:
    """Code the segments of a clause that plans."""
    if lexicon.preambles.search(clause.text) and not counts(clause.text):
        return []
    if _LOOKS_BACK.search(clause.text):
        return []
    readings: list[Reading] = []
    for number, segment in enumerate(clause.segments):
        if is_foreign(segment.text, lexicon):
            continue
        if is_target(segment.text, lexicon, opens=number == 0):
            if not (readings and goes_on(segment.text)):
                readings.append(Reading(segment, "planning", (), 0.8))
            continue
        hit = tool_of(segment.text, lexicon)
        if hit is not None:
            confidence = 0.9 if hit.decides else 0.7
            readings.append(Reading(segment, hit.code, (hit.term,), confidence))
    return readings


def counts(text: str) -> bool:
    """Tell whether the words hold a quantity, be it masked."""
    return bool(_QUANTITY.search(text))


def goes_on(text: str) -> bool:
    """Tell whether a number only goes on counting what stands before it."""
    return text.startswith(_GOES_ON_COUNTING) or bool(_BARE_NUMBER.match(text))


def is_foreign(text: str, lexicon: Lexicon) -> bool:
    """Tell whether the words are about something else than science and technology."""
    return bool(lexicon.foreign.search(text)) and not lexicon.science.search(text)


def is_target(text: str, lexicon: Lexicon, *, opens: bool) -> bool:
    """Tell whether the words set a level or number without an act.

    Parameters
    ----------
    text : str
        One segment of a clause.
    lexicon : Lexicon
    opens : bool
        Whether the segment opens its clause; later ones need a verb, for
        "省级10项以上" may go on counting what stands before it.
    """
    if not counts(text) or lexicon.openings.match(text):
        return False
    if lexicon.target_acts.search(_COUNTED_THING.sub(_blank, text)):
        return False
    if lexicon.target_verbs.search(text):
        return True
    is_level = lexicon.target_floors.search(text) or not lexicon.acts.search(text)
    return opens and bool(is_level)


def tool_of(text: str, lexicon: Lexicon) -> Hit | None:
    """Return the term that names the segment's instrument."""
    text = _ADVERBS.sub("", text)
    if _SETS_SCENE.match(text) or _RESULT.match(text):
        return None
    if lexicon.openings.match(text):
        act = _ACT_AFTER_SCENE.search(text, _MIN_SCENE)
        if act is None:
            return None
        text = text[act.start() :]
    hit = lexicon.instruments.head(_MODIFIER.sub(_blank, text))
    if hit is None or hit.decides:
        return hit
    if lexicon.trade.search(text) or lexicon.soft_openings.match(text):
        return None
    return hit if lexicon.acts.search(text) else None


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match.group())
