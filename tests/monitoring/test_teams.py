"""A manager sees how far the own team is, and nothing else of anybody."""

import csv
import io
import random
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
from leer.privacy import api as privacy
from leer.progress import api as progress
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.giving import Grant
from leer.rollout.giving import give as grant_again
from leer.rollout.models import Assignment, Programme, ProgrammeState, Wave, WaveTeam
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


def page(ruud: User, team: Team, **asked: str) -> Any:
    address = reverse("monitoring:team", args=[team.public_id])
    return learning.signed_in(ruud).get(address, asked)


def shown(ruud: User, team: Team, **asked: str) -> list[tuple[str, list[str]]]:
    """Who stands on the page, group by group."""
    view = page(ruud, team, **asked).context["view"]
    return [(group.words, [one.name for one in group.members]) for group in view.shown]


def rows_of_file(ruud: User, team: Team, **asked: str) -> list[list[str]]:
    """The page as a file, line by line."""
    address = reverse("monitoring:team_csv", args=[team.public_id])
    text = learning.signed_in(ruud).get(address, asked).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


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
    assert shown(ruud, team) == [
        ("verlopen", ["Dora"]),
        ("te doen", ["Anna"]),
        ("bezig", ["Bram"]),
        ("gedaan", ["Cees"]),
    ]
    context = page(ruud, team).context
    assert context["view"].modules[0].counts == {"todo": 1, "busy": 1, "done": 1, "overdue": 1}
    assert context["sentence"] == "1 van de 4 is klaar; 1 moet nog beginnen, 1 is te laat."


def test_somebody_stands_where_they_need_help_most(ruud: User, team: Team) -> None:
    first, second = learning.whole_module(), learning.whole_module("tweede")
    anna, _bram = member(team, "Anna"), member(team, "Bram")
    give([anna], first)
    give([anna], second, days=-1)
    learning.do_whole_module(anna, first)
    assert shown(ruud, team) == [("verlopen", ["Anna"]), ("niet toegewezen", ["Bram"])]
    assert shown(ruud, team, module="herken") == [
        ("gedaan", ["Anna"]),
        ("niet toegewezen", ["Bram"]),
    ]
    assert page(ruud, team).context["sentence"] == "Nog niemand is klaar; 1 is te laat."


