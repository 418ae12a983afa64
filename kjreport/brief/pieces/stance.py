"""What the districts say is wrong, and what they plan to do."""

from __future__ import annotations

from kjreport.brief.html import AUDIT_PAGE, Fragment, element, table
from kjreport.brief.marks import link
from kjreport.brief.protocols import BriefedStudy
from kjreport.brief.words import words
from kjreport.plot.words import short_names
from kjreport.schema import Lang
from kjreport.stance.lexicon import Kind, Lexicon


def stance_counts(study: BriefedStudy, lang: Lang) -> Fragment:
    """Tell how many reports speak of problems and plans at all."""
    by_kind = study.stance.groupby("kind")["report_id"].nunique()
    text = words(lang)["stance_counted"].format(
        reports=len(study.reports),
        problems=by_kind.get("problem", 0),
        instruments=by_kind.get("instrument", 0),
    )
    return element("p", text)


def problems(study: BriefedStudy, lang: Lang) -> Fragment:
    """List the problems that districts report of themselves, the commonest first."""
    return _districts_by_code(study, "problem", lang)


def instruments(study: BriefedStudy, lang: Lang) -> Fragment:
    """List the policy instruments that districts announce, the commonest first."""
    return _districts_by_code(study, "instrument", lang)


def _districts_by_code(study: BriefedStudy, kind: Kind, lang: Lang) -> Fragment:
    phrases = words(lang)
    clauses = study.stance[study.stance["kind"] == kind]
    if clauses.empty:
        return element("p", phrases[f"no_{kind}s"])
    codes = Lexicon.default().codes
    first = clauses.drop_duplicates(["code", "report_id"])
    areas = list(first["area"].unique())
    names = dict(zip(areas, short_names(areas), strict=True))
    rows = []
    for code, count in first["code"].value_counts().items():
        label = codes[str(code)].label_en if lang == "en" else codes[str(code)].label_zh
        districts = Fragment(phrases["comma"]).join(
            element(
                "a", names[area] or report_id, href=link(AUDIT_PAGE, report_id, start), title=quote
            )
            for report_id, area, start, quote in first.loc[
                first["code"] == code, ["report_id", "area", "start", "quote"]
            ].itertuples(index=False)
        )
        rows.append((label, districts, str(count)))
    head = [phrases[f"head_{kind}"], phrases["head_named_by"], phrases["head_reports"]]
    return table(head, rows, numeric=1, class_="codes")
