"""People join, move, change, leave and come back: they get, keep and lose what fits, and the trail
says why, once. On drawn streams of events, and one by one.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4, uuid5

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leer.accounts.api import User
from leer.core.background import runner
from leer.core.models import Job
from leer.organisation.models import Membership, Team
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.models import (
    Assignment,
    AudienceRule,
    Blocker,
    Exemption,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Trail,
    Wave,
)
from leer.rollout.programmes.rules import Reason
from leer.rollout.running.comparing import compare
from leer.rollout.running.deciding import WINDOW
from leer.rollout.running.field import cases, read_field
from leer.rollout.running.opening import how_far
from leer.rollout.tasks import compare_programme, start_comparing
from leer.xapi import api as xapi
from tests.rollout.running.test_opening import at_once
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import (
    JobFunctionFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)
from tests.support.killed import run_in_a_process

pytestmark = pytest.mark.django_db
LATER = make.MONDAY + timedelta(days=40)


class World:
    """A programme with two waves, of which the first is open, and people to whom things happen."""

    def __init__(self, people: int = 3) -> None:
        content.module("a", parts=False, days_to_complete=30)
        content.module("b", parts=False, days_to_complete=60)
        content.module("kade", parts=False)
        self.programme = make.programme("a", "b")
        self.open_team, self.closed_team = TeamFactory(region="noord"), TeamFactory(region="zuid")
        self.functions = [JobFunctionFactory(), JobFunctionFactory(external_id="kade")]
        ProgrammeItem.objects.create(
            programme=self.programme, module_key="kade", job_functions=["kade"]
        )
        self.first = make.wave(self.programme, 1, self.open_team, opened_at=make.noon(make.MONDAY))
        self.second = make.wave(self.programme, 2, self.closed_team, days=200)
        self.people = [self.place(UserFactory(), self.open_team) for _ in range(people)]

    def place(self, user: User, team: Team, since: date | None = None, function: int = 0) -> User:
        values = {"valid_from": since} if since else {}
        MembershipFactory(user=user, team=team, job_function=self.functions[function], **values)
        return user

    def leave(self, user: User, day: date) -> None:
        """Their stay ends on this day."""
        for stay in Membership.objects.filter(user=user, valid_until=None):
            if stay.valid_from < day:
                stay.valid_until = day
                stay.save()
            else:
                stay.delete()

    def move(self, user: User, team: Team, day: date, function: int = 0) -> None:
        """They go on in another team."""
        self.leave(user, day)
        self.place(user, team, day, function)

    def compare(self, day: date) -> dict[str, int]:
        return dict(compare(self.programme, day, at=make.noon(day)))


def holds(user: User) -> dict[str, date]:
    """The modules that somebody has now, with the last day."""
    return {row.module_key: row.due_on for row in rollout.assignments_of(user)}


def trail(user: User) -> list[tuple[str, str, str]]:
    rows = Trail.objects.filter(user=user).order_by("pk")
    return list(rows.values_list("module_key", "kind", "reason"))


def everything() -> tuple[list[Any], ...]:
    """Every row and statement that the rollout wrote."""
    return (
        list(Assignment.objects.order_by("pk").values_list()),
        list(Trail.objects.order_by("pk").values_list()),
        sorted(str(one.id) for one in xapi.stream()),
    )


# One by one ---------------------------------------------------------------------------------------
def test_a_joiner_gets_everything_within_the_days_of_a_joiner() -> None:
    world = World()
    joined = make.MONDAY + timedelta(days=20)
    user = world.place(UserFactory(), world.open_team, joined)
    world.compare(joined)
    assert holds(user) == dict.fromkeys(["a", "b"], joined + timedelta(days=90))
    assert trail(user) == [("", "assigned", "joined")]


def test_a_joiner_does_not_wait_for_a_wave_that_comes_too_late() -> None:
    """Ninety days, of which thirty are for the first module and sixty for the second."""
    world = World()
    joined = make.MONDAY + timedelta(days=10)
    user = world.place(UserFactory(), world.closed_team, joined)
    world.compare(joined + timedelta(days=29))
    assert holds(user) == {}
    waits = [(key, "postponed", "waits_for_team") for key in "ab"]
    assert trail(user) == waits
    last = joined + timedelta(days=90)
    world.compare(joined + timedelta(days=30))
    assert holds(user) == {"b": last}
    world.compare(joined + timedelta(days=60))
    assert holds(user) == {"a": last, "b": last}
    assert set(Assignment.objects.filter(user=user).values_list("wave", flat=True)) == {
        world.first.pk
    }


def test_who_moves_keeps_what_they_have_and_is_in_one_wave() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    before = holds(user)
    world.second.opened_at = make.noon(LATER)
    world.second.save()
    world.move(user, world.closed_team, LATER, function=1)
    world.compare(LATER)
    assert holds(user) == before | {"kade": LATER + timedelta(days=90)}
    assert Assignment.objects.filter(user=user).values("wave").distinct().count() == 1
    assert ("a", "kept", "moved") in trail(user)


def test_who_moves_to_a_team_whose_wave_is_open_gets_it_there() -> None:
    world = World()
    user = world.place(UserFactory(), world.closed_team)
    world.compare(make.MONDAY)
    assert holds(user) == {}
    world.move(user, world.open_team, LATER)
    world.compare(LATER)
    assert holds(user)["a"] == LATER + timedelta(days=30)
    assert trail(user) == [("", "assigned", "moved")]


def test_who_leaves_loses_what_was_not_begun_and_comes_back_to_it() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    make.progress_of(user, "a")
    world.leave(user, LATER)
    world.compare(LATER)
    assert set(holds(user)) == {"a"}
    back = LATER + timedelta(days=30)
    world.place(user, world.open_team, back)
    world.compare(back)
    assert holds(user)["b"] == back + timedelta(days=90)
    assert trail(user) == [
        ("", "assigned", "wave"),
        ("b", "withdrawn", "left"),
        ("a", "kept", "begun"),
        ("", "assigned", "back"),
        ("a", "kept", "moved"),
    ]
    assert len(list(xapi.stream_of(user.actor_name))) == 2


def test_whose_account_is_shut_loses_what_was_not_begun() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    User.objects.filter(pk=user.pk).update(is_active=False)
    world.compare(LATER)
    assert holds(user) == {}


def test_who_becomes_exempt_loses_what_was_not_begun_and_the_trail_says_it_once() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    make.exempt(world.programme, user, on=LATER)
    for days in range(3):
        world.compare(LATER + timedelta(days=days))
    assert holds(user) == {}
    assert trail(user)[1:] == [("a", "withdrawn", "exempt"), ("b", "withdrawn", "exempt")]


def test_who_becomes_exempt_need_not_finish_what_was_begun_and_keeps_what_was_done() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    make.progress_of(user, "a", done=True)
    make.progress_of(user, "b")
    make.exempt(world.programme, user, on=LATER)
    world.compare(LATER)
    assert set(holds(user)) == {"a"}


def test_another_function_brings_its_variant_and_takes_it_again() -> None:
    world = World()
    user = world.people[0]
    world.compare(make.MONDAY)
    world.move(user, world.open_team, LATER, function=1)
    world.compare(LATER)
    assert "kade" in holds(user)
    world.move(user, world.open_team, LATER + timedelta(days=9))
    world.compare(LATER + timedelta(days=9))
    assert "kade" not in holds(user)
    assert ("kade", "withdrawn", "not_for_them") in trail(user)


def test_a_rule_and_a_module_that_come_later_work_for_waves_that_are_open() -> None:
    world = World()
    AudienceRule.objects.filter(programme=world.programme).update(regions=["nergens"])
    world.compare(make.MONDAY)
    user = world.people[0]
    assert trail(user) == [("", "skipped", "no_rule")]
    AudienceRule.objects.create(programme=world.programme, regions=["noord"])
    world.compare(LATER)
    assert holds(user)["a"] == LATER + timedelta(days=30)
    ProgrammeItem.objects.filter(module_key="kade").update(job_functions=[])
    world.compare(LATER + timedelta(days=1))
    assert "kade" in holds(user)
    assert trail(user)[1:] == [("", "assigned", "rule"), ("", "assigned", "rule")]


def test_what_somebody_had_or_did_already_is_not_given() -> None:
    world = World()
    had, did = world.people[:2]
    rollout.assign([had], module_key="a", due_on=LATER, reason="met de hand")
    make.progress_of(did, "a", done=True)
    world.compare(make.MONDAY)
    assert holds(had)["a"] == LATER
    assert set(holds(did)) == {"b"}
    assert ("a", "kept", "had_already") in trail(had)
    assert ("a", "skipped", "done_already") in trail(did)


def test_what_a_programme_gave_is_not_given_again_by_hand_or_to_everybody() -> None:
    world = World()
    world.compare(make.MONDAY)
    user = world.people[0]
    assert rollout.assign([user], module_key="a", due_on=LATER, reason="met de hand") == 0
    assert Assignment.objects.filter(user=user, module_key="a").count() == 1


def test_two_programmes_do_not_take_each_others_modules_back() -> None:
    """The one lets go, the other gives: from then on it is the other's."""
    world = World(people=1)
    [user] = world.people
    world.compare(make.MONDAY)
    make.exempt(world.programme, user, on=LATER)
    other = make.programme("a", title="Ander")
    make.wave(other, 1, world.open_team, opened_at=make.noon(make.MONDAY))
    for days in range(3):
        world.compare(LATER + timedelta(days=days))
        compare(other, LATER + timedelta(days=days), at=make.noon(LATER))
        assert set(holds(user)) == {"a"}
    assert Assignment.objects.get(user=user, module_key="a").wave.programme == other  # type: ignore[union-attr]


