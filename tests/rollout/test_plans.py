"""Plans of a programme: from teams and their risk to who comes when."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from leer.accounts.models import User
from leer.organisation.models import Team
from leer.rollout.models import (
    BandDeadline,
    Blocker,
    Booking,
    PlanState,
    Programme,
    RolloutPlan,
    Seats,
    TeamWish,
    Wave,
    WaveTeam,
)
from leer.rollout.planning import Method
from leer.rollout.programmes import plans
from leer.rollout.programmes.problem import TIER, Group, input_for
from tests.support import factories_rollout
from tests.support.factories_risk import approved
from tests.support.factories_rollout import MONDAY, programme, team

type Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.django_db

TODAY = MONDAY - timedelta(days=7)


@pytest.fixture
def planner() -> User:
    """Somebody of the programme."""
    return factories_rollout.planner()


@pytest.fixture
def high() -> Team:
    """A team with a high score."""
    found = team("hoog")
    approved(found, 4, on=TODAY - timedelta(days=30))
    return found


@pytest.fixture
def low() -> Team:
    """A team with a low score."""
    found = team("laag")
    approved(found, 1, on=TODAY - timedelta(days=30))
    return found


def weeks(made: RolloutPlan) -> dict[str, list[int]]:
    """Per team the weeks of its bookings."""
    found: dict[str, list[int]] = {}
    for one in made.bookings.select_related("team").order_by("week"):
        found.setdefault(one.team.name, []).append(one.week)
    return found


class TestProposing:
    def test_the_most_risk_comes_first(self, planner: User, high: Team, low: Team) -> None:
        groups = [Group(low, 12), Group(high, 12)]
        made = plans.propose(
            programme(seats=(12,) * 4, max_absent_percent=100), groups, by=planner, on=TODAY
        )
        assert weeks(made) == {"hoog": [0], "laag": [1]}
        assert (made.number, made.state) == (1, PlanState.PROPOSED)

    def test_an_auditor_finds_the_same_with_the_command(
        self,
        planner: User,
        high: Team,
        low: Team,
        tmp_path: object,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        made = plans.propose(programme(), [Group(low, 15), Group(high, 9)], by=planner, on=TODAY)
        path = tmp_path / "in.json"
        path.write_text(json.dumps(RolloutPlan.objects.get().input))
        call_command("rollout_plan", str(path))
        assert json.loads(capsys.readouterr().out) == made.output

    def test_a_plan_that_was_drawn_is_found_again_also_when_the_programme_draws_otherwise_since(
        self, planner: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        groups = [Group(team(f"t{number}"), 9) for number in range(8)]
        for one in groups:
            approved(one.team, 2, on=TODAY - timedelta(days=30))
        of = programme(seed=7)
        made = plans.propose(of, groups, by=planner, on=TODAY)
        Programme.objects.update(seed=8)
        made.refresh_from_db()
        path = tmp_path / "in.json"
        path.write_text(json.dumps(made.input))
        call_command("rollout_plan", str(path), seed=made.seed)
        assert json.loads(capsys.readouterr().out) == made.output
        call_command("rollout_plan", str(path), seed=8)
        assert json.loads(capsys.readouterr().out) != made.output

    def test_input_names_nobody(self, high: Team) -> None:
        said = input_for(programme(), [Group(high, 9)], risk_on=TODAY)
        assert [one["id"] for one in said["teams"]] == [str(high.public_id)]
        assert "hoog" not in json.dumps(said)

    def test_wishes_deadlines_and_seats_are_kept(self, high: Team) -> None:
        made = programme(seats=(12, 0, 24, 24))
        TeamWish.objects.create(programme=made, team=high, ready_week=1, blackout_weeks=[3])
        BandDeadline.objects.create(programme=made, band="very_high", week=2)
        (one,) = input_for(made, [Group(high, 9)], risk_on=TODAY)["teams"]
        assert one["ready_week"] == 1
        assert one["blackout_weeks"] == [3]
        assert one["deadline_week"] == (2 if one["score"] >= 75 else None)

    def test_a_region_that_is_blocked_is_short_and_nobody_else(
        self, planner: User, high: Team
    ) -> None:
        made, there = programme(regions=("noord", "west")), team("west", "west")
        Blocker.objects.create(programme=made, region="west", what="Nog geen zaal", since=TODAY)
        found = plans.propose(made, [Group(high, 9), Group(there, 9)], by=planner, on=TODAY)
        assert [one["team"] for one in found.output["shortages"]] == [str(there.public_id)]
        assert found.output["shortages"][0]["cause"] == "no_weeks"

    def test_teams_leave_leaders_time_to_go_first(self, planner: User, high: Team) -> None:
        made = programme(managers_first=True)
        found = plans.propose(made, [Group(high, 6)], by=planner, on=TODAY)
        assert min(weeks(found)["hoog"]) == 2

    def test_a_team_without_a_profile_comes_last(self, planner: User, low: Team) -> None:
        made = programme(seats=(12, 12), max_absent_percent=100)
        found = plans.propose(made, [Group(team("nieuw"), 12), Group(low, 3)], by=planner, on=TODAY)
        assert weeks(found) == {"laag": [0], "nieuw": [1]}

    def test_an_honest_evaluation_draws_within_tiers(self, high: Team) -> None:
        said = input_for(programme(seed=7), [Group(high, 6)], risk_on=TODAY)
        assert said["tier"] == TIER

    def test_costs_as_many_queries_for_one_team_as_for_many(
        self, django_assert_num_queries: object, planner: User
    ) -> None:
        made, teams = programme(), [team(f"t{number}") for number in range(20)]
        for one in teams:
            approved(one, 2, on=TODAY - timedelta(days=30))
        for groups in ([Group(teams[0], 5)], [Group(one, 5) for one in teams]):
            with django_assert_num_queries(7):  # type: ignore[operator]
                # 1-3 scores; 4 wishes; 5 deadlines; 6 blockers; 7 seats
                input_for(made, groups, risk_on=TODAY)


class TestComparing:
    def test_says_what_the_exact_plan_would_save(
        self, planner: User, high: Team, low: Team
    ) -> None:
        made = plans.propose(programme(), [Group(high, 15), Group(low, 9)], by=planner, on=TODAY)
        found = plans.compare(made)
        assert found.days == pytest.approx(
            7 * (made.output["exposure_weeks"] - found.exact.exposure_weeks)
        )
        assert found.days >= -1e-6

    def test_more_seats_leave_less_and_nothing_is_stored(self, planner: User, high: Team) -> None:
        made = plans.propose(
            programme(seats=(0, 12, 12), max_absent_percent=100),
            [Group(high, 12)],
            by=planner,
            on=TODAY,
        )
        found, days = plans.try_seats(made, {("noord", 0): 12})
        assert [one.week for one in found.sessions] == [0]
        score = made.input["teams"][0]["score"]
        assert days == pytest.approx(-7 * 12 * score / 100)
        assert Seats.objects.get(programme=made.programme, week=0).seats == 0
        assert RolloutPlan.objects.count() == 1


class TestAdopting:
    def test_makes_waves(self, planner: User, high: Team, low: Team) -> None:
        made = programme(seats=(12,) * 8, max_absent_percent=100, wave_weeks=1)
        plans.adopt(plans.propose(made, [Group(high, 12), Group(low, 12)], by=planner, on=TODAY))
        waves = {one.team.name: one.wave for one in WaveTeam.objects.select_related("team", "wave")}
        assert (waves["hoog"].number, waves["hoog"].opens_on) == (1, MONDAY)
        assert (waves["laag"].number, waves["laag"].opens_on) == (2, MONDAY + timedelta(weeks=1))

    def test_leaders_have_a_wave_of_their_own_before_all_others(
        self, planner: User, high: Team
    ) -> None:
        made = programme(managers_first=True)
        plans.adopt(plans.propose(made, [Group(high, 6)], by=planner, on=TODAY))
        opens = dict(Wave.objects.values_list("number", "opens_on"))
        assert opens == {0: MONDAY, 1: MONDAY + timedelta(weeks=2)}

    def test_waves_that_are_not_open_follow_a_new_first_day(
        self, planner: User, high: Team
    ) -> None:
        made = programme()
        plans.adopt(plans.propose(made, [Group(high, 6)], by=planner, on=TODAY))
        made.starts_on = MONDAY + timedelta(weeks=3)
        made.save()
        plans.adopt(plans.propose(made, [Group(high, 6)], by=planner, on=TODAY))
        assert Wave.objects.get().opens_on == made.starts_on

    def test_one_plan_holds_and_an_older_one_cannot_come_back(
        self, planner: User, high: Team
    ) -> None:
        made = programme()
        first, second, third = (
            plans.propose(made, [Group(high, 6)], by=planner, on=TODAY) for _ in range(3)
        )
        plans.adopt(first)
        plans.adopt(third)
        assert programme_states(made) == {1: "replaced", 2: "proposed", 3: "adopted"}
        with pytest.raises(plans.NotNow):
            plans.adopt(second)
        with pytest.raises(plans.NotNow):
            plans.adopt(first)

    def test_an_open_wave_keeps_its_teams(self, planner: User, high: Team, low: Team) -> None:
        made = programme(seats=(12,) * 8, max_absent_percent=100, wave_weeks=1)
        groups = [Group(high, 12), Group(low, 12)]
        plans.adopt(plans.propose(made, groups, by=planner, on=TODAY))
        Wave.objects.filter(number=1).update(opened_at="2027-01-04T08:00Z")
        TeamWish.objects.create(programme=made, team=high, ready_week=5)
        plans.adopt(plans.propose(made, groups, by=planner, on=TODAY))
        assert WaveTeam.objects.get(team=high).wave.number == 1


class TestPlanningAgain:
    def adopted(self, planner: User, teams: list[Team]) -> Programme:
        """A programme with a plan that holds: a team a week."""
        made = programme(seats=(12,) * 8, max_absent_percent=100)
        groups = [Group(one, 12) for one in teams]
        plans.adopt(plans.propose(made, groups, by=planner, on=TODAY))
        return made

    def again(
        self, made: Programme, teams: list[Team], planner: User, on: date = TODAY
    ) -> RolloutPlan:
        """Planned again."""
        groups = [Group(one, 12) for one in teams]
        return plans.propose_again(made, groups, by=planner, reason="zaal weg", on=on)

    def test_a_cancelled_week_moves_one_booking_and_says_so(
        self, planner: User, high: Team, low: Team
    ) -> None:
        made = self.adopted(planner, [high, low])
        Seats.objects.filter(programme=made, week=1).update(seats=0)
        found = self.again(made, [high, low], planner)
        assert weeks(found) == {"hoog": [0], "laag": [2]}
        assert found.moves == [
            {"team": str(low.public_id), "from_week": 1, "to_week": 2, "why": "no_seats"}
        ]

    def test_bookings_keep_their_names(self, planner: User, high: Team, low: Team) -> None:
        made = self.adopted(planner, [high, low])
        names = dict(Booking.objects.values_list("team__name", "public_id"))
        Seats.objects.filter(programme=made, week=1).update(seats=0)
        found = self.again(made, [high, low], planner)
        assert dict(found.bookings.values_list("team__name", "public_id")) == names

    def test_what_has_been_stays_and_is_not_planned_again(
        self, planner: User, high: Team, low: Team
    ) -> None:
        made = self.adopted(planner, [high, low])
        Seats.objects.filter(programme=made, week__lt=2).update(seats=0)
        found = self.again(made, [high, low], planner, on=MONDAY + timedelta(days=8))
        assert weeks(found) == {"hoog": [0], "laag": [2]}
        assert [one["size"] for one in found.input["teams"]] == [0, 12]

    def test_what_if_and_comparison_are_about_the_plan_that_was_planned_again(
        self, planner: User, high: Team, low: Team
    ) -> None:
        made = self.adopted(planner, [low, high])
        Seats.objects.filter(programme=made, week=0).update(seats=0)
        again = self.again(made, [low, high], planner)
        assert weeks(again) == {"laag": [1], "hoog": [2]}
        same = {("noord", week): 12 for week in range(1, 8)}
        assert plans.try_seats(again, same)[1] == pytest.approx(0)
        assert plans.compare(again).earlier == (str(high.public_id),)

    def test_without_a_plan_there_is_nothing_to_keep(self, planner: User, high: Team) -> None:
        with pytest.raises(plans.NotNow):
            self.again(programme(), [high], planner)

    def test_numbers_follow_each_other(self, planner: User, high: Team) -> None:
        made = self.adopted(planner, [high])
        assert self.again(made, [high], planner).number == 2
        assert plans.propose(made, [], by=planner, method=Method.EXACT, on=TODAY).number == 3


def programme_states(made: Programme) -> dict[int, str]:
    """The state of each plan."""
    return dict(made.plans.values_list("number", "state"))
