"""The demo organisation, as it stands in ``leer/demo/organisatie``, through the real importer."""

from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from leer.accounts.models import User
from leer.accounts.roles import Role
from leer.organisation.api import (
    apply_plan,
    make_plan,
    members_of,
    people_in,
    read_paths,
    teams_led_by,
)
from leer.organisation.models import JobFunction, Team
from tests.organisation.files import everything

FOLDER = Path(__file__).resolve().parents[2] / "leer" / "demo" / "organisatie"
REGIONS = {"Noord", "Oost", "Zuid", "West"}


def demo_plan():
    return make_plan(read_paths(sorted(FOLDER.glob("*.csv"))), on=timezone.localdate())


@pytest.fixture
def demo(db):
    plan = demo_plan()
    apply_plan(plan)
    return plan


def test_the_demo_files_have_no_errors(demo):
    assert demo.errors == ()
    assert demo.objections == ()


def test_the_demo_is_as_large_as_promised(demo):
    assert Team.objects.count() == 60
    assert set(Team.objects.values_list("region", flat=True)) == REGIONS
    assert 850 <= User.objects.filter(is_active=True).count() <= 950
    assert Counter(JobFunction.objects.values_list("high_risk", flat=True)) == {True: 5, False: 7}


def test_every_team_has_a_leader_and_members(demo):
    for team in Team.objects.all():
        assert team.leaderships.open().exists(), team
        assert 5 <= members_of(team).count() <= 28, team


def test_every_leader_is_in_a_team_and_some_lead_two(demo):
    leaders = User.objects.filter(leaderships__isnull=False).distinct()
    placed = people_in(Team.objects.all())
    assert not leaders.exclude(pk__in=placed).exists()
    assert any(teams_led_by(leader).count() == 2 for leader in leaders)


def test_the_people_to_sign_in_as_are_there(demo):
    roles = {
        "medewerker": {Role.EMPLOYEE},
        "leidinggevende": {Role.EMPLOYEE, Role.MANAGER},
        "redacteur": {Role.EMPLOYEE, Role.EDITOR},
        "eindredacteur": {Role.EMPLOYEE, Role.CHIEF_EDITOR},
        "programma": {Role.EMPLOYEE, Role.PROGRAMME},
        "beheerder": {Role.EMPLOYEE, Role.ADMINISTRATOR},
    }
    for name, wanted in roles.items():
        assert User.objects.get(username=name).roles == wanted


def test_medewerker_is_in_the_team_of_twelve_that_leidinggevende_leads(demo):
    ruud = User.objects.get(username="leidinggevende")
    sizes = {team.external_id: members_of(team).count() for team in teams_led_by(ruud)}
    assert sizes == {"T001": 12, "T002": 9}
    noor = User.objects.get(username="medewerker").memberships.get()
    assert noor.team.name == "Fysiek toezicht West 1"
    assert noor.job_function.high_risk


def test_nobody_in_the_demo_can_be_mistaken_for_real(demo):
    assert not User.objects.exclude(email__endswith="@voorbeelddouane.example").exists()


def test_loading_the_demo_again_touches_nothing(demo):
    before = everything()
    apply_plan(demo_plan())
    assert everything() == before
