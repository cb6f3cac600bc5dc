"""From a statement back to the event that it tells: what a rebuild reads the ledger with."""

import re
from collections.abc import Callable
from types import NoneType
from uuid import UUID

from django.conf import settings
from msgspec import UNSET

from leer.progress.events import (
    CaseRead,
    ChoiceMade,
    CompletionRetracted,
    Event,
    Fact,
    LessonCompleted,
    ModuleCompleted,
    ModuleLaunched,
    ModuleSatisfied,
    ModuleStarted,
    PartEvent,
    PolicyAcknowledged,
    QuestionAnswered,
    QuizCompleted,
    QuizStarted,
    ScenarioEnded,
    ScenarioFailed,
    ScenarioPassed,
    ScenarioStarted,
)
from leer.xapi.api import ERASED, Statement, Verb, extension, path_of


def read(statement: Statement) -> Fact | None:
    """The event that this statement tells; ``None`` for a statement about something else, or
    somebody else, or from outside and without what the event needs.
    """
    path = path_of(statement.object.id)
    reader = _READERS.get((statement.verb.id, _shape(path)))
    ours = statement.actor.account.homePage == settings.XAPI_IRI_BASE
    if reader is None or not ours:
        return None
    try:
        event = reader(statement, path)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return event if _is_sound(event) else None


def _is_sound(event: Fact) -> bool:
    """Fits the rows of progress: names are short, steps are counted, scores are shares."""
    values = vars(event)
    texts = [value for value in values.values() if isinstance(value, str)]
    step, scaled = values.get("step", 1), values.get("scaled", 0.0)
    return (
        all(len(text) <= LONGEST for text in texts)
        and len(values.get("outcome", "")) <= LONGEST_OUTCOME
        and type(step) is int
        and 1 <= step <= MOST_STEPS
        and isinstance(scaled, (int, float, NoneType))
        and isinstance(values.get("success", True), (bool, NoneType))
    )


LONGEST, LONGEST_OUTCOME = 100, 20  # characters, as in ``progress.models``
MOST_STEPS = 10_000
SHA256 = re.compile("[0-9a-f]{64}")
VERSION = re.compile("[1-9][0-9]{0,8}", re.ASCII)  # of a policy: they are counted
UNSCORED = "long-fill-in"  # the way of answering that is never sent nor scored


def _shape(path: tuple[str, ...]) -> str:
    """``modules`` or ``modules/lessons`` or ``modules/scenarios/scenes``."""
    return "/".join(path[::2]) if len(path) % 2 == 0 else ""


def _common(statement: Statement, path: tuple[str, ...]) -> dict[str, object]:
    if statement.registration is None:
        raise ValueError
    return _told(statement) | {"module": path[1], "registration": statement.registration}


def _told(statement: Statement) -> dict[str, object]:
    return {
        "actor": UUID(statement.actor.account.name),
        "version": _version(statement),
        "at": statement.timestamp,
    }


def _version(statement: Statement) -> str:
    """Of the content; empty when whoever wrote it down does not know."""
    extensions = statement.context.extensions  # type: ignore[union-attr]
    return str(extensions.get(extension("version"), "")) if extensions else ""


def _extension(statement: Statement, name: str) -> object:
    return statement.context.extensions[extension(name)]  # type: ignore[union-attr, index]


def _module_reader(event: type[Event]) -> "Reader":
    return lambda statement, path: event(**_common(statement, path))  # type: ignore[arg-type]


def _part_reader(event: type[PartEvent]) -> "Reader":
    return lambda statement, path: event(**_common(statement, path), part=path[3])  # type: ignore[arg-type]


def _read_quiz_start(statement: Statement, path: tuple[str, ...]) -> Event:
    extensions = statement.context.extensions or {}  # type: ignore[union-attr]
    drawn = _names(extensions.get(extension("drawn"), []))
    return QuizStarted(**_common(statement, path), part=path[3], drawn=drawn)  # type: ignore[arg-type]


def _names(value: object) -> tuple[str, ...]:
    """Keys of questions, or passages, in order."""
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise TypeError
    if any(not isinstance(name, str) or len(name) > LONGEST for name in value):
        raise TypeError
    return tuple(value)


