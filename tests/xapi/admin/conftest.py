"""People who look into the ledger, and a system that writes in it."""

import pytest
from django.test import Client

from leer.accounts.api import Role
from tests.support import factories_content as make
from tests.support import learning
from tests.xapi.rest_client import Lrs


@pytest.fixture
def programme(db: None) -> Client:
    return learning.signed_in(make.user_with(Role.PROGRAMME))


@pytest.fixture
def administrator(db: None) -> Client:
    return learning.signed_in(make.user_with(Role.ADMINISTRATOR))


@pytest.fixture
def lrs(db: None) -> Lrs:
    return Lrs()
