"""Signing in: plain words, one answer for any mistake, and a pause after too many."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from leer.accounts.api import Role, User, grant, revoke
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db
LOGIN = "/inloggen/"


@pytest.fixture
def noor() -> User:
    user = make.user_with(Role.EMPLOYEE, name="noor")
    user.set_password("een lang wachtwoord")
    user.save()
    return user


def sign_in(client: Client, password: str, name: str = "noor", address: str = "10.0.0.1") -> object:
    form = {"username": name, "password": password}
    return client.post(LOGIN, form, REMOTE_ADDR=address)


def test_the_right_password_leads_to_what_is_mine(noor: User) -> None:
    answer = sign_in(Client(), "een lang wachtwoord")
    assert answer.url == "/"  # type: ignore[attr-defined]


def test_after_signing_in_one_comes_where_one_wanted(noor: User) -> None:
    form = {"username": "noor", "password": "een lang wachtwoord", "next": "/casussen/"}
    assert Client().post(LOGIN, form).url == "/casussen/"


def test_another_site_is_not_where_one_wanted(noor: User) -> None:
    form = {"username": "noor", "password": "een lang wachtwoord", "next": "https://elders.nl/"}
    assert Client().post(LOGIN, form).url == "/"


def test_pages_of_a_person_are_not_kept_by_the_browser(noor: User) -> None:
    """The next person at this screen presses *back*."""
    client = Client()
    sign_in(client, "een lang wachtwoord")
    for page in ("/mijn-leren/", "/casussen/"):
        assert "no-store" in client.get(page)["Cache-Control"], page


def test_a_form_in_an_odd_alphabet_is_a_bad_request_and_no_crash() -> None:
    odd = "application/x-www-form-urlencoded; charset=latin-1"
    answer = Client(raise_request_exception=False).post(LOGIN, "a=b", content_type=odd)
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("name", ["noor", "bestaat-niet"])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(noor: User, name: str) -> None:
    page = sign_in(Client(), "fout", name).content.decode()  # type: ignore[attr-defined]
    assert "horen niet bij elkaar" in page
    assert f'value="{name}"' in page


def test_too_many_wrong_passwords_mean_a_pause_also_with_the_right_one(noor: User) -> None:
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "fout")
    answer = sign_in(client, "een lang wachtwoord")
    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert "kwartier" in answer.content.decode()  # type: ignore[attr-defined]


def test_somebody_elses_mistakes_do_not_lock_out_a_whole_office(noor: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(Client(), "fout", "collega")
    answer = sign_in(Client(), "een lang wachtwoord")
    assert answer.status_code == 302  # type: ignore[attr-defined]


def test_signing_out_ends_the_session(noor: User) -> None:
    client = Client()
    client.force_login(noor, backend="leer.accounts.backends.RoleBackend")
    client.post(reverse("accounts:logout"))
    assert client.get("/mijn-leren/").status_code == 302


def test_an_account_that_is_closed_ends_its_open_sessions(noor: User) -> None:
    client = Client()
    client.force_login(noor, backend="leer.accounts.backends.RoleBackend")
    User.objects.filter(pk=noor.pk).update(is_active=False)
    assert client.get("/mijn-leren/").status_code == 302


def test_a_role_that_is_taken_away_works_at_once(noor: User) -> None:
    client = Client()
    client.force_login(noor, backend="leer.accounts.backends.RoleBackend")
    grant(noor, Role.MANAGER)
    assert client.get("/mijn-team/").status_code == 200
    revoke(noor, Role.MANAGER)
    assert client.get("/mijn-team/").status_code == 403


def test_the_language_is_dutch_until_somebody_chooses(noor: User) -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get(LOGIN)["Content-Language"] == "nl"
    client.post("/taal/", {"language": "en", "next": LOGIN})
    assert client.get(LOGIN)["Content-Language"] == "en"
