"""Where somebody was when: the rules for a next placement.

A stay is closed, never rewritten, unless it begins today or later: then nobody has been there
yet and it is put right in place. All days are half open: until ``on`` means not on ``on``.
"""

from dataclasses import replace
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from leer.organisation.importing.changes import PlacementChange, Step
from leer.organisation.importing.records import PersonRecord
from leer.organisation.importing.situation import KnownPerson, Stay


class BeginsLaterError(ValueError):
    """A later placement is known already; an import of an earlier day cannot change it."""


def join(record: PersonRecord, known: KnownPerson | None, *, on: date) -> PlacementChange | None:
    """What must happen so that this person is in the record's team and function from ``on``."""
    change = PlacementChange(
        record.external_id,
        f"{record.full_name} ({record.external_id})",
        Step.OPEN,
        team=record.team,
        function=record.function,
    )
    stay = known.stay if known else None
    if stay is None:
        return replace(change, since=_first_day(record, known, on))
    change = replace(change, pk=stay.pk, old_team=stay.team, old_function=stay.function)
    if stay.since > on:
        return _put_right_later(change, record, stay, on)
    if _same(record, stay):
        return None
    step = Step.CORRECT if stay.since == on else Step.MOVE
    return replace(change, step=step, since=on)


def leave(known: KnownPerson, *, on: date) -> PlacementChange | None:
    """What must happen so that this person is in no team from ``on``."""
    stay = known.stay
    if stay is None:
        return None
    step = Step.CLOSE if stay.since < on else Step.REMOVE
    label = f"{known.full_name} ({known.key})"
    return PlacementChange(known.key, label, step, stay.pk, stay.team, stay.function)


def _first_day(record: PersonRecord, known: KnownPerson | None, on: date) -> date:
    """The first day of service counts for the first placement only."""
    if known is None or known.last_end is None:
        return record.start_date or on
    return max(on, known.last_end, record.start_date or on)


def _put_right_later(
    change: PlacementChange, record: PersonRecord, stay: Stay, on: date
) -> PlacementChange | None:
    since = max(on, record.start_date) if record.start_date else stay.since
    if _same(record, stay) and since == stay.since:
        return None
    if record.start_date is None:
        day = formats.date_format(stay.since, "j F Y")
        raise BeginsLaterError(
            _("deze plaatsing begint op %(day)s; kies die ingangsdatum of later") % {"day": day}
        )
    return replace(change, step=Step.CORRECT, since=since)


def _same(record: PersonRecord, stay: Stay) -> bool:
    return (record.team, record.function) == (stay.team, stay.function)
