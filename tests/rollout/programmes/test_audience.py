"""Who is hit by a programme on a day, read from the organisation as it was on that day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from leer.rollout.models import AudienceRule, ItemKind, ProgrammeItem
from leer.rollout.programmes.audience import Person, audience, preview
from leer.rollout.programmes.rules import Reason
from tests.support import factories_running as make
from tests.support.factories_organisation import (
    JobFunctionFactory,
    LeadershipFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def verdicts(people: list[Person]) -> dict[int, Reason]:
    return {one.user: one.verdict.reason for one in people}


def test_each_reason_is_told_of_whom_it_is() -> None:
    programme = make.programme("m", everybody=False)
    north, south = TeamFactory(region="noord"), TeamFactory(region="zuid")
    AudienceRule.objects.create(programme=programme, regions=["noord"])
    AudienceRule.objects.create(programme=programme, teams=["weg"], excludes=True)
    inside = MembershipFactory(team=north).user
    outside = MembershipFactory(team=south).user
    excluded = MembershipFactory(team=TeamFactory(region="noord", external_id="weg")).user
    exempt = MembershipFactory(team=north).user
    make.exempt(programme, exempt)
    lost = MembershipFactory(team=north, ended=True).user
    gone = MembershipFactory(team=north, user__gone=True).user
    found = verdicts(audience(programme, TODAY))
    assert found[inside.pk] is Reason.IN
    assert found[outside.pk] is Reason.NO_RULE
    assert found[excluded.pk] is Reason.EXCLUDED
    assert found[exempt.pk] is Reason.EXEMPT
    assert found[lost.pk] is Reason.NO_TEAM
    assert gone.pk not in found


def test_somebody_is_where_they_were_on_the_day_that_is_asked() -> None:
    programme = make.programme(everybody=False)
    AudienceRule.objects.create(programme=programme, regions=["noord"])
    user = UserFactory()
    moved = TODAY - timedelta(days=10)
    MembershipFactory(user=user, team__region="noord", valid_until=moved)
    MembershipFactory(user=user, team__region="zuid", valid_from=moved)
    before = verdicts(audience(programme, moved - timedelta(days=1)))
    assert before[user.pk] is Reason.IN
    assert verdicts(audience(programme, moved))[user.pk] is Reason.NO_RULE


def test_an_exemption_holds_from_the_day_it_is_given_to_the_day_it_ends() -> None:
    programme = make.programme()
    user = MembershipFactory().user
    row = make.exempt(programme, user)
    tomorrow, yesterday = (TODAY + timedelta(days=days) for days in (1, -1))
    assert verdicts(audience(programme, yesterday))[user.pk] is Reason.IN
    assert verdicts(audience(programme, tomorrow))[user.pk] is Reason.EXEMPT
    row.ended_at = timezone.now()
    row.save()
    assert verdicts(audience(programme, TODAY))[user.pk] is Reason.IN


def test_leaders_only_is_for_who_leads_a_team_that_is_there() -> None:
    programme = make.programme(everybody=False)
    AudienceRule.objects.create(programme=programme, leaders_only=True)
    leader, former, of_nothing = (MembershipFactory().user for _ in range(3))
    LeadershipFactory(user=leader)
    LeadershipFactory(user=former, ended=True)
    LeadershipFactory(user=of_nothing, team__dissolved=True)
    found = verdicts(audience(programme, TODAY))
    people = [leader.pk, former.pk, of_nothing.pk]
    assert [found[pk] for pk in people] == [Reason.IN, Reason.NO_RULE, Reason.NO_RULE]


def test_a_variant_reaches_its_function_only_and_the_session_is_no_module() -> None:
    programme = make.programme("allen")
    ProgrammeItem.objects.create(programme=programme, module_key="f", job_functions=["kade"])
    ProgrammeItem.objects.create(programme=programme, kind=ItemKind.SESSION, title="Samen")
    quay = MembershipFactory(job_function=JobFunctionFactory(external_id="kade")).user
    office = MembershipFactory().user
    found = {one.user: one for one in audience(programme, TODAY)}
    assert set(found[quay.pk].modules) == {"allen", "f"}
    assert found[office.pk].modules == ("allen",)
    assert found[office.pk].has_session


def test_a_preview_counts_everybody_and_shows_some_of_each() -> None:
    programme = make.programme("m")
    team = TeamFactory(name="Kade")
    MembershipFactory.create_batch(3, team=team)
    make.exempt(programme, MembershipFactory(team=team).user)
    found = preview(programme, TODAY, shown=2)
    assert (found.reasons[Reason.IN], found.reasons[Reason.EXEMPT]) == (3, 1)
    assert found.reasons[Reason.EXCLUDED] == 0
    assert found.modules == {"m": 3}
    assert sum(found.rules.values()) == 3
    assert [row.team for row in found.rows[Reason.IN]] == ["Kade", "Kade"]
    assert found.people == sum(found.reasons.values())


def test_a_hundred_people_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    programme = make.programme("m")
    MembershipFactory()
    # 1 rules, 2 exemptions, 3 items, 4 teams, 5 functions, 6 leaders, 7 placements, 8 people
    with django_assert_num_queries(8):
        audience(programme, TODAY)
    MembershipFactory.create_batch(100)
    with django_assert_num_queries(8):
        audience(programme, TODAY)
    # and 9 names, 10 teams of who is shown
    with django_assert_num_queries(10):
        preview(programme, TODAY)
