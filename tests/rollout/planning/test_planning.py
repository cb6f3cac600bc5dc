"""Plans keep every rule, are the best there is or near it, and do not depend on chance."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leer.rollout.planning import (
    Cause,
    Method,
    Plan,
    Problem,
    Session,
    Status,
    Team,
    broken_rules,
    exposure_weeks,
    plan,
)
from tests.rollout.planning import brute_force
from tests.rollout.planning.problems import a_service, small_problems

methods = st.sampled_from(Method)


def problem(*teams: Team, seats: list[int], share: float = 1.0, size: int = 12) -> Problem:
    """Teams in one region."""
    return Problem(len(seats), size, {"noord": tuple(seats)}, share, teams)


def team(identity: str = "t1", **facts: object) -> Team:
    """A team of twelve with a score of 50."""
    return Team(**{"id": identity, "region": "noord", "size": 12, "score": 50.0, **facts})  # type: ignore[arg-type]


def with_more_seats(problem: Problem, week: int) -> Problem:
    """A session more in the north, in one week."""
    seats = list(problem.seats["noord"])
    seats[week] += problem.session_size
    return replace(problem, seats={**problem.seats, "noord": tuple(seats)})


def missing(found: Plan) -> int:
    """People without a session."""
    return sum(one.people for one in found.shortages)


class TestRules:
    @given(small_problems(after=True), methods)
    def test_no_plan_breaks_a_rule(self, problem: Problem, method: Method) -> None:
        found = plan(problem, method=method)
        assert broken_rules(problem, found.sessions) == []

    @given(small_problems(after=True), methods)
    def test_says_of_everybody_when_or_that_there_is_no_seat(
        self, problem: Problem, method: Method
    ) -> None:
        found = plan(problem, method=method)
        planned = sum(one.people for one in found.sessions)
        assert planned + missing(found) == sum(team.size for team in problem.teams)
        assert (found.status is Status.PLANNED) == (not found.shortages)

    @given(small_problems(), methods, st.randoms(use_true_random=False))
    def test_order_of_the_input_tells_nothing(
        self, problem: Problem, method: Method, dice: object
    ) -> None:
        teams = list(problem.teams)
        dice.shuffle(teams)  # type: ignore[attr-defined]
        assert plan(replace(problem, teams=tuple(teams)), method=method) == plan(
            problem, method=method
        )

    @given(small_problems(), st.data())
    def test_more_seats_are_never_worse_for_the_exact_plan(
        self, problem: Problem, data: st.DataObject
    ) -> None:
        assume(plan(problem, method=Method.EXACT).status is Status.PLANNED)
        week = data.draw(st.integers(0, problem.weeks - 1))
        before = plan(problem, method=Method.EXACT)
        after = plan(with_more_seats(problem, week), method=Method.EXACT)
        assert after.exposure_weeks <= before.exposure_weeks + 1e-9

    def test_more_seats_may_cost_the_explainable_plan_a_little_and_the_exact_one_never(
        self,
    ) -> None:
        """Found by chance: a seat in the last week lets it stop looking for an earlier one. The
        same is known of every plan that takes one after the other in an order (Graham, 1969).
        """
        few = problem(team("t0", size=1), team("t1", size=2), seats=[0, 4, 8, 0], share=0.0, size=4)
        more = with_more_seats(few, 3)
        assert [plan(one).exposure_weeks for one in (few, more)] == [2.5, 3.0]
        assert [plan(one, method=Method.EXACT).exposure_weeks for one in (few, more)] == [2.5, 2.5]

    @given(small_problems(), methods)
    def test_exposure_adds_up_over_teams(self, problem: Problem, method: Method) -> None:
        found = plan(problem, method=method)
        parts = sum(
            exposure_weeks(
                replace(problem, teams=(one,)),
                [session for session in found.sessions if session.team == one.id],
            )
            for one in problem.teams
        )
        assert parts == pytest.approx(found.exposure_weeks)


class TestBest:
    @settings(max_examples=300)
    @given(small_problems())
    def test_exact_plan_is_the_one_that_trying_all_of_them_finds(self, problem: Problem) -> None:
        fits, least = brute_force.best(problem)
        found = plan(problem, method=Method.EXACT)
        assert (found.status is Status.PLANNED) == fits
        assert found.exposure_weeks == pytest.approx(least, abs=1e-4)

    @given(small_problems())
    def test_greedy_says_that_it_does_not_fit_only_when_it_does_not(self, problem: Problem) -> None:
        fits, least = brute_force.best(problem)
        found = plan(problem)
        assert (found.status is Status.PLANNED) == fits
        assert found.exposure_weeks >= least - 1e-4

    @given(small_problems(after=True), methods)
    def test_no_plan_is_below_the_bound(self, problem: Problem, method: Method) -> None:
        bound = plan(problem, method=method).lower_bound
        assert bound <= plan(problem, method=Method.EXACT).exposure_weeks + 1e-9

    @pytest.mark.parametrize("share", [0.3, 0.5, 1.0])
    def test_of_a_service(self, share: float) -> None:
        problem = a_service(3, teams=60, regions=2, share=share)
        exact, greedy = plan(problem, method=Method.EXACT), plan(problem)
        assert exact.exposure_weeks <= exact.lower_bound * 1.05
        assert greedy.exposure_weeks <= exact.exposure_weeks * 1.01


class TestExamples:
    def test_goes_by_what_a_session_takes_away_not_by_score(self) -> None:
        small, full = team("klein", size=3, score=100.0), team("vol", score=60.0)
        found = plan(problem(small, full, seats=[12, 12]))
        assert found.sessions == (Session("vol", 0, 12), Session("klein", 1, 3))

    def test_seats_are_kept_for_a_deadline(self) -> None:
        many, few = team("veel", score=90.0), team("weinig", size=2, score=10.0, deadline_week=0)
        found = plan(problem(many, few, seats=[12, 12]))
        assert found.status is Status.PLANNED
        assert found.sessions == (Session("weinig", 0, 2), Session("veel", 1, 12))

    def test_at_most_a_share_is_away(self) -> None:
        found = plan(problem(team(size=10), seats=[24, 24], share=0.5))
        assert found.sessions == (Session("t1", 0, 5), Session("t1", 1, 5))

    def test_one_person_always_may(self) -> None:
        found = plan(problem(team(size=2), seats=[24, 24], share=0.0))
        assert [one.people for one in found.sessions] == [1, 1]

    def test_waits_for_those_who_go_first(self) -> None:
        leaders, people = team("leiders", score=1.0), team("mensen", score=99.0, after=("leiders",))
        found = plan(problem(people, leaders, seats=[24, 24]))
        assert found.sessions == (Session("leiders", 0, 12), Session("mensen", 1, 12))

    def test_without_a_session_the_whole_horizon_counts(self) -> None:
        found = plan(problem(team(size=4, score=50.0), seats=[0, 0]))
        assert found.status is Status.INFEASIBLE
        assert found.exposure_weeks == 4 * 0.5 * 2

    def test_seed_draws_the_order_of_equals_and_is_repeatable(self) -> None:
        teams = [team(f"t{number}") for number in range(6)]
        equal = problem(*teams, seats=[12] * 6)
        orders = {plan(equal, seed=seed).sessions for seed in range(5)}
        assert len(orders) > 1
        assert plan(equal, seed=3) == plan(equal, seed=3)
        assert {plan(equal, seed=seed).exposure_weeks for seed in range(5)} == {90.0}

    def test_within_a_tier_chance_decides_and_between_tiers_risk(self) -> None:
        scores = {"a": 79.0, "b": 71.0, "c": 78.0, "d": 72.0, "e": 31.0}
        teams = [team(identity, score=score) for identity, score in scores.items()]
        tiered = replace(problem(*teams, seats=[12] * 5), tier=10.0)
        orders = {tuple(one.team for one in plan(tiered, seed=seed).sessions) for seed in range(9)}
        assert len(orders) > 1
        assert {order[-1] for order in orders} == {"e"}


class TestShort:
    def test_says_where_and_how_much(self) -> None:
        found = plan(problem(team(size=15, deadline_week=0), seats=[12, 12]))
        (short,) = found.shortages
        assert (short.team, short.region, short.people, short.seats) == ("t1", "noord", 3, 12)
        assert (short.first_week, short.last_week, short.cause) == (0, 0, Cause.SEATS)

    def test_those_with_the_most_risk_still_come(self) -> None:
        high, low = team("hoog", score=90.0), team("laag", score=10.0)
        found = plan(problem(high, low, seats=[12]))
        assert found.sessions == (Session("hoog", 0, 12),)

    def test_no_week_at_all(self) -> None:
        found = plan(problem(team(ready_week=1, deadline_week=0), seats=[12, 12]))
        assert [one.cause for one in found.shortages] == [Cause.NO_WEEKS]

    def test_too_few_may_be_away(self) -> None:
        found = plan(problem(team(size=9, deadline_week=1), seats=[24, 24], share=0.4))
        assert [(one.cause, one.people) for one in found.shortages] == [(Cause.TOO_MANY_ABSENT, 3)]

    def test_who_waits_for_somebody_without_a_session_has_none_either(self) -> None:
        leaders = team("leiders", deadline_week=0)
        found = plan(problem(leaders, team("mensen", after=("leiders",)), seats=[0, 24]))
        assert {one.team for one in found.shortages} == {"leiders", "mensen"}
