"""Counts are what looking at everybody would give, whatever happened and in whatever order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from leer.monitoring.models import CountChange, Counted, TeamCount
from tests.monitoring.counts.recount import recount
from tests.monitoring.counts.world import World

who, module, number = st.integers(0, 3), st.integers(0, 1), st.integers(1, 2)
team, ahead, around = st.integers(0, 2), st.integers(0, 40), st.integers(-40, 40)
HAPPENINGS = st.one_of(
    st.tuples(st.just("give"), who, module, around, number),
    st.tuples(st.just("give_everybody"), module, around),
    st.tuples(st.just("withdraw"), who, module, number),
    st.tuples(st.just("put_off"), who, module, around),
    st.tuples(st.just("begin"), who, module, number),
    st.tuples(st.just("finish"), who, module, number),
    st.tuples(st.just("forget"), who, module),
    st.tuples(st.just("move"), who, team, around),
    st.tuples(st.just("leave"), who, around),
    st.tuples(st.just("never_came"), who),
    st.tuples(st.just("open_account"), who, st.booleans()),
    st.tuples(st.just("rename"), who),
    st.tuples(st.just("fold"), st.just(0)),
)
DAYS = (0, 1, 30, 400)


class Keeping(HypothesisTestCase):
    @settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(HAPPENINGS, max_size=25))
    def test_whatever_happens_the_counts_are_those_of_everybody(self, happened) -> None:
        world = World()
        for name, *values in happened:
            getattr(world, name)(*values)
        for days in DAYS:
            assert world.read(world.day(days)) == recount(world.day(days))

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(HAPPENINGS, max_size=15), st.lists(ahead, max_size=4))
    def test_folding_changes_no_count_of_the_same_day_or_a_later_one(self, happened, days) -> None:
        world = World()
        for name, *values in happened:
            getattr(world, name)(*values)
        for day in sorted(days):
            later = [world.day(one) for one in DAYS if one >= day]
            before = [world.read(one) for one in later]
            world.fold(day)
            assert [world.read(one) for one in later] == before
            assert not CountChange.objects.exists()
            assert not TeamCount.objects.filter(people=0).exists()
            assert not TeamCount.objects.filter(since__lte=world.day(day)).exists()


@pytest.mark.django_db
def test_a_team_of_many_is_a_row_or_two() -> None:
    world = World()
    for number in range(len(world.people)):
        world.move(number, 0, -30)
    world.give_everybody(0, 14)
    world.fold(0)
    (row,) = TeamCount.objects.all()
    assert (row.state, row.people, row.since) == ("todo", 4, None)


@pytest.mark.django_db
def test_who_signs_in_or_changes_names_is_not_counted_again() -> None:
    world = World()
    world.give_everybody(0, 14)
    Counted.objects.all().delete()
    world.rename(0)
    assert not Counted.objects.exists()
    world.open_account(0, False)
    assert Counted.objects.count() == 1
