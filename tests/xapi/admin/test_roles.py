"""Who comes in where, and what keeps others out."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from leer.accounts.api import Role
from leer.xapi import credentials
from leer.xapi.models import Credential, ForwardTarget
from tests.support import factories_content as make
from tests.support import learning
from tests.xapi.admin.reading import FACTS, KEYS, NEW_KEY, TARGETS, page_of
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.django_db
LEDGER = {Role.PROGRAMME, Role.ADMINISTRATOR}
EVERYBODY = pytest.mark.parametrize("role", list(Role))


def a_target() -> ForwardTarget:
    """One that nobody can reach, which nobody here tries."""
    made: ForwardTarget = ForwardTarget.objects.create(
        name="Datahuis", endpoint="https://lrs.example/xapi", key="leer", sealed_secret="x"
    )
    return made


@EVERYBODY
def test_the_ledger_and_forwarding_are_for_the_programme_and_administrators(role: Role) -> None:
    client = learning.signed_in(make.user_with(role))
    [fact] = Lrs().stored(statement())
    target = a_target()
    for url in (FACTS, reverse("ledger:fact", args=[fact]), TARGETS):
        assert client.get(url).status_code == (200 if role in LEDGER else 403), url
    for name in ("pause", "resume"):
        answer = client.post(reverse(f"ledger:{name}", args=[target.pk]))
        assert answer.status_code == (302 if role in LEDGER else 403)
    target.refresh_from_db()
    assert target.paused_at is None


@EVERYBODY
def test_keys_are_for_administrators_only(role: Role) -> None:
    client = learning.signed_in(make.user_with(role))
    made = credentials.make(name="LMS").credential
    may = role is Role.ADMINISTRATOR
    revoke = reverse("credentials:revoke", args=[made.pk])
    for url in (KEYS, NEW_KEY, revoke):
        assert client.get(url).status_code == (200 if may else 403), url
    client.post(NEW_KEY, {"name": "Nieuw", "scopes": ["all"], "version": "2.0.0"})
    client.post(revoke)
    assert Credential.objects.filter(name="Nieuw").exists() is may
    made.refresh_from_db()
    assert (made.revoked_at is not None) is may


@EVERYBODY
def test_the_menu_shows_what_one_may_open(role: Role) -> None:
    client = learning.signed_in(make.user_with(role))
    answer = client.get(reverse("wagtailadmin_home"))
    shown = {url for url in (FACTS, TARGETS, KEYS) if url in answer.content.decode()}
    expected = {Role.PROGRAMME: {FACTS, TARGETS}, Role.ADMINISTRATOR: {FACTS, TARGETS, KEYS}}
    assert shown == expected.get(role, set())


def test_the_front_page_of_the_programme_leads_to_the_ledger(programme: Client) -> None:
    page = page_of(programme, reverse("wagtailadmin_home"))
    assert "Naar het grootboek" in page
    assert 'role="search"' not in page  # Wagtail's own front page looks for pages


def test_strangers_are_asked_to_sign_in() -> None:
    for url in (FACTS, KEYS, NEW_KEY, TARGETS, reverse("ledger:fact", args=[uuid4()])):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer.url.startswith("/inloggen/?next=")


def test_another_site_can_make_revoke_or_pause_nothing() -> None:
    user = make.user_with(Role.ADMINISTRATOR)
    made, target = credentials.make(name="LMS").credential, a_target()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    for url in (
        NEW_KEY,
        reverse("credentials:revoke", args=[made.pk]),
        reverse("ledger:pause", args=[target.pk]),
    ):
        answer = client.post(url, {"name": "X", "scopes": ["all"], "version": "2.0.0"})
        assert answer.status_code == 403
    made.refresh_from_db()
    target.refresh_from_db()
    assert (made.revoked_at, target.paused_at) == (None, None)
    assert Credential.objects.count() == 1


def test_looking_changes_nothing(administrator: Client) -> None:
    made, target = credentials.make(name="LMS").credential, a_target()
    administrator.get(reverse("credentials:revoke", args=[made.pk]))
    for name in ("pause", "resume"):
        assert administrator.get(reverse(f"ledger:{name}", args=[target.pk])).status_code == 405
    made.refresh_from_db()
    target.refresh_from_db()
    assert (made.revoked_at, target.paused_at) == (None, None)


def test_no_page_is_kept_by_the_browser(administrator: Client) -> None:
    [fact] = Lrs().stored(statement())
    for url in (FACTS, reverse("ledger:fact", args=[fact]), KEYS, NEW_KEY, TARGETS):
        assert "no-store" in administrator.get(url)["Cache-Control"], url
