"""A module that changed: asked for by one, approved by another, given once to whom it was meant."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cursussen import api as cursussen
from leer.accounts.api import Role, User
from leer.core.background import runner
from leer.core.models import Job
from leer.organisation.models import Team
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment, Renewal
from leer.rollout.renewing import carrying_out, declaring
from leer.rollout.renewing.carrying_out import carry_out
from leer.rollout.renewing.declaring import AlreadyDecided, AlreadyProposed, approve, refuse
from leer.rollout.renewing.reaching import Aim, people, told
from leer.rollout.running.comparing import compare
from leer.rollout.selectors import State, state_in_round
from leer.xapi import api as xapi
from tests.rollout.running.test_opening import at_once
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import (
    JobFunctionFactory,
    MembershipFactory,
    TeamFactory,
)
from tests.support.killed import run_in_a_process

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def team() -> Team:
    content.module("a", parts=False, days_to_complete=30)
    return TeamFactory(region="noord")


@pytest.fixture
def editor() -> User:
    return content.user_with(Role.EDITOR, name="redacteur")


@pytest.fixture
def chief() -> User:
    return content.user_with(Role.CHIEF_EDITOR, name="eindredacteur")


def aim(**values: Any) -> Aim:
    return Aim("a", cursussen.changed_at(cursussen.module("a")), **values)


def colleague(team: Team, done: bool = True, **values: Any) -> User:
    """Somebody in the team who did the module, or not."""
    user: User = MembershipFactory(team=team, **values).user
    make.progress_of(user, "a", done=done)
    return user


def propose(by: User, **values: Any) -> Renewal:
    return declaring.propose(aim(**values), news="De regels zijn nieuw.", days=14, by=by)


def approved(editor: User, chief: User, **values: Any) -> Renewal:
    return approve(propose(editor, **values), by=chief)


def names(some: Any) -> set[User]:
    return set(some)


def rounds(user: User) -> list[int]:
    return list(Assignment.objects.filter(user=user).values_list("round", flat=True))


# Whom ---------------------------------------------------------------------------------------------
def test_who_did_it_as_it_was_is_meant_and_who_has_it_still_to_do_is_not(team: Team) -> None:
    before, begun, after = colleague(team), colleague(team, done=False), colleague(team)
    ModuleProgress.objects.filter(user=after).update(completed_at=timezone.now())
    assert names(people(aim(), TODAY)) == {before}
    assert begun not in names(people(aim(), TODAY))


def test_who_did_it_before_and_after_the_change_is_not_meant(team: Team) -> None:
    user = colleague(team)
    ModuleProgress.objects.create(
        user=user, module_key="a", registration=TeamFactory().public_id,
        completed_at=timezone.now(),
    )  # fmt: skip
    assert names(people(aim(), TODAY)) == set()


def test_region_and_function_are_asked_together(team: Team) -> None:
    quay = JobFunctionFactory(external_id="kade")
    south = TeamFactory(region="zuid")
    here, there = colleague(team, job_function=quay), colleague(south, job_function=quay)
    other = colleague(team)
    assert names(people(aim(regions=["noord"]), TODAY)) == {here, other}
    assert names(people(aim(job_functions=["kade"]), TODAY)) == {here, there}
    assert names(people(aim(regions=["noord"], job_functions=["kade"]), TODAY)) == {here}


def test_who_left_or_may_not_sign_in_is_not_meant(team: Team) -> None:
    left = colleague(team, valid_until=TODAY - timedelta(days=1))
    closed = colleague(team)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert names(people(aim(), TODAY)) == set()
    assert left.is_active


def test_who_has_a_round_to_do_already_is_not_meant(team: Team) -> None:
    user = colleague(team)
    give([Grant(user.pk, "a", TODAY, round=2)], reason="x", at=timezone.now())
    assert names(people(aim(), TODAY)) == set()
    Assignment.objects.update(withdrawn_at=timezone.now())
    assert names(people(aim(), TODAY)) == {user}


def test_who_is_exempt_is_not_meant_but_from_what_is_for_everyone(team: Team) -> None:
    programme = make.programme("a")
    user = colleague(team)
    make.exempt(programme, user)
    assert names(people(aim(), TODAY)) == set()
    content.module("basis", parts=False, for_everyone=True)
    programme.items.create(module_key="basis", position=2)
    make.progress_of(user, "basis", done=True)
    assert names(people(Aim("basis", timezone.now()), TODAY)) == {user}


def test_an_exemption_of_another_module_or_programme_is_no_reason(team: Team) -> None:
    make.programme("a")
    other = make.programme("b")
    user = colleague(team)
    make.exempt(other, user)
    assert names(people(aim(), TODAY)) == {user}


def test_a_number_tells_nothing_of_few_and_goes_up_in_steps(team: Team) -> None:
    desk = JobFunctionFactory(external_id="balie")
    seen = []
    for _ in range(21):
        colleague(team, job_function=desk)
        seen.append(told(people(aim(), TODAY), TODAY))
    assert seen == [None] * 9 + [10] * 10 + [20] * 2


def test_a_question_that_is_wider_by_one_person_tells_nothing_of_that_person(team: Team) -> None:
    """Nine of ten at the desk did it, and with the only inspector there would be ten."""
    desk, only = JobFunctionFactory(external_id="balie"), JobFunctionFactory(external_id="enig")
    for number in range(10):
        colleague(team, done=number > 0, job_function=desk)
    inspector = colleague(team, job_function=only)
    assert inspector in people(aim(), TODAY)
    both = people(aim(job_functions=["balie", "enig"]), TODAY)
    assert both.count() == 10
    assert told(both, TODAY) == told(people(aim(job_functions=["balie"]), TODAY), TODAY) is None


def test_whom_it_means_is_one_query(team: Team, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        colleague(team)
    wanted = aim()
    cursussen.modules()
    # 1 the stamp of the content, 2 the people
    with django_assert_num_queries(2):
        assert people(wanted, TODAY).count() == 5


# Two people ---------------------------------------------------------------------------------------
def test_nothing_follows_before_a_second_person_approved(
    team: Team, editor: User, chief: User
) -> None:
    user = colleague(team)
    renewal = propose(editor)
    assert carry_out(renewal) == 0
    approve(renewal, by=chief)
    assert Job.objects.get(task=declaring.GIVE).key == declaring.job_key(renewal)
    assert carry_out(renewal) == 1
    assert rounds(user) == [2]


def test_nobody_approves_what_they_asked_for(team: Team, chief: User, editor: User) -> None:
    mine = propose(chief)
    for somebody in (chief, editor, make.planner()):
        with pytest.raises(PermissionDenied):
            approve(mine, by=somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.filter(pk=mine.pk).update(
            state="approved", decided_by=chief, decided_at=timezone.now()
        )


def test_only_who_writes_asks(team: Team) -> None:
    with pytest.raises(PermissionDenied):
        propose(make.planner())


def test_it_is_decided_once_and_one_waits_at_a_time(team: Team, editor: User, chief: User) -> None:
    renewal = propose(editor)
    with pytest.raises(AlreadyProposed):
        propose(editor)
    refuse(renewal, reason="Alleen een komma.", by=chief)
    with pytest.raises(AlreadyDecided):
        approve(renewal, by=chief)
    renewal.refresh_from_db()
    assert (renewal.state, renewal.refusal) == ("refused", "Alleen een komma.")
    assert carry_out(renewal) == 0
    assert propose(editor).pk != renewal.pk


# What follows -------------------------------------------------------------------------------------
def test_the_next_round_is_a_new_row_and_what_was_done_stays(
    team: Team, editor: User, chief: User
) -> None:
    user = colleague(team)
    rollout.assign([user], module_key="a", due_on=TODAY, reason="x", at=make.noon(make.MONDAY))
    [before] = ModuleProgress.objects.filter(user=user).values()
    renewal = approved(editor, chief)
    carry_out(renewal)
    assert rounds(user) == [1, 2]
    [row] = rollout.assignments_of(user)
    assert (row.round, row.renewal, row.due_on) == (2, renewal, TODAY + timedelta(days=14))
    assert ModuleProgress.objects.filter(user=user).values().get() == before
    stays = {(user.pk, "a"): list(ModuleProgress.objects.filter(user=user))}
    assert state_in_round(row, stays, TODAY) is State.TODO


def test_the_ledger_is_told_once(team: Team, editor: User, chief: User) -> None:
    user = colleague(team)
    renewal = approved(editor, chief)
    carry_out(renewal)
    carry_out(renewal)
    [statement] = xapi.stream_of(user.actor_name)
    assert statement.verb.id.endswith("/was-assigned")
    assert statement.object.id.endswith("/plans/a")


def test_a_programme_goes_on_looking_after_what_it_brought(
    team: Team, editor: User, chief: User
) -> None:
    programme = make.programme("a")
    wave = make.wave(programme, 1, team, opened_at=make.noon(make.MONDAY))
    user = colleague(team)
    give([Grant(user.pk, "a", TODAY, wave.pk)], reason="x", at=make.noon(make.MONDAY))
    carry_out(approved(editor, chief))
    assert rollout.assignments_of(user)[0].wave == wave
    assert not compare(programme, TODAY)
    make.exempt(programme, user)
    compare(programme, TODAY)
    assert rollout.assignments_of(user) != []  # the first round, which was done, holds
    assert rollout.assignments_of(user)[0].round == 1


def test_who_lost_it_again_does_not_get_it_from_the_same_change(
    team: Team, editor: User, chief: User
) -> None:
    user = colleague(team)
    renewal = approved(editor, chief)
    carry_out(renewal)
    Assignment.objects.filter(user=user, round=2).update(withdrawn_at=timezone.now())
    assert carry_out(renewal) == 0
    Renewal.objects.update(done_before=timezone.now())
    carry_out(approved(editor, chief))
    assert rounds(user) == [2, 3]


def test_the_job_gives_it_and_tells_that_it_is_given(
    team: Team, editor: User, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "PORTION", 2)
    some = [colleague(team) for _ in range(5)]
    renewal = approved(editor, chief)
    runner.run(Job.objects.get(task=declaring.GIVE).pk)
    assert [rounds(user) for user in some] == [[2]] * 5
    renewal.refresh_from_db()
    assert renewal.given_at is not None


@pytest.mark.django_db(transaction=True)
def test_it_is_given_once_by_four_at_once_and_after_a_kill_at_any_step(
    team: Team, editor: User, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "PORTION", 2)
    some = [colleague(team) for _ in range(3)]
    renewal, step = approved(editor, chief), 0
    while not run_in_a_process(partial(carry_out, renewal), fatal=step):
        assert {len(rounds(user)) for user in some} <= {0, 1}
        assert xapi.count() == Assignment.objects.count()
        step += 1
    assert step > 10
    more = [colleague(team) for _ in range(4)]
    at_once(partial(carry_out, renewal))
    assert [rounds(user) for user in (*some, *more)] == [[2]] * 7
    assert xapi.count() == 7
