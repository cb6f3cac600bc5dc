"""Marking an answer: plain Python, no Django, so that it is easy to prove and to reuse.

A question is frozen before it is marked (see ``api.freeze_quiz``): what a person answered is
always held against the words that person saw.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of question there are; the value is what a frozen quiz stores."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Refusal(StrEnum):
    """Why an answer cannot be marked; the value tells the person what to do."""

    NOTHING_CHOSEN = "Kies eerst een antwoord."
    UNKNOWN_OPTION = "Dit antwoord hoort niet bij deze vraag. Laad de pagina opnieuw."
    TOO_MANY_CHOSEN = "Kies bij deze vraag één antwoord."


class InvalidAnswer(ValueError):
    """The answer cannot be marked; its text is for the person (``api.mark`` translates it)."""

    def __init__(self, refusal: Refusal, message: str | None = None) -> None:
        super().__init__(message or refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class FrozenOption:
    """One answer somebody can choose, with what it says back."""

    key: str
    text: str
    correct: bool
    feedback: str = ""
    rationalisation: str = ""
    counter_line: str = ""


@dataclass(frozen=True, slots=True)
class FrozenQuestion:
    """A question as it was when an attempt began."""

    kind: Kind
    key: str
    prompt: str
    explanation: str
    options: tuple[FrozenOption, ...]

    @property
    def is_multiple(self) -> bool:
        """More than one answer may be chosen."""
        return self.kind is Kind.MULTIPLE


@dataclass(frozen=True, slots=True)
class Quiz:
    """A frozen quiz: its title and its questions in order."""

    title: str
    questions: tuple[FrozenQuestion, ...]

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Quiz":
        """Read what ``QuizVersion.body`` holds."""
        return cls(
            title=body["title"],
            questions=tuple(_question_from_json(data) for data in body["questions"]),
        )


@dataclass(frozen=True, slots=True)
class OptionResult:
    """What to show at one option after marking."""

    key: str
    text: str
    correct: bool
    chosen: bool
    feedback: str
    rationalisation: str
    counter_line: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The outcome: ``scaled`` runs from 0 to 1, ``success`` is a full mark."""

    scaled: float
    success: bool
    options: tuple[OptionResult, ...]


def mark(question: FrozenQuestion, chosen: Collection[str]) -> Mark:
    """Hold the chosen keys against the question; raises ``InvalidAnswer`` when that cannot be.

    Several answers: (right ones chosen - wrong ones chosen) / right ones, never below zero,
    so that choosing everything earns nothing.
    """
    picked = frozenset(chosen)
    _check(question, picked)
    right = {option.key for option in question.options if option.correct}
    scaled = max(0.0, (len(picked & right) - len(picked - right)) / len(right))
    return Mark(
        scaled=scaled,
        success=picked == right,
        options=tuple(_result(option, chosen=option.key in picked) for option in question.options),
    )


def _check(question: FrozenQuestion, picked: frozenset[str]) -> None:
    if not picked:
        raise InvalidAnswer(Refusal.NOTHING_CHOSEN)
    if picked - {option.key for option in question.options}:
        raise InvalidAnswer(Refusal.UNKNOWN_OPTION)
    if not question.is_multiple and len(picked) > 1:
        raise InvalidAnswer(Refusal.TOO_MANY_CHOSEN)


def _result(option: FrozenOption, *, chosen: bool) -> OptionResult:
    return OptionResult(
        key=option.key,
        text=option.text,
        correct=option.correct,
        chosen=chosen,
        feedback=option.feedback,
        rationalisation=option.rationalisation,
        counter_line=option.counter_line,
    )


def _question_from_json(data: Mapping[str, Any]) -> FrozenQuestion:
    return FrozenQuestion(
        kind=Kind(data["kind"]),
        key=data["key"],
        prompt=data["prompt"],
        explanation=data["explanation"],
        options=tuple(FrozenOption(**option) for option in data["options"]),
    )
