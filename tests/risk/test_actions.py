"""Proposing and deciding: two people, every version kept, and never a report as a reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.risk import actions
from leer.risk.api import scores_on
from leer.risk.judging import REPORTS, judgements_of, objections_to
from leer.risk.models import ABOUT_SIGNALS, FactorJudgement, RiskProfile, SourceKind, State
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN, Factor
from leer.risk.selectors import overdue_on
from leer.risk.signals import profile_approved
from tests.support import factories_content
from tests.support import factories_risk as make
from tests.support.factories_organisation import TeamFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def hanna() -> User:
    return make.programme("hanna")


@pytest.fixture
def olaf() -> User:
    return make.programme("olaf")


def again(profile: RiskProfile) -> RiskProfile:
    found: RiskProfile = RiskProfile.objects.get(pk=profile.pk)
    return found


# Two people ---------------------------------------------------------------------------------------


def test_a_second_person_approves_and_it_counts_from_today(hanna: User, olaf: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    actions.approve([profile], by=olaf, reason="Klopt met de werkinstructie.")
    stored = again(profile)
    assert stored.state == State.APPROVED
    assert (stored.proposed_by, stored.decided_by) == (hanna, olaf)
    assert stored.review_due_on == window.months_later(TODAY, 12)
    assert stored.team_id in scores_on(TODAY)


@pytest.mark.parametrize("decide", [actions.approve, actions.refuse])
def test_nobody_decides_on_the_own_proposal(decide: Any, hanna: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    with pytest.raises(ValidationError, match="iemand anders"):
        decide([profile], by=hanna, reason="Goed zo.")
    assert again(profile).state == State.SUBMITTED


def test_the_database_refuses_an_approval_by_the_same_person(hanna: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    late = {"decided_at": timezone.now(), "review_due_on": TODAY, "state": State.APPROVED}
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        RiskProfile.objects.filter(pk=profile.pk).update(decided_by=hanna, **late)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        RiskProfile.objects.filter(pk=profile.pk).update(decided_by=None, **late)


def test_one_of_several_that_is_ones_own_stops_all(hanna: User, olaf: User) -> None:
    mine = actions.submit(TeamFactory(), make.judgements(), by=olaf)
    hers = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    with pytest.raises(ValidationError):
        actions.approve([mine, hers], by=olaf, reason="")
    assert {again(mine).state, again(hers).state} == {State.SUBMITTED}


def test_what_was_decided_is_not_decided_again(hanna: User, olaf: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    actions.refuse([profile], by=olaf, reason="De bron is oud.")
    with pytest.raises(ValidationError, match="intussen"):
        actions.approve([profile], by=olaf, reason="")
    assert again(profile).decision_reason == "De bron is oud."


def test_refusing_asks_for_a_reason(hanna: User, olaf: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    with pytest.raises(ValidationError, match="waarom"):
        actions.refuse([profile], by=olaf, reason="  ")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROGRAMME])
def test_nobody_but_the_programme_changes_anything(role: Role, hanna: User) -> None:
    other = factories_content.user_with(role, name=f"ander-{role}")
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    attempts = (
        lambda: actions.save_draft(TeamFactory(), make.judgements(), by=other),
        lambda: actions.submit(TeamFactory(), make.judgements(), by=other),
        lambda: actions.submit_together({TeamFactory().pk: make.judgements()}, by=other),
        lambda: actions.approve([profile], by=other, reason=""),
        lambda: actions.refuse([profile], by=other, reason="nee"),
        lambda: actions.withdraw(profile, by=other),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert again(profile).state == State.SUBMITTED


# Versions -----------------------------------------------------------------------------------------


def test_every_version_is_kept_and_numbered(hanna: User) -> None:
    team = TeamFactory()
    make.approved(team, 1)
    make.approved(team, 2)
    withdrawn = actions.submit(team, make.judgements(3), by=hanna)
    actions.withdraw(withdrawn, by=hanna)
    rows = RiskProfile.objects.filter(team=team).order_by("number")
    assert [(row.number, row.state, row.power) for row in rows] == [
        (1, "approved", 1),
        (2, "approved", 2),
        (3, "withdrawn", 3),
    ]


def test_a_draft_is_kept_incomplete_and_goes_on_as_the_same_version(hanna: User) -> None:
    team = TeamFactory()
    begun = make.judgements() | {Factor.POWER: replace(make.judgements()[Factor.POWER], level=None)}
    draft = actions.save_draft(team, begun, by=hanna)
    assert judgements_of(draft) == begun
    whole = actions.submit(team, make.judgements(), by=hanna)
    assert (whole.pk, whole.number) == (draft.pk, 1)
    assert judgements_of(again(whole)) == make.judgements()


def test_a_draft_that_is_incomplete_cannot_be_submitted(hanna: User) -> None:
    begun = make.judgements() | {Factor.POWER: replace(make.judgements()[Factor.POWER], level=None)}
    with pytest.raises(ValidationError, match="Kies wat het best past"):
        actions.submit(TeamFactory(), begun, by=hanna)
    draft = actions.save_draft(TeamFactory(), begun, by=hanna)
    with pytest.raises(IntegrityError, match="levels_chosen"), transaction.atomic():
        RiskProfile.objects.filter(pk=draft.pk).update(state=State.SUBMITTED)


def test_one_version_waits_at_a_time(hanna: User, olaf: User) -> None:
    team = TeamFactory()
    actions.submit(team, make.judgements(), by=hanna)
    with pytest.raises(ValidationError, match="wacht al"):
        actions.submit(team, make.judgements(), by=olaf)
    with pytest.raises(ValidationError, match="wacht al"):
        actions.save_draft(team, make.judgements(), by=olaf)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_what_was_submitted_never_changes_and_nothing_is_deleted(state: State) -> None:
    build = {State.SUBMITTED: make.submitted, State.APPROVED: make.approved}[state]
    profile = build(TeamFactory())
    profile.power = 4
    with pytest.raises(TypeError):
        profile.save()
    with pytest.raises(TypeError):
        profile.delete()
    assert again(profile).power == 2


def test_only_who_proposed_withdraws_and_not_after_a_decision(hanna: User, olaf: User) -> None:
    profile = actions.submit(TeamFactory(), make.judgements(), by=hanna)
    with pytest.raises(ValidationError):
        actions.withdraw(profile, by=olaf)
    actions.approve([profile], by=olaf, reason="")
    with pytest.raises(ValidationError):
        actions.withdraw(profile, by=hanna)
    assert again(profile).state == State.APPROVED


def test_the_levels_above_are_told_after_the_commit(
    hanna: User, olaf: User, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        heard.append(kwargs)

    profiles = [actions.submit(TeamFactory(), make.judgements(), by=hanna) for _ in range(2)]
    profile_approved.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.approve(profiles[::-1], by=olaf, reason="")
            assert not heard
    finally:
        profile_approved.disconnect(listen)
    assert [one["teams"] for one in heard] == [sorted(one.team_id for one in profiles)]


# What a judgement may rest on ------------------------------------------------------------------


def test_a_whole_judgement_has_no_objections() -> None:
    for factor, judgement in make.judgements(4).items():
        assert objections_to(factor, judgement, on=TODAY) == {}


@pytest.mark.parametrize("field", ["level", "reason", "source_kind", "source", "source_date"])
def test_each_part_of_a_judgement_is_asked_for(field: str) -> None:
    whole = make.judgements()[Factor.POWER]
    empty = replace(whole, **{field: None if field in {"level", "source_date"} else ""})
    assert list(objections_to(Factor.POWER, empty, on=TODAY)) == [field]


@pytest.mark.parametrize(
    "words",
    [
        "Er was een melding van benadering.",
        "Twee Meldingen dit jaar.",
        "Een collega meldde dit.",
        "Dit is gemeld bij de BVI.",
        "Volgens de melder.",
        "Zie de integriteitsmelding.",
    ],
)
@pytest.mark.parametrize("factor", CHOSEN)
def test_a_report_of_an_approach_is_no_reason(factor: Factor, words: str) -> None:
    leaning = replace(make.judgements()[factor], reason=words)
    assert "Meldingen van benadering" in objections_to(factor, leaning, on=TODAY)["reason"]


@pytest.mark.parametrize("words", ["De meldkamer is dichtbij.", "Aanmelding van schepen."])
def test_words_that_only_look_like_it_pass(words: str) -> None:
    assert not REPORTS.search(words)


def test_there_is_no_source_that_is_a_report() -> None:
    assert not [kind for kind in SourceKind if REPORTS.search(str(kind.label))]
    assert "report" not in " ".join(SourceKind.values)


def test_the_database_refuses_a_source_of_another_kind() -> None:
    rows = FactorJudgement.objects.filter(profile=make.submitted(TeamFactory()))
    signal, power = rows.filter(factor=Factor.SIGNALS), rows.filter(factor=Factor.POWER)
    for wrong in ("melding", SourceKind.VISIT):
        with pytest.raises(IntegrityError, match="its_kind"), transaction.atomic():
            signal.update(source_kind=wrong)
    for kind in ABOUT_SIGNALS:
        assert signal.update(source_kind=kind) == 1
    with pytest.raises(IntegrityError, match="its_kind"), transaction.atomic():
        power.update(source_kind=SourceKind.CLOSED_INQUIRY)


@pytest.mark.parametrize(
    ("months", "days", "right"), [(-3, 0, True), (-3, 1, False), (-15, 1, True), (-15, 0, False)]
)
def test_a_signal_is_at_least_a_quarter_old_and_at_most_twelve_months_more(
    months: int, days: int, right: bool
) -> None:
    seen = window.months_later(TODAY, months) + timedelta(days=days)
    signal = replace(make.judgements({"signals": 3})[Factor.SIGNALS], source_date=seen)
    # Of a month that is shorter, the last day stands for the days that it lacks.
    expected = window.counts_on(seen, TODAY)
    assert (objections_to(Factor.SIGNALS, signal, on=TODAY) == {}) is expected
    assert expected is right or TODAY.day > 28


def test_that_there_is_no_signal_may_be_seen_today() -> None:
    none = replace(make.judgements()[Factor.SIGNALS], source_date=TODAY)
    assert objections_to(Factor.SIGNALS, none, on=TODAY) == {}
    later = replace(none, source_date=TODAY + timedelta(days=1))
    assert "source_date" in objections_to(Factor.SIGNALS, later, on=TODAY)


# Many at once ----------------------------------------------------------------------------------


def test_a_bulk_start_is_for_teams_that_have_none(hanna: User, olaf: User) -> None:
    none, high, waits, judged = TeamFactory.create_batch(4)
    gone = TeamFactory(dissolved=True)
    make.fill(high, risky=3, others=1)
    make.approved(judged)
    make.submitted(waits)
    proposals = actions.provisional_proposals(TODAY)
    assert set(proposals) == {none, high}
    assert gone not in proposals
    ready = {team.pk: judgements for team, judgements in proposals.items()}
    batch = actions.submit_together(ready, by=hanna, provisional=True)
    profiles = list(RiskProfile.objects.filter(batch=batch))
    actions.approve(profiles, by=olaf, reason="Als begin goed genoeg.")
    risks = scores_on(TODAY, [none.pk, high.pk])
    assert risks[high.pk].provisional
    assert risks[high.pk].band == "high"
    assert risks[none.pk].band == "base"
    due = {profile.review_due_on for profile in RiskProfile.objects.filter(batch=batch)}
    assert due == {window.months_later(TODAY, 3)}
    assert actions.provisional_proposals(TODAY) == {}


def test_a_bulk_start_costs_the_same_with_few_and_many(
    hanna: User, django_assert_num_queries: Any
) -> None:
    for size in (2, 30):
        TeamFactory.create_batch(size)
        ready = {t.pk: j for t, j in actions.provisional_proposals(TODAY).items()}
        assert len(ready) == size
        # 1 roles, 2 savepoint, 3 lock, 4 drafts, 5 waiting, 6 numbers, 7 profiles, 8 grounds, 9 end
        by = User.objects.get(pk=hanna.pk)
        with django_assert_num_queries(9):
            actions.submit_together(ready, by=by, provisional=True)


def test_a_team_that_waits_stops_all_of_them_and_a_draft_gives_way(hanna: User) -> None:
    drafted, waits = TeamFactory.create_batch(2)
    draft = actions.save_draft(drafted, make.judgements(), by=hanna)
    make.submitted(waits)
    both = {drafted.pk: make.judgements(), waits.pk: make.judgements()}
    with pytest.raises(ValidationError, match="wacht al"):
        actions.submit_together(both, by=hanna)
    assert again(draft).state == State.DRAFT
    actions.submit_together({drafted.pk: make.judgements()}, by=hanna)
    assert again(draft).state == State.WITHDRAWN


def test_what_is_overdue_is_what_should_have_been_looked_at_before_today() -> None:
    year_ago = window.months_later(TODAY, -12)
    late, due, fresh, gone = TeamFactory.create_batch(4)
    make.approved(late, on=year_ago - timedelta(days=1))
    make.approved(due, on=year_ago)
    make.approved(fresh)
    make.approved(gone, on=year_ago - timedelta(days=9))
    gone.active = False
    gone.save()
    assert [profile.team for profile in overdue_on(TODAY)] == [late]
    make.approved(late)
    assert not overdue_on(TODAY)
