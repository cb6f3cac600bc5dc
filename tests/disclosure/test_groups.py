"""Groups of people who are taken in together: a team's, within the whole organisation."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from leer.disclosure import api as disclosure
from leer.disclosure.api import BEGINNING, PEOPLE, Balance, Release, Table
from leer.disclosure.audit import Known, Tables, ranges, within
from leer.disclosure.figures import Patience
from tests.disclosure.worlds import Organisation, Way

pytestmark = pytest.mark.django_db
K = 10
NIGHT = datetime(2026, 11, 1, tzinfo=UTC)
FORK = Table((Balance((PEOPLE,), ("ja", "nee")),))

type Counts = dict[str, int]


@pytest.fixture
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits: the figures that say most."""
    monkeypatch.setattr("leer.disclosure.actions.secret_patience", lambda *_: lambda *_: 0)


def fork(yes: int, no: int) -> Counts:
    return {PEOPLE: yes + no, "ja": yes, "nee": no}


def take_in(
    counts: Mapping[str, int],
    night: int = 0,
    *,
    table: Table = FORK,
    groups: Mapping[str, Mapping[str, int]] | None = None,
) -> Release | None:
    return disclosure.take_in(
        "al",
        table,
        counts,
        since=disclosure.taken_until("al") or BEGINNING,
        until=NIGHT + timedelta(days=night),
        groups=groups,
    )


def said(name: str) -> dict[str, int]:
    release = disclosure.latest(name)
    assert release
    return {cell: figure for cell, figure in release.figures.items() if cell != PEOPLE}


@pytest.mark.usefixtures("_patience")
def test_groups_say_together_no_more_of_a_cell_than_the_whole_says() -> None:
    team = fork(60, 60)
    take_in(fork(90, 90) | {PEOPLE: 240, "ja": 120, "nee": 120}, groups={"t1": team, "t2": team})
    of_teams = Counter(said("t1")) + Counter(said("t2"))
    assert of_teams.total() > 0
    assert not of_teams - Counter(said("al"))


@pytest.mark.usefixtures("_patience")
def test_what_was_shown_before_is_not_shown_of_a_group_that_comes_now() -> None:
    """The first night said ten of *ja*; the second says ten more of *nee* and none of *ja*."""
    take_in(fork(20, 0))
    assert said("al") == {"ja": 10}
    take_in(fork(10, 20), night=1, groups={"team": fork(10, 20)})
    grown = Counter(said("al")) - Counter({"ja": 10})
    assert not Counter(said("team")) - grown


