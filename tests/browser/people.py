"""Who works at the demo organisation: the files it is made of."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from leer.demo.management.commands.demo_load import FOLDER

# Led by nobody who signs in here, in a later wave: nobody of them has begun.
LATER_TEAMS = ("T010", "T011", "T013", "T026", "T027")


@dataclass(frozen=True)
class Person:
    """One row of ``medewerkers.csv``."""

    key: str
    username: str
    name: str
    email: str
    team: str


def everybody() -> list[Person]:
    """Everybody in the demo organisation."""
    return [
        Person(
            row["externalId"],
            row["userName"],
            f"{row['name.givenName']} {row['name.familyName']}",
            row["emails.value"],
            row["department"],
        )
        for row in _rows("medewerkers.csv")
    ]


def team(key: str) -> list[Person]:
    """Everybody in this team."""
    return [person for person in everybody() if person.team == key]


def team_name(key: str) -> str:
    """What this team is called."""
    return next(row["displayName"] for row in _rows("teams.csv") if row["externalId"] == key)


def regions() -> set[str]:
    """Where there are teams."""
    return {row["region"] for row in _rows("teams.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def beginners() -> Iterator[Person]:
    """Colleagues who lead no team and have begun nothing yet, each once."""
    leaders = {key for row in _rows("teams.csv") for key in row["manager"].split("|")}
    for key in LATER_TEAMS:
        yield from (person for person in team(key) if person.key not in leaders)
