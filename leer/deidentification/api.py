"""The front door of de-identification."""

from leer.deidentification.engine.findings import STRUCTURED, Finding, Kind, Lists
from leer.deidentification.engine.searching import search
from leer.deidentification.engine.suggestions import is_our_name, parts_of
from leer.deidentification.words import name_of, reason_of

__all__ = [
    "STRUCTURED",
    "Finding",
    "Kind",
    "Lists",
    "is_our_name",
    "name_of",
    "parts_of",
    "reason_of",
    "search",
]
