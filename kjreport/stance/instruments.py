"""Coding one clause of a report as planned instruments."""

from __future__ import annotations

import re

from kjreport.stance.clauses import Clause
from kjreport.stance.lexicon import Hit, Lexicon
from kjreport.stance.problems import Reading

_QUANTITY = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?![\d年月日号〕.])|[xX*＊×○〇□]+\s*(?:余|多)?[家项个件名人亿万%％位场期]|[一二三四五六七八九十百千两几]+余?[家项个件名亿万]"
    r"|[亿万]元|[家项个件名]以上|应建尽建|全部|翻[一]?番|翻两番|全覆盖"
)
_CONTINUES = re.compile("其中|总数|总量|较|比|同比|占|合计|分别|累计|省级|市级|国家级|每")
_MIN_SCENE = 5
_ACTS_AFTER_SCENE = re.compile(
    "开展|实施|建设|打造|推进|组织|培育|引进|举办|布局|组建|推动|支持|引导|落实|争取"
)
_RESULTS = re.compile("(?:最终|逐步|努力|加快)?(?:实现|形成|成为|助力|带动|激发)")
_ADVERBS = re.compile(
    "^(?:同时|并且|并|此外|另外|还|要|将|进一步|继续|积极|着力|大力|切实|持续|全面|深入|认真|扎实|主动|力争|加快)+"
)
_LOOKS_BACK = re.compile(
    "^[^将拟]*(?:去年|今年以来|年初以来|截至目前|截止目前|已获批|已完成|已建成)[^将拟]*$"
)
# Nouns of indicators that hold the verb of an act.
_COUNTED_THINGS = re.compile(
    "(?:申报|申请|授权|培训|推广|招商|孵化|引进)(?:总)?(?:量|数量|数|面积)"
)
_GOES_ON = re.compile(
    r"(?:力争|争取|确保|全年|共)*(?:达到|达|突破|超过|完成|实现)?\s*[0-9０-９xX*＊.]+[%％个家项件名人亿万余多元以上左右次场]*$"
)
_MODIFIER = re.compile(
    "以[^，]{1,20}?为(?:主体|核心|重点|主导|支撑|龙头|载体|依托|导向|主)的?|符合[^，]{1,15}?的"
)
_SETS_SCENE = re.compile(
    ".*(?:为(?:重点|抓手|主线|目标|导向|统领|指导|契机|中心|载体|依托|核心|支撑|牵引|引领|基础|突破口|目的|指引|根本)|优势|的前提下|的基础上|过程中|背景下|方面|部署|要求|机遇|原则|(?:会议|讲话|文件|大会|全会|二十大|十九大)精神)$"
)


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
    return bool(_CONTINUES.match(text) or _GOES_ON.match(text))


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
    if lexicon.target_acts.search(_COUNTED_THINGS.sub(_blank, text)):
        return False
    if lexicon.target_verbs.search(text):
        return True
    is_level = lexicon.target_floors.search(text) or not lexicon.acts.search(text)
    return opens and bool(is_level)


def tool_of(text: str, lexicon: Lexicon) -> Hit | None:
    """Return the term that names the segment's instrument."""
    text = _ADVERBS.sub("", text)
    if _SETS_SCENE.match(text) or _RESULTS.match(text):
        return None
    if lexicon.openings.match(text):
        act = _ACTS_AFTER_SCENE.search(text, _MIN_SCENE)
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