def test_a_manager_may_ask_for_one_state(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    anna, bram = member(team, "Anna"), member(team, "Bram")
    give([anna, bram], module)
    actions.begin_module(bram, module)
    assert shown(ruud, team, stand="bezig") == [("bezig", ["Bram"])]
    assert shown(ruud, team, stand="gedaan") == []
    assert len(shown(ruud, team, stand="onzin")) == 2
    links = page(ruud, team, stand="bezig").context["filters"]
    assert [(one.state, one.count, one.is_current) for one in links] == [
        (None, 2, False),
        ("todo", 1, False),
        ("busy", 1, True),
    ]


def test_a_module_that_the_team_does_not_have_shows_nobody(ruud: User, team: Team) -> None:
    give([member(team, "Anna")], learning.whole_module())
    view = page(ruud, team, module="onzin").context["view"]
    assert (view.asked.module, len(view.columns)) == ("", 1)


def test_leaders_go_first_so_their_own_modules_stand_on_top(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    give([ruud, member(team, "Anna")], module)
    assert [one.title for one in page(ruud, team).context["view"].own] == [module.title]
    assert shown(ruud, team) == [("te doen", ["Anna"])]
    learning.do_whole_module(ruud, module)
    assert page(ruud, team).context["view"].own == ()


def test_the_file_holds_what_is_on_the_page(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    anna, bram = member(team, "Anna"), member(team, "=Bram()")
    give([ruud, anna, bram], module)
    actions.begin_module(bram, module)
    today = timezone.localdate()
    due = (today + timedelta(days=14)).isoformat()
    assert rows_of_file(ruud, team) == [
        ["team", team.name, "West"],
        ["op", today.isoformat()],
        ["Nog niemand is klaar; 1 moet nog beginnen."],
        [],
        ["module", "uiterlijk", "gedaan", "bezig", "te doen", "verlopen", "samen"],
        [module.title, due, "0", "1", "1", "0", "2"],
        [],
        ["naam", module.title, "uiterlijk"],
        ["Anna", "te doen", due],
        ["'=Bram()", "bezig", due],
    ]
    assert [row[0] for row in rows_of_file(ruud, team, stand="bezig")[8:]] == ["'=Bram()"]


def test_who_took_the_file_is_seen_by_who_is_in_it(ruud: User, team: Team) -> None:
    anna = member(team, "Anna")
    rows_of_file(ruud, team)
    [seen] = privacy.looks_at(anna)
    assert "als bestand" in str(seen.words)


def test_another_managers_team_is_no_file_either(ruud: User) -> None:
    address = reverse("monitoring:team_csv", args=[LeadershipFactory().team.public_id])
    assert learning.signed_in(ruud).get(address).status_code == 404


def test_the_page_reads_the_same_states_as_everything_else(ruud: User, team: Team) -> None:
    rng = random.Random(6)
    people = [member(team, f"Lid {number}") for number in range(40)]
    today, now = timezone.localdate(), timezone.now()
    for user in people:
        for key in ("een", "twee"):
            for number in range(1, rng.randint(1, 3) + 1):
                Assignment.objects.create(
                    user=user,
                    module_key=key,
                    round=number,
                    counts_from=None if number == 1 else now - timedelta(days=rng.randint(0, 30)),
                    due_on=today + timedelta(days=rng.randint(-2, 2)),
                    assigned_at=now,
                    withdrawn_at=rng.choice([None, None, now]),
                )
            for _stay in range(rng.randint(0, 3)):
                started = rng.choice([None, now - timedelta(days=rng.randint(0, 40))])
                done = rng.choice([None, (started or now) - timedelta(days=rng.randint(-5, 5))])
                ModuleProgress.objects.create(
                    user=user,
                    module_key=key,
                    registration=uuid4(),
                    started_at=started,
                    completed_at=done,
                )
    ids = [user.pk for user in people]
    stays = progress.stays_of_people(ids, ["een", "twee"])
    expected = [
        (row.user_id, row.module_key, row.due_on, rollout.state_in_round(row, stays, today))
        for row in rollout.assignments_of_people(ids)
    ]
    found = rollout.standings_of_people(ids, today)
    assert sorted(found) == sorted(expected)
    assert {row.state for row in found} == set(rollout.State)


def test_the_page_holds_no_answer_score_path_or_date_of_completion(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    anna = member(team, "Anna")
    give([anna], module)
    learning.do_whole_module(anna, module)
    source = page(ruud, team).content.decode()
    attempt = learning.part_of(module, content.PartKind.SCENARIO)
    for secret in ("veilig", "Reactie", "score", str(anna.actor_name), str(anna.pk), attempt.key):
        assert f">{secret}<" not in source
        assert f'"{secret}"' not in source


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
    assert shown(ruud, team) == [("te doen", ["Anna"])]


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
def test_the_team_page_costs_eight_queries_with_few_and_many(
    ruud: User, team: Team, size: int, django_assert_num_queries: Any
) -> None:
    module = learning.whole_module()
    people = [membership.user for membership in MembershipFactory.create_batch(size, team=team)]
    give([ruud, *people], module)
    actions.begin_module(people[0], module)
    factories_risk.approved(team, 4)
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    programme.items.create(module_key="nog-een")
    waves(programme, team)
    client = learning.signed_in(ruud)
    url = reverse("monitoring:team", args=[team.public_id])
    client.get(url)
    # 1 session, person and roles, 2 the team if one leads it, with its last nudge and
    # whether names may be seen, 3 members,
    # 4 where they and the reader are, 5 content stamp, 6 the team's turn, 7 its reasons, 8 that it
    # was looked at
    with django_assert_num_queries(8):
        assert client.get(url).context["view"].reasons


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
    source = page(ruud, team).content.decode()
    assert "Jullie beginnen op 1 februari 2027 met Veilig werken." in source
    assert "Jullie beslissen zelf over vrijgave, selectie of controle." in source
    wave.opened_at = timezone.now()
    wave.save()
    assert "Jullie zijn op 1 februari 2027 begonnen" in page(ruud, team).content.decode()


def test_a_plan_that_does_not_run_yet_is_nobodys_news(ruud: User, team: Team) -> None:
    factories_risk.approved(team, 4)
    waves(factories_rollout.programme(), team)
    view = page(ruud, team).context["view"]
    assert (view.turns, view.reasons) == ((), ())


def test_what_a_team_has_already_is_no_news(ruud: User, team: Team) -> None:
    module = learning.whole_module()
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    programme.items.create(module_key=module.key)
    waves(programme, team)
    give([member(team, "Lid")], module)
    assert page(ruud, team).context["turns"] == []
    programme.items.create(module_key="nog-een")
    assert len(page(ruud, team).context["turns"]) == 1


def test_two_managers_pages_differ_by_nothing_but_their_own() -> None:
    (red_manager, red), (blue_manager, blue) = two_teams_alike()
    programme = factories_rollout.programme(state=ProgrammeState.RUNNING)
    waves(programme, TeamFactory(), red, blue)
    own = {"rood": "X", "blauw": "X", "1 maart 2027": "DAY", "29 maart 2027": "DAY"}

    def source(manager: User, team: Team) -> str:
        found = TOKEN.sub("", page(manager, team).content.decode())
        found = found.replace(str(team.public_id), "ID")
        return re.sub("|".join(sorted(own, key=len, reverse=True)), lambda m: own[m[0]], found)

    assert "DAY" in source(red_manager, red)
    assert source(red_manager, red) == source(blue_manager, blue)


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
    found = view_of(team, ruud)
    assert {one.name: one.state for one in found.everybody} == {
        "Anna": rollout.State.TODO,
        "Bram": rollout.State.DONE,
    }
    assert found.modules[0].total == 2


def overview(ruud: User) -> Any:
    return learning.signed_in(ruud).get(reverse("monitoring:teams"))


def test_several_teams_are_a_line_each_the_one_that_needs_help_first(
    ruud: User, team: Team
) -> None:
    second, third = (
        LeadershipFactory(user=ruud, team=TeamFactory(name=name)).team
        for name in ("Z, met hulp nodig", "Z, zonder mensen")
    )
    module, other = learning.whole_module(), learning.whole_module("tweede")
    anna, bram, cees = member(team, "Anna"), member(second, "Bram"), member(second, "Cees")
    give([anna, bram], module)
    give([bram], other, days=-1)
    give([cees], module, days=3)
    learning.do_whole_module(anna, module)
    context = overview(ruud).context
    assert [line.team for line in context["lines"]] == [second, team, third]
    late, done, none = context["lines"]
    assert (late.done, late.total, late.counts["overdue"], late.counts["todo"]) == (0, 2, 1, 1)
    assert late.next_due == timezone.localdate() + timedelta(days=3)
    assert (done.done, done.total, done.next_due) == (1, 1, None)
    assert none.total == 0
    total = context["total"]
    assert (total.done, total.total, total.next_due) == (1, 3, late.next_due)
    assert "1 van de 3 mensen in je teams zijn klaar" in overview(ruud).content.decode()


@pytest.mark.parametrize("count", [2, 12])
def test_the_overview_costs_five_queries_with_few_and_many_teams(
    ruud: User, count: int, django_assert_num_queries: Any
) -> None:
    module = learning.whole_module()
    for _number in range(count):
        give([member(LeadershipFactory(user=ruud).team, "Lid")], module)
    client, url = learning.signed_in(ruud), reverse("monitoring:teams")
    client.get(url)
    # 1 session, person and roles, 2 teams, 3 people, 4 content stamp, 5 where they are
    with django_assert_num_queries(5):
        client.get(url)
