"""What one person gets, keeps and loses on a day: plain Python, no database.

The same function serves a wave that opens, the daily comparison and the dry run. What was decided
and carried out is not decided again on the same day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from leer.rollout.programmes.rules import Reason


class Why(StrEnum):
    """Why somebody got, kept, lost or missed something; the reason code of a ``Trail``."""

    WAVE = "wave"
    JOINED = "joined"
    MOVED = "moved"
    RULE = "rule"
    BACK = "back"
    AGAIN = "again"
    TOO_OLD = "too_old"
    HAD_ALREADY = "had_already"
    DONE_ALREADY = "done_already"
    DONE_LATELY = "done_lately"
    BEGUN = "begun"
    FOR_EVERYONE = "for_everyone"
    NOT_FOR_THEM = "not_for_them"
    LEFT = "left"
    NO_RULE = "no_rule"
    EXCLUDED = "excluded"
    EXEMPT = "exempt"
    BLOCKED = "blocked"
    BY_HAND = "by_hand"
    WAITS_FOR_TEAM = "waits_for_team"


# So long before a module ends to be valid it has to be done again: long enough to find an hour in a
# roster, short enough that who does it at once loses little of what is valid. Never before half of
# that time is over, or what is valid for a month would come back the day it is done.
WINDOW = timedelta(weeks=4)

OUT = {
    Reason.NO_TEAM: Why.LEFT,
    Reason.NO_RULE: Why.NO_RULE,
    Reason.EXCLUDED: Why.EXCLUDED,
    Reason.EXEMPT: Why.EXEMPT,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everybody on this day. ``began_on`` is when the first wave opened (``None``:
    none did): who joined after it is a joiner. ``days`` is how long each live module is given;
    ``floor`` are modules that everybody has, programme or not. A module is ``valid`` for so long
    from the day it was done (``None``: for good). What was done before ``counts_since`` is too old
    to count (``None``: nothing is).
    """

    day: date
    began_on: date | None
    joiner_days: int
    days: Mapping[str, int]
    floor: frozenset[str] = frozenset()
    valid: timedelta | None = None
    counts_since: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The row of the latest ``round`` that somebody was given. ``ours``: a wave of this programme
    brought it, this ``wave``. What was done since ``counts_from`` is of this round.
    """

    given_on: date
    ours: bool
    withdrawn: bool = False
    wave: int | None = None
    round: int = 1
    counts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody on this day. ``opened_on`` is when the wave of their team opened; ``blocked``:
    something stands in the way there. ``begun`` and ``done`` are modules, in the latest round of
    each; what is done was begun, and was done last on ``done_on``. ``waived`` are those that would
    be wanted, but for an exemption.
    """

    reason: Reason
    wanted: tuple[str, ...] = ()
    waived: frozenset[str] = frozenset()
    joined_on: date | None = None
    placed_on: date | None = None
    opened_on: date | None = None
    blocked: bool = False
    held: Mapping[str, Held] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    done_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def done(self) -> frozenset[str]:
        """The modules that are done in their latest round."""
        return frozenset(self.done_on)

    def has(self, key: str) -> bool:
        """There is a row, and it holds."""
        return key in self.held and not self.held[key].withdrawn


@dataclass(frozen=True, slots=True)
class Gift:
    """A module that somebody gets, gets back, or has to do again in a later ``round``."""

    module_key: str
    due_on: date
    why: Why
    round: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """What was done to, or left of, one module (or the whole, when empty), and why."""

    module_key: str
    why: Why


@dataclass(frozen=True, slots=True)
class Decision:
    """All that follows for one person."""

    gifts: tuple[Gift, ...] = ()
    withdrawn: tuple[Note, ...] = ()
    kept: tuple[Note, ...] = ()
    skipped: tuple[Note, ...] = ()
    postponed: tuple[Note, ...] = ()


def decide(case: Case, terms: Terms) -> Decision:
    """What this person gets, loses, keeps and misses."""
    return Decision(
        gifts=tuple(_gifts(case, terms)),
        withdrawn=tuple(_withdrawn(case, terms)),
        kept=tuple(_kept(case, terms)),
        skipped=tuple(_skipped(case, terms)),
        postponed=tuple(_postponed(case, terms)),
    )


def _gifts(case: Case, terms: Terms) -> Iterator[Gift]:
    if case.blocked:
        return
    for key in missing(case, terms):
        if due_on := due(case, key, terms):
            later = int(_is_too_old(case, key, terms))
            yield Gift(key, due_on, _why(case, key, terms), _round(case, key) + later)
    for key in _ending(case, terms):
        yield Gift(key, _due_again(case, key, terms), Why.AGAIN, _round(case, key) + 1)


def missing(case: Case, terms: Terms) -> Iterator[str]:
    """What is wanted and was neither given nor done, or done too long ago."""
    for key in case.wanted:
        if _is_too_old(case, key, terms) or not (case.has(key) or key in case.done_on):
            yield key


def _is_too_old(case: Case, key: str, terms: Terms) -> bool:
    since = terms.counts_since
    return since is not None and key in case.done_on and case.done_on[key] < since


def _round(case: Case, key: str) -> int:
    """The latest; the first for who did it without being asked."""
    return case.held[key].round if key in case.held else 1


