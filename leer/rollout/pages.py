"""What the planner's pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursussen import api as content
from leer.accounts.models import User
from leer.core.background.pulse import is_beating
from leer.core.models import Job
from leer.organisation.api import JobFunction, Membership, Team
from leer.risk import api as risk
from leer.rollout.models import (
    AudienceRule,
    Calculation,
    CalculationState,
    Exemption,
    ItemKind,
    PlanState,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Question,
    RolloutPlan,
)
from leer.rollout.planning import Method
from leer.rollout.programmes.audience import Preview
from leer.rollout.programmes.plans import REPLAN, plan_that_holds
from leer.rollout.programmes.problem import day_of, teams_by_key
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
    modules = [
        {
            "title": titles.get(item.module_key, item.module_key),
            "people": seen.modules.get(item.module_key, 0),
            "only": names.variant(item),
        }
        for item in programme.items.filter(kind=ItemKind.MODULE)
    ]
    return {
        "here": "audience",
        "rules": rules,
        "reasons": reasons,
        "modules": modules,
        "people": seen.people,
        "hit": seen.reasons.get(Reason.IN, 0),
    }


WHY = {
    Reason.IN: gettext_lazy("doet mee"),
    Reason.NO_RULE: gettext_lazy("geen regel geldt voor dit werk"),
    Reason.EXCLUDED: gettext_lazy("een regel sluit dit werk uit"),
    Reason.EXEMPT: gettext_lazy("heeft een vrijstelling"),
    Reason.NO_TEAM: gettext_lazy("zit in geen team"),
}


class _Names:
    """Names for the keys in rules, asked once."""

    def __init__(self) -> None:
        self._functions = dict(JobFunction.objects.values_list("external_id", "name"))
        self._teams = dict(Team.objects.values_list("external_id", "name"))

    def sentence(self, rule: AudienceRule) -> str:
        """A rule in words."""
        return "; ".join(self._parts(rule)) or _("iedereen")

    def variant(self, item: ProgrammeItem) -> str:
        """For whom it is, of those who take part; empty is everybody."""
        return "; ".join(self._work(item))

    def _work(self, of: AudienceRule | ProgrammeItem) -> Iterable[str]:
        if of.regions:
            yield _("regio %s") % _or(of.regions)
        if of.job_functions:
            yield _("functie %s") % _or([self._functions.get(key, key) for key in of.job_functions])

    def _parts(self, rule: AudienceRule) -> Iterable[str]:
        yield from self._work(rule)
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


# Exemptions ---------------------------------------------------------------------------------------
EXEMPTIONS_A_PAGE = 50


def exemptions_page(
    programme: Programme, day: date, *, number: Any, given_with: Any
) -> dict[str, Any]:
    """Who is exempt on a day, by name (or only those of one go), and the last that were."""
    rows = programme.exemptions.select_related("user", "given_by", "ended_by")
    holding = rows.on(day).order_by("user__last_name", "user__first_name", "pk")
    one = holding.filter(pk=given_with).first() if str(given_with or "").isdecimal() else None
    chosen = holding.given_with(one) if one else holding
    page = Paginator(chosen, EXEMPTIONS_A_PAGE).get_page(number)
    earlier = rows.over(day).order_by(Coalesce("ended_at", "given_at").desc(), "-pk")
    teams, live = _teams_of([row.user_id for row in page], day), content.modules()
    return {
        "here": "exemptions",
        "page": page,
        "rows": [
            {"exemption": row, "what": _what(row, live), "team": teams.get(row.user_id, "")}
            for row in page
        ],
        "one": one,
        "earlier": [
            {"exemption": row, "what": _what(row, live)} for row in earlier[:EXEMPTIONS_A_PAGE]
        ],
        "earlier_count": earlier.count(),
    }


def _what(row: Exemption, live: content.Modules) -> str:
    module = live.get(row.module_key)
    return module.title if module else row.module_key or _("het hele programma")


def _teams_of(users: Sequence[int], day: date) -> dict[int, str]:
    placed = Membership.objects.on(day).filter(user__in=users)
    return dict(placed.values_list("user", "team__name"))


def looked(programme: Programme, data: Mapping[str, Any], by: User) -> dict[str, Any]:
    """Whom an exemption would reach, before it is given."""
    people: Sequence[User] = data["people"]
    holding = programme.exemptions.on(timezone.localdate())
    has = set(holding.filter(module_key=data["module_key"]).values_list("user", flat=True))
    new = [one for one in people if one.pk not in has and one.pk != by.pk]
    return {
        "count": len(new),
        "first": new[:EXEMPTIONS_A_PAGE],
        "already": sum(one.pk in has for one in people),
        "oneself": by in people,
    }


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


# What is worked out ------------------------------------------------------------------------------
def calculation_page(one: Calculation) -> dict[str, Any]:
    """How far it is, in steps; for a dry run in people."""
    job = Job.objects.filter(pk=one.job).first() if one.job else None
    steps = job is not None and one.question != Question.REHEARSE
    return {
        "here": "rehearsal" if one.question == Question.REHEARSE else "plans",
        "programme": one.programme,
        "calculation": one,
        "job": job,
        "step": STEPS_TOLD[job.progress_done] if job and steps else "",
        "asleep": one.is_busy and not is_beating(),
    }


STEPS_TOLD = (
    gettext_lazy("Leer leest wie meedoet en waar er plaats is."),
    gettext_lazy("Leer rekent. Bij honderden teams duurt dat een paar seconden, soms langer."),
)


def under_way(programme: Programme) -> list[Calculation]:
    """What is being worked out, by whoever asked."""
    busy = programme.calculations.filter(state=CalculationState.BUSY)
    return list(busy.select_related("asked_by"))


# Plans ------------------------------------------------------------------------------------------
def plans_page(programme: Programme) -> dict[str, Any]:
    """Every plan, the newest first."""
    rows = programme.plans.defer("input").select_related("made_by")
    return {
        "here": "plans",
        "programme": programme,
        "under_way": under_way(programme),
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


def plan_page(made: RolloutPlan, tried: Calculation | None) -> dict[str, Any]:
    """One plan: its figures, its sessions by week, what is short and what moved, by team name;
    the best there can be, when that was asked; what was ``tried`` with it.
    """
    keys = [one["id"] for one in made.input["teams"]]
    moved = [one["team"] for one in made.moves]
    names = {key: team.name for key, team in teams_by_key({*keys, *moved}).items()}
    programme, output = made.programme, made.output
    held = plan_that_holds(programme)
    return {
        "here": "plans",
        "programme": programme,
        "plan": made,
        "held": held,
        "method": METHODS[made.method],
        "first_day": day_of(programme, 0),
        "last_day": day_of(programme, made.input["weeks"]) - timedelta(days=1),
        "outdated": made.replans_id and (held is None or held.pk != made.replans_id),
        "days": 7 * output["exposure_weeks"],
        "spare": 7 * (output["exposure_weeks"] - output["lower_bound"]),
        "sessions": made.bookings.count(),
        "people": sum(one.people for one in made.bookings.all()),
        "unjudged": risk.teams_without_profile(made.risk_on).filter(public_id__in=keys),
        "weeks": _weeks(programme, made),
        "standing": programme.blockers.filter(solved_on=None).exclude(region=""),
        "short": len(output["shortages"]),
        "shortages": _shortages(programme, output["shortages"], names),
        "moves": _moves(programme, made.moves, names),
        "compared": _compared(made, names),
        "tried": tried,
        "saved": -tried.result["days"] if tried else 0,
        "under_way": under_way(programme),
        "may_adopt": made.state == PlanState.PROPOSED,
    }


def _shortages(
    programme: Programme, rows: Iterable[dict[str, Any]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Per region and cause the teams that are short, by name."""
    told = [
        {
            **row,
            "name": names[row["team"]],
            "first_day": day_of(programme, row["first_week"]),
            "last_day": day_of(programme, row["last_week"]),
        }
        for row in rows
    ]
    return [
        {"region": region, "cause": cause, "because": CAUSES[cause], "teams": list(teams)}
        for (region, cause), teams in _grouped(told, "region", "cause", "name")
    ]


