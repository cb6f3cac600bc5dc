"""A programme of the demo that has run for some weeks: what it brings, to whom, with which seats;
its plan, its waves, and how it stood at the end of every week.

The plan is made by the planner, for teams as they were at the start. What was done since is what
``history`` played, so that the lines on the page are real ones.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leer.accounts.models import User
from leer.demo.history import FRESH, MODULE, Player
from leer.monitoring.exposure.counting import count_exposure
from leer.organisation import api as organisation
from leer.organisation.models import Leadership, Membership, Team
from leer.rollout import api as rollout
from leer.rollout.models import (
    AudienceRule,
    BandDeadline,
    Blocker,
    ItemKind,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Seats,
    TeamWish,
)

TITLE = "Weerbaar aan het werk"
WEEKS, BEGAN_WEEKS_AGO = 52, 6
SESSION = 12
LEADERS_UNTIL, ONE_IN_SO_MANY_WAITS = 8, 4
DAYS_AGO = 33  # between the beginning of the programme and its first session
JOINER_DAYS = 28  # the demo is too young for three months to be over
# Days ago on which somebody came, all since the beginning; and how many days later they did it.
JOINED_DAYS_AGO = (40, 38, 35, 33, 31, 12, 9, 5)
JOINERS_DID_IT_AFTER = {40: 9, 38: 20, 35: 14, 33: 24, 12: 6}
# Sessions a week by region; none around the turn of the year and in the summer.
ROOMS = {"West": 1, "Zuid": 1, "Noord": 1, "Oost": 1}
DEADLINES = {"very_high": 16, "high": 40}
AWAY = {"T005": ((4, 5), "Verhuizing"), "T021": ((9, 10, 11), "Nieuwe scanner")}


def make() -> int:
    """Returns how many sessions are planned. Twice changes nothing."""
    if held := Programme.objects.filter(title=TITLE).first():
        return rollout.Booking.objects.filter(plan__programme=held).count()
    hanna = User.objects.get(username="programma")
    programme = _programme(hanna)
    _fill(programme, hanna)
    joiners = _join()
    planned = _plan(programme, hanna)
    _open_waves(programme)
    _leaders_go_first(programme)
    _joiners_do_it(joiners)
    _block(programme)
    count_exposure(timezone.localdate())
    return planned


def _join() -> dict[int, User]:
    """People who were not there yet when the programme began, by how many days ago they came."""
    placed = Membership.objects.open().filter(user__moduleprogress=None, user__leaderships=None)
    there = placed.exclude(user__username__in=FRESH).order_by("-user__username")
    joined = dict(zip(JOINED_DAYS_AGO, there.select_related("user"), strict=False))
    for days, membership in joined.items():
        membership.valid_from = timezone.localdate() - timedelta(days=days)
        membership.save(update_fields=["valid_from"])
    return {days: membership.user for days, membership in joined.items()}


def _joiners_do_it(joiners: Mapping[int, User]) -> None:
    """Most of them, some days after they came."""
    for days, after in JOINERS_DID_IT_AFTER.items():
        user = joiners[days]
        Player(user, random.Random(user.username), days=days - after).play(whole=True)  # noqa: S311


def _plan(programme: Programme, by: User) -> int:
    eve = programme.starts_on - timedelta(days=1)
    plan = rollout.propose(programme, _groups(eve), by=by, on=eve)
    rollout.RolloutPlan.objects.filter(pk=plan.pk).update(made_at=noon(eve))
    rollout.adopt(plan, at=noon(eve))
    return plan.bookings.count()


def _leaders_go_first(programme: Programme) -> None:
    """Most of those whose teams come first did the module before that."""
    early = rollout.Booking.objects.filter(plan__programme=programme, week__lte=LEADERS_UNTIL)
    leading = Leadership.objects.open().filter(team__in=early.values("team")).values("user")
    waiting = User.objects.filter(pk__in=leading, moduleprogress=None).exclude(username__in=FRESH)
    for number, user in enumerate(waiting.order_by("username")):
        if number % ONE_IN_SO_MANY_WAITS:
            Player(user, random.Random(user.username), days=DAYS_AGO).play(whole=True)  # noqa: S311


def _programme(by: User) -> Programme:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    return Programme.objects.create(
        title=TITLE,
        starts_on=monday - timedelta(weeks=BEGAN_WEEKS_AGO),
        weeks=WEEKS,
        session_size=SESSION,
        joiner_days=JOINER_DAYS,
        state=ProgrammeState.RUNNING,
        created_by=by,
    )


def _fill(programme: Programme, by: User) -> None:
    ProgrammeItem.objects.create(programme=programme, module_key=MODULE)
    ProgrammeItem.objects.create(
        programme=programme,
        kind=ItemKind.SESSION,
        title="Samen oefenen: nee zeggen",
        minutes=120,
        position=1,
    )
    AudienceRule.objects.create(programme=programme)
    BandDeadline.objects.bulk_create(
        BandDeadline(programme=programme, band=band, week=week) for band, week in DEADLINES.items()
    )
    give_seats(programme)
    for key, (weeks, reason) in AWAY.items():
        TeamWish.objects.create(
            programme=programme,
            team=Team.objects.get(external_id=key),
            blackout_weeks=list(weeks),
            reason=reason,
        )
    Blocker.objects.create(
        programme=programme,
        what="Instemming van de ondernemingsraad",
        since=programme.starts_on - timedelta(weeks=12),
        solved_on=programme.starts_on - timedelta(weeks=3),
        solved_by=by,
        solved_with="Besluit OR 2026-14 (voorbeeld)",
    )


def give_seats(programme: Programme) -> None:
    """In every region, in each week of the programme that is not closed."""
    Seats.objects.bulk_create(
        Seats(programme=programme, region=region, week=week, seats=rooms * SESSION)
        for region, rooms in ROOMS.items()
        for week in range(programme.weeks)
        if not _is_closed(programme.starts_on + timedelta(weeks=week))
    )


def _is_closed(monday: date) -> bool:
    """The last days of December, and the first two weeks of August."""
    return (monday.month == 12 and monday.day > 20) or (monday.month == 8 and monday.day <= 14)


def _block(programme: Programme) -> None:
    """What came up since the plan was made."""
    Blocker.objects.create(
        programme=programme,
        region="Oost",
        what="Een zaal voor 12 mensen in Oost",
        since=timezone.localdate() - timedelta(days=9),
    )


def noon(day: date) -> datetime:
    """The middle of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _groups(day: date) -> list[rollout.Group]:
    counts = organisation.headcounts_on(day)
    teams = Team.objects.filter(active=True, pk__in=counts).order_by("external_id")
    return [rollout.Group(team, counts[team.pk].people) for team in teams]


def _open_waves(programme: Programme) -> None:
    """Those whose day has come."""
    for wave in programme.waves.filter(opens_on__lte=timezone.localdate()):
        wave.opened_at = noon(wave.opens_on)
        wave.save(update_fields=["opened_at"])
