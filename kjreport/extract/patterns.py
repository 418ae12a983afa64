"""The shapes of numbers, as regular expressions.

A cheap pattern finds where a number can begin; the pattern for that kind of beginning then
reads it. Trying every shape at every character would take ten times as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kjreport.extract.numerals import MAGNITUDES
from kjreport.extract.units import longest_first, units

YEAR: Final = r"(?:19|20)\d\d"
_MASKED_YEAR = r"(?:20[*×xX_]{1,3}|[*×xX_]{2,4})"
_CHINESE_YEAR = r"[一二][九〇零○][〇零○一二三四五六七八九]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_MONTHS = rf"{_MONTH}(?:月)?(?:份)?(?:[-~至到]+{_MONTH})?月(?:份)?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_MONTH_END = (
    rf"(?:底|末|初|中旬|上旬|下旬|{_DAY}(?:日|号)?(?:[-~至到]+(?:{_MONTH}月)?{_DAY}[日号])?)?"
)
_DATE: Final = (
    rf"(?:{YEAR}[-~至到]+{YEAR}(?:学?年度?)?"
    rf"|{YEAR}\s?(?:学?年度?)(?:{_MONTHS}{_MONTH_END})?"
    rf"|{_MASKED_YEAR}年度?(?:[\dxX*×_]{{1,2}}月)?"
    rf"|(?<!\d){_CHINESE_YEAR}年"
    rf"|(?<![\d.]){_MONTHS}{_MONTH_END}|前{_MONTH}个月"
    rf"|[*×xX_]{{1,2}}月(?:[*×xX_]{{1,2}}日)?"
    rf"|(?<![\d.])\d\d年(?=[前上下第全至到、-]|\d|底|初|末|度)"
    rf"|{YEAR}[./-]{_MONTH}[./-]{_DAY}|{YEAR}\.{_MONTH}(?!\d))"
)
_DOCUMENT: Final = (
    rf"{YEAR}年第?\d+号(?=文|令|公告)|"
    r"[〔\[(（]\d{4}[〕\])）]\s?第?\d+号|第?\d+号(?!召)|〔\d{4}〕"
)
_CHINESE = r"[〇零一二两三四五六七八九十百千万亿]"
_ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MASK = (
    r"\d*[*×][*×\d]*(?:[.,][*×\d]+)*"
    r"|(?<![A-Za-z])\d*[xX]+(?:\.[xX]+)?(?![A-Za-z])"
    r"|\d*_+|\d+[?？]+(?=[家项件名人万亿])"
)
_ORDER = rf"第(?P<order>{_CHINESE}{{1,4}}|\d{{1,3}}|[*×xX_]+)"
_RANKED = r"(?=[，,。；;、)）\s！：:的且升跃上提前降移]|$)"


_AHEAD_OF_COUNTER = "余多来几"


@dataclass(frozen=True)
class Scanner:
    """Where a number can begin, and what it can be, by its first character."""

    trigger: re.Pattern[str]
    digits: re.Pattern[str]
    words: re.Pattern[str]
    marked: re.Pattern[str]


@cache
def scanner() -> Scanner:
    """Return the compiled patterns, built once from the vocabulary of units."""
    known = units()
    counter = known.counter_pattern
    magnitude = "|".join(longest_first(MAGNITUDES))
    after = known.after_pattern.replace("强", "强(?![化度省市县国调烈大])").replace(
        "|多|余", "|多(?=[，。；、,])|余(?=[，。；、,])"
    )
    post = rf"(?P<post>{after})?"
    document = rf"(?P<document>{_DOCUMENT})"
    date = rf"(?P<date>{_DATE})"
    fraction = (
        rf"(?P<fraction>(?P<den>{_CHINESE}{{1,4}}|\d+)分之"
        rf"(?P<nom>{_CHINESE}{{1,5}}|\d+(?:\.\d+)?){_numbered(post, 1)})"
    )
    ratio = r"(?P<ratio>(?<![\d/.])(?P<nom2>\d{1,2})\s?/\s?(?P<den2>\d{1,2})(?![\d/年月.]))"
    tenths = (
        r"(?P<tenths>(?P<ten>[一二两三四五六七八九]|\d)成(?P<half>半|[一二三四五六七八九])?"
        rf"(?![果功立员为都长熟绩效本交分就品套型建人]){_numbered(post, 2)})"
    )
    amount = (
        rf"(?P<amount>(?:(?P<low>{_MASK}|{_ARABIC})(?P<low_mag>{magnitude})?"
        rf"(?P<low_unit>%|元|家|个|项)?\s?(?:[-~至到]|或者?)+\s?)?"
        rf"(?P<num>{_MASK}|{_ARABIC})\s?(?P<more>[余多来几])?"
        rf"(?P<mag>{magnitude})?(?P<more2>[余多来])?\s?"
        rf"(?P<counter>(?<=[\d\s万亿余多])(?:{known.counter_pattern_after_digits})|{counter})?"
        rf"(?P<half2>半(?=[，。；、（(,]))?{_numbered(post, 3)})"
    )
    words = (
        rf"(?P<words>(?:(?P<wlow>[一二两三四五六七八九十])(?:[-~至到、])"
        rf"(?=[二两三四五六七八九十]))?(?P<wnum>{_CHINESE}{{1,20}}?)(?:(?P<wmore>[余多来几])"
        rf"(?P<wmag>{magnitude})?)?(?P<wmore2>[余多])?(?P<wcounter>{counter}){_numbered(post, 4)})"
    )
    half = r"(?P<one_half>半数以上|半数|一半(?!导)|(?<=过)半(?=[，。；、,]|$))"
    rank = rf"(?P<rank>{_ORDER}(?:位(?!置)|名(?!单))|{_ORDER.replace('order', 'order2')}{_RANKED})"
    first = r"(?P<first>首位(?=[，。；、,;）)]|$))"
    top = r"(?P<top>前(?P<order3>[三五十]|\d{1,2})(?:位|名|强)?(?=[，。；、,;）)列行]))"
    double = r"(?P<double>翻(?:了)?[近约]?(?P<fold>[一两二三])?(?:了)?番|翻(?:了)?(?:一)?倍)"
    return Scanner(
        trigger=_trigger(),
        digits=re.compile("|".join((document, date, fraction, ratio, tenths, amount))),
        words=re.compile("|".join((date, fraction, tenths, half, words))),
        marked=re.compile("|".join((document, date, rank, top, first, double, half))),
    )


def _numbered(post: str, number: int) -> str:
    return post.replace("<post>", f"<post{number}>")


def _trigger() -> re.Pattern[str]:
    """Return the pattern of a number's first character, with what it needs behind.

    The search skips to a character of the first set, which is several times as fast as
    trying each of the ways at each character.
    """
    first = "".join(sorted({re.escape(counter[0]) for counter in units().by_counter}))
    return re.compile(
        rf"[\d*×_xX第前首翻半〔\[(（{_CHINESE[1:-1]}](?:"
        rf"(?P<digits>(?<=[\d*×_])|(?<=[xX])(?=[xX.万亿年月{first}]))"
        rf"|(?P<marked>(?<=第)(?=[\d*×xX_]|{_CHINESE})|(?<=前)(?=[三五十\d])|(?<=首)(?=位)"
        r"|(?<=翻)(?=[了近约一两二三番倍])|(?<=半)(?=数|[，。；、,]|$)"
        r"|(?<=[〔\[(（])(?=\d{4}[〕\])）]))"
        rf"|(?P<words>(?<={_CHINESE})(?={_CHINESE}*(?:[-~至到、]{_CHINESE}+)?[余多来几]?[{first}成分半]"
        r"|[九〇零○][〇零○一二])))"
    )
