"""The verb that says what became of a number: before it, behind it, or above its list."""

from __future__ import annotations

from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.sentences import Frame
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_OVER_ALL_YEARS: Final = _WORDS.words("over_all_years")
_OVER_THE_YEAR: Final = _WORDS.words("over_the_year")
_ALWAYS_ADDED: Final = frozenset(_WORDS.words("always_added"))
_GRANTED: Final = _WORDS.words("granted")
_OUTCOME_OF_APPLICATION: Final = frozenset(_WORDS.words("outcome_of_application"))
_CERTIFIED: Final = _WORDS.words("certified")
_CERTIFIER: Final = _WORDS.words("certifier")
_LEADS_TO_LIST: Final = frozenset(("", *_WORDS.words("leads_to_list")))
_WHAT_PERSONS_DO: Final = frozenset(_WORDS.words("what_persons_do"))
_INTO_POOL: Final = _WORDS.words("into_pool")
_POOL: Final = _WORDS.words("pool")


def governing_verb(frame: Frame, attached: Attached, lexicon: Lexicon) -> tuple[str, bool]:
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
