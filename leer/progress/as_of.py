"""What progress was, by what the ledger had by then: the same fold over fewer facts."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from leer.progress.models import ModuleProgress
from leer.progress.projection import MemoryRows, project
from leer.progress.reading import read
from leer.xapi import api as xapi


def stays_known(
    people: Mapping[UUID, int],
    module_keys: Collection[str],
    *,
    happened_before: datetime,
    recorded_before: datetime,
) -> dict[tuple[int, str], list[ModuleProgress]]:
    """The stays of these people (ids by actor name) in these modules, by person and module, as far
    as they had happened by the one moment and the ledger knew by the other. Class A only.
    """
    activities = [xapi.activity_iri("modules", key) for key in module_keys]
    facts = xapi.facts_about(people, activities, stored_before=recorded_before)
    rows = _folded(facts, people, happened_before)
    found: dict[tuple[int, str], list[ModuleProgress]] = {}
    for (user_id, key, _registration), row in rows.modules.items():
        found.setdefault((user_id, key), []).append(row)
    return found


def _folded(facts: Iterable[xapi.Fact], people: Mapping[UUID, int], before: datetime) -> MemoryRows:
    rows = MemoryRows(dict(people))
    for fact in facts:
        event = read(fact.statement) if fact.trusted else None
        if event and rows.knows(event) and event.at < before:
            project(event, rows)
    return rows
