import pandas as pd
import pytest

from kjreport.composite import Framework


@pytest.fixture
def meta():
    """Two pillars of two indicators each."""
    return pd.DataFrame(
        [
            ("rd", 1, "input", 1, 3.0),
            ("staff", 1, "input", 1, 1.0),
            ("patents", 1, "output", 1, 1.0),
            ("waste", 1, "output", -1, 1.0),
            ("input", 2, "Index", 1, 1.0),
            ("output", 2, "Index", 1, 1.0),
            ("Index", 3, None, 1, 1.0),
        ],
        columns=["iCode", "Level", "Parent", "Direction", "Weight"],
    )


@pytest.fixture
def framework(meta):
    return Framework.from_meta(meta)


@pytest.fixture
def panel():
    return pd.DataFrame(
        {
            "rd": [1.0, 2.0, 3.0, 5.0],
            "staff": [10.0, 40.0, 20.0, 30.0],
            "patents": [4.0, 8.0, 2.0, 6.0],
            "waste": [7.0, 1.0, 4.0, 3.0],
        },
        index=["甲市", "乙市", "丙区", "丁县"],
    )


@pytest.fixture(scope="session")
def reference(shared):
    """Read a table that R computed, by name."""

    def read(name, index="uCode"):
        return pd.read_csv(shared / "reference" / f"{name}.csv", index_col=index)

    return read


@pytest.fixture(scope="session")
def asem(reference):
    return Framework.from_meta(reference("asem_meta", index=None))
