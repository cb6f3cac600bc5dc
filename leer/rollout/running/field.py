"""What must be known of a programme, its waves and its people to decide on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cursussen import api as content
from leer.progress import api as progress
from leer.rollout.models import LEADERS, Assignment, Programme, WaveTeam
from leer.rollout.programmes.audience import Person, audience
from leer.rollout.running.deciding import Case, Held, Terms


@dataclass(frozen=True)
class Field:
    """A programme on a day. ``waves`` are those that are open, by team (``None``: the leaders')
    with the day they opened; ``blocked`` the regions where something stands in the way
    (``None`` in it: everywhere). ``latest`` is the wave that opened last.
    """

    programme: Programme
    terms: Terms
    people: Sequence[Person]
    waves: Mapping[int | None, tuple[int, date]]
    latest: int | None
    blocked: frozenset[str | None]

    def wave_of(self, person: Person) -> tuple[int, date] | None:
        """The open wave that this person belongs to: of those who lead, or of the team."""
        leading = self.waves.get(None) if person.work and person.work.leads else None
        return leading or (self.waves.get(person.team) if person.team else None)

    def is_blocked(self, person: Person) -> bool:
        """Something stands in the way where this person works."""
        region = person.work.region if person.work else None
        return bool({None, region} & self.blocked)


def read_field(
    programme: Programme,
    day: date,
    *,
    opening: Mapping[int, date] | None = None,
    only: Collection[int] | None = None,
) -> Field:
    """Read all of it, for everybody or for ``only`` these people; as many queries however many
    people. ``opening``: waves to be looked at as if they opened on these days.
    """
    opened = _opened(programme) | dict(opening or {})
    live = content.modules()
    places = WaveTeam.objects.filter(programme=programme, wave__in=opened)
    waves: dict[int | None, tuple[int, date]] = {
        team: (wave, opened[wave]) for team, wave in places.values_list("team", "wave")
    }
    if programme.managers_first:
        ahead = programme.waves.filter(number=LEADERS, pk__in=opened).first()
        waves |= {None: (ahead.pk, opened[ahead.pk])} if ahead else {}
    return Field(
        programme=programme,
        terms=Terms(
            day=day,
            began_on=min(opened.values(), default=None),
            joiner_days=programme.joiner_days,
            days={module.key: module.days_to_complete for module in live.values()},
            floor=frozenset(module.key for module in live.values() if module.for_everyone),
            valid=_valid(programme),
            counts_since=programme.counts_since,
        ),
        people=audience(programme, day, only=only),
        waves=waves,
        latest=max(opened, key=lambda wave: (opened[wave], wave), default=None),
        blocked=blocked_regions(programme),
    )


def _valid(programme: Programme) -> timedelta | None:
    weeks = programme.refresh_weeks
    return timedelta(weeks=weeks) if weeks else None


def _opened(programme: Programme) -> dict[int, date]:
    opened = programme.waves.filter(opened_at__isnull=False).values_list("pk", "opened_at")
    return {wave: timezone.localdate(at) for wave, at in opened}


def blocked_regions(programme: Programme) -> frozenset[str | None]:
    """Where something stands in the way: regions, and ``None`` for everywhere."""
    unsolved = programme.blockers.filter(solved_on__isnull=True)
    return frozenset(region or None for region in unsolved.values_list("region", flat=True))


def cases(field: Field, people: Sequence[Person]) -> dict[int, Case]:
    """What is known of these people now, in two queries."""
    users = [person.user for person in people]
    held = _held(field.programme, users)
    wanted = {key for person in people for key in person.modules}
    keys = wanted | {key for rows in held.values() for key in rows}
    stays = progress.stays_of_people(users, keys)
    begun: dict[int, set[str]] = {}
    done: dict[int, dict[str, date]] = {}
    for (user, key), some in stays.items():
        mine = held.get(user, {}).get(key)
        counted = [stay for stay in some if stay.counts(mine.counts_from if mine else None)]
        if counted:
            begun.setdefault(user, set()).add(key)
        if last := progress.latest_done(counted):
            done.setdefault(user, {})[key] = timezone.localdate(last.completed_at)
    return {
        person.user: _case(
            field,
            person,
            held.get(person.user, {}),
            frozenset(begun.get(person.user, ())),
            done.get(person.user, {}),
        )
        for person in people
    }


def _case(
    field: Field,
    person: Person,
    held: Mapping[str, Held],
    begun: frozenset[str],
    done_on: Mapping[str, date],
) -> Case:
    wave = field.wave_of(person)
    return Case(
        reason=person.verdict.reason,
        wanted=person.modules,
        waived=person.waived,
        joined_on=person.work.joined_on if person.work else None,
        placed_on=person.work.placed_on if person.work else None,
        opened_on=wave[1] if wave else None,
        blocked=field.is_blocked(person),
        held=held,
        begun=begun,
        done_on=done_on,
    )


def _held(programme: Programme, users: Iterable[int]) -> dict[int, dict[str, Held]]:
    """Of each module the row of the latest round, also when it was withdrawn."""
    found: dict[int, dict[str, Held]] = {}
    rows = Assignment.objects.filter(user__in=users).order_by("round")
    for row in rows.values_list(
        "user_id", "module_key", "wave", "wave__programme", "assigned_at", "withdrawn_at",
        "round", "counts_from",
    ):  # fmt: skip
        user, key, wave, brought_by, at, withdrawn_at, number, counts_from = row
        ours, withdrawn = brought_by == programme.pk, withdrawn_at is not None
        held = Held(timezone.localdate(at), ours, withdrawn, wave, number, counts_from)
        found.setdefault(user, {})[key] = held
    return found
