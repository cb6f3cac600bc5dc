"""The front door of privacy."""

from leer.privacy.council import allowed, confirm, record, what_is_on
from leer.privacy.facilities import Facility
from leer.privacy.looks import AS_DEPUTY, looked, looked_at_everybody, looks_at
from leer.privacy.own import Holding, holdings_of

__all__ = [
    "AS_DEPUTY",
    "Facility",
    "Holding",
    "allowed",
    "confirm",
    "holdings_of",
    "looked",
    "looked_at_everybody",
    "looks_at",
    "record",
    "what_is_on",
]
