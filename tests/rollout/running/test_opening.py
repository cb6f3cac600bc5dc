"""Waves open on their day, when they may, and exactly once."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from leer.core.background import runner
from leer.core.models import Job, JobState
from leer.rollout import tasks
from leer.rollout.models import Assignment, Blocker, Programme, ProgrammeState, Trail, Wave
from leer.rollout.running import comparing, opening
from leer.rollout.running.comparing import give_wave
from leer.rollout.running.opening import Hindrance, hindrance, how_far, open_due_waves
from leer.xapi import api as xapi
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    TeamFactory,
)

NOW = make.noon(make.MONDAY)


def jobs(state: str = JobState.QUEUED) -> list[Job]:
    return list(Job.objects.filter(task=opening.GIVE, state=state))


def run_jobs() -> None:
    for job in jobs():
        runner.run(job.pk)
    assert jobs() == []


def solve(blocker: Blocker) -> None:
    blocker.solved_on, blocker.solved_by = make.MONDAY, make.planner()
    blocker.solved_with = "besluit OR 2026-14"
    blocker.save()


@pytest.mark.django_db
def test_a_wave_opens_on_its_day_and_once() -> None:
    wave = make.wave(make.programme("m"), 1, TeamFactory())
    assert open_due_waves(NOW - timedelta(days=1)) == []
    assert open_due_waves(NOW) == [wave]
    assert open_due_waves(NOW) == []
    assert len(jobs()) == 1
    wave.refresh_from_db()
    assert wave.opened_at == NOW


@pytest.mark.django_db
@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.CLOSED])
def test_a_programme_that_does_not_run_opens_nothing(state: ProgrammeState) -> None:
    make.wave(make.programme("m", state=state), 1, TeamFactory())
    assert open_due_waves(NOW) == []


@pytest.mark.django_db
def test_nothing_opens_while_the_programme_is_blocked() -> None:
    programme = make.programme("m")
    wave = make.wave(programme, 1, TeamFactory())
    blocker = Blocker.objects.create(programme=programme, what="OR", since=make.MONDAY)
    assert hindrance(wave, NOW) is Hindrance.BLOCKED
    assert open_due_waves(NOW) == []
    solve(blocker)
    assert open_due_waves(NOW) == [wave]


@pytest.mark.django_db
def test_a_wave_opens_for_the_regions_that_nothing_blocks() -> None:
    content.module("m", parts=False)
    programme = make.programme("m")
    north, south = TeamFactory(region="noord"), TeamFactory(region="zuid")
    there, here = MembershipFactory(team=north).user, MembershipFactory(team=south).user
    only_north = make.wave(programme, 1, north)
    both = make.wave(programme, 2, TeamFactory(region="noord"), south)
    Blocker.objects.create(programme=programme, region="noord", what="zaal", since=make.MONDAY)
    assert open_due_waves(NOW) == [both]
    run_jobs()
    assert [row.user for row in Assignment.objects.all()] == [here]
    assert hindrance(only_north, NOW) is Hindrance.BLOCKED
    assert there.assignments.count() == 0


@pytest.mark.django_db
def test_a_wave_waits_until_enough_of_the_one_before_is_done() -> None:
    content.module("m", parts=False)
    programme = make.programme("m", open_at_percent=50)
    team = TeamFactory()
    people = [MembershipFactory(team=team).user for _ in range(4)]
    first, second = make.wave(programme, 1, team), make.wave(programme, 2, TeamFactory())
    assert open_due_waves(NOW) == [first]
    assert open_due_waves(NOW) == []  # nothing of the first was given yet: none of none is done
    run_jobs()
    make.progress_of(people[0], "m", done=True)
    make.progress_of(people[1], "m")
    assert how_far(first) == (1, 4)
    assert hindrance(second, NOW) is Hindrance.WAVE_BEFORE
    make.progress_of(people[2], "m", done=True)
    assert open_due_waves(NOW) == [second]


@pytest.mark.django_db
def test_a_job_that_failed_holds_the_next_wave_until_the_comparison_made_up_for_it() -> None:
    content.module("m", parts=False)
    programme = make.programme("m", open_at_percent=0)
    team = TeamFactory()
    MembershipFactory(team=team)
    make.wave(programme, 1, team)
    second = make.wave(programme, 2, TeamFactory())
    open_due_waves(NOW)
    Job.objects.filter(task=opening.GIVE).update(state=JobState.FAILED)
    assert hindrance(second, NOW) is Hindrance.WAVE_BEFORE
    comparing.compare(programme, make.MONDAY)
    assert hindrance(second, NOW) is None


@pytest.mark.django_db
def test_the_condition_is_that_the_wave_before_is_open_at_all() -> None:
    programme = make.programme("m", open_at_percent=0)
    make.wave(programme, 1, TeamFactory(), days=7)
    later = make.wave(programme, 2, TeamFactory())
    assert hindrance(later, NOW) is Hindrance.WAVE_BEFORE


@pytest.mark.django_db
def test_a_wave_gives_its_people_every_module_once_with_one_statement() -> None:
    for key in ("a", "b"):
        content.module(key, parts=False, days_to_complete=30)
    programme = make.programme("a", "b")
    team = TeamFactory()
    mine, _other = MembershipFactory(team=team).user, MembershipFactory().user
    wave = make.wave(programme, 1, team)
    open_due_waves(NOW)
    run_jobs()
    rows = list(Assignment.objects.order_by("module_key"))
    assert [(row.user, row.module_key, row.wave) for row in rows] == [
        (mine, "a", wave),
        (mine, "b", wave),
    ]
    assert {row.due_on for row in rows} == {make.MONDAY + timedelta(days=30)}
    [statement] = list(xapi.stream_of(mine.actor_name))
    parents = [one.id for one in statement.context.contextActivities.parent]  # type: ignore[union-attr]
    assert parents == [xapi.activity_iri("modules", key) for key in ("a", "b")]


@pytest.mark.django_db
def test_who_leads_comes_with_the_wave_of_leaders() -> None:
    content.module("m", parts=False)
    programme = make.programme("m", managers_first=True)
    team = TeamFactory()
    leader, member = MembershipFactory(team=team).user, MembershipFactory(team=team).user
    LeadershipFactory(user=leader, team=team)
    ahead, after = make.wave(programme, 0), make.wave(programme, 1, team, days=14)
    open_due_waves(NOW)
    run_jobs()
    assert [(row.user, row.wave) for row in Assignment.objects.all()] == [(leader, ahead)]
    open_due_waves(NOW + timedelta(days=14))
    run_jobs()
    assert [row.wave for row in leader.assignments.all()] == [ahead]
    assert [row.wave for row in member.assignments.all()] == [after]


@pytest.mark.django_db
def test_a_job_that_is_begun_again_changes_nothing() -> None:
    content.module("m", parts=False)
    programme = make.programme("m")
    team = TeamFactory()
    MembershipFactory.create_batch(3, team=team)
    make.exempt(programme, MembershipFactory(team=team).user, on=make.MONDAY)
    make.wave(programme, 1, team)
    open_due_waves(NOW)
    [job] = jobs()
    runner.run(job.pk)
    before = everything(programme)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    runner.run(job.pk)
    assert everything(programme) == before
    assert len(before[0]) == 3


def everything(programme: Programme) -> tuple[list[Any], ...]:
    """Every row and statement there is."""
    assignments = list(Assignment.objects.order_by("pk").values_list())
    trails = list(Trail.objects.filter(programme=programme).order_by("pk").values_list())
    return assignments, trails, [str(one.id) for one in xapi.stream()]


# With real transactions ---------------------------------------------------------------------------
def at_once(work: Any, times: int = 4) -> list[Any]:
    """The same work in so many threads with connections of their own, as near as can be."""
    gate, found = threading.Barrier(times), []

    def run() -> None:
        try:
            connection.ensure_connection()
            gate.wait(10)
            found.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == times
    return found


@pytest.mark.django_db(transaction=True)
def test_workers_that_open_at_once_open_a_wave_once() -> None:
    programme = make.programme("m")
    waves = [make.wave(programme, number, TeamFactory()) for number in (1, 2, 3)]
    opened = at_once(lambda: open_due_waves(NOW))
    assert sorted(wave.pk for some in opened for wave in some) == [wave.pk for wave in waves]
    assert sorted(job.key or "" for job in jobs()) == sorted(f"wave:{wave.pk}" for wave in waves)


@pytest.mark.django_db(transaction=True)
def test_a_wave_and_its_job_stand_or_fall_together() -> None:
    wave = make.wave(make.programme("m"), 1, TeamFactory())
    with transaction.atomic():
        assert open_due_waves(NOW) == [wave]
        transaction.set_rollback(True)
    wave.refresh_from_db()
    assert (wave.opened_at, jobs()) == (None, [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_give_the_same_wave_give_it_once() -> None:
    content.module("m", parts=False)
    programme = make.programme("m")
    team = TeamFactory()
    MembershipFactory.create_batch(20, team=team)
    wave = make.wave(programme, 1, team, opened_at=NOW)
    tallies = at_once(lambda: give_wave(Wave.objects.select_related("programme").get(pk=wave.pk)))
    assert sum(tally["assigned"] for tally in tallies) == 20
    assert Assignment.objects.count() == xapi.count() == 20


@pytest.mark.django_db(transaction=True)
def test_how_far_a_wave_is_shows_while_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "PORTION", 2)
    monkeypatch.setattr(tasks, "SECONDS_BETWEEN", 0.0)
    content.module("m", parts=False)
    team = TeamFactory()
    MembershipFactory.create_batch(5, team=team)
    make.wave(make.programme("m"), 1, team)
    open_due_waves(NOW)
    [job] = jobs()
    shown: list[tuple[int, int]] = []
    real = tasks.report_progress

    def spy(job_id: UUID, done: int, total: int) -> None:
        real(job_id, done, total)
        job.refresh_from_db()
        shown.append((job.progress_done, job.progress_total))

    monkeypatch.setattr(tasks, "report_progress", spy)
    runner.run(job.pk)
    assert shown == [(0, 5), (2, 5), (4, 5), (5, 5)]
