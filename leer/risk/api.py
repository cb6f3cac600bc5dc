"""The front door of risk. What comes out of it is class D: the programme only, but for
``plain_reasons``, which a manager may read of the own team.
"""

from leer.risk.scoring.algorithm import Band, Factor, algorithm
from leer.risk.scoring.stability import Firmness, Grouping, drawn_weights
from leer.risk.selectors import (
    TeamRisk,
    plain_reasons,
    scores_on,
    stability_on,
    teams_without_profile,
)

__all__ = [
    "Band",
    "Factor",
    "Firmness",
    "Grouping",
    "TeamRisk",
    "algorithm",
    "drawn_weights",
    "plain_reasons",
    "scores_on",
    "stability_on",
    "teams_without_profile",
]
