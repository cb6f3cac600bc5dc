"""A ledger whose transactions are real, so that it can be stopped halfway."""

from collections.abc import Iterator

import pytest

from leer.xapi.store.partitions import drop_year, ensure_coming_years

OF_BEFORE = (2010, 2023, 2024)  # partitions that some tests make


@pytest.fixture
def ledger(transactional_db: None) -> Iterator[None]:
    ensure_coming_years()
    yield
    for year in OF_BEFORE:
        drop_year(year)
