"""Who is in a programme on a day, and since when they are done. Ids and days; no names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models.functions import TruncDate
from django.utils import timezone

from leer.organisation.api import Leadership
from leer.progress.api import ModuleProgress
from leer.rollout.api import audience
from leer.rollout.models import ItemKind, Programme


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a programme on a day: the team, the first day in service, and the day on which
    the last of the modules that are theirs was done (``None``: not all are). ``again_on``: the same
    day of the last time that they did all of them, from which they are protected.
    """

    team: int
    joined_on: date | None
    done_on: date | None
    again_on: date | None


def end_of(day: date) -> datetime:
    """The moment at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def participants(programme: Programme, day: date) -> dict[int, Participant]:
    """By user, in eight queries however many there are. ``joined_on`` is told of those who came
    after the programme began.
    """
    done = _completions(programme, day)
    return {
        one.user: Participant(
            team=one.team,
            joined_on=one.work.joined_on if one.work.joined_on > programme.starts_on else None,
            done_on=first,
            again_on=last,
        )
        for one in audience(programme, day, also_gone=True)
        if one.verdict.is_in and one.team is not None and one.work is not None
        for first, last in [_first_and_last(done.get(one.user, {}), one.modules)]
    }


def leaders_on(day: date) -> Iterator[tuple[int, int]]:
    """Pairs (user, team) of who leads what on that day."""
    rows = Leadership.objects.on(day).order_by("user_id", "team_id")
    return rows.values_list("user_id", "team_id").iterator()


def _completions(programme: Programme, day: date) -> dict[int, dict[str, list[date]]]:
    """By user and module the days on which it was done, not too long ago to count."""
    keys = programme.items.filter(kind=ItemKind.MODULE).values("module_key")
    done = ModuleProgress.objects.filter(module_key__in=keys, completed_at__lt=end_of(day))
    if since := programme.counts_since:
        done = done.filter(completed_at__gte=end_of(since - timedelta(days=1)))
    rows = done.annotate(done_on=TruncDate("completed_at")).values_list(
        "user_id", "module_key", "done_on"
    )
    found: dict[int, dict[str, list[date]]] = {}
    for user, key, done_on in rows.iterator(chunk_size=10_000):
        found.setdefault(user, {}).setdefault(key, []).append(done_on)
    return found


def _first_and_last(
    done: Mapping[str, list[date]], keys: tuple[str, ...]
) -> tuple[date | None, date | None]:
    """The day on which all of these were done for the first time, and for the last: that of the
    last of them. Who did one of two again is protected from the first time still. Of whom nothing
    is asked, nothing is done: that protects nobody.
    """
    days = [sorted(done.get(key, ())) for key in keys]
    times = min(map(len, days), default=0)
    if not times:
        return None, None
    return max(some[0] for some in days), max(some[times - 1] for some in days)
