"""Questions about progress. Steps, scores and outcomes are asked for by their owner only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count

from leer.accounts.models import User
from leer.core import sql
from leer.core.sql import RowQuery
from leer.progress.models import (
    Acknowledgement,
    Attempt,
    AttemptKind,
    CaseReading,
    ModuleProgress,
    PartProgress,
)


def stay_of(
    stays: Iterable[ModuleProgress], since: datetime | None = None
) -> ModuleProgress | None:
    """Which of somebody's stays in a module tells where they are, in the round that counts from
    this moment: what was done goes before what was begun, and the first before what came later.
    """
    counted = [row for row in stays if row.counts(since)]
    return min(counted, key=_order, default=None)


def _order(row: ModuleProgress) -> tuple[bool, bool, datetime]:
    moment = row.completed_at or row.started_at
    return row.completed_at is None, moment is None, moment or datetime.max.replace(tzinfo=UTC)


def latest_done(stays: Iterable[ModuleProgress]) -> ModuleProgress | None:
    """The stay in which somebody did a module last, if they ever did."""
    done = {row.completed_at: row for row in stays if row.completed_at}
    return done[max(done)] if done else None


def stays_of(user: User) -> dict[str, list[ModuleProgress]]:
    """This person's stays in each module that was ever begun, by key."""
    found: dict[str, list[ModuleProgress]] = {}
    for row in ModuleProgress.objects.filter(user=user, retracted=False):
        found.setdefault(row.module_key, []).append(row)
    return found


@dataclass(frozen=True)
class Standing:
    """Somebody's stays in a module (none: never begun), also what was retracted and counts for
    nothing; and when each part was done last.
    """

    stays: Sequence[ModuleProgress] = ()
    parts: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def row(self) -> ModuleProgress | None:
        """The stay that tells where they are."""
        return stay_of(self.stays)

    @property
    def is_done(self) -> bool:
        """They did the module."""
        return bool(self.row and self.row.completed_at)

    @property
    def parts_done(self) -> frozenset[str]:
        """The keys of the parts that are done."""
        return frozenset(self.parts)

    def since(self, moment: datetime | None) -> "Standing":
        """What counts of it in the round that counts from this moment."""
        if moment is None:
            return self
        parts = {key: at for key, at in self.parts.items() if at >= moment}
        return Standing([row for row in self.stays if row.counts(moment)], parts)


# The page of every lesson asks this.
STANDING = RowQuery(
    ModuleProgress,
    """
    select {columns}, part.keys, part.moments from progress_moduleprogress one, lateral (
        select coalesce(array_agg(part_key), '{}') as keys,
            coalesce(array_agg(latest_at), '{}') as moments
        from progress_partprogress part
        where part.user_id = one.user_id and part.module_key = one.module_key
        and part.latest_at is not null
    ) part
    where user_id = %s and module_key = %s
    """,
    "part_keys",
    "part_moments",
)


def standing_of(user: User, module_key: str) -> Standing:
    """Where this person is in a module, in one query, whatever the round. To write on what it
    says, hold the stays (``held_stays``) and read the parts after that.
    """
    rows = STANDING.all([user.pk, module_key])
    if not rows:
        return Standing()
    return Standing(rows, dict(zip(rows[0].part_keys, rows[0].part_moments, strict=True)))


PARTS = RowQuery(
    PartProgress,
    "select {columns} from progress_partprogress one where user_id = %s and module_key = %s",
)


def parts_of(user: User, module_key: str) -> dict[str, PartProgress]:
    """This person's rows of the parts of a module, by key."""
    return {row.part_key: row for row in PARTS.all([user.pk, module_key])}


def moments_of(parts: Mapping[str, PartProgress]) -> dict[str, datetime]:
    """When each of those that are done was done last."""
    return {key: row.latest_at for key, row in parts.items() if row.latest_at}


def done_among(parts: Mapping[str, PartProgress], since: datetime | None = None) -> frozenset[str]:
    """The keys of those that are done, in the round that counts from this moment."""
    return frozenset(key for key, row in parts.items() if row.counts(since))


def parts_by_module(user: User) -> dict[str, dict[str, PartProgress]]:
    """This person's rows of parts, per module and by key."""
    found: dict[str, dict[str, PartProgress]] = {}
    for row in PartProgress.objects.filter(user=user):
        found.setdefault(row.module_key, {})[row.part_key] = row
    return found


