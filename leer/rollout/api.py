"""The front door of the rollout."""

from leer.rollout.actions import assign, assign_base_modules
from leer.rollout.models import Assignment
from leer.rollout.selectors import (
    State,
    assignment_of,
    assignments_of,
    assignments_of_people,
    state_of,
)

__all__ = [
    "Assignment",
    "State",
    "assign",
    "assign_base_modules",
    "assignment_of",
    "assignments_of",
    "assignments_of_people",
    "state_of",
]
