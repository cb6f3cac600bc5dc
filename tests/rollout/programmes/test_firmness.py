"""How often a team keeps its wave when the weights of the score move."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from leer.core.models import Job
from leer.organisation.models import Team
from leer.risk.api import draws_on
from leer.rollout.models import BandDeadline, RolloutPlan, WaveFirmness
from leer.rollout.planning import Method, first_weeks, plan_by_risk
from leer.rollout.programmes import firmness, plans
from leer.rollout.programmes.problem import Group, problem_from
from tests.support import factories_rollout, learning
from tests.support.factories_risk import approved, noon
from tests.support.factories_rollout import MONDAY, programme, team

pytestmark = pytest.mark.django_db

TODAY = MONDAY - timedelta(days=7)
NOTHING = dict.fromkeys(("power", "information", "access", "exposure", "signals"), 0)


@pytest.fixture
def high() -> Team:
    """Far above the others, whatever the weights."""
    return judged("hoog", dict.fromkeys(NOTHING, 4))


@pytest.fixture
def middle() -> tuple[Team, Team]:
    """Two that are above each other by turns: 30 and 25 points."""
    by_power = judged("macht", NOTHING | {"power": 4, "information": 2})
    by_terrain = judged("terrein", NOTHING | {"access": 4, "exposure": 4})
    return by_power, by_terrain


def judged(name: str, levels: dict[str, int]) -> Team:
    found = team(name)
    approved(found, levels, on=TODAY - timedelta(days=365))
    return found


def adopted(*teams: Team, **values: object) -> RolloutPlan:
    """A plan for a week each, which is a wave each."""
    made_for = programme(seats=(12,) * 4, max_absent_percent=100, wave_weeks=1, **values)
    groups = [Group(one, 12) for one in teams]
    made = plans.propose(made_for, groups, by=made_for.created_by, on=TODAY)
    return plans.adopt(made)


def count(plan: RolloutPlan) -> dict[str, float]:
    """By the name of the team."""
    firmness.count_firmness(plan, lambda done, total: None)
    return dict(plan.firmness.values_list("team__name", "kept"))


def test_a_team_far_above_the_others_keeps_its_wave_and_two_alike_change(
    high: Team, middle: tuple[Team, Team]
) -> None:
    kept = count(adopted(high, *middle))
    assert kept["hoog"] == 1
    assert 0.5 < kept["macht"] < 1
    assert kept["macht"] == kept["terrein"]


def test_a_share_is_what_planning_anew_in_each_draw_gives(
    high: Team, middle: tuple[Team, Team]
) -> None:
    plan = adopted(high, *middle)
    changed = sum(
        drawn[middle[0].pk] < drawn[middle[1].pk] for drawn in draws_on(TODAY, draws=firmness.DRAWS)
    )
    assert count(plan)["macht"] == 1 - changed / firmness.DRAWS


def test_by_the_weights_in_force_it_is_the_plan_that_was_made(
    high: Team, middle: tuple[Team, Team]
) -> None:
    plan = adopted(high, *middle)
    again = first_weeks(plan_by_risk(problem_from(plan.input)))
    assert again == first_weeks(plans.sessions_of(plan))


def test_a_deadline_goes_with_the_band_of_the_draw(high: Team) -> None:
    plan = adopted(high)
    BandDeadline.objects.create(programme=plan.programme, band="high", week=2)
    problem = problem_from(plan.input)
    key = str(high.public_id)
    (changed,) = firmness.with_risk(problem, {key: (60.0, "high")}, {"high": 2}).teams
    assert (changed.score, changed.deadline_week) == (60.0, 2)
    (other,) = firmness.with_risk(problem, {key: (80.0, "very_high")}, {"high": 2}).teams
    assert (other.score, other.deadline_week) == (80.0, None)


def test_a_team_without_a_profile_comes_last_in_every_draw(high: Team) -> None:
    assert count(adopted(high, team("onbekend"))) == {"hoog": 1, "onbekend": 1}


def test_who_began_does_not_move_any_more(middle: tuple[Team, Team]) -> None:
    plan = adopted(*middle)
    later = MONDAY + timedelta(weeks=1)
    groups = [Group(one, 12) for one in middle]
    again = plans.propose_again(
        plan.programme, groups, by=plan.programme.created_by, reason="x", on=later
    )
    kept = count(plans.adopt(again))
    assert kept[plan.bookings.get(week=0).team.name] == 1


def test_a_plan_is_counted_once_and_asked_for_when_it_is_adopted(high: Team) -> None:
    plan = adopted(high)
    assert Job.objects.get(key=firmness.job_key(plan.pk)).task == firmness.COUNT
    count(plan)
    before = list(WaveFirmness.objects.values_list("pk", flat=True))
    count(plan)
    assert list(WaveFirmness.objects.values_list("pk", flat=True)) == before


class TestPage:
    """On the page about a team's score."""

    @pytest.fixture
    def client(self) -> Client:
        return learning.signed_in(factories_rollout.planner())

    def test_shows_the_wave_and_how_firm_it_is(self, client: Client, high: Team) -> None:
        plan = adopted(high)
        address = reverse("risk:team", args=[high.public_id])
        assert "wordt nog berekend" in client.get(address).content.decode()
        count(plan)
        shown = client.get(address).content.decode()
        assert "Veilig werken: golf 1." in shown
        assert "Die golf houdt het in 100 % van 200 keer" in shown
        assert "kwart" not in shown

    def test_shows_the_quarter_where_no_plan_holds(self, client: Client, high: Team) -> None:
        address = reverse("risk:team", args=[high.public_id])
        assert "in hetzelfde kwart van de volgorde" in client.get(address).content.decode()

    def test_shows_the_plan_that_held_on_the_day(self, high: Team) -> None:
        adopted(high)
        held_from = MONDAY - timedelta(days=3)
        moment = noon(held_from)
        RolloutPlan.objects.update(adopted_at=moment)
        assert firmness.waves_on(high.pk, held_from - timedelta(days=1)) == []
        assert [one.number for one in firmness.waves_on(high.pk, held_from)] == [1]


@pytest.mark.parametrize("method", list(Method))
def test_any_method_is_compared_with_the_explainable_plan(
    high: Team, middle: tuple[Team, Team], method: Method
) -> None:
    made_for = programme(seats=(12,) * 4, max_absent_percent=100, wave_weeks=1)
    groups = [Group(one, 12) for one in (high, *middle)]
    made = plans.propose(made_for, groups, by=made_for.created_by, method=method, on=TODAY)
    assert count(plans.adopt(made))["hoog"] == 1
