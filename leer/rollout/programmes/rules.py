"""For whom a programme is: plain Python, no database, so that it can be tried a thousand times.

Rules look at somebody's work only. One including rule must hold and no excluding one may; who is
exempt or not placed in a team is out before any rule is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Stay = tuple[date, date | None]  # from, up to and not including


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of somebody's work on a day. ``team`` and ``job_function`` are keys of the
    personnel system. ``joined_on`` is the first day of the stay without a gap; ``placed_on`` the
    day they came to this team and function.
    """

    team: str
    region: str
    job_function: str
    leads: bool
    joined_on: date
    placed_on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of "for whom"; what is empty asks nothing."""

    pk: int
    excludes: bool = False
    teams: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    job_functions: frozenset[str] = frozenset()
    leaders_only: bool = False
    joined_from: date | None = None
    joined_until: date | None = None

    def holds(self, work: Work) -> bool:
        """All that is filled in holds of this work."""
        return (
            (not self.teams or work.team in self.teams)
            and (not self.regions or work.region in self.regions)
            and (not self.job_functions or work.job_function in self.job_functions)
            and (not self.leaders_only or work.leads)
            and (self.joined_from is None or self.joined_from <= work.joined_on)
            and (self.joined_until is None or work.joined_on <= self.joined_until)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """A module, or the session (``module_key`` empty), with whom it is for."""

    module_key: str = ""
    regions: frozenset[str] = frozenset()
    job_functions: frozenset[str] = frozenset()

    @property
    def is_session(self) -> bool:
        """The live session, and no module."""
        return not self.module_key

    def suits(self, work: Work) -> bool:
        """This variant is for people who do this work."""
        return (not self.regions or work.region in self.regions) and (
            not self.job_functions or work.job_function in self.job_functions
        )


class Reason(StrEnum):
    """Why somebody is in, or not."""

    IN = "in"
    NO_RULE = "no_rule"
    EXCLUDED = "excluded"
    EXEMPT = "exempt"
    NO_TEAM = "no_team"


@dataclass(frozen=True, slots=True)
class Verdict:
    """In or not, why, and by which rule where one decided."""

    reason: Reason
    rule: int | None = None

    @property
    def is_in(self) -> bool:
        """The programme is for this person."""
        return self.reason is Reason.IN


def judge(work: Work | None, rules: Sequence[Rule], *, exempt: bool = False) -> Verdict:
    """Whether a programme with these rules is for somebody."""
    if work is None:
        return Verdict(Reason.NO_TEAM)
    if exempt:
        return Verdict(Reason.EXEMPT)
    holding = [rule for rule in rules if rule.holds(work)]
    excluding = [rule for rule in holding if rule.excludes]
    if excluding:
        return Verdict(Reason.EXCLUDED, excluding[0].pk)
    if holding:
        return Verdict(Reason.IN, holding[0].pk)
    return Verdict(Reason.NO_RULE)


def items_for(work: Work, items: Iterable[Item]) -> tuple[Item, ...]:
    """What somebody who does this work gets, of these items."""
    return tuple(item for item in items if item.suits(work))


def first_day(stays: Sequence[Stay]) -> date:
    """The first day of the last stay without a gap; stays in order. Who moved within the service
    joined when the first of them began, who left and came back joined again.
    """
    first, until = stays[0]
    for begins, ends in stays[1:]:
        if until is None or begins > until:
            first = begins
        until = ends
    return first
