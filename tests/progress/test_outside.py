"""Facts from outside: they count when their credential is trusted for that, and only then."""

from typing import Any
from uuid import uuid4

import pytest

from leer.accounts.models import User
from leer.progress import rebuild
from leer.progress.models import PartProgress
from leer.xapi.api import extension
from tests.support.factories_organisation import UserFactory
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.django_db
LESSON = "https://leer.example/xapi/modules/m/lessons/een"


@pytest.fixture
def noor() -> User:
    return UserFactory()


def lesson_done(user: User, **changes: Any) -> dict[str, Any]:
    account = {"homePage": "https://leer.example/xapi", "name": str(user.actor_name)}
    return (
        statement(
            actor={"account": account},
            object={"id": LESSON},
            result={"completion": True},
            context={"registration": str(uuid4()), "extensions": {extension("version"): "3"}},
            timestamp="2026-11-25T10:00:00Z",
        )
        | changes
    )


def test_a_trusted_credential_completes_a_lesson_and_another_does_not(noor: User) -> None:
    Lrs(trusted=False).stored(lesson_done(noor))
    assert not PartProgress.objects.exists()
    assert not rebuild.check()
    Lrs(trusted=True).stored(lesson_done(noor))
    assert PartProgress.objects.get(user=noor).completed_at is not None
    assert not rebuild.check()


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"context": {}}, id="no registration"),
        pytest.param({"actor": {"mbox": "mailto:noor@example.org"}}, id="an actor by mail"),
        pytest.param(
            {"actor": {"account": {"homePage": "https://leer.example/xapi", "name": "noor"}}},
            id="a name that is no UUID",
        ),
        pytest.param({"object": {"id": LESSON + "x" * 200}}, id="a part with a long name"),
        pytest.param({"object": {"id": "https://elders.example/les"}}, id="somebody else's lesson"),
    ],
)
def test_an_odd_one_is_stored_and_changes_nothing(noor: User, odd: dict[str, Any]) -> None:
    Lrs(trusted=True).stored(lesson_done(noor, **odd))
    assert not PartProgress.objects.exists()
    assert not rebuild.check()


def test_the_same_account_name_elsewhere_is_somebody_else(noor: User) -> None:
    account = {"homePage": "https://elders.example", "name": str(noor.actor_name)}
    Lrs(trusted=True).stored(lesson_done(noor, actor={"account": account}))
    assert not PartProgress.objects.exists()


def test_a_completion_without_a_version_counts(noor: User) -> None:
    Lrs(trusted=True).stored(lesson_done(noor, context={"registration": str(uuid4())}))
    assert PartProgress.objects.filter(user=noor).exists()
    assert not rebuild.check()
