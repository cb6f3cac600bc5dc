"""What is mine: the data of *Mijn leren* and of a module's page, ready to show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.progress import api as progress
from leer.rollout import api as rollout


@dataclass(frozen=True)
class Again:
    """Why a module must be done once more: when it was done last, and for how many weeks that is
    valid (``None``: nobody says so any more); or what is new in it (``news``). ``proof_url`` is of
    that time.
    """

    done_on: date
    weeks: int | None
    proof_url: str
    news: str = ""


@dataclass(frozen=True)
class Mine:
    """One module as it stands for one person in the round that was asked last; ``again`` while they
    have to do it once more.
    """

    module: content.Module
    state: rollout.State
    due: date | None
    parts_done: frozenset[str]
    progress: progress.ModuleProgress | None
    again: Again | None = None

    @property
    def title(self) -> str:
        """The module's title."""
        return self.module.title

    @property
    def url(self) -> str:
        """The module's own page."""
        return reverse("delivery:module", args=[self.module.key])

    @property
    def proof_url(self) -> str | None:
        """The printable proof, once it is done."""
        done = self.state is rollout.State.DONE
        return reverse("delivery:proof", args=[self.module.key]) if done else None

    @property
    def started(self) -> bool:
        """Was begun at some time."""
        return bool(self.progress and self.progress.started_at)

    @property
    def done_elsewhere(self) -> bool:
        """What counts for it was done outside Leer."""
        return bool(self.progress and self.progress.elsewhere and self.progress.completed_at)

    @property
    def is_going_on(self) -> bool:
        """Was begun, is not done, and there is a part to go on with."""
        return self.started and self.current is not None and self.state is not rollout.State.DONE

    @property
    def can_round_off(self) -> bool:
        """Every part is done but the module is not: the open part was taken away."""
        return self.started and self.current is None and self.state is not rollout.State.DONE

    @property
    def overdue(self) -> bool:
        """Past its day, and not done."""
        return self.state is rollout.State.OVERDUE

    @property
    def completed_on(self) -> date | None:
        """The day it was done."""
        moment = self.progress.completed_at if self.progress else None
        return timezone.localdate(moment) if moment else None

    @property
    def current(self) -> content.Part | None:
        """The first part that is not done."""
        return next((p for p in self.module.parts if p.key not in self.parts_done), None)

    @property
    def continue_url(self) -> str:
        """Where to go on: the first open part, or the module's page before the beginning."""
        if self.started and self.current:
            return reverse("delivery:part", args=[self.module.key, self.current.key])
        return self.url

    @property
    def parts_total(self) -> int:
        """How many parts there are."""
        return len(self.module.parts)

    @property
    def parts_done_count(self) -> int:
        """How many of today's parts are done."""
        return sum(part.key in self.parts_done for part in self.module.parts)

    @property
    def minutes(self) -> int:
        """The time that the open parts take."""
        return sum(p.minutes for p in self.module.parts if p.key not in self.parts_done)

    def rows(self) -> list[dict[str, Any]]:
        """The parts, for the module's page."""
        return [
            {
                "part": part,
                "url": reverse("delivery:part", args=[self.module.key, part.key]),
                "done": part.key in self.parts_done,
                "current": self.started and part == self.current,
            }
            for part in self.module.parts
        ]


def everything_of(user: User) -> list[Mine]:
    """Every module that was assigned to this person or begun by them, first due first. Not what
    they began and what was then taken back by hand.
    """
    modules = content.modules()
    begun = progress.stays_of(user)
    parts = progress.parts_by_module(user)
    given = {row.module_key: row for row in rollout.assignments_of(user)}
    loose = [key for key in begun if key not in given]
    undone = {key for key in loose if not progress.latest_done(begun[key])}
    gone = rollout.taken_back_from(user) & undone if undone else frozenset()
    keys = [key for key in (*given, *loose) if key in modules and key not in gone]
    return [
        _mine(
            modules[key],
            given.get(key),
            progress.Standing(begun.get(key, ()), progress.moments_of(parts.get(key, {}))),
        )
        for key in keys
    ]


@dataclass(frozen=True)
class NeedNot:
    """What somebody need not do: a programme, or one module of it; why, and until when."""

    programme: str
    module: str
    reason: str
    until: date | None


def need_not_of(user: User) -> list[NeedNot]:
    """The exemptions of this person."""
    rows = rollout.exemptions_of(user)
    live = content.modules() if rows else {}
    return [
        NeedNot(
            programme=row.programme.title,
            module=live[row.module_key].title if row.module_key in live else row.module_key,
            reason=row.reason,
            until=row.until,
        )
        for row in rows
    ]


def one_of(user: User, module: content.Module) -> Mine:
    """One module as it stands for this person."""
    assignment = rollout.assignment_of(user, module.key)
    return _mine(module, assignment, progress.standing_of(user, module.key))


def _mine(
    module: content.Module, assignment: rollout.Assignment | None, ever: progress.Standing
) -> Mine:
    standing = ever.since(assignment.counts_from if assignment else None)
    due = assignment.due_on if assignment else None
    state = rollout.state_of(due, standing.row, timezone.localdate())
    again = None if standing.is_done else _again(assignment, ever)
    return Mine(module, state, due, standing.parts_done, standing.row, again)


def _again(assignment: rollout.Assignment | None, ever: progress.Standing) -> Again | None:
    last = progress.latest_done(ever.stays)
    if last is None or last.completed_at is None or assignment is None:
        return None
    done_on = timezone.localdate(last.completed_at)
    news = assignment.renewal.news if assignment.renewal else ""
    return Again(done_on, rollout.weeks_valid(assignment), _proof_url(last), news)


@dataclass(frozen=True)
class Proof:
    """That somebody did a module: when, which version of it, and under which number."""

    done_on: date
    version: str
    number: str
    url: str
    elsewhere: bool = False


def proofs_of(user: User, module: content.Module) -> list[Proof]:
    """One for each time that this person did the module, the last one first."""
    stays = progress.standing_of(user, module.key).stays
    done = ((row.completed_at, row) for row in stays if row.completed_at)
    return [
        Proof(
            done_on=timezone.localdate(moment),
            version=row.completed_version,
            number=str(row.registration),
            url=_proof_url(row),
            elsewhere=row.elsewhere,
        )
        for moment, row in sorted(done, key=lambda pair: pair[0], reverse=True)
    ]


def _proof_url(row: progress.ModuleProgress) -> str:
    page = reverse("delivery:proof", args=[row.module_key])
    return f"{page}?nummer={row.registration}"
