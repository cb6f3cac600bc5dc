"""Which questions an attempt asks: drawn at random, and no question again while others are left."""

import random
from collections import Counter
from collections.abc import Sequence

from leer.questions.marking.frozen import FrozenQuestion, Quiz

Seat = tuple[int, int]  # the slot, and which of its places


def draw(quiz: Quiz, asked_before: Sequence[str], dice: random.Random) -> tuple[str, ...]:
    """The keys of the questions to ask, in order; fewer when the quiz has too few.

    Of questions that stand for each other one at most. What was not asked before goes first, then
    what was asked longest ago (``asked_before`` is in the order of asking).

    Each question in the order of preference gets a place if there is one for it, and those that sit
    already move up for it (an augmenting path), but never out. So the places are as full as they
    can be, and by the most preferred that can fill them.
    """
    seated: dict[Seat, FrozenQuestion] = {}
    groups: set[str] = set()
    seats = _seats(quiz)
    for question in _by_preference(quiz, asked_before, dice):
        if len(seated) == len(seats):
            break
        if question.group not in groups and _find_seat(quiz, seated, question, set()):
            groups.add(question.group)
    return tuple(seated[seat].key for seat in seats if seat in seated)


def shortage(quiz: Quiz) -> dict[int, int]:
    """How many questions each slot has too few; only the slots that have too few."""
    keys = set(draw(quiz, (), random.Random(0)))  # noqa: S311
    seated: dict[Seat, FrozenQuestion] = {}
    for question in quiz.questions:
        if question.key in keys:
            _find_seat(quiz, seated, question, set())
    return dict(Counter(seat[0] for seat in _seats(quiz) if seat not in seated))


def _by_preference(
    quiz: Quiz, asked_before: Sequence[str], dice: random.Random
) -> list[FrozenQuestion]:
    moment = {key: number for number, key in enumerate(asked_before)}
    chosen = {slot.keys[0] for slot in quiz.slots if slot.keys and not slot.is_draw}
    return sorted(
        quiz.questions,
        key=lambda one: (moment.get(one.key, -1), one.key not in chosen, dice.random()),
    )


def _find_seat(
    quiz: Quiz, seated: dict[Seat, FrozenQuestion], question: FrozenQuestion, tried: set[Seat]
) -> bool:
    """Seat this question; whoever sits where it may sit makes room if that can be."""
    for seat in _seats_for(quiz, question):
        if seat in tried:
            continue
        tried.add(seat)
        if seat not in seated or _find_seat(quiz, seated, seated[seat], tried):
            seated[seat] = question
            return True
    return False


def _seats(quiz: Quiz) -> list[Seat]:
    return [
        (number, place) for number, slot in enumerate(quiz.slots) for place in range(slot.count)
    ]


def _seats_for(quiz: Quiz, question: FrozenQuestion) -> list[Seat]:
    """The places it may have: those of its own first, then those of draws."""
    mine = [seat for seat in _seats(quiz) if question.key in quiz.slots[seat[0]].keys]
    return sorted(mine, key=lambda seat: quiz.slots[seat[0]].is_draw)
