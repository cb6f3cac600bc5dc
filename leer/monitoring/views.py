"""The manager's pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leer.accounts.models import User
from leer.accounts.requests import PersonRequest
from leer.monitoring import nudging, tasks
from leer.monitoring import teams as team_views
from leer.monitoring.nudging import Possibility
from leer.monitoring.teams import TeamView
from leer.organisation import api as organisation
from leer.privacy import api as privacy
from leer.rollout.api import State


@require_safe
@never_cache
def teams(request: PersonRequest) -> HttpResponse:
    """The teams that this person leads; a single one opens at once."""
    mine = list(organisation.teams_led_by(request.user))
    if len(mine) == 1:
        return redirect("monitoring:team", public_id=mine[0].public_id)
    context = {
        "teams": [
            {
                "name": team.name,
                "region": team.region,
                "url": reverse("monitoring:team", args=[team.public_id]),
            }
            for team in mine
        ]
    }
    return render(request, "monitoring/teams.html", context)


@require_safe
@never_cache
def team(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One team of one's own; another's is not there."""
    found = _own_team_or_404(request.user, public_id)
    view = team_views.view_of(found)
    privacy.looked(request.user, "monitoring:team", [member.user_id for member in view.members])
    context = {
        "team": found,
        "sentence": _sentence(view),
        "turns": view.turns,
        "reasons": view.reasons,
        "modules": [_module(tally) for tally in view.modules],
        "talks": view.talks,
        "members": [_member(member) for member in view.members],
        "can_nudge": any(tally.done < tally.total for tally in view.modules),
        "nudge": Possibility.after(found.nudged_on, timezone.localdate()),
    }
    return render(request, "monitoring/team.html", context)


@require_POST
@never_cache
def nudge(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Write kindly to everybody in the team who has something open; a week later again."""
    found = _own_team_or_404(request.user, public_id)
    try:
        tasks.start_nudge(nudging.ask(found, by=request.user, day=timezone.localdate()))
    except nudging.TooSoon as error:
        told = _("Je team kreeg deze week al een duwtje. Vanaf %(day)s kan het weer.")
        messages.info(request, told % {"day": date_format(error.again_on, "j F Y")})
    else:
        messages.success(
            request,
            _(
                "Het duwtje gaat weg, aan iedereen die nog iets open heeft: overdag, en wie vandaag"
                " al bericht van Leer kreeg, krijgt er geen tweede bij."
            ),
        )
    return redirect("monitoring:team", public_id=public_id)


def _own_team_or_404(user: User, public_id: UUID) -> Any:
    """The team, if this person leads it now, with the day of its last nudge."""
    try:
        return nudging.with_last(organisation.teams_led_by(user)).get(public_id=public_id)
    except organisation.Team.DoesNotExist as error:
        raise Http404 from error


def _sentence(view: TeamView) -> str:
    """The page in one sentence, about the module that asks most."""
    if not view.modules:
        return _("Dit team heeft nog geen modules.")
    tally = max(view.modules, key=lambda module: module.total - module.done)
    to_begin = tally.counts[State.TODO] + tally.counts[State.OVERDUE]
    ready = ngettext(
        "%(done)s van de %(total)s heeft de module gedaan",
        "%(done)s van de %(total)s hebben de module gedaan",
        tally.done,
    ) % {"done": tally.done, "total": tally.total}
    if tally.done == tally.total:
        return _("Iedereen heeft de module gedaan.")
    if not to_begin:
        return f"{ready}."
    waiting = ngettext(
        "%(count)s moet nog beginnen of is te laat",
        "%(count)s moeten nog beginnen of zijn te laat",
        to_begin,
    ) % {"count": to_begin}
    return f"{ready}; {waiting}."


def _module(tally: team_views.ModuleTally) -> dict[str, Any]:
    return {
        "title": tally.title,
        "due": tally.due,
        "counts": tally.counts,
        "total": tally.total,
    }


def _member(member: team_views.Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "states": [state.value if state else "" for state in member.states],
    }
