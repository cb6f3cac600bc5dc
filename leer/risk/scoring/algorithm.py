"""The algorithm as it is written in ``data/algorithm.toml``: read once, checked, never changed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "data" / "algorithm.toml"
LANGUAGES = ("nl", "en")


class Factor(StrEnum):
    """What is looked at. There is no seventh, and none is about a person."""

    MRF_SHARE = "mrf_share"
    POWER = "power"
    INFORMATION = "information"
    ACCESS = "access"
    EXPOSURE = "exposure"
    SIGNALS = "signals"


class Band(StrEnum):
    """What a score comes down to, the heaviest first."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    BASE = "base"


# What people choose an anchor for; the share of high-risk functions is counted.
CHOSEN = tuple(factor for factor in Factor if factor is not Factor.MRF_SHARE)
LEVELS = range(5)
HIGHEST = LEVELS[-1]

type Levels = Mapping[Factor, int]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both languages."""

    nl: str
    en: str

    def in_language(self, language: str | None) -> str:
        """The sentence in this language; Dutch when there is no other."""
        return self.en if (language or "").startswith("en") else self.nl


@dataclass(frozen=True, slots=True)
class FactorCard:
    """A factor in words. ``plain`` is what a manager may read when it is at level 3 or 4."""

    factor: Factor
    name: Text
    question: Text
    plain: Text
    anchors: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The weights and bands that hold from a day on, until the next version's."""

    number: int
    valid_from: date
    reason: Text
    decided_by: tuple[Text, ...]
    weights: Mapping[Factor, int]
    bands: Mapping[Band, int]
    high_from_share: float

    def as_row(self) -> tuple[int, ...]:
        """The weights in the order of the factors."""
        return tuple(self.weights[factor] for factor in Factor)


@dataclass(frozen=True, slots=True)
class Algorithm:
    """The whole file."""

    factors: Mapping[Factor, FactorCard]
    versions: tuple[Version, ...]
    provisional: Mapping[int, Levels]

    def on(self, day: date) -> Version:
        """The version in force on this day; the first one also for the days before it."""
        begun = [version for version in self.versions if version.valid_from <= day]
        return begun[-1] if begun else self.versions[0]


class AlgorithmError(Exception):
    """The data file contradicts itself; says where."""


@cache
def algorithm() -> Algorithm:
    """The algorithm of this installation."""
    return read(FILE.read_text(encoding="utf-8"))


def read(toml: str) -> Algorithm:
    """An algorithm from its text; raises ``AlgorithmError`` when it does not add up."""
    data = tomllib.loads(toml)
    found = Algorithm(
        factors={Factor(row["code"]): _factor(row) for row in data["factors"]},
        versions=tuple(_version(row) for row in data["versions"]),
        provisional={row["mrf_share"]: _levels(row["levels"]) for row in data["provisional"]},
    )
    _check(found)
    return found


def _factor(row: Mapping[str, Any]) -> FactorCard:
    return FactorCard(
        factor=Factor(row["code"]),
        name=Text(**row["name"]),
        question=Text(**row["question"]),
        plain=Text(**row["plain"]),
        anchors=tuple(Text(**anchor) for anchor in row["anchors"]),
    )


def _version(row: Mapping[str, Any]) -> Version:
    return Version(
        number=row["number"],
        valid_from=row["valid_from"],
        reason=Text(**row["reason"]),
        decided_by=tuple(Text(**one) for one in row["decided_by"]),
        weights=_levels(row["weights"]),
        bands={Band(code): least for code, least in row["bands"].items()},
        high_from_share=row["high_from_share"],
    )


def _levels(row: Mapping[str, int]) -> dict[Factor, int]:
    return {Factor(code): value for code, value in row.items()}


def _check(found: Algorithm) -> None:
    _demand(tuple(found.factors) == tuple(Factor), "the factors are the six, in order")
    for card in found.factors.values():
        _demand(len(card.anchors) == len(LEVELS), f"{card.factor} has an anchor per level")
    _demand(not found.factors[Factor.SIGNALS].plain.nl, "signals are never told to a manager")
    for version in found.versions:
        _check_version(version)
    days = [version.valid_from for version in found.versions]
    _demand(days == sorted(set(days)), "versions stand in the order of their days")
    _demand(tuple(found.provisional) == tuple(LEVELS), "a default per level of the MRF share")
    for levels in found.provisional.values():
        _demand(tuple(levels) == CHOSEN, "a default level for each factor that is chosen")


def _check_version(version: Version) -> None:
    here = f"version {version.number}"
    _demand(tuple(version.weights) == tuple(Factor), f"{here} weighs the six factors")
    _demand(min(version.weights.values()) >= 0, f"{here} has no weight below nothing")
    _demand(sum(version.weights.values()) == 100, f"{here} has weights of 100 together")
    bands = list(version.bands.values())
    _demand(tuple(version.bands) == tuple(Band)[:-1], f"{here} has the bands in order")
    _demand(bands == sorted(set(bands), reverse=True), f"{here} has bands that fall")
    _demand(len(set(version.decided_by)) >= 2, f"{here} was decided by two people")


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise AlgorithmError(f"Not so in algorithm.toml: {what}")
