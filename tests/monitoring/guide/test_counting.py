"""A team has a table of its own inside that of everybody, once enough of its people played."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from leer.accounts.api import User
from leer.disclosure import api as disclosure
from leer.disclosure.models import Tally
from leer.monitoring.figures.counting import count_stories, first_name
from leer.monitoring.figures.shape import way
from leer.monitoring.guide.counting import count_teams, team_name
from leer.organisation.models import Membership, Team
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, ON, TAKES, TELLS, WALKS
from tests.support.factories_organisation import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> str:
    return people.publish()


@pytest.fixture
def team() -> Team:
    found: Team = TeamFactory()
    return found


def count() -> int:
    count_stories(people.tonight())
    return count_teams()


def place(everybody: Sequence[User], team: Team) -> None:
    for user in everybody:
        MembershipFactory(user=user, team=team)


def counted(version: str, team: Team) -> dict[str, int]:
    found: dict[str, int] = Tally.objects.get(name=team_name(version, team.pk)).counts
    return found


@pytest.fixture
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits: how long a figure does hangs on the random name of its table."""
    monkeypatch.setattr("leer.disclosure.actions.secret_patience", lambda *_: lambda *_: 0)


@pytest.mark.usefixtures("_patience")
def test_the_people_of_a_team_are_counted_in_its_table_too(version: str, team: Team) -> None:
    own, others = people.users(30), people.users(40, "ander")
    place(own, team)
    people.play(own[:16], version, TAKES, ON, WALKS)
    people.play([*own[16:], *others], version, ASKS, TELLS)
    assert count() == 1
    assert counted(version, team)[way("deur", "r-pakt")] == 16
    assert counted(version, team)[way("deur", "gang")] == 14
    shown = disclosure.latest(team_name(version, team.pk))
    assert shown
    assert shown.people == 30
    assert 0 < shown.at_least(way("deur", "gang"), way("deur", "r-pakt")) <= 20


def test_a_team_of_fewer_than_k_is_counted_nowhere_and_waits(version: str, team: Team) -> None:
    own = people.users(9)
    place(own, team)
    people.play([*own, *people.users(30, "ander")], version, ASKS, TELLS)
    assert count() == 0
    assert Tally.objects.count() == 1
    late = people.users(10, "later")
    place(late, team)
    people.play(late, version, TAKES, ON, TELLS, days_ago=-1)
    count_stories(people.tonight(days=3))
    assert count_teams() == 1
    assert counted(version, team)[disclosure.PEOPLE] == 19


def test_nobody_is_counted_before_the_whole_organisation_counts_them(
    version: str, team: Team
) -> None:
    own = people.users(12)
    place(own, team)
    people.play(own, version, ASKS, TELLS)
    assert count_teams() == 0
    assert not Tally.objects.exists()


def test_a_second_night_counts_nobody_twice(version: str, team: Team) -> None:
    own = people.users(25)
    place(own, team)
    people.play(own, version, ASKS, TELLS)
    assert (count(), count_teams()) == (1, 0)
    count_stories(people.tonight(days=1))
    assert count_teams() == 0
    assert counted(version, team)[disclosure.PEOPLE] == 25


def test_who_moved_counts_where_they_were_when_they_played(version: str, team: Team) -> None:
    own, other = people.users(20), TeamFactory()
    place(own, team)
    people.play(own, version, ASKS, TELLS)
    moved_on = timezone.localdate() - timedelta(days=10)
    Membership.objects.filter(user__in=own).update(valid_until=moved_on)
    for user in own:
        MembershipFactory(user=user, team=other, valid_from=moved_on)
    count()
    assert counted(version, team)[disclosure.PEOPLE] == 20
    assert not Tally.objects.filter(name=team_name(version, other.pk)).exists()


def test_only_a_first_attempt_counts(version: str, team: Team) -> None:
    own = people.users(20)
    place(own, team)
    people.play(own, version, ASKS, TELLS)
    people.play(own, version, TAKES, ON, WALKS, days_ago=50)
    count()
    assert counted(version, team).get(way("deur", "r-pakt"), 0) == 0
    assert counted(version, team)[disclosure.PEOPLE] == 20


def test_queries_do_not_grow_with_small_teams(
    version: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        own = people.users(3, f"team-{number}")
        place(own, TeamFactory())
        people.play(own, version, ASKS, TELLS)
    count_stories(people.tonight())
    with django_assert_max_num_queries(4):
        count_teams()
    assert first_name(version) == Tally.objects.get().name
