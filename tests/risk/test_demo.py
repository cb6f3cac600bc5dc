"""The demo's profiles: alive pages, by the same rules as real ones."""

import pytest
from django.utils import timezone

from leer.demo import risk
from leer.organisation.api import apply_plan, make_plan, read_paths
from leer.organisation.models import Team
from leer.risk.api import Band, scores_on, teams_without_profile
from leer.risk.models import RiskProfile, State
from leer.risk.selectors import overdue_on
from tests.organisation.test_demo_files import FOLDER

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def demo() -> int:
    plan = make_plan(read_paths(sorted(FOLDER.glob("*.csv"))), on=TODAY)
    apply_plan(plan)
    return risk.make()


def test_every_team_has_a_profile_and_pages_have_something_to_show(demo: int) -> None:
    risks = scores_on(TODAY)
    assert demo == len(risks) == Team.objects.count()
    assert not teams_without_profile(TODAY).exists()
    assert {risk.band for risk in risks.values()} == set(Band)
    assert 0 < sum(risk.provisional for risk in risks.values()) < len(risks) / 2
    assert overdue_on(TODAY).count() == len(risk.OVERDUE)
    assert RiskProfile.objects.filter(state=State.SUBMITTED).count() == 1


def test_making_it_again_changes_nothing(demo: int) -> None:
    before = RiskProfile.objects.count()
    assert risk.make() == demo
    assert RiskProfile.objects.count() == before
