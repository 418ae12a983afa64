import pandas as pd
import pytest

from kjreport.composite import Framework, FrameworkError
from kjreport.errors import KjreportError
from kjreport.schema import Schema


def changed(meta, code, **columns):
    meta = meta.copy()
    for column, value in columns.items():
        meta.loc[meta["iCode"] == code, column] = value
    return meta


def test_levels_and_children(framework):
    assert framework.n_levels == 3
    assert framework.index == "Index"
    assert framework.indicators == ("rd", "staff", "patents", "waste")
    assert framework.aggregates == ("Index", "input", "output")
    assert framework.children("output") == ("patents", "waste")
    assert framework.indicators_below("Index") == framework.indicators
    assert framework.ancestor("rd", 3) == "Index"


def test_effective_weights_multiply_down(framework):
    assert framework.effective_weights().to_dict() == {
        "rd": 0.375,
        "staff": 0.125,
        "patents": 0.25,
        "waste": 0.25,
        "input": 0.5,
        "output": 0.5,
        "Index": 1.0,
    }


def test_effective_weights_of_each_level_sum_to_one(asem):
    shares = asem.effective_weights()
    for level in range(1, asem.n_levels + 1):
        assert shares[list(asem.codes(level))].sum() == pytest.approx(1)


def test_an_element_taken_out_takes_its_empty_parents_with_it(framework):
    assert framework.without(["rd", "staff"]).aggregates == ("Index", "output")


def test_a_meta_table_survives_the_round_trip(framework):
    assert Framework.from_meta(framework.to_meta()).elements == framework.elements


def test_groups_and_denominators_stand_outside_the_levels(asem):
    assert "GDP_group" in asem.groups
    assert "Population" in asem.denominators
    assert asem["Flights"].denominator == "Population"


@pytest.mark.parametrize(
    ("code", "columns", "message"),
    [
        ("rd", {"Parent": "inputs"}, "'rd': unknown parent 'inputs'"),
        ("Index", {"Parent": "input"}, "a loop: input -> Index -> input"),
        ("input", {"Parent": "input"}, "a loop: input -> input"),
        ("rd", {"iCode": "staff"}, "'staff' is there more than once"),
        ("rd", {"Level": 2}, "'rd': level 2 under parent 'input' of level 2"),
        ("rd", {"Direction": 0}, "'rd': direction 0; expected 1 or -1"),
        ("rd", {"Weight": -1}, "'rd': weight -1; expected 0 or more"),
        ("input", {"Parent": None}, "elements without a parent: input, Index"),
    ],
)
def test_what_does_not_hang_together_is_refused(meta, code, columns, message):
    with pytest.raises(FrameworkError) as caught:
        Framework.from_meta(changed(meta, code, **columns))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, KjreportError)


def test_an_aggregate_without_children_is_refused(meta):
    extra = pd.DataFrame({"iCode": ["idle"], "Level": [2], "Parent": ["Index"]})
    with pytest.raises(FrameworkError, match="'idle': an aggregate of level 2 without children"):
        Framework.from_meta(pd.concat([meta, extra]).fillna({"Weight": 1, "Direction": 1}))


def test_a_missing_column_and_a_word_for_a_number_are_named(meta):
    with pytest.raises(FrameworkError, match="no column 'Parent'"):
        Framework.from_meta(meta.drop(columns="Parent"))
    words = meta.assign(Weight=meta["Weight"].astype(object))
    with pytest.raises(FrameworkError, match="'rd': Weight is 'heavy'; expected a number"):
        Framework.from_meta(changed(words, "rd", Weight="heavy"))


def test_the_schema_gives_one_pillar_a_family():
    schema = Schema.default()
    codes = list(schema.indicators)[:6]
    framework = Framework.from_schema(codes, schema)
    assert framework.indicators == tuple(codes)
    assert set(framework.codes(2)) == {schema.indicators[code].family for code in codes}
    with pytest.raises(FrameworkError, match="no indicator 'moon' in the schema"):
        Framework.from_schema(["moon"], schema)


def test_an_unknown_element_is_named(framework):
    with pytest.raises(FrameworkError, match="no element 'moon'"):
        framework.with_weights({"moon": 1.0})