def _moves(
    programme: Programme, rows: Iterable[dict[str, Any]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Per team and reason its changes, by name; a week by its Monday."""
    told = [{**row, "name": names[row["team"]]} for row in rows]
    day = {None: None} | {week: day_of(programme, week) for week in range(programme.weeks)}
    return [
        {
            "name": name,
            "because": MOVES[why],
            "changes": [
                {"was": day[one["from_week"]], "becomes": day[one["to_week"]]} for one in some
            ],
        }
        for (name, why), some in _grouped(told, "name", "why")
    ]


def _grouped(
    rows: Iterable[dict[str, Any]], *keys: str
) -> Iterable[tuple[tuple[str, str], Iterable[dict[str, Any]]]]:
    """By the first two of these keys; in the order of all."""
    return groupby(sorted(rows, key=itemgetter(*keys)), key=itemgetter(*keys[:2]))


def _weeks(programme: Programme, made: RolloutPlan) -> list[dict[str, Any]]:
    rows = made.bookings.select_related("team").order_by("week", "team__region", "team__name")
    return [
        {"number": week, "day": day_of(programme, week), "bookings": list(bookings)}
        for week, bookings in groupby(rows, attrgetter("week"))
    ]


def _compared(made: RolloutPlan, names: Mapping[str, str]) -> dict[str, Any] | None:
    """The comparison that was worked out last; a plan never changes, so it holds still."""
    asked = made.calculations.filter(question=Question.COMPARE, state=CalculationState.DONE)
    if (last := asked.first()) is None:
        return None
    return {
        "days": last.result["days"],
        "earlier": sorted(names[team] for team in last.result["earlier"]),
        "later": sorted(names[team] for team in last.result["later"]),
    }


METHODS = {
    Method.GREEDY: gettext_lazy("het hoogste risico eerst"),
    Method.EXACT: gettext_lazy("het best mogelijke plan, uitgerekend"),
    REPLAN: gettext_lazy("wat gepland was, blijft zo veel mogelijk staan"),
}
CAUSES = {
    "no_weeks": gettext_lazy("er is geen week waarin dit team kan komen"),
    "too_many_absent": gettext_lazy(
        "er mogen te weinig mensen tegelijk weg in de weken die er zijn"
    ),
    "seats": gettext_lazy("er zijn te weinig plaatsen in de weken waarin dit team kan komen"),
}
MOVES = {
    "not_needed": gettext_lazy("niet meer nodig"),
    "not_then": gettext_lazy("het team kan dan niet"),
    "no_seats": gettext_lazy("er zijn die week minder plaatsen"),
    "makes_room": gettext_lazy("maakt plaats voor een team dat anders te laat is"),
    "new": gettext_lazy("nieuw"),
}


# A dry run --------------------------------------------------------------------------------------
def rehearsal_page(programme: Programme, found: Calculation | None) -> dict[str, Any]:
    """What would happen on a day, in numbers: nobody is named, and no team."""
    told = found.result if found else {"waves": [], "counts": [], "people": {}}
    titles = {key: module.title for key, module in content.modules().items()}
    counts = [
        {**one, "module": titles.get(one["module"], one["module"]), "because": DECIDED[one["why"]]}
        for one in told["counts"]
    ]
    by_what = {what: [one for one in counts if one["what"] == what] for what in WHAT}
    return {
        "here": "rehearsal",
        "programme": programme,
        "found": found,
        "getting": told["people"].get("gets", 0),
        "waves": [_wave_told(one) for one in told["waves"]],
        "parts": [(WHAT[what], rows) for what, rows in by_what.items() if rows],
        "under_way": under_way(programme),
    }


def _wave_told(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": one["number"],
        "opens_on": date.fromisoformat(one["opens_on"]),
        "because": HINDRANCES[one["why"]] if one["why"] else "",
    }


WHAT = {
    "gets": gettext_lazy("Krijgt een module"),
    "loses": gettext_lazy("Raakt een module kwijt"),
    "keeps": gettext_lazy("Houdt een module"),
    "skipped": gettext_lazy("Krijgt niets"),
}
HINDRANCES = {
    "not_running": gettext_lazy("het programma loopt niet"),
    "blocked": gettext_lazy("er staat iets in de weg"),
    "too_early": gettext_lazy("de dag is er nog niet"),
    "wave_before": gettext_lazy("de golf ervoor is nog niet ver genoeg"),
}
DECIDED = {
    "wave": gettext_lazy("de golf van het team is open"),
    "joined": gettext_lazy("nieuw in dienst"),
    "moved": gettext_lazy("werkt in een ander team dan eerst"),
    "rule": gettext_lazy("een regel of module kwam erbij"),
    "back": gettext_lazy("kwam terug"),
    "again": gettext_lazy("deed deze module, en moet dat nog een keer doen"),
    "too_old": gettext_lazy("deed deze module te lang geleden"),
    "had_already": gettext_lazy("had deze module al, op een andere manier"),
    "done_already": gettext_lazy("deed deze module al"),
    "done_lately": gettext_lazy("deed deze module niet te lang geleden"),
    "begun": gettext_lazy("is er al aan begonnen"),
    "for_everyone": gettext_lazy("deze module is voor iedereen"),
    "not_for_them": gettext_lazy("is niet meer voor dit werk"),
    "waits_for_team": gettext_lazy("krijgt het samen met het team"),
    "left": WHY[Reason.NO_TEAM],
    "no_rule": WHY[Reason.NO_RULE],
    "excluded": WHY[Reason.EXCLUDED],
    "exempt": WHY[Reason.EXEMPT],
    "wave_not_open": gettext_lazy("de golf van het team is nog niet open"),
    "blocked": gettext_lazy("er staat iets in de weg"),
    "by_hand": gettext_lazy("het programma trok het in"),
    "not_published": gettext_lazy("de module is niet gepubliceerd"),
    "nothing_for_them": gettext_lazy("geen onderdeel is voor dit werk"),
}
