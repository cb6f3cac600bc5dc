"""Beginning a module, and being done with a lesson or with all of it."""

from datetime import datetime

from django.db import transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import about, finish_part, module_end, record
from leer.progress import api as progress


@transaction.atomic
def begin_module(user: User, module: content.Module, *, at: datetime | None = None) -> None:
    """The learner begins the module; beginning again changes nothing.

    Except where every part that is left was done: then the module is done too. (It was not,
    when the part that was still open has been taken away since.)
    """
    facts = about(user, module, at)
    events = [
        progress.ModuleLaunched(**facts),
        progress.ModuleStarted(**facts),
        *module_end(facts, module, progress.parts_done(user, module.key)),
    ]
    record(user, events, repeat_is_fine=True)


@transaction.atomic
def finish_lesson(
    user: User, module: content.Module, part: content.Part, *, at: datetime | None = None
) -> None:
    """The learner is done with a lesson."""
    done = progress.LessonCompleted(**about(user, module, at), part=part.key)
    finish_part(user, module, part, [done], at=at, repeat_is_fine=True)


@transaction.atomic
def finish_module(user: User, module: content.Module, *, at: datetime) -> None:
    """The module is done if each of its parts is, wherever that was; it is done once."""
    held = progress.held_module(user, module.key)
    done = progress.parts_done(user, module.key)
    if end := module_end(about(user, module, at), module, done):
        record(user, end, module=held, repeat_is_fine=True)
