"""Two who change what is counted of the same people at the same moment, and one who is killed."""

import threading
from itertools import count, product

import pytest
from django.db import connection, transaction

from leer.monitoring.counts.checking import SUMS, wrong_people, wrong_sums
from leer.monitoring.models import CountChange, TeamCount
from tests.monitoring.counts.recount import recount
from tests.monitoring.counts.world import World
from tests.support.killed import run_in_a_process

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

# All about one person and one module, so that each pair meets.
HAPPENINGS = (
    ("give", 0, 0, 5),
    ("give", 0, 0, 5, 2),
    ("withdraw", 0, 0, 1),
    ("put_off", 0, 0, -3),
    ("begin", 0, 0, 1),
    ("finish", 0, 0, 1),
    ("finish", 0, 0, 2),
    ("move", 0, 1, -1),
    ("move", 0, 2, 0),
    ("leave", 0, 0),
    ("open_account", 0, False),
    ("open_account", 0, True),
    ("give_everybody", 1, 5),
    ("fold", 0),
)


@pytest.fixture
def world() -> World:
    return World()


def meet(world: World, first: tuple, second: tuple) -> None:
    """The first does it and does not commit; the second does it as far as it comes; the first
    commits; the second commits.
    """
    first_done, second_began, first_committed = (threading.Event() for _ in range(3))

    def do_second() -> None:
        first_done.wait(10)
        try:
            with transaction.atomic():
                second_began.set()
                happen(world, second)
                first_committed.wait(10)
        finally:
            connection.close()

    other = threading.Thread(target=do_second)
    other.start()
    with transaction.atomic():
        happen(world, first)
        first_done.set()
        second_began.wait(10)
        other.join(0.03)
    first_committed.set()
    other.join(30)
    assert not other.is_alive()


def happen(world: World, what: tuple) -> None:
    name, *values = what
    getattr(world, name)(*values)


def test_two_at_once_are_counted_as_one_after_the_other(world: World) -> None:
    for first, second in product(HAPPENINGS, repeat=2):
        meet(world, first, second)
        assert world.read(world.today) == recount(world.today), (first, second)
    assert not list(wrong_people(world.today))
    assert not any(wrong_sums(one, world.today) for one in SUMS)


def test_who_changes_a_colleague_waits_for_nobody(world: World) -> None:
    """Each adds a row of its own: there is no count that two write."""
    world.move(1, 0, -1)
    world.give_everybody(0, 5)
    done = threading.Event()

    def do_second() -> None:
        with transaction.atomic():
            world.begin(1, 0, 1)
        connection.close()
        done.set()

    with transaction.atomic():
        world.begin(0, 0, 1)
        other = threading.Thread(target=do_second)
        other.start()
        assert done.wait(10)
    other.join()
    assert world.read(world.today) == recount(world.today)


def test_who_is_killed_anywhere_leaves_right_counts(world: World) -> None:
    def work() -> None:
        world.give_everybody(0, 5)
        with transaction.atomic():
            world.begin(0, 0, 1)
            world.move(0, 2, -1)
        world.fold(0)
        world.finish(0, 0, 1)

    for fatal in count():
        ended = run_in_a_process(work, fatal)
        assert world.read(world.today) == recount(world.today), f"killed at step {fatal}"
        if ended:
            break
    assert fatal > 10
    assert TeamCount.objects.exists()


def test_two_who_fold_at_once_fold_once(world: World) -> None:
    world.give_everybody(0, 5)
    before = world.read(world.today)
    meet(world, ("fold", 0), ("fold", 0))
    assert world.read(world.today) == before
    assert not CountChange.objects.exists()
