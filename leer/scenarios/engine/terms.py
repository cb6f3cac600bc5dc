# SPDX-License-Identifier: EUPL-1.2
"""What the card says to those who play: which endings are enough, and what the counters are called.

``slaagregel`` is one of ``PASS_RULES``; without it every ending counts. ``tellernamen`` says a
counter in words, as in ``tellernamen: druk = de druk op jou``; without it a counter is called by
its name. A counter of 0 and 1 is read as yes or no ("gestempeld zonder te kijken: ja").
"""

from collections.abc import Iterator, Mapping

from leer.scenarios.engine.graph import Outcome, Scenario
from leer.scenarios.engine.problems import Problem, problem

RULE_KEY = "slaagregel"
COUNTER_WORDS_KEY = "tellernamen"

EVERY_ENDING = "elk einde telt"
PASS_RULES: Mapping[str, frozenset[Outcome]] = {
    EVERY_ENDING: frozenset(Outcome),
    "geen schade": frozenset({Outcome.SAFE, Outcome.LESSON}),
    "veilig einde nodig": frozenset({Outcome.SAFE}),
}
"""The endings that are enough, by the words on the card."""


def pass_rule(scenario: Scenario) -> str:
    """Return the rule as the card says it."""
    return scenario.card.get(RULE_KEY, "").strip() or EVERY_ENDING


def is_scored(scenario: Scenario) -> bool:
    """Say whether somebody can play this scenario to an ending that is not enough."""
    return pass_rule(scenario) != EVERY_ENDING


def is_enough(scenario: Scenario, outcome: Outcome) -> bool:
    """Say whether whoever comes to such an ending is done with the scenario.

    The proof reports an unknown rule before publication; a player must not fall over it.
    """
    return outcome in PASS_RULES.get(pass_rule(scenario), frozenset(Outcome))


def counter_words(scenario: Scenario) -> dict[str, str]:
    """Return what each counter is called, by its name."""
    given = given_counter_words(scenario)
    return {
        counter.name: given.get(counter.name) or counter.name.replace("_", " ")
        for counter in scenario.counters
    }


def given_counter_words(scenario: Scenario) -> dict[str, str]:
    """Return what the card says that counters are called."""
    return dict(_given_words(scenario))


def counter_words_line(words: Mapping[str, str]) -> str:
    """Return the line of the card that says so; a counter without words is not in it."""
    return ", ".join(f"{name} = {said}" for name, said in words.items() if said)


def term_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report a rule that does not exist, and words that are for no counter."""
    if pass_rule(scenario) not in PASS_RULES:
        rules = ", ".join(f"“{rule}”" for rule in PASS_RULES)
        yield problem("pass-rule-unknown", passage="kaart", rule=pass_rule(scenario), rules=rules)
    names = {counter.name for counter in scenario.counters}
    for name, words in _given_words(scenario):
        if name not in names or not words:
            yield problem("counter-words-wrong", passage="kaart", counter=name)


def _given_words(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for item in filter(None, map(str.strip, scenario.card.get(COUNTER_WORDS_KEY, "").split(","))):
        name, _, words = item.partition("=")
        yield name.strip(), words.strip()
