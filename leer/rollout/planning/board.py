"""The board on which sessions are put: which seats are left, and who is away already."""

from collections import Counter
from collections.abc import Iterable

from leer.rollout.planning.plan import Session
from leer.rollout.planning.problem import Problem, Team


class Board:
    """Sessions that are put down, and what that leaves for others."""

    def __init__(self, problem: Problem, sessions: Iterable[Session] = ()) -> None:
        self._problem = problem
        self._rooms = {region: problem.rooms(region) for region in problem.seats}
        self._away: Counter[tuple[str, int]] = Counter()
        self._held: dict[str, list[Session]] = {team: [] for team in problem.by_id}
        for one in sessions:
            self.put(one)

    def put(self, session: Session) -> None:
        """Put one down."""
        self._count(session, 1)
        self._held[session.team].append(session)

    def take(self, session: Session) -> None:
        """Take one away again."""
        self._count(session, -1)
        self._held[session.team].remove(session)

    def first_fit(self, team: Team, people: int, weeks: Iterable[int]) -> int | None:
        """The first of these weeks with a room for so many, and not too many of the team away."""
        rooms = self._rooms[team.region]
        for week in weeks:
            if rooms[week] > 0 and people <= self.may_go(team, week):
                return week
        return None

    def may_go(self, team: Team, week: int) -> int:
        """How many more of a team may be away in this week."""
        return self._problem.most_absent(team) - self._away[team.id, week]

    def held(self, team: Team) -> list[Session]:
        """The sessions of one team."""
        return self._held[team.id]

    def missing(self, team: Team) -> int:
        """People of a team without a session."""
        return team.size - sum(one.people for one in self._held[team.id])

    @property
    def sessions(self) -> list[Session]:
        """Everything on the board."""
        return [one for held in self._held.values() for one in held]

    def _count(self, session: Session, one: int) -> None:
        self._rooms[self._problem.by_id[session.team].region][session.week] -= one
        self._away[session.team, session.week] += one * session.people
