"""What can happen to a learner, and its statement; each event reads as its sentence.

``statement()`` and ``read()`` are each other's inverse: the ledger needs nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET

from leer.xapi.api import (
    ActivityType,
    Context,
    ContextActivities,
    Result,
    Score,
    Statement,
    Verb,
    VerbObject,
    activity,
    agent,
    extension,
    name_uuid,
    path_of,
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that this actor did in this module at this moment.

    ``registration`` is the stay or attempt it belongs to; ``version`` the content's version,
    as text, that was on the screen.
    """

    verb: ClassVar[Verb]
    kind: ClassVar[ActivityType]

    actor: UUID
    module: str
    registration: UUID
    version: str
    at: datetime

    def path(self) -> tuple[str, ...]:
        """The activity's place under the organisation's IRI."""
        return ("modules", self.module)

    def identity(self) -> tuple[object, ...]:
        """What makes this fact itself: the same identity is the same statement."""
        return (self.registration, self.verb.value, *self.path())

    def statement(self) -> Statement:
        """The sentence for the ledger."""
        return Statement(
            id=name_uuid(self.actor, *self.identity()),
            actor=agent(self.actor),
            verb=VerbObject(id=self.verb.value, display={"en": self.verb.value.rsplit("/", 1)[-1]}),
            object=activity(self.kind, *self.path(), interaction=self.interaction()),
            result=self.result() or UNSET,
            context=Context(
                registration=self.registration,
                contextActivities=self._parents() or UNSET,
                extensions={extension("version"): self.version, **self.extensions()},
            ),
            timestamp=self.at,
        )

    def interaction(self) -> str | None:
        """The interaction type of a cmi.interaction."""
        return None

    def result(self) -> Result | None:
        """What came of it."""
        return None

    def extensions(self) -> dict[str, object]:
        """What the context says besides the version."""
        return {}

    def _parents(self) -> ContextActivities | None:
        parent = self.path()[:-2]
        if not parent:
            return None
        module = activity(ActivityType.MODULE, *parent[:2])
        if len(parent) == len(("modules", self.module)):
            return ContextActivities(parent=[module])
        return ContextActivities(
            parent=[activity(PARENT_KINDS[parent[2]], *parent)], grouping=[module]
        )


PARENT_KINDS = {"quizzes": ActivityType.ASSESSMENT, "scenarios": ActivityType.SCENARIO}


@dataclass(frozen=True, kw_only=True)
class ModuleLaunched(Event):
    """The learner pressed *Begin*."""

    verb = Verb.LAUNCHED
    kind = ActivityType.MODULE


@dataclass(frozen=True, kw_only=True)
class ModuleStarted(Event):
    """The module opened; follows at once on ``ModuleLaunched``."""

    verb = Verb.INITIALIZED
    kind = ActivityType.MODULE


@dataclass(frozen=True, kw_only=True)
class ModuleCompleted(Event):
    """Every part that the module had at that moment was done."""

    verb = Verb.COMPLETED
    kind = ActivityType.MODULE

    def result(self) -> Result:
        """Complete."""
        return Result(completion=True)


@dataclass(frozen=True, kw_only=True)
class PartEvent(Event):
    """Something in one part of the module."""

    folder: ClassVar[str]
    part: str

    def path(self) -> tuple[str, ...]:
        """Under the module."""
        return ("modules", self.module, self.folder, self.part)


@dataclass(frozen=True, kw_only=True)
class LessonCompleted(PartEvent):
    """The learner said: done, go on."""

    verb = Verb.COMPLETED
    kind = ActivityType.LESSON
    folder = "lessons"

    def result(self) -> Result:
        """Complete."""
        return Result(completion=True)


@dataclass(frozen=True, kw_only=True)
class QuizStarted(PartEvent):
    """An attempt at the questions began; ``version`` is the frozen quiz."""

    verb = Verb.INITIALIZED
    kind = ActivityType.ASSESSMENT
    folder = "quizzes"


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(PartEvent):
    """One answer. ``response`` is option keys joined by ``[,]`` (SCORM's and xAPI's delimiter)."""

    verb = Verb.ANSWERED
    kind = ActivityType.INTERACTION
    folder = "quizzes"
    step: int
    question: str
    response: tuple[str, ...]
    scaled: float
    success: bool

    def path(self) -> tuple[str, ...]:
        """Under the quiz."""
        return (*super().path(), "questions", self.question)

    def identity(self) -> tuple[object, ...]:
        """One answer per step: the first one counts."""
        return (self.registration, self.verb.value, self.step)

    def interaction(self) -> str:
        """A choice."""
        return "choice"

    def result(self) -> Result:
        """What was chosen and how good that was."""
        return Result(
            response="[,]".join(self.response),
            score=Score(scaled=self.scaled),
            success=self.success,
        )

    def extensions(self) -> dict[str, object]:
        """The place in the attempt."""
        return {extension("step"): self.step}


@dataclass(frozen=True, kw_only=True)
class QuizCompleted(PartEvent):
    """The last question was answered. ``scaled`` is the mean over the questions."""

    verb = Verb.COMPLETED
    kind = ActivityType.ASSESSMENT
    folder = "quizzes"
    scaled: float

    def result(self) -> Result:
        """Complete, with its score."""
        return Result(completion=True, score=Score(scaled=self.scaled))


