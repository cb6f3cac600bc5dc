"""Setting a programme up: its facts, its seats, what blocks it, and letting it begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.accounts.models import User
from leer.rollout.models import (
    BandDeadline,
    Blocker,
    ItemKind,
    PlanState,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Seats,
)


class CannotBegin(Exception):
    """What is missing before a programme may run; the text is for whoever pressed the button."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a programme brings and by when: modules in order, the live session with its length
    (``session`` empty: there is none), and the last week per band (``None``: none). ``functions``
    is for whom a module is, by its key (keys of functions; none: everybody).
    """

    modules: Sequence[str] = ()
    session: str = ""
    minutes: int | None = None
    deadlines: Mapping[str, int | None] = field(default_factory=dict)
    functions: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def create(programme: Programme, parts: Parts, *, by: User, on: date | None = None) -> Programme:
    """Keep a new programme with all that it brings, or nothing of it. It begins blocked:
    individual campaigns wait for the works council.
    """
    programme.created_by = by
    change(programme, parts)
    Blocker.objects.create(
        programme=programme,
        what=_("Instemming van de ondernemingsraad (WOR artikel 27)"),
        since=on or timezone.localdate(),
    )
    return programme


@transaction.atomic
def change(programme: Programme, parts: Parts) -> None:
    """Keep the programme's own facts and what it brings."""
    programme.save()
    _set_modules(programme, parts)
    _set_session(programme, parts)
    _set_deadlines(programme, parts.deadlines)


def _set_modules(programme: Programme, parts: Parts) -> None:
    """In this order. The regions of a module that stays are kept."""
    programme.items.filter(kind=ItemKind.MODULE).exclude(module_key__in=parts.modules).delete()
    for position, key in enumerate(parts.modules):
        ProgrammeItem.objects.update_or_create(
            programme=programme,
            kind=ItemKind.MODULE,
            module_key=key,
            defaults={
                "position": position,
                "job_functions": list(parts.functions.get(key, ())),
            },
        )


def _set_session(programme: Programme, parts: Parts) -> None:
    """After the modules; a variant that it is stays."""
    if not parts.session:
        programme.items.filter(kind=ItemKind.SESSION).delete()
        return
    ProgrammeItem.objects.update_or_create(
        programme=programme,
        kind=ItemKind.SESSION,
        defaults={
            "title": parts.session, "minutes": parts.minutes, "position": len(parts.modules)
        },
    )  # fmt: skip


def _set_deadlines(programme: Programme, weeks: Mapping[str, int | None]) -> None:
    programme.deadlines.all().delete()
    BandDeadline.objects.bulk_create(
        BandDeadline(programme=programme, band=band, week=week)
        for band, week in weeks.items()
        if week is not None
    )


def set_seats(programme: Programme, region: str, weeks: Iterable[int], seats: int) -> None:
    """So many seats in each of these weeks."""
    Seats.objects.bulk_create(
        [Seats(programme=programme, region=region, week=week, seats=seats) for week in weeks],
        update_conflicts=True,
        unique_fields=["programme", "region", "week"],
        update_fields=["seats"],
    )


def solve(blocker: Blocker, *, by: User, solved_with: str, on: date | None = None) -> None:
    """It is there now; what it rests on is kept."""
    Blocker.objects.filter(pk=blocker.pk, solved_on=None).update(
        solved_on=on or timezone.localdate(), solved_by=by, solved_with=solved_with
    )


@transaction.atomic
def begin(programme: Programme) -> None:
    """Let it run: from now on waves open on their days. Raises ``CannotBegin``."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.state != ProgrammeState.DRAFT:
        raise CannotBegin(_("Dit programma loopt al, of is gesloten."))
    if not locked.plans.filter(state=PlanState.ADOPTED).exists():
        raise CannotBegin(_("Stel eerst een plan vast."))
    if blocker := locked.blockers.filter(solved_on=None, region="").first():
        raise CannotBegin(_("Dit houdt het programma nog tegen: %s.") % blocker.what)
    Programme.objects.filter(pk=locked.pk).update(state=ProgrammeState.RUNNING)


def close(programme: Programme) -> None:
    """No wave opens any more; what was assigned stays."""
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.CLOSED)
