"""A ledger to export from and import into, whose transactions are real."""

import pytest

from leer.xapi import credentials
from leer.xapi.credentials import NewCredential
from leer.xapi.store.partitions import ensure_coming_years


@pytest.fixture
def ledger(transactional_db: None) -> None:
    ensure_coming_years()


@pytest.fixture
def credential(ledger: None) -> NewCredential:
    return credentials.make(name="inlezer")
