import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import nbformat.v4
import numpy as np
import pandas as pd
import pytest
from lxml import html

from kjreport.brief import brief, pieces
from kjreport.brief.audit_page import audit_page
from kjreport.brief.notebook import execute, source
from kjreport.brief.words import words
from kjreport.composite import WeightNoise, composite_index, sensitivity
from kjreport.errors import KjreportError
from kjreport.profile import InnovationProfile, NoStableClusterWarning
from kjreport.schema import Lang


@pytest.fixture(scope="module", params=["zh", "en"])
def page(
    request: pytest.FixtureRequest,
    grouped_study: SimpleNamespace,
    tmp_path_factory: pytest.TempPathFactory,
) -> html.HtmlElement:
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    brief(grouped_study, path, lang=request.param)
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def test_the_page_loads_nothing_and_runs_nothing(
    page: html.HtmlElement, assert_offline: Callable[[str], None]
) -> None:
    assert_offline(html.tostring(page, encoding="unicode"))
    assert not page.xpath("//script")


def test_the_page_names_its_language_and_title(page: html.HtmlElement) -> None:
    lang = page.get("lang")
    assert page.findtext(".//title") == words(lang)["brief_title"]
    assert page.findtext(".//h1") == words(lang)["brief_title"]


def test_every_number_of_the_headline_table_leads_to_its_mark(
    page: html.HtmlElement, grouped_study: SimpleNamespace
) -> None:
    audited = html.document_fromstring(audit_page(grouped_study))
    surfaces = {mark.get("id"): mark.text_content() for mark in audited.iter("mark")}
    (table,) = [t for t in page.find_class("districts") if t.xpath(".//td/a[@href]")][:1]
    links = table.xpath(".//td[contains(@class, 'number')]/a")
    assert len(links) == 3 * len(grouped_study.reports)
    shown = {unquote(link.get("href").partition("#")[2]): link.text for link in links}
    assert shown.keys() <= surfaces.keys()
    masked = words(page.get("lang"))["masked_cell"]
    for anchor, text in shown.items():
        if text == masked:
            assert surfaces[anchor].startswith("**家")
        elif surfaces[anchor][-1] in "家个":
            assert surfaces[anchor].startswith(text)


def test_every_link_of_the_page_resolves_in_the_audit_page(
    page: html.HtmlElement, grouped_study: SimpleNamespace
) -> None:
    anchors = set(html.document_fromstring(audit_page(grouped_study)).xpath("//@id"))
    links = [link for link in page.xpath("//a/@href") if not link.startswith("#")]
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        assert file == "audit.html"
        assert unquote(anchor) in anchors


def test_failures_problems_and_groups_are_told(
    page: html.HtmlElement, grouped_study: SimpleNamespace
) -> None:
    text = page.text_content()
    assert "bad.docx" in text
    assert {"zh": "研发投入不足", "en": "R&D spending"}[page.get("lang")] in text
    for area in grouped_study.panel.index:
        assert area in text


def test_too_few_districts_are_no_reason_to_fail(
    grouped_study: SimpleNamespace, tmp_path: Path
) -> None:
    ungrouped = SimpleNamespace(
        **{**vars(grouped_study), "model": None, "ungrouped": "two districts"}
    )
    text = brief(ungrouped, tmp_path / "brief.html", lang="en").read_text(encoding="utf-8")
    assert "not grouped: two districts." in text


def test_without_an_index_no_district_is_ranked(
    page: html.HtmlElement, grouped_study: SimpleNamespace
) -> None:
    expected = words(page.get("lang"))["no_index"].format(areas=8, districts=7, indicators=2)
    assert expected in page.text_content()
    assert words(page.get("lang"))["head_interval"] not in page.xpath("//th/text()")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_rank_stands_without_its_interval(
    grouped_study: SimpleNamespace, assert_offline: Callable[[str], None], lang: Lang
) -> None:
    known = grouped_study.panel.iloc[1:]
    index = composite_index(known, normalise={"method": "minmax", "bounds": (1, 100)})
    choices = {"weights": WeightNoise(0.5), "aggregate": ["arithmetic", "geometric"]}
    found = sensitivity(index, choices, n=16, random_state=0)
    ranked = SimpleNamespace(
        **{**vars(grouped_study), "index": index, "sensitivity": found, "comparable": known}
    )
    shown = html.fromstring(pieces.ranks_table(ranked, lang))
    assert_offline(str(pieces.ranks_table(ranked, lang)))
    rows = [
        [cell.text_content() for cell in row.iter("td")] for row in shown.iterfind(".//tbody/tr")
    ]
    assert [row[0] for row in rows] == list(index.scores.sort_values(ascending=False).index)
    stats = found.uncertainty.rank_stats
    for area, rank, interval, *_ in rows:
        low, high = stats.loc[area, ["q5", "q95"]]
        assert rank == f"{stats.loc[area, 'nominal']:.0f}"
        assert interval.split("–")[0] == f"{low:.0f}"
        assert interval.split("–")[-1] == f"{high:.0f}"
    told = pieces.standing(ranked, lang)
    assert str(len(known)) in told
    assert str(len(found.uncertainty.design)) in told
    for draw in (pieces.rank_intervals, pieces.sensitivity_indices, pieces.weights_bars):
        assert "<figcaption>" in draw(ranked, lang)


def test_every_figure_of_groups_is_in_the_page(page: html.HtmlElement) -> None:
    shown = page.xpath("//figcaption/text()")
    for name in ("stability", "consensus", "silhouette", "choice", "distinctive", "heatmap"):
        assert words(page.get("lang"))[f"caption_{name}"] in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_groups_that_do_not_hold_are_called_so(grouped_study: SimpleNamespace, lang: Lang) -> None:
    rng = np.random.default_rng(0)
    noise = pd.DataFrame(rng.normal(size=(8, 4)), index=grouped_study.panel.index)
    with pytest.warns(NoStableClusterWarning):
        model = InnovationProfile(3, n_resamples=10).fit(noise.add_prefix("x"))
    shaken = SimpleNamespace(**{**vars(grouped_study), "model": model})
    phrases = words(lang)
    assert phrases["groups_none"] in str(pieces.firmness(shaken, lang)).replace("&#39;", "'")
    verdicts = html.fromstring(pieces.groups_table(shaken, lang)).xpath("//tbody/tr/td[6]")
    assert {cell.text_content() for cell in verdicts} == {phrases["verdict_unstable"]}


def test_the_kernel_is_the_running_interpreter_whatever_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = tmp_path / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["no-such-program"], "display_name": "x", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    cell = nbformat.v4.new_code_cell("import sys; sys.executable")
    execute(nbformat.v4.new_notebook(cells=[cell]), folder=tmp_path)
    assert cell.outputs[0].data["text/plain"] == repr(sys.executable)


def test_an_unknown_language_is_one_clear_line(
    grouped_study: SimpleNamespace, tmp_path: Path
) -> None:
    with pytest.raises(KjreportError, match="expected one of zh, en, found 'fr'"):
        brief(grouped_study, tmp_path / "brief.html", lang="fr")


def test_both_languages_say_the_same_in_the_same_order() -> None:
    def calls(lang: str) -> list[str]:
        code = [cell.source for cell in source(lang).cells if cell.cell_type == "code"]
        return [text.replace(f'"{lang}"', "") for text in code]

    assert calls("zh") == calls("en")
