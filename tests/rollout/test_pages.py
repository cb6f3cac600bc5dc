"""The planner's pages, as a planner walks through them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leer.accounts.models import User
from leer.core.background import runner
from leer.core.models import Job
from leer.organisation.models import Membership, Team
from leer.privacy.facilities import Facility
from leer.rollout.models import (
    Assignment,
    BandDeadline,
    Blocker,
    Calculation,
    Exemption,
    PlanState,
    Programme,
    ProgrammeState,
    Question,
    RolloutPlan,
    Seats,
)
from leer.rollout.pages import DECIDED, HINDRANCES
from leer.rollout.running.deciding import Why
from leer.rollout.running.opening import GIVE, Hindrance, open_due_waves
from leer.rollout.views import calculating
from tests.support import council, factories_content, factories_rollout, factories_running
from tests.support.factories_organisation import JobFunctionFactory, MembershipFactory
from tests.support.factories_risk import approved, fill
from tests.support.learning import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is there before anybody is sent to another page."""

    def settled(one: Calculation) -> Calculation:
        runner.run(one.job)
        return one

    monkeypatch.setattr(calculating, "settled", settled)


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
    planner.post(at("seats", programme), {"region": "noord", "first": 0, "last": 11, "seats": 6})
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
        for week in (1, 3):
            lost = {"region": "noord", "first": week, "last": week, "seats": 0}
            planner.post(at("seats", programme), lost)
        planner.post(at("plans", programme), {"reason": "Twee trainers weg"})
        shown = planner.get(at("plan", programme, 2)).content.decode()
        assert "van 11 Jan naar 18 Jan (er zijn die week minder plaatsen)" in shown
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
    council.decide(Facility.STANDING)
    dashboard = reverse("monitoring:programme", args=[programme.public_id])
    assert at("plans", programme) in planner.get(dashboard).content.decode()
    assert dashboard in planner.get(at("plans", programme)).content.decode()


