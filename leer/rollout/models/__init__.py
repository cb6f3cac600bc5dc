"""What the rollout keeps."""

from leer.rollout.models.assignments import Assignment, Trail, TrailKind
from leer.rollout.models.plans import Booking, PlanState, RolloutPlan, Wave, WaveTeam
from leer.rollout.models.programmes import (
    AudienceRule,
    BandDeadline,
    Blocker,
    Exemption,
    ItemKind,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Seats,
    TeamWish,
)

__all__ = [
    "Assignment",
    "AudienceRule",
    "BandDeadline",
    "Blocker",
    "Booking",
    "Exemption",
    "ItemKind",
    "PlanState",
    "Programme",
    "ProgrammeItem",
    "ProgrammeState",
    "RolloutPlan",
    "Seats",
    "TeamWish",
    "Trail",
    "TrailKind",
    "Wave",
    "WaveTeam",
]
