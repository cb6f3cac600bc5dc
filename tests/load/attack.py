"""The attack on released figures, for longer than a test may take: many organisations, three years.

nice uv run python -m tests.load.attack --organisations 40 --months 36
"""

import argparse
import time
from collections import Counter
from itertools import islice

from leer.disclosure.audit import Tables, ranges
from leer.disclosure.tables import PEOPLE
from tests.disclosure.worlds import Organisation


def main() -> None:
    """Print what is left at its narrowest, for both attackers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=40)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--releases", type=int, default=12)
    options = parser.parse_args()
    for knows_the_method in (False, True):
        began, widths = time.monotonic(), Counter[float]()
        for seed in range(options.first, options.first + options.organisations):
            widths.update(_widths(seed, options, knows_the_method=knows_the_method))
        total = sum(widths.values())
        narrow = {width: count for width, count in sorted(widths.items()) if width < 1}
        print(
            f"knows the method: {knows_the_method}; ranges: {total}; narrowest: {min(widths)} k;"
            f" narrower than k: {narrow}; {time.monotonic() - began:.0f} s",
            flush=True,
        )


def _widths(seed: int, options: argparse.Namespace, *, knows_the_method: bool) -> list[float]:
    """Every range that is left in one organisation, in k."""
    k = (5, 10)[seed % 2]
    world = Organisation(seed, scenes=2 + seed % 5, months=options.months, k=k)
    releases = list(islice(world.releases(), options.releases))
    known = [(figures, {PEOPLE: counts[PEOPLE]}) for figures, counts in releases]
    found = ranges(Tables(world.table), known, k=k, knows_the_method=knows_the_method)
    return [round(one.width / k, 2) for one in found]


if __name__ == "__main__":
    main()
