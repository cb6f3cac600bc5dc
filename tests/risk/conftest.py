"""People who look at the pages."""

import pytest
from django.test import Client

from leer.accounts.api import User
from tests.support import factories_risk as make
from tests.support import learning


@pytest.fixture
def hanna(db: None) -> User:
    return make.programme("hanna")


@pytest.fixture
def olaf(db: None) -> User:
    return make.programme("olaf")


@pytest.fixture
def as_hanna(hanna: User) -> Client:
    return learning.signed_in(hanna)


@pytest.fixture
def as_olaf(olaf: User) -> Client:
    return learning.signed_in(olaf)
