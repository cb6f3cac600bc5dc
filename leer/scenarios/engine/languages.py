# SPDX-License-Identifier: EUPL-1.2
"""A scenario in a second language tells the same story: same graph, other words.

Attempts are counted over both languages by (scene, target), so the two must have the same
passages, labels, counters, conditions and targets. Texts, pictures and boxes may differ.
"""

from dataclasses import replace

from leer.scenarios.engine.graph import Choice, Passage, Scenario
from leer.scenarios.engine.problems import Problem, problem


def compare(scenario: Scenario, other: Scenario) -> list[Problem]:
    """Return where the graph of ``other`` differs from that of ``scenario``, told of ``other``."""
    found: list[Problem] = []
    if (scenario.start, scenario.counters) != (other.start, other.counters):
        found.append(problem("language-story-different"))
    for name, passage in scenario.passages.items():
        found += _compare_passage(passage, other.passages.get(name))
    for name, passage in other.passages.items():
        if name not in scenario.passages:
            found.append(problem("language-passage-extra", line=passage.line, passage=name))
    return found


def _compare_passage(passage: Passage, other: Passage | None) -> list[Problem]:
    if other is None:
        return [problem("language-passage-missing", name=passage.name)]
    if _bones(passage) == _bones(other):
        return []
    return [problem("language-passage-different", line=other.line, passage=other.name)]


def _bones(passage: Passage) -> Passage:
    """Return the passage without its words, choices in a fixed order.

    Whether a reaction uses a rationalisation is part of the graph; in which words is not.
    """
    return replace(
        passage,
        place="",
        picture="",
        rationalisation="ja" if passage.rationalisation else "",
        blocks=(),
        choices=tuple(sorted(map(_bare, passage.choices), key=lambda choice: choice.target)),
        position=None,
    )


def _bare(choice: Choice) -> Choice:
    return replace(choice, text="")
