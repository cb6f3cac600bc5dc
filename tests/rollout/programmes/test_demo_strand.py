"""The demo's programme that is being set up: to each their own exercise, and once."""

import csv
from collections import Counter

import pytest
from django.conf import settings

from leer.demo import strand
from leer.demo.management.commands.demo_load import FOLDER
from leer.rollout.models import Programme, ProgrammeState
from tests.support import factories_content


def test_every_function_of_the_demo_has_one_exercise_of_its_own() -> None:
    with (FOLDER / "functies.csv").open(encoding="utf-8") as lines:
        functions = [row["externalId"] for row in csv.DictReader(lines, delimiter=";")]
    given = Counter(key for keys in strand.BY_FUNCTION.values() for key in keys)
    assert given == Counter(functions)


def test_what_it_brings_is_there() -> None:
    modules = {folder.name for folder in (settings.CONTENT_FOLDER / "modules").iterdir()}
    assert {*strand.FOR_ALL, *strand.BY_FUNCTION} <= modules


@pytest.mark.django_db
def test_it_waits_for_the_works_council_and_is_made_once() -> None:
    factories_content.user_with(factories_content.Role.PROGRAMME, name="programma")
    assert strand.make() == strand.make() == 9
    made = Programme.objects.get()
    assert made.state == ProgrammeState.DRAFT
    assert made.blockers.filter(solved_on=None).exists()
    only = {item.module_key: tuple(item.job_functions) for item in made.items.all()}
    assert only == dict.fromkeys(strand.FOR_ALL, ()) | strand.BY_FUNCTION
