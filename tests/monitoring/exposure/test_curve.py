"""What exposure adds up to holds whatever the numbers are."""

from datetime import date, timedelta
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.monitoring.exposure import curve
from leer.monitoring.exposure.curve import Cell, Planned
from leer.rollout import planning
from leer.rollout.planning import Problem, Session, Team

MONDAY = date(2026, 1, 5)
scores = st.floats(0, 100)
days = st.integers(-30, 400).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def cells(draw: st.DrawFn, score: float | None = None) -> Cell:
    people = draw(st.integers(0, 60))
    risk = draw(scores) if score is None else score
    return Cell.of(people, draw(st.integers(0, people)), risk)


@given(st.lists(cells()))
def test_coverage_is_between_nobody_and_everybody(some: list[Cell]) -> None:
    total = curve.together(some)
    assert 0 <= total.coverage <= 1
    assert 0 <= total.weighted_coverage <= 1
    assert 0 <= total.left <= total.risk + 1e-9


@given(st.floats(1, 100).flatmap(lambda score: st.lists(cells(score=score), min_size=1)))
def test_with_equal_risk_weighted_coverage_is_coverage(some: list[Cell]) -> None:
    total = curve.together(some)
    assert total.weighted_coverage == pytest.approx(total.coverage)


@given(st.lists(cells(), min_size=1), st.data())
def test_one_more_completion_never_lowers_coverage(some: list[Cell], data: st.DataObject) -> None:
    before = curve.together(some)
    open_ = [cell for cell in some if cell.protected < cell.people]
    if not open_:
        return
    one = data.draw(st.sampled_from(open_))
    each = one.risk / one.people
    after = before + Cell(0, 1, 0.0, each)
    assert after.coverage >= before.coverage
    assert after.weighted_coverage >= before.weighted_coverage - 1e-12
    assert after.left <= before.left + 1e-9


@given(st.lists(cells()), st.integers(0, 20))
def test_exposure_adds_up_however_people_are_grouped(some: list[Cell], cut: int) -> None:
    parts = curve.together(some[:cut]) + curve.together(some[cut:])
    whole = curve.together(reversed(some))
    assert parts.left == pytest.approx(whole.left)
    assert (parts.people, parts.protected) == (whole.people, whole.protected)


@given(days, days, st.none() | st.integers(1, 60))
def test_protection_begins_at_completion_and_ends_after_its_weeks(
    done_on: date, day: date, weeks: int | None
) -> None:
    held = curve.is_protected(done_on, day, weeks)
    ends = done_on + timedelta(weeks=weeks) if weeks else date.max
    assert held is (done_on <= day < ends)
    assert not curve.is_protected(None, day, weeks)


