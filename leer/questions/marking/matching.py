"""Finding what belongs together."""

from random import Random

from leer.questions.marking.frozen import FrozenQuestion
from leer.questions.marking.outcome import InvalidAnswer, Mark, Refusal, result, scored
from leer.questions.marking.responses import Response, pair, pairs


def targets(question: FrozenQuestion) -> dict[str, str]:
    """What there is to match with, by key. Two options with the same target share one, under the
    key of the first.
    """
    found: dict[str, str] = {}
    for option in question.options:
        found.setdefault(option.target, option.key)
    return {key: text for text, key in found.items()}


def mark(question: FrozenQuestion, response: Response) -> Mark:
    """The share that was matched with what belongs to it, as Moodle's question type *matching*
    and QTI's ``matchInteraction`` have it: each line weighs the same.
    """
    texts, given = targets(question), pairs(response)
    results = tuple(
        result(
            option,
            correct=texts[given[option.key]] == option.target,
            given=texts[given[option.key]],
            wanted=option.target,
        )
        for option in question.options
    )
    return scored(sum(one.correct for one in results) / len(results), results)


def check(question: FrozenQuestion, response: Response) -> None:
    """Every line is matched with something that is there."""
    given, known = pairs(response), {option.key for option in question.options}
    if set(given) - known or set(given.values()) - set(targets(question)):
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)
    if set(given) != known:
        raise InvalidAnswer(Refusal.NOT_ALL_MATCHED)


def right_answer(question: FrozenQuestion) -> Response:
    """Every option with its own."""
    keys = {text: key for key, text in targets(question).items()}
    return tuple(pair(option.key, keys[option.target]) for option in question.options)


def any_answer(question: FrozenQuestion, dice: Random) -> Response:
    """One of the answers that can be given."""
    keys = list(targets(question))
    return tuple(pair(option.key, dice.choice(keys)) for option in question.options)