def test_a_programme_is_kept_with_all_that_it_brings_or_not_at_all(
    planner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something fails at the last of it: there is no programme without its deadlines."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(BandDeadline.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            planner.post(reverse("rollout:new"), FACTS)
        assert not Programme.objects.exists()
        assert not Blocker.objects.exists()
    programme = made(planner)
    with monkeypatch.context() as broken:
        broken.setattr(BandDeadline.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            planner.post(at("facts", programme), FACTS | {"title": "Anders", "session": "Ander"})
    programme.refresh_from_db()
    assert programme.title == "Veilig werken"
    assert [item.title for item in programme.items.all()] == ["Het gesprek"]


class TestAModuleForSomeFunctions:
    """A variant: a module that only people in these functions get."""

    @pytest.fixture
    def desk(self) -> Membership:
        factories_content.module("basis", parts=False, for_everyone=True)
        for key in ("kade", "balie"):
            factories_content.module(key, parts=False, title=f"Oefenen: {key}")
        function = JobFunctionFactory(external_id="F07", name="Medewerker balie")
        return MembershipFactory(team__region="noord", job_function=function)

    def test_is_given_to_nobody_else(self, planner: Client, desk: Membership) -> None:
        other = MembershipFactory(team=desk.team)
        programme = made(planner, modules=["kade", "balie"], for_balie=["F07"])
        planner.post(at("audience", programme), {})
        Blocker.objects.all().delete()
        Programme.objects.update(state=ProgrammeState.RUNNING)
        factories_running.wave(programme, 1, desk.team)
        open_due_waves(factories_running.noon(programme.starts_on))
        for job in Job.objects.filter(task=GIVE):
            runner.run(job.pk)
        given = {
            user: set(Assignment.objects.filter(user=user).values_list("module_key", flat=True))
            for user in (desk.user, other.user)
        }
        assert given[desk.user] - given[other.user] == {"balie"}
        assert "kade" in given[other.user]

    def test_stands_on_the_pages_of_the_programme(self, planner: Client, desk: Membership) -> None:
        programme = made(planner, modules=["kade", "balie"], for_balie=["F07"])
        shown = text(planner.get(at("audience", programme)))
        assert 'Oefenen: balie</span>: 0 collega’s <span class="soft">(alleen functie' in shown
        facts = text(planner.get(at("facts", programme)))
        assert "Voor wie: <strong>Medewerker balie</strong>" in facts
        assert facts.count("Voor wie: iedereen") == 1
        assert "Basismodule: die krijgt iedereen." in facts

    def test_is_kept_when_something_else_is_wrong(self, planner: Client, desk: Membership) -> None:
        facts = FACTS | {"title": "", "modules": ["balie"], "for_balie": ["F07"]}
        answer = planner.post(reverse("rollout:new"), facts)
        assert answer.status_code == 422
        assert "Voor wie: <strong>Medewerker balie</strong>" in text(answer)
        assert 'name="for_balie" value="F07" id="id_for_balie_0" checked' in text(answer)

    def test_stays_narrow_when_the_function_is_no_longer_known_and_keeps_its_regions(
        self, planner: Client, desk: Membership
    ) -> None:
        programme = made(planner, modules=["balie"], for_balie=["F07"])
        programme.items.filter(module_key="balie").update(job_functions=["weg"], regions=["noord"])
        form = planner.get(at("facts", programme)).context["form"]
        planner.post(at("facts", programme), FACTS | {"modules": ["balie"], "for_balie": ["weg"]})
        assert form["for_balie"].value() == ["weg"]
        item = programme.items.get(module_key="balie")
        assert (item.job_functions, item.regions) == (["weg"], ["noord"])

    def test_is_for_everybody_again_when_nothing_is_chosen(
        self, planner: Client, desk: Membership
    ) -> None:
        programme = made(planner, modules=["balie"], for_balie=["F07"])
        planner.post(at("facts", programme), FACTS | {"modules": ["balie"]})
        assert programme.items.get(module_key="balie").job_functions == []


def text(answer: Any) -> str:
    """A page, with its white space as one space."""
    return re.sub(r"\s+", " ", answer.content.decode())


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
        ("last", "told"),
        [(2, "De laatste week ligt voor de eerste."), (12, "12 is geen beschikbare keuze")],
    )
    def test_weeks_that_are_none(
        self, planner: Client, teams: list[Team], last: int, told: str
    ) -> None:
        programme = made(planner)
        said = {"region": "noord", "first": 3, "last": last, "seats": 6}
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


class TestExemptions:
    def test_are_looked_at_before_they_are_given_and_taken_back(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        url = at("exemptions", programme)
        assert "Niemand is vrijgesteld" in planner.get(url).content.decode()
        said = {"team": teams[0].pk, "reason": "Dit team gaat over naar een andere dienst."}
        shown = planner.post(url, said | {"action": "look"})
        assert (shown.status_code, shown.context["looked"]["count"]) == (200, 6)
        assert not Exemption.objects.exists()
        planner.post(url, said | {"action": "give"})
        assert "Er gelden 6 vrijstellingen" in planner.get(url).content.decode()
        first = Exemption.objects.order_by("pk")[0]
        tick = {"action": "take_back", "exemption": [first.pk]}
        untold = planner.post(url, tick)
        assert untold.status_code == 422
        assert f'value="{first.pk}" checked' in untold.content.decode()
        planner.post(url, tick | {"because": "Blijft toch."})
        assert "Er gelden 5 vrijstellingen" in planner.get(url).content.decode()
        over = planner.get(url).content.decode()
        assert "Voorbij: 1 vrijstelling" in over
        assert "Blijft toch." in over

    def test_all_of_one_go_are_taken_back_together(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        url = at("exemptions", programme)
        for team in teams:
            said = {"team": team.pk, "reason": "Gaat over.", "action": "give"}
            planner.post(url, said)
        one = Exemption.objects.order_by("pk")[0]
        shown = planner.get(url, {"samen": one.pk}).content.decode()
        assert "6 vrijstellingen" in shown
        planner.post(f"{url}?samen={one.pk}", {"action": "take_all_back", "because": "Blijft."})
        left = Exemption.objects.filter(ended_at=None)
        assert {row.user.memberships.get().team for row in left} == {teams[1]}

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"person": "niemand"}, "Deze collega staat niet in Leer."),
            ({}, "Vul één collega in, of kies een groep."),
            ({"person": "petra", "region": "noord"}, "Vul één collega in, of kies een groep."),
            ({"person": "petra", "reason": "Langdurig ziek"}, "Hier staat iets over gezondheid."),
            ({"person": "petra", "until": "2020-01-01"}, "Deze dag is al voorbij."),
        ],
    )
    def test_bad_input_is_told_and_gives_nothing(
        self, planner: Client, teams: list[Team], said: dict[str, str], told: str
    ) -> None:
        programme = made(planner)
        said = {"reason": "Werkt elders.", "action": "give"} | said
        answer = planner.post(at("exemptions", programme), said)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not Exemption.objects.exists()

    def test_of_a_base_module_cannot_be_given(self, planner: Client, teams: list[Team]) -> None:
        for key, everyone in (("basis", True), ("kade", False)):
            factories_content.module(key, parts=False, for_everyone=everyone)
        programme = made(planner, modules=["basis", "kade"])
        form = planner.get(at("exemptions", programme)).context["form"]
        assert [key for key, _ in form.fields["module_key"].choices] == ["", "kade"]

    def test_a_full_page_costs_as_many_queries_as_one_row(
        self, planner: Client, teams: list[Team], django_assert_num_queries: Any
    ) -> None:
        programme = made(planner)
        url = at("exemptions", programme)
        said = {"reason": "Gaat over.", "action": "give"}
        one = teams[0].memberships.first().user
        planner.post(url, said | {"person": one.username})
        planner.get(url)
        with CaptureQueriesContext(connection) as one_row:
            planner.get(url)
            few = len(one_row)
        planner.post(url, said | {"region": "noord"})
        planner.get(url)
        with django_assert_num_queries(few):
            planner.get(url)


