"""Who writes and judges stories."""

from typing import Any

import pytest
from django.test import Client

from leer.accounts.api import Role, User
from tests.support.factories_content import user_with


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


@pytest.fixture
def author(db: None) -> User:
    return user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def chief(db: None) -> User:
    return user_with(Role.CHIEF_EDITOR, name="beoordelaar")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client
