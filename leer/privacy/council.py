"""What the works council decided: recorded, confirmed, ended; and what is on because of it.

On takes two people: one records the decision, another has the minutes before them and confirms
it. Off takes one, at once; and when its last day is over it is off by itself. No cache stands in
between: what was ended is off at the next page, and before the next mail.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.accounts.models import User
from leer.privacy.facilities import MEANING, Facility, Meaning
from leer.privacy.models import CouncilDecision, CouncilStep, StepKind

WARNED = timedelta(weeks=8)  # a works council meets once in so many weeks


def allowed(*facilities: Facility, on: date | None = None) -> bool:
    """Whether each of these is on, on this day (today when none is told)."""
    return set(facilities) <= switched_on(on)


def switched_on(on: date | None = None) -> set[Facility]:
    """Everything that is on, on this day."""
    held = CouncilDecision.objects.on(on or timezone.localdate())
    return {Facility(one) for one in held.values_list("facility", flat=True) if one in Facility}


def what_is_on() -> ArraySubquery:
    """The same of today, as a list in somebody else's query."""
    return ArraySubquery(CouncilDecision.objects.on(timezone.localdate()).values("facility"))


def record(*, by: User, **facts: Any) -> CouncilDecision:
    """Write down what was decided. It holds once somebody else confirmed it. Raises
    ``ValidationError`` for what cannot be.
    """
    decision = CouncilDecision(recorded_by=by, recorded_at=timezone.now(), **facts)
    decision.full_clean()
    if decision.decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("Dit is nog niet besloten: die dag komt nog.")})
    decision.save()
    return decision


def confirm(decision: CouncilDecision, *, by: User) -> CouncilStep:
    """Somebody else says that it stands in the minutes like this. Raises ``ValidationError``."""
    if by == decision.recorded_by:
        raise ValidationError(_("Wie een besluit vastlegt, bevestigt het niet zelf."))
    if StepKind.ENDED in _kinds(decision):
        raise ValidationError(_("Dit besluit is al beëindigd."))
    return _step(decision, StepKind.CONFIRMED, by)


def end(decision: CouncilDecision, *, by: User, reason: str) -> CouncilStep:
    """It holds no more, from today. Raises ``ValidationError``."""
    if not reason.strip():
        raise ValidationError(_("Schrijf erbij waarom: iedereen leest dit."))
    return _step(decision, StepKind.ENDED, by, reason.strip())


def _kinds(decision: CouncilDecision) -> set[str]:
    return {step.kind for step in decision.steps.all()}


def _step(decision: CouncilDecision, kind: StepKind, by: User, reason: str = "") -> CouncilStep:
    step = CouncilStep(decision=decision, kind=kind, by=by, at=timezone.now(), reason=reason)
    step.clean_fields()
    try:
        with transaction.atomic():
            step.save()
    except IntegrityError as error:  # two at once, or a page that stood open
        raise ValidationError(_("Dat was al gebeurd.")) from error
    return step


@dataclass(frozen=True)
class Line:
    """One recorded decision as the page shows it: without persons."""

    decision: CouncilDecision
    steps: Mapping[str, CouncilStep]
    day: date

    @property
    def holds(self) -> bool:
        """Whether it is because of this one that something is on."""
        return (
            StepKind.CONFIRMED in self.steps
            and StepKind.ENDED not in self.steps
            and self.decision.begins_on <= self.day <= self.decision.until
        )

    @property
    def since(self) -> date:
        """The first day on which it held: not before it was confirmed."""
        return max(self.decision.begins_on, timezone.localdate(self.steps[StepKind.CONFIRMED].at))

    @property
    def waits(self) -> bool:
        """Whether somebody should still confirm it."""
        return not self.steps and self.day <= self.decision.until

    @property
    def is_to_come(self) -> bool:
        """Whether it holds from a later day."""
        return set(self.steps) == {StepKind.CONFIRMED} and self.day < self.decision.begins_on

    @property
    def is_over(self) -> bool:
        """Whether it held, or never will."""
        return not (self.holds or self.waits or self.is_to_come)

    @property
    def ended(self) -> CouncilStep | None:
        """By whom and why it was ended, if it was."""
        return self.steps.get(StepKind.ENDED)


@dataclass(frozen=True)
class Standing:
    """How it stands with one facility: since when it is on, and up to and including which day."""

    facility: Facility
    meaning: Meaning
    lines: Sequence[Line]
    since: date | None
    until: date | None
    day: date

    @property
    def is_on(self) -> bool:
        """Whether it is on."""
        return any(line.holds for line in self.lines)

    @property
    def runs_out(self) -> bool:
        """Whether its last day is so near that a new decision should be asked for."""
        return self.until is not None and self.until - self.day <= WARNED

    @property
    def earlier(self) -> list[Line]:
        """What held once, or never did."""
        return [line for line in self.lines if line.is_over]

    @property
    def current(self) -> list[Line]:
        """What holds, what will, and what waits."""
        return [line for line in self.lines if not line.is_over]


def standings(on: date | None = None) -> list[Standing]:
    """Every facility, in the order of the list."""
    day = on or timezone.localdate()
    lines = list(_lines(day))
    return [_standing(facility, lines, day) for facility in Facility]


def _lines(day: date) -> Iterator[Line]:
    for decision in CouncilDecision.objects.prefetch_related("steps"):
        yield Line(decision, {step.kind: step for step in decision.steps.all()}, day)


def _standing(facility: Facility, lines: Collection[Line], day: date) -> Standing:
    own = [line for line in lines if line.decision.facility == facility]
    since = min((line.since for line in own if line.holds), default=None)
    return Standing(facility, MEANING[facility], own, since, _last_day(own), day)


def _last_day(lines: Sequence[Line]) -> date | None:
    """Of what is on now: decisions that follow on each other without a day between are one."""
    last = max((line.decision.until for line in lines if line.holds), default=None)
    later = [line.decision for line in lines if line.is_to_come]
    for decision in sorted(later, key=lambda one: one.begins_on):
        if last and decision.begins_on <= last + timedelta(days=1):
            last = max(last, decision.until)
    return last
