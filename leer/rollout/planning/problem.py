"""What has to be planned: teams, and the seats there are for them.

Weeks count from 0. A session is for one team, in one week, and takes ``session_size`` seats of its
region however many come.
"""

from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, floor


@dataclass(frozen=True)
class Team:
    """People who are planned together.

    ``score`` is the team's risk, 0 to 100. Nobody comes before ``ready_week``, in one of the
    ``blackout_weeks`` or after ``deadline_week`` (``None``: any week will do). ``after`` names
    teams that must be done first: nobody of this one comes before the week after their last.
    ``formerly`` is the team that this one was part of: what is booked for that one is for these.
    """

    id: str
    region: str
    size: int
    score: float
    blackout_weeks: frozenset[int] = frozenset()
    ready_week: int = 0
    deadline_week: int | None = None
    after: tuple[str, ...] = ()
    formerly: str | None = None


@dataclass(frozen=True)
class Division:
    """How many of a team can be away in one week: ``full`` sessions with every seat taken, and one
    more with ``rest`` people in it (0: no such one).
    """

    full: int
    rest: int


@dataclass(frozen=True)
class Problem:
    """A whole planning: ``seats`` are those per week, by region.

    ``max_absent_share`` is the share of a team that may be away in one week; one person always
    may. Teams whose scores are in the same ``tier`` (so many points) are equal when an order is
    drawn; 0: only those whose sessions weigh the same are.
    """

    weeks: int
    session_size: int
    seats: dict[str, tuple[int, ...]]
    max_absent_share: float
    teams: tuple[Team, ...] = field(default=())
    tier: float = 0.0

    @cached_property
    def by_id(self) -> dict[str, Team]:
        """The teams by their ids, in the order of those: the order of the input tells nothing."""
        return {team.id: team for team in sorted(self.teams, key=lambda team: team.id)}

    def rooms(self, region: str) -> list[int]:
        """How many sessions fit in each week."""
        return [seats // self.session_size for seats in self.seats[region]]

    def most_absent(self, team: Team) -> int:
        """People of this team who may be away in one week."""
        return max(1, floor(self.max_absent_share * team.size))

    def division(self, team: Team) -> Division:
        """See ``Division``. Who may all go at once needs no rest: the last session holds it."""
        most = self.most_absent(team)
        if team.size <= most:
            return Division(self.sessions_needed(team), 0)
        return Division(*divmod(most, self.session_size))

    def sessions_needed(self, team: Team) -> int:
        """The fewest sessions that a team can do with."""
        return ceil(team.size / min(self.session_size, self.most_absent(team)))

    def allowed_weeks(self, team: Team) -> list[int]:
        """The weeks in which people of this team may come."""
        last = self.weeks - 1 if team.deadline_week is None else team.deadline_week
        weeks = range(team.ready_week, min(last, self.weeks - 1) + 1)
        return [week for week in weeks if week not in team.blackout_weeks]
