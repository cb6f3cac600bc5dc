"""Sessions are found with SQL of our own, and are Django's in everything else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leer.accounts.models import Session, User
from leer.accounts.sessions import SessionStore, just_found
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


def test_session_and_person_come_in_one_query() -> None:
    user = UserFactory()
    client = learning.signed_in(user)
    assert Session.objects.get().user == user
    with CaptureQueriesContext(connection) as asked:
        client.get("/mijn-leren/")
    about_people = [one["sql"] for one in asked.captured_queries if "accounts_" in one["sql"]]
    assert len(about_people) == 1


def test_who_became_inactive_is_not_signed_in_any_more() -> None:
    user = UserFactory()
    client = learning.signed_in(user)
    assert client.get("/mijn-leren/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/mijn-leren/").status_code == 302


def test_a_person_who_came_with_a_session_is_nobody_else_and_given_once() -> None:
    user, other = UserFactory(), UserFactory()
    key = learning.signed_in(user).session.session_key
    SessionStore(key).load()
    assert just_found(other.pk) is None
    SessionStore(key).load()
    assert just_found(user.pk) == user
    assert just_found(user.pk) is None


def test_who_signs_in_after_another_with_the_same_browser_is_themselves() -> None:
    client = learning.signed_in(UserFactory(first_name="Sanne"))
    client.get("/mijn-leren/")
    second = UserFactory(first_name="Bram")
    client.force_login(second, backend="leer.accounts.backends.RoleBackend")
    assert client.get("/mijn-leren/").wsgi_request.user == second
