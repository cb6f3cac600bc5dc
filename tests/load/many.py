"""What pages about many people cost, with few people in the organisation and with a million: the
page of a team, of the teams below, of the whole organisation. Processor time of the web process and
of its PostgreSQL together, queries, and what it takes to count all of them, to write one completion
and to give a wave of a hundred thousand people its module. Starts a PostgreSQL of its own in a
folder, makes each organisation there with SQL, and leaves nothing behind.

    nice uv run python -m tests.load.many --people 10 10000 1000000
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

PAGES, WRITES, WAVE, PORTION, A_TEAM, A_REGION = 40, 200, 100_000, 1000, 10, 12
MODULES = ("meting-1", "meting-2", "meting-3")
BACKEND = "leer.accounts.backends.RoleBackend"
TICKS = os.sysconf("SC_CLK_TCK")
# Moodle's completion report on the same kind of machine (peers.md of the design notes).
MOODLE = {"group of 25": 310.0, "all 5,000": 7100.0}


def main() -> None:
    """Make a template, and for each size a copy of it that is filled and measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10, 10_000, 1_000_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _enter()
        print(json.dumps(_measure(options.one)))
        return
    folder = Path(tempfile.mkdtemp(prefix="leer-many-"))
    try:
        _print_table([_in_a_database(folder, number) for number in options.people])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_a_database(folder: Path, number: int) -> dict[str, Any]:
    """In a process of its own, so that nothing of another size is warm."""
    from leer.core import embedded

    data = folder / str(number)
    data.mkdir()
    server = embedded.start_postgres(data)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "leer.settings.test",
        "DATABASE_URL": embedded.database_url(data),
        "LEER_DATA": str(data),
        "LEER_MEDIA": str(data / "media"),
        "LEER_STATIC": str(data / "static"),
    }
    command = [sys.executable, "-m", "tests.load.many", "--one", str(number)]
    try:
        told = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    finally:
        embedded.stop_postgres(server)
        shutil.rmtree(data, ignore_errors=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def _enter() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


# Making -------------------------------------------------------------------------------------------
# The whole organisation is a team above; regions are teams below it, and the teams are below those.
ORGANISATION = """
    set session_replication_role = replica;  -- no triggers: all is counted afterwards, at once
    insert into organisation_jobfunction (external_id, name, high_risk) values ('f', 'f', false);
    insert into organisation_team (public_id, external_id, name, region, active)
        values (gen_random_uuid(), 'top', 'Dienst', '', true);
    insert into organisation_team (public_id, external_id, name, region, active, parent_id)
        select gen_random_uuid(), 'r' || n, 'Regio ' || n, 'Regio ' || n, true, top.id
        from generate_series(0, {regions} - 1) n, organisation_team top
        where top.external_id = 'top';
    insert into organisation_team (public_id, external_id, name, region, active, parent_id)
        select gen_random_uuid(), 't' || n, 'Team ' || n, above.region, true, above.id
        from generate_series(0, {teams} - 1) n
        join organisation_team above on above.external_id = 'r' || (n % {regions});
    insert into accounts_user (
        password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
        date_joined, actor_name, external_id
    )
        select '', false, 'p' || n, 'Sam', 'Voorbeeld ' || n, '', false, true, now(),
            gen_random_uuid(), 'p' || n
        from generate_series(0, {people} - 1) n;
    insert into organisation_membership (user_id, team_id, job_function_id, valid_from)
        select person.id, team.id, f.id, current_date - 900
        from accounts_user person
        join organisation_team team
            on team.external_id = 't' || (substr(person.username, 2)::int / {a_team})
        cross join organisation_jobfunction f
        where person.username ~ '^p[0-9]+$';
    insert into rollout_assignment
        (user_id, module_key, round, due_on, reason, assigned_at)
        select person.id, key, 1, current_date - 30 + mod(person.id, 90)::int, 'meting', now()
        from accounts_user person, unnest(%s::text[]) key where person.username ~ '^p[0-9]+$';
    insert into progress_moduleprogress
        (user_id, module_key, registration, started_at, completed_at, completed_version, elsewhere,
            retracted)
        select user_id, module_key, gen_random_uuid(), now() - interval '9 days',
            case when user_id % 4 < 2 then now() - interval '8 days' end, '', false, false
        from rollout_assignment where user_id % 4 < 3;
    reset session_replication_role;
"""


def _organisation(number: int) -> None:
    from django.db import connection

    teams = max(1, number // A_TEAM)
    values = {"people": number, "teams": teams, "regions": min(A_REGION, teams), "a_team": A_TEAM}
    with connection.cursor() as cursor:
        for statement in ORGANISATION.format(**values).split(";\n"):
            if statement.strip():
                cursor.execute(statement, [list(MODULES)] if "%s" in statement else None)
        cursor.execute("analyze")


def _counted() -> None:
    from importlib import import_module

    from django.db import connection
    from django.utils import timezone

    from leer.monitoring.counts.folding import fold

    with connection.cursor() as cursor:
        cursor.execute(import_module("leer.monitoring.migrations.0004_counts").COUNT_ALL)
        fold(timezone.localdate())
        cursor.execute("vacuum analyze")


# Measuring ----------------------------------------------------------------------------------------
def _measure(number: int) -> dict[str, Any]:
    from leer.accounts.api import Role
    from tests.support import council
    from tests.support import factories_content as make

    council.decide_everything()
    for key in MODULES:
        make.module(key, parts=False)
    made = _seconds(lambda: _organisation(number))
    counted = _seconds(_counted)
    leader, chief = (make.user_with(Role.EMPLOYEE, Role.MANAGER, name=n) for n in ("a", "b"))
    programme = make.user_with(Role.EMPLOYEE, Role.PROGRAMME, name="c")
    team, region = _led(leader, "t0"), _led(chief, "r0")
    return {
        "people": number,
        "made": made,
        "counted": counted,
        "team": _page(leader, "monitoring:team", team.public_id),
        "below": _page(chief, "monitoring:below", region.public_id),
        "whole": _page(programme, "monitoring:whole"),
        "write": _writes(number),
        "wave": _wave(),
    }


def _led(user: Any, external_id: str) -> Any:
    from leer.organisation.models import Leadership, Team

    team = Team.objects.get(external_id=external_id)
    Leadership.objects.create(user=user, team=team, valid_from="2020-01-01")
    return team


def _page(user: Any, name: str, *arguments: Any) -> dict[str, float]:
    """The median of many requests, after some that fill the caches."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, url = Client(), reverse(name, args=arguments)
    client.force_login(user, backend=BACKEND)
    for _ in range(3):
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
        asked = len(queries)
    web, database = _spent(lambda: client.get(url), PAGES)
    return {"queries": asked, "web": web, "database": database}


def _writes(number: int) -> dict[str, float]:
    """Somebody begins a module that they were assigned."""
    from leer.accounts.models import User
    from leer.progress.models import ModuleProgress

    people = iter(list(User.objects.filter(username__startswith="p").order_by("-pk")[:WRITES]) * 99)

    def begin() -> None:
        ModuleProgress.objects.create(
            user=next(people), module_key="meting-1", registration=uuid4()
        )

    return _with_and_without(lambda: sum(_spent(begin, min(WRITES, 10 * number))))


def _wave() -> dict[str, float]:
    """At most so many people get one more module: all of them, in milliseconds."""
    from django.utils import timezone

    from leer.accounts.models import User
    from leer.rollout.giving import Grant, give

    now = timezone.now()
    people = User.objects.filter(username__startswith="p").values_list("pk", flat=True)
    grants = [Grant(pk, "meting-4", now.date()) for pk in people.order_by("pk")[:WAVE]]

    def given() -> float:
        portions = (grants[n : n + PORTION] for n in range(0, len(grants), PORTION))
        return 1000 * _seconds(lambda: [give(one, reason="meting", at=now) for one in portions])

    return _with_and_without(given) | {"people": len(grants)}


def _with_and_without(work: Callable[[], float]) -> dict[str, float]:
    """What it costs with the triggers that count and keep a record, and without; nothing stays."""
    from django.db import connection, transaction

    def spent() -> float:
        with transaction.atomic():
            found = work()
            transaction.set_rollback(True)
        return found

    counted = spent()
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        plain = spent()
        cursor.execute("reset session_replication_role")
    return {"counted": counted, "plain": plain}


def _spent(work: Callable[[], Any], times: int) -> tuple[float, float]:
    """Milliseconds of processor time a time: the median of this process, the mean of the
    database's (its clock has steps of ten).
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    before, spent = _ticks(pid), []
    for _ in range(times):
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    return statistics.median(spent), 1000 * (_ticks(pid) - before) / TICKS / times


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _seconds(work: Callable[[], Any]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


# Telling ------------------------------------------------------------------------------------------
def _print_table(found: list[dict[str, Any]]) -> None:
    print("| | " + " | ".join(f"{one['people']:,} people" for one in found) + " |")
    print("|---|" + "---:|" * len(found))
    for name in ("team", "below", "whole"):
        cells = [
            f"{page['queries']} queries, {page['web']:.1f} + {page['database']:.1f} ms"
            for page in (one[name] for one in found)
        ]
        print(f"| {name}: web + database | " + " | ".join(cells) + " |")
    for name, moodle in MOODLE.items():
        page = "team" if "group" in name else "whole"
        cells = [f"{moodle / (one[page]['web'] + one[page]['database']):.0f} ×" for one in found]
        print(f"| Moodle's report, {name} ({moodle:.0f} ms) | " + " | ".join(cells) + " |")
    cells = [f"{w['plain']:.2f} → {w['counted']:.2f} ms" for w in (one["write"] for one in found)]
    print("| one row of progress, without and with counting | " + " | ".join(cells) + " |")
    waves = [one["wave"] for one in found]
    cells = [f"{w['people']:,}: {w['plain']:.0f} → {w['counted']:.0f} ms" for w in waves]
    print("| a wave, without and with counting | " + " | ".join(cells) + " |")
    for name in ("made", "counted"):
        print(f"| {name}, s | " + " | ".join(f"{one[name]:.0f}" for one in found) + " |")


if __name__ == "__main__":
    main()
