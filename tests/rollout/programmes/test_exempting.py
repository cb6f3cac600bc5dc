"""Exemptions: given once, told once, taken back; and what follows for who has one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.models import Team
from leer.rollout import api as rollout
from leer.rollout.models import Assignment, Exemption, Programme, Trail
from leer.rollout.programmes.audience import audience
from leer.rollout.programmes.exempting import Grounds, exempt, members, people_called, take_back
from leer.rollout.programmes.rules import Reason
from leer.rollout.running.comparing import compare
from leer.xapi import api as xapi
from tests.rollout.running.test_opening import at_once
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import (
    JobFunctionFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHOLE = Grounds("Werkt elders.")
WHY = "Werkt weer hier."
ONE = Grounds("Geeft deze module zelf.", module_key="a")


@pytest.fixture
def team() -> Team:
    return TeamFactory(region="noord")


@pytest.fixture
def programme(team: Team) -> Programme:
    """Two modules, given to the team."""
    for key in "ab":
        content.module(key, parts=False, days_to_complete=30)
    made = make.programme("a", "b")
    make.wave(made, 1, team, opened_at=make.noon(make.MONDAY))
    return made


def colleague(programme: Programme, team: Team, **values: Any) -> User:
    """Somebody in the team, who got what the programme brings."""
    user: User = MembershipFactory(team=team, **values).user
    compare(programme, TODAY)
    return user


def holds(user: User) -> set[str]:
    return {row.module_key for row in rollout.assignments_of(user)}


def told(user: User) -> list[tuple[str, str]]:
    """What the ledger says that this person need not do: the last part of the object, the end."""
    return [
        (one.object.id.rsplit("/", 1)[1], _until(one))
        for one in xapi.stream_of(user.actor_name)
        if one.verb.id == "https://w3id.org/xapi/adl/verbs/waived"
    ]


def _until(one: xapi.Statement) -> object:
    extensions = one.context.extensions if one.context else {}
    return extensions[xapi.extension("until")] if extensions else ""


# What follows -------------------------------------------------------------------------------------
def test_who_is_exempt_has_nothing_to_do_at_once_and_the_trail_says_why(
    programme: Programme, team: Team
) -> None:
    user = colleague(programme, team)
    assert holds(user) == {"a", "b"}
    [made] = exempt(programme, [user], WHOLE, by=make.planner())
    assert holds(user) == set()
    assert set(Trail.objects.filter(user=user, kind="withdrawn").values_list("reason")) == {
        ("exempt",)
    }
    assert told(user) == [(str(programme.public_id), "")]
    assert "Werkt elders" not in str(list(xapi.stream()))
    assert (made.given_by, made.reason) == (make.planner(), "Werkt elders.")


def test_an_exemption_of_one_module_leaves_the_others(programme: Programme, team: Team) -> None:
    user = colleague(programme, team)
    last = TODAY + timedelta(days=20)
    exempt(programme, [user], Grounds("Geeft hem.", "a", last), by=make.planner())
    assert holds(user) == {"b"}
    assert told(user) == [("a", last.isoformat())]
    [person] = [one for one in audience(programme, TODAY) if one.user == user.pk]
    assert (person.verdict.reason, person.modules, person.waived) == (Reason.IN, ("b",), {"a"})


def test_who_is_exempt_from_each_module_is_exempt_from_the_whole(
    programme: Programme, team: Team
) -> None:
    user = colleague(programme, team)
    for key in "ab":
        exempt(programme, [user], Grounds("Geeft ze.", key), by=make.planner())
    [person] = [one for one in audience(programme, TODAY) if one.user == user.pk]
    assert person.verdict.reason is Reason.EXEMPT


def test_what_is_taken_back_brings_back_what_fits_and_stays_in_the_history(
    programme: Programme, team: Team
) -> None:
    user = colleague(programme, team)
    planner = make.planner()
    [made] = exempt(programme, [user], WHOLE, by=planner)
    assert take_back(programme, [made.pk], because=WHY, by=planner) == 1
    assert take_back(programme, [made.pk], because=WHY, by=planner) == 0
    assert holds(user) == {"a", "b"}
    made.refresh_from_db()
    assert (made.ended_by, made.ended_because, made.ended_at is not None) == (planner, WHY, True)
    assert [one.verb.id.rsplit("/", 1)[1] for one in xapi.stream_of(user.actor_name)].count(
        "retract"
    ) == 1
    assert WHY not in str(list(xapi.stream()))
    assert Assignment.objects.filter(user=user).count() == 2


def test_an_exemption_of_another_programme_is_not_taken_back(
    programme: Programme, team: Team
) -> None:
    [made] = exempt(programme, [colleague(programme, team)], WHOLE, by=make.planner())
    assert take_back(make.programme("a"), [made.pk], because=WHY, by=make.planner()) == 0


def test_it_holds_on_its_last_day_and_not_after_it(programme: Programme, team: Team) -> None:
    user = colleague(programme, team)
    last = TODAY + timedelta(days=3)
    exempt(programme, [user], Grounds("Tijdelijk elders.", until=last), by=make.planner())
    reasons = {
        day: one.verdict.reason
        for day in (last, last + timedelta(days=1))
        for one in audience(programme, day)
        if one.user == user.pk
    }
    assert reasons == {last: Reason.EXEMPT, last + timedelta(days=1): Reason.IN}
    compare(programme, last)
    assert holds(user) == set()
    compare(programme, last + timedelta(days=1))
    assert holds(user) == {"a", "b"}


def test_after_the_last_day_another_may_be_given(programme: Programme, team: Team) -> None:
    user = colleague(programme, team)
    first = make.noon(TODAY - timedelta(days=9))
    ended = Grounds("Tijdelijk elders.", until=TODAY - timedelta(days=2))
    exempt(programme, [user], ended, by=make.planner(), at=first)
    [again] = exempt(programme, [user], WHOLE, by=make.planner())
    before = Exemption.objects.exclude(pk=again.pk).get()
    assert timezone.localdate(before.ended_at) == TODAY - timedelta(days=1)
    assert before.ended_by is None
    day_before = audience(programme, TODAY - timedelta(days=2))
    assert next(one for one in day_before if one.user == user.pk).verdict.reason is Reason.EXEMPT


# Once ---------------------------------------------------------------------------------------------
def test_the_same_exemption_is_given_and_told_once(programme: Programme, team: Team) -> None:
    user = colleague(programme, team)
    assert len(exempt(programme, [user], WHOLE, by=make.planner())) == 1
    assert exempt(programme, [user], Grounds("Nog eens."), by=make.planner()) == []
    assert len(exempt(programme, [user], ONE, by=make.planner())) == 1
    assert len(told(user)) == Exemption.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        make.exempt(programme, user)


def test_an_exemption_and_its_statement_stand_or_fall_together(
    programme: Programme, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the last step: nothing is there, and it can be done again."""
    user = colleague(programme, team)

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("leer.rollout.programmes.exempting.compare_some", killed)
        with pytest.raises(KeyboardInterrupt):
            exempt(programme, [user], WHOLE, by=make.planner())
    assert (Exemption.objects.count(), told(user), holds(user)) == (0, [], {"a", "b"})
    exempt(programme, [user], WHOLE, by=make.planner())
    assert (Exemption.objects.count(), len(told(user)), holds(user)) == (1, 1, set())


