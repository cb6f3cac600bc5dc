"""What is off while the works council has not decided: names, mail, figures and files."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.disclosure.models import Release, Tally
from leer.monitoring import nudging, reminders, tasks
from leer.monitoring.models import Nudge
from leer.monitoring.without_decision import Total
from leer.organisation.models import Team
from leer.privacy.facilities import Facility
from leer.privacy.models import Look
from leer.rollout import api as rollout
from tests.support import council, learning
from tests.support import factories_content as make
from tests.support import factories_running as running
from tests.support.factories_organisation import LeadershipFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undecided")]
TODAY = timezone.localdate()
K = 5


@pytest.fixture(autouse=True)
def k(settings: Any) -> None:
    settings.DISCLOSURE_K = K


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def team(ruud: User) -> Team:
    found: Team = LeadershipFactory(user=ruud).team
    return found


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()


def members(team: Team, count: int, module: content.Module) -> list[User]:
    people = [
        MembershipFactory(team=team, user=UserFactory(last_name=f"Zwaluw{number}")).user
        for number in range(count)
    ]
    due = TODAY + timedelta(days=1)
    rollout.assign(people, module_key=module.key, due_on=due, reason="test")
    return people


def page(ruud: User, team: Team) -> Any:
    return learning.signed_in(ruud).get(reverse("monitoring:team", args=[team.public_id]))


def test_a_manager_sees_totals_without_a_name_and_why(
    ruud: User, team: Team, module: content.Module
) -> None:
    for person in members(team, 7, module)[:6]:
        learning.do_whole_module(person, module)
    shown = page(ruud, team).content.decode()
    assert "Zeker 5 van de 7 mensen" in shown
    assert "ondernemingsraad" in shown
    assert reverse("privacy:decisions") in shown
    assert "Zwaluw" not in shown
    assert reverse("monitoring:nudge", args=[team.public_id]) not in shown
    assert not Look.objects.exists(), "nobody was looked at"


def test_of_a_small_team_there_is_no_number(ruud: User, team: Team, module: content.Module) -> None:
    for person in members(team, K - 1, module):
        learning.do_whole_module(person, module)
    shown = page(ruud, team).content.decode()
    assert "Minder dan 5 mensen" in shown
    assert "Zeker" not in shown


@pytest.mark.parametrize(
    ("done", "people", "told"), [(4, 9, 0), (5, 9, 5), (9, 9, 5), (10, 10, 5), (10, 11, 10)]
)
def test_totals_go_in_steps_of_k_and_never_to_everybody(done: int, people: int, told: int) -> None:
    class Tally:
        title, due, total = "m", TODAY, people

    Tally.done = done  # type: ignore[attr-defined]
    assert Total.of(Tally()).done == told  # type: ignore[arg-type]


def test_another_managers_team_is_absent_here_too(ruud: User) -> None:
    assert page(ruud, LeadershipFactory().team).status_code == 404


def test_once_it_is_decided_names_are_there(ruud: User, team: Team, module: content.Module) -> None:
    members(team, 2, module)
    council.decide(Facility.FOLLOW)
    assert "Zwaluw" in page(ruud, team).content.decode()


def test_a_followed_team_without_nudges_or_files_offers_neither(
    ruud: User, team: Team, module: content.Module
) -> None:
    members(team, 2, module)
    offers = {
        Facility.REMIND: reverse("monitoring:nudge", args=[team.public_id]),
        Facility.EXPORT: reverse("monitoring:team_csv", args=[team.public_id]),
    }
    council.decide(Facility.FOLLOW)
    client = learning.signed_in(ruud)
    shown = page(ruud, team).content.decode()
    assert not any(url in shown for url in offers.values())
    assert client.get(offers[Facility.EXPORT]).status_code == 403
    council.decide(*offers)
    shown = page(ruud, team).content.decode()
    assert all(url in shown for url in offers.values())
    assert client.get(offers[Facility.EXPORT]).status_code == 200


def test_nothing_leaves_about_what_somebody_still_has_to_do(
    team: Team, module: content.Module
) -> None:
    members(team, 2, module)
    assert reminders.send_digests(TODAY) == 0
    council.decide(Facility.REMIND)
    assert reminders.send_digests(TODAY) == 2


def test_reminders_stop_in_the_middle_of_a_run(
    team: Team, module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    members(team, 4, module)
    council.decide(Facility.REMIND)
    monkeypatch.setattr(reminders, "BATCH", 2)

    def may_go_on() -> bool:
        if len(mail.outbox) == 1:
            council.forget_everything()
        return True

    assert reminders.send_digests(TODAY, may_go_on=may_go_on) == 2


def test_a_leader_hears_of_a_team_that_is_behind_only_when_both_are_on(
    ruud: User, team: Team, module: content.Module
) -> None:
    monday = date(2026, 11, 23)
    ruud.email = "ruud@voorbeelddouane.example"
    ruud.save()
    [late] = members(team, 1, module)
    rollout.Assignment.objects.filter(user=late).update(due_on=monday - timedelta(days=3))
    council.decide(Facility.REMIND)
    reminders.send_digests(monday)
    assert mail.outbox == []
    council.decide(Facility.FOLLOW)
    reminders.send_digests(monday)
    assert [message.to for message in mail.outbox] == [[ruud.email]]


def test_an_exemption_is_told_whatever_was_decided(team: Team, module: content.Module) -> None:
    [anna] = members(team, 1, module)
    programme = running.programme(module.key)
    yesterday = timezone.make_aware(datetime.combine(TODAY - timedelta(days=1), time(12)))
    programme.exemptions.create(
        user=anna, reason="ander werk", given_by=make.user_with(name="hanna"), given_at=yesterday
    )
    assert reminders.send_digests(TODAY) == 1
    assert mail.outbox[0].subject == "Over je vrijstelling in Leer"


def test_a_nudge_is_refused_with_the_reason(ruud: User, team: Team) -> None:
    url = reverse("monitoring:nudge", args=[team.public_id])
    answer = learning.signed_in(ruud).post(url)
    assert answer.status_code == 403
    assert "Dit staat uit" in answer.content.decode()
    assert not Nudge.objects.exists()


def test_a_nudge_that_was_asked_for_before_it_went_off_leaves_never(
    ruud: User, team: Team, module: content.Module
) -> None:
    members(team, 2, module)
    nudging.ask(team, by=ruud, day=TODAY)
    assert nudging.send_nudges(TODAY) == 0
    council.decide(Facility.REMIND)
    assert nudging.send_nudges(TODAY) == 0
    assert mail.outbox == []


def test_choices_are_not_counted_until_they_may_be_and_then_from_the_beginning(
    module: content.Module,
) -> None:
    for number in range(3 * K):
        learning.do_whole_module(make.user_with(name=f"x{number}"), module)
    tomorrow = (TODAY + timedelta(days=40)).isoformat()
    tasks.count_figures.func(tomorrow)
    assert not Tally.objects.exists()
    council.decide(Facility.FIGURES)
    tasks.count_figures.func(tomorrow)
    assert Release.objects.exists()


EDITORS = ("monitoring:stories", [])
STORY = ("monitoring:story", [learning.STORY, "nl"])
FILE = ("monitoring:story_csv", [learning.STORY, "nl", 1])


@pytest.mark.parametrize(("name", "args"), [EDITORS, STORY, FILE])
def test_figures_tell_that_they_are_off(name: str, args: list[Any], module: content.Module) -> None:
    editor = learning.signed_in(make.user_with(Role.EDITOR, name="mo"))
    answer = editor.get(reverse(name, args=args))
    assert answer.status_code == 403
    assert "Cijfers over keuzes en antwoorden" in answer.content.decode()


def test_a_file_needs_a_decision_of_its_own(module: content.Module) -> None:
    editor = learning.signed_in(make.user_with(Role.EDITOR, name="mo"))
    url = reverse(FILE[0], args=FILE[1])
    council.decide(Facility.FIGURES)
    assert "Cijfers als bestand" in editor.get(url).content.decode()
    council.decide(Facility.EXPORT)
    assert editor.get(url).status_code == 404, "nothing was released of it yet"


def test_the_programme_plans_and_does_not_see_how_far_people_are() -> None:
    programme = running.programme("m")
    hanna = learning.signed_in(make.user_with(Role.PROGRAMME, name="hanna"))
    args = [programme.public_id]
    answer = hanna.get(reverse("monitoring:programme", args=args), follow=True)
    assert answer.redirect_chain[0][0] == reverse("monitoring:programme_planning", args=args)
    assert "ondernemingsraad" in answer.content.decode()
    assert hanna.get(reverse("monitoring:programme_rows", args=args)).status_code == 403
    assert hanna.get(reverse("monitoring:programme_csv", args=args)).status_code == 403
    assert hanna.get(reverse("monitoring:programmes")).status_code == 200
