"""What a job function was on a day is kept by the import, beside what it is now."""

from datetime import timedelta

import pytest

from leer.organisation.api import headcounts_on
from leer.organisation.models import BEGINNING, HighRiskMark, JobFunction
from tests.organisation.files import JULY, JUNE, MAY, functions, load, organisation
from tests.support.factories_organisation import MembershipFactory

pytestmark = pytest.mark.django_db


def marks(key):
    rows = HighRiskMark.objects.filter(job_function__external_id=key).order_by("id")
    return list(rows.values_list("high_risk", "since"))


def test_a_new_function_is_marked_from_the_beginning():
    load(organisation(), on=JUNE)
    assert marks("F1") == [(True, BEGINNING)]
    assert marks("F2") == [(False, BEGINNING)]


def test_a_changed_flag_is_marked_from_the_effective_date():
    load(organisation(), on=MAY)
    load(functions("F2;Balie;ja"), on=JULY)
    assert marks("F2") == [(False, BEGINNING), (True, JULY)]
    assert JobFunction.objects.get(external_id="F2").high_risk


def test_the_same_again_and_another_name_mark_nothing():
    load(organisation(), on=MAY)
    load(organisation(), on=JUNE)
    load(functions("F2;Een andere naam;nee"), on=JULY)
    assert marks("F2") == [(False, BEGINNING)]


def test_heads_are_counted_by_the_flag_of_the_day():
    load(organisation(), on=MAY)
    team = MembershipFactory(job_function=JobFunction.objects.get(external_id="F2")).team
    load(functions("F2;Balie;ja"), on=JULY)
    before = headcounts_on(JULY - timedelta(days=1), teams=[team.pk])[team.pk]
    after = headcounts_on(JULY, teams=[team.pk])[team.pk]
    assert (before.people, before.high_risk) == (1, 0)
    assert (after.people, after.high_risk) == (1, 1)
