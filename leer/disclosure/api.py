"""The front door of disclosure."""

from leer.disclosure.actions import BEGINNING, take_in
from leer.disclosure.correlation import Sums
from leer.disclosure.models import Release
from leer.disclosure.selectors import history, latest, latest_of, taken_until
from leer.disclosure.tables import PEOPLE, Balance, Table

__all__ = [
    "BEGINNING",
    "PEOPLE",
    "Balance",
    "Release",
    "Sums",
    "Table",
    "history",
    "latest",
    "latest_of",
    "take_in",
    "taken_until",
]
