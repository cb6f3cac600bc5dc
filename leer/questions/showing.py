"""A question on a page: the fields of its form, and what a form that comes back says.

A page says places, not keys, where keys could tell: the names of steps and of what things are
matched with are their places on this page, in an order drawn from ``seed``. So the same seed must
be given when the form is read.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.datastructures import MultiValueDict

from leer.questions import marking
from leer.questions.blocks import RATINGS
from leer.questions.marking import matching
from leer.questions.marking.frozen import FrozenOption, FrozenQuestion, Kind
from leer.questions.marking.outcome import Mark, OptionResult
from leer.questions.marking.responses import Response, pair

Form = MultiValueDict[str, str]
_IN_ROWS = {Kind.ORDER, Kind.MATCH, Kind.JUDGEMENT}
SPOTS_WIDTH, SPOT_SIZE = 1200, 104  # of the drawing over a picture, in its own units


@dataclass(frozen=True, slots=True)
class Row:
    """One option on the page: the name and value of its field, and what was filled in.

    ``x`` and ``y`` are the corner of a spot's number, in the units of the drawing.
    """

    number: int
    name: str
    text: str
    value: str = ""
    before: str = ""
    given: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's form: its rows, and what each can be given (value and words)."""

    question: FrozenQuestion
    rows: tuple[Row, ...]
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def height(self) -> int:
        """Of the drawing over the picture."""
        return _height(self.question)


@dataclass(frozen=True, slots=True)
class Results:
    """What is read after marking: ``first`` at once, ``folded`` for whoever wants to know more."""

    first: tuple[OptionResult, ...]
    folded: tuple[OptionResult, ...]


def shown(question: FrozenQuestion, seed: object, form: Form | None = None) -> Shown:
    """The form of this question, with what was filled in before."""
    given: Form = MultiValueDict() if form is None else form
    return _FORMS.get(question.kind, _choosing)(question, seed, given)


def read(question: FrozenQuestion, seed: object, form: Form) -> Response:
    """The response that a form says; marking judges whether it can be."""
    return _READERS.get(question.kind, _read_choosing)(question, seed, form)


def results(question: FrozenQuestion, mark: Mark) -> Results:
    """What to show at each option after marking, in words: first what somebody chose and what
    fits, or where it went otherwise; the rest is folded.
    """
    if question.kind in _IN_ROWS:
        return _results_of_rows(_in_words(question, mark.options))
    matter = tuple(one for one in mark.options if one.chosen or one.correct)
    return Results(matter, tuple(one for one in mark.options if one not in matter))


def preview(question: FrozenQuestion) -> dict[str, Any]:
    """For the editor: the form, and the outcome of the right answer."""
    mark = marking.mark(question, marking.right_answer(question)) if question.options else None
    return {
        "question": question,
        "shown": shown(question, "preview"),
        "mark": mark,
        "results": results(question, mark) if mark else None,
    }


def _in_words(
    question: FrozenQuestion, options: tuple[OptionResult, ...]
) -> tuple[OptionResult, ...]:
    if question.kind is not Kind.JUDGEMENT:
        return options
    words = dict(RATINGS)
    return tuple(
        replace(one, given=str(words[one.given]), wanted=str(words[one.wanted])) for one in options
    )


def _results_of_rows(options: tuple[OptionResult, ...]) -> Results:
    """The rows are the answer together, so all stand there; what is said of those that were right
    is folded.
    """
    return Results(
        first=tuple(one.without_words() if one.correct else one for one in options),
        folded=tuple(one for one in options if one.correct and one.has_words),
    )


def _height(question: FrozenQuestion) -> int:
    picture = question.picture
    return round(SPOTS_WIDTH * picture.height / picture.width) if picture else 0


