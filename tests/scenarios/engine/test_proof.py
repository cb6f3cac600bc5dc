"""The proof: every error has a story with it and the same story without it."""

import dataclasses

import pytest

from leer.scenarios.engine import parse, prove
from leer.scenarios.engine.problems import PROOF_MESSAGES, RULE_MESSAGES

from .examples import EXAMPLE, changed, example, without_passage

TRAP = """
:: kelder [scene]
Rond.

[[Verder->r-kelder]]

:: r-kelder [reactie]
En weer.

[[Terug->kelder]]
"""


def errors(text: str, **options) -> list[tuple[str, str]]:
    return [(found.code, found.passage) for found in prove(parse(text), **options).errors]


def test_the_example_is_proved_sound():
    proof = prove(example())
    assert proof.ok
    assert (proof.errors, proof.warnings) == ((), ())


# One change to the example, and exactly the errors it must give.
WRONG = {
    "a pass rule that doesn't exist": (
        [("herziening: 2027-01-01", "herziening: 2027-01-01\nslaagregel: wie durft, slaagt")],
        [("pass-rule-unknown", "kaart")],
    ),
    "words for a counter that doesn't exist": (
        [("herziening: 2027-01-01", "herziening: 2027-01-01\ntellernamen: drukte = de drukte")],
        [("counter-words-wrong", "kaart")],
    ),
    "a counter with no words behind it": (
        [("herziening: 2027-01-01", "herziening: 2027-01-01\ntellernamen: druk =")],
        [("counter-words-wrong", "kaart")],
    ),
    "a target that doesn't exist": (
        [("[[Je zwijgt->", "[[Naar boven->zolder]]\n[[Je zwijgt->")],
        [("target-unknown", "auto")],
    ),
    "a scene where no choice is open": (
        [
            (
                "[[Je vertelt het je leidinggevende->veilig]]\n\n[[Je zwijgt->",
                "[if druk >= 1]\n[[Zwijg->",
            ),
            ("[[Je zegt nee->r-nee]]", "[[Je zegt nee->r-nee]]\n[[Meld->veilig]]"),
            ("[scene fase-gift]", "[scene fataal]"),
        ],
        [("dead-end", "auto")],
    ),
    "a passage that nothing leads to": (
        [(":: schade [", ":: zolder [einde schade]\nStof.\n\n:: schade [")],
        [("unreachable", "zolder")],
    ),
    "a loop without a way out": (
        [
            (":: schade [", TRAP + "\n:: schade ["),
            ("[[Je zwijgt->", "[[Naar beneden->kelder]]\n[[Je zwijgt->"),
            (":: kelder [scene]", ":: kelder [scene fataal]"),
        ],
        [("no-way-out", "kelder"), ("no-way-out", "r-kelder")],
    ),
    "no safe ending": ([("[einde veilig]", "[einde schade]")], [("no-safe-ending", "")]),
    "a scene without recovery": (
        [
            ("[[Je zegt nee->r-nee]]", "[[Je zegt nee->r-nee]]\n[[Meld->veilig]]"),
            ("[[Je vertelt het je leidinggevende->veilig]]\n\n", ""),
        ],
        [("no-recovery", "auto")],
    ),
    "a scene without recovery in one of its situations": (
        [
            ("[[Je vertelt het", "[if druk < 1]\n[[Je vertelt het"),
            ("[[Je zwijgt", "[continue]\n[[Je zwijgt"),
        ],
        [("no-recovery", "auto")],
    ),
    "a counter that goes too high": (
        [("druk: druk + 1", "druk: druk + 4")],
        [("counter-outside", "r-gegeven")],
    ),
    "a counter that goes too low": (
        [
            ("druk: druk + 1", "druk: druk - 1"),
            ("[if druk >= 1]\n[[Je wacht", "[[Je wacht"),
        ],
        [("counter-outside", "r-gegeven")],
    ),
    "a choice that is never open": (
        [
            ("[if druk >= 1]\n[[Je wacht", "[if druk >= 2]\n[[Je wacht"),
            ("[[Verder->schade]]", "[[Verder->les]]"),
            ("[[Je zwijgt", "[[Je loopt weg->schade]]\n[[Je zwijgt"),
        ],
        [("choice-never", "auto")],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), WRONG.values(), ids=WRONG.keys())
def test_the_proof_finds(changes, expected):
    assert errors(changed(*changes)) == expected


@pytest.mark.parametrize("key", ["versie", "taal", "thema", "leerdoel", "bron", "herziening"])
def test_a_required_card_key_is_missed(key):
    line = next(line for line in EXAMPLE.splitlines() if line.startswith(f"{key}: "))
    assert errors(changed((line + "\n", ""))) == [("card-key-missing", "kaart")]
    assert errors(changed((line, f"{key}:"))) == [("card-key-missing", "kaart")]


def test_a_target_that_doesnt_exist_is_not_also_told_as_no_way_out():
    text = changed(("[[Verder->schade]]", "[[Verder->zolder]]"), text=without_passage("schade"))
    assert errors(text) == [("target-unknown", "r-zwijgen")]


def test_a_fatal_scene_needs_no_recovery():
    changes, _ = WRONG["a scene without recovery"]
    assert errors(changed(*changes, ("[scene fase-gift]", "[scene fase-gift fataal]"))) == []


def test_a_reaction_may_lead_straight_to_harm_when_its_scene_offered_better():
    assert errors(EXAMPLE) == []
    assert "[[Verder->schade]]" in EXAMPLE


def test_a_loop_with_a_way_out_is_fine_and_counted_as_a_loop():
    again = changed(("[[Verder->schade]]", "[[Opnieuw->auto]]"), text=without_passage("schade"))
    proof = prove(parse(again))
    assert proof.ok
    assert proof.figures.has_loops
    assert not prove(example()).figures.has_loops


def test_a_counter_that_a_loop_drives_up_is_found():
    text = changed(
        ("smoes: 'Niemand merkt het'\n", "smoes: 'Niemand merkt het'\ndruk: druk + 1\n"),
        ("[[Verder->schade]]", "[[Opnieuw->auto]]"),
        text=without_passage("schade"),
    )
    assert errors(text) == [("counter-outside", "r-zwijgen")]


def test_too_many_situations_are_an_error_and_never_a_hang():
    assert errors(EXAMPLE, max_states=5) == [("states-too-many", "")]
    states = prove(example()).figures.states
    assert errors(EXAMPLE, max_states=states) == []


def test_a_start_that_is_gone_from_a_stored_scenario_is_an_error_and_not_a_crash():
    proof = prove(dataclasses.replace(example(), start="zolder"))
    assert [found.code for found in proof.errors] == ["start-unknown"]


def test_a_counter_that_is_gone_from_a_stored_scenario_is_an_error_and_not_a_crash():
    proof = prove(dataclasses.replace(example(), counters=()))
    assert {found.code for found in proof.errors} == {"counter-unknown"}


def test_an_error_names_the_situation_in_which_it_happens():
    changes, _ = WRONG["a scene without recovery in one of its situations"]
    (error,) = prove(example(*changes)).errors
    assert "(druk 1)" in error.message
    assert error.line == parse(changed(*changes)).passages["auto"].line


def test_every_error_of_the_proof_has_a_test():
    tested = {code for _, expected in WRONG.values() for code, _ in expected}
    elsewhere = {"card-key-missing", "states-too-many"}
    languages = {code for code in PROOF_MESSAGES if code.startswith("language-")}
    assert tested | elsewhere | languages == set(PROOF_MESSAGES)
    assert not set(PROOF_MESSAGES) & set(RULE_MESSAGES)
