"""The front door of the organisation."""

from leer.organisation.importing.apply import apply_plan
from leer.organisation.importing.csv_source import read_files, read_paths
from leer.organisation.importing.errors import ImportRefusedError, PlanOutdatedError, RowError
from leer.organisation.importing.plan import ImportPlan, make_plan
from leer.organisation.importing.records import (
    JobFunctionRecord,
    PersonRecord,
    Place,
    Records,
    TeamRecord,
)
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.organisation.selectors import (
    leaders,
    members_of,
    people_in,
    team_led_by,
    teams_led_by,
)

__all__ = [
    "ImportPlan",
    "ImportRefusedError",
    "JobFunction",
    "JobFunctionRecord",
    "Leadership",
    "Membership",
    "PersonRecord",
    "Place",
    "PlanOutdatedError",
    "Records",
    "RowError",
    "Team",
    "TeamRecord",
    "apply_plan",
    "leaders",
    "make_plan",
    "members_of",
    "people_in",
    "read_files",
    "read_paths",
    "team_led_by",
    "teams_led_by",
]
