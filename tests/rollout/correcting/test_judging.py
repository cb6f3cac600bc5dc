"""*Dit klopt niet*: asked by one, answered by another, each once; the fact is never edited."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.api import Role, User, grant
from leer.progress import api as progress
from leer.progress import rebuild
from leer.rollout import api as rollout
from leer.rollout.correcting import judging
from leer.rollout.correcting.facts import Known
from leer.rollout.correcting.judging import AlreadyAnswered, AlreadyAsked, CannotFollow
from leer.rollout.models import Correction, Equivalence, Withdrawal
from leer.rollout.programmes.exempting import Grounds, exempt
from leer.rollout.recognising import judging as recognising
from leer.xapi import api as xapi
from leer.xapi.persons import Person, at_account
from tests.rollout.running.test_opening import at_once
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import MembershipFactory, TeamFactory
from tests.support.killed import run_in_a_process
from tests.xapi.forwarding.facts import be_readable

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DONE = make.noon(TODAY - timedelta(days=40))
SHOULD = "Dit was een collega, ik had die dag vrij."


@pytest.fixture
def noor() -> User:
    content.module("a", parts=False, days_to_complete=30)
    user: User = MembershipFactory(team=TeamFactory()).user
    return user


def did(user: User) -> None:
    """By the real way in: facts in the ledger."""
    facts = {"actor": user.actor_name, "module": "a", "registration": uuid4(), "version": "7"}
    happened = progress.ModuleStarted(**facts, at=DONE), progress.ModuleCompleted(**facts, at=DONE)
    progress.record(user, happened)


def known(user: User, about: str) -> Known:
    [found] = [one for one in rollout.facts_of(user) if one.about == about]
    return found


def request(user: User, about: str = "done") -> Correction:
    return judging.ask(user, known(user, about), SHOULD)


def accept(made: Correction, done_on: date | None = None) -> Correction:
    return judging.accept(made, answer="Klopt, hersteld.", by=make.planner(), done_on=done_on)


def verbs(user: User) -> list[str]:
    return [one.verb.id.rsplit("/", 1)[1] for one in xapi.stream_of(user.actor_name)]


def state(user: User) -> str:
    [one] = rollout.standings_of_people([user.pk], TODAY)
    return str(one.state)


# Something that was done --------------------------------------------------------------------------
def test_a_completion_that_is_not_theirs_is_voided_and_what_is_asked_is_asked_anew(
    noor: User,
) -> None:
    did(noor)
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    registration = progress.standing_of(noor, "a").stays[0].registration
    fact = progress.completion_in(noor, registration)
    assert (state(noor), fact is not None) == ("done", True)
    accept(request(noor))
    assert state(noor) == "todo"
    assert verbs(noor) == ["initialized", "completed", "was-assigned", "retract", "was-assigned"]
    assert fact is not None
    voided = xapi.fact(fact.statement.id)
    assert voided is not None
    assert (voided.voided, voided.statement) == (True, fact.statement)
    assert progress.completion_in(noor, registration) is None
    [row] = rollout.assignments_of(noor)
    assert (row.round, row.due_on) == (2, TODAY + timedelta(days=30))
    assert not rebuild.check()


def test_what_was_done_on_another_day_is_recorded_as_of_that_day_in_the_same_version(
    noor: User,
) -> None:
    did(noor)
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    right = TODAY - timedelta(days=50)
    made = accept(request(noor), right)
    row = progress.standing_of(noor, "a").row
    assert row is not None
    assert row.completed_at is not None
    assert timezone.localdate(row.completed_at) == right
    assert (row.completed_version, row.registration) == ("7", made.public_id)
    assert [one.round for one in rollout.assignments_of(noor)] == [1]
    assert not rebuild.check()


def test_a_day_before_it_still_says_what_was_known_then(noor: User) -> None:
    did(noor)
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x", at=DONE)
    yesterday = TODAY - timedelta(days=1)
    accept(request(noor))
    assert rollout.asked_on([noor], yesterday)[noor.pk, "a"].state == "done"


def test_what_was_done_elsewhere_on_another_day_is_another_fact(noor: User) -> None:
    said = recognising.Said("Kade", "Academie", TODAY - timedelta(days=40))
    recognising.accept(recognising.ask(noor, "a", said), by=make.planner())
    right = TODAY - timedelta(days=20)
    accept(request(noor, "elsewhere"), right)
    rows = Equivalence.objects.order_by("pk").values_list("state", "done_on")
    assert list(rows) == [("withdrawn", said.done_on), ("accepted", right)]
    assert verbs(noor) == ["satisfied", "retract", "satisfied"]
    assert not rebuild.check()


# Something that was asked or decided --------------------------------------------------------------
def test_an_assignment_that_is_not_right_is_taken_back_with_the_answer_as_its_reason(
    noor: User,
) -> None:
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    accept(request(noor, "assigned"))
    assert Withdrawal.objects.get().reason == "Klopt, hersteld."
    assert rollout.assignments_of(noor) == []


def test_an_exemption_that_is_not_right_ends(noor: User) -> None:
    exempt(make.programme("a"), [noor], Grounds("Werkt elders."), by=make.planner())
    accept(request(noor, "exempt"))
    assert rollout.exemptions_of(noor) == []


def test_a_base_module_stays_and_the_request_waits_for_another_answer(noor: User) -> None:
    content.module("vloer", parts=False, for_everyone=True)
    rollout.assign([noor], module_key="vloer", due_on=TODAY, reason="x")
    made = request(noor, "assigned")
    with pytest.raises(CannotFollow):
        accept(made)
    made.refresh_from_db()
    assert (made.state, len(rollout.assignments_of(noor))) == ("asked", 1)


def test_where_somebody_works_is_for_the_personnel_system(noor: User) -> None:
    made = request(noor, "place")
    assert (made.state, made.decided_by, made.answer) == ("pointed", None, "")
    with pytest.raises(AlreadyAnswered):
        accept(made)


def test_refused_nothing_follows_and_it_can_be_asked_again(noor: User) -> None:
    did(noor)
    made = judging.refuse(request(noor), answer="Je was er zelf bij.", by=make.planner())
    assert (made.answer, verbs(noor)) == ("Je was er zelf bij.", ["initialized", "completed"])
    assert request(noor) != made


# Who, when and once -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 26), date(2026, 12, 26)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
    ids=["in a month", "next year", "a short month", "a leap year"],
)
def test_the_answer_is_due_in_a_month(asked: date, due: date) -> None:
    assert judging.month_later(asked) == due


def test_what_is_not_answered_within_the_month_is_overdue(noor: User) -> None:
    did(noor)
    made = request(noor)
    assert not made.is_overdue(made.due_on)
    assert made.is_overdue(made.due_on + timedelta(days=1))
    assert not accept(made).is_overdue(made.due_on + timedelta(days=1))


def test_only_the_programme_answers_and_nobody_the_own_request(noor: User) -> None:
    did(noor)
    made = request(noor)
    grant(noor, Role.PROGRAMME)
    chief = content.user_with(Role.CHIEF_EDITOR, Role.MANAGER, name="chef")
    for somebody in (User.objects.get(pk=noor.pk), chief):
        for answer in (judging.accept, judging.refuse):
            with pytest.raises(PermissionDenied):
                answer(made, answer="x", by=somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(state="accepted", decided_by=noor, decided_at=DONE, answer="x")


def test_one_waits_at_a_time_and_is_answered_once(noor: User) -> None:
    did(noor)
    made = request(noor)
    with pytest.raises(AlreadyAsked):
        request(noor)
    accept(made)
    for again in (judging.accept, judging.refuse):
        with pytest.raises(AlreadyAnswered):
            again(made, answer="x", by=make.planner())


@pytest.mark.django_db(transaction=True)
def test_four_at_once_answer_once_and_a_kill_leaves_all_or_nothing(noor: User) -> None:
    did(noor)
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    made, planner = request(noor), make.planner()
    answer = partial(judging.accept, made, answer="Klopt.", by=planner)
    for step in (3, 8):
        assert not run_in_a_process(answer, fatal=step)
        made.refresh_from_db()
        assert (made.state, "retract" in verbs(noor)) == ("asked", False)

    def tried() -> bool:
        try:
            answer()
        except AlreadyAnswered:
            return False
        return True

    assert sorted(at_once(tried)) == [False, False, False, True]
    assert verbs(noor).count("retract") == 1


# Forgotten ----------------------------------------------------------------------------------------
def test_the_words_go_thirteen_months_after_the_answer_and_the_answer_stays(noor: User) -> None:
    did(noor)
    made = accept(request(noor))
    assert judging.forget_words(now=timezone.now() + timedelta(days=390)) == 0
    assert judging.forget_words(now=timezone.now() + timedelta(days=400)) == 1
    made.refresh_from_db()
    assert (made.fact, made.should_be, made.state) == ("", "", "accepted")
    assert made.answer == "Klopt, hersteld."


def test_who_is_taken_out_of_the_ledger_leaves_no_word(noor: User) -> None:
    did(noor)
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    accept(request(noor, "assigned"))
    accept(request(noor))
    request(noor, "place")
    be_readable()
    User.objects.filter(pk=noor.pk).update(is_active=False)
    xapi.take_out(Person.known_as(at_account(str(noor.actor_name))), reduce=False)
    words = set(Correction.objects.values_list("fact", "should_be", "answer"))
    assert words == {("", "", "gewist"), ("", "", "")}
    assert Withdrawal.objects.get().reason == "gewist"
    assert not rebuild.check()
