"""Who of a team goes to which of its sessions."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as some

from leer.rollout.inviting.places import Session, places

KEYS = [uuid5(UUID(int=0), str(number)) for number in range(4)]


@some.composite
def sessions(draw: some.DrawFn) -> list[Session]:
    keys = draw(some.lists(some.sampled_from(KEYS), unique=True))
    return [
        Session(key, draw(some.integers(0, 9)), draw(some.integers(0, 3)), draw(some.booleans()))
        for key in keys
    ]


MEMBERS = some.lists(some.integers(1, 12), unique=True).map(sorted)
BEFORE = some.dictionaries(some.integers(1, 12), some.sampled_from(KEYS))


@given(sessions(), MEMBERS, BEFORE)
def test_no_session_holds_more_than_its_places_and_nobody_is_left_out_while_there_is_room(
    planned: list[Session], members: list[int], before: dict[int, UUID]
) -> None:
    found = places(planned, members, before)
    taken = {one.key: list(found.values()).count(one.key) for one in planned}
    assert found.keys() <= set(members)
    assert all(taken[one.key] <= one.people for one in planned)
    free = sum(one.people - taken[one.key] for one in planned if one.open)
    assert not free or len(found) == len(members)


@given(sessions(), MEMBERS, BEFORE)
def test_who_has_a_place_keeps_it(
    planned: list[Session], members: list[int], before: dict[int, UUID]
) -> None:
    first = places(planned, members, before)
    assert places(planned, members, first) == first
    fewer = members[1:]
    after = places(planned, fewer, first)
    assert all(after[member] == first[member] for member in fewer if member in first)


@given(sessions(), MEMBERS)
def test_a_session_that_has_been_takes_nobody_more(
    planned: list[Session], members: list[int]
) -> None:
    past = {one.key for one in planned if not one.open}
    assert not past & set(places(planned, members, {}).values())
