"""A certificate against the ledger: what it stands on, and what happens when that changes."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import User
from leer.certificates import checking, issuing, tasks
from leer.certificates.checking import Verdict
from leer.certificates.events import VALID_UNTIL
from leer.certificates.models import Certificate, Opening, new_token
from leer.progress import rebuild
from leer.progress.models import ModuleProgress
from leer.rollout.giving import Grant, give
from leer.rollout.models import Programme
from leer.xapi import api as xapi
from leer.xapi import retention
from leer.xapi.models import RetentionRule, StatementRecord
from leer.xapi.persons import Person, at_account
from leer.xapi.store import rewriting
from tests.support import factories_running as running
from tests.support import learning
from tests.xapi.forwarding.facts import be_readable
from tests.xapi.rest_client import Lrs

YEAR = 52


@pytest.fixture
def yearly(noor: User, module: content.Module) -> ModuleProgress:
    """Noor did the module for a programme that asks it again after a year."""
    programme = running.programme(module.key, refresh_weeks=YEAR)
    due = timezone.localdate() + timedelta(days=30)
    wave = running.wave(programme, 1)
    give([Grant(noor.pk, module.key, due, wave.pk)], reason="x", at=timezone.now())
    learning.do_whole_module(noor, module)
    return ModuleProgress.objects.get(user=noor)


def verdict(certificate: Certificate) -> Verdict:
    return checking.check(Certificate.objects.get(pk=certificate.pk)).verdict


def said_by(noor: User, verb: xapi.Verb) -> list[xapi.Statement]:
    return [one for one in xapi.stream_of(noor.actor_name) if one.verb.id == verb]


def command(which: str) -> str:
    told = StringIO()
    call_command("certificate_check", which, stdout=told)
    return told.getvalue()


def rewrite(certificate: Certificate, old: str, new: str) -> None:
    record = StatementRecord.objects.get(statement_id=certificate.statement_id)
    assert old in record.raw
    StatementRecord.objects.filter(pk=record.pk).update(raw=record.raw.replace(old, new))


def remove(certificate: Certificate) -> None:
    place = StatementRecord.objects.get(statement_id=certificate.statement_id).position
    rewriting.remove(rewriting.kept_at([place]))


# What it stands on --------------------------------------------------------------------------------
def test_it_says_what_the_ledger_says_and_not_what_progress_does(
    certificate: Certificate, done: ModuleProgress
) -> None:
    ModuleProgress.objects.update(completed_at=timezone.now() - timedelta(days=900))
    ModuleProgress.objects.update(completed_version="999")
    checked = checking.check(certificate)
    assert checked.verdict is Verdict.HOLDS
    assert checked.done_on == timezone.localdate(done.completed_at)
    assert checked.version == done.completed_version != "999"


def test_nothing_is_issued_of_what_was_only_begun(noor: User, module: content.Module) -> None:
    row = running.progress_of(noor, module.key, done=True)  # in the projection only
    with pytest.raises(issuing.NotDone):
        issuing.issue(noor, row.registration, language="nl")


def test_a_fact_that_was_taken_back_makes_it_untrue(certificate: Certificate) -> None:
    Lrs(trusted=True).stored(
        {
            "actor": {"account": {"homePage": "https://ander.example", "name": "beheer"}},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
            "object": {"objectType": "StatementRef", "id": str(certificate.statement_id)},
        }
    )
    assert verdict(certificate) is Verdict.VOIDED
    with pytest.raises(issuing.NotDone):
        issuing.issue(certificate.user, certificate.registration, language="nl")


def test_a_fact_that_is_not_there_any_more_makes_it_untrue(certificate: Certificate) -> None:
    remove(certificate)
    assert verdict(certificate) is Verdict.GONE


@pytest.mark.parametrize("part", ["completed", "/modules/herken", "year", "actor"])
def test_a_fact_that_was_tampered_with_makes_it_untrue(
    certificate: Certificate, noor: User, part: str
) -> None:
    old, new = {
        "year": (f'"timestamp":"{timezone.now().year}', '"timestamp":"2019'),
        "actor": (str(noor.actor_name), str(uuid4())),
    }.get(part, (part, f"{part}x"))
    rewrite(certificate, old, new)
    assert verdict(certificate) is Verdict.CHANGED


def test_a_longer_validity_than_was_earned_makes_it_untrue(
    noor: User, yearly: ModuleProgress
) -> None:
    made = issuing.issue(noor, yearly.registration, language="nl")
    assert verdict(made) is Verdict.HOLDS
    later = made.valid_until + timedelta(weeks=YEAR) if made.valid_until else None
    for day in (later, None):
        Certificate.objects.filter(pk=made.pk).update(valid_until=day)
        assert verdict(made) is Verdict.CHANGED


def test_what_retention_leaves_is_enough(noor: User, yearly: ModuleProgress) -> None:
    made = issuing.issue(noor, yearly.registration, language="nl")
    be_readable()
    for action in RetentionRule.Action:
        rule = retention.set_rule(xapi.ActivityType.MODULE, months=12, action=action)
        retention.apply(rule, now=timezone.now() + timedelta(days=800))
        assert verdict(made) is Verdict.HOLDS, action


# Being valid for a time ---------------------------------------------------------------------------
def test_until_when_it_is_valid_is_earned_once_and_stays(
    noor: User, yearly: ModuleProgress
) -> None:
    assert yearly.completed_at is not None
    last = timezone.localdate(yearly.completed_at) + timedelta(weeks=YEAR)
    first = issuing.issue(noor, yearly.registration, language="nl")
    Programme.objects.update(refresh_weeks=4)
    second = issuing.issue(noor, yearly.registration, language="nl")
    assert first.valid_until == second.valid_until == last
    [earned] = said_by(noor, xapi.Verb.EARNED)
    assert earned.context.extensions[VALID_UNTIL] == last.isoformat()  # type: ignore[union-attr,index]
    assert verdict(second) is Verdict.HOLDS
    assert not rebuild.check()


def test_it_is_valid_through_the_day_before_and_expired_on_the_day(
    noor: User, yearly: ModuleProgress
) -> None:
    made = issuing.issue(noor, yearly.registration, language="nl")
    day = made.valid_until
    assert day is not None
    on = [checking.check(made, today=day + timedelta(days=n)).verdict for n in (-1, 0)]
    assert on == [Verdict.HOLDS, Verdict.EXPIRED]


def test_the_ledger_is_told_once_that_its_time_is_over(noor: User, yearly: ModuleProgress) -> None:
    made = issuing.issue(noor, yearly.registration, language="nl")
    issuing.issue(noor, yearly.registration, language="nl")
    tasks.tell_what_expired()
    assert said_by(noor, xapi.Verb.EXPIRED) == []
    assert issuing.tell_what_expired(today=made.valid_until) == 2
    assert issuing.tell_what_expired(today=made.valid_until) == 0
    [expired] = said_by(noor, xapi.Verb.EXPIRED)
    assert timezone.localdate(expired.timestamp) == made.valid_until
    assert not rebuild.check()


def test_without_a_period_it_never_expires(certificate: Certificate) -> None:
    far = timezone.localdate() + timedelta(days=36500)
    assert certificate.valid_until is None
    assert checking.check(certificate, today=far).verdict is Verdict.HOLDS
    assert issuing.tell_what_expired(today=far) == 0


# The command --------------------------------------------------------------------------------------
def test_a_token_can_be_given_to_a_command_whichever_it_is() -> None:
    assert all(new_token().isalnum() for _ in range(100))


def test_the_command_finds_the_one_that_does_not_hold(noor: User, certificate: Certificate) -> None:
    issuing.withdraw(issuing.issue(noor, certificate.registration, language="nl"))
    assert "2 nagekeken, 0 kloppen niet." in command("all")
    told = command(certificate.token)
    assert f"{certificate.public_id}: klopt\n" in told
    assert certificate.token not in told
    remove(certificate)
    for which in ("all", certificate.token):
        with pytest.raises(CommandError):
            command(which)


def test_the_command_says_so_when_there_is_none(db: None) -> None:
    with pytest.raises(CommandError, match="Dit certificaat is er niet"):
        command("x" * 32)
    assert "0 nagekeken" in command("all")


# Being forgotten ----------------------------------------------------------------------------------
@pytest.mark.parametrize("reduce", [False, True], ids=["pseudonymised", "erased"])
def test_who_is_taken_out_of_the_ledger_leaves_no_certificate(
    noor: User, certificate: Certificate, *, reduce: bool
) -> None:
    issuing.open_for_outsiders(certificate, days=30)
    be_readable()
    User.objects.filter(pk=noor.pk).update(is_active=False)
    xapi.take_out(Person.known_as(at_account(str(noor.actor_name))), reduce=reduce)
    assert not Certificate.objects.exists()
    assert not Opening.objects.exists()
