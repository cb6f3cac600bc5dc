"""What holds for every scenario, whoever writes it."""

import json
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leer.scenarios.engine import (
    Problem,
    Scenario,
    State,
    TweeError,
    begin,
    choices,
    choose,
    is_over,
    parse,
    prove,
    replay,
    visible_text,
    write,
)
from leer.scenarios.engine.walk import walk_all

from .examples import EXAMPLE
from .strategies import playable, scenarios

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(scenarios())
def test_what_is_written_reads_back_the_same(scenario):
    text = write(scenario)
    assert parse(text) == scenario
    assert write(parse(text)) == text


@relaxed
@given(scenarios())
def test_what_is_stored_comes_back_the_same(scenario):
    stored = json.loads(json.dumps(scenario.to_json(), sort_keys=True))
    back = Scenario.from_json(stored)
    assert back == scenario
    assert back.to_json() == scenario.to_json()
    assert write(back) == write(scenario)


@relaxed
@given(scenarios(), st.integers(1, 30))
def test_the_proof_always_answers(scenario, limit):
    proof = prove(scenario, max_states=limit)
    assert proof.figures.states <= limit
    assert proof.errors == prove(scenario, max_states=limit).errors


@relaxed
@given(scenarios(), st.data())
def test_a_player_meets_only_what_the_proof_walked(scenario, data):
    walked = set(walk_all(scenario, 10_000).situations)
    state, made = begin(scenario), []
    for _ in range(20):
        assert (state.passage, state.counters) in walked
        open_targets = [c.target for c in choices(scenario, state) if c.target != "weg"]
        open_targets = [target for target in open_targets if target in scenario.passages]
        if not open_targets:
            break
        made.append(data.draw(st.sampled_from(open_targets)))
        state = choose(scenario, state, made[-1])
        visible_text(scenario, state)
    assert replay(scenario, made) == state


def _sound(scenario: Scenario) -> bool:
    """Whether nothing is wrong but the card and the unseen: enough to play to an end."""
    harmless = {"card-key-missing", "unreachable", "choice-never", "no-safe-ending", "no-recovery"}
    return {found.code for found in prove(scenario).errors} <= harmless


def _play(scenario: Scenario, chance: Random, most: int) -> State | None:
    """Play at random; the state at the end, or None after so many choices without one."""
    state = begin(scenario)
    for _ in range(most):
        if is_over(scenario, state):
            return state
        state = choose(scenario, state, chance.choice(choices(scenario, state)).target)
    return None


@relaxed
@given(playable())
def test_what_can_always_be_played_to_an_end_is_proved_so(scenario):
    assert _sound(scenario)
    assert parse(write(scenario)) == scenario


@relaxed
@given(playable() | scenarios(), st.integers(0, 999))
def test_what_is_proved_sound_can_always_be_played_to_an_end(scenario, seed):
    if _sound(scenario):
        assert _play(scenario, Random(seed), 20_000) is not None


@relaxed
@given(playable())
def test_the_shares_of_the_endings_sum_to_one(scenario):
    figures = prove(scenario).figures
    assert sum(ending.share for ending in figures.endings) == pytest.approx(1)
    assert figures.ways is None or figures.ways >= len(figures.endings)
    assert (figures.ways is None) <= figures.has_loops


def _ends_of_routes(scenario: Scenario, most: int) -> list[State]:
    """The last state of every route of at most so many choices."""
    waiting, ends = [begin(scenario)], []
    for _ in range(most + 1):
        ends += [state for state in waiting if is_over(scenario, state)]
        waiting = [
            choose(scenario, state, choice.target)
            for state in waiting
            for choice in choices(scenario, state)
        ]
    return ends


@settings(relaxed, max_examples=200)
@given(playable())
def test_ways_scores_and_lengths_agree_with_playing_every_route(scenario):
    figures = prove(scenario).figures
    if figures.has_loops or figures.ways > 2_000:
        return
    ends = _ends_of_routes(scenario, figures.longest)
    assert figures.ways == len(ends)
    assert len(_ends_of_routes(scenario, figures.longest - 1)) < len(ends)
    assert not _ends_of_routes(scenario, figures.shortest - 1)
    assert {ending.passage for ending in figures.endings} == {state.passage for state in ends}
    for place, score in enumerate(figures.scores):
        reached = [state.counters[place] for state in ends]
        assert (score.lowest, score.highest) == (min(reached), max(reached))


PLAYS = 400


@settings(relaxed, max_examples=60, derandomize=True)
@given(playable())
def test_shares_agree_with_random_play(scenario):
    """With a fixed seed; five standard deviations leave one failure in a million."""
    chance = Random(4)
    ends = [_play(scenario, chance, 20_000) for _ in range(PLAYS)]
    counted = Counter(state.passage for state in ends)
    for ending in prove(scenario).figures.endings:
        spread = (PLAYS * ending.share * (1 - ending.share)) ** 0.5
        assert abs(counted[ending.passage] - PLAYS * ending.share) <= 5 * spread + 1


@relaxed
@given(st.data())
def test_no_text_makes_the_reader_fall_over(data):
    lines = EXAMPLE.splitlines()
    junk = st.text(max_size=20) | st.sampled_from([*lines, "--", "[if", "[[", "::", "{", "[a->b]]"])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place : place + data.draw(st.integers(0, 1))] = [data.draw(junk)]
    scenario, problems = read("\n".join(lines))
    if scenario is None:
        assert problems
    else:
        assert parse(write(scenario)) == scenario
        prove(scenario)


def read(text: str) -> tuple[Scenario | None, list[Problem]]:
    try:
        return parse(text), []
    except TweeError as refused:
        return None, refused.problems
