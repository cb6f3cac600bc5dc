"""Which statements a target gets.

Its filter looks at the verb and at the activity that is the object; empty parts take everything.
A statement about another statement goes with the one it points to, however long the chain. One
that voids a statement that is not here goes too: that one may still come, and the target must
not count it then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import msgspec

from leer.xapi.models import ForwardTarget
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store import database
from leer.xapi.store.echoes import LONGEST_CHAIN
from leer.xapi.transfer.reading import Kept


class _Named(msgspec.Struct):
    id: str = ""
    objectType: str = "Activity"  # noqa: N815 (the specification's own spelling)


class _Said(msgspec.Struct):
    verb: _Named
    object: _Named


_READ = msgspec.json.Decoder(_Said)


@dataclass(frozen=True)
class Wish:
    """The filter of a target."""

    prefixes: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, target: ForwardTarget) -> Self:
        """What this target should have."""
        return cls(tuple(target.activity_prefixes), frozenset(target.verbs))

    @property
    def is_everything(self) -> bool:
        """No filter."""
        return not (self.prefixes or self.verbs)

    def pick(self, statements: Sequence[Kept]) -> Sequence[Kept]:
        """Those of these that the target gets, in the same order."""
        if self.is_everything:
            return statements
        said = {one.place: _READ.decode(one.raw) for one in statements}
        fitting = {place for place, words in said.items() if self._fits(words)}
        pointing = {
            place: words
            for place, words in said.items()
            if words.object.objectType == "StatementRef" and place not in fitting
        }
        fitting |= self._through_others(pointing)
        return [one for one in statements if one.place in fitting]

    def _fits(self, said: _Said) -> bool:
        return (not self.verbs or said.verb.id in self.verbs) and (
            not self.prefixes
            or (said.object.objectType == "Activity" and said.object.id.startswith(self.prefixes))
        )

    def _through_others(self, pointing: dict[int, _Said]) -> set[int]:
        """The places whose statements fit by what they point to."""
        found: set[int] = set()
        for place, raw, is_here in _targets(pointing):
            if raw is not None:
                fits = self._fits(_READ.decode(raw))
            else:
                fits = not is_here and pointing[place].verb.id == VOIDED
            if fits:
                found.add(place)
        return found


# What these statements point to, and what those point to. Private ones have no words here.
_TARGETS = f"""
    with recursive down (root, id, depth) as (
        select position, target, 1 from xapi_reference where position = any(%s::bigint[])
        union
        select down.root, pointer.target, down.depth + 1
        from down join xapi_reference pointer on pointer.statement_id = down.id
        where down.depth < {LONGEST_CHAIN}
    )
    select down.root, record.raw, known.id is not null
    from down
    left join xapi_statementid known on known.id = down.id
    left join xapi_statementrecord record
        on record.position = known.position and not record.private
"""  # noqa: S608 (the one number in it is ours)


def _targets(places: Collection[int]) -> list[tuple[int, str | None, bool]]:
    if not places:
        return []
    return [(root, raw, here) for root, raw, here in database.rows(_TARGETS, [list(places)])]
