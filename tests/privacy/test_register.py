"""The register names every field of every model, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from leer.accounts.models import User
from leer.privacy.annex import document
from leer.privacy.kinds import SEEN_BY, Kind
from leer.privacy.register import EMPTY, NAMES, OTHER_LIBRARIES, OURS, REGISTER, Record
from leer.schedule import BEAT_SCHEDULE

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
OUR_APPS = {app.label for app in apps.get_app_configs() if app.name.startswith("leer.")}
ENTRIES = pytest.mark.parametrize("label", sorted(REGISTER))


def own_fields(model: type[Model]) -> list[str]:
    return sorted(field.name for field in model._meta.local_concrete_fields)


def has_fields_of_its_own(model: type[Model]) -> bool:
    return any(not field.primary_key for field in model._meta.local_concrete_fields)


def is_ours(model: type[Model]) -> bool:
    return model._meta.app_label in OUR_APPS | {"cursussen"}


def registered(record: Record) -> list[str]:
    return sorted(field for kind in Kind for field in record.fields(kind))


@ENTRIES
def test_each_field_is_registered_once_and_what_is_registered_is_there(label: str) -> None:
    assert registered(REGISTER[label]) == own_fields(MODELS[label])


def test_every_model_of_ours_is_registered() -> None:
    ours = {label for label, model in MODELS.items() if is_ours(model)}
    bare = {label for label in ours if not has_fields_of_its_own(MODELS[label])}
    assert ours - bare - OURS.keys() == set()
    assert OURS.keys() - ours == set()


def test_what_else_libraries_keep_leads_to_nobody() -> None:
    for label, model in MODELS.items():
        if is_ours(model) or label in REGISTER.keys() | EMPTY:
            continue
        assert model._meta.app_label in OTHER_LIBRARIES, label
        to = {field.related_model for field in model._meta.local_concrete_fields}
        assert User not in to, f"{label} leads to a user and is not in the register"


@ENTRIES
def test_every_way_to_a_person_is_one(label: str) -> None:
    """And each key to a user is a way, so that nobody's own page leaves out what is theirs."""
    record, model = REGISTER[label], MODELS[label]
    to_user = {f.name for f in model._meta.local_concrete_fields if f.related_model is User}
    ways = set(record.subjects.split()) - {"self", "people"}
    through = {way for way in ways if "__" in way}
    assert ways - through == to_user
    assert all(_end_of(model, way) is User for way in through)
    assert not (ways and record.kinds == []), "a way to a person, and nothing about one"


def _end_of(model: Any, way: str) -> Any:
    """Where a way over several keys leads."""
    for name in way.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def test_what_is_removed_by_itself_is_removed_by_something_in_the_schedule() -> None:
    jobs = {record.keeping.job for record in REGISTER.values()} - {""}
    assert jobs <= BEAT_SCHEDULE.keys()
    assert jobs


def test_every_kind_has_somebody_who_may_see_it_and_answers_to_measurements_have_no_field() -> None:
    assert set(SEEN_BY) == set(Kind) - {Kind.NOBODY}
    assert not [label for label, record in REGISTER.items() if Kind.C in record.kinds]


def test_names_are_of_models_that_are_registered() -> None:
    assert NAMES.keys() <= REGISTER.keys()


def test_the_annex_in_docs_is_what_the_register_says() -> None:
    kept = Path(settings.BASE_DIR, "docs/dpia-bijlage.md").read_text(encoding="utf-8")
    assert kept == document(), "uv run manage.py privacy_annex > docs/dpia-bijlage.md"
