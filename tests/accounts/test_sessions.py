"""Sessions are found with SQL of our own, and are Django's in everything else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leer.accounts.backends import RoleBackend
from leer.accounts.models import Session, User
from leer.accounts.sessions import SessionStore, just_found
from leer.core.tasks import forget_old_jobs
from tests.support import learning
from tests.support.factories_organisation import UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "leer.accounts.backends.RoleBackend"


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


def test_a_person_who_came_with_a_session_is_nobody_else_and_given_once() -> None:
    user, other = UserFactory(), UserFactory()
    key = learning.signed_in(user).session.session_key
    SessionStore(key).load()
    assert just_found(other.pk) is None
    SessionStore(key).load()
    assert just_found(user.pk) == user
    assert just_found(user.pk) is None


def test_who_was_found_for_one_request_is_not_given_to_the_next() -> None:
    """Of a session that was read by a request that did not ask whose it is."""
    user = UserFactory()
    SessionStore(learning.signed_in(user).session.session_key).load()
    User.objects.filter(pk=user.pk).update(is_active=False)
    Client().get("/healthz")
    assert RoleBackend().get_user(user.pk) is None


def test_browsers_that_take_turns_in_one_thread_are_each_their_own() -> None:
    people = [UserFactory(), UserFactory()]
    browsers = [learning.signed_in(user) for user in people]
    for _ in range(2):
        for user, browser in zip(people, browsers, strict=True):
            assert browser.get("/mijn-leren/").wsgi_request.user == user
            assert Client().get("/mijn-leren/").wsgi_request.user.is_anonymous


def test_a_session_of_one_that_says_to_be_anothers_is_the_others() -> None:
    """What was signed counts, not the column beside it."""
    user, other = UserFactory(), UserFactory()
    browser = learning.signed_in(user)
    Session.objects.update(user=other)
    assert browser.get("/mijn-leren/").wsgi_request.user == user


def test_signing_in_gives_the_session_another_key_and_signing_out_ends_it() -> None:
    browser = Client()
    store = SessionStore()
    store["before"] = "kept"
    store.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    user = UserFactory()
    browser.force_login(user, backend=BACKEND)
    session = Session.objects.get()
    assert session.session_key != store.session_key
    assert (session.user, browser.session["before"]) == (user, "kept")
    browser.post(reverse("accounts:logout"))
    assert not Session.objects.exists()


def test_another_password_ends_the_sessions_that_were_open(browser: Client) -> None:
    user = User.objects.get()
    user.set_password("een heel ander wachtwoord")
    user.save()
    assert browser.get("/mijn-leren/").status_code == 302
    assert not Session.objects.exists()


def test_whoever_is_taken_out_is_signed_out_also_in_the_middle_of_a_page(browser: Client) -> None:
    store = SessionStore(browser.session.session_key)
    store.load()
    User.objects.all().delete()
    assert not Session.objects.exists()
    store.cycle_key()
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    assert browser.get("/mijn-leren/").status_code == 302


def test_sessions_past_their_time_are_gone_in_the_morning(browser: Client) -> None:
    past = learning.signed_in(UserFactory()).session.session_key
    Session.objects.filter(pk=past).update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_old_jobs()
    assert Session.objects.get().pk == browser.session.session_key


def test_who_signs_in_after_another_with_the_same_browser_is_themselves() -> None:
    client = learning.signed_in(UserFactory(first_name="Sanne"))
    client.get("/mijn-leren/")
    second = UserFactory(first_name="Bram")
    client.force_login(second, backend=BACKEND)
    assert client.get("/mijn-leren/").wsgi_request.user == second
