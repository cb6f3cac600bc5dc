"""A target for each test of forwarding, and a ledger whose transactions are real."""

from collections.abc import Iterator

import pytest

from leer.xapi.store.partitions import ensure_coming_years
from tests.xapi.forwarding.lrs import Lrs, another_lrs


@pytest.fixture
def lrs(transactional_db: None) -> Iterator[Lrs]:
    ensure_coming_years()
    with another_lrs() as target:
        yield target
