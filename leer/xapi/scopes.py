"""What a credential may do: the scopes of the specification (Communication, 4.2)."""

from enum import StrEnum


class Scope(StrEnum):
    """Each allows what its name says; ``ALL`` everything, ``ALL_READ`` all reading."""

    STATEMENTS_WRITE = "statements/write"
    STATEMENTS_READ_MINE = "statements/read/mine"
    STATEMENTS_READ = "statements/read"
    STATE = "state"
    DEFINE = "define"
    PROFILE = "profile"
    ALL_READ = "all/read"
    ALL = "all"


DEFAULT = (Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ_MINE)
