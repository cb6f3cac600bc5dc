"""From facts to rows. The same functions serve the write path and the rebuild.

Every rule takes the earliest moment of a fact (or both the earliest and the latest) and files a
stay under its registration and a step under its number, so that the result does not depend on the
order in which facts arrive, nor on how often.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import singledispatch
from itertools import pairwise, zip_longest
from typing import Protocol
from uuid import UUID

from leer.progress.events import (
    CaseRead,
    ChoiceMade,
    CompletionRetracted,
    Event,
    Fact,
    LessonCompleted,
    ModuleCompleted,
    ModuleSatisfied,
    ModuleStarted,
    PolicyAcknowledged,
    QuestionAnswered,
    QuizCompleted,
    QuizStarted,
    ScenarioEnded,
    ScenarioStarted,
)
from leer.progress.models import (
    Acknowledgement,
    Attempt,
    AttemptKind,
    CaseReading,
    ModuleProgress,
    PartProgress,
)
from leer.progress.saving import Change, save


class Rows(Protocol):
    """Where rows come from: the database (write path) or memory (rebuild)."""

    def module(self, event: Event) -> ModuleProgress:
        """The row of this actor's stay in the module, new if there was none."""

    def part(self, event: Event, part: str) -> PartProgress:
        """The row of this actor and part, new if there was none."""

    def attempt(self, event: Event, part: str, kind: AttemptKind) -> Attempt:
        """The row of this registration, new if there was none."""

    def acknowledgement(self, event: PolicyAcknowledged) -> Acknowledgement:
        """The row of this actor and text, new if there was none."""

    def reading(self, event: CaseRead) -> CaseReading:
        """The row of this actor and case, new if there was none."""


@singledispatch
def project(event: Fact, rows: Rows) -> None:
    """Apply one event. Events that no rule is about change nothing."""


@project.register
def _(event: ModuleStarted, rows: Rows) -> None:
    row = rows.module(event)
    if not row.retracted:
        row.started_at = _earliest(row.started_at, event.at)


@project.register
def _(event: ModuleCompleted, rows: Rows) -> None:
    row = rows.module(event)
    if row.retracted:
        return
    if row.completed_at is None or event.at < row.completed_at:
        row.completed_at, row.completed_version = event.at, event.version


@project.register
def _(event: ModuleSatisfied, rows: Rows) -> None:
    row = rows.module(event)
    row.elsewhere = True
    if not row.retracted:
        row.completed_at = _earliest(row.completed_at, event.at)


@project.register
def _(event: CompletionRetracted, rows: Rows) -> None:
    row = rows.module(event)
    row.retracted, row.started_at, row.completed_at, row.completed_version = True, None, None, ""


@project.register
def _(event: LessonCompleted, rows: Rows) -> None:
    _part_done(rows, event, event.part)


@project.register
def _(event: QuizStarted, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.QUIZ)
    _attempt_began(row, event)
    row.drawn = list(event.drawn)


@project.register
def _(event: QuestionAnswered, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.QUIZ)
    row.steps[str(event.step)] = {
        "question": event.question,
        "response": list(event.response),
        "scaled": event.scaled,
        "success": event.success,
    }


@project.register
def _(event: QuizCompleted, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.QUIZ)
    row.ended_at, row.score = _earliest(row.ended_at, event.at), event.scaled
    _part_done(rows, event, event.part)


@project.register
def _(event: ScenarioStarted, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.SCENARIO)
    _attempt_began(row, event)
    taken = list(pairwise(event.given))
    for step, (scene, target) in enumerate(taken, start=1):
        row.steps[str(step)] = {"scene": scene, "target": target}
    row.given_steps = len(taken)


@project.register
def _(event: ChoiceMade, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.SCENARIO)
    row.steps[str(event.step)] = {"scene": event.scene, "target": event.target}


@project.register
def _(event: ScenarioEnded, rows: Rows) -> None:
    row = rows.attempt(event, event.part, AttemptKind.SCENARIO)
    row.ended_at, row.outcome = _earliest(row.ended_at, event.at), event.outcome
    if event.enough:
        _part_done(rows, event, event.part)


