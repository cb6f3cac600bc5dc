"""A leader hears how many of the team are past the date, never who, once a week."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from leer.monitoring import reminders
from leer.monitoring.escalation import Behind, behind_by_leader
from leer.organisation.models import Team
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.giving import Grant, give
from tests.support import factories_content as content
from tests.support import factories_running as running
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
LONG_AGO = timezone.now() - timedelta(days=90)


@pytest.fixture
def team() -> Team:
    content.module("m", parts=False)
    made: Team = TeamFactory(name="Kade")
    return made


def member(team: Team, due_on: date, **values: object) -> object:
    user = MembershipFactory(team=team, **values).user
    rollout.assign([user], module_key="m", due_on=due_on, reason="x", at=LONG_AGO)
    return user


def test_a_leader_hears_how_many_and_not_who(team: Team) -> None:
    yesterday = MONDAY - timedelta(days=3)
    leader = LeadershipFactory(team=team).user
    for _ in range(2):
        member(team, yesterday, user__last_name="Geheim", user__first_name="Geheim")
    reminders.send_digests(MONDAY)
    [letter] = [message for message in mail.outbox if message.to == [leader.email]]
    assert "In je team Kade zijn 2 mensen over de uiterste dag van een module." in letter.body
    assert f"/mijn-team/{team.public_id}/" in letter.body
    assert "Geheim" not in letter.body
    assert "Dit staat voor je klaar" not in letter.body


def test_only_who_is_here_and_past_the_date_and_not_done_counts(team: Team) -> None:
    yesterday = MONDAY - timedelta(days=1)
    leader = LeadershipFactory(team=team).user
    member(team, yesterday)
    member(team, MONDAY)
    member(team, yesterday, user__gone=True)
    running.progress_of(member(team, yesterday), "m", done=True)  # type: ignore[arg-type]
    taken_back = member(team, yesterday)
    rollout.Assignment.objects.filter(user=taken_back).update(withdrawn_at=timezone.now())
    assert behind_by_leader(MONDAY) == {leader.pk: [Behind("Kade", team.public_id, 1)]}


def test_who_did_it_once_and_is_past_the_date_of_the_next_round_is_behind(team: Team) -> None:
    leader = LeadershipFactory(team=team).user
    user = member(team, MONDAY - timedelta(days=60))
    running.progress_of(user, "m", done=True)  # type: ignore[arg-type]
    since = timezone.now() - timedelta(days=30)
    ModuleProgress.objects.update(completed_at=LONG_AGO)
    last_week = MONDAY - timedelta(days=7)
    give([Grant(user.pk, "m", last_week, None, 2)], reason="x", at=since)  # type: ignore[attr-defined]
    assert behind_by_leader(MONDAY) == {leader.pk: [Behind("Kade", team.public_id, 1)]}
    reminders.send_digests(MONDAY)
    [letter] = [one for one in mail.outbox if one.to == [user.email]]  # type: ignore[attr-defined]
    assert letter.body.count("had klaar moeten zijn") == 1  # of the latest round only
    ModuleProgress.objects.create(
        user=user,
        module_key="m",
        registration=uuid4(),
        completed_at=timezone.now(),
    )
    assert behind_by_leader(MONDAY) == {}


def test_it_is_one_line_of_the_one_digest_of_a_leader_with_something_to_do(team: Team) -> None:
    leader = LeadershipFactory(team=team).user
    member(team, MONDAY - timedelta(days=1))
    rollout.assign([leader], module_key="m", due_on=MONDAY, reason="x", at=LONG_AGO)
    reminders.send_digests(MONDAY)
    reminders.send_digests(MONDAY)
    [letter] = [message for message in mail.outbox if message.to == [leader.email]]
    assert "één persoon" in letter.body
    assert "Dit staat voor je klaar" in letter.body


def test_it_comes_on_mondays_and_when_somebody_is_behind(team: Team) -> None:
    LeadershipFactory(team=team)
    assert behind_by_leader(MONDAY) == {}
    member(team, MONDAY - timedelta(days=1))
    assert behind_by_leader(MONDAY + timedelta(days=1)) == {}
    assert len(behind_by_leader(MONDAY)) == 1


def test_who_led_the_team_before_hears_nothing(team: Team) -> None:
    LeadershipFactory(team=team, ended=True)
    member(team, MONDAY - timedelta(days=1))
    assert behind_by_leader(MONDAY) == {}
