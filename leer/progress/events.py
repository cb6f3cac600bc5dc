"""What can happen to a learner, and its statement; each event reads as its sentence.

``statement()`` and ``reading.read`` are each other's inverse: the ledger needs nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from leer.xapi.api import (
    ActivityType,
    Context,
    ContextActivities,
    InteractionType,
    Result,
    Score,
    Statement,
    Verb,
    VerbObject,
    activity,
    agent,
    extension,
    name_uuid,
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that this actor did at this moment; ``version`` is the content's version, as text,
    that was on the screen.
    """

    verb: ClassVar[Verb]
    kind: ClassVar[ActivityType]

    actor: UUID
    version: str
    at: datetime

    def path(self) -> tuple[str, ...]:
        """The activity's place under the organisation's IRI."""
        raise NotImplementedError

    def identity(self) -> tuple[object, ...]:
        """What makes this fact itself: the same identity is the same statement."""
        raise NotImplementedError

    def belongs_to(self) -> UUID | UnsetType:
        """The stay or attempt."""
        return UNSET

    def statement(self) -> Statement:
        """The sentence for the ledger."""
        return Statement(
            id=name_uuid(self.actor, *self.identity()),
            actor=agent(self.actor),
            verb=VerbObject(id=self.verb.value, display={"en": self.verb.value.rsplit("/", 1)[-1]}),
            object=activity(self.kind, *self.path(), interaction=self.interaction()),
            result=self.result() or UNSET,
            context=Context(
                registration=self.belongs_to(),
                contextActivities=self._parents() or UNSET,
                extensions={extension("version"): self.version, **self.extensions()},
            ),
            timestamp=self.at,
        )

    def interaction(self) -> InteractionType | UnsetType:
        """The interaction type of a cmi.interaction."""
        return UNSET

    def result(self) -> Result | None:
        """What came of it."""
        return None

    def extensions(self) -> dict[str, object]:
        """What the context says besides the version."""
        return {}

    def _parents(self) -> ContextActivities | None:
        return None


@dataclass(frozen=True, kw_only=True)
class Event(Fact):
    """Something in this module. ``registration`` is the stay or attempt it belongs to."""

    module: str
    registration: UUID

    def path(self) -> tuple[str, ...]:
        """The module."""
        return ("modules", self.module)

    def identity(self) -> tuple[object, ...]:
        """Once a stay or attempt."""
        return (self.registration, self.verb.value, *self.path())

    def belongs_to(self) -> UUID:
        """As it says."""
        return self.registration

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
class ModuleSatisfied(Event):
    """Something that was done elsewhere, at this moment, counts for the module: a second person
    saw the proof. A stay of its own; no version of ours was done.
    """

    verb = Verb.SATISFIED
    kind = ActivityType.MODULE

    def result(self) -> Result:
        """Complete."""
        return Result(completion=True)


@dataclass(frozen=True, kw_only=True)
class CompletionRetracted(Event):
    """It was a mistake that this stay counted, done here or elsewhere: a second person said so. The
    facts that it did stay in the ledger.
    """

    verb = Verb.RETRACTED
    kind = ActivityType.MODULE


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
    """An attempt at the questions began; ``version`` is the frozen quiz, ``drawn`` the keys of the
    questions it asks (none: all that the version has).
    """

    verb = Verb.INITIALIZED
    kind = ActivityType.ASSESSMENT
    folder = "quizzes"
    drawn: tuple[str, ...] = ()

    def extensions(self) -> dict[str, object]:
        """What was drawn."""
        return {extension("drawn"): list(self.drawn)} if self.drawn else {}


@dataclass(frozen=True, kw_only=True)
class StepEvent(PartEvent):
    """What somebody chose at one step of an attempt; counted from 1. The first one counts."""

    verb = Verb.ANSWERED
    kind = ActivityType.INTERACTION
    asked_in: ClassVar[str]
    step: int

    def asked(self) -> str:
        """The key of what was asked: a question or a scene."""
        raise NotImplementedError

    def path(self) -> tuple[str, ...]:
        """Under the part."""
        return (*super().path(), self.asked_in, self.asked())

    def identity(self) -> tuple[object, ...]:
        """One per step."""
        return (self.registration, self.verb.value, self.step)

    def interaction(self) -> InteractionType:
        """A choice."""
        return "choice"

    def extensions(self) -> dict[str, object]:
        """The place in the attempt."""
        return {extension("step"): self.step}


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(StepEvent):
    """One answer. ``response`` are its words, joined by ``[,]`` (SCORM's and xAPI's delimiter);
    ``way`` is how the question is answered. What is never scored and not sent, a private
    reflection, has no response, score or success: only that it was done.
    """

    folder = "quizzes"
    asked_in = "questions"
    question: str
    response: tuple[str, ...]
    scaled: float | None
    success: bool | None
    way: InteractionType = "choice"

    def asked(self) -> str:
        """The question."""
        return self.question

    def interaction(self) -> InteractionType:
        """How it is answered."""
        return self.way

    def result(self) -> Result:
        """What was chosen and how good that was."""
        if self.scaled is None or self.success is None:
            return Result(completion=True)
        return Result(
            response="[,]".join(self.response),
            score=Score(scaled=self.scaled),
            success=self.success,
        )


