"""Who plays for the first time is taken in together with the others of their team."""

from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from leer.accounts.api import User
from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE
from leer.disclosure.models import Release, Tally
from leer.monitoring.figures.counting import first_name, team_name
from leer.monitoring.figures.shape import way
from leer.monitoring.figures.stories import count_stories
from leer.monitoring.models import CountedAttempt
from leer.organisation.models import Membership, Team
from leer.progress.models import Attempt
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, ON, TAKES, TELLS, WALKS
from tests.support.factories_organisation import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No figure waits: how long it does hangs on the random name of its table."""
    monkeypatch.setattr("leer.disclosure.actions.secret_patience", lambda *_: lambda *_: 0)


@pytest.fixture
def version() -> str:
    return people.publish()


@pytest.fixture
def team() -> Team:
    found: Team = TeamFactory()
    return found


def members(team: Team, number: int, prefix: str = "lid") -> list[User]:
    found = people.users(number, prefix)
    place(found, team)
    return found


def place(everybody: Sequence[User], team: Team, since: int = 365) -> None:
    for user in everybody:
        day = timezone.localdate() - timedelta(days=since)
        MembershipFactory(user=user, team=team, valid_from=day)


def counted(version: str) -> int:
    tally = Tally.objects.filter(name=first_name(version)).first()
    return tally.counts[PEOPLE] if tally else 0


def released(version: str, team: Team) -> list[Release]:
    return disclosure.history(team_name(version, team.pk))


def test_a_team_is_released_with_the_whole_organisation(version: str, team: Team) -> None:
    own, others = members(team, 30), people.users(40, "ander")
    people.play(own[:16], version, TAKES, ON, WALKS)
    people.play([*own[16:], *others], version, ASKS, TELLS)
    assert count_stories(people.tonight()) == 1
    (release,) = released(version, team)
    assert release.people == 30
    assert 0 < release.at_least(way("deur", "gang"), way("deur", "r-pakt")) <= 20
    assert counted(version) == 70


def test_of_a_team_of_fewer_than_twice_k_nothing_is_said(version: str, team: Team) -> None:
    people.play([*members(team, 19), *people.users(30, "ander")], version, ASKS, TELLS)
    count_stories(people.tonight())
    assert released(version, team) == []
    assert counted(version) == 49


def test_a_team_waits_until_a_week_has_added_nobody(version: str, team: Team) -> None:
    own = members(team, 30)
    people.play(own[:20], version, ASKS, TELLS, days_ago=12)
    people.play(own[20:], version, ASKS, WALKS, days_ago=6)
    people.play(people.users(20, "ander"), version, ASKS, TELLS, days_ago=1)
    count_stories(people.tonight())
    assert counted(version) == 20
    count_stories(people.tonight(days=2))
    assert counted(version) == 50
    assert [release.people for release in released(version, team)] == [30]


def test_nobody_waits_for_the_others_of_a_team_longer_than_four_weeks(
    version: str, team: Team
) -> None:
    own = members(team, 40)
    for number, days_ago in enumerate((27, 20, 13, 6)):
        some = own[number * 10 : (number + 1) * 10]
        people.play(some, version, ASKS, TELLS, days_ago=days_ago)
    assert count_stories(people.tonight()) == 0
    assert count_stories(people.tonight(days=2)) == 1
    assert [release.people for release in released(version, team)] == [40]


def test_who_comes_later_is_in_the_next_release_alone(version: str, team: Team) -> None:
    people.play(members(team, 30), version, ASKS, TELLS)
    count_stories(people.tonight())
    people.play(members(team, 20, "later"), version, ASKS, WALKS, days_ago=10)
    count_stories(people.tonight(days=1))
    assert [release.people for release in released(version, team)] == [30, 20]
    assert counted(version) == 50


def test_teams_that_are_too_small_together_wait(version: str, team: Team) -> None:
    people.play(members(team, 9), version, ASKS, TELLS)
    assert count_stories(people.tonight()) == 0
    assert not CountedAttempt.objects.exists()
    people.play(members(TeamFactory(), 1, "ander"), version, ASKS, TELLS)
    assert count_stories(people.tonight()) == 1
    assert counted(version) == 10


def test_who_moved_counts_where_they_were_when_they_played(version: str, team: Team) -> None:
    own, other = members(team, 20), TeamFactory()
    people.play(own, version, ASKS, TELLS)
    moved_on = timezone.localdate() - timedelta(days=10)
    Membership.objects.filter(user__in=own).update(valid_until=moved_on)
    place(own, other, since=10)
    count_stories(people.tonight())
    assert released(version, team)
    assert not released(version, other)


def test_who_is_put_in_another_team_afterwards_counts_once(version: str, team: Team) -> None:
    own = members(team, 20)
    people.play(own, version, ASKS, TELLS)
    count_stories(people.tonight())
    Membership.objects.filter(user__in=own).update(team=TeamFactory())
    people.play(people.users(20, "ander"), version, ASKS, TELLS)
    count_stories(people.tonight(days=1))
    assert counted(version) == 40


def test_what_comes_in_late_is_counted_after_all(version: str, team: Team) -> None:
    """Another system reports it after the night of its day."""
    people.play(members(team, 20), version, ASKS, TELLS, days_ago=20)
    count_stories(people.tonight())
    people.play(members(team, 20, "laat"), version, ASKS, TELLS, days_ago=40)
    count_stories(people.tonight(days=1))
    assert counted(version) == 40


def test_only_a_first_attempt_counts_and_others_are_looked_at_once(
    version: str, team: Team
) -> None:
    own = members(team, 20)
    people.play(own, version, ASKS, TELLS)
    people.play(own, version, TAKES, ON, WALKS, days_ago=50)
    count_stories(people.tonight())
    (release,) = released(version, team)
    assert (release.people, release.at_least(way("deur", "r-pakt"))) == (20, 0)
    assert CountedAttempt.objects.count() == Attempt.objects.count() == 40


def test_a_second_run_of_a_night_counts_nobody_twice(version: str, team: Team) -> None:
    people.play(members(team, 25), version, ASKS, TELLS)
    assert count_stories(people.tonight()) == 1
    assert count_stories(people.tonight()) == 0
    assert counted(version) == 25


def test_after_a_year_is_forgotten_what_was_counted(version: str, team: Team) -> None:
    people.play(members(team, 25), version, ASKS, TELLS)
    count_stories(people.tonight())
    assert count_stories(people.tonight(days=400)) == 0
    assert not CountedAttempt.objects.exists()
    assert counted(version) == 25


def test_queries_do_not_grow_with_teams(version: str, django_assert_max_num_queries: Any) -> None:
    def play(prefix: str) -> None:
        for number in range(6):
            own = members(TeamFactory(), 3, f"{prefix}-{number}")
            people.play(own, version, ASKS, TELLS)

    play("eerst")
    with django_assert_max_num_queries(30) as first:
        count_stories(people.tonight())
    play("dan")
    play("nog")
    with django_assert_max_num_queries(len(first)):
        count_stories(people.tonight(days=1))


def test_what_was_counted_before_the_attempts_were_marked_stays_counted(
    version: str, team: Team
) -> None:
    """The migration marks what the date of the table told until then."""
    people.play(members(team, 25), version, ASKS, TELLS)
    count_stories(people.tonight())
    CountedAttempt.objects.all().delete()
    migration = import_module("leer.monitoring.migrations.0006_counted_attempts")
    with connection.cursor() as cursor:
        cursor.execute(migration.WHAT_WAS_COUNTED)
    count_stories(people.tonight(days=1))
    assert CountedAttempt.objects.count() == counted(version) == 25
