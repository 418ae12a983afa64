"""Data flows from the schema to the command line, and imports never go back up."""

import ast
from pathlib import Path

import pytest

import kjreport

PACKAGE = Path(kjreport.__file__).parent

LAYERS = (
    ("errors", "vocabulary"),
    ("schema", "places", "export"),
    ("load",),
    ("extract", "stance"),
    ("panel",),
    ("profile",),
    ("composite",),
    ("plot",),
    ("brief",),
    ("stages", "outputs"),
    ("study", "score"),
    ("comparison",),
    ("cli",),
    ("__main__", "__init__"),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def layer_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree, path):
    """Yield the names under ``kjreport`` that a module imports, at its top or within."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import at line {node.lineno}"
            if node.module == "kjreport":
                yield from (f"kjreport.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_module_imports_from_a_layer_above(path):
    own = layer_of(path)
    for name in imported(ast.parse(path.read_text(encoding="utf-8")), path):
        root, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if root != "kjreport" or target in (own, "__version__"):
            continue
        assert target, f"{own} imports the public API; import from the layer that holds it"
        assert target in RANK, f"{own} imports kjreport.{target}, which has no layer here"
        assert RANK[target] < RANK[own], f"{own} imports {target}, which is not below it"


def test_every_module_has_a_layer():
    found = {layer_of(path) for path in PACKAGE.rglob("*.py")}
    assert found == set(RANK)


def test_the_public_names_are_typed_as_they_are_loaded():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for block in ast.walk(tree)
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    folders = dict.fromkeys(kjreport._FOLDERS, "kjreport")
    assert typed == kjreport._PUBLIC | folders


def test_a_verb_stays_a_verb_when_its_folder_is_imported():
    import kjreport.panel
    import kjreport.study

    assert callable(kjreport.panel)
    assert callable(kjreport.study)
    assert kjreport.schema.Schema is kjreport.Schema
    for name in kjreport.__all__:
        assert getattr(kjreport, name) is not None
