"""From teams, their risk and the seats there are, to who is trained in which week.

Plain Python: no database and no Django, so that planners and auditors can check a plan by
themselves (``manage.py rollout_plan``). ``plan`` makes one by either method, ``replan`` mends one
that no longer holds, and ``broken_rules`` checks one, whoever made it.
"""

from leer.rollout.planning.greedy import plan_by_risk
from leer.rollout.planning.plan import (
    Cause,
    Plan,
    Session,
    Shortage,
    Status,
    broken_rules,
    exposure_weeks,
    first_weeks,
    make,
)
from leer.rollout.planning.planning import Method, plan
from leer.rollout.planning.problem import Problem, Team
from leer.rollout.planning.replanning import Move, Replanned, replan

__all__ = [
    "Cause",
    "Method",
    "Move",
    "Plan",
    "Problem",
    "Replanned",
    "Session",
    "Shortage",
    "Status",
    "Team",
    "broken_rules",
    "exposure_weeks",
    "first_weeks",
    "make",
    "plan",
    "plan_by_risk",
    "replan",
]
