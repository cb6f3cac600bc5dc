"""Rating possible actions against what experts say (a situational judgement test)."""

from random import Random

from leer.questions.marking.frozen import FrozenQuestion
from leer.questions.marking.outcome import InvalidAnswer, Mark, Refusal, result, scored
from leer.questions.marking.responses import Response, pair, pairs

RATINGS = ("1", "2", "3", "4")  # very inappropriate, inappropriate, appropriate, very appropriate
WORTH = {0: 1.0, 1: 0.5}  # by the distance to the experts; further is nothing


def mark(question: FrozenQuestion, response: Response) -> Mark:
    """A rating as the experts' is worth all, one beside it half, further away nothing; the mark is
    the mean.

    Four ratings, and part of the mark for a close one, as the UCAT marks its situational judgement
    test (ucat.ac.uk, *Scoring and marking*). No middle on the scale, because with marks by distance
    whoever avoids the extremes earns too much (M. A. McDaniel and others, "Toward an understanding
    of situational judgment item validity and group differences", Journal of Applied Psychology 96
    (2011) 327-336).
    """
    given = pairs(response)
    away = {option.key: abs(int(given[option.key]) - option.rating) for option in question.options}
    worth = [WORTH.get(distance, 0.0) for distance in away.values()]
    return scored(
        sum(worth) / len(worth),
        tuple(
            result(
                option,
                correct=not away[option.key],
                given=given[option.key],
                wanted=str(option.rating),
            )
            for option in question.options
        ),
    )


def check(question: FrozenQuestion, response: Response) -> None:
    """Every action is rated."""
    given, known = pairs(response), {option.key for option in question.options}
    if set(given) - known or set(given.values()) - set(RATINGS):
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)
    if set(given) != known:
        raise InvalidAnswer(Refusal.NOT_ALL_RATED)


def right_answer(question: FrozenQuestion) -> Response:
    """As the experts rate."""
    return tuple(pair(option.key, str(option.rating)) for option in question.options)


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """One of the answers that can be given."""
    return tuple(pair(option.key, dice.choice(RATINGS)) for option in question.options)