@st.composite
def bookings(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = (draw(st.integers(1, 6)), draw(st.integers(1, 12)))
    rows = st.lists(st.integers(0, 15), min_size=shape[1], max_size=shape[1])
    booked = np.array(draw(st.lists(rows, min_size=shape[0], max_size=shape[0])), dtype=float)
    people = draw(st.lists(st.integers(0, 80), min_size=shape[0], max_size=shape[0]))
    return np.array(people, dtype=float), booked


@given(bookings(), st.none() | st.integers(1, 15))
def test_a_plan_protects_no_more_people_than_there_are(
    given_: tuple[np.ndarray, np.ndarray], weeks: int | None
) -> None:
    people, booked = given_
    found = curve.protected_by_plan(people, booked, weeks)
    assert found.shape == booked.shape
    assert (found >= 0).all()
    assert (found <= people[:, None]).all()
    if weeks is None:
        assert (np.diff(found, axis=1) >= 0).all()


def test_what_a_plan_promised_is_over_when_its_validity_is() -> None:
    found = curve.protected_by_plan(np.array([10.0]), np.array([[4.0, 0, 3, 0, 0]]), 2)
    assert found.tolist() == [[4, 4, 3, 3, 0]]


@given(bookings(), st.data())
def test_the_area_of_a_plan_is_what_the_planner_says(
    given_: tuple[np.ndarray, np.ndarray], data: st.DataObject
) -> None:
    _, booked = given_
    weeks = booked.shape[1]
    sizes = booked.sum(axis=1) + data.draw(st.integers(0, 5))
    risk = [data.draw(scores) for _ in sizes]
    problem = Problem(
        weeks=weeks,
        session_size=15,
        seats={"west": (1000,) * weeks},
        max_absent_share=1.0,
        teams=tuple(Team(f"t{n}", "west", int(size), risk[n]) for n, size in enumerate(sizes)),
    )
    sessions = [
        Session(f"t{team}", week, int(people))
        for (team, week), people in np.ndenumerate(booked)
        if people
    ]
    gone = curve.protected_by_plan(sizes, booked, None)
    planned = Planned(
        "west",
        int(sizes.sum()),
        float(sizes @ np.array(risk) / 100),
        gone.sum(axis=0).tolist(),
        (np.array(risk) / 100 @ gone).tolist(),
    )
    ends = [MONDAY + timedelta(weeks=week, days=6) for week in range(weeks)]
    area = curve.area(list(zip(ends, planned.left, strict=True)), since=MONDAY - timedelta(days=1))
    assert area == pytest.approx(7 * planning.exposure_weeks(problem, sessions), abs=1e-6)


def planned(region: str, people: int, score: float, per_week: list[int]) -> Planned:
    so_far = [float(min(people, n)) for n in accumulate(per_week)]
    each = score / 100
    return Planned(region, people, people * each, so_far, [n * each for n in so_far])


WEEKS = st.lists(st.integers(0, 6), min_size=8, max_size=8)


@given(st.lists(st.tuples(st.sampled_from("nz"), st.integers(1, 40), WEEKS), min_size=1), scores)
def test_where_risk_is_equal_the_order_saves_nothing(
    some: list[tuple[str, int, list[int]]], score: float
) -> None:
    cells = [planned(region, people, score, weeks) for region, people, weeks in some]
    flat = curve.added(curve.flat(cells))
    assert flat == pytest.approx(curve.added(cell.left for cell in cells), abs=1e-6)


def test_most_risk_first_leaves_less_than_flat_and_least_first_more() -> None:
    risky_first = [planned("w", 10, 90, [10, 0]), planned("w", 10, 10, [0, 10])]
    safe_first = [planned("w", 10, 90, [0, 10]), planned("w", 10, 10, [10, 0])]
    flat = curve.added(curve.flat(risky_first))
    assert flat == pytest.approx([5, 0])
    assert flat == pytest.approx(curve.added(curve.flat(safe_first)))
    assert curve.added(cell.left for cell in risky_first)[0] == pytest.approx(1)
    assert curve.added(cell.left for cell in safe_first)[0] == pytest.approx(9)


def test_seats_of_one_region_say_nothing_of_another() -> None:
    here, there = planned("w", 10, 50, [10]), planned("o", 10, 50, [0])
    assert curve.flat([here, there]) == [[0.0], [5.0]]


def test_an_area_counts_the_days_since_the_count_before() -> None:
    points = [(MONDAY + timedelta(days=6), 2.0), (MONDAY + timedelta(days=8), 1.0)]
    assert curve.area(points, since=MONDAY - timedelta(days=1)) == 7 * 2 + 2 * 1


@given(st.lists(st.floats(0, 50), min_size=6, max_size=6))
def test_the_band_holds_what_it_is_about_and_is_nothing_without_people(mass: list[float]) -> None:
    dice = np.random.default_rng(1)
    weights = np.array([25, 20, 20, 15, 10, 10]) * dice.uniform(0.8, 1.2, size=(500, 6))
    weights *= 100 / weights.sum(axis=1, keepdims=True)
    low, high = curve.spread(np.array(mass), weights)
    middle = float(np.array(mass) @ [25, 20, 20, 15, 10, 10])
    assert low <= high
    assert low - 1e-6 <= middle * 1.2 / 0.8
    assert middle * 0.8 / 1.2 <= high + 1e-6
    assert curve.spread(np.zeros(6), weights) == (0.0, 0.0)


def test_a_promise_counts_those_whose_day_is_past() -> None:
    day = MONDAY
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    found = curve.kept(
        [(before, before), (before, day), (before, None), (after, None), (None, None)], day
    )
    assert (found.expected, found.due, found.in_time) == (5, 3, 1)
    assert found.share == pytest.approx(1 / 3)
    assert curve.kept([(after, None)], day).share is None
