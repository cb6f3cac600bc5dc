"""Thinking something over: nothing of it is sent, so nothing is marked."""

from random import Random

from leer.questions.marking.frozen import FrozenQuestion
from leer.questions.marking.outcome import InvalidAnswer, Mark, Refusal
from leer.questions.marking.responses import Response


def mark(question: FrozenQuestion, response: Response) -> Mark:
    """No score: that it was done is all that is known."""
    return Mark(scaled=None, success=None)


def check(question: FrozenQuestion, response: Response) -> None:
    """What was thought must not arrive here."""
    if response:
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)


def right_answer(question: FrozenQuestion) -> Response:
    """There is none."""
    return ()


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """There is one: that it was done."""
    return ()
