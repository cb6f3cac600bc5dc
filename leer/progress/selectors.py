"""Questions about progress. Steps, scores and outcomes are asked for by their owner only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from leer.accounts.models import User
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


# The page of every lesson asks this: one query, and SQL because building it would cost more than
# running it.
STANDING = """
    select module.*, array(
        select part.part_key from progress_partprogress part
        where part.user_id = module.user_id and part.module_key = module.module_key
        and part.completed_at is not null
    ) as part_keys
    from progress_moduleprogress module where module.user_id = %s and module.module_key = %s
"""


def standing_of(user: User, module_key: str) -> Standing:
    """Where this person is in a module, in one query. To write on what it says, hold the row
    (``held_module``) and read the parts after that.
    """
    row = next(iter(ModuleProgress.objects.raw(STANDING, [user.pk, module_key])), None)
    return Standing(row, frozenset(row.part_keys) if row else frozenset())


def parts_done(user: User, module_key: str) -> frozenset[str]:
    """The parts of a module that this person has done."""
    done = PartProgress.objects.filter(user=user, module_key=module_key, completed_at__isnull=False)
    return frozenset(done.values_list("part_key", flat=True))


def parts_done_by_module(user: User) -> dict[str, set[str]]:
    """The parts that this person has done, per module."""
    found: dict[str, set[str]] = {}
    for row in PartProgress.objects.filter(user=user, completed_at__isnull=False):
        found.setdefault(row.module_key, set()).add(row.part_key)
    return found


# Every page of a story or quiz asks the first, and every step the second: SQL, as above. When an
# attempt began may have been forgotten; when it ended never is.
LATEST = """
    select * from progress_attempt where user_id = %s and module_key = %s and part_key = %s
    order by ended_at desc nulls first, started_at desc nulls last limit 1
"""
HELD = """
    select * from progress_attempt
    where id = %s and user_id = %s and module_key = %s and part_key = %s and kind = %s
    for update
"""


def latest_attempt(user: User, module_key: str, part_key: str) -> Attempt | None:
    """The attempt that is open, or else the last one that ended."""
    return next(iter(Attempt.objects.raw(LATEST, [user.pk, module_key, part_key])), None)


def attempt_of(user: User, attempt_id: UUID, *, module_key: str, part_key: str) -> Attempt | None:
    """This person's attempt at this part, if it is one."""
    attempts = Attempt.objects.filter(user=user, module_key=module_key, part_key=part_key)
    return attempts.filter(pk=attempt_id).first()


def last_targets(user: User, module_key: str, part_key: str) -> frozenset[str]:
    """The passages at which this person's attempts at this story ended, as far as known."""
    ended = Attempt.objects.filter(
        user=user,
        module_key=module_key,
        part_key=part_key,
        kind=AttemptKind.SCENARIO,
        ended_at__isnull=False,
    )
    steps = ended.exclude(steps={}).values_list("steps", flat=True)
    return frozenset(taken[max(taken, key=int)]["target"] for taken in steps)


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

    Raises ``Attempt.DoesNotExist``, also for somebody else's and for one at another part: what
    was done there must not count here.
    """
    values = [attempt_id, user.pk, module_key, part_key, kind]
    found = next(iter(Attempt.objects.raw(HELD, values)), None)
    if found is None:
        raise Attempt.DoesNotExist
    return found


def held_module(user: User, module_key: str) -> ModuleProgress | None:
    """This person's row of one module, locked until the transaction ends: who finishes two
    parts at once finishes them one after the other.
    """
    rows = ModuleProgress.objects.select_for_update()
    return rows.filter(user=user, module_key=module_key).first()


def modules_of_people(
    user_ids: Iterable[int], module_keys: Collection[str]
) -> dict[tuple[int, str], ModuleProgress]:
    """Begun and done (class A, no more than that) for several people, in one query."""
    rows = ModuleProgress.objects.filter(user_id__in=user_ids, module_key__in=module_keys)
    return {(row.user_id, row.module_key): row for row in rows}
