"""Every requirement is tried in both versions, unless a test says that it is of one."""

import pytest

from tests.xapi.rest_client import Lrs


@pytest.fixture(params=["1.0.3", "2.0.0"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lrs(db: None, version: str) -> Lrs:
    """Somebody who may do everything."""
    return Lrs(version=version)
