"""Questions about the organisation."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from leer.accounts.models import User
from leer.core import sql
from leer.organisation.models import Deputyship, HighRiskMark, Leadership, Membership, Team


def teams_led_by(user: User, *, on: date | None = None) -> QuerySet[Team]:
    """The active teams this person leads on that day (today)."""
    leading = Leadership.objects.on(on or timezone.localdate()).filter(user=user)
    return Team.objects.filter(active=True, pk__in=leading.values("team"))


def teams_open_to(user: User, *, on: date | None = None) -> QuerySet[Team]:
    """The active teams that this person leads on that day (today), or stands in for: those know
    ``stands_in_until``, the first day on which they no longer do.
    """
    day = on or timezone.localdate()
    leading = Leadership.objects.on(day).filter(user=user).values("team")
    standing_in = Deputyship.objects.on(day).filter(user=user)
    until = standing_in.filter(team=OuterRef("pk")).order_by("-valid_until").values("valid_until")
    return Team.objects.filter(
        Q(pk__in=leading) | Q(pk__in=standing_in.values("team")), active=True
    ).annotate(
        stands_in_until=Case(
            When(pk__in=leading, then=Value(None)),
            default=Subquery(until[:1]),
            output_field=DateField(),
        )
    )


def deputyships() -> QuerySet[Deputyship]:
    """Who stands in now or later, the first day first."""
    rows = Deputyship.objects.not_over(timezone.localdate())
    return rows.select_related("user", "appointed_by", "team").order_by("valid_from", "pk")


def deputies_of(team: Team) -> QuerySet[Deputyship]:
    """The same for one team."""
    return deputyships().filter(team=team)


def with_parts(teams: QuerySet[Team]) -> QuerySet[Team]:
    """These, each with whether active teams are a part of it (``has_parts``)."""
    parts = Team.objects.filter(active=True, parent=OuterRef("pk"))
    return teams.annotate(has_parts=Exists(parts))


# ``union`` forgets what was found before, so a circle has an end.
BELOW = """
    with recursive below as (
        select id from organisation_team where parent_id = %s and active
        union
        select part.id from organisation_team part join below on part.parent_id = below.id
        where part.active
    )
    select id from below where id <> %s
"""
UPWARDS = """
    with recursive upwards as (
        select id, parent_id, 0 as steps from organisation_team where id = %s
        union
        select team.id, team.parent_id, steps + 1 from organisation_team team
        join upwards on team.id = upwards.parent_id where team.active and steps < 100
    )
    select id from upwards order by steps desc
"""


def teams_below(team: Team) -> list[Team]:
    """Every active team that is a part of this one, or of a part of it, by name; in two queries."""
    found = [pk for (pk,) in sql.rows(BELOW, [team.pk, team.pk])]
    return list(Team.objects.filter(pk__in=found).order_by("name", "pk"))


def highest_among(teams: Collection[Team], team: Team) -> Team:
    """Of this team and those that it is a part of, the highest that is one of these."""
    known = {one.pk: one for one in teams}
    upwards = (pk for (pk,) in sql.rows(UPWARDS, [team.pk]))
    return next((known[pk] for pk in upwards if pk in known), team)


def leaders(*, on: date | None = None) -> QuerySet[User]:
    """Everybody who leads an active team on that day (today)."""
    leading = Leadership.objects.on(on or timezone.localdate()).filter(team__active=True)
    return User.objects.filter(is_active=True, pk__in=leading.values("user"))


def members_of(team: Team, *, on: date | None = None) -> QuerySet[Membership]:
    """Who is in the team on that day (today), by last name; people still active only."""
    return (
        Membership.objects.on(on or timezone.localdate())
        .filter(team=team, user__is_active=True)
        .select_related("user", "job_function")
        .order_by("user__last_name", "user__first_name", "user_id")
    )


class Named(NamedTuple):
    """Somebody, as a page names them."""

    user_id: int
    name: str


# ``members_of`` for a page that needs names and no more.
NAMES_IN = """
    select person.id, coalesce(
        nullif(trim(concat(person.first_name, ' ', person.last_name)), ''), person.username
    )
    from organisation_membership stay join accounts_user person on person.id = stay.user_id
    where stay.team_id = %s and stay.valid_from <= %s and person.is_active
        and (stay.valid_until is null or stay.valid_until > %s)
    order by person.last_name, person.first_name, person.id
"""


def names_in(team: Team, *, on: date | None = None) -> list[Named]:
    """``members_of``, and only what they are called."""
    day = on or timezone.localdate()
    return [Named(*row) for row in sql.rows(NAMES_IN, [team.pk, day, day])]


def people_by_team(teams: Iterable[Team], *, on: date | None = None) -> dict[int, list[int]]:
    """``members_of`` for several teams, as primary keys only; in one query."""
    placed = Membership.objects.on(on or timezone.localdate())
    found: dict[int, list[int]] = {team.pk: [] for team in teams}
    rows = placed.filter(team__in=found, user__is_active=True)
    for team, user in rows.values_list("team_id", "user_id"):
        found[team].append(user)
    return found


def memberships_of(user: User) -> QuerySet[Membership]:
    """Every stay of this person in a team, the last first."""
    stays = Membership.objects.filter(user=user).select_related("team", "job_function")
    return stays.order_by("-valid_from")


def people_in(teams: Iterable[Team], *, on: date | None = None) -> QuerySet[User]:
    """Everybody who is in one of these teams on that day (today)."""
    memberships = Membership.objects.on(on or timezone.localdate()).filter(team__in=teams)
    return User.objects.filter(is_active=True, pk__in=memberships.values("user"))


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people a team had on a day, and how many of them in a high-risk function."""

    people: int
    high_risk: int

    @property
    def high_risk_share(self) -> float:
        """From 0 to 1; a team without people has nobody in such a function."""
        return self.high_risk / self.people if self.people else 0.0


def headcounts_on(
    day: date, *, teams: Iterable[int] | None = None, known_at: datetime | None = None
) -> dict[int, Headcount]:
    """Per team that had people on that day (all, or these by primary key), in two queries.

    By the placements as they are known now: whether an account is active is not asked, because
    that is not known of days in the past. ``known_at`` is for the marks of job functions only.
    """
    marks = HighRiskMark.objects.holding_on(day, known_at=known_at)
    risky = [function for function, high in marks.values_list("job_function", "high_risk") if high]
    placed = Membership.objects.on(day)
    if teams is not None:
        placed = placed.filter(team__in=list(teams))
    counted = placed.values_list("team").annotate(
        people=Count("pk"), high_risk=Count("pk", filter=Q(job_function__in=risky))
    )
    return {team: Headcount(people, high) for team, people, high in counted.order_by()}


def group_sizes_on(day: date) -> dict[tuple[str, str], int]:
    """By the names of a job function and a region (empty: none) how many people were in both on
    that day; what has nobody is not there. One query.
    """
    placed = Membership.objects.on(day).values_list("job_function__name", "team__region")
    counted = placed.annotate(people=Count("pk")).order_by()
    return {(function, region): people for function, region, people in counted}
