"""A dry run tells what would happen, and nothing happens."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from leer.rollout import api as rollout
from leer.rollout.models import Blocker, Programme, ProgrammeState
from leer.rollout.running.comparing import compare
from leer.rollout.running.dry_run import DryRun, dry_run
from leer.rollout.running.opening import Hindrance, open_due_waves
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = make.MONDAY


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table of the rollout, the ledger and the background work."""
    models = [m for app in ("rollout", "xapi", "core", "organisation", "progress")
              for m in apps.get_app_config(app).get_models()]  # fmt: skip
    return {m._meta.label: sorted(map(str, m.objects.values_list())) for m in models}


def told(found: DryRun, user: Any) -> list[tuple[str, str, str]]:
    return [(one.what, one.module_key, one.why) for one in found.lines if one.user == user.pk]


def test_a_dry_run_tells_who_gets_what_and_who_is_skipped_and_why_and_writes_nothing() -> None:
    content.module("m", parts=False, days_to_complete=30)
    programme = make.programme("m", state=ProgrammeState.DRAFT)
    early, late, north = TeamFactory(), TeamFactory(), TeamFactory(region="noord")
    gets, waits, blocked = (MembershipFactory(team=team).user for team in (early, late, north))
    exempt, without, did = MembershipFactory(team=early).user, UserFactory(), UserFactory()
    MembershipFactory(user=did, team=early)
    make.exempt(programme, exempt, on=DAY)
    make.progress_of(did, "m", done=True)
    make.wave(programme, 1, early, north)
    make.wave(programme, 2, late, days=28)
    Blocker.objects.create(programme=programme, region="noord", what="zaal", since=DAY)
    before = all_rows()
    found = dry_run(programme, DAY)
    assert all_rows() == before
    assert told(found, gets) == [("gets", "m", "wave")]
    assert told(found, waits) == [("skipped", "", "wave_not_open")]
    assert told(found, blocked) == [("skipped", "", "blocked")]
    assert told(found, exempt) == [("skipped", "", "exempt")]
    assert told(found, without) == [("skipped", "", "left")]
    assert told(found, did) == [("skipped", "m", "done_already")]
    hindrances = [(wave.number, wave.hindrance) for wave in found.waves]
    assert hindrances == [(1, None), (2, Hindrance.TOO_EARLY)]


def test_a_dry_run_tells_who_is_spared_by_what_they_did_and_who_did_it_too_long_ago() -> None:
    content.module("m", parts=False)
    programme = make.programme("m", earlier_weeks=0)
    team = TeamFactory()
    make.wave(programme, 1, team)
    long_ago, lately = (MembershipFactory(team=team).user for _ in range(2))
    make.progress_of(lately, "m", done=True)
    before = make.progress_of(long_ago, "m", done=True)
    before.completed_at -= timedelta(days=1)
    before.save()
    found = dry_run(programme, DAY)
    assert told(found, lately) == [("skipped", "m", "done_lately")]
    assert told(found, long_ago) == [("gets", "m", "too_old")]


def test_what_a_dry_run_tells_is_what_happens() -> None:
    content.module("m", parts=False)
    programme = make.programme("m")
    team = TeamFactory()
    people = [MembershipFactory(team=team).user for _ in range(4)]
    make.exempt(programme, people[0], on=DAY)
    make.wave(programme, 1, team)
    foretold = {
        (one.user, one.module_key, one.due_on)
        for one in dry_run(programme, DAY).lines
        if one.what == "gets"
    }
    open_due_waves(make.noon(DAY))
    compare(programme, DAY, at=make.noon(DAY))
    held = rollout.assignments_of_people([user.pk for user in people])
    assert {(row.user_id, row.module_key, row.due_on) for row in held} == foretold
    assert len(foretold) == 3


def test_who_would_lose_something_is_told_too() -> None:
    content.module("m", parts=False)
    programme = make.programme("m")
    team = TeamFactory()
    user = MembershipFactory(team=team).user
    make.wave(programme, 1, team, opened_at=make.noon(DAY))
    compare(programme, DAY, at=make.noon(DAY))
    user.is_active = False
    user.save()
    found = dry_run(programme, DAY + timedelta(days=1))
    assert ("loses", "m", "left") in told(found, user)


def test_a_module_that_is_not_published_is_a_reason() -> None:
    programme = make.programme("nergens")
    team = TeamFactory()
    user = MembershipFactory(team=team).user
    make.wave(programme, 1, team)
    assert told(dry_run(programme, DAY), user) == [("skipped", "", "not_published")]


def say(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("rollout_dry_run", *arguments, stdout=out)
    return out.getvalue().splitlines()


def a_programme() -> Programme:
    content.module("m", parts=False, days_to_complete=30)
    programme = make.programme("m")
    team = TeamFactory()
    MembershipFactory(team=team, user__external_id="U1")
    make.wave(programme, 1, team)
    return programme


def test_the_command_tells_by_the_keys_of_the_personnel_system() -> None:
    programme = a_programme()
    lines = say("--day", "2026-11-02")
    assert f"programme\t{programme.public_id}\t2026-11-02" in lines
    assert "wave\t1\t2026-11-02\topens" in lines
    assert "count\tgets\tm\twave\t1" in lines
    assert "person\tU1\tgets\tm\t2026-12-02\twave" in lines


def test_the_command_can_count_without_telling_of_whom() -> None:
    programme = a_programme()
    lines = say("--counts", "--programme", str(programme.public_id))
    assert any(line.startswith("count\t") for line in lines)
    assert not any(line.startswith("person\t") for line in lines)


@pytest.mark.parametrize("name", ["86b84d6a-d4e4-4f0f-b5b3-3dae45aaaa15", "onzin"])
def test_the_command_says_when_there_is_no_such_programme(name: str) -> None:
    with pytest.raises(CommandError, match="there is no programme"):
        say("--programme", name)
