"""Score = Σ weight · level / 4, and the band that it comes down to."""

from bisect import bisect_left

from leer.risk.scoring.algorithm import HIGHEST, Band, Factor, Levels, Version

# The most of each level of the MRF share but the last. Equal shares of whole numbers are equal
# here too: a division is rounded to the nearest number, and so is what is written.
SHARES = (0.0, 0.10, 0.25, 0.50)


def mrf_level(share: float) -> int:
    """The level of this share of high-risk functions (0–1)."""
    return bisect_left(SHARES, share)


def score(levels: Levels, version: Version) -> float:
    """From 0 to 100, however the levels are."""
    return sum([weight * levels[factor] for factor, weight in version.weights.items()]) / HIGHEST


def band(value: float, mrf_share: float, version: Version) -> Band:
    """The band of a score; many high-risk functions are at least *high*."""
    found = Band.BASE
    for reached, least in version.bands.items():
        if value >= least:
            found = reached
            break
    if mrf_share >= version.high_from_share and found not in {Band.VERY_HIGH, Band.HIGH}:
        return Band.HIGH
    return found


def contribution(factor: Factor, level: int, version: Version) -> float:
    """What a factor adds to the score."""
    return version.weights[factor] * level / HIGHEST
