"""How firm the order is: the weights are drawn anew, each within a fifth of itself.

Deterministic: the same teams and weights give the same answer. Teams with equal levels fare
alike in every draw, so they are worked out once, and the order in which teams are given, or what
they are called, makes no difference.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from leer.risk.scoring.algorithm import HIGHEST, Band, Factor, Levels, Version

DRAWS = 1000
SPREAD = 0.20
SEED = 20260101
QUARTERS = 4
AT_LEAST_HIGH = list(reversed(Band)).index(Band.HIGH)  # how many bands lie below it

type Grouping = Callable[[np.ndarray], np.ndarray]
"""From the scores of all teams in one draw to the group (a wave, say) that each falls in."""


@dataclass(frozen=True, slots=True)
class Firmness:
    """In which share of the draws a team keeps its band, and its group; and between which scores
    it lies in nine draws of ten.
    """

    band: float
    group: float
    low: float
    high: float


def quarters(scores: np.ndarray) -> np.ndarray:
    """Which quarter of the order each team is in, the heaviest first; equal scores alike."""
    ahead = len(scores) - np.searchsorted(np.sort(scores), scores, side="right")
    return ahead * QUARTERS // max(len(scores), 1)


def firmness[Key: Hashable](
    teams: Mapping[Key, tuple[Levels, float]],
    version: Version,
    *,
    grouping: Grouping = quarters,
    draws: int = DRAWS,
    spread: float = SPREAD,
) -> dict[Key, Firmness]:
    """Per team (its levels and its MRF share) how firm its place is.

    ``grouping`` gets the scores in the order of ``teams``.
    """
    if not teams:
        return {}
    rows = tuple(
        (*(levels[factor] for factor in Factor), share >= version.high_from_share)
        for levels, share in teams.values()
    )
    bounds = tuple(version.bands.values())
    kinds, kind_of = _worked_out(rows, version.as_row(), bounds, grouping, draws, spread)
    return {key: kinds[kind] for key, kind in zip(teams, kind_of, strict=True)}


@lru_cache(maxsize=8)
def _worked_out(
    teams: tuple[tuple[int, ...], ...],
    weights: tuple[int, ...],
    bounds: tuple[int, ...],
    grouping: Grouping,
    draws: int,
    spread: float,
) -> tuple[list[Firmness], list[int]]:
    """Each kind of team, and of which kind each team is. Kept: the pages of all teams ask the
    same, and for ten thousand teams it takes two seconds.
    """
    kinds, first, kind_of = np.unique(
        np.array(teams, dtype=float), axis=0, return_index=True, return_inverse=True
    )
    kind_of = kind_of.reshape(-1)
    levels, floor = kinds[:, :-1], kinds[:, -1] > 0
    scores = _scores(levels, drawn_weights(weights, draws, spread))
    now = _scores(levels, np.array([weights], dtype=float))
    kept = (_bands(scores, floor, bounds) == _bands(now, floor, bounds)).mean(axis=0)
    low, high = np.quantile(scores, [0.05, 0.95], axis=0)
    same_group = _same_group(scores, now[0], kind_of, first, grouping)
    rows = zip(kept, same_group, low, high, strict=True)
    return [Firmness(*map(float, row)) for row in rows], kind_of.tolist()


def drawn_weights(weights: Sequence[int], draws: int = DRAWS, spread: float = SPREAD) -> np.ndarray:
    """One row of weights per draw, together 100 again."""
    dice = np.random.default_rng(SEED)
    moved = np.array(weights) * dice.uniform(1 - spread, 1 + spread, size=(draws, len(Factor)))
    return moved * 100 / moved.sum(axis=1, keepdims=True)


def _scores(levels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A row per draw, a column per kind of team. Rounded: what is equal must stay equal."""
    return np.round(weights @ levels.T / HIGHEST, 9)


def _bands(scores: np.ndarray, floor: np.ndarray, bounds: Sequence[int]) -> np.ndarray:
    """The number of lower bounds that a score reaches, with the floor of the MRF rule."""
    reached = sum((scores >= least).astype(int) for least in bounds)
    return np.where(floor, np.maximum(reached, AT_LEAST_HIGH), reached)


def _same_group(
    scores: np.ndarray,
    now: np.ndarray,
    kind_of: np.ndarray,
    first: np.ndarray,
    grouping: Grouping,
) -> np.ndarray:
    """Per kind the share of draws in which its group is the one it has now."""
    present = grouping(now[kind_of])[first]
    kept = np.zeros(len(first))
    for draw in scores:
        kept += grouping(draw[kind_of])[first] == present
    return kept / len(scores)
