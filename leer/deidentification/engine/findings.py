"""What is found: a stretch of a text that may say who, where or when it was."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a stretch of text gives away; the surest first, which wins where two are as long."""

    IBAN = "iban"
    BSN = "bsn"
    CONTAINER = "container"
    EMAIL = "email"
    WEB = "web"
    PHONE = "phone"
    POSTCODE = "postcode"
    PLATE = "plate"
    ADDRESS = "address"
    DATE = "date"
    TIME = "time"
    TERMINAL = "terminal"
    TEAM = "team"
    JOB_TITLE = "job-title"
    CASE_NUMBER = "case-number"
    VESSEL = "vessel"
    PLACE = "place"
    PERSON = "person"


STRUCTURED = frozenset(Kind) - {Kind.PERSON, Kind.PLACE}
"""Kinds that have a shape or a list of their own; names and places hang on the sentence."""


class Found(NamedTuple):
    """A stretch of the searchable text, before it is known where that is in the original."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the original text, what it gives away, and what could stand there instead."""

    start: int
    end: int
    kind: Kind
    text: str
    suggestion: str

    def to_json(self) -> dict[str, int | str]:
        """As the command prints it."""
        return {
            "start": self.start,
            "end": self.end,
            "kind": str(self.kind),
            "text": self.text,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Lists:
    """What only the organisation itself knows, as names that are looked for word by word."""

    places: tuple[str, ...] = ()
    terminals: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    job_titles: tuple[str, ...] = ()
    """Functions held by so few people that the title says who it is."""
    not_names: tuple[str, ...] = ()
    """Words with a capital that are about nobody: of laws, systems, organisations."""
