"""Profiles as a file: out and in again changes nothing; one error and nothing happens."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leer.risk import actions, csv_files
from leer.risk.judging import judgements_of
from leer.risk.models import RiskProfile, State
from tests.support import factories_risk as make
from tests.support.factories_organisation import TeamFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def exported(client: Client) -> str:
    return client.get(reverse("risk:export")).content.decode()


def bring_in(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("profielen.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("risk:imports"), {"profiles": file})


def test_out_and_in_again_changes_nothing(as_hanna: Client) -> None:
    team = TeamFactory(external_id="T1")
    tricky = make.judgements(3)
    power = next(iter(tricky))
    tricky = tricky | {
        power: type(tricky[power])(
            level=3,
            reason='=1+1 staat hier;\r\nen nog een regel met "tekens"',
            source_kind="procedure",
            source="-min",
            source_date=tricky[power].source_date,
            uncertainty="hoog",
        )
    }
    actions.approve(
        [actions.submit(team, tricky, by=make.programme("hanna"))],
        by=make.programme("olaf"),
        reason="",
    )
    bulk = actions.submit_together(
        {t.pk: j for t, j in _without_profile().items()},
        by=make.programme("hanna"),
        provisional=True,
    )
    actions.approve(
        list(RiskProfile.objects.filter(batch=bulk)), by=make.programme("olaf"), reason=""
    )
    text = exported(as_hanna)
    assert "'=1+1" in text
    assert bring_in(as_hanna, text).status_code == 302
    assert RiskProfile.objects.count() == 2
    assert exported(as_hanna) == text


def _without_profile() -> dict[Any, Any]:
    TeamFactory()
    return actions.provisional_proposals(TODAY)


def test_what_changed_is_proposed_and_twice_the_same_is_once(as_hanna: Client) -> None:
    changed, same = TeamFactory(external_id="T1"), TeamFactory(external_id="T2")
    for team in (changed, same):
        make.approved(team, 2)
    text = exported(as_hanna).replace("T1;power;2", "T1;power;3")
    answer = bring_in(as_hanna, text)
    proposed = RiskProfile.objects.get(state=State.SUBMITTED)
    assert answer.url == reverse("risk:together", args=[proposed.batch])
    assert (proposed.team, proposed.power) == (changed, 3)
    assert bring_in(as_hanna, text).url == reverse("risk:imports")
    assert RiskProfile.objects.count() == 3


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("T1;power;2", "T1;power;5", 2, "level"),
        ("T1;power;2", "T1;macht;2", 2, "factor"),
        ("T1;information;3", "T9;information;3", 3, "team"),
        ("T1;access;3;Zo is het werk", "T1;access;3;Er was een melding", 4, "reason"),
        ("T1;exposure;3", "T1;access;3", 5, "factor"),
        ("threat_picture", "report", 6, "sourceKind"),
    ],
)
def test_one_error_is_told_with_its_place_and_nothing_happens(
    old: str, new: str, line: int, column: str, as_hanna: Client
) -> None:
    make.approved(TeamFactory(external_id="T1"), 2)
    text = exported(as_hanna).replace("T1;information;2", "T1;information;3")
    text = text.replace("T1;access;2", "T1;access;3").replace("T1;exposure;2", "T1;exposure;3")
    assert old in text
    answer = bring_in(as_hanna, text.replace(old, new))
    assert answer.status_code == 422
    places = [(error.line, error.column) for error in answer.context["errors"]]
    assert (line, column) in places
    assert RiskProfile.objects.count() == 1


def test_a_team_that_waits_is_not_passed_by(as_hanna: Client) -> None:
    team = TeamFactory(external_id="T1")
    make.approved(team, 2)
    text = exported(as_hanna).replace("T1;power;2", "T1;power;3")
    make.submitted(team, 4)
    answer = bring_in(as_hanna, text)
    assert [error.column for error in answer.context["errors"]] == ["team"]
    assert RiskProfile.objects.count() == 2


@pytest.mark.parametrize("content", ["", "team;factor\n", "\x00", "niets"])
def test_a_file_that_is_something_else_is_refused(content: str, as_hanna: Client) -> None:
    assert bring_in(as_hanna, content).status_code == 422


@pytest.mark.parametrize("teams", [2, 20])
def test_reading_costs_the_same_with_few_and_many(
    teams: int, as_hanna: Client, django_assert_num_queries: Any
) -> None:
    for team in TeamFactory.create_batch(teams):
        make.approved(team, 2)
    content = exported(as_hanna).replace(";power;2", ";power;3").encode()
    # 1 teams, 2 in force, 3 their grounds, 4 what waits, 5 teams that wait
    with django_assert_num_queries(5):
        reading = csv_files.read("profielen.csv", content, on=TODAY)
    assert not reading.errors
    assert len(reading.proposals) == teams


def test_the_order_of_lines_makes_no_difference(as_hanna: Client) -> None:
    make.approved(TeamFactory(), 2)
    head, *rows = exported(as_hanna).split("\r\n")[:-1]
    turned = "\r\n".join([head, *rows[::-1]])
    assert csv_files.read("profielen.csv", turned.encode(), on=TODAY).unchanged == 1
    assert judgements_of(RiskProfile.objects.get()) == make.judgements(2)
