"""Counts held against people: what is wrong is told, and put right only when asked."""

import io
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from leer.monitoring.models import CountChange, Counted, TeamCount
from leer.progress.models import Repair
from tests.monitoring.counts.recount import recount
from tests.monitoring.counts.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = World()
    made.give_everybody(0, 14)
    made.begin(0, 0, 1)
    made.finish(1, 0, 1)
    made.fold(0)
    made.give_everybody(1, 7)
    return made


def rebuild(*options: str) -> str:
    told = io.StringIO()
    call_command("counts_rebuild", *options, stdout=told, stderr=io.StringIO())
    return told.getvalue()


def kept() -> list[list[dict[str, object]]]:
    return [list(one.objects.order_by("pk").values()) for one in (TeamCount, CountChange, Counted)]


def spoil(world: World) -> None:
    """As no way in can: a count, what is counted of somebody, and a completion in silence."""
    TeamCount.objects.filter(state="todo").update(people=9)
    CountChange.objects.filter(team=world.teams[1]).delete()
    Counted.objects.filter(pk=world.people[2].pk).update(counted=[])
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # no trigger
        world.finish(0, 0, 1)
        cursor.execute("reset session_replication_role")


def test_what_was_kept_with_the_write_is_right(world: World) -> None:
    assert "kloppen" in rebuild("--check")
    assert not Repair.objects.exists()


def test_a_placement_that_ended_is_no_difference(world: World) -> None:
    world.leave(0, -3)
    assert "kloppen" in rebuild("--check")
    Counted.objects.filter(pk=world.people[0].pk).update(counted=[])
    assert "kloppen" in rebuild("--check")


def test_what_is_wrong_is_told_and_left_as_it_is(world: World) -> None:
    spoil(world)
    before = kept()
    with pytest.raises(CommandError, match="tellingen kloppen niet"):
        rebuild()
    assert kept() == before
    assert not Repair.objects.exists()


def test_a_repair_puts_right_and_says_what_it_was(world: World) -> None:
    spoil(world)
    rebuild("--repair")
    assert world.read(world.today) == recount(world.today)
    assert "kloppen" in rebuild("--check")
    wrong = {one.row: one for one in Repair.objects.filter(what="Counted")}
    assert set(wrong) == {str(world.people[n].pk) for n in (0, 2)}
    assert wrong[str(world.people[2].pk)].before == []
    count = Repair.objects.filter(what="TeamCount", row__contains="/een/todo/").first()
    assert count.before["people"] > 9  # as spoilt, and who was counted again
    assert count.after == {"people": 1}


def test_repairing_what_is_right_leaves_no_trail(world: World) -> None:
    assert "kloppen" in rebuild("--repair")
    assert not Repair.objects.exists()


def test_who_was_there_before_counts_were_kept_is_counted_by_the_migration(world: World) -> None:
    migration = import_module("leer.monitoring.migrations.0004_counts")
    Counted.objects.all().delete()
    TeamCount.objects.all().delete()
    CountChange.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(migration.COUNT_ALL)
    assert world.read(world.today) == recount(world.today)
