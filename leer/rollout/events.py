"""The sentence for the ledger: this module was assigned to this person."""

from datetime import datetime
from uuid import UUID

from leer.xapi.api import (
    ActivityType,
    Context,
    ContextActivities,
    Statement,
    Verb,
    VerbObject,
    activity,
    agent,
    extension,
    name_uuid,
)


def was_assigned(actor: UUID, module_key: str, due_on: str, at: datetime) -> Statement:
    """The statement; the plan is the object, the module its parent."""
    module = activity(ActivityType.MODULE, "modules", module_key)
    return Statement(
        id=name_uuid(actor, Verb.WAS_ASSIGNED.value, module_key),
        actor=agent(actor),
        verb=VerbObject(id=Verb.WAS_ASSIGNED.value, display={"en": "was assigned"}),
        object=activity(ActivityType.LEARNING_PLAN, "plans", module_key),
        context=Context(
            contextActivities=ContextActivities(parent=[module]),
            extensions={extension("due"): due_on},
        ),
        timestamp=at,
    )