class TestPlans:
    def test_what_if_shows_days_and_stores_nothing_until_asked(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        asked = {"region": "noord", "first": 0, "last": 0, "seats": 12}
        answer = planner.post(at("plan", programme, 1), asked, follow=True)
        assert re.search(r"Dat scheelt [\d,]+ blootstelling in dagen", answer.content.decode())
        assert Seats.objects.get(programme=programme, week=0).seats == 6
        tried = Calculation.objects.get(question=Question.TRY)
        kept = {"action": "keep", "proef": str(tried.pk)}
        planner.post(at("plan", programme, 1), kept)
        assert Seats.objects.get(programme=programme, week=0).seats == 12

    def test_who_is_short_is_named_with_what_would_help(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        planner.post(at("audience", programme), {})
        planner.post(at("seats", programme), {"region": "noord", "first": 0, "last": 0, "seats": 6})
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "1 team komt tekort" in shown
        assert "6 mensen zonder plaats" in shown

    def test_a_region_where_something_stands_in_the_way_is_named_with_what_it_waits_for(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        planner.post(at("blockers", programme), {"what": "Een zaal", "region": "noord"})
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "In noord staat nog iets in de weg: Een zaal." in shown
        assert "er is geen week waarin dit team kan komen" in shown
        assert "opgelost met" not in shown  # seats would not help

    def test_names_the_teams_that_nobody_judged(self, planner: Client, teams: list[Team]) -> None:
        fill(factories_rollout.team("Nieuw"), risky=0, others=2)
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "Ze komen het laatst: Nieuw</p>" in shown

    def test_compares_with_the_best(self, planner: Client, teams: list[Team]) -> None:
        programme = ready(planner)
        planner.post(at("plans", programme), {"method": "greedy"})
        planner.post(at("plan", programme, 1), {"action": "compare"})
        shown = planner.get(at("plan", programme, 1)).content.decode()
        assert "Het best mogelijke plan scheelt" in shown

    def test_what_was_tried_with_another_plan_is_not_found(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        for _ in range(2):
            planner.post(at("plans", programme), {"method": "greedy"})
        tried = {"region": "noord", "first": 0, "last": 0, "seats": 12}
        planner.post(at("plan", programme, 1), tried)
        key = Calculation.objects.get(question=Question.TRY).pk
        assert planner.get(at("plan", programme, 1), {"proef": key}).status_code == 200
        assert planner.get(at("plan", programme, 2), {"proef": key}).status_code == 404
        assert planner.get(at("plan", programme, 1), {"proef": "x"}).status_code == 404

    def test_a_plan_that_a_colleague_let_hold_meanwhile_is_not_replaced_unseen(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = ready(planner)
        for _ in range(2):
            planner.post(at("plans", programme), {"method": "greedy"})
        plan = at("plan", programme, 2)
        assert 'name="seen" value="0"' in planner.get(plan).content.decode()
        planner.post(at("plan", programme, 1), {"action": "adopt", "seen": 0})
        planner.post(plan, {"action": "adopt", "seen": 0})
        assert RolloutPlan.objects.get(state=PlanState.ADOPTED).number == 1
        assert "Nu geldt plan 1." in planner.get(plan).content.decode()
        planner.post(plan, {"action": "adopt", "seen": 1})
        assert RolloutPlan.objects.get(state=PlanState.ADOPTED).number == 2

    def test_an_older_plan_cannot_come_back(self, planner: Client, teams: list[Team]) -> None:
        programme = ready(planner)
        for _ in range(2):
            planner.post(at("plans", programme), {"method": "greedy"})
        planner.post(at("plan", programme, 2), {"action": "adopt"})
        answer = planner.post(at("plan", programme, 1), {"action": "adopt", "seen": 2}, follow=True)
        assert "kan niet meer worden vastgesteld" in answer.content.decode()
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


class TestLookingAhead:
    def test_tells_how_many_get_what_and_why_others_do_not_and_names_nobody(
        self, planner: Client, teams: list[Team]
    ) -> None:
        factories_content.module("m", parts=False, title="Herken het")
        programme = made(planner, modules=["m"])
        planner.post(at("audience", programme), {"teams": ["Kade"]})
        Blocker.objects.all().delete()
        kade, day = teams[0], programme.starts_on
        factories_running.wave(programme, 1, kade)
        factories_running.wave(programme, 2, days=28)
        exempt = kade.memberships.first().user
        factories_running.exempt(programme, exempt, on=timezone.localdate())
        answer = planner.post(at("rehearsal", programme), {"day": day}, follow=True)
        shown = answer.content.decode()
        assert "Op 4 januari 2027 krijgen 5 collega’s een module" in shown
        assert rows(answer) == {
            ("Krijgt een module", "de golf van het team is open", "Herken het", 5),
            ("Krijgt niets", "heeft een vrijstelling", "", 1),
            ("Krijgt niets", "geen regel geldt voor dit werk", "", 6),
            ("Krijgt niets", "zit in geen team", "", people_without_a_team()),
        }
        assert "4 januari 2027: gaat open" in " ".join(shown.split())
        assert "1 februari 2027: blijft dicht, de dag is er nog niet" in " ".join(shown.split())
        assert not any(name in shown for name in (exempt.last_name, "Kade", "Kantoor"))

    def test_a_programme_that_does_nothing_says_so(
        self, planner: Client, teams: list[Team]
    ) -> None:
        programme = made(planner)
        assert "Wie zou wat krijgen?" in planner.get(at("rehearsal", programme)).content.decode()
        planner.post(at("rehearsal", programme), {"day": "2027-01-04"})
        shown = planner.get(at("rehearsal", programme)).content.decode()
        assert "Op 4 januari 2027 krijgen 0 collega’s een module" in shown

    def test_has_words_for_every_reason(self) -> None:
        passed_over = {"wave_not_open", "blocked", "not_published", "nothing_for_them"}
        assert DECIDED.keys() == {*Why, *passed_over}
        assert HINDRANCES.keys() == {*Hindrance}

    def test_a_day_that_is_none(self, planner: Client) -> None:
        programme = made(planner)
        answer = planner.post(at("rehearsal", programme), {"day": "gisteren"})
        assert answer.status_code == 422
        assert not Calculation.objects.exists()


def rows(answer: Any) -> set[tuple[str, str, str, int]]:
    """What the page tells, as rows."""
    return {
        (str(what), str(row["because"]), row["module"], row["people"])
        for what, some in answer.context["parts"]
        for row in some
    }


def people_without_a_team() -> int:
    """Those who may sign in and are in no team."""
    return User.objects.filter(is_active=True, memberships=None).count()


@pytest.mark.parametrize("name", ["facts", "audience", "seats", "blockers", "plans", "rehearsal"])
def test_only_the_programme_sees_them(planner: Client, name: str) -> None:
    programme = made(planner)
    assert planner.get(at(name, programme)).status_code == 200
    manager = signed_in(factories_content.user_with(factories_content.Role.MANAGER))
    assert manager.get(at(name, programme)).status_code == 403
