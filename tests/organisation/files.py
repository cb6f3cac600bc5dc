"""Small CSV files for tests, and the whole of what they may change."""

from datetime import date
from typing import Any

from django.db import connection

from leer.organisation.api import ImportPlan, apply_plan, make_plan, read_files

MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)

FUNCTIONS_HEAD = "externalId;displayName;highRisk"
TEAMS_HEAD = "externalId;displayName;region;manager"
PEOPLE_HEAD = (
    "externalId;userName;name.givenName;name.familyName;emails.value;title;department;active"
)
FUNCTIONS = f"{FUNCTIONS_HEAD}\nF1;Toezicht;ja\nF2;Balie;nee\n"
TEAMS = f"{TEAMS_HEAD}\nT1;Toezicht West;West;P2\nT2;Balie West;West;\n"
NOOR = "P1;noor;Noor;Bakker;noor@voorbeelddouane.example;F1;T1;ja"
RUUD = "P2;ruud;Ruud;Peters;ruud@voorbeelddouane.example;F2;T2;ja"


def functions(*rows: str) -> dict[str, str]:
    return {"functies.csv": "\n".join((FUNCTIONS_HEAD, *rows))}


def teams(*rows: str) -> dict[str, str]:
    return {"teams.csv": "\n".join((TEAMS_HEAD, *rows))}


def people(*rows: str, extra: str = "") -> dict[str, str]:
    """Rows under the head; ``extra`` names optional columns at the end."""
    return {"medewerkers.csv": "\n".join((PEOPLE_HEAD + extra, *rows))}


def organisation() -> dict[str, str]:
    """Two functions, two teams, two people; Ruud leads Noor's team."""
    return {"functies.csv": FUNCTIONS, "teams.csv": TEAMS} | people(NOOR, RUUD)


def plan(files: dict[str, Any], on: date = MAY, **options: Any) -> ImportPlan:
    return make_plan(read_files(files), on=on, **options)


def load(files: dict[str, Any], on: date = MAY, **options: Any) -> ImportPlan:
    """Plan and apply."""
    keys = ("complete", "force")
    planning = {key: options.pop(key) for key in keys if key in options}
    return apply_plan(plan(files, on, **planning), **options)


def told(files: dict[str, Any], on: date = MAY, **options: Any) -> list[tuple[Any, ...]]:
    """The errors as (file, line, column, reason)."""
    errors = plan(files, on, **options).errors
    return [(error.file, error.line, error.column, error.reason) for error in errors]


TABLES = (
    "organisation_jobfunction",
    "organisation_highriskmark",
    "organisation_team",
    "organisation_membership",
    "organisation_leadership",
    "accounts_user",
    "accounts_user_groups",
)


def everything(*, versions: bool = True) -> dict[str, list[Any]]:
    """Every row of every table that an import writes.

    With ``versions`` also PostgreSQL's own row version: even writing the same values shows.
    """
    columns = "xmin::text, *" if versions else "*"
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select {columns} from {table} order by id")
            found[table] = cursor.fetchall()
    return found
