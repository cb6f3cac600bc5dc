"""The verbs and activity types that Leer itself uses (table in the domain document)."""

from enum import StrEnum
from functools import lru_cache

VOIDED = "http://adlnet.gov/expapi/verbs/voided"  # 2.3.2: takes another statement back


class Verb(StrEnum):
    """Verb IRIs; each is in a public registry."""

    LAUNCHED = "http://adlnet.gov/expapi/verbs/launched"
    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    WAS_ASSIGNED = "https://w3id.org/xapi/acrossx/verbs/was-assigned"
    READ = "http://activitystrea.ms/read"
    ACKNOWLEDGE = "http://activitystrea.ms/acknowledge"
    WAIVED = "https://w3id.org/xapi/adl/verbs/waived"
    EARNED = "http://id.tincanapi.com/verb/earned"
    EXPIRED = "http://id.tincanapi.com/verb/expired"
    SATISFIED = "https://w3id.org/xapi/adl/verbs/satisfied"
    RETRACTED = "http://activitystrea.ms/retract"


class ActivityType(StrEnum):
    """Activity type IRIs."""

    MODULE = "http://adlnet.gov/expapi/activities/module"
    LESSON = "http://adlnet.gov/expapi/activities/lesson"
    ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
    INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
    SCENARIO = "http://id.tincanapi.com/activitytype/scenario"
    ARTICLE = "http://activitystrea.ms/article"
    DOCUMENT = "http://id.tincanapi.com/activitytype/document"
    LEARNING_PLAN = "https://w3id.org/xapi/acrossx/activities/learning-plan"


# Verbs that say how well somebody did: class B of the domain document, like the score itself.
# Others spell them in IRIs of their own, so they are known by how these end.
_OUTCOMES = frozenset({"passed", "failed", "mastered", "scored", "won", "lost", "win", "lose"})


@lru_cache(maxsize=1024)
def is_outcome(verb: str) -> bool:
    """Whether this verb (an IRI) says how well somebody did."""
    return verb.rstrip("/#").replace("#", "/").rpartition("/")[2].lower() in _OUTCOMES


# What Leer's own activities are, by the folders in their IRIs (``names.path_of``): nobody needs to
# have said so.
TYPES = {
    ("modules",): ActivityType.MODULE,
    ("modules", "lessons"): ActivityType.LESSON,
    ("modules", "quizzes"): ActivityType.ASSESSMENT,
    ("modules", "quizzes", "questions"): ActivityType.INTERACTION,
    ("modules", "scenarios"): ActivityType.SCENARIO,
    ("modules", "scenarios", "scenes"): ActivityType.INTERACTION,
    ("cases",): ActivityType.ARTICLE,
    ("policies",): ActivityType.DOCUMENT,
    ("plans",): ActivityType.LEARNING_PLAN,
}


def type_of(path: tuple[str, ...]) -> ActivityType | None:
    """What the activity with this path is."""
    return TYPES.get(path[::2]) if len(path) % 2 == 0 else None
