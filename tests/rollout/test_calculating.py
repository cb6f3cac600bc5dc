"""What a planner asks is worked out in the background: once, whatever is killed."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leer.core.background import runner
from leer.core.models import Job, JobState, WorkerPulse
from leer.rollout import calculating, tasks
from leer.rollout.models import (
    Booking,
    Calculation,
    CalculationState,
    ItemKind,
    Programme,
    ProgrammeItem,
    Question,
    RolloutPlan,
    Seats,
)
from leer.rollout.programmes import plans
from leer.rollout.programmes.plans import NotNow
from leer.rollout.views.calculating import settled
from tests.support import factories_rollout
from tests.support.factories_risk import approved, fill
from tests.support.killed import run_in_a_process
from tests.support.learning import signed_in

GREEDY = {"method": "greedy"}


def a_programme() -> Programme:
    """For everybody, with a session a week, and two teams of which one has a high score."""
    made = factories_rollout.programme(seats=(6,) * 12, session_size=6, max_absent_percent=100)
    made.rules.create()
    ProgrammeItem.objects.create(programme=made, kind=ItemKind.SESSION, title="Samen", minutes=60)
    for name, level in (("Kade", 4), ("Kantoor", 1)):
        team = factories_rollout.team(name)
        fill(team, risky=3, others=3)
        approved(team, level)
    return made


def ask(programme: Programme, question: Question = Question.PROPOSE, **asked: Any) -> Calculation:
    return tasks.ask(programme, question, by=programme.created_by, asked=asked or GREEDY)


def planned(programme: Programme) -> RolloutPlan:
    """A plan that holds."""
    one = ask(programme)
    calculating.carry_out(one.pk)
    return plans.adopt(RolloutPlan.objects.get(programme=programme))


def stored() -> tuple[Any, ...]:
    """Every plan and what it books, without the keys that chance gives."""
    made = RolloutPlan.objects.order_by("number").values_list("number", "input", "output", "moves")
    booked = Booking.objects.order_by("plan__number", "team__name", "week")
    return list(made), list(booked.values_list("plan__number", "team__name", "week", "people"))


def jobs() -> int:
    """So many were asked for."""
    return Job.objects.filter(task=tasks.calculate.module_path).count()


def state(one: Calculation) -> str:
    one.refresh_from_db()
    return str(one.state)


# Once -------------------------------------------------------------------------------------------
@pytest.mark.django_db
class TestOnce:
    def test_a_job_that_runs_twice_stores_one_plan(self) -> None:
        one = ask(a_programme())
        for _ in range(2):
            runner.run(one.job)
            calculating.carry_out(one.pk)
        assert state(one) == CalculationState.DONE
        assert one.made == RolloutPlan.objects.get()

    def test_begun_again_it_plans_from_what_was_read_the_first_time(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        programme = a_programme()
        one = ask(programme)
        with monkeypatch.context() as patch:
            patch.delattr(plans, "draft")
            with pytest.raises(AttributeError):
                calculating.carry_out(one.pk)
        assert not RolloutPlan.objects.exists()
        Seats.objects.update(seats=0)
        calculating.carry_out(one.pk)
        assert RolloutPlan.objects.get().output["shortages"] == []
        assert state(one) == CalculationState.DONE
        assert one.input is None  # the plan has it

    def test_who_asks_what_is_being_worked_out_waits_for_the_same(self) -> None:
        programme = a_programme()
        first = ask(programme)
        assert ask(programme) == first
        assert ask(programme, method="exact") != first
        calculating.carry_out(first.pk)
        assert ask(programme) != first
        assert jobs() == 3

    def test_nobody_plans_anew_what_was_not_planned(self) -> None:
        with pytest.raises(NotNow):
            ask(a_programme(), Question.REPLAN, reason="zaal weg")
        assert not Calculation.objects.exists()

    def test_a_plan_that_starts_from_one_that_was_replaced_cannot_hold(self) -> None:
        programme = a_programme()
        planned(programme)
        again = [ask(programme, Question.REPLAN, reason=reason) for reason in ("zaal", "trainer")]
        for one in again:
            calculating.carry_out(one.pk)
            one.refresh_from_db()
        first, second = (one.made for one in again)
        plans.adopt(first)
        with pytest.raises(NotNow, match="does not hold any more"):
            plans.adopt(second)

    def test_after_a_month_the_question_is_forgotten_and_the_plan_stays(self) -> None:
        programme = a_programme()
        planned(programme)
        recent = ask(programme)
        old = timezone.now() - timedelta(days=31)
        Calculation.objects.exclude(pk=recent.pk).update(asked_at=old)
        tasks.forget_calculations()
        assert Calculation.objects.get() == recent
        assert RolloutPlan.objects.count() == 1


@pytest.mark.django_db
class TestNotWanted:
    def test_what_was_stopped_stores_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one = ask(a_programme())
        draft = plans.draft

        def stopped_meanwhile(*args: Any, **kwargs: Any) -> plans.Draft:
            found = draft(*args, **kwargs)
            calculating.cancel(one)
            return found

        monkeypatch.setattr(plans, "draft", stopped_meanwhile)
        runner.run(one.job)
        assert state(one) == CalculationState.CANCELLED
        assert not RolloutPlan.objects.exists()

    def test_what_is_done_cannot_be_stopped(self) -> None:
        one = ask(a_programme())
        runner.run(one.job)
        calculating.cancel(one)
        assert state(one) == CalculationState.DONE

    def test_a_job_that_gives_up_fails_and_can_be_asked_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        programme = a_programme()
        one = ask(programme)
        with monkeypatch.context() as patch:
            patch.delattr(plans, "draft")
            for _ in range(runner.MAX_ATTEMPTS):
                runner.run(one.job)
        again = ask(programme)
        assert state(one) == CalculationState.FAILED
        assert again != one
        runner.run(again.job)
        assert state(again) == CalculationState.DONE


# Killed, and together ---------------------------------------------------------------------------
@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_step_stores_nothing_and_the_next_makes_the_same_plan() -> None:
    programme = a_programme()
    planned(programme)
    Seats.objects.filter(week=0).update(seats=0)  # so that there is something to move
    before = stored()
    whole = ask(programme, Question.REPLAN, reason="zaal weg")
    calculating.carry_out(whole.pk)
    wanted = stored()
    assert wanted != before
    for fatal in count():
        RolloutPlan.objects.filter(number=2).delete()
        one = ask(programme, Question.REPLAN, reason="zaal weg")
        ended = run_in_a_process(lambda pk=one.pk: calculating.carry_out(pk), fatal)
        assert stored() == (wanted if ended or state(one) == CalculationState.DONE else before)
        calculating.carry_out(one.pk)
        assert stored() == wanted, f"when killed at step {fatal}"
        if ended:
            break
    assert fatal > 40


def at_once(*works: Callable[[], Any]) -> None:
    """In threads of their own, with connections of their own."""

    def run(work: Callable[[], Any]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_keep_both_their_plans_and_two_workers_store_one() -> None:
    programme = a_programme()
    mine, theirs = ask(programme), ask(programme, method="exact")
    at_once(*(
        lambda pk=one.pk: calculating.carry_out(pk) for one in (mine, theirs, mine, theirs)
    ))  # fmt: skip
    assert set(programme.plans.values_list("number", "method")) in (
        {(1, "greedy"), (2, "exact")}, {(1, "exact"), (2, "greedy")},
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_the_same_at_once_ask_it_once() -> None:
    programme = a_programme()
    at_once(*[lambda: ask(programme)] * 4)
    assert Calculation.objects.count() == jobs() == 1


@pytest.mark.django_db(transaction=True)
def test_who_asks_something_small_waits_for_it_and_no_longer() -> None:
    one = ask(a_programme())
    worker = threading.Timer(0.1, lambda: (runner.run(one.job), connection.close()))
    worker.start()
    assert settled(one).state == CalculationState.DONE
    worker.join()


@pytest.mark.django_db
def test_who_asks_something_large_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leer.rollout.views.calculating.MOST_SECONDS", 0.2)
    one, began = ask(a_programme()), time.monotonic()
    assert settled(one).is_busy
    assert 0.2 <= time.monotonic() - began < 5


# The page ---------------------------------------------------------------------------------------
@pytest.fixture
def programme(db: None) -> Programme:
    return a_programme()


@pytest.fixture
def planner(programme: Programme) -> Client:
    return signed_in(programme.created_by)


def page(one: Calculation) -> str:
    return reverse("rollout:calculation", args=[one.programme.public_id, one.pk])


def listed(one: Calculation) -> str:
    return reverse("rollout:plans", args=[one.programme.public_id])


class TestPage:
    def test_tells_how_far_it_is_and_refreshes_until_asked_not_to(
        self, planner: Client, programme: Programme
    ) -> None:
        one = ask(programme)
        WorkerPulse.objects.create(name="w", seen_at=timezone.now())
        answer = planner.get(page(one))
        assert answer["Refresh"] == "2"
        assert "Je vraag staat klaar." in answer.text
        Job.objects.filter(pk=one.job).update(progress_done=1, progress_total=2)
        answer = planner.get(page(one), {"stil": 1})
        assert "Refresh" not in answer
        assert "Leer rekent." in answer.text
        assert '<progress id="voortgang" max="2" value="1">' in answer.text

    def test_says_so_when_nobody_works_on_it(self, planner: Client, programme: Programme) -> None:
        assert "Het rekenen ligt even stil." in planner.get(page(ask(programme))).text

    def test_who_left_finds_it_back_and_then_the_plan(
        self, planner: Client, programme: Programme
    ) -> None:
        one = ask(programme)
        assert page(one) in planner.get(listed(one)).text
        runner.run(one.job)
        assert page(one) not in planner.get(listed(one)).text
        made = reverse("rollout:plan", args=[programme.public_id, 1])
        assert planner.get(page(one))["Location"] == made

    def test_can_be_stopped_and_asked_again(
        self, planner: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("leer.rollout.views.calculating.MOST_SECONDS", 0)
        one = ask(programme)
        answer = planner.post(page(one), {"action": "cancel"}, follow=True)
        assert "Gestopt. Er is niets bewaard" in answer.text
        assert page(one) not in planner.get(listed(one)).text
        planner.post(page(one), {"action": "again"})
        again = Calculation.objects.exclude(pk=one.pk).get()
        assert (again.is_busy, again.asked) == (True, one.asked)

    def test_says_when_it_failed(self, planner: Client, programme: Programme) -> None:
        one = ask(programme)
        Job.objects.filter(pk=one.job).update(state=JobState.FAILED)
        answer = planner.get(page(one))
        assert "Dit lukte niet. Er is niets bewaard" in answer.text
        assert "Refresh" not in answer

    def test_belongs_to_its_programme(self, planner: Client, programme: Programme) -> None:
        one, other = ask(programme), factories_rollout.programme(regions=())
        elsewhere = reverse("rollout:calculation", args=[other.public_id, one.pk])
        assert planner.get(elsewhere).status_code == 404
