"""What a plan costs and how good it is: ``uv run python -m tests.load.planning``.

Generated services (``tests.rollout.planning.problems``): greedy beside exact, and both beside the
bound. Processor seconds, so that a busy machine tells the same. See docs/developers/planning.md.
"""

import argparse
import sys
import time
from collections.abc import Callable

from leer.rollout.planning import Method, Plan, Problem, broken_rules, plan, replan
from tests.rollout.planning.problems import a_service

SETTINGS: dict[str, dict[str, float]] = {
    "six regions": {"regions": 6},
    "one region": {"regions": 1},
    "half of the seats needed": {"regions": 6, "load": 0.5},
    "all of a team at once": {"regions": 6, "share": 1.0},
    "three in ten at once": {"regions": 6, "share": 0.3},
    "too few seats": {"regions": 3, "load": 1.1},
}


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.planning", description=__doc__)
    parser.add_argument("--teams", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=3, help="services of each kind")
    options = parser.parse_args()
    print("| service | greedy | exact | greedy above exact | exact above bound | replan |")
    print("|---|---:|---:|---:|---:|---:|")
    met = [
        _measure(name, a_service(seed, teams=options.teams, **settings))  # type: ignore[arg-type]
        for name, settings in SETTINGS.items()
        for seed in range(options.seeds)
    ]
    return 0 if all(met) else 1


def _measure(name: str, problem: Problem) -> bool:
    greedy, quick = _timed(lambda: plan(problem))
    exact, slow = _timed(lambda: plan(problem, method=Method.EXACT))
    _, again = _timed(lambda: replan(_without_a_week(problem), greedy.sessions).plan)
    assert not broken_rules(problem, greedy.sessions) + broken_rules(problem, exact.sessions)
    above, beyond = (
        greedy.exposure_weeks / exact.exposure_weeks - 1,
        exact.exposure_weeks / exact.lower_bound - 1,
    )
    print(
        f"| {name} ({exact.status}) | {quick:.1f} s | {slow:.1f} s | {above:.3%} | {beyond:.3%}"
        f" | {again:.1f} s |",
        flush=True,
    )
    return above <= 0.01 and beyond <= 0.05 and slow < 10


def _without_a_week(problem: Problem) -> Problem:
    seats = {
        region: tuple(0 if week == 9 else count for week, count in enumerate(weeks))
        for region, weeks in problem.seats.items()
    }
    return Problem(
        problem.weeks, problem.session_size, seats, problem.max_absent_share, problem.teams
    )


def _timed(work: Callable[[], Plan]) -> tuple[Plan, float]:
    began = time.process_time()
    return work(), time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