@project.register
def _(event: PolicyAcknowledged, rows: Rows) -> None:
    row = rows.acknowledgement(event)
    row.acknowledged_at = _earliest(row.acknowledged_at, event.at)


@project.register
def _(event: CaseRead, rows: Rows) -> None:
    row = rows.reading(event)
    row.read_at = _earliest(row.read_at, event.at)


def _attempt_began(row: Attempt, event: Event) -> None:
    row.version = event.version
    row.started_at = _earliest(row.started_at, event.at)


def _part_done(rows: Rows, event: Event, part: str) -> None:
    row = rows.part(event, part)
    row.completed_at = _earliest(row.completed_at, event.at)
    row.latest_at = max(row.latest_at or event.at, event.at)


def _earliest(known: datetime | None, new: datetime) -> datetime:
    return new if known is None else min(known, new)


class MemoryRows:
    """Rows that begin empty: for a rebuild. ``user_ids`` maps actor names to users."""

    def __init__(self, user_ids: dict[UUID, int]) -> None:
        self._user_ids = user_ids
        self.modules: dict[tuple[int, str, UUID], ModuleProgress] = {}
        self.parts: dict[tuple[int, str, str], PartProgress] = {}
        self.attempts: dict[UUID, Attempt] = {}
        self.acknowledgements: dict[tuple[int, str, str, str], Acknowledgement] = {}
        self.readings: dict[tuple[int, str], CaseReading] = {}

    def module(self, event: Event) -> ModuleProgress:
        """The row of this actor's stay in the module."""
        user_id = self._user_ids[event.actor]
        key = (user_id, event.module, event.registration)
        return _kept(self.modules, key, lambda: new_module(event, user_id))

    def part(self, event: Event, part: str) -> PartProgress:
        """The row of this actor and part."""
        user_id = self._user_ids[event.actor]
        key = (user_id, event.module, part)
        return _kept(self.parts, key, lambda: new_part(event, part, user_id))

    def attempt(self, event: Event, part: str, kind: AttemptKind) -> Attempt:
        """The row of this registration."""
        user_id = self._user_ids[event.actor]
        return _kept(
            self.attempts, event.registration, lambda: new_attempt(event, part, kind, user_id)
        )

    def acknowledgement(self, event: PolicyAcknowledged) -> Acknowledgement:
        """The row of this actor and text."""
        user_id = self._user_ids[event.actor]
        key = (user_id, event.policy, event.version, event.sha256)
        return _kept(self.acknowledgements, key, lambda: new_acknowledgement(event, user_id))

    def reading(self, event: CaseRead) -> CaseReading:
        """The row of this actor and case."""
        user_id = self._user_ids[event.actor]
        return _kept(self.readings, (user_id, event.case), lambda: new_reading(event, user_id))

    def knows(self, event: Fact) -> bool:
        """Whether the actor is a person of ours."""
        return event.actor in self._user_ids


