"""A leader prints a guide for talking: what divides most ahead, no names, and never a figure."""

import re
from typing import Any

import pytest
from django.urls import reverse

from cursussen.models import ScenarioPage
from leer.accounts.api import Role, User
from leer.monitoring.figures.shape import shape_of, way
from leer.monitoring.figures.stories import count_stories
from leer.monitoring.guide.moments import Basis, guide_of, most_divided
from leer.organisation.models import Team
from leer.rollout import api as rollout
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, ON, TAKES, TELLS, WALKS
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_organisation import LeadershipFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def team(ruud: User) -> Team:
    found: Team = LeadershipFactory(user=ruud).team
    return found


@pytest.fixture
def version() -> str:
    """Of the story in the module that the team has."""
    return people.publish()


@pytest.fixture
def colleagues(team: Team, version: str) -> list[User]:
    """Forty people of the team, with a module that has the story in it."""
    found = people.users(40)
    for user in found:
        MembershipFactory(user=user, team=team)
    make.published(
        make.module("praten", parts=False),
        ScenarioPage(title="De doos", slug="doos", key="doos", scenario_key="de-doos"),
    )
    rollout.assign(found, module_key="praten", due_on=people.tonight(9).date(), reason="test")
    return found


def count() -> None:
    count_stories(people.tonight())


def page(user: User, team: Team) -> Any:
    return learning.signed_in(user).get(reverse("monitoring:guide", args=[team.public_id]))


def test_the_most_divided_scene_is_one_where_choices_are_alike(version: str) -> None:
    shape = shape_of(version)
    alike = {way(*TAKES): 80, way(*ASKS): 10, way(*WALKS): 40, way(*TELLS): 40}
    assert most_divided(shape, alike) == ("gang", pytest.approx(0.63, abs=0.01))
    assert most_divided(shape, {way(*TAKES): 80}) == ("", 0)
    assert most_divided(shape, {}) == ("", 0)


def test_where_the_own_team_lies_apart_is_named_first(
    team: Team, version: str, colleagues: list[User]
) -> None:
    """Everybody asks whose box it is; only in this team is there something to say at the door."""
    people.play(colleagues[:20], version, TAKES, ON, TELLS)
    people.play(colleagues[20:], version, ASKS, TELLS)
    people.play(people.users(60, "ander"), version, ASKS, TELLS)
    people.play(people.users(60, "weer"), version, TAKES, ON, TELLS)
    count()
    (moment,) = guide_of(team)
    assert (moment.basis, moment.place) == (Basis.TEAM, "Bij de deur")
    assert moment.choices == ("Je pakt hem aan", "Je vraagt van wie hij is")


def test_of_a_small_team_only_what_all_chose_is_used(
    team: Team, version: str, colleagues: list[User]
) -> None:
    people.play(colleagues[:9], version, TAKES, ON, WALKS)
    people.play(people.users(60, "ander"), version, ASKS, WALKS)
    people.play(people.users(60, "weer"), version, ASKS, TELLS)
    count()
    (moment,) = guide_of(team)
    assert (moment.basis, moment.place) == (Basis.EVERYBODY, "In de gang")


def test_before_anything_is_known_the_story_begins_the_talk(
    team: Team, colleagues: list[User]
) -> None:
    (moment,) = guide_of(team)
    assert (moment.basis, moment.place) == (Basis.NOBODY, "Bij de deur")


def test_the_same_facts_give_the_same_guide(
    ruud: User, team: Team, version: str, colleagues: list[User]
) -> None:
    people.play(colleagues, version, ASKS, TELLS)
    count()
    assert guide_of(team) == guide_of(team)


def test_the_page_has_no_name_no_figure_and_nothing_of_what_comes_after(
    ruud: User, team: Team, version: str, colleagues: list[User]
) -> None:
    people.play(colleagues[:20], version, TAKES, ON, TELLS)
    people.play(colleagues[20:], version, ASKS, TELLS)
    count()
    shown = page(ruud, team).content.decode()
    main = re.sub(r"<[^>]+>", " ", shown[shown.index("<main") : shown.index("</main")])
    assert "Er staat een doos." in main
    assert not re.search(r"\b(10|20|30|40)\b|minstens|procent|%", main)
    assert not [user.username for user in colleagues if user.username in main]
    assert "Mooi." not in main


def test_a_team_without_a_story_hears_when_there_will_be_one(ruud: User, team: Team) -> None:
    assert "Er is nog geen verhaal" in page(ruud, team).content.decode()


def test_the_guide_of_another_team_is_not_there(team: Team) -> None:
    other = make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ander")
    LeadershipFactory(user=other)
    assert page(other, team).status_code == 404


def test_queries_do_not_grow_with_the_team(
    ruud: User, team: Team, colleagues: list[User], django_assert_max_num_queries: Any
) -> None:
    client = learning.signed_in(ruud)
    url = reverse("monitoring:guide", args=[team.public_id])
    client.get(url)
    with django_assert_max_num_queries(8):  # one is what the works council decided
        client.get(url)
