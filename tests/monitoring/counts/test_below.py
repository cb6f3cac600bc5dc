"""Who leads a team above sees totals of the teams below: no names, and no small team."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.organisation.models import Deputyship, Team
from leer.privacy.facilities import Facility
from leer.rollout import api as rollout
from tests.support import council, learning
from tests.support import factories_content as make
from tests.support import factories_running as running
from tests.support.factories_organisation import LeadershipFactory, MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def above(ruud: User) -> Team:
    make.module("m", parts=False)
    found: Team = LeadershipFactory(user=ruud, team__name="Regio").team
    return found


def team(name: str, parent: Team, *, todo: int = 0, done: int = 0) -> Team:
    """A part of another team, with people who have still to begin and people who are done."""
    made: Team = TeamFactory(name=name, parent=parent)
    people = [one.user for one in MembershipFactory.create_batch(todo + done, team=made)]
    day = timezone.localdate() + timedelta(days=7)
    rollout.assign(people, module_key="m", due_on=day, reason="test")
    for user in people[todo:]:
        running.progress_of(user, "m", done=True)
    return made


def page(ruud: User, above: Team) -> Any:
    return learning.signed_in(ruud).get(reverse("monitoring:below", args=[above.public_id]))


def rows(answer: Any) -> dict[str, tuple[int, ...]]:
    (module,) = answer.context["modules"]
    return {row.name: row.how_many.numbers for row in module.rows}


def test_totals_and_large_teams_by_name(ruud: User, above: Team) -> None:
    team("Zee", above, todo=9, done=3)
    part = team("Lucht", above, todo=10)
    team("Onder Lucht", part, done=11)
    answer = page(ruud, above)
    assert list(rows(answer).items()) == [
        ("Lucht", (10, 0, 0, 0)),
        ("Onder Lucht", (0, 0, 11, 0)),
        ("Zee", (9, 0, 3, 0)),
    ]
    assert answer.context["modules"][0].total.numbers == (19, 0, 14, 0)
    assert "14 van de 33 mensen hebben de module gedaan." in answer.content.decode()


def test_small_teams_stand_together_and_one_never_alone(ruud: User, above: Team) -> None:
    team("Oud", above, todo=12)
    team("Nieuw", above, done=30)
    team("Klein", above, done=3)
    assert rows(page(ruud, above)) == {"Nieuw": (0, 0, 30, 0), "": (12, 0, 3, 0)}
    shown = page(ruud, above).content.decode()
    assert "Kleine teams samen" in shown
    assert "Klein<" not in shown


def test_too_few_in_all_are_not_told(ruud: User, above: Team) -> None:
    team("Een", above, done=4)
    team("Twee", above, done=5)
    answer = page(ruud, above)
    assert answer.context["modules"][0].total is None
    assert "te weinig mensen" in answer.content.decode()


def test_what_one_knows_of_the_own_small_team_gives_no_other_away(ruud: User, above: Team) -> None:
    own = team("Eigen", above, done=4)
    LeadershipFactory(user=ruud, team=own)
    team("Ander", above, todo=7)
    answer = page(ruud, above)
    assert rows(answer) == {"Eigen": (0, 0, 4, 0)}
    assert answer.context["modules"][0].total is None


def test_an_own_team_that_is_not_followed_is_as_any_other(
    ruud: User, above: Team, undecided: None
) -> None:
    council.decide(Facility.LAYERS)
    LeadershipFactory(user=ruud, team=team("Eigen", above, done=4))
    team("Ander", above, todo=7)
    assert rows(page(ruud, above)) == {"": (7, 0, 4, 0)}


def test_there_is_nothing_while_the_works_council_decided_only_of_the_own_team(
    ruud: User, above: Team, undecided: None
) -> None:
    team("Zee", above, todo=12)
    council.decide(*set(Facility) - {Facility.LAYERS})
    answer = page(ruud, above)
    assert answer.status_code == 403
    assert "Zee" not in answer.content.decode()


def test_who_stands_in_for_the_leader_above_reads_it_too(ruud: User, above: Team) -> None:
    team("Zee", above, todo=12)
    anna = make.user_with(Role.EMPLOYEE, name="anna")
    today = timezone.localdate()
    Deputyship.objects.create(
        user=anna,
        team=above,
        appointed_by=ruud,
        valid_from=today,
        valid_until=today + timedelta(days=1),
    )
    assert rows(page(anna, above)) == {"Zee": (12, 0, 0, 0)}


def test_no_names_of_people_and_nothing_of_who_is_beside(ruud: User, above: Team) -> None:
    beside = team("Naast", TeamFactory(), done=20)
    name = MembershipFactory(team=team("Groot", above, done=12)).user.last_name
    shown = page(ruud, above).content.decode()
    assert name not in shown
    assert beside.name not in shown


def test_who_leads_a_part_as_well_reads_all_of_it_above(ruud: User, above: Team) -> None:
    part = team("Deel", above, todo=10)
    LeadershipFactory(user=ruud, team=part)
    team("Onder", part, todo=10)
    assert page(ruud, part).url == reverse("monitoring:below", args=[above.public_id])


def test_another_leaders_teams_are_not_there(ruud: User, above: Team) -> None:
    other = TeamFactory()
    team("Onder", other, todo=20)
    assert page(ruud, other).status_code == 404


def test_a_team_page_leads_to_the_teams_below_when_there_are(ruud: User, above: Team) -> None:
    client = learning.signed_in(ruud)
    address = reverse("monitoring:team", args=[above.public_id])
    assert "De teams hieronder" not in client.get(address).content.decode()
    TeamFactory(parent=above)
    assert "De teams hieronder" in client.get(address).content.decode()
    assert page(ruud, above).status_code == 200
    council.forget_everything()
    assert "De teams hieronder" in client.get(address).content.decode(), "that is asked there"


@pytest.mark.parametrize("count", [2, 30])
def test_the_page_costs_nine_queries_with_few_and_many(
    ruud: User, above: Team, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        team(f"Team {number}", above, todo=2)
    client = learning.signed_in(ruud)
    address = reverse("monitoring:below", args=[above.public_id])
    client.get(address)
    # 1 session, person and roles, 2 what is decided, 3 the team if it is one's own, 4 one's other
    # teams and 5 what is above, 6 and 7 the teams below, 8 content stamp, 9 counts
    with django_assert_num_queries(9):
        client.get(address)


def test_more_teams_than_anybody_reads_are_told_together(
    ruud: User, above: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leer.monitoring.counts.below.MOST_ROWS", 1)
    team("Zee", above, todo=9, done=3)
    team("Lucht", above, todo=10)
    answer = page(ruud, above)
    assert rows(answer) == {}
    text = answer.content.decode()
    assert "Dit zijn 2 teams" in text
    assert "Lucht" not in text
    assert answer.context["modules"][0].total.numbers == (19, 0, 3, 0)
