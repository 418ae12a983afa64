"""What the README shows runs, and what it shows is there."""

import re
from pathlib import Path

import pytest

import kjreport as kj

REPOSITORY = Path(__file__).resolve().parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_notebook_code_runs(monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    (code,) = blocks("python")
    assert len(code.strip().splitlines()) <= 12
    names = {}
    exec(code, names)
    assert capsys.readouterr().out.strip()
    assert len(names["panel"]) > 1


def test_the_example_of_own_indicators_is_one(tmp_path):
    (text,) = blocks("yaml")
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    assert "drone_firms" in kj.Schema.default().extend(path).indicators


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_what_is_linked_is_there(path):
    assert (REPOSITORY / path).is_file()


def test_the_options_shown_are_those_of_the_program(capsys):
    from kjreport.cli import main

    for command in ("study", "extract", "validate", "score", "schema"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        known = capsys.readouterr().out
        (shown,) = re.findall(rf"^kjreport {command} .*$", README, re.MULTILINE)
        for option in re.findall(r"--[a-z]+", shown):
            assert option in known
