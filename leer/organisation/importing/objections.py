"""Why a plan as a whole cannot be carried out, whatever its rows say."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from leer.accounts.api import Role
from leer.organisation.importing.situation import Situation

if TYPE_CHECKING:
    from leer.organisation.importing.plan import ImportPlan

MOST_LEAVERS = 0.20  # of everybody in service; more is more likely half a file


def object_to(plan: "ImportPlan", situation: Situation) -> Iterator[str]:
    """Every reason against this plan, in words for the person who asked for it."""
    yield from _to_date(plan.on, situation.latest_change)
    if plan.complete:
        yield from _to_completeness(plan, situation)
    if situation.administrators and not _administrators_after(plan, situation):
        yield _("Na deze import is er geen beheerder meer.")


def _to_date(on: date, latest: date | None) -> Iterator[str]:
    if on > timezone.localdate():
        yield _("De ingangsdatum ligt in de toekomst. Voer deze import uit op die dag.")
    if latest is not None:
        yield _(
            "Er zijn al wijzigingen vastgelegd met een latere ingangsdatum (%(day)s). Kies die"
            " datum of later."
        ) % {"day": formats.date_format(latest, "j F Y")}


def _to_completeness(plan: "ImportPlan", situation: Situation) -> Iterator[str]:
    if plan.errors:
        yield _(
            "Een compleet bestand mag geen fouten hebben: anders is niet te zeggen wie er niet in"
            " staat."
        )
    leaving, everybody = len(plan.leavers), situation.active_count
    if leaving > MOST_LEAVERS * everybody and not plan.force:
        yield _(
            "Volgens dit bestand gaan %(leaving)d van de %(all)d mensen uit dienst. Dat is meer"
            " dan een op de vijf. Is het bestand echt compleet?"
        ) % {"leaving": leaving, "all": everybody}


def _administrators_after(plan: "ImportPlan", situation: Situation) -> set[str]:
    changes = [change for change in plan.roles if change.role is Role.ADMINISTRATOR]
    taken = {change.person for change in changes if not change.given}
    given = {change.person for change in changes if change.given}
    return (set(situation.administrators) - taken) | given
