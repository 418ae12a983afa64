"""Fixtures for every test."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and gold tables beside the repository, where it is there."""
    folder = REPOSITORY / ".." / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder.resolve()
