"""The programme sees the whole organisation per module and region: the sum of its teams."""

from typing import Any

import pytest
from django.urls import reverse

from leer.accounts.api import Role
from leer.monitoring.counts.checking import SUMS, repair_sums, wrong_sums
from leer.monitoring.counts.reading import HowMany, counted_in_regions
from leer.monitoring.models import RegionCount
from leer.progress.models import Repair
from tests.monitoring.counts.recount import recount
from tests.monitoring.counts.world import MODULES, World
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
REGIONS = SUMS[1]


@pytest.fixture
def world() -> World:
    made = World()
    made.give_everybody(0, 14)
    made.begin(0, 0, 1)
    made.move(1, 2, 3)
    return made


def by_looking(world: World, days: int) -> dict[tuple[str, str], HowMany]:
    found: dict[tuple[str, str], HowMany] = {}
    for (team, key), states in recount(world.day(days)).items():
        region = next(one.region for one in world.teams if one.pk == team)
        found[region, key] = found.get((region, key), HowMany()) + HowMany(**states)
    return found


def go_to(world: World, team: int, region: str) -> None:
    world.teams[team].region = region
    world.teams[team].save()


def test_a_region_is_the_sum_of_its_teams_before_and_after_folding(world: World) -> None:
    go_to(world, 1, "Oost")
    for fold in (False, True, True):
        if fold:
            world.fold(0)
        for days in (0, 2, 3, 40):
            assert counted_in_regions(on=world.day(days)) == by_looking(world, days)
        world.finish(1, 0, 1)
    world.fold(3)
    assert counted_in_regions(on=world.day(3)) == by_looking(world, 3)
    assert not wrong_sums(REGIONS, world.day(3))


def test_a_team_that_goes_to_another_region_is_counted_there_after_the_next_fold(
    world: World,
) -> None:
    world.fold(0)
    go_to(world, 0, "Noord")
    world.finish(0, 0, 1)
    world.fold(0)
    for days in (0, 3, 40):
        assert counted_in_regions(on=world.day(days)) == by_looking(world, days)
    assert not RegionCount.objects.filter(people=0).exists()


def test_a_wrong_sum_is_found_and_repaired_with_a_trail(world: World) -> None:
    world.fold(0)
    RegionCount.objects.filter(state="busy").update(people=7)
    (wrong,) = wrong_sums(REGIONS, world.today)
    assert (wrong.people, wrong.wanted) == (7, 1)
    repair_sums(REGIONS, world.today)
    assert counted_in_regions(on=world.today) == by_looking(world, 0)
    assert Repair.objects.get().before == {"people": 7}


@pytest.mark.parametrize("regions", [1, 3])
def test_the_page_shows_the_sums_in_four_queries(
    world: World, regions: int, django_assert_num_queries: Any
) -> None:
    make.module(MODULES[0], parts=False)
    for number in range(regions):
        go_to(world, number, f"Regio {number}")
    world.fold(0)
    client = learning.signed_in(make.user_with(Role.EMPLOYEE, Role.PROGRAMME, name="petra"))
    address = reverse("monitoring:whole")
    shown = client.get(address)
    (module,) = shown.context["modules"]
    assert module.total.numbers == (2, 1, 0, 0)
    assert "Regio 0" in shown.content.decode()
    # 1 session, person and roles, 2 what is decided, 3 content stamp, 4 counts
    with django_assert_num_queries(4):
        client.get(address)


def test_there_is_nothing_while_the_works_council_did_not_decide_of_it(undecided: None) -> None:
    hanna = make.user_with(Role.EMPLOYEE, Role.PROGRAMME, name="hanna")
    assert learning.signed_in(hanna).get(reverse("monitoring:whole")).status_code == 403
