"""What was asked by mistake is taken back by hand: once, on record, and until it is given back."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.api import Role, User, grant
from leer.progress import rebuild
from leer.rollout import api as rollout
from leer.rollout.correcting.withdrawing import AlreadyDone, ForEverybody, give_back, withdraw
from leer.rollout.models import Assignment, Programme, Trail, Withdrawal
from leer.rollout.programmes.audience import audience
from leer.rollout.renewing.reaching import Aim, people
from leer.rollout.running.comparing import compare
from leer.xapi import api as xapi
from tests.rollout.running.test_opening import at_once
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOON = make.noon(TODAY)
MISTAKE = "Hoort niet bij dit werk."


@pytest.fixture
def noor() -> User:
    for key in ("a", "b"):
        content.module(key, parts=False, days_to_complete=30)
    user: User = MembershipFactory(team=TeamFactory()).user
    return user


@pytest.fixture
def programme(noor: User) -> Programme:
    """Two modules, that noor got."""
    made = make.programme("a", "b")
    team = noor.memberships.get().team
    make.wave(made, 1, team, opened_at=make.noon(make.MONDAY))
    compare(made, TODAY, at=NOON - timedelta(days=2))
    return made


def of(user: User, key: str = "a") -> Assignment:
    found = rollout.assignment_of(user, key)
    assert found is not None
    return found


def taken(user: User, key: str = "a") -> Withdrawal:
    return withdraw(of(user, key), reason=MISTAKE, by=make.planner(), at=NOON)


def holds(user: User) -> list[str]:
    return [row.module_key for row in rollout.assignments_of(user)]


def verbs(user: User) -> list[str]:
    return [one.verb.id.rsplit("/", 1)[1] for one in xapi.stream_of(user.actor_name)]


def by_hand(user: User, key: str = "a") -> None:
    rollout.assign([user], module_key=key, due_on=TODAY + timedelta(days=3), reason="x")


# What follows -------------------------------------------------------------------------------------
def test_it_is_gone_and_no_comparison_brings_it_back(programme: Programme, noor: User) -> None:
    taken(noor)
    for days in range(3):
        compare(programme, TODAY + timedelta(days=days))
    assert holds(noor) == ["b"]
    assert (Trail.objects.filter(user=noor, reason="by_hand").count(), verbs(noor)) == (
        1,
        ["was-assigned", "retract"],
    )
    assert MISTAKE not in str(list(xapi.stream()))
    assert not rebuild.check()


def test_who_when_and_why_stay_and_nothing_is_deleted(programme: Programme, noor: User) -> None:
    before = of(noor)
    made = taken(noor)
    assert (made.taken_by, made.reason, made.due_on) == (make.planner(), MISTAKE, before.due_on)
    assert Assignment.objects.get(pk=before.pk).withdrawn_at == NOON
    assert rollout.withdrawals_of(noor) == [made]


def test_of_a_day_before_it_is_told_what_was_so_then(programme: Programme, noor: User) -> None:
    taken(noor)
    yesterday, today = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert rollout.asked_on([noor], yesterday)[noor.pk, "a"].state == "todo"
    assert (noor.pk, "a") not in rollout.asked_on([noor], TODAY, known_on=today)


def test_what_was_done_stays_done(programme: Programme, noor: User) -> None:
    make.progress_of(noor, "a", done=True)
    taken(noor)
    assert noor.moduleprogress_set.get().completed_at is not None
    assert holds(noor) == ["b"]


def test_who_need_not_do_it_is_asked_the_rest_and_by_no_new_round(
    programme: Programme, noor: User
) -> None:
    make.progress_of(noor, "a", done=True)
    aim = Aim("a", timezone.now())
    assert list(people(aim, TODAY)) == [noor]
    taken(noor)
    [person] = [one for one in audience(programme, TODAY) if one.user == noor.pk]
    assert (person.modules, person.waived) == (("b",), {"a"})
    assert list(people(aim, TODAY)) == []


def test_another_programme_may_ask_it(programme: Programme, noor: User) -> None:
    taken(noor)
    other = make.programme("a", title="Ander")
    make.wave(other, 1, noor.memberships.get().team, opened_at=make.noon(make.MONDAY))
    compare(other, TODAY)
    assert "a" in holds(noor)


# Given back ---------------------------------------------------------------------------------------
def test_given_back_it_stands_there_again_with_time_to_do_it(
    programme: Programme, noor: User
) -> None:
    made = give_back(taken(noor), because="Toch wel.", by=make.planner(), at=NOON)
    assert holds(noor) == ["a", "b"]
    assert of(noor).due_on == TODAY + timedelta(days=30)
    assert (made.ended_by, made.ended_because) == (make.planner(), "Toch wel.")
    taken(noor)
    assert holds(noor) == ["b"]
    assert verbs(noor) == ["was-assigned", "retract", "was-assigned", "retract"]


def test_what_was_given_by_hand_comes_back_by_hand(noor: User) -> None:
    by_hand(noor)
    made = taken(noor)
    assert (made.programme, holds(noor)) == (None, [])
    give_back(made, because="Toch wel.", by=make.planner())
    assert of(noor).due_on == TODAY + timedelta(days=30)
    assert verbs(noor) == ["was-assigned", "retract", "was-assigned"]


# Who, and once ------------------------------------------------------------------------------------
def test_a_base_module_is_never_taken_away_but_a_later_round_of_it_is(noor: User) -> None:
    content.module("vloer", parts=False, for_everyone=True)
    by_hand(noor, "vloer")
    with pytest.raises(ForEverybody):
        taken(noor, "vloer")
    Assignment.objects.filter(user=noor).update(round=2, counts_from=NOON - timedelta(days=1))
    taken(noor, "vloer")
    assert holds(noor) == []


def test_only_the_programme_takes_back_and_nobody_what_is_their_own(noor: User) -> None:
    by_hand(noor)
    grant(noor, Role.PROGRAMME)
    chief = content.user_with(Role.CHIEF_EDITOR, Role.MANAGER, name="chef")
    for somebody in (User.objects.get(pk=noor.pk), chief):
        with pytest.raises(PermissionDenied):
            withdraw(of(noor), reason=MISTAKE, by=somebody)
    made = taken(noor)
    with pytest.raises(PermissionDenied):
        give_back(made, because="x", by=User.objects.get(pk=noor.pk))


@pytest.mark.parametrize("change", [{"reason": ""}, {"ended_at": NOON}], ids=["why", "whole"])
def test_the_database_asks_for_reasons(noor: User, change: dict[str, object]) -> None:
    by_hand(noor)
    taken(noor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.update(**change)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_take_it_back_once_and_give_it_back_once(
    programme: Programme, noor: User
) -> None:
    row, planner = of(noor), make.planner()

    def tried(change: partial[Withdrawal]) -> bool:
        try:
            change()
        except AlreadyDone:
            return False
        return True

    first = partial(tried, partial(withdraw, row, reason=MISTAKE, by=planner))
    assert sorted(at_once(first)) == [False, False, False, True]
    assert verbs(noor) == ["was-assigned", "retract"]
    made = Withdrawal.objects.get()
    then = partial(tried, partial(give_back, made, because="Toch wel.", by=planner))
    assert sorted(at_once(then)) == [False, False, False, True]
    assert verbs(noor) == ["was-assigned", "retract", "was-assigned"]


# What people hear ---------------------------------------------------------------------------------
def test_news_is_told_of_the_day_and_not_of_what_was_given_back_that_day(noor: User) -> None:
    by_hand(noor)
    made = taken(noor)
    assert rollout.withdrawal_news(TODAY) == {noor.pk: [made]}
    assert rollout.withdrawal_news(TODAY + timedelta(days=1)) == {}
    give_back(made, because="Toch wel.", by=make.planner())
    assert rollout.withdrawal_news(TODAY) == {}
