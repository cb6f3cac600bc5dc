"""What is booked stays where it can, and what cannot is said."""

from collections import Counter
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from leer.rollout.planning import (
    Method,
    Move,
    Problem,
    Replanned,
    Session,
    Status,
    Team,
    broken_rules,
    plan,
    replan,
)
from leer.rollout.planning.replanning import Why
from tests.rollout.planning.problems import a_service, small_problems
from tests.rollout.planning.test_planning import problem, team


def kept_by_chance(before: tuple[Session, ...], after: tuple[Session, ...]) -> int:
    """Bookings that two plans share."""
    old, new = (Counter((one.team, one.week) for one in some) for some in (before, after))
    return (old & new).total()


def without_seats(problem: Problem, week: int) -> Problem:
    """All sessions of one week cancelled, everywhere."""
    seats = {
        region: tuple(0 if number == week else count for number, count in enumerate(weeks))
        for region, weeks in problem.seats.items()
    }
    return replace(problem, seats=seats)


def moves(done: Replanned) -> list[Move]:
    """What changed."""
    return list(done.moves)


class TestAnyChange:
    @given(small_problems(after=True))
    def test_without_a_change_nothing_moves(self, problem: Problem) -> None:
        before = plan(problem)
        done = replan(problem, before.sessions)
        assert done.plan.sessions == before.sessions
        assert (done.kept, moves(done)) == (len(before.sessions), [])

    @given(small_problems(after=True), st.integers(0, 3))
    def test_no_rule_is_broken_and_every_change_is_told(self, problem: Problem, week: int) -> None:
        before = plan(problem).sessions
        changed = without_seats(problem, week)
        done = replan(changed, before)
        assert broken_rules(changed, done.plan.sessions) == []
        gone = sum(one.from_week is not None for one in done.moves)
        come = sum(one.to_week is not None for one in done.moves)
        assert done.kept + gone == len(before)
        assert done.kept + come == len(done.plan.sessions)

    @given(small_problems(), st.integers(0, 3), st.sampled_from(Method))
    def test_keeps_at_least_what_a_new_plan_would(
        self, problem: Problem, week: int, method: Method
    ) -> None:
        before, changed = plan(problem).sessions, without_seats(problem, week)
        anew = plan(changed, method=method)
        assume(anew.status is Status.PLANNED)
        done = replan(changed, before)
        assert done.plan.status is Status.PLANNED
        assert done.kept >= kept_by_chance(before, anew.sessions)


class TestExamples:
    def test_a_cancelled_week_moves_only_those_who_were_in_it(self) -> None:
        service = a_service(5, teams=80, regions=2, load=0.6)
        before = plan(service).sessions
        done = replan(without_seats(service, 9), before)
        assert done.plan.status is Status.PLANNED
        assert done.kept == sum(one.week != 9 for one in before)
        assert {one.from_week for one in done.moves} == {9}
        assert {one.why for one in done.moves} == {Why.NO_SEATS}

    def test_of_two_that_no_longer_fit_the_one_with_less_risk_moves(self) -> None:
        high, low = team("hoog", score=90.0), team("laag", score=10.0)
        before = [Session("hoog", 0, 12), Session("laag", 0, 12)]
        done = replan(problem(high, low, seats=[12, 12]), before)
        assert moves(done) == [Move("laag", 0, 1, Why.NO_SEATS)]

    def test_somebody_moves_for_a_deadline_that_cannot_be_met_otherwise(self) -> None:
        free, strict = team("vrij", score=90.0), team("strak", deadline_week=0)
        before = [Session("vrij", 0, 12)]
        done = replan(problem(free, strict, seats=[12, 12]), before)
        assert moves(done) == [
            Move("strak", None, 0, Why.NEW),
            Move("vrij", 0, 1, Why.MAKES_ROOM),
        ]

    def test_a_new_colleague_joins_a_session_of_the_team(self) -> None:
        done = replan(problem(team(size=9), seats=[12, 12]), [Session("t1", 1, 8)])
        assert done.plan.sessions == (Session("t1", 1, 9),)
        assert moves(done) == []

    def test_a_team_that_was_split_keeps_its_seats(self) -> None:
        halves = [team(name, size=6, formerly="oud") for name in ("een", "twee")]
        before = [Session("oud", 0, 6), Session("oud", 1, 6)]
        done = replan(problem(*halves, seats=[12, 12]), before)
        assert Counter(one.week for one in done.plan.sessions) == {0: 1, 1: 1}
        assert moves(done) == []

    def test_a_team_that_is_gone_gives_its_seats_back(self) -> None:
        done = replan(problem(team(), seats=[12]), [Session("weg", 0, 12)])
        assert done.plan.sessions == (Session("t1", 0, 12),)
        assert Move("weg", 0, None, Why.NOT_NEEDED) in moves(done)

    def test_a_week_that_a_team_cannot_any_more(self) -> None:
        done = replan(
            problem(team(blackout_weeks=frozenset({0})), seats=[12, 12]), [Session("t1", 0, 12)]
        )
        assert moves(done) == [Move("t1", 0, 1, Why.NOT_THEN)]

    def test_who_loses_a_place_and_finds_no_other_is_told_why(self) -> None:
        gone = replan(problem(team(ready_week=1), seats=[12]), [Session("t1", 0, 12)])
        assert moves(gone) == [Move("t1", 0, None, Why.NOT_THEN)]
        full = replan(problem(team(), seats=[0]), [Session("t1", 0, 12)])
        assert moves(full) == [Move("t1", 0, None, Why.NO_SEATS)]


def test_higher_risk_moves_nobody_who_has_a_seat() -> None:
    """Risk that rises later changes who gets the seats that are left, not what was promised."""
    teams = [team("t1", score=10.0), team("t2", score=50.0)]
    before = plan(problem(*teams, seats=[12, 12])).sessions
    raised = [Team(**{**vars(teams[0]), "score": 99.0}), teams[1]]
    assert moves(replan(problem(*raised, seats=[12, 12]), before)) == []
