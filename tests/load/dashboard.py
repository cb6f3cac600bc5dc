"""What the dashboard of a programme costs with few teams and with many: processor time of the web
process for one page, queries, and counting a day. Needs a running Leer with the demo, and leaves
nothing behind: all of it is one transaction that is rolled back.

    nice uv run python -m tests.load.dashboard --data .leer --teams 60 10000
"""

import argparse
import random
import statistics
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.load import django_here

REGIONS = tuple(f"Regio {number:02}" for number in range(1, 13))
WEEKS, COUNTED, A_TEAM, PAGES = 52, 30, 10, 30
NAMES = ("programme", "programme_csv", "programme_rows", "programme_planning")


def main() -> None:
    """Make teams, count, and ask the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teams", type=int, nargs="+", default=[60, 10_000])
    options = parser.parse_args()
    django_here.enter(options.data)
    from django.db import transaction

    for number in options.teams:
        with transaction.atomic():
            _measure(number)
            transaction.set_rollback(True)


def _measure(number: int) -> None:
    from leer.monitoring.exposure.counting import count_day

    programme = _programme(number)
    spent = []
    for week in range(-1, COUNTED):
        began = time.process_time()
        count_day(programme, programme.starts_on + timedelta(weeks=week, days=6))
        spent.append(time.process_time() - began)
    print(f"{number} teams: a day is counted in {statistics.median(spent):.2f} s of processor time")
    for name in NAMES:
        print(f"  {name}: {_page(programme, name)}")


def _page(programme: Any, name: str) -> str:
    """The median of many requests, after one that fills the caches."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from leer.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(
        User.objects.get(username="programma"), backend="leer.accounts.backends.RoleBackend"
    )
    url = reverse(f"monitoring:{name}", args=[programme.public_id])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
        asked = len(queries)
    spent = []
    for _ in range(PAGES):
        began = time.process_time()
        answer = client.get(url)
        spent.append(1000 * (time.process_time() - began))
    size = len(answer.content) // 1024
    return f"{statistics.median(spent):.0f} ms, {asked} queries, {size} KB"


# What there is ----------------------------------------------------------------------------------
def _programme(number: int) -> Any:
    from django.utils import timezone

    from leer.accounts.models import User
    from leer.rollout.models import (
        AudienceRule,
        BandDeadline,
        Booking,
        PlanState,
        Programme,
        ProgrammeItem,
        ProgrammeState,
        RolloutPlan,
    )

    by = User.objects.get(username="programma")
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    made = Programme.objects.create(
        title="Meting",
        starts_on=monday - timedelta(weeks=COUNTED),
        weeks=WEEKS,
        state=ProgrammeState.RUNNING,
        created_by=by,
    )
    ProgrammeItem.objects.create(programme=made, module_key="meting")
    AudienceRule.objects.create(programme=made, regions=list(REGIONS))
    for band, week in (("very_high", 8), ("high", 20), ("medium", 40)):
        BandDeadline.objects.create(programme=made, band=band, week=week)
    teams = _teams(number, made.starts_on, by)
    moment = _noon(made.starts_on - timedelta(days=10))
    plan = RolloutPlan.objects.create(
        programme=made,
        number=1,
        method="greedy",
        risk_on=made.starts_on,
        input={},
        output={"shortages": []},
        made_at=moment,
        state=PlanState.ADOPTED,
        adopted_at=moment,
    )
    dice = random.Random(2)
    bookings = [
        Booking(plan=plan, team_id=team, week=dice.randrange(WEEKS), people=A_TEAM // 2)
        for team in teams
        for _ in range(2)
    ]
    Booking.objects.bulk_create(bookings, batch_size=5000)
    return made


def _teams(number: int, begins: date, by: Any) -> list[int]:
    """Teams of ten, each with a profile; half of their people done on some day."""
    from django.db import connection

    from leer.accounts.models import User
    from leer.organisation.models import JobFunction, Membership, Team
    from leer.progress.models import ModuleProgress
    from leer.risk.models import RiskProfile, State
    from leer.risk.scoring.algorithm import CHOSEN

    dice = random.Random(1)
    teams = Team.objects.bulk_create(
        Team(external_id=f"meting-{n}", name=f"Team {n:05}", region=dice.choice(REGIONS))
        for n in range(number)
    )
    second = User.objects.exclude(pk=by.pk).order_by("pk").first()
    at = _noon(begins - timedelta(days=30))
    RiskProfile.objects.bulk_create(
        RiskProfile(
            team=team,
            number=1,
            state=State.APPROVED,
            proposed_by=by,
            proposed_at=at,
            decided_by=second,
            decided_at=at,
            review_due_on=begins + timedelta(days=400),
            **{factor.value: dice.randint(0, 4) for factor in CHOSEN},
        )
        for team in teams
    )
    functions = list(JobFunction.objects.all())
    for some in batched(teams, 500):
        users = User.objects.bulk_create(
            User(username=f"meting-{team.pk}-{n}", actor_name=uuid4())
            for team in some
            for n in range(A_TEAM)
        )
        Membership.objects.bulk_create(
            Membership(
                user=user,
                team=some[place // A_TEAM],
                job_function=dice.choice(functions),
                valid_from=begins - timedelta(days=dice.randint(-100, 900)),
            )
            for place, user in enumerate(users)
        )
        ModuleProgress.objects.bulk_create(
            ModuleProgress(
                user=user,
                module_key="meting",
                registration=uuid4(),
                started_at=_noon(begins),
                completed_at=_noon(begins + timedelta(days=dice.randrange(7 * COUNTED))),
            )
            for user in users
            if dice.random() < 0.5
        )
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return [team.pk for team in teams]


def _noon(day: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(day, clock(12)))


if __name__ == "__main__":
    main()
