"""What holds for the rule files themselves."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from kjreport.places import provinces as gazetteer_provinces

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "kjreport"
RULES = [*sorted((PACKAGE / "extract").glob("*.py")), PACKAGE / "load" / "sections.py"]
VOCABULARY = [
    *sorted((PACKAGE / "extract" / "vocabulary").iterdir()),
    *sorted((PACKAGE / "schema" / "codelists").iterdir()),
]
LIMIT = 400
# Everything that reads Chinese; the rules of extraction are only the most of it.
READERS = sorted(
    path
    for layer in ("extract", "load", "stance", "places", "panel")
    for path in (PACKAGE / layer).glob("*.py")
)
# The ends of place names, which are words of the genre by themselves.
_KINDS = "省|自治区|特别行政区|自治州|地区|盟|市|自治县|自治旗|县|区|旗|开发区|新区"
_CODE = re.compile(r"[\u4e00-\u9fff]+")


def shown(path):
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_no_rule_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LIMIT


def spoken(source):
    """Return the string literals of a module, without docstrings, that hold Chinese words."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    literals = (
        ast.get_source_segment(source, node) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in told
    )
    chinese = re.compile("[\\u4e00-\\u9fff〇]")
    # The parts of an f-string are literals too, of which its whole is told.
    return sorted({literal for literal in literals if chinese.search(literal)})


def test_words_in_a_rule_are_seen_and_examples_are_none():
    assert spoken('"""企业."""\nx = 1  # 企业\n') == []
    assert spoken('x = r"[\\u4e00-\\u9fff]，"') == []
    assert spoken('x = text.endswith("企业")\ny = f"{x}家"') == ['"企业"', 'f"{x}家"']


@pytest.mark.parametrize("path", READERS, ids=shown)
def test_no_word_stands_in_a_rule(path):
    assert spoken(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", VOCABULARY, ids=shown)
def test_vocabulary_is_yaml(path):
    assert path.suffix == ".yaml"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def provinces():
    """Return the short names of the provinces, which are words of tiers."""
    areas = pd.read_csv(REPOSITORY / "data" / "reports" / "reports.csv")["area"].dropna()
    long = {re.match(r".+?(?:省|自治区)|[\u4e00-\u9fff]{2}市", area)[0] for area in areas}
    short = {re.sub(r"省|市$|(?:壮族|回族|维吾尔)?自治区$", "", name) for name in long}
    return long | short


def place_names():
    """Return the names of the reporting places and of the places above them."""
    areas = pd.read_csv(REPOSITORY / "data" / "reports" / "reports.csv")["area"].dropna()
    names = set()
    for area in areas:
        rest = re.sub(r"^.+?(?:省|自治区)", "", area)
        names.update(re.findall(r"[\u4e00-\u9fff]{2,}?(?:自治州|地区|盟|市|县|区|旗)", rest))
    names |= {re.sub(f"(?:{_KINDS})$", "", name) for name in names}
    # 高新 and 经济技术 are kinds of zones, 城 and the like are no names of one place.
    return {
        name
        for name in names - provinces()
        if len(name) >= 2 and not re.search("高新|技术|开发|新城|产业", name)
    }


@pytest.mark.parametrize("path", [*RULES, *VOCABULARY], ids=shown)
def test_no_rule_names_a_place(path):
    runs = _CODE.findall(path.read_text(encoding="utf-8"))
    named = {name for name in place_names() for run in runs if name in run}
    assert named == set()


def strings(content):
    """Return every string of a vocabulary file, without its comments."""
    if isinstance(content, dict):
        content = [*content, *content.values()]
    if isinstance(content, list):
        return [text for entry in content for text in strings(entry)]
    return [str(content)]


@pytest.mark.parametrize("path", VOCABULARY, ids=shown)
def test_no_vocabulary_lists_a_province(path):
    words = strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert [word for word in words for name in gazetteer_provinces() if name in word] == []


@pytest.mark.parametrize("path", [*RULES, *VOCABULARY], ids=shown)
def test_no_rule_names_a_report(path):
    text = path.read_text(encoding="utf-8")
    reports = pd.read_csv(REPOSITORY / "data" / "reports" / "reports.csv")["report_id"]
    assert [name for name in reports if name.split("-")[0] in re.findall("[a-z]{4,}", text)] == []
