"""A rebuild goes through the ledger some people at a time, goes on where it was stopped, and keeps
a trail of what it mends.
"""

import io
from dataclasses import replace
from itertools import count
from uuid import uuid5

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leer.accounts.models import User
from leer.progress import api as progress
from leer.progress import rebuild
from leer.progress.events import Event
from leer.progress.models import Attempt, ModuleProgress, PartProgress, RebuildRun, Repair
from tests.progress.test_projection import story
from tests.support.killed import run_in_a_process

PEOPLE = 5


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> list[User]:
    monkeypatch.setattr(rebuild, "PORTION", 2)
    made = [User.objects.create_user(f"p{number}") for number in range(PEOPLE)]
    for user in made:
        progress.record(user, _with_own_ids(story(user.actor_name)))
    return made


def _with_own_ids(facts: list[Event]) -> list[Event]:
    """Registrations are a person's own."""
    return [replace(fact, registration=uuid5(fact.registration, str(fact.actor))) for fact in facts]


def spoil() -> None:
    ModuleProgress.objects.update(completed_version="anders")
    PartProgress.objects.filter(part_key="les").delete()


def command(*options: str) -> str:
    told = io.StringIO()
    call_command("progress_rebuild", *options, stdout=told, stderr=io.StringIO())
    return told.getvalue()


@pytest.mark.django_db
def test_who_is_stopped_goes_on_after_the_people_that_were_done(people: list[User]) -> None:
    spoil()
    first = rebuild.go_on(rebuild.begin_or_resume(mends=False))
    assert len(next(first)) == 4
    run = rebuild.begin_or_resume(mends=False)
    assert (run.people, run.after, run.wrong) == (2, people[1].pk, 4)
    portions = list(rebuild.go_on(run))
    assert [len(wrong) for wrong in portions] == [4, 2]
    assert (run.people, run.wrong, run.facts) == (PEOPLE, 10, PEOPLE * 16)
    assert RebuildRun.objects.get().finished_at
    assert rebuild.begin_or_resume(mends=False).people == 0


@pytest.mark.django_db
def test_a_check_that_was_stopped_is_no_repair_and_anew_is_anew(people: list[User]) -> None:
    next(rebuild.go_on(rebuild.begin_or_resume(mends=False)))
    assert rebuild.begin_or_resume(mends=True).people == 0
    assert rebuild.begin_or_resume(mends=False).people == 2
    assert rebuild.begin_or_resume(mends=False, anew=True).people == 0


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_repair_that_is_killed_anywhere_is_whole_after_going_on(people: list[User]) -> None:
    right = _rows()
    for fatal in count(step=7):
        spoil()
        RebuildRun.objects.all().delete()
        Repair.objects.all().delete()
        ended = run_in_a_process(lambda: command("--repair"), fatal)
        assert "gelijk" in command("--repair") or Repair.objects.exists()
        assert _rows() == right, f"killed at step {fatal}"
        assert Repair.objects.count() == 2 * PEOPLE
        if ended:
            break
    assert fatal > 50


def _rows() -> list[list[str]]:
    models = (ModuleProgress, PartProgress, Attempt)
    return [
        sorted(map(repr, (rebuild._values(row) for row in one.objects.all()))) for one in models
    ]


@pytest.mark.django_db
def test_the_trail_says_what_it_was_and_of_answers_only_that_they_differed(
    people: list[User],
) -> None:
    Attempt.objects.filter(user=people[0], kind="scenario").update(outcome="geheim", version="v0")
    PartProgress.objects.filter(user=people[1], part_key="les").delete()
    PartProgress.objects.create(user=people[2], module_key="m", part_key="verzonnen")
    assert "Hersteld: 3 rijen" in command("--repair")
    attempt, missing, unfounded = Repair.objects.order_by("user_id")
    assert (attempt.what, attempt.before["version"], attempt.after["version"]) == (
        "Attempt",
        "v0",
        "v1",
    )
    assert attempt.before["other"] == attempt.after["other"] == ["outcome"]
    assert "geheim" not in str(attempt.before)
    assert "veilig" not in str(attempt.after)
    assert (missing.before, missing.after["part_key"]) == (None, "les")
    assert (unfounded.before["part_key"], unfounded.after) == ("verzonnen", None)


@pytest.mark.django_db
def test_a_check_writes_no_row_of_progress_and_no_trail(people: list[User]) -> None:
    spoil()
    before = _rows()
    assert rebuild.check()
    assert _rows() == before
    assert not Repair.objects.exists()


@pytest.mark.django_db
def test_a_portion_costs_as_many_queries_however_many_people(people: list[User]) -> None:
    users = list(User.objects.order_by("pk"))
    asked = []
    for some in (users[:1], users):
        with CaptureQueriesContext(connection) as queries:
            rebuild.look_at(some)
        asked.append(len(queries))
    assert asked[0] == asked[1]
