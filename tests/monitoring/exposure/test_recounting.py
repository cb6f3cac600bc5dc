"""What protects figures of the past, and how they are corrected."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.forms.models import model_to_dict

from leer.monitoring.exposure.counting import count_day, count_exposure
from leer.monitoring.models import ExposureDay, ExposurePoint
from leer.organisation.models import Team
from leer.rollout.models import Programme
from tests.monitoring.exposure import running
from tests.monitoring.exposure.running import members, sunday

pytestmark = pytest.mark.django_db

type Capture = pytest.CaptureFixture[str]


@pytest.fixture
def programme() -> Programme:
    """Two weeks were counted; then it became a programme for West only."""
    made = running.programme()
    running.team(4, 6, "West")
    running.team(1, 4, "Oost")
    for week in (0, 1):
        count_day(made, sunday(week))
    return made


def west_only(programme: Programme) -> None:
    programme.rules.update(regions=["West"])


def rows() -> list[dict[str, Any]]:
    kept = [*ExposureDay.objects.order_by("pk"), *ExposurePoint.objects.order_by("pk")]
    return [model_to_dict(row) for row in kept]


def test_days_that_were_counted_stay_when_a_rule_changes(programme: Programme) -> None:
    west_only(programme)
    count_exposure(sunday(2) + timedelta(days=1))
    people = ExposureDay.objects.order_by("day").values_list("day", "people")
    assert dict(people)[sunday(0)] == dict(people)[sunday(1)] == 10
    assert dict(people)[sunday(2)] == 6


def test_without_a_change_every_day_is_the_same(programme: Programme, capsys: Capture) -> None:
    before = rows()
    call_command("exposure_recount", check=True)
    told = [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()]
    assert told == [[sunday(week).isoformat(), "same"] for week in (0, 1)]
    call_command("exposure_recount")
    assert rows() == before


def test_a_check_tells_what_differs_and_changes_nothing(
    programme: Programme, capsys: Capture
) -> None:
    west_only(programme)
    before = rows()
    with pytest.raises(CommandError, match="2 of 2 days differ"):
        call_command("exposure_recount", check=True)
    told = [line.split("\t")[1:] for line in capsys.readouterr().out.splitlines()]
    assert [sunday(0).isoformat(), "differs", "-", "people", "10", "6"] in told
    assert any(line[2].startswith("Oost/") and line[-1] == "None" for line in told)
    assert rows() == before


def test_counting_again_corrects_the_days_that_were_asked(programme: Programme) -> None:
    west_only(programme)
    call_command("exposure_recount", programme=str(programme.public_id), since=sunday(1))
    people = ExposureDay.objects.order_by("day").values_list("people", flat=True)
    assert list(people) == [10, 6]
    call_command("exposure_recount", check=True, since=sunday(1), until=sunday(1))


def test_a_completion_that_came_in_late_is_found(programme: Programme, capsys: Capture) -> None:
    running.done(members(Team.objects.get(region="Oost"))[:1], sunday(0))
    with pytest.raises(CommandError):
        call_command("exposure_recount", check=True, until=sunday(0))
    assert "\tprotected\t0\t1" in capsys.readouterr().out


def test_a_programme_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="there is no programme"):
        call_command("exposure_recount", programme="no-uuid")
