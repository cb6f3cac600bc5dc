"""How a team came along: by the people of each week, in steps that tell of nobody when."""

import csv
import io
import random
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.monitoring.trend import LEAST, STEP, Point, trends_of
from leer.organisation.models import Membership, Team
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.models import Assignment
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_organisation import LeadershipFactory, MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SUNDAY = TODAY - timedelta(days=TODAY.isoweekday())
LONG_AGO = SUNDAY - timedelta(weeks=4)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def give(user: User, on: date, key: str = "m", **values: Any) -> Assignment:
    made: Assignment = Assignment.objects.create(
        user=user, module_key=key, due_on=TODAY, assigned_at=noon(on), reason="x", **values
    )
    return made


def do(user: User, on: date, key: str = "m") -> None:
    ModuleProgress.objects.create(
        user=user,
        module_key=key,
        registration=uuid4(),
        started_at=noon(on),
        completed_at=noon(on),
    )


def team_of(count: int) -> tuple[Team, list[User]]:
    """A team whose people have had the module for weeks."""
    make.module("m", parts=False)
    team = TeamFactory()
    people = [stay.user for stay in MembershipFactory.create_batch(count, team=team)]
    for user in people:
        give(user, LONG_AGO)
    return team, people


def points(team: Team) -> tuple[Point, ...]:
    (trend,) = trends_of(team)
    return trend.points


def test_a_line_rises_by_five_people_at_a_time() -> None:
    team, people = team_of(12)
    for number, user in enumerate(people[:11]):
        do(user, SUNDAY - timedelta(weeks=2 - number // 4))  # four, eight, eleven
    assert points(team) == tuple(
        Point(SUNDAY - timedelta(weeks=weeks), 12, at_least)
        for weeks, at_least in ((4, 0), (3, 0), (2, 0), (1, 5), (0, 10))
    )


def test_a_small_team_has_no_line() -> None:
    team, people = team_of(LEAST - 1)
    for user in people:
        do(user, LONG_AGO)
    assert points(team) == ()
    newcomer = MembershipFactory(team=team, valid_from=SUNDAY).user
    give(newcomer, SUNDAY)
    assert points(team) == (Point(SUNDAY, LEAST, STEP),)


def test_a_week_that_is_past_stays_as_it_was() -> None:
    team, people = team_of(12)
    for user in people[:6]:
        do(user, SUNDAY - timedelta(weeks=1))
    before = points(team)
    Membership.objects.filter(user=people[0]).update(valid_until=TODAY)
    stranger = MembershipFactory(team=team, valid_from=TODAY).user
    give(stranger, TODAY)
    do(stranger, TODAY)
    Assignment.objects.filter(user=people[1]).update(withdrawn_at=timezone.now())
    assert points(team) == before


def test_what_was_done_on_sunday_counts_that_week_and_on_monday_the_next() -> None:
    team, people = team_of(10)
    for user in people[:5]:
        do(user, SUNDAY - timedelta(weeks=1))
    for user in people[5:]:
        do(user, SUNDAY - timedelta(days=6))
    assert [point.at_least for point in points(team)][-2:] == [5, 10]


def test_in_a_next_round_what_was_done_before_does_not_count() -> None:
    team, people = team_of(10)
    for user in people:
        do(user, LONG_AGO)
        again = SUNDAY - timedelta(weeks=1)
        give(user, again, round=2, counts_from=noon(again))
    assert [point.at_least for point in points(team)] == [10, 10, 10, 0, 0]


def test_last_sunday_is_what_the_page_would_have_shown_then() -> None:
    rng = random.Random(9)
    team, people = team_of(30)
    for user in people:
        if rng.random() < 0.5:
            do(user, SUNDAY - timedelta(days=rng.randint(0, 30)))
        if rng.random() < 0.3:
            moment = noon(SUNDAY - timedelta(days=rng.randint(1, 20)))
            give(user, SUNDAY - timedelta(days=1), round=2, counts_from=moment)
    stays = rollout.standings_of_people([user.pk for user in people], TODAY)
    (found,) = rollout.week_ends_of(team, ["m"], [SUNDAY])
    assert found.done == sum(row.state is rollout.State.DONE for row in stays)
    assert (found.people, 0 < found.done < 30) == (30, True)


def test_the_page_and_the_file_say_the_same() -> None:
    team, people = team_of(12)
    for user in people[:6]:
        do(user, SUNDAY)
    ruud = make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")
    LeadershipFactory(user=ruud, team=team)
    client = learning.signed_in(ruud)
    shown = client.get(reverse("monitoring:team_trend", args=[team.public_id])).content.decode()
    answer = client.get(reverse("monitoring:team_trend_csv", args=[team.public_id]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[-1][1:] == [SUNDAY.isoformat(), "12", "5"]
    assert len(rows) == 4 + 5
    assert shown.count("<td") == 10
    assert not any(str(user) in shown for user in people)


def test_another_managers_team_has_no_line_here() -> None:
    team, _people = team_of(12)
    ruud = make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")
    for name in ("team_trend", "team_trend_csv"):
        address = reverse(f"monitoring:{name}", args=[team.public_id])
        assert learning.signed_in(ruud).get(address).status_code == 404
