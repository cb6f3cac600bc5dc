"""Reminders: at most one a person a day, never after completion, also when the run is killed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cursussen import api as content
from leer.accounts.api import User
from leer.core.background import runner
from leer.core.models import Job
from leer.monitoring import reminders, tasks
from leer.monitoring.models import Digest, DigestState
from leer.monitoring.tasks import start_daily_reminders
from leer.rollout import api as rollout
from leer.rollout.correcting.judging import refuse
from leer.rollout.correcting.withdrawing import withdraw
from leer.rollout.models import Exemption
from tests.support import factories_running as make
from tests.support import learning
from tests.support.factories_organisation import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()


def somebody(module: content.Module, days: int = 7, **values: Any) -> User:
    """Somebody whose module is due in so many days, assigned long ago."""
    user: User = UserFactory(**values)
    rollout.assign(
        [user],
        module_key=module.key,
        due_on=TODAY + timedelta(days=days),
        reason="test",
        at=timezone.now() - timedelta(days=60),
    )
    return user


def test_a_person_gets_one_digest_a_day_however_often_the_run_is_begun(
    module: content.Module,
) -> None:
    user = somebody(module)
    assert reminders.send_digests(TODAY) == 1
    assert reminders.send_digests(TODAY) == 0
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert module.title in mail.outbox[0].body


def test_the_digest_says_nothing_about_other_people_or_answers(module: content.Module) -> None:
    somebody(module, last_name="Geheim")
    user = somebody(module)
    reminders.send_digests(TODAY)
    body = next(message.body for message in mail.outbox if message.to == [user.email])
    assert "Geheim" not in body


def test_who_is_done_hears_nothing(module: content.Module) -> None:
    learning.do_whole_module(somebody(module), module)
    assert reminders.send_digests(TODAY) == 0


def test_who_was_exempted_yesterday_hears_why_and_until_when_once(
    module: content.Module,
) -> None:
    user, yesterday = UserFactory(), TODAY - timedelta(days=1)
    programme = make.programme(module.key, title="Weerbaar")
    row = make.exempt(programme, user, on=yesterday)
    Exemption.objects.filter(pk=row.pk).update(until=TODAY)
    assert [reminders.send_digests(TODAY) for _ in range(2)] == [1, 0]
    [message] = mail.outbox
    assert message.subject == "Over je vrijstelling in Leer"
    assert "Je hoeft niet mee te doen aan Weerbaar. De reden: Werkt elders." in message.body
    assert "Dit geldt tot en met" in message.body
    assert module.title not in message.body


def test_who_lost_an_exemption_hears_that_beside_what_there_is_to_do(
    module: content.Module,
) -> None:
    user = somebody(module)
    programme = make.programme(module.key, title="Weerbaar")
    row = make.exempt(programme, user, on=TODAY - timedelta(days=9))
    Exemption.objects.filter(pk=row.pk).update(
        module_key=module.key,
        ended_at=make.noon(TODAY - timedelta(days=1)),
        ended_by=make.planner(),
        ended_because="Werkt weer hier.",
    )
    reminders.send_digests(TODAY)
    [message] = mail.outbox
    assert message.subject == "Er staat één module voor je klaar"
    told = f"Je vrijstelling voor de module {module.title} van Weerbaar is ingetrokken."
    assert told in message.body


def test_from_whom_a_module_was_taken_back_hears_that_and_why(module: content.Module) -> None:
    user = somebody(module)
    [row] = rollout.assignments_of(user)
    yesterday = make.noon(TODAY - timedelta(days=1))
    withdraw(row, reason="Niet van dit werk.", by=make.planner(), at=yesterday)
    assert reminders.send_digests(TODAY) == 1
    [message] = mail.outbox
    assert message.subject == "Een module hoeft niet meer"
    assert f"Je hoeft de module {module.title} niet meer te doen." in message.body
    assert "De reden: Niet van dit werk." in message.body


def test_who_got_an_answer_to_what_is_not_right_hears_that_there_is_one(
    module: content.Module,
) -> None:
    user = somebody(module, days=40)
    yesterday = make.noon(TODAY - timedelta(days=1))
    [known] = rollout.facts_of(user)
    made = rollout.ask_for_correction(user, known, "Niet voor mij.", at=yesterday)
    refuse(made, answer="Die is voor iedereen.", by=make.planner(), at=yesterday)
    assert reminders.send_digests(TODAY) == 1
    [message] = mail.outbox
    assert message.subject == "Er is antwoord op je verzoek"
    assert "Er is antwoord: je leest het bij Mijn gegevens." in message.body
    assert "voor iedereen" not in message.body


def test_more_people_who_are_done_cost_no_more_queries(
    module: content.Module, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learning.do_whole_module(somebody(module), module)
    with CaptureQueriesContext(connection) as one:
        reminders.send_digests(TODAY)
    for _ in range(3):
        learning.do_whole_module(somebody(module), module)
    with django_assert_num_queries(len(one)):
        reminders.send_digests(TODAY)


@pytest.mark.parametrize("values", [{"email": ""}, {"gone": True}])
def test_who_has_no_address_or_is_gone_is_passed_over(
    module: content.Module, values: dict[str, Any]
) -> None:
    somebody(module, **values)
    assert reminders.send_digests(TODAY) == 0


@pytest.mark.parametrize(
    ("days", "worth_it"),
    [(15, False), (14, True), (8, False), (7, True), (1, True), (0, True), (-1, False), (-7, True)],
)
def test_reminders_come_near_the_day_and_weekly_after_it(
    module: content.Module, days: int, worth_it: bool
) -> None:
    somebody(module, days=days)
    assert reminders.send_digests(TODAY) == int(worth_it)


def test_a_new_assignment_is_told_the_day_after() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    new = rollout.Assignment(due_on=TODAY + timedelta(days=60), assigned_at=yesterday)
    assert reminders.is_worth_a_mail(new, TODAY)


def test_a_run_killed_between_claim_and_mail_never_mails_twice(
    module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is there before the mail; what happened in between is not known, so the same
    person hears nothing more today, and everybody after that person does.
    """
    people = [somebody(module) for _ in range(3)]
    sent = EmailMessage.send

    def die_at_the_second(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if message.to == [people[1].email]:
            raise KeyboardInterrupt
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        reminders.send_digests(TODAY)
    monkeypatch.undo()
    reminders.send_digests(TODAY)
    got = sorted(address for message in mail.outbox for address in message.to)
    assert got == sorted([people[0].email, people[2].email])
    assert Digest.objects.get(user=people[1]).state == DigestState.CLAIMED


def test_a_mail_server_that_is_down_for_one_does_not_stop_the_others(
    module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [somebody(module) for _ in range(2)]
    sent = EmailMessage.send

    def refuse_the_first(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if message.to == [people[0].email]:
            raise ConnectionRefusedError
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse_the_first)
    assert reminders.send_digests(TODAY) == 1


def test_the_clock_may_strike_twice(
    module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MAIL_HOURS", range(24))
    somebody(module)
    start_daily_reminders()
    start_daily_reminders()
    for job_id in Job.objects.filter(key__isnull=False).values_list("id", flat=True):
        runner.run(UUID(str(job_id)))
    assert len(mail.outbox) == 1


def test_days_are_counted_from_the_day_of_the_run() -> None:
    long_ago = timezone.now() - timedelta(days=60)
    row = rollout.Assignment(due_on=date(2026, 12, 1), assigned_at=long_ago)
    assert reminders.is_worth_a_mail(row, date(2026, 11, 24))
    assert not reminders.is_worth_a_mail(row, date(2026, 11, 25))


def test_nobody_is_written_to_outside_the_hours_of_mail(
    module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody(module)
    monkeypatch.setattr(tasks, "MAIL_HOURS", range(0))
    tasks.send_daily_reminders.func(TODAY.isoformat())
    assert mail.outbox == []
    assert not Digest.objects.exists()
    monkeypatch.setattr(tasks, "MAIL_HOURS", range(24))
    tasks.send_daily_reminders.func((TODAY - timedelta(days=1)).isoformat())
    assert mail.outbox == []
    tasks.send_daily_reminders.func(TODAY.isoformat())
    assert len(mail.outbox) == 1


def test_a_run_that_takes_too_long_stops_when_the_hours_are_over(module: content.Module) -> None:
    for _ in range(3):
        somebody(module)
    answers = iter([True, True, False])
    assert reminders.send_digests(TODAY, may_go_on=lambda: next(answers)) == 2
    assert Digest.objects.count() == 2


def test_who_finishes_while_the_run_is_under_way_hears_nothing(
    module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress is asked for each portion, just before it is written to."""
    monkeypatch.setattr(reminders, "BATCH", 1)
    first, second = somebody(module), somebody(module)
    sent = EmailMessage.send

    def then_the_other_finishes(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
        learning.do_whole_module(second, module)
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", then_the_other_finishes)
    reminders.send_digests(TODAY)
    assert [message.to for message in mail.outbox] == [[first.email]]
