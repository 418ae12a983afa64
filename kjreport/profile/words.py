"""Profiles in words and as a table for a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kjreport.schema import Lang, Schema
from kjreport.stance import Lexicon
from kjreport.vocabulary import read_yaml

if TYPE_CHECKING:
    from kjreport.profile.innovation import InnovationProfile

_PHRASES: Final[dict[str, dict[str, str]]] = read_yaml(Path(__file__).with_name("phrases.yaml"))


def feature_label(name: str, schema: Schema, lang: Lang) -> str:
    """Say what a feature is.

    Parameters
    ----------
    name : str
        A column of the panel (``indicator``, ``indicator:measure`` …) or of a block of shares
        (``emphasis:family``, ``stance:code``).
    schema : Schema
    lang : {"zh", "en"}

    Examples
    --------
    >>> feature_label("patents:growth", Schema.default(), "en")
    'Patents (Growth)'
    >>> feature_label("emphasis:talent", Schema.default(), "zh")
    '着墨“科技人才”'
    """
    head, _, rest = name.partition(":")
    if head == "emphasis":
        return _PHRASES["emphasis"][lang].format(label=_known(rest, schema, lang))
    if head == "stance" and rest in Lexicon.default().codes:
        code = Lexicon.default().codes[rest]
        label = code.label_zh if lang == "zh" else code.label_en
        return _PHRASES[code.kind][lang].format(label=label)
    codes = [_known(code, schema, lang) for code in rest.split(":") if code]
    inside = " · ".join(codes)
    label = _known(head, schema, lang)
    return (
        label if not inside else f"{label}（{inside}）" if lang == "zh" else f"{label} ({inside})"
    )


def say_feature(features: Sequence[tuple[str, float]], schema: Schema, lang: Lang) -> str:
    """Join features and the signs of their effects into a label.

    Examples
    --------
    >>> say_feature([("patents", 2.1), ("tech_smes", -1.0)], Schema.default(), "en")
    'high: Patents; low: Technology-based SMEs'
    """
    parts = []
    for side, sign in (("high", 1), ("low", -1)):
        named = [
            feature_label(name, schema, lang) for name, effect in features if effect * sign > 0
        ]
        if named:
            parts.append(_PHRASES[side][lang] + _PHRASES["and"][lang].join(named))
    return _PHRASES["then"][lang].join(parts) or _PHRASES["none"][lang]


def profile_html(model: InnovationProfile) -> str:
    """Show a fitted profile as a table of clusters, the refusal first where there is one."""
    warning = f"<p><strong>{escape(model.refusal_)}</strong></p>" if model.refusal_ else ""
    rows = []
    for cluster, group in model.table_.groupby("cluster", sort=True):
        areas = "、".join(escape(str(area)) for area in group["area"])
        first = group.iloc[0]
        rows.append(
            f"<tr><td>{cluster}</td><td>{len(group)}</td><td>{escape(first['verdict'])}</td>"
            f"<td>{group['silhouette'].mean():.2f}</td><td>{escape(first['label'])}</td>"
            f"<td>{areas}</td></tr>"
        )
    head = "<tr><th>cluster</th><th>size</th><th>stability</th><th>silhouette</th>"
    head += "<th>distinctive</th><th>districts</th></tr>"
    return (
        f"{warning}<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
        f"<p>mean silhouette {model.silhouette_:.2f}, p = {model.p_value_:.3f}</p>"
    )


def _known(code: str, schema: Schema, lang: Lang) -> str:
    known = (schema.indicators, schema.families, schema.measures, schema.levels)
    return schema.label(code, lang) if any(code in codes for codes in known) else code
