from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from kjreport.brief import audit
from kjreport.brief.audit_page import audit_page
from kjreport.errors import KjreportError
from kjreport.load import Document


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_loads_nothing_and_runs_nothing_of_a_report(
    marked_study: SimpleNamespace, assert_offline: Callable[[str], None], lang: str
) -> None:
    assert_offline(audit_page(marked_study, lang=lang))


def test_every_quantity_is_marked_at_its_anchor(marked_study: SimpleNamespace) -> None:
    tree = html.document_fromstring(audit_page(marked_study))
    for table in (marked_study.observations, marked_study.residuals):
        for row in table.itertuples():
            (mark,) = tree.xpath("//*[@id=$id]", id=f"{row.report_id}-{row.start}")
            assert row.raw.startswith(mark.text_content())


def test_the_text_of_each_report_is_whole(marked_study: SimpleNamespace) -> None:
    tree = html.document_fromstring(audit_page(marked_study))
    shown = [text.text_content() for text in tree.find_class("text")]
    assert shown == [document.text for document in marked_study.reports]


def test_a_mark_tells_its_fields(marked_study: SimpleNamespace) -> None:
    tree = html.document_fromstring(audit_page(marked_study, lang="en"))
    tips = {mark.get("id"): mark.get("data-tip").split("\n") for mark in tree.iter("mark")}
    spaces, masked, fall = marked_study.observations["start"][:3]
    assert tips[f"甲 区-{spaces}"] == [
        "Indicator: Makerspaces",
        "Value: 2",
        "Measure: Flow",
        "Scenario: Actual",
        "Scope: District",
        "Status: Reported",
        "Period: 2022",
        "Confidence: 1.00",
    ]
    assert "Value: masked" in tips[f"甲 区-{masked}"]
    assert "Value: -3.5%" in tips[f"甲 区-{fall}"]
    residual = marked_study.residuals["start"][0]
    assert tips[f"乙-{residual}"] == ["Not taken because: <no_indicator>"]


def test_classes_tell_family_mask_and_doubt(marked_study: SimpleNamespace) -> None:
    tree = html.document_fromstring(audit_page(marked_study))
    masked = marked_study.observations["start"][1]
    (mark,) = tree.xpath("//*[@id=$id]", id=f"甲 区-{masked}")
    assert mark.get("class") == "enterprise masked doubtful"


def test_a_report_without_numbers_and_a_study_without_reports(
    marked_study: SimpleNamespace,
) -> None:
    marked_study.observations = marked_study.observations[:0]
    marked_study.residuals = marked_study.residuals[:0]
    marked_study.reports = [Document.from_text("没有数字。")]
    assert "<mark" not in audit_page(marked_study)
    marked_study.reports = []
    assert "<article" not in audit_page(marked_study)


def test_audit_writes_the_page_and_names_it(marked_study: SimpleNamespace, tmp_path: Path) -> None:
    path = audit(marked_study, tmp_path / "audit.html", lang="en")
    assert path.read_text(encoding="utf-8") == audit_page(marked_study, lang="en")


def test_an_unknown_language_is_one_clear_line(marked_study: SimpleNamespace) -> None:
    with pytest.raises(KjreportError, match="expected one of zh, en, found 'fr'"):
        audit_page(marked_study, lang="fr")


def test_problems_and_instruments_are_marked_too(marked_study: SimpleNamespace) -> None:
    tree = html.document_fromstring(audit_page(marked_study, lang="en"))
    tips = [mark.get("data-tip") for mark in tree.find_class("problem") if mark.tag == "mark"]
    assert "Problem: R&D spending" in tips[0]
