"""The front door of the organisation."""

from leer.organisation.importing import values as cells
from leer.organisation.importing.apply import apply_plan
from leer.organisation.importing.csv_source import Column, Sheet, read_files, read_paths, read_sheet
from leer.organisation.importing.csv_text import NotReadableError, decode
from leer.organisation.importing.errors import ImportRefusedError, PlanOutdatedError, RowError
from leer.organisation.importing.plan import ImportPlan, make_plan
from leer.organisation.importing.records import (
    JobFunctionRecord,
    Kind,
    PersonRecord,
    Place,
    Records,
    TeamRecord,
)
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.organisation.selectors import (
    Headcount,
    Named,
    headcounts_on,
    leaders,
    members_of,
    memberships_of,
    names_in,
    people_in,
    teams_led_by,
)

__all__ = [
    "Column",
    "Headcount",
    "ImportPlan",
    "ImportRefusedError",
    "JobFunction",
    "JobFunctionRecord",
    "Kind",
    "Leadership",
    "Membership",
    "Named",
    "NotReadableError",
    "PersonRecord",
    "Place",
    "PlanOutdatedError",
    "Records",
    "RowError",
    "Sheet",
    "Team",
    "TeamRecord",
    "apply_plan",
    "cells",
    "decode",
    "headcounts_on",
    "leaders",
    "make_plan",
    "members_of",
    "memberships_of",
    "names_in",
    "people_in",
    "read_files",
    "read_paths",
    "read_sheet",
    "teams_led_by",
]
