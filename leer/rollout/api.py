"""The front door of the rollout."""

from leer.rollout.actions import assign, assign_base_modules
from leer.rollout.as_of import Asked, asked_on
from leer.rollout.correcting.facts import Known, fact_of, facts_of
from leer.rollout.correcting.judging import AlreadyAsked as AlreadyAskedToCorrect
from leer.rollout.correcting.judging import ask as ask_for_correction
from leer.rollout.inviting.sending import send_invitations
from leer.rollout.models import (
    Assignment,
    Blocker,
    Booking,
    Exemption,
    Programme,
    ProgrammeState,
    RolloutPlan,
    Wave,
    WaveTeam,
    Withdrawal,
)
from leer.rollout.programmes.audience import audience
from leer.rollout.programmes.plans import NotNow, adopt, compare, propose, propose_again, try_seats
from leer.rollout.programmes.problem import Group, week_of
from leer.rollout.recognising.judging import AlreadyAsked, Said, counts_since
from leer.rollout.recognising.judging import ask as ask_for_equivalence
from leer.rollout.recognising.proofs import CleanProof, clean_proof
from leer.rollout.selectors import (
    Standing,
    State,
    Turn,
    all_exemptions_of,
    answered_on,
    assignment_of,
    assignments_of,
    assignments_of_people,
    corrections_of,
    equivalence_of,
    exemption_news,
    exemptions_of,
    standings_of_people,
    state_in_round,
    state_of,
    state_words,
    taken_back_from,
    turns_of,
    weeks_valid,
    withdrawal_news,
    withdrawals_of,
)
from leer.rollout.weeks import WeekEnd, week_ends_of

__all__ = [
    "AlreadyAsked",
    "AlreadyAskedToCorrect",
    "Asked",
    "Assignment",
    "Blocker",
    "Booking",
    "CleanProof",
    "Exemption",
    "Group",
    "Known",
    "NotNow",
    "Programme",
    "ProgrammeState",
    "RolloutPlan",
    "Said",
    "Standing",
    "State",
    "Turn",
    "Wave",
    "WaveTeam",
    "WeekEnd",
    "Withdrawal",
    "adopt",
    "all_exemptions_of",
    "answered_on",
    "ask_for_correction",
    "ask_for_equivalence",
    "asked_on",
    "assign",
    "assign_base_modules",
    "assignment_of",
    "assignments_of",
    "assignments_of_people",
    "audience",
    "clean_proof",
    "compare",
    "corrections_of",
    "counts_since",
    "equivalence_of",
    "exemption_news",
    "exemptions_of",
    "fact_of",
    "facts_of",
    "propose",
    "propose_again",
    "send_invitations",
    "standings_of_people",
    "state_in_round",
    "state_of",
    "state_words",
    "taken_back_from",
    "try_seats",
    "turns_of",
    "week_ends_of",
    "week_of",
    "weeks_valid",
    "withdrawal_news",
    "withdrawals_of",
]
