"""A day of a programme is counted as it was on that day, and again the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict

from leer.accounts.api import User
from leer.core.models import Job
from leer.monitoring.exposure import counting
from leer.monitoring.exposure.counting import count_day, count_exposure
from leer.monitoring.models import ExposureDay, ExposurePoint
from leer.monitoring.tasks import count_programmes, start_counting
from leer.organisation.models import Membership
from leer.risk.api import scores_on
from leer.rollout.models import (
    AudienceRule,
    BandDeadline,
    Exemption,
    PlanState,
    Programme,
    ProgrammeItem,
    ProgrammeState,
)
from tests.monitoring.exposure import running
from tests.monitoring.exposure.running import MONDAY, members, sunday
from tests.support import factories_risk
from tests.support.factories_organisation import (
    JobFunctionFactory,
    LeadershipFactory,
    MembershipFactory,
)
from tests.support.factories_risk import noon
from tests.support.factories_rollout import planner

pytestmark = pytest.mark.django_db
UNSTABLE = {"id", "counted", "counted_at"}


@pytest.fixture
def programme() -> Programme:
    return running.programme()


def rows_of(day: ExposureDay) -> list[dict[str, Any]]:
    rows = [model_to_dict(day), *map(model_to_dict, day.points.order_by("region", "band"))]
    return [{key: value for key, value in row.items() if key not in UNSTABLE} for row in rows]


def test_exposure_is_what_people_without_protection_count_for(programme: Programme) -> None:
    high, low = running.team(4, 10), running.team(1, 10)
    running.done(members(high)[:4], sunday(0))
    found = count_day(programme, sunday(0))
    scores = scores_on(sunday(0))
    each = scores[high.pk].score / 100, scores[low.pk].score / 100
    assert found.people == 20
    assert found.protected == 4
    assert found.risk - found.protected_risk == pytest.approx(6 * each[0] + 10 * each[1])
    assert found.low <= found.risk - found.protected_risk <= found.high


def test_the_rows_of_a_day_add_up_to_it(programme: Programme) -> None:
    for level, people, region in ((4, 5, "West"), (1, 7, "West"), (3, 3, "Oost"), (None, 2, "")):
        team = running.team(level, people, region)
        running.done(members(team)[: people // 2], MONDAY)
    found = count_day(programme, sunday(1))
    points = list(found.points.all())
    assert {(point.region, point.band) for point in points} >= {("", ""), ("West", "base")}
    for field in ("people", "protected", "risk", "protected_risk"):
        assert sum(getattr(point, field) for point in points) == pytest.approx(
            getattr(found, field)
        )


def test_a_team_without_a_profile_counts_for_coverage_and_not_for_exposure(
    programme: Programme,
) -> None:
    running.team(None, 6)
    found = count_day(programme, sunday(0))
    point = found.points.get()
    assert (point.band, point.people, point.risk) == ("", 6, 0.0)


def test_a_day_that_is_counted_again_is_the_same_whatever_happened_since(
    programme: Programme,
) -> None:
    team, other = running.team(4, 6), running.team(1, 6, "Oost")
    BandDeadline.objects.create(programme=programme, band="high", week=0)
    first_plan = running.plan(programme, [(team, 0, 6), (other, 2, 6)])
    LeadershipFactory(team=team, user=members(team)[0])
    running.done(members(team)[:2], MONDAY)
    before = rows_of(count_day(programme, sunday(0)))
    # Since then: a completion, somebody who moved, another risk, another plan,
    # an exemption, an account that was closed.
    running.done(members(team)[2:4], sunday(1))
    moved = Membership.objects.get(user=members(team)[5])
    moved.valid_until = sunday(1)
    moved.save()
    MembershipFactory(user=moved.user, team=other, valid_from=sunday(1))
    factories_risk.approved(team, 1, on=sunday(1))
    first_plan.state, first_plan.replaced_at = PlanState.REPLACED, noon(sunday(1))
    first_plan.save()
    User.objects.filter(pk=members(team)[3].pk).update(is_active=False)
    running.plan(programme, [(other, 0, 6)], number=2, adopted_at=noon(sunday(1)))
    exemption = Exemption.objects.create(
        programme=programme, user=members(team)[4], reason="Weg.", given_by=planner()
    )
    Exemption.objects.filter(pk=exemption.pk).update(given_at=noon(sunday(1)))
    again = count_day(programme, sunday(0))
    assert rows_of(again) == before
    assert ExposureDay.objects.filter(programme=programme, day=sunday(0)).count() == 1
    assert rows_of(count_day(programme, sunday(1))) != before


def test_of_two_modules_both_must_be_done_and_only_those_that_are_ones_own(
    programme: Programme,
) -> None:
    function = JobFunctionFactory(external_id="F-balie")
    ProgrammeItem.objects.create(
        programme=programme, module_key="balie", job_functions=["F-balie"], position=1
    )
    team = running.team(2, 1)
    there = MembershipFactory.create_batch(2, team=team, job_function=function)
    running.done(members(team), MONDAY)
    running.done([there[0].user], sunday(0), "balie")
    assert count_day(programme, MONDAY).protected == 1
    assert count_day(programme, sunday(0)).protected == 2


def test_what_somebody_is_exempt_from_is_not_asked_of_them(programme: Programme) -> None:
    """Of one module: the others protect. Of the whole: they count for nothing."""
    ProgrammeItem.objects.create(programme=programme, module_key="tweede", position=1)
    team = running.team(2, 3)
    running.done(members(team)[:2], MONDAY)
    for user, key in ((members(team)[0], "tweede"), (members(team)[2], "")):
        Exemption.objects.create(
            programme=programme, user=user, module_key=key, reason="Geeft les.",
            given_by=planner(), given_at=noon(MONDAY),
        )  # fmt: skip
    found = count_day(programme, sunday(0))
    assert (found.people, found.protected) == (2, 1)


def test_who_has_nothing_to_do_in_the_programme_is_not_protected_by_it(
    programme: Programme,
) -> None:
    running.team(2, 3)
    programme.items.update(regions=["Noord"])
    found = count_day(programme, sunday(0))
    assert (found.people, found.protected) == (3, 0)


def test_protection_lapses(programme: Programme) -> None:
    programme.refresh_weeks = 4
    programme.save()
    running.done(members(running.team(2, 3)), MONDAY)
    assert count_day(programme, sunday(3)).protected == 3
    assert count_day(programme, sunday(4)).protected == 0


def test_what_was_done_too_long_before_the_programme_protects_nobody(
    programme: Programme,
) -> None:
    programme.earlier_weeks = 4
    programme.save()
    long_ago, lately, *_ = people = members(running.team(2, 3))
    running.done([long_ago], MONDAY - timedelta(weeks=4, days=1))
    running.done([lately], MONDAY - timedelta(weeks=4))
    assert count_day(programme, sunday(0)).protected == 1
    running.done(people, sunday(0))
    assert count_day(programme, sunday(0)).protected == 3


def test_who_does_it_again_is_protected_again_and_was_in_time_the_first_time(
    programme: Programme,
) -> None:
    programme.refresh_weeks = 4
    programme.save()
    BandDeadline.objects.create(programme=programme, band="high", week=0)
    people = members(running.team(4, 3))
    running.done(people, MONDAY)
    running.done(people[:2], sunday(4))
    assert [count_day(programme, sunday(week)).protected for week in (3, 4, 7, 8)] == [3, 2, 2, 0]
    point = count_day(programme, sunday(5)).points.get()
    assert (point.expected, point.in_time) == (3, 3)


def test_who_did_one_of_two_modules_again_is_protected_from_the_first_time_still(
    programme: Programme,
) -> None:
    programme.refresh_weeks = 4
    programme.save()
    ProgrammeItem.objects.create(programme=programme, module_key="tweede", position=1)
    people = members(running.team(2, 1))
    running.done(people, MONDAY)
    running.done(people, sunday(0), "tweede")
    running.done(people, sunday(2))
    assert [count_day(programme, sunday(week)).protected for week in (0, 3, 4)] == [1, 1, 0]
    running.done(people, sunday(5), "tweede")
    assert [count_day(programme, sunday(week)).protected for week in (4, 5, 8, 9)] == [0, 1, 1, 0]


def test_only_the_audience_of_that_day_counts(programme: Programme) -> None:
    west, east = running.team(2, 3), running.team(2, 4, "Oost")
    programme.rules.update(regions=["West"])
    AudienceRule.objects.create(programme=programme, excludes=True, leaders_only=True)
    LeadershipFactory(team=east, user=members(west)[0], valid_from=sunday(2))
    assert count_day(programme, sunday(0)).people == 3
    assert count_day(programme, sunday(2)).people == 2


def test_what_the_plan_leaves_is_counted_by_week(programme: Programme) -> None:
    team = running.team(4, 10)
    running.plan(programme, [(team, 1, 6), (team, 3, 6)])
    point = count_day(programme, sunday(0)).points.get()
    assert point.planned_people == [0, 6, 6, 10, 10, 10, 10, 10, 10, 10]
    assert point.planned_risk[1] == pytest.approx(0.6 * point.risk)


def test_leaders_are_in_time_when_done_before_the_week_of_their_first_team(
    programme: Programme,
) -> None:
    early, late, unplanned = (running.team(2, 2) for _ in range(3))
    running.plan(programme, [(early, 1, 2), (late, 3, 2)])
    ahead, behind, waiting = (members(team)[0] for team in (early, late, unplanned))
    LeadershipFactory(team=early, user=ahead)
    LeadershipFactory(team=late, user=ahead)
    LeadershipFactory(team=early, user=behind)
    LeadershipFactory(team=unplanned, user=waiting)
    LeadershipFactory(team=early)  # takes no part
    running.done([ahead], sunday(0))
    running.done([behind], sunday(1))
    found = count_day(programme, sunday(1))
    assert (found.leaders, found.leaders_due, found.leaders_in_time) == (3, 2, 1)


def test_who_joins_later_has_a_term_of_their_own(programme: Programme) -> None:
    programme.joiner_days = 14
    programme.save()
    team = running.team(4, 2)
    BandDeadline.objects.create(programme=programme, band="high", week=0)
    running.done(members(team)[:1], MONDAY)
    soon, slow = MembershipFactory.create_batch(2, team=team, valid_from=MONDAY + timedelta(days=1))
    running.done([soon.user], sunday(1))
    found = count_day(programme, sunday(2))
    point = found.points.get()
    assert (found.joiners, found.joiners_due, found.joiners_in_time) == (2, 2, 1)
    assert (point.last_day, point.expected, point.in_time) == (sunday(0), 2, 1)
    assert slow.user_id


def test_at_night_yesterday_is_counted_and_sundays_that_were_missed() -> None:
    programme = running.programme()
    running.programme(title="Klad", state=ProgrammeState.DRAFT)
    running.team(2, 2)
    thursday = MONDAY + timedelta(days=17)
    assert count_exposure(thursday) == 4
    days = list(programme.exposure.order_by("day").values_list("day", flat=True))
    eve = MONDAY - timedelta(days=1)
    assert days == [eve, sunday(0), sunday(1), thursday - timedelta(days=1)]
    assert count_exposure(thursday) == 0
    assert ExposureDay.objects.exclude(programme=programme).count() == 0


def test_after_its_last_week_a_programme_is_not_counted_any_more(programme: Programme) -> None:
    days = list(counting.days_to_count(programme, sunday(30)))
    assert days[-1] == sunday(9)


def test_a_run_that_was_broken_off_is_finished_by_the_next(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.team(2, 2)
    real, calls = counting.count_day, []

    def killed_at_the_third(*args: Any) -> ExposureDay:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(counting, "count_day", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        count_programmes.func((sunday(3) + timedelta(days=1)).isoformat())
    monkeypatch.undo()
    count_programmes.func((sunday(3) + timedelta(days=1)).isoformat())
    assert programme.exposure.count() == 5
    assert ExposurePoint.objects.count() == 5


def test_the_clock_asks_for_the_count_once_a_day() -> None:
    start_counting()
    start_counting()
    path = count_programmes.module_path
    assert Job.objects.filter(task=path).count() == 1


@pytest.mark.parametrize("teams", [3, 12])
def test_a_day_costs_as_many_queries_for_few_teams_as_for_many(
    programme: Programme, teams: int, django_assert_num_queries: Any
) -> None:
    for number in range(teams):
        running.team(number % 5, 2, "WO"[number % 2])
    running.plan(programme, [])
    # 1 savepoint; 2 what was done, 3 rules, 4 exemptions, 5 items, 6 teams, 7 functions,
    # 8 leaders, 9 placements, 10 people; 11 the plan, 12 its bookings; 13 regions; 14-16 scores;
    # 17 deadlines; 18 leaders of which team; 19 the programme's lock, 20 what was counted before,
    # 21 the day, 22 its rows; 23 savepoint
    with django_assert_num_queries(23):
        count_day(programme, sunday(0))
