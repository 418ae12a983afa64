"""Agreement of an observation table with a hand-coded one: precision, recall and F1.

Rows are paired one to one where their spans overlap, best agreement first. A pair counts as

- *found* whatever it says,
- *core* if indicator, value, upper end, status and unit agree,
- *full* if measure, scenario, level and period agree too.

A gold cell may hold alternatives joined by ``|``, each of which is right. A gold row whose
``optional`` is 1, or one of whose alternatives would not be asked for, counts neither as
missed nor as wrong. Rows of indicator ``other`` or scope ``entity`` are never asked for; a
prediction that says otherwise of them is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from kjreport.errors import KjreportError
from kjreport.schema.codes import OTHER

CORE_FIELDS = ("indicator", "value", "value_max", "status", "unit")
CONTEXT_FIELDS = ("measure", "scenario", "level", "period")
_FIELDS = CORE_FIELDS + CONTEXT_FIELDS
_NEEDED = ("report_id", *_FIELDS, "start", "end")
_SHOWN = ("report_id", *_FIELDS, "qualifier", "scope", "start", "end", "quote", "raw")
_GOLD_KINDS = ("agrees", "differs", "missed")
_PREDICTED_KINDS = ("agrees", "differs", "extra", "not asked")


@dataclass(frozen=True)
class Score:
    """How far predicted observations agree with gold ones.

    Attributes
    ----------
    rows : DataFrame
        One line a judged row or pair: ``kind`` (``agrees``, ``differs``, ``missed``,
        ``extra``, ``not asked``), ``wrong`` (the fields that differ, joined by commas), and
        every field of both sides as ``gold_…`` and ``predicted_…``.
    reports : int
        Number of gold reports.
    """

    rows: pd.DataFrame
    reports: int

    @property
    def gold(self) -> int:
        """Number of gold rows that are asked for."""
        return int(self.rows["kind"].isin(_GOLD_KINDS).sum())

    @property
    def predicted(self) -> int:
        """Number of predicted rows that count."""
        return int(self.rows["kind"].isin(_PREDICTED_KINDS).sum())

    @property
    def summary(self) -> pd.DataFrame:
        """Precision, recall and F1 of *found*, *core* and *full*."""
        hits = {
            "found": self.rows["kind"].isin(("agrees", "differs")).sum(),
            "core": self._core().sum(),
            "full": (self.rows["kind"] == "agrees").sum(),
        }
        return self._table(hits)

    @property
    def fields(self) -> pd.DataFrame:
        """Precision, recall and F1 of each field alone."""
        paired = self.rows["kind"].isin(("agrees", "differs"))
        wrong = self.rows["wrong"].str.split(",")
        return self._table(
            {
                field: (paired & ~wrong.map(lambda fields, name=field: name in fields)).sum()
                for field in _FIELDS
            }
        )

    def by(self, field: str) -> pd.DataFrame:
        """Return *core* precision, recall and F1 for each value of a field of the gold rows.

        Predictions without a gold row are counted by their own value of the field.

        Raises
        ------
        KjreportError
            If neither table has the field.
        """
        if field not in _SHOWN:
            raise KjreportError(f"expected a field among {', '.join(_SHOWN)}, found {field!r}")
        alone = self.rows["kind"] == "extra"
        group = self.rows[f"gold_{field}"].where(~alone, self.rows[f"predicted_{field}"])
        counts = (
            pd.DataFrame(
                {
                    field: group,
                    "gold": self.rows["kind"].isin(_GOLD_KINDS),
                    "predicted": self.rows["kind"].isin(_PREDICTED_KINDS),
                    "core": self._core(),
                }
            )
            .groupby(field)
            .sum()
            .sort_values("gold", ascending=False, kind="stable")
        )
        rates = [
            _rates(*line)
            for line in zip(counts["core"], counts["predicted"], counts["gold"], strict=True)
        ]
        counts[["precision", "recall", "f1"]] = np.array(rates).reshape(-1, 3)
        return counts.drop(columns="core")

    @property
    def errors(self) -> pd.DataFrame:
        """The rows that do not agree, the worst first.

        A row that stands on one side only is worst, then a pair by the number of core fields
        and of all fields that differ.
        """
        rows = self.rows[self.rows["kind"] != "agrees"]
        wrong = rows["wrong"].str.split(",")
        core = wrong.map(lambda fields: sum(field in CORE_FIELDS for field in fields))
        order = pd.DataFrame(
            {"paired": rows["kind"] == "differs", "core": -core, "all": -wrong.map(len)}
        ).sort_values(["paired", "core", "all"], kind="stable")
        return rows.loc[order.index].reset_index(drop=True)

    def _core(self) -> pd.Series[bool]:
        wrong = self.rows["wrong"].str.split(",")
        broken = wrong.map(lambda fields: any(field in CORE_FIELDS for field in fields))
        return self.rows["kind"].isin(("agrees", "differs")) & ~broken.astype("bool")

    def _table(self, hits: dict[str, int]) -> pd.DataFrame:
        rates = {
            name: _rates(int(count), self.predicted, self.gold) for name, count in hits.items()
        }
        return pd.DataFrame.from_dict(rates, orient="index", columns=["precision", "recall", "f1"])

    def _repr_html_(self) -> str:
        return str(self.summary.to_html(float_format="{:.3f}".format))


def score(gold: pd.DataFrame, predicted: pd.DataFrame) -> Score:
    """Judge predicted observations by gold ones.

    Parameters
    ----------
    gold, predicted : DataFrame
        Observation tables; numbers may stand as text. Gold rows may hold alternatives and be
        ``optional``. Reports that `gold` does not have are not looked at.

    Returns
    -------
    Score

    Raises
    ------
    KjreportError
        If a column is missing or an offset is no number.

    Examples
    --------
    >>> import pandas as pd
    >>> from kjreport.score import score
    >>> row = {"report_id": "demo", "indicator": "makerspaces", "measure": "flow|stock",
    ...        "scenario": "actual", "level": "", "period": "2022", "value": 2,
    ...        "value_max": "", "unit": "count", "status": "reported", "start": 5, "end": 7}
    >>> gold = pd.DataFrame([row])
    >>> float(score(gold, gold.assign(measure="stock")).summary.loc["full", "f1"])
    1.0
    """
    gold, predicted = _prepared(gold, "gold"), _prepared(predicted, "predicted")
    predicted = predicted[predicted["asked"]]
    reports = gold["report_id"].unique()
    in_report = dict(list(predicted.groupby("report_id")))
    rows = [
        row
        for report, wanted in gold.groupby("report_id", sort=False)
        for row in _judged(wanted, in_report.get(report, predicted.iloc[:0]))
    ]
    columns = ["kind", "wrong"]
    columns += [f"{side}_{name}" for side in ("gold", "predicted") for name in gold.columns]
    frame = pd.DataFrame(rows, columns=columns)
    shown = [name for name in columns if not name.endswith(("_asked", "_optional"))]
    return Score(rows=frame[shown], reports=len(reports))


def _prepared(frame: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return the fields as text, offsets as integers, and what is asked for and optional."""
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise KjreportError(f"{side}: expected the columns of an observation table, no {missing}")
    text = frame.reindex(columns=list(_SHOWN)).astype("object")
    text = text.where(text.notna(), "").astype("str").apply(lambda column: column.str.strip())
    for name in ("start", "end"):
        offsets = pd.to_numeric(text[name], errors="coerce")
        if offsets.isna().any():
            row = int(np.flatnonzero(offsets.isna())[0]) + 1
            found = text[name].iloc[row - 1]
            raise KjreportError(f"{side}, row {row}: expected a number as {name}, found {found!r}")
        text[name] = offsets.astype("int64")
    optional = frame["optional"].astype("str").str.strip() if "optional" in frame else ""
    undecided = text["indicator"].str.contains(f"|{OTHER}", regex=False)
    undecided |= text["indicator"].str.contains(f"{OTHER}|", regex=False)
    text.loc[undecided, "indicator"] = text.loc[undecided, "indicator"].map(_without_other)
    either = text["scope"].str.contains("|", regex=False)
    text.loc[either, "scope"] = "district"
    is_other = text["indicator"].str.split("|").map(lambda names: OTHER in names).astype("bool")
    text["asked"] = ~is_other & text["scope"].isin(("", "district"))
    text["optional"] = (optional == "1") | undecided | either
    return pd.DataFrame(text)


