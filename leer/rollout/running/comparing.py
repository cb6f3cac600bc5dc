"""Who should have what beside who has what: the difference is made up, and the trail says why.

In portions of people, each a transaction that holds the programme's row: killed anywhere, it is
begun again and goes on; two at the same time take turns, and the second finds nothing to do.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import batched

from django.db import transaction
from django.utils import timezone

from leer.accounts.models import User
from leer.rollout.events import was_assigned_together
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment, Programme, ProgrammeState, Trail, TrailKind, Wave
from leer.rollout.programmes.audience import Person
from leer.rollout.programmes.rules import Reason, Verdict
from leer.rollout.running.deciding import Case, Decision, Note, decide
from leer.rollout.running.field import Field, cases, read_field
from leer.xapi import api as xapi

PORTION = 2000
type Report = Callable[[int, int], None]


def silence(done: int, total: int) -> None:
    """Nobody asks how far it is."""


def give_wave(wave: Wave, *, report: Report = silence) -> Counter[str]:
    """Everybody of a wave that opened gets what is theirs; returns how much of what was done."""
    assert wave.opened_at is not None
    field = read_field(wave.programme, timezone.localdate(wave.opened_at))
    people = [one for one in field.people if _is_of(field, one, wave.pk)]
    return _settle_all(field, people, report, None)


def compare(
    programme: Programme, day: date, *, report: Report = silence, at: datetime | None = None
) -> Counter[str]:
    """Everybody, also who left: what is missing is given, what no longer fits is withdrawn."""
    field = read_field(programme, day)
    return _settle_all(field, [*field.people, *gone(field)], report, at)


def compare_some(
    programme: Programme, users: Collection[int], day: date, *, at: datetime | None = None
) -> Counter[str]:
    """The same for these people, who may sign in, at once."""
    field = read_field(programme, day, only=users)
    return _settle_all(field, field.people, silence, at)


def gone(field: Field) -> list[Person]:
    """Who has something of this programme, and may not sign in any more."""
    here = {person.user for person in field.people}
    holding = Assignment.objects.filter(wave__programme=field.programme, withdrawn_at__isnull=True)
    users = set(holding.values_list("user", flat=True).distinct()) - here
    return [Person(user, None, None, Verdict(Reason.NO_TEAM), ()) for user in sorted(users)]


def _is_of(field: Field, person: Person, wave: int) -> bool:
    found = field.wave_of(person)
    return found is not None and found[0] == wave


def _settle_all(
    field: Field, people: Sequence[Person], report: Report, at: datetime | None
) -> Counter[str]:
    done, tally = 0, Counter[str]()
    report(0, len(people))
    for portion in batched(people, PORTION):
        tally += _settle(field, portion, at or timezone.now())
        done += len(portion)
        report(done, len(people))
    return tally


@transaction.atomic
def _settle(field: Field, people: Sequence[Person], now: datetime) -> Counter[str]:
    """Decide and carry out for some, unless the programme stopped meanwhile."""
    held = Programme.objects.select_for_update(no_key=True).get(pk=field.programme.pk)
    if held.state != ProgrammeState.RUNNING:
        return Counter()
    known = cases(field, people)
    decisions = {user: decide(case, field.terms) for user, case in known.items()}
    trails = [
        *_give(field, people, known, decisions, now),
        *_withdraw(field, known, decisions, now),
        *_notes(field, decisions, now),
    ]
    Trail.objects.bulk_create(trails)
    return Counter(trail.kind for trail in trails)


# Giving -------------------------------------------------------------------------------------------
def _give(
    field: Field,
    people: Sequence[Person],
    known: Mapping[int, Case],
    decisions: Mapping[int, Decision],
    now: datetime,
) -> Iterator[Trail]:
    grants = [
        Grant(
            person.user,
            gift.module_key,
            gift.due_on,
            _wave(field, person, known[person.user]),
            gift.round,
        )
        for person in people
        for gift in decisions[person.user].gifts
    ]
    due: dict[int, dict[str, date]] = {}
    for grant in give(grants, reason=field.programme.title, at=now):
        due.setdefault(grant.user, {})[grant.module_key] = grant.due_on
    _tell(field.programme, due, now)
    for user, modules in due.items():
        reasons = {gift.why: None for gift in decisions[user].gifts if gift.module_key in modules}
        for why in reasons:
            yield _trail(field, user, TrailKind.ASSIGNED, Note("", why), now)


def _wave(field: Field, person: Person, case: Case) -> int | None:
    """The one wave of somebody who gets something: the one that brought what they had of this
    programme, wherever they are now; or their team's; or the last one that opened.
    """
    brought = next((held.wave for held in case.held.values() if held.ours), None)
    wave = field.wave_of(person)
    return brought or (wave[0] if wave else field.latest)


def _tell(programme: Programme, due: Mapping[int, Mapping[str, date]], now: datetime) -> None:
    if not due:
        return
    actors = User.objects.filter(pk__in=due).values_list("pk", "actor_name")
    xapi.append(
        [
            was_assigned_together(actor, programme.public_id, due[user], now)
            for user, actor in actors
        ]
    )


# Taking back --------------------------------------------------------------------------------------
def _withdraw(
    field: Field, known: Mapping[int, Case], decisions: Mapping[int, Decision], now: datetime
) -> Iterator[Trail]:
    """The latest round of each; what was asked before it was done."""
    losing: dict[tuple[str, int], list[int]] = {}
    for user, decision in decisions.items():
        for note in decision.withdrawn:
            latest = known[user].held[note.module_key].round
            losing.setdefault((note.module_key, latest), []).append(user)
            yield _trail(field, user, TrailKind.WITHDRAWN, note, now)
    for (key, latest), users in losing.items():
        rows = Assignment.objects.filter(module_key=key, round=latest, user__in=users)
        rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)


# Saying why ---------------------------------------------------------------------------------------
def _notes(field: Field, decisions: Mapping[int, Decision], now: datetime) -> Iterator[Trail]:
    """What was left as it is; told when it is something else than was told last."""
    notes = [
        (user, kind, note)
        for user, decision in decisions.items()
        for kind, some in (
            (TrailKind.KEPT, decision.kept),
            (TrailKind.SKIPPED, decision.skipped),
            (TrailKind.POSTPONED, decision.postponed),
        )
        for note in some
    ]
    told = _told(field.programme, {user for user, *_ in notes})
    for user, kind, note in notes:
        if told.get((user, note.module_key)) != (kind, note.why):
            yield _trail(field, user, kind, note, now)


def _told(programme: Programme, users: Iterable[int]) -> dict[tuple[int, str], tuple[str, str]]:
    """What was said last to each, of each module."""
    users = list(users)
    if not users:
        return {}
    rows = Trail.objects.filter(programme=programme, user__in=users)
    last = rows.order_by("user", "module_key", "-pk").distinct("user", "module_key")
    values = last.values_list("user_id", "module_key", "kind", "reason")
    return {(user, key): (kind, reason) for user, key, kind, reason in values}


def _trail(field: Field, user: int, kind: TrailKind, note: Note, now: datetime) -> Trail:
    return Trail(
        programme=field.programme,
        user_id=user,
        module_key=note.module_key,
        kind=kind,
        reason=note.why,
        at=now,
    )
