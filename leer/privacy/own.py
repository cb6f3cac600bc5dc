"""What is kept of one person, found by the register."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet
from django.utils.functional import Promise

from leer.accounts.models import User
from leer.privacy.kinds import SEEN_BY, Kind
from leer.privacy.register import REGISTER, Record, name_of

# Of a team's risk somebody's own rows tell nothing about that person, and it is for the programme.
SHOWN = (Kind.WHO, Kind.A, Kind.B, Kind.C, Kind.DUTY)
DONE = (Kind.DUTY,)  # of a row about others: what somebody did with it, and no more


@dataclass(frozen=True)
class Holding:
    """What one model has of a person: ``rows`` with the fields that tell something, by name, and
    of which ``kinds`` those are.
    """

    label: str
    name: str
    record: Record
    kinds: tuple[Kind, ...]
    rows: list[dict[str, Any]]

    @property
    def seen_by(self) -> list[Promise]:
        """Who may see it, per kind of field that it has."""
        return [SEEN_BY[kind] for kind in self.record.kinds if kind in self.kinds]


def holdings_of(user: User) -> Iterator[Holding]:
    """Everything that is kept of this person, by model; what there is none of is left out."""
    for label, record in REGISTER.items():
        done = [way for way in record.subjects.split() if way in record.fields(Kind.DUTY)]
        about = [way for way in record.subjects.split() if way not in done]
        model = apps.get_model(label)
        own = list(_rows(model, record, SHOWN, about, user))
        acts = list(_rows(model, record, DONE, done, user))
        if own or acts:
            kinds = SHOWN if own else DONE
            yield Holding(label, name_of(label), record, kinds, own + acts)


def _rows(
    model: type[Model], record: Record, kinds: Sequence[Kind], ways: Sequence[str], user: User
) -> Iterator[dict[str, Any]]:
    if not ways:
        return
    names = [name for kind in kinds for name in record.fields(kind)]
    for row in _found(model, ways, user).values(*names):
        yield {
            name: _plain(value)
            for name, value in row.items()
            if not _is_of_others(model, name, user, value)
        }


def _plain(value: Any) -> Any:
    """What a file holds, as text: the person's own copy has it too."""
    return b64encode(value).decode() if isinstance(value, (bytes, memoryview)) else value


def _found(model: type[Model], ways: Sequence[str], user: User) -> "QuerySet[Any]":
    theirs = Q()
    for way in ways:
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
