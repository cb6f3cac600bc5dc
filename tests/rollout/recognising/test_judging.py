"""A course done elsewhere: asked by one, judged by another, each step once and on record."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.api import Role, User, grant
from leer.progress import api as progress
from leer.progress import rebuild
from leer.rollout import api as rollout
from leer.rollout.giving import Grant, give
from leer.rollout.models import Equivalence, EquivalenceProof
from leer.rollout.recognising import judging
from leer.rollout.recognising.judging import AlreadyAsked, AlreadyDecided, Said
from leer.rollout.recognising.proofs import MOST_BYTES, clean_proof
from leer.rollout.running.comparing import compare
from leer.rollout.tasks import forget_proofs
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
PDF = b"%PDF-1.7\nniets\n%%EOF\n"


@pytest.fixture
def noor() -> User:
    content.module("a", parts=False, days_to_complete=30)
    user: User = MembershipFactory(team=TeamFactory()).user
    return user


def request(user: User, days_ago: int = 40, **values: Any) -> Equivalence:
    said = Said("Weerbaar aan de kade", "Politieacademie", TODAY - timedelta(days=days_ago))
    return judging.ask(user, "a", said, **values)


def accepted(user: User, days_ago: int = 40) -> Equivalence:
    return judging.accept(request(user, days_ago), by=make.planner())


def state(user: User) -> str:
    [row] = rollout.assignments_of(user)
    stays = rollout.standings_of_people([user.pk], TODAY)
    assert row.module_key == "a"
    return str(stays[0].state)


def verbs(user: User) -> list[str]:
    return [one.verb.id.rsplit("/", 1)[1] for one in xapi.stream_of(user.actor_name)]


# What follows -------------------------------------------------------------------------------------
def test_accepted_the_module_is_done_as_of_the_day_it_was_done_there(noor: User) -> None:
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    made = request(noor)
    assert state(noor) == "todo"
    judging.accept(made, by=make.planner())
    assert state(noor) == "done"
    assert verbs(noor) == ["was-assigned", "satisfied"]
    [*_, told] = xapi.stream_of(noor.actor_name)
    assert timezone.localdate(told.timestamp) == TODAY - timedelta(days=40)
    assert "Politieacademie" not in str(told)
    assert not rebuild.check()


def test_a_programme_does_not_ask_what_was_done_elsewhere(noor: User) -> None:
    programme = make.programme("a")
    team = noor.memberships.get().team
    make.wave(programme, 1, team, opened_at=make.noon(make.MONDAY))
    accepted(noor)
    compare(programme, TODAY)
    assert rollout.assignments_of(noor) == []
    [made] = Equivalence.objects.all()
    judging.withdraw(made, reason="Ander certificaat.", by=make.planner())
    compare(programme, TODAY)
    assert state(noor) == "todo"


def test_refused_nothing_counts_and_it_can_be_asked_again(noor: User) -> None:
    made = request(noor)
    judging.refuse(made, reason="Het bewijs is van iemand anders.", by=make.planner())
    assert (verbs(noor), rebuild.check().missing) == ([], [])
    again = request(noor)
    assert rollout.equivalence_of(noor, "a") == again
    made.refresh_from_db()
    assert made.refusal == "Het bewijs is van iemand anders."


def test_taken_back_it_counts_no_longer_and_both_facts_stay(noor: User) -> None:
    rollout.assign([noor], module_key="a", due_on=TODAY, reason="x")
    made = judging.withdraw(accepted(noor), reason="Vergissing.", by=make.planner())
    assert state(noor) == "todo"
    assert verbs(noor) == ["was-assigned", "satisfied", "retract"]
    assert (made.withdrawn_by, made.withdrawn_because) == (make.planner(), "Vergissing.")
    assert made.decided_by == make.planner()
    assert not rebuild.check()


def test_a_course_of_before_the_round_does_not_count_for_it(noor: User) -> None:
    assert judging.counts_since(noor, "a", TODAY) == TODAY - timedelta(
        weeks=settings.ELSEWHERE_WEEKS
    )
    began = timezone.now() - timedelta(days=10)
    give([Grant(noor.pk, "a", TODAY, round=2)], reason="x", at=began)
    assert judging.counts_since(noor, "a", TODAY) == TODAY - timedelta(days=9)
    accepted(noor, days_ago=40)
    assert state(noor) == "todo"
    accepted(noor, days_ago=3)
    assert state(noor) == "done"


def test_what_was_done_elsewhere_counts_within_the_age_that_the_programme_sets(noor: User) -> None:
    programme = make.programme("a", earlier_weeks=1)
    wave = make.wave(programme, 1, TeamFactory())
    give([Grant(noor.pk, "a", TODAY, wave=wave.pk)], reason="x", at=timezone.now())
    assert judging.counts_since(noor, "a", TODAY) == programme.starts_on - timedelta(weeks=1)


# Who, and once ------------------------------------------------------------------------------------
def test_nobody_judges_the_own_request_and_only_the_programme_judges(noor: User) -> None:
    grant(noor, Role.PROGRAMME)
    mine = request(User.objects.get(pk=noor.pk))
    chief = content.user_with(Role.CHIEF_EDITOR, Role.MANAGER, name="chef")
    for somebody in (User.objects.get(pk=noor.pk), chief):
        with pytest.raises(PermissionDenied):
            judging.accept(mine, by=somebody)
        with pytest.raises(PermissionDenied):
            judging.refuse(mine, reason="x", by=somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        Equivalence.objects.update(state="accepted", decided_by=noor, decided_at=timezone.now())
    assert verbs(noor) == []


def test_one_waits_at_a_time_and_is_decided_once(noor: User) -> None:
    made = request(noor)
    with pytest.raises(AlreadyAsked):
        request(noor)
    judging.accept(made, by=make.planner())
    for again in (partial(judging.accept), partial(judging.refuse, reason="x")):
        with pytest.raises(AlreadyDecided):
            again(made, by=make.planner())
    judging.withdraw(made, reason="x", by=make.planner())
    with pytest.raises(AlreadyDecided):
        judging.withdraw(made, reason="x", by=make.planner())


@pytest.mark.django_db(transaction=True)
def test_accepted_once_by_four_at_once_and_whole_or_not_after_a_kill_at_any_step(
    noor: User,
) -> None:
    made, planner, step = request(noor), make.planner(), 0
    while not run_in_a_process(partial(judging.accept, made, by=planner), fatal=step):
        made.refresh_from_db()
        assert (made.state == "accepted") == (verbs(noor) == ["satisfied"])
        step += 1
        if made.state == "accepted":
            break
    assert step > 5
    assert verbs(noor) == ["satisfied"]
    other: User = MembershipFactory().user
    again = request(other)
    done: list[bool] = []

    def try_it() -> None:
        try:
            judging.accept(again, by=planner)
        except AlreadyDecided:
            done.append(False)
        else:
            done.append(True)

    at_once(try_it)
    assert sorted(done) == [False, False, False, True]
    assert verbs(other) == ["satisfied"]


# The file -----------------------------------------------------------------------------------------
def test_of_a_picture_only_the_pixels_are_kept_and_a_pdf_stays_what_it_is() -> None:
    kept = clean_proof(content.jpeg_with_gps())
    assert kept.extension == ".jpg"
    assert b"GeheimeTelefoon" not in kept.data
    assert clean_proof(PDF).data == PDF


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><script>alert(1)</script>", "neither"),
        (b"MZ\x90", "neither"),
        (b"%PDF-1.7 afgebroken", "damaged"),
        (PDF + b" " * MOST_BYTES, "too_heavy"),
        (b"", "neither"),
    ],
    ids=["html", "programme", "half a pdf", "too heavy", "empty"],
)
def test_what_is_no_proof_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_proof(data)
    assert refused.value.code == code


def test_the_file_goes_some_time_after_the_decision(noor: User) -> None:
    made = request(noor, proof=clean_proof(PDF))
    assert judging.forget_proofs(now=timezone.now() + timedelta(days=999)) == 0
    judging.accept(made, by=make.planner())
    forget_proofs()
    assert EquivalenceProof.objects.count() == 1
    days = timedelta(days=settings.ELSEWHERE_PROOF_DAYS)
    assert judging.forget_proofs(now=timezone.now() + days + timedelta(hours=1)) == 1
    assert Equivalence.objects.get().state == "accepted"


@pytest.mark.parametrize("reduce", [False, True], ids=["pseudonymised", "erased"])
def test_who_is_taken_out_of_the_ledger_leaves_no_word_and_no_file(
    noor: User, *, reduce: bool
) -> None:
    judging.refuse(request(noor, proof=clean_proof(PDF)), reason="Van Piet.", by=make.planner())
    judging.withdraw(accepted(noor), reason="Niet van Noor.", by=make.planner())
    accepted(noor)
    request(noor, proof=clean_proof(PDF))
    be_readable()
    User.objects.filter(pk=noor.pk).update(is_active=False)
    xapi.take_out(Person.known_as(at_account(str(noor.actor_name))), reduce=reduce)
    rows = Equivalence.objects.values_list(
        "state", "what", "place", "told", "refusal", "withdrawn_because"
    )
    assert list(rows) == [
        ("refused", "", "", "", "gewist", ""),
        ("withdrawn", "", "", "", "", "gewist"),
        ("accepted", "", "", "", "", ""),
    ]
    assert not EquivalenceProof.objects.exists()
    assert progress.standing_of(User.objects.get(pk=noor.pk), "a").is_done
    assert not rebuild.check()
