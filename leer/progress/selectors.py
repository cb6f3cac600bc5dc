"""Questions about progress. Steps, scores and outcomes are asked for by their owner only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from leer.accounts.models import User
from leer.core import sql
from leer.core.sql import RowQuery
from leer.progress.models import Attempt, AttemptKind, ModuleProgress, PartProgress


def modules_of(user: User) -> dict[str, ModuleProgress]:
    """This person's modules that were ever begun, by key."""
    return {row.module_key: row for row in ModuleProgress.objects.filter(user=user)}


def module_of(user: User, module_key: str) -> ModuleProgress | None:
    """This person's row of one module."""
    return ModuleProgress.objects.filter(user=user, module_key=module_key).first()


@dataclass(frozen=True)
class Standing:
    """Where somebody is in a module: their row (``None``: never begun) and the parts done."""

    row: ModuleProgress | None
    parts_done: frozenset[str]


# The page of every lesson asks this.
STANDING = RowQuery(
    ModuleProgress,
    """
    select {columns}, array(
        select part.part_key from progress_partprogress part
        where part.user_id = one.user_id and part.module_key = one.module_key
        and part.completed_at is not null
    )
    from progress_moduleprogress one where user_id = %s and module_key = %s
    """,
    "part_keys",
)


def standing_of(user: User, module_key: str) -> Standing:
    """Where this person is in a module, in one query. To write on what it says, hold the row
    (``held_module``) and read the parts after that.
    """
    row = STANDING.first([user.pk, module_key])
    return Standing(row, frozenset(row.part_keys) if row else frozenset())


PARTS = RowQuery(
    PartProgress,
    "select {columns} from progress_partprogress one where user_id = %s and module_key = %s",
)


def parts_of(user: User, module_key: str) -> dict[str, PartProgress]:
    """This person's rows of the parts of a module, by key."""
    return {row.part_key: row for row in PARTS.all([user.pk, module_key])}


def parts_done(user: User, module_key: str) -> frozenset[str]:
    """The parts of a module that this person has done."""
    return done_among(parts_of(user, module_key))


def done_among(parts: Mapping[str, PartProgress]) -> frozenset[str]:
    """The keys of those that are done."""
    return frozenset(key for key, row in parts.items() if row.completed_at)


def parts_done_by_module(user: User) -> dict[str, set[str]]:
    """The parts that this person has done, per module."""
    found: dict[str, set[str]] = {}
    for row in PartProgress.objects.filter(user=user, completed_at__isnull=False):
        found.setdefault(row.module_key, set()).add(row.part_key)
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
HELD_MODULE = RowQuery(
    ModuleProgress,
    """
    select {columns} from progress_moduleprogress one
    where user_id = %s and module_key = %s for update
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


def held_module(user: User, module_key: str) -> ModuleProgress | None:
    """This person's row of one module, locked until the transaction ends: who finishes two
    parts at once finishes them one after the other. So the parts are read after this, not with it.
    """
    return HELD_MODULE.first([user.pk, module_key])


def modules_of_people(
    user_ids: Iterable[int], module_keys: Collection[str]
) -> dict[tuple[int, str], ModuleProgress]:
    """Begun and done (class A, no more than that) for several people, in one query."""
    rows = ModuleProgress.objects.filter(user_id__in=user_ids, module_key__in=module_keys)
    return {(row.user_id, row.module_key): row for row in rows}