@pytest.mark.django_db(transaction=True)
def test_four_who_give_the_same_at_once_give_it_once(programme: Programme, team: Team) -> None:
    people = [colleague(programme, team) for _ in range(3)]
    planner = make.planner()
    made = at_once(lambda: exempt(programme, people, WHOLE, by=planner))
    assert sorted(len(some) for some in made) == [0, 0, 0, 3]
    assert [len(told(user)) for user in people] == [1, 1, 1]


def test_nobody_exempts_themselves(programme: Programme, team: Team) -> None:
    planner = make.planner()
    MembershipFactory(team=team, user=planner)
    user = colleague(programme, team)
    made = exempt(programme, [planner, user], WHOLE, by=planner)
    assert [row.user for row in made] == [user]


def test_a_programme_that_is_still_a_draft_gives_and_takes_nothing(team: Team) -> None:
    content.module("a", parts=False)
    draft = make.programme("a", state="draft")
    user: User = MembershipFactory(team=team).user
    rollout.assign([user], module_key="a", due_on=TODAY, reason="met de hand")
    exempt(draft, [user], WHOLE, by=make.planner())
    assert holds(user) == {"a"}
    assert rollout.exemptions_of(user) == []


# Whom ---------------------------------------------------------------------------------------------
def test_somebody_is_found_by_what_is_known_of_them() -> None:
    user = UserFactory(
        external_id="P12", username="noor", email="noor@voorbeeld.nl",
        first_name="Noor", last_name="de Vries",
    )  # fmt: skip
    UserFactory(username="weg", first_name="Noor", last_name="de Vries", is_active=False)
    for text in ("P12", "NOOR", "Noor@voorbeeld.nl", "noor de vries"):
        assert people_called(text) == [user], text
    assert people_called("vries") == []
    namesake = UserFactory(first_name="Noor", last_name="de Vries")
    assert people_called("Noor de Vries") == [user, namesake]


def test_a_group_is_who_works_there_now(team: Team) -> None:
    function = JobFunctionFactory()
    both = MembershipFactory(team=team, job_function=function).user
    other = MembershipFactory(team=team).user
    MembershipFactory(team=team, job_function=function, ended=True)
    MembershipFactory(team=team, job_function=function, user__gone=True)
    elsewhere = MembershipFactory(team__region="zuid", job_function=function).user
    assert set(members(team=team)) == {both, other}
    assert members(team=team, job_function=function) == [both]
    assert set(members(job_function=function)) == {both, elsewhere}
    assert set(members(region="noord")) == {both, other}


# What people hear ---------------------------------------------------------------------------------
def test_news_is_told_of_the_day_on_which_it_happened(programme: Programme, team: Team) -> None:
    user = colleague(programme, team)
    planner = make.planner()
    [made] = exempt(programme, [user], WHOLE, by=planner, at=make.noon(TODAY - timedelta(days=5)))
    assert list(rollout.exemption_news(TODAY - timedelta(days=5))) == [user.pk]
    assert rollout.exemption_news(TODAY - timedelta(days=4)) == {}
    take_back(
        programme, [made.pk], because=WHY, by=planner, at=make.noon(TODAY - timedelta(days=2))
    )
    [row] = rollout.exemption_news(TODAY - timedelta(days=2))[user.pk]
    assert row.ended_by == planner


def test_who_had_it_for_an_hour_hears_nothing(programme: Programme, team: Team) -> None:
    [made] = exempt(programme, [colleague(programme, team)], WHOLE, by=make.planner())
    take_back(programme, [made.pk], because=WHY, by=make.planner())
    assert rollout.exemption_news(TODAY) == {}
