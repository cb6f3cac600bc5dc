"""What the scenario engine costs: the proof against size, and each step of the way to it.

``uv run python -m tests.load.scenarios`` prints the tables of ``docs/developers/scenarios.md``. The
stories are chains of scenes with three answers each, where every answer moves a counter: nearly
every combination of values occurs, which a story that somebody wrote never comes near.
"""

import argparse
import time
from collections.abc import Callable
from random import Random

from leer.scenarios.drawing import diagram_of, svg
from leer.scenarios.engine import (
    MAX_STATES,
    Scenario,
    begin,
    choices,
    choose,
    is_over,
    parse,
    prove,
    write,
)
from leer.scenarios.engine.walk import walk_all
from tests.scenarios.engine.test_speed import large_story

SIZES = (50, 100, 200, 400)
TOPS = (1, 3)
PLAYED = 2_000


def main() -> None:
    """Print the tables; each figure is the best of so many runs."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.scenarios", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print("| scenes | counters | situations | proof (s) | situations a second |")
    print("|---|---|---|---|---|")
    for top in TOPS:
        for scenes in SIZES:
            _print_proof(parse(large_story(scenes, top)), scenes, top, runs)
    _print_refusal(runs)
    _print_steps(large_story(200, 3), runs)


def best(runs: int, work: Callable[[], object]) -> float:
    """Seconds of processor that the work takes, so that a busy machine counts for less."""
    took = []
    for _ in range(runs):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def _print_proof(scenario: Scenario, scenes: int, top: int, runs: int) -> None:
    seconds = best(runs, lambda: prove(scenario))
    states = prove(scenario).figures.states
    rate = round(states / seconds, -3)
    print(f"| {scenes} | three, 0..{top} | {states:,} | {seconds:.2f} | {rate:,.0f} |")


def _print_refusal(runs: int) -> None:
    """A story with too many situations is refused, and after how long."""
    scenario = parse(large_story(400, 9))
    codes = {error.code for error in prove(scenario).errors}
    assert "states-too-many" in codes, codes
    seconds = best(runs, lambda: prove(scenario))
    print(f"\nmore than {MAX_STATES:,} situations: refused after {seconds:.2f} s\n")


def _print_steps(text: str, runs: int) -> None:
    scenario = parse(text)
    states = len(walk_all(scenario, MAX_STATES).situations)
    walking = best(runs, lambda: walk_all(scenario, MAX_STATES))
    steps = _played(scenario)
    playing = best(runs, lambda: _played(scenario))
    print("| of 200 scenes, three counters 0..3 | |\n|---|---|")
    print(f"| walk | {states / walking:,.0f} situations a second |")
    print(f"| play | {steps / playing:,.0f} choices a second |")
    print(f"| parse | {best(runs, lambda: parse(text)) * 1000:.0f} ms |")
    print(f"| write | {best(runs, lambda: write(scenario)) * 1000:.0f} ms |")
    drawing = best(runs, lambda: svg(diagram_of(scenario)))
    print(f"| draw {len(scenario.passages)} boxes | {drawing * 1000:.0f} ms |")


def _played(scenario: Scenario) -> int:
    """Play at random until so many choices were made; whole games, with a fixed seed."""
    chance, made = Random(4), 0
    while made < PLAYED:
        state = begin(scenario)
        while not is_over(scenario, state):
            state = choose(scenario, state, chance.choice(choices(scenario, state)).target)
            made += 1
    return made


if __name__ == "__main__":
    main()
