"""Tables of whom everybody is in another one too: a team's, and that of the whole organisation."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from leer.disclosure import api as disclosure
from leer.disclosure.api import BEGINNING, PEOPLE, Balance, Release, Table
from leer.disclosure.audit import Known, Tables, ranges, within
from tests.disclosure.worlds import Organisation, Way

pytestmark = pytest.mark.django_db
K = 10
NIGHT = datetime(2026, 11, 1, tzinfo=UTC)
FORK = Table((Balance((PEOPLE,), ("ja", "nee")),))
REST = "rest"


def take_in(
    name: str, yes: int, no: int, night: int = 0, *, table: Table = FORK, inside: str = ""
) -> Release | None:
    counts = {PEOPLE: yes + no, "ja": yes, "nee": no}
    return kept(name, counts, night, table=table, inside=inside)


def kept(
    name: str, counts: dict[str, int], night: int, *, table: Table, inside: str = ""
) -> Release | None:
    return disclosure.take_in(
        name,
        table,
        counts,
        since=disclosure.taken_until(name) or BEGINNING,
        until=NIGHT + timedelta(days=night),
        inside=inside,
    )


def test_tables_inside_say_no_more_of_a_cell_than_the_one_around_them() -> None:
    whole = take_in("al", 90, 90)
    assert whole
    teams = [take_in(f"team {n}", 60, 60, inside="al") for n in range(1, 3)]
    for cell in ("ja", "nee"):
        assert sum(team.at_least(cell) for team in teams if team) <= whole.at_least(cell)
    assert sum(team.at_least("ja", "nee") for team in teams if team) > 0


def test_what_one_table_has_the_next_cannot_have_and_what_it_has_it_keeps() -> None:
    take_in("al", 60, 0)
    assert said_by(take_in("team 1", 60, 0, inside="al")) == 50
    assert said_by(take_in("team 2", 60, 0, inside="al")) == 0
    take_in("al", 60, 0, night=1)
    assert said_by(take_in("team 1", 10, 0, night=1, inside="al")) >= 50


def said_by(release: Release | None) -> int:
    """What it says of *ja*."""
    assert release
    return release.at_least("ja")


def test_who_is_not_counted_in_the_whole_yet_is_counted_nowhere() -> None:
    take_in("al", 20, 20)
    with pytest.raises(ValueError, match="not counted in al yet"):
        take_in("team 1", 20, 20, night=1, inside="al")
    assert disclosure.latest("team 1") is None


def test_a_table_stays_where_it_is() -> None:
    take_in("al", 20, 20)
    take_in("team 1", 20, 20, inside="al")
    with pytest.raises(ValueError, match="another table"):
        take_in("team 1", 20, 20, night=1)


def test_without_it_two_tables_about_the_same_people_pin_them_all() -> None:
    """Twenty people, ten of whom chose each way: one table says ten of the one, one of the
    other, and each by itself leaves a range of ten.
    """
    people = {PEOPLE: 20, within("team", PEOPLE): 20}
    said = {"ja": 10, within("team", "nee"): 10}
    assert min(one.width for one in ranges(Tables(FORK, ("team",)), [(said, people)], k=K)) == 0


class TestAttack:
    """Everything that was ever shown of all together and of every team."""

    @pytest.mark.parametrize("seed", range(8))
    def test_a_range_of_k_people_is_left_of_every_cell_in_every_team(self, seed: int) -> None:
        """Of fewer people who came in between nothing is known: from none of them to all."""
        world = Teams(seed)
        known, truth = world.known(releases=4)
        shown = 0
        for found in ranges(Tables(world.table, world.groups), known, k=K):
            before = 0 if found.since is None else truth[found.since][found.cell]
            real = truth[found.to][found.cell] - before
            assert found.low - 1e-6 <= real <= found.high + 1e-6
            came = truth[found.to][people_of(found.cell)]
            came -= truth[found.since][people_of(found.cell)] if found.since is not None else 0
            assert found.width >= min(K, came) - 1e-6, found
            shown += found.low > 0 and "team" in found.cell
        assert shown

    def test_what_is_left_to_who_knows_the_method(self) -> None:
        """Measured, as for one table: not proven."""
        world = Teams(1)
        known, _ = world.known(releases=3)
        tables = Tables(world.table, world.groups)
        found = ranges(tables, known, k=K, knows_the_method=True)
        assert min(one.width for one in found) >= K / 2 - 1e-6


def people_of(cell: str) -> str:
    """The cell of everybody in the same group."""
    group, bar, _ = cell.rpartition("|")
    return f"{group}{bar}{PEOPLE}"


class Teams:
    """One story, played by the people of two or three teams, and by others or nobody else."""

    def __init__(self, seed: int) -> None:
        self.world = Organisation(seed, scenes=2, months=14, k=K)
        self.table = self.world.table
        self.dice = random.Random(seed)
        self.teams = tuple(f"team {number}" for number in range(2 + seed % 2))
        self.groups = (*self.teams, *((REST,) if seed % 4 else ()))

    def known(self, releases: int) -> tuple[Known, list[Counter[str]]]:
        """What is shown after each night on which something was released, and the truth."""
        known: list[tuple[dict[str, int], dict[str, int]]] = []
        truths: list[Counter[str]] = []
        for truth in self._nights(releases):
            exact = {cell: truth[cell] for cell in self._people()}
            known.append((self._shown(), exact))
            truths.append(truth)
        return known, truths

    def _nights(self, releases: int) -> Iterator[Counter[str]]:
        """The truth after each night on which something was released."""
        truth: Counter[str] = Counter()
        waiting: dict[str, list[Way]] = {group: [] for group in self.groups}
        for night in range(releases):
            came = [(self.dice.choice(self.groups), self.world.way()) for _ in range(60)]
            for group, way in came:
                waiting[group].append(way)
                truth.update(cell for cell in (*way, *(within(group, cell) for cell in way)))
            self._take_in("al", [way for _, way in came], night)
            for team in self.teams:
                if self._take_in(team, waiting[team], night, inside="al"):
                    waiting[team] = []
            yield Counter(truth)

    def _take_in(self, name: str, ways: list[Way], night: int, inside: str = "") -> bool:
        counts = Counter({PEOPLE: 0})
        counts.update(cell for way in ways for cell in way)
        return bool(kept(name, counts, night, table=self.table, inside=inside))

    def _people(self) -> Iterator[str]:
        yield PEOPLE
        yield from (within(group, PEOPLE) for group in self.groups)

    def _shown(self) -> dict[str, int]:
        """The figures of all together, and those of each team."""
        shown: dict[str, int] = {}
        for name in ("al", *self.teams):
            release = disclosure.latest(name)
            for cell, figure in release.figures.items() if release else ():
                shown[cell if name == "al" else within(name, cell)] = figure
        return shown
