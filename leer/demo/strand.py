"""A programme of the demo that is still being set up: the whole first strand, with to each his own
exercise. Nothing of it reaches anybody until Hanna lets it begin.
"""

from datetime import timedelta

from django.utils import timezone

from leer.accounts.models import User
from leer.demo.history import MODULE
from leer.demo.programme import SESSION, give_seats
from leer.rollout.models import AudienceRule, Programme
from leer.rollout.programmes.setting_up import Parts, create

TITLE = "Oefenen in je eigen werk"
WEEKS, BEGINS_IN_WEEKS = 52, 8
FOR_ALL = (
    MODULE,
    "wat-ze-van-je-willen",
    "vroeg-en-hardop-nee",
    "wat-je-doet-en-wie-je-het-vertelt",
    "jezelf-en-thuis",
)
# Which work practises with which stories; every function of the demo has one.
BY_FUNCTION = {
    "oefenen-aan-de-kade": ("F01", "F02", "F04"),
    "oefenen-aan-de-balie-en-thuis": ("F06", "F08"),
    "oefenen-aan-je-bureau": ("F03", "F07", "F11"),
    "oefenen-met-systemen-en-dossiers": ("F05", "F09", "F10", "F12"),
}


def make() -> int:
    """Returns how many modules it brings. Twice changes nothing."""
    modules = (*FOR_ALL, *BY_FUNCTION)
    if not Programme.objects.filter(title=TITLE).exists():
        parts = Parts(modules, functions=BY_FUNCTION)
        programme = create(_programme(), parts, by=User.objects.get(username="programma"))
        AudienceRule.objects.create(programme=programme)
        give_seats(programme)
    return len(modules)


def _programme() -> Programme:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    return Programme(
        title=TITLE,
        starts_on=monday + timedelta(weeks=BEGINS_IN_WEEKS),
        weeks=WEEKS,
        session_size=SESSION,
    )
