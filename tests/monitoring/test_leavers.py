"""Who left long enough ago has no name any more, and what was done counts as before."""

from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from leer.accounts.models import User
from leer.monitoring import leavers, tasks
from leer.organisation.models import Membership
from leer.progress import rebuild
from leer.progress.models import Attempt, ModuleProgress
from leer.xapi import erasure
from leer.xapi.models import Erasure, StatementRecord
from leer.xapi.store.partitions import ensure_coming_years
from tests.organisation import files
from tests.support import factories_content as make
from tests.support import factories_running as running
from tests.support import learning
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    UserFactory,
)
from tests.xapi.forwarding.facts import be_readable

LEFT = date(2026, 11, 25)
DUE = date(2028, 11, 25)


@pytest.fixture(autouse=True)
def ledger(transactional_db: None) -> None:
    ensure_coming_years()


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(2)))


def leaver(left: date = LEFT, **values: Any) -> User:
    user = MembershipFactory(
        user=UserFactory(gone=True, first_name="Noor", last_name="van der Kade", **values),
        valid_until=left,
    ).user
    User.objects.filter(pk=user.pk).update(date_joined=at(date(2020, 1, 1)))
    found: User = User.objects.get(pk=user.pk)
    return found


def due(day: date) -> list[User]:
    return list(leavers.gone_by(at(day)))


def learned(user: User) -> None:
    learning.do_whole_module(user, learning.whole_module())
    be_readable()


def said() -> str:
    raw = StatementRecord.objects.values_list("raw", flat=True)
    return "".join(raw)


def test_the_name_is_due_to_the_day_after_the_period() -> None:
    noor = leaver()
    assert due(DUE - timedelta(days=1)) == []
    assert due(DUE) == [noor]


def test_the_period_is_a_setting_and_none_is_never(settings: Any) -> None:
    noor = leaver()
    settings.FORGET_LEAVERS_MONTHS = 6
    assert due(date(2027, 5, 25)) == [noor]
    settings.FORGET_LEAVERS_MONTHS = 0
    assert due(date(2099, 1, 1)) == []


def test_who_is_still_here_in_any_way_stays() -> None:
    active = leaver()
    User.objects.filter(pk=active.pk).update(is_active=True)
    elsewhere, leading, back, signed_in = (leaver() for _ in range(4))
    MembershipFactory(user=elsewhere, valid_from=LEFT)
    LeadershipFactory(user=leading)
    MembershipFactory(user=back, valid_from=LEFT, valid_until=DUE - timedelta(days=1))
    User.objects.filter(pk=signed_in.pk).update(last_login=at(DUE - timedelta(days=9)))
    assert due(DUE) == []


def test_an_account_that_was_in_no_team_counts_from_its_last_signing_in() -> None:
    closed = UserFactory(gone=True)
    User.objects.filter(pk=closed.pk).update(date_joined=at(date(2020, 1, 1)), last_login=at(LEFT))
    assert due(DUE - timedelta(days=2)) == []
    assert due(DUE + timedelta(days=1)) == [closed]


def test_the_name_goes_everywhere_and_what_was_done_counts_as_before() -> None:
    noor = leaver()
    learned(noor)
    programme = running.programme("herken")
    hanna = make.user_with(name="hanna")
    programme.exemptions.create(
        user=noor,
        reason="Noor gaat met pensioen",
        given_by=hanna,
        ended_by=hanna,
        ended_at=timezone.now(),
        ended_because="Noor blijft toch",
    )
    account = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.create(
        content_type=account,
        object_id=str(noor.pk),
        label="Noor van der Kade",
        action="wagtail.edit",
        timestamp=timezone.now(),
        uuid=None,
    )
    before = (
        StatementRecord.objects.count(),
        list(ModuleProgress.objects.values_list("user", "module_key", "completed_at")),
        Attempt.objects.filter(user=noor).count(),
        Membership.objects.filter(user=noor).count(),
    )
    assert str(noor.actor_name) in said()
    assert leavers.forget_all(now=at(DUE)) == 1
    after = User.objects.get(pk=noor.pk)
    assert (str(after).startswith("~"), after.email, after.external_id) == (True, "", None)
    assert before == (
        StatementRecord.objects.count(),
        list(ModuleProgress.objects.values_list("user", "module_key", "completed_at")),
        Attempt.objects.filter(user=noor).count(),
        Membership.objects.filter(user=noor).count(),
    )
    assert str(noor.actor_name) not in said()
    assert str(after.actor_name) in said()
    assert not rebuild.check()
    exemption = programme.exemptions.get()
    assert (exemption.reason, exemption.ended_because) == ("", "gewist")
    assert ModelLogEntry.objects.get(content_type=account).label == ""


def test_again_changes_nothing_and_one_after_another_until_the_night_is_over() -> None:
    for _number in range(3):
        leaver()
    went_on = iter([True, True, False])
    assert leavers.forget_all(now=at(DUE), may_go_on=lambda: next(went_on)) == 2
    assert leavers.forget_all(now=at(DUE)) == 1
    assert leavers.forget_all(now=at(DUE)) == 0


def test_killed_halfway_the_next_night_finishes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    noor = leaver()
    learned(noor)

    def killed(pk: int) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(erasure, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            leavers.forget_all(now=at(DUE))
    assert str(User.objects.get(pk=noor.pk)) == "Noor van der Kade"
    assert leavers.forget_all(now=at(DUE)) == 1
    assert Erasure.objects.get().finished_at
    assert not rebuild.check()


def test_the_nightly_task_does_it() -> None:
    leaver(left=timezone.localdate() - timedelta(days=900))
    stays = leaver(left=timezone.localdate() - timedelta(days=300))
    tasks.forget_leavers()
    assert [str(one) for one in User.objects.filter(external_id__isnull=False)] == [str(stays)]


def test_the_dry_run_tells_how_many_and_takes_no_name() -> None:
    leaver()
    told = StringIO()
    call_command("forget_leavers", "--dry-run", "--on", DUE.isoformat(), stdout=told)
    call_command("forget_leavers", "--dry-run", "--on", LEFT.isoformat(), stdout=told)
    call_command("forget_leavers", "--dry-run", "--on", "2026-12-26", "--months", "1", stdout=told)
    assert [line.split()[0] for line in told.getvalue().splitlines()] == ["1", "0", "1"]
    assert str(User.objects.get()) == "Noor van der Kade"


@pytest.mark.parametrize("forgotten", [False, True])
def test_who_comes_back_in_time_is_found_again_and_later_is_somebody_new(forgotten: bool) -> None:
    long_ago, left, due_on = date(2022, 1, 1), date(2024, 1, 1), date(2026, 1, 1)
    files.load(files.organisation(), long_ago)
    files.load(files.people(files.NOOR.replace(";ja", ";nee")), left)
    noor = User.objects.get(username="noor")
    User.objects.filter(pk=noor.pk).update(date_joined=at(long_ago))
    leavers.forget_all(now=at(due_on if forgotten else due_on - timedelta(days=1)))
    files.load(files.people(files.NOOR), due_on)
    back = User.objects.get(external_id=noor.external_id)
    assert back.is_active
    assert (back.pk == noor.pk) is not forgotten
    assert Membership.objects.filter(user=noor).exists(), "where somebody was still counts"
