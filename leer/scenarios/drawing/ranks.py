# SPDX-License-Identifier: EUPL-1.2
"""In which layer each box stands, and through which layers each arrow passes.

Arrows that close a circle are turned for the lay-out, so that every arrow goes to a later layer;
they are drawn in their own direction again. A box stands one layer after the last box that leads
to it. An arrow that passes layers gets a *bend* in each, so that the lay-out keeps room for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

LOOSE_IN_A_ROW = 6
"""Boxes without any arrow stand together after all others, so many in a layer."""

type Pair = tuple[int, int]
"""An arrow by the numbers of its boxes."""


@dataclass(slots=True)
class Ranks:
    """Boxes come first in ``layer_of``, then the bends. ``chains`` are the nodes of each arrow
    from its earlier end to its later; a self-loop has none. ``turned`` are the arrows that go
    back, ``layers`` the nodes per layer.
    """

    layer_of: list[int]
    turned: frozenset[int]
    chains: list[list[int]] = field(default_factory=list)
    layers: list[list[int]] = field(default_factory=list)

    def links(self) -> Iterator[Pair]:
        """Yield every piece of an arrow between two neighbouring layers."""
        for chain in self.chains:
            yield from pairwise(chain)


def rank(count: int, arrows: Sequence[Pair], *, stride: int = 1) -> Ranks:
    """Return the layers of ``count`` boxes; with a stride of 2 there is one between each two."""
    turned = _turned(count, arrows)
    straight = [
        (target, source) if number in turned else (source, target)
        for number, (source, target) in enumerate(arrows)
    ]
    layer_of = _layers(count, [pair for pair in straight if pair[0] != pair[1]])
    ranks = Ranks([stride * layer for layer in layer_of], turned)
    for pair in straight:
        ranks.chains.append(_chain(ranks, pair))
    ranks.layers = [[] for _ in range(max(ranks.layer_of, default=-1) + 1)]
    for node in _met_in_order(ranks):
        ranks.layers[ranks.layer_of[node]].append(node)
    return ranks


def _chain(ranks: Ranks, pair: Pair) -> list[int]:
    first, last = pair
    if first == last:
        return []
    passed = range(ranks.layer_of[first] + 1, ranks.layer_of[last])
    bends = range(len(ranks.layer_of), len(ranks.layer_of) + len(passed))
    ranks.layer_of += passed
    return [first, *bends, last]


def _turned(count: int, arrows: Sequence[Pair]) -> frozenset[int]:
    """Return the arrows that lead back to where a depth-first walk came from."""
    onward: list[list[int]] = [[] for _ in range(count)]
    for number, (source, _) in enumerate(arrows):
        onward[source].append(number)
    targets = {target for _, target in arrows}
    heads = [node for node in range(count) if node not in targets]
    turned: set[int] = set()
    state = [0] * count
    for root in [*range(min(1, count)), *heads, *range(count)]:
        if not state[root]:
            _walk(root, arrows, onward, state, turned)
    return frozenset(turned)


def _walk(
    root: int, arrows: Sequence[Pair], onward: list[list[int]], state: list[int], turned: set[int]
) -> None:
    """Walk from one root. A state is 0 before, 1 on the way (on the trail), 2 when done."""
    state[root] = 1
    trail = [(root, iter(onward[root]))]
    while trail:
        node, waiting = trail[-1]
        number = next(waiting, None)
        if number is None:
            state[node] = 2
            trail.pop()
            continue
        target = arrows[number][1]
        if state[target] == 1 and target != node:
            turned.add(number)
        elif state[target] == 0:
            state[target] = 1
            trail.append((target, iter(onward[target])))


def _layers(count: int, pairs: Sequence[Pair]) -> list[int]:
    """Return for each box one more than the highest layer that leads to it."""
    after: list[list[int]] = [[] for _ in range(count)]
    expected = [0] * count
    for source, target in pairs:
        after[source].append(target)
        expected[target] += 1
    layer_of = [0] * count
    ready = [node for node in range(count) if not expected[node]]
    for node in ready:
        for target in after[node]:
            layer_of[target] = max(layer_of[target], layer_of[node] + 1)
            expected[target] -= 1
            if not expected[target]:
                ready.append(target)
    return _with_late_beginnings(layer_of, pairs, after)


def _with_late_beginnings(
    layer_of: list[int], pairs: Sequence[Pair], after: list[list[int]]
) -> list[int]:
    """Put a box that nothing leads to (the first one aside) close before what it leads to."""
    entered = {target for _, target in pairs}
    loose = [n for n, targets in enumerate(after) if n not in entered and not targets]
    last = -1 if len(loose) == len(after) else max(layer_of)
    for place, node in enumerate(loose):
        layer_of[node] = last + 1 + place // LOOSE_IN_A_ROW
    for node, targets in enumerate(after):
        if node and node not in entered and targets:
            layer_of[node] = min(layer_of[target] for target in targets) - 1
    return layer_of


def _met_in_order(ranks: Ranks) -> list[int]:
    """Return all nodes as a depth-first walk down meets them: a first order with few crossings."""
    down: list[list[int]] = [[] for _ in ranks.layer_of]
    for upper, lower in ranks.links():
        down[upper].append(lower)
    order: dict[int, None] = {}
    for root in range(len(down)):
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node not in order:
                order[node] = None
                waiting += reversed(down[node])
    return list(order)