def test_a_base_module_stays_whatever_the_programme_thinks() -> None:
    content.module("basis", parts=False, for_everyone=True)
    world = World(people=1)
    ProgrammeItem.objects.create(programme=world.programme, module_key="basis")
    [user] = world.people
    world.compare(make.MONDAY)
    make.exempt(world.programme, user, on=LATER)
    world.compare(LATER)
    assert set(holds(user)) == {"basis"}


def test_a_blocker_holds_back_and_takes_nothing() -> None:
    world = World()
    world.compare(make.MONDAY)
    Blocker.objects.create(programme=world.programme, what="OR", since=LATER)
    late = world.place(UserFactory(), world.open_team, LATER)
    world.compare(LATER)
    assert holds(late) == {}
    assert set(holds(world.people[0])) == {"a", "b"}
    world.compare(LATER + timedelta(days=1))
    assert trail(late) == [("a", "postponed", "blocked"), ("b", "postponed", "blocked")]
    Blocker.objects.all().delete()
    world.compare(LATER + timedelta(days=2))
    assert trail(late)[2:] == [("", "assigned", "joined")]


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CLOSED])
def test_a_programme_that_does_not_run_gives_and_takes_nothing(state: ProgrammeState) -> None:
    world = World()
    world.compare(make.MONDAY)
    Programme.objects.filter(pk=world.programme.pk).update(state=state)
    before = everything()
    make.exempt(world.programme, world.people[0], on=LATER)
    world.place(UserFactory(), world.open_team, LATER)
    assert world.compare(LATER) == {}
    assert everything() == before