def _without_other(indicator: str) -> str:
    return "|".join(name for name in indicator.split("|") if name != OTHER)


def _judged(gold: pd.DataFrame, predicted: pd.DataFrame) -> Iterator[list[object]]:
    partners = dict(_pairs(gold, predicted))
    wanted = list(gold.to_dict("records"))
    given = list(predicted.to_dict("records"))
    nothing = [""] * len(gold.columns)
    for i, row in enumerate(wanted):
        partner = given[partners[i]] if i in partners else None
        if partner is None:
            if row["asked"] and not row["optional"]:
                yield ["missed", "", *row.values(), *nothing]
        elif not row["optional"]:
            if not row["asked"]:
                yield ["not asked", "", *row.values(), *partner.values()]
            else:
                wrong = [name for name in _FIELDS if not _same(row[name], partner[name])]
                kind = "differs" if wrong else "agrees"
                yield [kind, ",".join(wrong), *row.values(), *partner.values()]
    taken = set(partners.values())
    for j, row in enumerate(given):
        if j not in taken:
            yield ["extra", "", *nothing, *row.values()]


def _pairs(gold: pd.DataFrame, predicted: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield the positions of one-to-one pairs of overlapping rows, best agreement first."""
    starts = np.maximum.outer(gold["start"].to_numpy(), predicted["start"].to_numpy())
    ends = np.minimum.outer(gold["end"].to_numpy(), predicted["end"].to_numpy())
    overlaps = ends - starts
    wanted = list(gold[list(_FIELDS)].itertuples(index=False, name=None))
    given = list(predicted[list(_FIELDS)].itertuples(index=False, name=None))
    candidates = []
    for i, j in np.argwhere(overlaps > 0).tolist():
        agree = [_same(a, b) for a, b in zip(wanted[i], given[j], strict=True)]
        candidates.append((not agree[0], -sum(agree), -overlaps[i, j], i, j))
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            yield i, j


@lru_cache(maxsize=65536)
def _same(gold: str, predicted: str) -> bool:
    return any(_equal(alternative, predicted) for alternative in gold.split("|"))


def _equal(gold: str, predicted: str) -> bool:
    if gold == predicted:
        return True
    try:
        return math.isclose(float(gold), float(predicted), rel_tol=1e-6, abs_tol=1e-9)
    except ValueError:
        return False


def _rates(hits: int, predicted: int, gold: int) -> tuple[float, float, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0
