"""How firm the waves of a plan are: how often a team keeps its wave when the weights of the score
move, each by up to a fifth.

Nothing is estimated. In each draw every team gets the score and the band of that draw, and the
explainable plan is made anew from the input of this plan. It is compared with the explainable plan
by the weights in force, whichever way this plan was made, so that only the weights differ. A team
of which some have been already does not move any more.

That takes a plan per draw, so it is counted once for each plan that is adopted, in the background.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Min, OuterRef, Subquery

from leer.core.background.queue import enqueue_once
from leer.organisation import api as organisation
from leer.risk import api as risk
from leer.rollout.models import RolloutPlan, WaveFirmness
from leer.rollout.planning import Problem, Team, first_weeks, plan_by_risk
from leer.rollout.programmes.problem import problem_from, wave_at, week_of

DRAWS = 200
BATCH = 2000
COUNT = "leer.rollout.tasks.count_firmness"

type Drawn = Mapping[str, tuple[float, str]]
"""The score and the band of each team that has a profile, by public id."""


def ask_for(plan: RolloutPlan) -> None:
    """Ask for the count of this plan, once however often it is asked."""
    enqueue_once(COUNT, key=job_key(plan.pk), kwargs={"plan": plan.pk})


def job_key(plan: int) -> str:
    """The job that counts a plan."""
    return f"firmness:{plan}"


def count_firmness(plan: RolloutPlan, report: Callable[[int, int], None]) -> None:
    """Count it and keep it, together; a plan that was counted is left alone."""
    if plan.firmness.exists():
        return
    problem, kept = problem_from(plan.input), Counter[str]()
    now = _waves(plan, problem)
    for number, again in enumerate(_planned_again(plan, problem), start=1):
        kept.update(team for team in problem.by_id if again.get(team) == now.get(team))
        report(number, DRAWS)
    begun = _begun(plan)
    teams = organisation.Team.objects.filter(public_id__in=list(problem.by_id)).order_by("pk")
    WaveFirmness.objects.bulk_create(
        (
            WaveFirmness(
                plan=plan,
                team=team,
                kept=1.0 if team.pk in begun else kept[str(team.public_id)] / DRAWS,
            )
            for team in teams
        ),
        batch_size=BATCH,
    )


def _planned_again(plan: RolloutPlan, problem: Problem) -> Iterator[dict[str, int]]:
    """The waves of every draw."""
    keys = {pk: str(key) for pk, key in organisation.Team.objects.values_list("pk", "public_id")}
    deadlines = dict(plan.programme.deadlines.values_list("band", "week"))
    for drawn in risk.draws_on(plan.risk_on, draws=DRAWS):
        by_key = {keys[pk]: found for pk, found in drawn.items()}
        yield _waves(plan, with_risk(problem, by_key, deadlines))


def with_risk(problem: Problem, drawn: Drawn, deadlines: Mapping[str, int]) -> Problem:
    """The same problem with other scores, and the deadlines of the bands these are in."""
    teams = (_with_risk(team, drawn.get(team.id), deadlines) for team in problem.teams)
    return replace(problem, teams=tuple(teams))


def _with_risk(team: Team, drawn: tuple[float, str] | None, deadlines: Mapping[str, int]) -> Team:
    if drawn is None:
        return team
    score, band = drawn
    return replace(team, score=round(score, 4), deadline_week=deadlines.get(band))


def _waves(plan: RolloutPlan, problem: Problem) -> dict[str, int]:
    """Per team its wave in the explainable plan; a team without a session has none."""
    sessions = plan_by_risk(problem, seed=plan.seed)
    weeks = first_weeks(sessions)
    return {team: wave_at(plan.programme, week) for team, week in weeks.items()}


def _begun(plan: RolloutPlan) -> set[int]:
    """Teams whose first session had been when the plan was made."""
    made_in = week_of(plan.programme, plan.risk_on)
    return set(plan.bookings.filter(week__lt=made_in).values_list("team", flat=True))


def waves_on(team: int, day: date) -> list[risk.PlannedWave]:
    """The wave of a team in each plan that held on that day, for the page about its risk."""
    plans = RolloutPlan.objects.held_on(day).filter(bookings__team=team)
    rows = plans.annotate(first_week=Min("bookings__week")).select_related("programme")
    own = WaveFirmness.objects.filter(plan=OuterRef("pk"), team=team)
    rows = rows.annotate(kept=Subquery(own.values("kept")))
    return [
        risk.PlannedWave(
            programme=plan.programme.title,
            number=wave_at(plan.programme, plan.first_week),
            kept=plan.kept,
            draws=DRAWS,
        )
        for plan in rows.order_by("programme__starts_on", "programme_id")
    ]