def test_more_people_cost_no_more_queries() -> None:
    world = World(people=1)
    with CaptureQueriesContext(connection) as one:
        world.compare(make.MONDAY)
    Assignment.objects.all().delete()
    Trail.objects.all().delete()
    world.people += [world.place(UserFactory(), world.open_team) for _ in range(30)]
    with CaptureQueriesContext(connection) as many:
        world.compare(make.MONDAY)
    assert len(many) <= len(one) + 6  # many facts go into the ledger in seven queries, not in one
    assert Assignment.objects.count() == 62


def test_the_clock_may_strike_twice_and_an_old_day_is_passed_over() -> None:
    world = World(people=1)
    start_comparing()
    start_comparing()
    [job] = Job.objects.filter(task=compare_programme.module_path)
    Job.objects.filter(pk=job.pk).update(
        arguments={"args": [], "kwargs": job.arguments["kwargs"] | {"day": "2026-11-02"}}
    )
    runner.run(job.pk)
    assert holds(world.people[0]) == {}
    Job.objects.filter(pk=job.pk).update(arguments=job.arguments, state="queued")
    runner.run(job.pk)
    assert set(holds(world.people[0])) == {"a", "b"}


# Again --------------------------------------------------------------------------------------------
def did(user: User, day: date, *keys: str) -> None:
    """They did these modules on this day, and not for the first time perhaps."""
    for key in keys:
        ModuleProgress.objects.create(
            user=user, module_key=key, registration=uuid4(),
            started_at=make.noon(day), completed_at=make.noon(day),
        )  # fmt: skip


