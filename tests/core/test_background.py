"""Background work: enqueued on commit, run once, and not lost with its worker."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from leer.core.background import queue, runner
from leer.core.models import BrokerMessage, Job, JobState, WorkerPulse
from tests.support import tasks
from tests.support.processes import wait_until, worker

ROUND_TRIP = 40


@pytest.fixture(autouse=True)
def _nothing_waits(request: pytest.FixtureRequest) -> None:
    """Setting up the database asks for work too; that is not what these tests are about."""
    real = request.node.get_closest_marker("django_db").kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if real else "db")
    Job.objects.all().delete()
    BrokerMessage.objects.all().delete()


def trace(name: str) -> bool:
    return WorkerPulse.objects.filter(name=name).exists()


@pytest.mark.django_db(transaction=True)
def test_work_is_told_to_the_broker_only_when_the_transaction_commits() -> None:
    with transaction.atomic():
        tasks.leave_trace.enqueue("a")
        assert not BrokerMessage.objects.exists()
    assert BrokerMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_work_that_is_rolled_back_was_never_asked_for() -> None:
    with transaction.atomic():
        tasks.leave_trace.enqueue("a")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not BrokerMessage.objects.exists()


@pytest.mark.django_db
def test_work_with_the_same_key_is_asked_for_once() -> None:
    path = tasks.leave_trace.module_path
    first = queue.enqueue_once(path, key="digest:today", kwargs={"name": "a"})
    again = queue.enqueue_once(path, key="digest:today", kwargs={"name": "a"})
    assert first.id == again.id


@pytest.mark.django_db
def test_a_job_that_is_told_twice_runs_once() -> None:
    result = tasks.leave_trace.enqueue("once")
    runner.run(UUID(result.id))
    runner.run(UUID(result.id))  # a second run would break the primary key
    assert Job.objects.get(pk=result.id).state == JobState.DONE


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_three_times_and_keeps_no_words_of_the_error() -> None:
    result = tasks.fall_over.enqueue("who reported it")
    for _ in range(runner.MAX_ATTEMPTS + 1):
        runner.run(UUID(result.id))
    job = Job.objects.get(pk=result.id)
    assert (job.state, job.attempts, job.error) == (JobState.FAILED, 3, "ValueError")


@pytest.mark.django_db
def test_the_sweep_leaves_fresh_and_finished_jobs_alone() -> None:
    tasks.leave_trace.enqueue("fresh")
    done = tasks.leave_trace.enqueue("done")
    runner.run(UUID(done.id))
    Job.objects.filter(pk=done.id).update(sent_at=timezone.now() - timedelta(hours=1))
    assert runner.sweep() == 0


@pytest.mark.django_db
def test_the_sweep_sends_a_lost_job_again() -> None:
    lost = tasks.leave_trace.enqueue("lost")
    BrokerMessage.objects.all().delete()
    Job.objects.filter(pk=lost.id).update(sent_at=timezone.now() - timedelta(minutes=1))
    assert runner.sweep() == 1


@pytest.mark.django_db
def test_a_sweep_sends_the_longest_waiting_first_and_only_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "MOST_RESENT", 2)
    waiting = [UUID(tasks.leave_trace.enqueue(str(n)).id) for n in range(3)]
    for minutes, job_id in enumerate(waiting, start=1):
        sent_at = timezone.now() - timedelta(minutes=minutes)
        Job.objects.filter(pk=job_id).update(sent_at=sent_at)
    assert runner.sweep() == 2
    assert runner.sweep() == 1  # the shortest waiting was left for later


@pytest.mark.django_db
def test_a_sweep_ends_at_a_broker_that_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each of a thousand jobs would wait for the same dead broker."""
    for n in range(3):
        tasks.leave_trace.enqueue(str(n))
    Job.objects.update(sent_at=timezone.now() - timedelta(minutes=1))
    asked: list[UUID] = []

    def refuse(job_id: UUID) -> bool:
        asked.append(job_id)
        return False

    monkeypatch.setattr(runner, "tell_broker", refuse)
    assert (runner.sweep(), len(asked)) == (0, 1)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_the_work_and_shows_its_pulse() -> None:
    with worker() as running:
        tasks.leave_trace.enqueue("real")
        wait_until(lambda: trace("real"), seconds=ROUND_TRIP)
        wait_until(lambda: WorkerPulse.objects.filter(name__startswith="celery@").exists())
        running.stop()
    assert not WorkerPulse.objects.filter(name__startswith="celery@").exists()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_neither_loses_nor_doubles_work() -> None:
    """Twenty jobs, the worker dies with some under way and some fetched; a new one and the
    sweep bring every job to its end exactly once (a second end would break a primary key).
    """
    names = [f"job-{number}" for number in range(20)]
    with worker() as first:
        for name in names:
            tasks.leave_trace.enqueue(name, seconds=0.4)
        wait_until(lambda: Job.objects.filter(state=JobState.RUNNING).exists(), seconds=ROUND_TRIP)
        wait_until(lambda: Job.objects.filter(state=JobState.DONE).count() >= 2)
        first.kill()
    left = Job.objects.exclude(state=JobState.DONE).count()
    assert 0 < left < len(names)
    with worker():
        wait_until(lambda: _swept_and_done(names), seconds=90)
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def _swept_and_done(names: list[str]) -> bool:
    # What beat does every fifteen seconds; here at once, for jobs sent a second ago.
    Job.objects.exclude(state=JobState.DONE).update(sent_at=timezone.now() - timedelta(minutes=1))
    runner.sweep()
    done = WorkerPulse.objects.filter(name__in=names).count()
    connection.close()
    return done == len(names)
