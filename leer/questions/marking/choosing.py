"""Choosing what is right among what is not: one answer, several, or the signals in a text or
picture.
"""

from random import Random

from leer.questions.marking.frozen import FrozenQuestion, Kind
from leer.questions.marking.outcome import InvalidAnswer, Mark, Refusal, result, scored
from leer.questions.marking.responses import Response

SIGNALS = {Kind.TEXT_SIGNALS, Kind.PICTURE_SIGNALS}


def mark(question: FrozenQuestion, response: Response) -> Mark:
    """The share of the right ones that was chosen, less the share of the wrong ones; not below
    zero.

    So choosing everything earns nothing. It is the hit rate less the false alarm rate of signal
    detection, Youden's J: W. J. Youden, "Index for rating diagnostic tests", Cancer 3 (1950) 32-35.
    """
    picked = set(response)
    right = {option.key for option in question.options if option.correct}
    wrong = {option.key for option in question.options} - right
    scaled = max(0.0, _share(picked, right) - _share(picked, wrong))
    return scored(
        scaled,
        tuple(
            result(option, correct=option.correct, chosen=option.key in picked)
            for option in question.options
        ),
    )


def check(question: FrozenQuestion, response: Response) -> None:
    """Something was chosen, among what there is, and no more than may be."""
    if not response:
        signals = question.kind in SIGNALS
        raise InvalidAnswer(Refusal.NO_SIGNAL_CHOSEN if signals else Refusal.NOTHING_CHOSEN)
    if set(response) - {option.key for option in question.options}:
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)
    if question.kind is Kind.SINGLE and len(response) > 1:
        raise InvalidAnswer(Refusal.TOO_MANY_CHOSEN)


def right_answer(question: FrozenQuestion) -> Response:
    """The response with the full mark."""
    return tuple(option.key for option in question.options if option.correct)


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """One of the answers that can be given."""
    most = 1 if question.kind is Kind.SINGLE else len(question.options)
    chosen = dice.sample(question.options, dice.randint(1, most))
    return tuple(option.key for option in chosen)


def _share(picked: set[str], of: set[str]) -> float:
    return len(picked & of) / len(of) if of else 0.0
