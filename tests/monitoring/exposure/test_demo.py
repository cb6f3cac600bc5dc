"""The demo's programme: a plan that holds, weeks that were counted, and nothing the second time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leer.demo import programme, risk
from leer.organisation.api import apply_plan, make_plan, read_paths
from leer.rollout.models import PlanState, Programme, RolloutPlan
from tests.organisation.test_demo_files import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> int:
    began = timezone.localdate() - timedelta(days=150)
    apply_plan(make_plan(read_paths(sorted(FOLDER.glob("*.csv"))), on=began))
    risk.make()
    monkeypatch.setattr(programme, "_leaders_go_first", lambda _programme: None)  # needs content
    monkeypatch.setattr(programme, "_joiners_do_it", lambda _joiners: None)  # does too
    return programme.make()


def test_it_has_a_plan_for_everybody_that_saves_exposure(sessions: int) -> None:
    made = Programme.objects.get()
    plan = RolloutPlan.objects.get()
    assert (plan.state, plan.output["status"]) == (PlanState.ADOPTED, "planned")
    assert sessions == plan.bookings.count() > 50
    assert made.waves.filter(opened_at__isnull=False).exists()
    assert made.waves.filter(opened_at=None).exists()
    weeks = programme.BEGAN_WEEKS_AGO
    assert made.exposure.count() in {weeks + 1, weeks + 2}
    assert programme.make() == sessions
    assert Programme.objects.count() == 1


def test_some_came_later_and_have_a_term_of_their_own(sessions: int) -> None:
    last = Programme.objects.get().exposure.order_by("-day")[0]
    assert last.joiners == len(programme.JOINED_DAYS_AGO)
    assert last.joiners_due == len(
        [days for days in programme.JOINED_DAYS_AGO if days > programme.JOINER_DAYS]
    )
