"""A large story is proved while its writer waits."""

import time

import pytest

from leer.scenarios.engine import Scenario, begin, choices, choose, parse, prove, write

COUNTERS = ("druk", "vertrouwen", "schuld")


def large_story(scenes: int = 200, top: int = 4) -> str:
    """A chain of scenes with three answers each; an answer moves its counter up, or back to 0."""
    parts = [
        ":: StoryTitle\nGroot",
        ':: StoryData\n{"ifid":"D674C58C-DEFA-4F70-B7A2-27742230C0FC","format":"Chapbook",'
        '"format-version":"2.3.0","start":"s0"}',
        ":: kaart [kaart]\nversie: 1\ntaal: nl\nthema: t\nleerdoel: l\nbron: b\n"
        "herziening: 2027-01-01\ntellers: "
        + ", ".join(f"{name} 0..{top} = 0" for name in COUNTERS),
    ]
    for number in range(scenes):
        parts += _scene(number, top)
    parts.append(f":: s{scenes} [einde veilig]\nKlaar.")
    return "\n\n".join(parts)


def _scene(number: int, top: int) -> list[str]:
    opening = "".join(f"{name}: 0\n" for name in COUNTERS) + "--\n" if number == 0 else ""
    asked = "\n".join(f"[[Antwoord {n}->r{number}-{n}]]" for n in range(3))
    parts = [f":: s{number} [scene]\n{opening}Een vraag van tien woorden, om te lezen.\n\n{asked}"]
    for n, name in enumerate(COUNTERS):
        change = f"{name} + 1" if number % (top + 1) else "0"
        parts.append(
            f":: r{number}-{n} [reactie]\n{name}: {change}\n--\nZo.\n\n[[Verder->s{number + 1}]]"
        )
    return parts


@pytest.mark.parametrize("top", [1, 2, 3, 4])
def test_two_hundred_scenes_with_three_counters_are_proved_in_seconds(top):
    scenario = parse(large_story(top=top))
    began = time.perf_counter()
    proof = prove(scenario)
    took = time.perf_counter() - began
    print(f"three counters 0..{top}: {proof.figures.states} states in {took:.2f} s")
    assert proof.figures.scenes == 200
    assert took < 20  # a hang, not a figure: that is in the print and in docs/developers


def test_the_work_grows_with_the_states_and_no_faster():
    def cost(scenes: int) -> float:
        scenario = parse(large_story(scenes))
        began = time.perf_counter()
        states = prove(scenario).figures.states
        return (time.perf_counter() - began) / states

    assert cost(160) < 4 * cost(40)


def test_a_thousand_scenes_deep_is_not_too_deep():
    text = large_story(1000).replace("druk + 1", "0").replace("vertrouwen + 1", "0")
    scenario = parse(text.replace("schuld + 1", "0"))
    assert prove(scenario).figures.longest == 2000


def test_reading_writing_and_storing_a_large_story_takes_no_time_worth_naming():
    scenario = parse(large_story())
    began = time.perf_counter()
    assert parse(write(scenario)) == scenario
    assert Scenario.from_json(scenario.to_json()) == scenario
    assert time.perf_counter() - began < 3


def test_a_long_game_is_played_without_a_pause():
    scenario = parse(large_story())
    state = begin(scenario)
    while open_choices := choices(scenario, state):
        state = choose(scenario, state, open_choices[0].target)
    assert state.passage == "s200"
