"""Plans of a programme: proposed, compared, adopted, and made anew when something changes.

A proposal changes nothing for anybody. Adopting one replaces the plan that held, and makes the
waves that are not open yet; what is open stays as it is.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from leer.accounts.models import User
from leer.rollout.models import (
    LEADERS,
    Booking,
    PlanState,
    Programme,
    RolloutPlan,
    Wave,
    WaveTeam,
)
from leer.rollout.planning import Method, Plan, Problem, Session, files, first_weeks, plan, replan
from leer.rollout.programmes import firmness
from leer.rollout.programmes.problem import (
    LEADERS_AHEAD,
    Group,
    input_for,
    problem_from,
    teams_by_key,
    wave_at,
    week_of,
)

BATCH = 2000
REPLAN = "replan"  # the method of a plan that keeps what was booked


class NotNow(Exception):
    """This plan cannot be adopted any more; the text says why."""


@dataclass(frozen=True)
class Draft:
    """A plan that is worked out and not kept. ``input`` and ``output`` are those of
    ``rollout_plan``; ``been`` are bookings that lie behind, ``before`` those of ``replans``, the
    plan that it starts from.
    """

    programme: Programme
    day: date
    method: str
    input: Mapping[str, Any]
    output: Mapping[str, Any]
    moves: Sequence[Mapping[str, Any]] = ()
    replans: RolloutPlan | None = None
    seed: int | None = None
    been: Sequence[Booking] = ()
    before: Sequence[Booking] = ()


def propose(
    programme: Programme,
    groups: Iterable[Group],
    *,
    by: User | None,
    method: Method = Method.GREEDY,
    reason: str = "",
    on: date | None = None,
) -> RolloutPlan:
    """A first plan, or one as if nothing was booked yet."""
    day = on or timezone.localdate()
    said = input_for(programme, groups, risk_on=day)
    return keep(draft(programme, said, method=method, day=day), by=by, reason=reason)


def draft(programme: Programme, said: Mapping[str, Any], *, method: Method, day: date) -> Draft:
    """A plan from nothing, for this input."""
    seed = programme.seed
    made = plan(problem_from(said), method=method, seed=seed)
    return Draft(programme, day, method.value, said, files.write(made), seed=seed)


def propose_again(
    programme: Programme,
    groups: Iterable[Group],
    *,
    by: User | None,
    reason: str,
    on: date | None = None,
) -> RolloutPlan:
    """A plan that keeps as much as it can of the one that holds, for what is still to come.

    What lies before this week has been, whatever changed: it stays, and the people who were
    there are not planned again. Raises ``NotNow`` when no plan holds.
    """
    day = on or timezone.localdate()
    held = plan_that_holds(programme)
    if held is None:
        raise NotNow("no plan holds yet")
    said = input_again(held, groups, risk_on=day)
    return keep(draft_again(held, said, day=day), by=by, reason=reason)


def plan_that_holds(programme: Programme) -> RolloutPlan | None:
    """The one that was adopted last."""
    return programme.plans.filter(state=PlanState.ADOPTED).first()


def input_again(held: RolloutPlan, groups: Iterable[Group], *, risk_on: date) -> dict[str, Any]:
    """The input for what is still to come of this plan."""
    now = _now(held, risk_on)
    been = [one for one in held.bookings.all() if one.week < now]
    return input_for(held.programme, _still_to_come(groups, been, now), risk_on=risk_on)


def draft_again(held: RolloutPlan, said: Mapping[str, Any], *, day: date) -> Draft:
    """A plan for this input that keeps what it can of the plan that ``held``."""
    now = _now(held, day)
    bookings = list(held.bookings.select_related("team"))
    to_come = [_session(one) for one in bookings if one.week >= now]
    told = files.write_replanned(replan(problem_from(said), to_come))
    moves = told.pop("moves")
    been = [one for one in bookings if one.week < now]
    return Draft(held.programme, day, REPLAN, said, told, moves, held, been=been, before=bookings)


def _now(held: RolloutPlan, day: date) -> int:
    return max(0, week_of(held.programme, day))


def _still_to_come(groups: Iterable[Group], been: Iterable[Booking], now: int) -> list[Group]:
    were_there = Counter[int]()
    for one in been:
        were_there[one.team_id] += one.people
    return [
        Group(
            group.team,
            max(0, group.size - were_there[group.team.pk]),
            max(group.first_week, now),
            group.formerly,
        )
        for group in groups
    ]


def _session(one: Booking) -> Session:
    return Session(str(one.team.public_id), one.week, one.people)


@transaction.atomic
def keep(drafted: Draft, *, by: User | None, reason: str = "") -> RolloutPlan:
    """The row, and its bookings with those that have been. Numbers follow each other, also when
    two propose at once.
    """
    programme = Programme.objects.select_for_update().get(pk=drafted.programme.pk)
    last = programme.plans.aggregate(last=Max("number"))["last"] or 0
    made = RolloutPlan.objects.create(
        programme=programme,
        number=last + 1,
        method=drafted.method,
        replans=drafted.replans,
        seed=drafted.seed,
        risk_on=drafted.day,
        input=drafted.input,
        output=drafted.output,
        moves=drafted.moves,
        reason=reason,
        made_by=by,
        made_at=timezone.now(),
    )
    _book(made, drafted.been, drafted.output["sessions"])
    _keep_names(made, drafted.before)
    return made


def _book(
    made: RolloutPlan, been: Iterable[Booking], sessions: Iterable[Mapping[str, Any]]
) -> None:
    sessions = list(sessions)
    teams = teams_by_key(one["team"] for one in sessions)
    new = [
        Booking(plan=made, team=teams[one["team"]], week=one["week"], people=one["people"])
        for one in sessions
    ]
    old = [
        Booking(plan=made, public_id=one.public_id, team=one.team, week=one.week, people=one.people)
        for one in been
    ]
    Booking.objects.bulk_create(old + new, batch_size=BATCH)


def _keep_names(made: RolloutPlan, before: Iterable[Booking]) -> None:
    """A booking that stayed, or moved within its team, keeps its public id: the nearest first."""
    old = _by_team(before)
    changed = []
    for team, bookings in _by_team(made.bookings.all()).items():
        for was, one in _nearest_first(old.get(team, []), bookings):
            one.public_id = was.public_id
            changed.append(one)
    Booking.objects.bulk_update(changed, ["public_id"], batch_size=BATCH)


def _nearest_first(
    old: Sequence[Booking], new: Sequence[Booking]
) -> Iterator[tuple[Booking, Booking]]:
    """Pairs of what was and what is, each of them once."""
    pairs = sorted(
        product(old, new), key=lambda pair: (abs(pair[0].week - pair[1].week), pair[0].week)
    )
    used: set[int] = set()
    for was, one in pairs:
        if was.pk not in used and one.pk not in used:
            used |= {was.pk, one.pk}
            yield was, one


def _by_team(bookings: Iterable[Booking]) -> dict[int, list[Booking]]:
    found: dict[int, list[Booking]] = {}
    for one in bookings:
        found.setdefault(one.team_id, []).append(one)
    return found


# Beside each other ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Comparison:
    """The exact plan beside one that was made. ``days`` is the exposure that it saves, in
    exposure-days; ``earlier`` and ``later`` are the teams (public ids) whose first session it
    would move.
    """

    exact: Plan
    days: float
    earlier: tuple[str, ...]
    later: tuple[str, ...]


def compare(made: RolloutPlan) -> Comparison:
    """What the exact plan would change, from the very input of this one."""
    exact = plan(problem_from(made.input), method=Method.EXACT)
    then = first_weeks(sessions_of(made))
    there = first_weeks(exact.sessions)
    both = sorted(then.keys() & there.keys())
    return Comparison(
        exact=exact,
        days=7 * (made.output["exposure_weeks"] - exact.exposure_weeks),
        earlier=tuple(team for team in both if there[team] < then[team]),
        later=tuple(team for team in both if there[team] > then[team]),
    )


def sessions_of(made: RolloutPlan) -> list[Session]:
    """What the planner gave."""
    return [Session(**one) for one in made.output["sessions"]]


def try_seats(made: RolloutPlan, seats: Mapping[tuple[str, int], int]) -> tuple[Plan, float]:
    """What if a region had so many seats in a week: the plan, made in the way of this one, and the
    exposure-days that it leaves more (or less). Stores nothing.
    """
    said = json.loads(json.dumps(made.input))
    for (region, week), count in seats.items():
        said["regions"][region]["seats_per_week"][week] = count
    found = _made_like(made, problem_from(said))
    return found, 7 * (found.exposure_weeks - made.output["exposure_weeks"])


def _made_like(made: RolloutPlan, problem: Problem) -> Plan:
    if made.method == REPLAN:
        return replan(problem, sessions_of(made)).plan
    return plan(problem, method=Method(made.method), seed=made.seed)


# Adopting ---------------------------------------------------------------------------------------
NONE = 0  # the number of "no plan holds"


@transaction.atomic
def adopt(made: RolloutPlan, *, seen: int | None = None, at: datetime | None = None) -> RolloutPlan:
    """Let this plan hold. ``seen`` is the number of the plan that held when somebody looked
    (``NONE``: no plan did). Raises ``NotNow`` when it is no proposal any more, when a newer plan
    holds already, or when another one holds than was seen, or than this one starts from.
    """
    programme = Programme.objects.select_for_update().get(pk=made.programme_id)
    made = RolloutPlan.objects.select_for_update().get(pk=made.pk)
    held = plan_that_holds(programme)
    if objection := _objection(made, held, seen):
        raise NotNow(objection)
    moment = at or timezone.now()
    if held:
        held.state, held.replaced_at = PlanState.REPLACED, moment
        held.save(update_fields=["state", "replaced_at"])
    made.state, made.adopted_at = PlanState.ADOPTED, moment
    made.save(update_fields=["state", "adopted_at"])
    _make_waves(programme, made)
    firmness.ask_for(made)
    return made


def _objection(made: RolloutPlan, held: RolloutPlan | None, seen: int | None) -> str:
    number = held.number if held else NONE
    if made.state != PlanState.PROPOSED:
        return "this plan is no proposal any more"
    if number > made.number:
        return "a newer plan holds already"
    if seen is not None and seen != number:
        return "another plan holds than was seen"
    if made.replans_id and (held is None or made.replans_id != held.pk):
        return "this plan starts from one that does not hold any more"
    return ""


def _make_waves(programme: Programme, made: RolloutPlan) -> None:
    """Waves for the teams whose wave is not open yet; the leaders' own comes before all."""
    programme.waves.filter(opened_at=None).delete()
    open_teams = set(WaveTeam.objects.filter(programme=programme).values_list("team_id", flat=True))
    numbers = {
        team: number
        for team, number in _wave_numbers(programme, made).items()
        if team not in open_teams
    }
    wanted = {*numbers.values(), *([LEADERS] if programme.managers_first else [])}
    waves = {number: _wave(programme, number) for number in sorted(wanted)}
    WaveTeam.objects.bulk_create(
        WaveTeam(programme=programme, wave=waves[number], team_id=team)
        for team, number in numbers.items()
    )


def _wave_numbers(programme: Programme, made: RolloutPlan) -> dict[int, int]:
    """Per team the wave in which its first session is, counted from 1."""
    found: dict[int, int] = {}
    for team, week in made.bookings.order_by("-week").values_list("team_id", "week"):
        found[team] = wave_at(programme, week)
    return found


def _wave(programme: Programme, number: int) -> Wave:
    """The wave of this number; one that is open stands for the block of weeks it was opened for,
    so a team that comes to it later gets its modules by the daily comparison.
    """
    week = max(0, number - 1) * programme.wave_weeks
    if programme.managers_first and number != LEADERS:
        week = max(week, LEADERS_AHEAD)
    wave, _ = Wave.objects.get_or_create(
        programme=programme,
        number=number,
        defaults={"opens_on": programme.starts_on + timedelta(weeks=week)},
    )
    return wave
