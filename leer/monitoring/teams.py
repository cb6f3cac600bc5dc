"""A team as its manager may see it: who is where with which module, and nothing more.

Class A of the domain document, and of class D the own turn with plain reasons: nothing of another
team. Dates of completion, answers, scores and paths are not read here at all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation import api as organisation
from leer.risk import api as risk
from leer.rollout import api as rollout
from leer.rollout.api import Standing, State

# The order in which a manager reads: who needs help first.
NEEDS_HELP = (State.OVERDUE, State.TODO, State.BUSY)
READING_ORDER = (*NEEDS_HELP, State.DONE)


@dataclass(frozen=True)
class ModuleTally:
    """How many of the people who were assigned a module are where. ``due`` is the last day that
    holds for any of them.
    """

    title: str
    key: str
    due: date
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Everybody who was assigned it."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Who is done."""
        return self.counts[State.DONE]


@dataclass(frozen=True)
class Cell:
    """Where somebody is with one module: no state where it was not assigned, and a last day only
    while it is not done.
    """

    state: State | None = None
    due: date | None = None


NOT_ASSIGNED = Cell()


@dataclass(frozen=True)
class Member:
    """One person, with a cell for each module that is shown."""

    user_id: int
    name: str
    cells: tuple[Cell, ...]

    @property
    def state(self) -> State | None:
        """Where they need help most."""
        held = {cell.state for cell in self.cells}
        return next((state for state in READING_ORDER if state in held), None)


@dataclass(frozen=True)
class Group:
    """Everybody who needs help as much, by name."""

    state: State | None
    members: tuple[Member, ...]

    @property
    def words(self) -> str:
        """Where they are."""
        return rollout.state_words(self.state)


@dataclass(frozen=True)
class Own:
    """A module that the reader still has to do: leaders go first."""

    title: str
    key: str
    state: State
    due: date


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see of a team; nothing asked is everything."""

    module: str = ""
    state: State | None = None


EVERYTHING = Asked()


@dataclass(frozen=True)
class TeamView:
    """A team on a day. ``columns`` are the modules that were asked for, and ``everybody`` has a
    cell for each; ``own`` is the reader's. ``reasons`` only where there is a turn to explain.
    """

    day: date
    asked: Asked
    turns: tuple[rollout.Turn, ...]
    reasons: tuple[str, ...]
    modules: tuple[ModuleTally, ...]
    columns: tuple[ModuleTally, ...]
    everybody: tuple[Member, ...]
    own: tuple[Own, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Who needs help first stands first; only those that there are."""
        by_state: dict[State | None, list[Member]] = {
            state: [] for state in (*READING_ORDER, NOT_ASSIGNED.state)
        }
        for member in self.everybody:
            by_state[member.state].append(member)
        return tuple(Group(state, tuple(found)) for state, found in by_state.items() if found)

    @property
    def shown(self) -> tuple[Group, ...]:
        """Those that were asked for."""
        asked = self.asked.state
        return tuple(group for group in self.groups if asked in {None, group.state})

    @property
    def counts(self) -> dict[State | None, int]:
        """How many people are in each group."""
        return {group.state: len(group.members) for group in self.groups}

    @property
    def still_open(self) -> bool:
        """Somebody has something to do."""
        return any(tally.done < tally.total for tally in self.modules)


def view_of(team: organisation.Team, reader: User, asked: Asked = EVERYTHING) -> TeamView:
    """Everybody in the team today, in five queries however many they are: the people, where they
    and the reader are, content, the turn, and its reasons where there is one.
    """
    people, today = organisation.names_in(team), timezone.localdate()
    live = content.modules()
    ids = {person.user_id for person in people}
    known = rollout.standings_of_people(ids | {reader.pk}, today)
    rows = [row for row in known if row.module_key in live]
    tallies = tuple(_tallies(live, [row for row in rows if row.user_id in ids]))
    if asked.module not in {tally.key for tally in tallies}:
        asked = replace(asked, module="")
    columns = tuple(one for one in tallies if asked.module in {"", one.key})
    turns = tuple(rollout.turns_of(team, having=[tally.key for tally in tallies]))
    return TeamView(
        day=today,
        asked=asked,
        turns=turns,
        reasons=risk.plain_reasons(team.pk, today) if turns else (),
        modules=tallies,
        columns=columns,
        everybody=tuple(_members(people, columns, rows)),
        own=tuple(_own(live, [row for row in rows if row.user_id == reader.pk])),
    )


def _tallies(live: Mapping[str, content.Module], rows: Iterable[Standing]) -> Iterator[ModuleTally]:
    """First what is due first."""
    by_module: dict[str, list[Standing]] = {}
    for row in rows:
        by_module.setdefault(row.module_key, []).append(row)
    for key, held in by_module.items():
        counts = Counter(row.state.value for row in held)
        yield ModuleTally(
            title=live[key].title,
            key=key,
            due=max(row.due_on for row in held),
            counts={state.value: counts[state.value] for state in State},
        )


def _members(
    people: Iterable[organisation.Named],
    columns: Sequence[ModuleTally],
    rows: Iterable[Standing],
) -> Iterator[Member]:
    cells = {(row.user_id, row.module_key): _cell(row) for row in rows}
    for user_id, name in people:
        held = (cells.get((user_id, module.key), NOT_ASSIGNED) for module in columns)
        yield Member(user_id, name, tuple(held))


def _cell(row: Standing) -> Cell:
    return Cell(row.state, None if row.state is State.DONE else row.due_on)


def _own(live: Mapping[str, content.Module], rows: Iterable[Standing]) -> Iterator[Own]:
    for row in rows:
        if row.state is not State.DONE:
            yield Own(live[row.module_key].title, row.module_key, row.state, row.due_on)