@dataclass(frozen=True, kw_only=True)
class ScenarioStarted(PartEvent):
    """An attempt at the story began; ``version`` is the scenario version."""

    verb = Verb.INITIALIZED
    kind = ActivityType.SCENARIO
    folder = "scenarios"


@dataclass(frozen=True, kw_only=True)
class ChoiceMade(PartEvent):
    """In ``scene`` the learner chose the way to ``target``. A dilemma: no right answer."""

    verb = Verb.ANSWERED
    kind = ActivityType.INTERACTION
    folder = "scenarios"
    step: int
    scene: str
    target: str

    def path(self) -> tuple[str, ...]:
        """Under the scenario."""
        return (*super().path(), "scenes", self.scene)

    def identity(self) -> tuple[object, ...]:
        """One choice per step: the first one counts."""
        return (self.registration, self.verb.value, self.step)

    def interaction(self) -> str:
        """A choice."""
        return "choice"

    def result(self) -> Result:
        """Where it led."""
        return Result(response=self.target)

    def extensions(self) -> dict[str, object]:
        """The place in the attempt."""
        return {extension("step"): self.step}


@dataclass(frozen=True, kw_only=True)
class ScenarioEnded(PartEvent):
    """The story came to this ending (``veilig``, ``leermoment`` or ``schade``)."""

    verb = Verb.COMPLETED
    kind = ActivityType.SCENARIO
    folder = "scenarios"
    outcome: str

    def result(self) -> Result:
        """Complete, with the kind of ending."""
        return Result(completion=True, extensions={extension("ending"): self.outcome})


def read(statement: Statement) -> Event | None:
    """The event that this statement tells; ``None`` for a statement about something else."""
    path = path_of(statement.object.id)
    reader = _READERS.get((statement.verb.id, _shape(path)))
    return reader(statement, path) if reader and statement.registration else None


def _shape(path: tuple[str, ...]) -> str:
    """``modules`` or ``modules/lessons`` or ``modules/scenarios/scenes``."""
    return "/".join(path[::2]) if len(path) % 2 == 0 else ""


def _common(statement: Statement, path: tuple[str, ...]) -> dict[str, object]:
    return {
        "actor": UUID(statement.actor.account.name),
        "module": path[1],
        "registration": statement.registration,
        "version": _extension(statement, "version"),
        "at": statement.timestamp,
    }


def _extension(statement: Statement, name: str) -> object:
    return statement.context.extensions[extension(name)]  # type: ignore[union-attr, index]


def _module_reader(event: type[Event]) -> "Reader":
    return lambda statement, path: event(**_common(statement, path))  # type: ignore[arg-type]


def _part_reader(event: type[PartEvent]) -> "Reader":
    return lambda statement, path: event(**_common(statement, path), part=path[3])  # type: ignore[arg-type]


def _read_answer(statement: Statement, path: tuple[str, ...]) -> Event:
    result = statement.result
    return QuestionAnswered(
        **_common(statement, path),  # type: ignore[arg-type]
        part=path[3],
        step=_extension(statement, "step"),  # type: ignore[arg-type]
        question=path[5],
        response=tuple(result.response.split("[,]")),  # type: ignore[union-attr]
        scaled=result.score.scaled,  # type: ignore[union-attr, arg-type]
        success=result.success,  # type: ignore[union-attr, arg-type]
    )


def _read_quiz_end(statement: Statement, path: tuple[str, ...]) -> Event:
    scaled = statement.result.score.scaled  # type: ignore[union-attr]
    return QuizCompleted(**_common(statement, path), part=path[3], scaled=scaled)  # type: ignore[arg-type]


def _read_choice(statement: Statement, path: tuple[str, ...]) -> Event:
    return ChoiceMade(
        **_common(statement, path),  # type: ignore[arg-type]
        part=path[3],
        step=_extension(statement, "step"),  # type: ignore[arg-type]
        scene=path[5],
        target=statement.result.response,  # type: ignore[union-attr, arg-type]
    )


def _read_ending(statement: Statement, path: tuple[str, ...]) -> Event:
    outcome = statement.result.extensions[extension("ending")]  # type: ignore[union-attr, index]
    return ScenarioEnded(**_common(statement, path), part=path[3], outcome=outcome)  # type: ignore[arg-type]


type Reader = Callable[[Statement, tuple[str, ...]], Event]
_READERS: dict[tuple[str, str], Reader] = {
    (Verb.LAUNCHED, "modules"): _module_reader(ModuleLaunched),
    (Verb.INITIALIZED, "modules"): _module_reader(ModuleStarted),
    (Verb.COMPLETED, "modules"): _module_reader(ModuleCompleted),
    (Verb.COMPLETED, "modules/lessons"): _part_reader(LessonCompleted),
    (Verb.INITIALIZED, "modules/quizzes"): _part_reader(QuizStarted),
    (Verb.ANSWERED, "modules/quizzes/questions"): _read_answer,
    (Verb.COMPLETED, "modules/quizzes"): _read_quiz_end,
    (Verb.INITIALIZED, "modules/scenarios"): _part_reader(ScenarioStarted),
    (Verb.ANSWERED, "modules/scenarios/scenes"): _read_choice,
    (Verb.COMPLETED, "modules/scenarios"): _read_ending,
}