class DatabaseRows:
    """Rows of one person, fetched when first needed and saved at the end.

    ``attempt`` and ``stays`` (all that there are in the module) may be given when the caller holds
    them already (locked), and ``parts`` when it read those of the module (all, by key).
    """

    def __init__(
        self,
        user_id: int,
        attempt: Attempt | None = None,
        parts: Mapping[str, PartProgress] | None = None,
        stays: Collection[ModuleProgress] = (),
    ) -> None:
        self._user_id = user_id
        self._stays = stays
        self._parts = parts
        self._modules: dict[tuple[str, UUID], Change[ModuleProgress]] = {}
        self._parts_touched: dict[tuple[str, str], Change[PartProgress]] = {}
        self._attempts: dict[UUID, Change[Attempt]] = {}
        self._acknowledgements: dict[tuple[str, str, str], Change[Acknowledgement]] = {}
        self._readings: dict[str, Change[CaseReading]] = {}
        if attempt is not None:
            self._attempts[attempt.id] = Change(attempt)

    def module(self, event: Event) -> ModuleProgress:
        """From the database, or new."""
        return _kept(
            self._modules,
            (event.module, event.registration),
            lambda: Change(self._found_module(event) or new_module(event, self._user_id)),
        ).row

    def part(self, event: Event, part: str) -> PartProgress:
        """From the database, or new."""
        return _kept(
            self._parts_touched,
            (event.module, part),
            lambda: Change(self._found_part(event, part) or new_part(event, part, self._user_id)),
        ).row

    def attempt(self, event: Event, part: str, kind: AttemptKind) -> Attempt:
        """From the database, or new."""
        return _kept(
            self._attempts,
            event.registration,
            lambda: Change(
                Attempt.objects.filter(id=event.registration).first()
                or new_attempt(event, part, kind, self._user_id)
            ),
        ).row

    def acknowledgement(self, event: PolicyAcknowledged) -> Acknowledgement:
        """From the database, or new."""
        return _kept(
            self._acknowledgements,
            (event.policy, event.version, event.sha256),
            lambda: Change(
                self._found_acknowledgement(event) or new_acknowledgement(event, self._user_id)
            ),
        ).row

    def reading(self, event: CaseRead) -> CaseReading:
        """From the database, or new."""
        return _kept(
            self._readings,
            event.case,
            lambda: Change(self._found_reading(event) or new_reading(event, self._user_id)),
        ).row

    def save(self) -> None:
        """Write what is new or changed: one of each table together, so mostly all at once."""
        tables = (
            self._modules.values(),
            self._parts_touched.values(),
            self._attempts.values(),
            self._acknowledgements.values(),
            self._readings.values(),
        )
        for together in zip_longest(*tables):
            save([one for one in together if one])

    def _found_module(self, event: Event) -> ModuleProgress | None:
        lookup = {"user_id": self._user_id, "module_key": event.module}
        held = (row for row in self._stays if row.registration == event.registration)
        if self._stays:
            return next(held, None)
        return ModuleProgress.objects.filter(**lookup, registration=event.registration).first()

    def _found_part(self, event: Event, part: str) -> PartProgress | None:
        if self._parts is not None:
            return self._parts.get(part)
        lookup = {"user_id": self._user_id, "module_key": event.module, "part_key": part}
        return PartProgress.objects.filter(**lookup).first()

    def _found_acknowledgement(self, event: PolicyAcknowledged) -> Acknowledgement | None:
        lookup = {"policy_key": event.policy, "version": event.version, "sha256": event.sha256}
        return Acknowledgement.objects.filter(user_id=self._user_id, **lookup).first()

    def _found_reading(self, event: CaseRead) -> CaseReading | None:
        return CaseReading.objects.filter(user_id=self._user_id, case_key=event.case).first()


def new_module(event: Event, user_id: int) -> ModuleProgress:
    """An empty row for this person and module."""
    return ModuleProgress(user_id=user_id, module_key=event.module, registration=event.registration)


def new_part(event: Event, part: str, user_id: int) -> PartProgress:
    """An empty row for this person and part."""
    return PartProgress(user_id=user_id, module_key=event.module, part_key=part)


def new_attempt(event: Event, part: str, kind: AttemptKind, user_id: int) -> Attempt:
    """An empty attempt."""
    return Attempt(
        id=event.registration,
        user_id=user_id,
        module_key=event.module,
        part_key=part,
        kind=kind,
        version=event.version,
        steps={},
    )


def new_acknowledgement(event: PolicyAcknowledged, user_id: int) -> Acknowledgement:
    """An empty row for this person and text."""
    return Acknowledgement(
        user_id=user_id,
        policy_key=event.policy,
        version=int(event.version),
        sha256=event.sha256,
    )


def new_reading(event: CaseRead, user_id: int) -> CaseReading:
    """An empty row for this person and case."""
    return CaseReading(user_id=user_id, case_key=event.case)


def _kept[K, V](store: dict[K, V], key: K, make: Callable[[], V]) -> V:
    if key not in store:
        store[key] = make()
    return store[key]
