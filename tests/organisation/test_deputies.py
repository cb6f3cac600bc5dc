"""Somebody stands in for a leader: for a period, and only as long as that leader leads."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.organisation import api as organisation
from leer.organisation.models import Deputyship, Leadership, Team
from tests.support.factories_organisation import LeadershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


@pytest.fixture
def team() -> Team:
    found: Team = LeadershipFactory().team
    return found


@pytest.fixture
def ruud(team: Team) -> User:
    found: User = team.leaderships.get().user
    return found


@pytest.fixture
def noor() -> User:
    found: User = UserFactory()
    return found


def asked(team: Team, noor: User, ruud: User, first: int = 0, last: int = 6) -> Deputyship:
    return organisation.appoint_deputy(
        team, noor, by=ruud, first_day=day(first), last_day=day(last)
    )


def open_on(user: User, number: int) -> list[Team]:
    return list(organisation.teams_open_to(user, on=day(number)))


def is_manager(user: User, monkeypatch: pytest.MonkeyPatch, number: int = 0) -> bool:
    """Whether this person holds the role, so many days from today."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: day(number))
    found = User.objects.with_roles(user.pk)
    assert found
    return found.has_role(Role.MANAGER)


def test_a_deputy_has_the_team_for_these_days_and_no_other(
    team: Team, ruud: User, noor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(team, noor, ruud, 2, 6)
    for number, holds in ((0, False), (1, False), (2, True), (6, True), (7, False)):
        assert open_on(noor, number) == ([team] if holds else [])
        assert is_manager(noor, monkeypatch, number) is holds
    assert organisation.teams_open_to(noor, on=day(6)).get().stands_in_until == day(7)


def test_who_leads_needs_no_deputyship(team: Team, ruud: User) -> None:
    assert organisation.teams_open_to(ruud).get().stands_in_until is None


def test_a_deputy_is_never_one_who_leads(team: Team, ruud: User, noor: User) -> None:
    asked(team, noor, ruud)
    assert not organisation.teams_led_by(noor).exists()
    with pytest.raises(PermissionDenied):
        organisation.appoint_deputy(team, UserFactory(), by=noor, first_day=TODAY, last_day=TODAY)


def test_a_team_of_another_stays_shut(team: Team, ruud: User, noor: User) -> None:
    other = LeadershipFactory().team
    asked(team, noor, ruud)
    assert open_on(noor, 0) == [team]
    with pytest.raises(PermissionDenied):
        asked(other, noor, ruud)


def test_what_was_lent_ends_with_whose_it_was(
    team: Team, ruud: User, noor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(team, noor, ruud)
    Leadership.objects.filter(user=ruud).update(valid_until=day(3))
    assert open_on(noor, 2) == [team]
    assert open_on(noor, 3) == []
    assert is_manager(noor, monkeypatch, 2)
    assert not is_manager(noor, monkeypatch, 3)


def test_a_team_that_is_gone_is_open_to_nobody(team: Team, ruud: User, noor: User) -> None:
    asked(team, noor, ruud)
    Team.objects.update(active=False)
    assert open_on(noor, 0) == open_on(ruud, 0) == []


@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_a_leader_or_an_administrator_ends_it_at_once(
    team: Team, ruud: User, noor: User, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = asked(team, noor, ruud)
    by = ruud if who == "leader" else UserFactory(administrator=True)
    organisation.end_deputyship(one, by=by)
    assert open_on(noor, 0) == []
    assert not is_manager(noor, monkeypatch)
    one.refresh_from_db()
    assert (one.ended_by, one.valid_until) == (by, day(7))
    first = one.ended_at
    organisation.end_deputyship(one, by=ruud)
    one.refresh_from_db()
    assert (one.ended_by, one.ended_at) == (by, first)


def test_nobody_else_ends_it(team: Team, ruud: User, noor: User) -> None:
    one = asked(team, noor, ruud)
    for other in (noor, LeadershipFactory().user):
        with pytest.raises(PermissionDenied):
            organisation.end_deputyship(one, by=other)


@pytest.mark.parametrize(
    ("first", "last", "possible"),
    [(0, 0, True), (0, 182, True), (0, 183, False), (-1, 3, False), (3, 2, False)],
)
def test_for_half_a_year_at_most_and_not_in_the_past(
    team: Team, ruud: User, noor: User, first: int, last: int, possible: bool
) -> None:
    if possible:
        assert asked(team, noor, ruud, first, last).last_day == day(last)
        return
    with pytest.raises(ValidationError):
        asked(team, noor, ruud, first, last)
    assert not Deputyship.objects.exists()


def test_once_for_the_same_days(team: Team, ruud: User, noor: User) -> None:
    first = asked(team, noor, ruud, 0, 6)
    with pytest.raises(ValidationError):
        asked(team, noor, ruud, 6, 8)
    asked(team, noor, ruud, 7, 8)
    organisation.end_deputyship(first, by=ruud)
    asked(team, noor, ruud, 0, 6)


def test_who_leads_a_team_does_not_stand_in_for_it(team: Team, ruud: User) -> None:
    second = LeadershipFactory(team=team).user
    for deputy in (ruud, second):
        with pytest.raises(ValidationError):
            asked(team, deputy, ruud)


def test_who_stands_in_now_or_later_is_told_and_not_who_did(
    team: Team, ruud: User, noor: User
) -> None:
    later, now = asked(team, noor, ruud, 10, 12), asked(team, UserFactory(), ruud)
    ended = asked(team, UserFactory(), ruud)
    organisation.end_deputyship(ended, by=ruud)
    Deputyship.objects.create(
        team=team, user=noor, appointed_by=ruud, valid_from=day(-9), valid_until=TODAY
    )
    assert list(organisation.deputies_of(team)) == [now, later]


def test_somebody_who_is_gone_from_a_role_is_told_by_who_reads_it_anew(
    team: Team, ruud: User, noor: User, django_assert_num_queries: Any
) -> None:
    asked(team, noor, ruud)
    TeamFactory()
    fresh = User.objects.get(pk=noor.pk)
    with django_assert_num_queries(1):
        assert fresh.roles == {Role.EMPLOYEE, Role.MANAGER}
