"""*Dit klopt niet*, from a fact about oneself to the answer, as its users do it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import User
from leer.delivery import actions
from leer.privacy.models import Look
from leer.rollout import api as rollout
from leer.rollout.correcting import judging
from leer.rollout.models import Correction
from tests.support import factories_running as running
from tests.support import learning
from tests.support.factories_organisation import MembershipFactory
from tests.support.learning import signed_in, url

pytestmark = pytest.mark.django_db
FACTS, WAITING = reverse("delivery:facts"), reverse("rollout:corrections")
MINE = reverse("delivery:own_data")
SHOULD = "Dit was een collega achter mijn computer."


@pytest.fixture
def planner() -> Any:
    return signed_in(running.planner())


@pytest.fixture
def learner(noor: User) -> Any:
    return signed_in(noor)


@pytest.fixture
def done(noor: User, module: content.Module) -> str:
    """Noor did the module; the page on which to say that this is not so."""
    rollout.assign([noor], module_key=module.key, due_on=timezone.localdate(), reason="x")
    learning.do_whole_module(noor, module)
    [known] = [one for one in rollout.facts_of(noor) if one.about == "done"]
    return reverse("delivery:correct", args=[known.sign])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_saying_it_to_doing_the_module_again(
    learner: Any, planner: Any, noor: User, module: content.Module, done: str
) -> None:
    assert done in text(learner.get(FACTS))
    assert learner.post(done, {"should_be": ""}).status_code == 422
    assert "Verstuurd." in text(learner.post(done, {"should_be": SHOULD}, follow=True))
    made = Correction.objects.get()
    assert "antwoord" in text(learner.get(FACTS))
    assert done not in text(learner.get(FACTS))  # one waits at a time
    page = reverse("rollout:correction", args=[made.public_id])
    waiting = text(planner.get(WAITING))
    assert page in waiting
    assert str(noor) not in waiting
    assert SHOULD not in waiting
    assert SHOULD in text(planner.get(page))
    assert Look.objects.filter(people=[noor.pk], page="rollout:correction").exists()
    assert planner.post(page, {"action": "accept", "answer": ""}).status_code == 422
    planner.post(page, {"action": "accept", "answer": "Hersteld."})
    mine = text(learner.get(MINE))
    assert "Hersteld." in mine
    assert "planner" in mine
    assert module.title in text(learner.get(reverse("delivery:my_learning")))
    assert learner.get(url("proof", module)).status_code == 404
    learner.post(url("begin", module))
    learning.do_whole_module(noor, module)
    assert learner.get(url("proof", module)).status_code == 200


def test_refused_the_reason_is_read_and_the_fact_stays(
    learner: Any, planner: Any, module: content.Module, done: str
) -> None:
    learner.post(done, {"should_be": SHOULD})
    page = reverse("rollout:correction", args=[Correction.objects.get().public_id])
    planner.post(page, {"action": "refuse", "answer": "Je was er zelf bij."})
    assert "Je was er zelf bij." in text(learner.get(MINE))
    assert done in text(learner.get(FACTS))
    assert learner.get(url("proof", module)).status_code == 200
    again = planner.post(page, {"action": "accept", "answer": "x"}, follow=True)
    assert "Iemand anders was je voor" in text(again)


def test_who_never_had_it_asked_may_do_it_again_after_it_was_taken_back(
    noor: User, module: content.Module
) -> None:
    learning.do_whole_module(noor, module)
    [known] = [one for one in rollout.facts_of(noor) if one.about == "done"]
    made = rollout.ask_for_correction(noor, known, SHOULD)
    judging.accept(made, answer="Hersteld.", by=running.planner())
    assert not [one for one in rollout.facts_of(noor) if one.about == "done"]
    actions.begin_module(noor, module)
    assert [one for one in rollout.facts_of(noor) if one.about == "done"]


def test_where_one_works_is_mended_in_the_personnel_system_and_nobody_sees_it(
    learner: Any, planner: Any, noor: User
) -> None:
    MembershipFactory(user=noor)
    [place] = rollout.facts_of(noor)
    page = reverse("delivery:correct", args=[place.sign])
    assert "personeelssysteem" in text(learner.get(page))
    learner.post(page, {"should_be": "Ik werk in Rotterdam."})
    assert "de afdeling personeel" in text(learner.get(FACTS))
    made = Correction.objects.get()
    assert planner.get(reverse("rollout:correction", args=[made.public_id])).status_code == 404
    assert "Er wacht geen verzoek" in text(planner.get(WAITING))
    assert place.words == rollout.facts_of(noor)[0].words


def test_what_is_of_a_colleague_or_not_there_is_nobodys_to_correct(
    learner: Any, planner: Any, done: str
) -> None:
    assert planner.get(done).status_code == 404
    assert learner.get(reverse("delivery:correct", args=[uuid4()])).status_code == 404


def test_an_address_holds_no_number_of_a_row(noor: User, done: str) -> None:
    [row] = rollout.assignments_of(noor)
    [known] = [one for one in rollout.facts_of(noor) if one.about == "assigned"]
    assert known.reference == str(row.pk)
    assert known.sign.version == 5
    assert known.sign != replace(known, reference=str(row.pk + 1)).sign


def test_what_is_overdue_is_listed_first_and_told(learner: Any, planner: Any, done: str) -> None:
    learner.post(done, {"should_be": SHOULD})
    assert "te laat" not in text(planner.get(WAITING))
    Correction.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "1 verzoek is te laat" in text(planner.get(WAITING))
    page = reverse("rollout:correction", args=[Correction.objects.get().public_id])
    assert "te laat" in text(planner.get(page))


def test_what_cannot_be_taken_back_is_told_and_waits(
    learner: Any, planner: Any, noor: User, module: content.Module, done: str
) -> None:
    [known] = [one for one in rollout.facts_of(noor) if one.about == "assigned"]
    learner.post(reverse("delivery:correct", args=[known.sign]), {"should_be": SHOULD})
    [row] = rollout.assignments_of(noor)
    row.withdrawn_at = timezone.now()
    row.save()
    page = reverse("rollout:correction", args=[Correction.objects.get().public_id])
    answer = planner.post(page, {"action": "accept", "answer": "Goed."})
    assert (answer.status_code, Correction.objects.get().state) == (422, "asked")
    assert "Dit kan niet worden ingetrokken" in text(answer)
