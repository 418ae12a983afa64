"""The worked studies run from top to bottom, and stand in the repository without output."""

from pathlib import Path

import nbformat
import pytest

from kjreport.brief.notebook import execute

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    execute(nbformat.read(path, as_version=4), folder=FOLDER)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert code
    assert not [cell for cell in code if cell.outputs or cell.execution_count]


def test_there_are_notebooks() -> None:
    names = {path.stem for path in NOTEBOOKS}
    assert names >= {
        "01_read_reports",
        "02_common_schema",
        "03_district_profiles",
        "04_research_brief",
    }
