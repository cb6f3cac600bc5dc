"""A module is taken back by hand and given back, as the programme and the colleague see it."""

from typing import Any

import pytest
from django.urls import reverse

from cursussen import api as content
from leer.accounts.api import User
from leer.privacy.models import Look
from leer.rollout import api as rollout
from leer.rollout.models import Withdrawal
from tests.support import factories_content as make
from tests.support import factories_running as running
from tests.support.factories_organisation import MembershipFactory
from tests.support.learning import signed_in, url

pytestmark = pytest.mark.django_db
PAGE = reverse("rollout:withdrawals")
DUE = running.MONDAY.replace(year=2099)
WHY = "Hoort niet bij dit werk."


@pytest.fixture
def planner() -> Any:
    return signed_in(running.planner())


@pytest.fixture
def learner(noor: User) -> Any:
    return signed_in(noor)


@pytest.fixture
def assigned(noor: User, module: content.Module) -> rollout.Assignment:
    MembershipFactory(user=noor)
    rollout.assign([noor], module_key=module.key, due_on=DUE, reason="x")
    [row] = rollout.assignments_of(noor)
    return row


def text(answer: Any) -> str:
    return str(answer.content.decode())


def withdraw(planner: Any, row: rollout.Assignment, **said: Any) -> Any:
    values = {"action": "withdraw", "person": "noor", "assignment": row.pk, "reason": WHY}
    return planner.post(PAGE, values | said, follow=True)


def test_from_looking_up_to_gone_and_back_with_the_reasons_to_read(
    planner: Any, learner: Any, noor: User, module: content.Module, assigned: rollout.Assignment
) -> None:
    learner.post(url("begin", module))
    found = text(planner.post(PAGE, {"action": "look", "person": "noor"}))
    assert module.title in found
    assert "bezig" not in found  # how far somebody is, is not the programme's to know
    assert "Ingetrokken. De collega leest waarom" in text(withdraw(planner, assigned))
    assert module.title not in text(learner.get(reverse("delivery:my_learning")))
    mine = text(learner.get(reverse("delivery:own_data")))
    assert WHY in mine
    assert "planner" in mine
    one = reverse("rollout:withdrawal", args=[Withdrawal.objects.get().public_id])
    assert planner.post(one, {"because": ""}).status_code == 422
    planner.post(one, {"because": "Toch wel nodig."})
    assert module.title in text(learner.get(reverse("delivery:my_learning")))
    assert "Toch wel nodig." in text(learner.get(reverse("delivery:own_data")))
    pages = set(Look.objects.filter(people=[noor.pk]).values_list("page", flat=True))
    assert pages == {"rollout:withdrawals", "rollout:withdrawal"}


def test_a_double_click_is_once_and_the_second_says_so(
    planner: Any, assigned: rollout.Assignment
) -> None:
    withdraw(planner, assigned)
    again = withdraw(planner, assigned)
    assert again.status_code == 422  # it is not among what can be chosen any more
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reason": ""}, "Dit lukte nog niet."),
        ({"reason": "Langdurig ziek"}, "Hier staat iets over gezondheid."),
        ({"person": "niemand"}, "Deze collega staat niet in Leer."),
        ({"assignment": "0"}, "Dit lukte nog niet."),
    ],
    ids=["no reason", "health", "nobody", "not theirs"],
)
def test_bad_input_is_told_and_takes_nothing_back(
    planner: Any, assigned: rollout.Assignment, said: dict[str, str], told: str
) -> None:
    answer = withdraw(planner, assigned, **said)
    assert (answer.status_code, Withdrawal.objects.count()) == (422, 0)
    assert told in text(answer)


def test_the_own_assignment_is_left_to_somebody_else(planner: Any, module: content.Module) -> None:
    me = running.planner()
    rollout.assign([me], module_key=module.key, due_on=DUE, reason="x")
    [row] = rollout.assignments_of(me)
    assert "iemand anders van het programma beslist" in text(
        withdraw(planner, row, person="planner")
    )
    assert not Withdrawal.objects.exists()


def test_what_is_for_everybody_cannot_be_chosen(planner: Any, noor: User) -> None:
    make.module("vloer", parts=False, for_everyone=True)
    rollout.assign([noor], module_key="vloer", due_on=DUE, reason="x")
    found = text(planner.post(PAGE, {"action": "look", "person": "noor"}))
    assert "heeft niets wat je kunt intrekken" in found


def test_the_list_names_nobody(planner: Any, noor: User, assigned: rollout.Assignment) -> None:
    withdraw(planner, assigned)
    shown = text(planner.get(PAGE))
    assert "Ingetrokken: 1 toewijzing" in shown
    assert str(noor) not in shown
