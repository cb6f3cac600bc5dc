"""What counting costs: many attempts at one story, counted in one night. Needs a running Leer with
the demo, and leaves nothing behind: all of it is one transaction that is rolled back.

    nice uv run python -m tests.load.figures --data .leer --attempts 100000
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.load import django_here


def main() -> None:
    """Make attempts, count them, and say how long and how much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--attempts", type=int, default=100_000)
    options = parser.parse_args()
    django_here.enter(options.data)
    from django.db import transaction

    with transaction.atomic():
        _measure(options.attempts)
        transaction.set_rollback(True)


def _measure(number: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from leer.accounts.models import User
    from leer.monitoring.figures.stories import count_stories
    from leer.progress.models import Attempt

    for people in batched(range(number), 5000):
        User.objects.bulk_create(User(username=f"meting-{n}") for n in people)
    ids = User.objects.filter(username__startswith="meting-").values_list("pk", flat=True)
    for some in batched(_attempts(list(ids)), 5000):
        Attempt.objects.bulk_create(some)
    with connection.cursor() as cursor:
        cursor.execute("analyze progress_attempt")
    before, began = _memory(), time.monotonic()
    cpu = time.process_time()
    releases = count_stories(timezone.now())
    print(
        f"{number} attempts, {releases} releases: {time.monotonic() - began:.1f} s,"
        f" of which this process {time.process_time() - cpu:.1f} s;"
        f" memory {before} -> {_memory()} MB"
    )


def _attempts(users: list[int]) -> Iterator[Any]:
    """One each: a walk at random through the demo's story."""
    from django.utils import timezone

    from leer.progress.models import Attempt, AttemptKind
    from leer.scenarios import api as scenarios

    version = scenarios.live_version_id("een-oude-bekende")
    dice, began = random.Random(1), timezone.now() - timedelta(hours=2)
    walks = [_walk(scenarios.graph_of(version), dice) for _ in range(1000)]
    for user in users:
        yield Attempt(
            id=uuid4(),
            user_id=user,
            module_key="meting",
            part_key="meting",
            kind=AttemptKind.SCENARIO,
            version=version,
            steps=dice.choice(walks),
            started_at=began,
            ended_at=began + timedelta(hours=1),
        )


def _walk(story: Any, dice: random.Random) -> dict[str, dict[str, str]]:
    from leer.scenarios.api import engine

    state, steps = engine.begin(story), {}
    while open_ := engine.choices(story, state):
        target = dice.choice(open_).target
        steps[str(len(steps) + 1)] = {"scene": state.passage, "target": target}
        state = engine.choose(story, state, target)
    return steps


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
