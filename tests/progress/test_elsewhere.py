"""What was done elsewhere counts, and no longer when that was a mistake: in whatever order told."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from leer.accounts.models import User
from leer.progress import api as progress
from leer.progress import rebuild
from leer.progress.events import Event
from leer.progress.models import ModuleProgress
from leer.progress.reading import read
from leer.xapi import retention
from leer.xapi.models import RetentionRule
from leer.xapi.statements.vocabulary import ActivityType
from tests.xapi.forwarding.facts import be_readable

pytestmark = pytest.mark.django_db
THERE = datetime(2026, 3, 2, 12, tzinfo=UTC)
REQUEST = uuid4()


@pytest.fixture
def noor() -> User:
    return User.objects.create_user("noor")


def facts(user: User) -> tuple[Event, Event]:
    about = {"actor": user.actor_name, "module": "m", "registration": REQUEST, "version": ""}
    return (
        progress.ModuleSatisfied(**about, at=THERE),
        progress.CompletionRetracted(**about, at=THERE + timedelta(days=50)),
    )


def test_it_counts_from_the_day_on_which_it_was_done_there(noor: User) -> None:
    counts, _ = facts(noor)
    progress.record(noor, [counts])
    row = ModuleProgress.objects.get()
    assert (row.completed_at, row.elsewhere, row.started_at) == (THERE, True, None)
    standing = progress.standing_of(noor, "m")
    assert standing.is_done
    assert standing.since(THERE).is_done
    assert not standing.since(THERE + timedelta(days=1)).is_done
    assert not rebuild.check()


def test_both_facts_read_back_from_their_statements(noor: User) -> None:
    for fact in facts(noor):
        assert read(fact.statement()) == fact


def test_any_order_and_doubles_give_the_rows_of_a_rebuild(noor: User) -> None:
    for order in permutations((*facts(noor), facts(noor)[0])):
        ModuleProgress.objects.all().delete()
        rows = rebuild.MemoryRows({noor.actor_name: noor.pk})
        for fact in order:
            rebuild.project(fact, rows)
        [row] = rows.modules.values()
        assert (row.completed_at, row.elsewhere, row.retracted) == (None, True, True)


def test_what_was_done_here_and_taken_back_has_no_moment_in_any_order(noor: User) -> None:
    about = {"actor": noor.actor_name, "module": "m", "registration": REQUEST, "version": "3"}
    told = (
        progress.ModuleStarted(**about, at=THERE),
        progress.ModuleCompleted(**about, at=THERE),
        progress.CompletionRetracted(**about, at=THERE + timedelta(days=50)),
    )
    for order in permutations(told):
        rows = rebuild.MemoryRows({noor.actor_name: noor.pk})
        for fact in order:
            rebuild.project(fact, rows)
        [row] = rows.modules.values()
        assert (row.started_at, row.completed_at, row.completed_version) == (None, None, "")
        assert (row.retracted, row.elsewhere) == (True, False)


@pytest.mark.parametrize("late", [False, True])
def test_what_was_retracted_counts_for_nothing_also_when_told_late(noor: User, late: bool) -> None:
    some = facts(noor)
    for fact in reversed(some) if late else some:
        progress.record(noor, [fact])
    assert progress.standing_of(noor, "m").row is None
    assert progress.stays_of(noor) == {}
    assert progress.stays_of_people([noor.pk], ["m"]) == {}
    assert progress.stay_of(ModuleProgress.objects.all()) is None
    assert not rebuild.check()


@pytest.mark.parametrize("action", RetentionRule.Action.values)
@pytest.mark.parametrize("taken_back", [False, True])
def test_neither_fact_goes_when_its_time_of_keeping_is_over(
    noor: User, taken_back: bool, action: str
) -> None:
    progress.record(noor, facts(noor)[: 1 + taken_back])
    be_readable()
    rule = retention.set_rule(ActivityType.MODULE, months=12, action=RetentionRule.Action(action))
    assert retention.apply(rule, now=timezone.now() + timedelta(days=800)) == 1 + taken_back
    assert progress.standing_of(noor, "m").is_done is not taken_back
    assert not rebuild.check()
