"""What stands in the place of a page while the works council has not decided that it is on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leer.accounts.requests import PersonRequest
from leer.monitoring import team_words, teams
from leer.organisation import api as organisation


@dataclass(frozen=True)
class Total:
    """A module of a team: how many have it, and at least how many did it (0: not to be said)."""

    title: str
    due: date
    people: int
    done: int

    @classmethod
    def of(cls, tally: teams.ModuleTally) -> "Total":
        """In steps of k, and never everybody: that would tell of each."""
        k = settings.DISCLOSURE_K
        told = min(tally.done, tally.total - 1) // k * k
        return cls(tally.title, tally.due, tally.total, told)


def team(request: PersonRequest, found: organisation.Team) -> HttpResponse:
    """A team of one's own, as totals of who is at least k; no names, and no look to keep."""
    view = teams.view_of(found, request.user)
    context = {
        "team": found,
        "turns": [team_words.told(turn) for turn in view.turns],
        "reasons": view.reasons,
        "totals": [Total.of(tally) for tally in view.modules],
        "k": settings.DISCLOSURE_K,
    }
    return render(request, "monitoring/team_without_names.html", context)


@require_safe
@never_cache
def programme(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """How a programme stands is not told; its planning is there."""
    messages.info(
        request,
        _(
            "Hoe ver mensen zijn, staat uit: de ondernemingsraad heeft er nog niet over besloten."
            " De planning kun je wel zien."
        ),
    )
    return redirect("monitoring:programme_planning", public_id=public_id)
