"""Which aspect of its indicator a number is: stock, flow, applied and so on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.quantities import Quantity
from kjreport.extract.ratios import change, ratio
from kjreport.extract.sentences import Frame
from kjreport.extract.verbs import governing_verb
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_MORE_THAN_BEFORE: Final = _WORDS.pattern("more_than_before")
_NOW: Final = frozenset(_WORDS.words("whole_district") + _WORDS.words("at_the_end"))
_UP_TO_NOW: Final = _WORDS.words("up_to_now")
_GONE_BEYOND: Final = _WORDS.words("gone_beyond")
_COME_TO_EACH: Final = _WORDS.words("come_to_each")
_NEWLY: Final = _WORDS.words("newly")
_RECORDED: Final = _WORDS.words("recorded")
_GREW_BY: Final = _WORDS.words("grew_by")
_BUILT: Final = frozenset(_WORDS.words("built"))
_FULFILLED: Final = _WORDS.words("fulfilled")
_KIND_OF_APPLICATION: Final = _WORDS.words("kind_of_application")
_PLUS: Final = _WORDS.words("plus")
_FIRMS: Final = _WORDS.words("firms")
_RENEWED: Final = _WORDS.pattern("renewed")
_PAID_OUT: Final = frozenset(_WORDS.words("paid_out"))
_OPENS_PARTS: Final = _WORDS.pattern("opens_parts")
# Measures that a verb before governs on.
_COUNTED: Final = frozenset({"stock", "flow", "applied", "completed"})


def measure(frame: Frame, attached: Attached, before: Attached | None, lexicon: Lexicon) -> str:
    """Return the measure that the words around an attached quantity tell, empty where none do.

    Ratios are told by their unit and the words before them; counts and amounts by the
    nearest verb, where the outcome of an application beats the application. A verb governs
    on until the next: in ``专利申请51件，其中发明7件`` both are applied.

    Parameters
    ----------
    before : Attached or None
        The count or amount before in the same sentence.
    """
    kind = attached.quantity.kind
    if kind == "rank":
        return "rank"
    if kind in ("point", "place_change"):
        return change(frame, attached)
    if kind in ("percent", "times"):
        return ratio(frame, attached)
    return _amount(frame, attached, before, lexicon)


def _amount(frame: Frame, attached: Attached, before: Attached | None, lexicon: Lexicon) -> str:
    indicator = attached.indicator
    if indicator in lexicon.always_stock:
        return "change" if _is_added(frame) else "stock"
    text = frame.sentence.text
    if _MORE_THAN_BEFORE.search(text[frame.clause_start : frame.quantity.start]):
        return "flow"
    if indicator == "listings" and _counts_listed(frame, attached):
        return "stock"
    if text.endswith(_PLUS, 0, frame.quantity.start):
        return "flow"
    found, attached.governs = governing_verb(frame, attached, lexicon)
    if before is not None and _is_applied_part(frame, before, found):
        return "applied"
    if indicator in lexicon.always_flow:
        if not found and before is not None and before.indicator == indicator:
            found = before.measure if _governs_on(frame, attached, before) else ""
        if any(token.term.word in _PAID_OUT for token in frame.near):
            return "flow"
        possible = ("applied", "completed") if indicator not in lexicon.never_applied else ()
        return found if found in possible else "flow"
    recorded = before is not None and before.measure == "stock" and attached.relation == "carried"
    if found == "flow" and recorded and _is_record(frame):
        return "stock"
    if found == "flow" and recorded and _is_old_part(frame, before):
        return "stock"
    if found:
        return found
    if attached.relation == "carried" and attached.source is not None and _is_done(frame):
        return attached.source.measure
    weak = next((t.term.weak_measure for t in reversed(frame.near) if t.term.weak_measure), "")
    if frame.sentence.text.startswith(_GONE_BEYOND, frame.quantity.start):
        weak = "stock"
    kept = before is not None and indicator not in lexicon.stock_by_default
    if weak and not (kept and weak == "stock"):
        return weak if indicator in lexicon.stock_by_default or weak != "stock" else "flow"
    if _stands_now(frame) and indicator in lexicon.stock_by_default:
        return "stock"
    if before is not None and before.measure in _COUNTED:
        alike = lexicon.families.get(indicator) == lexicon.families.get(before.indicator)
        alike = alike or (before.measure == "applied" and attached.relation == "right")
        if (
            alike
            and not _is_new_matter(frame, attached, before, lexicon)
            and _governs_on(frame, attached, before)
        ):
            return before.measure
    return _next_clause(frame)


def _counts_listed(frame: Frame, attached: Attached) -> bool:
    """Tell firms that are listed by now (挂牌企业11家) from listings of the year (挂牌2家)."""
    if not frame.sentence.text.endswith(_FIRMS, 0, frame.quantity.start):
        return False
    verbs = (t for t in frame.near if t is not attached.token)
    return not any(t.term.measure for t in verbs)


def untold(attached: Attached, lexicon: Lexicon) -> str:
    """Return the measure of a count or amount where no word tells it."""
    return "stock" if attached.indicator in lexicon.stock_by_default else "flow"


def _is_applied_part(frame: Frame, before: Attached, verb: str) -> bool:
    """Tell whether the number is a part of what was applied for (其中首次申报74家)."""
    if before.measure != "applied":
        return False
    text = frame.sentence.text
    # The number before belongs to what is searched: a part may stand in its own brackets.
    since = text[before.quantity.start : frame.quantity.start]
    if not (_OPENS_PARTS.search(since) or (before.source is not None and "、" in since)):
        return False
    between = _between(frame, before)
    return (
        not verb
        or any(word in between for word in _KIND_OF_APPLICATION)
        or bool(_RENEWED.search(between))
    )


def _between(frame: Frame, before: Attached) -> str:
    return frame.sentence.text[before.quantity.end : frame.quantity.start]


def _governs_on(frame: Frame, attached: Attached, before: Attached) -> bool:
    """Tell whether the verb of the number before governs this one too, even past a semicolon."""
    attached.governs = before.governs
    return before.governs or "；" not in _between(frame, before)


def _is_new_matter(frame: Frame, attached: Attached, before: Attached, lexicon: Lexicon) -> bool:
    """Tell what exists, past a semicolon behind clauses of another: 新增1家，复审2家；平台5个.

    A verb reaches on through a list of single items only: 新申报高企14家；小巨人3家.
    """
    indicator = attached.indicator
    if indicator == before.indicator or indicator not in lexicon.stock_by_default:
        return False
    text, start = frame.sentence.text, frame.sentence.start
    end = text.rfind("；", before.quantity.end, frame.quantity.start)
    return end >= 0 and "，" in text[max(start, text.rfind("；", start, end) + 1) : end]


def _reaches(frame: Frame) -> bool:
    """Tell whether the number is what a stock comes to, as in 分别达到30家."""
    return any(token.term.word.startswith(_COME_TO_EACH) for token in frame.near)


def _is_old_part(frame: Frame, before: Attached | None) -> bool:
    """Tell a part of what there is (其中推广人员7人) from one of the year (其中新增5人)."""
    if before is None or not is_part(frame, before):
        return False
    near = frame.sentence.text[frame.near_start : frame.quantity.start]
    return not (frame.right or any(word in near for word in _NEWLY))


def _is_record(frame: Frame) -> bool:
    """Tell 国家级备案6家, a part of what there is, from 新备案6家."""
    return frame.sentence.text.endswith(_RECORDED, 0, frame.quantity.start)


def _is_done(frame: Frame) -> bool:
    """Tell whether the number only fulfils what the one before set: 目标30件，完成26件."""
    return frame.sentence.text.endswith(_FULFILLED, frame.clause_start, frame.quantity.start)


def _stands_now(frame: Frame) -> bool:
    """Tell whether 截至目前 or the like opens what the clause says."""
    start = frame.clause_start
    if any(token.term.word in _NOW for token in frame.near):
        return True
    return frame.sentence.text.endswith(_UP_TO_NOW, 0, start)


def _next_clause(frame: Frame) -> str:
    """Read a verb that opens the clause behind the number's own: 22家，已公示."""
    following = frame.sentence.quantities[frame.index + 1 :]
    for token in frame.sentence.tokens:
        if token.start < frame.clause_end:
            continue
        if token.start > frame.clause_end + 6 or _speaks_of_next(token, following, frame):
            return ""
        if token.term.measure:
            return token.term.measure if token.term.measure == "applied" else ""
    return ""


def _speaks_of_next(verb: Token, following: Sequence[Quantity], frame: Frame) -> bool:
    """Tell whether a verb has a number of its own: 高企2家，今年又推荐3家."""
    if not following:
        return False
    between = frame.sentence.text[verb.end : following[0].start]
    return not any(mark in between for mark in "，；")


def _is_added(frame: Frame) -> bool:
    text, start = frame.sentence.text, frame.quantity.start
    return text.endswith(_GREW_BY, 0, start)


def is_to_be_built(frame: Frame, attached: Attached, told: str) -> bool:
    """Tell whether a count in a plan is what it adds: with 建成, or without any verb.

    Parameters
    ----------
    told : str
        What `measure` returned.
    """
    if attached.measure != "stock":
        return False
    bare = not (told or frame.sentence.spelled or _reaches(frame))
    return bare or any(t.term.word in _BUILT for t in frame.near)


def is_part(frame: Frame, before: Attached) -> bool:
    """Tell whether 其中 or the like makes the number a part of the one before."""
    return bool(_OPENS_PARTS.search(_between(frame, before)))
