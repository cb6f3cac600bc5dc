"""The people of a programme by team, as planning needs them."""

from collections import Counter
from datetime import date

from leer.organisation.api import Team
from leer.organisation.models import Membership
from leer.rollout.models import Booking, ItemKind, PlanState, Programme
from leer.rollout.programmes.audience import Person, audience
from leer.rollout.programmes.problem import Group


def groups_of(programme: Programme, day: date) -> list[Group]:
    """Per team the people who are to come: to the session where there is one, else to whom the
    modules go.
    """
    live = programme.items.filter(kind=ItemKind.SESSION).exists()
    counts = Counter(
        one.team for one in audience(programme, day) if one.team and _takes_part(one, live=live)
    )
    teams = Team.objects.in_bulk(list(counts))
    formerly = _formerly(programme, day)
    return [
        Group(teams[team], count, formerly=formerly.get(team))
        for team, count in sorted(counts.items())
    ]


def _takes_part(person: Person, *, live: bool) -> bool:
    return person.has_session if live else bool(person.items)


def _formerly(programme: Programme, day: date) -> dict[int, str]:
    """Teams without a booking whose people come, for the most part, from one team that has
    bookings and is no more: that one was split, or renamed under a new key.
    """
    booked = Booking.objects.filter(plan__programme=programme, plan__state=PlanState.ADOPTED)
    gone = {
        team.pk: str(team.public_id)
        for team in Team.objects.filter(active=False, pk__in=booked.values("team"))
    }
    if not gone:
        return {}
    came_from = dict(
        Membership.objects.filter(team__in=gone, valid_until__lte=day)
        .order_by("valid_until")
        .values_list("user", "team")
    )
    now = Membership.objects.on(day).exclude(team__in=booked.values("team"))
    origins: dict[int, Counter[int | None]] = {}
    for user, team in now.values_list("user", "team"):
        origins.setdefault(team, Counter())[came_from.get(user)] += 1
    most = {team: counts.most_common(1)[0][0] for team, counts in origins.items()}
    return {team: gone[origin] for team, origin in most.items() if origin is not None}
