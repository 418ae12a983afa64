"""What is imported is declared, and what is declared is pinned."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import kjreport

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(requirement):
    name = re.match(r"[A-Za-z0-9._-]+", requirement).group()
    return re.sub(r"[-_.]+", "-", name).lower()


DECLARED = {canonical(line) for line in PROJECT["dependencies"]}
EXTRAS = {canonical(line) for lines in PROJECT["optional-dependencies"].values() for line in lines}


def imported_packages():
    for path in Path(kjreport.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_every_import_is_declared():
    known = packages_distributions()
    for package in set(imported_packages()) & set(known) - {"kjreport"}:
        owners = {canonical(name) for name in known[package]}
        assert owners & (DECLARED | EXTRAS), f"{package} is imported and not in pyproject.toml"


def test_every_dependency_is_pinned():
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(line) for line in lines if "==" in line}
    assert pinned >= DECLARED
    assert all("==" in line or line.startswith("#") for line in lines)


def test_the_version_is_told_once():
    assert PROJECT["version"] == kjreport.__version__
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {kjreport.__version__}\n" in citation
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {kjreport.__version__}" in changes