def rounds(user: User, key: str = "a") -> list[tuple[int, date, bool]]:
    """The round, the last day, and whether it was taken back."""
    rows = Assignment.objects.filter(user=user, module_key=key).order_by("round")
    return [(row.round, row.due_on, row.withdrawn_at is not None) for row in rows]


def yearly() -> World:
    """A year of validity, and somebody who did both modules on the first day."""
    world = World(people=1)
    Programme.objects.update(refresh_weeks=52)
    world.programme.refresh_from_db()
    world.compare(make.MONDAY)
    did(world.people[0], make.MONDAY, "a", "b")
    return world


YEAR = timedelta(weeks=52)
OPENS = make.MONDAY + YEAR - WINDOW


def test_a_module_that_is_valid_for_a_year_comes_back_four_weeks_before_and_once() -> None:
    world = yearly()
    user = world.people[0]
    first = make.MONDAY + timedelta(days=30)
    world.compare(OPENS - timedelta(days=1))
    assert rounds(user) == [(1, first, False)]
    assert world.compare(OPENS) == {"assigned": 1}
    assert rounds(user) == [(1, first, False), (2, OPENS + timedelta(days=30), False)]
    assert trail(user)[-1] == ("", "assigned", "again")
    for days in (0, 1, 40):
        assert world.compare(OPENS + timedelta(days=days)) == {}
    did(user, OPENS + timedelta(days=10), "a")
    assert world.compare(OPENS + YEAR) == {"assigned": 1}  # a is not valid any more soon
    assert [number for number, *_ in rounds(user)] == [1, 2, 3]
    assert [number for number, *_ in rounds(user, "b")] == [1, 2]


def test_who_did_it_long_ago_without_being_asked_begins_with_the_second_round() -> None:
    world = World(people=1)
    Programme.objects.update(refresh_weeks=52)
    world.programme.refresh_from_db()
    user = world.people[0]
    did(user, make.MONDAY - YEAR, "a")
    did(user, make.MONDAY - timedelta(days=20), "b")
    world.compare(make.MONDAY)
    assert [number for number, *_ in rounds(user)] == [2]
    assert rounds(user, "b") == []


def test_what_was_done_before_counts_within_the_set_age_and_older_is_asked_once_more() -> None:
    world = World(people=1)
    Programme.objects.update(earlier_weeks=10)
    world.programme.refresh_from_db()
    user = world.people[0]
    oldest = make.MONDAY - timedelta(weeks=10)
    did(user, oldest - timedelta(days=1), "a")
    did(user, oldest, "b")
    assert world.compare(make.MONDAY)["assigned"] == 1
    assert (rounds(user), rounds(user, "b")) == ([(2, make.MONDAY + timedelta(days=30), False)], [])
    assert {("", "assigned", "too_old"), ("b", "skipped", "done_lately")} == set(trail(user))
    assert how_far(world.first) == (0, 1)
    did(user, LATER, "a")
    assert how_far(world.first) == (1, 1)
    assert world.compare(LATER) == {}


def test_without_a_validity_nothing_comes_back() -> None:
    world = yearly()
    Programme.objects.update(refresh_weeks=None)
    world.programme.refresh_from_db()
    assert world.compare(make.MONDAY + 5 * YEAR) == {}


