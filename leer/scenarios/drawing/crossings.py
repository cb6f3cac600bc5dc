# SPDX-License-Identifier: EUPL-1.2
"""In which order the nodes of a layer stand, so that few arrows cross.

Sweeps down and up put each node at the mean place of its neighbours (barycentre, Sugiyama 1981);
the best order seen is kept, and then neighbours change places where that takes a crossing away.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence

from leer.scenarios.drawing.ranks import Ranks

SWEEPS = 12
MOST_EXCHANGES = 8


class _Order:
    """The order under way, with each node's neighbours in the layers before and after."""

    def __init__(self, ranks: Ranks) -> None:
        self.layers = [list(layer) for layer in ranks.layers]
        self.before: list[list[int]] = [[] for _ in ranks.layer_of]
        self.after: list[list[int]] = [[] for _ in ranks.layer_of]
        for upper, lower in ranks.links():
            self.after[upper].append(lower)
            self.before[lower].append(upper)
        self.place = [0] * len(ranks.layer_of)
        for layer in self.layers:
            self.number(layer)

    def number(self, layer: Sequence[int]) -> None:
        for place, node in enumerate(layer):
            self.place[node] = place

    def sort(self, layer: list[int], neighbours: list[list[int]]) -> None:
        means = {node: self._mean(node, neighbours[node]) for node in layer}
        layer.sort(key=means.__getitem__)
        self.number(layer)

    def _mean(self, node: int, near: Sequence[int]) -> float:
        if not near:
            return self.place[node]
        return sum(self.place[other] for other in near) / len(near)

    def sweep(self, *, down: bool) -> None:
        for layer in self.layers if down else reversed(self.layers):
            self.sort(layer, self.before if down else self.after)

    def crossings(self) -> int:
        return sum(map(self._crossings_above, self.layers))

    def _crossings_above(self, layer: Sequence[int]) -> int:
        """Count the pairs of arrows that come in the other order than they left."""
        seen: list[int] = []
        total = 0
        for node in layer:
            places = sorted(self.place[other] for other in self.before[node])
            total += sum(len(seen) - bisect_right(seen, place) for place in places)
            for place in places:
                insort(seen, place)
        return total

    def exchange(self) -> bool:
        """Let neighbours change places where that helps; say whether any did."""
        return sum(map(self._exchange_in, self.layers)) > 0

    def _exchange_in(self, layer: list[int]) -> bool:
        helped = False
        for place in range(len(layer) - 1):
            left, right = layer[place], layer[place + 1]
            if self._between(right, left) < self._between(left, right):
                layer[place], layer[place + 1] = right, left
                self.place[left], self.place[right] = place + 1, place
                helped = True
        return helped

    def _between(self, left: int, right: int) -> int:
        """Return the crossings between the arrows of two neighbours that stand in this order."""
        return sum(
            self.place[one] > self.place[other]
            for side in (self.before, self.after)
            for one in side[left]
            for other in side[right]
        )


def uncross(ranks: Ranks) -> list[list[int]]:
    """Return the layers, each in an order with few crossings."""
    order = _Order(ranks)
    best, fewest = order.layers, order.crossings()
    for number in range(SWEEPS):
        if not fewest:
            break
        order.layers = [list(layer) for layer in order.layers]
        order.sweep(down=number % 2 == 0)
        crossings = order.crossings()
        if crossings < fewest:
            best, fewest = order.layers, crossings
    return _exchanged(order, best)


def _exchanged(order: _Order, best: list[list[int]]) -> list[list[int]]:
    order.layers = [list(layer) for layer in best]
    for layer in order.layers:
        order.number(layer)
    for _ in range(MOST_EXCHANGES):
        if not order.exchange():
            break
    return order.layers
