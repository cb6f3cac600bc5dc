"""Sessions are found with SQL of our own, and are Django's in everything else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from leer.accounts.sessions import SessionStore
from tests.support import learning
from tests.support.factories_organisation import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return learning.signed_in(UserFactory())


def test_who_is_signed_in_stays_so(browser: Client) -> None:
    assert browser.get("/mijn-leren/").status_code == 200


def test_a_session_past_its_time_is_nobodys(browser: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/mijn-leren/").status_code == 302


@pytest.mark.parametrize("key", ["x" * 32, "' or true --", "é\N{SNOWMAN}"])
def test_a_key_that_is_no_session_finds_nothing_and_is_not_kept(key: str) -> None:
    store = SessionStore(key)
    assert store.get("anything") is None
    assert store.session_key != key
