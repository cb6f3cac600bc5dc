"""An import in two background jobs: neither lost nor doubled, whatever is killed."""

import os
import signal
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from leer.accounts.models import User
from leer.core.background import runner
from leer.core.models import Job, JobState
from leer.organisation import tasks
from leer.organisation.importing import apply, runs
from leer.organisation.models import ImportRun, ImportState
from leer.organisation.signals import people_imported
from tests.organisation.files import MAY, NOOR, RUUD, everything, load, organisation, people
from tests.support.factories_organisation import UserFactory


@pytest.fixture
def heard():
    found = []

    def receiver(**kwargs):
        found.append(kwargs["counts"]["people_created"])

    people_imported.connect(receiver)
    yield found
    people_imported.disconnect(receiver)


def begin(files, **options):
    options = {"on": MAY, "complete": False} | options
    return tasks.begin(by=UserFactory(administrator=True), files=files, **options)


def planned(files=None):
    run = begin(files or organisation())
    runner.run(run.plan_job)
    run.refresh_from_db()
    return run


def confirmed(files=None, *, skip_errors=False):
    run = planned(files)
    tasks.ask_apply(run, seen=run.digest, skip_errors=skip_errors)
    return run


def state(run):
    run.refresh_from_db()
    return run.state


@pytest.mark.django_db
class TestPlanning:
    def test_a_run_waits_to_be_planned(self):
        assert begin(organisation()).state == ImportState.PLANNING

    def test_the_first_job_plans_and_changes_nothing_else(self):
        run = begin(organisation())
        before = everything()
        runner.run(run.plan_job)
        assert state(run) == ImportState.PLANNED
        assert run.summary["counts"]["people_created"] == 2
        assert run.preview["people_created"]["rows"][0]["label"] == "Noor Bakker (P1)"
        assert everything() == before

    def test_files_with_errors_are_refused_with_line_and_column(self):
        run = planned(organisation() | people(NOOR.replace("T1", "T9"), RUUD))
        assert run.state == ImportState.REFUSED
        assert [(e["line"], e["column"]) for e in run.errors] == [(2, "department")]

    def test_the_first_two_hundred_rows_of_a_kind_are_kept_with_the_total(self):
        crowd = [f"C{n};c{n};Kim;Smit;;F1;T1;ja" for n in range(250)]
        run = planned(organisation() | people(NOOR, RUUD, *crowd))
        kind = run.preview["people_created"]
        assert (kind["total"], len(kind["rows"])) == (252, 200)

    def test_the_first_job_run_again_after_confirming_changes_nothing(self):
        run = confirmed()
        runs.plan_run(run.pk)
        assert state(run) == ImportState.APPLYING

    def test_a_job_that_gives_up_fails_its_run_which_can_be_planned_again(self):
        run = begin(organisation())
        Job.objects.filter(pk=run.plan_job).update(state=JobState.FAILED)
        runs.fail_abandoned()
        assert state(run) == ImportState.FAILED
        tasks.ask_plan_again(run)
        runner.run(run.plan_job)
        assert state(run) == ImportState.PLANNED


@pytest.mark.django_db
class TestConfirming:
    def test_errors_must_be_skipped_on_purpose(self):
        run = planned(organisation() | people(NOOR, RUUD.replace("T2", "T9")))
        with pytest.raises(ValidationError):
            tasks.ask_apply(run, seen=run.digest, skip_errors=False)
        tasks.ask_apply(run, seen=run.digest, skip_errors=True)
        assert state(run) == ImportState.APPLYING

    def test_an_objection_cannot_be_confirmed(self):
        load(organisation())
        run = begin(people(NOOR), complete=True)
        runner.run(run.plan_job)
        run.refresh_from_db()
        with pytest.raises(ValidationError, match="van de"):
            tasks.ask_apply(run, seen=run.digest, skip_errors=True)

    def test_confirming_twice_asks_for_one_job(self):
        run = confirmed()
        again = ImportRun.objects.get(pk=run.pk)
        with pytest.raises(ValidationError):
            tasks.ask_apply(again, seen=again.digest, skip_errors=False)
        assert Job.objects.filter(task__endswith="apply_import").count() == 1


