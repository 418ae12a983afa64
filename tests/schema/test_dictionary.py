import csv
import pickle

import pytest
import yaml

from kjreport.errors import KjreportError
from kjreport.schema import OTHER, Schema

DRONES = {
    "family": "enterprise",
    "unit": "count",
    "measure": "stock",
    "direction": 1,
    "label": {"zh": "低空经济企业", "en": "Low-altitude firms"},
    "covers": "firms that build or fly drones",
    "aliases": ["低空经济企业", "无人机企业"],
}


@pytest.fixture
def schema():
    return Schema.default()


def test_the_shipped_schema_is_read_once():
    assert Schema.default() is Schema.default()


def test_every_indicator_of_the_codebook_is_there_with_its_family_and_unit(schema, shared):
    with (shared / "schema" / "indicators.csv").open(encoding="utf-8") as file:
        expected = {row["indicator"]: (row["family"], row["unit"]) for row in csv.DictReader(file)}
    found = {code: (entry.family, entry.unit) for code, entry in schema.indicators.items()}
    assert found == expected


def test_headline_measures_are_amounts_but_for_ratios(schema):
    assert schema.indicators["high_tech_enterprises"].measure == "stock"
    assert schema.indicators["tech_contract_value"].measure == "flow"
    assert schema.indicators["rd_intensity"].measure == "share"
    percent = {code for code, entry in schema.indicators.items() if entry.unit == "percent"}
    shares = {code for code, entry in schema.indicators.items() if entry.measure == "share"}
    assert percent <= shares


def test_no_alias_stands_under_two_indicators(schema):
    aliases = [alias for entry in schema.indicators.values() for alias in entry.aliases]
    assert len(aliases) == len(set(aliases))


def test_every_code_has_both_labels(schema):
    for codes in schema.codes().values():
        for code in codes:
            assert schema.label(code, "zh")
            assert schema.label(code, "en")
    assert schema.label(OTHER) == "其他"


def test_an_unknown_code_has_no_label(schema):
    with pytest.raises(KjreportError, match="'drones' is no code"):
        schema.label("drones")


def test_the_dictionary_as_table_and_as_mapping(schema):
    frame = schema.to_frame("en")
    assert frame["indicator"].tolist() == list(schema.indicators)
    assert "Makerspaces" in set(frame["label"])
    content = schema.to_dict("zh")
    assert content["levels"][0]["label"] == "国家级"
    assert content["indicators"][0]["aliases"]


def test_a_schema_survives_the_way_to_a_worker(schema):
    assert pickle.loads(pickle.dumps(schema)).indicators == schema.indicators


def test_extend_adds_indicators_families_and_aliases(schema, tmp_path):
    addition = {
        "families": {
            "space": {
                "label": {"zh": "空间", "en": "Space"},
                "description": {"zh": "占地", "en": "Land"},
            }
        },
        "indicators": {"drone_firms": DRONES | {"family": "space"}},
        "aliases": {"makerspaces": ["双创小屋", "众创空间"]},
    }
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(addition, allow_unicode=True), encoding="utf-8")
    for mine in (schema.extend(path), schema.extend(addition)):
        assert mine.indicators["drone_firms"].family == "space"
        assert mine.label("drone_firms", "en") == "Low-altitude firms"
        assert mine.indicators["makerspaces"].aliases.count("众创空间") == 1
        assert "双创小屋" in mine.indicators["makerspaces"].aliases
    assert "drone_firms" not in schema.indicators


def test_extending_by_nothing_changes_nothing(schema):
    assert schema.extend({}).indicators == schema.indicators
    assert schema.extend({"aliases": None}).indicators == schema.indicators


@pytest.mark.parametrize(
    ("addition", "told"),
    [
        ({"indicator": {}}, r"extension, top level: .*found 'indicator'"),
        (
            {"indicators": {"makerspaces": DRONES}},
            r"makerspaces: expected a code that is not taken",
        ),
        ({"indicators": {"other": DRONES}}, r"other: expected a code that is not taken"),
        ({"indicators": {"x-1": DRONES}}, r"letters, digits and _, found 'x-1'"),
        ({"indicators": {"x": 3}}, r"x: expected its fields, found 3"),
        ({"indicators": {"x": DRONES | {"unit": "家"}}}, r"as unit one of count, .* found '家'"),
        ({"indicators": {"x": DRONES | {"family": "space"}}}, r"as family one of enterprise"),
        ({"indicators": {"x": DRONES | {"measure": "sum"}}}, r"as measure one of stock"),
        ({"indicators": {"x": DRONES | {"direction": 2}}}, r"1 or -1 as direction, found 2"),
        ({"indicators": {"x": DRONES | {"label": "x"}}}, r"\{zh: …, en: …\} as label, found 'x'"),
        ({"indicators": {"x": DRONES | {"label": {"zh": "x"}}}}, r"x.label: expected text as en"),
        ({"indicators": {"x": DRONES | {"alias": ["x"]}}}, r"one of the fields .*found 'alias'"),
        ({"indicators": {"x": DRONES | {"aliases": "x"}}}, r"a list as aliases, found 'x'"),
        ({"indicators": {"x": DRONES | {"aliases": [2022]}}}, r"texts in aliases, found 2022"),
        ({"indicators": {"x": DRONES | {"aliases": ["a", "a"]}}}, r"each of aliases once"),
        ({"indicators": {"x": DRONES | {"aliases": ["众创空间"]}}}, r"'众创空间', which names mak"),
        (
            {"aliases": {"makerspace": ["双创小屋"]}},
            r"the code of an indicator, found 'makerspace'",
        ),
        ({"aliases": {"makerspaces": ["孵化器"]}}, r"'孵化器', which names"),
        ({"aliases": ["双创小屋"]}, r"a mapping under aliases"),
    ],
)
def test_extend_refuses_and_tells_where_and_why(schema, addition, told):
    with pytest.raises(KjreportError, match=told) as raised:
        schema.extend(addition)
    assert str(raised.value).startswith("extension")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"indicators: [", "not YAML"),
        (b"- a\n- b\n", "expected a mapping"),
        (b"\xff\xfe\xff", "expected UTF-8"),
        ("aliases:\n  makerspaces: [双创小屋]\n  makerspaces: [创客屋]\n".encode(), "stands twice"),
        (b"aliases: !!python/object:os.system {}\n", "not YAML"),
    ],
)
def test_a_broken_file_is_named_in_one_line(schema, tmp_path, content, told):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(KjreportError, match=told) as raised:
        schema.extend(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named(schema, tmp_path):
    with pytest.raises(KjreportError, match=r"none\.yaml: cannot be read"):
        schema.extend(tmp_path / "none.yaml")
