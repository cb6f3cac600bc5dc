"""What needs Django in this process: people and teams to measure with, and counting queries.

Imported only once the settings point at the measured database (``enter``).
"""

import gzip
import random
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median_low

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cursussen import api as content
from leer.accounts.models import User
from leer.accounts.roles import Role
from leer.delivery import actions
from leer.demo.history import MODULE, Player
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.progress.models import ModuleProgress
from leer.questions import api as questions
from leer.rollout import api as rollout
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine
from tests.load.queries import Queries
from tests.load.requests import Answer, Operation, Request, checked
from tests.load.tasks import Task

MANAGER = "leidinggevende"
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
LONG_AGO = date(2020, 1, 1)


def fresh_learners(count: int) -> list[str]:
    """User names of employees of the demo who have begun nothing yet; the module is begun."""
    module = content.module(MODULE)
    begun = ModuleProgress.objects.values("user")
    people = User.objects.filter(assignments__module_key=MODULE, external_id__isnull=False)
    chosen = list(people.exclude(pk__in=begun).order_by("-external_id")[:count])
    for user in chosen:
        actions.begin_module(user, module)
    return [user.username for user in chosen]


def session_of(username: str) -> dict[str, str]:
    """The cookies of somebody who is signed in, without the cost of their password."""
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def teams(sizes: Iterable[int]) -> dict[int, str]:
    """A team of each size that the demo's manager leads, as the page's id."""
    return {size: str((_known(size) or _new_team(size)).public_id) for size in sizes}


def _known(size: int) -> Team | None:
    return Team.objects.filter(external_id=f"METING-{size}").first()


def _new_team(size: int) -> Team:
    """A team in which some have done the module, some are busy, and some have not begun."""
    team = Team.objects.create(external_id=f"METING-{size}", name=f"Meting {size}")
    manager = User.objects.get(username=MANAGER)
    Leadership.objects.create(user=manager, team=team, valid_from=LONG_AGO)
    people = [_new_member(team, number) for number in range(size)]
    due = date.today() + timedelta(weeks=4)  # noqa: DTZ011
    rollout.assign(people, module_key=MODULE, due_on=due, reason="Meting")
    for number, user in enumerate(people):
        if number % 3:
            Player(user, random.Random(number)).play(whole=number % 3 == 1)
    return team


def _new_member(team: Team, number: int) -> User:
    name = f"{team.external_id}-{number}"
    user = User.objects.create(username=name, first_name="Sam", last_name=f"Meting {number}")
    user.groups.add(Group.objects.get(name=Role.EMPLOYEE.value))
    function = JobFunction.objects.order_by("pk")[0]
    Membership.objects.create(user=user, team=team, job_function=function, valid_from=LONG_AGO)
    return user


def answers() -> tuple[str, ...]:
    """One option for each question of the quiz."""
    quiz = questions.quiz_version(str(content.freeze_quiz(content.module(MODULE), "wat-zie-je").id))
    return tuple(question.options[0].key for question in quiz.questions)


def path() -> tuple[str, ...]:
    """A way through the story: the first choice that is open, and again."""
    story = scenarios.graph_of(scenarios.live_version_id("een-oude-bekende"))
    state, targets = engine.begin(story), []
    while open_ := engine.choices(story, state):
        targets.append(open_[0].target)
        state = engine.choose(story, state, targets[-1])
    return tuple(targets)


def fewest_steps() -> int:
    """How many choices the shortest way to an ending of the story has, whatever is open."""
    story = scenarios.graph_of(scenarios.live_version_id("een-oude-bekende"))
    here, count = {engine.begin(story).passage}, 0
    while not any(story.passages[name].outcome for name in here):
        here = {choice.target for name in here for choice in story.passages[name].choices}
        count += 1
    return count


class InsideBrowser:
    """Somebody who asks Django without a network between."""

    def __init__(self, username: str | None = None) -> None:
        self._client = Client(headers={"accept-encoding": "gzip"})
        if username:
            user = User.objects.get(username=username)
            self._client.force_login(user, backend="leer.accounts.backends.RoleBackend")

    def send(self, request: Request) -> Answer:
        """Through every middleware, in this process."""
        headers = {"hx-request": "true"} if request.htmx else {}
        if request.form is None:
            response = self._client.get(request.path, headers=headers)
        else:
            response = self._client.post(request.path, request.form, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        return checked(request, Answer(response.status_code, _unpacked(body)))


def _unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def count(task: Task, browser: InsideBrowser) -> Queries:
    """Count every operation of a task twice: the first round fills the caches."""
    for operation in task.prepare(browser)[:3]:
        _run(operation, browser)
    counted = [_run(operation, browser) for operation in task.prepare(browser)]
    numbers = [len(_asked(sql)) for sql in counted]
    usual = median_low(numbers)
    example = counted[numbers.index(usual)]
    return Queries(
        usual=usual,
        most=max(numbers),
        cold=_cold(task, browser),
        transaction=len(example) - len(_asked(example)),
        sql=tuple(example),
        sql_of_most=tuple(counted[numbers.index(max(numbers))]),
    )


def _cold(task: Task, browser: InsideBrowser) -> int:
    operation = task.prepare(browser)[0]
    cache.clear()
    scenarios.graph_of.cache_clear()
    questions.quiz_version.cache_clear()
    return len(_asked(_run(operation, browser)))


def _run(operation: Operation, browser: InsideBrowser) -> list[str]:
    with CaptureQueriesContext(connection) as context:
        for request in operation:
            browser.send(request)
    return [query["sql"] for query in context.captured_queries]


def _asked(sql: Iterable[str]) -> list[str]:
    return [line for line in sql if not line.startswith(TRANSACTION)]
