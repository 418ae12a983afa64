"""The audit page: each report's text with every observation and residual in place."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import cycle
from os import PathLike
from pathlib import Path
from typing import Any, Final

import pandas as pd
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from kjreport.brief.marks import Note, marked_text, printable, report_anchor, source_text
from kjreport.brief.numbers import qualified_amount
from kjreport.brief.protocols import AuditedStudy
from kjreport.brief.words import words
from kjreport.export import write_text
from kjreport.plot.theme import FAMILY_COLOURS
from kjreport.schema import OTHER, Lang, Schema
from kjreport.stance.lexicon import Lexicon

# Below this the extraction itself thinks a second look worth while.
DOUBTFUL: Final = 0.6

_OTHER_COLOUR: Final = "#22384a"
# Opacity of a mark's background over its family's colour, as the end of an RGBA code.
_TINT: Final = "30"


@dataclass(frozen=True, slots=True)
class _Report:
    """One report as the template shows it."""

    id: str
    name: str
    title: str
    counts: str
    facts: tuple[tuple[str, str], ...]
    text: Markup


def audit(study: AuditedStudy, path: str | PathLike[str], *, lang: Lang = "zh") -> Path:
    """Write one offline HTML page that shows every number at its place in its report.

    Parameters
    ----------
    study : Study
        Anything with ``reports``, ``observations``, ``residuals``, ``stance`` and ``schema``.
    path : path
        Of the HTML file.
    lang : {"zh", "en"}
        Of the page's own words; the reports stay as they are.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    KjreportError
        If `lang` is unknown or the file cannot be written.

    Notes
    -----
    The place of the quantity at `start` has the address ``#report_id-start``, and a report
    as a whole ``#report_id-text``.
    """
    write_text(audit_page(study, lang=lang), path)
    return Path(path)


def audit_page(study: AuditedStudy, *, lang: Lang = "zh") -> str:
    """Return the page that `audit` writes.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from kjreport.load import Document
    >>> study = SimpleNamespace(
    ...     reports=[Document.from_text("新增众创空间2家。", report_id="demo")],
    ...     observations=pd.DataFrame({"report_id": []}),
    ...     residuals=pd.DataFrame({"report_id": []}),
    ...     stance=pd.DataFrame({"report_id": []}),
    ...     schema=Schema.default(),
    ... )
    >>> '<article id="demo-text">' in audit_page(study)
    True
    """
    phrases = words(lang)
    schema = study.schema
    script = _asset("page.js")
    families = {code: family.label(lang) for code, family in schema.families.items()}
    families[OTHER] = schema.label(OTHER, lang)
    environment = Environment(
        loader=PackageLoader("kjreport.brief", "templates/audit"), autoescape=True
    )
    return environment.get_template("page.html.j2").render(
        lang=lang,
        words=phrases,
        lead=phrases["audit_lead"].format(
            reports=len(study.reports),
            observations=len(study.observations),
            residuals=len(study.residuals),
        ),
        families=families,
        reports=list(_reports(study, lang)),
        style=Markup(_asset("page.css") + _family_rules(families)),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _reports(study: AuditedStudy, lang: Lang) -> Iterator[_Report]:
    phrases = words(lang)
    observations = _rows_by_report(study.observations)
    residuals = _rows_by_report(study.residuals)
    clauses = _rows_by_report(study.stance)
    for document in study.reports:
        observed = observations[document.report_id]
        left = residuals[document.report_id]
        notes = [observation_note(row, study.schema, lang) for row in observed]
        notes += [residual_note(row, lang) for row in left]
        notes += [clause_note(row, lang) for row in clauses[document.report_id]]
        origin = document.origin
        facts = (
            (phrases["file"], origin.file),
            (phrases["source"], source_text(origin.url)),
            (phrases["checksum"], origin.sha256),
            *((phrases["warning"], warning) for warning in document.warnings),
        )
        yield _Report(
            id=report_anchor(document.report_id),
            name=printable(f"{origin.area or document.report_id} {origin.year or ''}").rstrip(),
            title=printable(origin.title),
            counts=phrases["document_counts"].format(
                observations=len(observed),
                masked=sum(row["status"] == "masked" for row in observed),
                residuals=len(left),
            ),
            facts=tuple((term, printable(text)) for term, text in facts if text),
            text=Markup(marked_text(document, notes)),
        )


def _rows_by_report(table: pd.DataFrame) -> defaultdict[str, list[dict[Hashable, Any]]]:
    rows: defaultdict[str, list[dict[Hashable, Any]]] = defaultdict(list)
    for row in table.to_dict("records"):
        rows[row["report_id"]].append(row)
    return rows


def observation_note(row: Mapping[Hashable, Any], schema: Schema, lang: Lang) -> Note:
    """Return what the page tells about one row of the observation table."""
    phrases = words(lang)
    masked = row["status"] == "masked"
    indicator = schema.indicators.get(row["indicator"])
    family = indicator.family if indicator else OTHER
    doubtful = row["confidence"] < DOUBTFUL
    value = qualified_amount(
        row["value"], row["value_max"], row["unit"], row["qualifier"], lang=lang, schema=schema
    )
    fields = {
        "indicator": schema.label(row["indicator"], lang),
        "value": phrases["masked"] if masked else value,
        **{
            field: schema.label(row[field], lang)
            for field in ("measure", "scenario", "level", "scope", "status")
            if row[field]
        },
        "period": row["period"],
        "confidence": f"{row['confidence']:.2f}",
    }
    classes = (family, *(["masked"] if masked else []), *(["doubtful"] if doubtful else []))
    return Note(row["start"], row["end"], classes, _tip(fields, phrases), row["confidence"])


def residual_note(row: Mapping[Hashable, Any], lang: Lang) -> Note:
    """Return what the page tells about one row of the residual table."""
    phrases = words(lang)
    reason = phrases.get(f"reason_{row['reason']}", row["reason"])
    return Note(row["start"], row["end"], ("residual",), _tip({"reason": reason}, phrases))


def clause_note(row: Mapping[Hashable, Any], lang: Lang) -> Note:
    """Return what the page tells about one clause that names a problem or an instrument."""
    code = Lexicon.default().codes[row["code"]]
    label = code.label_en if lang == "en" else code.label_zh
    tip = words(lang)[row["kind"]] + words(lang)["colon"] + label
    return Note(row["start"], row["end"], (row["kind"],), tip, row["confidence"])


def _tip(fields: Mapping[str, str], phrases: Mapping[str, str]) -> str:
    colon = phrases["colon"]
    return "\n".join(
        f"{phrases[f'field_{name}']}{colon}{text}" for name, text in fields.items() if text
    )


def _family_rules(families: Iterable[str]) -> str:
    """Give each family the colour that it has in the figures."""
    colours = dict(zip(families, cycle(FAMILY_COLOURS), strict=False)) | {OTHER: _OTHER_COLOUR}
    return "".join(
        f".{family} {{ --tint: {colour}{_TINT}; --edge: {colour}; }}\n"
        for family, colour in colours.items()
    )


def _asset(name: str) -> str:
    return files(__package__).joinpath("templates", "audit", name).read_text(encoding="utf-8")
