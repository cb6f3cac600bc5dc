"""The score of a team on any day: by the profile, the people and the marks of that day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from leer.organisation.models import HighRiskMark, JobFunction, Membership
from leer.risk import actions
from leer.risk.api import (
    Band,
    Factor,
    draws_on,
    plain_reasons,
    scores_on,
    teams_without_profile,
)
from leer.risk.models import RiskProfile
from tests.support import factories_risk as make
from tests.support.factories_organisation import (
    JobFunctionFactory,
    MembershipFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MARCH = date(TODAY.year - 1, 3, 1)
JUNE = date(TODAY.year - 1, 6, 1)


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def test_a_score_is_what_the_levels_weigh() -> None:
    team = TeamFactory()
    make.fill(team, risky=1, others=4)  # a fifth: level 2
    levels = {"power": 3, "information": 1, "access": 4, "exposure": 2, "signals": 0}
    profile = make.approved(team, levels)
    risk = scores_on(TODAY)[team.pk]
    assert risk.score == (25 * 2 + 20 * 3 + 20 * 1 + 15 * 4 + 10 * 2) / 4 == 52.5
    assert risk.band is Band.HIGH
    assert risk.mrf_share == 0.2
    assert risk.profile_id == profile.pk
    assert not risk.provisional
    assert risk.levels[Factor.MRF_SHARE] == 2


def test_half_of_high_risk_functions_is_at_least_high_and_one_less_is_not() -> None:
    half, less = TeamFactory(), TeamFactory()
    make.fill(half, risky=2, others=2)
    make.fill(less, risky=2, others=3)
    make.approved(half, 0)
    make.approved(less, 0)
    risks = scores_on(TODAY)
    assert risks[half.pk].score == risks[less.pk].score < 25
    assert (risks[half.pk].band, risks[less.pk].band) == (Band.HIGH, Band.BASE)


def test_a_team_without_an_approved_profile_has_no_score() -> None:
    none, waits, refused, judged = TeamFactory.create_batch(4)
    make.submitted(waits)
    actions.refuse([make.submitted(refused)], by=make.programme("olaf"), reason="Te weinig bron.")
    make.approved(judged)
    assert set(scores_on(TODAY)) == {judged.pk}
    assert set(teams_without_profile(TODAY)) == {none, waits, refused}


def test_a_version_holds_from_its_approval_until_the_next() -> None:
    team = TeamFactory()
    first = make.approved(team, 1, on=MARCH)
    second = make.approved(team, 3, on=JUNE)
    assert scores_on(day_before(MARCH)) == {}
    assert scores_on(MARCH)[team.pk].profile_id == first.pk
    assert scores_on(day_before(JUNE))[team.pk].profile_id == first.pk
    assert scores_on(JUNE)[team.pk].profile_id == second.pk
    assert scores_on(TODAY)[team.pk].profile_id == second.pk


def test_what_is_proposed_or_refused_later_changes_no_day() -> None:
    team = TeamFactory()
    make.approved(team, 1, on=MARCH)
    before = scores_on(JUNE)
    make.submitted(team, 4)
    assert scores_on(JUNE) == before
    assert scores_on(TODAY)[team.pk].levels == before[team.pk].levels


def test_the_share_is_that_of_the_people_of_the_day() -> None:
    team = TeamFactory()
    risky, other = JobFunctionFactory(risky=True), JobFunctionFactory()
    MembershipFactory(team=team, job_function=other, valid_from=MARCH)
    MembershipFactory(team=team, job_function=risky, valid_from=MARCH, valid_until=JUNE)
    make.approved(team, 1, on=MARCH)
    assert scores_on(day_before(JUNE))[team.pk].mrf_share == 0.5
    assert scores_on(JUNE)[team.pk].mrf_share == 0


def test_the_share_is_by_the_marks_of_the_day_and_as_they_were_known() -> None:
    team, function = TeamFactory(), JobFunctionFactory()
    MembershipFactory(team=team, job_function=function)
    make.approved(team, 1, on=MARCH)
    HighRiskMark.objects.create(
        job_function=function, high_risk=True, since=JUNE, recorded_at=make.noon(day_after(JUNE))
    )
    assert scores_on(day_before(JUNE))[team.pk].mrf_share == 0
    assert scores_on(JUNE)[team.pk].mrf_share == 1
    HighRiskMark.objects.update_or_create(
        job_function=function, high_risk=False, defaults={"recorded_at": make.noon(MARCH)}
    )
    assert scores_on(JUNE, known_at=make.noon(JUNE))[team.pk].mrf_share == 0


def test_a_correction_of_an_earlier_day_holds_from_that_day() -> None:
    function = JobFunctionFactory(risky=True)
    HighRiskMark.objects.create(job_function=function, high_risk=False, since=JUNE)
    HighRiskMark.objects.create(job_function=function, high_risk=True, since=MARCH)
    held = {
        day: HighRiskMark.objects.holding_on(day).get().high_risk
        for day in (day_before(MARCH), MARCH, JUNE, TODAY)
    }
    assert set(held.values()) == {True}


def test_a_signal_counts_for_twelve_months_and_then_leaves_the_score() -> None:
    team = TeamFactory()
    make.approved(team, {"signals": 4}, on=JUNE)  # established four months before
    assert scores_on(JUNE)[team.pk].score == 10
    out = date(TODAY.year, 5, 1)  # fifteen months after the first of February
    assert scores_on(day_before(out))[team.pk].score == 10
    assert scores_on(out)[team.pk].score == 0


def test_only_the_teams_that_are_asked() -> None:
    asked, other = TeamFactory.create_batch(2)
    make.approved(asked)
    make.approved(other)
    assert set(scores_on(TODAY, [asked.pk])) == {asked.pk}


@pytest.mark.parametrize("teams", [3, 40])
def test_scores_cost_three_queries_however_many_teams(
    teams: int, django_assert_num_queries: Any
) -> None:
    for team in TeamFactory.create_batch(teams):
        make.approved(team)
    # 1 marks of job functions, 2 people per team, 3 profiles in force with their signal's day
    with django_assert_num_queries(3):
        assert len(scores_on(TODAY)) == teams


def test_plain_reasons_say_what_a_team_does_and_nothing_else() -> None:
    team = TeamFactory()
    make.fill(team, risky=2, others=1)
    make.approved(team, {"power": 4, "information": 2, "access": 3, "signals": 4})
    reasons = plain_reasons(team.pk, TODAY)
    assert reasons == (
        "In jullie team zijn functies die extra aantrekkelijk zijn voor criminelen.",
        "Jullie beslissen zelf over vrijgave, selectie of controle.",
        "Jullie komen voor je werk op beveiligd terrein.",
    )
    assert not any(character.isdigit() for text in reasons for character in text)


def test_plain_reasons_do_not_tell_a_three_from_a_four() -> None:
    three, four = TeamFactory.create_batch(2)
    make.approved(three, 3)
    make.approved(four, 4)
    assert plain_reasons(three.pk, TODAY) == plain_reasons(four.pk, TODAY) != ()


def test_plain_reasons_of_a_team_nobody_judged_are_its_functions_only() -> None:
    team, unknown = TeamFactory.create_batch(2)
    make.fill(team, risky=3, others=0)
    proposals = {team.pk: make.judgements(4)}
    actions.submit_together(proposals, by=make.programme("hanna"), provisional=True)
    profile = RiskProfile.objects.get(team=team)
    actions.approve([profile], by=make.programme("olaf"), reason="")
    assert len(plain_reasons(team.pk, TODAY)) == 1
    assert plain_reasons(unknown.pk, TODAY) == ()


def test_a_draw_has_every_team_that_somebody_judged() -> None:
    firm, edge, _unknown = TeamFactory.create_batch(3)
    make.approved(firm, 0)
    make.approved(edge, {"power": 2, "information": 2, "access": 1, "exposure": 0, "signals": 0})
    drawn = list(draws_on(TODAY, draws=50))
    assert {frozenset(one) for one in drawn} == {frozenset({firm.pk, edge.pk})}
    assert {one[firm.pk] for one in drawn} == {(0.0, Band.BASE)}
    assert {one[edge.pk][1] for one in drawn} == {Band.BASE, Band.MEDIUM}


def test_every_function_has_a_mark_that_says_what_its_flag_says() -> None:
    function = JobFunctionFactory(risky=True)
    JobFunctionFactory()
    function.high_risk = False
    function.save()
    function.save()
    held = HighRiskMark.objects.holding_on(TODAY)
    flags = JobFunction.objects.order_by("pk").values_list("pk", "high_risk")
    assert list(held.values_list("job_function", "high_risk")) == list(flags)
    assert function.marks.count() == 2
    assert HighRiskMark.objects.holding_on(day_before(TODAY)).get(job_function=function).high_risk


def test_the_share_of_a_team_nobody_is_in_is_nothing() -> None:
    team = TeamFactory()
    make.approved(team, 1)
    assert not Membership.objects.exists()
    assert scores_on(TODAY)[team.pk].mrf_share == 0
