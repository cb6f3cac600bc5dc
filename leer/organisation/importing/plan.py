"""The plan: what would change in the database, computed without changing it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from leer.organisation.importing.changes import (
    LeadChange,
    Leaver,
    PartChange,
    PlacementChange,
    RoleChange,
    RowChange,
    Step,
)
from leer.organisation.importing.checks import check
from leer.organisation.importing.comparison import Comparison
from leer.organisation.importing.errors import RowError
from leer.organisation.importing.objections import object_to
from leer.organisation.importing.records import Records
from leer.organisation.importing.situation import look

Progress = Callable[[int, int], None]
STEPS = 3


@dataclass(frozen=True)
class ImportPlan:
    """Everything one import would do. ``errors`` can be skipped, ``objections`` cannot."""

    on: date
    records: Records = field(repr=False)
    complete: bool
    force: bool
    functions: tuple[RowChange, ...] = ()
    teams: tuple[RowChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    people: tuple[RowChange, ...] = ()
    placements: tuple[PlacementChange, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    leads: tuple[LeadChange, ...] = ()
    roles: tuple[RoleChange, ...] = ()
    errors: tuple[RowError, ...] = ()
    objections: tuple[str, ...] = ()
    untouched: int = 0  # people in service who are not in the file: nothing happens to them

    @property
    def moved(self) -> tuple[PlacementChange, ...]:
        """Known people who go to another team or function."""
        return tuple(one for one in self.placements if one.step in {Step.MOVE, Step.CORRECT})

    @property
    def counts(self) -> dict[str, int]:
        """How much would change, by kind."""
        return {
            "functions_created": _new(self.functions),
            "functions_changed": _old(self.functions),
            "teams_created": _new(self.teams),
            "teams_changed": _old(self.teams),
            "parts_changed": len(self.parts),
            "people_created": _new(self.people),
            "people_changed": _old(self.people),
            "moved": len(self.moved),
            "left": len(self.leavers),
            "leaders_started": sum(change.starts for change in self.leads),
            "leaders_stopped": sum(not change.starts for change in self.leads),
            "roles_given": sum(change.given for change in self.roles),
            "roles_taken": sum(not change.given for change in self.roles),
            "untouched": self.untouched,
        }

    @property
    def changes_nothing(self) -> bool:
        """The database is already as the source says."""
        return not any(
            (*self._rows(), self.parts, self.placements, self.leavers, self.leads, self.roles)
        )

    @property
    def digest(self) -> str:
        """The same for the same changes and errors, whoever computes it, in any language."""
        errors = [(error.file, error.line, error.column) for error in self.errors]
        changes = (self.parts, self.placements, self.leavers, self.leads, self.roles)
        told = (self.on, self.complete, errors, len(self.objections), self._rows(), changes)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _rows(self) -> tuple[tuple[RowChange, ...], ...]:
        return (self.functions, self.teams, self.people)


def make_plan(
    records: Records,
    *,
    on: date,
    complete: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> ImportPlan:
    """Lay the records beside the database. Reads only, in a fixed number of queries.

    ``complete``: who is not in the file of people has left. ``force``: even when that is more
    than a fifth of everybody.
    """
    complete = complete and records.people is not None
    tell = progress or (lambda done, total: None)
    tell(0, STEPS)
    situation = look(records, on=on, complete=complete)
    tell(1, STEPS)
    sound = check(records, situation, on=on, complete=complete)
    tell(2, STEPS)
    found = Comparison(sound, situation, on=on, complete=complete)
    leads = tuple(found.leads())
    roles = tuple(found.roles(leads))
    plan = ImportPlan(
        on=on,
        records=records,
        complete=complete,
        force=force,
        functions=tuple(found.functions()),
        teams=tuple(found.teams()),
        parts=tuple(found.parts()),
        people=tuple(found.people()),
        placements=tuple(found.placements()),
        leavers=tuple(found.leavers()),
        leads=leads,
        roles=roles,
        errors=sound.errors,
        untouched=0 if complete else len(situation.absent),
    )
    tell(STEPS, STEPS)
    return replace(plan, objections=tuple(object_to(plan, situation)))


def _new(rows: Iterable[RowChange]) -> int:
    return sum(row.is_new for row in rows)


def _old(rows: Iterable[RowChange]) -> int:
    return sum(not row.is_new for row in rows)