@pytest.mark.django_db(transaction=True)
class TestApplying:
    def test_the_second_job_applies_and_forgets_the_texts(self, heard):
        run = confirmed()
        runner.run(run.apply_job)
        assert state(run) == ImportState.APPLIED
        assert run.files == {}
        assert User.objects.filter(username="noor").exists()
        assert heard == [2]

    def test_the_job_run_twice_applies_once(self, heard):
        run = confirmed()
        runner.run(run.apply_job)
        before = everything()
        runner.run(run.apply_job)
        runs.apply_run(run.pk)
        assert everything() == before
        assert heard == [2]

    def test_wrong_rows_are_skipped_when_confirmed_so(self):
        run = confirmed(organisation() | people(NOOR, RUUD.replace("T2", "T9")), skip_errors=True)
        runner.run(run.apply_job)
        assert state(run) == ImportState.APPLIED
        assert not User.objects.filter(username="ruud").exists()
        assert User.objects.filter(username="noor").exists()

    def test_a_database_that_changed_since_shows_the_new_plan_and_applies_nothing(self):
        run = confirmed()
        load(people(), MAY)
        load({"functies.csv": organisation()["functies.csv"]})
        before = everything()
        runner.run(run.apply_job)
        assert state(run) == ImportState.PLANNED
        assert run.outdated
        assert "functions_created" not in run.preview
        assert everything() == before
        tasks.ask_apply(run, seen=run.digest, skip_errors=False)
        runner.run(run.apply_job)
        assert state(run) == ImportState.APPLIED

    def test_an_error_half_way_leaves_nothing_and_the_next_try_does_it_all(self, monkeypatch):
        run = confirmed()
        with monkeypatch.context() as broken:
            broken.setattr(apply._Work, "_change_roles", lambda self: 1 / 0)
            runner.run(run.apply_job)
        assert state(run) == ImportState.APPLYING
        assert not User.objects.filter(username="noor").exists()
        runner.run(run.apply_job)
        assert state(run) == ImportState.APPLIED

    @pytest.mark.processes
    def test_a_worker_killed_half_way_neither_loses_nor_doubles(self, monkeypatch, heard):
        run = confirmed()
        _run_and_be_killed(run.apply_job, monkeypatch)
        assert state(run) == ImportState.APPLYING
        assert not User.objects.filter(username="noor").exists()
        runner.run(run.apply_job)
        assert state(run) == ImportState.APPLIED
        assert User.objects.filter(username="noor").count() == 1
        assert heard == [2]

    def test_a_worker_killed_after_the_commit_still_tells_the_layers_above(self, heard):
        run = confirmed()
        runner.run(run.apply_job)
        ImportRun.objects.update(announced_at=None)
        runs.apply_run(run.pk)
        runs.apply_run(run.pk)
        assert heard == [2, 2]  # at least once, as the signal's documentation says

    def test_progress_shows_while_the_import_is_not_committed(self, monkeypatch):
        seen = []
        real = runner.report_progress

        def spy(job_id, done, total):
            real(job_id, done, total)
            seen.append(Job.objects.values_list("progress_done", "progress_total").get(pk=job_id))

        monkeypatch.setattr(tasks, "report_progress", spy)
        run = confirmed()
        seen.clear()
        runner.run(run.apply_job)
        assert seen[0][0] == 0
        assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.django_db
class TestForgetting:
    def test_texts_and_names_are_gone_after_thirty_days(self):
        run = planned()
        ImportRun.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert runs.forget_names() == 1
        assert state(run) == ImportState.FAILED
        assert (run.files, run.preview, run.errors) == ({}, {}, [])
        assert run.summary["counts"]["people_created"] == 2

    def test_a_run_of_twenty_nine_days_keeps_them(self):
        run = planned()
        ImportRun.objects.update(created_at=timezone.now() - timedelta(days=29))
        assert runs.forget_names() == 0
        assert state(run) == ImportState.PLANNED
        assert run.files

    def test_forgetting_twice_finds_nothing_more(self):
        planned()
        ImportRun.objects.update(created_at=timezone.now() - timedelta(days=31))
        tasks.forget_old_uploads()
        assert runs.forget_names() == 0


def _run_and_be_killed(job_id, monkeypatch):
    """A child runs the job as a worker does, and is killed (-9) when most has been written."""
    monkeypatch.setattr(
        apply._Work, "_close_accounts", lambda self: os.kill(os.getpid(), signal.SIGKILL)
    )
    connection.close()
    child = os.fork()
    if child == 0:
        runner.run(job_id)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    monkeypatch.undo()
    assert os.WTERMSIG(status) == signal.SIGKILL