def test_a_team_does_not_pin_those_who_came_a_night_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twenty people came first, ten of whom said *nee*; then a team of twenty, ten of whom did. In
    all at least twenty say *ja* and ten *nee*: had the team said ten of *nee* too, everybody would
    have been ten and ten.
    """

    def patience(secret: str, name: str, k: int) -> Patience:
        return lambda cell, figure: 9 if (name, cell, figure) == ("al", "nee", 20) else 0

    monkeypatch.setattr("leer.disclosure.actions.secret_patience", patience)
    take_in(fork(10, 10))
    take_in(fork(10, 10), night=1, groups={"team": fork(10, 10)})
    before, after = (release.figures for release in disclosure.history("al"))
    assert (before["nee"], after["nee"], after["ja"]) == (10, 10, 20)
    team = {within("team", cell): figure for cell, figure in said("team").items()}
    nights = [
        (before, {PEOPLE: 20, within("team", PEOPLE): 0, within("rest", PEOPLE): 20}),
        (after | team, {PEOPLE: 40, within("team", PEOPLE): 20, within("rest", PEOPLE): 20}),
    ]
    found = ranges(Tables(FORK, ("team", "rest")), nights, k=K)
    assert min(one.width for one in found if one.high > 0) >= K


def test_without_it_two_tables_about_the_same_people_pin_them_all() -> None:
    """Twenty people, ten of whom chose each way: one table says ten of the one, one of the
    other, and each by itself leaves a range of ten.
    """
    people = {PEOPLE: 20, within("team", PEOPLE): 20}
    told = {"ja": 10, within("team", "nee"): 10}
    assert min(one.width for one in ranges(Tables(FORK, ("team",)), [(told, people)], k=K)) == 0


@pytest.mark.usefixtures("_patience")
def test_a_release_of_a_group_is_about_those_who_came_with_it() -> None:
    team = {"team": fork(30, 0)}
    take_in(fork(60, 0), groups=team)
    take_in(fork(60, 0), night=1, groups=team)
    first, second = disclosure.history("team")
    assert (first.people, second.people) == (30, 30)
    assert (first.until, second.until) == (NIGHT, NIGHT + timedelta(days=1))


def test_when_too_few_come_nothing_is_said_of_the_group_either() -> None:
    assert take_in(fork(5, 4), groups={"team": fork(5, 4)}) is None
    assert disclosure.latest("team") is None


class Teams:
    """One story, played by the people of two or three teams, and by others or nobody else. Of a
    team people are taken in together, some nights after the first of them came.
    """

    def __init__(self, seed: int) -> None:
        self.world = Organisation(seed, scenes=2, months=14, k=K)
        self.table = self.world.table
        self.dice = random.Random(seed)
        self.teams = tuple(f"team {number}" for number in range(2 + seed % 2))
        self.groups: list[str] = []
        self._people: dict[str, int] = {}
        self._said: Counts = {}

    def known(self, nights: int) -> tuple[Known, list[Counter[str]]]:
        """What is shown after each night on which something was released, and the truth."""
        seen: list[tuple[Counts, Counts, Counter[str]]] = []
        truth: Counter[str] = Counter()
        for night, batches in enumerate(self._batches(nights)):
            for group, ways in batches.items():
                truth.update(cell for way in ways for cell in self._cells(way, group))
            if self._take_in(batches, night):
                seen.append((dict(self._said), dict(self._people), Counter(truth)))
        known = [
            (
                figures,
                {within(group, PEOPLE): people.get(group, 0) for group in self.groups}
                | {PEOPLE: sum(people.values())},
            )
            for figures, people, _ in seen
        ]
        return known, [truth for *_, truth in seen]

    def _batches(self, nights: int) -> Iterator[dict[str, list[Way]]]:
        """Who is taken in together each night, by a name that is new each time."""
        waiting: dict[str, list[Way]] = {}
        for night in range(nights):
            for _ in range(60):
                team = self.dice.choice((*self.teams, "rest"))
                waiting.setdefault(team, []).append(self.world.way())
            closed = [team for team in waiting if team == "rest" or self.dice.random() < 0.5]
            yield {f"{team} {night}": waiting.pop(team) for team in closed}

    def _take_in(self, batches: Mapping[str, list[Way]], night: int) -> bool:
        counts = {group: _counted(ways) for group, ways in batches.items()}
        teams = {group: one for group, one in counts.items() if not group.startswith("rest")}
        whole = sum(counts.values(), Counter())
        release = take_in(whole, night, table=self.table, groups=teams)
        assert release
        self.groups += batches
        self._people |= {group: len(ways) for group, ways in batches.items()}
        self._said |= release.figures
        for team in teams:
            self._said |= {within(team, cell): figure for cell, figure in said(team).items()}
        return True

    def _cells(self, way: Way, group: str) -> Iterator[str]:
        yield from way
        yield from (within(group, cell) for cell in way)


def _counted(ways: list[Way]) -> Counter[str]:
    return Counter(cell for way in ways for cell in way)


class TestAttack:
    """Everything that was ever shown of all together and of every team, over time."""

    @pytest.mark.parametrize("seed", range(3))
    @pytest.mark.usefixtures("_patience")
    def test_a_range_of_k_people_is_left_of_every_cell_of_every_team(self, seed: int) -> None:
        """Of fewer people nothing is known: from none of them to all."""
        world = Teams(seed)
        known, truth = world.known(nights=3)
        shown = 0
        for found in ranges(Tables(world.table, tuple(world.groups)), known, k=K):
            before = 0 if found.since is None else truth[found.since][found.cell]
            real = truth[found.to][found.cell] - before
            assert found.low - 1e-6 <= real <= found.high + 1e-6
            came = truth[found.to][people_of(found.cell)]
            came -= truth[found.since][people_of(found.cell)] if found.since is not None else 0
            assert found.width >= min(K, came) - 1e-6, found
            shown += found.low > 0 and "team" in found.cell
        assert shown


def people_of(cell: str) -> str:
    """The cell of everybody in the same group."""
    group, bar, _ = cell.rpartition("|")
    return f"{group}{bar}{PEOPLE}"
