"""Who plays again when the first time was forgotten: no new person in the figures."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from leer.disclosure.api import PEOPLE
from leer.disclosure.models import Tally
from leer.monitoring.figures.counting import first_name, second_name
from leer.monitoring.figures.items import count_questions
from leer.monitoring.figures.stories import count_stories
from leer.progress.models import Attempt
from leer.scenarios import api as scenarios
from leer.xapi import retention
from leer.xapi.store.partitions import ensure_years
from leer.xapi.tasks import apply_retention
from tests.attacker.clock import Clock
from tests.monitoring.figures import people
from tests.support import learning

pytestmark = pytest.mark.django_db
BEGIN = datetime(2023, 11, 6, 11, tzinfo=UTC)


def until() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0)


def counted(name: str) -> int:
    tally = Tally.objects.filter(name__startswith=name).first()
    return int(tally.counts[PEOPLE]) if tally else 0


def test_whose_first_time_was_forgotten_is_not_counted_as_new(settings: Any) -> None:
    settings.DISCLOSURE_K = 5
    ensure_years(2023, 2027)
    retention.set_recommended()
    with Clock(BEGIN).running() as clock:
        module = learning.whole_module()
        version = str(scenarios.live_version_id(learning.STORY, "nl"))
        everybody = people.users(6)
        for _ in range(2):
            for user in everybody:
                learning.do_whole_module(user, module)
            clock.forward(1, hour=7)
            count_stories(until())
            count_questions(until())
            clock.forward(400, hour=7)
            apply_retention()
        assert not Attempt.objects.exclude(started_at=None)
    assert counted(first_name(version)) == 6
    assert counted(second_name(version)) == 6
    assert counted("vraag:herken-een:") == 6
