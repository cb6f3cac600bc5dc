"""Decisions of the works council, for tests of what needs one."""

from datetime import date, timedelta

from django.utils import timezone

from leer.accounts.models import User
from leer.privacy import council
from leer.privacy.facilities import Facility
from leer.privacy.models import CouncilDecision, CouncilStep
from tests.support import factories_content as make

YEAR = timedelta(days=365)


def recorder() -> User:
    """Who writes decisions down."""
    return _somebody("or-vastlegger")


def confirmer() -> User:
    """Who confirms them."""
    return _somebody("or-bevestiger")


def decide(
    *facilities: Facility, begins_on: date | None = None, until: date | None = None
) -> list[CouncilDecision]:
    """The works council decided that these are on, from today and for a year unless told."""
    begins_on = begins_on or timezone.localdate()
    return [_decided(facility, begins_on, until or begins_on + YEAR) for facility in facilities]


def decide_everything() -> None:
    """All is on."""
    decide(*Facility)


def _decided(facility: Facility, begins_on: date, until: date) -> CouncilDecision:
    decision = council.record(
        by=recorder(),
        facility=facility,
        decided_on=min(begins_on, timezone.localdate()),
        reference="Verslag 2026-14",
        begins_on=begins_on,
        until=until,
    )
    council.confirm(decision, by=confirmer())
    return decision


def _somebody(name: str) -> User:
    return User.objects.filter(username=name).first() or make.user_with(name=name)


def forget_everything() -> None:
    """As if nothing had ever been decided."""
    CouncilStep.objects.all().delete()
    CouncilDecision.objects.all().delete()
