"""The keys that statements are found by: a hash of a kind and a value.

So an IRI of a thousand characters costs an index no more than a short one. 128 bits of BLAKE2:
two values that share a key will not occur. In Python a key is 32 hexadecimal digits, in the
database a ``uuid``.
"""

from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

type Key = str
# Of one statement, in groups that other statements have too. No key is in two of them.
type Keys = tuple[frozenset[Key], ...]


class Kind(StrEnum):
    """In what part a statement mentions the value.

    ``RELATED_…`` are the parts that only the filters ``related_agents`` and
    ``related_activities`` look at, without those that the plain filters see.
    """

    AGENT = "agent"
    RELATED_AGENT = "related agent"
    WRITER = "writer"  # the authority: counts as a related agent too
    ACTIVITY = "activity"
    RELATED_ACTIVITY = "related activity"
    VERB = "verb"
    REGISTRATION = "registration"
    DOCUMENT = "document"
    PERSON = "person"  # the actor of a private statement: not found by any filter


@lru_cache(maxsize=1 << 14)
def keys(kind: Kind, values: tuple[str, ...]) -> frozenset[Key]:
    """The keys of these values in this part: those of a person, or of what surrounds a module,
    come again and again together.
    """
    return frozenset(key(kind, value) for value in values)


@lru_cache(maxsize=1 << 16)
def key(kind: Kind, value: str) -> Key:
    """The key of this value in this part."""
    return blake2b(f"{kind} {value}".encode(), digest_size=16).hexdigest()
