"""A team as its manager may see it: who is where with which module, and nothing more.

Class A of the domain document, and of class D the own wave with plain reasons: nothing of another
team. Dates of completion, answers, scores and paths are not read here at all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.monitoring.figures.conversation import Talk, talks
from leer.organisation import api as organisation
from leer.progress import api as progress
from leer.risk import api as risk
from leer.rollout import api as rollout
from leer.rollout.api import State

# The order in which a manager reads: who needs help first.
READING_ORDER = (State.OVERDUE, State.TODO, State.BUSY, State.DONE)


@dataclass(frozen=True)
class ModuleTally:
    """How many of the people who were assigned a module are where."""

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
class Member:
    """One person; ``states`` in the order of the modules, ``None`` where not assigned."""

    user_id: int
    name: str
    states: tuple[State | None, ...]


@dataclass(frozen=True)
class Turn:
    """When a team's wave opens (or opened), and in which programme. No number of the wave: that
    would tell how many come before it.
    """

    programme: str
    opens_on: date
    is_open: bool


@dataclass(frozen=True)
class TeamView:
    """A team's page; ``reasons`` only where there is a turn to explain."""

    turns: tuple[Turn, ...]
    reasons: tuple[str, ...]
    modules: tuple[ModuleTally, ...]
    members: tuple[Member, ...]
    talks: tuple[Talk, ...]


def view_of(team: organisation.Team) -> TeamView:
    """Everybody in the team today, in five queries however many they are, and three more for the
    reasons of a turn.
    """
    people = [membership.user for membership in organisation.members_of(team)]
    assignments = rollout.assignments_of_people([person.pk for person in people])
    due = {(row.user_id, row.module_key): row.due_on for row in assignments}
    live = content.modules()
    keys = [key for key in dict.fromkeys(row.module_key for row in assignments) if key in live]
    begun = progress.stays_of_people([person.pk for person in people], keys)
    today = timezone.localdate()
    states = {
        (row.user_id, row.module_key): rollout.state_in_round(row, begun, today)
        for row in assignments
    }
    tallies = tuple(_tally(live[key], due, states) for key in keys)
    about = tuple(talks([live[key] for key in keys]))
    turns = _turns(team, keys)
    reasons = risk.plain_reasons(team.pk, today) if turns else ()
    return TeamView(turns, reasons, tallies, _members(people, keys, states), about)


def _turns(team: organisation.Team, keys: Sequence[str]) -> tuple[Turn, ...]:
    return tuple(
        Turn(wave.programme.title, wave.opens_on, wave.opened_at is not None)
        for wave in rollout.waves_of(team, having=keys)
    )


def _tally(
    module: content.Module,
    due: dict[tuple[int, str], date],
    states: dict[tuple[int, str], State],
) -> ModuleTally:
    counts = Counter(state.value for (_, key), state in states.items() if key == module.key)
    last_day = max(day for (_, key), day in due.items() if key == module.key)
    return ModuleTally(
        title=module.title,
        key=module.key,
        due=last_day,
        counts={state.value: counts[state.value] for state in State},
    )


def _members(
    people: Sequence[User], keys: Sequence[str], states: dict[tuple[int, str], State]
) -> tuple[Member, ...]:
    """By state, then by name: who needs help stands first."""
    members = [
        Member(person.pk, str(person), tuple(states.get((person.pk, key)) for key in keys))
        for person in people
    ]
    return tuple(sorted(members, key=_urgency))


def _urgency(member: Member) -> int:
    places = [READING_ORDER.index(state) for state in member.states if state]
    return min(places, default=len(READING_ORDER))
