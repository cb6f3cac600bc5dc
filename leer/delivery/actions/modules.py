"""Beginning a module, and being done with a lesson or with all of it."""

from datetime import datetime

from django.db import transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import about, finish_part, held_round, module_end, record
from leer.delivery.rounds import standing_of
from leer.progress import api as progress


@transaction.atomic
def begin_module(user: User, module: content.Module, *, at: datetime | None = None) -> None:
    """The learner begins the module; beginning again changes nothing.

    Except where every part that is left was done: then the module is done too. (It was not,
    when the part that was still open has been taken away since.)
    """
    now, standing = standing_of(user, module.key)
    facts = about(user, module, at, now)
    events = [
        progress.ModuleLaunched(**facts),
        progress.ModuleStarted(**facts),
        *module_end(facts, module, standing.parts_done),
    ]
    record(user, events, repeat_is_fine=True)


@transaction.atomic
def finish_lesson(
    user: User, module: content.Module, part: content.Part, *, at: datetime | None = None
) -> None:
    """The learner is done with a lesson."""
    stay = held_round(user, module)
    done = progress.LessonCompleted(**about(user, module, at, stay[0]), part=part.key)
    finish_part(user, module, part, [done], at=at, stay=stay, repeat_is_fine=True)


@transaction.atomic
def finish_module(user: User, module: content.Module, *, at: datetime) -> None:
    """The module is done if each of its parts is, wherever that was; it is done once a round."""
    now, stays = held_round(user, module)
    done = progress.done_among(progress.parts_of(user, module.key), now.since)
    if end := module_end(about(user, module, at, now), module, done):
        record(user, end, stays=stays, repeat_is_fine=True)
