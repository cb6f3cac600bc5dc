"""Questions about the risk of teams, as of any day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import get_language

from leer.core import sql
from leer.organisation import api as organisation
from leer.organisation.api import Team
from leer.risk.models import RiskProfile
from leer.risk.querysets import end_of
from leer.risk.scoring import stability, window
from leer.risk.scoring.algorithm import CHOSEN, Band, Factor, Levels, Version, algorithm
from leer.risk.scoring.score import band, mrf_level, score

NOBODY = organisation.Headcount(0, 0)
FACTORS = tuple(Factor)
TOLD_FROM = 3  # the level from which a manager reads a plain reason


class TeamRisk(NamedTuple):
    """The risk of one team on one day. Class D: for the programme, and for planning."""

    score: float
    band: Band
    provisional: bool
    profile_id: UUID
    review_due_on: date
    mrf_share: float
    levels: Levels


def scores_on(
    day: date, teams: Iterable[int] | None = None, *, known_at: datetime | None = None
) -> dict[int, TeamRisk]:
    """Per team (by primary key; all teams, or these) its risk on that day, in three queries.

    By the weights in force, the profile that was approved and not yet replaced, and the MRF share
    of the people on that day. A team without an approved profile is not in it: nobody judged it,
    not even provisionally (``teams_without_profile``). ``known_at`` leaves out what was approved
    or marked later; see ``docs/developers/risk.md`` for what cannot be told as it was known.
    """
    asked = None if teams is None else list(teams)
    counts = organisation.headcounts_on(day, teams=asked, known_at=known_at)
    version = algorithm().on(day)
    return {
        row[0]: _risk(row, counts.get(row[0], NOBODY).high_risk_share, version, day)
        for row in _in_force(day, asked, known_at)
    }


def teams_without_profile(day: date) -> QuerySet[Team]:
    """Active teams of which no profile is in force on that day."""
    judged = RiskProfile.objects.in_force_on(day).values("team")
    return Team.objects.filter(active=True).exclude(pk__in=judged)


TELLABLE = tuple(factor for factor in FACTORS if factor is not Factor.SIGNALS)
JUDGED = tuple(factor for factor in TELLABLE if factor in CHOSEN)
# The profile in force and the people of one team, as ``scores_on`` has them of all.
TELLABLE_OF_TEAM = f"""
    select profile.provisional, {", ".join(f"profile.{factor}" for factor in JUDGED)},
        count(stay.id), count(stay.id) filter (where mark.high_risk)
    from (
        select * from risk_riskprofile where team_id = %s and state = 'approved' and decided_at < %s
        order by number desc limit 1
    ) profile
    left join organisation_membership stay on stay.team_id = profile.team_id
        and stay.valid_from <= %s and (stay.valid_until is null or stay.valid_until > %s)
    left join lateral (
        select high_risk from organisation_highriskmark
        where job_function_id = stay.job_function_id and since <= %s order by id desc limit 1
    ) mark on true
    group by profile.provisional, {", ".join(f"profile.{factor}" for factor in JUDGED)}
"""  # noqa: S608 (nothing in it is from outside)


def plain_reasons(team: int, day: date) -> tuple[str, ...]:
    """What a manager may read of why the own team is early: facts about its work, in the reader's
    language, in a fixed order. No level, number, signal or comparison; and nothing that nobody
    judged, so that a provisional profile gives the job functions only. In one query.
    """
    found = sql.rows(TELLABLE_OF_TEAM, [team, end_of(day), day, day, day])
    if not found:
        return ()
    provisional, *chosen, people, high_risk = found[0]
    share = organisation.Headcount(people, high_risk).high_risk_share
    levels = {Factor.MRF_SHARE: mrf_level(share)}
    levels |= {} if provisional else dict(zip(JUDGED, chosen, strict=True))
    return tuple(
        algorithm().factors[factor].plain.in_language(get_language())
        for factor in TELLABLE
        if levels.get(factor, 0) >= TOLD_FROM and algorithm().factors[factor].plain.nl
    )


def draws_on(day: date, *, draws: int) -> Iterator[dict[int, tuple[float, Band]]]:
    """Per draw of the weights (each within a fifth of itself) the score and the band of every team
    with a profile on that day, by primary key.
    """
    risks = scores_on(day)
    teams = {pk: (one.levels, one.mrf_share) for pk, one in risks.items()}
    return stability.drawn(teams, algorithm().on(day), draws=draws)


def overdue_on(day: date) -> QuerySet[RiskProfile]:
    """Profiles in force of active teams that should have been looked at again before that day."""
    in_force = RiskProfile.objects.in_force_on(day).values("pk")
    late = RiskProfile.objects.filter(pk__in=in_force, review_due_on__lt=day, team__active=True)
    return late.select_related("team").order_by("review_due_on", "team__name", "team_id")


type _Row = tuple[int, UUID, bool, date, date | None, int, int, int, int, int]


def _in_force(day: date, teams: Iterable[int] | None, known_at: datetime | None) -> Iterable[_Row]:
    """Plain rows: ten thousand objects would cost more than asking for them."""
    rows = RiskProfile.objects.of(teams).in_force_on(day, known_at=known_at)
    signal = FilteredRelation("judgements", condition=Q(judgements__factor=Factor.SIGNALS))
    return rows.alias(signal=signal).values_list(
        "team_id",
        "pk",
        "provisional",
        "review_due_on",
        F("signal__source_date"),
        *CHOSEN,
    )


def _risk(row: _Row, share: float, version: Version, day: date) -> TeamRisk:
    _, pk, provisional, due, established, *chosen = row
    chosen[-1] = signal_level(chosen[-1], established, day)  # signals are the last factor
    levels = dict(zip(FACTORS, (mrf_level(share), *chosen), strict=True))
    total = score(levels, version)
    return TeamRisk(
        score=total,
        band=band(total, share, version),
        provisional=provisional,
        profile_id=pk,
        review_due_on=due,
        mrf_share=share,
        levels=levels,
    )


def signal_level(chosen: int, established: date | None, day: date) -> int:
    """The level of signals that counts on this day: none outside their window."""
    counts = chosen and established is not None and window.counts_on(established, day)
    return chosen if counts else 0
