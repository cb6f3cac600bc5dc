"""What holds for every scenario, whoever writes it."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leer.scenarios.engine import (
    Problem,
    Scenario,
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
from .strategies import scenarios

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


@settings(relaxed, max_examples=300)
@given(scenarios(), st.randoms(use_true_random=False))
def test_what_is_proved_sound_can_always_be_played_to_an_end(scenario, chance):
    if not _sound(scenario):
        return
    state = begin(scenario)
    for _ in range(2_000):
        if is_over(scenario, state):
            return
        state = choose(scenario, state, chance.choice(choices(scenario, state)).target)
    raise AssertionError("random play never came to an end")


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
