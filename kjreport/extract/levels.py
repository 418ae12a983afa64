"""Which tier of government grants, certifies or funds: as an absolute tier."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kjreport.extract.attached import Attached
from kjreport.extract.lexicon import Lexicon, Token
from kjreport.extract.sentences import Frame
from kjreport.extract.tiers import Tiers
from kjreport.vocabulary import vocabulary

_WORDS: Final = vocabulary(__file__)
_TIER_OF_PARENT: Final = _WORDS.words("tier_of_parent")
_BEFORE_PART: Final = frozenset(_WORDS.words("before_part"))
_OPENS_PARTS: Final = _WORDS.pattern("opens_parts")
_IN_ALL: Final = _WORDS.words("in_all")
_OFFICES: Final = _WORDS.words("offices")
_JOINS_TIERS: Final = _WORDS.pattern("joins_tiers")
_PARTS_TIER_FROM_NAME: Final = frozenset(_WORDS.words("parts_tier_from_name"))
# Firms certified by the state whatever tier speaks of them: only 国家 or 省 beside the
# name itself counts.
_CERTIFIED: Final = frozenset({"high_tech_enterprises", "tech_smes"})
_ABSOLUTE: Final = frozenset({"national", "provincial", "prefecture", "county"})
# Between a tier and what it grants may stand a quoted or masked name: 省“_”人才.
_BESIDE: Final = re.compile(r"^(?:“[^”]{0,6}”?)?$")
_WHOLE_DISTRICT: Final = _WORDS.pattern("whole_district")
_PARTS: Final = frozenset("，。；")


def level(
    frame: Frame, attached: Attached, earlier: list[Attached], tier: Tiers, lexicon: Lexicon
) -> str:
    """Return the level of an attached quantity, empty where none or several are named.

    Parameters
    ----------
    earlier : list of Attached
        Counts and amounts before in the same sentence; parts inherit the tier of a total.
    """
    before = earlier[-1] if earlier else None
    if attached.level:
        return attached.level
    if frame.quantity.kind == "rank" and attached.source is not None:
        return attached.source.level
    beside = _before_number(frame, tier)
    if beside is not None:
        return beside
    certified = attached.indicator in _CERTIFIED
    if frame.quantity.kind == "percent" and attached.measure == "share" and not certified:
        whose = _inherited(frame, frame.near, tier)
        if whose:
            return whose
    token = attached.token
    granted = attached.indicator in lexicon.granted and not certified
    named = attached.relation in ("left", "right", "becomes", "clause before", "paired")
    if named and token is not None and attached.source is None:
        found = _of_name(frame, token, tier, granted)
        if found is None and granted and _names_parent(frame, token, tier):
            return tier.parent_level
        if found is not None:
            return found
    behind = _behind_number(frame, tier)
    if behind is not None:
        return behind
    if before is not None and _is_of_whole_district(frame, before):
        return ""
    if attached.source is not None:
        own = "" if certified else _inherited(frame, frame.near, tier)
        return own or attached.source.level
    beside_name = attached.relation in ("left", "right", "becomes", "cue")
    if beside_name and not certified:
        inherited = _inherited(frame, frame.near, tier)
        if inherited is not None:
            return inherited
    total = _total(frame, attached, earlier, lexicon)
    if total is not None:
        return total.level
    if _sums_up(frame):
        return ""
    if before is not None and "；" not in _between(frame, before):
        if (attached.indicator, before.indicator) in _SAME_GIVER:
            return _level_of_giver(before, earlier)
        if before.indicator == attached.indicator and not (
            token is not None and token.term.strong and attached.relation != "carried"
        ):
            return before.level
    if certified:
        return ""
    if attached.relation in ("left", "right", "becomes"):
        if before is not None and _is_another_matter(frame, attached, before, lexicon):
            return ""
        return _inherited(frame, frame.earlier, tier) or ""
    return ""


def _is_of_whole_district(frame: Frame, before: Attached) -> bool:
    """Tell whether the number sums up all tiers: 新增省级中心1家，全县总数达40家."""
    between = _between(frame, before)
    return "，" in between and _WHOLE_DISTRICT.search(between) is not None


def _is_another_matter(
    frame: Frame, attached: Attached, before: Attached, lexicon: Lexicon
) -> bool:
    """Tell whether an enumeration goes on with another family: 省级中心1家、专精特新企业3家."""
    families = lexicon.families
    alike = families.get(before.indicator) == families.get(attached.indicator)
    return not alike and "、" in _between(frame, before)


# Money and the projects or firms it goes to come from the same tier.
_SAME_GIVER: Final = frozenset(
    {
        ("funds_won", "projects"),
        ("funds_paid", "projects"),
        ("fiscal_st", "projects"),
        ("firms_funded", "funds_won"),
        ("funds_won", "firms_funded"),
        ("tech_demands", "projects"),
        ("firms_funded", "funds_paid"),
        ("funds_paid", "firms_funded"),
    }
)


def _sums_up(frame: Frame) -> bool:
    """Tell whether the number sums up what several tiers gave (合计资金208万元)."""
    before = frame.sentence.text[frame.clause_start : frame.quantity.start]
    return before.startswith(_IN_ALL)


def _level_of_giver(before: Attached, earlier: list[Attached]) -> str:
    """Return the tier of what the money was given for since other money, empty if of several."""
    levels = set()
    for other in reversed(earlier):
        if other.indicator != before.indicator:
            break
        if other.level:
            levels.add(other.level)
    return levels.pop() if len(levels) == 1 else ""


def _between(frame: Frame, before: Attached) -> str:
    return frame.sentence.text[before.quantity.end : frame.quantity.start]


def _total(
    frame: Frame, attached: Attached, earlier: list[Attached], lexicon: Lexicon
) -> Attached | None:
    """Return the total that the number is a part of, itself or as a kind of platform."""
    platform = attached.indicator in lexicon.platforms
    wholes = [
        other
        for other in earlier
        if other.indicator == attached.indicator
        or (platform and other.indicator == "innovation_platforms")
    ]
    text, start = frame.sentence.text, frame.quantity.start
    if not wholes or not _OPENS_PARTS.search(text, wholes[0].quantity.end, start):
        return None
    for other in reversed(wholes):
        if _OPENS_PARTS.search(text, other.quantity.end, start):
            return other
    return None


def _behind_number(frame: Frame, tier: Tiers) -> str | None:
    """Read a tier that the verb behind the number names: 5人入选省级以上计划."""
    acted: Token | None = None
    for token in frame.right:
        if acted is not None and token.term.level:
            between = frame.sentence.text[acted.end : token.start]
            if not token.term.loose or not between.strip("*×xX"):
                return _resolved(frame, [token], tier)
        if token.term.outcome or token.term.measure == "applied":
            acted = token
    return None


def _before_number(frame: Frame, tier: Tiers) -> str | None:
    """Read a tier that stands right before the number: 其中国家级2家, 某某级6项."""
    text, start = frame.sentence.text, frame.quantity.start
    if tier.parent and text.endswith(_tiers_of(tier.parent), 0, start):
        return tier.parent_level
    near = frame.near
    if near and near[-1].term.measure and not near[-1].term.indicator:
        start, near = near[-1].start, near[:-1]
    if not near:
        return None
    last = near[-1]
    if not last.term.level or last.term.indicator or last.end < start - 1:
        return None
    if last.term.loose and not (
        last.end == start and text[last.start - 1 : last.start] in _BEFORE_PART
    ):
        return None
    return _resolved(frame, [last], tier)


@lru_cache(maxsize=512)
def _tiers_of(parent: str) -> tuple[str, ...]:
    return tuple(parent + suffix for suffix in _TIER_OF_PARENT)


def _of_name(frame: Frame, name: Token, tier: Tiers, granted: bool) -> str | None:
    """Read the tiers that stand before an indicator's name within its noun phrase.

    Where nothing is `granted` by a tier, 市 and 省 only say where something is.
    """
    text = frame.sentence.text
    bracketed = _in_bracket_behind(frame, name)
    if bracketed is not None:
        return _resolved(frame, [bracketed], tier)
    found: list[Token] = [name] if name.term.level else []
    edge = name.start
    for token in reversed(frame.sentence.tokens):
        if token.end > name.start:
            continue
        if edge - token.end > 8:
            break
        gap = text[token.end : edge].removesuffix(tier.parent)
        if gap and ((found and not _JOINS_TIERS.match(gap)) or not _PARTS.isdisjoint(gap)):
            break
        if "）" in gap and _is_closed_in(gap):
            break
        if token.term.level and not token.term.indicator:
            if not granted and token.term.word.endswith(_OFFICES):
                break
            counted = frame.quantity.end
            if any(t.end == token.start and t.term.measure for t in frame.near):
                counted = token.start
            loose = token.term.loose and not found
            if loose and not _is_of(text, token, name, granted, counted):
                break
            found.append(token)
            edge = token.start
        elif found or token.term.measure or token.term.indicator or "、" in gap:
            if found:
                break
            compound = bool(token.term.indicator and name.term.generic and not token.term.measure)
            short = len(token.term.word) <= 2 and not token.term.indicator
            if token.end != edge or not (short or compound):
                break
            edge = token.start
        else:
            edge = token.start
    return _resolved(frame, found, tier) if found else None


def _in_bracket_behind(frame: Frame, name: Token) -> Token | None:
    """Return the tier that a bracket behind a name tells: 5家高新技术企业（国家级）."""
    if not frame.sentence.bracketed or not frame.sentence.text.startswith("（", name.end):
        return None
    return next(
        (
            token
            for token in frame.sentence.tokens
            if token.start == name.end + 1
            and token.term.level
            and frame.sentence.text.startswith("）", token.end)
        ),
        None,
    )


def _is_closed_in(text: str) -> bool:
    """Tell whether a bracket closes in a text that has not opened there."""
    return "）" in text.partition("（")[0]


def _names_parent(frame: Frame, name: Token, tier: Tiers) -> bool:
    """Tell whether the prefecture above stands in the noun phrase: 某某“领航”人才项目5个."""
    if not tier.parent:
        return False
    text = frame.sentence.text
    place = text.rfind(tier.parent, max(frame.clause_start, name.start - 12), name.start)
    between = text[place + len(tier.parent) : name.start]
    return place >= 0 and _PARTS.isdisjoint(between) and "、" not in between


def _is_of(text: str, token: Token, name: Token, granted: bool, counted: int) -> bool:
    """Tell whether 省 or 市 is the tier of a name and not where something is.

    It is right before the name, or opens the clause or follows the number, which ends at
    `counted`, and is of the noun phrase behind it. Of
    firms that the state certifies only 省 is a tier.
    """
    between = text[token.end : name.start]
    if not granted:
        return not between and token.term.level == "provincial"
    if _BESIDE.match(between):
        return True
    opens = text[token.start - 1 : token.start] in _OPENING or token.start == counted
    return opens and len(between) <= 8 and _PARTS_TIER_FROM_NAME.isdisjoint(between)


_OPENING: Final = frozenset(("】", "", "，", "。", "；", "、", "\n", "：", " "))


def _resolved(frame: Frame, found: list[Token], tier: Tiers) -> str:
    levels = {tier.resolve(token.term.level) for token in found}
    if tier.parent:
        text = frame.sentence.text
        for token in found:
            if token.term.level in ("city", "none") and text.endswith(tier.parent, 0, token.start):
                levels = {tier.parent_level}
    if len(levels) != 1:
        return ""
    only = levels.pop()
    return only if only in _ABSOLUTE else ""


def _inherited(frame: Frame, tokens: list[Token], tier: Tiers) -> str | None:
    """Read the tier that an enumeration or a subject before names for what follows."""
    text = frame.sentence.text
    for token in reversed(tokens):
        if not token.term.level or token.term.loose:
            continue
        if token.term.indicator and token.term.indicator in _CERTIFIED:
            continue
        between = text[token.end : frame.quantity.start]
        if "，" in between or "；" in between:
            return None
        if _is_closed_in(between):
            continue
        return _resolved(frame, [token], tier)
    return None
