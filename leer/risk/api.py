"""The front door of risk. What comes out of it is class D: the programme only, but for
``plain_reasons``, which a manager may read of the own team.
"""

from leer.risk.names import BANDS
from leer.risk.scoring.algorithm import Band, Factor, algorithm
from leer.risk.scoring.stability import drawn_weights
from leer.risk.selectors import (
    TeamRisk,
    draws_on,
    plain_reasons,
    scores_on,
    teams_without_profile,
)
from leer.risk.waves import PlannedWave, tell_waves

__all__ = [
    "BANDS",
    "Band",
    "Factor",
    "PlannedWave",
    "TeamRisk",
    "algorithm",
    "drawn_weights",
    "draws_on",
    "plain_reasons",
    "scores_on",
    "teams_without_profile",
    "tell_waves",
]
