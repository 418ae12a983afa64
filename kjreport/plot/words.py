"""What the figures say, in Chinese and English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from kjreport.profile.words import feature_label
from kjreport.schema import Lang, Schema

_UPPER = re.compile(r"^(?:.{2,6}?(?:省|自治区|特别行政区)|(?:北京|天津|上海|重庆)市(?=.))")
_MIDDLE = re.compile(r"^.{1,12}?(?:市|自治州|州|地区|盟)(?=.{2})")
_ZONES: Final = (
    ("经济技术开发区", "经开区"),
    ("高新技术产业开发区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("自治州", "州"),
    ("自治县", "县"),
)


def say(key: str, lang: Lang, **values: Any) -> str:
    """Return a phrase of the figures, its placeholders filled."""
    return _phrases()[key][lang].format(**values)


@cache
def _phrases() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8")
    phrases: dict[str, dict[str, str]] = yaml.safe_load(text)
    return phrases


def short_names(areas: Sequence[object]) -> list[str]:
    """Shorten official names as far as they stay apart.

    Examples
    --------
    >>> short_names(["内蒙古自治区通辽市霍林郭勒市", "辽宁省沈阳市", "重庆市大渡口区"])
    ['霍林郭勒市', '沈阳市', '大渡口区']
    >>> short_names(["北京市朝阳区", "吉林省长春市朝阳区"])
    ['北京朝阳区', '长春朝阳区']
    """
    full = [str(area) for area in areas]
    own = [_own_name(name) for name in full]
    counts = Counter(own)
    return [
        short if counts[short] == 1 else _with_parent(name, short)
        for name, short in zip(full, own, strict=True)
    ]


def indicator_label(name: str, schema: Schema, lang: Lang) -> str:
    """Return the label of a feature with its unit, wrapped to two lines where it is long."""
    code = name.partition(":")[0]
    label = feature_label(name, schema, lang)
    unit = schema.indicators[code].unit if code in schema.indicators else ""
    if ":" in name or unit in {"count", ""}:
        return label
    return f"{label}（{say(unit, lang)}）" if lang == "zh" else f"{label} ({say(unit, lang)})"


def _own_name(name: str) -> str:
    rest = _UPPER.sub("", name)
    own = _MIDDLE.sub("", rest)
    for long, short in _ZONES:
        own = own.replace(long, short)
    return own


def _with_parent(name: str, own: str) -> str:
    above = name.removesuffix(own) if name.endswith(own) else name
    parent = _own_name(above) if above and above != name else ""
    return parent.rstrip("省市区盟") + own if parent else name