# Every page of a story or quiz asks the first, and every step the second. When an attempt began
# may have been forgotten; when it ended never is. Of one of which both are unknown no more is left
# than some steps: nobody can go on with it.
LATEST = RowQuery(
    Attempt,
    """
    select {columns} from progress_attempt one
    where user_id = %s and module_key = %s and part_key = %s
    and (started_at is not null or ended_at is not null)
    order by ended_at desc nulls first, started_at desc nulls last limit 1
    """,
)
HELD = RowQuery(
    Attempt,
    """
    select {columns} from progress_attempt one
    where id = %s and user_id = %s and module_key = %s and part_key = %s and kind = %s
    and started_at is not null
    for update
    """,
)
HELD_STAYS = RowQuery(
    ModuleProgress,
    """
    select {columns} from progress_moduleprogress one
    where user_id = %s and module_key = %s order by id for update
    """,
)


def latest_attempt(user: User, module_key: str, part_key: str) -> Attempt | None:
    """The attempt that is open, or else the last one that ended."""
    return LATEST.first([user.pk, module_key, part_key])


def attempt_of(user: User, attempt_id: UUID, *, module_key: str, part_key: str) -> Attempt | None:
    """This person's attempt at this part, if it is one."""
    attempts = Attempt.objects.filter(user=user, module_key=module_key, part_key=part_key)
    return attempts.filter(pk=attempt_id).first()


LAST_TARGETS = """
    select distinct (
        select step.value ->> 'target' from jsonb_each(steps) step
        order by step.key::int desc limit 1
    )
    from progress_attempt
    where user_id = %s and module_key = %s and part_key = %s and kind = %s
    and ended_at is not null and steps <> '{}'
"""


def last_targets(user: User, module_key: str, part_key: str) -> frozenset[str]:
    """The passages at which this person's attempts at this story ended, as far as known."""
    found = sql.rows(LAST_TARGETS, [user.pk, module_key, part_key, AttemptKind.SCENARIO])
    return frozenset(target for (target,) in found)


def questions_asked(user: User) -> list[str]:
    """The keys of the questions that this person was asked in any quiz; again when asked again, in
    the order of asking.
    """
    attempts = Attempt.objects.filter(user=user, kind=AttemptKind.QUIZ).order_by("started_at")
    return [
        step["question"]
        for attempt in attempts
        for _number, step in sorted(attempt.steps.items(), key=lambda item: int(item[0]))
    ]


def held_attempt(
    user: User, attempt_id: UUID, *, module_key: str, part_key: str, kind: AttemptKind
) -> Attempt:
    """This person's attempt at this part, locked until the transaction ends.

    Raises ``Attempt.DoesNotExist``, also for somebody else's, for one at another part (what was
    done there must not count here), and for one of which the beginning was forgotten: what it
    asks is not known any more.
    """
    found = HELD.first([attempt_id, user.pk, module_key, part_key, kind])
    if found is None:
        raise Attempt.DoesNotExist
    return found


def held_stays(user: User, module_key: str) -> list[ModuleProgress]:
    """This person's stays in one module, locked until the transaction ends: who finishes two
    parts at once finishes them one after the other. So the parts are read after this, not with it.
    """
    return HELD_STAYS.all([user.pk, module_key])


def stays_of_people(
    user_ids: Iterable[int], module_keys: Collection[str]
) -> dict[tuple[int, str], list[ModuleProgress]]:
    """Begun and done (class A, no more than that) for several people, in one query."""
    found: dict[tuple[int, str], list[ModuleProgress]] = {}
    for row in ModuleProgress.objects.filter(
        user_id__in=user_ids, module_key__in=module_keys, retracted=False
    ):
        found.setdefault((row.user_id, row.module_key), []).append(row)
    return found


def acknowledgements_of(user: User) -> dict[str, list[Acknowledgement]]:
    """What this person read and understood, by the key of the policy, the last version first."""
    return acknowledgements_of_people([user.pk]).get(user.pk, {})


def acknowledgements_of_people(
    user_ids: Iterable[int],
) -> dict[int, dict[str, list[Acknowledgement]]]:
    """The same (class A) for several people, in one query."""
    found: dict[int, dict[str, list[Acknowledgement]]] = {}
    rows = Acknowledgement.objects.filter(user_id__in=user_ids)
    for row in rows.order_by("-version", "acknowledged_at"):
        found.setdefault(row.user_id, {}).setdefault(row.policy_key, []).append(row)
    return found


def cases_read_by(user: User) -> dict[str, datetime]:
    """When this person first said that they read each case, by its key. For them only."""
    return dict(CaseReading.objects.filter(user=user).values_list("case_key", "read_at"))


def acknowledged_by_version(policy_key: str) -> dict[int, int]:
    """How many people acknowledged each version of a policy."""
    rows = Acknowledgement.objects.filter(policy_key=policy_key).order_by("version")
    return dict(rows.values_list("version").annotate(Count("user", distinct=True)))
