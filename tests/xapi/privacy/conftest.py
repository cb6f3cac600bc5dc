"""A ledger whose transactions are real, so that it can be stopped halfway."""

import pytest

from leer.xapi.store.partitions import ensure_coming_years


@pytest.fixture
def ledger(transactional_db: None) -> None:
    ensure_coming_years()
