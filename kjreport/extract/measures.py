"""Which aspect of its indicator a number is: stock, flow, applied and so on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.neighbours import near_start
from kjreport.extract.quantities import Quantity
from kjreport.extract.ratios import change, ratio
from kjreport.extract.sentences import Frame
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_MORE_THAN_BEFORE: Final = _WORDS.pattern("more_than_before")
_NOW: Final = frozenset(_WORDS.words("whole_district") + _WORDS.words("at_the_end"))
_UP_TO_NOW: Final = _WORDS.words("up_to_now")
_GONE_BEYOND: Final = _WORDS.words("gone_beyond")
_COME_TO_EACH: Final = _WORDS.words("come_to_each")
_OVER_ALL_YEARS: Final = _WORDS.words("over_all_years")
_OVER_THE_YEAR: Final = _WORDS.words("over_the_year")
_NEWLY: Final = _WORDS.words("newly")
_RECORDED: Final = _WORDS.words("recorded")
_GREW_BY: Final = _WORDS.words("grew_by")
_ALWAYS_ADDED: Final = frozenset(_WORDS.words("always_added"))
_BUILT: Final = frozenset(_WORDS.words("built"))
_FULFILLED: Final = _WORDS.words("fulfilled")
_GRANTED: Final = _WORDS.words("granted")
_OUTCOME_OF_APPLICATION: Final = frozenset(_WORDS.words("outcome_of_application"))
_KIND_OF_APPLICATION: Final = _WORDS.words("kind_of_application")
_CERTIFIED: Final = _WORDS.words("certified")
_CERTIFIER: Final = _WORDS.words("certifier")
_LEADS_TO_LIST: Final = frozenset(("", *_WORDS.words("leads_to_list")))
_WHAT_PERSONS_DO: Final = frozenset(_WORDS.words("what_persons_do"))
_PLUS: Final = _WORDS.words("plus")
_FIRMS: Final = _WORDS.words("firms")
_RENEWED: Final = _WORDS.pattern("renewed")
_INTO_POOL: Final = _WORDS.words("into_pool")
_PAID_OUT: Final = frozenset(_WORDS.words("paid_out"))
_POOL: Final = _WORDS.words("pool")
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
    if text.endswith(_PLUS, 0, frame.quantity.start):
        return "flow"
    found, attached.governs = _verb(frame, attached, lexicon)
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


def untold(attached: Attached, lexicon: Lexicon) -> str:
    """Return the measure of a count or amount where no word tells it."""
    token = attached.token
    if attached.indicator == "listings" and token is not None and token.term.word.endswith(_FIRMS):
        # 挂牌企业11家 are listed by now, 挂牌2家 were listed in the year.
        return "stock"
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
    near = frame.sentence.text[near_start(frame) : frame.quantity.start]
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


def _verb(frame: Frame, attached: Attached, lexicon: Lexicon) -> tuple[str, bool]:
    """Return the measure that the nearest verb gives, and whether the verb governs on.

    A verb before its number governs what follows until the next; one behind does not.
    """
    behind = _behind(frame, attached)
    ahead, token = _ahead(frame, attached, lexicon)
    if behind == "applied" and ahead == "flow" and _is_outcome(token):
        return "flow", True
    if behind and (behind != "flow" or ahead in ("", "stock", "applied")):
        return behind, False
    if ahead == "applied" and _has_outcome(frame, token):
        return "flow", True
    return ahead or behind, bool(ahead)


def _behind(frame: Frame, attached: Attached) -> str:
    """Read a verb that follows the number: 9家企业申报, 856家通过."""
    found = ""
    if any(token.term.measure == "completed" for token in frame.right):
        return "completed"
    text = frame.sentence.text
    for token in frame.right:
        term = token.term
        if term.measure == "flow" and text.endswith(_GRANTED, 0, token.start):
            return "flow"
        if term.outcome and (found == "applied" or term.word not in _OUTCOME_OF_APPLICATION):
            return "flow"
        if term.measure == "applied":
            found = "applied"
        elif not found and (term.outcome or term.weak_measure == "flow"):
            found = "flow"
    return found


def _ahead(frame: Frame, attached: Attached, lexicon: Lexicon) -> tuple[str, Token | None]:
    """Read the nearest verb before the number, first since the number before."""
    text = frame.sentence.text
    opened = _opened_with_name(frame, attached)
    for token in reversed(frame.near):
        if token.end <= opened:
            break
        if token.term.weak_measure == "stock" and _comes_to(frame, attached, token):
            return "", None
        if not token.term.measure or _enters_pool(token, attached) or _certifies(token, frame):
            continue
        if frame.quantity.kind == "person" and token.term.word in _WHAT_PERSONS_DO:
            continue
        if _names_pool(token) and _applies(frame, token):
            return "applied", token
        return _cumulated(frame, token, attached, lexicon), token
    own = attached.token
    if own is not None and attached.relation in ("clause before", "left"):
        beside = _beside_name(frame, own)
        if beside is not None and not _certifies(beside, frame):
            return beside.term.measure, beside
    listed = _heads_list(frame)
    if listed is not None:
        return listed.term.measure, listed
    if frame.earlier and not frame.near_breaks(text):
        for token in reversed(frame.earlier):
            if token.term.measure and token.start >= opened:
                return token.term.measure, token
    return "", None


def _heads_list(frame: Frame) -> Token | None:
    """Return the verb that a colon leads from to the list of what was done: 新增的有：…1家."""
    text, start = frame.sentence.text, frame.clause_start
    if not text.endswith("：", 0, start):
        return None
    for token in reversed(frame.sentence.tokens):
        if token.end < start and token.term.measure:
            led = text[token.end : start - 1] in _LEADS_TO_LIST
            return token if led and not _names_what(frame, token) else None
    return None


def _names_what(frame: Frame, verb: Token) -> bool:
    """Tell whether a verb has a name of its own: 平台建设：…."""
    return any(t.end == verb.start and t.term.indicator for t in frame.sentence.tokens)


def _opened_with_name(frame: Frame, attached: Attached) -> int:
    """Return where a bracket opened that holds the number and its name, 0 where none did.

    What was done outside is not of what the bracket tells: 新认定1家（全县高企达2家）.
    """
    text, token = frame.sentence.text, attached.token
    opened = text.rfind("（", frame.clause_start, frame.quantity.start)
    inside = token is not None and opened < token.start < frame.quantity.start
    return (
        opened if opened > 0 and inside and "）" not in text[opened : frame.quantity.start] else 0
    )


def _names_pool(token: Token) -> bool:
    """Tell whether a word only says into what pool firms come (高企培育入库)."""
    return token.term.word.startswith(_INTO_POOL) or token.term.indicator == "hte_reserve"


def _applies(frame: Frame, verb: Token) -> bool:
    """Tell whether an application stands before a verb that only says what for."""
    return any(t.term.measure == "applied" and t.end <= verb.start for t in frame.near)


def _comes_to(frame: Frame, attached: Attached, word: Token) -> bool:
    """Tell whether the number is what its kind came to by the number before (净增5家、达到47家)."""
    if any(token.term.measure for token in frame.near):
        return False
    return attached.relation == "carried" and word.end >= frame.quantity.start - 1


def _certifies(verb: Token, frame: Frame) -> bool:
    """Tell 国家认定企业技术中心, a name, from what was certified in the year."""
    if not verb.term.word.startswith(_CERTIFIED):
        return False
    named = any(t.start == verb.end and t.term.indicator for t in frame.near)
    return named and frame.sentence.text.endswith(_CERTIFIER, 0, verb.start)


def _cumulated(frame: Frame, verb: Token, attached: Attached, lexicon: Lexicon) -> str:
    """Return the verb's measure; 累计培育 counts what there is by now."""
    text = frame.sentence.text
    stock = attached.indicator in lexicon.stock_by_default - lexicon.persons
    if verb.term.word in _ALWAYS_ADDED:
        return "flow"
    over_years = text.endswith(_OVER_ALL_YEARS, 0, verb.start)
    if over_years and verb.term.measure == "flow" and stock:
        return "flow" if text.endswith(_OVER_THE_YEAR, 0, verb.start) else "stock"
    return verb.term.measure


def _enters_pool(token: Token, attached: Attached) -> bool:
    """Tell whether 入库 only names the pool whose firms are counted."""
    return attached.indicator == "hte_reserve" and token.term.word.startswith(_POOL)


def _beside_name(frame: Frame, name: Token) -> Token | None:
    """Return the verb that touches a name on either side, or that the name contains."""
    if name.term.measure:
        return None if name.term.word.startswith(_POOL) else name
    for token in frame.sentence.tokens:
        if token.term.measure and (token.start == name.end or token.end == name.start):
            return token
    return None


def _is_outcome(token: Token | None) -> bool:
    return token is not None and token.term.outcome and len(token.term.word) > 1


def _has_outcome(frame: Frame, applied: Token | None) -> bool:
    """Tell whether the application at `applied` is told to have succeeded."""
    for token in (*frame.earlier, *frame.near, *frame.right):
        if token.term.outcome and token is not applied:
            return True
    return False


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
