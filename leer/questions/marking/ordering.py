"""Putting steps in order."""

from itertools import combinations
from random import Random

from leer.questions.marking.frozen import FrozenQuestion
from leer.questions.marking.outcome import InvalidAnswer, Mark, Refusal, result, scored
from leer.questions.marking.responses import Response


def mark(question: FrozenQuestion, response: Response) -> Mark:
    """Of all pairs of steps the share that stands the right way round, less the share that does
    not; not below zero.

    One step in a wrong place costs only the pairs that it is in, and the reverse order earns
    nothing. It is the rank correlation tau: M. G. Kendall, "A new measure of rank correlation",
    Biometrika 30 (1938) 81-93.
    """
    wanted = right_answer(question)
    place = {key: number for number, key in enumerate(response, start=1)}
    ways = [1 if place[first] < place[later] else -1 for first, later in combinations(wanted, 2)]
    scaled = max(0.0, sum(ways) / len(ways))
    return scored(
        scaled,
        tuple(
            result(
                option,
                correct=place[option.key] == number,
                given=str(place[option.key]),
                wanted=str(number),
            )
            for number, option in enumerate(question.options, start=1)
        ),
    )


def check(question: FrozenQuestion, response: Response) -> None:
    """Every step stands there once."""
    known = right_answer(question)
    if set(response) - set(known):
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)
    if sorted(response) != sorted(known):
        raise InvalidAnswer(Refusal.PLACES_NOT_ONCE)


def right_answer(question: FrozenQuestion) -> Response:
    """The steps as they were written down."""
    return tuple(option.key for option in question.options)


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """One of the answers that can be given."""
    return tuple(dice.sample(right_answer(question), len(question.options)))
