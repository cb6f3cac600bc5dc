"""What the rollout keeps."""

from leer.rollout.models.assignments import EVER, Assignment, AssignmentRecord, Trail, TrailKind
from leer.rollout.models.calculations import Calculation, CalculationState, Question
from leer.rollout.models.corrections import About, Correction, CorrectionState
from leer.rollout.models.equivalences import Equivalence, EquivalenceProof, EquivalenceState
from leer.rollout.models.invitations import Invitation, InvitationMethod
from leer.rollout.models.plans import (
    LEADERS,
    Booking,
    PlanState,
    RolloutPlan,
    Wave,
    WaveFirmness,
    WaveTeam,
)
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
from leer.rollout.models.renewals import Renewal, RenewalState
from leer.rollout.models.withdrawals import Withdrawal

__all__ = [
    "EVER",
    "LEADERS",
    "About",
    "Assignment",
    "AssignmentRecord",
    "AudienceRule",
    "BandDeadline",
    "Blocker",
    "Booking",
    "Calculation",
    "CalculationState",
    "Correction",
    "CorrectionState",
    "Equivalence",
    "EquivalenceProof",
    "EquivalenceState",
    "Exemption",
    "Invitation",
    "InvitationMethod",
    "ItemKind",
    "PlanState",
    "Programme",
    "ProgrammeItem",
    "ProgrammeState",
    "Question",
    "Renewal",
    "RenewalState",
    "RolloutPlan",
    "Seats",
    "TeamWish",
    "Trail",
    "TrailKind",
    "Wave",
    "WaveFirmness",
    "WaveTeam",
    "Withdrawal",
]
