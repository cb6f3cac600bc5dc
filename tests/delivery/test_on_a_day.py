"""Somebody's own page: where they were with their modules on a day."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.rollout.giving import Grant, give
from leer.rollout.models import AssignmentRecord
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=20)


def page(user: User, **asked: str) -> str:
    answer = learning.signed_in(user).get(reverse("delivery:on_a_day"), asked)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return re.sub(r"\s+", " ", answer.content.decode())


def days_ago(number: int) -> str:
    return (TODAY - timedelta(days=number)).isoformat()


@pytest.fixture
def given(noor: User, module: content.Module) -> content.Module:
    at = timezone.now() - timedelta(days=5)
    give([Grant(noor.pk, module.key, DUE, None)], reason="x", at=at)
    AssignmentRecord.objects.update(recorded_at=at)
    return module


def test_it_tells_the_day_that_is_asked_about(noor: User, given: content.Module) -> None:
    learning.do_whole_module(noor, given)
    assert "gedaan" in page(noor)
    before = page(noor, dag=days_ago(1))
    assert given.title in before
    assert "te doen" in before
    assert "Er stond toen niets voor je klaar" in page(noor, dag=days_ago(6))


def test_what_was_not_known_yet_does_not_count(noor: User, given: content.Module) -> None:
    learning.do_whole_module(noor, given)
    assert "te doen" in page(noor, bekend=days_ago(1))


def test_a_day_to_come_is_not_told(noor: User, given: content.Module) -> None:
    text = page(noor, dag=(TODAY + timedelta(days=1)).isoformat())
    assert "Kies vandaag of een dag die geweest is." in text


def test_it_is_ones_own_only(noor: User, given: content.Module) -> None:
    other = make.user_with(Role.EMPLOYEE, name="piet")
    assert given.title not in page(other)


def test_ones_own_data_leads_to_it(noor: User) -> None:
    own = learning.signed_in(noor).get(reverse("delivery:own_data")).content.decode()
    assert reverse("delivery:on_a_day") in own
    assert reverse("certificates:mine") in own
