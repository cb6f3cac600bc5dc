"""What the page of a team tells of its waves. Risk does not know what a wave is: who does tells it
here (``tell_waves``, from ``ready()``), so that nothing has to be imported from above.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """The wave of a team in the plan of one programme that held on a day. ``kept`` is the share
    of draws in which the team keeps it when the weights move; ``None``: not counted yet.
    """

    programme: str
    number: int
    kept: float | None
    draws: int

    @property
    def percent(self) -> int | None:
        """The share in whole percents."""
        return None if self.kept is None else round(self.kept * 100)


type Waves = Callable[[int, date], Iterable[PlannedWave]]
"""From a team (primary key) and a day to its waves."""

_told_by: list[Waves] = []


def tell_waves(waves: Waves) -> Waves:
    """From now on ask this for the waves of a team too."""
    _told_by.append(waves)
    return waves


def waves_of(team: int, day: date) -> list[PlannedWave]:
    """Every wave of this team, in every plan that held on that day."""
    return [wave for waves in _told_by for wave in waves(team, day)]
