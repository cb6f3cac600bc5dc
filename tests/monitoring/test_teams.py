"""A manager sees how far the own team is, and nothing else of anybody."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.delivery import actions
from leer.monitoring.teams import view_of
from leer.organisation.models import Team
from leer.rollout import api as rollout
from leer.rollout.giving import Grant
from leer.rollout.giving import give as grant_again
from leer.rollout.models import Programme, ProgrammeState, Wave, WaveTeam
from tests.support import factories_content as make
from tests.support import factories_risk, factories_rollout, learning
from tests.support import factories_running as running
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
# What differs by itself: the form's token, and the address that the footer's form comes back to.
TOKEN = re.compile(r'value="(\w{64}|/mijn-team/[^"]+)"')


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def team(ruud: User) -> Team:
    found: Team = LeadershipFactory(user=ruud).team
    return found


def member(team: Team, name: str) -> User:
    user: User = UserFactory(first_name="", last_name=name)
    MembershipFactory(team=team, user=user)
    return user


def page(ruud: User, team: Team) -> Any:
    return learning.signed_in(ruud).get(reverse("monitoring:team", args=[team.public_id]))


def give(users: list[User], module: content.Module, days: int = 14) -> None:
    due = timezone.localdate() + timedelta(days=days)
    rollout.assign(users, module_key=module.key, due_on=due, reason="test")


def test_a_manager_sees_who_is_where_and_the_total(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    anna, bram, cees, dora = (member(team, name) for name in ("Anna", "Bram", "Cees", "Dora"))
    give([anna, bram, cees], module)
    give([dora], module, days=-1)
    actions.begin_module(bram, module)
    learning.do_whole_module(cees, module)
    context = page(ruud, team).context
    states = {row["name"]: row["states"] for row in context["members"]}
    assert states == {"Anna": ["todo"], "Bram": ["busy"], "Cees": ["done"], "Dora": ["overdue"]}
    assert context["modules"][0]["counts"] == {"todo": 1, "busy": 1, "done": 1, "overdue": 1}
    assert context["sentence"].startswith("1 van de 4 heeft de module gedaan")


def test_who_needs_help_stands_first(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    done, late = member(team, "Aa"), member(team, "Zz")
    give([done], module)
    give([late], module, days=-1)
    learning.do_whole_module(done, module)
    assert [row["name"] for row in page(ruud, team).context["members"]] == ["Zz", "Aa"]


def test_the_page_holds_no_answer_score_path_or_date_of_completion(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    anna = member(team, "Anna")
    give([anna], module)
    learning.do_whole_module(anna, module)
    shown = page(ruud, team).content.decode()
    attempt = learning.part_of(module, content.PartKind.SCENARIO)
    for secret in ("veilig", "Reactie", "score", str(anna.actor_name), str(anna.pk), attempt.key):
        assert f">{secret}<" not in shown
        assert f'"{secret}"' not in shown


def test_another_managers_team_is_as_absent_as_one_that_never_was(ruud: User) -> None:
    other = LeadershipFactory().team
    former = LeadershipFactory(user=ruud, ended=True).team
    led_by_nobody = TeamFactory()
    client = learning.signed_in(ruud)
    answers = [
        client.get(reverse("monitoring:team", args=[public_id]))
        for public_id in (other.public_id, former.public_id, led_by_nobody.public_id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({TOKEN.sub("", answer.content.decode()) for answer in answers}) == 1


def test_somebody_who_left_the_team_is_no_longer_on_its_page(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    gone = MembershipFactory(team=team, ended=True).user
    give([gone, member(team, "Anna")], module)
    assert [row["name"] for row in page(ruud, team).context["members"]] == ["Anna"]


def test_a_manager_of_one_team_goes_there_at_once_and_of_two_may_choose(
    ruud: User, team: Team
) -> None:
    client = learning.signed_in(ruud)
    assert client.get(reverse("monitoring:teams")).url.endswith(f"{team.public_id}/")
    second = LeadershipFactory(user=ruud).team
    assert second.name in client.get(reverse("monitoring:teams")).content.decode()


def test_an_empty_team_helps_on(ruud: User, team: Team) -> None:
    assert page(ruud, team).status_code == 200


@pytest.mark.parametrize("size", [5, 50])
def test_the_team_page_costs_nine_queries_with_few_and_many(
    ruud: User, team: Team, size: int, django_assert_num_queries: Any
) -> None:
    module = learning.whole_module()
    people = [membership.user for membership in MembershipFactory.create_batch(size, team=team)]
    give(people, module)
    actions.begin_module(people[0], module)
    client = learning.signed_in(ruud)
    url = reverse("monitoring:team", args=[team.public_id])
    client.get(url)
    # 1 session, person and roles, 2 the team if one leads it, 3 members, 4 assignments, 5 content
    # stamp, 6 what was begun and done, 7 stories with what was released of them, 8 the team's wave
    # (and three more for its reasons where there is one), 9 that it was looked at
    with django_assert_num_queries(9):
        client.get(url)


def two_teams_alike() -> tuple[tuple[User, Team], tuple[User, Team]]:
    """Two managers with teams that are the same but for their names."""
    pairs = []
    for name in ("rood", "blauw"):
        manager = make.user_with(Role.EMPLOYEE, Role.MANAGER, name=f"chef-{name}")
        team = TeamFactory(name=f"Team {name}")
        LeadershipFactory(user=manager, team=team)
        member(team, f"Lid {name}")
        factories_risk.approved(team, {"power": 4, "information": 3, "signals": 0})
        pairs.append((manager, team))
    return pairs[0], pairs[1]


def waves(programme: Programme, *teams: Team) -> list[Wave]:
    """A wave for each."""
    made = []
    for number, team in enumerate(teams, start=1):
        day = programme.starts_on + timedelta(weeks=4 * number)
        wave = Wave.objects.create(programme=programme, number=number, opens_on=day)
        WaveTeam.objects.create(programme=programme, wave=wave, team=team)
        made.append(wave)
    return made


def test_a_manager_reads_when_the_own_team_begins_and_why(ruud: User, team: Team) -> None:
    factories_risk.approved(team, {"power": 4, "information": 0, "signals": 4})
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    (wave,) = waves(programme, team)
    shown = page(ruud, team).content.decode()
    assert "Jullie beginnen op 1 februari 2027 met Veilig werken." in shown
    assert "Jullie beslissen zelf over vrijgave, selectie of controle." in shown
    wave.opened_at = timezone.now()
    wave.save()
    assert "Jullie zijn op 1 februari 2027 begonnen" in page(ruud, team).content.decode()


def test_a_plan_that_does_not_run_yet_is_nobodys_news(ruud: User, team: Team) -> None:
    factories_risk.approved(team, 4)
    waves(factories_rollout.programme(), team)
    view = page(ruud, team).context
    assert (view["turns"], view["reasons"]) == ((), ())


def test_what_a_team_has_already_is_no_news(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    programme.items.create(module_key=module.key)
    waves(programme, team)
    give([member(team, "Lid")], module)
    assert page(ruud, team).context["turns"] == ()
    programme.items.create(module_key="nog-een")
    assert len(page(ruud, team).context["turns"]) == 1


def test_two_managers_pages_differ_by_nothing_but_their_own() -> None:
    (red_manager, red), (blue_manager, blue) = two_teams_alike()
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    waves(programme, TeamFactory(), red, blue)
    own = {"rood": "X", "blauw": "X", "1 maart 2027": "DAY", "29 maart 2027": "DAY"}

    def shown(manager: User, team: Team) -> str:
        found = TOKEN.sub("", page(manager, team).content.decode())
        return re.sub("|".join(sorted(own, key=len, reverse=True)), lambda m: own[m[0]], found)

    assert "DAY" in shown(red_manager, red)
    assert shown(red_manager, red) == shown(blue_manager, blue)


def test_what_happens_to_another_team_changes_nothing_on_ones_page() -> None:
    (manager, team), (_, other) = two_teams_alike()
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    _, second = waves(programme, team, other)
    before = TOKEN.sub("", page(manager, team).content.decode())
    factories_risk.approved(other, 4)
    second.opens_on, second.opened_at = programme.starts_on, timezone.now()
    second.save()
    assert TOKEN.sub("", page(manager, team).content.decode()) == before


def test_in_a_later_round_somebody_is_where_they_are_in_that_round(ruud: User, team: Team) -> None:
    make.module("m", parts=False)
    anna, bram = member(team, "Anna"), member(team, "Bram")
    for user in (anna, bram):
        running.progress_of(user, "m", done=True)
    give([anna, bram], content.module("m"))
    due, now = timezone.localdate() + timedelta(days=5), timezone.now()
    grant_again([Grant(anna.pk, "m", due, None, 2)], reason="x", at=now)
    found = view_of(team)
    assert {one.name: one.states for one in found.members} == {
        "Anna": (rollout.State.TODO,),
        "Bram": (rollout.State.DONE,),
    }
    assert found.modules[0].total == 2
