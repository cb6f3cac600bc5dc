"""Marking an answer and drawing questions: plain Python, no Django, so that it is easy to prove
and to reuse. One file per way of answering.
"""

from collections.abc import Collection
from random import Random
from types import ModuleType

from leer.questions.marking import choosing, judging, matching, ordering, reflecting
from leer.questions.marking.frozen import FrozenQuestion, Kind
from leer.questions.marking.outcome import Mark
from leer.questions.marking.responses import Response

WAYS: dict[Kind, ModuleType] = {
    Kind.SINGLE: choosing,
    Kind.MULTIPLE: choosing,
    Kind.TEXT_SIGNALS: choosing,
    Kind.PICTURE_SIGNALS: choosing,
    Kind.ORDER: ordering,
    Kind.MATCH: matching,
    Kind.JUDGEMENT: judging,
    Kind.REFLECTION: reflecting,
}


def mark(question: FrozenQuestion, response: Collection[str]) -> Mark:
    """Hold the response against the question; raises ``InvalidAnswer`` when that cannot be."""
    given = response_of(question, response)
    way = WAYS[question.kind]
    way.check(question, given)
    marked: Mark = way.mark(question, given)
    return marked


def response_of(question: FrozenQuestion, given: Collection[str]) -> Response:
    """The response as it is kept: each word once, sorted unless their order is the answer."""
    if question.kind is Kind.ORDER:
        return tuple(given)
    return tuple(sorted(set(given)))


def right_answer(question: FrozenQuestion) -> Response:
    """The response that earns the full mark."""
    found: Response = WAYS[question.kind].right_answer(question)
    return response_of(question, found)


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """A response that can be given, at random: for the demo, and for proving."""
    found: Response = WAYS[question.kind].any_answer(question, dice)
    return response_of(question, found)