def test_only_the_latest_round_is_withdrawn_and_comes_back_as_what_it_was() -> None:
    world = yearly()
    user = world.people[0]
    world.compare(OPENS)
    [counts_from] = Assignment.objects.filter(user=user, module_key="a", round=2).values_list(
        "counts_from", flat=True
    )
    make.exempt(world.programme, user, on=OPENS)
    world.compare(OPENS + timedelta(days=1))
    assert [taken for *_, taken in rounds(user)] == [False, True]
    assert [row.round for row in rollout.assignments_of(user)] == [1, 1]
    Exemption.objects.update(ended_at=make.noon(OPENS + timedelta(days=2)))
    world.compare(OPENS + timedelta(days=3))
    assert [(number, taken) for number, _, taken in rounds(user)] == [(1, False), (2, False)]
    assert Assignment.objects.get(user=user, module_key="a", round=2).counts_from == counts_from


def test_what_has_to_be_done_again_holds_no_wave_back() -> None:
    world = yearly()
    assert how_far(world.first) == (2, 2)
    world.compare(OPENS)
    assert Assignment.objects.filter(wave=world.first).count() == 4
    assert how_far(world.first) == (2, 2)


def test_a_blocker_puts_the_next_round_off() -> None:
    world = yearly()
    Blocker.objects.create(programme=world.programme, what="zaal", since=OPENS)
    assert world.compare(OPENS) == {"postponed": 2}
    Blocker.objects.all().delete()
    assert world.compare(OPENS + timedelta(days=1)) == {"assigned": 1}


@pytest.mark.django_db(transaction=True)
def test_the_next_round_is_given_once_by_four_at_once_and_after_a_kill_at_any_step() -> None:
    world = yearly()
    user, step = world.people[0], 0
    while not run_in_a_process(partial(world.compare, OPENS), fatal=step):
        assert Assignment.objects.filter(user=user).count() in {2, 4}
        step += 1
    assert step > 10
    at_once(partial(world.compare, OPENS))
    assert [[number for number, *_ in rounds(user, key)] for key in "ab"] == [[1, 2], [1, 2]]
    assert trail(user) == [("", "assigned", "wave"), ("", "assigned", "again")]
    assert xapi.count() == 2


