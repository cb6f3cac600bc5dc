"""Moments as an operator writes them."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils.dateparse import parse_datetime


def moment(said: str | None) -> datetime | None:
    """``2027-01-01T00:00:00Z``, with its offset. Raises ``CommandError``."""
    if said is None:
        return None
    try:
        found = parse_datetime(said)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError("Schrijf het moment als 2027-01-01T00:00:00Z.")
    return found
