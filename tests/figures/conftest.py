"""The synthetic study, made once."""

import pytest

from .synthetic import make_tables


@pytest.fixture(scope="session")
def tables() -> dict:
    return make_tables()
