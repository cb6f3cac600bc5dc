"""Invitations: to who has a place, once a version, moved and cancelled with a calendar file."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar

from leer.organisation.models import Membership, Team
from leer.rollout import api as rollout
from leer.rollout.models import (
    Blocker,
    Booking,
    Invitation,
    ItemKind,
    PlanState,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    RolloutPlan,
)
from tests.support import factories_running as make
from tests.support.factories_organisation import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
DAY = make.MONDAY


@pytest.fixture
def programme() -> Programme:
    made = make.programme()
    ProgrammeItem.objects.create(programme=made, kind=ItemKind.SESSION, title="Samen sterk; nu")
    return made


@pytest.fixture
def team() -> Team:
    found: Team = TeamFactory()
    return found


def booked(programme: Programme, team: Team, *weeks: int, people: int = 2) -> list[Booking]:
    """A plan that holds, with a session of this team in each of these weeks."""
    programme.plans.update(state=PlanState.REPLACED)
    plan = RolloutPlan.objects.create(
        programme=programme,
        number=programme.plans.count() + 1,
        method="greedy",
        risk_on=DAY,
        input={},
        output={},
        state=PlanState.ADOPTED,
        made_at=make.noon(DAY),
    )
    return [
        Booking.objects.create(plan=plan, team=team, week=week, people=people) for week in weeks
    ]


def files() -> list[tuple[str, str, Any, int, date]]:
    """To whom, and of the calendar file the method, UID, SEQUENCE and first day."""
    found = []
    for message in mail.outbox:
        [part] = message.attachments
        assert part.get_content_type() == "text/calendar"
        calendar: Any = Calendar.from_ical(part.get_content())
        assert part.get_param("method") == calendar["method"]
        [event] = calendar.walk("VEVENT")
        found.append(
            (message.to[0], str(calendar["method"]), str(event["uid"]), event["sequence"],
             event["dtstart"].dt)
        )  # fmt: skip
    mail.outbox.clear()
    return found


def test_the_people_of_a_team_are_invited_once(programme: Programme, team: Team) -> None:
    people = [MembershipFactory(team=team).user for _ in range(2)]
    MembershipFactory()
    [booking] = booked(programme, team, 3)
    assert rollout.send_invitations(DAY) == 2
    assert rollout.send_invitations(DAY + timedelta(days=1)) == 0
    week = DAY + timedelta(weeks=3)
    uid = str(booking.public_id)
    assert files() == [(user.email, "REQUEST", uid, 0, week) for user in people]


def test_the_file_is_the_week_with_its_title(programme: Programme, team: Team) -> None:
    user = MembershipFactory(team=team).user
    booked(programme, team, 3)
    rollout.send_invitations(DAY)
    [part] = mail.outbox[0].attachments
    calendar: Any = Calendar.from_ical(part.get_content())
    [event] = calendar.walk("VEVENT")
    assert event["summary"] == "Samen sterk; nu"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=5)
    assert event["attendee"] == f"mailto:{user.email}"
    assert "Samen sterk; nu" in mail.outbox[0].body


def test_a_booking_that_moves_sends_an_update(programme: Programme, team: Team) -> None:
    user = MembershipFactory(team=team).user
    [booking] = booked(programme, team, 3)
    rollout.send_invitations(DAY)
    mail.outbox.clear()
    [moved] = booked(programme, team, 5)
    Booking.objects.filter(pk=moved.pk).update(public_id=booking.public_id)
    assert rollout.send_invitations(DAY) == 1
    assert "verplaatst" in mail.outbox[0].body
    uid, week = str(booking.public_id), DAY + timedelta(weeks=5)
    assert files() == [(user.email, "REQUEST", uid, 1, week)]
    assert rollout.send_invitations(DAY) == 0


def test_who_is_elsewhere_now_is_sent_a_cancellation(programme: Programme, team: Team) -> None:
    row = MembershipFactory(team=team)
    [booking] = booked(programme, team, 3)
    rollout.send_invitations(DAY)
    files()
    Membership.objects.filter(pk=row.pk).update(team=TeamFactory())
    assert rollout.send_invitations(DAY) == 1
    assert rollout.send_invitations(DAY) == 0
    uid, week = str(booking.public_id), DAY + timedelta(weeks=3)
    assert files() == [(row.user.email, "CANCEL", uid, 1, week)]
    Membership.objects.filter(pk=row.pk).update(team=team)
    rollout.send_invitations(DAY)
    assert files() == [(row.user.email, "REQUEST", uid, 2, week)]


def test_a_session_that_is_off_is_cancelled_and_one_that_was_is_not(
    programme: Programme, team: Team
) -> None:
    MembershipFactory(team=team)
    booked(programme, team, 3)
    rollout.send_invitations(DAY)
    files()
    booked(programme, team)
    assert rollout.send_invitations(DAY + timedelta(weeks=3)) == 0
    assert rollout.send_invitations(DAY) == 1
    assert files()[0][1] == "CANCEL"


def test_a_team_that_comes_in_two_goes_is_divided(programme: Programme, team: Team) -> None:
    people = [MembershipFactory(team=team).user for _ in range(5)]
    early, late = booked(programme, team, 2, 4)
    assert rollout.send_invitations(DAY) == 4  # the fifth has no place yet
    uids = [uid for _, _, uid, *_ in files()]
    assert uids == [str(early.public_id)] * 2 + [str(late.public_id)] * 2
    assert not Invitation.objects.filter(user=people[4]).exists()


def test_nobody_is_invited_long_before_or_to_what_has_been(
    programme: Programme, team: Team
) -> None:
    MembershipFactory(team=team)
    booked(programme, team, 10)
    assert rollout.send_invitations(DAY) == 0
    assert rollout.send_invitations(DAY + timedelta(weeks=10)) == 0
    assert rollout.send_invitations(DAY + timedelta(weeks=4)) == 1


def test_nothing_is_sent_while_something_stands_in_the_way(
    programme: Programme, team: Team
) -> None:
    MembershipFactory(team=team)
    booked(programme, team, 3)
    blocker = Blocker.objects.create(
        programme=programme, region=team.region, what="zaal", since=DAY
    )
    assert rollout.send_invitations(DAY) == 0
    blocker.delete()
    Programme.objects.update(state=ProgrammeState.DRAFT)
    assert rollout.send_invitations(DAY) == 0
    Programme.objects.update(state=ProgrammeState.RUNNING)
    assert rollout.send_invitations(DAY) == 1


def test_who_is_exempt_is_not_invited(programme: Programme, team: Team) -> None:
    make.exempt(programme, MembershipFactory(team=team).user, on=DAY)
    booked(programme, team, 3)
    assert rollout.send_invitations(DAY) == 0


def test_one_that_may_have_left_is_not_tried_again_and_stops_no_other(
    programme: Programme, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (MembershipFactory(team=team).user for _ in range(2))
    booked(programme, team, 3)
    sent = EmailMessage.send

    def refuse_the_first(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if message.to == [first.email]:
            raise SMTPServerDisconnected
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse_the_first)
    assert rollout.send_invitations(DAY) == 1
    monkeypatch.undo()
    assert rollout.send_invitations(DAY) == 0
    assert Invitation.objects.get(user=first).sent_at is None
    assert Invitation.objects.get(user=second).sent_at is not None


def test_without_a_mail_server_nobody_is_forgotten(
    programme: Programme, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [MembershipFactory(team=team).user for _ in range(2)]
    booked(programme, team, 3)
    tried = []

    def not_there(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
        tried.extend(message.to)
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", not_there)
        assert rollout.send_invitations(DAY) == 0
    assert len(tried) == 1  # the others would not reach it either
    assert rollout.send_invitations(DAY + timedelta(days=1)) == 2
    assert {to for to, *_ in files()} == {user.email for user in people}


def test_a_mail_has_an_id_that_is_its_own_and_says_nothing(
    programme: Programme, team: Team
) -> None:
    for _ in range(2):
        MembershipFactory(team=team)
    booked(programme, team, 2, 3, people=1)
    rollout.send_invitations(DAY)
    ids = [message.message()["Message-ID"] for message in mail.outbox]
    assert len(set(ids)) == 2
    assert all(one.endswith("@douane.example>") for one in ids)
    Invitation.objects.all().delete()
    rollout.send_invitations(DAY)
    assert [message.message()["Message-ID"] for message in mail.outbox[2:]] == ids


@pytest.mark.parametrize("people", [1, 20])
def test_costs_one_query_a_mail(
    programme: Programme, team: Team, django_assert_num_queries: Any, people: int
) -> None:
    for _ in range(people):
        MembershipFactory(team=team)
    booked(programme, team, 3, people=people)
    rollout.send_invitations(DAY - timedelta(weeks=10))  # too early: nothing leaves
    with django_assert_num_queries(15 + people * 3):
        # 1-14 what is due; 15 who may be written to; of each mail its row, between the beginning
        # and the end of a savepoint (outside a test: of the transaction)
        assert rollout.send_invitations(DAY) == people
