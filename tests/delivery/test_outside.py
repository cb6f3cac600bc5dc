"""A part that was done elsewhere counts for the module, if its system is trusted for that."""

from typing import Any
from uuid import uuid4

import pytest

from cursussen import api as content
from leer.accounts.api import User
from leer.delivery import actions
from leer.progress import api as progress
from leer.progress import rebuild
from leer.xapi.api import activity_iri, extension
from tests.support import learning
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.django_db
AT = "2026-11-25T10:00:00Z"


def lesson_done(user: User, module: content.Module) -> dict[str, Any]:
    part = learning.part_of(module, content.PartKind.LESSON)
    account = {"homePage": activity_iri(), "name": str(user.actor_name)}
    return statement(
        actor={"account": account},
        object={"id": activity_iri("modules", module.key, "lessons", part.key)},
        context={"registration": str(uuid4()), "extensions": {extension("version"): "1"}},
        timestamp=AT,
    )


def all_but_the_lesson(user: User, module: content.Module) -> None:
    actions.begin_module(user, module)
    learning.answer_all(user, module)
    learning.walk(user, module)


def test_the_last_part_done_elsewhere_ends_the_module_once(
    noor: User, module: content.Module
) -> None:
    all_but_the_lesson(noor, module)
    lrs = Lrs(trusted=True)
    lrs.stored(lesson_done(noor, module))
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert row.completed_at is not None
    assert row.completed_at.isoformat().startswith("2026-11-25T10:00")
    lrs.stored(lesson_done(noor, module))
    assert len(lrs.found(verb="http://adlnet.gov/expapi/verbs/completed")) >= 3
    assert not rebuild.check()


@pytest.mark.parametrize("trusted", [True, False])
def test_a_part_elsewhere_does_not_end_a_module_of_which_more_is_left_or_without_trust(
    noor: User, module: content.Module, trusted: bool
) -> None:
    if not trusted:
        all_but_the_lesson(noor, module)
    Lrs(trusted=trusted).stored(lesson_done(noor, module))
    row = progress.standing_of(noor, module.key).row
    assert row is None or row.completed_at is None
    assert not rebuild.check()