# Drawn --------------------------------------------------------------------------------------------
class Stream(World):
    """Things that happen by chance, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        super().__init__(people=6)
        self.dice = random.Random(seed)
        Programme.objects.update(refresh_weeks=14)
        self.programme.refresh_from_db()
        self.people += [UserFactory() for _ in range(3)]

    def happen(self, day: date) -> None:
        """One thing."""
        happenings: list[Callable[[User, date], None]] = [
            self._join, self._leave, self._move, self._move, self._exempt, self._no_longer_exempt,
            self._begin, self._finish, self._shut_or_open, self._rule, self._block, self._open,
            self._by_hand,
        ]  # fmt: skip
        self.dice.choice(happenings)(self.dice.choice(self.people), day)

    def _join(self, user: User, day: date) -> None:
        if not Membership.objects.on(day).filter(user=user).exists():
            self.place(user, self._team(), day, self.dice.randrange(2))

    def _leave(self, user: User, day: date) -> None:
        self.leave(user, day)

    def _move(self, user: User, day: date) -> None:
        if Membership.objects.on(day).filter(user=user).exists():
            self.move(user, self._team(), day, self.dice.randrange(2))

    def _team(self) -> Team:
        return self.dice.choice([self.open_team, self.closed_team])

    def _exempt(self, user: User, day: date) -> None:
        if not Exemption.objects.filter(user=user, ended_at=None).exists():
            make.exempt(self.programme, user, on=day)

    def _no_longer_exempt(self, user: User, day: date) -> None:
        Exemption.objects.filter(user=user, ended_at=None).update(ended_at=make.noon(day))

    def _begin(self, user: User, day: date) -> None:
        key = self.dice.choice("ab")
        asked = rollout.assignment_of(user, key)
        number = asked.round if asked else 1
        ModuleProgress.objects.get_or_create(
            user=user,
            module_key=key,
            registration=uuid5(user.actor_name, str(number)),
            defaults={"started_at": make.noon(day)},
        )

    def _finish(self, user: User, day: date) -> None:
        self._begin(user, day)
        open_ = ModuleProgress.objects.filter(user=user, completed_at=None)
        open_.update(completed_at=make.noon(day))

    def _shut_or_open(self, user: User, day: date) -> None:
        User.objects.filter(pk=user.pk).update(is_active=self.dice.random() < 0.7)

    def _rule(self, user: User, day: date) -> None:
        rules = AudienceRule.objects.filter(programme=self.programme, excludes=True)
        if rules.exists():
            rules.delete()
        else:
            AudienceRule.objects.create(
                programme=self.programme, excludes=True, regions=[self._team().region]
            )

    def _block(self, user: User, day: date) -> None:
        if not Blocker.objects.all().delete()[0]:
            region = self.dice.choice(["", "noord", "zuid"])
            Blocker.objects.create(programme=self.programme, region=region, what="zaal", since=day)

    def _open(self, user: User, day: date) -> None:
        waves = Wave.objects.filter(pk=self.second.pk, opened_at=None)
        waves.update(opened_at=make.noon(day))

    def _by_hand(self, user: User, day: date) -> None:
        rollout.assign([user], module_key="b", due_on=day, reason="met de hand", at=make.noon(day))


def run_stream(seed: int) -> list[Any]:
    """Twenty-five days; what is there after each, with people by their number."""
    stream, told = Stream(seed), []
    for days in range(0, 250, 10):
        day = make.MONDAY + timedelta(days=days)
        for _ in range(3):
            stream.happen(day)
        stream.compare(day)
        before = everything()
        assert stream.compare(day) == {}
        assert everything() == before
        check_rules(stream, day)
        told.append(by_number(stream))
    return told


def check_rules(stream: Stream, day: date) -> None:
    """What must hold after a comparison, whatever happened."""
    held = Assignment.objects.filter(wave__programme=stream.programme)
    assert all(wave.opened_at for wave in Wave.objects.filter(assignments__in=held))
    for user in stream.people:
        assert held.filter(user=user).values("wave").distinct().count() <= 1
    field = read_field(stream.programme, day)
    for user, case in cases(field, field.people).items():
        mine = {key for key, row in case.held.items() if row.ours and not row.withdrawn}
        assert mine - case.begun <= set(case.wanted), user
        assert case.reason is not Reason.EXEMPT or mine <= case.done, user
        if case.reason is Reason.IN and case.opened_on and not case.blocked:
            missing = {key for key in case.wanted if not case.has(key)} - case.done
            assert not missing, user


def by_number(stream: Stream) -> list[Any]:
    numbers = {user.pk: number for number, user in enumerate(stream.people)}
    waves = {stream.first.pk: 1, stream.second.pk: 2, None: None}
    rows = Assignment.objects.filter(user__in=stream.people)
    held = [
        (
            numbers[row.user_id],
            row.module_key,
            row.round,
            row.counts_from,
            waves[row.wave_id],
            row.due_on,
            row.withdrawn_at,
        )
        for row in rows
    ]
    trails = [
        (numbers[row.user_id], row.module_key, row.kind, row.reason, row.at)
        for row in Trail.objects.filter(user__in=stream.people)
    ]
    return [sorted(held, key=str), sorted(trails, key=str)]


SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_stream_of_events_ends_as_it_should_and_twice_the_same(seed: int) -> None:
    told = []
    for _ in range(2):
        with transaction.atomic():
            told.append(run_stream(seed))
            transaction.set_rollback(True)
    assert told[0] == told[1]


def test_the_streams_hold_every_kind_of_thing() -> None:
    """Else the test above says less than it seems."""
    told: set[tuple[str, str]] = set()
    for seed in SEEDS:
        with transaction.atomic():
            run_stream(seed)
            told |= set(Trail.objects.values_list("kind", "reason"))
            transaction.set_rollback(True)
    assert {"joined", "moved", "rule", "back"} <= {why for kind, why in told if kind == "assigned"}
    assert {"left", "exempt", "excluded"} <= {why for kind, why in told if kind == "withdrawn"}
    assert {"begun", "had_already"} <= {why for kind, why in told if kind == "kept"}
    assert "blocked" in {why for kind, why in told if kind == "postponed"}
    assert {"exempt", "done_already"} <= {why for kind, why in told if kind == "skipped"}