def _ending(case: Case, terms: Terms) -> Iterator[str]:
    """What is done and not valid any more, or soon. Who was never given it waits for the wave."""
    for key in case.wanted:
        if key in case.done_on and key in terms.days and _is_ending(case, key, terms):
            yield key


def _is_ending(case: Case, key: str, terms: Terms) -> bool:
    if terms.valid is None or _is_too_old(case, key, terms):
        return False
    opens_on = case.done_on[key] + terms.valid - min(WINDOW, terms.valid / 2)
    return opens_on <= terms.day and (case.has(key) or due(case, key, terms) is not None)


def _due_again(case: Case, key: str, terms: Terms) -> date:
    """The day on which it is not valid any more, and at least the days that the module is given."""
    assert terms.valid is not None
    fresh = terms.day + timedelta(days=terms.days[key])
    return max(case.done_on[key] + terms.valid, fresh)


def due(case: Case, key: str, terms: Terms) -> date | None:
    """The last day for a module that somebody gets now; ``None``: not now.

    A joiner has so many days from the first day. For the sake of a whole team together they wait
    for its wave, but no longer than leaves them the time that the module is given.
    """
    days = terms.days.get(key)
    if days is None or terms.began_on is None or case.joined_on is None:
        return None
    fresh = terms.day + timedelta(days=days)
    if case.joined_on <= terms.began_on:
        return fresh if case.opened_on else None
    last = case.joined_on + timedelta(days=terms.joiner_days)
    if case.opened_on or fresh >= last:
        return last if last > terms.day else fresh
    return None


def _why(case: Case, key: str, terms: Terms) -> Why:
    if _is_too_old(case, key, terms):
        return Why.TOO_OLD
    if key in case.held:
        return Why.BACK
    if _is_joiner(case, terms):
        return Why.JOINED
    if case.opened_on == terms.day:
        return Why.WAVE
    if case.placed_on and case.opened_on and case.placed_on > case.opened_on:
        return Why.MOVED
    return Why.RULE


def _is_joiner(case: Case, terms: Terms) -> bool:
    return bool(case.joined_on and terms.began_on and case.joined_on > terms.began_on)


def _ours(case: Case) -> Iterator[tuple[str, Held]]:
    return ((key, held) for key, held in sorted(case.held.items()) if held.ours and case.has(key))


def _stays(case: Case, key: str, terms: Terms) -> bool:
    """What was begun, and what everybody has, is left to somebody for whom it is no longer. Who is
    exempt need not go on: nobody is reminded of what need not be done.
    """
    kept = case.done if _is_exempt(case, key) else case.begun
    return key in kept or key in terms.floor


def _is_exempt(case: Case, key: str) -> bool:
    return case.reason is Reason.EXEMPT or key in case.waived


def _withdrawn(case: Case, terms: Terms) -> Iterator[Note]:
    for key, _held in _ours(case):
        if key not in case.wanted and not _stays(case, key, terms):
            yield Note(key, _why_not(case, key))


def _why_not(case: Case, key: str) -> Why:
    return Why.EXEMPT if _is_exempt(case, key) else OUT.get(case.reason, Why.NOT_FOR_THEM)


def _kept(case: Case, terms: Terms) -> Iterator[Note]:
    asked = {*_ending(case, terms), *missing(case, terms)}
    for key in case.wanted:
        if case.has(key) and not case.held[key].ours and key not in asked:
            yield Note(key, _spared(case, key, terms))
    for key, held in _ours(case):
        if key not in case.wanted:
            if _stays(case, key, terms) and key not in case.done_on:
                yield Note(key, Why.BEGUN if key in case.begun else Why.FOR_EVERYONE)
        elif case.placed_on and case.placed_on > held.given_on and key not in case.done_on:
            yield Note(key, Why.MOVED)


def _spared(case: Case, key: str, terms: Terms) -> Why:
    """Why nothing is asked of who has it, or did it, and not too long ago where that matters."""
    if terms.counts_since and key in case.done_on:
        return Why.DONE_LATELY
    return Why.HAD_ALREADY if case.has(key) else Why.DONE_ALREADY


def _skipped(case: Case, terms: Terms) -> Iterator[Note]:
    """Only where the team's wave is open: before that nobody is passed over."""
    if not case.opened_on:
        return
    if case.reason is not Reason.IN and not any(held.ours for held in case.held.values()):
        yield Note("", OUT[case.reason])
    asked = {*_ending(case, terms), *missing(case, terms)}
    for key in case.wanted:
        if key in case.done_on and not case.has(key) and key not in asked:
            yield Note(key, _spared(case, key, terms))
    for key in sorted(case.waived - case.held.keys()):
        yield Note(key, Why.EXEMPT)


def _postponed(case: Case, terms: Terms) -> Iterator[Note]:
    """What would be given now but for something in the way, and what a joiner waits for. Who waits
    for the first day of the wave, like all of the team, was not put off.
    """
    for key in missing(case, terms):
        if case.blocked and due(case, key, terms):
            yield Note(key, Why.BLOCKED)
        elif _is_joiner(case, terms) and key in terms.days and not due(case, key, terms):
            yield Note(key, Why.WAITS_FOR_TEAM)
    for key in _ending(case, terms) if case.blocked else ():
        yield Note(key, Why.BLOCKED)
