"""What the works council of the demo decided: everything, for a year."""

from datetime import timedelta

from django.utils import timezone

from leer.accounts.models import User
from leer.privacy import api as privacy

YEAR = timedelta(days=365)
WEEKS_AGO = timedelta(weeks=8)
MINUTES = "Verslag van de overlegvergadering, punt 4 (voorbeeld)"
CONDITIONS: dict[privacy.Facility, str] = {
    privacy.Facility.FOLLOW: "Niet voor beoordeling of functioneringsgesprek.",
    privacy.Facility.REMIND: "Eén bericht per dag, voor iedereen dezelfde woorden.",
    privacy.Facility.LAYERS: "Niet om teams met elkaar te vergelijken.",
    privacy.Facility.FIGURES: "Nooit per persoon.",
}


def make() -> None:
    """Hanna of the programme records it, the administrator confirms it."""
    hanna = User.objects.get(username="programma")
    wim = User.objects.get(username="beheerder")
    day = timezone.localdate()
    for facility in privacy.Facility:
        decision = privacy.record(
            by=hanna,
            facility=facility,
            decided_on=day - WEEKS_AGO,
            reference=MINUTES,
            conditions=CONDITIONS.get(facility, ""),
            begins_on=day - WEEKS_AGO,
            until=day + YEAR,
        )
        privacy.confirm(decision, by=wim)
