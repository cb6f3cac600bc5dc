"""What no single cell can tell: keys used twice, references to nothing, names already taken.

``check`` gives the records that hold, and an error for each that does not. A wrong manager
does not cost a team its row: its leaders are then left as they are.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol, cast

from django.utils.translation import gettext as _

from leer.organisation.importing import placements
from leer.organisation.importing.errors import RowError
from leer.organisation.importing.records import Kind, PersonRecord, Place, Records, TeamRecord
from leer.organisation.importing.situation import Situation


class Record(Protocol):
    """What the three kinds of records share."""

    @property
    def external_id(self) -> str:
        """The key in the source."""

    @property
    def place(self) -> Place:
        """Where it stands."""


@dataclass
class Checking:
    """The work in progress: what was found wrong and who may not go on."""

    records: Records
    situation: Situation
    on: date
    complete: bool
    errors: list[RowError]
    rejected: set[tuple[Kind, str]] = field(default_factory=set)

    def wrong(self, kind: Kind, record: Record, column: str, reason: str) -> None:
        """Keep an error and let the record go no further."""
        self.tell(record, column, reason)
        self.rejected.add((kind, record.external_id))

    def tell(self, record: Record, column: str, reason: str) -> None:
        """Keep an error."""
        self.errors.append(RowError(record.place.file, record.place.line, column, reason))

    def passed[T: Record](self, kind: Kind, records: Iterable[T] | None) -> tuple[T, ...] | None:
        """Those that are still well; ``None`` stays ``None``."""
        if records is None:
            return None
        return tuple(one for one in records if (kind, one.external_id) not in self.rejected)


def check(records: Records, situation: Situation, *, on: date, complete: bool) -> Records:
    """The records that hold; the others are in its ``errors``, in the order of the files."""
    checking = Checking(
        records, situation, on, complete, list(records.errors), set(records.rejected)
    )
    for kind, given in _by_kind(records):
        _keys_once(checking, kind, given)
    functions = checking.passed(Kind.FUNCTION, records.functions)
    teams = checking.passed(Kind.TEAM, records.teams)
    people = checking.passed(Kind.PERSON, records.people)
    _check_people(checking, people or (), _keys(functions), _keys(teams))
    people = _with_free_names(checking, checking.passed(Kind.PERSON, people))
    return Records(
        functions=functions,
        teams=_with_known_parents(checking, _with_known_managers(checking, teams, people or ())),
        people=people,
        errors=tuple(sorted(set(checking.errors))),
        rejected=frozenset(checking.rejected),
    )


def _by_kind(records: Records) -> list[tuple[Kind, tuple[Record, ...]]]:
    return [
        (Kind.FUNCTION, cast(Any, records.functions or ())),
        (Kind.TEAM, cast(Any, records.teams or ())),
        (Kind.PERSON, cast(Any, records.people or ())),
    ]


def _keys(records: Iterable[Record] | None) -> set[str]:
    return {record.external_id for record in records or ()}


# Used twice ----------------------------------------------------------------------------------


def _keys_once(checking: Checking, kind: Kind, records: Iterable[Record]) -> None:
    for record, other in _twice(records, lambda record: record.external_id):
        checking.wrong(kind, record, "externalId", _used_twice(other))


def _twice[T: Record](records: Iterable[T], key: Callable[[T], str]) -> list[tuple[T, int]]:
    """Each record whose key is another's too, with the line of that other."""
    lines: dict[str, list[int]] = {}
    found = list(records)
    for record in found:
        lines.setdefault(key(record), []).append(record.place.line)
    return [
        (record, next(line for line in lines[key(record)] if line != record.place.line))
        for record in found
        if len(lines[key(record)]) > 1
    ]


def _used_twice(line: int) -> str:
    return _("staat ook op regel %(line)d; welke is de goede?") % {"line": line}


# People --------------------------------------------------------------------------------------


def _check_people(
    checking: Checking,
    people: Iterable[PersonRecord],
    functions: Collection[str],
    teams: Collection[str],
) -> None:
    situation = checking.situation
    for person in people:
        if person.active:
            _refers(checking, person, Kind.FUNCTION, {*functions, *situation.functions})
            _refers(checking, person, Kind.TEAM, {*teams, *situation.teams})
            _can_be_placed(checking, person)


