"""Accounts in the CMS: an administrator mends one, and nobody becomes more than that."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from leer.accounts.api import Role, User
from tests.support.factories_content import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def wim() -> User:
    return user_with(Role.ADMINISTRATOR, name="wim")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def edit(by: User, whom: User, *roles: Role, **values: Any) -> Any:
    groups = [str(Group.objects.get(name=role.value).pk) for role in roles]
    form = {
        "username": whom.username, "first_name": "Voor", "last_name": "Naam",
        "email": "iemand@douane.example", "is_active": "on", "groups": groups,
    }  # fmt: skip
    return browser(by).post(reverse("wagtailusers_users:edit", args=[whom.pk]), form | values)


def test_an_administrator_gives_a_role(wim: User) -> None:
    noor = user_with(Role.EMPLOYEE, name="noor")
    edit(wim, noor, Role.EDITOR)
    assert User.objects.get(pk=noor.pk).roles == {Role.EDITOR}


def test_an_administrator_makes_nobody_superuser(wim: User) -> None:
    noor = user_with(Role.EMPLOYEE, name="noor")
    edit(wim, noor, Role.EMPLOYEE, is_superuser="on")
    assert not User.objects.get(pk=noor.pk).is_superuser
    assert edit(wim, wim, Role.ADMINISTRATOR, is_superuser="on").status_code == 302
    assert not User.objects.get(pk=wim.pk).is_superuser


def test_an_administrator_adds_no_account(wim: User) -> None:
    form = {"username": "nieuw", "is_superuser": "on"}
    browser(wim).post(reverse("wagtailusers_users:add"), form)
    assert not User.objects.filter(username="nieuw").exists()


def test_a_superusers_account_is_a_superusers(wim: User) -> None:
    root = user_with(name="root", superuser=True)
    edit(wim, root, password1="een heel nieuw woord", password2="een heel nieuw woord")
    assert User.objects.get(pk=root.pk).password == root.password


@pytest.mark.parametrize("values", [{"is_active": ""}, {"groups": []}])
def test_the_last_administrator_stays(wim: User, values: dict[str, Any]) -> None:
    other = user_with(Role.ADMINISTRATOR, name="ander")
    other.is_active = False
    other.save()
    # Nobody can switch off the own account; somebody else can.
    by = user_with(name="root", superuser=True) if "is_active" in values else wim
    answer = edit(by, wim, Role.ADMINISTRATOR, **values)
    assert "laatste beheerder" in answer.content.decode()
    assert User.objects.get(pk=wim.pk).has_role(Role.ADMINISTRATOR)
    assert User.objects.get(pk=wim.pk).is_active


def test_an_administrator_changes_no_accounts_in_bulk(wim: User) -> None:
    other = user_with(Role.ADMINISTRATOR, name="ander")
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    browser(wim).post(f"{url}?id={other.pk}", {"mark_as_active": "False"})
    assert User.objects.get(pk=other.pk).is_active


def test_nobody_takes_another_name(wim: User) -> None:
    form = {"name_email-first_name": "Noor", "name_email-last_name": "Bakker"}
    browser(wim).post("/cms/account/", form)
    assert User.objects.get(pk=wim.pk).first_name == wim.first_name
    assert "name_email" not in browser(wim).get("/cms/account/").content.decode()


def test_a_link_does_not_say_that_one_is_signed_out(wim: User) -> None:
    client = browser(wim)
    assert client.get("/cms/logout/").status_code == 405
    assert client.get("/cms/").status_code == 200
    client.post("/cms/logout/")
    assert client.get("/cms/").status_code == 302


def test_a_superuser_finds_the_pages() -> None:
    client = browser(user_with(name="root", superuser=True))
    assert client.get("/cms/pages/", follow=True).status_code == 200
