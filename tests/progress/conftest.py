"""A ledger whose transactions are real."""

import pytest

from leer.xapi.store.partitions import ensure_coming_years


@pytest.fixture
def ledger(transactional_db: None) -> None:
    ensure_coming_years()