def _refers(checking: Checking, person: PersonRecord, kind: Kind, known: Collection[str]) -> None:
    column, key = (
        ("title", person.function) if kind is Kind.FUNCTION else ("department", person.team)
    )
    if not key:
        checking.wrong(Kind.PERSON, person, column, _("is leeg; wie in dienst is heeft er een"))
    elif key not in known:
        checking.wrong(Kind.PERSON, person, column, _unknown(checking, kind, key))


def _unknown(checking: Checking, kind: Kind, key: str) -> str:
    values = {"key": key}
    if (kind, key) in checking.rejected:
        return _("%(key)s is niet ingelezen: op de eigen regel staat een fout") % values
    return _("%(key)s is onbekend: niet in de bestanden en niet in Leer") % values


def _can_be_placed(checking: Checking, person: PersonRecord) -> None:
    known = checking.situation.people.get(person.external_id)
    try:
        placements.join(person, known, on=checking.on)
    except placements.BeginsLaterError as error:
        checking.wrong(Kind.PERSON, person, "department", str(error))


def _with_free_names(
    checking: Checking, people: tuple[PersonRecord, ...] | None
) -> tuple[PersonRecord, ...] | None:
    """Drop who wants a name that is another's. Repeated, for who is dropped keeps the old name."""
    for person, line in _twice(people or (), lambda person: person.user_name.lower()):
        checking.wrong(Kind.PERSON, person, "userName", _used_twice(line))
    while True:
        people = checking.passed(Kind.PERSON, people)
        taken = _taken(checking.situation, people or ())
        if not taken:
            return people
        for person in taken:
            checking.wrong(Kind.PERSON, person, "userName", _("is al van een ander account"))


def _taken(situation: Situation, people: Collection[PersonRecord]) -> list[PersonRecord]:
    new_names = {person.external_id: person.user_name.lower() for person in people}

    def keeps(owner: str, name: str) -> bool:
        return new_names.get(owner, name) == name

    return [
        person
        for person in people
        if (owner := situation.name_owners.get(name := person.user_name.lower()))
        and owner != person.external_id
        and keeps(owner, name)
    ]


# Managers ------------------------------------------------------------------------------------


def _with_known_managers(
    checking: Checking, teams: tuple[TeamRecord, ...] | None, people: Iterable[PersonRecord]
) -> tuple[TeamRecord, ...] | None:
    if teams is None:
        return None
    working = {person.external_id: person.active for person in people}
    return tuple(_with_managers(checking, team, working) for team in teams)


def _with_managers(checking: Checking, team: TeamRecord, working: dict[str, bool]) -> TeamRecord:
    reasons = {
        key: reason
        for key in team.managers or ()
        if (reason := _why_not_manager(checking, key, working))
    }
    for reason in reasons.values():
        checking.tell(team, "manager", reason)
    return replace(team, managers=None) if reasons else team


def _why_not_manager(checking: Checking, key: str, working: dict[str, bool]) -> str:
    known = checking.situation.people.get(key)
    leaves = checking.complete and key in checking.situation.absent
    if working.get(key, known is not None and known.active and not leaves):
        return ""
    if key in working or known is not None:
        return _("%(key)s is niet in dienst") % {"key": key}
    return _unknown(checking, Kind.PERSON, key)


# Teams that are a part of another one ------------------------------------------------------------


def _with_known_parents(
    checking: Checking, teams: tuple[TeamRecord, ...] | None
) -> tuple[TeamRecord, ...] | None:
    """A wrong parent does not cost a team its row either."""
    if teams is None:
        return None
    known = {*_keys(teams), *checking.situation.teams}
    found = tuple(_with_parent(checking, team, known) for team in teams)
    parents = checking.situation.parents | {
        team.external_id: team.parent for team in found if team.parent is not None
    }
    return tuple(_outside_a_circle(checking, team, parents) for team in found)


def _with_parent(checking: Checking, team: TeamRecord, known: Collection[str]) -> TeamRecord:
    if not team.parent or team.parent in known:
        return team
    checking.tell(team, "parent", _unknown(checking, Kind.TEAM, team.parent))
    return replace(team, parent=None)


def _outside_a_circle(checking: Checking, team: TeamRecord, parents: dict[str, str]) -> TeamRecord:
    if team.parent is None or not _is_above_itself(team.external_id, parents):
        return team
    checking.tell(team, "parent", _("zo is dit team, langs andere, een onderdeel van zichzelf"))
    return replace(team, parent=None)


def _is_above_itself(team: str, parents: dict[str, str]) -> bool:
    seen, above = set[str](), parents.get(team, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return team in seen
