"""A case comes online at its moment, unless it may not; and then it keeps nothing else waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from cursussen.models import AcceptedFinding, CasePage
from cursussen.planning.overview import WORDS, Doing, overview
from cursussen.tasks import publish_on_time
from leer.accounts.api import Role, User
from tests.cursussen.gate.test_judging import NAME, accept_all, telling
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=2)


@pytest.fixture
def author() -> User:
    return make.user_with(Role.EDITOR, name="esra")


@pytest.fixture
def chief() -> User:
    return make.user_with(Role.CHIEF_EDITOR, name="joost")


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    with mock.patch.object(timezone, "now", return_value=timezone.now() + by):
        yield


def planned(author: User, chief: User, words: str, **values: object) -> CasePage:
    """Approved, to come online soon."""
    values = {"go_live_at": timezone.now() + SOON} | values
    page = make.submitted_case(author, **telling(f"<p>{words}</p>"), **values)
    accept_all(page, chief)
    return make.approve(page, chief)


def stored(page: CasePage) -> CasePage:
    found: CasePage = CasePage.objects.get(pk=page.pk)
    return found


def test_it_waits_for_its_moment_and_comes(author: User, chief: User) -> None:
    page = planned(author, chief, "Er kwam iemand aan de balie.")
    publish_on_time()
    assert not stored(page).live
    with later(2 * SOON):
        publish_on_time()
    assert stored(page).live


def test_what_opened_meanwhile_holds_it_and_nothing_else(author: User, chief: User) -> None:
    held = planned(author, chief, f"Toen kwam {NAME} aan.", slug="eerst")
    AcceptedFinding.objects.all().delete()
    other = planned(author, chief, "Er kwam iemand aan de balie.", slug="daarna",
                    go_live_at=timezone.now() + SOON + timedelta(minutes=1))  # fmt: skip
    with later(2 * SOON):
        publish_on_time()
        publish_on_time()
        (task,) = [task for task in overview().tasks if task.words == WORDS[Doing.HELD]]
    assert (stored(held).live, stored(other).live) == (False, True)
    assert PageLogEntry.objects.filter(action="cursussen.hold", page=held.pk).count() == 1
    assert [item.page.pk for item in task.items] == [held.pk]


def test_it_goes_at_its_moment(author: User, chief: User) -> None:
    page = make.live_case(author, chief)
    CasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + SOON)
    with later(2 * SOON):
        publish_on_time()
    assert not stored(page).live
