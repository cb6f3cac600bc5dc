"""The front door of progress."""

from leer.progress.actions import AlreadyHappened, record
from leer.progress.events import (
    ChoiceMade,
    Event,
    LessonCompleted,
    ModuleCompleted,
    ModuleLaunched,
    ModuleStarted,
    QuestionAnswered,
    QuizCompleted,
    QuizStarted,
    ScenarioEnded,
    ScenarioStarted,
)
from leer.progress.models import Attempt, AttemptKind, ModuleProgress
from leer.progress.selectors import (
    held_attempt,
    held_module,
    latest_attempt,
    module_of,
    modules_of,
    modules_of_people,
    parts_done,
    parts_done_by_module,
    questions_asked,
    standing_of,
)
from leer.progress.signals import parts_finished_outside

__all__ = [
    "AlreadyHappened",
    "Attempt",
    "AttemptKind",
    "ChoiceMade",
    "Event",
    "LessonCompleted",
    "ModuleCompleted",
    "ModuleLaunched",
    "ModuleProgress",
    "ModuleStarted",
    "QuestionAnswered",
    "QuizCompleted",
    "QuizStarted",
    "ScenarioEnded",
    "ScenarioStarted",
    "held_attempt",
    "held_module",
    "latest_attempt",
    "module_of",
    "modules_of",
    "modules_of_people",
    "parts_done",
    "parts_done_by_module",
    "parts_finished_outside",
    "questions_asked",
    "record",
    "standing_of",
]
