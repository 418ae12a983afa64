"""How much of its text a report gives to each family of indicators."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

import pandas as pd

from kjreport.extract.lexicon import Lexicon, lexicon
from kjreport.load import Document
from kjreport.schema import Schema

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


def emphasis(reports: Iterable[Document], *, schema: Schema | None = None) -> pd.DataFrame:
    """Return the share of text that each report gives to each indicator family.

    A sentence counts with its length for the families that it names, in equal parts. Numbers
    play no role, so a report whose numbers are blotted out has its emphasis all the same.

    Parameters
    ----------
    reports : iterable of Document
    schema : Schema, optional
        The package's own by default.

    Returns
    -------
    DataFrame of shape (n_reports, n_families)
        Index ``report_id``, columns the codes of the families; rows sum to 1, or are all
        missing where a report names no indicator.

    Examples
    --------
    >>> from kjreport.load import Document
    >>> report = Document.from_text("新增孵化器两家。选派科技特派员多名。", report_id="demo")
    >>> emphasis([report])[["platform", "talent"]].round(2).to_dict("records")
    [{'platform': 0.44, 'talent': 0.56}]
    """
    schema = schema or Schema.default()
    words = lexicon(schema)
    families = list(schema.families)
    rows = {report.report_id: _shares(report.text, words, schema, families) for report in reports}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=families, dtype="float64")
    return frame.rename_axis("report_id")


def _shares(text: str, words: Lexicon, schema: Schema, families: list[str]) -> list[float]:
    ends = [m.start() for m in _SENTENCE_END.finditer(text)]
    ends.append(len(text))
    named: dict[int, set[str]] = {}
    for token in words.tokens(text, 0, len(text)):
        if token.term.indicator in schema.indicators:
            sentence = bisect_right(ends, token.start)
            named.setdefault(sentence, set()).add(schema.indicators[token.term.indicator].family)
    weights = dict.fromkeys(families, 0.0)
    for sentence, found in named.items():
        length = ends[sentence] - (ends[sentence - 1] + 1 if sentence else 0)
        for family in found:
            weights[family] += length / len(found)
    total = sum(weights.values())
    return [weights[family] / total if total else float("nan") for family in families]
