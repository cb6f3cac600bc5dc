"""The figures of the proof: how large a story is, and how it can end."""

import time
from dataclasses import replace

import pytest

from leer.scenarios.engine import Outcome, Score, parse, prove

from .examples import EXAMPLE, changed, example, without_passage

AGAIN = changed(("[[Verder->schade]]", "[[Opnieuw->auto]]"), text=without_passage("schade"))
"""The example, where keeping silent leads back to the car."""

HEADER = EXAMPLE.partition(":: kantine")[0]


def figures(text: str):
    return prove(parse(text)).figures


def shares(text: str) -> dict[str, float]:
    return {ending.passage: ending.share for ending in figures(text).endings}


def test_situations_scenes_and_routes_are_counted():
    found = figures(EXAMPLE)
    assert (found.states, found.scenes, found.has_loops) == (12, 2, False)
    assert (found.shortest, found.longest) == (3, 4)


def test_reading_time_follows_the_longest_text():
    plain = figures(EXAMPLE).reading_seconds
    longer = prove(example(("Nu zit je vast.", "woord " * 199 + "woord."))).figures
    assert 0 < plain < 60
    assert longer.reading_seconds == pytest.approx(plain + 59, abs=1)


def test_the_longest_route_through_a_loop_is_bounded():
    found = figures(AGAIN)
    assert found.shortest == 3
    assert 3 <= found.longest <= found.states


def test_without_an_ending_there_is_no_shortest_route_no_way_and_no_ending():
    found = figures(
        changed(
            ("[[Je vertelt het je leidinggevende->veilig]]", "[[Terug->kantine]]"),
            ("[[Verder->schade]]", "[[Verder->auto]]"),
            ("[if druk >= 1]\n[[Je wacht tot morgen->les]]", ""),
        )
    )
    assert (found.shortest, found.ways, found.endings, found.scores) == (None, 0, (), ())


def test_ways_are_the_different_routes_to_an_ending():
    # After giving the roster three answers are open in the car, after saying no only two.
    assert figures(EXAMPLE).ways == 3 + 2


def test_where_a_route_can_go_round_ways_are_endless():
    assert figures(AGAIN).ways is None


def test_a_loop_that_leads_nowhere_takes_no_part_in_the_ways():
    trap = changed(
        (":: schade [einde schade]\nHet loopt slecht af.", ":: schade [scene]\nRond.\n\n"
         "[[Verder->r-schade]]\n\n:: r-schade [reactie]\nEn weer.\n\n[[Terug->schade]]"),
    )  # fmt: skip
    assert figures(trap).has_loops
    assert figures(trap).ways == 3


def test_ways_stay_exact_however_many_there_are():
    scenes = "".join(
        f":: s{n} [scene]\nVraag.\n\n[[Ja->r{n}a]]\n\n[[Nee->r{n}b]]\n\n"
        + "".join(f":: r{n}{x} [reactie]\nZo.\n\n[[Verder->s{n + 1}]]\n\n" for x in "ab")
        for n in range(100)
    )
    text = HEADER.replace("kantine", "s0").replace("tellers: druk 0..3 = 0\n", "")
    assert figures(f"{text}{scenes}:: s100 [einde veilig]\nKlaar.").ways == 2**100


def test_scores_are_what_a_counter_can_be_at_the_end_over_all_and_for_each_ending():
    found = figures(EXAMPLE)
    assert found.scores == (Score("druk", 0, 1),)
    by_name = {ending.passage: ending.scores for ending in found.endings}
    assert by_name == {
        "veilig": (Score("druk", 0, 1),),
        "les": (Score("druk", 1, 1),),
        "schade": (Score("druk", 0, 1),),
    }


def test_each_ending_says_how_soon_it_can_come():
    assert {e.passage: e.shortest for e in figures(EXAMPLE).endings} == {
        "veilig": 3,
        "les": 3,
        "schade": 4,
    }


def test_random_play_ends_by_the_chances_of_each_choice():
    # Half gave the roster: a third each. Half didn't: a half each.
    assert shares(EXAMPLE) == pytest.approx({"veilig": 5 / 12, "les": 2 / 12, "schade": 5 / 12})
    assert figures(EXAMPLE).share_of(Outcome.SAFE) == pytest.approx(5 / 12)


def test_who_goes_round_comes_to_an_ending_all_the_same():
    # Of those who gave the roster two in three stop each time, evenly; the others all tell.
    assert shares(AGAIN) == pytest.approx({"veilig": 3 / 4, "les": 1 / 4})


def test_a_choice_that_leads_to_its_own_scene_is_a_loop_too():
    assert shares(changed(("[[Je zwijgt->r-zwijgen]]", "[[Wacht->auto]]\n[[Zwijg->r-zwijgen]]")))[
        "veilig"
    ] == pytest.approx(5 / 12)


def test_a_story_with_an_ending_left_out_gives_no_share_of_that_outcome_but_zero():
    assert figures(AGAIN).share_of(Outcome.HARM) == 0


def tangle(count: int) -> str:
    """Scenes that all lead to each other, and one of them to the ending."""
    scenes = "".join(
        f":: s{n} [scene]\nVraag.\n\n"
        + "\n\n".join(f"[[Naar {m}->s{m}]]" for m in range(count) if m != n)
        + ("\n\n[[Klaar->e]]\n\n" if n == 0 else "\n\n")
        for n in range(count)
    )
    text = HEADER.replace("kantine", "s0").replace("tellers: druk 0..3 = 0\n", "")
    return f"{text}{scenes}:: e [einde veilig]\nKlaar."


def test_a_tangle_of_loops_is_solved_and_one_too_large_is_left_out_and_not_hung_on():
    assert shares(tangle(40)) == pytest.approx({"e": 1})
    began = time.perf_counter()
    assert shares(tangle(200)) == {"e": None}
    assert time.perf_counter() - began < 30  # a second or two when the machine is not busy


def test_an_outcome_of_which_a_share_is_unknown_is_unknown():
    known = figures(EXAMPLE)
    unknown = replace(known, endings=tuple(replace(e, share=None) for e in known.endings))
    assert unknown.share_of(Outcome.SAFE) is None
