"""How two scores hang together, from sums that can be added up. Plain Python."""

from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from math import sqrt

MOST = 0.9
"""Beyond this nothing is said: that two scores agree in everybody tells of everybody."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Over people: how many, and the sums that a correlation is made of."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> "Sums":
        """Of people with these two scores."""
        total = cls()
        for x, y in pairs:
            total += cls(1, x, y, x * x, y * y, x * y)
        return total

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def to_json(self) -> dict[str, float]:
        """As it is kept."""
        return asdict(self)

    def correlation(self) -> float | None:
        """Between -0.9 and 0.9, in tenths; ``None`` when one of the scores is the same in all."""
        across = self.n * self.xx - self.x * self.x
        along = self.n * self.yy - self.y * self.y
        if min(across, along) < 1e-9 * max(self.n, 1):
            return None
        found = (self.n * self.xy - self.x * self.y) / sqrt(across * along)
        return round(max(-MOST, min(MOST, found)), 1)
