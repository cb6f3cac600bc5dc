"""How firm a score is: the weights are drawn anew, each within a fifth of itself.

Deterministic: the same teams and weights give the same answer, whatever the teams are called and
in whatever order they are given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leer.risk.scoring.algorithm import HIGHEST, Band, Factor, Levels, Version

DRAWS = 1000
SPREAD = 0.20
SEED = 20260101
QUARTERS = 4
NEAR = 1e-9  # scores that are closer are equal: what remains is how a computer adds
BANDS = tuple(reversed(Band))  # a band by the number of lower bounds that a score reaches
AT_LEAST_HIGH = BANDS.index(Band.HIGH)


@dataclass(frozen=True, slots=True)
class Firmness:
    """In which share of the draws a team keeps its band, and between which scores it lies in nine
    draws of ten.
    """

    band: float
    low: float
    high: float


def firmness(
    levels: Levels,
    mrf_share: float,
    version: Version,
    *,
    draws: int = DRAWS,
    spread: float = SPREAD,
) -> Firmness:
    """How firm the place of a team with these levels is, whatever the other teams are."""
    scores, now = _drawn_and_now(_rows([levels]), version, draws, spread)
    floor = np.array([mrf_share >= version.high_from_share])
    bounds = tuple(version.bands.values())
    kept = _bands(scores, floor, bounds) == _bands(now, floor, bounds)
    low, high = np.quantile(scores, [0.05, 0.95])
    return Firmness(float(kept.mean()), float(low), float(high))


def quarter_kept(
    levels: Levels,
    everybody: Iterable[Levels],
    version: Version,
    *,
    draws: int = DRAWS,
    spread: float = SPREAD,
) -> float:
    """In which share of the draws a team with these levels is in the quarter of the order of
    ``everybody`` (it is one of them) that it is in now; equal scores are in the same one.
    """
    kinds, counts = np.unique(_rows(everybody), axis=0, return_counts=True)
    mine = int(np.flatnonzero((kinds == _rows([levels])).all(axis=1))[0])
    scores, now = _drawn_and_now(kinds, version, draws, spread)
    return float((_quarter(scores, mine, counts) == _quarter(now, mine, counts)).mean())


def _quarter(scores: np.ndarray, mine: int, counts: np.ndarray) -> np.ndarray:
    """Per draw which quarter this kind of team is in, the heaviest first."""
    ahead = (scores > scores[:, [mine]] + NEAR) @ counts
    return ahead * QUARTERS // counts.sum()


def drawn[Key](
    teams: Mapping[Key, tuple[Levels, float]],
    version: Version,
    *,
    draws: int = DRAWS,
    spread: float = SPREAD,
) -> Iterator[dict[Key, tuple[float, Band]]]:
    """Per draw the score and the band of every team (its levels and its MRF share)."""
    rows = _rows(levels for levels, _ in teams.values())
    floor = np.array([share >= version.high_from_share for _, share in teams.values()], dtype=bool)
    for weights in drawn_weights(version.as_row(), draws, spread):
        scores = _scores(rows, weights[None, :])
        bands = _bands(scores, floor, tuple(version.bands.values()))[0]
        names = (BANDS[reached] for reached in bands.tolist())
        yield dict(zip(teams, zip(scores[0].tolist(), names, strict=True), strict=True))


def drawn_weights(weights: Sequence[int], draws: int = DRAWS, spread: float = SPREAD) -> np.ndarray:
    """One row of weights per draw, together 100 again."""
    dice = np.random.default_rng(SEED)
    moved = np.array(weights) * dice.uniform(1 - spread, 1 + spread, size=(draws, len(Factor)))
    return moved * 100 / moved.sum(axis=1, keepdims=True)


def _rows(teams: Iterable[Levels]) -> np.ndarray:
    """A row per team, a column per factor."""
    rows = [[levels[factor] for factor in Factor] for levels in teams]
    return np.array(rows, dtype=float).reshape(len(rows), len(Factor))


def _drawn_and_now(
    rows: np.ndarray, version: Version, draws: int, spread: float
) -> tuple[np.ndarray, np.ndarray]:
    weights = version.as_row()
    drawn_scores = _scores(rows, drawn_weights(weights, draws, spread))
    return drawn_scores, _scores(rows, np.array([weights], dtype=float))


def _scores(levels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A row per draw, a column per team."""
    return weights @ levels.T / HIGHEST


def _bands(scores: np.ndarray, floor: np.ndarray, bounds: Sequence[int]) -> np.ndarray:
    """The number of lower bounds that a score reaches, with the floor of the MRF rule."""
    reached = sum((scores >= least - NEAR).astype(int) for least in bounds)
    return np.where(floor, np.maximum(reached, AT_LEAST_HIGH), reached)
