# SPDX-License-Identifier: EUPL-1.2
"""How far along its layer each node stands: near its neighbours, at a distance from the next.

Each layer in turn is put as near to its neighbours as its order and its gaps allow: the least sum
of squared distances, found by pooling nodes that would push each other (isotonic regression).
Bends weigh more than boxes, so that a long arrow becomes straight before a box comes nearer.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leer.scenarios.drawing.ranks import Ranks

SWEEPS = 24
BOTH_ENDS_BENDS = 8.0
ONE_END_BEND = 2.0
NO_BEND = 1.0


@dataclass(slots=True)
class _Pool:
    """Nodes that stand against each other, and where they would like to be together."""

    weight: float
    wish: float
    count: int


def settle(ranks: Ranks, layers: Sequence[Sequence[int]], breadth: Sequence[float]) -> list[float]:
    """Return the middle of each node along its layer; the first begins at about 0.

    ``breadth`` is the room that each node takes, its share of the gap to its neighbours included.
    """
    pulls = _pulls(ranks)
    middle = [0.0] * len(breadth)
    for layer in layers:
        _pack(layer, breadth, middle)
    for sweep in range(SWEEPS):
        both = sweep >= SWEEPS - 4
        order = layers if sweep % 2 == 0 else list(reversed(layers))
        for layer in order:
            _move(layer, breadth, middle, _wishes(layer, middle, pulls, ranks, sweep % 2, both))
    return middle


def _pulls(ranks: Ranks) -> list[list[tuple[int, float]]]:
    """Return for each node its neighbours and how hard each pulls."""
    boxes = {end for chain in ranks.chains for end in (chain[:1] + chain[-1:])}
    pulls: list[list[tuple[int, float]]] = [[] for _ in ranks.layer_of]
    strength = (BOTH_ENDS_BENDS, ONE_END_BEND, NO_BEND)
    for upper, lower in ranks.links():
        pull = strength[(upper in boxes) + (lower in boxes)]
        pulls[upper].append((lower, pull))
        pulls[lower].append((upper, pull))
    return pulls


def _pack(layer: Sequence[int], breadth: Sequence[float], middle: list[float]) -> None:
    begin = -sum(breadth[node] for node in layer) / 2
    for node in layer:
        middle[node] = begin + breadth[node] / 2
        begin += breadth[node]


def _wishes(
    layer: Sequence[int],
    middle: Sequence[float],
    pulls: Sequence[Sequence[tuple[int, float]]],
    ranks: Ranks,
    upward: int,
    both: bool,
) -> list[tuple[float, float]]:
    """Return for each node of the layer where it would like to be, and how much."""
    wishes = []
    for node in layer:
        near = [
            (middle[other], pull)
            for other, pull in pulls[node]
            if both or (ranks.layer_of[other] > ranks.layer_of[node]) == bool(upward)
        ]
        weight = sum(pull for _, pull in near)
        wish = sum(place * pull for place, pull in near) / weight if near else middle[node]
        wishes.append((wish, weight or 0.1))
    return wishes


def _move(
    layer: Sequence[int],
    breadth: Sequence[float],
    middle: list[float],
    wishes: Sequence[tuple[float, float]],
) -> None:
    offsets = [0.0]
    for left, right in pairwise(layer):
        offsets.append(offsets[-1] + (breadth[left] + breadth[right]) / 2)
    pools: list[_Pool] = []
    for (wish, weight), offset in zip(wishes, offsets, strict=False):
        pools.append(_Pool(weight, wish - offset, 1))
        while len(pools) > 1 and pools[-2].wish > pools[-1].wish:
            pools.append(_joined(pools.pop(), pools.pop()))
    together = [pool.wish for pool in pools for _ in range(pool.count)]
    for node, place, offset in zip(layer, together, offsets, strict=False):
        middle[node] = place + offset


def _joined(one: _Pool, other: _Pool) -> _Pool:
    weight = one.weight + other.weight
    wish = (one.weight * one.wish + other.weight * other.wish) / weight
    return _Pool(weight, wish, one.count + other.count)


def straighten(
    ranks: Ranks,
    layers: Sequence[Sequence[int]],
    breadth: Sequence[float],
    middle: list[float],
) -> None:
    """Put the bends of each arrow in one line, in as few pieces as its neighbours leave room for.

    The longest arrows come first: they show a wobble most.
    """
    beside = _beside(layers)
    for chain in sorted(ranks.chains, key=len, reverse=True):
        waiting = [chain[1:-1]]
        while waiting:
            bends = waiting.pop()
            if not _align(bends, chain, beside, breadth, middle) and len(bends) > 1:
                half = len(bends) // 2
                waiting += [bends[:half], bends[half:]]


def _beside(layers: Sequence[Sequence[int]]) -> dict[int, tuple[int | None, int | None]]:
    """Return for each node who stands before and after it in its layer."""
    return {
        node: (left, right)
        for layer in layers
        for left, node, right in zip([None, *layer], layer, [*layer[1:], None], strict=False)
    }


def _align(
    bends: Sequence[int],
    chain: Sequence[int],
    beside: Mapping[int, tuple[int | None, int | None]],
    breadth: Sequence[float],
    middle: list[float],
) -> bool:
    """Put these bends in one line if there is room, by preference in that of a box at an end."""
    if not bends:
        return True
    low, high = -math.inf, math.inf
    for node in bends:
        left, right = beside[node]
        if left is not None:
            low = max(low, middle[left] + (breadth[left] + breadth[node]) / 2)
        if right is not None:
            high = min(high, middle[right] - (breadth[right] + breadth[node]) / 2)
    if low > high:
        return False
    mean = sum(middle[node] for node in bends) / len(bends)
    wishes = [end for end in (middle[chain[0]], middle[chain[-1]]) if low <= end <= high]
    lane = min(wishes, key=lambda end: abs(end - mean), default=min(max(mean, low), high))
    for node in bends:
        middle[node] = lane
    return True