@dataclass(frozen=True, kw_only=True)
class QuizCompleted(PartEvent):
    """The last question was answered. ``scaled`` is the mean over the questions that are scored;
    ``None`` when none is, or when it was forgotten since (only the ledger says so).
    """

    verb = Verb.COMPLETED
    kind = ActivityType.ASSESSMENT
    folder = "quizzes"
    scaled: float | None

    def result(self) -> Result:
        """Complete, with its score."""
        if self.scaled is None:
            return Result(completion=True)
        return Result(completion=True, score=Score(scaled=self.scaled))


@dataclass(frozen=True, kw_only=True)
class ScenarioStarted(PartEvent):
    """An attempt at the story began; ``version`` is the scenario version.

    ``given`` is the way that was taken over from an earlier attempt (*opnieuw vanaf deze scène*):
    the passages from the first to the one where this attempt begins, empty when it begins at the
    beginning. What somebody chose is class B, so it is a result: the ledger keeps such a
    statement for its person only. No choice of it is told again.
    """

    verb = Verb.INITIALIZED
    kind = ActivityType.SCENARIO
    folder = "scenarios"
    given: tuple[str, ...] = ()

    def result(self) -> Result | None:
        """The way that was given."""
        return Result(extensions={extension("given"): list(self.given)}) if self.given else None


@dataclass(frozen=True, kw_only=True)
class ChoiceMade(StepEvent):
    """In ``scene`` the learner chose the way to ``target``. A dilemma: no right answer."""

    folder = "scenarios"
    asked_in = "scenes"
    scene: str
    target: str

    def asked(self) -> str:
        """The scene."""
        return self.scene

    def result(self) -> Result:
        """Where it led."""
        return Result(response=self.target)


@dataclass(frozen=True, kw_only=True)
class ScenarioEnded(PartEvent):
    """The story came to this ending (``veilig``, ``leermoment`` or ``schade``).

    ``enough``: with it the part is done, as the scenario's pass rule says. Whether something is
    done is class A, so it stays when the ending is forgotten.
    """

    verb = Verb.COMPLETED
    kind = ActivityType.SCENARIO
    folder = "scenarios"
    outcome: str
    enough: bool = True

    def result(self) -> Result:
        """Complete or not, with the kind of ending."""
        return Result(completion=self.enough, extensions={extension("ending"): self.outcome})


@dataclass(frozen=True, kw_only=True)
class ScenarioPassed(PartEvent):
    """The ending was enough, in a story where not every ending is. Beside ``ScenarioEnded``."""

    verb = Verb.PASSED
    kind = ActivityType.SCENARIO
    folder = "scenarios"

    def result(self) -> Result:
        """Success."""
        return Result(success=True)


@dataclass(frozen=True, kw_only=True)
class ScenarioFailed(PartEvent):
    """The ending was not enough. Beside ``ScenarioEnded``."""

    verb = Verb.FAILED
    kind = ActivityType.SCENARIO
    folder = "scenarios"

    def result(self) -> Result:
        """No success yet."""
        return Result(success=False)


@dataclass(frozen=True, kw_only=True)
class PolicyAcknowledged(Fact):
    """Read and understood: this version of this policy, of which the exact text has this hash. Once
    for each text. What was answered on the way to it is told nowhere.
    """

    verb = Verb.ACKNOWLEDGE
    kind = ActivityType.DOCUMENT
    policy: str
    sha256: str

    def path(self) -> tuple[str, ...]:
        """The policy."""
        return ("policies", self.policy)

    def identity(self) -> tuple[object, ...]:
        """Once a text."""
        return (self.verb.value, *self.path(), self.version, self.sha256)

    def extensions(self) -> dict[str, object]:
        """Which text it was, to the byte."""
        return {extension("sha256"): self.sha256}


@dataclass(frozen=True, kw_only=True)
class CaseRead(Fact):
    """Somebody said that they read this case. Once: it is their own word, of no version, and what
    they chose in it is told nowhere.
    """

    verb = Verb.READ
    kind = ActivityType.ARTICLE
    case: str

    def path(self) -> tuple[str, ...]:
        """The case."""
        return ("cases", self.case)

    def identity(self) -> tuple[object, ...]:
        """Once a case."""
        return (self.verb.value, *self.path())
