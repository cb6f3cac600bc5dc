"""The front door of the organisation."""

from leer.organisation.deputies import appoint as appoint_deputy
from leer.organisation.deputies import end as end_deputyship
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
from leer.organisation.models import Deputyship, JobFunction, Leadership, Membership, Team
from leer.organisation.selectors import (
    Headcount,
    Named,
    deputies_of,
    group_sizes_on,
    headcounts_on,
    highest_among,
    leaders,
    members_of,
    memberships_of,
    names_in,
    people_by_team,
    people_in,
    teams_below,
    teams_led_by,
    teams_open_to,
    with_parts,
)

__all__ = [
    "Column",
    "Deputyship",
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
    "appoint_deputy",
    "cells",
    "decode",
    "deputies_of",
    "end_deputyship",
    "group_sizes_on",
    "headcounts_on",
    "highest_among",
    "leaders",
    "make_plan",
    "members_of",
    "memberships_of",
    "names_in",
    "people_by_team",
    "people_in",
    "read_files",
    "read_paths",
    "read_sheet",
    "teams_below",
    "teams_led_by",
    "teams_open_to",
    "with_parts",
]