def _corner(percents: int, size: int) -> int:
    """Of a number that has its middle there, and is whole inside the picture."""
    return min(max(0, percents * size // 100 - SPOT_SIZE // 2), max(0, size - SPOT_SIZE))


def _choosing(question: FrozenQuestion, seed: object, form: Form) -> Shown:
    chosen = form.getlist("option")
    rows = tuple(
        Row(
            number=number,
            name="option",
            text=option.text,
            value=option.key,
            before=option.before,
            given=option.key if option.key in chosen else "",
            x=_corner(option.x, SPOTS_WIDTH),
            y=_corner(option.y, _height(question)),
        )
        for number, option in enumerate(question.options, start=1)
    )
    return Shown(question, rows)


def _ordering(question: FrozenQuestion, seed: object, form: Form) -> Shown:
    mixed = _mixed(question, seed)
    places = tuple((str(number), str(number)) for number in range(1, len(mixed) + 1))
    return Shown(question, _rows("plek", mixed, form), places)


def _matching(question: FrozenQuestion, seed: object, form: Form) -> Shown:
    texts = [text for _key, text in _targets(question)]
    choices = tuple((str(number), text) for number, text in enumerate(texts, start=1))
    return Shown(question, _rows("past", question.options, form), choices)


def _judging(question: FrozenQuestion, seed: object, form: Form) -> Shown:
    choices = tuple((value, str(words)) for value, words in RATINGS)
    return Shown(question, _rows("oordeel", question.options, form), choices)


def _reflecting(question: FrozenQuestion, seed: object, form: Form) -> Shown:
    return Shown(question, ())


def _rows(prefix: str, options: Sequence[FrozenOption], form: Form) -> tuple[Row, ...]:
    return tuple(
        Row(number, f"{prefix}-{number}", option.text, given=form.get(f"{prefix}-{number}", ""))
        for number, option in enumerate(options, start=1)
    )


def _read_choosing(question: FrozenQuestion, seed: object, form: Form) -> Response:
    return tuple(form.getlist("option"))


def _read_ordering(question: FrozenQuestion, seed: object, form: Form) -> Response:
    """The steps by their places; nothing when the places are not 1, 2, 3 … each once."""
    mixed = _mixed(question, seed)
    places = [form.get(f"plek-{number}", "") for number in range(1, len(mixed) + 1)]
    wanted = [str(number) for number in range(1, len(mixed) + 1)]
    if sorted(places) != sorted(wanted):
        return ()
    by_place = dict(zip(places, mixed, strict=True))
    return tuple(by_place[place].key for place in wanted)


def _read_matching(question: FrozenQuestion, seed: object, form: Form) -> Response:
    keys = {str(number): key for number, (key, _t) in enumerate(_targets(question), start=1)}
    return _read_rows(question, "past", form, keys)


def _read_judging(question: FrozenQuestion, seed: object, form: Form) -> Response:
    return _read_rows(question, "oordeel", form, {value: value for value, _words in RATINGS})


def _read_rows(
    question: FrozenQuestion, prefix: str, form: Form, known: dict[str, str]
) -> Response:
    """A pair for each row that was filled in; with nothing that is known, it is with nothing."""
    given = {
        option.key: form.get(f"{prefix}-{number}", "")
        for number, option in enumerate(question.options, start=1)
    }
    return tuple(pair(key, known.get(value, "")) for key, value in given.items() if value)


def _read_reflecting(question: FrozenQuestion, seed: object, form: Form) -> Response:
    """Whatever a form says: nothing of it is kept."""
    return ()


def _mixed(question: FrozenQuestion, seed: object) -> tuple[FrozenOption, ...]:
    """The steps in an order that is not the right one."""
    mixed = list(question.options)
    random.Random(f"{seed}/{question.key}").shuffle(mixed)  # noqa: S311
    if tuple(mixed) == question.options:
        mixed = [*mixed[1:], mixed[0]]
    return tuple(mixed)


def _targets(question: FrozenQuestion) -> list[tuple[str, str]]:
    """What there is to match with: its key and words, by the alphabet."""
    return sorted(matching.targets(question).items(), key=lambda one: one[1].lower())


_FORMS: dict[Kind, Callable[[FrozenQuestion, object, Form], Shown]] = {
    Kind.ORDER: _ordering,
    Kind.MATCH: _matching,
    Kind.JUDGEMENT: _judging,
    Kind.REFLECTION: _reflecting,
}
_READERS: dict[Kind, Callable[[FrozenQuestion, object, Form], Response]] = {
    Kind.ORDER: _read_ordering,
    Kind.MATCH: _read_matching,
    Kind.JUDGEMENT: _read_judging,
    Kind.REFLECTION: _read_reflecting,
}
