"""What a question was when an attempt began, as plain data.

A question is frozen before it is marked (see ``api.freeze_quiz``): what a person answered is
always held against the words that person saw. A name that an older version does not have takes
its default, so that every version that exists can be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of question there are; the value is what a frozen quiz stores."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT_SIGNALS = "text-signals"
    PICTURE_SIGNALS = "picture-signals"
    ORDER = "order"
    MATCH = "match"
    JUDGEMENT = "judgement"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class FrozenOption:
    """One thing to choose, place, match or rate, with what it says back.

    What the other names say, by kind: ``correct`` that it is to be chosen (a signal is);
    ``before`` the text that runs up to this passage; ``x`` and ``y`` where the spot is, in
    percents of the picture; ``target`` what it belongs to; ``rating`` what the experts say of it,
    from 1 (very inappropriate) to 4. Steps stand in the right order.
    """

    key: str
    text: str
    correct: bool = False
    feedback: str = ""
    rationalisation: str = ""
    counter_line: str = ""
    before: str = ""
    x: int = 0
    y: int = 0
    target: str = ""
    rating: int = 0


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """The picture that spots are on, with its words."""

    url: str
    srcset: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class FrozenQuestion:
    """A question as it was. ``after`` is the text that follows on the last passage; questions with
    the same ``parallel`` stand for each other.
    """

    kind: Kind
    key: str
    prompt: str
    explanation: str
    options: tuple[FrozenOption, ...] = ()
    after: str = ""
    picture: FrozenPicture | None = None
    parallel: str = ""
    policy_label: str = ""
    policy_url: str = ""

    @property
    def group(self) -> str:
        """What is asked once in an attempt: this question, or one that stands for it."""
        return f"={self.parallel}" if self.parallel else self.key

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FrozenQuestion":
        """Read one question of ``QuizVersion.body``."""
        picture = data.get("picture")
        inner = {
            "kind": Kind(data["kind"]),
            "options": tuple(FrozenOption(**option) for option in data["options"]),
            "picture": FrozenPicture(**picture) if picture else None,
        }
        return cls(**{**data, **inner})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a quiz for ``count`` of the questions with these keys. A slot for one prefers the
    first: it is what the editor chose, and the rest stand for it. Of a draw none is preferred.
    """

    count: int
    keys: tuple[str, ...]
    is_draw: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """A frozen quiz: its title, every question it may ask, and the places for them in order."""

    title: str
    questions: tuple[FrozenQuestion, ...]
    slots: tuple[Slot, ...]

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Quiz":
        """Read what ``QuizVersion.body`` holds; without slots each question has its own."""
        found = tuple(FrozenQuestion.from_json(data) for data in body["questions"])
        if "slots" not in body:
            return cls(body["title"], found, tuple(Slot(1, (one.key,)) for one in found))
        slots = tuple(
            Slot(slot["count"], tuple(slot["keys"]), slot["is_draw"]) for slot in body["slots"]
        )
        return cls(body["title"], found, slots)

    def asked(self, drawn: Iterable[str]) -> tuple[FrozenQuestion, ...]:
        """The questions of an attempt for which these keys were drawn; none drawn is all. (Only
        a statement from outside can name one that the quiz does not have.)
        """
        by_key = {question.key: question for question in self.questions}
        return tuple(by_key[key] for key in drawn if key in by_key) or self.questions
