"""Who of a team goes to which of its sessions: plain Python.

A plan books so many people of a team, not whom. Who has a place keeps it for as long as it is
there, so that nobody is moved because a colleague came or left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Session:
    """A booking with its week and its places. ``open``: it is still to come."""

    key: UUID
    week: int
    people: int
    open: bool = True


def places(
    sessions: Sequence[Session], members: Sequence[int], before: Mapping[int, UUID]
) -> dict[int, UUID]:
    """A session for each member that there is a place for: the one they had, or else the first
    with room. A session that has been takes nobody more, but who was invited to it had a place.
    """
    room = {one.key: one.people for one in sessions}
    found: dict[int, UUID] = {}
    for member in members:
        had = before.get(member)
        if had and room.get(had, 0) > 0:
            found[member] = had
            room[had] -= 1
    order = sorted((one for one in sessions if one.open), key=lambda one: (one.week, str(one.key)))
    free = (one.key for one in order for _ in range(room[one.key]))
    waiting = (member for member in members if member not in found)
    return found | dict(zip(waiting, free, strict=False))
