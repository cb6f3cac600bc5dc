"""What is on hangs on what the works council decided: two people on, one off, and by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.privacy import api as privacy
from leer.privacy import council, looks
from leer.privacy.facilities import MEANING, Facility
from leer.privacy.models import CouncilDecision, CouncilStep, Look, StepKind
from tests.support import council as decided
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
PAGE = "privacy:decisions"


@pytest.fixture
def hanna() -> User:
    return make.user_with(Role.PROGRAMME, name="hanna")


@pytest.fixture
def wim() -> User:
    return make.user_with(Role.ADMINISTRATOR, name="wim")


def recorded(by: User, **facts: Any) -> CouncilDecision:
    values = {
        "facility": Facility.FOLLOW,
        "decided_on": TODAY,
        "reference": "Verslag 2026-14, punt 4",
        "begins_on": TODAY,
        "until": TODAY + 30 * DAY,
    }
    return council.record(by=by, **values | facts)


def standing(facility: Facility, on: date | None = None) -> council.Standing:
    return next(one for one in council.standings(on) if one.facility == facility)


def said(client: Client) -> str:
    return client.get(reverse(PAGE)).content.decode()


def test_without_a_decision_all_is_off() -> None:
    assert council.switched_on() == set()
    assert not any(privacy.allowed(facility) for facility in Facility)


def test_each_facility_is_told_in_words() -> None:
    assert MEANING.keys() == set(Facility)


def test_what_was_recorded_is_on_once_another_confirmed_it(hanna: User, wim: User) -> None:
    decision = recorded(hanna)
    assert not privacy.allowed(Facility.FOLLOW)
    with pytest.raises(ValidationError):
        council.confirm(decision, by=hanna)
    assert not privacy.allowed(Facility.FOLLOW)
    council.confirm(decision, by=wim)
    assert privacy.allowed(Facility.FOLLOW)
    assert not privacy.allowed(Facility.FOLLOW, Facility.REMIND), "that is another decision"


def test_it_is_off_by_itself_after_its_last_day_and_before_its_first(
    hanna: User, wim: User
) -> None:
    council.confirm(recorded(hanna, begins_on=TODAY + 5 * DAY, until=TODAY + 9 * DAY), by=wim)
    on = [day for day in range(12) if privacy.allowed(Facility.FOLLOW, on=TODAY + day * DAY)]
    assert on == [5, 6, 7, 8, 9]


def test_one_person_ends_it_at_once(hanna: User, wim: User) -> None:
    decision = recorded(hanna)
    council.confirm(decision, by=wim)
    with pytest.raises(ValidationError):
        council.end(decision, by=hanna, reason="  ")
    assert privacy.allowed(Facility.FOLLOW)
    council.end(decision, by=hanna, reason="Op verzoek van de OR")
    assert not privacy.allowed(Facility.FOLLOW)
    with pytest.raises(ValidationError):
        council.end(decision, by=wim, reason="nog eens")


def test_what_was_withdrawn_before_it_held_is_not_confirmed_after(hanna: User, wim: User) -> None:
    decision = recorded(hanna)
    council.end(decision, by=hanna, reason="Verkeerd overgenomen")
    with pytest.raises(ValidationError):
        council.confirm(CouncilDecision.objects.get(), by=wim)
    assert not privacy.allowed(Facility.FOLLOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_on": 1, "begins_on": 2},
        {"begins_on": -1},
        {"until": -1},
    ],
)
def test_days_that_cannot_be_are_refused(hanna: User, wrong: dict[str, int]) -> None:
    """Decided tomorrow; holding before it was decided; ending before it begins."""
    with pytest.raises(ValidationError):
        recorded(hanna, **{name: TODAY + days * DAY for name, days in wrong.items()})
    assert not CouncilDecision.objects.exists()


def test_the_database_keeps_that_an_end_has_a_reason_and_each_step_is_once(hanna: User) -> None:
    decision = recorded(hanna)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilStep.objects.create(decision=decision, kind=StepKind.ENDED, by=hanna, at=now)
    CouncilStep.objects.create(decision=decision, kind=StepKind.CONFIRMED, by=hanna, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilStep.objects.create(decision=decision, kind=StepKind.CONFIRMED, by=hanna, at=now)


def test_it_runs_out_within_eight_weeks_unless_the_next_decision_follows() -> None:
    decided.decide(Facility.FOLLOW, until=TODAY + 100 * DAY)
    assert not standing(Facility.FOLLOW, TODAY + 40 * DAY).runs_out
    assert standing(Facility.FOLLOW, TODAY + 50 * DAY).runs_out
    decided.decide(Facility.FOLLOW, begins_on=TODAY + 101 * DAY, until=TODAY + 300 * DAY)
    after = standing(Facility.FOLLOW, TODAY + 50 * DAY)
    assert (after.runs_out, after.until) == (False, TODAY + 300 * DAY)


def test_a_gap_before_the_next_decision_is_a_day_on_which_it_is_off() -> None:
    decided.decide(Facility.FOLLOW, until=TODAY + 20 * DAY)
    decided.decide(Facility.FOLLOW, begins_on=TODAY + 22 * DAY, until=TODAY + 300 * DAY)
    found = standing(Facility.FOLLOW)
    assert (found.until, found.runs_out) == (TODAY + 20 * DAY, True)
    assert not privacy.allowed(Facility.FOLLOW, on=TODAY + 21 * DAY)


class TestThePage:
    """For everybody who works here; recording, confirming and ending for few."""

    def test_the_way_from_minutes_to_on_and_off_again(self, hanna: User, wim: User) -> None:
        programme, administrator = learning.signed_in(hanna), learning.signed_in(wim)
        facts = {
            "facility": "follow",
            "decided_on": TODAY.isoformat(),
            "reference": "Verslag 2026-14",
            "conditions": "Niet voor beoordeling",
            "begins_on": TODAY.isoformat(),
            "until": (TODAY + 30 * DAY).isoformat(),
        }
        assert programme.post(reverse("privacy:record"), facts | {"until": ""}).status_code == 422
        assert programme.post(reverse("privacy:record"), facts).status_code == 302
        decision = CouncilDecision.objects.get()
        confirm = reverse("privacy:confirm", args=[decision.public_id])
        assert confirm not in said(programme)
        assert confirm in said(administrator)
        administrator.post(confirm)
        assert privacy.allowed(Facility.FOLLOW)
        end = reverse("privacy:end", args=[decision.public_id])
        assert end in said(programme)
        programme.post(end, {"reason": ""})
        assert privacy.allowed(Facility.FOLLOW)
        programme.post(end, {"reason": "De OR trok het in"})
        assert not privacy.allowed(Facility.FOLLOW)
        assert "De OR trok het in" in said(administrator)

    def test_who_has_both_roles_does_not_confirm_the_own_record(self) -> None:
        both = make.user_with(Role.PROGRAMME, Role.ADMINISTRATOR, name="beide")
        decision = recorded(both)
        answer = learning.signed_in(both).post(
            reverse("privacy:confirm", args=[decision.public_id]), follow=True
        )
        assert "bevestigt het niet zelf" in answer.content.decode()
        assert not privacy.allowed(Facility.FOLLOW)

    def test_everybody_reads_what_is_on_and_no_person_stands_there(
        self, hanna: User, wim: User
    ) -> None:
        for user, name in ((hanna, "Zwaluwstaart"), (wim, "Kwikzilver")):
            user.last_name = name
            user.save()
        decision = recorded(hanna, conditions="Niet voor beoordeling")
        council.confirm(decision, by=wim)
        shown = said(learning.signed_in(make.user_with(Role.EMPLOYEE, name="noor")))
        assert "Verslag 2026-14, punt 4" in shown
        assert "Niet voor beoordeling" in shown
        for secret in ("Zwaluwstaart", "Kwikzilver", "hanna", "wim", '<form method="post" class'):
            assert secret not in shown

    def test_the_programme_and_the_administrator_are_warned_weeks_before(
        self, hanna: User, wim: User
    ) -> None:
        pages = ((hanna, "monitoring:programmes"), (wim, "organisation:imports"))
        decided.decide(Facility.EXPORT, until=TODAY + 300 * DAY)
        for user, name in pages:
            shown = learning.signed_in(user).get(reverse(name)).content.decode()
            assert "tenzij de ondernemingsraad" not in shown
            assert reverse(PAGE) in shown
        decided.decide(Facility.FOLLOW, until=TODAY + 30 * DAY)
        for user, name in pages:
            shown = learning.signed_in(user).get(reverse(name)).content.decode()
            assert "Volgen per persoon gaat na" in shown
            assert "Cijfers als bestand gaat na" not in shown

    def test_looks_are_counted_of_months_that_are_over_by_at_least_k_people_in_steps_of_k(
        self, settings: Any
    ) -> None:
        settings.DISCLOSURE_K = 5
        month = TODAY.replace(day=1)
        last = timezone.now() - timedelta(days=TODAY.day + 5)
        noor = make.user_with(name="noor")
        viewers = [make.user_with(name=f"kijker{number}") for number in range(6)]
        for viewer in [*viewers, viewers[0]]:
            Look.objects.create(viewer=viewer, page="monitoring:team", people=[noor.pk], at=last)
            Look.objects.create(
                viewer=viewers[0], page="rollout:exemptions", people=[noor.pk], at=last
            )
            Look.objects.create(
                viewer=viewer, page="monitoring:team", people=[noor.pk], at=timezone.now()
            )
        found = {(str(one.words), one.looks) for one in looks.by_page_and_month()}
        assert found == {
            (str(looks.PAGES["monitoring:team"]), 5),
            (str(looks.PAGES["rollout:exemptions"]), 0),
        }
        assert {one.month for one in looks.by_page_and_month()} == {(month - DAY).replace(day=1)}

    @pytest.mark.parametrize("count", [1, 20])
    def test_it_costs_four_queries_with_few_decisions_and_with_many(
        self, count: int, django_assert_num_queries: Any
    ) -> None:
        for _number in range(count):
            decided.decide(*Facility)
        client = learning.signed_in(make.user_with(Role.EMPLOYEE, name="noor"))
        # 1 session, person and roles, 2 decisions, 3 their steps, 4 looks
        with django_assert_num_queries(4):
            client.get(reverse(PAGE))
