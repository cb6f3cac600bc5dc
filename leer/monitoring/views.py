"""The manager's pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leer.accounts.models import User
from leer.accounts.requests import PersonRequest
from leer.core.spreadsheet import csv_answer
from leer.monitoring import nudging, tasks, team_overview, team_words, without_decision
from leer.monitoring import teams as team_views
from leer.monitoring import trend as trend_of
from leer.monitoring.counts import below as below_views
from leer.monitoring.nudging import Possibility
from leer.monitoring.teams import Asked, TeamView
from leer.organisation import api as organisation
from leer.privacy import api as privacy
from leer.privacy.api import Facility, what_is_on
from leer.rollout.api import State

# In the address, who needs help first.
STATES = {
    "verlopen": State.OVERDUE,
    "te-doen": State.TODO,
    "bezig": State.BUSY,
    "gedaan": State.DONE,
}


@require_safe
@never_cache
def teams(request: PersonRequest) -> HttpResponse:
    """The teams that this person leads or stands in for; a single one opens at once."""
    mine = list(organisation.teams_open_to(request.user).annotate(switched_on=what_is_on()))
    if len(mine) == 1:
        return redirect("monitoring:team", public_id=mine[0].public_id)
    if mine and Facility.FOLLOW not in mine[0].switched_on:
        return render(request, "monitoring/teams_unfollowed.html", {"teams": mine})
    lines = team_overview.lines_of(mine)
    context = {"lines": lines, "total": team_overview.total_of(lines), "day": timezone.localdate()}
    return render(request, "monitoring/teams.html", context)


@require_safe
@never_cache
def team(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One team of one's own; another's is not there."""
    found = _own_team_or_404(request.user, public_id)
    if Facility.FOLLOW not in found.switched_on:
        return without_decision.team(request, found)
    view = _seen(request, found, "monitoring:team")
    until = found.stands_in_until
    context = {
        "team": found,
        "view": view,
        "sentence": team_words.sentence(view),
        "turns": [team_words.told(turn) for turn in view.turns],
        "filters": list(_filters(view)),
        "stands_in_to": until - timedelta(days=1) if until else None,
        "query": request.GET.urlencode(),
        "may_be_nudged": Facility.REMIND in found.switched_on,
        "may_be_exported": Facility.EXPORT in found.switched_on,
        "nudge": Possibility.after(found.nudged_on, view.day),
    }
    return render(request, "monitoring/team.html", context)


@require_safe
@never_cache
def team_csv(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The same as a file."""
    found = _own_team_or_404(request.user, public_id)
    view = _seen(request, found, "monitoring:team_csv")
    return csv_answer(f"team-{view.day.isoformat()}.csv", team_words.lines_of(found, view))


@require_safe
@never_cache
def trend(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """How a team came along, week by week: counts in steps, no names."""
    found = _own_team_or_404(request.user, public_id)
    context = {"team": found, "trends": trend_of.trends_of(found), "day": timezone.localdate()}
    return render(request, "monitoring/trend.html", context)


@require_safe
@never_cache
def trend_csv(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The same as a file."""
    found = _own_team_or_404(request.user, public_id)
    day = timezone.localdate()
    lines = team_words.trend_lines(found, day, trend_of.trends_of(found))
    return csv_answer(f"verloop-{day.isoformat()}.csv", lines)


@require_safe
@never_cache
def below(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The teams below a team of one's own, as totals. Who has a team above it as well finds all
    of it there: two pages of which one is a part of the other would tell of the difference.
    """
    found = _own_team_or_404(request.user, public_id)
    mine = list(organisation.teams_open_to(request.user))
    highest = organisation.highest_among(mine, found)
    if highest != found:
        return redirect("monitoring:below", public_id=highest.public_id)
    own = mine if Facility.FOLLOW in found.switched_on else []
    modules = below_views.view_of(found, own=own, on=timezone.localdate())
    return render(
        request,
        "monitoring/below.html",
        {"team": found, "modules": modules, "k": settings.DISCLOSURE_K},
    )


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
    """The team, if this person leads it or stands in now, with what the works council decided is on
    (``switched_on``) and whether others are a part of it.
    """
    teams = organisation.with_parts(organisation.teams_open_to(user))
    try:
        return nudging.with_last(teams).annotate(switched_on=what_is_on()).get(public_id=public_id)
    except organisation.Team.DoesNotExist as error:
        raise Http404 from error


def _seen(request: PersonRequest, team: Any, page: str) -> TeamView:
    """What was asked for, and it is kept that it was looked at."""
    asked = Asked(request.GET.get("module", ""), STATES.get(request.GET.get("stand", "")))
    view = team_views.view_of(team, request.user, asked)
    as_deputy = privacy.AS_DEPUTY if team.stands_in_until else ""
    privacy.looked(
        request.user, f"{page}{as_deputy}", [member.user_id for member in view.everybody]
    )
    return view


@dataclass(frozen=True)
class Filter:
    """A link to those in one state; ``state`` is empty for everybody."""

    state: State | None
    count: int
    query: str
    is_current: bool


def _filters(view: TeamView) -> Iterator[Filter]:
    """Everybody, and each state that somebody is in."""
    module = {"module": view.asked.module} if view.asked.module else {}
    yield Filter(None, len(view.everybody), urlencode(module), view.asked.state is None)
    for name, state in STATES.items():
        if count := view.counts.get(state):
            query = urlencode(module | {"stand": name})
            yield Filter(state, count, query, view.asked.state is state)
