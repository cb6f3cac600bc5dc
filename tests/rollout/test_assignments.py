"""Assignments: in bulk, once, with a statement each; and the floor that everybody gets."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cursussen import api as content
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.api import State
from leer.xapi import api as xapi
from tests.support import factories_content as make
from tests.support.factories_organisation import MembershipFactory, UserFactory

TODAY = date(2026, 11, 23)
MOMENT = timezone.make_aware(timezone.datetime(2026, 11, 1, 12))


@pytest.mark.django_db
def test_a_module_is_assigned_once_with_its_statement() -> None:
    make.module(parts=False)
    people = UserFactory.create_batch(3)
    give = {"module_key": "herken", "due_on": TODAY, "reason": "golf 1"}
    assert rollout.assign(people, **give) == 3
    assert rollout.assign(people, **give) == 0
    assert rollout.Assignment.objects.count() == xapi.count() == 3


@pytest.mark.django_db
def test_a_module_that_is_not_there_cannot_be_assigned() -> None:
    with pytest.raises(content.UnknownModule):
        rollout.assign([UserFactory()], module_key="niets", due_on=TODAY, reason="x")


@pytest.mark.django_db
def test_assigning_costs_the_same_for_many_and_for_twice_as_many(
    django_assert_num_queries: Any,
) -> None:
    make.module(parts=False)
    content.modules()
    # 1 savepoint, 2 content stamp, 3 ledger, 4 assignments, 5 release; many facts go into the
    # ledger in seven: taking part, ids within a savepoint of their own, whether others point to
    # them, statements, and what they are found by
    for size, queries in ((1, 5), (50, 11), (100, 11)):
        people = UserFactory.create_batch(size)
        with django_assert_num_queries(queries):
            rollout.assign(people, module_key="herken", due_on=TODAY, reason="x")


@pytest.mark.django_db
def test_everybody_in_a_team_gets_the_base_module_and_nobody_twice() -> None:
    make.module(parts=False, for_everyone=True, days_to_complete=90)
    make.module("ander", parts=False)
    here = MembershipFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    joiner = MembershipFactory(valid_from=tomorrow)
    MembershipFactory(ended=True)
    assert rollout.assign_base_modules() == 2
    assert rollout.assign_base_modules() == 0
    today = timezone.localdate()
    assert rollout.assignments_of(here.user)[0].due_on == today + timedelta(days=90)
    assert rollout.assignments_of(joiner.user)[0].due_on == tomorrow + timedelta(days=90)


@pytest.mark.parametrize(
    ("due", "started", "completed", "state"),
    [
        pytest.param(TODAY, False, False, State.TODO, id="on its last day it is still in time"),
        pytest.param(TODAY, True, False, State.BUSY, id="begun"),
        pytest.param(TODAY - timedelta(days=1), False, False, State.OVERDUE, id="a day late"),
        pytest.param(TODAY - timedelta(days=1), True, False, State.OVERDUE, id="begun but late"),
        pytest.param(TODAY - timedelta(days=1), True, True, State.DONE, id="done stays done"),
        pytest.param(None, True, False, State.BUSY, id="of one's own accord, never late"),
    ],
)
def test_the_state_of_an_assignment(
    due: date | None, started: bool, completed: bool, state: State
) -> None:
    row = ModuleProgress(
        started_at=MOMENT if started else None, completed_at=MOMENT if completed else None
    )
    assert rollout.state_of(due, row, TODAY) is state
