"""What is kept of one person, found by the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet
from django.utils.functional import Promise

from leer.accounts.models import User
from leer.privacy.kinds import SEEN_BY, Kind
from leer.privacy.register import REGISTER, Record, name_of


@dataclass(frozen=True)
class Holding:
    """What one model has of a person: ``rows`` with the fields that tell something, by name."""

    label: str
    name: str
    record: Record
    rows: list[dict[str, Any]]

    @property
    def seen_by(self) -> list[Promise]:
        """Who may see it, per kind of field that it has."""
        return [SEEN_BY[kind] for kind in self.record.kinds if kind in SHOWN]


# Of a team's risk somebody's own rows tell nothing about that person, and it is for the programme.
SHOWN = (Kind.WHO, Kind.A, Kind.B, Kind.C, Kind.DUTY)


def holdings_of(user: User) -> Iterator[Holding]:
    """Everything that is kept of this person, by model; what there is none of is left out."""
    for label, record in REGISTER.items():
        if record.subjects:
            model = apps.get_model(label)
            if rows := list(_rows(model, record, user)):
                yield Holding(label, name_of(label), record, rows)


def _rows(model: type[Model], record: Record, user: User) -> Iterator[dict[str, Any]]:
    names = [name for kind in SHOWN for name in record.fields(kind)]
    for row in _about(model, record, user).values(*names):
        yield {
            name: value
            for name, value in row.items()
            if not _is_of_others(model, name, user, value)
        }


def _about(model: type[Model], record: Record, user: User) -> "QuerySet[Any]":
    theirs = Q()
    for way in record.subjects.split():
        if way == "self":
            theirs |= Q(pk=user.pk)
        elif way == "people":
            theirs |= Q(people__contains=[user.pk])
        else:
            theirs |= Q(**{way: user})
    return model._default_manager.filter(theirs).order_by("pk")


def _is_of_others(model: type[Model], name: str, user: User, value: Any) -> bool:
    """Ids of other people: who gave it, who else was on the page."""
    field = model._meta.get_field(name)
    if name == "people":
        return True
    to_user = isinstance(field, Field) and field.related_model is User
    return to_user and value != user.pk
