# SPDX-License-Identifier: EUPL-1.2
"""The scenario engine: branching stories as text, read, played and proved.

A scenario begins as a file that a writer can also open in Twine. ``parse`` reads it into a
``Scenario``: passages, the choices between them, and a few counters that remember consequences.
What the file may not hold is refused with the line and the way to mend it. ``prove`` then walks
every situation a player can come in, and says whether anybody could get stuck, lost or cheated of
a safe ending; only a scenario without errors is published. A player begins at ``begin`` and goes
on with ``choose``; nothing is kept here, so an attempt stores the targets that were chosen and
``replay`` gives the rest. ``write`` puts the story down as text again, always in the same way,
and ``Scenario.to_json`` keeps it compiled with its version.

Plain Python, no Django, no packages: the whole engine can be tested many thousands of times a
minute. A problem carries a stable code, and a Dutch sentence for the writer (``problems``).

    >>> from leer.scenarios.engine import parse, prove, begin, choices, choose
    >>> scenario = parse(text)                      # raises TweeError
    >>> prove(scenario).ok
    True
    >>> state = begin(scenario)
    >>> state = choose(scenario, state, choices(scenario, state)[0].target)
"""

from leer.scenarios.engine.figures import Ending, Figures, Score
from leer.scenarios.engine.graph import (
    Change,
    Choice,
    Condition,
    Counter,
    Effect,
    Kind,
    Operator,
    Outcome,
    Passage,
    Phase,
    Scenario,
    TextBlock,
    reading_order,
)
from leer.scenarios.engine.languages import compare
from leer.scenarios.engine.play import (
    NotAChoice,
    State,
    begin,
    choices,
    choose,
    is_over,
    outcome,
    passage_of,
    replay,
    visible_text,
)
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.proof import MAX_STATES, Proof, prove
from leer.scenarios.engine.terms import (
    COUNTER_WORDS_KEY,
    PASS_RULES,
    counter_words,
    counter_words_line,
    given_counter_words,
    is_enough,
    is_scored,
    pass_rule,
)
from leer.scenarios.engine.twee import TweeError, parse, write

__all__ = [
    "COUNTER_WORDS_KEY",
    "MAX_STATES",
    "PASS_RULES",
    "Change",
    "Choice",
    "Condition",
    "Counter",
    "Effect",
    "Ending",
    "Figures",
    "Kind",
    "NotAChoice",
    "Operator",
    "Outcome",
    "Passage",
    "Phase",
    "Problem",
    "Proof",
    "Scenario",
    "Score",
    "State",
    "TextBlock",
    "TweeError",
    "begin",
    "choices",
    "choose",
    "compare",
    "counter_words",
    "counter_words_line",
    "given_counter_words",
    "is_enough",
    "is_over",
    "is_scored",
    "outcome",
    "parse",
    "pass_rule",
    "passage_of",
    "problem",
    "prove",
    "reading_order",
    "replay",
    "visible_text",
    "write",
]
