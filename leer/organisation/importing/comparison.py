"""Where sound records and the database differ, one method per kind of change."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from leer.accounts.api import Role
from leer.organisation.importing import placements
from leer.organisation.importing.changes import (
    Field,
    LeadChange,
    Leaver,
    PartChange,
    PlacementChange,
    RoleChange,
    RowChange,
)
from leer.organisation.importing.records import EXTRA_ROLES, PersonRecord, Records
from leer.organisation.importing.situation import KnownPerson, Situation


class Comparison:
    """Sound records beside the situation; each method answers for one kind of change."""

    def __init__(self, sound: Records, situation: Situation, *, on: date, complete: bool) -> None:
        self.sound = sound
        self.now = situation
        self.on = on
        self.complete = complete
        self.working = [person for person in sound.people or () if person.active]
        self.gone = list(self._gone())

    def functions(self) -> Iterator[RowChange]:
        """Functions that are new or get other values."""
        for record in self.sound.functions or ():
            known = self.now.functions.get(record.external_id)
            fields = _fields(known, name=record.display_name, high_risk=record.high_risk)
            yield from _row(record.external_id, record.display_name, known, fields)

    def teams(self) -> Iterator[RowChange]:
        """Teams that are new or get other values."""
        for record in self.sound.teams or ():
            known = self.now.teams.get(record.external_id)
            fields = _fields(known, name=record.display_name, region=record.region)
            yield from _row(record.external_id, record.display_name, known, fields)

    def parts(self) -> Iterator[PartChange]:
        """Teams that become a part of another one, or of none."""
        for record in self.sound.teams or ():
            old = self.now.parents.get(record.external_id, "")
            if record.parent is not None and record.parent != old:
                label = f"{record.display_name} ({record.external_id})"
                yield PartChange(record.external_id, label, old, record.parent)

    def people(self) -> Iterator[RowChange]:
        """Accounts that are new, get other values, or become active again."""
        for record in self.working:
            known = self.now.people.get(record.external_id)
            fields = (
                Field("username", known and known.user_name, record.user_name),
                Field("first_name", known and known.given_name, record.given_name),
                Field("last_name", known and known.family_name, record.family_name),
                Field("email", known and known.email, record.email),
                Field("is_active", known and known.active, True),
            )
            yield from _row(record.external_id, record.full_name, known, fields)

    def placements(self) -> Iterator[PlacementChange]:
        """Who comes, moves or goes."""
        for record in self.working:
            known = self.now.people.get(record.external_id)
            if change := placements.join(record, known, on=self.on):
                yield change
        for person in self.gone:
            if change := placements.leave(person, on=self.on):
                yield change

    def leavers(self) -> Iterator[Leaver]:
        """Who is no longer in service."""
        for person in self.gone:
            team = person.stay.team if person.stay else ""
            yield Leaver(person.key, _label(person), person.pk, team)

    def leads(self) -> Iterator[LeadChange]:
        """Who begins and who stops leading a team."""
        given = {team.external_id: team.managers for team in self.sound.teams or ()}
        gone = {person.key for person in self.gone}
        for team, managers in given.items():
            for key in managers or ():
                if (team, key) not in self.now.leads:
                    yield LeadChange(team, key, self._name(key))
        for (team, key), lead in self.now.leads.items():
            managers = given.get(team)
            if key in gone or (managers is not None and key not in managers):
                yield LeadChange(team, key, self._name(key), lead.pk, lead.since >= self.on)

    def roles(self, leads: Iterable[LeadChange]) -> Iterator[RoleChange]:
        """Roles that follow: everybody medewerker, who leads leidinggevende, extras as said."""
        leading = _leading_after(self.now, leads)
        touched = {change.person for change in leads}
        records = {record.external_id: record for record in self.working}
        gone = {person.key for person in self.gone}
        for key in dict.fromkeys((*records, *sorted(touched | gone))):
            known = self.now.people.get(key)
            held = known.roles if known else frozenset()
            if key in gone:
                wanted: frozenset[Role] = frozenset()
            else:
                wanted = _wanted_roles(records.get(key), held, leads=key in leading)
            yield from self._role_changes(key, held, wanted, is_new=known is None)

    def _gone(self) -> Iterator[KnownPerson]:
        named = [person.external_id for person in self.sound.people or () if not person.active]
        for key in (*named, *(self.now.absent if self.complete else ())):
            known = self.now.people.get(key)
            if known and (known.active or known.stay or known.roles):
                yield known

    def _role_changes(
        self, key: str, held: frozenset[Role], wanted: frozenset[Role], *, is_new: bool
    ) -> Iterator[RoleChange]:
        for role in Role:
            # Every new account is a medewerker; that is no news.
            if (role in held) != (role in wanted) and not (is_new and role is Role.EMPLOYEE):
                yield RoleChange(key, self._name(key), role, role in wanted)

    def _name(self, key: str) -> str:
        return self._names.get(key, key)

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {key: _label(person) for key, person in self.now.people.items()}
        for record in self.sound.people or ():
            names[record.external_id] = f"{record.full_name} ({record.external_id})"
        return names


def _row(key: str, label: str, known: Any, fields: tuple[Field, ...]) -> Iterator[RowChange]:
    change = RowChange(key, f"{label} ({key})", known.pk if known else None, fields)
    if change.is_new or change.changed:
        yield change


def _fields(known: Any, **values: Any) -> tuple[Field, ...]:
    return tuple(
        Field(name, getattr(known, name) if known else None, new) for name, new in values.items()
    )


def _label(person: KnownPerson) -> str:
    return f"{person.full_name or person.user_name} ({person.key})"


def _leading_after(now: Situation, changes: Iterable[LeadChange]) -> set[str]:
    """Who leads at least one team when the changes are made."""
    pairs = set(now.leads)
    for change in changes:
        if change.starts:
            pairs.add((change.team, change.person))
        else:
            pairs.discard((change.team, change.person))
    return {person for _team, person in pairs}


def _wanted_roles(
    record: PersonRecord | None, held: frozenset[Role], *, leads: bool
) -> frozenset[Role]:
    """What somebody in service should hold. Without a record only leadership is at stake."""
    own = frozenset({Role.MANAGER}) if leads else frozenset()
    if record is None:
        return (held - {Role.MANAGER}) | own
    extra = held & EXTRA_ROLES if record.roles is None else record.roles
    return frozenset({Role.EMPLOYEE}) | own | extra
