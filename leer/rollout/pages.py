"""What the planner's pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cursussen import api as content
from leer.organisation.api import JobFunction, Team
from leer.risk import api as risk
from leer.rollout.models import AudienceRule, PlanState, Programme, ProgrammeState, RolloutPlan
from leer.rollout.programmes.audience import Preview
from leer.rollout.programmes.plans import Comparison
from leer.rollout.programmes.problem import teams_by_key
from leer.rollout.programmes.rules import Reason


# For whom ---------------------------------------------------------------------------------------
def audience_page(programme: Programme, seen: Preview) -> dict[str, Any]:
    """The rules as sentences, and how many each hits; who is out, and why."""
    names = _Names()
    rules = [
        {
            "pk": rule.pk,
            "excludes": rule.excludes,
            "text": names.sentence(rule),
            "people": seen.rules.get(rule.pk, 0),
        }
        for rule in programme.rules.all()
    ]
    reasons = [
        {"text": WHY[reason], "people": count, "rows": seen.rows[reason]}
        for reason, count in seen.reasons.items()
        if count
    ]
    titles = {key: module.title for key, module in content.modules().items()}
    modules = [(titles.get(key, key), count) for key, count in seen.modules.items()]
    return {
        "here": "audience",
        "rules": rules,
        "reasons": reasons,
        "modules": sorted(modules),
        "people": seen.people,
        "hit": seen.reasons.get(Reason.IN, 0),
    }


WHY = {
    Reason.IN: _lazy("doet mee"),
    Reason.NO_RULE: _lazy("geen regel geldt voor dit werk"),
    Reason.EXCLUDED: _lazy("een regel sluit dit werk uit"),
    Reason.EXEMPT: _lazy("heeft een vrijstelling"),
    Reason.NO_TEAM: _lazy("zit in geen team"),
}


class _Names:
    """Names for the keys in rules, asked once."""

    def __init__(self) -> None:
        self._functions = dict(JobFunction.objects.values_list("external_id", "name"))
        self._teams = dict(Team.objects.values_list("external_id", "name"))

    def sentence(self, rule: AudienceRule) -> str:
        """A rule in words."""
        return "; ".join(self._parts(rule)) or _("iedereen")

    def _parts(self, rule: AudienceRule) -> Iterable[str]:
        if rule.regions:
            yield _("regio %s") % _or(rule.regions)
        if rule.job_functions:
            yield _("functie %s") % _or(
                [self._functions.get(key, key) for key in rule.job_functions]
            )
        if rule.teams:
            yield _("team %s") % _or([self._teams.get(key, key) for key in rule.teams])
        if rule.leaders_only:
            yield _("wie leidinggeeft")
        if rule.joined_from:
            yield _("in dienst vanaf %s") % rule.joined_from.strftime("%d-%m-%Y")
        if rule.joined_until:
            yield _("in dienst tot en met %s") % rule.joined_until.strftime("%d-%m-%Y")


def _or(names: Sequence[str]) -> str:
    return _(" of ").join(names)


# Seats ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Stretch:
    """Weeks after each other with the same number of seats."""

    first: int
    last: int
    begins_on: date
    seats: int


def seats_page(programme: Programme) -> dict[str, Any]:
    """Per region its seats in stretches of weeks, and what teams wish."""
    rows = programme.seats.order_by("region", "week").values_list("region", "week", "seats")
    regions = [
        {"name": region, "stretches": list(_stretches(programme, [row[1:] for row in rows]))}
        for region, rows in (
            (region, list(some)) for region, some in groupby(rows, lambda row: row[0])
        )
    ]
    wishes = programme.wishes.select_related("team").order_by("team__name")
    return {"here": "seats", "regions": regions, "wishes": wishes}


def _stretches(programme: Programme, weeks: Iterable[tuple[int, int]]) -> list[Stretch]:
    found: list[Stretch] = []
    for week, seats in weeks:
        if found and found[-1].last == week - 1 and found[-1].seats == seats:
            found[-1] = Stretch(found[-1].first, week, found[-1].begins_on, seats)
        else:
            found.append(Stretch(week, week, day_of(programme, week), seats))
    return found


def day_of(programme: Programme, week: int) -> date:
    """The Monday of this week."""
    return programme.starts_on + timedelta(weeks=week)


# Blockers ---------------------------------------------------------------------------------------
def blockers_page(programme: Programme) -> dict[str, Any]:
    """What stands in the way and what did, and whether it may begin."""
    rows = list(programme.blockers.select_related("solved_by"))
    return {
        "here": "blockers",
        "standing": [row for row in rows if row.solved_on is None],
        "solved_ones": [row for row in rows if row.solved_on],
        "draft": programme.state == ProgrammeState.DRAFT,
        "running": programme.state == ProgrammeState.RUNNING,
        "has_plan": programme.plans.filter(state=PlanState.ADOPTED).exists(),
    }


# Plans ------------------------------------------------------------------------------------------
def plans_page(programme: Programme) -> dict[str, Any]:
    """Every plan, the newest first."""
    rows = programme.plans.defer("input").select_related("made_by")
    return {
        "here": "plans",
        "programme": programme,
        "rows": [
            {
                "plan": row,
                "days": 7 * row.output["exposure_weeks"],
                "short": sum(one["people"] for one in row.output["shortages"]),
                "moves": len(row.moves),
            }
            for row in rows
        ],
        "holds": any(row.state == PlanState.ADOPTED for row in rows),
        "ready": programme.seats.exists() and programme.rules.exists(),
    }


def plan_page(made: RolloutPlan, compared: Comparison | None) -> dict[str, Any]:
    """One plan: its figures, its sessions by week, what is short and what moved, by team name."""
    keys = [one["id"] for one in made.input["teams"]]
    moved = [one["team"] for one in made.moves]
    names = {key: team.name for key, team in teams_by_key({*keys, *moved}).items()}
    programme = made.programme
    output = made.output
    return {
        "here": "plans",
        "programme": programme,
        "plan": made,
        "days": 7 * output["exposure_weeks"],
        "spare": 7 * (output["exposure_weeks"] - output["lower_bound"]),
        "sessions": made.bookings.count(),
        "people": sum(one.people for one in made.bookings.all()),
        "unjudged": risk.teams_without_profile(made.risk_on).filter(public_id__in=keys),
        "weeks": _weeks(programme, made),
        "shortages": _named(output["shortages"], names, why=("cause", CAUSES)),
        "moves": _named(made.moves, names, why=("why", MOVES)),
        "compared": compared and _compared(compared, names),
        "may_adopt": made.state == PlanState.PROPOSED,
    }


def _named(
    rows: Iterable[dict[str, Any]], names: Mapping[str, str], *, why: tuple[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of a plan with the name of their team and the reason in words, by name."""
    code, words = why
    named = ({**row, "name": names[row["team"]], "because": words[row[code]]} for row in rows)
    return sorted(named, key=itemgetter("name"))


def _weeks(programme: Programme, made: RolloutPlan) -> list[dict[str, Any]]:
    rows = made.bookings.select_related("team").order_by("week", "team__region", "team__name")
    return [
        {"number": week, "day": day_of(programme, week), "bookings": list(bookings)}
        for week, bookings in groupby(rows, attrgetter("week"))
    ]


def _compared(found: Comparison, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "days": found.days,
        "earlier": sorted(names[team] for team in found.earlier),
        "later": sorted(names[team] for team in found.later),
    }


CAUSES = {
    "no_weeks": _lazy("er is geen week waarin dit team kan komen"),
    "too_many_absent": _lazy("er mogen te weinig mensen tegelijk weg in de weken die er zijn"),
    "seats": _lazy("er zijn te weinig plaatsen in de weken waarin dit team kan komen"),
}
MOVES = {
    "not_needed": _lazy("niet meer nodig"),
    "not_then": _lazy("het team kan dan niet"),
    "no_seats": _lazy("er zijn die week minder plaatsen"),
    "makes_room": _lazy("maakt plaats voor een team dat anders te laat is"),
    "new": _lazy("nieuw"),
}
