"""The sentences for the ledger: what was assigned to this person, and what they need not do."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from msgspec import UNSET

from leer.xapi.api import (
    Activity,
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


def was_assigned(
    actor: UUID, module_key: str, due_on: str, at: datetime, *, again: bool = False
) -> Statement:
    """The statement; the plan is the object, the module its parent. ``again``: after it was taken
    back, which may be more than once.
    """
    module = activity(ActivityType.MODULE, "modules", module_key)
    moments = (at.isoformat(),) if again else ()
    return Statement(
        id=name_uuid(actor, Verb.WAS_ASSIGNED.value, module_key, *moments),
        actor=agent(actor),
        verb=VerbObject(id=Verb.WAS_ASSIGNED.value, display={"en": "was assigned"}),
        object=activity(ActivityType.LEARNING_PLAN, "plans", module_key),
        context=Context(
            contextActivities=ContextActivities(parent=[module]),
            extensions={extension("due"): due_on},
        ),
        timestamp=at,
    )


def was_assigned_together(
    actor: UUID, programme: UUID, due: Mapping[str, date], at: datetime
) -> Statement:
    """One statement for all modules that a programme gives somebody at once: the programme is the
    object, the modules its parents. ``due`` is the last day of each.

    Its id is that of the person, the programme and what was given by when: a module that is given
    back later has another day, and is another fact.
    """
    days = tuple((key, due[key].isoformat()) for key in sorted(due))
    plan, context = _plan_and_modules(programme, days)
    return Statement(
        id=name_uuid(actor, Verb.WAS_ASSIGNED.value, programme, *days),
        actor=agent(actor),
        verb=VerbObject(id=Verb.WAS_ASSIGNED.value, display={"en": "was assigned"}),
        object=plan,
        context=context,
        timestamp=at,
    )


def was_assigned_again(
    actor: UUID, module_key: str, renewal: UUID, due_on: date, at: datetime
) -> Statement:
    """The statement that a change asks this person to do the module again: once, whatever else the
    module is given for.
    """
    module = activity(ActivityType.MODULE, "modules", module_key)
    return Statement(
        id=name_uuid(actor, Verb.WAS_ASSIGNED.value, "renewal", renewal),
        actor=agent(actor),
        verb=VerbObject(id=Verb.WAS_ASSIGNED.value, display={"en": "was assigned"}),
        object=activity(ActivityType.LEARNING_PLAN, "plans", module_key),
        context=Context(
            contextActivities=ContextActivities(parent=[module]),
            extensions={extension("due"): due_on.isoformat()},
        ),
        timestamp=at,
    )


def was_waived(
    actor: UUID, programme: UUID, module_key: str, until: date | None, at: datetime
) -> Statement:
    """The statement that somebody is exempt: from the programme, or from a module of it, which is
    then the object with the programme as its parent. Why is not told: that stays in Leer.
    """
    plan = activity(ActivityType.LEARNING_PLAN, "plans", str(programme))
    context = Context(
        contextActivities=ContextActivities(parent=[plan]) if module_key else UNSET,
        extensions={extension("until"): until.isoformat()} if until else UNSET,
    )
    return Statement(
        id=name_uuid(actor, Verb.WAIVED.value, programme, module_key, at.isoformat()),
        actor=agent(actor),
        verb=VerbObject(id=Verb.WAIVED.value, display={"en": "waived"}),
        object=activity(ActivityType.MODULE, "modules", module_key) if module_key else plan,
        context=context if module_key or until else UNSET,
        timestamp=at,
    )


def was_withdrawn(
    actor: UUID, plan: str, module_key: str, withdrawal: UUID, at: datetime
) -> Statement:
    """The statement that an assignment was taken back by hand: the plan that gave it is the object,
    the module its parent. By whom and why stays in Leer.
    """
    return _taken_back(actor, Verb.WAS_ASSIGNED, (plan, module_key), withdrawal, at)


def was_waived_no_longer(actor: UUID, programme: UUID, module_key: str, at: datetime) -> Statement:
    """The statement that an exemption was taken back."""
    return _taken_back(actor, Verb.WAIVED, (str(programme), module_key), at.isoformat(), at)


def _taken_back(
    actor: UUID, what: Verb, of: tuple[str, str], which: object, at: datetime
) -> Statement:
    """``what`` was said ``of`` this plan, and this module of it, does not hold any more."""
    plan, module_key = of
    parents = [activity(ActivityType.MODULE, "modules", module_key)] if module_key else []
    return Statement(
        id=name_uuid(actor, Verb.RETRACTED.value, what.value, plan, module_key, which),
        actor=agent(actor),
        verb=VerbObject(id=Verb.RETRACTED.value, display={"en": "retracted"}),
        object=activity(ActivityType.LEARNING_PLAN, "plans", plan),
        context=Context(
            contextActivities=ContextActivities(parent=parents) if parents else UNSET,
            extensions={extension("retracted"): what.value},
        ),
        timestamp=at,
    )


@lru_cache(maxsize=256)  # thousands of people get the same on the same day
def _plan_and_modules(
    programme: UUID, days: tuple[tuple[str, str], ...]
) -> tuple[Activity, Context]:
    modules = [activity(ActivityType.MODULE, "modules", key) for key, _ in days]
    return activity(ActivityType.LEARNING_PLAN, "plans", str(programme)), Context(
        contextActivities=ContextActivities(parent=modules),
        extensions={extension("due-by-module"): dict(days)},
    )
