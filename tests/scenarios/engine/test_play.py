"""Playing a story, one choice at a time."""

import pytest

from leer.scenarios.engine import (
    NotAChoice,
    Outcome,
    State,
    begin,
    choices,
    choose,
    is_over,
    outcome,
    replay,
    visible_text,
)

from .examples import example


def targets(scenario, state):
    return [choice.target for choice in choices(scenario, state)]


def test_a_story_begins_in_the_first_scene_with_its_counters_set():
    assert begin(example()) == State("kantine", (0,))


def test_entering_a_passage_changes_the_counters():
    scenario = example()
    assert choose(scenario, begin(scenario), "r-gegeven") == State("r-gegeven", (1,))
    assert choose(scenario, begin(scenario), "r-nee") == State("r-nee", (0,))


def test_a_choice_is_offered_only_when_its_condition_holds():
    scenario = example()
    assert targets(scenario, State("auto", (0,))) == ["veilig", "r-zwijgen"]
    assert targets(scenario, State("auto", (1,))) == ["veilig", "r-zwijgen", "les"]


def test_a_choice_that_is_not_offered_is_refused():
    scenario = example()
    assert choose(scenario, State("auto", (1,)), "les").passage == "les"
    with pytest.raises(NotAChoice):
        choose(scenario, State("auto", (0,)), "les")
    with pytest.raises(NotAChoice):
        choose(scenario, State("auto", (0,)), "kantine")


def test_a_choice_to_nowhere_is_refused_too():
    scenario = example(("->veilig]]", "->zolder]]"))
    with pytest.raises(NotAChoice):
        choose(scenario, State("auto", (0,)), "zolder")


def test_text_is_shown_only_when_its_condition_holds():
    scenario = example()
    assert visible_text(scenario, State("auto", (0,))) == "Er ligt een envelop."
    assert visible_text(scenario, State("auto", (1,))) == (
        "Er ligt een envelop.\n\nHij vraagt het nog een keer."
    )


@pytest.mark.parametrize(
    ("comparison", "holds"),
    [(">= 2", [2, 3]), ("> 2", [3]), ("<= 1", [0, 1]), ("< 1", [0]), ("=== 2", [2])],
)
def test_each_comparison_means_what_it_says(comparison, holds):
    scenario = example(("[if druk >= 1]\nHij", f"[if druk {comparison}]\nHij"))
    shown = [n for n in range(4) if "Hij" in visible_text(scenario, State("auto", (n,)))]
    assert shown == holds


def test_all_conditions_must_hold_together():
    scenario = example(("[if druk >= 1]\nHij", "[if druk >= 1 && druk < 3]\nHij"))
    shown = [n for n in range(4) if "Hij" in visible_text(scenario, State("auto", (n,)))]
    assert shown == [1, 2]


def test_replaying_the_choices_gives_the_same_state():
    scenario = example()
    state = replay(scenario, ["r-gegeven", "auto", "les"])
    assert state == State("les", (1,))
    assert is_over(scenario, state)
    assert outcome(scenario, state) is Outcome.LESSON


def test_a_story_under_way_is_not_over_and_has_no_outcome():
    scenario = example()
    assert not is_over(scenario, begin(scenario))
    assert outcome(scenario, begin(scenario)) is None


def test_replaying_an_impossible_choice_is_refused():
    with pytest.raises(NotAChoice):
        replay(example(), ["r-nee", "auto", "les"])


def test_a_counter_stops_at_the_edge_of_its_range():
    down = example(("druk: druk + 1", "druk: druk - 1"))
    up = example(("druk: druk + 1", "druk: druk + 9"))
    assert replay(down, ["r-gegeven"]).counters == (0,)
    assert replay(up, ["r-gegeven"]).counters == (3,)
