"""The planner's pages, as a planner walks through them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leer.organisation.models import Team
from leer.rollout.models import Blocker, PlanState, Programme, ProgrammeState, RolloutPlan, Seats
from tests.support import factories_content, factories_rollout
from tests.support.factories_risk import approved, fill
from tests.support.learning import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner() -> Client:
    """Somebody of the programme, signed in."""
    return signed_in(factories_rollout.planner())


@pytest.fixture
def teams() -> list[Team]:
    """Two teams of six, of which one has a high score."""
    found = [factories_rollout.team(name) for name in ("Kade", "Kantoor")]
    for team, level in zip(found, (4, 1), strict=True):
        fill(team, risky=3, others=3)
        approved(team, level)
    return found


FACTS = {
    "title": "Veilig werken", "starts_on": "2027-01-04", "weeks": 12, "session_size": 6,
    "max_absent_percent": 100, "joiner_days": 90, "wave_weeks": 4, "session": "Het gesprek",
    "minutes": 120,
}  # fmt: skip


def made(planner: Client, **facts: Any) -> Programme:
    """A programme from the form."""
    answer = planner.post(reverse("rollout:new"), FACTS | facts)
    assert answer.status_code == 302, answer.context["form"].errors
    return Programme.objects.get()


def at(name: str, programme: Programme, *more: int) -> str:
    """The address of one of its pages."""
    return reverse(f"rollout:{name}", args=[programme.public_id, *more])


def ready(planner: Client) -> Programme:
    """A programme for everybody, with one session a week in the north."""
    programme = made(planner)
    planner.post(at("audience", programme), {"regions": ["noord"]})
    planner.post(at("seats", programme), {"region": "noord", "weeks": "0-11", "seats": 6})
    return programme


class TestFromNothing:
    def test_a_year_is_set_up_two_weeks_are_lost_and_the_plan_moves_as_little_as_it_can(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        first = RolloutPlan.objects.get()
        assert [one.team.name for one in first.bookings.all()] == ["Kade", "Kantoor"]
        planner.post(at("plan", programme, 1), {"action": "adopt"})
        planner.post(at("seats", programme), {"region": "noord", "weeks": "1, 3", "seats": 0})
        planner.post(at("plans", programme), {"reason": "Twee trainers weg"})
        shown = planner.get(at("plan", programme, 2)).content.decode()
        assert "van week 1 naar week 2" in shown
        assert "er zijn die week minder plaatsen" in shown
        assert RolloutPlan.objects.get(number=2).bookings.filter(week=0).count() == 1

    def test_begins_only_when_nothing_stands_in_the_way(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        planner.post(at("blockers", programme), {"action": "begin"})
        assert state(programme) == ProgrammeState.DRAFT
        planner.post(at("plans", programme), {"method": "exact"})
        planner.post(at("plan", programme, 1), {"action": "adopt"})
        answer = planner.post(at("blockers", programme), {"action": "begin"}, follow=True)
        assert "Instemming van de ondernemingsraad" in answer.content.decode()
        assert state(programme) == ProgrammeState.DRAFT
        blocker = Blocker.objects.get()
        solved = {"blocker": blocker.pk, "solved_with": "Besluit OR 2026-14"}
        planner.post(at("blockers", programme), solved)
        planner.post(at("blockers", programme), {"action": "begin"})
        assert state(programme) == ProgrammeState.RUNNING


def state(programme: Programme) -> str:
    """Where it is on its way."""
    return Programme.objects.get(pk=programme.pk).state


def test_the_way_there_and_back(planner: Client) -> None:
    new = reverse("rollout:new")
    assert new in planner.get(reverse("monitoring:programmes")).content.decode()
    programme = made(planner)
    dashboard = reverse("monitoring:programme", args=[programme.public_id])
    assert at("plans", programme) in planner.get(dashboard).content.decode()
    assert dashboard in planner.get(at("plans", programme)).content.decode()


class TestBadInput:
    def test_a_programme_needs_something_to_bring_and_keeps_what_was_typed(
        self, planner: Client
    ) -> None:
        facts = FACTS | {"session": "", "minutes": "", "title": "Al getypt"}
        answer = planner.post(reverse("rollout:new"), facts)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Kies ten minste één module, of vul een bijeenkomst in." in shown
        assert "Al getypt" in shown

    def test_begins_on_a_monday(self, planner: Client) -> None:
        answer = planner.post(reverse("rollout:new"), FACTS | {"starts_on": "2027-01-05"})
        assert "Een programma begint op een maandag." in answer.content.decode()

    @pytest.mark.parametrize(
        ("weeks", "told"),
        [("3;4", "Schrijf weken als 3, 7-9."), ("0-99", "week 12 is er niet")],
    )
    def test_weeks_that_are_none(
        self, planner: Client, teams: list[Team], weeks: str, told: str
    ) -> None:
        programme = made(planner)
        said = {"region": "noord", "weeks": weeks, "seats": 6}
        answer = planner.post(at("seats", programme), said)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not Seats.objects.exists()


def test_a_programme_that_runs_keeps_its_first_day(planner: Client) -> None:
    programme = made(planner)
    Programme.objects.update(state=ProgrammeState.RUNNING)
    planner.post(at("facts", programme), FACTS | {"starts_on": "2027-01-11", "title": "Nieuw"})
    programme.refresh_from_db()
    assert (str(programme.starts_on), programme.title) == ("2027-01-04", "Nieuw")


class TestPlans:
    def test_what_if_shows_days_and_stores_nothing_until_asked(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        asked = {"region": "noord", "weeks": "0", "seats": 12, "action": "try"}
        answer = planner.post(at("plan", programme, 1), asked)
        assert "Dat scheelt" in answer.content.decode()
        assert Seats.objects.get(programme=programme, week=0).seats == 6
        planner.post(at("plan", programme, 1), asked | {"action": "keep"})
        assert Seats.objects.get(programme=programme, week=0).seats == 12

    def test_who_is_short_is_named_with_what_would_help(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        planner.post(at("audience", programme), {})
        planner.post(at("seats", programme), {"region": "noord", "weeks": "0", "seats": 6})
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "1 team komt tekort" in shown
        assert "6 mensen zonder plaats" in shown

    def test_names_the_teams_that_nobody_judged(self, planner: Client, teams: list[Team]) -> None:
        fill(factories_rollout.team("Nieuw"), risky=0, others=2)
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "Ze komen het laatst: Nieuw</p>" in shown

    def test_compares_with_the_best(self, planner: Client, teams: list[Team]) -> None:
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1) + "?vergelijk").content.decode()
        assert "Het best mogelijke plan scheelt" in shown

    def test_an_older_plan_cannot_come_back(self, planner: Client, teams: list[Team]) -> None:
        programme = ready(planner)
        for _ in range(2):
            planner.post(at("plans", programme), {"method": "greedy"})
        planner.post(at("plan", programme, 2), {"action": "adopt"})
        answer = planner.post(at("plan", programme, 1), {"action": "adopt"}, follow=True)
        assert "er is een nieuwer" in answer.content.decode()
        assert RolloutPlan.objects.get(state=PlanState.ADOPTED).number == 2


class TestAudience:
    def test_tells_who_is_in_and_why_others_are_not(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        planner.post(at("audience", programme), {"teams": ["Kade"]})
        shown = planner.get(at("audience", programme)).content.decode()
        assert "6 collega’s doen mee" in shown
        assert "team Kade" in shown
        assert "geen regel geldt voor dit werk" in shown

    def test_a_rule_can_be_taken_away(self, planner: Client, teams: list[Team]) -> None:
        programme = made(planner)
        planner.post(at("audience", programme), {"excludes": "on", "teams": ["Kade"]})
        planner.post(at("audience", programme), {"remove": programme.rules.get().pk})
        assert not programme.rules.exists()


@pytest.mark.parametrize("name", ["facts", "audience", "seats", "blockers", "plans"])
def test_only_the_programme_sees_them(planner: Client, name: str) -> None:
    programme = made(planner)
    assert planner.get(at(name, programme)).status_code == 200
    manager = signed_in(factories_content.user_with(factories_content.Role.MANAGER))
    assert manager.get(at(name, programme)).status_code == 403
