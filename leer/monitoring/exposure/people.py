"""Who is in a programme on a day, and since when they are done. Ids and days; no names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from leer.organisation.api import Leadership, Membership
from leer.progress.api import ModuleProgress
from leer.rollout.models import AudienceRule, ItemKind, Programme


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a programme on a day: the team, the first day in service, and the day on which
    the last of the modules that are theirs was done (``None``: not all are).
    """

    team: int
    joined_on: date | None
    done_on: date | None


def end_of(day: date) -> datetime:
    """The moment at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def participants(programme: Programme, day: date) -> dict[int, Participant]:
    """By user, in five queries however many there are. ``joined_on`` is told of those who came
    after the programme began.
    """
    joined = _joined_since(programme.starts_on, day)
    done = _completions(programme, day)
    keys_of = cache(_Variants(programme).keys_of)
    return {
        user: Participant(team, joined.get(user), _done_on(done.get(user, {}), keys_of(*work)))
        for user, team, *work in _placed(programme, day)
    }


def leaders_on(day: date) -> Iterator[tuple[int, int]]:
    """Pairs (user, team) of who leads what on that day."""
    rows = Leadership.objects.on(day).order_by("user_id", "team_id")
    return rows.values_list("user_id", "team_id").iterator()


def _placed(programme: Programme, day: date) -> Iterator[tuple[int, int, str, str]]:
    given = Q(given_at__lt=end_of(day)) & (Q(ended_at=None) | Q(ended_at__gte=end_of(day)))
    rows = (
        Membership.objects.on(day)
        .filter(_audience(programme, day))
        .exclude(user__in=programme.exemptions.filter(given).values("user"))
        .order_by("user_id")
    )
    columns = ("user_id", "team_id", "team__region", "job_function__external_id")
    return rows.values_list(*columns).iterator(chunk_size=10_000)


def _audience(programme: Programme, day: date) -> Q:
    """One including rule holds, and no excluding one does."""
    chosen, refused = Q(pk__in=[]), Q(pk__in=[])
    for rule in programme.rules.all():
        if rule.excludes:
            refused |= _asks(rule, day)
        else:
            chosen |= _asks(rule, day)
    return chosen & ~refused


def _asks(rule: AudienceRule, day: date) -> Q:
    asked = ~Q(pk__in=[])
    if rule.teams:
        asked &= Q(team__external_id__in=rule.teams)
    if rule.regions:
        asked &= Q(team__region__in=rule.regions)
    if rule.job_functions:
        asked &= Q(job_function__external_id__in=rule.job_functions)
    if rule.leaders_only:
        asked &= Q(user__in=Leadership.objects.on(day).values("user"))
    if rule.joined_from or rule.joined_until:
        asked &= Q(user__in=_joined_between(rule))
    return asked


def _joined_between(rule: AudienceRule) -> object:
    first = Membership.objects.values("user").annotate(first=Min("valid_from"))
    if rule.joined_from:
        first = first.filter(first__gte=rule.joined_from)
    if rule.joined_until:
        first = first.filter(first__lte=rule.joined_until)
    return first.values("user")


def _joined_since(beginning: date, day: date) -> dict[int, date]:
    first = Membership.objects.values_list("user").annotate(first=Min("valid_from")).order_by()
    return dict(first.filter(first__gt=beginning, first__lte=day))


def _completions(programme: Programme, day: date) -> dict[int, dict[str, date]]:
    keys = programme.items.filter(kind=ItemKind.MODULE).values("module_key")
    rows = (
        ModuleProgress.objects.filter(module_key__in=keys, completed_at__lt=end_of(day))
        .annotate(done_on=TruncDate("completed_at"))
        .values_list("user_id", "module_key", "done_on")
    )
    found: dict[int, dict[str, date]] = {}
    for user, key, done_on in rows.iterator(chunk_size=10_000):
        found.setdefault(user, {})[key] = done_on
    return found


class _Variants:
    """Which modules of a programme are for whom."""

    def __init__(self, programme: Programme) -> None:
        self._items = list(programme.items.filter(kind=ItemKind.MODULE))

    def keys_of(self, region: str, function: str) -> tuple[str, ...]:
        """The modules for somebody there, in this function."""
        return tuple(
            item.module_key
            for item in self._items
            if (not item.regions or region in item.regions)
            and (not item.job_functions or function in item.job_functions)
        )


def _done_on(done: Mapping[str, date], keys: tuple[str, ...]) -> date | None:
    """Of whom nothing is asked, nothing is done: that protects nobody."""
    if not keys or not done.keys() >= set(keys):
        return None
    return max(done[key] for key in keys)
