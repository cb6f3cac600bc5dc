"""What would happen on a day, without anything happening: the same decisions, told and not
carried out. A programme that is a draft is looked at as if it ran.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import batched

from django.utils import timezone

from leer.rollout.models import Programme, ProgrammeState, Wave
from leer.rollout.programmes.audience import Person
from leer.rollout.running.comparing import PORTION, Report, gone, silence
from leer.rollout.running.deciding import OUT, Case, Decision, Terms, decide, missing
from leer.rollout.running.field import Field, cases, read_field
from leer.rollout.running.opening import Hindrance, hindrance


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave that is not open, and what keeps it from opening on this day (nothing: it opens)."""

    number: int
    opens_on: date
    hindrance: Hindrance | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing for one person: ``gets`` (with the last day), ``loses``, ``keeps`` or ``skipped``,
    and why. ``module_key`` is empty for the whole.
    """

    user: int
    what: str
    module_key: str
    due_on: date | None
    why: str


@dataclass(frozen=True)
class DryRun:
    """What a programme would do on a day."""

    programme: Programme
    day: date
    waves: tuple[WaveLine, ...]
    lines: tuple[Line, ...]


def dry_run(programme: Programme, day: date, *, report: Report = silence) -> DryRun:
    """Who would get, lose and keep what, and who is skipped, and why. Writes nothing."""
    imagined = Programme.objects.get(pk=programme.pk)
    imagined.state = ProgrammeState.RUNNING
    closed = list(imagined.waves.filter(opened_at__isnull=True).order_by("number"))
    waves = tuple(_wave_line(imagined, wave, day) for wave in closed)
    opening = {
        wave.pk: day for wave, line in zip(closed, waves, strict=True) if line.hindrance is None
    }
    field = read_field(imagined, day, opening=opening)
    return DryRun(programme, day, waves, tuple(_lines(field, report)))


def _wave_line(programme: Programme, wave: Wave, day: date) -> WaveLine:
    wave.programme = programme
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return WaveLine(wave.number, wave.opens_on, hindrance(wave, noon))


def _lines(field: Field, report: Report) -> Iterator[Line]:
    people, done = [*field.people, *gone(field)], 0
    for portion in batched(people, PORTION):
        known = cases(field, portion)
        for person in portion:
            case = known[person.user]
            decision = decide(case, field.terms)
            yield from _of(person, decision)
            if why := _why_nothing(case, decision, field.terms):
                yield Line(person.user, "skipped", "", None, why)
        done += len(portion)
        report(done, len(people))


def _of(person: Person, decision: Decision) -> Iterator[Line]:
    for gift in decision.gifts:
        yield Line(person.user, "gets", gift.module_key, gift.due_on, gift.why)
    told = (
        ("loses", decision.withdrawn),
        ("keeps", decision.kept),
        ("skipped", [note for note in decision.skipped if note.module_key]),
    )
    for what, notes in told:
        for note in notes:
            yield Line(person.user, what, note.module_key, None, note.why)


def _why_nothing(case: Case, decision: Decision, terms: Terms) -> str:
    """Why somebody is passed over as a whole; empty for who gets, has or did something."""
    if case.reason in OUT:
        return OUT[case.reason]
    if decision.gifts or not any(missing(case, terms)):
        return "" if case.wanted else "nothing_for_them"
    if case.blocked:
        return "blocked"
    return "not_published" if case.opened_on else "wave_not_open"