def _read_answer(statement: Statement, path: tuple[str, ...]) -> Event:
    result, definition = statement.result, statement.object.definition
    answered: dict[str, object] = {"response": (), "scaled": None, "success": None}
    way = definition.interactionType if definition else UNSET
    if way != UNSCORED or result.completion is not True:  # type: ignore[union-attr]
        answered = {
            "response": tuple(result.response.split("[,]")),  # type: ignore[union-attr]
            "scaled": result.score.scaled,  # type: ignore[union-attr]
            "success": result.success,  # type: ignore[union-attr]
        }
    return QuestionAnswered(
        **_common(statement, path),  # type: ignore[arg-type]
        **answered,  # type: ignore[arg-type]
        part=path[3],
        step=_extension(statement, "step"),  # type: ignore[arg-type]
        question=path[5],
        way=way or "choice",
    )


def _is_reduced(statement: Statement) -> bool:
    """That it was done is all that is left (``leer.xapi``: erasure and retention)."""
    extensions = statement.context.extensions  # type: ignore[union-attr]
    return bool(extensions) and extension(ERASED) in extensions  # type: ignore[operator]


def _read_quiz_end(statement: Statement, path: tuple[str, ...]) -> Event:
    score = statement.result.score if statement.result else UNSET
    scaled = score.scaled if score and not _is_reduced(statement) else None
    return QuizCompleted(**_common(statement, path), part=path[3], scaled=scaled)  # type: ignore[arg-type]


def _read_choice(statement: Statement, path: tuple[str, ...]) -> Event:
    return ChoiceMade(
        **_common(statement, path),  # type: ignore[arg-type]
        part=path[3],
        step=_extension(statement, "step"),  # type: ignore[arg-type]
        scene=path[5],
        target=statement.result.response,  # type: ignore[union-attr, arg-type]
    )


def _read_story_start(statement: Statement, path: tuple[str, ...]) -> Event:
    given: tuple[str, ...] = ()
    if statement.result:
        given = _names(statement.result.extensions[extension("given")])  # type: ignore[index]
    return ScenarioStarted(**_common(statement, path), part=path[3], given=given)  # type: ignore[arg-type]


def _read_ending(statement: Statement, path: tuple[str, ...]) -> Event:
    outcome = ""
    if not _is_reduced(statement):
        outcome = statement.result.extensions[extension("ending")]  # type: ignore[union-attr, index]
    return ScenarioEnded(
        **_common(statement, path),  # type: ignore[arg-type]
        part=path[3],
        outcome=outcome,
        enough=not statement.result or statement.result.completion is not False,
    )


def _read_acknowledgement(statement: Statement, path: tuple[str, ...]) -> Fact:
    sha256 = _extension(statement, "sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise ValueError
    if not VERSION.fullmatch(_version(statement)):
        raise ValueError
    return PolicyAcknowledged(**_told(statement), policy=path[1], sha256=sha256)  # type: ignore[arg-type]


def _read_case(statement: Statement, path: tuple[str, ...]) -> Fact:
    return CaseRead(**_told(statement), case=path[1])  # type: ignore[arg-type]


type Reader = Callable[[Statement, tuple[str, ...]], Fact]
_READERS: dict[tuple[str, str], Reader] = {
    (Verb.LAUNCHED, "modules"): _module_reader(ModuleLaunched),
    (Verb.INITIALIZED, "modules"): _module_reader(ModuleStarted),
    (Verb.COMPLETED, "modules"): _module_reader(ModuleCompleted),
    (Verb.SATISFIED, "modules"): _module_reader(ModuleSatisfied),
    (Verb.RETRACTED, "modules"): _module_reader(CompletionRetracted),
    (Verb.COMPLETED, "modules/lessons"): _part_reader(LessonCompleted),
    (Verb.INITIALIZED, "modules/quizzes"): _read_quiz_start,
    (Verb.ANSWERED, "modules/quizzes/questions"): _read_answer,
    (Verb.COMPLETED, "modules/quizzes"): _read_quiz_end,
    (Verb.INITIALIZED, "modules/scenarios"): _read_story_start,
    (Verb.ANSWERED, "modules/scenarios/scenes"): _read_choice,
    (Verb.COMPLETED, "modules/scenarios"): _read_ending,
    (Verb.PASSED, "modules/scenarios"): _part_reader(ScenarioPassed),
    (Verb.FAILED, "modules/scenarios"): _part_reader(ScenarioFailed),
    (Verb.ACKNOWLEDGE, "policies"): _read_acknowledgement,
    (Verb.READ, "cases"): _read_case,
}
